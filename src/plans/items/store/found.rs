//! Items of plans that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::db::schema::plan_items;
use crate::db::search::Words;
use crate::db::{Db, MultiBackend, PlanId, PlanItemId};
use crate::error::Result;
use crate::plans::plan::visible_plans;

fn found(
    conn: &mut Db,
    visibility: &Visibility,
    words: &Words,
) -> Result<plan_items::BoxedQuery<'static, MultiBackend>> {
    let query = plan_items::table.filter(words.in_plan_items()).into_boxed();
    let Some(plans) = visible_plans(conn, visibility)? else { return Ok(query) };
    Ok(query.filter(plan_items::plan_id.eq_any(plans)))
}

/// Returns the visible items with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (PlanItemId, PlanId, Option<String>, String, Option<String>, Option<NaiveDate>);
    let mut query = found(conn, visibility, words)?.order(plan_items::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(plan_items::id.lt(PlanItemId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            plan_items::id,
            plan_items::plan_id,
            plan_items::label,
            plan_items::title,
            plan_items::comment,
            plan_items::period_to,
        ))
        .load(conn)?;
    let hit = |(id, plan, code, title, comment, date): Row| Hit {
        id: id.into(),
        page: Some(plan.into()),
        code,
        texts: comment.into_iter().chain([title.clone()]).collect(),
        title,
        date,
        dates: Vec::new(),
        country_code: String::new(),
        restricted: false,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible items with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<PlanItemId> = found(conn, visibility, words)?.limit(COUNTED_ROWS).select(plan_items::id).load(conn)?;
    Ok(ids.len())
}
