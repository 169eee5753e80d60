//! Use cases of indicators: changing them, and recording values.

use super::model::{Indicator, IndicatorInput, IndicatorValue, IndicatorValueInput};
use super::store;
use crate::access::{
    Visibility, check_countries, check_files, check_institutions, country_day, may_coordinate, new_references, require,
    require_coordinator,
};
use crate::audit;
use crate::clock::new_id;
use crate::db::dispatch::lock_row;
use crate::db::{Db, IndicatorId, PlanId, PlanItemId, Tx};
use crate::error::{Code, Faults, Permitted, Result};
use crate::identity::{Actor, Importer, Person};
use crate::plans::{find_plan, known_item_countries, plan_items_by_id};
use crate::text::{fold_spaces, name_key};

/// Creates an indicator.
pub(crate) fn create(tx: &mut Tx<'_>, actor: &Actor, input: IndicatorInput) -> Result<Indicator> {
    let (plan_id, country_code) = plan_of_item(tx, actor, input.plan_item_id)?;
    require_coordinator(actor, &country_code)?;
    check_responsibles(tx, &input)?;
    let fields = with_sorted_targets(input);
    let indicator =
        Indicator { id: new_id(tx.now), plan_id, country_code, fields, created_at: tx.now, updated_at: tx.now };
    store::insert(tx.conn, &indicator)?;
    audit::created(tx, "indicator", indicator.id, Some(&indicator.country_code), &indicator)?;
    Ok(indicator)
}

/// Changes an indicator. It stays in its country.
pub(crate) fn update(tx: &mut Tx<'_>, actor: &Actor, id: IndicatorId, input: IndicatorInput) -> Result<Indicator> {
    lock_row(tx.conn, "indicators", id)?;
    let before = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_coordinator(actor, &before.country_code)?;
    let plan_id = plan_after_move(tx, actor, &before, input.plan_item_id)?;
    check_responsibles(tx, &input)?;
    let after = Indicator { plan_id, fields: with_sorted_targets(input), updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    audit::updated(tx, "indicator", id, Some(&after.country_code), &before, &after)?;
    Ok(after)
}

/// Deletes an indicator; 409 `in_use` if it has values.
pub(super) fn delete(tx: &mut Tx<'_>, actor: &Actor, indicator: Indicator) -> Result<()> {
    require_coordinator(actor, &indicator.country_code)?;
    store::delete(tx.conn, indicator.id)?;
    audit::deleted(tx, "indicator", indicator.id, Some(&indicator.country_code), &indicator)
}

/// Returns the plan and the country of the item that a new indicator measures. 404 for an item that the actor may not see;
/// admins see all, so that for them an unknown item is a fault.
fn plan_of_item(tx: &mut Tx<'_>, actor: &Actor, item: PlanItemId) -> Result<(PlanId, String)> {
    let countries = known_item_countries(tx.conn, &Visibility::of(actor), &[item])?;
    let found = plan_items_by_id(tx.conn, &[item])?.remove(&item);
    match (countries.get(&item), found) {
        (Some(country), Some(found)) => Ok((found.plan_id, country.clone())),
        _ if actor.is_admin() => Err(Faults::one("/plan_item_id", "unknown_reference").into()),
        _ => Err(Code::NotFound.into()),
    }
}

/// Returns the plan of the item that an indicator measures after a change; a fault for an item of another country.
fn plan_after_move(tx: &mut Tx<'_>, actor: &Actor, before: &Indicator, item: PlanItemId) -> Result<PlanId> {
    if item == before.fields.plan_item_id {
        return Ok(before.plan_id);
    }
    let countries = known_item_countries(tx.conn, &Visibility::of(actor), &[item])?;
    let mut faults = tx.faults();
    check_countries(&before.country_code, &countries, &[("/plan_item_id".to_owned(), item)], &mut faults);
    faults.into_result()?;
    let found = plan_items_by_id(tx.conn, &[item])?.remove(&item);
    found.map(|found| found.plan_id).ok_or_else(|| Code::NotFound.into())
}

fn check_responsibles(tx: &mut Tx<'_>, input: &IndicatorInput) -> Result<()> {
    let mut faults = tx.faults();
    let named = new_references("/responsible_ids", &input.responsible_ids, &[]);
    check_institutions(tx.conn, &named, &mut faults)?;
    faults.into_result()
}

/// Returns the same content with its targets in the order of the years, as the database returns them.
fn with_sorted_targets(mut input: IndicatorInput) -> IndicatorInput {
    input.targets.sort_unstable_by_key(|target| target.year);
    input
}

/// Records a value, or corrects the one that its period and territory have.
pub(crate) fn record_value(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: IndicatorId,
    input: IndicatorValueInput,
) -> Result<IndicatorValue> {
    let indicator = lock_for_recorder(tx, actor, id)?;
    let mut faults = tx.faults();
    // A correction keeps the files of earlier values, also those that another person uploaded.
    let cited = store::cited_files(tx.conn, id)?;
    let files = input.evidence.iter().enumerate();
    let files = files.filter_map(|(n, one)| Some((format!("/evidence/{n}/file_id"), one.file_id?)));
    let files: Vec<_> = files.filter(|(_, file)| !cited.contains(file)).collect();
    check_files(tx.conn, Some(actor.id), &files, &mut faults)?;
    let source = ValueSource { author: Person::of(actor), imported_by: None };
    save_value(tx, &indicator, input, source, faults)
}

/// Records a value of a dataset, which names no author.
pub(crate) fn import_value(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: IndicatorId,
    input: IndicatorValueInput,
) -> Result<IndicatorValue> {
    let indicator = lock_for_recorder(tx, actor, id)?;
    let importer = Importer { id: tx.who, name: actor.name.clone() };
    let source = ValueSource { author: None, imported_by: Some(importer) };
    let faults = tx.faults();
    save_value(tx, &indicator, input, source, faults)
}

/// Locks an indicator and loads it for a person who may record its values.
fn lock_for_recorder(tx: &mut Tx<'_>, actor: &Actor, id: IndicatorId) -> Result<Indicator> {
    lock_row(tx.conn, "indicators", id)?;
    let indicator = store::find(tx.conn, &Visibility::of(actor), id)?;
    require_recorder(tx.conn, actor, &indicator)?;
    Ok(indicator)
}

/// Refuses with 403 those who may not record values: the country's coordinators and admins may, and the representatives
/// of a responsible institution in the commissions that follow the plan.
pub(super) fn require_recorder(conn: &mut Db, actor: &Actor, indicator: &Indicator) -> Result<()> {
    // A responsible institution may see the indicator and not its plan.
    let plan = find_plan(conn, &Visibility::everything(), indicator.plan_id)?;
    let represents = |id| actor.is_representative_of(id, &plan.fields.commission_ids);
    let is_responsible = indicator.fields.responsible_ids.iter().any(|id| represents(*id));
    require(may_coordinate(actor, &indicator.country_code) || is_responsible, Permitted::IndicatorRecorders)
}

/// Returns the name that a territory already has for the indicator, whatever its case, accents and spaces; else the name
/// without space around it.
fn stored_name(typed: String, territories: Vec<String>) -> String {
    let key = name_key(&typed);
    let is_same = |one: &String| name_key(one) == key;
    territories.into_iter().find(is_same).unwrap_or_else(|| fold_spaces(&typed))
}

/// The person from whom a value comes: its author, or the importer of a file.
struct ValueSource {
    author: Option<Person>,
    imported_by: Option<Importer>,
}

fn save_value(
    tx: &mut Tx<'_>,
    indicator: &Indicator,
    input: IndicatorValueInput,
    source: ValueSource,
    mut faults: Faults,
) -> Result<IndicatorValue> {
    if input.period.from() > country_day(tx.conn, &indicator.country_code, tx.now)? {
        faults.add("/period", "in_the_future");
    }
    let territories = store::territories(tx.conn, indicator.id)?;
    let input =
        IndicatorValueInput { territory: input.territory.map(|typed| stored_name(typed, territories)), ..input };
    let last = store::last_revision(tx.conn, indicator.id, &input)?;
    if last.is_none() && input.value.is_none() {
        faults.add("/value", "required");
    }
    faults.into_result()?;
    let evidence = input.evidence.into_iter().map(|one| one.bounded()).collect();
    let value = IndicatorValue {
        id: new_id(tx.recorded_at),
        indicator_id: indicator.id,
        period_from: input.period.from(),
        period_to: input.period.to(),
        fields: IndicatorValueInput { evidence, ..input },
        revision: last.unwrap_or_default().saturating_add(1),
        newest: true,
        author: source.author,
        imported_by: source.imported_by,
        recorded_at: tx.recorded_at,
    };
    store::insert_value(tx.conn, &value)?;
    audit::created(tx, "indicator_value", value.id, Some(&indicator.country_code), &value)?;
    Ok(value)
}
