//! Who may write an agreement.

use super::model::Agreement;
use crate::access::may_write;
use crate::error::{Code, Result};
use crate::identity::Actor;

/// Who keeps the record of any of its commissions: secretariat, coordinator, admin; 403 for everybody else.
pub fn permit(actor: &Actor, agreement: &Agreement) -> Result<()> {
    let may = may_write(actor, &agreement.country_code, &agreement.fields.commission_ids);
    if may { Ok(()) } else { Err(Code::Forbidden.into()) }
}
