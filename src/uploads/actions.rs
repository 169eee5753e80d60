//! Records an uploaded file, loads one that may be fetched, and removes those that no record cites.

use bytesize::ByteSize;
use chrono::TimeDelta;

use super::model::{Citation, StoredFile};
use super::store;
use crate::access::{Visibility, require};
use crate::audit::{self, RestrictedRecords};
use crate::db::dispatch::lock_name;
use crate::db::{Db, FileId, Tx};
use crate::error::{Code, Error, Permitted, Result};
use crate::identity::{Actor, Role};
use crate::storage::Stored;

/// The time for which an upload may stay without being cited before it is removed.
const UNCITED: TimeDelta = TimeDelta::days(30);
/// The number of files removed in one transaction.
const BATCH: i64 = 50;

/// Refuses those who may not upload: with 403 those who write no records (observers and people without grants), with 413
/// those whose uploads already take all the space of one person.
pub(super) fn require_uploader(conn: &mut Db, actor: &Actor, quota: ByteSize) -> Result<()> {
    require(actor.grants.iter().any(|grant| grant.role != Role::Observer), Permitted::Uploaders)?;
    check_quota(conn, actor, quota, 0)
}

fn check_quota(conn: &mut Db, actor: &Actor, quota: ByteSize, size: u64) -> Result<()> {
    let used = store::used_bytes(conn, actor.id)?;
    if used.saturating_add(store::BYTES_OF_A_FILE).saturating_add(size) <= quota.as_u64() {
        return Ok(());
    }
    Err(Error::new(Code::QuotaExceeded).arg("quota", quota))
}

/// Records a file whose bytes are stored.
pub(super) fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, quota): (FileId, ByteSize),
    (name, stored): (&str, &Stored),
) -> Result<StoredFile> {
    lock_name(tx.conn, &format!("uploads of {}", actor.id))?;
    require_uploader(tx.conn, actor, quota)?;
    check_quota(tx.conn, actor, quota, stored.size)?;
    let file = StoredFile {
        id,
        name: name.to_owned(),
        media_type: stored.media_type.to_owned(),
        size: i64::try_from(stored.size).map_err(Error::internal)?,
        sha256: stored.sha256.clone(),
        uploaded_by: actor.id,
        created_at: tx.now,
    };
    store::insert(tx.conn, &file)?;
    audit::created(tx, "file", id, None, &file)?;
    Ok(file)
}

/// Returns a file that the actor may fetch, and the restricted records that cite it; 404 otherwise.
pub(super) fn fetch(conn: &mut Db, actor: &Actor, id: FileId) -> Result<(StoredFile, RestrictedRecords)> {
    let file = store::find(conn, id)?;
    let citations = store::citations(conn, id)?;
    if may_fetch(actor, &file, &citations) {
        Ok((file, RestrictedRecords::of(&citations)))
    } else {
        Err(Code::NotFound.into())
    }
}

/// Returns the name of a file that the actor uploaded; 404 for others.
pub(crate) fn own_file_name(conn: &mut Db, actor: &Actor, id: FileId) -> Result<String> {
    let file = store::find(conn, id)?;
    if file.uploaded_by == actor.id { Ok(file.name) } else { Err(Code::NotFound.into()) }
}

/// Returns true if the actor may fetch the file: its uploader, admins, and everybody who may know a record that cites it.
fn may_fetch(actor: &Actor, file: &StoredFile, citations: &[Citation]) -> bool {
    let visibility = Visibility::of(actor);
    let knows = |record: &Citation| {
        visibility.knows_record(&record.country, &record.commissions, record.restricted, &record.institutions)
    };
    visibility.all || file.uploaded_by == actor.id || citations.iter().any(knows)
}

/// Removes the record of a file: 403 for the file of another person, 409 for a file that a record cites.
pub(super) fn remove(tx: &mut Tx<'_>, actor: &Actor, file: &StoredFile) -> Result<()> {
    require(actor.is_admin() || file.uploaded_by == actor.id, Permitted::Uploader)?;
    if !store::citations(tx.conn, file.id)?.is_empty() {
        return Err(Code::InUse.into());
    }
    delete(tx, file)
}

fn delete(tx: &mut Tx<'_>, file: &StoredFile) -> Result<()> {
    store::delete(tx.conn, file.id)?;
    audit::deleted(tx, "file", file.id, None, file)
}

/// Removes the records of some uploads that nobody has cited for 30 days, and returns their ids, or none when all are
/// gone. The bytes are removed after the commit, so that a record always has its bytes.
pub(crate) fn remove_uncited(tx: &mut Tx<'_>) -> Result<Vec<FileId>> {
    let old = store::uncited(tx.conn, tx.now.plus(-UNCITED), BATCH)?;
    old.iter().try_for_each(|file| delete(tx, file))?;
    Ok(old.iter().map(|file| file.id).collect())
}

/// Returns those of these stored files that have no record.
pub(crate) fn without_record(conn: &mut Db, ids: &[FileId]) -> Result<Vec<FileId>> {
    let known = store::existing(conn, ids)?;
    Ok(ids.iter().copied().filter(|id| !known.contains(id)).collect())
}
