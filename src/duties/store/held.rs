//! The newest reports of a duty with their evidence, which a correction by a file keeps.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::reports::newest_reports;
use crate::dates::PartialDate;
use crate::db::schema::{duty_report_evidence, duty_reports};
use crate::db::{Db, DutyReportId, FileId};
use crate::duties::model::{Duty, DutyReport, Place};
use crate::error::Result;
use crate::evidence::Evidence;

/// Loads the newest reports on the periods that begin between two days. Two statements.
pub(crate) fn held_reports(
    conn: &mut Db,
    duty: &Duty,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<HashMap<Place, DutyReport>> {
    type Row = (DutyReportId, String, Option<String>, Option<FileId>, Option<String>, Option<PartialDate>);
    let rows: Vec<Row> = duty_report_evidence::table
        .inner_join(duty_reports::table)
        .filter(duty_reports::duty_id.eq(duty.id))
        .filter(duty_reports::newest.eq(true))
        .filter(duty_reports::period_from.between(first, last))
        .order((duty_report_evidence::report_id, duty_report_evidence::position))
        .select((
            duty_report_evidence::report_id,
            duty_report_evidence::title,
            duty_report_evidence::url,
            duty_report_evidence::file_id,
            duty_report_evidence::kind,
            duty_report_evidence::dated,
        ))
        .load(conn)?;
    let mut evidence: HashMap<DutyReportId, Vec<Evidence>> = HashMap::new();
    for (report, title, url, file_id, kind, dated) in rows {
        let one = Evidence { title, url, file_id, kind, dated, dated_from: None, dated_to: None };
        evidence.entry(report).or_default().push(one.bounded());
    }
    let with_evidence = |mut report: DutyReport| {
        report.fields.evidence = evidence.remove(&report.id).unwrap_or_default();
        ((report.institution_id, report.period_from), report)
    };
    Ok(newest_reports(conn, duty, (first, last))?.into_iter().map(with_evidence).collect())
}
