//! Adding a grant to a person, and taking one away.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::{below, grant_fields, path_of, require_manager, resolve_institution, roles};
use crate::clock::Instant;
use crate::db::{Db, GrantId, Tx, UserId};
use crate::error::{Code, Faults, Result};
use crate::http::Fields;
use crate::identity::actor::Actor;
use crate::identity::grants::{add_grant, describe, remove_grant};
use crate::identity::model::{Grant, GrantInput, Role, User};
use crate::identity::policy::require_may_take;
use crate::identity::store::{self, GrantContext, Places};
use crate::identity::web::{FormPage, NoFields, Submission, Visitor};
use crate::ui::{FormView, Frame, View, actions, confirmation};

/// The form for a grant of a person
///
/// Permissions: as for adding a person. A 404 for others.
#[get("/people/{id}/grants/new")]
pub(in crate::identity) async fn open(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(NewGrant(id.into_inner())).await
}

/// Add a grant to a person
///
/// Permissions: as for adding a person. A 404 for others.
#[post("/people/{id}/grants/new")]
pub(in crate::identity) async fn add(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(NewGrant(id.into_inner())).await
}

/// The page that asks for confirmation before a grant is taken away
///
/// Permissions: those who may take it away.
#[get("/people/{id}/grants/{grant_id}/removal")]
pub(in crate::identity) async fn open_removal(visitor: Visitor, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
    visitor.form(Removal(ids.into_inner())).await
}

/// Take a grant away
///
/// Permissions: those who may give it; the secretariat of the commission to which it is limited.
#[post("/people/{id}/grants/{grant_id}/removal")]
pub(in crate::identity) async fn remove(submission: Submission, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
    submission.handle(Removal(ids.into_inner())).await
}

#[derive(Debug, Clone)]
struct NewGrant(UserId);

struct Offered {
    person: User,
    roles: Vec<Role>,
    places: Places,
}

crate::nothing_restricted!(Offered);

impl FormPage for NewGrant {
    type Record = Offered;
    type Input = GrantInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Offered> {
        require_manager(actor)?;
        let person = store::find_visible(conn, actor, self.0)?;
        Ok(Offered { person, roles: roles(actor), places: store::places(conn, actor)? })
    }

    fn suggested(&self, record: &Offered) -> Fields {
        match record.places.commissions.as_slice() {
            [(only, _)] => Fields::default().with("commission_id", only),
            _ => Fields::default(),
        }
    }

    fn prepare(&self, _: &mut Db, record: &Offered, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        resolve_institution(&record.places, fields, "institution_id", faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Offered, input: GrantInput) -> Result<String> {
        add_grant(tx, actor, self.0, &input)?;
        Ok(format!("{}?done=grant-added", path_of(self.0)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Offered) -> View {
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (grant_fields(frame, form, (&record.roles, &record.places), ""))
                p class="small" { (frame.t("people-grant-mails")) }
                (actions(&frame.t("people-grant-add"), Some((&path_of(self.0), &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.person, "people-grant-title", body)
    }
}

#[derive(Debug, Clone)]
struct Removal((UserId, GrantId));

struct GrantToRemove {
    person: User,
    grant: Grant,
    context: GrantContext,
}

crate::nothing_restricted!(GrantToRemove);

impl FormPage for Removal {
    type Record = GrantToRemove;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<GrantToRemove> {
        let person = store::find_visible(conn, actor, self.0.0)?;
        let grant = person.grants.iter().find(|own| own.id == self.0.1).cloned().ok_or(Code::NotFound)?;
        let context = store::grant_context(conn, actor, &[grant.input()], None, now)?;
        require_may_take(actor, &grant.input(), &context)?;
        Ok(GrantToRemove { person, grant, context })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: GrantToRemove, _: NoFields) -> Result<String> {
        remove_grant(tx, actor, self.0.0, self.0.1)?;
        // A person without any grant is visible only to admins.
        let is_known = actor.is_admin() || record.person.grants.len() > 1;
        let next = if is_known { path_of(self.0.0) } else { "/people".to_owned() };
        Ok(format!("{next}?done=grant-removed"))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &GrantToRemove) -> View {
        let content = html! {
            div class="prose" {
                p { strong { (describe(frame.lang, &record.grant, &record.context)) } }
                p { (frame.t("people-grant-removal-what")) }
            }
        };
        let back = path_of(self.0.0);
        let body = confirmation(frame, form, content, ("people-grant-remove-it", true), (&back, "ui-unchanged"));
        below(frame, &record.person, "people-grant-removal-title", body)
    }
}
