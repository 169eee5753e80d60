//! Carries out the changes of a matrix through the actions of the slices. A broken rule is a fault at its cell.

use std::collections::HashMap;

use super::changes::{CommitmentChange, PartTerm};
use super::columns::Column;
use super::model::{CommitmentEffect, Effect, MatrixReport, PartEffect, TermEffect};
use super::progress::{Action, Step};
use super::resolve::{NewRecord, Ref, ResolvedMatrix};
use super::snapshot::Snapshot;
use crate::agreements::create_agreement;
use crate::commitments::{
    AssignmentChange, Commitment, CommitmentInput, NewCommitment, add_assignment, cancel_assignment, change_assignment,
    changes_of, create_commitment, import_report, update_commitment,
};
use crate::datasets::{Kind, Outcome};
use crate::db::{AgreementId, CommitmentId, Db, MeetingId, Tx};
use crate::error::{Error, Fault, Faults, Result};
use crate::http::Input;
use crate::i18n::text;
use crate::identity::Actor;
use crate::meetings::create_meeting;
use crate::spreadsheets::CellRef;

/// Receives the number of commitments that are done, and of all.
pub(super) type OnProgress<'p> = &'p dyn Fn(usize, usize);

/// The number of commitments that are changed in one part of the transaction.
const BATCH: usize = 50;

/// Carries out the changes of a matrix, and collects their effects.
pub(super) struct Executor<'w, 'c> {
    tx: &'w mut Tx<'c>,
    actor: &'w Actor,
    snapshot: &'w Snapshot,
    report: &'w mut MatrixReport,
    pub effects: Vec<Effect>,
    /// The codes of the commitments by index of the row.
    pub codes: HashMap<usize, String>,
    meetings: Vec<Option<MeetingId>>,
    agreements: Vec<Option<AgreementId>>,
}

impl<'w, 'c> Executor<'w, 'c> {
    pub(super) fn new(
        tx: &'w mut Tx<'c>,
        actor: &'w Actor,
        snapshot: &'w Snapshot,
        report: &'w mut MatrixReport,
    ) -> Self {
        let (effects, codes, meetings, agreements) = (Vec::new(), HashMap::new(), Vec::new(), Vec::new());
        Self { tx, actor, snapshot, report, effects, codes, meetings, agreements }
    }

    pub(super) fn execute(
        &mut self,
        matrix: &mut ResolvedMatrix<'_>,
        changes: &[CommitmentChange],
        on_progress: OnProgress<'_>,
    ) -> Result<()> {
        for NewRecord { input, cell, .. } in std::mem::take(&mut matrix.meetings) {
            let created = self
                .create(Kind::Meeting, &cell, &input.clone(), |tx, actor| Ok(create_meeting(tx, actor, input)?.id))?;
            self.effects.extend(created.map(|id| Effect::Meeting { id }));
            self.meetings.push(created);
        }
        for NewRecord { mut input, meeting, cell } in std::mem::take(&mut matrix.agreements) {
            input.meeting_id = id_of(meeting, &self.meetings);
            let created = match (meeting, input.meeting_id) {
                (Some(_), None) => None,
                _ => self.create(Kind::Agreement, &cell, &input.clone(), |tx, actor| {
                    Ok(create_agreement(tx, actor, input)?.id)
                })?,
            };
            self.effects.extend(created.map(|id| Effect::Agreement { id }));
            self.agreements.push(created);
        }
        let mut done = 0;
        for batch in changes.chunks(BATCH) {
            on_progress(done, changes.len());
            done += batch.len();
            self.change_batch(matrix, batch)?;
        }
        on_progress(done, changes.len());
        Ok(())
    }

    /// Carries out some changes in one part of the transaction. When one of them is refused, all are undone and then
    /// done one by one, so that every refused change is reported. A part costs two statements on PostgreSQL, which
    /// slows down when a transaction has thousands of parts.
    fn change_batch(&mut self, matrix: &mut ResolvedMatrix<'_>, batch: &[CommitmentChange]) -> Result<()> {
        if batch.iter().any(|change| change.known.is_some()) {
            self.tx.write_waiting()?;
        } else {
            self.tx.write_many_waiting()?;
        }
        let inputs: Vec<CommitmentInput> = batch.iter().map(|change| self.input(change)).collect();
        let (actor, snapshot) = (self.actor, self.snapshot);
        let together = self.tx.attempt(|tx| {
            let mut effects = Vec::new();
            for (change, input) in batch.iter().zip(inputs) {
                let one = CommitmentExecutor { tx, actor, snapshot, row: &mut None };
                effects.push(one.execute(change, input)?);
            }
            Ok(effects)
        });
        match together {
            Ok(effects) => batch.iter().zip(effects).for_each(|(change, effect)| self.count(change, effect)),
            Err(_) => batch.iter().try_for_each(|change| self.change(matrix, change))?,
        }
        Ok(())
    }

    fn change(&mut self, matrix: &mut ResolvedMatrix<'_>, change: &CommitmentChange) -> Result<()> {
        let input = self.input(change);
        let (actor, snapshot, mut row) = (self.actor, self.snapshot, None);
        self.tx.write_waiting()?;
        let done =
            self.tx.attempt(|tx| CommitmentExecutor { tx, actor, snapshot, row: &mut row }.execute(change, input));
        match done {
            Ok(effect) => {
                self.count(change, effect);
                Ok(())
            }
            Err(error) => {
                self.report.counts.count(Kind::Commitment, Outcome::Rejected);
                let row = row.or_else(|| change.rows.first().copied()).unwrap_or_default();
                let Some(row) = matrix.rows.get_mut(row) else { return Err(error) };
                row.rejected = true;
                self.add_faults(error, |pointer| row.cell_ref(column_of(pointer)))
            }
        }
    }

    fn create<Id, I: Input>(
        &mut self,
        kind: Kind,
        cell: &CellRef,
        input: &I,
        create: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<Id>,
    ) -> Result<Option<Id>> {
        self.tx.write_many_waiting()?;
        let actor = self.actor;
        let created = checked(input).and_then(|()| self.tx.attempt(|tx| create(tx, actor)));
        let outcome = if created.is_ok() { Outcome::Created } else { Outcome::Rejected };
        self.report.counts.count(kind, outcome);
        match created {
            Ok(id) => Ok(Some(id)),
            Err(error) => self.add_faults(error, |_| cell.clone()).map(|()| None),
        }
    }

    /// Returns the commitment after the change, with its session and agreement.
    fn input(&self, change: &CommitmentChange) -> CommitmentInput {
        CommitmentInput {
            meeting_id: id_of(change.meeting, &self.meetings),
            agreement_id: id_of(change.agreement, &self.agreements),
            ..change.input.clone()
        }
    }

    fn count(&mut self, change: &CommitmentChange, effect: Option<CommitmentEffect>) {
        let counts = &mut self.report.counts;
        counts.count(Kind::Commitment, change.outcome());
        let Some(mut effect) = effect else { return };
        effect.number.clone_from(&change.number);
        effect.number_in_file = change.number_in_file.clone().filter(|number| *number != effect.code);
        (0..effect.assigned).for_each(|_| counts.count(Kind::Assignment, Outcome::Created));
        effect.terms.iter().for_each(|_| counts.count(Kind::Assignment, Outcome::Updated));
        effect.updates().iter().for_each(|_| counts.count(Kind::Update, Outcome::Created));
        self.codes.extend(change.rows.iter().map(|row| (*row, effect.code.clone())));
        self.effects.push(Effect::Commitment(effect));
    }

    /// Adds the faults of an action that was refused; a failure of the program ends the import.
    fn add_faults(&mut self, error: Error, cell: impl Fn(&str) -> CellRef) -> Result<()> {
        if error.code.status() >= 500 {
            return Err(error);
        }
        if error.faults.is_empty() {
            self.report.faults.push(cell("").fault(error.code.as_str(), None, error.args));
            return Ok(());
        }
        let at_cell = |fault: Fault| cell(&fault.pointer).fault(fault.code, None, fault.args);
        self.report.faults.extend(error.faults.into_iter().map(at_cell));
        Ok(())
    }
}

/// Carries out the changes of one commitment.
struct CommitmentExecutor<'w, 'c> {
    tx: &'w mut Tx<'c>,
    actor: &'w Actor,
    snapshot: &'w Snapshot,
    /// The index of the row that is being carried out, while it is one row.
    row: &'w mut Option<usize>,
}

impl CommitmentExecutor<'_, '_> {
    /// Does nothing for a commitment that already is as the rows state.
    fn execute(mut self, change: &CommitmentChange, input: CommitmentInput) -> Result<Option<CommitmentEffect>> {
        if change.outcome() == Outcome::Unchanged {
            return Ok(None);
        }
        let snapshot = self.snapshot;
        let known = change.known.and_then(|id| snapshot.commitments.get(&id));
        let (mut commitment, mut effect) = match known {
            Some(known) if change.revised => self.update(known, input)?,
            Some(known) => (known.clone(), CommitmentEffect::of(known)),
            None => self.create(NewCommitment { fields: input, status: None, assignments: change.added.clone() })?,
        };
        let added = if known.is_some() { change.added.as_slice() } else { &[] };
        for part in added {
            let added = add_assignment(self.tx, self.actor, commitment.id, part.clone())?;
            effect.added.push(added.id);
            effect.assigned += 1;
            commitment.assignments.push(added);
        }
        for term in &change.terms {
            *self.row = Some(term.row);
            effect.terms.push(self.change_term(&mut commitment, term)?);
        }
        for step in &change.steps {
            *self.row = Some(step.row);
            effect.parts.extend(self.take_step(&mut commitment, step)?);
        }
        *self.row = None;
        Ok(Some(effect))
    }

    fn reason(&self) -> Option<String> {
        Some(text(self.snapshot.lang, "import-corrected-by-matrix", &[]))
    }

    fn update(&mut self, known: &Commitment, input: CommitmentInput) -> Result<(Commitment, CommitmentEffect)> {
        checked(&input)?;
        let before = Some(serde_json::to_value(&known.fields).map_err(Error::internal)?);
        let updated = update_commitment(self.tx, self.actor, known.id, input, self.reason())?;
        Ok((updated, CommitmentEffect { before, ..CommitmentEffect::of(known) }))
    }

    fn create(&mut self, new: NewCommitment) -> Result<(Commitment, CommitmentEffect)> {
        checked(&new)?;
        let created = create_commitment(self.tx, self.actor, new)?;
        let assigned = created.assignments.len();
        let effect = CommitmentEffect { created: true, assigned, ..CommitmentEffect::of(&created) };
        Ok((created, effect))
    }

    fn change_term(&mut self, commitment: &mut Commitment, term: &PartTerm) -> Result<TermEffect> {
        let part = commitment.assignment_mut(term.part)?;
        let before = part.fields.due.as_ref().map(ToString::to_string);
        let due = Some(term.due.clone());
        let input = AssignmentChange { due, correction_reason: self.reason(), ..part.input() };
        *part = change_assignment(self.tx, self.actor, part.commitment_id, part.id, input)?;
        Ok(TermEffect { assignment_id: part.id, due: before })
    }

    fn take_step(&mut self, commitment: &mut Commitment, step: &Step) -> Result<Option<PartEffect>> {
        let part = commitment.assignments.iter_mut().find(|part| part.fields.institution_id == step.institution);
        let Some(part) = part else { return Ok(None) };
        let mut effect = PartEffect { assignment_id: part.id, updates: Vec::new(), before: part.progress };
        match &step.action {
            Action::Cancel(reason) => {
                *part = cancel_assignment(self.tx, self.actor, part.commitment_id, part.id, reason.clone())?;
            }
            Action::Report(input) => {
                checked(input)?;
                let report = (part.id, input.clone());
                effect.updates.push(import_report(self.tx, self.actor, commitment, report)?.id);
            }
        }
        Ok(Some(effect))
    }
}

/// Counts the events of each commitment at the end of the import. A larger number later means that somebody has changed
/// the commitment since.
pub(super) fn count_events(conn: &mut Db, effects: &mut [Effect]) -> Result<()> {
    let ids: Vec<CommitmentId> = effects.iter().filter_map(Effect::commitment).map(|one| one.id).collect();
    let events = changes_of(conn, &ids)?;
    for effect in effects {
        if let Effect::Commitment(one) = effect {
            one.events = events.get(&one.id).copied().unwrap_or_default();
        }
    }
    Ok(())
}

/// Returns the id of a record: of one on record, or of one that was created.
fn id_of<Id: Copy>(record: Option<Ref<Id>>, created: &[Option<Id>]) -> Option<Id> {
    match record? {
        Ref::Known(id) => Some(id),
        Ref::New(n) => created.get(n).copied().flatten(),
    }
}

fn checked<I: Input>(input: &I) -> Result<()> {
    let mut faults = Faults::default();
    input.check(&mut faults);
    faults.into_result()
}

/// Returns the column of a field of the API.
fn column_of(pointer: &str) -> Column {
    match pointer.split('/').nth(1).unwrap_or_default() {
        "due" | "due_rule" | "due_text" => Column::Term,
        "assignments" | "institution_id" => Column::Responsible,
        "commission_ids" => Column::Commission,
        "meeting_id" => Column::Session,
        "agreement_id" => Column::Agreement,
        "narrative" => Column::Remarks,
        "percent" => Column::Percent,
        "evidence" => Column::Evidence,
        "reported_on" => Column::DoneOn,
        "status" => Column::State,
        _ => Column::Commitment,
    }
}
