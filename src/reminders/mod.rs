//! Reminders: what is due is planned from the ledger and sent as one mail a person a day, never the same twice.
//!
//! For every open assignment with a term there are steps: some days before, the day itself, then a rhythm while it is
//! overdue ([`model`]). Nothing goes out on a day that is not worked, unless the commission says otherwise; of several
//! steps that have become due by then only the latest is sent. **Who** hears: the institution's delegates in the
//! commission today, else its representatives, else its own address, else the secretariat, told why; from some days
//! overdue the secretariat too; nobody of what they may not see.
//!
//! **Planning** takes from an agenda the assignments whose time has come, a batch in a transaction: it writes who is
//! told which step into the ledger, one row per (assignment, due date, step, recipient), and when to look again. What
//! changes a term, a rhythm or who speaks for an institution brings its assignments to the front of the agenda, by
//! triggers of the database. A mail's entries are its rows of the ledger; it waits for the sending hour, and what
//! becomes due before it has gone is added to it.
//!
//! **When a mail's turn comes** it is looked at anew: what was completed, cancelled or extended meanwhile, and what is
//! no longer this person's to hear, is struck out of mail and ledger alike.
//!
//! A secretariat sees the deliveries and the preview of its commissions, a coordinator those of the country, an admin
//! all; they may try a failed delivery again.

mod actions;
mod api;
mod digest;
mod model;
mod policy;
mod run;
mod store;
mod summary;

pub use api::routes;
pub use model::PlanningTime;
pub use run::{compose, planning_day, queue_due, run};
pub use summary::RunSummary;
