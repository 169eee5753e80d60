//! The parts of institutions in a commitment of a file, with their reports and requests for more time.

use serde_json::Value;

use super::Import;
use super::commitments::{CORRECTED, SAID_BY_FILE};
use super::reader::{Entry, key, moment, object, objects, wrong_type};
use super::record::{Taken, alike};
use super::resolve::Resolver;
use super::steps::{FirstTerm, Step};
use crate::clock::Instant;
use crate::commitments::{
    Assignment, AssignmentChange, AssignmentInput, Commitment, DecisionInput, ExtensionInput, ReviewInput, Status,
    Update, UpdateInput, add_assignment, cancel_assignment, change_assignment,
};
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{ASSIGNMENT, NOTHING, Shape, UPDATE};
use crate::db::{CommitmentId, InstitutionId, Tx};
use crate::error::{Error, Faults, Result};
use crate::evidence::Evidence;
use crate::http::Input;

/// An institution's part as a file has it.
pub struct Part {
    pub at: String,
    pub input: AssignmentInput,
    /// The term of its own that it was entered with, where it is another now.
    first: Option<FirstTerm>,
    cancelled: bool,
    pub updates: Vec<Filed<UpdateInput, ReviewInput>>,
    pub extensions: Vec<Filed<ExtensionInput, DecisionInput>>,
}

/// A report with its review, or a request with its decision, each with its moment where the file knows it.
pub struct Filed<I, O> {
    pub at: String,
    pub key: String,
    pub input: I,
    pub moment: Option<Instant>,
    pub outcome: Option<(O, Option<Instant>)>,
}

impl Part {
    /// As it was entered.
    pub fn entered(&self) -> AssignmentInput {
        let due = self.first.as_ref().map_or_else(|| self.input.due.clone(), |first| first.due.clone());
        AssignmentInput { due, ..self.input.clone() }
    }
}

/// The part of an institution, as it stands.
pub fn part_of(commitment: &Commitment, institution: InstitutionId) -> Option<&Assignment> {
    commitment.assignments.iter().find(|part| part.fields.institution_id == institution)
}

/// What reports and requests are called in a file: their kind, their shape, and the names of moments and outcome.
struct Names {
    kind: Kind,
    list: &'static str,
    shape: &'static Shape,
    moment: &'static str,
    outcome: &'static str,
    judged: &'static str,
}

const UPDATES: Names = Names {
    kind: Kind::Update,
    list: "updates",
    shape: &UPDATE,
    moment: "received_at",
    outcome: "review",
    judged: "reviewed_at",
};

const EXTENSIONS: Names = Names {
    kind: Kind::Extension,
    list: "extensions",
    shape: &NOTHING,
    moment: "requested_at",
    outcome: "decision",
    judged: "decided_at",
};

impl Import {
    /// Reads the parts of a commitment.
    pub fn parts_of(&mut self, tx: &Tx<'_>, entry: &mut Entry) -> Result<Vec<Part>> {
        let mut faults = Faults::default();
        let list = entry.fields.remove("assignments");
        let mut parts: Vec<Part> = Vec::new();
        for (at, fields) in objects(list.as_ref(), &format!("{}/assignments", entry.at), &mut faults) {
            let part = self.part(tx, entry, at, fields, &mut faults)?;
            let Some(part) = part else { continue };
            if parts.iter().any(|other| other.input.institution_id == part.input.institution_id) {
                faults.add(format!("{}/institution", part.at), "duplicate");
            }
            parts.push(part);
        }
        self.faults.list.append(&mut faults.list);
        Ok(parts)
    }

    fn part(
        &mut self,
        tx: &Tx<'_>,
        entry: &mut Entry,
        at: String,
        mut fields: Fields,
        faults: &mut Faults,
    ) -> Result<Option<Part>> {
        let updates = self.filed(tx, &UPDATES, &at, &mut fields, faults)?;
        let extensions = self.filed(tx, &EXTENSIONS, &at, &mut fields, faults)?;
        let first = match object(&mut fields, "first_term", &at, faults) {
            Some(first) => self.read::<FirstTerm>(&ASSIGNMENT, &format!("{at}/first_term"), first, faults)?,
            None => None,
        };
        if first.as_ref().is_some_and(|first| first.due_rule.is_some()) {
            faults.add(format!("{at}/first_term/due_rule"), "unknown_field");
        }
        let cancelled = match fields.remove("cancelled") {
            None | Some(Value::Null) => false,
            Some(Value::Bool(cancelled)) => cancelled,
            Some(_) => {
                wrong_type(faults, &format!("{at}/cancelled"), "boolean");
                false
            }
        };
        let resolver = Resolver { book: &self.book, kind: Kind::Assignment, now: tx.now };
        entry.broken |= resolver.resolve(&ASSIGNMENT, &at, &mut fields, faults).blocked;
        let input = self.read::<AssignmentInput>(&ASSIGNMENT, &at, fields, faults)?;
        Ok(input.map(|input| Part { at, input, first, cancelled, updates, extensions }))
    }

    /// Reads the reports on a part, or the requests for more time.
    fn filed<I: Input, O: Input>(
        &mut self,
        tx: &Tx<'_>,
        names: &Names,
        at: &str,
        fields: &mut Fields,
        faults: &mut Faults,
    ) -> Result<Vec<Filed<I, O>>> {
        let mut all = Vec::new();
        let list = fields.remove(names.list);
        for (at, mut fields) in objects(list.as_ref(), &format!("{at}/{}", names.list), faults) {
            let key = key(&mut fields, &at, faults);
            if key.as_ref().is_some_and(|key| !self.book.expect(names.kind, key)) {
                faults.add(format!("{at}/key"), "duplicate");
            }
            let told_at = moment(&mut fields, names.moment, &at, tx.now, faults);
            let outcome = match object(&mut fields, names.outcome, &at, faults) {
                Some(mut fields) => {
                    let at = format!("{at}/{}", names.outcome);
                    let judged = moment(&mut fields, names.judged, &at, tx.now, faults);
                    self.read::<O>(names.shape, &at, fields, faults)?.map(|outcome| (outcome, judged))
                }
                None => None,
            };
            let resolver = Resolver { book: &self.book, kind: names.kind, now: tx.now };
            resolver.resolve(names.shape, &at, &mut fields, faults);
            let input = self.read::<I>(names.shape, &at, fields, faults)?;
            all.extend(key.zip(input).map(|(key, input)| Filed { at, key, input, moment: told_at, outcome }));
        }
        Ok(all)
    }

    pub fn reject_parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.report.counts.count(Kind::Assignment, Outcome::Rejected);
            for update in &part.updates {
                self.reject(Kind::Update, &update.key);
            }
            for extension in &part.extensions {
                self.reject(Kind::Extension, &extension.key);
            }
        }
    }

    /// Adds the parts that the commitment lacks, less those that its history adds later; says whether there were any.
    pub fn add_parts(
        &mut self,
        tx: &mut Tx<'_>,
        done: &Taken<Commitment>,
        parts: &[Part],
        steps: &[Step],
    ) -> Result<bool> {
        let mut added = false;
        for part in parts {
            let institution = part.input.institution_id;
            let later = steps.iter().any(|step| step.assigns(institution));
            if !later && part_of(&done.record, institution).is_none() {
                self.add_part(tx, done.record.id, part)?;
                added = true;
            }
        }
        Ok(added)
    }

    pub fn add_part(&mut self, tx: &mut Tx<'_>, id: CommitmentId, part: &Part) -> Result<()> {
        let added = tx.attempt(|tx| add_assignment(tx, &self.actor, id, part.entered()));
        self.told(&ASSIGNMENT, &part.at, added).map(|_| ())
    }

    /// Brings role, target, term and cancellation of the parts to what the file says, and counts them. `before` are
    /// the parts that stood there already.
    pub fn keep_parts(
        &mut self,
        tx: &mut Tx<'_>,
        done: &Taken<Commitment>,
        parts: &[Part],
        before: &[InstitutionId],
    ) -> Result<()> {
        for part in parts {
            let institution = part.input.institution_id;
            let Some(present) = part_of(&done.record, institution).cloned() else {
                self.report.counts.count(Kind::Assignment, Outcome::Rejected);
                continue;
            };
            let stood = done.outcome != Outcome::Created && before.contains(&institution);
            let changed = self.keep_part(tx, done, part, &present)?;
            let outcome = match (stood, changed) {
                (false, _) => Outcome::Created,
                (true, true) => Outcome::Updated,
                (true, false) => Outcome::Unchanged,
            };
            self.report.counts.count(Kind::Assignment, outcome);
        }
        Ok(())
    }

    fn keep_part(
        &mut self,
        tx: &mut Tx<'_>,
        done: &Taken<Commitment>,
        part: &Part,
        present: &Assignment,
    ) -> Result<bool> {
        let (id, aid) = (done.record.id, present.id);
        let differs = !alike(&present.fields, &part.input)?;
        if differs {
            let AssignmentInput { role, due, target, .. } = part.input.clone();
            let change = AssignmentChange { role, due, target, correction_reason: Some(CORRECTED.to_owned()) };
            let saved = tx.attempt(|tx| change_assignment(tx, &self.actor, id, aid, change));
            self.told(&ASSIGNMENT, &part.at, saved)?;
        }
        if part.cancelled && present.progress.status != Status::Cancelled {
            let reason = SAID_BY_FILE.to_owned();
            let saved = tx.attempt(|tx| cancel_assignment(tx, &self.actor, id, aid, reason));
            self.told(&ASSIGNMENT, &part.at, saved)?;
        }
        Ok(differs)
    }
}

/// A report as it was sent.
pub fn plain(update: &Update) -> UpdateInput {
    let evidence = update.fields.evidence.iter().cloned().map(Evidence::plain).collect();
    UpdateInput { evidence, ..update.fields.clone() }
}

/// What stands is never changed: a fault at the place.
pub fn fixed(pointer: &str) -> Error {
    Faults::one(pointer, "fixed").into()
}
