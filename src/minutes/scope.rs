//! Loads a meeting and its minutes for the actor, or answers 404 or 403.

use std::collections::BTreeSet;

use super::model::Minutes;
use super::store;
use crate::access::{Visibility, may_write, require_writer};
use crate::clock::Instant;
use crate::commissions::memberships_on;
use crate::db::dispatch::lock_row;
use crate::db::{Db, InstitutionId, MeetingId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::{Meeting, attendance_of_meetings, meeting};

/// Returns true if the actor may write the meeting and its minutes.
pub(super) fn may_write_meeting(actor: &Actor, meeting: &Meeting) -> bool {
    may_write(actor, &meeting.country_code, &meeting.fields.commission_ids)
}

/// Returns the meeting; 404 if the actor may not see it.
pub(super) fn visible(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    meeting(conn, &Visibility::of(actor), id)
}

/// Returns the meeting; 404 if the actor may not see it, 403 if the actor may not write it.
pub(super) fn writable(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    let meeting = visible(conn, actor, id)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids).map(|()| meeting)
}

/// Returns the meeting, locked until the transaction ends; 404 if the actor may not see it.
pub(super) fn lock(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    lock_row(tx.conn, "meetings", id)?;
    visible(tx.conn, actor, id)
}

/// Returns the meeting, locked until the transaction ends; 403 if the actor may not write it.
pub(super) fn lock_writable(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    lock_row(tx.conn, "meetings", id)?;
    writable(tx.conn, actor, id)
}

/// Returns the meeting and its minutes; a draft only to those who may write the meeting.
pub(super) fn with_minutes(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<(Meeting, Option<Minutes>)> {
    let meeting = visible(conn, actor, id)?;
    let minutes = store::of_meeting(conn, id)?;
    let minutes = minutes.filter(|minutes| !minutes.is_draft() || may_write_meeting(actor, &meeting));
    Ok((meeting, minutes))
}

/// Returns the meeting and its minutes; 404 if there are none that the actor may see.
pub(super) fn visible_minutes(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<(Meeting, Minutes)> {
    let (meeting, minutes) = with_minutes(conn, actor, id)?;
    Ok((meeting, minutes.ok_or(Code::NotFound)?))
}

/// Returns the institutions that may comment: members of the commissions on the session's day, and those on its
/// attendance list. Two queries.
pub(super) fn institutions_of(conn: &mut Db, meeting: &Meeting) -> Result<BTreeSet<InstitutionId>> {
    let mut institutions = listed_at(conn, meeting)?;
    if !meeting.fields.restricted {
        let members = memberships_on(conn, &meeting.fields.commission_ids, meeting.held_to)?;
        institutions.extend(members.iter().map(|member| member.fields.institution_id));
    }
    Ok(institutions)
}

/// Returns those of the same institutions whose people may still read the minutes and comment on them: members that have
/// left the commissions may not, unless they are on the attendance list. Four queries.
pub(super) fn readers_of(conn: &mut Db, meeting: &Meeting, now: Instant) -> Result<BTreeSet<InstitutionId>> {
    let mut institutions = institutions_of(conn, meeting)?;
    let mut present = listed_at(conn, meeting)?;
    let members = memberships_on(conn, &meeting.fields.commission_ids, now.day_in(meeting.zone()))?;
    present.extend(members.iter().map(|member| member.fields.institution_id));
    institutions.retain(|id| present.contains(id));
    Ok(institutions)
}

fn listed_at(conn: &mut Db, meeting: &Meeting) -> Result<BTreeSet<InstitutionId>> {
    let listed = attendance_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default();
    Ok(listed.iter().map(|entry| entry.institution_id).collect())
}
