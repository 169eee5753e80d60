//! Replays the history of a commitment of a file, each step at its moment in the file, as far as it is not recorded yet.
//!
//! Reviews are imported by the command line or an admin only, so that nobody can accept by file a report that the same
//! person imports. For others they are skipped and noted.

use std::collections::HashMap;

use uuid::Uuid;

use super::assignments::{FilePart, FirstTerm, fixed, part_of, plain};
use super::history::{Action, Step};
use super::record::{Saved, is_same};
use super::{CORRECTED, Import, STATED};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{
    AssignmentChange, AssignmentInput, Commitment, CommitmentInput, Decision, DecisionInput, Event, Extension,
    ExtensionInput, PastEvent, ReviewInput, Update, UpdateInput, cancel_assignment, change_assignment, commitment,
    decide_extension, extensions_of, import_review, import_update, past_events, reopen_assignment, request_extension,
    update_commitment, updates_of, withdraw_extension,
};
use crate::datasets::keys::KeyLookup;
use crate::datasets::model::{Kind, Outcome};
use crate::datasets::references::{HISTORY, UPDATE};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Faults, Result};
use crate::evidence::Evidence;
use crate::http::Input;
use crate::i18n::{Lang, text};
use crate::identity::Actor;

/// The recorded reports on the commitments of the file, and requests for more time.
pub(super) struct Recorded {
    updates: HashMap<Uuid, Update>,
    extensions: HashMap<Uuid, Extension>,
}

/// The place of a step in the file, its moment if the file has one, and the part that it is about.
struct StepAt<'s> {
    place: &'s str,
    at: Option<Instant>,
    moment: Instant,
    commitment: CommitmentId,
    part: AssignmentId,
    recorded: &'s Recorded,
}

impl Import {
    pub(super) fn load_recorded(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &HashMap<String, Saved<Commitment>>,
    ) -> Result<Recorded> {
        let parts = saved.values().flat_map(|one| &one.record.assignments);
        let ids: Vec<AssignmentId> = parts.map(|part| part.id).collect();
        let updates = updates_of(tx.conn, &ids)?.into_values().flatten();
        let updates: HashMap<Uuid, Update> = updates.map(|update| (update.id.into(), update)).collect();
        let extensions = extensions_of(tx.conn, &ids)?.into_values().flatten();
        let extensions: HashMap<Uuid, Extension> = extensions.map(|one| (one.id.into(), one)).collect();
        self.keys.add_existing(Kind::Update, updates.keys().copied());
        self.keys.add_existing(Kind::Extension, extensions.keys().copied());
        Ok(Recorded { updates, extensions })
    }

    pub(super) fn replay(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &mut Saved<Commitment>,
        parts: &[FilePart],
        steps: Vec<Step>,
        recorded: &Recorded,
    ) -> Result<()> {
        let is_new = saved.outcome == Outcome::Created;
        let closes = |step: &Step| matches!(step.action, Action::Cancelled(_) | Action::Reopened(_));
        let id = saved.record.id;
        let mut past = match steps.iter().any(closes) && !is_new {
            true => past_events(tx.conn, &[id])?.remove(&id).unwrap_or_default(),
            false => Vec::new(),
        };
        for step in steps {
            if is_new || !(closes(&step) && take_recorded(&mut past, &saved.record, &step)) {
                self.replay_step(tx, saved, parts, step, recorded)?;
            }
        }
        Ok(())
    }

    fn replay_step(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &mut Saved<Commitment>,
        parts: &[FilePart],
        step: Step,
        recorded: &Recorded,
    ) -> Result<()> {
        let Step { place, at, institution, action } = step;
        let (id, moment) = (saved.record.id, at.unwrap_or(tx.now));
        let in_file = parts.iter().find(|part| Some(part.input.institution_id) == institution);
        let part = institution.and_then(|own| part_of(&saved.record, own)).map(|part| part.id);
        let is_new = saved.outcome == Outcome::Created;
        match (action, in_file) {
            (Action::Assigned, Some(in_file)) if part.is_none() => {
                tx.as_of(moment, |tx| self.add_part(tx, id, in_file))?;
                saved.record = commitment(tx.conn, &Visibility::of(&self.actor), id, tx.now)?;
                Ok(())
            }
            (Action::Corrected(term, reason), in_file) if is_new => {
                let reason = reason.unwrap_or_else(|| self.text(CORRECTED));
                let corrected = tx.attempt(|tx| {
                    tx.as_of(moment, |tx| match (part, in_file) {
                        (Some(part), Some(in_file)) => self.correct_part(tx, id, part, in_file, term, reason),
                        _ => self.correct(tx, id, term, reason),
                    })
                });
                self.or_faults(tx, (&HISTORY, &place), corrected).map(|_| ())
            }
            (action, _) => {
                let Some(part) = part else { return Ok(()) };
                let step = StepAt { place: &place, at, moment, commitment: id, part, recorded };
                match action {
                    Action::Reported { key, input, reviewed } => self.replay_report(tx, &step, &key, input, reviewed),
                    Action::Reviewed(key, review) => self.replay_review(tx, &step, &key, review),
                    Action::Requested(key, input) => self.replay_request(tx, &step, &key, input),
                    Action::Decided(key, decision) => self.replay_decision(tx, &step, &key, decision),
                    Action::Withdrawn(key) => self.replay_withdrawal(tx, &step, &key),
                    Action::Cancelled(reason) => {
                        let reason = reason.unwrap_or_else(|| self.text(STATED));
                        let cancel = |tx: &mut Tx<'_>, actor: &Actor| cancel_assignment(tx, actor, id, part, reason);
                        let saved = self.at_moment(tx, moment, cancel);
                        self.or_faults(tx, (&HISTORY, &place), saved).map(|_| ())
                    }
                    Action::Reopened(reason) => {
                        let reason = reason.unwrap_or_else(|| self.text(STATED));
                        let reopen = |tx: &mut Tx<'_>, actor: &Actor| reopen_assignment(tx, actor, id, part, reason);
                        match self.at_moment(tx, moment, reopen) {
                            Err(error) if error.code == Code::NotClosed && self.skipped_reviews(in_file) => {
                                self.report.skip(place, "reopening_left_out");
                                Ok(())
                            }
                            saved => self.or_faults(tx, (&HISTORY, &place), saved).map(|_| ()),
                        }
                    }
                    Action::Assigned | Action::Corrected(..) => Ok(()),
                }
            }
        }
    }

    /// Runs an action at its moment, in a part of the transaction.
    fn at_moment<T>(
        &self,
        tx: &mut Tx<'_>,
        moment: Instant,
        action: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T>,
    ) -> Result<T> {
        tx.attempt(|tx| tx.as_of(moment, |tx| action(tx, &self.actor)))
    }

    fn correct(&self, tx: &mut Tx<'_>, id: CommitmentId, term: FirstTerm, reason: String) -> Result<()> {
        let present = commitment(tx.conn, &Visibility::of(&self.actor), id, tx.now)?;
        let input = CommitmentInput { due: term.due, due_rule: term.due_rule, ..present.input() };
        let mut faults = Faults::default();
        input.check(&mut faults);
        faults.into_result()?;
        update_commitment(tx, &self.actor, id, input, Some(reason)).map(|_| ())
    }

    fn correct_part(
        &self,
        tx: &mut Tx<'_>,
        id: CommitmentId,
        part: AssignmentId,
        in_file: &FilePart,
        term: FirstTerm,
        reason: String,
    ) -> Result<()> {
        let AssignmentInput { role, target, .. } = in_file.input.clone();
        let change = AssignmentChange { role, due: term.due, target, correction_reason: Some(reason) };
        change_assignment(tx, &self.actor, id, part, change).map(|_| ())
    }

    /// Imports a report. A recorded report is never changed.
    fn replay_report(
        &mut self,
        tx: &mut Tx<'_>,
        step: &StepAt<'_>,
        key: &str,
        mut input: UpdateInput,
        reviewed: bool,
    ) -> Result<()> {
        let earlier = self.keys.earlier(Kind::Update, key, &self.country);
        let earlier = earlier.and_then(|id| step.recorded.updates.get(&id));
        if let Some(present) = earlier {
            Evidence::keep_files(&mut input.evidence, &present.fields.evidence);
        }
        let (saved, outcome) = match earlier {
            None => (tx.attempt(|tx| self.import_report(tx, step, input)), Outcome::Created),
            Some(present) if !is_same(&plain(present), &input)? => (Err(fixed("")), Outcome::Rejected),
            Some(present) if reviewed && self.imports_reviews() && present.review.is_none() => {
                (Ok(present.clone()), Outcome::Updated)
            }
            Some(present) => (Ok(present.clone()), Outcome::Unchanged),
        };
        let saved = saved.map(|update| update.id.into());
        self.count_submission(tx, step.place, Kind::Update, key, saved, outcome)
    }

    /// Imports a report; one after an accepted completion means that the part had been reopened.
    fn import_report(&self, tx: &mut Tx<'_>, step: &StepAt<'_>, input: UpdateInput) -> Result<Update> {
        let (of, undated) = ((step.commitment, step.part), step.at.is_none());
        tx.as_of(step.moment, |tx| {
            let who = || (&self.actor, self.importer.clone());
            match tx.attempt(|tx| import_update(tx, who(), of, input.clone(), undated)) {
                Err(error) if error.code == Code::AlreadyAccepted => {
                    reopen_assignment(tx, &self.actor, of.0, of.1, self.text(STATED))?;
                    import_update(tx, who(), of, input, undated)
                }
                saved => saved,
            }
        })
    }

    /// Checks whether this import keeps the reviews of its file.
    fn imports_reviews(&self) -> bool {
        self.actor.is_admin()
    }

    /// Checks whether a review of this part was skipped; a reopening then finds a part that is not closed.
    fn skipped_reviews(&self, part: Option<&FilePart>) -> bool {
        !self.imports_reviews() && part.is_some_and(|part| part.updates.iter().any(|update| update.outcome.is_some()))
    }

    /// Imports a review, or notes that it was skipped. A recorded review is never changed.
    fn replay_review(&mut self, tx: &mut Tx<'_>, step: &StepAt<'_>, key: &str, review: ReviewInput) -> Result<()> {
        let KeyLookup::Known(id) = self.keys.find(Kind::Update, key) else { return Ok(()) };
        let present = step.recorded.updates.get(&id).and_then(|update| update.review.as_ref());
        if present.is_some_and(|present| (present.outcome, &present.comment) == (review.outcome, &review.comment)) {
            return Ok(());
        }
        if !self.imports_reviews() {
            self.report.skip(format!("{}/review", step.place), "review_left_out");
            return Ok(());
        }
        let undated = step.at.is_none();
        let saved = match present {
            Some(_) => Err(fixed("/review")),
            None => self.at_moment(tx, step.moment, |tx, actor| {
                import_review(tx, (actor, &self.importer), id.into(), review, undated)
            }),
        };
        self.or_faults(tx, (&UPDATE, step.place), saved).map(|_| ())
    }

    /// Imports a request for more time. A recorded request is never changed.
    fn replay_request(&mut self, tx: &mut Tx<'_>, step: &StepAt<'_>, key: &str, input: ExtensionInput) -> Result<()> {
        let earlier = self.keys.earlier(Kind::Extension, key, &self.country);
        let (saved, outcome) = match earlier.and_then(|id| step.recorded.extensions.get(&id)) {
            None => {
                let request =
                    |tx: &mut Tx<'_>, actor: &Actor| request_extension(tx, actor, step.commitment, step.part, input);
                (self.at_moment(tx, step.moment, request), Outcome::Created)
            }
            Some(present) if present.fields != input => (Err(fixed("")), Outcome::Rejected),
            Some(present) => (Ok(present.clone()), Outcome::Unchanged),
        };
        let saved = saved.map(|extension| extension.id.into());
        self.count_submission(tx, step.place, Kind::Extension, key, saved, outcome)
    }

    fn replay_decision(
        &mut self,
        tx: &mut Tx<'_>,
        step: &StepAt<'_>,
        key: &str,
        decision: DecisionInput,
    ) -> Result<()> {
        let KeyLookup::Known(id) = self.keys.find(Kind::Extension, key) else { return Ok(()) };
        let present = step.recorded.extensions.get(&id);
        let saved = match present.and_then(|extension| Some((extension, extension.decision.as_ref()?))) {
            Some((extension, one)) if is_same_decision(extension, one, &decision) => return Ok(()),
            Some(_) => Err(fixed("/decision")),
            None => self.at_moment(tx, step.moment, |tx, actor| decide_extension(tx, actor, id.into(), decision)),
        };
        self.or_faults(tx, (&HISTORY, step.place), saved).map(|_| ())
    }

    /// Imports the withdrawal of a request for more time, unless it is recorded.
    fn replay_withdrawal(&mut self, tx: &mut Tx<'_>, step: &StepAt<'_>, key: &str) -> Result<()> {
        let KeyLookup::Known(id) = self.keys.find(Kind::Extension, key) else { return Ok(()) };
        if step.recorded.extensions.get(&id).is_some_and(|extension| extension.withdrawn_at.is_some()) {
            return Ok(());
        }
        let saved = self.at_moment(tx, step.moment, |tx, actor| withdraw_extension(tx, actor, id.into()));
        self.or_faults(tx, (&HISTORY, step.place), saved).map(|_| ())
    }

    /// Counts a report or request, and stores its key; or adds the faults.
    fn count_submission(
        &mut self,
        tx: &mut Tx<'_>,
        place: &str,
        kind: Kind,
        key: &str,
        saved: Result<Uuid>,
        outcome: Outcome,
    ) -> Result<()> {
        let shape = if kind == Kind::Update { &UPDATE } else { &HISTORY };
        let Some(id) = self.or_faults(tx, (shape, place), saved)? else {
            self.reject(kind, key);
            return Ok(());
        };
        self.report.counts.count(kind, outcome);
        self.keys.set_done(kind, key, id);
        let country = self.country.clone();
        self.keys.store(tx.conn, kind, &country, key, id)
    }
}

/// Checks whether the recorded decision is the stated one.
fn is_same_decision(extension: &Extension, present: &Decision, stated: &DecisionInput) -> bool {
    let granted = stated.due.as_ref().unwrap_or(&extension.fields.requested_due);
    let same_term = extension.granted_due.as_ref().is_none_or(|due| due == granted);
    same_term && (present.outcome, &present.comment) == (stated.outcome, &stated.comment)
}

/// Takes the recorded event of this cancellation or reopening out of the list; returns whether there is one.
fn take_recorded(past: &mut Vec<PastEvent>, commitment: &Commitment, step: &Step) -> bool {
    let part = step.institution.and_then(|own| part_of(commitment, own)).map(|part| part.id);
    let is_same = |event: &PastEvent| {
        let same_reason = match (&event.event, &step.action) {
            (Event::Cancelled { reason }, Action::Cancelled(stated)) => is_reason(reason, stated.as_deref()),
            (Event::Reopened { reason }, Action::Reopened(stated)) => is_reason(reason, stated.as_deref()),
            _ => false,
        };
        same_reason && event.assignment_id == part && step.at.is_none_or(|at| at == event.at)
    };
    past.iter().position(is_same).map(|n| past.remove(n)).is_some()
}

/// Checks whether the recorded reason is the stated one, or the default in any language if none is stated.
fn is_reason(recorded: &str, stated: Option<&str>) -> bool {
    stated.map_or_else(|| Lang::ALL.iter().any(|lang| text(*lang, STATED, &[]) == recorded), |one| one == recorded)
}
