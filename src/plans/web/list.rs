//! `/plans`: the plans that the reader may see.

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, may_coordinate_anywhere, visible_commissions};
use crate::db::Db;
use crate::directory::CountryColumn;
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, Visitor};
use crate::plans::plan::{Plan, PlanFilter, list as plans};
use crate::ui::{Column, Frame, View, button_link, empty, long, pager, short_period, table};

/// The list as it is shown.
struct Shown {
    page: Page<Plan>,
    commissions: Vec<CommissionRef>,
    country: CountryColumn,
    may_create: bool,
}

crate::nothing_restricted!(Shown);

/// The plans
///
/// Permissions: anyone signed in; lists the plans that the reader may see.
#[get("/plans")]
pub(super) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let filter: PlanFilter = visitor.parameters().read()?;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let commissions = visible_commissions(conn, &visibility)?;
        Ok(Shown {
            country: CountryColumn::of(conn, &commissions)?,
            page: plans(conn, &visibility, &filter, &paging)?,
            commissions,
            may_create: may_coordinate_anywhere(actor),
        })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let new = frame.t("plans-new");
    let mut columns = ["plan", "kind", "period", "commissions"]
        .map(|name| Column::new(frame.t(&format!("plans-column-{name}"))))
        .to_vec();
    shown.country.add_to(frame, &mut columns);
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    let body = html! {
        @if rows.is_empty() {
            (empty(&frame.t("plans-none"), shown.may_create.then_some(("/plans/new", new.as_str()))))
        } @else { (table(&frame.t("plans-page"), &columns, &rows)) }
        (pager(frame, shown.page.next_cursor.as_deref()))
    };
    let view = View::new(frame.t("plans-page"), body);
    if shown.may_create { view.actions(button_link("/plans/new", &new, true)) } else { view }
}

fn row(frame: &Frame, shown: &Shown, plan: &Plan) -> Vec<Markup> {
    let fields = &plan.fields;
    let period = short_period(frame, &fields.country_code, [fields.starts.as_ref(), fields.ends.as_ref()]);
    let label = |id| shown.commissions.iter().find(|one| one.id == id).map(CommissionRef::label);
    let labels: Vec<&str> = fields.commission_ids.iter().filter_map(|id| label(*id)).collect();
    let mut cells = vec![
        html! { a href={ "/plans/" (plan.id) } { (fields.title) } },
        html! { (frame.word("plans-kind", fields.kind.as_str())) },
        html! { (period) },
        html! {
            @if labels.is_empty() { (frame.t("plans-whole-country")) }
            @else { div class="narrow-cell" { (long(frame, &labels.join(", "))) } }
        },
    ];
    shown.country.add_cell(&fields.country_code, &mut cells);
    cells
}
