//! The queries of activities, with the visibility rule as SQL.

mod found;
mod rows;

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::model::{Activity, ActivityKind, ActivityStatus, Duplicate, Likeness};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::dispatch::matches_words;
use crate::db::schema::{
    activities, activity_commissions, activity_organizers, activity_partners, activity_plan_items, activity_themes,
};
use crate::db::{ActivityId, CommissionId, Db, InstitutionId, MultiBackend, PlanItemId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::text::fold;
use crate::themes::Theme;
use rows::{organizers, partners};

pub(crate) use found::{search, search_count};
pub(crate) use rows::{Row, complete, delete, insert, update};

/// The filters of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub country_code: Option<String>,
    pub commission_id: Option<CommissionId>,
    /// The organiser or partner.
    pub institution_id: Option<InstitutionId>,
    pub kind: Option<ActivityKind>,
    pub theme: Option<Theme>,
    pub plan_item_id: Option<PlanItemId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub status: Option<ActivityStatus>,
    pub q: Option<String>,
}

/// Loads one page, in the order in which they were created.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: &Paging<ActivityId>,
) -> Result<Page<Activity>> {
    let mut query = filtered(visibility, filter).order(activities::id);
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "activities", &fold([q.as_str()])));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(activities::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).select(Row::as_select()).load(conn)?, paging, |row: &Row| row.id)
        .counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns the query for the visible activities that match the filter, its words apart.
pub(super) fn filtered(visibility: &Visibility, filter: &Filter) -> ActivityQuery {
    let mut query = visible(visibility);
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(activities::country_code.eq(code));
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(of_commissions(&[id]));
    }
    if let Some(id) = filter.institution_id {
        query = query.filter(of_institutions(&[id]));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(activities::kind.eq(kind));
    }
    if let Some(theme) = filter.theme {
        let touching = activity_themes::table.filter(activity_themes::theme.eq(theme));
        query = query.filter(activities::id.eq_any(touching.select(activity_themes::activity_id)));
    }
    if let Some(id) = filter.plan_item_id {
        let serving = activity_plan_items::table
            .filter(activity_plan_items::plan_item_id.eq(id))
            .select(activity_plan_items::activity_id);
        query = query.filter(activities::id.eq_any(serving));
    }
    if let Some(condition) = overlapping(filter.from, filter.to) {
        query = query.filter(condition);
    }
    if let Some(status) = filter.status {
        query = query.filter(activities::status.eq(status));
    }
    query
}

/// Loads a visible activity; 404 otherwise.
pub(super) fn find(conn: &mut Db, visibility: &Visibility, id: ActivityId) -> Result<Activity> {
    let rows = visible(visibility).filter(activities::id.eq(id)).select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns the ids of those of these activities that are visible.
pub(crate) fn visible_ids(conn: &mut Db, visibility: &Visibility, ids: &[ActivityId]) -> Result<Vec<ActivityId>> {
    Ok(visible(visibility).filter(activities::id.eq_any(ids.to_vec())).select(activities::id).load(conn)?)
}

/// Loads those of these activities that are visible, by id.
pub(super) fn by_ids(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[ActivityId],
) -> Result<HashMap<ActivityId, Activity>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = visible(visibility).filter(activities::id.eq_any(ids.to_vec())).select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|activity| (activity.id, activity)).collect())
}

/// Marks activities as validated.
pub(super) fn validate(conn: &mut Db, ids: &[ActivityId], now: Instant) -> Result<()> {
    diesel::update(activities::table.filter(activities::id.eq_any(ids)))
        .set((
            activities::status.eq(ActivityStatus::Validated),
            activities::returned_at.eq(None::<Instant>),
            activities::returned_reason.eq(None::<String>),
            activities::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Loads every activity of a country, in order of id.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Activity>> {
    let rows = activities::table
        .filter(activities::country_code.eq(country))
        .order(activities::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// The number of activities of a month that are compared at most.
const MAX_COMPARED: i64 = 2000;

/// Returns the visible activities of the same month that may be the same as this one.
pub(super) fn duplicates(conn: &mut Db, visibility: &Visibility, activity: &Activity) -> Result<Vec<Duplicate>> {
    let fields = &activity.fields;
    let parties: Vec<_> = fields.parties().collect();
    let Some(first) = activity.starts_from.and_then(|day| day.with_day(1)).filter(|_| !parties.is_empty()) else {
        return Ok(Vec::new());
    };
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let others: Vec<(ActivityId, String, bool)> = visible(visibility)
        .filter(activities::country_code.eq(fields.country_code.clone()).and(activities::id.ne(activity.id)))
        .filter(activities::span_from.ge(first).assume_not_null().and(activities::span_from.lt(next).assume_not_null()))
        .order(activities::id)
        .limit(MAX_COMPARED)
        .select((activities::id, activities::title, activities::restricted))
        .load(conn)?;
    let like = |title: &str, parties: &[_]| {
        let own = Likeness { title: &fields.title, starts_from: Some(first), parties };
        own.may_be(&Likeness { title, starts_from: Some(first), parties })
    };
    let alike: Vec<(ActivityId, String, bool)> =
        others.into_iter().filter(|(_, title, _)| like(title, &parties)).collect();
    let ids: Vec<ActivityId> = alike.iter().map(|(id, ..)| *id).collect();
    let mut organizers = organizers::load(conn, &ids)?;
    let mut partners = partners::load(conn, &ids)?;
    let mut shares = |id: &ActivityId| {
        let mut theirs = organizers.remove(id).unwrap_or_default();
        theirs.extend(partners.remove(id).unwrap_or_default());
        theirs.iter().any(|party| parties.contains(party))
    };
    let shared = alike.into_iter().filter(|(id, ..)| shares(id));
    Ok(shared.map(|(id, title, restricted)| Duplicate { id, title, restricted }).collect())
}

/// A query to which conditions are added.
pub(super) type ActivityQuery = activities::BoxedQuery<'static, MultiBackend, activities::SqlType>;

/// A condition on activities.
type Condition = Box<dyn BoxableExpression<activities::table, MultiBackend, SqlType = Bool>>;

/// A condition on columns that may be null; null does not meet it.
type OpenCondition = Box<dyn BoxableExpression<activities::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// Returns the query for the visible activities.
fn visible(visibility: &Visibility) -> ActivityQuery {
    let query = activities::table.into_boxed();
    if visibility.all {
        return query;
    }
    let mut known: Condition = Box::new(
        activities::country_code
            .eq_any(visibility.countries.clone())
            .or(of_commissions(&visibility.full_commissions))
            .or(activities::restricted.eq(false).and(of_commissions(&visibility.unrestricted_commissions)))
            .or(of_institutions(&visibility.institutions)),
    );
    for (commission, own) in visibility.bounds() {
        known = Box::new(known.or(of_commissions(&[commission]).and(of_institutions(&own))));
    }
    query.filter(known)
}

/// Returns the condition for the activities that one of these institutions organises or takes part in.
fn of_institutions(institutions: &[InstitutionId]) -> Condition {
    let organized = activity_organizers::table
        .filter(activity_organizers::institution_id.eq_any(institutions.to_vec()))
        .select(activity_organizers::activity_id);
    let joined = activity_partners::table
        .filter(activity_partners::institution_id.eq_any(institutions.to_vec()))
        .select(activity_partners::activity_id);
    Box::new(activities::id.eq_any(organized).or(activities::id.eq_any(joined)))
}

/// Returns the condition that the interval of the activity overlaps the period; for an activity without a date, the
/// period that it was reported for. None without bounds.
fn overlapping(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<OpenCondition> {
    if from.is_none() && to.is_none() {
        return None;
    }
    let (first, last) = (from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX));
    let (first, last) = (bounded(first), bounded(last));
    let dated = activities::span_from.le(last).and(activities::span_to.ge(first));
    let begins = activities::period_from.is_null().or(activities::period_from.le(last));
    let ends = activities::period_to.is_null().or(activities::period_to.ge(first));
    let reported = activities::period_from.is_not_null().or(activities::period_to.is_not_null());
    let undated = activities::span_from.is_null().and(reported).and(begins).and(ends);
    Some(Box::new(dated.or(undated)))
}

/// Limits a day to those that both databases write alike.
fn bounded(day: NaiveDate) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(NaiveDate::MIN);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX);
    day.clamp(first, last)
}

/// Returns the condition for the activities of one of these commissions.
fn of_commissions(ids: &[CommissionId]) -> Condition {
    let inside = activity_commissions::table
        .filter(activity_commissions::commission_id.eq_any(ids.to_vec()))
        .select(activity_commissions::activity_id);
    Box::new(activities::id.eq_any(inside))
}
