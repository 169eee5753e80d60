//! The form that invites a person.

use actix_web::{HttpResponse, get, post};
use maud::html;

use super::{grant_fields, language_field, path_of, require_manager, resolve_institution, roles};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Faults, Result};
use crate::http::{Fields, Shape};
use crate::identity::actor::Actor;
use crate::identity::model::{Role, UserInput};
use crate::identity::store::{self, Places};
use crate::identity::users;
use crate::identity::web::{FormPage, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, View, actions};

/// The form for a new person
///
/// Permissions: admin, coordinators, secretariats. A 404 for others.
#[get("/people/new")]
pub(in crate::identity) async fn open(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(Invitation).await
}

/// Invite a person
///
/// Permissions: admin; a coordinator within the country and a secretariat within its commissions, for representatives
/// and observers. A 404 for others.
#[post("/people/new")]
pub(in crate::identity) async fn invite(submission: Submission) -> Result<HttpResponse> {
    submission.handle(Invitation).await
}

#[derive(Debug, Clone)]
struct Invitation;

/// The choices that the form offers.
struct Offered {
    roles: Vec<Role>,
    places: Places,
}

crate::nothing_restricted!(Offered);

const SHAPE: Shape = Shape {
    lists: &[],
    numbers: &[],
    flags: &[],
    dates: &[],
    rows: &[("grants", &["role", "institution_id", "commission_id", "country_code"])],
    ignored: &[],
};

impl FormPage for Invitation {
    type Record = Offered;
    type Input = UserInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Offered> {
        require_manager(actor)?;
        Ok(Offered { roles: roles(actor), places: store::places(conn, actor)? })
    }

    fn suggested(&self, record: &Offered) -> Fields {
        let fields = Fields::default().with("language", "es");
        match record.places.commissions.as_slice() {
            [(only, _)] => fields.with("grants/0/commission_id", only),
            _ => fields,
        }
    }

    fn prepare(&self, _: &mut Db, record: &Offered, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        // A person represents the institution that the person belongs to, unless another one is stated.
        let role = fields.get("grants/0/role").unwrap_or_default();
        let is_open = |name: &str| fields.get(name).is_none_or(|value| value.trim().is_empty());
        if role == Role::Representative.as_str() && is_open("institution_id") {
            let represented = fields.get("grants/0/institution_id").unwrap_or_default().to_owned();
            fields.set("institution_id", represented);
            if !fields.get("institution_id").unwrap_or_default().trim().is_empty() {
                let mut of_copy = Faults::default();
                resolve_institution(&record.places, fields, "institution_id", &mut of_copy);
                if !of_copy.list.is_empty() {
                    fields.remove("institution_id");
                }
            }
        }
        for name in ["institution_id", "grants/0/institution_id"] {
            resolve_institution(&record.places, fields, name, faults);
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Offered, input: UserInput) -> Result<String> {
        let person = users::create(tx, actor, input, None)?;
        // A person with a disabled account is visible only to admins; the next page does not reveal that.
        let next = if actor.is_admin() { path_of(person.id) } else { "/people".to_owned() };
        Ok(format!("{next}?done=person-invited"))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Offered) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let names: Vec<String> = record.places.institutions.iter().map(|one| one.name.clone()).collect();
        let body = html! {
            form method="post" action="/people/new" {
                (form.begin(frame))
                (field("email", "people-email").hint(frame.t("people-email-hint")).required().max(254)
                    .completed("email", "off"))
                (field("name", "people-name").required().max(200).text())
                (language_field(frame, form))
                fieldset class="field group" id="grants" {
                    legend { (frame.t("people-access")) }
                    div class="stack" { (grant_fields(frame, form, (&record.roles, &record.places), "grants/0/")) }
                }
                (field("institution_id", "people-institution").hint(frame.t("people-institution-hint")).max(300)
                    .suggested(&names))
                p class="small" { (frame.t("people-invite-mails")) }
                (actions(&frame.t("people-invite-send"), Some(("/people", &frame.t("ui-leave")))))
            }
        };
        View::new(frame.t("people-invite-title"), body)
            .lead(html! { (frame.t("people-invite-lead")) })
            .above("/commissions", frame.t("web-nav-commissions"))
            .above("/people", frame.t("people-title"))
    }
}
