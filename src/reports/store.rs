//! Reports and their answers in the database.

mod activities;
mod links;
mod plans;
mod promises;
mod records;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::form::{DraftedWords, Kept, Wording};
use super::model::{AnswerState, ReportInput, ReportStatus, Template};
use super::records::{Item, Previous};
use crate::access::Reach;
use crate::clock::Instant;
use crate::db::schema::{countries, plans as plan_table, report_answers, reports};
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Error, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;

pub use activities::activities_of;
pub use plans::items_of;
pub use promises::commitments_of;
pub use records::records;

/// A report without its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: ReportId,
    pub fields: ReportInput,
    pub status: ReportStatus,
    /// When the record was last read for it.
    pub drafted_at: Option<Instant>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reports)]
struct Row {
    id: ReportId,
    country_code: String,
    template: Template,
    period_from: NaiveDate,
    period_to: NaiveDate,
    roadmap_id: PlanId,
    first_report: bool,
    status: ReportStatus,
    drafted_at: Option<Instant>,
    created_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Head {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            fields: ReportInput {
                country_code: row.country_code,
                template: row.template,
                period_from: row.period_from,
                period_to: row.period_to,
                roadmap_id: row.roadmap_id,
                first_report: row.first_report,
            },
            status: row.status,
            drafted_at: row.drafted_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl From<&Head> for Row {
    fn from(head: &Head) -> Self {
        let fields = head.fields.clone();
        Self {
            id: head.id,
            country_code: fields.country_code,
            template: fields.template,
            period_from: fields.period_from,
            period_to: fields.period_to,
            roadmap_id: fields.roadmap_id,
            first_report: fields.first_report,
            status: head.status,
            drafted_at: head.drafted_at,
            created_at: head.created_at,
            updated_at: head.updated_at,
        }
    }
}

/// One page of the reports of countries that the reader coordinates, in order of entry.
pub fn list(conn: &mut Db, reach: &Reach, country: Option<&str>, paging: &Paging<ReportId>) -> Result<Page<Head>> {
    let mut query = reports::table.select(Row::as_select()).order(reports::id).limit(paging.fetch()).into_boxed();
    if !reach.all {
        query = query.filter(reports::country_code.eq_any(reach.countries.clone()));
    }
    if let Some(country) = country {
        query = query.filter(reports::country_code.eq(country.to_owned()));
    }
    if let Some(after) = paging.after {
        query = query.filter(reports::id.gt(after));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.id).map(Head::from))
}

/// 404 for all but admins and the coordinators of the country.
pub fn find(conn: &mut Db, reach: &Reach, id: ReportId) -> Result<Head> {
    let row: Option<Row> = reports::table.find(id).select(Row::as_select()).first(conn).optional()?;
    let head = row.map(Head::from).filter(|head| reach.knows_country(&head.fields.country_code));
    head.ok_or_else(|| Code::NotFound.into())
}

pub fn insert(conn: &mut Db, head: &Head) -> Result<()> {
    diesel::insert_into(reports::table).values(Row::from(head)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Db, head: &Head) -> Result<()> {
    diesel::update(reports::table.find(head.id)).set(Row::from(head)).execute(conn)?;
    Ok(())
}

/// The answers go with the report.
pub fn delete(conn: &mut Db, id: ReportId) -> Result<()> {
    diesel::delete(reports::table.find(id)).execute(conn)?;
    Ok(())
}

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

/// Country and kind of a plan; None when there is none.
pub fn plan_of(conn: &mut Db, id: PlanId) -> Result<Option<(String, String)>> {
    let plan = plan_table::table.find(id).select((plan_table::country_code, plan_table::kind)).first(conn);
    Ok(plan.optional()?)
}

/// The roadmaps of a country whose time meets the period; an open end is open.
pub fn roadmaps_in_force(
    conn: &mut Db,
    country: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(PlanId, String)>> {
    let starts = plan_table::starts_from.is_null().or(plan_table::starts_from.le(to));
    let ends = plan_table::ends_to.is_null().or(plan_table::ends_to.ge(from));
    Ok(plan_table::table
        .filter(plan_table::country_code.eq(country).and(plan_table::kind.eq("roadmap")))
        .filter(starts.assume_not_null().and(ends.assume_not_null()))
        .order(plan_table::id)
        .select((plan_table::id, plan_table::title))
        .load(conn)?)
}

/// What people wrote in the country's last report that ended before this day.
pub fn previous(conn: &mut Db, country: &str, before: NaiveDate) -> Result<Option<Previous>> {
    let last: Option<(ReportId, NaiveDate, NaiveDate)> = reports::table
        .filter(reports::country_code.eq(country).and(reports::period_to.lt(before)))
        .order((reports::period_to.desc(), reports::id.desc()))
        .select((reports::id, reports::period_from, reports::period_to))
        .first(conn)
        .optional()?;
    let Some((id, period_from, period_to)) = last else { return Ok(None) };
    let answers = answers_of(conn, &[id])?.remove(&id).unwrap_or_default();
    let mut previous = Previous { id, period_from, period_to, texts: HashMap::new(), choices: HashMap::new() };
    for (key, kept) in answers {
        if let Wording::Own { text, .. } = kept.wording {
            previous.choices.insert(key.clone(), kept.choices);
            previous.texts.extend(text.map(|text| (key, text)));
        }
    }
    Ok(Some(previous))
}

/// The items of a plan that a suggestion can be made for, in order.
pub fn items(conn: &mut Db, plan: PlanId) -> Result<Vec<Item>> {
    Ok(items_of(conn, &[plan])?.remove(&plan).unwrap_or_default())
}

/// What stands on the cover: the names of the country and the roadmap.
pub fn cover(conn: &mut Db, country: &str, roadmap: PlanId) -> Result<(String, String)> {
    let country = countries::table.find(country).select(countries::name).first(conn)?;
    let roadmap = plan_table::table.find(roadmap).select(plan_table::title).first(conn)?;
    Ok((country, roadmap))
}
