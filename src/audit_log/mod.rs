//! Watching: the audit log, for those who answer for what was changed.
//!
//! Admins see every change, coordinators those of their country and of institutions without a country; everybody else
//! sees none.

mod api;
mod model;
mod store;

pub use api::routes;
