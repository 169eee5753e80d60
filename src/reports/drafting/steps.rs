//! `next_step_status` and `next_period_priorities`.

use super::frame::Frame;
use super::sheet::Sheet;
use crate::plans::PlanItemKind;
use crate::reports::model::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Commitment, Item};
use crate::reports::suggestions::{Evidence, status_label, suggest};
use crate::reports::words::{next_period, plain, sentence};

/// The status that a person set on the plan, else the one that the record suggests, with what was done in the period.
pub fn status(frame: &Frame<'_>, step: &Step) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(item) = frame.records.roadmap.item(step.id) else { return sheet };
    let branch = frame.records.roadmap.branch(step.id);
    let window = (Some(frame.from), frame.to);
    let evidence = Evidence::gather(&frame.records.activities, &frame.records.commitments, &branch, window);
    let suggestion = suggest(item, &evidence, frame.to, frame.words);
    match item.status {
        Some(decided) => sheet.choose(decided.as_str()),
        None => {
            sheet.choose(suggestion.suggested_status.as_str());
            let reasons: Vec<&str> = suggestion.reasons.iter().map(|reason| reason.message.as_str()).collect();
            let label = status_label(suggestion.suggested_status, frame.words.lang);
            let args = [("status", label), ("reasons", reasons.join(" "))];
            sheet.paragraph(&frame.say("draft-step-suggested", &args));
        }
    }
    sheet.cite(SourceKind::PlanItem, step.id, &step.title);
    if let Some(comment) = &item.comment {
        sheet.paragraph(&sentence(&plain(comment)));
    }
    if !evidence.activities.is_empty() {
        sheet.paragraph(&frame.count("draft-step-activities", evidence.activities.len()));
    }
    for activity in &evidence.activities {
        let mut parts = vec![sentence(&frame.brief(activity))];
        parts.extend(
            activity.result.as_ref().map(|text| sentence(&frame.say("draft-result", &[("value", plain(text))]))),
        );
        parts.extend(frame.participants(activity));
        sheet.bullet(0, &parts.join(" "));
        frame.cite_activity(&mut sheet, activity);
    }
    if !evidence.commitments.is_empty() {
        sheet.paragraph(&frame.say("draft-step-commitments", &[]));
    }
    for commitment in &evidence.commitments {
        let state = frame.say(&format!("status-{}", commitment.status.replace('_', "-")), &[]);
        sheet.bullet(0, &format!("{} {}", frame.commitment(commitment), sentence(&state)));
        frame.cite_commitment(&mut sheet, commitment);
    }
    sheet
}

/// Next steps of the period that follows, commitments due in it or overdue already, and plans announced for it.
pub fn next_priorities(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let (from, to) = next_period(frame.to);
    let follows = |item: &&Item| {
        item.kind == PlanItemKind::NextStep && item.step.period_from.is_some_and(|start| start >= from && start <= to)
    };
    let steps: Vec<&Item> = frame.records.roadmap.items.iter().filter(follows).collect();
    if !steps.is_empty() {
        let period = frame.words.period(from, to);
        sheet.paragraph(&frame.say("draft-next-steps", &[("period", period)]));
    }
    for item in steps {
        let mut text = sentence(&plain(&item.step.title));
        if let Some(comment) = &item.comment {
            text = format!("{text} {}", sentence(&plain(comment)));
        }
        sheet.bullet(0, &text);
        sheet.cite(SourceKind::PlanItem, item.step.id, &item.step.title);
    }
    let overdue: Vec<&Commitment> = frame.commitments().filter(|one| one.was_overdue_on(frame.to)).collect();
    let due_next = |one: &&Commitment| one.is_open() && one.due_to.is_some_and(|due| due >= from && due <= to);
    let due: Vec<&Commitment> = frame.commitments().filter(due_next).collect();
    for (key, list) in [("draft-next-due", due), ("draft-next-overdue", overdue)] {
        if !list.is_empty() {
            sheet.paragraph(&frame.say(key, &[]));
        }
        for commitment in list {
            sheet.bullet(0, &frame.commitment(commitment));
            frame.cite_commitment(&mut sheet, commitment);
        }
    }
    plans(frame, &mut sheet);
    sheet
}

fn plans(frame: &Frame<'_>, sheet: &mut Sheet) {
    let (from, to) = next_period(frame.to);
    let begins = |start: &crate::dates::PartialDate| start.from() >= from && start.from() <= to;
    let announced: Vec<_> =
        frame.records.plans.iter().filter(|plan| plan.starts.as_ref().is_some_and(begins)).collect();
    if !announced.is_empty() {
        sheet.paragraph(&frame.say("draft-next-plans", &[]));
    }
    for plan in announced {
        let when = plan.starts.as_ref().map(|start| frame.words.dates(start, plan.ends.as_ref())).unwrap_or_default();
        sheet.bullet(0, &format!("{} ({when}).", plain(&plan.title)));
        sheet.cite(SourceKind::Plan, plan.id, &plan.title);
    }
}
