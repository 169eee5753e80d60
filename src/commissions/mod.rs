//! Commissions: their members, delegates, operational states, quorum rules and reminder policies.
//!
//! * A **commission** has an operational state (`active`, `inactive`, `unknown`; unknown is not the same as
//!   inactive). It is given with the commission or dated in its history; the latest dated entry that has begun decides.
//! * A **membership** is one period of one institution; periods of one institution in one commission never overlap.
//! * A **delegate** represents an institution, as principal or alternate, for a period.
//! * The **quorum rule** gives the number of the voting members of the day that must be present.
//!
//! Coordinators of the country and admins create, change and delete commissions and their operational states. The
//! commission's secretariat may also write its memberships, delegates and reminder policy. Everybody who may see the
//! commission may read all of these. A commission is deleted only if nothing depends on it.

mod actions;
mod api;
mod delegates;
mod joinable;
mod members;
mod memberships;
mod model;
mod quorum;
mod read_models;
mod reminder_policy;
mod scope;
mod states;
mod store;
mod web;

pub(crate) use actions::{create as create_commission, update as update_commission};
pub(crate) use delegates::{
    Capacity, Delegate, DelegateInput, create_delegate, delegate_to_change, delegate_with_commission,
    delegates_of_country, delegates_of_institution, delegates_on, delegating_institutions, update_delegate,
};
pub use memberships::voters_on;
pub(crate) use memberships::{
    MemberRole, Membership, MembershipInput, OTHER_RANK, create_membership, memberships_of_country,
    memberships_of_institution, memberships_on, ranks, update_membership,
};
pub(crate) use model::{Commission, CommissionInput, CommissionKind};
pub(crate) use quorum::{Fraction, QuorumRule, SecondCall};
pub(crate) use reminder_policy::set_reminder_policy;
pub use reminder_policy::{ReminderPolicy, reminder_policies};
pub(crate) use states::{
    DatedState, OperationalState, OperationalStateInput, create_operational_state, operational_states_of_country,
    update_operational_state,
};
pub(crate) use store::{all_of_country, search as search_commissions, search_count as count_commissions_found};
pub use store::{find as commission, quorum_rules};
pub(crate) use web::pages;

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    api::routes(cfg);
    states::routes(cfg);
    members::routes(cfg);
    memberships::routes(cfg);
    delegates::routes(cfg);
    reminder_policy::routes(cfg);
}
