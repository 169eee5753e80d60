//! Convened sessions that are to come, and the reminders of them that were sent. Reads meetings (read model).

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use crate::clock::{Instant, new_id};
use crate::db::schema::{meetings, waiting_ledger};
use crate::db::{CommissionId, Db, MeetingId, RawId, Tx};
use crate::error::Result;
use crate::reminders::model::SessionToRemind;

/// The kind of these rows in the ledger.
const KIND: &str = "meeting";

/// The most days before a session on which a policy reminds of it, and one for the time zones.
const HORIZON: Days = Days::new(61);

/// The steps that are recorded, each with its session.
type RecordedSteps = HashSet<(MeetingId, i32)>;

/// Returns the convened sessions that may be reminded of around a moment, with the steps that are recorded for each.
pub(in crate::reminders) fn sessions_to_remind(
    conn: &mut Db,
    moment: Instant,
) -> Result<(Vec<SessionToRemind>, RecordedSteps)> {
    type Row = (MeetingId, String, CommissionId, Option<Instant>, NaiveDate, Option<Instant>);
    let day = moment.utc().date_naive();
    let from = day.checked_sub_days(Days::new(2)).unwrap_or(day);
    let rows: Vec<Row> = meetings::table
        .filter(meetings::held_to.ge(from))
        .filter(meetings::held_from.le(day.checked_add_days(HORIZON).unwrap_or(day)))
        .filter(meetings::status.eq("scheduled"))
        .filter(meetings::convened_at.is_not_null())
        .order(meetings::id)
        .select((
            meetings::id,
            meetings::title,
            meetings::lead_commission_id,
            meetings::convened_at,
            meetings::held_from,
            meetings::starts_at,
        ))
        .load(conn)?;
    let ids: Vec<RawId> = rows.iter().map(|row| RawId(row.0.into())).collect();
    let recorded: Vec<(MeetingId, i32)> = waiting_ledger::table
        .filter(waiting_ledger::record_id.eq_any(ids))
        .filter(waiting_ledger::kind.eq(KIND))
        .select((waiting_ledger::record_id, waiting_ledger::step))
        .load(conn)?;
    let session = |(id, title, lead, convened_at, first_day, starts_at): Row| {
        Some(SessionToRemind { id, title, lead, convened_at: convened_at?, first_day, starts_at })
    };
    Ok((rows.into_iter().filter_map(session).collect(), recorded.into_iter().collect()))
}

/// Records that those convened were reminded of a session.
pub(in crate::reminders) fn record_session(tx: &mut Tx<'_>, id: MeetingId, step: i32) -> Result<()> {
    diesel::insert_into(waiting_ledger::table)
        .values((
            waiting_ledger::id.eq(RawId(new_id(tx.now))),
            waiting_ledger::kind.eq(KIND),
            waiting_ledger::record_id.eq(RawId(id.into())),
            waiting_ledger::step.eq(step),
            waiting_ledger::recipient.eq(""),
        ))
        .execute(tx.conn)?;
    Ok(())
}
