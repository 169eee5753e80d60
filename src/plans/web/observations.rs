//! `/observations`: the challenges, lessons, needs for support and successes that the reader may see.

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use crate::access::{CommissionRef, Visibility, may_coordinate, may_write_anywhere, visible_commissions};
use crate::db::{Db, ObservationId};
use crate::directory::country_names;
use crate::error::Result;
use crate::http::{Page, PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::plans::observations::{Observation, ObservationFilter, ObservationKind, list as observations};
use crate::themes::Theme;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, View, button_link, empty, long, pager, short_date, table,
};

/// The list as it is shown.
struct Shown {
    page: Page<Observation>,
    commissions: Vec<CommissionRef>,
    /// Code and name of the countries whose commissions the reader may see.
    countries: Vec<(String, String)>,
    /// Those that the reader may change.
    own: Vec<ObservationId>,
    may_create: bool,
}

crate::nothing_restricted!(Shown);

/// The observations
///
/// Permissions: anyone signed in; lists the observations that the reader may see.
#[get("/observations")]
pub(super) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let filter: ObservationFilter = parameters.read()?;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let page = observations(conn, &visibility, &filter, &paging)?;
        let commissions = visible_commissions(conn, &visibility)?;
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| commissions.iter().any(|one| one.country_code == *code));
        let is_own = |one: &&Observation| may_coordinate(actor, &one.fields.country_code);
        Ok(Shown {
            own: page.items.iter().filter(is_own).map(|one| one.id).collect(),
            commissions,
            countries,
            may_create: may_write_anywhere(actor),
            page,
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let new = frame.t("observations-new");
    let mut columns = ["text", "kind", "response", "noted", "commissions"]
        .map(|name| Column::new(frame.t(&format!("observations-column-{name}"))))
        .to_vec();
    if shown.countries.len() > 1 {
        columns.push(Column::new(frame.t("observations-column-country")));
    }
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    let body = html! {
        (ui::filters(frame, parameters.has_filters(), filters(frame, parameters, shown)))
        div id="results" {
            @if rows.is_empty() { (empty(&frame.t("observations-none"), None)) }
            @else { (table(&frame.t("observations-page"), &columns, &rows)) }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    let view = View::new(frame.t("observations-page"), body);
    if shown.may_create { view.actions(button_link("/observations/new", &new, true)) } else { view }
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let all = frame.t("plans-all");
    let kinds: Vec<Choice> = ObservationKind::ALL
        .iter()
        .map(|one| Choice::new(one, frame.word("observations-kind", one.as_str())))
        .collect();
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|one| Choice::new(one, frame.word("theme", one.as_str()))).collect();
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/observations" data-auto="true" {
            (field("kind", "observations-column-kind").select(Some(&all), &kinds))
            (field("theme", "observations-field-theme").select(Some(&all), &themes))
            @if commissions.len() > 1 {
                (field("commission_id", "observations-field-commission").select(Some(&all), &commissions))
            }
            @if countries.len() > 1 {
                (field("country_code", "observations-column-country").select(Some(&all), &countries))
            }
            @for name in ["plan_item_id", "country_code"] {
                @if let Some(value) = parameters.get(name).filter(|_| name == "plan_item_id" || countries.len() < 2) {
                    input type="hidden" name=(name) value=(value);
                }
            }
            button type="submit" { (frame.t("plans-apply")) }
        }
    }
}

fn row(frame: &Frame, shown: &Shown, one: &Observation) -> Vec<Markup> {
    let fields = &one.fields;
    let label = |id| shown.commissions.iter().find(|own| own.id == id).map(CommissionRef::label);
    let labels: Vec<&str> = fields.commission_ids.iter().filter_map(|id| label(*id)).collect();
    let number: String = one.id.to_string().chars().take(8).collect();
    let country = shown.countries.iter().find(|(code, _)| *code == fields.country_code).map(|(_, name)| name);
    let mut cells = vec![
        html! {
            div id={ "observation-" (one.id) } { (long(frame, &fields.text)) }
            @if shown.own.contains(&one.id) {
                p class="small" {
                    a href=(frame.onward(&format!("/observations/{}/edit", one.id))) { (frame.t("observations-change")) span class="unseen" { " " (number) } } " · "
                    a href={ "/observations/" (one.id) "/removal" } { (frame.t("observations-remove")) span class="unseen" { " " (number) } }
                }
            }
        },
        html! { (frame.word("observations-kind", fields.kind.as_str())) },
        html! { @if let Some(response) = &fields.response { (long(frame, response)) } },
        html! { @if let Some(noted) = &fields.noted { (short_date(frame, &fields.country_code, noted)) } },
        html! { (labels.join(", ")) },
    ];
    if shown.countries.len() > 1 {
        cells.push(html! { (country.unwrap_or(&fields.country_code)) });
    }
    cells
}
