//! The audit log. The database refuses to update or delete its entries.
//!
//! The entry of a change is written in the transaction of the change itself: the person, the network address, the
//! moment, and the record before and after. Entries of sign-ins, sign-outs and reused tokens are written in the
//! transactions of those actions. Entries of reads of restricted records, exports, fetched files and refused sign-ins
//! are written by the [`AuditQueue`], a moment after the answer.

mod queue;
mod restricted;
mod sign_ins;

use diesel::prelude::*;
use serde::Serialize;

pub use queue::{AuditQueue, Entry};
pub use restricted::{PartOf, RestrictedContent, RestrictedRecords};

use crate::clock::{Instant, new_id};
use crate::db::{AuditId, Db, LaterRow, Tx, UserId, schema::audit_log};
use crate::error::{Error, Result};

/// A change of a record.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// A verb: `created`, `updated`, `deleted`, `approved`, …
    pub action: &'static str,
    /// The kind of record: `meeting`, `commitment`, …
    pub kind: &'a str,
    pub id: &'a str,
    pub country: Option<&'a str>,
}

#[derive(Clone, Insertable)]
#[diesel(table_name = audit_log, treat_none_as_default_value = false)]
struct Row {
    id: AuditId,
    at: Instant,
    user_id: Option<UserId>,
    action: &'static str,
    kind: String,
    record_id: String,
    country_code: Option<String>,
    before: Option<String>,
    after: Option<String>,
    client: Option<String>,
}

impl LaterRow for Row {
    const ORDER: u8 = 4;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_many!(conn, audit_log::table, rows)
    }
}

/// Writes the entry of a change. `before` and `after` may not contain a password, a token or its hash.
pub fn record<B: Serialize, A: Serialize>(
    tx: &mut Tx<'_>,
    change: Change<'_>,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<()> {
    let row = Row {
        id: new_id(tx.recorded_at),
        at: tx.recorded_at,
        user_id: tx.who,
        action: change.action,
        kind: change.kind.to_owned(),
        record_id: change.id.to_owned(),
        country_code: change.country.map(str::to_owned),
        before: before.map(json).transpose()?,
        after: after.map(json).transpose()?,
        client: tx.client.map(|address| address.to_string()),
    };
    tx.insert_later(vec![row])
}

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// Writes the entry of a new record.
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

/// Writes the entry of a changed record.
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

/// Writes the entry of a removed record.
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
