//! The queries of pending work.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Timestamp};
use uuid::Uuid;

use super::model::{Key, PendingCounts, PendingReason};
use super::statements::{self, ReasonStatement};
use crate::clock::Instant;
use crate::db::prepared;
use crate::db::raw::{self, Dialect};
use crate::db::types::Uid;
use crate::db::{CommissionId, Db, InstitutionId, RawId, UserId};
use crate::error::Result;

/// A row of any reason.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Row {
    #[diesel(sql_type = Text)]
    pub reason: PendingReason,
    #[diesel(sql_type = Uid)]
    pub id: RawId,
    /// The commission of an institution's row, else the id.
    #[diesel(sql_type = Uid)]
    pub sub: RawId,
    /// The commitment, session or activity behind it.
    #[diesel(sql_type = Uid)]
    pub record_id: RawId,
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub country_code: String,
    #[diesel(sql_type = Nullable<Uid>)]
    pub institution_id: Option<InstitutionId>,
    #[diesel(sql_type = Nullable<Date>)]
    pub due_to: Option<NaiveDate>,
    #[diesel(sql_type = Timestamp)]
    pub since: Instant,
    /// The current day of its lead commission.
    #[diesel(sql_type = Date)]
    pub today: NaiveDate,
    #[diesel(sql_type = Bool)]
    pub is_open: bool,
    #[diesel(sql_type = Bool)]
    pub restricted: bool,
    #[diesel(sql_type = Nullable<Uid>)]
    pub actor_id: Option<UserId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub actor_name: Option<String>,
}

/// Loads the first rows after a key, of each of these reasons. One statement.
pub(super) fn rows(
    conn: &mut Db,
    branches: &[ReasonStatement],
    after: Option<&Key>,
    limit: Option<i64>,
) -> Result<Vec<Row>> {
    match statements::page(Dialect::of(conn), branches, after, limit) {
        Some(statement) => prepared::load(conn, &statement),
        None => Ok(Vec::new()),
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Text)]
    reason: PendingReason,
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Counts the rows of each of these reasons. One statement.
pub(super) fn counts(conn: &mut Db, branches: &[ReasonStatement]) -> Result<PendingCounts> {
    let Some(statement) = statements::counts(branches) else { return Ok(PendingCounts::new()) };
    let counts: Vec<Count> = prepared::load(conn, &statement)?;
    Ok(counts.into_iter().map(|count| (count.reason, count.number)).collect())
}

#[derive(QueryableByName)]
struct Link {
    #[diesel(sql_type = Uid)]
    owner: RawId,
    #[diesel(sql_type = Uid)]
    commission: CommissionId,
}

/// The number of records in one statement.
const BATCH: usize = 5_000;

/// Returns the commissions of these commitments, sessions, activities and periodic reports, in their order. One statement for a page.
pub(super) fn commissions_of(conn: &mut Db, records: &[Uuid]) -> Result<HashMap<Uuid, Vec<CommissionId>>> {
    let sql = Dialect::of(conn);
    let mut found: HashMap<Uuid, Vec<CommissionId>> = HashMap::new();
    for batch in records.chunks(BATCH) {
        let ids = sql.ids(batch.iter().copied());
        let of = |record: &str, table: &str| {
            format!(
                "SELECT l.{record}_id AS owner, l.commission_id AS commission, l.position AS place FROM {table} l \
                 WHERE l.{record}_id IN {ids}"
            )
        };
        let all = [
            of("commitment", "commitment_commissions"),
            of("meeting", "meeting_commissions"),
            of("activity", "activity_commissions"),
            of("duty", "duty_commissions"),
        ];
        let links: Vec<Link> = raw::load(conn, format!("{} ORDER BY 1, 3", all.join(" UNION ALL ")))?;
        for Link { owner, commission } in links {
            found.entry(owner.0).or_default().push(commission);
        }
    }
    Ok(found)
}
