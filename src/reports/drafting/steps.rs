//! `next_step_status` and `next_period_priorities`.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::plans::PlanItemKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Commitment, Item};
use crate::reports::suggestions::{Evidence, status_label, suggest};
use crate::reports::words::{next_period, sentence};

/// Marks the status that a person set on the plan, else the suggested one, and lists activities and commitments of the
/// period.
pub(super) fn status(context: &Context<'_>, step: &Step) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let Some(item) = context.records.roadmap.item(step.id) else { return answer };
    let branch = context.records.roadmap.branch(step.id);
    let window = (Some(context.from), context.to);
    let evidence = Evidence::gather(&context.records.activities, &context.records.commitments, &branch, window);
    let suggestion = suggest(item, &evidence, context.to, context.words);
    match item.status {
        Some(decided) => answer.choose(decided.as_str()),
        None => {
            answer.choose(suggestion.suggested_status.as_str());
            let reasons: Vec<&str> = suggestion.reasons.iter().map(|reason| reason.message.as_str()).collect();
            let label = status_label(suggestion.suggested_status, context.words.lang);
            let args = [("status", label), ("reasons", reasons.join(" "))];
            answer.paragraph(&context.say("draft-step-suggested", &args));
        }
    }
    answer.cite_item(item);
    if let Some(comment) = &item.comment {
        answer.paragraph(&sentence(&escape_line(comment)));
    }
    if !evidence.activities.is_empty() {
        answer.paragraph(&context.count("draft-step-activities", evidence.activities.len()));
    }
    for activity in &evidence.activities {
        let mut parts = vec![sentence(&context.brief(activity))];
        parts.extend(
            activity
                .result
                .as_ref()
                .map(|text| sentence(&context.say("draft-result", &[("value", escape_line(text))]))),
        );
        parts.extend(context.participants(activity));
        answer.bullet(0, &parts.join(" "));
        answer.cite_activity(activity);
    }
    if !evidence.commitments.is_empty() {
        answer.paragraph(&context.say("draft-step-commitments", &[]));
    }
    for commitment in &evidence.commitments {
        let state = context.say(&format!("status-{}", commitment.status.as_str().replace('_', "-")), &[]);
        answer.bullet(0, &format!("{} {}", context.commitment(commitment), sentence(&state)));
        answer.cite_commitment(commitment);
    }
    answer
}

/// Lists next steps of the next period, open commitments due in it or overdue at its start, and plans that begin in it.
pub(super) fn next_priorities(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let (from, to) = next_period(context.to);
    let follows = |item: &&Item| item.step.period_from.is_some_and(|start| start >= from && start <= to);
    let steps: Vec<&Item> = context.records.roadmap.items_of(PlanItemKind::NextStep).filter(follows).collect();
    if !steps.is_empty() {
        let period = context.words.period(from, to);
        answer.paragraph(&context.say("draft-next-steps", &[("period", period)]));
    }
    for item in steps {
        let mut text = sentence(&escape_line(&item.step.title));
        if let Some(comment) = &item.comment {
            text = format!("{text} {}", sentence(&escape_line(comment)));
        }
        answer.bullet(0, &text);
        answer.cite_item(item);
    }
    let overdue: Vec<&Commitment> = context.commitments().filter(|one| one.overdue_on(from)).collect();
    let due_next = |one: &&Commitment| one.status.is_open() && one.due_to.is_some_and(|due| due >= from && due <= to);
    let due: Vec<&Commitment> = context.commitments().filter(due_next).collect();
    for (key, list) in [("draft-next-due", due), ("draft-next-overdue", overdue)] {
        context.list_commitments(&mut answer, |_| context.say(key, &[]), &list);
    }
    plans(context, &mut answer);
    answer
}

fn plans(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let (from, to) = next_period(context.to);
    let begins = |start: &crate::dates::PartialDate| start.from() >= from && start.from() <= to;
    let announced: Vec<_> =
        context.records.plans.iter().filter(|plan| plan.starts.as_ref().is_some_and(begins)).collect();
    if !announced.is_empty() {
        answer.paragraph(&context.say("draft-next-plans", &[]));
    }
    for plan in announced {
        let when = plan.starts.as_ref().map(|start| context.words.dates(start, plan.ends.as_ref())).unwrap_or_default();
        answer.bullet(0, &format!("{} ({when}).", escape_line(&plan.title)));
        answer.cite(SourceKind::Plan, plan.id, &plan.title);
    }
}
