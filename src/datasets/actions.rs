//! Imports and exports datasets.

use serde_json::Value;

use super::model::{Dataset, ImportReport};
use super::{export, import, store};
use crate::access::{may_coordinate_anywhere, may_write_anywhere, require, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Permitted, Result};
use crate::identity::Actor;

/// Checks that the actor may import some dataset, or some matrix, before the body of a request is read; 403 otherwise.
/// The right to the country and the commissions is checked with the data.
pub(crate) fn require_any_import(actor: &Actor, is_dataset: bool) -> Result<()> {
    if is_dataset {
        require(may_coordinate_anywhere(actor), Permitted::AnyCoordinator)
    } else {
        require(may_write_anywhere(actor), Permitted::AnyWriter)
    }
}

/// Checks that the actor may import this dataset; 403 otherwise. To be called before the import waits for its turn.
pub(super) fn require_import(actor: &Actor, document: &Value) -> Result<()> {
    require_coordinator(actor, import::country_of(document).unwrap_or_default())
}

/// Imports a dataset: all of it, or nothing when there is a fault or it is a dry run. A dry run must use a private copy
/// of the database (`Database::on_copy`), because it writes before it undoes its writes.
///
/// Faults are part of the answer, with their places in the document, in its order; errors are failures of the program,
/// or 403.
pub fn import_dataset(tx: &mut Tx<'_>, actor: &Actor, document: &Value, dry_run: bool) -> Result<ImportReport> {
    require_import(actor, document)?;
    store::one_import_at_a_time(tx.conn, import::country_of(document).unwrap_or_default())?;
    let keep = |report: &ImportReport| report.faults.is_empty() && !dry_run;
    let report = tx.keep_if(keep, |tx| tx.silently(|tx| import::import(tx, actor, document)))?;
    Ok(ImportReport { dry_run, ..report })
}

/// Exports the dataset of a country; 404 if there is no such country, 403 if the actor may not export it.
pub(crate) fn export_country(conn: &mut Db, actor: &Actor, country: &str, now: Instant) -> Result<Dataset> {
    require_coordinator(actor, country)?;
    let mut dataset = export::export(conn, country, now)?;
    if !actor.is_admin() {
        hide_notes(&mut dataset);
    }
    Ok(dataset)
}

/// Removes the notes of records that only admins change: the country, and institutions without a country or of another.
fn hide_notes(dataset: &mut Dataset) {
    dataset.country.remove("note");
    for fields in dataset.institutions.iter_mut().map(|one| &mut one.fields) {
        if fields.contains_key("country_code") {
            fields.remove("note");
        }
    }
}
