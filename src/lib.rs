//! Articula keeps inter-institutional commissions moving together:
//! session -> agreement -> commitment -> each institution's own progress -> registry -> report.

// Base: knows no rule of a commission.
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
/// Means of verification.
pub mod evidence;
/// Bodies, pages, problems, middleware.
pub mod http;
/// Spanish and English.
pub mod i18n;
/// Calendar objects.
pub mod ics;
/// Messages, outbox, transport.
pub mod mail;
/// Personal data in free text.
pub mod personal_data;
/// Limits on what one person may do in a day.
pub mod quota;
/// Documents as Markdown, DOCX and PDF; tables as XLSX and CSV.
pub(crate) mod rendering;
/// Where the bytes of uploads live.
pub mod storage;
/// The matters of Target 8.7.
pub mod themes;

// Slices, by name; `tests/house.rs` has the order in which they may know each other.
/// What an actor may know and write.
pub(crate) mod access;
/// The registry.
pub(crate) mod activities;
/// What commissions decide.
pub(crate) mod agreements;
/// The audit log.
pub(crate) mod audit_log;
/// Commissions, memberships, delegates, operational states, reminder policies.
pub(crate) mod commissions;
/// Commitments, assignments, updates, reviews, extensions, the follow-up sheet.
pub(crate) mod commitments;
/// Countries, calendars, institutions.
pub(crate) mod directory;
/// Datasets in and out, follow-up matrices in, calendar feeds.
pub(crate) mod exchange;
/// People, passwords, tokens, grants; who is calling.
pub(crate) mod identity;
/// Sessions: agenda, attendance, quorum, minutes, documents.
pub(crate) mod meetings;
/// Who is told of what happens.
pub(crate) mod notifications;
/// Roadmaps, strategies, their items; observations.
pub(crate) mod plans;
/// Planning, digests, deliveries.
pub(crate) mod reminders;
/// The annual progress report.
pub(crate) mod reports;
/// Uploads and who may fetch them.
pub(crate) mod uploads;

/// The HTTP application: every slice's routes, the OpenAPI document.
pub mod app;
/// The command line.
pub mod cli;
/// Entry points for tests and benchmarks.
pub mod testing;
/// The background loop.
pub mod worker;
