//! Pending work: what waits for a person, by reason.
//!
//! One function ([`pending_of`]) finds what waits for a person; `GET /me/pending`, the digest and the weekly summary
//! use it. Each [`PendingReason`] has its audience: representatives for their own parts, members for the sessions of
//! their commissions, secretariats for their commissions, coordinators for their countries. What waits disappears
//! with the action that settles it; nothing is stored.
//!
//! A periodic report that was not sent in time waits for the representatives of its institution. For the secretariats of
//! the commissions of the duty it is part of one item for each duty and period, with the number of institutions.

mod actions;
mod api;
mod duties;
mod model;
mod start;
mod statements;
mod store;
mod web;

pub(crate) use actions::pending_of;
pub(crate) use api::routes;
pub(crate) use model::{PendingFilter, PendingItem, PendingReason};
pub(crate) use web::pages;
