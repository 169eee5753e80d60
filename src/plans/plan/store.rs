//! Plans in the database.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{Plan, PlanFilter, PlanInput, PlanKind};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{commissions, plan_commissions, plan_item_responsibles, plan_items, plans};
use crate::db::{Db, InstitutionId, MultiBackend, PlanId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::translations::Translations;

crate::ordered_links! {
    /// The commissions that follow a plan.
    followers: plan_commissions (plan_id: crate::db::PlanId, commission_id: crate::db::CommissionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plans, treat_none_as_null = true)]
struct Row {
    id: PlanId,
    country_code: String,
    kind: PlanKind,
    title: String,
    starts: Option<PartialDate>,
    starts_from: Option<NaiveDate>,
    starts_to: Option<NaiveDate>,
    ends: Option<PartialDate>,
    ends_from: Option<NaiveDate>,
    ends_to: Option<NaiveDate>,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(plan: &Plan) -> Self {
        let fields = plan.fields.clone();
        Self {
            id: plan.id,
            country_code: fields.country_code,
            kind: fields.kind,
            title: fields.title,
            starts: fields.starts,
            starts_from: plan.starts_from,
            starts_to: plan.starts_to,
            ends: fields.ends,
            ends_from: plan.ends_from,
            ends_to: plan.ends_to,
            created_at: plan.created_at,
            updated_at: plan.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }
}

pub(super) type Condition = Box<dyn BoxableExpression<plans::table, MultiBackend, SqlType = Bool>>;

/// Returns the condition for the visible plans; `None` if all are visible.
pub(crate) fn visible(visibility: &Visibility) -> Option<Condition> {
    if visibility.all {
        return None;
    }
    let ids = visibility.commissions();
    let followed = plan_commissions::table
        .filter(plan_commissions::commission_id.eq_any(ids.clone()))
        .select(plan_commissions::plan_id);
    let without_commission = not(exists(plan_commissions::table.filter(plan_commissions::plan_id.eq(plans::id))));
    let countries = commissions::table.filter(commissions::id.eq_any(ids)).select(commissions::country_code);
    let mut condition: Condition = Box::new(
        plans::country_code
            .eq_any(visibility.countries.clone())
            .or(plans::id.eq_any(followed))
            .or(with_responsible(&visibility.institutions))
            .or(plans::country_code.eq_any(countries).and(without_commission)),
    );
    for (commission, institutions) in visibility.bounds() {
        let inside = plan_commissions::table
            .filter(plan_commissions::commission_id.eq(commission))
            .select(plan_commissions::plan_id);
        condition = Box::new(condition.or(plans::id.eq_any(inside).and(with_responsible(&institutions))));
    }
    Some(condition)
}

/// Returns the condition for the plans with an item for which one of these institutions is responsible.
fn with_responsible(institutions: &[InstitutionId]) -> Condition {
    let responsible = plan_items::table
        .inner_join(plan_item_responsibles::table)
        .filter(plan_item_responsibles::institution_id.eq_any(institutions.to_vec()))
        .select(plan_items::plan_id);
    Box::new(plans::id.eq_any(responsible))
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Plan>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut followers = followers::load(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let fields = PlanInput {
                country_code: row.country_code,
                kind: row.kind,
                title: row.title,
                starts: row.starts,
                ends: row.ends,
                commission_ids: followers.remove(&row.id).unwrap_or_default(),
                note: row.note,
                translations: Translations::of_stored(row.translations),
            };
            Plan::new(row.id, fields, row.created_at, row.updated_at)
        })
        .collect())
}

/// Returns one page of the visible plans, in the order of creation.
pub(in crate::plans) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &PlanFilter,
    paging: &Paging<PlanId>,
) -> Result<Page<Plan>> {
    let mut query = plans::table.select(Row::as_select()).order(plans::id).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(plans::country_code.eq(code));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(plans::kind.eq(kind));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(plans::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |row: &Row| row.id).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns one plan; 404 if it is not visible.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: PlanId) -> Result<Plan> {
    let mut query = plans::table.filter(plans::id.eq(id)).select(Row::as_select()).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    let rows = query.load(conn)?;
    complete(conn, rows)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns the visible plans; None if all are visible.
pub(crate) fn all_visible(conn: &mut Db, visibility: &Visibility) -> Result<Option<Vec<PlanId>>> {
    let Some(condition) = visible(visibility) else { return Ok(None) };
    Ok(Some(plans::table.into_boxed().filter(condition).select(plans::id).load(conn)?))
}

/// Returns those of these plans that are visible.
pub(crate) fn visible_of(conn: &mut Db, visibility: &Visibility, ids: &[PlanId]) -> Result<Vec<PlanId>> {
    let mut query = plans::table.filter(plans::id.eq_any(ids)).select(plans::id).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    Ok(query.load(conn)?)
}

/// Returns every plan of a country, in the order of their ids.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Plan>> {
    let rows =
        plans::table.filter(plans::country_code.eq(country)).order(plans::id).select(Row::as_select()).load(conn)?;
    complete(conn, rows)
}

pub(super) fn insert(conn: &mut Db, plan: &Plan) -> Result<()> {
    diesel::insert_into(plans::table).values(Row::of(plan)).execute(conn)?;
    followers::insert(conn, plan.id, &plan.fields.commission_ids)
}

pub(super) fn update(conn: &mut Db, plan: &Plan) -> Result<()> {
    diesel::update(plans::table.find(plan.id)).set(Row::of(plan)).execute(conn)?;
    followers::replace(conn, plan.id, &plan.fields.commission_ids)
}

pub(super) fn delete(conn: &mut Db, id: PlanId) -> Result<()> {
    diesel::delete(plans::table.find(id)).execute(conn)?;
    Ok(())
}

pub(super) fn has_items(conn: &mut Db, id: PlanId) -> Result<bool> {
    let items = plan_items::table.filter(plan_items::plan_id.eq(id)).count();
    Ok(items.get_result::<i64>(conn)? > 0)
}
