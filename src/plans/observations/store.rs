//! Observations in the database.

mod found;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Observation, ObservationFilter, ObservationInput, ObservationKind};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{observation_commissions, observation_plan_items, observation_themes, observations};
use crate::db::{Db, ObservationId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::translations::Translations;

pub(crate) use found::{search, search_count};

crate::theme_links!(themes: observation_themes (observation_id: crate::db::ObservationId));

crate::ordered_links! {
    /// The items of plans that an observation concerns.
    plan_items: observation_plan_items (observation_id: crate::db::ObservationId, plan_item_id: crate::db::PlanItemId)
}

crate::ordered_links! {
    /// The commissions that made an observation.
    commissions: observation_commissions (observation_id: crate::db::ObservationId, commission_id: crate::db::CommissionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = observations, treat_none_as_null = true)]
struct Row {
    id: ObservationId,
    country_code: String,
    kind: ObservationKind,
    text: String,
    response: Option<String>,
    addressee: Option<String>,
    modality: Option<String>,
    noted: Option<PartialDate>,
    noted_from: Option<NaiveDate>,
    noted_to: Option<NaiveDate>,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(observation: &Observation) -> Self {
        let fields = observation.fields.clone();
        Self {
            id: observation.id,
            country_code: fields.country_code,
            kind: fields.kind,
            text: fields.text,
            response: fields.response,
            addressee: fields.addressee,
            modality: fields.modality,
            noted: fields.noted,
            noted_from: observation.noted_from,
            noted_to: observation.noted_to,
            created_at: observation.created_at,
            updated_at: observation.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }
}

type Query<'a> = observations::BoxedQuery<'a, crate::db::MultiBackend, observations::SqlType>;

/// Returns a query for the visible observations.
fn visible_rows(visibility: &Visibility) -> Query<'static> {
    let query = observations::table.into_boxed();
    if visibility.all {
        return query;
    }
    let followed = observation_commissions::table
        .filter(observation_commissions::commission_id.eq_any(visibility.commissions()))
        .select(observation_commissions::observation_id);
    query.filter(observations::country_code.eq_any(visibility.countries.clone()).or(observations::id.eq_any(followed)))
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Observation>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut themes = themes::load(conn, &ids)?;
    let mut plan_items = plan_items::load(conn, &ids)?;
    let mut commissions = commissions::load(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let fields = ObservationInput {
                country_code: row.country_code,
                kind: row.kind,
                text: row.text,
                response: row.response,
                addressee: row.addressee,
                modality: row.modality,
                themes: themes.remove(&row.id).unwrap_or_default(),
                plan_item_ids: plan_items.remove(&row.id).unwrap_or_default(),
                noted: row.noted,
                commission_ids: commissions.remove(&row.id).unwrap_or_default(),
                note: row.note,
                translations: Translations::of_stored(row.translations),
            };
            Observation::new(row.id, fields, row.created_at, row.updated_at)
        })
        .collect())
}

/// Returns one page of the visible observations, in the order of creation.
pub(in crate::plans) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &ObservationFilter,
    paging: &Paging<ObservationId>,
) -> Result<Page<Observation>> {
    let mut query = visible_rows(visibility).order(observations::id);
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(observations::country_code.eq(code));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(observations::kind.eq(kind));
    }
    if let Some(theme) = filter.theme {
        let of_theme = observation_themes::table
            .filter(observation_themes::theme.eq(theme))
            .select(observation_themes::observation_id);
        query = query.filter(observations::id.eq_any(of_theme));
    }
    if let Some(id) = filter.commission_id {
        let of_commission = observation_commissions::table
            .filter(observation_commissions::commission_id.eq(id))
            .select(observation_commissions::observation_id);
        query = query.filter(observations::id.eq_any(of_commission));
    }
    if let Some(id) = filter.plan_item_id {
        let on_item = observation_plan_items::table
            .filter(observation_plan_items::plan_item_id.eq(id))
            .select(observation_plan_items::observation_id);
        query = query.filter(observations::id.eq_any(on_item));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(observations::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).select(Row::as_select()).load(conn)?, paging, |row: &Row| row.id)
        .counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns one observation; 404 if it is not visible.
pub(in crate::plans) fn find(conn: &mut Db, visibility: &Visibility, id: ObservationId) -> Result<Observation> {
    let rows = visible_rows(visibility).filter(observations::id.eq(id)).select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns every observation of a country, in the order of their ids.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Observation>> {
    let rows = observations::table
        .filter(observations::country_code.eq(country))
        .order(observations::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

pub(super) fn insert(conn: &mut Db, observation: &Observation) -> Result<()> {
    diesel::insert_into(observations::table).values(Row::of(observation)).execute(conn)?;
    themes::insert(conn, observation.id, &observation.fields.themes)?;
    plan_items::insert(conn, observation.id, &observation.fields.plan_item_ids)?;
    commissions::insert(conn, observation.id, &observation.fields.commission_ids)
}

pub(super) fn update(conn: &mut Db, observation: &Observation) -> Result<()> {
    diesel::update(observations::table.find(observation.id)).set(Row::of(observation)).execute(conn)?;
    themes::replace(conn, observation.id, &observation.fields.themes)?;
    plan_items::replace(conn, observation.id, &observation.fields.plan_item_ids)?;
    commissions::replace(conn, observation.id, &observation.fields.commission_ids)
}

pub(super) fn delete(conn: &mut Db, id: ObservationId) -> Result<()> {
    diesel::delete(observations::table.find(id)).execute(conn)?;
    Ok(())
}
