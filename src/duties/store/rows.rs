//! The rows of duties with their lists, and writing them.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use super::named;
use super::visible::{of_commissions, visible};
use crate::access::{Visibility, commission_refs};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{duties, duty_fields, duty_reports, duty_waivers};
use crate::db::{CommissionId, Db, DutyId, PlanItemId, grouped};
use crate::directory::Sector;
use crate::duties::model::{Duty, DutyField, DutyInput, Every, FieldKind};
use crate::error::{Code, Result};
use crate::translations::Translations;

crate::ordered_links! {
    /// The commissions that ask for the reports; the first leads.
    commissions: duty_commissions (duty_id: crate::db::DutyId, commission_id: crate::db::CommissionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = duties, treat_none_as_null = true)]
pub(super) struct Row {
    pub id: DutyId,
    country_code: String,
    title: String,
    every: Every,
    starts: PartialDate,
    starts_from: NaiveDate,
    starts_to: NaiveDate,
    ends: Option<PartialDate>,
    ends_from: Option<NaiveDate>,
    ends_to: Option<NaiveDate>,
    sector: Option<Sector>,
    due_days: i32,
    plan_item_id: Option<PlanItemId>,
    restricted: bool,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duty_fields, treat_none_as_default_value = false)]
struct FieldRow {
    duty_id: DutyId,
    position: i32,
    key: String,
    label: String,
    kind: FieldKind,
    unit: Option<String>,
}

impl Row {
    fn of(duty: &Duty) -> Self {
        let fields = duty.fields.clone();
        Self {
            id: duty.id,
            country_code: duty.country_code.clone(),
            title: fields.title,
            every: fields.every,
            starts: fields.from,
            starts_from: duty.from_from,
            starts_to: duty.from_to,
            ends: fields.to,
            ends_from: duty.to_from,
            ends_to: duty.to_to,
            sector: fields.sector,
            due_days: fields.due_days,
            plan_item_id: fields.plan_item_id,
            restricted: fields.restricted,
            created_at: duty.created_at,
            updated_at: duty.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    /// Converts the row, without its lists and its time zone, which are loaded for a whole page at once.
    fn without_lists(self) -> Duty {
        let fields = DutyInput {
            commission_ids: Vec::new(),
            title: self.title,
            every: self.every,
            from: self.starts,
            to: self.ends,
            institution_ids: Vec::new(),
            sector: self.sector,
            fields: Vec::new(),
            due_days: self.due_days,
            plan_item_id: self.plan_item_id,
            restricted: self.restricted,
            note: self.note,
            translations: Translations::of_stored(self.translations),
        };
        let duty = Duty::new(self.id, (self.country_code, Tz::UTC), fields, self.created_at);
        Duty { updated_at: self.updated_at, ..duty }
    }
}

fn fields_of(conn: &mut Db, ids: &[DutyId]) -> Result<HashMap<DutyId, Vec<DutyField>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<FieldRow> = crate::load_among!(
        conn,
        duty_fields::table.order((duty_fields::duty_id, duty_fields::position)).select(FieldRow::as_select()),
        duty_fields::duty_id,
        ids
    )?;
    let field = |row: FieldRow| {
        let FieldRow { duty_id, key, label, kind, unit, .. } = row;
        (duty_id, DutyField { key, label, kind, unit })
    };
    Ok(grouped(rows.into_iter().map(field)))
}

pub(super) fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Duty>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut commissions = commissions::load(conn, &ids)?;
    let mut named = named::load(conn, &ids)?;
    let mut fields = fields_of(conn, &ids)?;
    let leads: Vec<_> = commissions.values().filter_map(|list| list.first().copied()).collect();
    let zones = commission_refs(conn, &crate::db::unique(leads))?;
    let whole = rows.into_iter().map(|row| {
        let mut duty = row.without_lists();
        duty.fields.commission_ids = commissions.remove(&duty.id).unwrap_or_default();
        duty.institution_days = named.remove(&duty.id).unwrap_or_default();
        let present = duty.institution_days.iter().filter(|days| days.to.is_none());
        duty.fields.institution_ids = present.map(|days| days.institution_id).collect();
        duty.fields.fields = fields.remove(&duty.id).unwrap_or_default();
        let lead = duty.fields.commission_ids.first().and_then(|id| zones.get(id));
        duty.zone = lead.map_or(duty.zone, |commission| commission.zone);
        duty
    });
    Ok(whole.collect())
}

/// Loads one duty; 404 if it is not visible.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: DutyId) -> Result<Duty> {
    by_ids(conn, visibility, &[id])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads those of these duties that are visible, in the order of their ids.
pub(crate) fn by_ids(conn: &mut Db, visibility: &Visibility, ids: &[DutyId]) -> Result<Vec<Duty>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query =
        duties::table.filter(duties::id.eq_any(ids)).order(duties::id).select(Row::as_select()).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    let rows = query.load(conn)?;
    complete(conn, rows)
}

/// Loads every duty of a country, in the order of their ids.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Duty>> {
    let own = duties::table.filter(duties::country_code.eq(country)).order(duties::id).select(Row::as_select());
    let rows = own.load(conn)?;
    complete(conn, rows)
}

/// Loads every duty of these commissions, in the order of their ids.
pub(crate) fn all_of_commissions(conn: &mut Db, ids: &[CommissionId]) -> Result<Vec<Duty>> {
    let rows = duties::table.filter(of_commissions(ids)).order(duties::id).select(Row::as_select()).load(conn)?;
    complete(conn, rows)
}

/// Loads the visible duties of a country, in the order of their ids.
pub(crate) fn visible_of_country(conn: &mut Db, visibility: &Visibility, country: &str) -> Result<Vec<Duty>> {
    let mut query =
        duties::table.filter(duties::country_code.eq(country)).order(duties::id).select(Row::as_select()).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    let rows = query.load(conn)?;
    complete(conn, rows)
}

/// Loads the visible duties whose term overlaps these days, in the order of their ids; with `commission`, those of it alone.
pub(crate) fn visible_between(
    conn: &mut Db,
    visibility: &Visibility,
    (first, last): (NaiveDate, NaiveDate),
    commission: Option<CommissionId>,
) -> Result<Vec<Duty>> {
    let mut query = duties::table
        .filter(duties::starts_from.le(last))
        .filter(duties::ends_to.is_null().or(duties::ends_to.assume_not_null().ge(first)))
        .order(duties::id)
        .select(Row::as_select())
        .into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    if let Some(id) = commission {
        query = query.filter(of_commissions(&[id]));
    }
    let rows = query.load(conn)?;
    complete(conn, rows)
}

pub(crate) fn insert(conn: &mut Db, duty: &Duty) -> Result<()> {
    diesel::insert_into(duties::table).values(Row::of(duty)).execute(conn)?;
    commissions::insert(conn, duty.id, &duty.fields.commission_ids)?;
    named::insert(conn, duty.id, &duty.institution_days)?;
    insert_fields(conn, duty)
}

pub(crate) fn update(conn: &mut Db, duty: &Duty) -> Result<()> {
    diesel::update(duties::table.find(duty.id)).set(Row::of(duty)).execute(conn)?;
    commissions::replace(conn, duty.id, &duty.fields.commission_ids)?;
    named::replace(conn, duty.id, &duty.institution_days)?;
    diesel::delete(duty_fields::table.filter(duty_fields::duty_id.eq(duty.id))).execute(conn)?;
    insert_fields(conn, duty)
}

fn insert_fields(conn: &mut Db, duty: &Duty) -> Result<()> {
    let row = |(position, field): (i32, &DutyField)| {
        let DutyField { key, label, kind, unit } = field.clone();
        FieldRow { duty_id: duty.id, position, key, label, kind, unit }
    };
    let rows: Vec<_> = (0_i32..).zip(&duty.fields.fields).map(row).collect();
    crate::insert_all!(conn, duty_fields::table, &rows)
}

/// Deletes a duty; a foreign key violation becomes 409 `in_use`.
pub(crate) fn delete(conn: &mut Db, id: DutyId) -> Result<()> {
    diesel::delete(duties::table.find(id)).execute(conn)?;
    Ok(())
}

/// The first day of the first, and the last day of the last period that has a report or a waiver.
pub(crate) type ReportedSpan = (NaiveDate, NaiveDate);

/// Returns the days of the periods that have reports or waivers, also withdrawn ones; None without any.
pub(crate) fn reported_span(conn: &mut Db, id: DutyId) -> Result<Option<ReportedSpan>> {
    use diesel::dsl::{max, min};
    let own = duty_reports::table.filter(duty_reports::duty_id.eq(id));
    let (first, last): (Option<NaiveDate>, Option<NaiveDate>) =
        own.select((min(duty_reports::period_from), max(duty_reports::period_to))).first(conn)?;
    let waived: Vec<(NaiveDate, PartialDate)> = duty_waivers::table
        .filter(duty_waivers::duty_id.eq(id))
        .select((duty_waivers::period_from, duty_waivers::period))
        .load(conn)?;
    let first = waived.iter().map(|(from, _)| *from).chain(first).min();
    let last = waived.iter().map(|(_, period)| period.to()).chain(last).max();
    Ok(first.zip(last))
}

/// Returns true if a report has a value of the field with this key. The column holds JSON, in which a quotation mark
/// inside a text is escaped, so that the pattern finds keys alone.
pub(crate) fn is_used(conn: &mut Db, id: DutyId, key: &str) -> Result<bool> {
    let pattern = format!("%\"{}\":%", key.replace('_', "\\_"));
    let found = duty_reports::table
        .filter(duty_reports::duty_id.eq(id))
        .filter(duty_reports::figures.like(pattern).escape('\\'))
        .limit(1)
        .select(duty_reports::revision);
    Ok(!found.load::<i32>(conn)?.is_empty())
}
