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
mod web;

pub(crate) use actions::{
    adopt_drafts_of_meeting, adoptable_drafts, create as create_agreement, delete as delete_agreement,
    record as record_agreement, update as update_agreement, withdraw_commission as withdraw_commission_from_agreements,
};
pub(crate) use api::routes;
pub(crate) use model::{
    Adoption, AdoptionMethod, Agreement, AgreementInput, AgreementKind, AgreementStatus, Party, Scope,
};
pub(crate) use store::{
    all_of_country as agreements_of_country, by_ids as agreements_by_id, find as agreement,
    search as search_agreements, search_count as count_agreements_found, visible_of_meeting as agreements_of_meeting,
};
pub(crate) use web::{adoption_words, agreement_name, pages, status_tag as agreement_status_tag};
