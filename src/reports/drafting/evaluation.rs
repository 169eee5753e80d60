//! The evaluation of progress: the records as a tool, their gaps, and the parties that took part.

use super::answer_builder::AnswerBuilder;
use super::context::{Context, linked};
use super::participation::{Participation, by_institution};
use crate::db::InstitutionId;
use crate::meetings::MeetingKind;
use crate::rendering::escape_line;
use crate::reports::answer::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Meeting};
use crate::reports::words::sentence;

/// `evaluation_tools`: the commissions' own records are a tool of the type "others".
pub(super) fn tools(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let (activities, meetings) = (context.activities().count(), context.meetings().count());
    if activities + meetings > 0 {
        answer.choose("other");
        answer.other(context.say("draft-tools-other", &[]));
        cite_commissions(context, &mut answer);
    }
    answer
}

fn cite_commissions(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let mut ids: Vec<_> = context.activities().flat_map(|one| one.commission_ids.iter().copied()).collect();
    ids.extend(context.meetings().flat_map(|one| one.commission_ids.iter().copied()));
    for commission in context.records.commissions.iter().filter(|one| ids.contains(&one.id)) {
        answer.cite_commission(commission);
    }
}

/// `evaluation_tools_detail`: figures of the records and their means of verification.
pub(super) fn tools_detail(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let activities: Vec<&Activity> = context.activities().collect();
    let meetings: Vec<&Meeting> = context.meetings().collect();
    if activities.is_empty() && meetings.is_empty() {
        return answer;
    }
    answer.paragraph(&context.say("draft-tools-record", &[("period", context.period())]));
    answer.bullet(0, &per_commission(context, &activities));
    if !meetings.is_empty() {
        let args = [
            ("meetings", context.count("draft-meetings", meetings.len())),
            ("minutes", context.number(meetings.iter().filter(|one| one.minutes.is_some()).count())),
            ("approved", context.number(meetings.iter().filter(|one| one.has_approved_minutes()).count())),
        ];
        answer.bullet(0, &context.say("draft-tools-meetings", &args));
    }
    followed_up(context, &mut answer);
    let proven: Vec<&&Activity> = activities.iter().filter(|one| !one.evidence.is_empty()).collect();
    if !proven.is_empty() {
        answer.paragraph(&context.count("draft-tools-evidence", proven.iter().map(|one| one.evidence.len()).sum()));
    }
    for activity in proven {
        let proofs: Vec<String> = activity.evidence.iter().map(linked).collect();
        answer.bullet(0, &sentence(&format!("{}: {}", escape_line(&activity.title), proofs.join("; "))));
        answer.cite_activity(activity);
    }
    meetings.iter().for_each(|meeting| answer.cite_meeting(meeting));
    cite_commissions(context, &mut answer);
    answer
}

/// Writes `67 actividades registradas: CIGTPE 12; CPETI 9; sin comisión 20.`
fn per_commission(context: &Context<'_>, activities: &[&Activity]) -> String {
    let mut parts = Vec::new();
    for commission in &context.records.commissions {
        let own = activities.iter().filter(|one| one.commission_ids.contains(&commission.id)).count();
        if own > 0 {
            parts.push(format!("{} {}", escape_line(commission.label()), context.number(own)));
        }
    }
    let without = activities.iter().filter(|one| one.commission_ids.is_empty()).count();
    if without > 0 {
        parts.push(context.say("draft-without-commission", &[("n", context.number(without))]));
    }
    let total = context.count("draft-activities-validated", activities.len());
    let joint = activities.iter().any(|one| one.commission_ids.len() > 1);
    let note = if joint { format!(" {}", context.say("draft-joint-note", &[])) } else { String::new() };
    format!("{}{note}", sentence(&format!("{total}: {}", parts.join("; "))))
}

/// Counts agreements with progress reports on their commitments in the period.
fn followed_up(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let reported: Vec<_> = context.commitments().filter(|one| one.reported_in(context.from, context.to)).collect();
    if reported.is_empty() {
        return;
    }
    let mut agreements: Vec<_> = reported.iter().filter_map(|one| one.agreement_id).collect();
    agreements.sort_unstable();
    agreements.dedup();
    let args = [
        ("commitments", context.count("draft-commitment-count", reported.len())),
        ("agreements", context.count("draft-agreement-count", agreements.len())),
    ];
    answer.bullet(0, &context.say("draft-tools-followed", &args));
    reported.iter().for_each(|commitment| answer.cite_commitment(commitment));
}

/// `evidence_challenges`: institutions that did not report, and gaps of the records.
pub(super) fn evidence_challenges(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    silent_institutions(context, &mut answer);
    let unproven: Vec<_> = context.commitments().filter(|one| one.is_completed() && !one.has_evidence()).collect();
    if !unproven.is_empty() {
        answer.bullet(0, &context.count("draft-gap-commitments", unproven.len()));
        unproven.iter().for_each(|one| answer.cite_commitment(one));
    }
    let activities: Vec<&Activity> = context.activities().collect();
    let trainings: Vec<&Activity> = activities.iter().copied().filter(|one| one.kind.is_training()).collect();
    gap(context, &mut answer, "draft-gap-participants", &trainings, |one| one.participants.total.is_none());
    gap(context, &mut answer, "draft-gap-dates", &trainings, |one| one.starts.is_none());
    gap(context, &mut answer, "draft-gap-evidence", &activities, |one| one.evidence.is_empty());
    gap(context, &mut answer, "draft-gap-result", &activities, |one| {
        one.result.is_none() && one.expected_result.is_none()
    });
    answer
}

/// Counts the activities that lack something.
fn gap(
    context: &Context<'_>,
    answer: &mut AnswerBuilder,
    key: &str,
    all: &[&Activity],
    lacks: impl Fn(&Activity) -> bool,
) {
    let missing: Vec<&&Activity> = all.iter().filter(|one| lacks(one)).collect();
    if missing.is_empty() {
        return;
    }
    let args = [("missing", context.number(missing.len())), ("all", context.number(all.len()))];
    answer.bullet(0, &context.say(key, &args));
    missing.iter().for_each(|one| answer.cite_activity(one));
}

/// Lists institutions with open assignments that did not report in the period.
fn silent_institutions(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let mut asked: Vec<InstitutionId> = Vec::new();
    let mut answered: Vec<InstitutionId> = Vec::new();
    for commitment in context.commitments() {
        for assignment in commitment.live() {
            let done_before = assignment.completed_on.is_some_and(|day| day < context.from);
            if done_before {
                continue;
            }
            asked.push(assignment.institution_id);
            if assignment.reported_in(context.from, context.to) {
                answered.push(assignment.institution_id);
            }
        }
    }
    asked.sort_unstable();
    asked.dedup();
    let silent: Vec<InstitutionId> = asked.iter().copied().filter(|id| !answered.contains(id)).collect();
    if silent.is_empty() {
        return;
    }
    let args = [
        ("missing", context.number(silent.len())),
        ("all", context.number(asked.len())),
        ("names", context.institutions(&silent)),
    ];
    answer.bullet(0, &context.say("draft-gap-reports", &args));
    for id in silent {
        answer.cite(SourceKind::Institution, id, context.records.institution_name(id));
    }
}

/// `stakeholder_involvement`: parties outside the state that attended meetings or carried out activities.
///
/// A party that attended a meeting is informed; a working meeting, consulted; a meeting with approved minutes,
/// validating. A party that carried out an activity is implementing.
pub(super) fn stakeholders(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    for (id, work) in by_institution(context, |_| false) {
        let Some(institution) = context.records.institutions.get(&id) else { continue };
        let takes_part = !work.meetings.is_empty() || !work.activities.is_empty();
        if institution.is_of_a_state() || !takes_part {
            continue;
        }
        let sentences: Vec<String> = [work.attended(context), work.took_part(context)].into_iter().flatten().collect();
        answer.row(AnswerRow {
            stakeholder: Some(institution.name.clone()),
            involvement: Some(sentences.join(" ")),
            participation_level: levels(&work).into_iter().map(str::to_owned).collect(),
            ..AnswerRow::default()
        });
        answer.cite(SourceKind::Institution, id, &institution.name);
        work.cite_meetings(&mut answer);
        work.cite_activities(&mut answer);
    }
    answer
}

fn levels(work: &Participation<'_>) -> Vec<&'static str> {
    let meetings = &work.meetings;
    let levels = [
        ("informed", !meetings.is_empty()),
        ("consulted", meetings.iter().any(|one| one.kind == MeetingKind::Working)),
        ("implementing", !work.activities.is_empty()),
        ("validating", meetings.iter().any(|one| one.has_approved_minutes())),
    ];
    levels.into_iter().filter(|(_, holds)| *holds).map(|(level, _)| level).collect()
}
