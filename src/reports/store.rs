//! Reports in the database.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::answer::SourceKind;
use super::model::{ReportInput, ReportStatus, Template};
use super::records::Previous;
use super::sharing::store::reports_assigned_to;
use super::stored_answers::Wording;
use super::stored_answers::store::answers_of;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{countries, plans, reports};
use crate::db::{ActivityId, CommissionId, Db, PlanId, ReportId, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::plans::PlanKind;
use crate::translations::Translations;

/// A report without its questions.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reports)]
pub struct Head {
    pub id: ReportId,
    pub country_code: String,
    pub template: Template,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    pub roadmap_id: PlanId,
    pub first_report: bool,
    pub status: ReportStatus,
    pub version: i32,
    pub previous_version_id: Option<ReportId>,
    pub version_reason: Option<String>,
    /// Time of the last drafting.
    pub drafted_at: Option<Instant>,
    pub approved_at: Option<Instant>,
    pub approved_by: Option<UserId>,
    pub snapshot: Option<String>,
    pub frozen_on_upgrade: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Head {
    /// Makes the first version of a report, drafted at its creation.
    pub fn new(id: ReportId, fields: ReportInput, now: Instant) -> Self {
        Self {
            id,
            country_code: fields.country_code,
            template: fields.template,
            period_from: fields.period_from,
            period_to: fields.period_to,
            roadmap_id: fields.roadmap_id,
            first_report: fields.first_report,
            status: ReportStatus::Draft,
            version: 1,
            previous_version_id: None,
            version_reason: None,
            drafted_at: Some(now),
            approved_at: None,
            approved_by: None,
            snapshot: None,
            frozen_on_upgrade: false,
            created_at: now,
            updated_at: now,
        }
    }

    pub fn with_fields(self, fields: ReportInput) -> Self {
        Self {
            country_code: fields.country_code,
            template: fields.template,
            period_from: fields.period_from,
            period_to: fields.period_to,
            roadmap_id: fields.roadmap_id,
            first_report: fields.first_report,
            ..self
        }
    }

    pub fn fields(&self) -> ReportInput {
        ReportInput {
            country_code: self.country_code.clone(),
            template: self.template,
            period_from: self.period_from,
            period_to: self.period_to,
            roadmap_id: self.roadmap_id,
            first_report: self.first_report,
        }
    }
}

/// Loads the reports of these countries that are not approved, and those of which questions are assigned to these
/// commissions, in order of entry.
pub(super) fn drafts(conn: &mut Db, countries: &[String], commissions: &[CommissionId]) -> Result<Vec<Head>> {
    let assigned = match commissions {
        [] => Vec::new(),
        some => reports_assigned_to(conn, some)?,
    };
    Ok(reports::table
        .filter(reports::country_code.eq_any(countries).or(reports::id.eq_any(assigned)))
        .filter(reports::status.eq(ReportStatus::Draft))
        .order(reports::id)
        .select(Head::as_select())
        .load(conn)?)
}

/// Loads one page of the reports of countries that the reader coordinates, and of those of which questions are assigned to
/// the reader's commissions, in order of entry.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    country: Option<&str>,
    paging: &Paging<ReportId>,
) -> Result<Page<Head>> {
    let mut query = reports::table.select(Head::as_select()).order(reports::id).into_boxed();
    if !visibility.all {
        let assigned = reports_assigned_to(conn, &visibility.full_commissions)?;
        query =
            query.filter(reports::country_code.eq_any(visibility.countries.clone()).or(reports::id.eq_any(assigned)));
    }
    if let Some(country) = country {
        query = query.filter(reports::country_code.eq(country.to_owned()));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(reports::id.gt(after));
    }
    Ok(Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |head: &Head| head.id).counted(total))
}

/// Loads a report without a check of visibility.
pub(super) fn head(conn: &mut Db, id: ReportId) -> Result<Head> {
    let head: Option<Head> = reports::table.find(id).select(Head::as_select()).first(conn).optional()?;
    head.ok_or_else(|| Code::NotFound.into())
}

/// Returns the country of each of these reports.
pub(super) fn countries_of(conn: &mut Db, ids: &[ReportId]) -> Result<Vec<(ReportId, String)>> {
    Ok(reports::table.filter(reports::id.eq_any(ids)).select((reports::id, reports::country_code)).load(conn)?)
}

/// Loads a report; 404 for all but admins and the coordinators of the country.
pub(super) fn find(conn: &mut Db, visibility: &Visibility, id: ReportId) -> Result<Head> {
    let head = head(conn, id)?;
    if visibility.knows_country(&head.country_code) { Ok(head) } else { Err(Code::NotFound.into()) }
}

pub(super) fn insert(conn: &mut Db, head: &Head) -> Result<()> {
    diesel::insert_into(reports::table).values(head.clone()).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Db, head: &Head) -> Result<()> {
    diesel::update(reports::table.find(head.id)).set(head.clone()).execute(conn)?;
    Ok(())
}

/// Deletes a report with its answers.
pub(super) fn delete(conn: &mut Db, id: ReportId) -> Result<()> {
    diesel::delete(reports::table.find(id)).execute(conn)?;
    Ok(())
}

/// Loads the newer versions of these reports, each by the report that it replaces.
pub(super) fn newer_versions(conn: &mut Db, ids: &[ReportId]) -> Result<HashMap<ReportId, Head>> {
    let newer: Vec<Head> =
        reports::table.filter(reports::previous_version_id.eq_any(ids)).select(Head::as_select()).load(conn)?;
    Ok(newer.into_iter().filter_map(|head| Some((head.previous_version_id?, head))).collect())
}

/// Returns the reports of a country on exactly this period, the newest version first.
pub(super) fn of_period(conn: &mut Db, country: &str, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<ReportId>> {
    let of_period = reports::period_from.eq(from).and(reports::period_to.eq(to));
    Ok(reports::table
        .filter(reports::country_code.eq(country).and(of_period))
        .order((reports::version.desc(), reports::id.desc()))
        .select(reports::id)
        .load(conn)?)
}

/// Makes transactions that choose the period of a report of this country run one after another. It updates the row of the
/// country without changing it: a lock alone is not enough, because a waiting transaction on a snapshot would not see the
/// report that was committed meanwhile. After this update the database cancels it, and it runs again.
pub(super) fn lock_report_periods(conn: &mut Db, country: &str) -> Result<()> {
    diesel::update(countries::table.find(country)).set(countries::name.eq(countries::name)).execute(conn)?;
    Ok(())
}

/// Returns true if a report has a newer version.
pub(super) fn has_newer_version(conn: &mut Db, id: ReportId) -> Result<bool> {
    let newer: i64 = reports::table.filter(reports::previous_version_id.eq(id)).count().get_result(conn)?;
    Ok(newer > 0)
}

/// Returns true if a report has a newer version that is approved.
pub(super) fn has_newer_approved_version(conn: &mut Db, id: ReportId) -> Result<bool> {
    let newer = reports::table.filter(reports::previous_version_id.eq(id));
    let approved: i64 = newer.filter(reports::status.eq(ReportStatus::Approved)).count().get_result(conn)?;
    Ok(approved > 0)
}

/// Loads the approved reports of these countries, the latest period and its newest version first, at most `limit`.
pub(super) fn approved(conn: &mut Db, countries: &[&str], limit: i64) -> Result<Vec<Head>> {
    Ok(reports::table
        .filter(reports::country_code.eq_any(countries))
        .filter(reports::status.eq(ReportStatus::Approved))
        .filter(reports::snapshot.is_not_null())
        .order((reports::period_to.desc(), reports::version.desc(), reports::id.desc()))
        .limit(limit)
        .select(Head::as_select())
        .load(conn)?)
}

/// Loads the country and the kind of a plan.
pub(super) fn plan_of(conn: &mut Db, id: PlanId) -> Result<Option<(String, PlanKind)>> {
    Ok(plans::table.find(id).select((plans::country_code, plans::kind)).first(conn).optional()?)
}

/// Loads the roadmaps of a country whose time shares a day with the period.
pub(super) fn roadmaps_in_force(
    conn: &mut Db,
    country: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(PlanId, String)>> {
    let starts = plans::starts_from.is_null().or(plans::starts_from.le(to));
    let ends = plans::ends_to.is_null().or(plans::ends_to.ge(from));
    Ok(plans::table
        .filter(plans::country_code.eq(country).and(plans::kind.eq(PlanKind::Roadmap)))
        .filter(starts.assume_not_null().and(ends.assume_not_null()))
        .order(plans::id)
        .select((plans::id, plans::title))
        .load(conn)?)
}

/// A roadmap that a report can follow.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(super) struct RoadmapToChoose {
    pub id: PlanId,
    pub country_code: String,
    pub title: String,
}

/// Loads the roadmaps of these countries.
pub(super) fn roadmaps_of(conn: &mut Db, countries: &[&str]) -> Result<Vec<RoadmapToChoose>> {
    Ok(plans::table
        .filter(plans::country_code.eq_any(countries).and(plans::kind.eq(PlanKind::Roadmap)))
        .order((plans::country_code, plans::id))
        .select((plans::id, plans::country_code, plans::title))
        .load(conn)?)
}

/// Returns the last day that the reports of a country cover.
pub(super) fn last_day_reported(conn: &mut Db, country: &str) -> Result<Option<NaiveDate>> {
    let own = reports::table.filter(reports::country_code.eq(country));
    Ok(own.select(diesel::dsl::max(reports::period_to)).first(conn)?)
}

/// Loads the country's last report that ended before this day: of several on one period an approved one, then the
/// latest.
pub(super) fn last_before(conn: &mut Db, country: &str, before: NaiveDate) -> Result<Option<Head>> {
    Ok(reports::table
        .filter(reports::country_code.eq(country).and(reports::period_to.lt(before)))
        .order((reports::period_to.desc(), reports::status.asc(), reports::id.desc()))
        .select(Head::as_select())
        .first(conn)
        .optional()?)
}

/// Loads the country's last report before this day: the answers that people wrote, and the activities that it cites.
pub(super) fn previous(conn: &mut Db, country: &str, before: NaiveDate) -> Result<Option<Previous>> {
    let Some(Head { id, period_from, period_to, status, .. }) = last_before(conn, country, before)? else {
        return Ok(None);
    };
    let (texts, choices, cited) = (HashMap::new(), HashMap::new(), HashSet::new());
    let mut previous = Previous { id, period_from, period_to, texts, choices, cited };
    for (key, stored) in answers_of(conn, id)? {
        if status == ReportStatus::Approved {
            let activities = stored.sources.iter().filter(|source| source.kind == SourceKind::Activity);
            previous.cited.extend(activities.filter_map(|source| source.id.parse::<ActivityId>().ok()));
        }
        if let Wording::Own(words) = stored.wording {
            previous.choices.insert(key.clone(), stored.choices);
            previous.texts.extend(words.text.map(|text| (key, text)));
        }
    }
    Ok(Some(previous))
}

/// Loads the names of these countries in a language, by their code.
pub(super) fn country_names(conn: &mut Db, codes: &[&str], lang: Lang) -> Result<HashMap<String, String>> {
    let names: Vec<(String, String, Option<String>)> = countries::table
        .filter(countries::code.eq_any(codes))
        .select((countries::code, countries::name, countries::translations))
        .load(conn)?;
    let named = names.into_iter().map(|(code, name, stored)| (code, in_language("name", lang, name, stored)));
    Ok(named.collect())
}

/// Returns a text in a language: its translation in the column of translations, else the text itself.
fn in_language(field: &str, lang: Lang, text: String, translations: Option<String>) -> String {
    Translations::of_stored(translations).or_original(field, lang, &text).to_owned()
}

/// Returns the name of a country in a language.
pub(super) fn country_name_in(conn: &mut Db, country: &str, lang: Lang) -> Result<String> {
    country_names(conn, &[country], lang)?.remove(country).ok_or_else(|| Code::NotFound.into())
}

pub(super) fn country_name(conn: &mut Db, country: &str) -> Result<String> {
    let name = countries::table.find(country).select(countries::name).first(conn).optional()?;
    name.ok_or_else(|| Code::NotFound.into())
}

/// Returns the title of a plan in a language.
pub(super) fn plan_title(conn: &mut Db, id: PlanId, lang: Lang) -> Result<String> {
    let (title, translations) = plans::table.find(id).select((plans::title, plans::translations)).first(conn)?;
    Ok(in_language("title", lang, title, translations))
}
