//! Noting who came to a session.

use super::model::{AttendanceInput, AttendanceSheet, check_duplicates, present, reckon};
use super::store;
use crate::access::check_institutions;
use crate::audit;
use crate::commissions::{quorum_rules, voters_on};
use crate::db::{Db, MeetingId, Tx};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings::{Meeting, minutes, sessions};

/// Replaces the whole list.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, items: Vec<AttendanceInput>) -> Result<AttendanceSheet> {
    let meeting = sessions::writable(tx, actor, id)?;
    minutes::still_open(tx.conn, id)?;
    let mut faults = tx.faults();
    check_duplicates(&items, &mut faults);
    let named: Vec<_> =
        items.iter().enumerate().map(|(n, item)| (format!("/{n}/institution_id"), item.institution_id)).collect();
    check_institutions(tx.conn, &named, &mut faults)?;
    faults.into_result()?;
    let before = store::of_meeting(tx.conn, id)?;
    store::replace(tx.conn, id, &items, tx.now)?;
    audit::updated(tx, "attendance", id, Some(&meeting.country_code), &before, &items)?;
    reckoned(tx.conn, &meeting, items)
}

/// The list of a session with its quorum in each commission.
pub fn sheet(conn: &mut Db, meeting: &Meeting) -> Result<AttendanceSheet> {
    let items = store::of_meeting(conn, meeting.id)?;
    reckoned(conn, meeting, items)
}

fn reckoned(conn: &mut Db, meeting: &Meeting, items: Vec<AttendanceInput>) -> Result<AttendanceSheet> {
    let commissions = &meeting.fields.commission_ids;
    let voters = voters_on(conn, commissions, meeting.held_to)?;
    let rules = quorum_rules(conn, commissions)?;
    let came = present(&items);
    let quorum = commissions
        .iter()
        .map(|id| reckon(*id, voters.get(id).map_or(&[], Vec::as_slice), &came, rules.get(id)))
        .collect();
    Ok(AttendanceSheet { items, quorum })
}
