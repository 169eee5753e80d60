//! `overall_rating` (only figures: the country decides), `highlights`, and successes outside the roadmap.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use super::observations;
use crate::plans::{ItemStatus, PlanItemKind};
use crate::reports::records::{Activity, Item};

/// Counts next steps by status, and commitments completed or overdue. The rating itself is never derived.
pub(super) fn overall(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let items = context.records.roadmap.items_of(PlanItemKind::NextStep);
    let steps: Vec<&Item> = items.filter(|item| item.step.meets(context.from, context.to)).collect();
    let commitments: Vec<_> = context.commitments().collect();
    if steps.is_empty() && commitments.is_empty() {
        return answer;
    }
    let mut parts = vec![context.say("draft-rating", &[])];
    if !steps.is_empty() {
        let with = |status| steps.iter().filter(|item| item.status == status).count();
        let states = [
            ("draft-rating-completed", with(Some(ItemStatus::Completed))),
            ("draft-rating-in-progress", with(Some(ItemStatus::InProgress))),
            ("draft-rating-planned", with(Some(ItemStatus::Planned))),
            ("draft-rating-not-achieved", with(Some(ItemStatus::NotAchieved))),
            ("draft-rating-undecided", with(None)),
        ];
        let counted: Vec<String> = states
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| context.say(key, &[("n", context.number(n))]))
            .collect();
        let args = [("n", context.number(steps.len())), ("states", counted.join("; "))];
        parts.push(context.say("draft-rating-steps", &args));
        for item in steps {
            answer.cite_item(item);
        }
    }
    if !commitments.is_empty() {
        let done = commitments.iter().filter(|one| one.is_completed()).count();
        let figures = [("n", commitments.len()), ("completed", done), ("overdue", context.overdue().len())];
        parts.push(context.say("draft-rating-commitments", &figures.map(|(name, n)| (name, context.number(n)))));
        for commitment in commitments {
            answer.cite_commitment(commitment);
        }
    }
    answer.paragraph(&parts.join(" "));
    answer
}

/// Lists activities marked as highlights by theme; those outside the period come last, under their own heading.
pub(super) fn highlights(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let marked = |one: &&Activity| one.counts() && one.highlight;
    let (inside, outside): (Vec<&Activity>, Vec<&Activity>) =
        context.records.activities.iter().filter(marked).partition(|one| one.meets(context.from, context.to));
    context.by_theme(
        &mut answer,
        &inside,
        |one| &one.themes,
        |answer, activity| context.list_activities(answer, [activity]),
    );
    if !outside.is_empty() {
        answer.paragraph(&context.say("draft-outside", &[("period", context.period())]));
    }
    context.list_activities(&mut answer, outside);
    answer
}

/// Lists successes that people noted, and results that serve no item of the roadmap.
pub(super) fn other_successes(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    observations::successes(context, &mut answer);
    let beyond = |one: &&Activity| one.result.is_some() && !context.records.roadmap.contains_any(&one.plan_item_ids);
    let results: Vec<&Activity> = context.activities().filter(beyond).collect();
    if !results.is_empty() {
        answer.paragraph(&context.say("draft-beyond-roadmap", &[]));
    }
    context.list_activities(&mut answer, results);
    answer
}

/// Answers yes when the records have other successes; without any, the question stays open.
pub(super) fn other_success_flag(context: &Context<'_>) -> AnswerBuilder {
    let mut flag = AnswerBuilder::default();
    let detail = other_successes(context).finish();
    if !detail.is_empty() {
        flag.choose("yes");
        detail.sources.into_iter().for_each(|source| flag.cite(source.kind, source.id, &source.label));
    }
    flag
}
