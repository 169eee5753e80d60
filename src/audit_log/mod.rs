//! The read side of the audit log, for those who are responsible for the records.
//!
//! Admins see every change, coordinators those of their country and of institutions without a country; everybody else
//! sees none.

mod api;
mod changes;
mod model;
mod names;
mod store;
mod web;
mod words;

pub(crate) use api::routes;
pub(crate) use web::pages;
