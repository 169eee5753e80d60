//! `/activities`: the list with its filters.

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::form::may_enter;
use super::{status_tag, when};
use crate::access::{CommissionRef, Visibility, may_write_anywhere, visible_commissions};
use crate::activities::api::ListQuery;
use crate::activities::model::{Activity, ActivityKind, ActivityStatus};
use crate::activities::store;
use crate::db::{Db, InstitutionId};
use crate::directory::{CountryColumn, institutions_by_id};
use crate::error::Result;
use crate::http::{Page, PageParameters};
use crate::identity::{Actor, Visitor};
use crate::themes::Theme;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, Tone, View, button_link, empty, filters_in_force, pager, table, tag,
    total,
};

/// The filters of the API.
const FILTERS: [&str; 10] =
    ["country_code", "commission_id", "institution_id", "kind", "theme", "plan_item_id", "from", "to", "status", "q"];

/// The list as it is shown.
struct Shown {
    page: Page<Activity>,
    commissions: Vec<CommissionRef>,
    country: CountryColumn,
    /// The name of the institution of the filter.
    institution: Option<String>,
    may_enter: bool,
    validates: bool,
}

crate::restricted_by!(Shown: page);

/// The activities
///
/// Permissions: everybody who is signed in; the list has the activities that the reader may see.
#[get("/activities")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (filter, paging) = parameters.read::<ListQuery>()?.read(Some(true))?;
    let read = move |conn: &mut Db, actor: &Actor| {
        let visibility = Visibility::of(actor);
        let institution: Option<InstitutionId> = filter.institution_id;
        let named = institutions_by_id(conn, &institution.into_iter().collect::<Vec<_>>())?;
        let commissions = visible_commissions(conn, &visibility)?;
        Ok(Shown {
            country: CountryColumn::of(conn, &commissions)?,
            page: store::list(conn, &visibility, &filter, &paging)?.map(|one| one.with_findings(actor.language)),
            commissions,
            institution: named.into_values().next().map(|one| one.fields.name),
            may_enter: may_enter(actor),
            validates: may_write_anywhere(actor),
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let is_filtered = FILTERS.iter().any(|name| parameters.get(name).is_some());
    let new_text = frame.t("activities-new");
    let new = shown.may_enter.then_some(("/activities/new", new_text.as_str()));
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, parameters, shown)))
        (chosen(frame, parameters, shown))
        p {
            a href="/registry" { (frame.t("registry-page")) }
            @if shown.validates { " · " a href="/activities/validation" { (frame.t("activities-validation")) } }
        }
        div id="results" {
            @if shown.page.items.is_empty() {
                @if is_filtered { (empty(&frame.t("activities-none-filtered"), None)) }
                @else { (empty(&frame.t("activities-none"), new)) }
            } @else {
                (total(frame, "activities-count", shown.page.total))
                (rows(frame, shown))
                (pager(frame, shown.page.next_cursor.as_deref()))
            }
        }
    };
    let view = View::new(frame.t("activities"), body);
    if shown.may_enter { view.actions(button_link("/activities/new", &new_text, true)) } else { view }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let mut columns = ["title", "when", "commissions", "people", "status"]
        .map(|name| Column::new(frame.t(&format!("activities-column-{name}"))))
        .to_vec();
    shown.country.add_to(frame, &mut columns);
    let label = |activity: &Activity| {
        let ids = &activity.fields.commission_ids;
        let known = shown.commissions.iter().filter(|one| ids.contains(&one.id));
        known.map(CommissionRef::label).collect::<Vec<_>>().join(", ")
    };
    let row = |one: &Activity| {
        let mut cells = vec![
            html! {
                a href={ "/activities/" (one.id) } { (one.fields.title) }
                @if one.fields.restricted { " " (tag(Tone::Soon, &frame.t("activities-restricted"))) }
                br; span class="small" { (frame.word("activity-kind", one.fields.kind.as_str())) }
            },
            html! { (when(frame, one)) },
            html! { (label(one)) },
            html! { @if let Some(count) = one.fields.headcount() { (count) } @else { "—" } },
            html! {
                (status_tag(frame, one.fields.status))
                @if !one.findings.is_empty() {
                    br; span class="small" { (frame.t_n("activities-findings-count", one.findings.len())) }
                }
            },
        ];
        shown.country.add_cell(&one.fields.country_code, &mut cells);
        cells
    };
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(row).collect();
    table(&frame.t("activities"), &columns, &rows)
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let all = frame.t("activities-all");
    let words = |family: &str, values: Vec<&str>| -> Vec<Choice> {
        values.into_iter().map(|value| Choice::new(value, frame.word(family, value))).collect()
    };
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let kinds = words("activity-kind", ActivityKind::ALL.iter().map(|one| one.as_str()).collect());
    let states = words("activities-status", ActivityStatus::ALL.iter().map(|one| one.as_str()).collect());
    let themes = words("theme", Theme::ALL.iter().map(|one| one.as_str()).collect());
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/activities" data-auto="true" {
            (field("q", "activities-words").text())
            @if commissions.len() > 1 {
                (field("commission_id", "activities-commission").select(Some(&all), &commissions))
            }
            (field("status", "activities-status").select(Some(&all), &states))
            (field("kind", "activities-kind").select(Some(&all), &kinds))
            (field("theme", "activities-theme").select(Some(&all), &themes))
            (field("from", "activities-from").completed("date", "off"))
            (field("to", "activities-to").completed("date", "off"))
            @for name in ["institution_id", "plan_item_id", "country_code"] {
                @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { (frame.t("activities-apply")) }
        }
    }
}

/// Draws the filters in force.
fn chosen(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let text = |name: &str, value: &str| match name {
        "commission_id" => {
            shown.commissions.iter().find(|one| one.id.to_string() == value).map(|one| one.label().to_owned())
        }
        "institution_id" => shown.institution.clone(),
        "plan_item_id" => Some(frame.t("activities-of-plan-item")),
        "kind" => Some(frame.word("activity-kind", value)),
        "status" => Some(frame.word("activities-status", value)),
        "theme" => Some(frame.word("theme", value)),
        "from" => Some(format!("{} {value}", frame.t("activities-from"))),
        "to" => Some(format!("{} {value}", frame.t("activities-to"))),
        _ => Some(value.to_owned()),
    };
    filters_in_force(frame, parameters, &FILTERS, |name, value| {
        text(name, value).unwrap_or_else(|| frame.t("activities-unknown"))
    })
}
