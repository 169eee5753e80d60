//! Changes of an account that need confirmation: another invitation, unlocking, ending the second factor, disabling and
//! enabling.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::{below, path_of, person_for_admins, person_for_other_admins};
use crate::clock::Instant;
use crate::db::{Db, Tx, UserId};
use crate::error::{Permitted, Result};
use crate::http::Fields;
use crate::identity::actor::Actor;
use crate::identity::grants::{repeat_invitation as repeat, require_may_invite_again};
use crate::identity::model::{User, UserInput};
use crate::identity::web::{FormPage, NoFields, Submission, Visitor};
use crate::identity::{store, users};
use crate::ui::{FormView, Frame, View, confirmation};

/// The page that asks for confirmation before an invitation is sent again
///
/// Permissions: admin; those who may take away one of the person's grants.
#[get("/people/{id}/invitation")]
pub(in crate::identity) async fn open_invitation(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Invitation }).await
}

/// Send an invitation again
///
/// Permissions: admin; those who may take away one of the person's grants.
#[post("/people/{id}/invitation")]
pub(in crate::identity) async fn repeat_invitation(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Invitation }).await
}

/// The page that asks for confirmation before an account is unlocked
///
/// Permissions: admin.
#[get("/people/{id}/unlocking")]
pub(in crate::identity) async fn open_unlocking(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Unlocking }).await
}

/// Unlock a person's account
///
/// Permissions: admin.
#[post("/people/{id}/unlocking")]
pub(in crate::identity) async fn unlock(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Unlocking }).await
}

/// The page that asks for confirmation before the second factor of a person is ended
///
/// Permissions: admin, for others.
#[get("/people/{id}/second-factor")]
pub(in crate::identity) async fn open_second_factor(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(AccountChange { id: id.into_inner(), kind: AccountChangeKind::SecondFactor }).await
}

/// End the second factor of a person
///
/// Permissions: admin, for others.
#[post("/people/{id}/second-factor")]
pub(in crate::identity) async fn end_second_factor(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(AccountChange { id: id.into_inner(), kind: AccountChangeKind::SecondFactor }).await
}

/// The page that asks for confirmation before an account is disabled, or enabled again
///
/// Permissions: admin.
#[get("/people/{id}/disabling")]
pub(in crate::identity) async fn open_disabling(visitor: Visitor, id: Path<UserId>) -> Result<HttpResponse> {
    visitor.form(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Disabling }).await
}

/// Disable an account, or enable a disabled one
///
/// Permissions: admin.
#[post("/people/{id}/disabling")]
pub(in crate::identity) async fn disable(submission: Submission, id: Path<UserId>) -> Result<HttpResponse> {
    submission.handle(AccountChange { id: id.into_inner(), kind: AccountChangeKind::Disabling }).await
}

#[derive(Debug, Clone, Copy)]
enum AccountChangeKind {
    Invitation,
    Unlocking,
    SecondFactor,
    Disabling,
}

/// A change of an account that needs confirmation.
#[derive(Debug, Clone)]
struct AccountChange {
    id: UserId,
    kind: AccountChangeKind,
}

impl FormPage for AccountChange {
    type Record = User;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<User> {
        match self.kind {
            AccountChangeKind::Invitation => {
                let person = store::find_visible(conn, actor, self.id)?;
                require_may_invite_again(conn, actor, &person, now)?;
                Ok(person)
            }
            AccountChangeKind::Unlocking => person_for_admins(conn, actor, self.id, Permitted::Admins),
            AccountChangeKind::SecondFactor => person_for_other_admins(conn, actor, self.id),
            AccountChangeKind::Disabling => person_for_admins(conn, actor, self.id, Permitted::Oneself),
        }
    }

    /// The state of the account on the page, so that an outdated page disables nobody by mistake.
    fn fields(&self, record: &User) -> Fields {
        Fields::default().with("was_disabled", record.disabled)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: User, _: NoFields) -> Result<String> {
        let done = match self.kind {
            AccountChangeKind::Invitation => repeat(tx, actor, self.id).map(|()| "invitation-repeated")?,
            AccountChangeKind::Unlocking => users::unlock(tx, actor, self.id).map(|()| "person-unlocked")?,
            AccountChangeKind::SecondFactor => {
                users::end_second_factor(tx, actor, self.id).map(|()| "person-second-factor-ended")?
            }
            AccountChangeKind::Disabling => {
                let input = UserInput { disabled: !record.disabled, ..record.input() };
                users::update(tx, actor, self.id, input, None)?;
                if record.disabled { "person-enabled" } else { "person-disabled" }
            }
        };
        Ok(format!("{}?done={done}", path_of(self.id)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &User) -> View {
        let back = path_of(self.id);
        let content = |key: &str, is_dangerous: bool| -> Markup {
            let what = html! { div class="prose" { p { (frame.t(&format!("{key}-what"))) } } };
            confirmation(frame, form, what, (key, is_dangerous), (&back, "ui-unchanged"))
        };
        match (self.kind, record.disabled) {
            (AccountChangeKind::Invitation, _) => {
                below(frame, record, "people-invite-again", content("people-invite-again", false))
            }
            (AccountChangeKind::Unlocking, _) => below(frame, record, "people-unlock", content("people-unlock", false)),
            (AccountChangeKind::SecondFactor, _) => {
                below(frame, record, "people-second-factor", content("people-second-factor", true))
            }
            (AccountChangeKind::Disabling, false) => {
                below(frame, record, "people-disable", content("people-disable", true))
            }
            (AccountChangeKind::Disabling, true) => {
                below(frame, record, "people-enable", content("people-enable", false))
            }
        }
    }
}
