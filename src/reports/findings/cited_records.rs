//! Checks the records that a draft cites. The notes are made at drafting, stored with the answer, and worded in the
//! reader's language.

use chrono::NaiveDate;

use super::{Code, Findings};
use crate::activities::{FindingCode as ActivityCode, Likeness};
use crate::db::InstitutionId;
use crate::i18n::text_with;
use crate::plans::ObservationKind;
use crate::reports::answer::{Finding, Source, SourceKind};
use crate::reports::questionnaire::Asked;
use crate::reports::records::{Activity, Commitment, Records};
use crate::reports::stored_answers::{DraftEvidence, DraftedAnswer, Note};
use crate::reports::words::Words;

/// Number of records named in the sentence; the list has all of them.
const NAMED: usize = 5;

/// Questions about activities. A next step repeats activities of the priorities: only its dates are checked.
const ABOUT_ACTIVITIES: &[&str] =
    &["priority_progress", "next_step_status", "highlights", "other_success_detail", "regional_initiatives_detail"];

/// Returns the problems of the records that a draft cites.
pub(crate) fn notes(
    records: &Records,
    period: (NaiveDate, NaiveDate),
    asked: &Asked<'_>,
    draft: &DraftedAnswer,
) -> Vec<Note> {
    let question = asked.question.key;
    let cited = |kind: SourceKind| draft.sources.iter().filter(move |source| source.kind == kind);
    let mut notes = Notes::default();
    if ABOUT_ACTIVITIES.contains(&question) {
        let ids: Vec<&str> = cited(SourceKind::Activity).map(|source| source.id.as_str()).collect();
        let activities: Vec<&Activity> =
            records.activities.iter().filter(|one| ids.contains(&one.id.to_string().as_str())).collect();
        check_activities(&mut notes, records, period, question, &activities);
        for source in cited(SourceKind::Commitment) {
            let commitment = records.commitments.iter().find(|one| one.id.to_string() == source.id);
            commitment.into_iter().for_each(|one| check_commitment(&mut notes, period.1, one, source));
        }
    }
    if question == "national_partner_detail" {
        check_members(&mut notes, records, period.1, draft);
    }
    if question == "support_needed" {
        for need in records.observations.iter().filter(|one| one.kind == ObservationKind::SupportNeed) {
            let id = need.id.to_string();
            let unaddressed = cited(SourceKind::Observation).filter(|one| one.id == id && need.addressee.is_none());
            unaddressed.for_each(|source| notes.add(Code::AddresseeMissing, "addressee_missing_of", source.clone()));
        }
    }
    notes.0.extend(super::for_decision::notes(records, period, asked, draft));
    notes.0
}

#[derive(Default)]
struct Notes(Vec<Note>);

impl Notes {
    /// Adds a record to the note of a sentence.
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

fn check_activities(
    notes: &mut Notes,
    records: &Records,
    (from, to): (NaiveDate, NaiveDate),
    question: &str,
    activities: &[&Activity],
) {
    for activity in activities {
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
            if let Some((code, name)) = note_of(lack, question) {
                notes.add(code, name, record());
            }
        }
        for other in records.activities.iter().filter(|other| other.id != activity.id && other.counts()) {
            if may_be_the_same(activity, other) {
                notes.add(Code::PossibleDuplicate, "possible_duplicate", record());
                notes.add(Code::PossibleDuplicate, "possible_duplicate", source(other));
            }
        }
    }
}

/// Checks that a completed commitment has evidence, dated not after the period.
fn check_commitment(notes: &mut Notes, to: NaiveDate, commitment: &Commitment, record: &Source) {
    if commitment.is_completed() && !commitment.has_evidence() {
        notes.add(Code::EvidenceMissing, "evidence_missing_of_commitments", record.clone());
    }
    let mut dates = commitment.assignments.iter().flat_map(|one| &one.evidence).flatten();
    if dates.any(|dated| *dated > to) {
        notes.add(Code::EvidenceAfterPeriod, "evidence_after_period", record.clone());
    }
}

fn may_be_the_same(one: &Activity, other: &Activity) -> bool {
    fn likeness<'a>(activity: &'a Activity, parties: &'a [InstitutionId]) -> Likeness<'a> {
        Likeness { title: &activity.title, starts_from: activity.starts.as_ref().map(|starts| starts.from()), parties }
    }
    let (own, others): (Vec<_>, Vec<_>) = (one.parties().collect(), other.parties().collect());
    likeness(one, &own).may_be(&likeness(other, &others))
}

/// Returns the finding of a report for a finding of an activity; a missing plan item counts only among other successes.
fn note_of(lack: ActivityCode, question: &str) -> Option<(Code, &'static str)> {
    Some(match lack {
        ActivityCode::TrainingWithoutDates => (Code::TrainingWithoutDates, "training_without_dates"),
        ActivityCode::TrainingWithoutParticipants => {
            (Code::TrainingWithoutParticipants, "training_without_participants")
        }
        ActivityCode::ProcessWithoutResult => (Code::ProcessWithoutResult, "process_without_result_of"),
        ActivityCode::ExpectedResultMissing => (Code::ExpectedResultMissing, "expected_result_missing"),
        ActivityCode::EvidenceMissing => (Code::EvidenceMissing, "evidence_missing_of_activities"),
        ActivityCode::DateUnclear => (Code::DateUnclear, "date_unclear_of"),
        ActivityCode::NoPlanItem if question == "other_success_detail" => (Code::NoPlanItem, "no_plan_item"),
        ActivityCode::NoPlanItem | ActivityCode::PossibleDuplicate | ActivityCode::PersonalData => return None,
    })
}

/// Finds commissions that declare another number of members than they list on the last day of the period.
fn check_members(notes: &mut Notes, records: &Records, day: NaiveDate, draft: &DraftedAnswer) {
    for commission in &records.commissions {
        let own = records.memberships.iter().filter(|one| one.commission_id == commission.id && one.holds_on(day));
        let listed = own.filter(|one| one.role.is_listed()).count();
        let declared = commission.declared_members();
        let id = commission.id.to_string();
        let cited = draft.sources.iter().find(|one| one.kind == SourceKind::Commission && one.id == id);
        if let (Some(declared), Some(source)) = (declared.filter(|declared| *declared != listed), cited) {
            let (name, records) = ("count_mismatch".to_owned(), vec![source.clone()]);
            notes.0.push(Note { code: Code::CountMismatch, name, records, counts: Some((declared, listed)) });
        }
    }
}

/// Adds the notes of an answer. What a person settles by answering is noted for a draft alone.
pub(super) fn add_notes(findings: &mut Findings<'_>, evidence: &DraftEvidence, is_draft: bool) {
    let of_drafts = [Code::AddresseeMissing, Code::ForDecision, Code::TranslationMissing];
    for note in evidence.notes.iter().filter(|note| is_draft || !of_drafts.contains(&note.code)) {
        if note.code == Code::TranslationMissing && findings.words.lang != crate::i18n::Lang::En {
            continue;
        }
        let words = findings.words;
        let quoted = |one: &Source| words.say("report-finding-record", &[("title", one.label.clone())]);
        let records: Vec<Source> = note.records.iter().map(|one| evidence.in_language(one, words.lang)).collect();
        let mut titles: Vec<String> = records.iter().take(NAMED).map(quoted).collect();
        if note.records.len() > NAMED {
            titles.push(words.count("draft-more", note.records.len() - NAMED));
        }
        let message = sentence(words, note, &words.list(&titles));
        let around = sentence(words, note, PLACE_OF_TITLES);
        let around = around.split_once(PLACE_OF_TITLES).map(|(before, after)| (before.to_owned(), after.to_owned()));
        let severity = note.code.severity();
        findings.list.push(Finding {
            code: note.code,
            severity,
            message,
            pointer: "/text".to_owned(),
            records,
            around,
            of_records: true,
        });
    }
}

/// The placeholder for the titles: a character that no title contains (U+FFFC OBJECT REPLACEMENT CHARACTER).
const PLACE_OF_TITLES: &str = "\u{fffc}";

/// Returns the sentence of a note. `declared` and `listed` are its numbers as the country writes them; `done` and `count` are
/// the same numbers for the choice of the plural form.
fn sentence(words: Words<'_>, note: &Note, titles: &str) -> String {
    let (declared, listed) = note.counts.unwrap_or_default();
    let number = |count: usize| words.number(count as u64);
    let args = [
        ("titles", titles.into()),
        ("declared", number(declared).into()),
        ("listed", number(listed).into()),
        ("done", declared.into()),
        ("count", listed.into()),
    ];
    text_with(words.lang, &format!("report-finding-{}", note.name.replace('_', "-")), &args)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn written(name: &str, counts: (usize, usize), lang: Lang) -> String {
        let note = Note { code: Code::ForDecision, name: name.to_owned(), records: Vec::new(), counts: Some(counts) };
        sentence(Words { lang, country: "CL" }, &note, "«CETI»")
    }

    #[test]
    fn numbers_agree_with_their_words() {
        for (name, counts, spanish, english) in [
            ("rating_steps", (0, 1), "el próximo paso no está completado.", "the next step is not completed."),
            ("rating_steps", (1, 1), "el próximo paso está completado.", "the next step is completed."),
            (
                "rating_steps",
                (0, 3),
                "ninguno de los 3 próximos pasos está completado.",
                "none of the 3 next steps is completed.",
            ),
            ("rating_steps", (1, 3), "1 de 3 próximos pasos está completado.", "1 of 3 next steps is completed."),
            ("rating_steps", (2, 3), "2 de 3 próximos pasos están completados.", "2 of 3 next steps are completed."),
            (
                "rating_commitments",
                (0, 1),
                "el compromiso no está cumplido y aceptado.",
                "the commitment is not completed and accepted.",
            ),
            (
                "rating_commitments",
                (2, 1200),
                "2 de 1.200 compromisos están cumplidos y aceptados.",
                "2 of 1,200 commitments are completed and accepted.",
            ),
            (
                "restricted",
                (1, 1),
                "Una actividad de carácter reservado no se describe.",
                "One restricted activity is not described.",
            ),
            ("count_mismatch", (1, 3), "«CETI» declara 1 integrante y", "«CETI» declares 1 member and"),
        ] {
            for (lang, words) in [(Lang::Es, spanish), (Lang::En, english)] {
                let text = written(name, counts, lang);
                assert!(text.contains(words), "{words} in {text}");
            }
        }
    }
}
