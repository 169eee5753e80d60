//! Who may write a session, and read its draft minutes: those who keep the record of any of its commissions.

use super::Meeting;
use crate::access;
use crate::identity::Actor;

/// Secretariats of its commissions, the coordinator of its country, admins.
pub fn keeps(actor: &Actor, meeting: &Meeting) -> bool {
    access::may_write(actor, &meeting.country_code, &meeting.fields.commission_ids)
}
