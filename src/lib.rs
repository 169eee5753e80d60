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
/// Where the bytes of uploads live.
pub mod files;
/// Personal data in free text.
pub mod guard;
/// Bodies, pages, problems, middleware.
pub mod http;
/// Spanish and English.
pub mod i18n;
/// Calendar objects.
pub mod ics;
/// Messages, outbox, transport.
pub mod mail;
/// Limits on what one person may do in a day.
pub mod quota;
/// The matters of Target 8.7.
pub mod themes;

// Slices, by name; `tests/house.rs` has the order in which they may know each other.
/// What an actor may know and write.
pub mod access;
/// The registry.
pub mod activities;
/// What commissions decide.
pub mod agreements;
/// Commissions, memberships, delegates, operational states, reminder policies.
pub mod commissions;
/// Commitments, assignments, updates, reviews, extensions, the follow-up sheet.
pub mod commitments;
/// Countries, calendars, institutions.
pub mod directory;
/// Uploads and who may fetch them.
pub mod documents;
/// Datasets in and out, follow-up matrices in, calendar feeds.
pub mod exchange;
/// People, passwords, tokens, grants; who is calling.
pub mod identity;
/// Sessions: agenda, attendance, quorum, minutes, documents.
pub mod meetings;
/// Who is told of what happens.
pub mod notices;
/// Acta, report, registry, follow-up sheet and matrix as Markdown, DOCX, PDF, XLSX, CSV.
pub mod papers;
/// Roadmaps, strategies, their items; observations.
pub mod plans;
/// Planning, digests, deliveries.
pub mod reminders;
/// The annual progress report.
pub mod reports;
/// The audit log.
pub mod watching;

/// The HTTP application: every slice's routes, the OpenAPI document.
pub mod app;
/// The background loop.
pub mod worker;
