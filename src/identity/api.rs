//! HTTP API of signing in and out, the caller's own profile, passwords, and the people who are managed.

mod auth;
mod caller;
mod me;
mod users;

pub(super) use auth::by_link;
pub(super) use auth::{MIN_TIME, client_of, send_reset, token_owner};
pub(crate) use caller::{Caller, note_read};
pub(super) use me::{check_current_password, check_own_password};
pub(super) use users::{ListQuery as PeopleQuery, hash_password};

use super::{calendar_token, grants, login_sessions, personal_tokens, second_factor};

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(auth::login).service(auth::refresh).service(auth::logout).service(me::show).service(me::update);
    cfg.service(second_factor::api::show).service(second_factor::api::begin);
    cfg.service(second_factor::api::confirm).service(second_factor::api::end);
    cfg.service(personal_tokens::api::list).service(personal_tokens::api::make).service(personal_tokens::api::end);
    cfg.service(calendar_token::api::make).service(calendar_token::api::revoke);
    cfg.service(auth::sign_in_by_link).service(login_sessions::api::list).service(login_sessions::api::end);
    cfg.service(auth::request_reset).service(auth::confirm_reset);
    cfg.service(users::list).service(users::create).service(users::show).service(users::update).service(users::unlock);
    cfg.service(users::end_second_factor);
    cfg.service(grants::api::list).service(grants::api::create).service(grants::api::show).service(grants::api::remove);
    cfg.service(grants::api::invite);
}
