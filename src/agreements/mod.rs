//! Agreements: decisions of commissions at their meetings, and instruments that they and their members sign with
//! others.
//!
//! An agreement is a `draft`, `in_force` or `ended`. Those who may write the record of any of its commissions
//! (secretariat, coordinator, admin) may write it. Today's members and observers may read it if it is not restricted;
//! an institution that is a party may always read it.

mod actions;
mod api;
mod model;
mod store;

pub(crate) use actions::{
    create as create_agreement, delete as delete_agreement, record as record_agreement, update as update_agreement,
    withdraw_commission as withdraw_commission_from_agreements,
};
pub(crate) use api::routes;
pub(crate) use model::{Agreement, AgreementInput, AgreementKind, AgreementStatus, Scope};
pub(crate) use store::{all_of_country as agreements_of_country, by_ids as agreements_by_id, find as agreement};
