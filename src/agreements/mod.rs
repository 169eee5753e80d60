//! What commissions decide in session, and what they and their members sign with others.
//!
//! An agreement is a `draft`, `in_force` or `ended`. Who keeps the record of any of its commissions (secretariat,
//! coordinator, admin) writes it; members of today and observers read what is not restricted; an institution that is
//! a party always reads it.

mod actions;
mod api;
mod model;
mod store;

pub use actions::{
    create as create_agreement, delete as delete_agreement, record as record_agreement, update as update_agreement,
};
pub use api::routes;
pub use model::{Agreement, AgreementInput, AgreementKind, AgreementStatus, Scope};
pub use store::{all_of_country as agreements_of_country, by_ids as agreements_by_id, find as agreement};
