//! Indicators in the database.

mod found;
mod values;

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{
    Aggregation, Baseline, Decimal, Direction, Indicator, IndicatorFilter, IndicatorInput, IndicatorValue,
    MeasuredIndicator, YearTarget,
};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{indicator_responsibles, indicator_targets, indicators, plan_commissions, plan_items, plans};
use crate::db::{Db, IndicatorId, InstitutionId, MultiBackend, PlanId, PlanItemId, grouped};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::plans::visible_plans;
use crate::translations::Translations;

pub(crate) use found::{search, search_count};
use values::newest_of;
pub(super) use values::{cited_files, find_value, insert_value, last_revision, list_values, territories, values_of};

crate::ordered_links! {
    /// The institutions responsible for an indicator.
    responsibles: indicator_responsibles (indicator_id: crate::db::IndicatorId, institution_id: crate::db::InstitutionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = indicators, treat_none_as_null = true)]
struct Row {
    id: IndicatorId,
    plan_item_id: PlanItemId,
    name: String,
    unit: String,
    definition: Option<String>,
    source: Option<String>,
    direction: Option<Direction>,
    baseline_millionths: Option<i64>,
    baseline_year: Option<i32>,
    territory: Option<String>,
    aggregation: Aggregation,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(indicator: &Indicator) -> Self {
        let fields = indicator.fields.clone();
        Self {
            id: indicator.id,
            plan_item_id: fields.plan_item_id,
            name: fields.name,
            unit: fields.unit,
            definition: fields.definition,
            source: fields.source,
            direction: fields.direction,
            baseline_millionths: fields.baseline.map(|baseline| baseline.value.millionths()),
            baseline_year: fields.baseline.map(|baseline| baseline.year),
            territory: fields.territory,
            aggregation: fields.aggregation,
            created_at: indicator.created_at,
            updated_at: indicator.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    /// Converts the row, without its targets and its responsible institutions, which are loaded for a whole page at once.
    fn without_lists(self, PlanRef { plan_id, country_code }: PlanRef) -> Indicator {
        let baseline = self.baseline_millionths.zip(self.baseline_year);
        let fields = IndicatorInput {
            plan_item_id: self.plan_item_id,
            name: self.name,
            unit: self.unit,
            definition: self.definition,
            source: self.source,
            direction: self.direction,
            baseline: baseline.map(|(value, year)| Baseline { value: Decimal::of_millionths(value), year }),
            targets: Vec::new(),
            responsible_ids: Vec::new(),
            territory: self.territory,
            aggregation: self.aggregation,
            note: self.note,
            translations: Translations::of_stored(self.translations),
        };
        Indicator {
            id: self.id,
            plan_id,
            country_code,
            fields,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

type Query = indicators::BoxedQuery<'static, MultiBackend>;
type Condition = Box<dyn BoxableExpression<indicators::table, MultiBackend, SqlType = Bool>>;

/// Returns the query for the visible indicators: those of visible plans, and those for which an institution of the person is
/// responsible.
fn visible_rows(conn: &mut Db, visibility: &Visibility) -> Result<Query> {
    let query = indicators::table.into_boxed();
    let Some(plans) = visible_plans(conn, visibility)? else { return Ok(query) };
    let mut condition: Condition =
        Box::new(of_plans(plans).or(indicators::id.eq_any(ids_of_responsible(visibility.institutions.clone()))));
    for (commission, institutions) in visibility.bounds() {
        let of_commission = plan_commissions::table
            .filter(plan_commissions::commission_id.eq(commission))
            .select(plan_commissions::plan_id);
        let items = plan_items::table.filter(plan_items::plan_id.eq_any(of_commission)).select(plan_items::id);
        let own = indicators::id.eq_any(ids_of_responsible(institutions));
        condition = Box::new(condition.or(indicators::plan_item_id.eq_any(items).and(own)));
    }
    Ok(query.filter(condition))
}

/// Returns the condition for the indicators of these plans.
#[diesel::dsl::auto_type(no_type_alias)]
fn of_plans(ids: Vec<PlanId>) -> _ {
    let items = plan_items::table.filter(plan_items::plan_id.eq_any(ids)).select(plan_items::id);
    indicators::plan_item_id.eq_any(items)
}

/// Returns the condition for the indicators of these countries.
#[diesel::dsl::auto_type(no_type_alias)]
fn of_countries(codes: Vec<String>) -> _ {
    let own = plans::table.filter(plans::country_code.eq_any(codes)).select(plans::id);
    let items = plan_items::table.filter(plan_items::plan_id.eq_any(own)).select(plan_items::id);
    indicators::plan_item_id.eq_any(items)
}

/// Returns the query for the ids of the indicators for which these institutions are responsible.
#[diesel::dsl::auto_type(no_type_alias)]
fn ids_of_responsible(institutions: Vec<InstitutionId>) -> _ {
    indicator_responsibles::table
        .filter(indicator_responsibles::institution_id.eq_any(institutions))
        .select(indicator_responsibles::indicator_id)
}

fn targets_of(conn: &mut Db, ids: &[IndicatorId]) -> Result<HashMap<IndicatorId, Vec<YearTarget>>> {
    let rows: Vec<(IndicatorId, i32, i64)> = indicator_targets::table
        .filter(indicator_targets::indicator_id.eq_any(ids))
        .order((indicator_targets::indicator_id, indicator_targets::year))
        .load(conn)?;
    let target = |(id, year, value)| (id, YearTarget { year, value: Decimal::of_millionths(value) });
    Ok(grouped(rows.into_iter().map(target)))
}

/// The plan of an indicator, and its country.
#[derive(Clone)]
struct PlanRef {
    plan_id: PlanId,
    country_code: String,
}

/// Returns the plans of these items.
fn plans_of(conn: &mut Db, ids: &[PlanItemId]) -> Result<HashMap<PlanItemId, PlanRef>> {
    let rows: Vec<(PlanItemId, PlanId, String)> = plan_items::table
        .inner_join(plans::table)
        .filter(plan_items::id.eq_any(ids))
        .select((plan_items::id, plans::id, plans::country_code))
        .load(conn)?;
    Ok(rows.into_iter().map(|(item, plan_id, country_code)| (item, PlanRef { plan_id, country_code })).collect())
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Indicator>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let items: Vec<_> = rows.iter().map(|row| row.plan_item_id).collect();
    let mut responsibles = responsibles::load(conn, &ids)?;
    let mut targets = targets_of(conn, &ids)?;
    let plans = plans_of(conn, &items)?;
    let whole = rows.into_iter().filter_map(|row| {
        let plan = plans.get(&row.plan_item_id)?.clone();
        let mut indicator = row.without_lists(plan);
        indicator.fields.targets = targets.remove(&indicator.id).unwrap_or_default();
        indicator.fields.responsible_ids = responsibles.remove(&indicator.id).unwrap_or_default();
        Some(indicator)
    });
    Ok(whole.collect())
}

/// Completes indicators with their values.
fn measured(conn: &mut Db, found: Vec<Indicator>) -> Result<Vec<MeasuredIndicator>> {
    let ids: Vec<_> = found.iter().map(|indicator| indicator.id).collect();
    let mut values = newest_of(conn, &ids)?;
    let whole = found.into_iter().map(|indicator| {
        let own = values.remove(&indicator.id).unwrap_or_default();
        MeasuredIndicator::new(indicator, &own)
    });
    Ok(whole.collect())
}

/// Returns one page of the visible indicators, in the order of creation.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &IndicatorFilter,
    paging: &Paging<IndicatorId>,
) -> Result<Page<MeasuredIndicator>> {
    let mut query = visible_rows(conn, visibility)?.order(indicators::id);
    if let Some(id) = filter.plan_item_id {
        query = query.filter(indicators::plan_item_id.eq(id));
    }
    if let Some(id) = filter.plan_id {
        query = query.filter(of_plans(vec![id]));
    }
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(of_countries(vec![code]));
    }
    if let Some(id) = filter.responsible_id {
        query = query.filter(indicators::id.eq_any(ids_of_responsible(vec![id])));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(indicators::id.gt(after));
    }
    let rows = query.limit(paging.fetch()).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, paging, |row: &Row| row.id).counted(total);
    page.complete(|rows| {
        let found = complete(conn, rows)?;
        measured(conn, found)
    })
}

/// Returns every indicator of a country, in the order of creation.
pub(crate) fn of_country(conn: &mut Db, country: &str) -> Result<Vec<Indicator>> {
    let rows = indicators::table
        .filter(of_countries(vec![country.to_owned()]))
        .order(indicators::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns every value of the indicators of a country.
pub(crate) fn values_of_country(conn: &mut Db, country: &str) -> Result<Vec<IndicatorValue>> {
    let ids: Vec<IndicatorId> =
        indicators::table.filter(of_countries(vec![country.to_owned()])).select(indicators::id).load(conn)?;
    Ok(values_of(conn, &ids)?.into_values().flatten().collect())
}

/// Returns every indicator of these plans with its values, in the order of creation. The caller checks that the plans are
/// visible.
pub(crate) fn of_plans_measured(conn: &mut Db, ids: &[PlanId]) -> Result<Vec<MeasuredIndicator>> {
    let rows =
        indicators::table.filter(of_plans(ids.to_vec())).order(indicators::id).select(Row::as_select()).load(conn)?;
    let found = complete(conn, rows)?;
    measured(conn, found)
}

/// Returns one indicator; 404 if it is not visible.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: IndicatorId) -> Result<Indicator> {
    let rows = visible_rows(conn, visibility)?.filter(indicators::id.eq(id)).select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns one indicator with its values; 404 if it is not visible.
pub(crate) fn find_measured(conn: &mut Db, visibility: &Visibility, id: IndicatorId) -> Result<MeasuredIndicator> {
    let found = find(conn, visibility, id)?;
    measured(conn, vec![found])?.pop().ok_or_else(|| Code::NotFound.into())
}

pub(super) fn insert(conn: &mut Db, indicator: &Indicator) -> Result<()> {
    diesel::insert_into(indicators::table).values(Row::of(indicator)).execute(conn)?;
    insert_targets(conn, indicator)?;
    responsibles::insert(conn, indicator.id, &indicator.fields.responsible_ids)
}

pub(super) fn update(conn: &mut Db, indicator: &Indicator) -> Result<()> {
    diesel::update(indicators::table.find(indicator.id)).set(Row::of(indicator)).execute(conn)?;
    diesel::delete(indicator_targets::table.filter(indicator_targets::indicator_id.eq(indicator.id))).execute(conn)?;
    insert_targets(conn, indicator)?;
    responsibles::replace(conn, indicator.id, &indicator.fields.responsible_ids)
}

fn insert_targets(conn: &mut Db, indicator: &Indicator) -> Result<()> {
    let row = |target: &YearTarget| {
        (
            indicator_targets::indicator_id.eq(indicator.id),
            indicator_targets::year.eq(target.year),
            indicator_targets::value_millionths.eq(target.value.millionths()),
        )
    };
    let rows: Vec<_> = indicator.fields.targets.iter().map(row).collect();
    crate::insert_all!(conn, indicator_targets::table, &rows)
}

/// Deletes an indicator; 409 `in_use` if it has values.
pub(super) fn delete(conn: &mut Db, id: IndicatorId) -> Result<()> {
    diesel::delete(indicators::table.find(id)).execute(conn)?;
    Ok(())
}
