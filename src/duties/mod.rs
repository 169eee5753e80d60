//! Periodic reports: the institutions that must report, on what and how often, and their reports.
//!
//! A **duty** asks named institutions, or those of a sector that are members of its commissions on the last day of a
//! period, for a report on each month, quarter, half-year or year. A **report** has values for the fields of the duty, a
//! narrative and evidence, or states that there is nothing to report. A correction is a new report; the newest counts, and
//! all are kept. A report is reviewed by another person: accepted, or returned until it is corrected. The first report
//! after the due day is **late**. With a **waiver** an institution need not report on a period.
//!
//! A report is late by the term of the day on which it was received: a term that changes later makes no report late and
//! makes none punctual. A period without a report is expected or missing by the present term.
//!
//! A named institution is asked for the periods that end on one of its **days** (`model/named.rs`). A change of the list
//! leaves earlier periods as they were: an institution that is added is asked from the period that contains the present day
//! of the first commission, or from the first period while there is no earlier one or the duty was entered in this period; one that is removed was asked until
//! the period before. A sector that is replaced by names leaves its members the periods before; another sector, and other
//! commissions of a duty by sector, are refused from the second period on.
//!
//! The state of each report is `expected`, `reported`, `zero`, `nothing`, `missing` or `waived` (`model/state.rs`). Nothing
//! to report, zero and no report are three things; a value that is not known is never zero.
//!
//! The secretariats of its commissions, the coordinator and admins write a duty, review and waive. The representatives of
//! an institution report for it, and secretariats on its behalf. A duty is **visible** as the other records of its
//! commissions are; the institutions that it asks are those that it names.
//!
//! An institution is reminded of a report that it has not sent in its mail of the day, on the days of the reminder policy of
//! the first commission (`reminders`): from the end of the period, or 15 days before the due day if that comes first. The
//! day of the last planning is kept here (`reminded_on`).
//!
//! Rules of periods, states and fields are in `model`; rights in `policy.rs`; what waits for whom in `actions/waiting.rs`,
//! what is due when in `actions/due.rs`; what reminders need in `owed.rs`; the matrix as a document and a workbook in `document.rs`; the matrix as a
//! spreadsheet to fill in and import in `spreadsheet`; the form of a report and of a waiver in a dataset in `dataset.rs`.

mod actions;
mod api;
mod dataset;
mod document;
mod model;
mod notifications;
mod owed;
mod policy;
mod records;
mod spreadsheet;
mod store;
mod web;

pub(crate) use actions::{
    DueFilter, DueReports, MissingReports, OwedReason, OwedReport, ReportToReview, create_duty, due_reports,
    missing_reports, owed_reports, reports_to_review, set_institution_days, update_duty,
};
pub(crate) use api::routes;
pub(crate) use dataset::{
    DatasetReport, DatasetReportInput, DatasetWaiver, DatasetWaiverInput, duty_reports_of_country,
    duty_waivers_of_country, import_duty_report, import_duty_waiver, import_withdrawal,
};
pub(crate) use document::counts_in_words as duty_counts_in_words;
pub(crate) use model::{Duty, DutyCounts, DutyInput, InstitutionDays};
pub(crate) use owed::OwedTerm;
pub(crate) use records::{DutyFigures, DutyRecord};
pub(crate) use store::{DutyMark, marks as duty_marks, set_reminded as set_duties_reminded};
pub(crate) use store::{all_of_country as duties_of_country, by_ids as duties_by_id};
pub(crate) use store::{search as search_duties, search_count as count_duties_found};
pub(crate) use web::pages;
