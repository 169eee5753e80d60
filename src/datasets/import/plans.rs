//! Plans of a file with their items, and observations.

use std::collections::HashMap;

use uuid::Uuid;

use super::Import;
use super::commissions::imply_country;
use super::entered::entered;
use super::reader::Entry;
use crate::datasets::model::{Fields, Kind};
use crate::db::{Db, Tx};
use crate::error::Result;
use crate::plans::{
    Observation, ObservationInput, Plan, PlanInput, PlanItem, PlanItemInput, create_observation, create_plan,
    create_plan_item, items_of_plans, observations_of_country, plans_of_country, update_observation, update_plan,
    update_plan_item,
};

entered!(Plan: PlanInput, Plan, PLAN,
    |conn, country, _| plans_of_country(conn, country),
    |tx, actor, _, input, _| create_plan(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_plan(tx, actor, id.into(), input), {

    fn imply(fields: &mut Fields, country: &str) {
        imply_country(fields, country);
    }
});

entered!(PlanItem: PlanItemInput, PlanItem, PLAN_ITEM,
    |conn, country, _| items_of_country(conn, country),
    |tx, actor, owner: Uuid, input, _| create_plan_item(tx, actor, owner.into(), input),
    |tx, actor, _, id: Uuid, input| update_plan_item(tx, actor, id.into(), input), {

    /// Left out, the position stays what it is.
    fn settle(input: &mut PlanItemInput, present: &Self) {
        input.position = input.position.or(present.fields.position);
    }
});

entered!(Observation: ObservationInput, Observation, OBSERVATION,
    |conn, country, _| observations_of_country(conn, country),
    |tx, actor, _, input, _| create_observation(tx, actor, input),
    |tx, actor, _, id: Uuid, input| update_observation(tx, actor, id.into(), input), {

    fn imply(fields: &mut Fields, country: &str) {
        imply_country(fields, country);
    }
});

fn items_of_country(conn: &mut Db, country: &str) -> Result<Vec<PlanItem>> {
    let plans: Vec<_> = plans_of_country(conn, country)?.iter().map(|plan| plan.id).collect();
    items_of_plans(conn, &plans)
}

impl Import {
    /// Items whose place changes first go beyond the end of their plan, so that two may change places.
    pub fn plan_items(&mut self, tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<()> {
        let items = items_of_country(tx.conn, &self.country)?;
        self.book.exist(Kind::PlanItem, items.iter().map(|item| item.id.into()));
        let last = items.iter().filter_map(|item| item.fields.position).max().unwrap_or(0);
        let mut free = last.saturating_add(1)..;
        let mut places: HashMap<Uuid, PlanItem> = items.into_iter().map(|item| (item.id.into(), item)).collect();
        for entry in &entries {
            let wanted = entry.fields.get("position").and_then(serde_json::Value::as_i64);
            let id = self.book.earlier(Kind::PlanItem, &entry.key, &self.country);
            let Some(item) = id.and_then(|id| places.remove(&id)) else { continue };
            if wanted.is_some() && wanted != item.fields.position.map(i64::from) {
                let aside = PlanItemInput { position: free.next(), ..item.input() };
                update_plan_item(tx, &self.actor, item.id, aside)?;
            }
        }
        self.simple::<PlanItem>(tx, entries)
    }
}
