//! Keeping an uploaded file, and finding one that may be fetched.

use super::model::StoredFile;
use super::{policy, store};
use crate::audit::{self, RestrictedRecords};
use crate::db::{Db, FileId, Tx};
use crate::error::{Code, Error, Result};
use crate::files::Stored;
use crate::identity::Actor;

/// 403 for those who write no records.
pub fn permit_upload(actor: &Actor) -> Result<()> {
    if policy::may_upload(actor) { Ok(()) } else { Err(Code::Forbidden.into()) }
}

/// Writes down a file whose bytes are stored.
pub fn keep(tx: &mut Tx<'_>, actor: &Actor, id: FileId, name: &str, stored: &Stored) -> Result<StoredFile> {
    permit_upload(actor)?;
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

/// A file that the actor may fetch, and the restricted records that cite it; 404 otherwise.
pub fn fetch(conn: &mut Db, actor: &Actor, id: FileId) -> Result<(StoredFile, RestrictedRecords)> {
    let file = store::find(conn, id)?;
    let citations = store::citations(conn, id)?;
    if policy::may_fetch(actor, &file, &citations) {
        Ok((file, RestrictedRecords::of(&citations)))
    } else {
        Err(Code::NotFound.into())
    }
}
