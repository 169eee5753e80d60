//! Files in the database, and the records that cite them (a read model over sessions, updates and activities).

mod citations;

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

pub use citations::citations;

use super::model::StoredFile;
use crate::clock::Instant;
use crate::db::schema::{activity_evidence, files, meeting_documents, update_evidence};
use crate::db::{Db, FileId, UserId};
use crate::error::Result;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
struct Row {
    id: FileId,
    name: String,
    media_type: String,
    size: i64,
    sha256: String,
    uploaded_by: UserId,
    created_at: Instant,
}

pub fn insert(conn: &mut Db, file: &StoredFile) -> Result<()> {
    let StoredFile { id, name, media_type, size, sha256, uploaded_by, created_at } = file.clone();
    let row = Row { id, name, media_type, size, sha256, uploaded_by, created_at };
    diesel::insert_into(files::table).values(row).execute(conn)?;
    Ok(())
}

/// A file, whoever may know it; 404 when there is none.
pub fn find(conn: &mut Db, id: FileId) -> Result<StoredFile> {
    let row: Row = files::table.filter(files::id.eq(id)).select(Row::as_select()).first(conn)?;
    Ok(stored_file(row))
}

/// Bytes that each file counts beside its content, so that the quota limits the number of files too.
pub const BYTES_OF_A_FILE: u64 = 4096;

/// Bytes that the uploads of one person take: the content, and 4 KiB for each file, however small.
pub fn used_bytes(conn: &mut Db, uploader: UserId) -> Result<u64> {
    let sum: Option<i64> = files::table
        .filter(files::uploaded_by.eq(uploader))
        .select(sql::<Nullable<BigInt>>(&format!("CAST(SUM(size) + {BYTES_OF_A_FILE} * COUNT(*) AS BIGINT)")))
        .first(conn)?;
    Ok(sum.and_then(|sum| u64::try_from(sum).ok()).unwrap_or_default())
}

/// Returns up to `limit` files that were uploaded before a moment and that no record cites, the oldest first.
pub fn uncited(conn: &mut Db, before: Instant, limit: i64) -> Result<Vec<StoredFile>> {
    let by_meeting = meeting_documents::table.filter(meeting_documents::file_id.eq(files::id.nullable()));
    let by_update = update_evidence::table.filter(update_evidence::file_id.eq(files::id.nullable()));
    let by_activity = activity_evidence::table.filter(activity_evidence::file_id.eq(files::id.nullable()));
    let rows: Vec<Row> = files::table
        .filter(files::created_at.lt(before))
        .filter(not(exists(by_meeting)))
        .filter(not(exists(by_update)))
        .filter(not(exists(by_activity)))
        .order(files::id)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(stored_file).collect())
}

/// Removes the record of a file; 409 while another record cites it.
pub fn delete(conn: &mut Db, id: FileId) -> Result<()> {
    diesel::delete(files::table.filter(files::id.eq(id))).execute(conn)?;
    Ok(())
}

/// Returns those of these files that have a record.
pub fn known(conn: &mut Db, ids: &[FileId]) -> Result<Vec<FileId>> {
    Ok(files::table.filter(files::id.eq_any(ids)).select(files::id).load(conn)?)
}

fn stored_file(row: Row) -> StoredFile {
    let Row { id, name, media_type, size, sha256, uploaded_by, created_at } = row;
    StoredFile { id, name, media_type, size, sha256, uploaded_by, created_at }
}
