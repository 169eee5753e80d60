//! `/duties`: the periodic reports that are asked for, as far as the reader may see them.

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::words;
use crate::access::{CommissionRef, Visibility, may_write_anywhere, visible_commissions};
use crate::db::Db;
use crate::directory::CountryColumn;
use crate::duties::model::{Duty, Every};
use crate::duties::store::{self, DutyFilter};
use crate::error::Result;
use crate::http::{Page, PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::ui::{Choice, Column, Field, FormView, Frame, View, button_link, empty, pager, table};

/// The list as it is shown.
struct Shown {
    page: Page<Duty>,
    commissions: Vec<CommissionRef>,
    country: CountryColumn,
    may_create: bool,
}

crate::restricted_by!(Shown: page);

/// The periodic reports
///
/// Permissions: anyone signed in; lists the duties that the reader may see.
#[get("/duties")]
pub(super) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let filter: DutyFilter = parameters.read()?;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let commissions = visible_commissions(conn, &visibility)?;
        Ok(Shown {
            country: CountryColumn::of(conn, &commissions)?,
            page: store::list(conn, &visibility, &filter, &paging)?,
            commissions,
            may_create: may_write_anywhere(actor),
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let new = frame.t("duties-new");
    let mut columns = ["title", "every", "period", "asked", "commissions"]
        .map(|name| Column::new(frame.t(&format!("duties-column-{name}"))))
        .to_vec();
    shown.country.add_to(frame, &mut columns);
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    let action = shown.may_create.then_some(("/duties/new", new.as_str()));
    let body = html! {
        (filters(frame, parameters, shown))
        div id="results" {
            @if rows.is_empty() { (empty(&frame.t("duties-none"), action)) }
            @else { (table(&frame.t("duties-page"), &columns, &rows)) }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    let view = View::new(frame.t("duties-page"), body);
    if shown.may_create { view.actions(button_link("/duties/new", &new, true)) } else { view }
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let all = frame.t("duties-all");
    let every: Vec<Choice> =
        Every::ALL.iter().map(|one| Choice::new(one, frame.word("duties-every", one.as_str()))).collect();
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    html! {
        form class="filters" method="get" action="/duties" data-auto="true" {
            (Field::new(frame, &form, "q", frame.t("duties-words")).max(200).text())
            (Field::new(frame, &form, "every", frame.t("duties-column-every")).select(Some(&all), &every))
            @if commissions.len() > 1 {
                (Field::new(frame, &form, "commission_id", frame.t("duties-column-commissions")).select(Some(&all), &commissions))
            }
            @for name in ["institution_id", "plan_item_id", "country_code"] {
                @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { (frame.t("plans-apply")) }
        }
    }
}

fn row(frame: &Frame, shown: &Shown, duty: &Duty) -> Vec<Markup> {
    let fields = &duty.fields;
    let label = |id| shown.commissions.iter().find(|one| one.id == id).map(CommissionRef::label);
    let labels: Vec<&str> = fields.commission_ids.iter().filter_map(|id| label(*id)).collect();
    let mut cells = vec![
        html! { a href={ "/duties/" (duty.id) } { (fields.title) } },
        html! { (frame.word("duties-every", fields.every.as_str())) },
        html! { (words::span(frame, duty)) },
        html! { (asked(frame, duty)) },
        html! { (labels.join(", ")) },
    ];
    shown.country.add_cell(&duty.country_code, &mut cells);
    cells
}

/// Returns the institutions that a duty asks, in words: a sector, or their number.
pub(super) fn asked(frame: &Frame, duty: &Duty) -> String {
    match duty.fields.sector {
        Some(sector) => frame.word("report-sector", sector.as_str()),
        None => frame.t_n("duties-asked-institutions", duty.fields.institution_ids.len()),
    }
}
