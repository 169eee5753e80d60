//! The registry of a period: the validated activities that the actor may see, with figures. `document`
//! is the printed registry with fewer columns and with charts; `spreadsheet` has every column.

mod api;
mod document;
mod model;
mod spreadsheet;
mod store;

use crate::access::Visibility;
use crate::db::{ActivityId, Db};
use crate::error::Result;
use crate::i18n::Lang;

pub(crate) use api::{RegistryFormat, RegistryParameters, routes, send_registry};
pub(crate) use document::{charts_of, document};
pub(crate) use model::{Listed, RecordNames, Registry, RegistryQuery, Total, Totals};
pub(crate) use spreadsheet::{csv, workbook};
pub(super) use store::names;

use super::model::Activity;
use super::store::by_ids;

/// Loads the registry, with the names of its records in a language. Run it on a snapshot, so that lists and figures agree.
pub(crate) fn read(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery, lang: Lang) -> Result<Registry> {
    let (mut activities, mut undated, pending) = store::in_period(conn, visibility, query)?;
    // The registry is published: it has no notes.
    activities.iter_mut().chain(&mut undated).for_each(|activity| activity.fields.note = None);
    let all: Vec<_> = activities.iter().chain(&undated).collect();
    let (totals, names) = (Totals::of(&all), store::names(conn, visibility, &all, lang)?);
    Ok(Registry { from: query.from, to: query.to, activities, undated, totals, pending, names })
}

/// Returns the ids of the registry, with which a long registry can be loaded in pieces.
pub(super) fn list(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<Listed> {
    store::listed_in_period(conn, visibility, query)
}

/// Loads a piece of the registry, in the order of these ids, with the names of its records.
pub(super) fn piece(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[ActivityId],
    lang: Lang,
) -> Result<(Vec<Activity>, RecordNames)> {
    let mut found = by_ids(conn, visibility, ids)?;
    let activities: Vec<_> = ids.iter().filter_map(|id| found.remove(id)).collect();
    let names = store::names(conn, visibility, &activities.iter().collect::<Vec<_>>(), lang)?;
    Ok((activities, names))
}
