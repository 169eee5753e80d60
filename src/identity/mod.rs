//! People: who they are, how they prove it, and what they are allowed to be.
//!
//! A user signs in with a password, or with a link from a mail, and gets a session: a short access token (a JWT, 15
//! minutes) and a refresh token that works once; a second use of a refresh token ends the session. Session and grants
//! (a role within a country, a commission or an institution) are read again at every request, so that ending a session,
//! revoking a grant and disabling the user take effect at the next request. A new password, and disabling, end every
//! session.
//!
//! Failed sign-ins are counted in memory, by account and by client. The owner of a throttled account gets a sign-in
//! link by mail.
//!
//! Admins manage all users. A coordinator within the country and a secretariat within its commissions give grants to
//! representatives and observers. A representative's grant opens every commission of the institution. A grant that
//! names a commission opens only that one: it is **bounded**. A secretariat gives bounded grants of its own
//! commissions, for institutions that sit there today and belong to its country or to none. A coordinator also gives
//! unbounded grants, for the institutions of the country.
//!
//! Those who invite see a person's grants within their own scope, and the person as introduced with the first of them.
//! They are not told whether the person had an account before.

mod actions;
mod actor;
mod api;
mod model;
mod passwords;
mod policy;
mod store;
mod tokens;

pub use actions::{
    NewUser, add_user, calendar_owner, carries_link, compose_links, purge, set_last_seen, start_session, withdraw_link,
};
pub use actor::Actor;
pub use api::{Caller, note_read, routes};
pub use model::{Grant, Role};
pub use store::{is_represented_everywhere, named_elsewhere, users_by_id};
pub use tokens::access_token;
