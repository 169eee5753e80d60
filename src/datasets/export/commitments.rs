//! Commitments written out with their codes, assignments, updates, requests for more time, and history.

use serde_json::Value;

use super::history::{Told, told};
use super::{NOTHING, Writer, in_order, nest, tell};
use crate::commitments::{
    Assignment, Commitment, DecisionInput, Extension, ReviewInput, Status, Update, extensions_of, past_events,
    updates_of,
};
use crate::datasets::import::{Entered, plain};
use crate::datasets::model::{Fields, Kind, Record};
use crate::datasets::references::{ASSIGNMENT, UPDATE};
use crate::db::Db;
use crate::error::{Error, Result};

impl Writer<'_> {
    pub fn commitments(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let commitments = Commitment::all(conn, self.country, self.now)?;
        let ids: Vec<_> = commitments.iter().map(|commitment| commitment.id).collect();
        let mut events = past_events(conn, &ids)?;
        let ids: Vec<_> = commitments.iter().flat_map(|one| one.assignments.iter().map(|part| part.id)).collect();
        let mut updates = updates_of(conn, &ids)?;
        let mut extensions = extensions_of(conn, &ids)?;
        let mut records = Vec::new();
        for commitment in commitments {
            let own = commitment.assignments.iter().filter_map(|part| updates.get(&part.id)).flatten();
            let stand = own.map(|update| update.id).collect();
            let told = told(&self.names, &commitment, &events.remove(&commitment.id).unwrap_or_default(), &stand);
            let mut record = self.record(&commitment)?;
            tell(&mut record.fields, "code", Some(commitment.code.clone()));
            tell(&mut record.fields, "entered_at", Some(commitment.created_at.to_string()));
            tell(&mut record.fields, "first_term", told.first_term.clone());
            record.fields.remove("assignments");
            let mut parts = Vec::new();
            for part in &commitment.assignments {
                let updates = updates.remove(&part.id).unwrap_or_default();
                let extensions = extensions.remove(&part.id).unwrap_or_default();
                parts.push(Value::Object(self.assignment(part, &told, &updates, &extensions)?));
            }
            nest(&mut record, "assignments", parts);
            nest(&mut record, "history", told.history);
            records.push(record);
        }
        Ok(in_order(records))
    }

    fn assignment(
        &mut self,
        part: &Assignment,
        told: &Told,
        updates: &[Update],
        extensions: &[Extension],
    ) -> Result<Fields> {
        let mut fields = self.fields(&ASSIGNMENT, &part.fields)?;
        tell(&mut fields, "first_term", told.first_terms.get(&part.id).cloned());
        tell(&mut fields, "cancelled", (part.progress.status == Status::Cancelled).then_some(true));
        let updates: Vec<_> = updates.iter().map(|update| self.update(update, told)).collect::<Result<_>>()?;
        tell(&mut fields, "updates", (!updates.is_empty()).then_some(updates));
        let extensions: Vec<_> = extensions.iter().map(|one| self.extension(one)).collect::<Result<_>>()?;
        tell(&mut fields, "extensions", (!extensions.is_empty()).then_some(extensions));
        Ok(fields)
    }

    /// When a report came in and when it was reviewed is told where it is known.
    fn update(&mut self, update: &Update, told: &Told) -> Result<Value> {
        let mut fields = self.fields(&UPDATE, &plain(update))?;
        let received = told.received.contains(&update.id).then(|| update.received_at.to_string());
        tell(&mut fields, "received_at", received);
        if let Some(review) = &update.review {
            let input = ReviewInput { outcome: review.outcome, comment: review.comment.clone() };
            let mut judged = self.fields(&NOTHING, &input)?;
            let reviewed = told.reviewed.contains(&update.id).then(|| review.reviewed_at.to_string());
            tell(&mut judged, "reviewed_at", reviewed);
            tell(&mut fields, "review", Some(judged));
        }
        value(Record { key: self.names.of(Kind::Update, update.id.into()), fields })
    }

    fn extension(&mut self, extension: &Extension) -> Result<Value> {
        let mut fields = self.fields(&NOTHING, &extension.fields)?;
        tell(&mut fields, "requested_at", Some(extension.requested_at.to_string()));
        if let Some(decision) = &extension.decision {
            let input = DecisionInput { outcome: decision.outcome, comment: decision.comment.clone() };
            let mut decided = self.fields(&NOTHING, &input)?;
            tell(&mut decided, "decided_at", Some(decision.decided_at.to_string()));
            tell(&mut fields, "decision", Some(decided));
        }
        value(Record { key: self.names.of(Kind::Extension, extension.id.into()), fields })
    }
}

fn value(record: Record) -> Result<Value> {
    serde_json::to_value(record).map_err(Error::internal)
}
