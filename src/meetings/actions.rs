//! Creating, changing, cancelling and deleting meetings.

use chrono_tz::Tz;
use serde_json::json;

use super::minutes::{minutes_approved, require_minutes_open};
use super::model::{Meeting, MeetingInput, MeetingStatus};
use super::scope::lock_writable;
use super::{convocation, store};
use crate::access::target_commissions;
use crate::audit;
use crate::clock::new_id;
use crate::db::{MeetingId, Tx};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;
use crate::notifications::{RecordRef, RecordScope, withdraw};

pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: MeetingInput) -> Result<Meeting> {
    let meeting = build(tx, actor, input, None)?;
    store::insert(tx.conn, &meeting)?;
    audit::created(tx, "meeting", meeting.id, Some(&meeting.country_code), &meeting)?;
    Ok(meeting)
}

/// Changes a meeting; 409 `minutes_approved` for a change of anything in its approved minutes.
pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MeetingInput) -> Result<Meeting> {
    let before = lock_writable(tx, actor, id)?;
    let mut after = build(tx, actor, input, Some(&before))?;
    if !after.same_in_minutes(&before) {
        require_minutes_open(tx.conn, id)?;
    }
    let cancelled = after.fields.status == MeetingStatus::Cancelled;
    after.convened_at = after.convened_at.filter(|_| !cancelled);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "meeting", id, Some(&after.country_code), &before, &after)?;
    if cancelled {
        convocation::notify_cancellation(tx, &before, &after, None)?
    } else {
        convocation::notify_change(tx, &before, &after)?
    }
    Ok(after)
}

/// Cancels a meeting and withdraws its convocation; the reason is stored in the audit log. 409 `meeting_cancelled` if
/// it is cancelled already, `minutes_approved` if approved minutes show that it took place.
pub(super) fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, reason: &str) -> Result<Meeting> {
    let before = lock_writable(tx, actor, id)?;
    if before.fields.status == MeetingStatus::Cancelled {
        return Err(Code::MeetingCancelled.into());
    }
    require_minutes_open(tx.conn, id)?;
    let mut after = before.clone();
    after.fields.status = MeetingStatus::Cancelled;
    after.convened_at = None;
    after.updated_at = tx.now;
    after.sequence += 1;
    store::update(tx.conn, &after)?;
    let (record, country) = (id.to_string(), after.country_code.clone());
    let change = audit::Change { action: "cancelled", kind: "meeting", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&before), Some(&json!({"meeting": after, "reason": reason})))?;
    convocation::notify_cancellation(tx, &before, &after, Some(reason))?;
    Ok(after)
}

/// Deletes a meeting; 409 `in_use` if agreements or commitments depend on it, its minutes are approved, or it is
/// convened.
pub(crate) fn delete(tx: &mut Tx<'_>, actor: &Actor, meeting: Meeting) -> Result<()> {
    let meeting = lock_writable(tx, actor, meeting.id)?;
    if meeting.convened_at.is_some() || minutes_approved(tx.conn, meeting.id)? {
        return Err(Code::InUse.into());
    }
    let fields = &meeting.fields;
    let (country, commissions) = (&meeting.country_code, &fields.commission_ids);
    let scope = RecordScope { country, commissions, restricted: fields.restricted };
    withdraw(tx, RecordRef::new("meeting", meeting.id), scope, &fields.title)?;
    store::delete(tx.conn, meeting.id)?;
    audit::deleted(tx, "meeting", meeting.id, Some(&meeting.country_code), &meeting)
}

/// Checks the references, and builds the meeting with its country, time zone and days. Commissions that it had before
/// are not checked again.
fn build(tx: &mut Tx<'_>, actor: &Actor, input: MeetingInput, before: Option<&Meeting>) -> Result<Meeting> {
    let mut faults = tx.faults();
    let current = before.map_or(&[][..], |before| before.fields.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", &input.commission_ids), current, &mut faults)?;
    let Some(first) = targets.first() else {
        faults.into_result()?;
        return Err(Faults::one("/commission_ids", "too_few").into());
    };
    let own_zone = input.time_zone.as_deref().and_then(|zone| zone.parse::<Tz>().ok());
    let zone = own_zone.unwrap_or(first.zone);
    let days = input.days(zone);
    if let Err(outside) = &days {
        faults.join(outside.list.clone());
    }
    faults.into_result()?;
    let (held_from, held_to) = days?;
    Ok(Meeting {
        id: before.map_or_else(|| new_id(tx.now), |before| before.id),
        country_code: first.country_code.clone(),
        own_time_zone: input.time_zone.is_some(),
        fields: MeetingInput { time_zone: Some(zone.name().to_owned()), ..input },
        held_from,
        held_to,
        convened_at: before.and_then(|before| before.convened_at),
        created_at: before.map_or(tx.now, |before| before.created_at),
        updated_at: tx.now,
        sequence: before.map_or(0, |before| before.sequence + 1),
    })
}
