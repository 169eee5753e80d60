//! The form that changes the profile of a person.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use deserr::Deserr;
use maud::html;
use serde::Serialize;

use super::{below, language_field, path_of, person_for_admins, resolve_institution};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, Tx, UserId};
use crate::error::{Faults, Permitted, Result};
use crate::http::{Fields, Input};
use crate::i18n::Lang;
use crate::identity::actor::Actor;
use crate::identity::model::{User, UserInput};
use crate::identity::store::{self, Places};
use crate::identity::users;
use crate::identity::web::{FormPage, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, View, actions};

/// The form of a person's profile
///
/// Permissions: admin.
#[get("/people/{id}/edit")]
pub(in crate::identity) async fn open(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(Profile(id.into_inner())).await
}

/// Change a person's profile
///
/// Permissions: admin.
#[post("/people/{id}/edit")]
pub(in crate::identity) async fn save(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(Profile(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Profile(UserId);

struct Record {
    person: User,
    places: Places,
}

crate::nothing_restricted!(Record);

/// The fields of a person that the form changes.
#[derive(Debug, Clone, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
struct ProfileInput {
    email: String,
    name: String,
    language: Lang,
    #[deserr(default)]
    institution_id: Option<InstitutionId>,
}

impl ProfileInput {
    fn of(person: &User) -> Self {
        let UserInput { email, name, language, institution_id, .. } = person.input();
        Self { email, name, language, institution_id }
    }

    /// Returns the person's fields with those of the form.
    fn onto(self, person: &User) -> UserInput {
        let Self { email, name, language, institution_id } = self;
        UserInput { email, name, language, institution_id, ..person.input() }
    }
}

impl Input for ProfileInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.email("/email", Some(&self.email));
        faults.line("/name", &self.name, 200);
    }
}

impl FormPage for Profile {
    type Record = Record;
    type Input = ProfileInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let person = person_for_admins(conn, actor, self.0, Permitted::Oneself)?;
        Ok(Record { person, places: store::places(conn, actor)? })
    }

    fn fields(&self, record: &Record) -> Fields {
        let fields = Fields::of(&ProfileInput::of(&record.person));
        match record.person.institution_id.and_then(|id| record.places.institution(id)) {
            Some(name) => fields.with("institution_id", name),
            None => fields,
        }
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        // A name that several institutions share stays the institution that the person has.
        let typed = fields.get("institution_id").unwrap_or_default();
        let own = record.person.institution_id.filter(|id| record.places.institution(*id) == Some(typed.trim()));
        if let Some(own) = own {
            fields.set("institution_id", own);
        }
        resolve_institution(&record.places, fields, "institution_id", faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: ProfileInput) -> Result<String> {
        users::update(tx, actor, self.0, input.onto(&record.person), None)?;
        Ok(format!("{}?done=person-changed", path_of(self.0)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let names: Vec<String> = record.places.institutions.iter().map(|one| one.name.clone()).collect();
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (field("email", "people-email").hint(frame.t("people-email-change")).required().max(254)
                    .completed("email", "off"))
                (field("name", "people-name").required().max(200).text())
                (language_field(frame, form))
                (field("institution_id", "people-institution").max(300).suggested(&names))
                (actions(&frame.t("people-save"), Some((&path_of(self.0), &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.person, "people-edit-title", body)
    }
}
