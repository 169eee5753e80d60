//! People: who they are, how they prove it, and the roles that they have.
//!
//! A user signs in with a password, or with a link from a mail, and gets a login session: a short access token (a JWT,
//! 15 minutes) and a refresh token that works once; a second use of a refresh token ends the session. Session and grants
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
//! commissions, for institutions that are members today and belong to its country or to none. A coordinator also gives
//! unbounded grants, for the institutions of the country.
//!
//! People who invite see a person's grants within their own scope, and the person as introduced with the first of them.
//! They do not learn if the person had an account before.
//!
//! [`Caller`] is the person behind a request with a bearer token. It runs use cases through [`work::Work`], which loads
//! the person as an [`Actor`] in the transaction of the use case. [`Visitor`] is the same for the pages: a person with the
//! cookie of a browser, whose session ends after an hour without use and after twelve hours at most. [`FormPage`] is a
//! form of a page; what was typed is never lost (`drafts`).

mod account_notices;
mod actor;
mod api;
mod calendar_token;
mod drafts;
mod grants;
mod login_sessions;
mod model;
mod one_time_tokens;
mod passwords;
mod person;
mod personal_tokens;
mod policy;
mod reader;
mod second_factor;
mod sign_in;
mod store;
mod tokens;
mod users;
mod web;
mod work;

pub use actor::Actor;
pub(crate) use actor::require;
pub(crate) use api::{Caller, note_read, routes};
pub(crate) use calendar_token::calendar_owner;
pub(crate) use drafts::{forget_unsent, keep_unsent, purge_saved_drafts, unsent};
pub(crate) use login_sessions::set_last_seen;
pub use login_sessions::{start_browser_session, start_session};
pub(crate) use model::User;
pub use model::{Grant, Role};
pub(crate) use one_time_tokens::{compose_links, contains_link, purge, withdraw_link};
pub(crate) use person::{Importer, Person};
pub(crate) use store::{
    UserNames, find_visible_at, is_represented_everywhere, load_actor, named_elsewhere, user_names, users_by_id,
};
pub use tokens::access_token;
pub use users::{NewUser, add_user};
pub(crate) use web::{
    DEMO_PASSWORD, DEMO_PEOPLE, FormPage, NoFields, Submission, Visitor, account_tabs, frame_of_error, pages,
};
