//! Commissions of a file with their reminder policies, operational states, memberships and delegates.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::entered::entered;
use super::reader::{Entry, object};
use super::record::Taken;
use crate::commissions::{
    Commission, CommissionInput, DatedState, Delegate, DelegateInput, Membership, MembershipInput,
    OperationalStateInput, ReminderPolicy, all_of_country, create_commission, create_delegate, create_membership,
    create_operational_state, delegates_of_country, memberships_of_country, operational_states_of_country,
    reminder_policies, set_reminder_policy, update_commission, update_delegate, update_membership,
    update_operational_state,
};
use crate::db::Tx;
use crate::error::{Faults, Result};
use crate::exchange::model::{Fields, Outcome};
use crate::exchange::references::NOTHING;

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

impl Import {
    /// Commissions with their reminder policies, which stay as they are where the file does not say.
    pub fn commissions(&mut self, tx: &mut Tx<'_>, mut entries: Vec<Entry>) -> Result<()> {
        let mut policies = Vec::new();
        for entry in &mut entries {
            let mut faults = Faults::default();
            let at = format!("{}/reminder_policy", entry.at);
            if let Some(fields) = object(&mut entry.fields, "reminder_policy", &entry.at, &mut faults) {
                let policy = self.read::<ReminderPolicy>(&NOTHING, &at, fields, &mut faults)?;
                policies.extend(policy.map(|policy| (entry.key.clone(), at, policy)));
            }
            entry.broken |= !faults.is_empty();
            self.faults.list.append(&mut faults.list);
        }
        let mut taken = self.section::<Commission>(tx, entries)?;
        for (key, at, policy) in policies {
            if let Some(done) = taken.get_mut(&key) {
                self.keep_policy(tx, &at, done, policy)?;
            }
        }
        self.count(&taken);
        Ok(())
    }

    fn keep_policy(
        &mut self,
        tx: &mut Tx<'_>,
        at: &str,
        done: &mut Taken<Commission>,
        policy: ReminderPolicy,
    ) -> Result<()> {
        let id = done.record.id;
        if reminder_policies(tx.conn, &[id])?.get(&id) == Some(&policy) {
            return Ok(());
        }
        let saved = tx.attempt(|tx| set_reminder_policy(tx, &self.actor, id, policy));
        self.told(&NOTHING, at, saved)?;
        if done.outcome == Outcome::Unchanged {
            done.outcome = Outcome::Updated;
        }
        Ok(())
    }
}

entered!(DatedState: OperationalStateInput, OperationalState, OPERATIONAL_STATE,
    |conn, country, _| operational_states_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_operational_state(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_operational_state(tx, actor, owner.into(), id.into(), input), {

    const KEYED: bool = false;

    /// Of several since one day the last decides, so that they are met in the order in which they were entered.
    fn same<'r>(left: &'r HashMap<Uuid, Self>, owner: Uuid, input: &OperationalStateInput) -> Option<&'r Self> {
        let since = |state: &&Self| Uuid::from(state.commission_id) == owner && state.fields.since == input.since;
        left.values().filter(since).min_by_key(|state| state.id)
    }
});

entered!(Membership: MembershipInput, Membership, MEMBERSHIP,
    |conn, country, _| memberships_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_membership(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_membership(tx, actor, owner.into(), id.into(), input));

entered!(Delegate: DelegateInput, Delegate, DELEGATE,
    |conn, country, _| delegates_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_delegate(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_delegate(tx, actor, owner.into(), id.into(), input), {

    /// Users are left out of a dataset: who has the name and address of one is still that one.
    fn settle(input: &mut DelegateInput, present: &Self) {
        if (&input.name, &input.email) == (&present.fields.name, &present.fields.email) {
            *input = DelegateInput { user_id: present.fields.user_id, ..input.clone() }.without_user_details();
        }
    }
});
