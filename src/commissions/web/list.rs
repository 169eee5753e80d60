//! `/commissions`: the visible commissions, with filters.

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use crate::commissions::model::{Commission, CommissionFilter, CommissionKind};
use crate::commissions::read_models::{self, CommissionList, name_of};
use crate::commissions::states::OperationalState;
use crate::db::Db;
use crate::error::Result;
use crate::http::{PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::themes::Theme;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, Tone, View, button_link, empty, pager, table, tag, total,
};

/// The list of commissions
///
/// Permissions: anyone signed in; the list has the commissions that they may see.
#[get("/commissions")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let filter: CommissionFilter = parameters.read()?;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(Some(true));
    let now = visitor.state.now();
    let read = move |conn: &mut Db, actor: &Actor| read_models::list(conn, actor, &filter, &paging, now);
    visitor.page(read, move |frame, shown| view(frame, &shown, &parameters)).await
}

fn view(frame: &Frame, shown: &CommissionList, parameters: &PageParameters) -> View {
    let is_filtered = parameters.has_filters();
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, shown, parameters)))
        div id="results" {
            (total(frame, "commission-total", shown.page.total))
            @if shown.page.items.is_empty() {
                @if is_filtered {
                    (empty(&frame.t("commission-none-found"), Some(("/commissions", &frame.t("web-clear-filters")))))
                } @else { (empty(&frame.t("commission-none"), None)) }
            } @else { (rows(frame, shown)) }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    View::new(frame.t("web-nav-commissions"), body).actions(html! {
        @if shown.may_create { (button_link("/commissions/new", &frame.t("admin-commission-new"), true)) }
        (button_link("/institutions", &frame.t("directory-institutions"), false))
        @if shown.manages_people { (button_link("/people", &frame.t("people-title"), false)) }
    })
}

fn filters(frame: &Frame, shown: &CommissionList, parameters: &PageParameters) -> Markup {
    let form = FormView::of_filters(parameters);
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let any = frame.t("directory-any");
    let kinds: Vec<Choice> = CommissionKind::ALL
        .iter()
        .map(|kind| Choice::new(kind, frame.word("commission-kind", kind.as_str())))
        .collect();
    let states: Vec<Choice> = OperationalState::ALL
        .iter()
        .map(|state| Choice::new(state, frame.word("operational-state", state.as_str())))
        .collect();
    let themes: Vec<Choice> =
        Theme::ALL.iter().map(|theme| Choice::new(theme, frame.word("theme", theme.as_str()))).collect();
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    html! {
        form class="filters" method="get" action="/commissions" data-auto="true" {
            (field("q", "directory-name").text())
            (field("kind", "commission-kind").select(Some(&any), &kinds))
            (field("theme", "commission-theme").select(Some(&any), &themes))
            (field("operational_state", "commission-state").select(Some(&any), &states))
            @if countries.len() > 1 { (field("country_code", "directory-country").select(Some(&any), &countries)) }
            button type="submit" { (frame.t("directory-filter")) }
        }
    }
}

fn rows(frame: &Frame, shown: &CommissionList) -> Markup {
    let mut columns = vec![
        Column::new(frame.t("commission-one")),
        Column::new(frame.t("commission-kind")),
        Column::new(frame.t("commission-secretariat")),
        Column::new(frame.t("commission-members")).number(),
        Column::new(frame.t("commission-state")),
    ];
    shown.country.add_to(frame, &mut columns);
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    table(&frame.t("web-nav-commissions"), &columns, &rows)
}

fn row(frame: &Frame, shown: &CommissionList, one: &Commission) -> Vec<Markup> {
    let fields = &one.fields;
    let secretariat = one.secretariat_institution_id;
    let mut cells = vec![
        html! {
            a href={ "/commissions/" (one.id) } { (fields.name) }
            @if let Some(acronym) = &fields.acronym { " " span class="code" { (acronym) } }
            @if let Some(territory) = &fields.territory { br; span class="small" { (territory) } }
        },
        html! { (frame.word("commission-kind", fields.kind.as_str())) },
        html! {
            @if let Some(id) = secretariat { a href={ "/institutions/" (id) } { (name_of(&shown.institutions, id)) } }
            @else { "—" }
        },
        html! { (one.listed_member_count) },
        state_tag(frame, fields.operational_state),
    ];
    shown.country.add_cell(&fields.country_code, &mut cells);
    cells
}

/// Draws the operational state of a commission: a word with its colour.
pub(super) fn state_tag(frame: &Frame, state: OperationalState) -> Markup {
    let tone = match state {
        OperationalState::Active => Tone::Done,
        OperationalState::Inactive => Tone::Overdue,
        OperationalState::Unknown => Tone::Neutral,
    };
    tag(tone, &frame.word("operational-state", state.as_str()))
}
