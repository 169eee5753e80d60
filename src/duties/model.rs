//! Duties, their periods, the reports on them, and the state of each; no queries.

mod duty;
mod import;
mod matrix;
mod named;
mod periods;
mod report;
mod state;
mod values;

pub(crate) use duty::{Duty, DutyField, DutyInput, FieldKind};
pub(crate) use import::{DutyImport, ImportedOutcome, ImportedReport};
pub(crate) use matrix::{AskedInstitutions, DutyHistory, DutyMatrix, MOST_PERIODS, MatrixPeriod, MatrixRow, Place};
pub(crate) use named::{AskedDays, InstitutionDays, days_after};
pub(crate) use periods::Every;
pub(crate) use report::{
    CountSum, DutyOutcome, DutyReport, DutyReportInput, DutyReview, DutyReviewInput, DutyWaiver, DutyWaiverInput,
    MAX_NARRATIVE, PeriodHistory, PeriodReport,
};
pub(crate) use state::{DutyCell, DutyCounts, DutyState, DutyVerification, NewestReport};
pub(crate) use values::{FieldValue, FieldValues};
