//! Roadmaps, plans and observations as drafting reads them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::links::{grouped, links, take};
use crate::dates::PartialDate;
use crate::db::schema::{observations, plan_items, plans};
use crate::db::{Db, ObservationId, PlanId, PlanItemId};
use crate::error::Result;
use crate::plans::{ItemStatus, ObservationKind, PlanItemKind};
use crate::reports::questionnaire::Step;
use crate::reports::records::{Item, Observation, Plan, Roadmap};

/// A roadmap with its items in order; without a title when there is none.
pub fn roadmap_of(conn: &mut Db, id: PlanId) -> Result<Roadmap> {
    let title: Option<String> = plans::table.find(id).select(plans::title).first(conn).optional()?;
    let items = items_of(conn, &[id])?.remove(&id).unwrap_or_default();
    Ok(Roadmap { title: title.unwrap_or_default(), items })
}

/// The items of these plans, in order of position: one query.
pub fn items_of(conn: &mut Db, ids: &[PlanId]) -> Result<HashMap<PlanId, Vec<Item>>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = plan_items)]
    struct Row {
        id: PlanItemId,
        plan_id: PlanId,
        kind: PlanItemKind,
        title: String,
        label: Option<String>,
        parent_id: Option<PlanItemId>,
        period_from: Option<NaiveDate>,
        period_to: Option<NaiveDate>,
        status: Option<ItemStatus>,
        comment: Option<String>,
    }
    let rows: Vec<Row> = plan_items::table
        .filter(plan_items::plan_id.eq_any(ids))
        .order((plan_items::position, plan_items::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(grouped(
        rows.into_iter()
            .map(|row| {
                let step = Step {
                    id: row.id,
                    label: row.label,
                    title: row.title,
                    period_from: row.period_from,
                    period_to: row.period_to,
                };
                let (kind, parent_id, status, comment) = (row.kind, row.parent_id, row.status, row.comment);
                (row.plan_id, Item { step, kind, parent_id, status, comment })
            })
            .collect(),
    ))
}

/// The plans of a country that are no roadmaps.
pub fn plans_of(conn: &mut Db, country: &str) -> Result<Vec<Plan>> {
    type Row = (PlanId, String, Option<PartialDate>, Option<PartialDate>);
    let rows: Vec<Row> = plans::table
        .filter(plans::country_code.eq(country).and(plans::kind.ne("roadmap")))
        .order(plans::id)
        .select((plans::id, plans::title, plans::starts, plans::ends))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, title, starts, ends)| Plan { id, title, starts, ends }).collect())
}

/// The observations of a country, in order of entry.
pub fn observations_of(conn: &mut Db, country: &str) -> Result<Vec<Observation>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = observations)]
    struct Row {
        id: ObservationId,
        kind: ObservationKind,
        text: String,
        response: Option<String>,
        addressee: Option<String>,
        modality: Option<String>,
        noted: Option<PartialDate>,
    }
    let rows: Vec<Row> = observations::table
        .filter(observations::country_code.eq(country))
        .order(observations::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut themes = links!(conn, country, themes observation_themes(observation_id) of observations);
    Ok(rows
        .into_iter()
        .map(|row| Observation {
            themes: take(&mut themes, &row.id),
            id: row.id,
            kind: row.kind,
            text: row.text,
            response: row.response,
            addressee: row.addressee,
            modality: row.modality,
            noted: row.noted,
        })
        .collect())
}
