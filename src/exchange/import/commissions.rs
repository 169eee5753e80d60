//! Commissions of a file with their operational states, memberships and delegates.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::entered::entered;
use crate::commissions::{
    Commission, CommissionInput, DatedState, Delegate, DelegateInput, Membership, MembershipInput,
    OperationalStateInput, all_of_country, create_commission, create_delegate, create_membership,
    create_operational_state, delegates_of_country, memberships_of_country, operational_states_of_country,
    update_commission, update_delegate, update_membership, update_operational_state,
};
use crate::exchange::model::Fields;

/// The country of a record is the dataset's.
pub fn imply_country(fields: &mut Fields, country: &str) {
    fields.insert("country_code".to_owned(), Value::String(country.to_owned()));
}

entered!(Commission: CommissionInput, Commission, COMMISSION,
    all_of_country,
    |tx, actor, _, input, _| create_commission(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_commission(tx, actor, id.into(), input), {

    fn imply(fields: &mut Fields, country: &str) {
        imply_country(fields, country);
    }
});

entered!(DatedState: OperationalStateInput, OperationalState, OPERATIONAL_STATE,
    |conn, country, _| operational_states_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_operational_state(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_operational_state(tx, actor, owner.into(), id.into(), input), {

    /// A commission has one state since a date.
    fn same<'r>(all: &'r HashMap<Uuid, Self>, owner: Uuid, input: &OperationalStateInput) -> Option<&'r Self> {
        all.values().find(|state| Uuid::from(state.commission_id) == owner && state.input().since == input.since)
    }
});

entered!(Membership: MembershipInput, Membership, MEMBERSHIP,
    |conn, country, _| memberships_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_membership(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_membership(tx, actor, owner.into(), id.into(), input));

entered!(Delegate: DelegateInput, Delegate, DELEGATE,
    |conn, country, _| delegates_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_delegate(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_delegate(tx, actor, owner.into(), id.into(), input));
