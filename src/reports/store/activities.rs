//! The registry as drafting reads it.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::links::{grouped, links, take};
use crate::activities::ResultState;
use crate::dates::PartialDate;
use crate::db::schema::{activities, activity_evidence};
use crate::db::{ActivityId, Db};
use crate::error::Result;
use crate::reports::records::{Activity, Participants, Proof};

/// The activities of a country, in order of entry.
pub fn activities_of(conn: &mut Db, country: &str) -> Result<Vec<Activity>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = activities)]
    struct Row {
        id: ActivityId,
        kind: String,
        title: String,
        description: Option<String>,
        result: Option<String>,
        expected_result: Option<String>,
        result_state: Option<ResultState>,
        starts: Option<PartialDate>,
        ends: Option<PartialDate>,
        when_text: Option<String>,
        period_from: Option<NaiveDate>,
        period_to: Option<NaiveDate>,
        participants_total: Option<i32>,
        participants_women: Option<i32>,
        participants_men: Option<i32>,
        audience: Option<String>,
        occurrences: Option<i32>,
        scope: Option<String>,
        highlight: bool,
        restricted: bool,
        status: String,
    }
    let rows: Vec<Row> = activities::table
        .filter(activities::country_code.eq(country))
        .order(activities::id)
        .select(Row::as_select())
        .load(conn)?;
    type Entry = (ActivityId, (String, Option<String>, Option<PartialDate>));
    let proofs: Vec<Entry> = activity_evidence::table
        .inner_join(activities::table)
        .filter(activities::country_code.eq(country))
        .order((activity_evidence::activity_id, activity_evidence::position))
        .select((
            activity_evidence::activity_id,
            (activity_evidence::title, activity_evidence::url, activity_evidence::dated),
        ))
        .load(conn)?;
    let mut evidence = grouped(proofs);
    let mut joint = links!(conn, country, activity_commissions(activity_id, commission_id) of activities);
    let mut territories = links!(conn, country, activity_territories(activity_id, territory) of activities);
    let mut organizers = links!(conn, country, activity_organizers(activity_id, institution_id) of activities);
    let mut partners = links!(conn, country, activity_partners(activity_id, institution_id) of activities);
    let mut items = links!(conn, country, activity_plan_items(activity_id, plan_item_id) of activities);
    let mut themes = links!(conn, country, themes activity_themes(activity_id) of activities);
    Ok(rows
        .into_iter()
        .map(|row| Activity {
            commission_ids: take(&mut joint, &row.id),
            themes: take(&mut themes, &row.id),
            territories: take(&mut territories, &row.id),
            organizer_ids: take(&mut organizers, &row.id),
            partner_ids: take(&mut partners, &row.id),
            plan_item_ids: take(&mut items, &row.id),
            evidence: take(&mut evidence, &row.id)
                .into_iter()
                .map(|(title, url, dated)| Proof { title, url, dated })
                .collect(),
            period: row.period_from.zip(row.period_to),
            participants: Participants {
                total: row.participants_total,
                women: row.participants_women,
                men: row.participants_men,
                audience: row.audience,
            },
            id: row.id,
            kind: row.kind,
            title: row.title,
            description: row.description,
            result: row.result,
            expected_result: row.expected_result,
            result_state: row.result_state,
            starts: row.starts,
            ends: row.ends,
            when_text: row.when_text,
            occurrences: row.occurrences,
            scope: row.scope,
            highlight: row.highlight,
            restricted: row.restricted,
            status: row.status,
        })
        .collect())
}
