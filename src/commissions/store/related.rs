//! Loads the related records of a page of commissions, one query for each kind, and selects those that hold today.
//! The day depends on the time zone of each commission.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::{Row, aliases, themes};
use crate::clock::Instant;
use crate::commissions::model::{Commission, CommissionInput, InputValues, LegalBasis};
use crate::commissions::states::state_on;
use crate::commissions::{MemberRole, OperationalState};
use crate::dates::PartialDate;
use crate::db::schema::{commission_legal_bases as bases, commissions, countries, memberships, operational_states};
use crate::db::{CommissionId, Db, InstitutionId, MultiBackend, grouped, unique};
use crate::error::Result;
use crate::themes::Theme;
use crate::translations::Translations;

/// Related records of a page of commissions, by commission.
pub(super) struct Related {
    zones: HashMap<String, String>,
    aliases: HashMap<CommissionId, Vec<String>>,
    themes: HashMap<CommissionId, Vec<Theme>>,
    bases: HashMap<CommissionId, Vec<LegalBasis>>,
    states: HashMap<CommissionId, Vec<(NaiveDate, OperationalState)>>,
    members: HashMap<CommissionId, Vec<Member>>,
}

struct Member {
    institution: InstitutionId,
    role: MemberRole,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Member {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Related {
    pub(super) fn load(conn: &mut Db, rows: &[Row], now: Instant) -> Result<Self> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let codes = unique(rows.iter().map(|row| row.country_code.as_str()));
        let zones: Vec<(String, String)> = countries::table
            .filter(countries::code.eq_any(codes))
            .select((countries::code, countries::time_zone))
            .load(conn)?;
        Ok(Self {
            zones: zones.into_iter().collect(),
            aliases: aliases::load(conn, &ids)?,
            themes: themes::load(conn, &ids)?,
            bases: load_bases(conn, &ids)?,
            states: load_states(conn, &ids)?,
            members: load_members(conn, &ids, now)?,
        })
    }

    /// Builds the commission from its row and its related records, with the values that hold today.
    pub(super) fn commission(&mut self, row: Row, now: Instant) -> Commission {
        let zone = row.time_zone.clone().or_else(|| self.zones.get(&row.country_code).cloned());
        let today = now.day_in(zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC));
        let history = self.states.remove(&row.id).unwrap_or_default();
        let mut members = self.members.remove(&row.id).unwrap_or_default();
        members.retain(|member| member.holds_on(today));
        let holder = |role| members.iter().find(|member| member.role == role).map(|member| member.institution);
        let listed = members.iter().filter(|member| member.role.is_listed()).count();
        Commission {
            id: row.id,
            lead_institution_id: holder(MemberRole::Lead),
            secretariat_institution_id: holder(MemberRole::Secretariat),
            listed_member_count: i32::try_from(listed).unwrap_or(i32::MAX),
            created_at: row.created_at,
            updated_at: row.updated_at,
            given: InputValues { operational_state: row.operational_state, time_zone: row.time_zone.clone() },
            fields: CommissionInput {
                quorum: row.quorum_rule(),
                country_code: row.country_code,
                name: row.name,
                kind: row.kind,
                acronym: row.acronym,
                official_name: row.official_name,
                aliases: self.aliases.remove(&row.id).unwrap_or_default(),
                parent_id: row.parent_id,
                themes: self.themes.remove(&row.id).unwrap_or_default(),
                territory: row.territory,
                function: row.function,
                legal_basis: self.bases.remove(&row.id).unwrap_or_default(),
                operational_state: state_on(row.operational_state, &history, today),
                declared_member_count: row.declared_member_count,
                time_zone: zone,
                public: row.public,
                note: row.note,
                translations: Translations::of_stored(row.translations),
            },
        }
    }
}

fn load_bases(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, Vec<LegalBasis>>> {
    type Row = (CommissionId, String, Option<String>, Option<PartialDate>, Option<String>);
    let rows: Vec<Row> = bases::table
        .filter(bases::commission_id.eq_any(ids))
        .order((bases::commission_id, bases::position))
        .select((bases::commission_id, bases::title, bases::number, bases::issued, bases::url))
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|(id, title, number, issued, url)| {
        let basis = LegalBasis { title, number, issued, url, issued_from: None, issued_to: None };
        (id, basis.with_days())
    })))
}

fn load_states(
    conn: &mut Db,
    ids: &[CommissionId],
) -> Result<HashMap<CommissionId, Vec<(NaiveDate, OperationalState)>>> {
    let rows: Vec<(CommissionId, NaiveDate, OperationalState)> = operational_states::table
        .filter(operational_states::commission_id.eq_any(ids))
        .order((operational_states::since_from, operational_states::id))
        .select((operational_states::commission_id, operational_states::since_from, operational_states::state))
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|(id, since, state)| (id, (since, state)))))
}

/// Loads the memberships that hold on a day that is the current one in some time zone.
fn load_members(conn: &mut Db, ids: &[CommissionId], now: Instant) -> Result<HashMap<CommissionId, Vec<Member>>> {
    let (first, last) = current_days(now);
    type Row = (CommissionId, InstitutionId, MemberRole, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = memberships::table
        .filter(memberships::commission_id.eq_any(ids))
        .filter(memberships::from_date.is_null().or(memberships::from_date.le(last)))
        .filter(memberships::to_date.is_null().or(memberships::to_date.ge(first)))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            memberships::institution_id,
            memberships::role,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?;
    Ok(grouped(rows.into_iter().map(|(id, institution, role, from, to)| (id, Member { institution, role, from, to }))))
}

/// A condition on commissions.
pub(super) type Condition = Box<dyn BoxableExpression<commissions::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// Returns the first and the last day that are current in some time zone at this moment.
fn current_days(now: Instant) -> (NaiveDate, NaiveDate) {
    let day = |hours| now.plus(TimeDelta::hours(hours)).utc().date_naive();
    (day(-12), day(14))
}

/// A day with the time zones of commissions and the countries in which it is the current day.
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
    let (first, last) = current_days(now);
    let is_current = |zone: &String, day| now.day_in(zone.parse().unwrap_or(Tz::UTC)) == day;
    let on = |day| Today {
        day,
        zones: zones.iter().flatten().filter(|zone| is_current(zone, day)).cloned().collect(),
        countries: countries.iter().filter(|(_, zone)| is_current(zone, day)).map(|(code, _)| code.clone()).collect(),
    };
    let days = first.iter_days().take_while(|day| *day <= last);
    Ok(days.map(on).filter(|today| !today.zones.is_empty() || !today.countries.is_empty()).collect())
}

/// Applies a condition to the current day of each commission.
fn on_current_day(conn: &mut Db, now: Instant, condition: impl Fn(NaiveDate) -> Condition) -> Result<Condition> {
    let mut all: Condition = Box::new(commissions::id.ne(commissions::id).nullable());
    for Today { day, zones, countries } in todays(conn, now)? {
        let by_country = commissions::time_zone.is_null().and(commissions::country_code.eq_any(countries));
        let in_zone = commissions::time_zone.eq_any(zones).or(by_country);
        all = Box::new(all.or(in_zone.and(condition(day))));
    }
    Ok(all)
}

/// Returns the condition for the commissions in this state today, by the same rule as [`state_on`].
pub(super) fn in_state(conn: &mut Db, state: OperationalState, now: Instant) -> Result<Condition> {
    on_current_day(conn, now, |day| {
        let latest = || {
            operational_states::table
                .filter(operational_states::commission_id.eq(commissions::id))
                .filter(operational_states::since_from.le(day))
                .order((operational_states::since_from.desc(), operational_states::id.desc()))
                .select(operational_states::state)
                .limit(1)
                .single_value()
        };
        let initial = latest().is_null().and(commissions::operational_state.eq(state));
        Box::new(latest().eq(state).or(initial))
    })
}

/// Returns the condition for the commissions to which this institution belongs today, in any role.
pub(super) fn with_institution(conn: &mut Db, institution: InstitutionId, now: Instant) -> Result<Condition> {
    on_current_day(conn, now, |day| {
        let today = memberships::table
            .filter(memberships::commission_id.eq(commissions::id))
            .filter(memberships::institution_id.eq(institution))
            .filter(memberships::from_date.is_null().or(memberships::from_date.le(day)))
            .filter(memberships::to_date.is_null().or(memberships::to_date.ge(day)));
        Box::new(exists(today).nullable())
    })
}
