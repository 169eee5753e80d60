//! What depends on the day: it is not the same day everywhere at one moment.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use crate::clock::Instant;
use crate::commissions::OperationalState;
use crate::db::schema::{commissions, countries, memberships, operational_states};
use crate::db::{Db, InstitutionId, MultiBackend};
use crate::error::Result;

/// A condition on commissions.
pub type Condition = Box<dyn BoxableExpression<commissions::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// Every day that it is somewhere at this moment.
pub fn days_on_earth(now: Instant) -> (NaiveDate, NaiveDate) {
    let day = |hours| now.plus(TimeDelta::hours(hours)).utc().date_naive();
    (day(-12), day(14))
}

/// A day, and where it is today: zones that commissions name, and countries.
struct Today {
    day: NaiveDate,
    zones: Vec<String>,
    countries: Vec<String>,
}

fn todays(conn: &mut Db, now: Instant) -> Result<Vec<Today>> {
    let countries: Vec<(String, String)> =
        countries::table.select((countries::code, countries::time_zone)).load(conn)?;
    let zones: Vec<Option<String>> = commissions::table
        .filter(commissions::time_zone.is_not_null())
        .select(commissions::time_zone)
        .distinct()
        .load(conn)?;
    let (first, last) = days_on_earth(now);
    let here = |zone: &String, day| now.day_in(zone.parse().unwrap_or(Tz::UTC)) == day;
    let on = |day| Today {
        day,
        zones: zones.iter().flatten().filter(|zone| here(zone, day)).cloned().collect(),
        countries: countries.iter().filter(|(_, zone)| here(zone, day)).map(|(code, _)| code.clone()).collect(),
    };
    let days = first.iter_days().take_while(|day| *day <= last);
    Ok(days.map(on).filter(|today| !today.zones.is_empty() || !today.countries.is_empty()).collect())
}

/// `condition` of each commission's own today.
fn of_today(conn: &mut Db, now: Instant, condition: impl Fn(NaiveDate) -> Condition) -> Result<Condition> {
    let mut all: Condition = Box::new(commissions::id.ne(commissions::id).nullable());
    for Today { day, zones, countries } in todays(conn, now)? {
        let by_country = commissions::time_zone.is_null().and(commissions::country_code.eq_any(countries));
        let here = commissions::time_zone.eq_any(zones).or(by_country);
        all = Box::new(all.or(here.and(condition(day))));
    }
    Ok(all)
}

/// The commissions that are in this state today, as [`crate::commissions::states::state_on`] has it.
pub fn in_state(conn: &mut Db, state: OperationalState, now: Instant) -> Result<Condition> {
    of_today(conn, now, |day| {
        let latest = || {
            operational_states::table
                .filter(operational_states::commission_id.eq(commissions::id))
                .filter(operational_states::since_from.le(day))
                .order((operational_states::since_from.desc(), operational_states::id.desc()))
                .select(operational_states::state)
                .limit(1)
                .single_value()
        };
        let stated = latest().is_null().and(commissions::operational_state.eq(state));
        Box::new(latest().eq(state).or(stated))
    })
}

/// The commissions that this institution belongs to today, in any role.
pub fn with_institution(conn: &mut Db, institution: InstitutionId, now: Instant) -> Result<Condition> {
    of_today(conn, now, |day| {
        let today = memberships::table
            .filter(memberships::commission_id.eq(commissions::id))
            .filter(memberships::institution_id.eq(institution))
            .filter(memberships::from_date.is_null().or(memberships::from_date.le(day)))
            .filter(memberships::to_date.is_null().or(memberships::to_date.ge(day)));
        Box::new(exists(today).nullable())
    })
}
