//! Reads that only the pages need: the next sessions, the commissions to choose from, the state of minutes.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Key, Row, complete, filtered, last_ordinal, latest_first};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::dates::PartialDate;
use crate::db::schema::{commissions as commissions_table, meeting_commissions, meetings, minutes};
use crate::db::{CommissionId, Db, MeetingId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::Actor;
use crate::meetings::model::{Meeting, MeetingFilter, MeetingKind};
use crate::text::name_key;

/// The maximum number of next sessions of a page, and of commissions to choose from.
const MOST: i64 = 200;

/// Returns the visible meetings that a filter keeps and that are not over before a day, the soonest first.
pub(in crate::meetings) fn upcoming(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &MeetingFilter,
    today: NaiveDate,
) -> Result<Vec<Meeting>> {
    let rows: Vec<Row> = filtered(visibility, filter)
        .filter(meetings::held_to.ge(today))
        .order((meetings::held_to, meetings::id))
        .limit(MOST)
        .select(Row::as_select())
        .load(conn)?;
    let mut found = complete(conn, rows)?;
    found.sort_by_key(|meeting| (meeting.held_to, meeting.held_from, meeting.fields.starts_at, meeting.id));
    Ok(found)
}

/// Returns one page of the visible meetings that a filter keeps and that were over before a day, the latest first.
pub(in crate::meetings) fn past(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &MeetingFilter,
    today: NaiveDate,
    paging: &Paging<Key>,
) -> Result<Page<Meeting>> {
    latest_first(conn, filtered(visibility, filter).filter(meetings::held_to.lt(today)), paging)
}

/// Returns the state of the minutes of these meetings; meetings without minutes are left out. One query.
pub(in crate::meetings) fn minutes_states(conn: &mut Db, ids: &[MeetingId]) -> Result<HashMap<MeetingId, String>> {
    let states = minutes::table.filter(minutes::meeting_id.eq_any(ids)).select((minutes::meeting_id, minutes::status));
    Ok(states.load::<(MeetingId, String)>(conn)?.into_iter().collect())
}

/// Returns the commissions that the actor may name in a meeting, by name: those that the actor may write for, and with
/// a commission of a secretariat every other one of its country.
pub(in crate::meetings) fn joinable(conn: &mut Db, actor: &Actor) -> Result<Vec<CommissionRef>> {
    let mut query = commissions_table::table.select(commissions_table::id).into_boxed();
    if !actor.is_admin() {
        let own: Vec<CommissionId> = actor.secretariat_commissions().collect();
        let mut countries: Vec<String> = commissions_table::table
            .filter(commissions_table::id.eq_any(own))
            .select(commissions_table::country_code)
            .distinct()
            .load(conn)?;
        countries.extend(actor.coordinated_countries().map(str::to_owned));
        query = query.filter(commissions_table::country_code.eq_any(countries));
    }
    let ids: Vec<CommissionId> = query.order(commissions_table::id).limit(MOST).load(conn)?;
    by_label(conn, &ids)
}

fn by_label(conn: &mut Db, ids: &[CommissionId]) -> Result<Vec<CommissionRef>> {
    let mut found: Vec<CommissionRef> = commission_refs(conn, ids)?.into_values().collect();
    found.sort_by_cached_key(|one| (one.country_code.clone(), name_key(one.label()), one.id));
    Ok(found)
}

/// Returns the next number of each kind of a commission's visible meetings.
pub(in crate::meetings) fn next_ordinals(
    conn: &mut Db,
    visibility: &Visibility,
    commission: CommissionId,
) -> Result<Vec<(MeetingKind, i32)>> {
    let next = |kind: &MeetingKind| {
        let last = last_ordinal(conn, visibility, commission, *kind)?.unwrap_or(0);
        Ok((*kind, last.saturating_add(1)))
    };
    MeetingKind::ALL.iter().map(next).collect()
}

/// Returns the latest sessions of these commissions with their dates, without those that were cancelled.
pub(crate) fn recent_sessions(
    conn: &mut Db,
    own: &[CommissionId],
    with_restricted: bool,
    most: i64,
) -> Result<Vec<(MeetingId, String, PartialDate)>> {
    let ids = meeting_commissions::table
        .filter(meeting_commissions::commission_id.eq_any(own))
        .select(meeting_commissions::meeting_id);
    let mut query = meetings::table
        .filter(meetings::id.eq_any(ids))
        .filter(meetings::status.ne("cancelled"))
        .order((meetings::held_to.desc(), meetings::id))
        .select((meetings::id, meetings::title, meetings::held, meetings::held_from))
        .limit(most)
        .into_boxed();
    if !with_restricted {
        query = query.filter(meetings::restricted.eq(false));
    }
    let rows: Vec<(MeetingId, String, Option<PartialDate>, NaiveDate)> = query.load(conn)?;
    let date = |held: Option<PartialDate>, day| held.unwrap_or_else(|| PartialDate::day(day));
    Ok(rows.into_iter().map(|(id, title, held, day)| (id, title, date(held, day))).collect())
}
