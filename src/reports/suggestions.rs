//! What the record suggests about a next step: not begun, under way, done, or not achieved. A person decides.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Source, SourceKind};
use super::records::{Activity, Commitment, Item};
use super::words::Words;
use crate::db::PlanItemId;
use crate::i18n::Lang;
use crate::plans::ItemStatus;

/// What the record suggests for one next step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The next step.
    pub plan_item_id: PlanItemId,
    /// As printed on the plan.
    #[schema(examples("Próximo paso 1"))]
    pub label: Option<String>,
    /// Its title.
    #[schema(examples("Implementación de la segunda edición del reconocimiento"))]
    pub title: String,
    /// What a person has decided; null as long as nobody has.
    pub status: Option<ItemStatus>,
    /// What the record suggests.
    pub suggested_status: ItemStatus,
    /// Why, in the order of their weight.
    pub reasons: Vec<Reason>,
    /// The records that it rests on.
    pub sources: Vec<Source>,
}

/// Why a status is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SuggestionReason)]
pub struct Reason {
    /// `commitments_fulfilled`, `target_reached`, `activities_recorded`, `commitments_moving`, `nothing_recorded`,
    /// `term_ahead` or `period_over`.
    #[schema(examples("activities_recorded"))]
    pub code: &'static str,
    /// A sentence in the reader's language.
    #[schema(examples("Hay 3 actividades registradas."))]
    pub message: String,
}

/// The suggestions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestions {
    /// One a next step, in order of position.
    pub items: Vec<Suggestion>,
}

/// What is known of one next step: the activities of its time and the live commitments that it names.
pub struct Evidence<'a> {
    pub activities: Vec<&'a Activity>,
    pub commitments: Vec<&'a Commitment>,
}

impl<'a> Evidence<'a> {
    /// Validated activities that meet the window and live commitments, of those linked to any of `items`.
    pub fn gather(
        activities: &'a [Activity],
        commitments: &'a [Commitment],
        items: &[PlanItemId],
        (from, to): (Option<NaiveDate>, NaiveDate),
    ) -> Self {
        let linked = |ids: &[PlanItemId]| ids.iter().any(|id| items.contains(id));
        let in_time =
            |one: &Activity| one.span().is_none_or(|(start, end)| start <= to && from.is_none_or(|from| end >= from));
        Self {
            activities: activities
                .iter()
                .filter(|one| one.counts() && linked(&one.plan_item_ids) && in_time(one))
                .collect(),
            commitments: commitments
                .iter()
                .filter(|one| !one.restricted && one.status != "cancelled" && linked(&one.plan_item_ids))
                .collect(),
        }
    }
}

/// What the record suggests on a day.
///
/// All commitments fulfilled, or every measured target reached by accepted reports: completed. Anything recorded or
/// reported: in progress. Nothing, and the period is over with no later term: not achieved. Else: planned.
pub fn suggest(item: &Item, evidence: &Evidence<'_>, day: NaiveDate, words: Words<'_>) -> Suggestion {
    let (suggested_status, reasons) = decide(item, evidence, day);
    let reasons = reasons.into_iter().map(|(code, n)| Reason { code, message: message(code, n, words) }).collect();
    let mut sources: Vec<Source> = Vec::new();
    for one in &evidence.commitments {
        sources.push(Source { kind: SourceKind::Commitment, id: one.id.to_string(), label: one.code.clone() });
    }
    for one in &evidence.activities {
        sources.push(Source { kind: SourceKind::Activity, id: one.id.to_string(), label: one.title.clone() });
    }
    Suggestion {
        plan_item_id: item.step.id,
        label: item.step.label.clone(),
        title: item.step.title.clone(),
        status: item.status,
        suggested_status,
        reasons,
        sources,
    }
}

type Reasons = Vec<(&'static str, usize)>;

fn decide(item: &Item, evidence: &Evidence<'_>, day: NaiveDate) -> (ItemStatus, Reasons) {
    let promised = &evidence.commitments;
    let done = promised.iter().filter(|one| one.is_completed()).count();
    if !promised.is_empty() && done == promised.len() {
        return (ItemStatus::Completed, vec![("commitments_fulfilled", done)]);
    }
    if let Some(targets) = targets_reached(promised) {
        return (ItemStatus::Completed, vec![("target_reached", targets)]);
    }
    let moving = promised.iter().filter(|one| one.has_moved()).count();
    let mut reasons = Vec::new();
    if !evidence.activities.is_empty() {
        reasons.push(("activities_recorded", evidence.activities.len()));
    }
    if moving > 0 {
        reasons.push(("commitments_moving", moving));
    }
    if !reasons.is_empty() {
        return (ItemStatus::InProgress, reasons);
    }
    reasons.push(("nothing_recorded", 0));
    let ahead = promised.iter().filter(|one| one.is_open() && one.due_to.is_some_and(|due| due > day)).count();
    let over = item.step.period_to.is_some_and(|end| end <= day);
    match (over, ahead) {
        (true, 0) => {
            reasons.push(("period_over", 0));
            (ItemStatus::NotAchieved, reasons)
        }
        (_, 0) => (ItemStatus::Planned, reasons),
        _ => {
            reasons.push(("term_ahead", ahead));
            (ItemStatus::Planned, reasons)
        }
    }
}

/// How many measured parts there are, when every one of them has reached its target by an accepted report.
fn targets_reached(promised: &[&Commitment]) -> Option<usize> {
    let mut measured = 0;
    for assignment in promised.iter().flat_map(|one| one.live()) {
        let (target, _) = assignment.target.as_ref()?;
        let reached = assignment.quantity.is_some_and(|quantity| quantity >= *target);
        if !reached || assignment.verification != "accepted" {
            return None;
        }
        measured += 1;
    }
    (measured > 0).then_some(measured)
}

fn message(code: &'static str, n: usize, words: Words<'_>) -> String {
    let key = format!("reason-{}", code.replace('_', "-"));
    match code {
        "nothing_recorded" | "period_over" => words.say(&key, &[]),
        _ => words.count(&key, n),
    }
}

/// The name of a status as the questionnaire gives it.
pub fn status_label(status: ItemStatus, lang: Lang) -> String {
    let key = format!("option-next-step-status-{}", status.as_str().replace('_', "-"));
    crate::i18n::text(lang, &key, &[])
}

crate::nothing_restricted!(Suggestions);
