//! The API as its users use it: a real server, a real database of each kind, actors that sign in.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    clippy::cloned_ref_to_slice_refs,
    reason = "helpers of tests may fail loudly"
)]

mod support;

mod access_matrix;
mod account_mails;
mod activities;
mod agreements;
mod answers;
mod audit;
mod bad_input;
mod bodies;
mod calendar;
mod characters;
mod commissions;
mod commitments;
mod contradictions;
mod copies;
mod datasets;
mod directory;
mod duties;
mod enums;
mod fuzz;
mod grants;
mod headers;
mod identity;
mod indicators;
mod invitations;
mod limits;
mod login_sessions;
mod matrix;
mod meetings;
mod minutes;
mod notes;
mod notifications;
mod openapi;
mod overview;
mod pages;
mod pending;
mod personal_tokens;
mod plans;
mod public;
mod query_counts;
mod reminders;
mod rendering;
mod reports;
mod route_guard;
mod schema;
mod schemas;
mod search;
mod second_factor;
mod sign_in;
mod uploads;
mod walk;
mod wording;
mod year;
