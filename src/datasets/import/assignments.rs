//! Reads and saves the parts of institutions in a commitment of a file, with their reports and requests for more time.

use deserr::Deserr;
use serde::Serialize;
use serde_json::Value;

use super::reader::{FileRecord, key, moment, object, objects};
use super::record::{Saved, is_same};
use super::{CORRECTED, Import, STATED};
use crate::clock::Instant;
use crate::commitments::{
    Assignment, AssignmentChange, AssignmentInput, Commitment, DecisionInput, DueRule, ExtensionInput, ReviewInput,
    Status, Update, UpdateInput, add_assignment, cancel_assignment, change_assignment,
};
use crate::datasets::model::{Fields, Kind, Outcome};
use crate::datasets::references::{ASSIGNMENT, NO_REFERENCES, Resolver, Shape, UPDATE, wrong_type};
use crate::dates::PartialDate;
use crate::db::{CommitmentId, InstitutionId, Tx};
use crate::error::{Error, Faults, Result};
use crate::evidence::Evidence;
use crate::http::Input;

/// The term with which a commitment or a part was created.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(super) struct FirstTerm {
    #[deserr(default)]
    pub due: Option<PartialDate>,
    #[deserr(default)]
    pub due_rule: Option<DueRule>,
}

impl Input for FirstTerm {}

/// The part of an institution in a file.
pub(super) struct FilePart {
    pub at: String,
    pub input: AssignmentInput,
    /// The own term with which it was created, if it is another now.
    first: Option<FirstTerm>,
    cancelled: bool,
    pub updates: Vec<Submission<UpdateInput, ReviewInput>>,
    pub extensions: Vec<Submission<ExtensionInput, DecisionInput>>,
}

/// A report with its review, or a request with its decision or withdrawal, each with its moment if the file has one.
pub(super) struct Submission<I, O> {
    pub at: String,
    pub key: String,
    pub input: I,
    pub moment: Option<Instant>,
    pub outcome: Option<(O, Option<Instant>)>,
    /// The moment at which a request was withdrawn.
    pub withdrawn: Option<Instant>,
}

impl FilePart {
    /// Returns the part as it was created.
    pub(super) fn as_created(&self) -> AssignmentInput {
        let due = self.first.as_ref().map_or_else(|| self.input.due.clone(), |first| first.due.clone());
        AssignmentInput { due, ..self.input.clone() }
    }
}

/// Returns the recorded part of an institution.
pub(super) fn part_of(commitment: &Commitment, institution: InstitutionId) -> Option<&Assignment> {
    commitment.assignments.iter().find(|part| part.fields.institution_id == institution)
}

/// The names of the fields of reports or requests in a file.
struct SubmissionFields {
    kind: Kind,
    list: &'static str,
    shape: &'static Shape,
    moment: &'static str,
    outcome: &'static str,
    outcome_moment: &'static str,
    /// The moment of the withdrawal; None for what is never withdrawn.
    withdrawal: Option<&'static str>,
}

const UPDATES: SubmissionFields = SubmissionFields {
    kind: Kind::Update,
    list: "updates",
    shape: &UPDATE,
    moment: "received_at",
    outcome: "review",
    outcome_moment: "reviewed_at",
    withdrawal: None,
};

const EXTENSIONS: SubmissionFields = SubmissionFields {
    kind: Kind::Extension,
    list: "extensions",
    shape: &NO_REFERENCES,
    moment: "requested_at",
    outcome: "decision",
    outcome_moment: "decided_at",
    withdrawal: Some("withdrawn_at"),
};

impl Import {
    /// Reads the parts of a commitment.
    pub(super) fn read_parts(&mut self, tx: &Tx<'_>, record: &mut FileRecord) -> Result<Vec<FilePart>> {
        let list = record.fields.remove("assignments");
        let mut parts: Vec<FilePart> = Vec::new();
        for (at, fields) in objects(list.as_ref(), &format!("{}/assignments", record.at), &mut self.faults) {
            let Some(part) = self.part(tx, record, at, fields)? else { continue };
            if parts.iter().any(|other| other.input.institution_id == part.input.institution_id) {
                self.faults.add(format!("{}/institution", part.at), "duplicate");
            }
            parts.push(part);
        }
        Ok(parts)
    }

    fn part(
        &mut self,
        tx: &Tx<'_>,
        record: &mut FileRecord,
        at: String,
        mut fields: Fields,
    ) -> Result<Option<FilePart>> {
        let updates = self.submissions(tx, &UPDATES, &at, &mut fields)?;
        let extensions = self.submissions(tx, &EXTENSIONS, &at, &mut fields)?;
        let first = match object(&mut fields, "first_term", &at, &mut self.faults) {
            Some(first) => self.read::<FirstTerm>(&ASSIGNMENT, &format!("{at}/first_term"), first)?,
            None => None,
        };
        if first.as_ref().is_some_and(|first| first.due_rule.is_some()) {
            self.faults.add(format!("{at}/first_term/due_rule"), "unknown_field");
        }
        let cancelled = match fields.remove("cancelled") {
            None | Some(Value::Null) => false,
            Some(Value::Bool(cancelled)) => cancelled,
            Some(_) => {
                wrong_type(&mut self.faults, &format!("{at}/cancelled"), "boolean");
                false
            }
        };
        let resolver = Resolver { keys: &self.keys, kind: Kind::Assignment, now: tx.now };
        record.broken |= resolver.resolve(&ASSIGNMENT, &at, &mut fields, &mut self.faults).blocked;
        let input = self.read::<AssignmentInput>(&ASSIGNMENT, &at, fields)?;
        Ok(input.map(|input| FilePart { at, input, first, cancelled, updates, extensions }))
    }

    /// Reads the reports on a part, or the requests for more time.
    fn submissions<I: Input, O: Input>(
        &mut self,
        tx: &Tx<'_>,
        names: &SubmissionFields,
        at: &str,
        fields: &mut Fields,
    ) -> Result<Vec<Submission<I, O>>> {
        let mut all = Vec::new();
        let list = fields.remove(names.list);
        for (at, mut fields) in objects(list.as_ref(), &format!("{at}/{}", names.list), &mut self.faults) {
            let key = key(&mut fields, &at, &mut self.faults);
            if key.as_ref().is_some_and(|key| !self.keys.add_expected(names.kind, key)) {
                self.faults.add(format!("{at}/key"), "duplicate");
            }
            let at_moment = moment(&mut fields, names.moment, &at, tx.now, &mut self.faults);
            let outcome = match object(&mut fields, names.outcome, &at, &mut self.faults) {
                Some(mut fields) => {
                    let at = format!("{at}/{}", names.outcome);
                    let outcome_moment = moment(&mut fields, names.outcome_moment, &at, tx.now, &mut self.faults);
                    self.read::<O>(names.shape, &at, fields)?.map(|outcome| (outcome, outcome_moment))
                }
                None => None,
            };
            let withdrawal = names.withdrawal;
            let withdrawn = withdrawal.and_then(|name| moment(&mut fields, name, &at, tx.now, &mut self.faults));
            if withdrawn.is_some() && outcome.is_some() {
                let field = vec![("field", names.outcome.to_owned())];
                self.faults.add_with(format!("{at}/withdrawn_at"), "not_together", field);
            }
            let resolver = Resolver { keys: &self.keys, kind: names.kind, now: tx.now };
            resolver.resolve(names.shape, &at, &mut fields, &mut self.faults);
            let input = self.read::<I>(names.shape, &at, fields)?;
            let read = key.zip(input);
            all.extend(read.map(|(key, input)| Submission { at, key, input, moment: at_moment, outcome, withdrawn }));
        }
        Ok(all)
    }

    pub(super) fn reject_parts(&mut self, parts: &[FilePart]) {
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

    /// Adds the parts that the commitment lacks, except those that its history adds later; returns whether there were any.
    pub(super) fn add_parts(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &Saved<Commitment>,
        parts: &[FilePart],
        is_later: impl Fn(InstitutionId) -> bool,
    ) -> Result<bool> {
        let mut added = false;
        for part in parts {
            let institution = part.input.institution_id;
            if !is_later(institution) && part_of(&saved.record, institution).is_none() {
                self.add_part(tx, saved.record.id, part)?;
                added = true;
            }
        }
        Ok(added)
    }

    pub(super) fn add_part(&mut self, tx: &mut Tx<'_>, id: CommitmentId, part: &FilePart) -> Result<()> {
        let added = tx.attempt(|tx| add_assignment(tx, &self.actor, id, part.as_created()));
        self.or_faults(tx, (&ASSIGNMENT, &part.at), added).map(|_| ())
    }

    /// Changes role, target, term and cancellation of the parts to those of the file, and counts them. `before` are the
    /// institutions that had a part already.
    pub(super) fn save_parts(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &Saved<Commitment>,
        parts: &[FilePart],
        before: &[InstitutionId],
    ) -> Result<()> {
        for part in parts {
            let institution = part.input.institution_id;
            let Some(present) = part_of(&saved.record, institution).cloned() else {
                self.report.counts.count(Kind::Assignment, Outcome::Rejected);
                continue;
            };
            let existed = saved.outcome != Outcome::Created && before.contains(&institution);
            let changed = self.save_part(tx, saved, part, &present)?;
            let outcome = match (existed, changed) {
                (false, _) => Outcome::Created,
                (true, true) => Outcome::Updated,
                (true, false) => Outcome::Unchanged,
            };
            self.report.counts.count(Kind::Assignment, outcome);
        }
        Ok(())
    }

    fn save_part(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &Saved<Commitment>,
        part: &FilePart,
        present: &Assignment,
    ) -> Result<bool> {
        let (id, aid) = (saved.record.id, present.id);
        let differs = !is_same(&present.fields, &part.input)?;
        if differs {
            let AssignmentInput { role, due, target, .. } = part.input.clone();
            let change = AssignmentChange { role, due, target, correction_reason: Some(self.text(CORRECTED)) };
            let done = tx.attempt(|tx| change_assignment(tx, &self.actor, id, aid, change));
            self.or_faults(tx, (&ASSIGNMENT, &part.at), done)?;
        }
        if part.cancelled && present.progress.status != Status::Cancelled {
            let reason = self.text(STATED);
            let done = tx.attempt(|tx| cancel_assignment(tx, &self.actor, id, aid, reason));
            self.or_faults(tx, (&ASSIGNMENT, &part.at), done)?;
        }
        Ok(differs)
    }
}

/// Returns a report as it was sent.
pub(crate) fn plain(update: &Update) -> UpdateInput {
    let evidence = update.fields.evidence.iter().cloned().map(Evidence::plain).collect();
    UpdateInput { evidence, ..update.fields.clone() }
}

/// Returns the fault of a recorded value that the file would change.
pub(super) fn fixed(pointer: &str) -> Error {
    Faults::one(pointer, "fixed").into()
}
