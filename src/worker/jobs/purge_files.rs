//! Removes uploads that no record cites, unfinished uploads, bytes without a record, and abandoned copies of the database.

use chrono::TimeDelta;

use super::JobContext;
use crate::db::{FileId, remove_abandoned_copies};
use crate::error::Result;
use crate::storage::FileStore;
use crate::uploads::{remove_uncited, without_record};

/// The time that bytes without a record, or an unfinished upload, stay in the file store: far longer than an upload
/// takes.
const UNRECORDED: TimeDelta = TimeDelta::days(1);

pub(super) fn run(context: &JobContext<'_>) -> Result<()> {
    let (db, now) = (&context.state.db, context.state.now());
    remove_abandoned_copies(&context.state.config.database_url);
    let files = FileStore::open(&context.state.config.files_url)?;
    while (context.go_on)() {
        let removed = db.write(None, now, remove_uncited)?;
        removed.iter().for_each(|id| files.remove((*id).into()));
        if removed.is_empty() {
            break;
        }
    }
    files.written_before(now.plus(-UNRECORDED), &mut |ids| {
        let ids: Vec<FileId> = ids.into_iter().map(FileId::from).collect();
        let lost = db.read(|conn| without_record(conn, &ids))?;
        lost.into_iter().for_each(|id| files.remove(id.into()));
        Ok(())
    })
}
