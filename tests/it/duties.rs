//! Periodic reports: duties, reports with corrections and reviews, waivers, the matrix.

mod asked;
mod datasets;
mod fixture;
mod import;
mod named;
mod records;
mod reminders;
mod reports;
mod year;
