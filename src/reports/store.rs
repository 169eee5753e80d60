//! Reports and their answers in the database.

mod activities;
mod answers;
mod approvals;
mod links;
mod plans;
mod promises;
mod records;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::form::Wording;
use super::model::{ReportInput, ReportStatus, Template};
use super::records::{Item, Previous};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{countries, plans as plan_table, reports};
use crate::db::{Db, PlanId, ReportId, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};

pub use activities::activities_of;
pub use answers::{answers_of, copy_answers, put_answer, replace_drafts};
pub use approvals::{frozen_of, has_newer_version, keep_snapshot, snapshot};
pub use plans::items_of;
pub use promises::commitments_of;
pub use records::records;

/// A report without its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub id: ReportId,
    pub fields: ReportInput,
    pub status: ReportStatus,
    pub version: i32,
    pub previous_version_id: Option<ReportId>,
    pub version_reason: Option<String>,
    /// When the record was last read for it.
    pub drafted_at: Option<Instant>,
    pub approved_at: Option<Instant>,
    pub approved_by: Option<UserId>,
    pub snapshot: Option<String>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Head {
    /// The first version of a report, drafted as it is begun.
    pub fn begun(id: ReportId, fields: ReportInput, now: Instant) -> Self {
        Self {
            id,
            fields,
            status: ReportStatus::Draft,
            version: 1,
            previous_version_id: None,
            version_reason: None,
            drafted_at: Some(now),
            approved_at: None,
            approved_by: None,
            snapshot: None,
            created_at: now,
            updated_at: now,
        }
    }
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
    version: i32,
    previous_version_id: Option<ReportId>,
    version_reason: Option<String>,
    drafted_at: Option<Instant>,
    approved_at: Option<Instant>,
    approved_by: Option<UserId>,
    snapshot: Option<String>,
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
            version: row.version,
            previous_version_id: row.previous_version_id,
            version_reason: row.version_reason,
            drafted_at: row.drafted_at,
            approved_at: row.approved_at,
            approved_by: row.approved_by,
            snapshot: row.snapshot,
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
            version: head.version,
            previous_version_id: head.previous_version_id,
            version_reason: head.version_reason.clone(),
            drafted_at: head.drafted_at,
            approved_at: head.approved_at,
            approved_by: head.approved_by,
            snapshot: head.snapshot.clone(),
            created_at: head.created_at,
            updated_at: head.updated_at,
        }
    }
}

/// One page of the reports of countries that the reader coordinates, in order of entry.
pub fn list(
    conn: &mut Db,
    visibility: &Visibility,
    country: Option<&str>,
    paging: &Paging<ReportId>,
) -> Result<Page<Head>> {
    let mut query = reports::table.select(Row::as_select()).order(reports::id).limit(paging.fetch()).into_boxed();
    if !visibility.all {
        query = query.filter(reports::country_code.eq_any(visibility.countries.clone()));
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
pub fn find(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<Head> {
    let row: Option<Row> = reports::table.find(id).select(Row::as_select()).first(conn).optional()?;
    let head = row.map(Head::from).filter(|head| visibility.knows_country(&head.fields.country_code));
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

/// The country's last report that ended before this day: of several on one period an approved one, then the latest.
pub fn last_before(conn: &mut Db, country: &str, before: NaiveDate) -> Result<Option<Head>> {
    let row: Option<Row> = reports::table
        .filter(reports::country_code.eq(country).and(reports::period_to.lt(before)))
        .order((reports::period_to.desc(), reports::status.asc(), reports::id.desc()))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Head::from))
}

/// What people wrote in the country's last report that ended before this day.
pub fn previous(conn: &mut Db, country: &str, before: NaiveDate) -> Result<Option<Previous>> {
    let Some(last) = last_before(conn, country, before)? else { return Ok(None) };
    let (id, period_from, period_to) = (last.id, last.fields.period_from, last.fields.period_to);
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

/// The items of a plan, in order.
pub fn items(conn: &mut Db, plan: PlanId) -> Result<Vec<Item>> {
    Ok(items_of(conn, &[plan])?.remove(&plan).unwrap_or_default())
}

/// What stands on the cover: the names of the country and the roadmap.
pub fn cover(conn: &mut Db, country: &str, roadmap: PlanId) -> Result<(String, String)> {
    let country = countries::table.find(country).select(countries::name).first(conn)?;
    let roadmap = plan_table::table.find(roadmap).select(plan_table::title).first(conn)?;
    Ok((country, roadmap))
}
