//! Frozen copies of approved reports and of the records that they cite, each under the SHA-256 of its text.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Head;
use crate::clock::Instant;
use crate::db::schema::{report_snapshots, reports};
use crate::db::{Db, ReportId};
use crate::error::{Error, Result};
use crate::reports::frozen::Frozen;
use crate::reports::records::fingerprint;

/// Keeps a copy; the same text is kept once.
pub fn keep_snapshot(conn: &mut Db, name: &str, content: &str, now: Instant) -> Result<()> {
    let known: i64 = report_snapshots::table.find(name).count().get_result(conn)?;
    if known == 0 {
        diesel::insert_into(report_snapshots::table)
            .values((
                report_snapshots::sha256.eq(name),
                report_snapshots::content.eq(content),
                report_snapshots::taken_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The text of a copy; a text that is not what its name says is an error of the database.
pub fn snapshot(conn: &mut Db, name: &str) -> Result<String> {
    let content: String = report_snapshots::table.find(name).select(report_snapshots::content).first(conn)?;
    checked(name, content)
}

fn checked(name: &str, content: String) -> Result<String> {
    match fingerprint(&content) == name {
        true => Ok(content),
        false => Err(Error::internal(format!("the frozen copy {name} has been tampered with"))),
    }
}

/// What was signed of these reports, by the name of the copy; drafts have none. One query, none without approved ones.
pub fn frozen_of(conn: &mut Db, heads: &[Head]) -> Result<HashMap<String, Frozen>> {
    let names: Vec<&String> = heads.iter().filter_map(|head| head.snapshot.as_ref()).collect();
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = report_snapshots::table
        .filter(report_snapshots::sha256.eq_any(names))
        .select((report_snapshots::sha256, report_snapshots::content))
        .load(conn)?;
    rows.into_iter()
        .map(|(name, content)| {
            let frozen = Frozen::read(&checked(&name, content)?)?;
            Ok((name, frozen))
        })
        .collect()
}

/// Whether somebody has begun a version that takes this report up.
pub fn has_newer_version(conn: &mut Db, id: ReportId) -> Result<bool> {
    let newer: i64 = reports::table.filter(reports::previous_version_id.eq(id)).count().get_result(conn)?;
    Ok(newer > 0)
}
