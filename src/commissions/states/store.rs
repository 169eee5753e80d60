//! Dated operational states in the database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{DatedState, OperationalState, OperationalStateInput};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{commissions, operational_states};
use crate::db::{CommissionId, Db, OperationalStateId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = operational_states, treat_none_as_null = true)]
struct Row {
    id: OperationalStateId,
    commission_id: CommissionId,
    state: OperationalState,
    since: PartialDate,
    since_from: NaiveDate,
    since_to: NaiveDate,
    source: Option<String>,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn of(entry: &DatedState) -> Self {
        let OperationalStateInput { state, since, source } = entry.fields.clone();
        Self {
            id: entry.id,
            commission_id: entry.commission_id,
            state,
            since,
            since_from: entry.since_from,
            since_to: entry.since_to,
            source,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
        }
    }

    fn entry(self) -> DatedState {
        DatedState {
            id: self.id,
            commission_id: self.commission_id,
            fields: OperationalStateInput { state: self.state, since: self.since, source: self.source },
            since_from: self.since_from,
            since_to: self.since_to,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// One page of a commission's entries, in the order in which they were entered.
pub fn list(conn: &mut Db, commission: CommissionId, paging: &Paging<OperationalStateId>) -> Result<Page<DatedState>> {
    let mut query = operational_states::table
        .filter(operational_states::commission_id.eq(commission))
        .select(Row::as_select())
        .order(operational_states::id)
        .limit(paging.fetch())
        .into_boxed();
    if let Some(after) = paging.after {
        query = query.filter(operational_states::id.gt(after));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.id).map(Row::entry))
}

/// Every entry of a country's commissions, in order of id.
pub fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<DatedState>> {
    let rows: Vec<Row> = operational_states::table
        .inner_join(commissions::table)
        .filter(commissions::country_code.eq(country))
        .order(operational_states::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::entry).collect())
}

pub fn find(conn: &mut Db, commission: CommissionId, id: OperationalStateId) -> Result<DatedState> {
    let row: Option<Row> = operational_states::table
        .find(id)
        .filter(operational_states::commission_id.eq(commission))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(Row::entry).ok_or_else(|| Code::NotFound.into())
}

pub fn insert(conn: &mut Db, entry: &DatedState) -> Result<()> {
    diesel::insert_into(operational_states::table).values(Row::of(entry)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Db, entry: &DatedState) -> Result<()> {
    diesel::update(operational_states::table.find(entry.id)).set(Row::of(entry)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Db, id: OperationalStateId) -> Result<()> {
    diesel::delete(operational_states::table.find(id)).execute(conn)?;
    Ok(())
}
