//! Suggests the status of a next step from the records; a person decides.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{Source, SourceKind};
use super::records::{Activity, Commitment, Item};
use super::words::Words;
use crate::commitments::Verification;
use crate::db::PlanItemId;
use crate::plans::ItemStatus;

/// The suggestion for one next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Suggestion {
    /// The next step.
    pub plan_item_id: PlanItemId,
    /// The label printed on the plan.
    #[schema(examples("Próximo paso 1"))]
    pub label: Option<String>,
    /// Its title.
    #[schema(examples("Implementación de la segunda edición del reconocimiento"))]
    pub title: String,
    /// The status that a person has decided; null without a decision.
    pub status: Option<ItemStatus>,
    /// The status that the records suggest.
    pub suggested_status: ItemStatus,
    /// The reasons, most important first.
    pub reasons: Vec<Reason>,
    /// The records that support it.
    pub sources: Vec<Source>,
}

crate::text_enum! {
    /// Reasons for a suggested status.
    ReasonCode {
        CommitmentsFulfilled = "commitments_fulfilled",
        TargetReached = "target_reached",
        ActivitiesRecorded = "activities_recorded",
        CommitmentsMoving = "commitments_moving",
        NothingRecorded = "nothing_recorded",
        TermAhead = "term_ahead",
        PeriodOver = "period_over",
    }
}

/// A reason for a suggested status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SuggestionReason)]
pub(super) struct Reason {
    /// `commitments_fulfilled`, `target_reached`, `activities_recorded`, `commitments_moving`, `nothing_recorded`,
    /// `term_ahead` or `period_over`.
    #[schema(value_type = String, examples("activities_recorded"))]
    pub code: ReasonCode,
    /// A sentence in the reader's language.
    #[schema(examples("Hay 3 actividades registradas."))]
    pub message: String,
}

/// The suggestions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Suggestions {
    /// One per next step, in order of position.
    pub items: Vec<Suggestion>,
}

/// The records about one next step: activities of its time, and commitments that are not cancelled.
pub(super) struct Evidence<'a> {
    pub activities: Vec<&'a Activity>,
    pub commitments: Vec<&'a Commitment>,
}

impl<'a> Evidence<'a> {
    /// Selects validated activities of the period and commitments that serve any of `items`.
    pub(super) fn gather(
        activities: &'a [Activity],
        commitments: &'a [Commitment],
        items: &[PlanItemId],
        (from, to): (Option<NaiveDate>, NaiveDate),
    ) -> Self {
        let in_time =
            |one: &Activity| one.span().is_none_or(|(start, end)| start <= to && from.is_none_or(|from| end >= from));
        Self {
            activities: activities.iter().filter(|one| one.counts() && one.serves(items) && in_time(one)).collect(),
            commitments: commitments.iter().filter(|one| one.counts() && one.serves(items)).collect(),
        }
    }
}

/// Suggests a status as of a day.
///
/// All commitments fulfilled, or every measured target reached by accepted reports: completed. Anything recorded or
/// reported: in progress. Nothing recorded, and the period is over with no later term: not achieved. Else: planned.
pub(super) fn suggest(item: &Item, evidence: &Evidence<'_>, day: NaiveDate, words: Words<'_>) -> Suggestion {
    let (suggested_status, reasons) = decide(item, evidence, day);
    let reasons = reasons.into_iter().map(|(code, n)| Reason { code, message: message(code, n, words) }).collect();
    let commitment =
        |one: &&Commitment| Source { kind: SourceKind::Commitment, id: one.id.to_string(), label: one.code.clone() };
    let activity =
        |one: &&Activity| Source { kind: SourceKind::Activity, id: one.id.to_string(), label: one.title.clone() };
    Suggestion {
        plan_item_id: item.step.id,
        label: item.step.label.clone(),
        title: item.step.title.clone(),
        status: item.status,
        suggested_status,
        reasons,
        sources: evidence.commitments.iter().map(commitment).chain(evidence.activities.iter().map(activity)).collect(),
    }
}

/// Returns the suggested status alone.
pub(super) fn suggested_status(item: &Item, evidence: &Evidence<'_>, day: NaiveDate) -> ItemStatus {
    decide(item, evidence, day).0
}

type Reasons = Vec<(ReasonCode, usize)>;

fn decide(item: &Item, evidence: &Evidence<'_>, day: NaiveDate) -> (ItemStatus, Reasons) {
    let commitments = &evidence.commitments;
    let done = commitments.iter().filter(|one| one.is_completed()).count();
    if !commitments.is_empty() && done == commitments.len() {
        return (ItemStatus::Completed, vec![(ReasonCode::CommitmentsFulfilled, done)]);
    }
    if let Some(targets) = targets_reached(commitments) {
        return (ItemStatus::Completed, vec![(ReasonCode::TargetReached, targets)]);
    }
    let moving = commitments.iter().filter(|one| one.has_moved()).count();
    let mut reasons = Vec::new();
    if !evidence.activities.is_empty() {
        reasons.push((ReasonCode::ActivitiesRecorded, evidence.activities.len()));
    }
    if moving > 0 {
        reasons.push((ReasonCode::CommitmentsMoving, moving));
    }
    if !reasons.is_empty() {
        return (ItemStatus::InProgress, reasons);
    }
    reasons.push((ReasonCode::NothingRecorded, 0));
    let ahead =
        commitments.iter().filter(|one| one.status.is_open() && one.due_to.is_some_and(|due| due > day)).count();
    let has_begun = item.step.period_from.is_none_or(|start| start <= day);
    let over = has_begun && item.step.period_to.is_some_and(|end| end <= day);
    match (over, ahead) {
        (true, 0) => {
            reasons.push((ReasonCode::PeriodOver, 0));
            (ItemStatus::NotAchieved, reasons)
        }
        (_, 0) => (ItemStatus::Planned, reasons),
        _ => {
            reasons.push((ReasonCode::TermAhead, ahead));
            (ItemStatus::Planned, reasons)
        }
    }
}

/// Returns the number of assignments with a target, if accepted reports have reached every target.
fn targets_reached(commitments: &[&Commitment]) -> Option<usize> {
    let mut measured = 0;
    for assignment in commitments.iter().flat_map(|one| one.live()) {
        let (target, _) = assignment.target.as_ref()?;
        let reached = assignment.quantity.is_some_and(|quantity| quantity >= *target);
        if !reached || assignment.verification != Verification::Accepted {
            return None;
        }
        measured += 1;
    }
    (measured > 0).then_some(measured)
}

fn message(code: ReasonCode, n: usize, words: Words<'_>) -> String {
    let key = format!("reason-{}", code.as_str().replace('_', "-"));
    match code {
        ReasonCode::NothingRecorded | ReasonCode::PeriodOver => words.say(&key, &[]),
        _ => words.count(&key, n),
    }
}

crate::nothing_restricted!(Suggestions);
