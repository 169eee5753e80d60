//! The queries of the calendar feed: its state in numbers, and names.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::Status;
use crate::db::raw::{self, Dialect};
use crate::db::schema::institutions;
use crate::db::types::Uid;
use crate::db::{CommissionId, CommitmentId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::Actor;

/// Numbers and moments that change with every change of what a calendar shows.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub(super) struct FeedState {
    #[diesel(sql_type = BigInt)]
    meetings: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    meetings_at: Option<Instant>,
    #[diesel(sql_type = BigInt)]
    commitments: i64,
    #[diesel(sql_type = Nullable<Timestamp>)]
    commitments_at: Option<Instant>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    institutions_at: Option<Instant>,
    #[diesel(sql_type = Nullable<Timestamp>)]
    commissions_at: Option<Instant>,
}

/// Returns the state of the sessions and commitments from a day on. One statement.
pub(super) fn state(
    conn: &mut Db,
    meetings: &Visibility,
    commitments: &Visibility,
    first: NaiveDate,
) -> Result<Vec<FeedState>> {
    let sql = Dialect::of(conn);
    let day = sql.day(first);
    let statement = format!(
        "SELECT s.number AS meetings, s.last_change AS meetings_at, t.number AS commitments, \
         t.last_change AS commitments_at, n.last_change AS institutions_at, k.last_change AS commissions_at \
         FROM (SELECT count(*) AS number, max(m.updated_at) AS last_change FROM meetings m \
         WHERE m.held_to >= {day} AND {}) s, \
         (SELECT count(*) AS number, max(c.updated_at) AS last_change FROM commitments c WHERE c.draft = FALSE \
         AND (c.due_to >= {day} OR EXISTS (SELECT 1 FROM assignments d WHERE d.commitment_id = c.id AND d.due_to >= {day})) \
         AND {}) t, \
         (SELECT max(i.updated_at) AS last_change FROM institutions i) n, \
         (SELECT max(b.updated_at) AS last_change FROM commissions b) k",
        meetings.meetings_sql(sql),
        commitments.commitments_sql(sql)
    );
    raw::load(conn, statement)
}

/// Returns the acronym and the name of each of these institutions.
pub(super) fn institution_names(
    conn: &mut Db,
    ids: &[InstitutionId],
) -> Result<HashMap<InstitutionId, (Option<String>, String)>> {
    let mut names = HashMap::new();
    for ids in ids.chunks(5_000) {
        let rows: Vec<(InstitutionId, Option<String>, String)> = institutions::table
            .filter(institutions::id.eq_any(ids))
            .select((institutions::id, institutions::acronym, institutions::name))
            .load(conn)?;
        names.extend(rows.into_iter().map(|(id, acronym, name)| (id, (acronym, name))));
    }
    Ok(names)
}

/// A term of a part, or of a commitment without parts.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct TermRow {
    #[diesel(sql_type = Uid)]
    pub id: CommitmentId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub country_code: String,
    #[diesel(sql_type = Bool)]
    pub restricted: bool,
    /// The lead commission, whose day decides what is overdue.
    #[diesel(sql_type = Uid)]
    pub commission_id: CommissionId,
    #[diesel(sql_type = Nullable<Uid>)]
    pub institution_id: Option<InstitutionId>,
    #[diesel(sql_type = Date)]
    pub due_to: NaiveDate,
    #[diesel(sql_type = Bool)]
    pub is_open: bool,
    #[diesel(sql_type = Text)]
    pub status: Status,
    /// A person of the secretariat has yet to accept what was reported.
    #[diesel(sql_type = Bool)]
    pub is_to_verify: bool,
}

/// The terms that a page shows.
pub(super) struct TermFilter<'a> {
    pub visibility: &'a Visibility,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub country_code: Option<&'a str>,
    pub commission: Option<CommissionId>,
    /// Only the parts of the institutions that this person represents.
    pub of: Option<&'a Actor>,
}

/// Returns the visible terms of these days, the soonest first, at most `most`. One statement.
pub(super) fn terms(conn: &mut Db, filter: &TermFilter<'_>, most: i64) -> Result<Vec<TermRow>> {
    let sql = Dialect::of(conn);
    let days = |column: &str| format!("{column} >= {} AND {column} <= {}", sql.day(filter.first), sql.day(filter.last));
    let one = filter.commission.map_or_else(String::new, |id| format!(" AND {}", in_commission(&sql.id(id))));
    let country =
        filter.country_code.map_or_else(String::new, |code| format!(" AND c.country_code = {}", sql.text(code)));
    let known = format!("c.draft = FALSE AND {}{one}{country}", filter.visibility.commitments_sql(sql));
    let columns = |institution: &str, of: &str, is_to_verify: &str| {
        format!(
            "SELECT c.id AS id, c.code AS code, c.text AS title, c.country_code AS country_code, \
             c.restricted AS restricted, c.lead_commission_id AS commission_id, {institution} AS institution_id, \
             {of}.due_to AS due_to, {of}.open AS is_open, \
             {of}.status AS status, {is_to_verify} AS is_to_verify"
        )
    };
    let own = filter.of.map_or_else(String::new, |actor| format!(" AND {}", own_part(sql, actor)));
    let parts = format!(
        "{} FROM assignments a JOIN commitments c ON c.id = a.commitment_id \
         WHERE {} AND a.status <> 'cancelled' AND {known}{own}",
        columns("a.institution_id", "a", "(a.verification = 'pending')"),
        days("a.due_to")
    );
    let alone = format!(
        "{} FROM commitments c WHERE {} AND {known} \
         AND NOT EXISTS (SELECT 1 FROM assignments b WHERE b.commitment_id = c.id)",
        columns("CAST(NULL AS uuid)", "c", "FALSE"),
        days("c.due_to")
    );
    let both = if filter.of.is_some() { parts } else { format!("{parts} UNION ALL {alone}") };
    raw::load(conn, format!("{both} ORDER BY due_to, code, id, institution_id LIMIT {most}"))
}

fn in_commission(commission: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM commitment_commissions o WHERE o.commitment_id = c.id AND o.commission_id = {commission})"
    )
}

/// Writes the condition that a part `a` is one of an institution that the person represents there.
fn own_part(sql: Dialect, actor: &Actor) -> String {
    let everywhere = format!("a.institution_id IN {}", sql.ids(actor.represented_everywhere()));
    let bounded = actor.represented_in().map(|(commission, institution)| {
        format!("(a.institution_id = {} AND {})", sql.id(institution), in_commission(&sql.id(commission)))
    });
    format!("({})", std::iter::once(everywhere).chain(bounded).collect::<Vec<_>>().join(" OR "))
}
