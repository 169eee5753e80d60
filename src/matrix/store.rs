//! Stored imports and their effects.

use diesel::prelude::*;

use super::choices::Mapping;
use super::model::{Effect, MatrixImport, RowCounts};
use super::numbers::Numbers;
use super::words::fold;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{import_effects, imports, matrix_mappings};
use crate::db::{CommissionId, Db, ImportId, UserId};
use crate::error::{Code, Error, Result};
use crate::http::{Page, Paging};
use crate::identity::Actor;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = imports, treat_none_as_default_value = false)]
struct Row {
    id: ImportId,
    country_code: String,
    commission_id: Option<CommissionId>,
    file_name: String,
    sha256: String,
    created: i32,
    changed: i32,
    unchanged: i32,
    imported_by: Option<UserId>,
    created_at: Instant,
    undone_by: Option<UserId>,
    undone_at: Option<Instant>,
}

#[derive(Insertable)]
#[diesel(table_name = import_effects, treat_none_as_default_value = false)]
struct EffectRow {
    import_id: ImportId,
    position: i32,
    effect: String,
}

fn int(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

impl Row {
    fn of(import: &MatrixImport) -> Self {
        Self {
            id: import.id,
            country_code: import.country_code.clone(),
            commission_id: import.commission_id,
            file_name: import.file_name.clone(),
            sha256: import.sha256.clone(),
            created: int(import.totals.created),
            changed: int(import.totals.changed),
            unchanged: int(import.totals.unchanged),
            imported_by: import.imported_by,
            created_at: import.created_at,
            undone_by: import.undone_by,
            undone_at: import.undone_at,
        }
    }

    fn import(self) -> MatrixImport {
        MatrixImport {
            id: self.id,
            country_code: self.country_code,
            commission_id: self.commission_id,
            file_name: self.file_name,
            sha256: self.sha256,
            totals: RowCounts {
                created: count(self.created),
                changed: count(self.changed),
                unchanged: count(self.unchanged),
                rejected: 0,
            },
            imported_by: self.imported_by,
            created_at: self.created_at,
            undone_by: self.undone_by,
            undone_at: self.undone_at,
        }
    }
}

pub(super) fn insert(conn: &mut Db, import: &MatrixImport, effects: &[Effect]) -> Result<()> {
    diesel::insert_into(imports::table).values(Row::of(import)).execute(conn)?;
    let mut rows = Vec::with_capacity(effects.len());
    for (position, effect) in (0..).zip(effects) {
        let effect = serde_json::to_string(effect).map_err(Error::internal)?;
        rows.push(EffectRow { import_id: import.id, position, effect });
    }
    for rows in rows.chunks(1000) {
        insert_effects(conn, rows)?;
    }
    Ok(())
}

fn insert_effects(conn: &mut Db, rows: &[EffectRow]) -> Result<()> {
    crate::insert_many!(conn, import_effects::table, rows)
}

/// Returns the effects of an import, in their order.
pub(super) fn effects(conn: &mut Db, id: ImportId) -> Result<Vec<Effect>> {
    let rows: Vec<String> = import_effects::table
        .filter(import_effects::import_id.eq(id))
        .order(import_effects::position)
        .select(import_effects::effect)
        .load(conn)?;
    rows.iter().map(|row| serde_json::from_str(row).map_err(Error::internal)).collect()
}

/// Returns the commitments of imports that were not undone, by the numbers of their rows.
pub(super) fn numbers(conn: &mut Db, country: &str) -> Result<Numbers> {
    let present =
        imports::table.filter(imports::country_code.eq(country).and(imports::undone_at.is_null())).select(imports::id);
    let rows: Vec<String> = import_effects::table
        .filter(import_effects::import_id.eq_any(present))
        .filter(import_effects::effect.like("%\"number\":\"%"))
        .order((import_effects::import_id, import_effects::position))
        .select(import_effects::effect)
        .load(conn)?;
    let mut numbers = Numbers::new();
    for row in rows {
        let effect: Effect = serde_json::from_str(&row).map_err(Error::internal)?;
        if let Some((number, id)) = effect.commitment().and_then(|one| Some((one.number.as_deref()?, one.id))) {
            let named = numbers.entry(fold(number)).or_default();
            if !named.contains(&id) {
                named.push(id);
            }
        }
    }
    Ok(numbers)
}

/// Marks the import as undone and deletes its effects, which are not needed any more.
pub(super) fn mark_undone(conn: &mut Db, id: ImportId, by: Option<UserId>, at: Instant) -> Result<()> {
    diesel::update(imports::table.find(id))
        .set((imports::undone_by.eq(by), imports::undone_at.eq(at)))
        .execute(conn)?;
    diesel::delete(import_effects::table.filter(import_effects::import_id.eq(id))).execute(conn)?;
    Ok(())
}

/// Selects the imports that a person may see: those of the own countries, and the own ones.
fn visible(actor: &Actor) -> imports::BoxedQuery<'static, crate::db::MultiBackend> {
    let (visibility, query) = (Visibility::of(actor), imports::table.into_boxed());
    if visibility.all {
        return query;
    }
    let own = imports::imported_by.assume_not_null().eq(actor.id).and(imports::imported_by.is_not_null());
    query.filter(imports::country_code.eq_any(visibility.countries).or(own))
}

/// Returns a page of imports, the newest first.
pub(super) fn list(
    conn: &mut Db,
    actor: &Actor,
    country: Option<String>,
    paging: &Paging<ImportId>,
) -> Result<Page<MatrixImport>> {
    let mut query = visible(actor);
    if let Some(code) = country {
        query = query.filter(imports::country_code.eq(code));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(imports::id.lt(after));
    }
    let rows: Vec<Row> = query.order(imports::id.desc()).limit(paging.fetch()).select(Row::as_select()).load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.id).counted(total).map(Row::import))
}

/// Returns an import that the person may see; 404 otherwise.
pub(super) fn find(conn: &mut Db, actor: &Actor, id: ImportId) -> Result<MatrixImport> {
    let row: Option<Row> = visible(actor).filter(imports::id.eq(id)).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::import).ok_or_else(|| Code::NotFound.into())
}

/// Returns the stored column mapping of a commission.
pub(super) fn remembered_mapping(conn: &mut Db, commission: CommissionId) -> Result<Mapping> {
    let stored: Option<String> =
        matrix_mappings::table.find(commission).select(matrix_mappings::mapping).first(conn).optional()?;
    stored.map_or_else(|| Ok(Mapping::new()), |text| serde_json::from_str(&text).map_err(Error::internal))
}

/// Stores the column mapping of a commission; it replaces the one before.
pub(super) fn remember_mapping(conn: &mut Db, commission: CommissionId, mapping: &Mapping) -> Result<()> {
    let before = remembered_mapping(conn, commission)?;
    if before == *mapping {
        return Ok(());
    }
    let text = serde_json::to_string(mapping).map_err(Error::internal)?;
    diesel::delete(matrix_mappings::table.find(commission)).execute(conn)?;
    diesel::insert_into(matrix_mappings::table)
        .values((matrix_mappings::commission_id.eq(commission), matrix_mappings::mapping.eq(text)))
        .execute(conn)?;
    Ok(())
}
