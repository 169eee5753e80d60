//! What the records behind an answer lack. Found when the record is read, kept with the answer, told in any language.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Found, ReportFindingCode as Code};
use crate::activities::{FindingCode as Lack, Likeness};
use crate::plans::ObservationKind;
use crate::reports::drafting::Drafted;
use crate::reports::model::{Source, SourceKind};
use crate::reports::records::{Activity, Commitment, Records};

/// Records that break one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub code: Code,
    /// Which sentence tells it.
    pub name: String,
    pub records: Vec<Source>,
    /// Declared and listed, of numbers that differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<(usize, usize)>,
}

/// So many records are named in the sentence; all stand in the list.
const NAMED: usize = 5;

/// Questions that tell what was done. A next step lists what priorities tell: only its dates are looked at.
const TOLD: &[&str] =
    &["priority_progress", "next_step_status", "highlights", "other_success_detail", "regional_initiatives_detail"];

/// What the records that a draft cites lack.
pub fn notes(records: &Records, period: (NaiveDate, NaiveDate), question: &str, draft: &Drafted) -> Vec<Note> {
    let cited = |kind: SourceKind| draft.sources.iter().filter(move |source| source.kind == kind);
    let mut notes = Notes::default();
    if TOLD.contains(&question) {
        let ids: Vec<&str> = cited(SourceKind::Activity).map(|source| source.id.as_str()).collect();
        let told: Vec<&Activity> =
            records.activities.iter().filter(|one| ids.contains(&one.id.to_string().as_str())).collect();
        activities(&mut notes, records, period, question, &told);
        for source in cited(SourceKind::Commitment) {
            let commitment = records.commitments.iter().find(|one| one.id.to_string() == source.id);
            commitment.into_iter().for_each(|one| promises(&mut notes, period.1, one, source));
        }
    }
    if question == "national_partner_detail" {
        members(&mut notes, records, period.1, draft);
    }
    if question == "support_needed" {
        for need in records.observations.iter().filter(|one| one.kind == ObservationKind::SupportNeed) {
            let id = need.id.to_string();
            let unaddressed = cited(SourceKind::Observation).filter(|one| one.id == id && need.addressee.is_none());
            unaddressed.for_each(|source| notes.add(Code::AddresseeMissing, "addressee_missing_of", source.clone()));
        }
    }
    notes.0
}

#[derive(Default)]
struct Notes(Vec<Note>);

impl Notes {
    /// One note a sentence, however many records.
    fn add(&mut self, code: Code, name: &str, record: Source) {
        match self.0.iter_mut().find(|note| note.name == name) {
            Some(note) if !note.records.contains(&record) => note.records.push(record),
            Some(_) => {}
            None => self.0.push(Note { code, name: name.to_owned(), records: vec![record], counts: None }),
        }
    }
}

fn source(activity: &Activity) -> Source {
    Source { kind: SourceKind::Activity, id: activity.id.to_string(), label: activity.title.clone() }
}

fn activities(
    notes: &mut Notes,
    records: &Records,
    (from, to): (NaiveDate, NaiveDate),
    question: &str,
    told: &[&Activity],
) {
    for activity in told {
        let record = || source(activity);
        if activity.span().is_some() && !activity.meets(from, to) {
            notes.add(Code::OutsidePeriod, "outside_period", record());
            continue;
        }
        if activity.starts.as_ref().is_some_and(|starts| starts.to() < from) {
            notes.add(Code::OutsidePeriod, "began_before_period", record());
        }
        if activity.evidence.iter().any(|proof| proof.dated.as_ref().is_some_and(|dated| dated.from() > to)) {
            notes.add(Code::EvidenceAfterPeriod, "evidence_after_period", record());
        }
        if question == "next_step_status" {
            continue;
        }
        for lack in activity.facts().lacks() {
            if let Some((code, name)) = told_of(lack, question) {
                notes.add(code, name, record());
            }
        }
        for other in records.activities.iter().filter(|other| other.id != activity.id && other.counts()) {
            if likeness(activity, &parties(activity)).may_be(&likeness(other, &parties(other))) {
                notes.add(Code::PossibleDuplicate, "possible_duplicate", record());
                notes.add(Code::PossibleDuplicate, "possible_duplicate", source(other));
            }
        }
    }
}

/// What was fulfilled shows it, with papers of the period.
fn promises(notes: &mut Notes, to: NaiveDate, commitment: &Commitment, record: &Source) {
    if commitment.is_completed() && !commitment.has_evidence() {
        notes.add(Code::EvidenceMissing, "evidence_missing_of_commitments", record.clone());
    }
    let mut dates = commitment.assignments.iter().flat_map(|one| &one.evidence).flatten();
    if dates.any(|dated| *dated > to) {
        notes.add(Code::EvidenceAfterPeriod, "evidence_after_period", record.clone());
    }
}

fn parties(activity: &Activity) -> Vec<crate::db::InstitutionId> {
    activity.parties().collect()
}

fn likeness<'a>(activity: &'a Activity, parties: &'a [crate::db::InstitutionId]) -> Likeness<'a> {
    Likeness { title: &activity.title, starts_from: activity.starts.as_ref().map(|starts| starts.from()), parties }
}

/// How what an activity lacks is told in a report; that it serves no plan, where other successes are told.
fn told_of(lack: Lack, question: &str) -> Option<(Code, &'static str)> {
    Some(match lack {
        Lack::TrainingWithoutDates => (Code::TrainingWithoutDates, "training_without_dates"),
        Lack::TrainingWithoutParticipants => (Code::TrainingWithoutParticipants, "training_without_participants"),
        Lack::ProcessWithoutResult => (Code::ProcessWithoutResult, "process_without_result_of"),
        Lack::ExpectedResultMissing => (Code::ExpectedResultMissing, "expected_result_missing"),
        Lack::EvidenceMissing => (Code::EvidenceMissing, "evidence_missing_of_activities"),
        Lack::DateUnclear => (Code::DateUnclear, "date_unclear_of"),
        Lack::NoPlanItem if question == "other_success_detail" => (Code::NoPlanItem, "no_plan_item"),
        Lack::NoPlanItem | Lack::PossibleDuplicate | Lack::PersonalData => return None,
    })
}

/// Commissions that declare another number of members than they list on the last day of the period.
fn members(notes: &mut Notes, records: &Records, day: NaiveDate, draft: &Drafted) {
    for commission in &records.commissions {
        let own = records.memberships.iter().filter(|one| one.commission_id == commission.id && one.holds_on(day));
        let listed = own.filter(|one| !one.leads() && !one.is_guest()).count();
        let declared = commission.declared_member_count.and_then(|count| usize::try_from(count).ok());
        let id = commission.id.to_string();
        let cited = draft.sources.iter().find(|one| one.kind == SourceKind::Commission && one.id == id);
        if let (Some(declared), Some(source)) = (declared.filter(|declared| *declared != listed), cited) {
            let (name, records) = ("count_mismatch".to_owned(), vec![source.clone()]);
            notes.0.push(Note { code: Code::CountMismatch, name, records, counts: Some((declared, listed)) });
        }
    }
}

/// Tells the notes of an answer. A need without an addressee is told of a draft alone: a person's words may name one.
pub fn tell(found: &mut Found<'_>, notes: &[Note], drafted: bool) {
    for note in notes.iter().filter(|note| drafted || note.code != Code::AddresseeMissing) {
        let words = found.words;
        let quoted = |one: &Source| words.say("report-finding-record", &[("title", one.label.clone())]);
        let mut titles: Vec<String> = note.records.iter().take(NAMED).map(quoted).collect();
        if note.records.len() > NAMED {
            titles.push(words.count("draft-more", note.records.len() - NAMED));
        }
        let (declared, listed) = note.counts.unwrap_or_default();
        let args = [
            ("titles", words.list(&titles)),
            ("declared", words.number(declared as u64)),
            ("listed", words.number(listed as u64)),
        ];
        let message = words.say(&format!("report-finding-{}", note.name.replace('_', "-")), &args);
        found.push(note.code, "/text", message, note.records.clone());
    }
}
