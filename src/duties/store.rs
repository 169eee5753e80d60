//! Duties, reports, reviews and waivers in the database.

mod asked;
mod filter;
mod found;
mod held;
mod matrix;
mod named;
mod reminders;
mod reports;
mod rows;
mod visible;
mod waivers;

pub(crate) use asked::{asked_institutions, asking};
pub(crate) use filter::{DutyFilter, list};
pub(crate) use found::{search, search_count};
pub(crate) use held::held_reports;
pub(crate) use matrix::{HistoryFilter, histories, history};
pub(crate) use reminders::{DutyMark, marks, set_reminded};
pub(crate) use reports::{
    ReportFilter, add_review, awaiting_review, insert_report, list_reports, newest_reports, period_history,
    reports_of_country,
};
pub(crate) use rows::{
    all_of_commissions, all_of_country, by_ids, delete, find, insert, is_used, reported_span, update, visible_between,
    visible_of_country,
};
pub(crate) use waivers::{add_waiver, waivers_in_force, waivers_of_country, withdraw_waiver};
