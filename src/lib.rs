//! Articula keeps inter-institutional commissions moving together:
//! session -> agreement -> commitment -> each institution's own progress -> registry -> report.

// Base: knows no commission.
/// Every change, who and when.
pub mod audit;
/// The only place that asks the time.
pub mod clock;
/// Settings from the environment.
pub mod config;
/// Partial dates and working-day terms.
pub mod dates;
/// Two databases, one set of queries.
pub mod db;
/// What can go wrong, as the caller is told.
pub mod error;
/// Spanish and English.
pub mod i18n;
/// Bodies, pages, problems, middleware.
pub mod http;
/// Messages, outbox, transport.
pub mod mail;
/// The matters of Target 8.7.
pub mod themes;
