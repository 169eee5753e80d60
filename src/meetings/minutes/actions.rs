//! Writing, circulating and approving minutes. After approval every write is a 409 `minutes_approved`.

use super::model::{Minutes, MinutesInput};
use super::store;
use crate::access::{Visibility, may_write};
use crate::audit;
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::{Meeting, meeting, sessions};

/// 409 `minutes_approved` once the minutes are: what they state, agenda and attendance, no longer changes.
pub fn still_open(conn: &mut Db, id: MeetingId) -> Result<()> {
    match store::of_meeting(conn, id)? {
        Some(minutes) => Ok(minutes.open().map(|_| ())?),
        None => Ok(()),
    }
}

/// Writes the text: the first draft, or a new wording.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, input: MinutesInput) -> Result<Minutes> {
    let meeting = sessions::writable(tx, actor, id)?;
    let country = Some(meeting.country_code.as_str());
    let Some(before) = store::of_meeting(tx.conn, id)? else {
        let draft = Minutes::draft(input, tx.now);
        store::insert(tx.conn, id, &draft)?;
        audit::created(tx, "minutes", id, country, &draft)?;
        return Ok(draft);
    };
    let after = Minutes { fields: input, updated_at: tx.now, ..before.clone().open()? };
    store::update(tx.conn, id, &after)?;
    audit::updated(tx, "minutes", id, country, &before, &after)?;
    Ok(after)
}

/// Sends the draft round: from now on whoever knows the session knows its minutes.
pub fn circulate(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Minutes> {
    turn(tx, actor, id, "circulated", Minutes::circulated)
}

/// Makes the minutes final.
pub fn approve(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Minutes> {
    turn(tx, actor, id, "approved", Minutes::approved)
}

fn turn(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    action: &'static str,
    step: fn(Minutes, crate::clock::Instant) -> Minutes,
) -> Result<Minutes> {
    let meeting = sessions::writable(tx, actor, id)?;
    let before = store::of_meeting(tx.conn, id)?.ok_or(Code::MinutesNotCirculated)?;
    let after = step(before.clone().open()?, tx.now);
    if after != before {
        store::update(tx.conn, id, &after)?;
        let record = id.to_string();
        let change = audit::Change { action, kind: "minutes", id: &record, country: Some(&meeting.country_code) };
        audit::record(tx, change, Some(&before), Some(&after))?;
    }
    Ok(after)
}

/// The session and its minutes as far as the actor may know them: a draft only who keeps the record.
pub fn readable(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<(Meeting, Option<Minutes>)> {
    let meeting = meeting(conn, &Visibility::of(actor), id)?;
    let minutes = store::of_meeting(conn, id)?;
    let may_write = may_write(actor, &meeting.country_code, &meeting.fields.commission_ids);
    let minutes = minutes.filter(|minutes| !minutes.is_draft() || may_write);
    Ok((meeting, minutes))
}
