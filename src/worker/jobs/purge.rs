//! Jobs that delete expired data. Each batch is a transaction of its own, so that no other write waits long.

use chrono::TimeDelta;

use super::JobContext;
use crate::clock::Instant;
use crate::db::{FileId, Tx, remove_abandoned_copies};
use crate::error::Result;
use crate::http::forget_responses;
use crate::notifications::purge_notices;
use crate::storage::FileStore;
use crate::uploads::{remove_uncited, without_record};
use crate::{identity, mail};

/// The time that sessions and links are kept after their end, so that incidents can be investigated.
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(7);

/// The time that bytes without a record, or an unfinished upload, stay in the file store: far longer than an upload
/// takes.
const UNRECORDED_KEPT: TimeDelta = TimeDelta::days(1);

/// Repeats `delete` in separate transactions until it returns false or the worker is stopping.
fn in_batches(
    context: &JobContext<'_>,
    now: Instant,
    mut delete: impl FnMut(&mut Tx<'_>) -> Result<bool>,
) -> Result<()> {
    while (context.should_continue)() && context.state.db.write(None, now, &mut delete)? {}
    Ok(())
}

/// Deletes the data of ended sessions and used links.
pub(super) fn sessions(context: &JobContext<'_>) -> Result<()> {
    let now = context.state.now();
    in_batches(context, now, |tx| identity::purge(tx, now.plus(-SESSIONS_KEPT)))
}

/// Deletes the texts of forms that were kept for too long.
pub(super) fn saved_drafts(context: &JobContext<'_>) -> Result<()> {
    in_batches(context, context.state.now(), identity::purge_saved_drafts)
}

/// Deletes the expired responses that are kept for a repeated `Idempotency-Key`.
pub(super) fn stored_responses(context: &JobContext<'_>) -> Result<()> {
    in_batches(context, context.state.now(), forget_responses)
}

/// Deletes deliveries that were sent, dropped or failed and are older than `ARTICULA_KEEP_DELIVERIES`. The recorded
/// steps of reminders stay, so that a step is never sent again.
pub(super) fn deliveries(context: &JobContext<'_>) -> Result<()> {
    let now = context.state.now();
    let before = now.plus(-context.state.config.keep_deliveries);
    context.state.db.write(None, now, |tx| purge_notices(tx, before))?;
    in_batches(context, now, |tx| mail::purge(tx.conn, before))
}

/// Deletes uploads that no record cites, unfinished uploads, bytes without a record, and abandoned copies of the
/// database.
pub(super) fn files(context: &JobContext<'_>) -> Result<()> {
    let (db, now) = (&context.state.db, context.state.now());
    remove_abandoned_copies(&context.state.config.database_url);
    let files = FileStore::open(&context.state.config.files_url)?;
    while (context.should_continue)() {
        let removed = db.write(None, now, remove_uncited)?;
        removed.iter().for_each(|id| files.remove((*id).into()));
        if removed.is_empty() {
            break;
        }
    }
    files.written_before(now.plus(-UNRECORDED_KEPT), &mut |ids| {
        let ids: Vec<FileId> = ids.into_iter().map(FileId::from).collect();
        let lost = db.read(|conn| without_record(conn, &ids))?;
        lost.into_iter().for_each(|id| files.remove(id.into()));
        Ok(())
    })
}
