//! Commitments of a file with their assignments, updates and reviews.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::entered::entered;
use super::reader::{Entry, key, objects, wrong_type};
use super::record::{Taken, alike};
use super::resolve::Resolver;
use crate::commitments::{
    Assignment, AssignmentChange, AssignmentInput, Commitment, CommitmentInput, ReviewInput, Status, Update,
    UpdateInput, add_assignment, cancel_assignment, change_assignment, commitments_of_country, create_with_code,
    import_update, reopen_assignment, review_update, update_commitment, updates_of,
};
use crate::db::{AssignmentId, CommitmentId, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::evidence::Evidence;
use crate::exchange::model::{Fields, Kind, Outcome};
use crate::exchange::references::{ASSIGNMENT, UPDATE};
use crate::http::parse;

/// Why a term that stood already is another after an import.
const CORRECTED: &str = "Corregido por la importación de un conjunto de datos.";
/// Why an import cancels or reopens an assignment.
const SAID_BY_FILE: &str = "Según el conjunto de datos importado.";

entered!(Commitment: CommitmentInput, Commitment, COMMITMENT,
    commitments_of_country,
    |tx, actor, _, mut input: CommitmentInput, aside: &Fields| {
        if let Some(Value::Array(parts)) = aside.get("assignments") {
            input.assignments =
                parts.iter().cloned().map(parse::<AssignmentInput>).collect::<Result<_>>()?;
        }
        let code = aside.get("code").and_then(Value::as_str).map(str::to_owned);
        create_with_code(tx, actor, input, code)
    },
    |tx, actor, _, id: Uuid, input| update_commitment(tx, actor, id.into(), input, Some(CORRECTED.to_owned())), {

    /// The parts of the institutions are gone over one by one.
    fn settle(input: &mut CommitmentInput, present: &Self) {
        input.assignments = present.input().assignments;
    }
});

/// An institution's part as a file has it.
struct Part {
    at: String,
    input: AssignmentInput,
    cancelled: bool,
    updates: Vec<Report>,
}

/// A progress report as a file has it.
struct Report {
    at: String,
    key: String,
    input: UpdateInput,
    review: Option<ReviewInput>,
}

impl Import<'_> {
    pub fn commitments(&mut self, tx: &mut Tx<'_>, mut entries: Vec<Entry>) -> Result<()> {
        let mut all = Vec::new();
        for entry in &mut entries {
            let before = self.faults.list.len();
            let parts = self.lay_aside(tx, entry)?;
            entry.broken |= self.faults.list.len() > before;
            all.push((entry.key.clone(), entry.at.clone(), entry.aside.get("code").cloned(), parts));
        }
        let mut taken = self.section::<Commitment>(tx, entries)?;
        let mut updates = self.known_updates(tx, &taken)?;
        for (key, at, code, parts) in all {
            let Some(done) = taken.get_mut(&key) else {
                self.reject_parts(&parts);
                continue;
            };
            if code.as_ref().and_then(Value::as_str).is_some_and(|code| code != done.record.code) {
                self.faults.add(format!("{at}/code"), "fixed");
            }
            for part in parts {
                self.keep_part(tx, done, part, &mut updates)?;
            }
        }
        self.count(&taken);
        Ok(())
    }

    /// Takes code and assignments out of the record and reads them.
    fn lay_aside(&mut self, tx: &Tx<'_>, entry: &mut Entry) -> Result<Vec<Part>> {
        match entry.fields.remove("code") {
            None | Some(Value::Null) => {}
            Some(Value::String(code)) => {
                self.faults.text(&format!("{}/code", entry.at), &code, 100);
                entry.aside.insert("code".to_owned(), Value::String(code));
            }
            Some(_) => wrong_type(&mut self.faults, &format!("{}/code", entry.at), "string"),
        }
        let mut faults = Faults::default();
        let list = entry.fields.remove("assignments");
        let mut parts = Vec::new();
        let mut raw = Vec::new();
        for (at, mut fields) in objects(list.as_ref(), &format!("{}/assignments", entry.at), &mut faults) {
            let updates = fields.remove("updates");
            let cancelled = fields.remove("cancelled").is_some_and(|value| value == Value::Bool(true));
            let resolver = Resolver { book: &self.book, kind: Kind::Assignment, now: tx.now };
            let resolved = resolver.resolve(&ASSIGNMENT, &at, &mut fields, &mut faults);
            entry.broken |= resolved.blocked;
            raw.push(Value::Object(fields.clone()));
            let input = self.read::<AssignmentInput>(&ASSIGNMENT, &at, fields, &mut faults)?;
            let updates = self.reports(tx, updates.as_ref(), &at, &mut faults)?;
            parts.extend(input.map(|input| Part { at, input, cancelled, updates }));
        }
        entry.aside.insert("assignments".to_owned(), Value::Array(raw));
        self.faults.list.append(&mut faults.list);
        for (n, part) in parts.iter().enumerate() {
            if parts.iter().take(n).any(|other| other.input.institution_id == part.input.institution_id) {
                self.faults.add(format!("{}/institution", part.at), "duplicate");
            }
        }
        Ok(parts)
    }

    fn reports(&mut self, tx: &Tx<'_>, list: Option<&Value>, at: &str, faults: &mut Faults) -> Result<Vec<Report>> {
        let mut reports = Vec::new();
        for (at, mut fields) in objects(list, &format!("{at}/updates"), faults) {
            let key = key(&mut fields, &at, faults);
            if let Some(key) = &key
                && !self.book.expect(Kind::Update, key)
            {
                faults.add(format!("{at}/key"), "duplicate");
            }
            let review = match fields.remove("review") {
                None | Some(Value::Null) => None,
                Some(Value::Object(review)) => {
                    self.read::<ReviewInput>(&UPDATE, &format!("{at}/review"), review, faults)?
                }
                Some(_) => {
                    wrong_type(faults, &format!("{at}/review"), "object");
                    None
                }
            };
            let resolver = Resolver { book: &self.book, kind: Kind::Update, now: tx.now };
            resolver.resolve(&UPDATE, &at, &mut fields, faults);
            let input = self.read::<UpdateInput>(&UPDATE, &at, fields, faults)?;
            reports.extend(key.zip(input).map(|(key, input)| Report { at, key, input, review }));
        }
        Ok(reports)
    }

    /// The reports on the commitments of the file, by id.
    fn known_updates(
        &mut self,
        tx: &mut Tx<'_>,
        taken: &HashMap<String, Taken<Commitment>>,
    ) -> Result<HashMap<Uuid, Update>> {
        let of = |done: &Taken<Commitment>| done.record.assignments.iter().map(|part| part.id).collect::<Vec<_>>();
        let ids: Vec<AssignmentId> = taken.values().flat_map(of).collect();
        let updates: HashMap<Uuid, Update> =
            updates_of(tx.conn, &ids)?.into_values().flatten().map(|update| (update.id.into(), update)).collect();
        self.book.exist(Kind::Update, updates.keys().copied());
        Ok(updates)
    }

    fn reject_parts(&mut self, parts: &[Part]) {
        for part in parts {
            self.report.count(Kind::Assignment, Outcome::Rejected);
            for report in &part.updates {
                self.reject(Kind::Update, &report.key);
            }
        }
    }

    fn keep_part(
        &mut self,
        tx: &mut Tx<'_>,
        done: &Taken<Commitment>,
        part: Part,
        updates: &mut HashMap<Uuid, Update>,
    ) -> Result<()> {
        let id = done.record.id;
        let own = |one: &&Assignment| one.fields.institution_id == part.input.institution_id;
        let present = done.record.assignments.iter().find(own);
        let change = AssignmentChange {
            role: part.input.role,
            due: part.input.due.clone(),
            target: part.input.target.clone(),
            correction_reason: Some(CORRECTED.to_owned()),
        };
        let (saved, outcome) = match present {
            Some(one) if done.outcome == Outcome::Created => (Ok(one.clone()), Outcome::Created),
            Some(one) if alike(&one.fields, &part.input)? => (Ok(one.clone()), Outcome::Unchanged),
            Some(one) => (tx.attempt(|tx| change_assignment(tx, &self.actor, id, one.id, change)), Outcome::Updated),
            None => (tx.attempt(|tx| add_assignment(tx, &self.actor, id, part.input.clone())), Outcome::Created),
        };
        let Some(assignment) = self.told(&ASSIGNMENT, &part.at, saved)? else {
            self.reject_parts(&[part]);
            return Ok(());
        };
        self.report.count(Kind::Assignment, outcome);
        for report in part.updates {
            self.keep_report(tx, (id, assignment.id), report, updates)?;
        }
        if part.cancelled && assignment.progress.status != Status::Cancelled {
            let reason = SAID_BY_FILE.to_owned();
            let saved = tx.attempt(|tx| cancel_assignment(tx, &self.actor, id, assignment.id, reason));
            self.told(&ASSIGNMENT, &part.at, saved)?;
        }
        Ok(())
    }

    /// A report that stands is never changed; a review may follow it.
    fn keep_report(
        &mut self,
        tx: &mut Tx<'_>,
        at: (CommitmentId, AssignmentId),
        report: Report,
        updates: &mut HashMap<Uuid, Update>,
    ) -> Result<()> {
        let Report { at: place, key, input, review } = report;
        let earlier = self.book.earlier(Kind::Update, &key, &self.country).and_then(|id| updates.remove(&id));
        let (saved, outcome) = match earlier {
            None => (tx.attempt(|tx| self.received(tx, at, input, review)), Outcome::Created),
            Some(stands) if !alike(&plain(&stands), &input)? => {
                (Err(Error::from(Faults::one("", "fixed"))), Outcome::Rejected)
            }
            Some(stands) => match (stands.review.as_ref().map(|one| (one.outcome, one.comment.clone())), review) {
                (None, Some(review)) => {
                    (tx.attempt(|tx| review_update(tx, &self.actor, stands.id, review)), Outcome::Updated)
                }
                (Some(held), Some(review)) if held != (review.outcome, review.comment.clone()) => {
                    (Err(Error::from(Faults::one("/review", "fixed"))), Outcome::Rejected)
                }
                _ => (Ok(stands), Outcome::Unchanged),
            },
        };
        match self.told(&UPDATE, &place, saved)? {
            Some(update) => {
                self.report.count(Kind::Update, outcome);
                self.book.done(Kind::Update, &key, update.id.into());
                let country = self.country.clone();
                self.book.remember(tx.conn, Kind::Update, &country, &key, update.id.into())
            }
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
        at: (CommitmentId, AssignmentId),
        input: UpdateInput,
        review: Option<ReviewInput>,
    ) -> Result<Update> {
        let saved = tx.attempt(|tx| import_update(tx, &self.actor, at, input.clone(), review.clone()));
        match saved {
            Err(error) if error.code == Code::AlreadyAccepted => {
                reopen_assignment(tx, &self.actor, at.0, at.1, SAID_BY_FILE.to_owned())?;
                import_update(tx, &self.actor, at, input, review)
            }
            saved => saved,
        }
    }
}

/// A report as it was sent.
pub fn plain(update: &Update) -> UpdateInput {
    let evidence = update.fields.evidence.iter().cloned().map(Evidence::plain).collect();
    UpdateInput { evidence, ..update.fields.clone() }
}
