//! People: who they are, how they prove it, and what they are allowed to be.
//!
//! A user signs in with a password and gets a short access token (a JWT, 15 minutes) and a refresh token
//! that works once; the reuse of a refresh token revokes its whole family. Grants (a role within a country,
//! a commission or an institution) are read anew at every request, so revoking one, or disabling the user,
//! takes effect at the next.
//!
//! Admins manage all users; a coordinator those of the country and a secretariat those of its commissions
//! may invite representatives and observers, with grants no wider than their own: for an institution only where
//! nothing names it that they may not know. They see a person's grants within their own bounds, and no password.

mod actions;
mod actor;
mod api;
mod model;
mod passwords;
mod policy;
mod store;
mod tokens;

pub use actions::{NewUser, add_user, calendar_owner};
pub use actor::{Actor, Seat};
pub use api::{Caller, routes};
pub use model::{Grant, Role, User};
pub use store::{load_actor, named_elsewhere, users_by_id};
pub use tokens::access_token;
