//! Creating, changing, cancelling and deleting meetings.

use chrono_tz::Tz;
use serde_json::json;

use super::minutes::{minutes_approved, require_minutes_open};
use super::model::{Meeting, MeetingInput, MeetingStatus};
use super::scope::lock_writable;
use super::{convocation, scope, store};
use crate::access::{commission_refs, may_write, target_commissions};
use crate::audit;
use crate::clock::new_id;
use crate::db::{CommissionId, MeetingId, Tx};
use crate::error::{Code, Error, Faults, Permitted, Result};
use crate::i18n::text;
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, JointRecord, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, notify, notify_joint,
    withdraw,
};

pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: MeetingInput) -> Result<Meeting> {
    let meeting = build(tx, actor, input, None)?;
    store::insert(tx.conn, &meeting)?;
    audit::created(tx, "meeting", meeting.id, Some(&meeting.country_code), &meeting)?;
    notify_others(tx, actor, &meeting, &[])?;
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
    notify_others(tx, actor, &after, &before.fields.commission_ids)?;
    Ok(after)
}

/// Marks a scheduled meeting that has begun as held. Pages call it when somebody enters what happened at it, and the
/// approval of its minutes.
pub(crate) fn mark_held(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<()> {
    let meeting = lock_writable(tx, actor, id)?;
    if meeting.fields.status == MeetingStatus::Scheduled && meeting.require_before_start(tx.now).is_err() {
        update(tx, actor, id, MeetingInput { status: MeetingStatus::Held, ..meeting.input() })?;
    }
    Ok(())
}

/// Notifies the secretariats of the commissions that a secretariat has added.
fn notify_others(tx: &mut Tx<'_>, actor: &Actor, meeting: &Meeting, before: &[CommissionId]) -> Result<()> {
    let fields = &meeting.fields;
    let record = JointRecord {
        kind: RecordKind::Meeting,
        id: meeting.id.into(),
        title: &fields.title,
        country: &meeting.country_code,
        commissions: &fields.commission_ids,
        before,
        restricted: fields.restricted,
    };
    notify_joint(tx, actor, &record)
}

/// Takes a commission out of a joint meeting, which its secretariat, the coordinator and admins may do until the
/// minutes are approved: 404 for a commission that does not meet, 409 `last_commission` for the only one. The people
/// convened and the secretariats of the other commissions are notified, with the reason.
pub(crate) fn withdraw_commission(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, commission): (MeetingId, CommissionId),
    reason: &str,
) -> Result<(Meeting, Meeting)> {
    let before = scope::lock(tx, actor, id)?;
    if !before.fields.commission_ids.contains(&commission) {
        return Err(Code::NotFound.into());
    }
    require_secretariat_of(tx, actor, &before, commission)?;
    require_minutes_open(tx.conn, id)?;
    if before.fields.commission_ids.len() == 1 {
        return Err(Code::LastCommission.into());
    }
    let mut after = before.clone();
    after.fields.commission_ids.retain(|one| *one != commission);
    // The zone of its day stays that of the former first commission.
    after.own_time_zone = true;
    after.updated_at = tx.now;
    after.sequence += 1;
    store::update(tx.conn, &after)?;
    let (record, country) = (id.to_string(), after.country_code.clone());
    let change =
        audit::Change { action: "commission_withdrawn", kind: "meeting", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&before), Some(&json!({"meeting": after, "reason": reason})))?;
    convocation::notify_change(tx, &before, &after)?;
    notify_withdrawal(tx, &before, commission, reason)?;
    Ok((before, after))
}

/// Refuses with 403 those who may not write for the commission, even if they may write for another one of the meeting.
fn require_secretariat_of(tx: &mut Tx<'_>, actor: &Actor, meeting: &Meeting, commission: CommissionId) -> Result<()> {
    if may_write(actor, &meeting.country_code, &[commission]) {
        return Ok(());
    }
    let name = commission_refs(tx.conn, &[commission])?.remove(&commission).map(|one| one.name).unwrap_or_default();
    Err(Error::forbidden(Permitted::LeavingSecretariat).arg("commission", name))
}

fn notify_withdrawal(tx: &mut Tx<'_>, meeting: &Meeting, commission: CommissionId, reason: &str) -> Result<()> {
    let name = commission_refs(tx.conn, &[commission])?.remove(&commission).map(|one| one.name).unwrap_or_default();
    let scope = convocation::about(meeting);
    let addressees = addressees_in_secretariat(tx, scope, &[])?;
    let title = meeting.fields.title.clone();
    notify(
        tx,
        Event::JointSession,
        RecordRef::new(RecordKind::Meeting, meeting.id),
        scope,
        &addressees,
        |one: &Addressee| {
            let lang = one.contact.language;
            let args = [("commission", name.clone()), ("title", title.clone())];
            let facts = vec![(text(lang, "session-label-title", &[]), title.clone())];
            let blocks = vec![
                Block::Text(text(lang, "withdrawn", &args)),
                Block::Text(text(lang, "session-reason", &[("reason", reason.to_owned())])),
                Block::Facts(facts),
                Block::Link(text(lang, "session-link", &[]), format!("/meetings/{}", meeting.id)),
            ];
            EmailBody::new(lang, text(lang, "withdrawn-subject", &args), blocks)
        },
    )
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
    withdraw(tx, RecordRef::new(RecordKind::Meeting, meeting.id), scope, &fields.title)?;
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
