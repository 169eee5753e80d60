//! What stands in the registry of a period: a constant number of queries.

use diesel::prelude::*;

use super::rows::{Row, complete};
use super::visibility::{ActivityQuery, in_commission, of_theme, overlapping, visible};
use crate::access::Visibility;
use crate::activities::model::{Activity, ActivityStatus};
use crate::activities::registry::{Listed, RegistryQuery};
use crate::db::Db;
use crate::db::schema::activities;
use crate::error::Result;

/// The validated activities of a period, and how many wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodActivities {
    /// In order of their dates.
    pub dated: Vec<Activity>,
    /// In the order in which they were entered.
    pub undated: Vec<Activity>,
    /// Submitted and not validated.
    pub pending: i64,
}

pub fn in_period(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<PeriodActivities> {
    let rows = of_period(visibility, query, ActivityStatus::Validated)
        .order((activities::span_from, activities::span_to, activities::id))
        .select(Row::as_select())
        .load(conn)?;
    let pending = of_period(visibility, query, ActivityStatus::Submitted).count().get_result(conn)?;
    let (dated, undated) = complete(conn, rows)?.into_iter().partition(|activity| activity.fields.starts.is_some());
    Ok(PeriodActivities { dated, undated, pending })
}

/// The same by id alone.
pub fn listed_in_period(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<Listed> {
    let validated = || of_period(visibility, query, ActivityStatus::Validated);
    let dated = validated()
        .filter(activities::starts.is_not_null())
        .order((activities::span_from, activities::span_to, activities::id))
        .select(activities::id)
        .load(conn)?;
    let undated =
        validated().filter(activities::starts.is_null()).order(activities::id).select(activities::id).load(conn)?;
    let pending = of_period(visibility, query, ActivityStatus::Submitted).count().get_result(conn)?;
    Ok(Listed { dated, undated, pending })
}

fn of_period(visibility: &Visibility, query: &RegistryQuery, status: ActivityStatus) -> ActivityQuery {
    let mut boxed = visible(visibility)
        .filter(activities::country_code.eq(query.country_code.clone()))
        .filter(activities::status.eq(status));
    if let Some(condition) = overlapping(Some(query.from), Some(query.to)) {
        boxed = boxed.filter(condition);
    }
    if let Some(id) = query.commission_id {
        boxed = boxed.filter(in_commission(id));
    }
    if let Some(theme) = query.theme {
        boxed = boxed.filter(of_theme(theme));
    }
    boxed
}
