//! How progress was evaluated: the record itself, what is missing in it, and who took part.

use std::collections::BTreeMap;

use super::frame::{Frame, linked};
use super::sheet::Sheet;
use crate::db::InstitutionId;
use crate::reports::model::{AnswerRow, SourceKind};
use crate::reports::records::{Activity, Meeting};
use crate::reports::words::{plain, sentence};

/// `evaluation_tools`: the commissions' own record is an instrument of the kind "others".
pub fn tools(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let (activities, meetings) = (frame.activities().count(), frame.meetings().count());
    if activities + meetings > 0 {
        sheet.choose("other");
        sheet.other(frame.say("draft-tools-other", &[]));
        cite_commissions(frame, &mut sheet);
    }
    sheet
}

fn cite_commissions(frame: &Frame<'_>, sheet: &mut Sheet) {
    let mut ids: Vec<_> = frame.activities().flat_map(|one| one.commission_ids.iter().copied()).collect();
    ids.extend(frame.meetings().flat_map(|one| one.commission_ids.iter().copied()));
    for commission in frame.records.commissions.iter().filter(|one| ids.contains(&one.id)) {
        sheet.cite(SourceKind::Commission, commission.id, commission.label());
    }
}

/// `evaluation_tools_detail`: figures of the record and the means of verification that it names.
pub fn tools_detail(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let activities: Vec<&Activity> = frame.activities().collect();
    let meetings: Vec<&Meeting> = frame.meetings().collect();
    if activities.is_empty() && meetings.is_empty() {
        return sheet;
    }
    sheet.paragraph(&frame.say("draft-tools-record", &[("period", frame.period())]));
    sheet.bullet(0, &per_commission(frame, &activities));
    if !meetings.is_empty() {
        let minutes = |status: &str| meetings.iter().filter(|one| one.minutes.as_deref() == Some(status)).count();
        let args = [
            ("meetings", frame.count("draft-meetings", meetings.len())),
            ("minutes", frame.number(meetings.iter().filter(|one| one.minutes.is_some()).count())),
            ("approved", frame.number(minutes("approved"))),
        ];
        sheet.bullet(0, &frame.say("draft-tools-meetings", &args));
    }
    followed_up(frame, &mut sheet);
    let proven: Vec<&&Activity> = activities.iter().filter(|one| !one.evidence.is_empty()).collect();
    if !proven.is_empty() {
        sheet.paragraph(&frame.count("draft-tools-evidence", proven.iter().map(|one| one.evidence.len()).sum()));
    }
    for activity in proven {
        let proofs: Vec<String> = activity.evidence.iter().map(linked).collect();
        sheet.bullet(0, &sentence(&format!("{}: {}", plain(&activity.title), proofs.join("; "))));
        frame.cite_activity(&mut sheet, activity);
    }
    meetings.iter().for_each(|meeting| frame.cite_meeting(&mut sheet, meeting));
    cite_commissions(frame, &mut sheet);
    sheet
}

/// `67 actividades registradas: CIGTPE 12; CPETI 9; sin comisión 20.`
fn per_commission(frame: &Frame<'_>, activities: &[&Activity]) -> String {
    let mut parts = Vec::new();
    for commission in &frame.records.commissions {
        let own = activities.iter().filter(|one| one.commission_ids.contains(&commission.id)).count();
        if own > 0 {
            parts.push(format!("{} {}", plain(commission.label()), frame.number(own)));
        }
    }
    let without = activities.iter().filter(|one| one.commission_ids.is_empty()).count();
    if without > 0 {
        parts.push(frame.say("draft-without-commission", &[("n", frame.number(without))]));
    }
    let total = frame.count("draft-activities-validated", activities.len());
    let joint = activities.iter().any(|one| one.commission_ids.len() > 1);
    let note = if joint { format!(" {}", frame.say("draft-joint-note", &[])) } else { String::new() };
    format!("{}{note}", sentence(&format!("{total}: {}", parts.join("; "))))
}

/// Agreements whose commitments were reported on in the period.
fn followed_up(frame: &Frame<'_>, sheet: &mut Sheet) {
    let reported: Vec<_> = frame.commitments().filter(|one| one.reported_in(frame.from, frame.to)).collect();
    if reported.is_empty() {
        return;
    }
    let mut agreements: Vec<_> = reported.iter().filter_map(|one| one.agreement_id).collect();
    agreements.sort_unstable();
    agreements.dedup();
    let args = [
        ("commitments", frame.count("draft-commitment-count", reported.len())),
        ("agreements", frame.count("draft-agreement-count", agreements.len())),
    ];
    sheet.bullet(0, &frame.say("draft-tools-followed", &args));
    reported.iter().for_each(|commitment| frame.cite_commitment(sheet, commitment));
}

/// `evidence_challenges`: who was asked and did not report, and what the records leave out.
pub fn evidence_challenges(frame: &Frame<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    silent_institutions(frame, &mut sheet);
    let unproven: Vec<_> = frame.commitments().filter(|one| one.is_completed() && !one.has_evidence()).collect();
    if !unproven.is_empty() {
        sheet.bullet(0, &frame.count("draft-gap-commitments", unproven.len()));
        unproven.iter().for_each(|one| frame.cite_commitment(&mut sheet, one));
    }
    let activities: Vec<&Activity> = frame.activities().collect();
    let trainings: Vec<&Activity> = activities.iter().copied().filter(|one| one.is_training()).collect();
    gap(frame, &mut sheet, "draft-gap-participants", &trainings, |one| one.participants.total.is_none());
    gap(frame, &mut sheet, "draft-gap-dates", &trainings, |one| one.starts.is_none());
    gap(frame, &mut sheet, "draft-gap-evidence", &activities, |one| one.evidence.is_empty());
    gap(frame, &mut sheet, "draft-gap-result", &activities, |one| {
        one.result.is_none() && one.expected_result.is_none()
    });
    sheet
}

/// How many of these activities lack something.
fn gap(frame: &Frame<'_>, sheet: &mut Sheet, key: &str, all: &[&Activity], lacks: impl Fn(&Activity) -> bool) {
    let missing: Vec<&&Activity> = all.iter().filter(|one| lacks(one)).collect();
    if missing.is_empty() {
        return;
    }
    let args = [("missing", frame.number(missing.len())), ("all", frame.number(all.len()))];
    sheet.bullet(0, &frame.say(key, &args));
    missing.iter().for_each(|one| frame.cite_activity(sheet, one));
}

/// Institutions with open parts of commitments that did not report in the period.
fn silent_institutions(frame: &Frame<'_>, sheet: &mut Sheet) {
    let mut asked: Vec<InstitutionId> = Vec::new();
    let mut answered: Vec<InstitutionId> = Vec::new();
    for commitment in frame.commitments() {
        for assignment in commitment.live() {
            let done_before = assignment.completed_on.is_some_and(|day| day < frame.from);
            if done_before {
                continue;
            }
            asked.push(assignment.institution_id);
            if assignment.reported_in(frame.from, frame.to) {
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
        ("missing", frame.number(silent.len())),
        ("all", frame.number(asked.len())),
        ("names", frame.institutions(&silent)),
    ];
    sheet.bullet(0, &frame.say("draft-gap-reports", &args));
    for id in silent {
        sheet.cite(SourceKind::Institution, id, frame.records.institution_name(id));
    }
}

/// What one party did.
#[derive(Default)]
struct Part<'a> {
    attended: Vec<&'a Meeting>,
    carried_out: Vec<&'a Activity>,
    levels: Vec<&'static str>,
}

/// `stakeholder_involvement`: parties outside the state that came to sessions or carried activities out.
///
/// Coming to a session is being informed; to a working session, being consulted; carrying out an activity is taking
/// part in the implementation; coming to a session whose minutes were approved is validating.
pub fn stakeholders(frame: &Frame<'_>) -> Sheet {
    let mut parts: BTreeMap<InstitutionId, Part<'_>> = BTreeMap::new();
    for meeting in frame.meetings() {
        for (institution, _) in &meeting.present {
            parts.entry(*institution).or_default().attended.push(meeting);
        }
    }
    for activity in frame.activities() {
        for institution in activity.parties() {
            parts.entry(institution).or_default().carried_out.push(activity);
        }
    }
    let mut sheet = Sheet::default();
    for (id, mut part) in parts {
        let Some(institution) = frame.records.institutions.get(&id) else { continue };
        if institution.is_of_a_state() {
            continue;
        }
        part.levels = levels(&part);
        sheet.row(AnswerRow {
            stakeholder: Some(institution.name.clone()),
            involvement: Some(involvement(frame, &part)),
            participation_level: part.levels.iter().map(|level| (*level).to_owned()).collect(),
            ..AnswerRow::default()
        });
        sheet.cite(SourceKind::Institution, id, &institution.name);
        part.attended.iter().for_each(|one| frame.cite_meeting(&mut sheet, one));
        part.carried_out.iter().for_each(|one| frame.cite_activity(&mut sheet, one));
    }
    sheet
}

fn levels(part: &Part<'_>) -> Vec<&'static str> {
    let mut levels = Vec::new();
    if !part.attended.is_empty() {
        levels.push("informed");
    }
    if part.attended.iter().any(|one| one.kind == "working") {
        levels.push("consulted");
    }
    if !part.carried_out.is_empty() {
        levels.push("implementing");
    }
    if part.attended.iter().any(|one| one.minutes.as_deref() == Some("approved")) {
        levels.push("validating");
    }
    levels
}

fn involvement(frame: &Frame<'_>, part: &Part<'_>) -> String {
    let mut parts = Vec::new();
    if !part.attended.is_empty() {
        let titles: Vec<String> = part.attended.iter().map(|one| plain(&one.title)).collect();
        let key = "draft-attended";
        parts.push(sentence(&frame.say(key, &[("titles", titles.join("; "))])));
    }
    if !part.carried_out.is_empty() {
        let titles: Vec<String> = part.carried_out.iter().map(|one| frame.brief(one)).collect();
        parts.push(sentence(&frame.say("draft-took-part", &[("titles", titles.join("; "))])));
    }
    parts.join(" ")
}
