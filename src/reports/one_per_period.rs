//! The rule that a country has one report on a period. An approved one is corrected by a new version of it.

use super::model::ReportInput;
use super::store::{self, Head};
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Error, Result};

/// Refuses a report on a period on which its country has another one: 409 with the id and the address of that one. `own` is
/// the report that is changed: neither it nor a version before it is another one.
pub(super) fn refuse_second(tx: &mut Tx<'_>, fields: &ReportInput, own: Option<&Head>) -> Result<()> {
    store::queue_reports_of(tx.conn, &fields.country_code)?;
    let versions = own.map_or_else(|| Ok(Vec::new()), |head| versions_until(tx.conn, head))?;
    let found = store::of_period(tx.conn, &fields.country_code, (fields.period_from, fields.period_to))?;
    match found.into_iter().find(|id| !versions.contains(id)) {
        Some(id) => Err(Error::new(Code::ReportExists).arg("id", id).arg("existing", format!("/api/v1/reports/{id}"))),
        None => Ok(()),
    }
}

/// Returns a report and the versions before it.
fn versions_until(conn: &mut Db, head: &Head) -> Result<Vec<ReportId>> {
    let (mut versions, mut before) = (vec![head.id], head.previous_version_id);
    while let Some(id) = before {
        versions.push(id);
        before = store::head(conn, id)?.previous_version_id;
    }
    Ok(versions)
}
