//! The answers of reports in the database.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::clock::Instant;
use crate::db::schema::report_answers;
use crate::db::{Db, ReportId};
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::reports::form::{DraftedWords, Kept, Wording};
use crate::reports::model::AnswerState;

type Answers = HashMap<String, Kept>;

#[derive(Queryable, Selectable)]
#[diesel(table_name = report_answers)]
struct AnswerColumns {
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
}

impl AnswerColumns {
    fn read(self) -> Result<(ReportId, String, Kept)> {
        let wording = match self.state {
            AnswerState::Drafted | AnswerState::Empty => {
                let words: HashMap<Lang, DraftedWords> = json(self.text.as_deref().unwrap_or("{}"))?;
                Wording::Drafted(words)
            }
            AnswerState::Edited | AnswerState::Approved => {
                Wording::Own { text: self.text, other_text: self.other_text, rows: json(&self.rows)? }
            }
        };
        let kept = Kept {
            state: self.state,
            choices: json(&self.choices)?,
            sources: json(&self.sources)?,
            wording,
            reading: json(&self.reading)?,
            edited_on: self.edited_on.as_deref().map(json).transpose()?,
        };
        Ok((self.report_id, self.key, kept))
    }
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn text_of<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// The answers of these reports, by key: one query.
pub fn answers_of(conn: &mut Db, ids: &[ReportId]) -> Result<HashMap<ReportId, Answers>> {
    let rows: Vec<AnswerColumns> = report_answers::table
        .filter(report_answers::report_id.eq_any(ids))
        .select(AnswerColumns::as_select())
        .load(conn)?;
    let mut answers: HashMap<ReportId, Answers> = HashMap::new();
    for row in rows {
        let (report, key, kept) = row.read()?;
        answers.entry(report).or_default().insert(key, kept);
    }
    Ok(answers)
}

/// Writes an answer in place of the one that stood there.
pub fn put_answer(conn: &mut Db, report: ReportId, key: &str, kept: &Kept, now: Instant) -> Result<()> {
    diesel::delete(report_answers::table.find((report, key))).execute(conn)?;
    insert_answer(conn, report, key, kept, now)
}

fn insert_answer(conn: &mut Db, report: ReportId, key: &str, kept: &Kept, now: Instant) -> Result<()> {
    let (words, other_text, rows) = match &kept.wording {
        Wording::Drafted(words) => (Some(text_of(words)?), None, "[]".to_owned()),
        Wording::Own { text, other_text, rows } => (text.clone(), other_text.clone(), text_of(rows)?),
    };
    diesel::insert_into(report_answers::table)
        .values((
            report_answers::report_id.eq(report),
            report_answers::key.eq(key),
            report_answers::text.eq(words),
            report_answers::choices.eq(text_of(&kept.choices)?),
            report_answers::other_text.eq(other_text),
            report_answers::rows.eq(rows),
            report_answers::sources.eq(text_of(&kept.sources)?),
            report_answers::state.eq(kept.state),
            report_answers::reading.eq(text_of(&kept.reading)?),
            report_answers::edited_on.eq(kept.edited_on.as_ref().map(text_of).transpose()?),
            report_answers::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes these drafts in place of all that no person has edited; what was edited learns what the record holds now.
pub fn replace_drafts(conn: &mut Db, report: ReportId, drafts: &[(String, Kept)], now: Instant) -> Result<()> {
    let untouched = report_answers::state.eq_any([AnswerState::Empty, AnswerState::Drafted]);
    diesel::delete(report_answers::table.filter(report_answers::report_id.eq(report).and(untouched))).execute(conn)?;
    let edited: Vec<String> =
        report_answers::table.filter(report_answers::report_id.eq(report)).select(report_answers::key).load(conn)?;
    for (key, kept) in drafts {
        if edited.contains(key) {
            diesel::update(report_answers::table.find((report, key)))
                .set(report_answers::reading.eq(text_of(&kept.reading)?))
                .execute(conn)?;
        } else if kept.state == AnswerState::Drafted {
            insert_answer(conn, report, key, kept, now)?;
        }
    }
    Ok(())
}

/// A new version begins with the answers of the old one.
pub fn copy_answers(conn: &mut Db, from: ReportId, to: ReportId, now: Instant) -> Result<()> {
    for (key, kept) in answers_of(conn, &[from])?.remove(&from).unwrap_or_default() {
        insert_answer(conn, to, &key, &kept, now)?;
    }
    Ok(())
}
