//! Taking a dataset in, giving one out.

use serde_json::Value;

use super::model::{Dataset, ImportReport};
use super::{export, import, store};
use crate::access::{may_coordinate_anywhere, may_write_anywhere, require, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::identity::Actor;

/// Checks that the actor may import something of this sort at all, before the body of a request is read; 403 otherwise.
pub fn require_importer(actor: &Actor, is_dataset: bool) -> Result<()> {
    require(if is_dataset { may_coordinate_anywhere(actor) } else { may_write_anywhere(actor) })
}

/// Checks that the actor may take this dataset in; 403 otherwise. Asked before the import waits for its turn.
pub fn require_dataset_importer(actor: &Actor, document: &Value) -> Result<()> {
    require_coordinator(actor, import::country_of(document).unwrap_or_default())
}

/// Imports a dataset: all of it, or nothing when there is a fault or it is a dry run. A dry run must use a private copy
/// of the database (`Database::on_copy`), because it writes before it undoes its writes.
///
/// Faults are part of the answer, at their places in the document, in its order; errors are failures of the program, or 403.
pub fn import_dataset(tx: &mut Tx<'_>, actor: &Actor, document: &Value, dry_run: bool) -> Result<ImportReport> {
    require_dataset_importer(actor, document)?;
    store::one_import_at_a_time(tx.conn, import::country_of(document).unwrap_or_default())?;
    let keep = |report: &ImportReport| report.faults.is_empty() && !dry_run;
    let report = tx.keep_if(keep, |tx| tx.silently(|tx| import::import(tx, actor, document)))?;
    Ok(ImportReport { dry_run, ..report })
}

/// The dataset of a country; 404 when there is no such country, 403 when the actor may not have it.
pub fn export_country(conn: &mut Db, actor: &Actor, country: &str, now: Instant) -> Result<Dataset> {
    require_coordinator(actor, country)?;
    export::export(conn, country, now)
}
