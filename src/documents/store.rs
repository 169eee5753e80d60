//! Files in the database, and the records that cite them (a read model over sessions, updates and activities).

mod citations;

use diesel::prelude::*;

pub use citations::citations;

use super::model::StoredFile;
use crate::clock::Instant;
use crate::db::schema::files;
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
    let Row { id, name, media_type, size, sha256, uploaded_by, created_at } = row;
    Ok(StoredFile { id, name, media_type, size, sha256, uploaded_by, created_at })
}
