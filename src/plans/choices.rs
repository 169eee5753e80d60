//! The items of plans that a form offers.

use std::collections::HashMap;

use super::items::items_of_plans;
use super::{PlanItem, known_item_countries, plans_of_country};
use crate::access::Visibility;
use crate::db::{Db, PlanId, PlanItemId};
use crate::directory::country_names;
use crate::error::Result;
use crate::text::shortened;

/// The maximum length of the title of a plan in the name of an item, in characters.
const MOST_TITLE: usize = 60;

/// Returns the items of the plans of these countries that a person may know, with their names, in the order of the plans.
/// Items of several plans have the plan in their names, and those of several countries the country too: two plans may
/// both have a "Prioridad 5".
pub(crate) fn plan_item_choices(
    conn: &mut Db,
    visibility: &Visibility,
    countries: &[String],
) -> Result<Vec<(PlanItemId, String)>> {
    let mut plans = HashMap::new();
    let mut ids: Vec<PlanId> = Vec::new();
    for country in countries {
        for plan in plans_of_country(conn, country)? {
            ids.push(plan.id);
            plans.insert(plan.id, plan);
        }
    }
    let mut items = items_of_plans(conn, &ids)?;
    let all: Vec<PlanItemId> = items.iter().map(|item| item.id).collect();
    let known = known_item_countries(conn, visibility, &all)?;
    items.retain(|item| known.contains_key(&item.id));
    let offered: Vec<_> = ids.iter().filter(|id| items.iter().any(|item| item.plan_id == **id)).collect();
    let with_country = countries.len() > 1;
    let names: HashMap<String, String> =
        if with_country { country_names(conn)?.into_iter().collect() } else { HashMap::new() };
    let place = |item: &PlanItem| {
        let fields = &plans.get(&item.plan_id).filter(|_| offered.len() > 1)?.fields;
        let country = names.get(&fields.country_code).map(|name| format!(", {name}")).unwrap_or_default();
        Some(format!("{}{country}", shortened(&fields.title, MOST_TITLE)))
    };
    let named = |item: PlanItem| {
        let name = item.name();
        (item.id, place(&item).map_or_else(|| name.clone(), |place| format!("{name} ({place})")))
    };
    Ok(items.into_iter().map(named).collect())
}
