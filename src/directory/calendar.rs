//! The calendar of a country: the days on which it does not work, beside its weekends.
//!
//! A calendar is data that people edit. The program ships the holidays of a few countries and years (`holidays.json`),
//! which people add to it. The slice that owns a term calculates it again when
//! the calendar changes: [`put_calendar`] is an action on an open transaction, so that an action of that slice can
//! follow it in the same transaction and read the new days.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate};
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::countries::country as find_country;
use crate::access::require_coordinator;
use crate::audit;
use crate::db::{Tx, unique};
use crate::error::{Error, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub use store::working_calendar;
pub(crate) use store::{extents as calendar_extents, find as calendar};

crate::text_enum! {
    /// The reason for which a day does not count as a working day.
    DayKind {
        /// A public holiday.
        Holiday = "holiday",
        /// A day declared non-working (Peru's «día no laborable»).
        NonWorking = "non_working",
    }
}

/// A day on which a country, or a part of it, does not work.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct CalendarDay {
    /// The day.
    #[schema(examples("2023-09-18"))]
    pub date: NaiveDate,
    /// The name of the day.
    #[schema(examples("Independencia Nacional"), max_length = 300)]
    pub name: String,
    /// The reason for which it does not count as a working day.
    #[schema(examples("holiday"))]
    pub kind: DayKind,
    /// The only part of the country to which it applies; null for the whole country.
    #[deserr(default)]
    #[schema(examples("Arica y Parinacota"), max_length = 200)]
    pub territory: Option<String>,
}

impl Input for CalendarDay {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 300);
        faults.opt_text("/territory", self.territory.as_ref(), 200);
    }
}

/// The maximum number of days of a calendar: some decades of a country with territorial holidays.
const CALENDAR_LIMIT: usize = 3000;

/// Checks the list as a whole: its length, and no entry twice.
fn check_calendar(days: &[CalendarDay], faults: &mut Faults) {
    faults.items("", days.len(), CALENDAR_LIMIT);
    let mut seen = HashSet::new();
    for (n, day) in days.iter().enumerate() {
        if !seen.insert((day.date, &day.name, &day.territory)) {
            faults.add(format!("/{n}"), "duplicate");
        }
    }
}

crate::nothing_restricted!(CalendarDay);

/// Replaces the whole calendar of a country and returns it in order of date.
///
/// Terms that were calculated with the former calendar do not change here: the slice that opens the transaction
/// calculates them again.
pub(crate) fn put_calendar(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    days: Vec<CalendarDay>,
) -> Result<Vec<CalendarDay>> {
    find_country(tx.conn, code)?;
    require_coordinator(actor, code)?;
    let mut faults = tx.faults();
    check_calendar(&days, &mut faults);
    faults.into_result()?;
    let before = store::find(tx.conn, code)?;
    store::replace(tx.conn, code, &days, tx.now)?;
    let after = store::find(tx.conn, code)?;
    if before != after {
        audit::updated(tx, "calendar", code, Some(code), &before, &after)?;
    }
    Ok(after)
}

/// The holidays that the program ships, by country, in order of date.
const SHIPPED: &str = include_str!("holidays.json");

/// Returns the calendar of a country with the shipped holidays of these years that it does not have. A day on which the
/// whole country does not work already is not added again. 422 for a country or a year that is not shipped.
pub(crate) fn with_shipped_holidays(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: &str,
    (from, to): (i32, i32),
) -> Result<Vec<CalendarDay>> {
    find_country(tx.conn, code)?;
    require_coordinator(actor, code)?;
    let mut faults = tx.faults();
    let shipped = shipped(code)?;
    let years: HashSet<i32> = shipped.iter().map(|day| day.date.year()).collect();
    for (pointer, year) in [("/from_year", from), ("/to_year", to)] {
        if !years.contains(&year) {
            faults.add_comparison(pointer, "holidays_not_shipped", Vec::new());
        }
    }
    faults.into_result()?;
    let mut days = store::find(tx.conn, code)?;
    let held: HashSet<NaiveDate> = days.iter().filter(|day| day.territory.is_none()).map(|day| day.date).collect();
    let missing = |day: &CalendarDay| {
        let is_held = held.contains(&day.date) && day.territory.is_none();
        (from..=to).contains(&day.date.year()) && !is_held
    };
    for day in shipped.into_iter().filter(missing) {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    Ok(days)
}

/// Returns the years whose holidays are shipped for a country, in order; none for most countries.
pub(crate) fn shipped_years(code: &str) -> Result<Vec<i32>> {
    Ok(unique(shipped(code)?.iter().map(|day| day.date.year())))
}

/// Returns the shipped holidays of a country; none for most countries.
fn shipped(code: &str) -> Result<Vec<CalendarDay>> {
    let mut all: BTreeMap<String, Vec<ShippedDay>> = serde_json::from_str(SHIPPED).map_err(Error::internal)?;
    let days = all.remove(code).unwrap_or_default().into_iter();
    Ok(days.map(|ShippedDay { date, name, kind, territory }| CalendarDay { date, name, kind, territory }).collect())
}

/// A day of `holidays.json`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ShippedDay {
    date: NaiveDate,
    name: String,
    kind: DayKind,
    #[serde(default)]
    territory: Option<String>,
}

mod store {
    use std::collections::HashMap;

    use chrono::NaiveDate;
    use diesel::dsl::{max, min};
    use diesel::prelude::*;

    use super::{CalendarDay, DayKind};
    use crate::clock::{Instant, new_id};
    use crate::dates::WorkingCalendar;
    use crate::db::schema::calendar_days;
    use crate::db::{Db, RawId};
    use crate::error::Result;
    use crate::text::fold;

    /// Returns the calendar of a country in order of date.
    pub(crate) fn find(conn: &mut Db, code: &str) -> Result<Vec<CalendarDay>> {
        let rows: Vec<(NaiveDate, String, DayKind, Option<String>)> = calendar_days::table
            .filter(calendar_days::country_code.eq(code))
            .order((calendar_days::date, calendar_days::id))
            .select((calendar_days::date, calendar_days::name, calendar_days::kind, calendar_days::territory))
            .load(conn)?;
        Ok(rows.into_iter().map(|(date, name, kind, territory)| CalendarDay { date, name, kind, territory }).collect())
    }

    /// Returns the first and the last day of each calendar, by country.
    pub(crate) fn extents(conn: &mut Db) -> Result<HashMap<String, (NaiveDate, NaiveDate)>> {
        type Row = (String, Option<NaiveDate>, Option<NaiveDate>);
        let rows: Vec<Row> = calendar_days::table
            .group_by(calendar_days::country_code)
            .select((calendar_days::country_code, min(calendar_days::date), max(calendar_days::date)))
            .load(conn)?;
        Ok(rows.into_iter().filter_map(|(code, first, last)| Some((code, (first?, last?)))).collect())
    }

    pub(super) fn replace(conn: &mut Db, code: &str, days: &[CalendarDay], now: Instant) -> Result<()> {
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

    /// Returns the days off of a country, of both kinds; those of a territory only for that territory (accents and case
    /// make no difference).
    pub fn working_calendar(conn: &mut Db, country: &str, territory: Option<&str>) -> Result<WorkingCalendar> {
        let own = territory.map(|territory| fold([territory]));
        let days: Vec<(NaiveDate, Option<String>)> = calendar_days::table
            .filter(calendar_days::country_code.eq(country))
            .select((calendar_days::date, calendar_days::territory))
            .load(conn)?;
        let applies = |place: &Option<String>| match place {
            None => true,
            Some(place) => own.as_ref().is_some_and(|own| *own == fold([place.as_str()])),
        };
        Ok(WorkingCalendar::new(days.into_iter().filter(|(_, place)| applies(place)).map(|(day, _)| day)))
    }
}

pub(super) mod api {
    //! `/countries/{code}/calendar`. The calendar is set in `commitments`, which calculates the terms again.

    use actix_web::web::Path;
    use actix_web::{HttpResponse, get};

    use super::{CalendarDay, find_country, store};
    use crate::db::Db;
    use crate::directory::CountryCode;
    use crate::error::Result;
    use crate::identity::Caller;

    /// Show a country's calendar
    ///
    /// The days on which it does not work, beside its weekends, in order of date.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "directory", responses((status = 200, description = "The calendar", body = Vec<CalendarDay>)))]
    #[get("/api/v1/countries/{code}/calendar")]
    pub(crate) async fn show_calendar(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
        let load = move |conn: &mut Db, _: &_| {
            find_country(conn, &code.0)?;
            store::find(conn, &code.0)
        };
        caller.show(load).await
    }
}
