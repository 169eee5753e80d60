//! `overall_rating` (figures alone: the country decides), `highlights`, and successes outside the roadmap.

use super::frame::Frame;
use super::observations;
use super::sheet::Sheet;
use crate::plans::{ItemStatus, PlanItemKind};
use crate::reports::model::SourceKind;
use crate::reports::records::{Activity, Item};

/// How many steps are done and how many commitments fulfilled or overdue. The rating itself is never derived.
pub fn rating(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let of_period = |item: &&Item| item.kind == PlanItemKind::NextStep && item.step.meets(frame.from, frame.to);
    let steps: Vec<&Item> = frame.records.roadmap.items.iter().filter(of_period).collect();
    let commitments: Vec<_> = frame.commitments().collect();
    if steps.is_empty() && commitments.is_empty() {
        return sheet;
    }
    let mut parts = vec![frame.say("draft-rating", &[])];
    if !steps.is_empty() {
        let with = |status| steps.iter().filter(|item| item.status == status).count();
        let states = [
            ("draft-rating-completed", with(Some(ItemStatus::Completed))),
            ("draft-rating-in-progress", with(Some(ItemStatus::InProgress))),
            ("draft-rating-planned", with(Some(ItemStatus::Planned))),
            ("draft-rating-not-achieved", with(Some(ItemStatus::NotAchieved))),
            ("draft-rating-undecided", with(None)),
        ];
        let told: Vec<String> = states
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| frame.say(key, &[("n", frame.number(n))]))
            .collect();
        let args = [("n", frame.number(steps.len())), ("states", told.join("; "))];
        parts.push(frame.say("draft-rating-steps", &args));
        for item in steps {
            sheet.cite(SourceKind::PlanItem, item.step.id, &item.step.title);
        }
    }
    if !commitments.is_empty() {
        let done = commitments.iter().filter(|one| one.is_completed()).count();
        let overdue = commitments.iter().filter(|one| one.was_overdue_on(frame.to)).count();
        let figures = [("n", commitments.len()), ("completed", done), ("overdue", overdue)];
        parts.push(frame.say("draft-rating-commitments", &figures.map(|(name, n)| (name, frame.number(n)))));
        for commitment in commitments {
            frame.cite_commitment(&mut sheet, commitment);
        }
    }
    sheet.paragraph(&parts.join(" "));
    sheet
}

/// Activities marked as highlights, by theme; those outside the period stand apart.
pub fn highlights(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let marked = |one: &&Activity| one.counts() && one.highlight;
    let (inside, outside): (Vec<&Activity>, Vec<&Activity>) =
        frame.records.activities.iter().filter(marked).partition(|one| one.meets(frame.from, frame.to));
    frame.by_theme(
        &mut sheet,
        &inside,
        |one| &one.themes,
        |sheet, activity| {
            sheet.bullet(0, &frame.tell(activity));
            frame.cite_activity(sheet, activity);
        },
    );
    if !outside.is_empty() {
        sheet.paragraph(&frame.say("draft-outside", &[("period", frame.period())]));
    }
    for activity in outside {
        sheet.bullet(0, &frame.tell(activity));
        frame.cite_activity(&mut sheet, activity);
    }
    sheet
}

/// Successes that people noted, and results that belong to no item of the roadmap.
pub fn other_successes(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    observations::successes(frame, &mut sheet);
    let beyond = |one: &&Activity| one.result.is_some() && !frame.records.roadmap.holds(&one.plan_item_ids);
    let results: Vec<&Activity> = frame.activities().filter(beyond).collect();
    if !results.is_empty() {
        sheet.paragraph(&frame.say("draft-beyond-roadmap", &[]));
    }
    for activity in results {
        sheet.bullet(0, &frame.tell(activity));
        frame.cite_activity(&mut sheet, activity);
    }
    sheet
}

/// Yes when the record holds other successes; that it holds none does not mean no.
pub fn other_success_flag(frame: &Frame<'_>) -> Sheet {
    let mut flag = Sheet::default();
    let detail = other_successes(frame).done();
    if !detail.is_empty() {
        flag.choose("yes");
        detail.sources.into_iter().for_each(|source| flag.cite(source.kind, source.id, &source.label));
    }
    flag
}
