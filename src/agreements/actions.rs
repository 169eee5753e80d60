//! Entering, changing and removing agreements.

use std::collections::HashSet;

use super::model::{Agreement, AgreementInput};
use super::{policy, store};
use crate::access::{CommissionRef, Table, Visibility, known, target_commissions};
use crate::audit;
use crate::clock::new_id;
use crate::commissions::voters_on;
use crate::db::dispatch::lock_row;
use crate::db::{AgreementId, InstitutionId, MeetingId, Tx};
use crate::error::{Code, Faults, Result};
use crate::identity::Actor;
use crate::meetings::{Meeting, meeting, minutes_still_open};

/// 409 `minutes_approved` where the minutes of its session are.
pub fn create(tx: &mut Tx<'_>, actor: &Actor, input: AgreementInput) -> Result<Agreement> {
    let country = check(tx, actor, &input, None)?;
    acta_open(tx, input.meeting_id)?;
    enter(tx, country, input)
}

/// The same for a dataset, which tells what approved minutes state after the minutes.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, input: AgreementInput) -> Result<Agreement> {
    let country = check(tx, actor, &input, None)?;
    enter(tx, country, input)
}

fn enter(tx: &mut Tx<'_>, country: String, input: AgreementInput) -> Result<Agreement> {
    let agreement = Agreement::new(new_id(tx.now), country, input, (tx.now, tx.now));
    store::insert(tx.conn, &agreement)?;
    audit::created(tx, "agreement", agreement.id, Some(&agreement.country_code), &agreement)?;
    Ok(agreement)
}

/// 409 `minutes_approved` for a change of what an approved acta states: that of the session that it leaves, or enters.
pub fn update(tx: &mut Tx<'_>, actor: &Actor, id: AgreementId, input: AgreementInput) -> Result<Agreement> {
    let before = writable(tx, actor, id)?;
    let country = check(tx, actor, &input, Some(&before))?;
    let after = Agreement::new(id, country, input, (before.created_at, tx.now));
    if !after.reads_like(&before) {
        acta_open(tx, before.fields.meeting_id)?;
        acta_open(tx, after.fields.meeting_id)?;
    }
    store::update(tx.conn, &after)?;
    audit::updated(tx, "agreement", id, Some(&after.country_code), &before, &after)?;
    Ok(after)
}

/// 409 `in_use` when commitments depend on it, `minutes_approved` when the approved acta of its session states it.
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, agreement: Agreement) -> Result<()> {
    let agreement = writable(tx, actor, agreement.id)?;
    acta_open(tx, agreement.fields.meeting_id)?;
    store::delete(tx.conn, agreement.id)?;
    audit::deleted(tx, "agreement", agreement.id, Some(&agreement.country_code), &agreement)
}

/// 409 `minutes_approved` once the minutes of the session are: the acta states every agreement with its votes. The
/// session is held, so that nobody approves them meanwhile.
fn acta_open(tx: &mut Tx<'_>, session: Option<MeetingId>) -> Result<()> {
    let Some(id) = session else { return Ok(()) };
    lock_row(tx.conn, "meetings", id)?;
    minutes_still_open(tx.conn, id)
}

/// The agreement, held until the transaction ends; 404 when it may not be known, 403 when it may not be written.
fn writable(tx: &mut Tx<'_>, actor: &Actor, id: AgreementId) -> Result<Agreement> {
    lock_row(tx.conn, "agreements", id)?;
    let agreement = store::find(tx.conn, &Visibility::of(actor), id)?;
    policy::permit(actor, &agreement).map(|()| agreement)
}

/// Checks what the body names; answers the country.
fn check(tx: &mut Tx<'_>, actor: &Actor, input: &AgreementInput, before: Option<&Agreement>) -> Result<String> {
    let mut faults = tx.faults();
    let held = before.map_or(&[][..], |before| before.fields.commission_ids.as_slice());
    let targets = target_commissions(tx.conn, actor, ("/commission_ids", &input.commission_ids), held, &mut faults)?;
    let parties = input.parties.iter().enumerate();
    let named: Vec<_> = parties
        .filter_map(|(n, party)| Some((format!("/parties/{n}/institution_id"), party.institution_id?)))
        .collect();
    known(tx.conn, Table::institutions, &named, &mut faults)?;
    let session = session(tx, actor, input, before, &mut faults)?;
    check_votes(tx, input, session.as_ref(), &mut faults)?;
    faults.into_result()?;
    let first: &CommissionRef = targets.first().ok_or_else(|| Faults::one("/commission_ids", "too_few"))?;
    Ok(first.country_code.clone())
}

/// The session that the body names: one that the writer may know, and in which one of the commissions sat.
fn session(
    tx: &mut Tx<'_>,
    actor: &Actor,
    input: &AgreementInput,
    before: Option<&Agreement>,
    faults: &mut Faults,
) -> Result<Option<Meeting>> {
    let Some(id) = input.meeting_id else { return Ok(None) };
    let kept = before.is_some_and(|before| before.fields.meeting_id == Some(id));
    let visibility = if kept { Visibility::everything() } else { Visibility::of(actor) };
    let session = match meeting(tx.conn, &visibility, id) {
        Ok(session) => session,
        Err(error) if error.code == Code::NotFound => {
            faults.add("/meeting_id", "unknown_reference");
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    if !session.fields.commission_ids.iter().any(|id| input.commission_ids.contains(id)) {
        faults.add_comparison("/meeting_id", "other_commission", Vec::new());
    }
    Ok(Some(session))
}

/// More votes than members with a vote on the day of adoption (of a month its last day; else the session's) cannot be
/// right. Where a commission's members are not on record, nothing is said.
fn check_votes(tx: &mut Tx<'_>, input: &AgreementInput, session: Option<&Meeting>, faults: &mut Faults) -> Result<()> {
    let day = input.adopted.as_ref().map(crate::dates::PartialDate::to).or(session.map(|session| session.held_to));
    let (Some(adoption), Some(day)) = (&input.adoption, day) else { return Ok(()) };
    if adoption.votes() == 0 {
        return Ok(());
    }
    let voters = voters_on(tx.conn, &input.commission_ids, day)?;
    let listed = input.commission_ids.iter().all(|id| voters.get(id).is_some_and(|members| !members.is_empty()));
    let members: HashSet<InstitutionId> = voters.into_values().flatten().collect();
    if listed && adoption.votes() > i64::try_from(members.len()).unwrap_or(i64::MAX) {
        faults.add_comparison("/adoption", "votes_exceed_members", vec![("members", members.len().to_string())]);
    }
    Ok(())
}
