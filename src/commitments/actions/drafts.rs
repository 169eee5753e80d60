//! Drafts: a commitment that only those who may write it know, until it is published.

use super::commitments::institutions_of;
use super::{lock_to_write, notifications, recompute_and_save};
use crate::access::{Visibility, require_writer};
use crate::audit::{self, Change};
use crate::clock::Instant;
use crate::commitments::model::{Commitment, Event, PublishedDrafts};
use crate::commitments::store;
use crate::db::dispatch::lock_rows;
use crate::db::{CommitmentId, Db, MeetingId, Tx};
use crate::error::{Code, Result};
use crate::identity::Actor;
use crate::meetings::meeting;

/// Publishes a draft, and notifies its institutions. 409 `not_draft` when it is published already.
pub(crate) fn publish(tx: &mut Tx<'_>, actor: &Actor, id: CommitmentId) -> Result<Commitment> {
    let before = lock_to_write(tx, actor, id)?;
    if !before.is_draft() {
        return Err(Code::NotDraft.into());
    }
    let mut after = Commitment { status: before.derived_status().into(), ..before.clone() };
    recompute_and_save(tx, &mut after)?;
    store::add_events(tx, &[(id, None, Event::Published {})])?;
    let change =
        Change { action: "published", kind: "commitment", id: &id.to_string(), country: Some(&after.country_code) };
    audit::record(tx, change, Some(&before), Some(&after))?;
    notifications::assigned(tx, &after, &institutions_of(&after))?;
    Ok(after)
}

/// Returns the drafts of a session or of its agreements that the actor may know, in the order of their codes.
fn drafts_of_meeting(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<Vec<Commitment>> {
    store::drafts_of_meeting(conn, &Visibility::of(actor), id, now)
}

/// Publishes the drafts of a session for a person who may write it; 404 or 403 for others.
pub(crate) fn publish_of_session(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<PublishedDrafts> {
    let meeting = meeting(tx.conn, &Visibility::of(actor), id)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
    Ok(PublishedDrafts { commitment_ids: publish_drafts_of_meeting(tx, actor, id)? })
}

/// Publishes the drafts of a session or of its agreements that the actor may write, in the order of their codes, and
/// returns them.
pub(crate) fn publish_drafts_of_meeting(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Vec<CommitmentId>> {
    tx.write_waiting()?;
    let ids: Vec<CommitmentId> = drafts_of_meeting(tx.conn, actor, id, tx.now)?.iter().map(|draft| draft.id).collect();
    lock_rows(tx.conn, "commitments", &ids)?;
    // Read again: somebody may have published or deleted one meanwhile.
    let mut drafts = drafts_of_meeting(tx.conn, actor, id, tx.now)?;
    drafts.retain(|draft| ids.contains(&draft.id));
    drafts.iter().map(|draft| publish(tx, actor, draft.id).map(|published| published.id)).collect()
}
