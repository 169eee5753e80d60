//! The queries of the overview: one statement for each of its lists.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Months, NaiveDate};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamp};

use super::model::{
    CommissionNumbers, InstitutionNumbers, NextMeeting, Numbers, RegistryNumbers, days_of_year, end_of_months,
    first_of_month,
};
use crate::access::{CurrentDays, Visibility};
use crate::clock::Instant;
use crate::db::raw::{self, Dialect};
use crate::db::types::Uid;
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, RawId, grouped};
use crate::error::Result;

mod compliance;

/// The number of days within which a term is soon.
pub(super) const SOON: u64 = 30;
/// The number of sessions that are shown.
const MEETINGS: u32 = 5;

/// Everything that the statements depend on.
pub(super) struct Scope<'a> {
    pub sql: Dialect,
    pub visibility: &'a Visibility,
    pub country: &'a str,
    pub commission: Option<CommissionId>,
    /// Only the terms, the activities and the periods of this year; all terms, and the activities of the current year,
    /// without one.
    pub year: Option<i32>,
    /// The current day of the country: it decides the month, the year and the next sessions.
    pub as_of: NaiveDate,
    pub now: Instant,
    /// The current days of commissions, with which terms are compared.
    pub days: CurrentDays,
}

#[derive(QueryableByName)]
struct NumbersRow {
    #[diesel(sql_type = Uid)]
    id: RawId,
    #[diesel(sql_type = BigInt)]
    open_number: i64,
    #[diesel(sql_type = BigInt)]
    due_soon: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    awaiting: i64,
    #[diesel(sql_type = BigInt)]
    fulfilled: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    late: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    last_report_at: Option<Instant>,
}

impl NumbersRow {
    fn numbers(&self) -> Numbers {
        Numbers {
            open: self.open_number,
            due_30_days: self.due_soon,
            overdue: self.overdue,
            awaiting_review: self.awaiting,
            fulfilled: self.fulfilled,
        }
    }
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = Uid)]
    id: RawId,
}

#[derive(QueryableByName)]
struct MonthRow {
    #[diesel(sql_type = Text)]
    month: String,
    #[diesel(sql_type = BigInt)]
    open_number: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
}

#[derive(QueryableByName)]
struct MeetingRow {
    #[diesel(sql_type = Uid)]
    id: RawId,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Nullable<Timestamp>)]
    starts_at: Option<Instant>,
    #[diesel(sql_type = Bool)]
    restricted: bool,
}

#[derive(QueryableByName)]
struct LinkRow {
    #[diesel(sql_type = Uid)]
    owner: RawId,
    #[diesel(sql_type = Uid)]
    commission: CommissionId,
}

#[derive(QueryableByName)]
struct RegistryRow {
    #[diesel(sql_type = Text)]
    list: String,
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Writes the number of rows that meet a condition.
fn count(condition: &str) -> String {
    format!("count(*) FILTER (WHERE {condition})")
}

impl Scope<'_> {
    /// Writes the condition for the visible commitments `c` in this scope.
    fn commitments(&self) -> String {
        let mut all = vec![
            "c.draft = FALSE".to_owned(),
            format!("c.country_code = {}", self.sql.text(self.country)),
            self.visibility.commitments_sql(self.sql),
        ];
        if let Some(id) = self.commission {
            all.push(format!(
                "EXISTS (SELECT 1 FROM commitment_commissions o WHERE o.commitment_id = c.id AND o.commission_id = {})",
                self.sql.id(id)
            ));
        }
        all.join(" AND ")
    }

    /// Writes the condition for the visible commissions `b` in this scope.
    fn visible_commissions(&self) -> String {
        let one = self.commission.map_or_else(String::new, |id| format!(" AND b.id = {}", self.sql.id(id)));
        format!(
            "b.country_code = {} AND {}{one}",
            self.sql.text(self.country),
            self.visibility.commissions_sql(self.sql)
        )
    }

    /// Writes the condition for the parts `a` of the commitments in this scope. For a reader who knows the whole
    /// country it excludes the other commitments, because these are few.
    fn parts(&self) -> String {
        if self.commission.is_none() && self.visibility.knows_country(self.country) {
            let others = format!("c.draft = TRUE OR c.country_code <> {}", self.sql.text(self.country));
            return self.sql.in_none("a.commitment_id", "commitments c", "c.id", &others);
        }
        format!("a.commitment_id IN (SELECT c.id FROM commitments c WHERE {})", self.commitments())
    }

    /// Writes the conditions for an open record with a term: within 30 days, and passed, on the day of the lead commission
    /// of its commitment, as in the lists. `alias` is `c` for a commitment, `a` for a part.
    fn terms(&self, alias: &str) -> (String, String) {
        let lead = match alias {
            "c" => "c.lead_commission_id",
            _ => "(SELECT c.lead_commission_id FROM commitments c WHERE c.id = a.commitment_id)",
        };
        let day = |later| self.days.of_commission(lead, later);
        let (today, soon) = (day(0), day(SOON));
        (
            format!("{alias}.open = TRUE AND {alias}.due_to >= {today} AND {alias}.due_to <= {soon}"),
            format!("{alias}.open = TRUE AND {alias}.due_to < {today}"),
        )
    }

    /// Returns the first and the last day of the year of the activities.
    fn year_of_activities(&self) -> (NaiveDate, NaiveDate) {
        days_of_year(self.year.unwrap_or(self.as_of.year())).unwrap_or((self.as_of, self.as_of))
    }

    /// Returns the first day of the months that are shown.
    pub(super) fn first_month(&self) -> NaiveDate {
        self.year.and_then(days_of_year).map_or(first_of_month(self.as_of), |(first, _)| first)
    }

    /// Writes the condition for a commitment whose term ends in the year, as the lists filter. `alias` is `c` for a
    /// commitment, `a` for a part of one.
    fn in_year(&self, alias: &str) -> String {
        let Some((first, last)) = self.year.and_then(days_of_year) else { return "TRUE".to_owned() };
        let term = |alias: &str| {
            format!("{alias}.due_to >= {} AND {alias}.due_to <= {}", self.sql.day(first), self.sql.day(last))
        };
        match alias {
            "c" => term("c"),
            _ => format!("a.commitment_id IN (SELECT y.id FROM commitments y WHERE {})", term("y")),
        }
    }

    /// Returns the numbers of every visible commission, in order of id.
    pub(super) fn commissions(&self, conn: &mut Db) -> Result<Vec<CommissionNumbers>> {
        let (soon, overdue) = self.terms("c");
        // `CROSS` makes SQLite begin with the commissions, also before it has counted its tables.
        let awaiting = "c.id IN (SELECT p.commitment_id FROM assignments p WHERE p.verification = 'pending')";
        let statement = format!(
            "SELECT k.commission_id AS id, {} AS open_number, {} AS due_soon, {} AS overdue, {} AS awaiting, \
             {} AS fulfilled, CAST(0 AS bigint) AS on_time, CAST(0 AS bigint) AS late, \
             CAST(NULL AS timestamp) AS last_report_at \
             FROM commitment_commissions k CROSS JOIN commitments c WHERE c.id = k.commitment_id \
             AND {} AND {} AND k.commission_id IN (SELECT b.id FROM commissions b WHERE {}) GROUP BY k.commission_id",
            count("c.open = TRUE"),
            count(&soon),
            count(&overdue),
            count(awaiting),
            count("c.status = 'completed'"),
            self.commitments(),
            self.in_year("c"),
            self.visible_commissions()
        );
        let rows: Vec<NumbersRow> = raw::load(conn, statement)?;
        let mut numbers: HashMap<_, _> = rows.into_iter().map(|row| (row.id.0, row.numbers())).collect();
        let all = format!("SELECT b.id AS id FROM commissions b WHERE {} ORDER BY b.id", self.visible_commissions());
        let ids: Vec<IdRow> = raw::load(conn, all)?;
        let row = |IdRow { id }: IdRow| CommissionNumbers {
            commission_id: id.0.into(),
            numbers: numbers.remove(&id.0).unwrap_or_default(),
        };
        Ok(ids.into_iter().map(row).collect())
    }

    /// Returns the numbers of every institution with a visible part, in order of id.
    pub(super) fn institutions(&self, conn: &mut Db) -> Result<Vec<InstitutionNumbers>> {
        let (soon, overdue) = self.terms("a");
        let year = self.now.utc().checked_sub_months(Months::new(12)).map_or(self.now, Instant::from);
        let accepted = match self.year {
            Some(_) => "TRUE".to_owned(),
            None => format!(
                "a.id IN (SELECT u.assignment_id FROM updates u WHERE u.review_outcome = 'accepted' AND u.reviewed_at >= {})",
                self.sql.instant(year)
            ),
        };
        let done =
            |order| count(&format!("a.verification = 'accepted' AND a.completed_on {order} a.due_to AND {accepted}"));
        let statement = format!(
            "SELECT a.institution_id AS id, {} AS open_number, {} AS due_soon, {} AS overdue, {} AS awaiting, \
             {} AS fulfilled, {} AS on_time, {} AS late, max(a.last_update_at) AS last_report_at \
             FROM assignments a WHERE {} AND {} \
             GROUP BY a.institution_id ORDER BY a.institution_id",
            count("a.open = TRUE"),
            count(&soon),
            count(&overdue),
            count("a.verification = 'pending'"),
            count("a.verification = 'accepted'"),
            done("<="),
            done(">"),
            self.parts(),
            self.in_year("a")
        );
        let rows: Vec<NumbersRow> = raw::load(conn, statement)?;
        let row = |row: NumbersRow| InstitutionNumbers {
            institution_id: InstitutionId::from(row.id.0),
            numbers: row.numbers(),
            on_time: row.on_time,
            late: row.late,
            last_report_at: row.last_report_at,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Returns the open and the overdue commitments by the month in which their term ends, for the months shown.
    pub(super) fn months(&self, conn: &mut Db) -> Result<BTreeMap<String, (i64, i64)>> {
        let (_, overdue) = self.terms("c");
        let month = self.sql.month("c.due_to");
        let statement = format!(
            "SELECT {month} AS month, {} AS open_number, {} AS overdue FROM commitments c \
             WHERE c.due_to >= {} AND c.due_to < {} AND {} GROUP BY {month}",
            count("c.open = TRUE"),
            count(&overdue),
            self.sql.day(self.first_month()),
            self.sql.day(end_of_months(self.first_month())),
            self.commitments()
        );
        let rows: Vec<MonthRow> = raw::load(conn, statement)?;
        Ok(rows.into_iter().map(|row| (row.month, (row.open_number, row.overdue))).collect())
    }

    /// Returns the next visible sessions.
    pub(super) fn next_meetings(&self, conn: &mut Db) -> Result<Vec<NextMeeting>> {
        let one = self.commission.map_or_else(String::new, |id| {
            format!(
                " AND EXISTS (SELECT 1 FROM meeting_commissions o WHERE o.meeting_id = m.id AND o.commission_id = {})",
                self.sql.id(id)
            )
        });
        let statement = format!(
            "SELECT m.id AS id, m.title AS title, m.starts_at AS starts_at, m.restricted AS restricted FROM meetings m \
             WHERE m.status = 'scheduled' AND m.held_to >= {} AND m.country_code = {} AND {}{one} \
             ORDER BY m.held_to, m.id LIMIT {MEETINGS}",
            self.sql.day(self.as_of),
            self.sql.text(self.country),
            self.visibility.meetings_sql(self.sql)
        );
        let rows: Vec<MeetingRow> = raw::load(conn, statement)?;
        let links = format!(
            "SELECT l.meeting_id AS owner, l.commission_id AS commission FROM meeting_commissions l \
             WHERE l.meeting_id IN {} ORDER BY l.meeting_id, l.position",
            self.sql.ids(rows.iter().map(|row| row.id.0))
        );
        let links: Vec<LinkRow> = raw::load(conn, links)?;
        let mut commissions = grouped(links.into_iter().map(|LinkRow { owner, commission }| (owner.0, commission)));
        let row = |row: MeetingRow| NextMeeting {
            id: MeetingId::from(row.id.0),
            title: row.title,
            starts_at: row.starts_at,
            commission_ids: commissions.remove(&row.id.0).unwrap_or_default(),
            restricted: row.restricted,
            country_code: self.country.to_owned(),
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Returns the validated activities of the year by theme and month, those without participants, and those without a
    /// date.
    pub(super) fn registry(&self, conn: &mut Db) -> Result<RegistryNumbers> {
        let (first, last) = self.year_of_activities();
        let (first, last) = (self.sql.day(first), self.sql.day(last));
        let one = self.commission.map_or_else(String::new, |id| {
            format!(
                " AND EXISTS (SELECT 1 FROM activity_commissions o WHERE o.activity_id = v.id AND o.commission_id = {})",
                self.sql.id(id)
            )
        });
        let validated = format!(
            "v.status = 'validated' AND v.country_code = {} AND {}{one}",
            self.sql.text(self.country),
            self.visibility.activities_sql(self.sql)
        );
        let rows = format!("v.span_from <= {last} AND v.span_to >= {first} AND {validated}");
        let month = self.sql.month(&format!("(CASE WHEN v.span_from < {first} THEN {first} ELSE v.span_from END)"));
        let statement = format!(
            "SELECT 'theme' AS list, t.theme AS place, count(*) AS number FROM activities v \
             JOIN activity_themes t ON t.activity_id = v.id WHERE {rows} GROUP BY t.theme \
             UNION ALL SELECT 'month' AS list, {month} AS place, count(*) AS number FROM activities v WHERE {rows} \
             GROUP BY {month} \
             UNION ALL SELECT 'unknown' AS list, '' AS place, count(*) AS number FROM activities v \
             WHERE {rows} AND v.participants_total IS NULL \
             UNION ALL SELECT 'undated' AS list, '' AS place, count(*) AS number FROM activities v \
             WHERE {validated} AND v.span_from IS NULL"
        );
        let found: Vec<RegistryRow> = raw::load(conn, statement)?;
        let mut registry = RegistryNumbers::default();
        for RegistryRow { list, place, number } in found {
            match list.as_str() {
                "theme" => _ = registry.by_theme.insert(place, number),
                "month" => _ = registry.by_month.insert(place, number),
                "undated" => registry.undated = number,
                _ => registry.without_participants = number,
            }
        }
        Ok(registry)
    }
}
