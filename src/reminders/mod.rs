//! Reminders: what is due is planned from the ledger and sent as one mail a person a day, never the same twice.
//!
//! For every open assignment with a term there are steps: some days before, the day itself, then a rhythm while it is
//! overdue ([`model`]). A step on a day that is not worked moves to the next that is, and of several steps that have
//! become due only the latest is sent. **Who** hears: the institution's delegates in the commission today, else its
//! representatives, else its own address, else the secretariat, told why; from some days overdue the secretariat too.
//! The ledger has one row per (assignment, due date, step, recipient). When a mail's turn comes it is looked at anew:
//! what was completed, cancelled or extended meanwhile, and who may no longer hear of it, is left out.
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

pub use api::routes;
pub use model::When;
pub use run::{Line, Summary, as_of, compose, queue_due, run};
