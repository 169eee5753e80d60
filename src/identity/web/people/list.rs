//! The list of people, with filters.

use std::collections::HashSet;

use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::{path_of, require_manager, roles};
use crate::db::{Db, UserId};
use crate::error::Result;
use crate::http::{Fields, Page, PageParameters};
use crate::identity::actor::Actor;
use crate::identity::api::PeopleQuery;
use crate::identity::grants::describe;
use crate::identity::model::{Grant, GrantInput, Role, User};
use crate::identity::store::{self, GrantContext, Places};
use crate::identity::web::Visitor;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, Tone, View, button_link, empty, notice, pager, table, tag, total,
};

/// The number of grants that a row states in words.
const MOST_GRANTS: usize = 3;

/// The list as it is shown.
struct Shown {
    page: Page<User>,
    places: Places,
    context: GrantContext,
    /// The people who have not chosen a password yet; only admins know them.
    invited: HashSet<UserId>,
    roles: Vec<Role>,
    /// The name in the filter, if no institution has it.
    unknown: Option<String>,
}

crate::nothing_restricted!(Shown);

/// The people whom the reader manages
///
/// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions. A 404 for others.
#[get("/people")]
pub(in crate::identity) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let (parameters, now) = (visitor.parameters().clone(), visitor.state.now());
    // The form sends the name of an institution; the filter of the API is an id.
    let typed = parameters.get("institution").map(str::to_owned);
    let query: PeopleQuery = PageParameters::parse(&parameters.changed(&["institution"], &[])).read()?;
    let (mut filter, paging) = (query.filter(), query.paging()?.counting(Some(true)));
    let read = move |conn: &mut Db, actor: &Actor| {
        require_manager(actor)?;
        let places = store::places(conn, actor)?;
        let named = typed.as_deref().and_then(|typed| places.institution_named(typed));
        filter.institution_id = named.or(filter.institution_id);
        let unknown = typed.filter(|_| named.is_none());
        let page = match unknown {
            None => store::list(conn, actor, &filter, &paging)?,
            Some(_) => Page::whole(Vec::new()),
        };
        let held: Vec<GrantInput> = page.items.iter().flat_map(|one| &one.grants).map(Grant::input).collect();
        let context = store::grant_context(conn, actor, &held, None, now)?;
        let ids: Vec<UserId> = page.items.iter().map(|one| one.id).collect();
        let invited = if actor.is_admin() { store::without_password(conn, &ids)? } else { HashSet::new() };
        Ok(Shown { page, places, context, invited, roles: roles(actor), unknown })
    };
    visitor.page(read, move |frame, shown| view(frame, &shown, &parameters)).await
}

fn view(frame: &Frame, shown: &Shown, parameters: &PageParameters) -> View {
    let is_filtered = parameters.has_filters();
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, shown, parameters)))
        div id="results" {
            (total(frame, "people-total", shown.page.total))
            @if let Some(name) = &shown.unknown {
                (notice(Tone::Soon, html! { p { (frame.t_with("people-unknown-institution", &[("name", name.clone().into())])) } }))
            }
            @if shown.page.items.is_empty() {
                @if is_filtered { (empty(&frame.t("people-none-found"), Some(("/people", &frame.t("web-clear-filters"))))) }
                @else { (empty(&frame.t("people-empty"), Some(("/people/new", &frame.t("people-invite"))))) }
            } @else { (rows(frame, shown)) }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    View::new(frame.t("people-title"), body)
        .lead(html! { (frame.t("people-lead")) })
        .above("/commissions", frame.t("web-nav-commissions"))
        .actions(button_link("/people/new", &frame.t("people-invite"), true))
}

fn filters(frame: &Frame, shown: &Shown, parameters: &PageParameters) -> Markup {
    let mut fields = Fields(parameters.all().to_vec());
    let chosen = parameters.get("institution_id").and_then(|id| id.parse().ok());
    if let Some(name) = chosen.and_then(|id| shown.places.institution(id)) {
        fields.set("institution", name);
    }
    let form = FormView { fields, ..FormView::default() };
    let field = |name: &str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let roles: Vec<Choice> =
        shown.roles.iter().map(|role| Choice::new(role, frame.word("people-role", role.as_str()))).collect();
    let names: Vec<String> = shown.places.institutions.iter().map(|one| one.name.clone()).collect();
    let states = [Choice::new("false", frame.t("people-enabled")), Choice::new("true", frame.t("people-disabled"))];
    let all = frame.t("people-all");
    html! {
        form class="filters" method="get" action="/people" data-auto="true" {
            (field("email", "people-email").max(254).text())
            (field("role", "people-role").select(Some(&all), &roles))
            (field("institution", "people-institution").max(300).suggested(&names))
            (field("disabled", "people-state").select(Some(&all), &states))
            button type="submit" { (frame.t("people-filter")) }
        }
    }
}

fn rows(frame: &Frame, shown: &Shown) -> Markup {
    let columns = ["people-person", "people-access", "people-state"].map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = shown.page.items.iter().map(|one| row(frame, shown, one)).collect();
    table(&frame.t("people-title"), &columns, &rows)
}

fn row(frame: &Frame, shown: &Shown, person: &User) -> Vec<Markup> {
    let others = person.grants.len().saturating_sub(MOST_GRANTS);
    vec![
        html! {
            a href=(path_of(person.id)) { (person.name) }
            br;
            span class="small" { (person.email) }
        },
        html! {
            @if person.grants.is_empty() { span class="small" { (frame.t("people-no-access")) } } @else {
                ul {
                    @for grant in person.grants.iter().take(MOST_GRANTS) {
                        li { (describe(frame.lang, grant, &shown.context)) }
                    }
                    @if let Ok(n @ 1..) = i64::try_from(others) { li class="small" { (frame.t_n("people-more-access", n)) } }
                }
            }
        },
        state(frame, person, shown.invited.contains(&person.id)),
    ]
}

/// Draws the state of a person's account.
pub(super) fn state(frame: &Frame, person: &User, is_invited: bool) -> Markup {
    let (tone, key) = match (person.disabled, is_invited) {
        (true, _) => (Tone::Overdue, "people-disabled"),
        (false, true) => (Tone::Soon, "people-invited"),
        (false, false) => (Tone::Done, "people-enabled"),
    };
    tag(tone, &frame.t(key))
}
