//! The visibility rule and the current day as text, for statements over several tables (see `db::raw`).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::visibility::Visibility;
use crate::db::raw::Dialect;

/// The current days in the time zones of commissions and sessions.
#[derive(Debug, Clone)]
pub(crate) struct CurrentDays {
    pub sql: Dialect,
    /// The day in UTC.
    pub utc: NaiveDate,
    /// The current days, each with the time zones in which it is that day.
    pub days: BTreeMap<NaiveDate, Vec<String>>,
}

impl CurrentDays {
    /// Writes the current day, a number of days later, in the time zone that an expression gives.
    fn in_zone(&self, zone: &str, later: u64) -> String {
        let day = |day: NaiveDate| self.sql.day(day.checked_add_days(Days::new(later)).unwrap_or(day));
        let mut days: Vec<_> = self.days.iter().collect();
        let Some((last, _)) = days.pop() else { return day(self.utc) };
        if days.is_empty() {
            return day(*last);
        }
        let cases = days.iter().map(|(on, zones)| {
            format!("WHEN {zone} IN {} THEN {}", self.sql.texts(zones.iter().map(String::as_str)), day(**on))
        });
        format!("CASE {} ELSE {} END", cases.collect::<Vec<_>>().join(" "), day(*last))
    }

    /// Writes the current day of a commission, a number of days later.
    pub(crate) fn of_commission(&self, commission: &str, later: u64) -> String {
        self.in_zone(&zone_of(commission), later)
    }

    /// Writes the current day where a session `m` takes place, a number of days later.
    pub(crate) fn of_meeting(&self, later: u64) -> String {
        self.in_zone(&format!("coalesce(m.time_zone, {})", zone_of("m.lead_commission_id")), later)
    }

    /// Writes the last of the current days.
    pub(crate) fn last(&self) -> String {
        self.sql.day(self.days.keys().next_back().copied().unwrap_or(self.utc))
    }
}

/// Writes the time zone of a commission.
fn zone_of(commission: &str) -> String {
    format!(
        "(SELECT coalesce(z.time_zone, y.time_zone) FROM commissions z JOIN countries y ON y.code = z.country_code \
         WHERE z.id = {commission})"
    )
}

/// A kind of record with a country, commissions, and named institutions.
struct Table {
    alias: &'static str,
    /// The table of its commissions, and the column with its id there and in the tables of institutions.
    commissions: &'static str,
    owner: &'static str,
    /// The tables with the institutions that it names.
    institutions: &'static [&'static str],
    /// A column with an institution of its own.
    own_institution: Option<&'static str>,
}

const COMMITMENT: Table = Table {
    alias: "c",
    commissions: "commitment_commissions",
    owner: "commitment_id",
    institutions: &["assignments", "commitment_beneficiaries"],
    own_institution: Some("c.follow_up_institution_id"),
};

const MEETING: Table = Table {
    alias: "m",
    commissions: "meeting_commissions",
    owner: "meeting_id",
    institutions: &["attendances"],
    own_institution: None,
};

const ACTIVITY: Table = Table {
    alias: "v",
    commissions: "activity_commissions",
    owner: "activity_id",
    institutions: &["activity_organizers", "activity_partners"],
    own_institution: None,
};

impl Visibility {
    /// Writes the condition for the visible commitments `c`: the rule of the store of commitments.
    pub(crate) fn commitments_sql(&self, sql: Dialect) -> String {
        self.condition(sql, &COMMITMENT)
    }

    /// Writes the condition for the visible sessions `m`: the rule of the store of meetings.
    pub(crate) fn meetings_sql(&self, sql: Dialect) -> String {
        self.condition(sql, &MEETING)
    }

    /// Writes the condition for the visible activities `v`: the rule of the store of activities.
    pub(crate) fn activities_sql(&self, sql: Dialect) -> String {
        self.condition(sql, &ACTIVITY)
    }

    /// Writes the condition for the visible commissions `b`: the rule of the store of commissions.
    pub(crate) fn commissions_sql(&self, sql: Dialect) -> String {
        if self.all {
            return "TRUE".to_owned();
        }
        let countries = sql.texts(self.countries.iter().map(String::as_str));
        format!("(b.country_code IN {countries} OR b.id IN {})", sql.ids(self.commissions()))
    }

    fn condition(&self, sql: Dialect, table: &Table) -> String {
        if self.all {
            return "TRUE".to_owned();
        }
        let alias = table.alias;
        let mut any = Vec::new();
        if !self.countries.is_empty() {
            let countries = sql.texts(self.countries.iter().map(String::as_str));
            any.push(format!("{alias}.country_code IN {countries}"));
        }
        if !self.full_commissions.is_empty() {
            any.push(table.of_commissions(&format!("IN {}", sql.ids(self.full_commissions.iter().copied()))));
        }
        if !self.unrestricted_commissions.is_empty() {
            let followed =
                table.of_commissions(&format!("IN {}", sql.ids(self.unrestricted_commissions.iter().copied())));
            any.push(format!("({alias}.restricted = FALSE AND {followed})"));
        }
        if !self.institutions.is_empty() {
            any.push(table.naming(&sql.ids(self.institutions.iter().copied())));
        }
        for (commission, institutions) in self.bounds() {
            let inside = table.of_commissions(&format!("= {}", sql.id(commission)));
            any.push(format!("({inside} AND {})", table.naming(&sql.ids(institutions))));
        }
        if any.is_empty() { "FALSE".to_owned() } else { format!("({})", any.join(" OR ")) }
    }
}

impl Table {
    fn of_commissions(&self, one: &str) -> String {
        let Self { alias, commissions, owner, .. } = self;
        format!("EXISTS (SELECT 1 FROM {commissions} l WHERE l.{owner} = {alias}.id AND l.commission_id {one})")
    }

    fn naming(&self, institutions: &str) -> String {
        let Self { alias, owner, .. } = self;
        let named = self.institutions.iter().map(|links| {
            format!(
                "EXISTS (SELECT 1 FROM {links} l WHERE l.{owner} = {alias}.id AND l.institution_id IN {institutions})"
            )
        });
        let own = self.own_institution.map(|column| format!("({column} IS NOT NULL AND {column} IN {institutions})"));
        format!("({})", named.chain(own).collect::<Vec<_>>().join(" OR "))
    }
}
