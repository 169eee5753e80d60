//! Undoes an import: removes the records that it created and restores those that it changed, unless somebody has changed
//! them since.

use super::model::{CommitmentEffect, Effect, MatrixImport, TermEffect};
use super::store;
use crate::access::{Visibility, may_write, require, require_writer};
use crate::agreements::{agreement, agreements_by_id, delete_agreement};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::commitments::{
    AssignmentChange, CommitmentInput, Withdrawal, change_assignment, changes_of, commitment, commitments_by_id,
    restore_commitment, unassign_part, unmake_commitment, withdraw_reports,
};
use crate::datasets::one_import_at_a_time;
use crate::dates::PartialDate;
use crate::db::dispatch::lock_rows;
use crate::db::{CommitmentId, Db, ImportId, MeetingId, Tx};
use crate::error::{Code, Error, Permitted, Result};
use crate::http::parse;
use crate::i18n::text;
use crate::identity::Actor;
use crate::meetings::{
    agenda_of_meetings, attendance_of_meetings, delete_meeting, documents_of_meetings, meeting, meetings_by_id,
};
use crate::minutes::minutes_of_meetings;

/// The maximum number of records that the error names.
const MOST_NAMED: usize = 20;

/// A record that was changed after the import that created or changed it.
pub(super) struct LaterChange {
    /// Its code, or its title. `None` for the title of a restricted record.
    pub name: Option<String>,
    /// The address of its page.
    pub path: String,
    /// The moment of its last change.
    pub at: Instant,
}

/// Returns the records of an import that were changed since; with any of them it cannot be undone.
pub(super) fn later_changes(conn: &mut Db, actor: &Actor, id: ImportId, now: Instant) -> Result<Vec<LaterChange>> {
    let effects = store::effects(conn, id)?;
    let visibility = Visibility::of(actor);
    let commitments: Vec<&CommitmentEffect> = effects.iter().filter_map(Effect::commitment).collect();
    let ids: Vec<CommitmentId> = commitments.iter().map(|one| one.id).collect();
    let counts = changes_of(conn, &ids)?;
    let changed = commitments.iter().filter(|one| counts.get(&one.id) != Some(&one.events));
    let changed: Vec<CommitmentId> = changed.map(|one| one.id).collect();
    let changed = commitments_by_id(conn, &visibility, &changed, now)?;
    let (mut agreements, mut meetings) = (Vec::new(), Vec::new());
    for effect in &effects {
        match effect {
            Effect::Agreement { id } => agreements.push(*id),
            Effect::Meeting { id } => meetings.push(*id),
            Effect::Commitment(_) => {}
        }
    }
    let agreements = agreements_by_id(conn, &visibility, &agreements)?;
    let meetings = meetings_by_id(conn, &visibility, &meetings)?;
    let of_commitments =
        changed.iter().map(|one| LaterChange::new(Some(&one.code), format!("/commitments/{}", one.id), one.updated_at));
    let of_agreements = agreements.values().filter(|one| one.created_at != one.updated_at).map(|one| {
        LaterChange::new(
            (!one.fields.restricted).then_some(&one.fields.title),
            format!("/agreements/{}", one.id),
            one.updated_at,
        )
    });
    let of_meetings = meetings.values().filter(|one| one.created_at != one.updated_at).map(|one| {
        LaterChange::new(
            (!one.fields.restricted).then_some(&one.fields.title),
            format!("/meetings/{}", one.id),
            one.updated_at,
        )
    });
    let mut changes: Vec<LaterChange> = of_commitments.chain(of_agreements).chain(of_meetings).collect();
    changes.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    Ok(changes)
}

impl LaterChange {
    fn new(name: Option<&String>, path: String, at: Instant) -> Self {
        Self { name: name.cloned(), path, at }
    }
}

/// Undoes an import. 403 for a person who may not, or no longer may, write its records. 409 `import_undone` when it was
/// undone already, `import_built_upon` when a record that it created or changed was changed, or is named by others, since.
pub(super) fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ImportId) -> Result<MatrixImport> {
    let country = store::find(tx.conn, actor, id)?.country_code;
    one_import_at_a_time(tx.conn, &country)?;
    let import = store::find(tx.conn, actor, id)?;
    require_writer(actor, &country, import.commission_id.as_slice())?;
    if import.undone_at.is_some() {
        return Err(Code::ImportUndone.into());
    }
    let effects = store::effects(tx.conn, id)?;
    tx.silently(|tx| restore_all(tx, actor, &effects))?;
    store::mark_undone(tx.conn, id, tx.who, tx.now)?;
    let after = MatrixImport { undone_by: tx.who, undone_at: Some(tx.now), ..import.clone() };
    let record = id.to_string();
    let change = Change { action: "undone", kind: "import", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&import), Some(&after))?;
    Ok(after)
}

/// Locks the records that the import created or changed, so that a concurrent report comes before or after. 403 for a
/// record that the actor may not, or no longer may, write.
fn lock_records(tx: &mut Tx<'_>, actor: &Actor, effects: &[Effect]) -> Result<()> {
    let (mut commitments, mut agreements, mut meetings) = (Vec::new(), Vec::new(), Vec::new());
    for effect in effects {
        match effect {
            Effect::Commitment(one) => commitments.push(one.id),
            Effect::Agreement { id } => agreements.push(*id),
            Effect::Meeting { id } => meetings.push(*id),
        }
    }
    let all = Visibility::everything();
    let held = agreements_by_id(tx.conn, &all, &agreements)?.into_values().filter_map(|one| one.fields.meeting_id);
    lock_rows(tx.conn, "meetings", &meetings.iter().copied().chain(held).collect::<Vec<_>>())?;
    lock_rows(tx.conn, "commitments", &commitments)?;
    lock_rows(tx.conn, "agreements", &agreements)?;
    let commitments = commitments_by_id(tx.conn, &all, &commitments, tx.now)?;
    let agreements = agreements_by_id(tx.conn, &all, &agreements)?;
    let meetings = meetings_by_id(tx.conn, &all, &meetings)?;
    let commitments = commitments.iter().map(|one| (&one.country_code, &one.fields.commission_ids));
    let agreements = agreements.values().map(|one| (&one.country_code, &one.fields.commission_ids));
    let meetings = meetings.values().map(|one| (&one.country_code, &one.fields.commission_ids));
    let mut records = commitments.chain(agreements).chain(meetings);
    require(records.all(|(country, commissions)| may_write(actor, country, commissions)), Permitted::WritersOfAll)
}

/// Restores commitments first, then removes their agreements and sessions.
fn restore_all(tx: &mut Tx<'_>, actor: &Actor, effects: &[Effect]) -> Result<()> {
    lock_records(tx, actor, effects)?;
    let commitments: Vec<&CommitmentEffect> = effects.iter().filter_map(Effect::commitment).collect();
    let ids: Vec<CommitmentId> = commitments.iter().map(|one| one.id).collect();
    let events = changes_of(tx.conn, &ids)?;
    let mut built_upon = Vec::new();
    for one in commitments {
        let untouched = events.get(&one.id) == Some(&one.events);
        let restored = untouched && was_possible(tx.attempt(|tx| restore(tx, actor, one)))?;
        if !restored {
            built_upon.push(one.code.clone());
        }
    }
    for effect in effects.iter().rev() {
        let (removed, name) = match effect {
            Effect::Agreement { id } => {
                let Some(present) = found(agreement(tx.conn, &Visibility::of(actor), *id))? else { continue };
                let untouched = present.created_at == present.updated_at;
                let name = shown_name(&present.fields.title, present.fields.restricted, id);
                (untouched && was_possible(tx.attempt(|tx| delete_agreement(tx, actor, present)))?, name)
            }
            Effect::Meeting { id } => {
                let Some(present) = found(meeting(tx.conn, &Visibility::of(actor), *id))? else { continue };
                let untouched = present.created_at == present.updated_at && is_bare(tx, *id)?;
                let name = shown_name(&present.fields.title, present.fields.restricted, id);
                (untouched && was_possible(tx.attempt(|tx| delete_meeting(tx, actor, present)))?, name)
            }
            Effect::Commitment(_) => continue,
        };
        if !removed {
            built_upon.push(name);
        }
    }
    if built_upon.is_empty() {
        return Ok(());
    }
    let more = built_upon.len().saturating_sub(MOST_NAMED);
    built_upon.truncate(MOST_NAMED);
    let reason = if more > 0 { "some" } else { "none" };
    let records = built_upon.join(", ");
    Err(Error::new(Code::ImportBuiltUpon).arg("reason", reason).arg("records", records).arg("more", more))
}

/// Returns the title of a record, or the id of a restricted one: an error is not recorded as a reading of its text.
fn shown_name(title: &str, is_restricted: bool, id: &impl ToString) -> String {
    if is_restricted { id.to_string() } else { title.to_owned() }
}

/// Returns `None` for a record that somebody has removed meanwhile.
fn found<T>(loaded: Result<T>) -> Result<Option<T>> {
    match loaded {
        Ok(record) => Ok(Some(record)),
        Err(error) if error.code == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns false when other records depend on the record, or it has changed.
fn was_possible(done: Result<()>) -> Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(error) if [409, 404, 422].contains(&error.code.status()) => Ok(false),
        Err(error) => Err(error),
    }
}

fn restore(tx: &mut Tx<'_>, actor: &Actor, one: &CommitmentEffect) -> Result<()> {
    if one.created {
        return unmake_commitment(tx, actor, one.id, &one.updates());
    }
    let reason = text(actor.language, "import-undone", &[]);
    for part in &one.parts {
        let withdrawal =
            Withdrawal { assignment_id: part.assignment_id, updates: part.updates.clone(), before: part.before };
        withdraw_reports(tx, actor, one.id, &withdrawal, &reason)?;
    }
    for term in &one.terms {
        restore_term(tx, actor, one.id, term, &reason)?;
    }
    for added in &one.added {
        unassign_part(tx, actor, one.id, *added)?;
    }
    if let Some(before) = &one.before {
        let input: CommitmentInput = parse(before.clone())?;
        restore_commitment(tx, actor, one.id, input, &reason)?;
    }
    Ok(())
}

fn restore_term(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId, term: &TermEffect, reason: &str) -> Result<()> {
    let present = commitment(tx.conn, &Visibility::of(actor), id, tx.now)?;
    let part = present.assignment(term.assignment_id)?;
    let due = term.due.as_deref().and_then(PartialDate::parse);
    let input = AssignmentChange { due, correction_reason: Some(reason.to_owned()), ..part.input() };
    change_assignment(tx, actor, id, part.id, input).map(|_| ())
}

/// Checks that a session has no agenda, attendance, minutes or documents.
fn is_bare(tx: &mut Tx<'_>, id: MeetingId) -> Result<bool> {
    Ok(agenda_of_meetings(tx.conn, &[id])?.is_empty()
        && attendance_of_meetings(tx.conn, &[id])?.is_empty()
        && minutes_of_meetings(tx.conn, &[id])?.is_empty()
        && documents_of_meetings(tx.conn, &[id])?.is_empty())
}
