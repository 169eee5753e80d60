//! Freezing the content of approved minutes: at approval, at the end of an import, and once after an upgrade.

use serde_json::json;
use uuid::Uuid;

use super::codes;
use super::content::{ActaAgreement, ActaCommitment};
use super::model::Minutes;
use super::reading::{self, Content};
use super::store::{self, Version};
use crate::access::Visibility;
use crate::audit;
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Database, MeetingId, Tx};
use crate::error::Result;
use crate::meetings::{Meeting, meeting};

/// Freezes the present content of approved minutes as their first version; returns the minutes with that version.
pub(super) fn freeze(tx: &mut Tx<'_>, meeting: &Meeting, minutes: Minutes, on_upgrade: bool) -> Result<Minutes> {
    let code = match minutes.code.clone() {
        Some(code) => code,
        None => codes::next_code(tx, meeting)?,
    };
    let minutes = Minutes { code: Some(code), version: 1, ..minutes };
    let content = reading::read(tx.conn, meeting, &minutes)?;
    let version = Version {
        meeting_id: meeting.id,
        version: 1,
        at: minutes.approved_at.unwrap_or(tx.now),
        by: minutes.approved_by,
        text: None,
        approved_in_meeting_id: minutes.approved_in_meeting_id,
        frozen: content.frozen()?,
        frozen_on_upgrade: on_upgrade,
    };
    store::insert_version(tx.conn, &version, &records_of(&content))?;
    store::update(tx.conn, meeting.id, &minutes)?;
    Ok(minutes)
}

/// Returns the ids of the agreements and commitments that a content states.
fn records_of(content: &Content) -> Vec<Uuid> {
    let (acta, restricted) = (&content.acta, &content.restricted);
    let agreements = acta.agreements.iter().chain(&restricted.agreements);
    let commitments = acta.commitments.iter().chain(&restricted.commitments);
    ids_of(agreements, commitments)
}

/// Returns the ids of agreements and commitments.
pub(super) fn ids_of<'r>(
    agreements: impl IntoIterator<Item = &'r ActaAgreement>,
    commitments: impl IntoIterator<Item = &'r ActaCommitment>,
) -> Vec<Uuid> {
    let agreements = agreements.into_iter().map(|agreement| agreement.id.into());
    agreements.chain(commitments.into_iter().map(|commitment| commitment.id.into())).collect()
}

/// Freezes the minutes that an import has approved, once it has read the agreements and commitments of their sessions.
pub(crate) fn freeze_imported(tx: &mut Tx<'_>, country: &str) -> Result<()> {
    for id in store::approved_unfrozen(tx.conn, Some(country))? {
        freeze_later(tx, id, false)?;
    }
    Ok(())
}

/// Freezes the minutes that were approved before the program froze them; returns their number. Each has a transaction
/// of its own, so that nobody waits for all of them.
pub fn freeze_approved(db: &Database, now: Instant) -> Result<usize> {
    let waiting = db.read(|conn| store::approved_unfrozen(conn, None))?;
    for id in &waiting {
        db.write(None, now, |tx| freeze_later(tx, *id, true))?;
    }
    Ok(waiting.len())
}

/// Freezes minutes after their approval, unless another process has done it meanwhile.
fn freeze_later(tx: &mut Tx<'_>, id: MeetingId, on_upgrade: bool) -> Result<()> {
    lock_row(tx.conn, "meetings", id)?;
    let meeting = meeting(tx.conn, &Visibility::everything(), id)?;
    let minutes = store::of_meeting(tx.conn, id)?;
    let Some(minutes) = minutes.filter(|minutes| minutes.is_approved() && minutes.version == 0) else { return Ok(()) };
    let frozen = freeze(tx, &meeting, minutes, on_upgrade)?;
    let (record, country) = (id.to_string(), Some(meeting.country_code.as_str()));
    let change = audit::Change { action: "frozen", kind: "minutes", id: &record, country };
    let after = json!({"code": frozen.code, "version": frozen.version, "frozen_on_upgrade": on_upgrade});
    audit::record(tx, change, None::<&()>, Some(&after))
}
