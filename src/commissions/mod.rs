//! Commissions: who sits in them and since when, who speaks for whom, when they may decide, how mail reminds them.
//!
//! * A **commission** has an operational state (`active`, `inactive`, `unknown`: unknown is not inactive), stated
//!   with the commission or dated in its history; the latest dated entry that has begun decides.
//! * A **membership** is one period of one institution; periods of one institution in one commission never overlap.
//! * A **delegate** speaks for an institution, as principal or alternate, for a period.
//! * The **quorum rule** says how many of the day's voting members must be present.
//!
//! Coordinators of the country (and admins) enter, change and remove commissions and say in what operational state
//! they are; the commission's secretariat also keeps its memberships, delegates and reminder policy. Who knows the
//! commission reads all of these. A commission that anything depends on is not deleted.

mod commission;
mod delegates;
mod memberships;
mod periods;
mod policy;
mod quorum;
mod reminder_policy;
mod scope;
mod speakers;
mod states;

pub use commission::{
    Commission, CommissionInput, CommissionKind, all_of_country, commission, create_commission, update_commission,
};
pub use delegates::{Capacity, Delegate, DelegateInput, create_delegate, delegates_of_country, update_delegate};
pub use memberships::{
    MemberRole, Membership, MembershipInput, create_membership, memberships_of_country, memberships_on,
    update_membership, voters_on,
};
pub use quorum::{Fraction, QuorumRule, SecondCall, quorum_rules};
pub use reminder_policy::{ReminderPolicy, reminder_policies, set_reminder_policy};
pub use speakers::speakers;
pub use states::{
    DatedState, OperationalState, OperationalStateInput, create_operational_state, operational_states_of_country,
    update_operational_state,
};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    commission::routes(cfg);
    states::routes(cfg);
    memberships::routes(cfg);
    delegates::routes(cfg);
    reminder_policy::routes(cfg);
}
