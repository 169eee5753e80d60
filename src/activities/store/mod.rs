//! Activities in the database.

mod links;
mod references;
mod registry;
mod rows;
mod twins;
mod visibility;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Activity, ActivityKind, ActivityStatus};
use crate::access::Visibility;
use crate::db::dispatch::matches_words;
use crate::db::schema::{activities, activity_organizers, activity_partners, activity_plan_items};
use crate::db::{ActivityId, CommissionId, Db, InstitutionId, PlanItemId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::text::fold;
use crate::themes::Theme;
use rows::{Row, complete};
use visibility::{in_commission, known, meets, of_theme};

pub use references::{Names, names};
pub use registry::{in_period, listed_in_period};
pub use rows::{delete, insert, update};
pub use twins::twins;

/// What a list is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub country_code: Option<String>,
    pub commission_id: Option<CommissionId>,
    /// Organiser or partner.
    pub institution_id: Option<InstitutionId>,
    pub kind: Option<ActivityKind>,
    pub theme: Option<Theme>,
    pub plan_item_id: Option<PlanItemId>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub status: Option<ActivityStatus>,
    pub q: Option<String>,
}

/// One page, in the order in which they were entered.
pub fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: &Paging<ActivityId>,
) -> Result<Page<Activity>> {
    let mut query = narrowed(known(visibility), filter).order(activities::id).limit(paging.fetch());
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "activities", &fold([q.as_str()])));
    }
    if let Some(after) = paging.after {
        query = query.filter(activities::id.gt(after));
    }
    let page = Page::cut(query.select(Row::as_select()).load(conn)?, paging, |row: &Row| row.id);
    Ok(Page { items: complete(conn, page.items)?, next_cursor: page.next_cursor })
}

fn narrowed(mut query: visibility::Boxed, filter: &Filter) -> visibility::Boxed {
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(activities::country_code.eq(code));
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(in_commission(id));
    }
    if let Some(id) = filter.institution_id {
        let organized = activity_organizers::table
            .filter(activity_organizers::institution_id.eq(id))
            .select(activity_organizers::activity_id);
        let joined = activity_partners::table
            .filter(activity_partners::institution_id.eq(id))
            .select(activity_partners::activity_id);
        query = query.filter(activities::id.eq_any(organized).or(activities::id.eq_any(joined)));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(activities::kind.eq(kind));
    }
    if let Some(theme) = filter.theme {
        query = query.filter(of_theme(theme));
    }
    if let Some(id) = filter.plan_item_id {
        let serving = activity_plan_items::table
            .filter(activity_plan_items::plan_item_id.eq(id))
            .select(activity_plan_items::activity_id);
        query = query.filter(activities::id.eq_any(serving));
    }
    if let Some(condition) = meets(filter.from, filter.to) {
        query = query.filter(condition);
    }
    if let Some(status) = filter.status {
        query = query.filter(activities::status.eq(status));
    }
    query
}

/// 404 when there is none, or it may not be known.
pub fn find(conn: &mut Db, visibility: &Visibility, id: ActivityId) -> Result<Activity> {
    let rows = known(visibility).filter(activities::id.eq(id)).select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// These activities, by id, less what may not be known.
pub fn by_ids(conn: &mut Db, visibility: &Visibility, ids: &[ActivityId]) -> Result<HashMap<ActivityId, Activity>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = known(visibility).filter(activities::id.eq_any(ids.to_vec())).select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|activity| (activity.id, activity)).collect())
}

/// Every activity of a country, in order of id.
pub fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Activity>> {
    let rows = activities::table
        .filter(activities::country_code.eq(country))
        .order(activities::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}
