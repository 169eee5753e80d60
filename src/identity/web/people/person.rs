//! One person: the account, the access in words, and what may be done about both.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::list::state;
use super::{path_of, require_manager};
use crate::clock::Instant;
use crate::db::{Db, UserId};
use crate::error::Result;
use crate::identity::actor::Actor;
use crate::identity::grants::describe;
use crate::identity::model::{Grant, GrantInput, User};
use crate::identity::policy::require_may_take;
use crate::identity::second_factor;
use crate::identity::store::{self, GrantContext};
use crate::identity::web::Visitor;
use crate::ui::{Column, Frame, View, button_link, description, elapsed, empty, facts, panel, table};

/// A person with the data that the reader may know.
struct Shown {
    person: User,
    context: GrantContext,
    /// The grants that the reader may take away.
    takable: Vec<bool>,
    is_admin: bool,
    /// True when the person has not chosen a password yet; only admins know it.
    is_invited: bool,
    /// True when the reader may end the second factor of the person, who has one.
    may_end_second_factor: bool,
    now: Instant,
}

crate::nothing_restricted!(Shown);

/// A person
///
/// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions. A 404 for others.
#[get("/people/{id}")]
pub(in crate::identity) async fn show(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        require_manager(actor)?;
        let person = store::find_visible(conn, actor, id)?;
        let held: Vec<GrantInput> = person.grants.iter().map(Grant::input).collect();
        let context = store::grant_context(conn, actor, &held, person.institution_id, now)?;
        let takable = held.iter().map(|grant| require_may_take(actor, grant, &context).is_ok()).collect();
        let is_admin = actor.is_admin();
        let is_invited = is_admin && !store::without_password(conn, &[id])?.is_empty();
        let may_end_second_factor = is_admin && actor.id != id && second_factor::is_active(conn, id)?;
        Ok(Shown { person, context, takable, is_admin, is_invited, may_end_second_factor, now })
    };
    visitor.page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let person = &shown.person;
    let body = html! {
        div class="columns" {
            div class="stack" {
                (access(frame, shown))
            }
            aside class="stack" {
                (panel(&frame.t("people-data"), None, data(frame, shown)))
                @if shown.is_admin || shown.takable.contains(&true) {
                    (panel(&frame.t("people-account"), None, account(frame, shown)))
                }
            }
        }
    };
    let view = View::new(person.name.clone(), body)
        .lead(html! { (person.email) " " (state(frame, person, shown.is_invited)) })
        .above("/commissions", frame.t("web-nav-commissions"))
        .above("/people", frame.t("people-title"));
    let edit = format!("{}/edit", path_of(person.id));
    if shown.is_admin { view.actions(button_link(&edit, &frame.t("people-edit"), false)) } else { view }
}

/// Draws the grants in words, each with the link that takes it away.
fn access(frame: &Frame, shown: &Shown) -> Markup {
    let new = format!("{}/grants/new", path_of(shown.person.id));
    let columns = ["people-access", "people-action"].map(|key| Column::new(frame.t(key)));
    let grants = shown.person.grants.iter().zip(&shown.takable);
    let rows: Vec<Vec<Markup>> = grants.map(|(grant, may_take)| row(frame, shown, grant, *may_take)).collect();
    let content = html! {
        @if rows.is_empty() { (empty(&frame.t("people-no-access"), None)) }
        @else { (table(&frame.t("people-access"), &columns, &rows)) }
    };
    panel(&frame.t("people-access"), Some((&new, &frame.t("people-grant-add"))), content)
}

fn row(frame: &Frame, shown: &Shown, grant: &Grant, may_take: bool) -> Vec<Markup> {
    let words = describe(frame.lang, grant, &shown.context);
    vec![
        html! { (words) },
        html! {
            @if may_take {
                a href={ (path_of(shown.person.id)) "/grants/" (grant.id) "/removal" } {
                    (frame.t("people-grant-remove")) span class="unseen" { ": " (words) }
                }
            } @else { "—" }
        },
    ]
}

fn data(frame: &Frame, shown: &Shown) -> Markup {
    let person = &shown.person;
    let institution = person.institution_id.and_then(|id| Some((id, shown.context.institutions.get(&id)?)));
    let mut rows = Vec::new();
    if let Some((id, institution)) = institution {
        rows.push((frame.t("people-institution"), html! { a href={ "/institutions/" (id) } { (institution.name) } }));
    }
    rows.push(description(frame.t("account-language"), frame.t(&format!("account-language-{}", person.language))));
    rows.push(description(frame.t("people-since"), elapsed(frame, person.created_at, shown.now)));
    facts(&rows)
}

/// Draws the links to the pages that change the account.
fn account(frame: &Frame, shown: &Shown) -> Markup {
    let path = path_of(shown.person.id);
    let disabling = if shown.person.disabled { "people-enable" } else { "people-disable" };
    html! {
        ul {
            @if !shown.person.disabled { li { a href={ (path) "/invitation" } { (frame.t("people-invite-again")) } } }
            @if shown.is_admin {
                li { a href={ (path) "/sessions" } { (frame.t("people-sessions")) } }
                li { a href={ (path) "/unlocking" } { (frame.t("people-unlock")) } }
                @if shown.may_end_second_factor {
                    li { a href={ (path) "/second-factor" } { (frame.t("people-second-factor")) } }
                }
                li { a href={ (path) "/disabling" } { (frame.t(disabling)) } }
            }
        }
    }
}
