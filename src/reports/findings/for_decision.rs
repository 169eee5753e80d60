//! Notes beside the drafts of questions that people decide, and the gaps of the records that a draft does not state.

use chrono::NaiveDate;

use super::Code;
use crate::commitments::Status;
use crate::db::PlanItemId;
use crate::plans::{ItemStatus, PlanItemKind};
use crate::reports::answer::{Source, SourceKind};
use crate::reports::questionnaire::Asked;
use crate::reports::records::{Activity, Commitment, Item, Records};
use crate::reports::stored_answers::{DraftedAnswer, Note};
use crate::reports::suggestions::{Evidence, suggested_status};

type Period = (NaiveDate, NaiveDate);

/// Returns the notes of a question.
pub(super) fn notes(records: &Records, period: Period, asked: &Asked<'_>, draft: &DraftedAnswer) -> Vec<Note> {
    let mut notes = match asked.question.key {
        "next_step_status" => suggestion(records, period, asked),
        "overall_rating" => rating(records, period),
        "anticipated_challenges" => risks(records, records.as_of(period.1)),
        "evidence_challenges" => not_reported(records, period),
        "priority_progress" => left_out(records, period, asked),
        "roadmap_review_needed" => priorities_over(records, period.0),
        "pathfinder_useful" | "pathfinder_impact" => last_report(draft),
        "intl_partner_detail" => without_type(records, period),
        _ => Vec::new(),
    };
    notes.extend(translations(records, draft));
    notes
}

fn note(code: Code, name: &str, records: Vec<Source>, counts: Option<(usize, usize)>) -> Vec<Note> {
    if records.is_empty() && counts.is_none() {
        return Vec::new();
    }
    vec![Note { code, name: name.to_owned(), records, counts }]
}

fn of_commitment(one: &Commitment) -> Source {
    Source { kind: SourceKind::Commitment, id: one.id.to_string(), label: one.code.clone() }
}

fn of_activity(one: &Activity) -> Source {
    Source { kind: SourceKind::Activity, id: one.id.to_string(), label: one.title.clone() }
}

fn of_item(one: &Item) -> Source {
    Source { kind: SourceKind::PlanItem, id: one.step.id.to_string(), label: one.step.title.clone() }
}

/// Notes the status that the records suggest, where a person has set none.
fn suggestion(records: &Records, period: Period, asked: &Asked<'_>) -> Vec<Note> {
    let item = asked.step.and_then(|step| records.roadmap.item(step.id));
    let Some(item) = item else { return Vec::new() };
    let Some(status) = suggested_step(records, period, item.step.id) else { return Vec::new() };
    note(Code::ForDecision, &format!("suggested_{}", status.as_str()), vec![of_item(item)], None)
}

/// Returns the status that the records suggest for a next step, where a person has set none.
pub(crate) fn suggested_step(records: &Records, (from, to): Period, step: PlanItemId) -> Option<ItemStatus> {
    let item = records.roadmap.item(step).filter(|item| item.status.is_none())?;
    let branch = records.roadmap.branch(item.step.id);
    // As on the page of the plan: a step that began before the period is judged by all that was done for it.
    let since = item.step.period_from.map_or(from, |start| start.min(from));
    let evidence = Evidence::gather(&records.activities, &records.commitments, &branch, (Some(since), to));
    Some(suggested_status(item, &evidence, records.as_of(to)))
}

/// Counts the next steps completed and the commitments fulfilled.
fn rating(records: &Records, (from, to): Period) -> Vec<Note> {
    let steps = records.roadmap.items_of(PlanItemKind::NextStep).filter(|item| item.step.meets(from, to));
    let steps: Vec<&Item> = steps.collect();
    let completed = steps.iter().filter(|item| item.status == Some(ItemStatus::Completed)).count();
    let commitments: Vec<&Commitment> = records.commitments.iter().filter(|one| one.counts()).collect();
    let done = commitments.iter().filter(|one| one.is_completed()).count();
    let mut notes = Vec::new();
    for (name, count, all) in
        [("rating_steps", completed, steps.len()), ("rating_commitments", done, commitments.len())]
    {
        if all > 0 {
            notes.extend(note(Code::ForDecision, name, Vec::new(), Some((count, all))));
        }
    }
    notes
}

/// Notes commitments overdue without a report of completion, and open ones for which nobody is responsible.
fn risks(records: &Records, to: NaiveDate) -> Vec<Note> {
    let counted = || records.commitments.iter().filter(|one| one.counts());
    let reported = |one: &Commitment| {
        let mut live = one.live().peekable();
        live.peek().is_some() && live.all(|part| part.status == Status::Completed)
    };
    let overdue = counted().filter(|one| one.overdue_on(to) && !reported(one)).map(of_commitment).collect();
    let unassigned = counted().filter(|one| one.status.is_open() && one.live().next().is_none());
    let unassigned = unassigned.map(of_commitment).collect();
    let mut notes = note(Code::RecordGap, "overdue", overdue, None);
    notes.extend(note(Code::RecordGap, "unassigned", unassigned, None));
    notes
}

/// Notes institutions with open commitments and no progress report in the period.
fn not_reported(records: &Records, (from, to): Period) -> Vec<Note> {
    let mut asked = Vec::new();
    let mut answered = Vec::new();
    for assignment in records.commitments.iter().filter(|one| one.counts()).flat_map(Commitment::live) {
        if assignment.completed_on.is_some_and(|day| day < from) {
            continue;
        }
        asked.push(assignment.institution_id);
        if assignment.reported_in(from, to) {
            answered.push(assignment.institution_id);
        }
    }
    asked.retain(|id| !answered.contains(id));
    asked.sort_unstable();
    asked.dedup();
    let source = |id: crate::db::InstitutionId| {
        let label = records.institution_name(id).to_owned();
        Source { kind: SourceKind::Institution, id: id.to_string(), label }
    };
    note(Code::RecordGap, "not_reported", asked.into_iter().map(source).collect(), None)
}

/// Notes the activities of a priority that the draft leaves out: those not validated; restricted ones are only counted.
fn left_out(records: &Records, (from, to): Period, asked: &Asked<'_>) -> Vec<Note> {
    let Some(step) = asked.step else { return Vec::new() };
    let branch = records.roadmap.branch(step.id);
    let own = || records.activities.iter().filter(|one| one.serves(&branch) && one.meets(from, to));
    let waiting = own().filter(|one| !one.is_validated() && !one.restricted).map(of_activity).collect();
    let restricted = own().filter(|one| one.is_validated() && one.restricted).count();
    let mut notes = note(Code::RecordGap, "unvalidated", waiting, None);
    if restricted > 0 {
        notes.extend(note(Code::RecordGap, "restricted", Vec::new(), Some((restricted, restricted))));
    }
    notes
}

/// Notes the priorities whose own period is over; a title that names a later year is not.
fn priorities_over(records: &Records, from: NaiveDate) -> Vec<Note> {
    use chrono::Datelike;
    let names_later_year = |title: &str| {
        let words = crate::text::fold_words(title);
        words.split(' ').filter_map(|word| word.parse::<i32>().ok()).any(|year| (from.year()..=2200).contains(&year))
    };
    let is_over =
        |item: &&Item| item.step.period_to.is_some_and(|end| end < from) && !names_later_year(&item.step.title);
    let over = records.roadmap.items_of(PlanItemKind::Priority).filter(is_over).map(of_item).collect();
    note(Code::ForDecision, "priorities_over", over, None)
}

fn last_report(draft: &DraftedAnswer) -> Vec<Note> {
    let sources = draft.sources.iter().filter(|one| one.kind == SourceKind::Report).cloned().collect();
    note(Code::ForDecision, "from_last_report", sources, None)
}

/// Notes international bodies that took part in activities and have no type of partner.
fn without_type(records: &Records, (from, to): Period) -> Vec<Note> {
    let active = records.activities.iter().filter(|one| one.counts() && one.meets(from, to));
    let mut ids: Vec<_> = active.flat_map(Activity::parties).collect();
    ids.sort_unstable();
    ids.dedup();
    let untyped = |id: &crate::db::InstitutionId| {
        let one = records.institutions.get(id)?;
        let is_partner = one.is_international(&records.country_code) && one.partner_type.is_none();
        let label = one.name.clone();
        is_partner.then(|| Source { kind: SourceKind::Institution, id: id.to_string(), label })
    };
    note(Code::PartnerTypeMismatch, "partner_without_type", ids.iter().filter_map(untyped).collect(), None)
}

/// Notes the cited records whose texts have no English translation. An answer without words shows none of their texts.
fn translations(records: &Records, draft: &DraftedAnswer) -> Vec<Note> {
    let cited: &[Source] = if draft.has_words() { &draft.sources } else { &[] };
    let missing = records.without_translation(cited, crate::i18n::Lang::En);
    note(Code::TranslationMissing, "translation_missing", missing, None)
}
