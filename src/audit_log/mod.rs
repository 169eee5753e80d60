//! The read side of the audit log, for those who are responsible for the records.
//!
//! Admins see every change, coordinators those of their country and of institutions without a country; everybody else
//! sees none.

mod api;
mod model;
mod store;

pub(crate) use api::routes;
