//! Changes since an answer was drafted, written or confirmed: of the records that it was made from, and of its words in a new
//! version.

use std::collections::HashMap;

use super::answer::{AnswerState, ChangedSource, changed_sources};
use super::draft::drafts;
use super::findings::renew_notes;
use super::model::{QuestionAsked, Report, ReportStatus};
use super::questionnaire::SectionKey;
use super::reading;
use super::records::Records;
use super::stored_answers::StoredAnswer;
use super::stored_answers::store::answers_of;
use super::words::Words;
use crate::access::Visibility;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;

/// The records that changed since an answer was drafted, or since a person wrote or confirmed it, by the key of its question.
pub(super) type ChangedAnswers = HashMap<String, Vec<ChangedSource>>;

/// The stored answers of a draft report, each with the answer that the records give now.
struct Compared(Vec<(String, StoredAnswer, StoredAnswer)>);

impl Compared {
    fn load(conn: &mut Db, report: &Report, records: &Records) -> Result<Self> {
        if report.status != ReportStatus::Draft {
            return Ok(Self(Vec::new()));
        }
        let mut answers = answers_of(conn, report.id)?;
        if answers.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let drafted = drafts(records, &report.fields).into_iter();
        Ok(Self(drafted.filter_map(|(key, now)| answers.remove(&key).map(|stored| (key, stored, now))).collect()))
    }

    fn changed(&self) -> ChangedAnswers {
        let changed = self.0.iter().filter_map(|(key, stored, now)| {
            // Answers that were drafted before the program kept the state of their records cannot be compared.
            let kept = &stored.evidence.sources;
            let drafted_on = Some(kept).filter(|kept| !kept.is_empty() || stored.sources.is_empty());
            let then = stored.edited_on.as_ref().or(drafted_on)?;
            let changed = changed_sources(then, &now.evidence.sources);
            (!changed.is_empty()).then(|| (key.clone(), changed))
        });
        changed.collect()
    }
}

/// Compares the records of a draft as they are now with those that its answers were drafted or written from, or confirmed on.
pub(super) fn changed_answers(conn: &mut Db, report: &Report, records: &Records) -> Result<ChangedAnswers> {
    Ok(Compared::load(conn, report, records)?.changed())
}

/// Compares as [`changed_answers`], and replaces the findings about records, which are stored with the draft, by those of
/// the records as they are now.
pub(super) fn renew_findings(
    conn: &mut Db,
    lang: Lang,
    report: &mut Report,
    records: &Records,
) -> Result<ChangedAnswers> {
    let compared = Compared::load(conn, report, records)?;
    let words = Words { lang, country: &report.fields.country_code };
    for asked in report.form.sections.iter_mut().flat_map(|section| &mut section.questions) {
        if let Some((_, stored, now)) = compared.0.iter().find(|(key, ..)| *key == asked.key) {
            let is_draft = matches!(stored.state, AnswerState::Drafted | AnswerState::Empty);
            renew_notes(asked, &now.evidence, is_draft, words);
        }
    }
    report.finding_counts = report.form.finding_counts();
    Ok(compared.changed())
}

/// Returns the answers of a new version that only need their confirmation: they are as they were approved, without
/// errors, and their records have not changed since.
pub(super) fn unchanged_answers(
    conn: &mut Db,
    lang: Lang,
    report: &Report,
    changed: &ChangedAnswers,
) -> Result<Vec<String>> {
    let Some(previous) = report.previous_version_id.filter(|_| report.status == ReportStatus::Draft) else {
        return Ok(Vec::new());
    };
    let approved = reading::find(conn, &Visibility::everything(), lang, previous)?;
    let is_unchanged = |asked: &&QuestionAsked| {
        let is_open = asked.needs_confirmation && !asked.blocks() && !changed.contains_key(&asked.key);
        is_open && approved.form.question(&asked.key).is_some_and(|before| has_same_answer(before, asked))
    };
    Ok(report.form.questions().filter(is_unchanged).map(|asked| asked.key.clone()).collect())
}

/// Returns the answers of a section that only need their confirmation by the coordinator: they are drafted or written,
/// have no errors, and their records have not changed since.
pub(super) fn ready_answers(report: &Report, section: SectionKey, changed: &ChangedAnswers) -> Vec<String> {
    let is_ready = |asked: &&QuestionAsked| {
        asked.needs_confirmation
            && asked.may_be_confirmed()
            && asked.answer.state != AnswerState::Empty
            && asked.assignee_commission_id.is_none()
            && !changed.contains_key(&asked.key)
    };
    let own = report.form.sections.iter().filter(|one| one.key == section).flat_map(|one| &one.questions);
    own.filter(is_ready).map(|asked| asked.key.clone()).collect()
}

/// Returns the questions whose answers differ from those of the version before; None for a first version.
pub(super) fn changed_from_version(conn: &mut Db, lang: Lang, report: &Report) -> Result<Option<Vec<QuestionAsked>>> {
    let Some(previous) = report.previous_version_id else { return Ok(None) };
    let before = reading::find(conn, &Visibility::everything(), lang, previous)?;
    let is_changed =
        |asked: &&QuestionAsked| before.form.question(&asked.key).is_none_or(|before| !has_same_answer(before, asked));
    Ok(Some(report.form.questions().filter(is_changed).cloned().collect()))
}

fn has_same_answer(one: &QuestionAsked, other: &QuestionAsked) -> bool {
    let (one, other) = (&one.answer, &other.answer);
    (&one.text, &one.choices, &one.other_text, &one.rows)
        == (&other.text, &other.choices, &other.other_text, &other.rows)
}
