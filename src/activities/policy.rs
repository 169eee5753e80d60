//! The rights to write an activity, which depend on its status.

use super::model::{ActivityInput, ActivityStatus};
use crate::access;
use crate::db::CommissionId;
use crate::error::{Permitted, Result};
use crate::identity::Actor;

/// Returns true if the actor may validate the activity and change it once it is validated: admins, the coordinators of
/// the country and the secretariats of its commissions may.
pub(super) fn may_validate(actor: &Actor, activity: &ActivityInput) -> bool {
    access::may_write(actor, &activity.country_code, &activity.commission_ids)
}

/// Returns true if the actor represents one of the institutions that organise the activity, in its commissions.
pub(super) fn is_organizer(actor: &Actor, activity: &ActivityInput) -> bool {
    is_organizer_in(actor, activity, &activity.commission_ids)
}

/// Returns true if the actor represents in these commissions one of the institutions that organise the activity.
pub(super) fn is_organizer_in(actor: &Actor, activity: &ActivityInput, commissions: &[CommissionId]) -> bool {
    activity.organizer_ids.iter().any(|id| actor.is_representative_of(*id, commissions))
}

/// Refuses with 403 those who may not write the activity: its organizers may until it is validated.
pub(super) fn require_writer(actor: &Actor, activity: &ActivityInput) -> Result<()> {
    let open = activity.status != ActivityStatus::Validated;
    let may = may_validate(actor, activity) || (open && is_organizer(actor, activity));
    access::require(may, Permitted::ActivityWriters)
}
