//! Creating, changing and deleting agreements.

use std::collections::HashSet;

use super::model::{Agreement, AgreementInput, AgreementStatus};
use super::store;
use crate::access::{
    CommissionRef, Visibility, check_attachments, check_institutions, may_write, require_writer, target_commissions,
};
use crate::audit;
use crate::clock::new_id;
use crate::commissions::voters_on;
use crate::db::dispatch::{lock_row, lock_rows};
use crate::db::{AgreementId, CommissionId, Db, InstitutionId, MeetingId, Tx, unique};
use crate::error::{Code, Faults, Result};
use crate::http::Warned;
use crate::identity::Actor;
use crate::meetings::{self, Meeting, has_agenda_item, require_minutes_extendable, require_not_in_minutes};
use crate::notifications::{JointRecord, RecordKind, notify_joint};

/// Creates an agreement. If the minutes of its meeting are approved, only their rectification can state it.
pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: AgreementInput) -> Result<Agreement> {
    let country = check_references(tx, actor, &input, None)?;
    if let Some(id) = input.meeting_id {
        lock_row(tx.conn, "meetings", id)?;
    }
    check_extendable(tx, input.meeting_id)?;
    let agreement = insert(tx, country, input)?;
    notify_others(tx, actor, &agreement, &[])?;
    Ok(agreement)
}

/// Notifies the secretariats of the commissions that a secretariat has added.
fn notify_others(tx: &mut Tx<'_>, actor: &Actor, agreement: &Agreement, before: &[CommissionId]) -> Result<()> {
    let fields = &agreement.fields;
    let record = JointRecord {
        kind: RecordKind::Agreement,
        id: agreement.id.into(),
        title: &fields.title,
        country: &agreement.country_code,
        commissions: &fields.commission_ids,
        before,
        restricted: fields.restricted,
    };
    notify_joint(tx, actor, &record)
}

/// Takes a commission out of the agreements of a session that have another one.
pub(crate) fn withdraw_commission(tx: &mut Tx<'_>, meeting: MeetingId, commission: CommissionId) -> Result<()> {
    let ids: Vec<AgreementId> = store::of_meeting(tx.conn, meeting)?.iter().map(|one| one.id).collect();
    lock_rows(tx.conn, "agreements", &ids)?;
    for before in store::of_meeting(tx.conn, meeting)? {
        let mut after = before.clone();
        after.fields.commission_ids.retain(|one| *one != commission);
        if after.fields.commission_ids.is_empty() || after.fields.commission_ids == before.fields.commission_ids {
            continue;
        }
        after.updated_at = tx.now;
        store::update(tx.conn, &after)?;
        audit::updated(tx, "agreement", after.id, Some(&after.country_code), &before, &after)?;
    }
    Ok(())
}

/// Returns the draft agreements of a session that the actor may write.
fn writable_drafts(conn: &mut Db, actor: &Actor, meeting: MeetingId) -> Result<Vec<Agreement>> {
    let mut found = store::of_meeting(conn, meeting)?;
    let is_writable = |one: &Agreement| may_write(actor, &one.country_code, &one.fields.commission_ids);
    found.retain(|one| one.fields.status == AgreementStatus::Draft && is_writable(one));
    Ok(found)
}

/// Returns the ids of the draft agreements of a session that its approved minutes put into force.
pub(crate) fn adoptable_drafts(conn: &mut Db, actor: &Actor, meeting: MeetingId) -> Result<HashSet<AgreementId>> {
    Ok(writable_drafts(conn, actor, meeting)?.into_iter().map(|one| one.id).collect())
}

/// Puts the draft agreements of a session, which is locked, into force, as far as the actor may write them: its minutes are
/// approved.
pub(crate) fn adopt_drafts_of_meeting(tx: &mut Tx<'_>, actor: &Actor, meeting: MeetingId) -> Result<()> {
    let ids: Vec<AgreementId> = writable_drafts(tx.conn, actor, meeting)?.iter().map(|one| one.id).collect();
    lock_rows(tx.conn, "agreements", &ids)?;
    // Read again: somebody may have changed one meanwhile.
    for before in writable_drafts(tx.conn, actor, meeting)? {
        let mut after = Agreement { updated_at: tx.now, ..before.clone() };
        after.fields.status = AgreementStatus::InForce;
        store::update(tx.conn, &after)?;
        audit::updated(tx, "agreement", after.id, Some(&after.country_code), &before, &after)?;
    }
    Ok(())
}

/// Adds to a saved agreement the warning that others of its meeting have its number.
pub(crate) fn with_warnings(tx: &mut Tx<'_>, actor: &Actor, agreement: Agreement) -> Result<Warned<Agreement>> {
    let fields = &agreement.fields;
    let same = match (fields.meeting_id, &fields.number) {
        (Some(meeting), Some(number)) => {
            store::with_number(tx.conn, &Visibility::of(actor), (meeting, agreement.id), number)?
        }
        _ => Vec::new(),
    };
    Ok(Warned::new(agreement.with_findings(actor.language)).warn("duplicate_number", same))
}

/// Creates an agreement of a dataset, in which agreements follow the approved minutes that contain them.
pub(crate) fn record(tx: &mut Tx<'_>, actor: &Actor, input: AgreementInput) -> Result<Agreement> {
    let country = check_references(tx, actor, &input, None)?;
    insert(tx, country, input)
}

fn insert(tx: &mut Tx<'_>, country: String, input: AgreementInput) -> Result<Agreement> {
    let agreement = Agreement::new(new_id(tx.now), country, input, (tx.now, tx.now));
    store::insert(tx.conn, &agreement)?;
    audit::created(tx, "agreement", agreement.id, Some(&agreement.country_code), &agreement)?;
    Ok(agreement)
}

/// Changes an agreement; 409 `minutes_approved` for a change of anything that approved minutes state.
pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, id: AgreementId, input: AgreementInput) -> Result<Agreement> {
    let before = lock_writable(tx, actor, id, input.meeting_id)?;
    let country = check_references(tx, actor, &input, Some(&before))?;
    let after = Agreement::new(id, country, input, (before.created_at, tx.now));
    if !after.same_in_minutes(&before) {
        check_not_in_minutes(tx, &before)?;
        check_extendable(tx, after.fields.meeting_id)?;
    }
    store::update(tx.conn, &after)?;
    audit::updated(tx, "agreement", id, Some(&after.country_code), &before, &after)?;
    notify_others(tx, actor, &after, &before.fields.commission_ids)?;
    Ok(after)
}

/// Deletes an agreement; 409 `in_use` if commitments depend on it, `minutes_approved` if it is part of approved
/// minutes.
pub(crate) fn delete(tx: &mut Tx<'_>, actor: &Actor, agreement: Agreement) -> Result<()> {
    let agreement = lock_writable(tx, actor, agreement.id, None)?;
    check_not_in_minutes(tx, &agreement)?;
    store::delete(tx.conn, agreement.id)?;
    audit::deleted(tx, "agreement", agreement.id, Some(&agreement.country_code), &agreement)
}

/// Checks that approved minutes do not state the agreement, whose meeting is locked; 409 `minutes_approved`.
fn check_not_in_minutes(tx: &mut Tx<'_>, agreement: &Agreement) -> Result<()> {
    let Some(id) = agreement.fields.meeting_id else { return Ok(()) };
    require_not_in_minutes(tx.conn, id, agreement.id)
}

/// Checks that an agreement can be added to a meeting, which is locked; 409 `minutes_approved` while its approved minutes
/// are not frozen.
fn check_extendable(tx: &mut Tx<'_>, meeting: Option<MeetingId>) -> Result<()> {
    let Some(id) = meeting else { return Ok(()) };
    require_minutes_extendable(tx.conn, id)
}

/// Returns the agreement, locked until the transaction ends; 404 if the actor may not see it, 403 if the actor may
/// not write it. Its meeting and the new one are locked before it, so that nobody approves or rectifies their minutes
/// at the same time; `lock_rows` states the order. 409 `conflict` if it gets another meeting meanwhile.
fn lock_writable(tx: &mut Tx<'_>, actor: &Actor, id: AgreementId, new_meeting: Option<MeetingId>) -> Result<Agreement> {
    let visibility = Visibility::of(actor);
    let meeting = store::find(tx.conn, &visibility, id)?.fields.meeting_id;
    let meetings = unique(meeting.into_iter().chain(new_meeting));
    lock_rows(tx.conn, "meetings", &meetings)?;
    lock_row(tx.conn, "agreements", id)?;
    let agreement = store::find(tx.conn, &visibility, id)?;
    if agreement.fields.meeting_id != meeting {
        return Err(Code::Conflict.into());
    }
    require_writer(actor, &agreement.country_code, &agreement.fields.commission_ids).map(|()| agreement)
}

/// Checks the references and the votes; returns the country.
fn check_references(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &AgreementInput,
    before: Option<&Agreement>,
) -> Result<String> {
    let mut faults = tx.faults();
    let current = before.map_or(&[][..], |before| before.fields.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", &input.commission_ids), current, &mut faults)?;
    let parties = input.parties.iter().enumerate();
    let references: Vec<_> = parties
        .filter_map(|(n, party)| Some((format!("/parties/{n}/institution_id"), party.institution_id?)))
        .collect();
    check_institutions(tx.conn, &references, &mut faults)?;
    let meeting = find_meeting(tx, actor, input, before, &mut faults)?;
    check_votes(tx, input, meeting.as_ref(), &mut faults)?;
    check_agenda_item(tx, input, before, &mut faults)?;
    let held = before.map_or(&[][..], |before| &before.fields.attachments);
    check_attachments(tx.conn, actor, (&input.attachments, held), &mut faults)?;
    tx.require_none(faults)?;
    let first: &CommissionRef = targets.first().ok_or_else(|| Faults::one("/commission_ids", "too_few"))?;
    Ok(first.country_code.clone())
}

/// Adds a fault when the agenda of the meeting does not have the item.
fn check_agenda_item(
    tx: &mut Tx<'_>,
    input: &AgreementInput,
    before: Option<&Agreement>,
    faults: &mut Faults,
) -> Result<()> {
    let held = before.map(|before| (before.fields.meeting_id, before.fields.agenda_item_id));
    let Some(item) = input.agenda_item_id.filter(|item| held != Some((input.meeting_id, Some(*item)))) else {
        return Ok(());
    };
    let is_of_meeting = match input.meeting_id {
        Some(meeting) => has_agenda_item(tx.conn, meeting, item)?,
        None => false,
    };
    if !is_of_meeting {
        faults.add("/agenda_item_id", "unknown_reference");
    }
    Ok(())
}

/// Returns the meeting of the input, or adds a fault: it must be visible to the actor unless it is unchanged, and be a
/// meeting of one of the commissions.
fn find_meeting(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &AgreementInput,
    before: Option<&Agreement>,
    faults: &mut Faults,
) -> Result<Option<Meeting>> {
    let Some(id) = input.meeting_id else { return Ok(None) };
    let unchanged = before.is_some_and(|before| before.fields.meeting_id == Some(id));
    let visibility = if unchanged { Visibility::everything() } else { Visibility::of(actor) };
    let meeting = match meetings::meeting(tx.conn, &visibility, id) {
        Ok(meeting) => meeting,
        Err(error) if error.code == Code::NotFound => {
            faults.add("/meeting_id", "unknown_reference");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !meeting.fields.commission_ids.iter().any(|id| input.commission_ids.contains(id)) {
        faults.add_comparison("/meeting_id", "other_commission", Vec::new());
    }
    Ok(Some(meeting))
}

/// Adds a fault if there are more votes than members with a vote on the day of adoption (the last day that it can mean;
/// without it, the last day of the meeting). Does nothing if the members of one of the commissions are not recorded.
fn check_votes(tx: &mut Tx<'_>, input: &AgreementInput, meeting: Option<&Meeting>, faults: &mut Faults) -> Result<()> {
    let day = input.adopted.as_ref().map(crate::dates::PartialDate::to).or(meeting.map(|meeting| meeting.held_to));
    let (Some(adoption), Some(day)) = (&input.adoption, day) else { return Ok(()) };
    if adoption.votes() == 0 {
        return Ok(());
    }
    let voters = voters_on(tx.conn, &input.commission_ids, day)?;
    let listed = input.commission_ids.iter().all(|id| voters.get(id).is_some_and(|members| !members.is_empty()));
    let members: HashSet<InstitutionId> = voters.into_values().flatten().collect();
    if listed && adoption.votes() > i64::try_from(members.len()).unwrap_or(i64::MAX) {
        faults.contradiction("/adoption", "more_than_entitled", vec![("members", members.len().to_string())]);
    }
    Ok(())
}
