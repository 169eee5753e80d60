//! Doors for people: signing in and out, one's own profile, passwords, those who manage people.

mod auth;
mod calendar;
mod caller;
mod client;
mod grants;
mod me;
mod passwords;
mod sessions;
mod sign_in;
mod users;

pub use caller::Caller;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(auth::login).service(auth::refresh).service(auth::logout).service(me::show).service(me::update);
    cfg.service(calendar::make).service(calendar::revoke);
    cfg.service(auth::sign_in_by_link).service(sessions::list).service(sessions::end);
    cfg.service(passwords::request).service(passwords::confirm);
    cfg.service(users::list).service(users::create).service(users::show).service(users::update).service(users::unlock);
    cfg.service(grants::list).service(grants::create).service(grants::show).service(grants::remove);
    cfg.service(grants::invite);
}
