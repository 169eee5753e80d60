//! Every change: who, when, what, before and after, written in the transaction of the change itself.
//! The database refuses to update or delete what stands here.

use diesel::prelude::*;
use serde::Serialize;

use crate::clock::new_id;
use crate::db::{AuditId, Tx, schema::audit_log};
use crate::error::{Error, Result};

/// What happened to a record.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// A verb: `created`, `updated`, `deleted`, `approved`, …
    pub action: &'static str,
    /// The kind of record: `meeting`, `commitment`, …
    pub kind: &'static str,
    pub id: &'a str,
    pub country: Option<&'a str>,
}

/// Writes the change down. Neither side may hold a password, a token or its hash.
pub fn record<B: Serialize, A: Serialize>(
    tx: &mut Tx<'_>,
    change: Change<'_>,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<()> {
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::id.eq(new_id::<AuditId>(tx.recorded_at)),
            audit_log::at.eq(tx.recorded_at),
            audit_log::user_id.eq(tx.who),
            audit_log::action.eq(change.action),
            audit_log::kind.eq(change.kind),
            audit_log::record_id.eq(change.id),
            audit_log::country_code.eq(change.country),
            audit_log::before.eq(before.map(json).transpose()?),
            audit_log::after.eq(after.map(json).transpose()?),
        ))
        .execute(tx.conn)?;
    Ok(())
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// A record was made.
pub fn created<T: Serialize>(
    tx: &mut Tx<'_>,
    kind: &'static str,
    id: impl ToString,
    country: Option<&str>,
    after: &T,
) -> Result<()> {
    let change = Change { action: "created", kind, id: &id.to_string(), country };
    record(tx, change, None::<&()>, Some(after))
}

/// A record was changed.
pub fn updated<T: Serialize>(
    tx: &mut Tx<'_>,
    kind: &'static str,
    id: impl ToString,
    country: Option<&str>,
    before: &T,
    after: &T,
) -> Result<()> {
    let change = Change { action: "updated", kind, id: &id.to_string(), country };
    record(tx, change, Some(before), Some(after))
}

/// A record was removed.
pub fn deleted<T: Serialize>(
    tx: &mut Tx<'_>,
    kind: &'static str,
    id: impl ToString,
    country: Option<&str>,
    before: &T,
) -> Result<()> {
    let change = Change { action: "deleted", kind, id: &id.to_string(), country };
    record(tx, change, Some(before), None::<&()>)
}
