//! Convening a session by mail, and telling the convened what becomes of it.
//!
//! * **Convening** (`POST …/convocation`) mails an invitation to whoever may know the session: the people of the
//!   members of today, and of the institutions on its attendance list; of a restricted session, the latter alone.
//!   A second time it goes to all of them again: whoever has joined meanwhile gets a first one.
//! * A session that is **over**, **cancelled**, or has **no day** (only a month, …) cannot be convened.
//! * Once convened, a **change** of what the invitation says, its agenda included, goes to all, with what has changed, under the same `UID`
//!   and a higher `SEQUENCE`; who is no longer convened gets a `CANCEL`. A change after the session tells nobody.
//! * **Calling it off** withdraws the invitation; to hold it after all, it must be convened again.
//! * A convened session is not deleted (409 `in_use`): call it off first.

mod actions;
mod api;
mod letter;

pub use actions::{agenda_changed, called_off, changed};
pub use api::routes;
