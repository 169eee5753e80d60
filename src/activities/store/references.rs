//! Read models of what activities refer to: commitments, files, and what ids are called.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use crate::access::{Reach, commission_refs};
use crate::activities::model::Activity;
use crate::db::schema::{assignments, commitment_commissions, commitments, institutions};
use crate::db::{CommitmentId, Db, InstitutionId};
use crate::error::Result;
use crate::plans::plan_items_by_id;

/// The countries of those of these commitments that may be known.
pub fn commitment_countries(
    conn: &mut Db,
    reach: &Reach,
    ids: &[CommitmentId],
) -> Result<HashMap<CommitmentId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut query = commitments::table
        .filter(commitments::id.eq_any(ids))
        .select((commitments::id, commitments::country_code))
        .into_boxed();
    if !reach.all {
        let kept = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq_any(&reach.kept))
            .select(commitment_commissions::commitment_id);
        let followed = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq_any(&reach.followed))
            .select(commitment_commissions::commitment_id);
        let own = assignments::table
            .filter(assignments::institution_id.eq_any(&reach.institutions))
            .select(assignments::commitment_id);
        query = query.filter(
            commitments::country_code
                .eq_any(&reach.countries)
                .or(commitments::id.eq_any(kept))
                .or(commitments::restricted.eq(false).and(commitments::id.eq_any(followed)))
                .or(commitments::id.eq_any(own)),
        );
    }
    let rows: Vec<(CommitmentId, String)> = query.load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What the commissions, institutions and plan items of activities are called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(HashMap<Uuid, String>);

impl Names {
    /// The name, or the id where it has none.
    pub fn of(&self, id: impl Into<Uuid>) -> String {
        let id = id.into();
        self.0.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// The names for these activities: a constant number of queries.
pub fn names(conn: &mut Db, activities: &[&Activity]) -> Result<Names> {
    let commissions: Vec<_> = activities.iter().flat_map(|activity| activity.fields.commission_ids.clone()).collect();
    let items: Vec<_> = activities.iter().flat_map(|activity| activity.fields.plan_item_ids.clone()).collect();
    let parties =
        |activity: &&Activity| [activity.fields.organizer_ids.clone(), activity.fields.partner_ids.clone()].concat();
    let mut institution_ids: Vec<InstitutionId> = activities.iter().flat_map(parties).collect();
    institution_ids.sort_unstable();
    institution_ids.dedup();
    let mut names = HashMap::new();
    for (id, commission) in commission_refs(conn, &unique(commissions))? {
        names.insert(id.into(), commission.label().to_owned());
    }
    for (id, item) in plan_items_by_id(conn, &unique(items))? {
        names.insert(id.into(), item.fields.label.unwrap_or(item.fields.title));
    }
    let called: Vec<(InstitutionId, String)> = institutions::table
        .filter(institutions::id.eq_any(&institution_ids))
        .select((institutions::id, institutions::name))
        .load(conn)?;
    names.extend(called.into_iter().map(|(id, name)| (id.into(), name)));
    Ok(Names(names))
}

fn unique<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort_unstable();
    ids.dedup();
    ids
}
