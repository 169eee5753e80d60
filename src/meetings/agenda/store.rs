//! Agendas in the database.

use std::collections::HashMap;

use diesel::prelude::*;
use uuid::Uuid;

use super::model::{AgendaItemInput, AgendaKind};
use crate::clock::{Instant, new_id};
use crate::db::schema::agenda_items;
use crate::db::{CommissionId, Db, MeetingId, RawId};
use crate::error::Result;

/// The agendas of these sessions, in order: one query.
pub fn of_meetings(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Vec<AgendaItemInput>>> {
    let mut agendas: HashMap<MeetingId, Vec<AgendaItemInput>> = HashMap::new();
    if ids.is_empty() {
        return Ok(agendas);
    }
    type Row = (MeetingId, String, AgendaKind, Option<String>, Option<CommissionId>);
    let rows: Vec<Row> = agenda_items::table
        .filter(agenda_items::meeting_id.eq_any(ids))
        .order((agenda_items::meeting_id, agenda_items::position))
        .select((
            agenda_items::meeting_id,
            agenda_items::title,
            agenda_items::kind,
            agenda_items::presenter,
            agenda_items::commission_id,
        ))
        .load(conn)?;
    for (meeting, title, kind, presenter, commission_id) in rows {
        agendas.entry(meeting).or_default().push(AgendaItemInput { title, kind, presenter, commission_id });
    }
    Ok(agendas)
}

/// The agenda of one session.
pub fn of_meeting(conn: &mut Db, id: MeetingId) -> Result<Vec<AgendaItemInput>> {
    Ok(of_meetings(conn, &[id])?.remove(&id).unwrap_or_default())
}

pub fn replace(conn: &mut Db, id: MeetingId, items: &[AgendaItemInput], now: Instant) -> Result<()> {
    diesel::delete(agenda_items::table.filter(agenda_items::meeting_id.eq(id))).execute(conn)?;
    for (position, item) in (0_i32..).zip(items) {
        diesel::insert_into(agenda_items::table)
            .values((
                agenda_items::id.eq(RawId(new_id::<Uuid>(now))),
                agenda_items::meeting_id.eq(id),
                agenda_items::position.eq(position),
                agenda_items::title.eq(&item.title),
                agenda_items::kind.eq(item.kind),
                agenda_items::presenter.eq(&item.presenter),
                agenda_items::commission_id.eq(item.commission_id),
            ))
            .execute(conn)?;
    }
    Ok(())
}
