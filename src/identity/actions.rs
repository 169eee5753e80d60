//! Signing in, staying signed in, signing out; adding, changing and inviting people.

mod calendar;
mod grants;
mod links;
mod people;
mod sessions;
mod sign_in;
mod upkeep;

pub use calendar::{calendar_owner, make_calendar_token, revoke_calendar_token};
pub use grants::{add_grant, remove_grant, repeat_invitation};
pub use links::{carries_link, compose_links, confirm, count_reset_request, request_reset, withdraw_link};
pub use people::{change_me, create, unlock, update};
pub use sessions::{SignedIn, end_own_session, refresh, sign_out, start_session};
pub use sign_in::{Attempt, Client, link_is_due, offer_link, own_password, sign_in_by_link, sign_in_by_password};
pub use upkeep::{purge, set_last_seen};

use super::model::{Grant, User, check_password};
use super::{passwords, store};
use crate::audit;
use crate::clock::new_id;
use crate::db::{InstitutionId, Tx, UserId, dispatch};
use crate::error::{Code, Faults, Result};
use crate::i18n::Lang;
use crate::text::normalize_email;

/// What a new person is made of.
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub language: Lang,
    pub institution_id: Option<InstitutionId>,
    pub password: Option<String>,
    pub grants: Vec<Grant>,
}

/// Adds a person. Hashing takes tens of milliseconds inside the transaction; the command line and the demo use this.
pub fn add_user(tx: &mut Tx<'_>, new: NewUser) -> Result<UserId> {
    let mut faults = Faults::default();
    faults.email("/email", Some(&new.email));
    faults.line("/name", &new.name, 200);
    if let Some(password) = &new.password {
        check_password(&mut faults, "/password", password);
    }
    faults.into_result()?;
    let hash = new.password.as_deref().map(passwords::hash).transpose()?;
    let email = normalize_email(&new.email);
    if store::credentials(tx.conn, &email)?.is_some() {
        return Err(Code::Duplicate.into());
    }
    let user = User {
        id: new_id(tx.now),
        email: new.email.trim().to_owned(),
        name: new.name,
        language: new.language,
        institution_id: new.institution_id,
        grants: new.grants,
        disabled: false,
        created_at: tx.now,
        updated_at: tx.now,
    };
    store::insert_user(tx.conn, &user, &email, hash.as_deref(), tx.now)?;
    audit::created(tx, "user", user.id, None, &user)?;
    Ok(user.id)
}
