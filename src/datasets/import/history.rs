//! What happened to a commitment of a file, done again in its order, each act at the moment that the file tells.

use std::collections::HashMap;

use uuid::Uuid;

use super::Import;
use super::commitments::{CORRECTED, SAID_BY_FILE};
use super::parts::{Part, fixed, part_of, plain};
use super::reader::{Entry, objects};
use super::record::{Taken, alike};
use super::resolve::Resolver;
use super::steps::{Deed, FirstTerm, Line, Step};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{
    AssignmentChange, AssignmentInput, Commitment, CommitmentInput, DecisionInput, Event, Extension, ExtensionInput,
    PastEvent, Update, UpdateInput, cancel_assignment, change_assignment, commitment, decide_extension, extensions_of,
    import_update, past_events, reopen_assignment, request_extension, update_commitment, updates_of,
};
use crate::datasets::book::Named;
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{COMMITMENT, HISTORY, UPDATE};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Faults, Result};
use crate::evidence::Evidence;
use crate::http::Input;

/// What stands already of what the file tells.
pub struct Known {
    pub updates: HashMap<Uuid, Update>,
    extensions: HashMap<Uuid, Extension>,
}

impl Import {
    /// The terms that a file tells are checked as those of the record itself are.
    pub fn check_first_term(&mut self, at: &str, fields: &Fields) -> Result<()> {
        let mut faults = Faults::default();
        self.read::<FirstTerm>(&COMMITMENT, at, fields.clone(), &mut faults)?;
        self.faults.list.append(&mut faults.list);
        Ok(())
    }

    /// The acts of a commitment in their order: those of its history, then what that does not name.
    pub fn steps_of(&mut self, tx: &Tx<'_>, entry: &mut Entry, parts: &[Part]) -> Result<Vec<Step>> {
        let mut faults = Faults::default();
        let list = entry.fields.remove("history");
        let mut steps: Vec<Step> = Vec::new();
        for (at, mut fields) in objects(list.as_ref(), &format!("{}/history", entry.at), &mut faults) {
            let resolver = Resolver { book: &self.book, kind: Kind::Commitment, now: tx.now };
            entry.broken |= resolver.resolve(&HISTORY, &at, &mut fields, &mut faults).blocked;
            let Some(line) = self.read::<Line>(&HISTORY, &at, fields, &mut faults)? else { continue };
            if line.at.is_some_and(|moment| moment > tx.now) {
                faults.add(format!("{at}/at"), "in_the_future");
            }
            match line.step(at.clone(), parts) {
                Ok(step) if steps.iter().any(|other| other.same_as(&step)) => faults.add(at, "duplicate"),
                Ok(step) => steps.push(step),
                Err(name) => faults.add(format!("{at}{name}"), "unknown_reference"),
            }
        }
        for step in parts.iter().flat_map(Step::of_part) {
            if !steps.iter().any(|other| other.same_as(&step)) {
                steps.push(step);
            }
        }
        self.faults.list.append(&mut faults.list);
        Ok(steps)
    }

    /// The reports on the commitments of the file, and the requests for more time.
    pub fn known_acts(&mut self, tx: &mut Tx<'_>, taken: &HashMap<String, Taken<Commitment>>) -> Result<Known> {
        let ids = |done: &Taken<Commitment>| done.record.assignments.iter().map(|part| part.id).collect::<Vec<_>>();
        let ids: Vec<AssignmentId> = taken.values().flat_map(ids).collect();
        let updates = updates_of(tx.conn, &ids)?.into_values().flatten();
        let updates: HashMap<Uuid, Update> = updates.map(|update| (update.id.into(), update)).collect();
        let extensions = extensions_of(tx.conn, &ids)?.into_values().flatten();
        let extensions: HashMap<Uuid, Extension> = extensions.map(|one| (one.id.into(), one)).collect();
        self.book.exist(Kind::Update, updates.keys().copied());
        self.book.exist(Kind::Extension, extensions.keys().copied());
        Ok(Known { updates, extensions })
    }

    /// Does again what happened and has not happened here yet.
    pub fn live_through(
        &mut self,
        tx: &mut Tx<'_>,
        done: &mut Taken<Commitment>,
        parts: &[Part],
        steps: Vec<Step>,
        known: &Known,
    ) -> Result<()> {
        let fresh = done.outcome == Outcome::Created;
        let closes = |step: &Step| matches!(step.deed, Deed::Cancelled(_) | Deed::Reopened(_));
        let id = done.record.id;
        let mut past = match steps.iter().any(closes) && !fresh {
            true => past_events(tx.conn, &[id])?.remove(&id).unwrap_or_default(),
            false => Vec::new(),
        };
        for step in steps {
            if fresh || !(closes(&step) && happened(&mut past, &done.record, &step)) {
                self.take(tx, done, parts, step, known)?;
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        tx: &mut Tx<'_>,
        done: &mut Taken<Commitment>,
        parts: &[Part],
        step: Step,
        known: &Known,
    ) -> Result<()> {
        let Step { place, at, institution, deed } = step;
        let (id, moment) = (done.record.id, at.unwrap_or(tx.now));
        let part = parts.iter().find(|part| Some(part.input.institution_id) == institution);
        let aid = institution.and_then(|own| part_of(&done.record, own)).map(|part| part.id);
        match (deed, aid, part) {
            (Deed::Assigned, None, Some(part)) => {
                tx.as_of(moment, |tx| self.add_part(tx, id, part))?;
                done.record = commitment(tx.conn, &Visibility::of(&self.actor), id, tx.now)?;
                Ok(())
            }
            (Deed::Reported(key, input, reviewed), Some(aid), _) => {
                self.keep_report(tx, (id, aid), (&place, at), (key, input, reviewed), known)
            }
            (Deed::Reviewed(key, review), Some(_), _) => self.keep_review(tx, (&place, at), &key, review, known),
            (Deed::Requested(key, input), Some(aid), _) => {
                self.keep_request(tx, (id, aid), (&place, moment), key, (input, known))
            }
            (Deed::Decided(key, decision), Some(_), _) => {
                self.keep_decision(tx, (&place, moment), &key, decision, known)
            }
            (Deed::Corrected(term, reason), _, _) if done.outcome == Outcome::Created => {
                let reason = reason.unwrap_or_else(|| CORRECTED.to_owned());
                let corrected = tx.attempt(|tx| {
                    tx.as_of(moment, |tx| match (aid, part) {
                        (Some(aid), Some(part)) => self.correct_part(tx, (id, aid), part, term, reason),
                        _ => self.correct(tx, id, term, reason),
                    })
                });
                self.told(&HISTORY, &place, corrected).map(|_| ())
            }
            (Deed::Cancelled(reason), Some(aid), _) => {
                let actor = &self.actor;
                let saved = tx.attempt(|tx| tx.as_of(moment, |tx| cancel_assignment(tx, actor, id, aid, reason)));
                self.told(&HISTORY, &place, saved).map(|_| ())
            }
            (Deed::Reopened(reason), Some(aid), part) => {
                let actor = &self.actor;
                let saved = tx.attempt(|tx| tx.as_of(moment, |tx| reopen_assignment(tx, actor, id, aid, reason)));
                match saved {
                    Err(error) if error.code == Code::NotClosed && self.was_left_unreviewed(part) => {
                        self.report.leave_aside(place, "reopening_left_out");
                        Ok(())
                    }
                    saved => self.told(&HISTORY, &place, saved).map(|_| ()),
                }
            }
            _ => Ok(()),
        }
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
        (id, aid): (CommitmentId, AssignmentId),
        part: &Part,
        term: FirstTerm,
        reason: String,
    ) -> Result<()> {
        let AssignmentInput { role, target, .. } = part.input.clone();
        let change = AssignmentChange { role, due: term.due, target, correction_reason: Some(reason) };
        change_assignment(tx, &self.actor, id, aid, change).map(|_| ())
    }

    /// A report that stands is never changed.
    fn keep_report(
        &mut self,
        tx: &mut Tx<'_>,
        of: (CommitmentId, AssignmentId),
        (place, at): (&str, Option<Instant>),
        (key, mut input, reviewed): (String, UpdateInput, bool),
        known: &Known,
    ) -> Result<()> {
        let earlier = self.book.earlier(Kind::Update, &key, &self.country).and_then(|id| known.updates.get(&id));
        if let Some(stands) = earlier {
            Evidence::keep_files(&mut input.evidence, &stands.fields.evidence);
        }
        let (saved, outcome) = match earlier {
            None => (tx.attempt(|tx| self.received(tx, of, input, at)), Outcome::Created),
            Some(stands) if !alike(&plain(stands), &input)? => (Err(fixed("")), Outcome::Rejected),
            Some(stands) if reviewed && self.keeps_reviews() && stands.review.is_none() => {
                (Ok(stands.clone()), Outcome::Updated)
            }
            Some(stands) => (Ok(stands.clone()), Outcome::Unchanged),
        };
        match self.told(&UPDATE, place, saved)? {
            Some(update) => self.stands(tx, Kind::Update, &key, update.id.into(), outcome),
            None => {
                self.reject(Kind::Update, &key);
                Ok(())
            }
        }
    }

    /// A report after an accepted completion means that the assignment had been reopened.
    fn received(
        &self,
        tx: &mut Tx<'_>,
        of: (CommitmentId, AssignmentId),
        input: UpdateInput,
        at: Option<Instant>,
    ) -> Result<Update> {
        let (moment, undated) = (at.unwrap_or(tx.now), at.is_none());
        tx.as_of(moment, |tx| {
            let who = || (&self.actor, self.importer.clone());
            let saved = tx.attempt(|tx| import_update(tx, who(), of, input.clone(), undated));
            match saved {
                Err(error) if error.code == Code::AlreadyAccepted => {
                    reopen_assignment(tx, &self.actor, of.0, of.1, SAID_BY_FILE.to_owned())?;
                    import_update(tx, who(), of, input, undated)
                }
                saved => saved,
            }
        })
    }

    /// A request that stands is never changed.
    fn keep_request(
        &mut self,
        tx: &mut Tx<'_>,
        (id, aid): (CommitmentId, AssignmentId),
        (place, moment): (&str, Instant),
        key: String,
        (input, known): (ExtensionInput, &Known),
    ) -> Result<()> {
        let earlier = self.book.earlier(Kind::Extension, &key, &self.country);
        let actor = &self.actor;
        let (saved, outcome) = match earlier.and_then(|id| known.extensions.get(&id)) {
            None => {
                let ask = |tx: &mut Tx<'_>| request_extension(tx, actor, id, aid, input);
                (tx.attempt(|tx| tx.as_of(moment, ask)), Outcome::Created)
            }
            Some(stands) if stands.fields != input => (Err(fixed("")), Outcome::Rejected),
            Some(stands) => (Ok(stands.clone()), Outcome::Unchanged),
        };
        match self.told(&HISTORY, place, saved)? {
            Some(extension) => self.stands(tx, Kind::Extension, &key, extension.id.into(), outcome),
            None => {
                self.reject(Kind::Extension, &key);
                Ok(())
            }
        }
    }

    fn keep_decision(
        &mut self,
        tx: &mut Tx<'_>,
        (place, moment): (&str, Instant),
        key: &str,
        decision: DecisionInput,
        known: &Known,
    ) -> Result<()> {
        let Named::Known(id) = self.book.named(Kind::Extension, key) else { return Ok(()) };
        let saved = match known.extensions.get(&id).and_then(|extension| extension.decision.as_ref()) {
            Some(held) if (held.outcome, &held.comment) == (decision.outcome, &decision.comment) => return Ok(()),
            Some(_) => Err(fixed("/decision")),
            None => {
                let actor = &self.actor;
                tx.attempt(|tx| tx.as_of(moment, |tx| decide_extension(tx, actor, id.into(), decision)))
            }
        };
        self.told(&HISTORY, place, saved).map(|_| ())
    }

    /// Counts a report or request that stands, and remembers its key.
    fn stands(&mut self, tx: &mut Tx<'_>, kind: Kind, key: &str, id: Uuid, outcome: Outcome) -> Result<()> {
        self.report.counts.count(kind, outcome);
        self.book.done(kind, key, id);
        let country = self.country.clone();
        self.book.remember(tx.conn, kind, &country, key, id)
    }
}

/// Whether the history knows of this cancellation or reopening; each entry of it stands for one.
fn happened(past: &mut Vec<PastEvent>, commitment: &Commitment, step: &Step) -> bool {
    let aid = step.institution.and_then(|own| part_of(commitment, own)).map(|part| part.id);
    let same = |event: &PastEvent| {
        let told = match (&event.event, &step.deed) {
            (Event::Cancelled { reason }, Deed::Cancelled(said)) => reason == said,
            (Event::Reopened { reason }, Deed::Reopened(said)) => reason == said,
            _ => false,
        };
        told && event.assignment_id == aid && step.at.is_none_or(|at| at == event.at)
    };
    let found = past.iter().position(same);
    found.map(|n| past.remove(n)).is_some()
}
