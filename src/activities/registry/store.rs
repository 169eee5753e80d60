//! The queries of the registry of a period. Their number does not depend on the number of activities.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::{Listed, RecordNames, RegistryQuery};
use crate::access::{Visibility, commission_refs};
use crate::activities::model::{Activity, ActivityStatus};
use crate::activities::store::{ActivityQuery, Filter, Row, complete, filtered};
use crate::db::schema::activities;
use crate::db::{Db, unique};
use crate::directory::institution_names_in;
use crate::error::Result;
use crate::i18n::Lang;
use crate::plans::{known_item_countries, plan_items_by_id};

/// Loads the validated activities of a period: those with a date in order of their dates, those without a date in the
/// order in which they were created; and the number of submitted ones.
pub(super) fn in_period(
    conn: &mut Db,
    visibility: &Visibility,
    query: &RegistryQuery,
) -> Result<(Vec<Activity>, Vec<Activity>, i64)> {
    let rows = of_period(visibility, query, ActivityStatus::Validated)
        .order((activities::span_from, activities::span_to, activities::id))
        .select(Row::as_select())
        .load(conn)?;
    let pending = of_period(visibility, query, ActivityStatus::Submitted).count().get_result(conn)?;
    let (dated, undated) = complete(conn, rows)?.into_iter().partition(|activity| activity.fields.starts.is_some());
    Ok((dated, undated, pending))
}

/// Returns the ids of the validated activities of a period.
pub(super) fn listed_in_period(conn: &mut Db, visibility: &Visibility, query: &RegistryQuery) -> Result<Listed> {
    let validated = || of_period(visibility, query, ActivityStatus::Validated);
    let dated = validated()
        .filter(activities::starts.is_not_null())
        .order((activities::span_from, activities::span_to, activities::id))
        .select(activities::id)
        .load(conn)?;
    let undated =
        validated().filter(activities::starts.is_null()).order(activities::id).select(activities::id).load(conn)?;
    let pending = of_period(visibility, query, ActivityStatus::Submitted).count().get_result(conn)?;
    Ok(Listed { dated, undated, pending })
}

fn of_period(visibility: &Visibility, query: &RegistryQuery, status: ActivityStatus) -> ActivityQuery {
    let filter = Filter {
        country_code: Some(query.country_code.clone()),
        commission_id: query.commission_id,
        theme: query.theme,
        from: Some(query.from),
        to: Some(query.to),
        status: Some(status),
        ..Filter::default()
    };
    filtered(visibility, &filter)
}

/// Loads the names of the records in these activities. The names of commissions and plan items that are not visible are
/// left out, although an activity of several commissions shows the ids of all.
pub(in crate::activities) fn names(
    conn: &mut Db,
    visibility: &Visibility,
    activities: &[&Activity],
    lang: Lang,
) -> Result<RecordNames> {
    let commissions = unique(activities.iter().flat_map(|activity| activity.fields.commission_ids.clone()));
    let items = unique(activities.iter().flat_map(|activity| activity.fields.plan_item_ids.clone()));
    let items: Vec<_> = known_item_countries(conn, visibility, &items)?.into_keys().collect();
    let parties =
        |activity: &&Activity| [activity.fields.organizer_ids.clone(), activity.fields.partner_ids.clone()].concat();
    let institution_ids = unique(activities.iter().flat_map(parties));
    let mut names = HashMap::new();
    for (id, commission) in commission_refs(conn, &commissions)? {
        if visibility.knows_commission(id, &commission.country_code) {
            names.insert(id.into(), commission.label_in(lang).to_owned());
        }
    }
    for (id, item) in plan_items_by_id(conn, &items)? {
        let (fields, others) = (&item.fields, &item.fields.translations);
        let name = match &fields.label {
            Some(label) => others.or_original("label", lang, label),
            None => others.or_original("title", lang, &fields.title),
        };
        names.insert(id.into(), name.to_owned());
    }
    let called = institution_names_in(conn, institution_ids, lang)?;
    names.extend(called.into_iter().map(|(id, name)| (id.into(), name)));
    Ok(RecordNames::new(names))
}
