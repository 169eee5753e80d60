//! Imports commissions with their parts, plans, agreements and activities.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

use super::Import;
use super::reader::{FileRecord, object};
use super::record::{Saved, dataset_record};
use crate::activities::{Activity, ActivityInput, activities_of_country, create_activity, update_activity};
use crate::agreements::{Agreement, AgreementInput, agreements_of_country, record_agreement, update_agreement};
use crate::commissions::{
    Commission, CommissionInput, DatedState, Delegate, DelegateInput, Membership, MembershipInput,
    OperationalStateInput, ReminderPolicy, all_of_country, create_commission, create_delegate, create_membership,
    create_operational_state, delegates_of_country, memberships_of_country, operational_states_of_country,
    reminder_policies, set_reminder_policy, update_commission, update_delegate, update_membership,
    update_operational_state,
};
use crate::datasets::model::{Kind, Outcome};
use crate::datasets::references::NO_REFERENCES;
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::evidence::{Attachment, Evidence};
use crate::indicators::{
    Indicator, IndicatorInput, IndicatorValue, IndicatorValueInput, create_indicator, import_indicator_value,
    indicator_values_of_country, indicators_of_country, update_indicator,
};
use crate::plans::{
    Observation, ObservationInput, Plan, PlanInput, PlanItem, PlanItemInput, create_observation, create_plan,
    create_plan_item, items_of_plans, observations_of_country, plans_of_country, update_observation, update_plan,
    update_plan_item,
};

dataset_record!(Commission: CommissionInput, Commission, COMMISSION,
    all_of_country,
    |tx, actor, _, input, _| create_commission(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_commission(tx, actor, id.into(), input), {

    const IN_COUNTRY: bool = true;
});

impl Import {
    /// Imports commissions with their reminder policies; a policy that is not in the file stays.
    pub(super) fn commissions(&mut self, tx: &mut Tx<'_>, mut records: Vec<FileRecord>) -> Result<()> {
        let mut policies = Vec::new();
        for entry in &mut records {
            let before = self.faults.list.len();
            let at = format!("{}/reminder_policy", entry.at);
            if let Some(fields) = object(&mut entry.fields, "reminder_policy", &entry.at, &mut self.faults) {
                let policy = self.read::<ReminderPolicy>(&NO_REFERENCES, &at, fields)?;
                policies.extend(policy.map(|policy| (entry.key.clone(), at, policy)));
            }
            entry.broken |= self.faults.list.len() > before;
        }
        let mut saved = self.section::<Commission>(tx, records)?;
        for (key, at, policy) in policies {
            if let Some(done) = saved.get_mut(&key) {
                self.save_policy(tx, &at, done, policy)?;
            }
        }
        self.count(&saved);
        Ok(())
    }

    fn save_policy(
        &mut self,
        tx: &mut Tx<'_>,
        at: &str,
        done: &mut Saved<Commission>,
        policy: ReminderPolicy,
    ) -> Result<()> {
        let id = done.record.id;
        if reminder_policies(tx.conn, &[id])?.get(&id) == Some(&policy) {
            return Ok(());
        }
        let saved = tx.attempt(|tx| set_reminder_policy(tx, &self.actor, id, policy));
        self.or_faults(tx, (&NO_REFERENCES, at), saved)?;
        if done.outcome == Outcome::Unchanged {
            done.outcome = Outcome::Updated;
        }
        Ok(())
    }
}

dataset_record!(DatedState: OperationalStateInput, OperationalState, OPERATIONAL_STATE,
    |conn, country, _| operational_states_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_operational_state(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_operational_state(tx, actor, owner.into(), id.into(), input), {

    const KEYED: bool = false;

    /// Of several states since one day the last counts, so they are compared in the order of their creation.
    fn same<'r>(left: &'r HashMap<Uuid, Self>, owner: Uuid, input: &OperationalStateInput) -> Option<&'r Self> {
        let since = |state: &&Self| Uuid::from(state.commission_id) == owner && state.fields.since == input.since;
        left.values().filter(since).min_by_key(|state| state.id)
    }
});

dataset_record!(Membership: MembershipInput, Membership, MEMBERSHIP,
    |conn, country, _| memberships_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_membership(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_membership(tx, actor, owner.into(), id.into(), input));

dataset_record!(Delegate: DelegateInput, Delegate, DELEGATE,
    |conn, country, _| delegates_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_delegate(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, id: Uuid, input| update_delegate(tx, actor, owner.into(), id.into(), input), {

    /// A dataset has no users: a delegate with the same name and address keeps the user.
    fn keep_open_fields(input: &mut DelegateInput, present: &Self) {
        if (&input.name, &input.email) == (&present.fields.name, &present.fields.email) {
            *input = DelegateInput { user_id: present.fields.user_id, ..input.clone() }.without_user_details();
        }
    }
});

dataset_record!(Plan: PlanInput, Plan, PLAN,
    |conn, country, _| plans_of_country(conn, country),
    |tx, actor, _, input, _| create_plan(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_plan(tx, actor, id.into(), input), {

    const IN_COUNTRY: bool = true;
});

dataset_record!(PlanItem: PlanItemInput, PlanItem, PLAN_ITEM,
    |conn, country, _| items_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_plan_item(tx, actor, owner.into(), input),
    |tx, actor, _, id: Uuid, input| update_plan_item(tx, actor, id.into(), input), {

    /// A position that is left out stays.
    fn keep_open_fields(input: &mut PlanItemInput, present: &Self) {
        input.position = input.position.or(present.fields.position);
    }
});

dataset_record!(Observation: ObservationInput, Observation, OBSERVATION,
    |conn, country, _| observations_of_country(conn, country),
    |tx, actor, _, input, _| create_observation(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_observation(tx, actor, id.into(), input), {

    const IN_COUNTRY: bool = true;
});

dataset_record!(Indicator: IndicatorInput, Indicator, INDICATOR,
    |conn, country, _| indicators_of_country(conn, country),
    |tx, actor, _, input, _| create_indicator(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_indicator(tx, actor, id.into(), input));

dataset_record!(IndicatorValue: IndicatorValueInput, IndicatorValue, INDICATOR_VALUE,
    |conn, country, _| indicator_values_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| import_indicator_value(tx, actor, owner.into(), input),
    |tx, actor, owner: Uuid, _: Uuid, input| import_indicator_value(tx, actor, owner.into(), input), {

    const KEYED: bool = false;

    /// Every value is kept. An entry means the first of those that are left with the same content; any other content is
    /// a correction.
    fn same<'r>(left: &'r HashMap<Uuid, Self>, owner: Uuid, input: &IndicatorValueInput) -> Option<&'r Self> {
        let means = |value: &&Self| {
            let mut sent = input.clone();
            Evidence::keep_files(&mut sent.evidence, &value.input().evidence);
            Uuid::from(value.indicator_id) == owner && sent == value.input()
        };
        left.values().filter(means).min_by_key(|value| value.revision)
    }

    /// A dataset has no files: they stay.
    fn keep_open_fields(input: &mut IndicatorValueInput, present: &Self) {
        Evidence::keep_files(&mut input.evidence, &present.input().evidence);
    }
});

fn items_of_country(conn: &mut Db, country: &str) -> Result<Vec<PlanItem>> {
    let plans: Vec<_> = plans_of_country(conn, country)?.iter().map(|plan| plan.id).collect();
    items_of_plans(conn, &plans)
}

impl Import {
    /// Imports plan items. Items whose position changes first move beyond the end of their plan, so that two can swap.
    pub(super) fn plan_items(&mut self, tx: &mut Tx<'_>, records: Vec<FileRecord>) -> Result<()> {
        let items = items_of_country(tx.conn, &self.country)?;
        self.keys.add_existing(Kind::PlanItem, items.iter().map(|item| item.id.into()));
        let last = items.iter().filter_map(|item| item.fields.position).max().unwrap_or(0);
        let mut free = last.saturating_add(1)..;
        let mut places: HashMap<Uuid, PlanItem> = items.into_iter().map(|item| (item.id.into(), item)).collect();
        for entry in &records {
            let wanted = entry.fields.get("position").and_then(Value::as_i64);
            let id = self.keys.earlier(Kind::PlanItem, &entry.key, &self.country);
            let Some(item) = id.and_then(|id| places.remove(&id)) else { continue };
            if wanted.is_some() && wanted != item.fields.position.map(i64::from) {
                let moved = PlanItemInput { position: free.next(), ..item.input() };
                update_plan_item(tx, &self.actor, item.id, moved)?;
            }
        }
        self.simple::<PlanItem>(tx, records)
    }
}

dataset_record!(Agreement: AgreementInput, Agreement, AGREEMENT,
    |conn, country, _| agreements_of_country(conn, country),
    |tx, actor, _, input, _| record_agreement(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_agreement(tx, actor, id.into(), input), {

    /// A dataset has no files: they stay.
    fn keep_open_fields(input: &mut AgreementInput, present: &Self) {
        Attachment::keep_files(&mut input.attachments, &present.fields.attachments);
    }
});

dataset_record!(Activity: ActivityInput, Activity, ACTIVITY,
    |conn, country, _| activities_of_country(conn, country),
    |tx, actor, _, input, _| create_activity(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_activity(tx, actor, id.into(), input), {

    const IN_COUNTRY: bool = true;

    /// A dataset has no files: they stay.
    fn keep_open_fields(input: &mut ActivityInput, present: &Self) {
        Evidence::keep_files(&mut input.evidence, &present.fields.evidence);
    }
});
