//! `/people`: the people whom the reader manages. Admins manage all of them; coordinators and secretariats invite people
//! and give the grants of their country or commissions. For everybody else these pages do not exist.

mod access;
mod edit;
mod grants;
mod list;
mod new;
mod person;
mod sessions;

use actix_web::web::ServiceConfig;
use maud::{Markup, html};
use uuid::Uuid;

use crate::db::{Db, UserId};
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::Fields;
use crate::identity::actor::{Actor, require};
use crate::identity::model::{Role, User};
use crate::identity::store::Places;
use crate::identity::{policy, store};
use crate::ui::{Choice, Field, FormView, Frame, View};

/// Mounts the pages of people.
pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list::list).service(new::open).service(new::invite);
    cfg.service(person::show).service(edit::open).service(edit::save);
    cfg.service(grants::open).service(grants::add).service(grants::open_removal).service(grants::remove);
    cfg.service(access::open_invitation).service(access::repeat_invitation);
    cfg.service(access::open_unlocking).service(access::unlock);
    cfg.service(access::open_second_factor).service(access::end_second_factor);
    cfg.service(access::open_disabling).service(access::disable);
    cfg.service(sessions::list).service(sessions::end);
}

/// Answers 404 for those who manage nobody.
fn require_manager(actor: &Actor) -> Result<()> {
    policy::require_may_manage_people(actor).map_err(|_| Code::NotFound.into())
}

/// Returns a person for an operation of admins: 404 if the reader may not know the person, 403 if not an admin.
fn person_for_admins(conn: &mut Db, actor: &Actor, id: UserId, to: Permitted) -> Result<User> {
    let person = store::find_visible(conn, actor, id)?;
    require(actor.is_admin(), to).map(|()| person)
}

/// Returns a person for the end of a second factor: 404 if the reader may not know the person, 403 for one's own and if not an
/// admin.
fn person_for_other_admins(conn: &mut Db, actor: &Actor, id: UserId) -> Result<User> {
    let person = store::find_visible(conn, actor, id)?;
    require(actor.is_admin() && actor.id != id, Permitted::OtherAdmins).map(|()| person)
}

/// Returns the roles that a person may give: admins all, others those of representatives and observers.
fn roles(actor: &Actor) -> Vec<Role> {
    if actor.is_admin() { Role::ALL.to_vec() } else { vec![Role::Representative, Role::Observer] }
}

/// Replaces the typed name of an institution by its id. A name that no institution has is a fault of its field.
fn resolve_institution(places: &Places, fields: &mut Fields, name: &str, faults: &mut Faults) {
    let typed = fields.get(name).unwrap_or_default().trim().to_owned();
    if typed.is_empty() || Uuid::parse_str(&typed).is_ok() {
        return;
    }
    match places.institution_named(&typed) {
        Some(id) => fields.set(name, id),
        None => {
            let args = vec![("reason", "none".to_owned()), ("name", typed)];
            faults.add_with(format!("/{name}"), "unknown_name", args);
            faults.unread.insert(format!("/{name}"));
            // A placeholder id in place of a missing value, so that the field has only the fault above.
            fields.set(name, Uuid::nil());
        }
    }
}

/// Draws the fields of a grant: the role, and the place that it needs. Their names begin with a prefix.
fn grant_fields(frame: &Frame, form: &FormView, (given, places): (&[Role], &Places), prefix: &str) -> Markup {
    let field = |name: &str, key: &str| Field::new(frame, form, format!("{prefix}{name}"), frame.t(key));
    let role = |role: &Role| {
        Choice::new(role, frame.word("people-role", role.as_str())).hint(frame.word("people-role-about", role.as_str()))
    };
    let roles: Vec<Choice> = given.iter().map(role).collect();
    let names: Vec<String> = places.institutions.iter().map(|one| one.name.clone()).collect();
    let commissions: Vec<Choice> = places.commissions.iter().map(|(id, name)| Choice::new(id, name)).collect();
    let countries: Vec<Choice> = places.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let gives_secretariats = given.contains(&Role::Secretariat);
    let hint = if gives_secretariats { "people-commission-hint" } else { "people-commission-hint-bounded" };
    html! {
        (field("role", "people-role").required().radios(&roles))
        (field("institution_id", "people-represented").hint(frame.t("people-represented-hint")).max(300).suggested(&names))
        (field("commission_id", "people-commission").hint(frame.t(hint))
            .select(Some(&frame.t("people-none")), &commissions))
        @if !countries.is_empty() {
            (field("country_code", "people-country").hint(frame.t("people-country-hint"))
                .select(Some(&frame.t("people-none")), &countries))
        }
    }
}

/// Draws the language of a person's mails and pages.
fn language_field(frame: &Frame, form: &FormView) -> Markup {
    let languages = ["es", "en"].map(|code| Choice::new(code, frame.t(&format!("account-language-{code}"))));
    Field::new(frame, form, "language", frame.t("account-language")).required().radios(&languages)
}

/// Makes a page whose parent is the page of its person.
fn below(frame: &Frame, person: &User, key: &str, body: Markup) -> View {
    View::new(frame.t(key), body)
        .lead(html! { (person.name) " · " (person.email) })
        .above("/people", frame.t("people-title"))
        .above(path_of(person.id), person.name.clone())
}

fn path_of(id: UserId) -> String {
    format!("/people/{id}")
}
