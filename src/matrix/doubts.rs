//! Remarks on rows whose cells hardly go together, but which are imported as they are.

use super::columns::Column;
use super::model::{RowOutcome, RowReport};
use super::resolve::{ResolvedMatrix, ResolvedRow};
use super::states::StateValue;
use crate::commitments::ReportedStatus;
use crate::error::Fault;

/// The number of rows that a remark names; of more it states the number.
const NAMED_ROWS: usize = 10;

/// Returns a remark for each sheet with rows that are fulfilled with less than 100 %. Rows that change nothing are left
/// out: a report of the completion need not repeat the percentage.
pub(super) fn doubts(matrix: &ResolvedMatrix<'_>, reports: &[RowReport]) -> Vec<Fault> {
    let is_news = |report: &RowReport| matches!(report.outcome, RowOutcome::Created | RowOutcome::Changed);
    let doubtful = matrix.rows.iter().zip(reports).filter(|(row, report)| is_news(report) && is_half_fulfilled(row));
    let mut sheets: Vec<(&ResolvedRow<'_>, Vec<u32>)> = Vec::new();
    for (row, report) in doubtful {
        match sheets.iter_mut().find(|(first, _)| first.sheet.name == row.sheet.name) {
            Some((_, rows)) => rows.push(report.row),
            None => sheets.push((row, vec![report.row])),
        }
    }
    sheets.into_iter().map(|(row, rows)| remark(row, &rows)).collect()
}

fn is_half_fulfilled(row: &ResolvedRow<'_>) -> bool {
    let is_fulfilled = row.parsed.state == Some(StateValue::Reported(ReportedStatus::Completed));
    is_fulfilled && row.parsed.percent.is_some_and(|percent| percent < 100)
}

fn remark(row: &ResolvedRow<'_>, rows: &[u32]) -> Fault {
    let cell = row.cell_ref(Column::Percent);
    let named: Vec<String> = rows.iter().take(NAMED_ROWS).map(u32::to_string).collect();
    let more = rows.len().saturating_sub(NAMED_ROWS);
    let many = match rows.len() {
        1 => "one",
        _ if more == 0 => "some",
        _ => "more",
    };
    let args = vec![
        ("sheet", cell.sheet.to_string()),
        ("rows", named.join(", ")),
        ("many", many.to_owned()),
        ("more", more.to_string()),
    ];
    Fault::new("", "fulfilled_in_part", args)
}
