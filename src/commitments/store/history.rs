//! The history of commitments, to which events are only added.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::{Instant, new_id};
use crate::commitments::model::{Event, HistoryEvent, PastEvent, is_from_file, with_term_bounds};
use crate::db::schema::{commitment_events as events, users};
use crate::db::{AssignmentId, CommitmentId, Db, LaterRow, RawId, Tx, UserId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging};
use crate::identity::{Importer, Person};

#[derive(Clone, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
struct Row {
    id: RawId,
    commitment_id: CommitmentId,
    assignment_id: Option<AssignmentId>,
    at: Instant,
    user_id: Option<UserId>,
    kind: String,
    data: String,
}

impl LaterRow for Row {
    const ORDER: u8 = 3;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_many!(conn, events::table, rows)
    }
}

/// An event of a commitment, or of one of its assignments.
pub(super) type NewEvent = (CommitmentId, Option<AssignmentId>, Event);

/// Stores events, in the order in which they are given.
pub(crate) fn add_events(tx: &mut Tx<'_>, happened: &[NewEvent]) -> Result<()> {
    let mut rows = Vec::with_capacity(happened.len());
    for (commitment_id, assignment_id, event) in happened {
        let value = serde_json::to_value(event).map_err(Error::internal)?;
        let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        let data = value.get("data").map_or_else(|| "{}".to_owned(), Value::to_string);
        rows.push(Row {
            id: RawId(new_id::<Uuid>(tx.recorded_at)),
            commitment_id: *commitment_id,
            assignment_id: *assignment_id,
            at: tx.now,
            user_id: tx.who,
            kind,
            data,
        });
    }
    tx.insert_later(rows)
}

/// Counts the changes of each commitment since its creation; the number never falls.
pub(crate) fn changes(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, i32>> {
    let mut counts = HashMap::new();
    for ids in ids.chunks(super::read::BATCH) {
        let rows: Vec<(CommitmentId, i64)> = events::table
            .filter(events::commitment_id.eq_any(ids))
            .group_by(events::commitment_id)
            .select((events::commitment_id, diesel::dsl::count_star()))
            .load(conn)?;
        counts.extend(rows.into_iter().map(|(id, count)| (id, i32::try_from(count - 1).unwrap_or(i32::MAX))));
    }
    Ok(counts)
}

type Stored = (RawId, Instant, String, String, Option<AssignmentId>, Option<UserId>, Option<String>);

/// The query for the events of a commitment.
macro_rules! events_of {
    ($id:expr) => {
        events::table
            .left_join(users::table)
            .filter(events::commitment_id.eq($id))
            .select((
                events::id,
                events::at,
                events::kind,
                events::data,
                events::assignment_id,
                users::id.nullable(),
                users::name.nullable(),
            ))
            .into_boxed()
    };
}

/// Loads one page of a commitment's history, oldest first.
pub(crate) fn history(conn: &mut Db, id: CommitmentId, paging: &Paging<Uuid>) -> Result<Page<HistoryEvent>> {
    let mut query = events_of!(id).order(events::id);
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(events::id.gt(RawId(after)));
    }
    let rows: Vec<Stored> = query.limit(paging.fetch()).load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.0.0).counted(total).map(shown))
}

/// Loads the latest events of a commitment, the newest first.
pub(crate) fn latest_history(conn: &mut Db, id: CommitmentId, most: i64) -> Result<Vec<HistoryEvent>> {
    let rows: Vec<Stored> = events_of!(id).order(events::id.desc()).limit(most).load(conn)?;
    Ok(rows.into_iter().map(shown).collect())
}

/// Loads the latest events of a part of a commitment, the newest first.
pub(crate) fn history_of_part(
    conn: &mut Db,
    (id, part): (CommitmentId, AssignmentId),
    most: i64,
) -> Result<Vec<HistoryEvent>> {
    let query = events_of!(id).filter(events::assignment_id.eq(part));
    let rows: Vec<Stored> = query.order(events::id.desc()).limit(most).load(conn)?;
    Ok(rows.into_iter().map(shown).collect())
}

fn shown((_, at, kind, data, assignment_id, user, name): Stored) -> HistoryEvent {
    let data = serde_json::from_str(&data).unwrap_or(Value::Null);
    let by = user.zip(name).map(|(id, name)| Person { id, name });
    let imported_by = is_from_file(&data).then(|| Importer::from(by.clone()));
    HistoryEvent { at, kind, by, imported_by, assignment_id, data: with_term_bounds(data) }
}

/// Loads the typed history of these commitments, each in its order.
pub(crate) fn past_events(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, Vec<PastEvent>>> {
    let mut lists: HashMap<CommitmentId, Vec<PastEvent>> = HashMap::new();
    for ids in ids.chunks(5_000) {
        let rows: Vec<(CommitmentId, Option<AssignmentId>, Instant, String, String)> = events::table
            .filter(events::commitment_id.eq_any(ids))
            .order(events::id)
            .select((events::commitment_id, events::assignment_id, events::at, events::kind, events::data))
            .load(conn)?;
        for (commitment, assignment_id, at, kind, data) in rows {
            let data: Value = serde_json::from_str(&data).map_err(Error::internal)?;
            let event = serde_json::from_value(json!({"kind": kind, "data": data})).map_err(Error::internal)?;
            lists.entry(commitment).or_default().push(PastEvent { at, assignment_id, event });
        }
    }
    Ok(lists)
}

/// Returns true if the commitment, or one assignment, was ever cancelled or reopened.
pub(crate) fn was_closed_before(conn: &mut Db, id: CommitmentId, assignment: Option<AssignmentId>) -> Result<bool> {
    let mut query = events::table
        .filter(events::commitment_id.eq(id))
        .filter(events::kind.eq_any(["cancelled", "reopened"]))
        .into_boxed();
    if let Some(assignment) = assignment {
        query = query.filter(events::assignment_id.eq(assignment));
    }
    let found: Option<RawId> = query.select(events::id).first(conn).optional()?;
    Ok(found.is_some())
}
