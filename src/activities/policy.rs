//! Who may write an activity, and in what state.

use super::model::{ActivityInput, ActivityStatus};
use crate::access::may_write;
use crate::db::CommissionId;
use crate::error::{Code, Result};
use crate::identity::Actor;

/// Whether the actor keeps the record that the activity stands in: admin, coordinator of the country, secretariat of
/// one of its commissions. They alone validate, and change what is validated.
pub fn keeps(actor: &Actor, activity: &ActivityInput) -> bool {
    may_write(actor, &activity.country_code, &activity.commission_ids)
}

/// Returns whether the actor speaks for one of the institutions that organise the activity, in its commissions.
pub fn organizes(actor: &Actor, activity: &ActivityInput) -> bool {
    organizes_in(actor, activity, &activity.commission_ids)
}

/// Returns whether the actor speaks in these commissions for one of the institutions that organise the activity.
pub fn organizes_in(actor: &Actor, activity: &ActivityInput, commissions: &[CommissionId]) -> bool {
    activity.organizer_ids.iter().any(|id| actor.speaks_for(*id, commissions))
}

/// 403 unless the actor keeps the record, or organises what is not validated.
pub fn permit(actor: &Actor, activity: &ActivityInput) -> Result<()> {
    let open = activity.status != ActivityStatus::Validated;
    if keeps(actor, activity) || (open && organizes(actor, activity)) { Ok(()) } else { Err(Code::Forbidden.into()) }
}
