//! Entering, changing, calling off and removing sessions.

use chrono_tz::Tz;
use serde_json::json;

use super::model::{Meeting, MeetingInput, MeetingStatus};
use super::store;
use crate::access::{Visibility, require_writer, target_commissions};
use crate::audit;
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, MeetingId, Tx};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;
use crate::meetings::{convocation, minutes};

pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: MeetingInput) -> Result<Meeting> {
    let place = settle(tx, actor, &input, &[])?;
    let meeting = Meeting {
        id: new_id(tx.now),
        country_code: place.country,
        own_time_zone: input.time_zone.is_some(),
        fields: MeetingInput { time_zone: Some(place.zone.name().to_owned()), ..input },
        held_from: place.days.0,
        held_to: place.days.1,
        convened_at: None,
        created_at: tx.now,
        updated_at: tx.now,
        sequence: 0,
    };
    store::insert(tx.conn, &meeting)?;
    audit::created(tx, "meeting", meeting.id, Some(&meeting.country_code), &meeting)?;
    Ok(meeting)
}

/// 409 `minutes_approved` for a change of what the approved acta states.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MeetingInput) -> Result<Meeting> {
    let before = writable(tx, actor, id)?;
    let place = settle(tx, actor, &input, &before.fields.commission_ids)?;
    let mut after = Meeting {
        country_code: place.country,
        own_time_zone: input.time_zone.is_some(),
        fields: MeetingInput { time_zone: Some(place.zone.name().to_owned()), ..input },
        held_from: place.days.0,
        held_to: place.days.1,
        updated_at: tx.now,
        sequence: before.sequence + 1,
        ..before.clone()
    };
    if !after.reads_like(&before) {
        minutes::still_open(tx.conn, id)?;
    }
    let off = after.fields.status == MeetingStatus::Cancelled;
    after.convened_at = after.convened_at.filter(|_| !off);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "meeting", id, Some(&after.country_code), &before, &after)?;
    if off {
        convocation::called_off(tx, &before, &after, None)?
    } else {
        convocation::changed(tx, &before, &after)?
    }
    Ok(after)
}

/// Calls a session off, and withdraws its convocation; the reason stands in the audit log. 409 `meeting_cancelled`
/// when it is off already, `minutes_approved` when its approved minutes say that it took place.
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, reason: &str) -> Result<Meeting> {
    let before = writable(tx, actor, id)?;
    if before.fields.status == MeetingStatus::Cancelled {
        return Err(Code::MeetingCancelled.into());
    }
    minutes::still_open(tx.conn, id)?;
    let mut after = before.clone();
    after.fields.status = MeetingStatus::Cancelled;
    after.convened_at = None;
    after.updated_at = tx.now;
    after.sequence += 1;
    store::update(tx.conn, &after)?;
    let (record, country) = (id.to_string(), after.country_code.clone());
    let change = audit::Change { action: "cancelled", kind: "meeting", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&before), Some(&json!({"meeting": after, "reason": reason})))?;
    convocation::called_off(tx, &before, &after, Some(reason))?;
    Ok(after)
}

/// 409 `in_use` when agreements or commitments depend on it, its minutes are approved, or people are convened to it.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, meeting: Meeting) -> Result<()> {
    let meeting = writable(tx, actor, meeting.id)?;
    if meeting.convened_at.is_some() || minutes::approved(tx.conn, meeting.id)? {
        return Err(Code::InUse.into());
    }
    store::delete(tx.conn, meeting.id)?;
    audit::deleted(tx, "meeting", meeting.id, Some(&meeting.country_code), &meeting)
}

/// Returns the session, locked until the transaction ends; 404 when it may not be known.
pub fn hold(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    lock_row(tx.conn, "meetings", id)?;
    store::find(tx.conn, &Visibility::of(actor), id)
}

/// Does the same for a write; 403 when it may not be written.
pub fn writable(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    let meeting = hold(tx, actor, id)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids).map(|()| meeting)
}

struct Place {
    country: String,
    zone: Tz,
    days: (chrono::NaiveDate, chrono::NaiveDate),
}

fn settle(tx: &mut Tx<'_>, actor: &Actor, input: &MeetingInput, held: &[CommissionId]) -> Result<Place> {
    let mut faults = tx.faults();
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", &input.commission_ids), held, &mut faults)?;
    let Some(first) = targets.first() else {
        faults.into_result()?;
        return Err(Faults::one("/commission_ids", "too_few").into());
    };
    let own = input.time_zone.as_deref().and_then(|zone| zone.parse::<Tz>().ok());
    let zone = own.unwrap_or(first.zone);
    let days = input.days(zone);
    if let Err(outside) = &days {
        faults.join(outside.list.clone());
    }
    faults.into_result()?;
    Ok(Place { country: first.country_code.clone(), zone, days: days? })
}
