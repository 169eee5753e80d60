//! Changes since an answer was drafted, written or confirmed: of the records that it was made from, and of its words in a new
//! version.

use std::collections::HashMap;

use super::answer::{ChangedSource, changed_sources};
use super::draft::drafts;
use super::model::{QuestionAsked, Report, ReportStatus};
use super::reading;
use super::records::Records;
use super::stored_answers::store::answers_of;
use crate::access::Visibility;
use crate::db::Db;
use crate::error::Result;
use crate::i18n::Lang;

/// The records that changed since an answer was drafted, or since a person wrote or confirmed it, by the key of its question.
pub(super) type ChangedAnswers = HashMap<String, Vec<ChangedSource>>;

/// Compares the records of a draft as they are now with those that its answers were drafted or written from, or confirmed on.
pub(super) fn changed_answers(conn: &mut Db, report: &Report, records: &Records) -> Result<ChangedAnswers> {
    if report.status != ReportStatus::Draft {
        return Ok(ChangedAnswers::new());
    }
    let answers = answers_of(conn, report.id)?;
    if answers.is_empty() {
        return Ok(ChangedAnswers::new());
    }
    let changed = drafts(records, &report.fields).into_iter().filter_map(|(key, drafted)| {
        let stored = answers.get(&key)?;
        // Answers that were drafted before the program kept the state of their records cannot be compared.
        let drafted_on = Some(&stored.evidence.sources).filter(|kept| !kept.is_empty() || stored.sources.is_empty());
        let then = stored.edited_on.as_ref().or(drafted_on)?;
        let changed = changed_sources(then, &drafted.evidence.sources);
        (!changed.is_empty()).then_some((key, changed))
    });
    Ok(changed.collect())
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
