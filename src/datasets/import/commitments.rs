//! Imports commitments: reads each with its parts and its history, saves it, then replays the history.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::assignments::{FilePart, FirstTerm};
use super::history::Step;
use super::reader::{FileRecord, moment, object};
use super::record::{Saved, dataset_record};
use super::replay::Recorded;
use super::{CORRECTED, Import};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{
    AssignmentInput, Commitment, CommitmentInput, EnteredStatus, NewCommitment, commitment, commitments_of_country,
    create_with_code, publish_commitment, update_commitment,
};
use crate::datasets::model::{Fields, Outcome};
use crate::datasets::references::{COMMITMENT, wrong_type};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::evidence::Attachment;
use crate::http::parse;
use crate::i18n::text;
use crate::identity::Actor;

dataset_record!(Commitment: CommitmentInput, Commitment, COMMITMENT,
    commitments_of_country,
    |tx: &mut Tx<'_>, actor, _, mut fields: CommitmentInput, extra: &Fields| {
        let mut assignments = Vec::new();
        if let Some(Value::Array(parts)) = extra.get("assignments") {
            assignments = parts.iter().cloned().map(parse::<AssignmentInput>).collect::<Result<_>>()?;
        }
        if let Some(first) = extra.get("first_term") {
            let FirstTerm { due, due_rule } = parse(first.clone())?;
            (fields.due, fields.due_rule) = (due, due_rule);
        }
        let new = NewCommitment { fields, status: is_draft(extra).then_some(EnteredStatus::Draft), assignments };
        let text = |name: &str| extra.get(name).and_then(Value::as_str);
        let (code, entered_at) = (text("code").map(str::to_owned), text("entered_at").and_then(Instant::parse));
        tx.as_of(entered_at.unwrap_or(tx.now), |tx| create_with_code(tx, actor, new, code))
    },
    |tx, actor: &Actor, _, id: Uuid, input| {
        let reason = text(actor.language, CORRECTED, &[]);
        update_commitment(tx, actor, id.into(), input, Some(reason))
    }, {

    /// A dataset has no uploaded files: they stay.
    fn keep_open_fields(input: &mut CommitmentInput, present: &Self) {
        Attachment::keep_files(&mut input.attachments, &present.fields.attachments);
    }
});

fn is_draft(extra: &Fields) -> bool {
    extra.get("draft") == Some(&Value::Bool(true))
}

/// The parts and the history of a commitment in a file.
struct FileCommitment {
    record: FileRecord,
    parts: Vec<FilePart>,
    steps: Vec<Step>,
}

impl Import {
    pub(super) fn commitments(&mut self, tx: &mut Tx<'_>, mut records: Vec<FileRecord>) -> Result<()> {
        let mut all = Vec::new();
        for record in &mut records {
            let before = self.faults.list.len();
            let (parts, steps) = self.read_commitment(tx, record)?;
            record.broken |= self.faults.list.len() > before;
            all.push(FileCommitment { record: record.clone(), parts, steps });
        }
        let mut saved = self.section::<Commitment>(tx, records)?;
        let recorded = self.load_recorded(tx, &saved)?;
        for one in all {
            match saved.get_mut(&one.record.key) {
                Some(saved) => self.save_commitment(tx, saved, one, &recorded)?,
                None => self.reject_parts(&one.parts),
            }
        }
        self.count(&saved);
        Ok(())
    }

    fn save_commitment(
        &mut self,
        tx: &mut Tx<'_>,
        saved: &mut Saved<Commitment>,
        one: FileCommitment,
        recorded: &Recorded,
    ) -> Result<()> {
        let FileCommitment { record, parts, steps } = one;
        if record.extra.get("code").and_then(Value::as_str).is_some_and(|code| code != saved.record.code) {
            self.faults.add(format!("{}/code", record.at), "fixed");
        }
        self.save_publication(tx, saved, &record)?;
        let before: Vec<_> = saved.record.assignments.iter().map(|part| part.fields.institution_id).collect();
        let is_later = |institution| steps.iter().any(|step| step.assigns(institution));
        if self.add_parts(tx, saved, &parts, is_later)? {
            saved.record = commitment(tx.conn, &Visibility::of(&self.actor), saved.record.id, tx.now)?;
        }
        self.replay(tx, saved, &parts, steps, recorded)?;
        saved.record = commitment(tx.conn, &Visibility::of(&self.actor), saved.record.id, tx.now)?;
        if saved.outcome == Outcome::Created && record.extra.contains_key("first_term") {
            let present = HashMap::from([(saved.record.id.into(), saved.record.clone())]);
            self.record::<Commitment>(tx, &present, &record)?;
        }
        self.save_parts(tx, saved, &parts, &before)
    }

    /// Publishes a recorded draft that is no draft in the file. What is in force never becomes a draft.
    fn save_publication(&mut self, tx: &mut Tx<'_>, saved: &mut Saved<Commitment>, record: &FileRecord) -> Result<()> {
        match (saved.record.is_draft(), is_draft(&record.extra)) {
            (false, true) => self.faults.add(format!("{}/draft", record.at), "fixed"),
            (true, false) => {
                let id = saved.record.id;
                let published = tx.attempt(|tx| publish_commitment(tx, &self.actor, id));
                if let Some(published) = self.or_faults(tx, (&COMMITMENT, &record.at), published)? {
                    saved.record = published;
                }
                if saved.outcome == Outcome::Unchanged {
                    saved.outcome = Outcome::Updated;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads the fields that are not the record's own, and moves them out of it: code, first term, assignments, history.
    fn read_commitment(&mut self, tx: &Tx<'_>, record: &mut FileRecord) -> Result<(Vec<FilePart>, Vec<Step>)> {
        match record.fields.remove("code") {
            None | Some(Value::Null) => {}
            Some(Value::String(code)) => {
                self.faults.line(&format!("{}/code", record.at), &code, 100);
                record.extra.insert("code".to_owned(), Value::String(code));
            }
            Some(_) => wrong_type(&mut self.faults, &format!("{}/code", record.at), "string"),
        }
        match record.fields.remove("draft") {
            None | Some(Value::Null) => {}
            Some(Value::Bool(draft)) => {
                record.extra.insert("draft".to_owned(), Value::Bool(draft));
            }
            Some(_) => wrong_type(&mut self.faults, &format!("{}/draft", record.at), "boolean"),
        }
        if let Some(at) = moment(&mut record.fields, "entered_at", &record.at, tx.now, &mut self.faults) {
            record.extra.insert("entered_at".to_owned(), Value::String(at.to_string()));
        }
        if let Some(first) = object(&mut record.fields, "first_term", &record.at, &mut self.faults) {
            self.read::<FirstTerm>(&COMMITMENT, &format!("{}/first_term", record.at), first.clone())?;
            record.extra.insert("first_term".to_owned(), Value::Object(first));
        }
        let parts = self.read_parts(tx, record)?;
        let steps = self.read_steps(tx, record, &parts)?;
        let from_the_start = |part: &&FilePart| !steps.iter().any(|step| step.assigns(part.input.institution_id));
        let first = parts.iter().filter(from_the_start).map(|part| serde_json::to_value(part.as_created()));
        let first = first.collect::<std::result::Result<Vec<_>, _>>().map_err(Error::internal)?;
        record.extra.insert("assignments".to_owned(), Value::Array(first));
        Ok((parts, steps))
    }
}
