//! Who may write a report.

use crate::error::{Code, Result};
use crate::identity::Actor;

/// Admins and the coordinators of its country; 403 for everybody else.
pub fn permit(actor: &Actor, country: &str) -> Result<()> {
    if actor.coordinates(country) { Ok(()) } else { Err(Code::Forbidden.into()) }
}
