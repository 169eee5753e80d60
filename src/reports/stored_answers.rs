//! Stored answers: the words of a person, or a draft in every language, with the sources of the last drafting.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::answer::{Answer, AnswerRow, AnswerState, ReportFindingCode, ReportPerson, Source, changed_sources};
use crate::clock::Instant;
use crate::i18n::Lang;

/// The answers of a report, by the key of their question.
pub(super) type Answers = HashMap<String, StoredAnswer>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredAnswer {
    /// The origin of the words: empty, drafted, or edited by a person.
    pub state: AnswerState,
    /// The confirmation by a person.
    pub confirmed: Option<Confirmation>,
    pub choices: Vec<String>,
    pub sources: Vec<Source>,
    /// The records that its choices were made from and that no word of it names. The public view alone reads them.
    pub basis: Vec<Source>,
    pub wording: Wording,
    pub evidence: DraftEvidence,
    /// The sources of the draft that a person edited or confirmed; a new version keeps them. Drafting leaves an answer with
    /// them alone.
    pub edited_on: Option<Vec<(Source, String)>>,
}

/// The confirmation of an answer; one by the program names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Confirmation {
    pub by: Option<ReportPerson>,
    pub at: Instant,
}

/// The basis of the last draft of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DraftEvidence {
    /// The sources of the draft, each with the fingerprint of its content.
    pub sources: Vec<(Source, String)>,
    /// The records that the choices of the draft were made from and that no word of it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub basis: Vec<Source>,
    /// Problems of the cited records.
    pub notes: Vec<Note>,
    /// The labels of the cited records in other languages, by the id of the record.
    #[serde(skip_serializing_if = "HashMap::is_empty")]
    pub labels: HashMap<Lang, HashMap<String, String>>,
}

impl DraftEvidence {
    /// Returns a record with its label in a language, if it is translated.
    pub(super) fn in_language(&self, source: &Source, lang: Lang) -> Source {
        let label = self.labels.get(&lang).and_then(|labels| labels.get(&source.id)).unwrap_or(&source.label);
        Source { label: label.clone(), ..source.clone() }
    }
}

/// Records that break one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    pub code: ReportFindingCode,
    /// The name of the sentence that explains it.
    pub name: String,
    pub records: Vec<Source>,
    /// The declared and the listed number, if the two differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<(usize, usize)>,
}

/// The words of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wording {
    /// Written by a person, in one language.
    Own(AnswerWords),
    /// Drafted, in each language.
    Drafted(HashMap<Lang, AnswerWords>),
}

/// The words of an answer in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AnswerWords {
    pub text: Option<String>,
    pub other_text: Option<String>,
    pub rows: Vec<AnswerRow>,
}

/// A draft of one answer, in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DraftedAnswer {
    pub words: AnswerWords,
    pub choices: Vec<String>,
    pub sources: Vec<Source>,
    /// The records that the choices were made from and that no word names.
    pub basis: Vec<Source>,
}

impl DraftedAnswer {
    /// Returns true if it has words; an answer may choose options alone.
    pub(super) fn has_words(&self) -> bool {
        let AnswerWords { text, other_text, rows } = &self.words;
        text.is_some() || other_text.is_some() || !rows.is_empty()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.text.is_none() && self.choices.is_empty() && self.words.rows.is_empty()
    }
}

impl StoredAnswer {
    /// Makes the answer to a question that was never drafted.
    pub(super) fn empty() -> Self {
        Self::drafted(Vec::new())
    }

    /// Returns true if it has the same words and choices as another answer.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.choices == other.choices && self.wording == other.wording
    }

    /// Joins the drafts of all languages; choices and sources are the same in each.
    pub(super) fn drafted(versions: Vec<(Lang, DraftedAnswer)>) -> Self {
        let first = versions.first().map(|(_, drafted)| drafted.clone()).unwrap_or_default();
        Self {
            state: if first.is_empty() { AnswerState::Empty } else { AnswerState::Drafted },
            confirmed: None,
            choices: first.choices,
            sources: first.sources,
            basis: first.basis.clone(),
            wording: Wording::Drafted(versions.into_iter().map(|(lang, one)| (lang, one.words)).collect()),
            evidence: DraftEvidence { basis: first.basis, ..DraftEvidence::default() },
            edited_on: None,
        }
    }

    /// Returns true if the draft has a text, or something is to be noted beside it.
    pub(super) fn is_to_store(&self) -> bool {
        self.state == AnswerState::Drafted || !self.evidence.notes.is_empty()
    }

    /// Returns the answer in a language, without its findings. Its state is the origin of the words: see `confirm`.
    pub(super) fn in_language(&self, lang: Lang) -> Answer {
        let AnswerWords { text, other_text, rows } = match &self.wording {
            Wording::Own(words) => words.clone(),
            Wording::Drafted(words) => words.get(&lang).cloned().unwrap_or_default(),
        };
        let then = self.edited_on.as_ref();
        Answer {
            text,
            choices: self.choices.clone(),
            other_text,
            rows,
            state: self.state,
            confirmed_by: self.confirmed.as_ref().and_then(|confirmed| confirmed.by.clone()),
            confirmed_at: self.confirmed.as_ref().map(|confirmed| confirmed.at),
            sources: self.sources.iter().map(|source| self.evidence.in_language(source, lang)).collect(),
            findings: Vec::new(),
            changed_since_edit: then.map_or_else(Vec::new, |then| changed_sources(then, &self.evidence.sources)),
        }
    }
}

pub(super) mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{report_answers, users};
    use crate::db::{Db, ReportId, UserId};
    use crate::error::{Error, Result};

    #[derive(Queryable, Selectable)]
    #[diesel(table_name = report_answers)]
    struct Row {
        report_id: ReportId,
        key: String,
        text: Option<String>,
        choices: String,
        other_text: Option<String>,
        rows: String,
        sources: String,
        state: AnswerState,
        reading: String,
        edited_on: Option<String>,
        confirmed_at: Option<Instant>,
        confirmed_by: Option<UserId>,
    }

    impl Row {
        fn read(self, name: Option<String>) -> Result<(ReportId, String, StoredAnswer)> {
            let wording = match self.state {
                AnswerState::Drafted | AnswerState::Empty => {
                    Wording::Drafted(parse(self.text.as_deref().unwrap_or("{}"))?)
                }
                AnswerState::Edited | AnswerState::Confirmed | AnswerState::Approved => {
                    Wording::Own(AnswerWords { text: self.text, other_text: self.other_text, rows: parse(&self.rows)? })
                }
            };
            let by = self.confirmed_by.zip(name).map(|(id, name)| ReportPerson { id, name });
            let cited: Vec<StoredSource> = parse(&self.sources)?;
            let of_use = |basis| cited.iter().filter(|one| one.basis == basis).map(|one| one.source.clone()).collect();
            let stored = StoredAnswer {
                state: self.state,
                confirmed: self.confirmed_at.map(|at| Confirmation { by, at }),
                choices: parse(&self.choices)?,
                sources: of_use(false),
                basis: of_use(true),
                wording,
                evidence: parse(&self.reading)?,
                edited_on: self.edited_on.as_deref().map(parse).transpose()?,
            };
            Ok((self.report_id, self.key, stored))
        }
    }

    /// A source as it is stored.
    #[derive(Serialize, Deserialize)]
    struct StoredSource {
        #[serde(flatten)]
        source: Source,
        /// True for a record that a choice was made from and that no word names.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        basis: bool,
    }

    fn stored_sources(stored: &StoredAnswer) -> Vec<StoredSource> {
        let each = |list: &[Source], basis| -> Vec<StoredSource> {
            list.iter().map(|source| StoredSource { source: source.clone(), basis }).collect()
        };
        each(&stored.sources, false).into_iter().chain(each(&stored.basis, true)).collect()
    }

    fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
        serde_json::from_str(text).map_err(Error::internal)
    }

    fn json<T: Serialize>(value: &T) -> Result<String> {
        serde_json::to_string(value).map_err(Error::internal)
    }

    /// Loads the answers of these reports, by key: one query.
    pub(crate) fn answers_of_all(conn: &mut Db, ids: &[ReportId]) -> Result<HashMap<ReportId, Answers>> {
        let rows: Vec<(Row, Option<String>)> = report_answers::table
            .left_join(users::table)
            .filter(report_answers::report_id.eq_any(ids))
            .select((Row::as_select(), users::name.nullable()))
            .load(conn)?;
        let mut answers: HashMap<ReportId, Answers> = HashMap::new();
        for (row, name) in rows {
            let (report, key, stored) = row.read(name)?;
            answers.entry(report).or_default().insert(key, stored);
        }
        Ok(answers)
    }

    /// Loads the answers of a report.
    pub(crate) fn answers_of(conn: &mut Db, id: ReportId) -> Result<Answers> {
        Ok(answers_of_all(conn, &[id])?.remove(&id).unwrap_or_default())
    }

    /// Replaces an answer.
    pub(crate) fn put_answer(
        conn: &mut Db,
        report: ReportId,
        key: &str,
        stored: &StoredAnswer,
        now: Instant,
    ) -> Result<()> {
        diesel::delete(report_answers::table.find((report, key))).execute(conn)?;
        insert_answer(conn, report, key, stored, now)
    }

    /// Replaces an answer by its draft; an empty draft is not stored.
    pub(crate) fn put_draft(
        conn: &mut Db,
        report: ReportId,
        key: &str,
        stored: &StoredAnswer,
        now: Instant,
    ) -> Result<()> {
        if stored.is_to_store() {
            return put_answer(conn, report, key, stored, now);
        }
        diesel::delete(report_answers::table.find((report, key))).execute(conn)?;
        Ok(())
    }

    fn insert_answer(conn: &mut Db, report: ReportId, key: &str, stored: &StoredAnswer, now: Instant) -> Result<()> {
        let confirmed = stored.confirmed.as_ref();
        let (text, other_text, rows) = match &stored.wording {
            Wording::Drafted(words) => (Some(json(words)?), None, "[]".to_owned()),
            Wording::Own(words) => (words.text.clone(), words.other_text.clone(), json(&words.rows)?),
        };
        diesel::insert_into(report_answers::table)
            .values((
                report_answers::report_id.eq(report),
                report_answers::key.eq(key),
                report_answers::text.eq(text),
                report_answers::choices.eq(json(&stored.choices)?),
                report_answers::other_text.eq(other_text),
                report_answers::rows.eq(rows),
                report_answers::sources.eq(json(&stored_sources(stored))?),
                report_answers::state.eq(stored.state),
                report_answers::reading.eq(json(&stored.evidence)?),
                report_answers::edited_on.eq(stored.edited_on.as_ref().map(json).transpose()?),
                report_answers::confirmed_at.eq(confirmed.map(|one| one.at)),
                report_answers::confirmed_by.eq(confirmed.and_then(|one| Some(one.by.as_ref()?.id))),
                report_answers::updated_at.eq(now),
            ))
            .execute(conn)?;
        Ok(())
    }

    /// Replaces all answers that no person has written or confirmed by these drafts; of the others only the evidence
    /// changes.
    pub(crate) fn replace_drafts(
        conn: &mut Db,
        report: ReportId,
        drafts: &[(String, StoredAnswer)],
        now: Instant,
    ) -> Result<()> {
        let untouched = report_answers::state.eq_any([AnswerState::Empty, AnswerState::Drafted]);
        let of_report = report_answers::report_id.eq(report);
        let unconfirmed = report_answers::confirmed_at.is_null().and(report_answers::edited_on.is_null());
        diesel::delete(report_answers::table.filter(of_report.and(untouched).and(unconfirmed))).execute(conn)?;
        let edited: Vec<String> = report_answers::table.filter(of_report).select(report_answers::key).load(conn)?;
        for (key, stored) in drafts {
            if edited.contains(key) {
                diesel::update(report_answers::table.find((report, key)))
                    .set(report_answers::reading.eq(json(&stored.evidence)?))
                    .execute(conn)?;
            } else if stored.is_to_store() {
                insert_answer(conn, report, key, stored, now)?;
            }
        }
        Ok(())
    }

    /// Drops the confirmations of all answers of a report; those that no person wrote are drafts again.
    pub(crate) fn drop_confirmations(conn: &mut Db, report: ReportId) -> Result<()> {
        let drafted = report_answers::state.eq_any([AnswerState::Empty, AnswerState::Drafted]);
        diesel::update(report_answers::table.filter(report_answers::report_id.eq(report).and(drafted)))
            .set(report_answers::edited_on.eq(None::<String>))
            .execute(conn)?;
        diesel::update(report_answers::table.filter(report_answers::report_id.eq(report)))
            .set((report_answers::confirmed_at.eq(None::<Instant>), report_answers::confirmed_by.eq(None::<UserId>)))
            .execute(conn)?;
        Ok(())
    }

    /// Copies the answers of a report to its new version, where all of them are to be confirmed again. Nothing is
    /// copied of an empty one.
    pub(crate) fn copy_answers(conn: &mut Db, from: ReportId, to: ReportId, now: Instant) -> Result<()> {
        for (key, stored) in answers_of(conn, from)? {
            if stored.state != AnswerState::Empty {
                // An answer that was approved before confirmations were recorded is kept like the others.
                let edited_on = stored.edited_on.clone().or_else(|| Some(stored.evidence.sources.clone()));
                insert_answer(conn, to, &key, &StoredAnswer { confirmed: None, edited_on, ..stored }, now)?;
            }
        }
        Ok(())
    }
}
