//! Exports commitments with their codes, assignments, reports, requests for more time, and history.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::{Writer, in_order, nest, set};
use crate::commitments::{
    Assignment, Commitment, DecisionInput, Event, Extension, PastEvent, ReviewInput, Status, TermCause, Update,
    extensions_of, past_events, updates_of,
};
use crate::datasets::import::{DatasetRecord, plain};
use crate::datasets::keys::ExportKeys;
use crate::datasets::model::{Fields, HistoryAction, Kind, Record};
use crate::datasets::references::{ASSIGNMENT, NO_REFERENCES, UPDATE};
use crate::db::{AssignmentId, Db, ExtensionId, UpdateId};
use crate::error::{Error, Result};

impl Writer<'_> {
    pub(super) fn commitments(&mut self, conn: &mut Db) -> Result<Vec<Record>> {
        let commitments = Commitment::all(conn, self.country, self.now)?;
        let ids: Vec<_> = commitments.iter().map(|commitment| commitment.id).collect();
        let mut events = past_events(conn, &ids)?;
        let ids: Vec<_> = commitments.iter().flat_map(|one| one.assignments.iter().map(|part| part.id)).collect();
        let mut updates = updates_of(conn, &ids)?;
        let mut extensions = extensions_of(conn, &ids)?;
        let mut records = Vec::new();
        for commitment in commitments {
            let own = commitment.assignments.iter().filter_map(|part| updates.get(&part.id)).flatten();
            let own = own.map(|update| update.id).collect();
            let events = events.remove(&commitment.id).unwrap_or_default();
            let requests = commitment.assignments.iter().filter_map(|part| extensions.get(&part.id)).flatten();
            let withdrawn = requests.filter(|one| one.withdrawn_at.is_some()).map(|one| one.id).collect();
            let history = History::of(&self.keys, &commitment, &events, (&own, &withdrawn));
            let mut record = self.record(&commitment)?;
            set(&mut record.fields, "code", Some(commitment.code.clone()));
            set(&mut record.fields, "draft", commitment.is_draft().then_some(true));
            set(&mut record.fields, "entered_at", Some(commitment.created_at.to_string()));
            set(&mut record.fields, "first_term", history.first_term.clone());
            let mut parts = Vec::new();
            for part in &commitment.assignments {
                let updates = updates.remove(&part.id).unwrap_or_default();
                let extensions = extensions.remove(&part.id).unwrap_or_default();
                parts.push(Value::Object(self.assignment(part, &history, &updates, &extensions)?));
            }
            nest(&mut record, "assignments", parts);
            nest(&mut record, "history", history.entries);
            records.push(record);
        }
        Ok(in_order(records))
    }

    fn assignment(
        &mut self,
        part: &Assignment,
        history: &History,
        updates: &[Update],
        extensions: &[Extension],
    ) -> Result<Fields> {
        let mut fields = self.fields(&ASSIGNMENT, &part.fields)?;
        set(&mut fields, "first_term", history.first_terms.get(&part.id).cloned());
        set(&mut fields, "cancelled", (part.progress.status == Status::Cancelled).then_some(true));
        let updates: Vec<_> = updates.iter().map(|update| self.update(update, history)).collect::<Result<_>>()?;
        set(&mut fields, "updates", (!updates.is_empty()).then_some(updates));
        let extensions: Vec<_> = extensions.iter().map(|one| self.extension(one)).collect::<Result<_>>()?;
        set(&mut fields, "extensions", (!extensions.is_empty()).then_some(extensions));
        Ok(fields)
    }

    /// Writes a report with its review; their moments only if they are known.
    fn update(&mut self, update: &Update, history: &History) -> Result<Value> {
        let mut fields = self.fields(&UPDATE, &plain(update))?;
        let received = history.received.contains(&update.id).then(|| update.received_at.to_string());
        set(&mut fields, "received_at", received);
        if let Some(review) = &update.review {
            let input = ReviewInput {
                outcome: review.outcome,
                comment: review.comment.clone(),
                accept_below_target: review.accepted_below_target,
            };
            let mut fields_of_review = self.fields(&NO_REFERENCES, &input)?;
            let reviewed = history.reviewed.contains(&update.id).then(|| review.reviewed_at.to_string());
            set(&mut fields_of_review, "reviewed_at", reviewed);
            set(&mut fields, "review", Some(fields_of_review));
        }
        value(Record { key: self.keys.of(Kind::Update, update.id.into()), fields })
    }

    fn extension(&mut self, extension: &Extension) -> Result<Value> {
        let mut fields = self.fields(&NO_REFERENCES, &extension.fields)?;
        set(&mut fields, "requested_at", Some(extension.requested_at.to_string()));
        if let Some(decision) = &extension.decision {
            let other = extension.granted_due.clone().filter(|due| *due != extension.fields.requested_due);
            let input = DecisionInput { outcome: decision.outcome, due: other, comment: decision.comment.clone() };
            let mut fields_of_decision = self.fields(&NO_REFERENCES, &input)?;
            set(&mut fields_of_decision, "decided_at", Some(decision.decided_at.to_string()));
            set(&mut fields, "decision", Some(fields_of_decision));
        }
        set(&mut fields, "withdrawn_at", extension.withdrawn_at.map(|at| at.to_string()));
        value(Record { key: self.keys.of(Kind::Extension, extension.id.into()), fields })
    }
}

fn value(record: Record) -> Result<Value> {
    serde_json::to_value(record).map_err(Error::internal)
}

/// The history of a commitment, as far as its other fields do not state it.
#[derive(Default)]
struct History {
    /// The term with which the commitment was created, if it was corrected later.
    first_term: Option<Value>,
    /// The own terms with which parts were created, if they have changed.
    first_terms: HashMap<AssignmentId, Value>,
    /// Reports whose moment of receipt is known; the others were imported.
    received: HashSet<UpdateId>,
    /// Reviews whose moment is known.
    reviewed: HashSet<UpdateId>,
    /// Empty if there are only imported reports, each with its review.
    entries: Vec<Value>,
}

impl History {
    /// Builds the history from the events in their order; `updates` are the reports of imports that were not undone,
    /// `withdrawn` the requests for more time that were withdrawn.
    fn of(
        keys: &ExportKeys,
        commitment: &Commitment,
        events: &[PastEvent],
        (updates, withdrawn): (&HashSet<UpdateId>, &HashSet<ExtensionId>),
    ) -> Self {
        let mut builder = HistoryBuilder {
            keys,
            commitment,
            updates,
            withdrawn,
            history: Self::default(),
            own_terms: HashMap::new(),
            waiting: HashMap::new(),
            is_plain: true,
        };
        events.iter().for_each(|past| builder.add_event(past));
        let HistoryBuilder { mut history, is_plain, .. } = builder;
        if is_plain {
            history.entries.clear();
        }
        history
    }
}

struct HistoryBuilder<'a> {
    keys: &'a ExportKeys,
    commitment: &'a Commitment,
    updates: &'a HashSet<UpdateId>,
    withdrawn: &'a HashSet<ExtensionId>,
    history: History,
    /// The own term with which each part was created.
    own_terms: HashMap<AssignmentId, Option<String>>,
    /// The request that waits on each part.
    waiting: HashMap<AssignmentId, ExtensionId>,
    /// There are only imported reports so far.
    is_plain: bool,
}

impl HistoryBuilder<'_> {
    fn add_event(&mut self, past: &PastEvent) {
        match &past.event {
            Event::Created { assignments, .. } => {
                self.own_terms.extend(assignments.iter().map(|one| (one.id, one.term.due.clone())));
            }
            Event::AssignmentAdded(one) => {
                self.own_terms.insert(one.id, one.term.due.clone());
                self.add(HistoryAction::Assigned, past, json!({"at": past.at}));
            }
            Event::Reported { update_id, .. } | Event::Reviewed { update_id, .. }
                if !self.updates.contains(update_id) => {}
            Event::ReviewWithdrawn { update_id, .. } => self.remove_review(*update_id),
            Event::Reported { update_id, imported, .. } => {
                if !imported {
                    self.history.received.insert(*update_id);
                }
                self.add_submission(HistoryAction::Reported, past, *update_id, *imported);
            }
            Event::Reviewed { update_id, imported, .. } => {
                if !imported {
                    self.history.reviewed.insert(*update_id);
                }
                self.add_submission(HistoryAction::Reviewed, past, *update_id, *imported);
            }
            Event::ExtensionRequested { extension_id, .. } => {
                self.add_request(past, *extension_id);
            }
            Event::ExtensionDecided { extension_id, .. } => {
                self.add_end_of_request(HistoryAction::ExtensionDecided, past, *extension_id);
            }
            Event::ExtensionWithdrawn { extension_id, .. } => {
                self.add_end_of_request(HistoryAction::ExtensionWithdrawn, past, *extension_id);
            }
            Event::Cancelled { reason } => {
                self.add(HistoryAction::Cancelled, past, json!({"at": past.at, "reason": reason}))
            }
            Event::Reopened { reason } => {
                self.add(HistoryAction::Reopened, past, json!({"at": past.at, "reason": reason}))
            }
            Event::Changed { before, after, .. } => self.add_corrected_term(past, before, after),
            Event::TermChanged { after, cause, reason, .. } => {
                self.add_changed_term(past, after.due.as_deref(), *cause, reason.as_deref());
            }
            Event::Restored { progress, .. } => self.remove_cancellation(past, progress.status),
            Event::AssignmentChanged { .. } | Event::AssignmentRemoved {} | Event::Published {} => {}
        }
    }

    fn add_submission(&mut self, act: HistoryAction, past: &PastEvent, update: UpdateId, imported: bool) {
        self.is_plain &= imported;
        self.push(act, past, json!({"update": self.keys.of(Kind::Update, update.into())}));
    }

    /// Adds a request for more time. One that still waited and has no event of its withdrawal was withdrawn when the
    /// database was upgraded.
    fn add_request(&mut self, past: &PastEvent, request: ExtensionId) {
        let earlier = past.assignment_id.and_then(|part| self.waiting.insert(part, request));
        if let Some(earlier) = earlier.filter(|earlier| self.withdrawn.contains(earlier)) {
            self.add(HistoryAction::ExtensionWithdrawn, past, json!({"extension": self.key_of_request(earlier)}));
        }
        self.add(HistoryAction::ExtensionRequested, past, json!({"extension": self.key_of_request(request)}));
    }

    fn add_end_of_request(&mut self, act: HistoryAction, past: &PastEvent, request: ExtensionId) {
        self.waiting.retain(|_, waiting| *waiting != request);
        self.add(act, past, json!({"extension": self.key_of_request(request)}));
    }

    fn key_of_request(&self, id: ExtensionId) -> String {
        self.keys.of(Kind::Extension, id.into())
    }

    /// Removes a review that its author withdrew.
    fn remove_review(&mut self, update: UpdateId) {
        let update = json!(self.keys.of(Kind::Update, update.into()));
        let reviews = |entry: &Value| {
            entry.get("act") == Some(&json!(HistoryAction::Reviewed)) && entry.get("update") == Some(&update)
        };
        if let Some(at) = self.history.entries.iter().rposition(reviews) {
            self.history.entries.remove(at);
        }
    }

    /// Removes a cancellation that was undone with its import.
    fn remove_cancellation(&mut self, past: &PastEvent, status: Status) {
        let Some(part) = past.assignment_id.and_then(|id| self.commitment.assignment(id).ok()) else { return };
        let institution = json!(self.keys.of(Kind::Institution, part.fields.institution_id.into()));
        let cancels = |entry: &Value| {
            entry.get("act") == Some(&json!(HistoryAction::Cancelled)) && entry.get("institution") == Some(&institution)
        };
        if status != Status::Cancelled
            && let Some(at) = self.history.entries.iter().rposition(cancels)
        {
            self.history.entries.remove(at);
        }
    }

    /// Adds a change of the commitment's term; the next event has its reason.
    fn add_corrected_term(&mut self, past: &PastEvent, before: &Value, after: &Value) {
        if after.get("due").is_none() && after.get("due_rule").is_none() {
            return;
        }
        self.history.first_term.get_or_insert_with(|| Value::Object(term_of(before)));
        let mut fields = term_of(after);
        fields.insert("at".to_owned(), json!(past.at));
        self.add(HistoryAction::TermCorrected, past, Value::Object(fields));
    }

    fn add_changed_term(&mut self, past: &PastEvent, due: Option<&str>, cause: TermCause, reason: Option<&str>) {
        let Some(id) = past.assignment_id else {
            if let (Some(Value::Object(last)), Some(reason)) = (self.history.entries.last_mut(), reason) {
                last.insert("reason".to_owned(), json!(reason));
            }
            return;
        };
        let first = self.own_terms.get(&id).cloned().flatten();
        let first = first.map_or_else(|| json!({}), |due| json!({"due": due}));
        self.history.first_terms.entry(id).or_insert(first);
        if matches!(cause, TermCause::Entered | TermCause::Correction) {
            let mut fields = Fields::new();
            set(&mut fields, "due", due);
            fields.insert("at".to_owned(), json!(past.at));
            set(&mut fields, "reason", reason);
            self.add(HistoryAction::TermCorrected, past, Value::Object(fields));
        }
    }

    /// Adds an entry that is not an imported report.
    fn add(&mut self, act: HistoryAction, past: &PastEvent, fields: Value) {
        if self.push(act, past, fields) {
            self.is_plain = false;
        }
    }

    /// Pushes an entry; returns false for a part that was removed.
    fn push(&mut self, act: HistoryAction, past: &PastEvent, more: Value) -> bool {
        let mut fields = Fields::new();
        fields.insert("act".to_owned(), json!(act));
        if let Some(id) = past.assignment_id {
            let Ok(part) = self.commitment.assignment(id) else { return false };
            let institution = self.keys.of(Kind::Institution, part.fields.institution_id.into());
            fields.insert("institution".to_owned(), json!(institution));
        }
        if let Value::Object(more) = more {
            fields.extend(more);
        }
        self.history.entries.push(Value::Object(fields));
        true
    }
}

/// Returns the fields of a commitment's term.
fn term_of(fields: &Value) -> Fields {
    let stated = ["due", "due_rule"].into_iter().filter_map(|name| Some((name, fields.get(name)?)));
    stated.filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value.clone())).collect()
}
