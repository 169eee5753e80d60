//! Who may write a country, and its calendar.

use crate::error::{Code, Result};
use crate::identity::Actor;

/// The country itself: admins; 403 for everybody else.
pub fn permit(actor: &Actor) -> Result<()> {
    if actor.is_admin() { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Its calendar: its coordinators too.
pub fn permit_calendar(actor: &Actor, code: &str) -> Result<()> {
    if actor.coordinates(code) { Ok(()) } else { Err(Code::Forbidden.into()) }
}
