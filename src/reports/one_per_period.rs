//! The rule that a country has one report on a period. An approved one is corrected by a new version of it.

use chrono::NaiveDate;

use super::model::{ReportInput, ReportStatus};
use super::store::{self, Head};
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Error, Result};

/// Refuses a second report of a country for a period: 409 with the id and the address of the first. `own` is the report that
/// is being changed; it and its earlier versions do not count.
pub(super) fn refuse_second(tx: &mut Tx<'_>, fields: &ReportInput, own: Option<&Head>) -> Result<()> {
    store::lock_report_periods(tx.conn, &fields.country_code)?;
    let versions = own.map_or_else(|| Ok(Vec::new()), |head| versions_until(tx.conn, head))?;
    let period = (fields.period_from, fields.period_to);
    let found = store::of_period(tx.conn, &fields.country_code, period)?;
    let newer = store::newer_versions(tx.conn, &found)?;
    let is_free =
        |id: &ReportId| versions.contains(id) || newer.get(id).is_some_and(|head| has_left_period(head, period));
    match found.into_iter().find(|id| !is_free(id)) {
        Some(id) => Err(Error::new(Code::ReportExists).arg("id", id).arg("existing", format!("/api/v1/reports/{id}"))),
        None => Ok(()),
    }
}

/// Returns true if the newer version of a report was approved for another period: the report was entered for a wrong one.
fn has_left_period(newer: &Head, period: (NaiveDate, NaiveDate)) -> bool {
    newer.status == ReportStatus::Approved && (newer.period_from, newer.period_to) != period
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
