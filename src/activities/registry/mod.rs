//! The registry of a period: the validated activities that the caller may know, counted.

mod api;
mod csv;
mod model;

use crate::access::Reach;
use crate::db::Db;
use crate::error::Result;

pub use api::routes;
pub use csv::to_csv;
pub use model::{Registry, RegistryQuery, Total, Totals};

use super::store;

/// Reads the registry: run it in one read, so that lists and figures agree.
pub fn read(conn: &mut Db, reach: &Reach, query: &RegistryQuery) -> Result<Registry> {
    let kept = store::in_period(conn, reach, query)?;
    let all: Vec<_> = kept.dated.iter().chain(&kept.undated).collect();
    let totals = Totals::of(&all);
    let names = store::names(conn, reach, &all)?;
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
