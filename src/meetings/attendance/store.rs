//! Attendance lists in the database.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{AttendanceCapacity, AttendanceInput, AttendanceStatus};
use crate::clock::{Instant, new_id};
use crate::db::schema::attendances;
use crate::db::{Db, InstitutionId, MeetingId, RawId};
use crate::error::Result;

#[derive(Queryable, Selectable)]
#[diesel(table_name = attendances)]
struct Row {
    meeting_id: MeetingId,
    institution_id: InstitutionId,
    status: AttendanceStatus,
    capacity: Option<AttendanceCapacity>,
    person: Option<String>,
    arrived_at: Option<Instant>,
    left_at: Option<Instant>,
}

/// The attendance lists of these sessions, in order: one query.
pub fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<AttendanceInput>>> {
    let mut lists: HashMap<MeetingId, Vec<AttendanceInput>> = HashMap::new();
    if ids.is_empty() {
        return Ok(lists);
    }
    let rows: Vec<Row> = attendances::table
        .filter(attendances::meeting_id.eq_any(ids))
        .order((attendances::meeting_id, attendances::position))
        .select(Row::as_select())
        .load(conn)?;
    for row in rows {
        lists.entry(row.meeting_id).or_default().push(AttendanceInput {
            institution_id: row.institution_id,
            status: row.status,
            capacity: row.capacity,
            person: row.person,
            arrived_at: row.arrived_at,
            left_at: row.left_at,
        });
    }
    Ok(lists)
}

/// The attendance list of one session.
pub fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Vec<AttendanceInput>> {
    Ok(of_meetings(conn, &[id])?.remove(&id).unwrap_or_default())
}

pub fn replace(conn: &mut Db, id: MeetingId, items: &[AttendanceInput], now: Instant) -> Result<()> {
    diesel::delete(attendances::table.filter(attendances::meeting_id.eq(id))).execute(conn)?;
    for (position, item) in (0_i32..).zip(items) {
        diesel::insert_into(attendances::table)
            .values((
                attendances::id.eq(RawId(new_id::<Uuid>(now))),
                attendances::meeting_id.eq(id),
                attendances::position.eq(position),
                attendances::institution_id.eq(item.institution_id),
                attendances::status.eq(item.status),
                attendances::capacity.eq(item.capacity),
                attendances::person.eq(&item.person),
                attendances::arrived_at.eq(item.arrived_at),
                attendances::left_at.eq(item.left_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}
