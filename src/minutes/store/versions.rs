//! The frozen versions of minutes, the records that they state, and their files.

use std::collections::HashSet;

use diesel::prelude::*;
use uuid::Uuid;

use crate::clock::Instant;
use crate::db::schema::{minutes_files, minutes_records, minutes_versions};
use crate::db::{Db, MeetingId, RawId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::minutes::content::Frozen;
use crate::rendering::DocumentFormat;

crate::text_enum! {
    /// One of the two documents of a version.
    Part {
        /// The acta that every reader gets.
        Main = "main",
        /// The restricted records of the session.
        Restricted = "restricted",
    }
}

/// A frozen version.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub meeting_id: MeetingId,
    pub version: i32,
    pub at: Instant,
    pub by: Option<UserId>,
    /// The text of a rectification.
    pub text: Option<String>,
    pub approved_in_meeting_id: Option<MeetingId>,
    pub frozen: Frozen,
    pub frozen_on_upgrade: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = minutes_versions)]
struct Row {
    meeting_id: MeetingId,
    version: i32,
    at: Instant,
    user_id: Option<UserId>,
    text: Option<String>,
    approved_in_meeting_id: Option<MeetingId>,
    content: String,
    restricted_content: Option<String>,
    content_sha256: String,
    frozen_on_upgrade: bool,
}

/// A version without its content.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = minutes_versions)]
pub(crate) struct VersionRow {
    pub version: i32,
    pub at: Instant,
    pub user_id: Option<UserId>,
    pub content_sha256: String,
    pub frozen_on_upgrade: bool,
    pub rendered: bool,
}

/// Inserts a version with the ids of the records that it states anew.
pub(crate) fn insert_version(conn: &mut Db, version: &Version, records: &[Uuid]) -> Result<()> {
    let row = Row {
        meeting_id: version.meeting_id,
        version: version.version,
        at: version.at,
        user_id: version.by,
        text: version.text.clone(),
        approved_in_meeting_id: version.approved_in_meeting_id,
        content: version.frozen.content.clone(),
        restricted_content: version.frozen.restricted.clone(),
        content_sha256: version.frozen.sha256.clone(),
        frozen_on_upgrade: version.frozen_on_upgrade,
    };
    diesel::insert_into(minutes_versions::table).values(row).execute(conn)?;
    let rows: Vec<_> = records
        .iter()
        .map(|id| {
            (
                minutes_records::meeting_id.eq(version.meeting_id),
                minutes_records::version.eq(version.version),
                minutes_records::record_id.eq(RawId(*id)),
            )
        })
        .collect();
    crate::insert_all!(conn, minutes_records::table, &rows)
}

/// Returns a version with its content; 404 if there is no such version.
pub(crate) fn version(conn: &mut Db, meeting: MeetingId, number: i32) -> Result<Version> {
    let row: Row = minutes_versions::table.find((meeting, number)).select(Row::as_select()).first(conn)?;
    Ok(Version {
        meeting_id: row.meeting_id,
        version: row.version,
        at: row.at,
        by: row.user_id,
        text: row.text,
        approved_in_meeting_id: row.approved_in_meeting_id,
        frozen: Frozen { content: row.content, restricted: row.restricted_content, sha256: row.content_sha256 },
        frozen_on_upgrade: row.frozen_on_upgrade,
    })
}

/// Returns the SHA-256 of the content of a version.
pub(crate) fn version_sha256(conn: &mut Db, meeting: MeetingId, number: i32) -> Result<String> {
    Ok(minutes_versions::table.find((meeting, number)).select(minutes_versions::content_sha256).first(conn)?)
}

/// Returns the ids of the agreements and commitments that the versions of the minutes state.
pub(crate) fn stated_records(conn: &mut Db, meeting: MeetingId) -> Result<HashSet<Uuid>> {
    let of_meeting = minutes_records::table.filter(minutes_records::meeting_id.eq(meeting));
    let ids: Vec<RawId> = of_meeting.select(minutes_records::record_id).load(conn)?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}

/// Returns the versions of the minutes of a meeting after a number, in their order, at most `limit`.
pub(crate) fn versions(conn: &mut Db, meeting: MeetingId, after: i32, limit: i64) -> Result<Vec<VersionRow>> {
    Ok(minutes_versions::table
        .filter(minutes_versions::meeting_id.eq(meeting))
        .filter(minutes_versions::version.gt(after))
        .order(minutes_versions::version)
        .limit(limit)
        .select(VersionRow::as_select())
        .load(conn)?)
}

/// Returns versions whose files are not all rendered, the oldest first, at most `limit`.
pub(crate) fn unrendered(conn: &mut Db, limit: i64) -> Result<Vec<(MeetingId, i32)>> {
    Ok(minutes_versions::table
        .filter(minutes_versions::rendered.eq(false))
        .order(minutes_versions::at)
        .limit(limit)
        .select((minutes_versions::meeting_id, minutes_versions::version))
        .load(conn)?)
}

/// Notes that all files of a version are rendered.
pub(crate) fn mark_rendered(conn: &mut Db, meeting: MeetingId, number: i32) -> Result<()> {
    let row = minutes_versions::table.find((meeting, number));
    diesel::update(row).set(minutes_versions::rendered.eq(true)).execute(conn)?;
    Ok(())
}

/// The key of a file of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileKey {
    pub meeting: MeetingId,
    pub version: i32,
    pub part: Part,
    pub format: DocumentFormat,
    pub lang: Lang,
}

/// A rendered file.
pub(crate) struct NewFile {
    pub key: FileKey,
    pub sha256: String,
    pub bytes: Vec<u8>,
}

/// Returns the bytes of a file, if it is rendered.
pub(crate) fn file(conn: &mut Db, key: FileKey) -> Result<Option<Vec<u8>>> {
    let id = (key.meeting, key.version, key.part.as_str(), key.format.as_str(), key.lang.as_str());
    Ok(minutes_files::table.find(id).select(minutes_files::bytes).first(conn).optional()?)
}

/// Returns the files of these versions of one meeting, with the SHA-256 of each.
pub(crate) fn files_of(conn: &mut Db, meeting: MeetingId, numbers: &[i32]) -> Result<Vec<(FileKey, String)>> {
    type Row = (i32, Part, DocumentFormat, Lang, String);
    let rows: Vec<Row> = minutes_files::table
        .filter(minutes_files::meeting_id.eq(meeting))
        .filter(minutes_files::version.eq_any(numbers))
        .order((minutes_files::version, minutes_files::part, minutes_files::format, minutes_files::lang))
        .select((
            minutes_files::version,
            minutes_files::part,
            minutes_files::format,
            minutes_files::lang,
            minutes_files::sha256,
        ))
        .load(conn)?;
    let key = |(version, part, format, lang, sha256)| (FileKey { meeting, version, part, format, lang }, sha256);
    Ok(rows.into_iter().map(key).collect())
}

/// Inserts files; the caller has checked that they are not there yet.
pub(crate) fn insert_files(conn: &mut Db, files: Vec<NewFile>) -> Result<()> {
    for NewFile { key, sha256, bytes } in files {
        diesel::insert_into(minutes_files::table)
            .values((
                minutes_files::meeting_id.eq(key.meeting),
                minutes_files::version.eq(key.version),
                minutes_files::part.eq(key.part),
                minutes_files::format.eq(key.format),
                minutes_files::lang.eq(key.lang),
                minutes_files::sha256.eq(sha256),
                minutes_files::bytes.eq(bytes),
            ))
            .execute(conn)?;
    }
    Ok(())
}
