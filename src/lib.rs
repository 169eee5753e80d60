//! Articula keeps inter-institutional commissions moving together:
//! session -> agreement -> commitment -> each institution's own progress -> registry -> report.

// Base: knows no business rule.
/// Every change with its author and moment.
pub mod audit;
/// The only place that reads the time.
pub mod clock;
/// Settings from the environment.
pub mod config;
/// Changed contacts of institutions.
pub(crate) mod contact_changes;
/// Partial dates and working-day terms.
pub mod dates;
/// Two databases, one set of queries.
pub mod db;
/// The error type, its codes and faults.
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
/// Tables of spreadsheets that people send.
pub(crate) mod spreadsheets;
/// The store of uploaded files.
pub mod storage;
/// Folding, normalising, hexadecimal digits; enums written as text.
pub mod text;
/// The matters of Target 8.7.
pub mod themes;
/// Notes of records, and their texts in other languages.
pub mod translations;

/// HTML components of the web pages.
pub(crate) mod ui;

// Slices, by name; `tests/house.rs` has the order in which they may know each other.
/// The visibility rule and shared permissions.
pub(crate) mod access;
/// Activities, and the registry of a period.
pub(crate) mod activities;
/// Agreements of sessions and between states.
pub(crate) mod agreements;
/// The audit log.
pub(crate) mod audit_log;
/// The calendar feed of a person.
pub(crate) mod calendar;
/// Commissions, memberships, delegates, operational states, reminder policies.
pub(crate) mod commissions;
/// Commitments, assignments, updates, reviews, extensions, the follow-up sheet.
pub(crate) mod commitments;
/// Import and export of a country's data as one JSON document.
pub(crate) mod datasets;
/// Countries, calendars, institutions.
pub(crate) mod directory;
/// Periodic reports of institutions.
pub(crate) mod duties;
/// The help: a page for each role, and the guides.
pub(crate) mod help;
/// People, passwords, tokens, grants, and the caller of a request.
pub(crate) mod identity;
/// Indicators of items of plans, with their values.
pub(crate) mod indicators;
/// Documents that were sent, and never change.
pub(crate) mod issued;
/// The follow-up matrix as a spreadsheet: import and export.
pub(crate) mod matrix;
/// Sessions: agenda, attendance, quorum, documents.
pub(crate) mod meetings;
/// Minutes of sessions: circulation, comments, approval, rectification, frozen content.
pub(crate) mod minutes;
/// The people who are notified of an event.
pub(crate) mod notifications;
/// The state of a country in numbers.
pub(crate) mod overview;
/// The work that waits for each person.
pub(crate) mod pending;
/// Roadmaps, strategies, their items; observations.
pub(crate) mod plans;
/// Pages that anybody may read without an account.
pub(crate) mod public;
/// Planning, digests, deliveries.
pub(crate) mod reminders;
/// The annual progress report.
pub(crate) mod reports;
/// Search across all kinds of records.
pub(crate) mod search;
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
