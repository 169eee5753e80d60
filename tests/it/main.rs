//! The API as its users use it: a real server, a real database of each kind, actors that sign in.

mod support;

mod access_matrix;
mod activities;
mod agreements;
mod bad_input;
mod commissions;
mod commitments;
mod directory;
mod documents;
mod exchange;
mod identity;
mod meetings;
mod openapi;
mod plans;
mod reminders;
mod reports;
mod schema;
mod walk;
mod watching;
