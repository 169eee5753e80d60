//! Taking a dataset in, giving one out.

use serde_json::Value;

use super::model::{Dataset, ImportReport};
use super::{export, import, policy, store};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;

/// 403 for whoever may import nothing at all: asked before the body of a request is read.
pub fn permit_any_import(actor: &Actor) -> Result<()> {
    if policy::may_import_anything(actor) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Takes a dataset in: all of it, or nothing when there is a fault or it is a dry run.
///
/// Faults are part of the answer, at their places in the document, in its order; errors are failures of the program, or 403.
pub fn import_dataset(tx: &mut Tx<'_>, actor: &Actor, document: &Value, dry_run: bool) -> Result<ImportReport> {
    let country = import::country_of(document).unwrap_or_default();
    if !policy::may_exchange(actor, country) {
        return Err(Code::Forbidden.into());
    }
    store::one_import_at_a_time(tx.conn, country)?;
    let mut report = None;
    let kept = tx.attempt(|tx| {
        let made = tx.silently(|tx| import::import(tx, actor, document))?;
        let keep = made.faults.is_empty() && !dry_run;
        report = Some(made);
        if keep { Ok(()) } else { Err(import::undone()) }
    });
    match report {
        Some(mut report) => {
            report.dry_run = dry_run;
            if report.faults.is_empty() && !dry_run {
                kept?;
            }
            Ok(report)
        }
        None => Err(kept.err().unwrap_or_else(import::undone)),
    }
}

/// The dataset of a country; 404 when there is no such country, 403 when the actor may not have it.
pub fn export_country(conn: &mut Db, actor: &Actor, country: &str, now: Instant) -> Result<Dataset> {
    if !policy::may_exchange(actor, country) {
        return Err(Code::Forbidden.into());
    }
    export::export(conn, country, now)
}
