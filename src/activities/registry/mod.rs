//! The registry of a period: the validated activities that the caller may know, counted.

mod api;
mod document;
mod model;
mod spreadsheet;

use crate::access::Visibility;
use crate::db::{ActivityId, Db};
use crate::error::Result;

pub use api::routes;
pub use document::document;
pub use model::{Listed, Registry, RegistryQuery, Total, Totals};

pub use spreadsheet::{csv, workbook};

use super::model::Activity;
use super::store::{self, Names};

/// Reads the registry: run it in one read, so that lists and figures agree.
pub fn read(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<Registry> {
    let kept = store::in_period(conn, visibility, query)?;
    let all: Vec<_> = kept.dated.iter().chain(&kept.undated).collect();
    let totals = Totals::of(&all);
    let names = store::names(conn, visibility, &all)?;
    let pending = kept.pending;
    Ok(Registry {
        from: query.from,
        to: query.to,
        activities: kept.dated,
        undated: kept.undated,
        totals,
        pending,
        names,
    })
}

/// What stands in the registry, by id: to read it piece by piece, however long it is.
pub fn list(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<Listed> {
    store::listed_in_period(conn, visibility, query)
}

/// One piece of it, in the order of these ids, and what the ids in it are called.
pub fn piece(conn: &mut Db, visibility: &Visibility, ids: &[ActivityId]) -> Result<(Vec<Activity>, Names)> {
    let mut found = store::by_ids(conn, visibility, ids)?;
    let activities: Vec<_> = ids.iter().filter_map(|id| found.remove(id)).collect();
    let names = store::names(conn, visibility, &activities.iter().collect::<Vec<_>>())?;
    Ok((activities, names))
}
