//! Countries and calendars in the database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{CalendarDay, Country, CountryInput, DayKind};
use crate::clock::{Instant, new_id};
use crate::dates::WorkingCalendar;
use crate::db::schema::{calendar_days, countries};
use crate::db::{Db, RawId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::text::fold;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = countries, primary_key(code))]
struct Row {
    code: String,
    name: String,
    time_zone: String,
    locale: String,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    fn of(country: &Country) -> Self {
        let CountryInput { code, name, time_zone, locale } = country.fields.clone();
        Self { code, name, time_zone, locale, created_at: country.created_at, updated_at: country.updated_at }
    }

    fn country(self) -> Country {
        let Self { code, name, time_zone, locale, created_at, updated_at } = self;
        Country { fields: CountryInput { code, name, time_zone, locale }, created_at, updated_at }
    }
}

/// One page, by code.
pub fn list(conn: &mut Db, paging: &Paging<String>) -> Result<Page<Country>> {
    let mut query = countries::table.select(Row::as_select()).order(countries::code).limit(paging.fetch()).into_boxed();
    if let Some(after) = &paging.after {
        query = query.filter(countries::code.gt(after));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.code.clone()).map(Row::country))
}

pub fn exists(conn: &mut Db, code: &str) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(countries::table.find(code))).get_result(conn)?)
}

/// A country by its code; 404 where there is none.
pub fn find(conn: &mut Db, code: &str) -> Result<Country> {
    let row: Option<Row> = countries::table.find(code).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::country).ok_or_else(|| Code::NotFound.into())
}

pub fn insert(conn: &mut Db, country: &Country) -> Result<()> {
    diesel::insert_into(countries::table).values(Row::of(country)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Db, country: &Country) -> Result<()> {
    diesel::update(countries::table.find(&country.fields.code)).set(Row::of(country)).execute(conn)?;
    Ok(())
}

/// The calendar goes with the country; anything else that depends on it is a 409 `in_use`.
pub fn delete(conn: &mut Db, code: &str) -> Result<()> {
    diesel::delete(calendar_days::table.filter(calendar_days::country_code.eq(code))).execute(conn)?;
    diesel::delete(countries::table.find(code)).execute(conn)?;
    Ok(())
}

/// A country's calendar in order of date.
pub fn calendar(conn: &mut Db, code: &str) -> Result<Vec<CalendarDay>> {
    let rows: Vec<(NaiveDate, String, DayKind, Option<String>)> = calendar_days::table
        .filter(calendar_days::country_code.eq(code))
        .order((calendar_days::date, calendar_days::id))
        .select((calendar_days::date, calendar_days::name, calendar_days::kind, calendar_days::territory))
        .load(conn)?;
    Ok(rows.into_iter().map(|(date, name, kind, territory)| CalendarDay { date, name, kind, territory }).collect())
}

pub fn replace_calendar(conn: &mut Db, code: &str, days: &[CalendarDay], now: Instant) -> Result<()> {
    diesel::delete(calendar_days::table.filter(calendar_days::country_code.eq(code))).execute(conn)?;
    for day in days {
        diesel::insert_into(calendar_days::table)
            .values((
                calendar_days::id.eq(RawId(new_id(now))),
                calendar_days::country_code.eq(code),
                calendar_days::date.eq(day.date),
                calendar_days::name.eq(&day.name),
                calendar_days::kind.eq(day.kind),
                calendar_days::territory.eq(&day.territory),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The days off of a country, of both kinds; territorial ones only for that territory (accents and case ignored).
pub fn working_calendar(conn: &mut Db, country: &str, territory: Option<&str>) -> Result<WorkingCalendar> {
    let own = territory.map(|territory| fold([territory]));
    let days: Vec<(NaiveDate, Option<String>)> = calendar_days::table
        .filter(calendar_days::country_code.eq(country))
        .select((calendar_days::date, calendar_days::territory))
        .load(conn)?;
    let holds = |place: &Option<String>| match place {
        None => true,
        Some(place) => own.as_ref().is_some_and(|own| *own == fold([place.as_str()])),
    };
    Ok(WorkingCalendar::new(days.into_iter().filter(|(_, place)| holds(place)).map(|(day, _)| day)))
}
