//! Items of plans in the database.

mod found;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{ItemStatus, PlanItem, PlanItemInput, PlanItemKind};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{plan_items, plans};
use crate::db::{Db, PlanId, PlanItemId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::plans::plan::visible;
use crate::translations::Translations;

pub(crate) use found::{search, search_count};

crate::ordered_links! {
    /// The institutions responsible for an item.
    responsibles: plan_item_responsibles (plan_item_id: crate::db::PlanItemId, institution_id: crate::db::InstitutionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plan_items, treat_none_as_null = true)]
struct Row {
    id: PlanItemId,
    plan_id: PlanId,
    kind: PlanItemKind,
    title: String,
    position: i32,
    label: Option<String>,
    parent_id: Option<PlanItemId>,
    period_from: Option<NaiveDate>,
    period_to: Option<NaiveDate>,
    status: Option<ItemStatus>,
    comment: Option<String>,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(item: &PlanItem) -> Self {
        let fields = item.fields.clone();
        Self {
            id: item.id,
            plan_id: item.plan_id,
            kind: fields.kind,
            title: fields.title,
            position: fields.position.unwrap_or_default(),
            label: fields.label,
            parent_id: fields.parent_id,
            period_from: fields.period_from,
            period_to: fields.period_to,
            status: fields.status,
            comment: fields.comment,
            created_at: item.created_at,
            updated_at: item.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<PlanItem>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut responsibles = responsibles::load(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| PlanItem {
            id: row.id,
            plan_id: row.plan_id,
            fields: PlanItemInput {
                kind: row.kind,
                title: row.title,
                position: Some(row.position),
                label: row.label,
                parent_id: row.parent_id,
                period_from: row.period_from,
                period_to: row.period_to,
                status: row.status,
                comment: row.comment,
                responsible_ids: responsibles.remove(&row.id).unwrap_or_default(),
                note: row.note,
                translations: Translations::of_stored(row.translations),
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
        .collect())
}

/// Returns one page of a plan's items, in the order of their positions.
pub(super) fn list(conn: &mut Db, plan: PlanId, paging: &Paging<i32>) -> Result<Page<PlanItem>> {
    let mut query = plan_items::table
        .filter(plan_items::plan_id.eq(plan))
        .select(Row::as_select())
        .order(plan_items::position)
        .into_boxed();
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(plan_items::position.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |row: &Row| row.position).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns one item; 404 if the plan has no such item.
pub(super) fn find(conn: &mut Db, plan: PlanId, id: PlanItemId) -> Result<PlanItem> {
    let item = by_ids(conn, &[id])?.remove(&id);
    item.filter(|item| item.plan_id == plan).ok_or_else(|| Code::NotFound.into())
}

/// Returns these items by id.
pub(crate) fn by_ids(conn: &mut Db, ids: &[PlanItemId]) -> Result<HashMap<PlanItemId, PlanItem>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = plan_items::table.filter(plan_items::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|item| (item.id, item)).collect())
}

/// Returns every item of these plans, in the order of plans and positions.
pub(crate) fn of_plans(conn: &mut Db, ids: &[PlanId]) -> Result<Vec<PlanItem>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = plan_items::table
        .filter(plan_items::plan_id.eq_any(ids))
        .order((plan_items::plan_id, plan_items::position))
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns the countries of those of these items that are visible.
pub(crate) fn countries(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[PlanItemId],
) -> Result<HashMap<PlanItemId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(PlanItemId, PlanId, String)> = plan_items::table
        .inner_join(plans::table)
        .filter(plan_items::id.eq_any(ids))
        .select((plan_items::id, plans::id, plans::country_code))
        .load(conn)?;
    let plan_ids: Vec<_> = rows.iter().map(|(_, plan, _)| *plan).collect();
    let mut query = plans::table.filter(plans::id.eq_any(plan_ids)).select(plans::id).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    let visible: Vec<PlanId> = query.load(conn)?;
    let rows = rows.into_iter().filter(|(_, plan, _)| visible.contains(plan));
    Ok(rows.map(|(item, _, country)| (item, country)).collect())
}

/// Returns the parent of each item of the plan that has one.
pub(super) fn parents(conn: &mut Db, plan: PlanId) -> Result<HashMap<PlanItemId, PlanItemId>> {
    let rows: Vec<(PlanItemId, PlanItemId)> = plan_items::table
        .filter(plan_items::plan_id.eq(plan))
        .filter(plan_items::parent_id.is_not_null())
        .select((plan_items::id, plan_items::parent_id.assume_not_null()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns the greatest position of the plan's items except one.
pub(super) fn last_position(conn: &mut Db, plan: PlanId, except: PlanItemId) -> Result<Option<i32>> {
    let others = plan_items::table.filter(plan_items::plan_id.eq(plan)).filter(plan_items::id.ne(except));
    Ok(others.select(diesel::dsl::max(plan_items::position)).get_result(conn)?)
}

/// Returns true if an item of the plan except one has this position.
pub(super) fn is_taken(conn: &mut Db, plan: PlanId, position: i32, except: PlanItemId) -> Result<bool> {
    let others = plan_items::table
        .filter(plan_items::plan_id.eq(plan))
        .filter(plan_items::position.eq(position))
        .filter(plan_items::id.ne(except));
    Ok(others.count().get_result::<i64>(conn)? > 0)
}

pub(super) fn insert(conn: &mut Db, item: &PlanItem) -> Result<()> {
    diesel::insert_into(plan_items::table).values(Row::of(item)).execute(conn)?;
    responsibles::insert(conn, item.id, &item.fields.responsible_ids)
}

pub(super) fn update(conn: &mut Db, item: &PlanItem) -> Result<()> {
    diesel::update(plan_items::table.find(item.id)).set(Row::of(item)).execute(conn)?;
    responsibles::replace(conn, item.id, &item.fields.responsible_ids)
}

pub(super) fn delete(conn: &mut Db, id: PlanItemId) -> Result<()> {
    diesel::delete(plan_items::table.find(id)).execute(conn)?;
    Ok(())
}
