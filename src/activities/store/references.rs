//! What the ids in activities are called.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use crate::access::{Visibility, commission_refs};
use crate::activities::model::Activity;
use crate::db::schema::institutions;
use crate::db::{Db, InstitutionId};
use crate::error::Result;
use crate::plans::{known_item_countries, plan_items_by_id};

/// What the commissions, institutions and plan items of activities are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordNames(HashMap<Uuid, String>);

impl RecordNames {
    /// The name, or the id where it has none.
    pub fn of(&self, id: impl Into<Uuid>) -> String {
        let id = id.into();
        self.0.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The name of an id that is written out.
    pub fn of_text(&self, id: &str) -> String {
        id.parse::<Uuid>().map_or_else(|_| id.to_owned(), |id| self.of(id))
    }

    /// Takes in what these are called elsewhere.
    pub fn take(&mut self, other: &Self, ids: impl IntoIterator<Item = impl Into<Uuid>>) {
        for id in ids.into_iter().map(Into::into) {
            if let (false, Some(name)) = (self.0.contains_key(&id), other.0.get(&id)) {
                self.0.insert(id, name.clone());
            }
        }
    }
}

/// The names for these activities: a constant number of queries. An activity of several commissions tells the ids of
/// all; what those and the items of plans are called is told to whoever may know them.
pub fn names(conn: &mut Db, visibility: &Visibility, activities: &[&Activity]) -> Result<RecordNames> {
    let commissions: Vec<_> = activities.iter().flat_map(|activity| activity.fields.commission_ids.clone()).collect();
    let items: Vec<_> = activities.iter().flat_map(|activity| activity.fields.plan_item_ids.clone()).collect();
    let items: Vec<_> = known_item_countries(conn, visibility, &unique(items))?.into_keys().collect();
    let parties =
        |activity: &&Activity| [activity.fields.organizer_ids.clone(), activity.fields.partner_ids.clone()].concat();
    let mut institution_ids: Vec<InstitutionId> = activities.iter().flat_map(parties).collect();
    institution_ids.sort_unstable();
    institution_ids.dedup();
    let mut names = HashMap::new();
    for (id, commission) in commission_refs(conn, &unique(commissions))? {
        if visibility.knows_commission(id, &commission.country_code) {
            names.insert(id.into(), commission.label().to_owned());
        }
    }
    for (id, item) in plan_items_by_id(conn, &items)? {
        names.insert(id.into(), item.fields.label.unwrap_or(item.fields.title));
    }
    let called: Vec<(InstitutionId, String)> = institutions::table
        .filter(institutions::id.eq_any(&institution_ids))
        .select((institutions::id, institutions::name))
        .load(conn)?;
    names.extend(called.into_iter().map(|(id, name)| (id.into(), name)));
    Ok(RecordNames(names))
}

fn unique<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
