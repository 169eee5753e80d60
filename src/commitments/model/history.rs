//! The history of a commitment: events that are stored as they happen and never changed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::extensions::DecisionOutcome;
use super::input::{AssignmentRole, CommitmentInput};
use super::record::{Assignment, Commitment};
use super::state::{Progress, ReportedStatus, ReviewOutcome};
use super::updates::Update;
use super::values::{CompletionRule, Quantity};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{AssignmentId, ExtensionId, InstitutionId, UpdateId};
use crate::identity::{Importer, Person};

/// One entry of a commitment's history.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct HistoryEvent {
    /// The moment of the event.
    pub at: Instant,
    /// The kind of event: `created`, `changed`, `term_changed`, `assignment_added`, `assignment_changed`,
    /// `assignment_removed`, `reported`, `reviewed`, `cancelled`, `reopened`, `restored`,
    /// `extension_requested`, `extension_decided`, `extension_withdrawn`, `review_withdrawn`, `published`.
    #[schema(examples("reported"))]
    pub kind: String,
    /// The person who did it; null for the program itself.
    pub by: Option<Person>,
    /// The person who imported the report or its review with a file; null for everything else.
    pub imported_by: Option<Importer>,
    /// The assignment that changed; null for the commitment as a whole.
    pub assignment_id: Option<AssignmentId>,
    /// The details, by kind.
    #[schema(example = json!({"status": "completed", "percent": 100}), value_type = Object)]
    pub data: Value,
}

/// Adds to every term in the details the first and the last day that it can mean.
pub(crate) fn with_term_bounds(mut data: Value) -> Value {
    if let Value::Object(fields) = &mut data {
        for inner in fields.values_mut() {
            *inner = with_term_bounds(inner.take());
        }
        for name in ["due", "requested_due", "granted_due"] {
            let Some(term) = fields.get(name).and_then(Value::as_str).and_then(PartialDate::parse) else { continue };
            for (bound, day) in [("from", term.from()), ("to", term.to())] {
                fields.entry(format!("{name}_{bound}")).or_insert_with(|| day.to_string().into());
            }
        }
    }
    data
}

/// Returns true if the event came from a file. Events from before `from_file` existed have only `imported`.
pub(crate) fn is_from_file(data: &Value) -> bool {
    ["from_file", "imported"].iter().any(|name| data.get(*name) == Some(&Value::Bool(true)))
}

/// A term as the history stores it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RecordedTerm {
    /// The date as it was written; None for a counted or an inherited term.
    pub due: Option<String>,
    pub due_from: Option<NaiveDate>,
    pub due_to: Option<NaiveDate>,
}

/// The reason why a term changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TermCause {
    /// There was none before.
    Entered,
    /// It had been entered wrongly.
    Correction,
    /// An extension was granted.
    Extension,
    /// The country's calendar changed, or the commission whose territory decides the days off.
    Calendar,
}

/// The cause of the withdrawal of a request for more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithdrawalCause {
    /// A person withdrew it.
    Withdrawn,
    /// The assignment was cancelled.
    Cancelled,
    /// The completion of the assignment was accepted.
    Accepted,
}

/// An assignment as the history stores it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RecordedAssignment {
    pub id: AssignmentId,
    pub institution_id: InstitutionId,
    pub role: AssignmentRole,
    #[serde(flatten)]
    pub term: RecordedTerm,
}

/// The content of an event. The database has `kind` and `data` in two columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub(crate) enum Event {
    Created {
        code: String,
        text: String,
        #[serde(flatten)]
        term: RecordedTerm,
        completion_rule: CompletionRule,
        assignments: Vec<RecordedAssignment>,
    },
    /// Fields of the commitment changed.
    Changed {
        before: Value,
        after: Value,
        completion_rule: CompletionRule,
    },
    TermChanged {
        before: RecordedTerm,
        after: RecordedTerm,
        cause: TermCause,
        reason: Option<String>,
    },
    /// A draft came into force.
    Published {},
    AssignmentAdded(RecordedAssignment),
    AssignmentChanged {
        before: Value,
        after: Value,
    },
    AssignmentRemoved {},
    Reported {
        update_id: UpdateId,
        reported_on: NaiveDate,
        status: ReportedStatus,
        narrative: String,
        percent: Option<i32>,
        quantity: Option<Quantity>,
        evidence: usize,
        on_behalf: bool,
        /// True when it came from a file that does not state when it was received.
        imported: bool,
        /// True when it came from a file.
        #[serde(default)]
        from_file: bool,
    },
    Reviewed {
        update_id: UpdateId,
        outcome: ReviewOutcome,
        comment: Option<String>,
        /// True when it came from a file that does not state when it was given.
        imported: bool,
        /// True when it came from a file.
        #[serde(default)]
        from_file: bool,
        /// True when the quantity was below the target, or missing.
        #[serde(default)]
        accepted_below_target: bool,
    },
    /// The author of a review withdrew it: the completion waits for its review again.
    ReviewWithdrawn {
        update_id: UpdateId,
        /// The day for which the completion was reported.
        reported_on: NaiveDate,
        outcome: ReviewOutcome,
    },
    Cancelled {
        reason: String,
    },
    Reopened {
        reason: String,
    },
    /// An import was undone: its reports are removed, and the assignment has its former progress.
    Restored {
        #[serde(flatten)]
        progress: Progress,
        reason: String,
    },
    ExtensionRequested {
        extension_id: ExtensionId,
        requested_due: String,
        reason: String,
    },
    ExtensionDecided {
        extension_id: ExtensionId,
        outcome: DecisionOutcome,
        comment: Option<String>,
        /// The term that was granted; None for a refusal, and in events from before it was stored.
        #[serde(default)]
        granted_due: Option<String>,
    },
    ExtensionWithdrawn {
        extension_id: ExtensionId,
        cause: WithdrawalCause,
    },
}

impl Event {
    pub(crate) fn created(commitment: &Commitment) -> Self {
        Self::Created {
            code: commitment.code.clone(),
            text: commitment.fields.text.clone(),
            term: RecordedTerm::of_commitment(commitment),
            completion_rule: commitment.fields.completion_rule,
            assignments: commitment.assignments.iter().map(RecordedAssignment::of).collect(),
        }
    }

    /// Returns the report of the event.
    pub(crate) fn update(&self) -> Option<UpdateId> {
        match self {
            Self::Reported { update_id, .. }
            | Self::Reviewed { update_id, .. }
            | Self::ReviewWithdrawn { update_id, .. } => Some(*update_id),
            _ => None,
        }
    }

    /// Returns the event of a report; `imported` is true when a file contained it without the moment of receipt.
    pub(crate) fn reported(update: &Update, imported: bool) -> Self {
        let fields = &update.fields;
        Self::Reported {
            update_id: update.id,
            reported_on: fields.reported_on,
            status: fields.status,
            narrative: fields.narrative.clone(),
            percent: fields.percent,
            quantity: fields.quantity,
            evidence: fields.evidence.len(),
            on_behalf: fields.on_behalf,
            imported,
            from_file: update.imported_by.is_some(),
        }
    }

    /// Returns true if the event closes, opens or reports an assignment, so that an earlier review can no longer be
    /// withdrawn.
    pub(crate) const fn builds_on_review(&self) -> bool {
        matches!(
            self,
            Self::Reported { .. }
                | Self::Reviewed { .. }
                | Self::Cancelled { .. }
                | Self::Reopened { .. }
                | Self::Restored { .. }
        )
    }

    /// Returns the event of a change of a commitment's fields; None without a change.
    pub(crate) fn changed(before: &CommitmentInput, after: &CommitmentInput) -> Option<Self> {
        let (old, new) = differing(before, after)?;
        Some(Self::Changed { before: old, after: new, completion_rule: after.completion_rule })
    }

    /// Returns the event of a change of an assignment's fields; None without a change.
    pub(crate) fn assignment_changed(before: &Assignment, after: &Assignment) -> Option<Self> {
        let (before, after) = differing(&before.fields, &after.fields)?;
        Some(Self::AssignmentChanged { before, after })
    }
}

/// Returns true if the review of this report is the latest event of the assignment: nothing depends on it.
pub(crate) fn stands_alone(events: &[Event], update: UpdateId) -> bool {
    let last = events.iter().rev().find(|event| event.builds_on_review());
    matches!(last, Some(Event::Reviewed { update_id, .. }) if *update_id == update)
}

fn differing<T: Serialize>(before: &T, after: &T) -> Option<(Value, Value)> {
    let fields = |value: &T| serde_json::to_value(value).ok()?.as_object().cloned();
    let (mut old, mut new) = (fields(before)?, fields(after)?);
    let names: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
    for name in names {
        // Not all who read the history may read the note.
        if name == "note" || old.get(&name) == new.get(&name) {
            old.remove(&name);
            new.remove(&name);
        }
    }
    (!old.is_empty() || !new.is_empty()).then(|| (old.into(), new.into()))
}

impl RecordedAssignment {
    pub(crate) fn of(assignment: &Assignment) -> Self {
        Self {
            id: assignment.id,
            institution_id: assignment.fields.institution_id,
            role: assignment.fields.role,
            term: RecordedTerm::of_assignment(assignment),
        }
    }
}

impl RecordedTerm {
    pub(crate) fn of_commitment(commitment: &Commitment) -> Self {
        let due = commitment.fields.due.as_ref().map(ToString::to_string);
        Self { due, due_from: commitment.due_from, due_to: commitment.due_to }
    }

    pub(crate) fn of_assignment(assignment: &Assignment) -> Self {
        let due = assignment.fields.due.as_ref().map(ToString::to_string);
        Self { due, due_from: assignment.due_from, due_to: assignment.due_to }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_builds_on_a_review_when_it_is_the_last_word() {
        let now = crate::clock::Instant::parse("2023-09-01T12:00:00Z").unwrap();
        let (update, other): (UpdateId, UpdateId) = (crate::clock::new_id(now), crate::clock::new_id(now));
        let reviewed = |update_id| Event::Reviewed {
            update_id,
            outcome: ReviewOutcome::Accepted,
            comment: None,
            imported: false,
            from_file: false,
            accepted_below_target: false,
        };
        let reason = || "x".to_owned();
        let changed = Event::AssignmentChanged { before: Value::Null, after: Value::Null };
        assert!(stands_alone(&[reviewed(update)], update));
        assert!(stands_alone(&[reviewed(other), reviewed(update), changed], update));
        assert!(!stands_alone(&[reviewed(update), reviewed(other)], update));
        for later in [Event::Cancelled { reason: reason() }, Event::Reopened { reason: reason() }] {
            assert!(!stands_alone(&[reviewed(update), later], update));
        }
        assert!(!stands_alone(&[], update));
    }

    #[test]
    fn terms_are_shown_with_their_bounds() {
        for (kept, shown) in [
            (json!({"due": "2023-Q2"}), json!({"due": "2023-Q2", "due_from": "2023-04-01", "due_to": "2023-06-30"})),
            (json!({"due": null, "due_to": "2023-06-14"}), json!({"due": null, "due_to": "2023-06-14"})),
            (
                json!({"before": {"due": "2023"}, "reason": "2023"}),
                json!({"before": {"due": "2023", "due_from": "2023-01-01", "due_to": "2023-12-31"}, "reason": "2023"}),
            ),
            (json!(null), json!(null)),
        ] {
            assert_eq!(with_term_bounds(kept), shown);
        }
    }
}
