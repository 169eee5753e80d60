//! Loads a meeting for its sub-resources and its changes, or answers 404 or 403.

use super::{Meeting, MeetingStatus, store};
use crate::access::{Visibility, may_write, require_writer};
use crate::audit::PartOf;
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Db, InstitutionId, MeetingId, Tx};
use crate::error::Result;
use crate::identity::Actor;

/// Returns the meeting; 404 if the actor may not see it.
pub(super) fn visible(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    store::find(conn, &Visibility::of(actor), id)
}

/// Returns the meeting, locked until the transaction ends; 404 if the actor may not see it.
pub(super) fn lock(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    lock_row(tx.conn, "meetings", id)?;
    visible(tx.conn, actor, id)
}

/// Returns the meeting, locked until the transaction ends; 403 if the actor may not write it.
pub(super) fn lock_writable(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    let meeting = lock(tx, actor, id)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids).map(|()| meeting)
}

/// Returns true if the actor still has to convene the meeting: it is not over or convened, and the actor may write it.
pub(crate) fn is_to_convene(actor: &Actor, meeting: &Meeting, now: Instant) -> bool {
    let is_ahead = meeting.fields.status == MeetingStatus::Scheduled && !meeting.is_over(now);
    is_ahead && meeting.convened_at.is_none() && may_write(actor, &meeting.country_code, &meeting.fields.commission_ids)
}

/// Returns the institutions whose replies and proposals the actor may see; None for those who may write the meeting, who
/// see all of them.
pub(super) fn seen_institutions(actor: &Actor, meeting: &Meeting) -> Option<Vec<InstitutionId>> {
    let commissions = &meeting.fields.commission_ids;
    if may_write(actor, &meeting.country_code, commissions) {
        return None;
    }
    let here = actor.represented_in().filter(|(commission, _)| commissions.contains(commission)).map(|(_, own)| own);
    Some(actor.represented_everywhere().chain(here).collect())
}

/// Returns true if the actor may see what an institution sent to the secretariat.
pub(super) fn may_see_part(actor: &Actor, meeting: &Meeting, institution: InstitutionId) -> bool {
    seen_institutions(actor, meeting).is_none_or(|own| own.contains(&institution))
}

/// Returns a function that loads a part of a meeting for those who may see the meeting. The part is restricted if the
/// meeting is.
pub(super) fn load_part<T>(
    id: MeetingId,
    find: impl FnOnce(&mut Db, &Meeting) -> Result<T>,
) -> impl FnOnce(&mut Db, &Actor) -> Result<PartOf<T>> {
    move |conn, actor| {
        let meeting = visible(conn, actor, id)?;
        Ok(PartOf::new(&meeting, find(conn, &meeting)?))
    }
}

/// Returns a function that loads a part of a meeting before a change, for those who may see the meeting.
pub(super) fn load_part_to_change<T>(
    id: MeetingId,
    find: impl Fn(&mut Db, &Meeting) -> Result<T>,
) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<T> {
    move |tx, actor| {
        let meeting = visible(tx.conn, actor, id)?;
        find(tx.conn, &meeting)
    }
}
