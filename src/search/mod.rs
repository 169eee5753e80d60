//! Search across all kinds of records: accents and case make no difference.
//!
//! Each slice finds its own visible records; here they are put together. What a person may not know is neither shown nor
//! counted. Kinds come in the order of [`HitKind`], the newest records of a kind first.

mod actions;
mod api;
mod model;
mod snippet;
mod web;

pub(crate) use api::routes;
pub(crate) use web::pages;
