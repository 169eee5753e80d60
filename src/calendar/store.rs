//! The queries of the calendar feed: its state in numbers, and names.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Timestamp};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::raw::{self, Dialect};
use crate::db::schema::institutions;
use crate::db::{Db, InstitutionId};
use crate::error::Result;

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
