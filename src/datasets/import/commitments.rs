//! Commitments of a file: each read with the parts of its institutions and its history, taken, then lived through.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::entered::entered;
use super::history::Known;
use super::parts::Part;
use super::reader::{Entry, moment, object, wrong_type};
use super::record::Taken;
use super::steps::{FirstTerm, Step};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{
    AssignmentInput, Commitment, CommitmentInput, commitment, commitments_of_country, create_with_code,
    update_commitment,
};
use crate::datasets::model::{Fields, Outcome};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::http::parse;

/// Why a term that stood already is another after an import, where the file does not say.
pub const CORRECTED: &str = "Corregido por la importación de un conjunto de datos.";
/// Why an import cancels or reopens an assignment, where the file does not say.
pub const SAID_BY_FILE: &str = "Según el conjunto de datos importado.";

entered!(Commitment: CommitmentInput, Commitment, COMMITMENT,
    commitments_of_country,
    |tx: &mut Tx<'_>, actor, _, mut input: CommitmentInput, aside: &Fields| {
        if let Some(Value::Array(parts)) = aside.get("assignments") {
            input.assignments =
                parts.iter().cloned().map(parse::<AssignmentInput>).collect::<Result<_>>()?;
        }
        if let Some(first) = aside.get("first_term") {
            let FirstTerm { due, due_rule } = parse(first.clone())?;
            (input.due, input.due_rule) = (due, due_rule);
        }
        let text = |name: &str| aside.get(name).and_then(Value::as_str);
        let (code, entered_at) = (text("code").map(str::to_owned), text("entered_at").and_then(Instant::parse));
        tx.as_of(entered_at.unwrap_or(tx.now), |tx| create_with_code(tx, actor, input, code))
    },
    |tx, actor, _, id: Uuid, input| update_commitment(tx, actor, id.into(), input, Some(CORRECTED.to_owned())), {

    /// The parts of the institutions are gone over one by one.
    fn settle(input: &mut CommitmentInput, present: &Self) {
        input.assignments = present.input().assignments;
    }
});

/// What a file tells of a commitment beside its own fields.
struct Aside {
    entry: Entry,
    parts: Vec<Part>,
    steps: Vec<Step>,
}

impl Import {
    pub fn commitments(&mut self, tx: &mut Tx<'_>, mut entries: Vec<Entry>) -> Result<()> {
        let mut all = Vec::new();
        for entry in &mut entries {
            let before = self.faults.list.len();
            let (parts, steps) = self.lay_aside(tx, entry)?;
            entry.broken |= self.faults.list.len() > before;
            all.push(Aside { entry: entry.clone(), parts, steps });
        }
        let mut taken = self.section::<Commitment>(tx, entries)?;
        let known = self.known_acts(tx, &taken)?;
        for aside in all {
            match taken.get_mut(&aside.entry.key) {
                Some(done) => self.keep_commitment(tx, done, aside, &known)?,
                None => self.reject_parts(&aside.parts),
            }
        }
        self.count(&taken);
        Ok(())
    }

    fn keep_commitment(
        &mut self,
        tx: &mut Tx<'_>,
        done: &mut Taken<Commitment>,
        aside: Aside,
        known: &Known,
    ) -> Result<()> {
        let Aside { entry, parts, steps } = aside;
        if entry.aside.get("code").and_then(Value::as_str).is_some_and(|code| code != done.record.code) {
            self.faults.add(format!("{}/code", entry.at), "fixed");
        }
        let before: Vec<_> = done.record.assignments.iter().map(|part| part.fields.institution_id).collect();
        if self.add_parts(tx, done, &parts, &steps)? {
            done.record = commitment(tx.conn, &Visibility::of(&self.actor), done.record.id, tx.now)?;
        }
        self.live_through(tx, done, &parts, steps, known)?;
        done.record = commitment(tx.conn, &Visibility::of(&self.actor), done.record.id, tx.now)?;
        if done.outcome == Outcome::Created && entry.aside.contains_key("first_term") {
            let present = HashMap::from([(done.record.id.into(), done.record.clone())]);
            self.record::<Commitment>(tx, &present, &entry)?;
        }
        self.keep_parts(tx, done, &parts, &before)
    }

    /// Takes out of the record what is not its own and reads it: code, first term, assignments, history.
    fn lay_aside(&mut self, tx: &Tx<'_>, entry: &mut Entry) -> Result<(Vec<Part>, Vec<Step>)> {
        match entry.fields.remove("code") {
            None | Some(Value::Null) => {}
            Some(Value::String(code)) => {
                self.faults.line(&format!("{}/code", entry.at), &code, 100);
                entry.aside.insert("code".to_owned(), Value::String(code));
            }
            Some(_) => wrong_type(&mut self.faults, &format!("{}/code", entry.at), "string"),
        }
        if let Some(at) = moment(&mut entry.fields, "entered_at", &entry.at, tx.now, &mut self.faults) {
            entry.aside.insert("entered_at".to_owned(), Value::String(at.to_string()));
        }
        if let Some(first) = object(&mut entry.fields, "first_term", &entry.at, &mut self.faults) {
            self.check_first_term(&format!("{}/first_term", entry.at), &first)?;
            entry.aside.insert("first_term".to_owned(), Value::Object(first));
        }
        let parts = self.parts_of(tx, entry)?;
        let steps = self.steps_of(tx, entry, &parts)?;
        let from_the_start = |part: &&Part| !steps.iter().any(|step| step.assigns(part.input.institution_id));
        let first = parts.iter().filter(from_the_start).map(|part| serde_json::to_value(part.entered()));
        let first = first.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::internal)?;
        entry.aside.insert("assignments".to_owned(), Value::Array(first));
        Ok((parts, steps))
    }
}
