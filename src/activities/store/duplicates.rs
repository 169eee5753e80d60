//! Entries that may tell the same as another one.

use chrono::{Datelike, Months};
use diesel::prelude::*;

use super::links;
use super::visibility::visible;
use crate::access::Visibility;
use crate::activities::model::{Activity, Duplicate, Likeness};
use crate::db::schema::activities;
use crate::db::{ActivityId, Db};
use crate::error::Result;

/// A month that holds more entries than these is compared in part.
const MAX_COMPARED: i64 = 2000;

/// The entries of the same month that may be the same as this one, of those that the reader may know.
pub fn duplicates(conn: &mut Db, visibility: &Visibility, activity: &Activity) -> Result<Vec<Duplicate>> {
    let fields = &activity.fields;
    let parties: Vec<_> = fields.parties().collect();
    let Some(first) = activity.starts_from.and_then(|day| day.with_day(1)).filter(|_| !parties.is_empty()) else {
        return Ok(Vec::new());
    };
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let others: Vec<(ActivityId, String, bool)> = visible(visibility)
        .filter(activities::country_code.eq(fields.country_code.clone()).and(activities::id.ne(activity.id)))
        .filter(activities::span_from.ge(first).assume_not_null().and(activities::span_from.lt(next).assume_not_null()))
        .order(activities::id)
        .limit(MAX_COMPARED)
        .select((activities::id, activities::title, activities::restricted))
        .load(conn)?;
    let like = |title: &str, parties: &[_]| {
        let own = Likeness { title: &fields.title, starts_from: Some(first), parties };
        own.may_be(&Likeness { title, starts_from: Some(first), parties })
    };
    let alike: Vec<(ActivityId, String, bool)> =
        others.into_iter().filter(|(_, title, _)| like(title, &parties)).collect();
    let ids: Vec<ActivityId> = alike.iter().map(|(id, ..)| *id).collect();
    let mut organizers = links::organizers::load(conn, &ids)?;
    let mut partners = links::partners::load(conn, &ids)?;
    let mut shares = |id: &ActivityId| {
        let mut theirs = organizers.remove(id).unwrap_or_default();
        theirs.extend(partners.remove(id).unwrap_or_default());
        theirs.iter().any(|party| parties.contains(party))
    };
    let shared = alike.into_iter().filter(|(id, ..)| shares(id));
    Ok(shared.map(|(id, title, restricted)| Duplicate { id, title, restricted }).collect())
}
