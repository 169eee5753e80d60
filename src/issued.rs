//! Documents that were sent, such as a convocation. What was sent never changes: the content is kept in both languages
//! as JSON, with the SHA-256 that the foot of the document shows. The files are made from that content alone, once for
//! each format and language, by the worker or at the first request, and are kept, so that later requests get the same
//! bytes, also from a later version of the program.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, Database, Db, MeetingId, Tx, UserId};
use crate::error::{Code, Error, Result};
use crate::i18n::{Lang, text};
use crate::rendering::{Document, DocumentFormat};
use crate::text::hex;

/// The number of documents that one run of the worker renders.
const DOCUMENTS_AT_A_TIME: i64 = 50;

/// The number of digits of the hash at the foot of a document.
const HASH_DIGITS: usize = 16;

crate::text_enum! {
    /// The kind of document.
    IssuedKind { Convocation = "convocation", FollowUp = "follow_up" }
}

/// The part of a document that a reader may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IssuedPart {
    All,
    Commission(CommissionId),
}

impl IssuedPart {
    fn code(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Commission(id) => id.to_string(),
        }
    }
}

/// A document in both languages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct InBothLanguages {
    pub en: Document,
    pub es: Document,
}

/// The key of a document that was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IssuedKey {
    pub meeting: MeetingId,
    pub kind: IssuedKind,
    pub part: IssuedPart,
    pub version: i32,
}

/// A version of the documents that were sent together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct IssuedVersion {
    /// Its number; the first is 1.
    #[schema(examples(1))]
    pub version: i32,
    /// The moment at which it was sent.
    pub at: Instant,
    /// The person who sent it.
    pub by: Option<UserId>,
    /// The SHA-256 of the content in both languages.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub content_sha256: String,
}

/// Keeps the content of a document that is sent now.
pub(crate) fn issue(tx: &mut Tx<'_>, key: IssuedKey, documents: &InBothLanguages) -> Result<()> {
    let content = serde_json::to_value(documents).map_err(Error::internal)?.to_string();
    store::insert(tx, key, content)
}

/// Returns the versions of the whole document, oldest first.
pub(crate) fn versions(conn: &mut Db, meeting: MeetingId, kind: IssuedKind) -> Result<Vec<IssuedVersion>> {
    store::versions(conn, meeting, kind)
}

/// Returns the commissions for which a version has a part of its own: those of the session when it was sent.
pub(crate) fn issued_commissions(
    conn: &mut Db,
    meeting: MeetingId,
    kind: IssuedKind,
    version: i32,
) -> Result<Vec<CommissionId>> {
    let parts = store::parts(conn, meeting, kind, version)?;
    Ok(parts.iter().filter_map(|part| part.parse().ok()).collect())
}

/// Returns the number of the newest version; None if there is none.
pub(crate) fn newest(conn: &mut Db, meeting: MeetingId, kind: IssuedKind) -> Result<Option<i32>> {
    Ok(store::versions(conn, meeting, kind)?.last().map(|version| version.version))
}

/// Returns true if there is this document.
pub(crate) fn is_issued(conn: &mut Db, key: IssuedKey) -> Result<bool> {
    Ok(store::content(conn, &key.stored())?.is_some())
}

/// Returns the bytes of a file, and keeps them if it is made for the first time; 404 if there is no such document.
pub(crate) fn issued_file(
    db: &Database,
    now: Instant,
    key: IssuedKey,
    (format, lang): (DocumentFormat, Lang),
) -> Result<Vec<u8>> {
    let key = key.stored();
    if let Some(bytes) = db.read(|conn| store::file(conn, &key, format, lang))? {
        return Ok(bytes);
    }
    let content = db.read(|conn| store::content(conn, &key))?.ok_or(Code::NotFound)?;
    let made = render(&key, &content, format, lang)?;
    save(db, now, &key, vec![made])?;
    db.read(|conn| store::file(conn, &key, format, lang))?.ok_or_else(|| Code::NotFound.into())
}

/// Makes the files of documents that have none yet: the work of the background worker. A document that cannot be made is
/// logged and tried again at the next run.
pub(crate) fn render_issued(db: &Database, now: Instant, should_continue: &dyn Fn() -> bool) -> Result<()> {
    for key in db.read(|conn| store::unrendered(conn, DOCUMENTS_AT_A_TIME))? {
        if !should_continue() {
            break;
        }
        if let Err(error) = render_all(db, now, &key) {
            tracing::error!(meeting = %key.meeting, kind = %key.kind, %error, "an issued document was not made");
        }
    }
    Ok(())
}

fn render_all(db: &Database, now: Instant, key: &StoredKey) -> Result<()> {
    let content = db.read(|conn| store::content(conn, key))?.ok_or(Code::NotFound)?;
    let mut made = Vec::new();
    for format in DocumentFormat::ALL {
        for lang in Lang::ALL {
            made.push(render(key, &content, *format, *lang)?);
        }
    }
    save(db, now, key, made)?;
    db.write(None, now, |tx| store::mark_rendered(tx.conn, key))
}

/// Makes one file from the kept content.
fn render(key: &StoredKey, content: &str, format: DocumentFormat, lang: Lang) -> Result<NewFile> {
    let documents: InBothLanguages = serde_json::from_str(content).map_err(Error::internal)?;
    let mut document = match lang {
        Lang::Es => documents.es,
        Lang::En => documents.en,
    };
    let hash: String = sha256(content).chars().take(HASH_DIGITS).collect();
    let name = document.frame.foot.take().unwrap_or_default();
    let args = [("name", name), ("version", key.version.to_string()), ("hash", hash)];
    document.frame.foot = Some(text(lang, "issued-foot", &args));
    let bytes = document.write(format)?;
    Ok(NewFile { format, lang, sha256: sha256(&bytes), bytes })
}

/// Stores the files that another process has not stored meanwhile.
fn save(db: &Database, now: Instant, key: &StoredKey, made: Vec<NewFile>) -> Result<()> {
    db.write(None, now, |tx| {
        lock_row(tx.conn, "meetings", key.meeting)?;
        for file in made {
            if store::file(tx.conn, key, file.format, file.lang)?.is_none() {
                store::insert_file(tx.conn, key, file)?;
            }
        }
        Ok(())
    })
}

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    hex(Sha256::digest(bytes).iter())
}

/// A key as it is stored.
#[derive(Debug, Clone)]
struct StoredKey {
    meeting: MeetingId,
    kind: IssuedKind,
    part: String,
    version: i32,
}

impl IssuedKey {
    fn stored(self) -> StoredKey {
        StoredKey { meeting: self.meeting, kind: self.kind, part: self.part.code(), version: self.version }
    }
}

/// A rendered file.
struct NewFile {
    format: DocumentFormat,
    lang: Lang,
    sha256: String,
    bytes: Vec<u8>,
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{issued_documents, issued_files};

    type Id<'k> = (MeetingId, &'static str, &'k str, i32);

    impl StoredKey {
        fn id(&self) -> Id<'_> {
            (self.meeting, self.kind.as_str(), self.part.as_str(), self.version)
        }
    }

    pub(super) fn insert(tx: &mut Tx<'_>, key: IssuedKey, content: String) -> Result<()> {
        diesel::insert_into(issued_documents::table)
            .values((
                issued_documents::meeting_id.eq(key.meeting),
                issued_documents::kind.eq(key.kind),
                issued_documents::part.eq(key.part.code()),
                issued_documents::version.eq(key.version),
                issued_documents::at.eq(tx.now),
                issued_documents::user_id.eq(tx.who),
                issued_documents::content_sha256.eq(sha256(&content)),
                issued_documents::content.eq(content),
            ))
            .execute(tx.conn)?;
        Ok(())
    }

    /// Returns the parts of a version other than the whole.
    pub(super) fn parts(conn: &mut Db, meeting: MeetingId, kind: IssuedKind, version: i32) -> Result<Vec<String>> {
        Ok(issued_documents::table
            .filter(issued_documents::meeting_id.eq(meeting))
            .filter(issued_documents::kind.eq(kind))
            .filter(issued_documents::version.eq(version))
            .filter(issued_documents::part.ne(IssuedPart::All.code()))
            .order(issued_documents::part)
            .select(issued_documents::part)
            .load(conn)?)
    }

    pub(super) fn versions(conn: &mut Db, meeting: MeetingId, kind: IssuedKind) -> Result<Vec<IssuedVersion>> {
        let rows: Vec<(i32, Instant, Option<UserId>, String)> = issued_documents::table
            .filter(issued_documents::meeting_id.eq(meeting))
            .filter(issued_documents::kind.eq(kind))
            .filter(issued_documents::part.eq(IssuedPart::All.code()))
            .order(issued_documents::version)
            .select((
                issued_documents::version,
                issued_documents::at,
                issued_documents::user_id,
                issued_documents::content_sha256,
            ))
            .load(conn)?;
        let version = |(version, at, by, content_sha256)| IssuedVersion { version, at, by, content_sha256 };
        Ok(rows.into_iter().map(version).collect())
    }

    pub(super) fn content(conn: &mut Db, key: &StoredKey) -> Result<Option<String>> {
        let found = issued_documents::table.find(key.id()).select(issued_documents::content);
        Ok(found.first(conn).optional()?)
    }

    /// Returns documents whose files are not all rendered, the oldest first.
    pub(super) fn unrendered(conn: &mut Db, limit: i64) -> Result<Vec<StoredKey>> {
        let rows: Vec<(MeetingId, IssuedKind, String, i32)> = issued_documents::table
            .filter(issued_documents::rendered.eq(false))
            .order(issued_documents::at)
            .limit(limit)
            .select((
                issued_documents::meeting_id,
                issued_documents::kind,
                issued_documents::part,
                issued_documents::version,
            ))
            .load(conn)?;
        let key = |(meeting, kind, part, version)| StoredKey { meeting, kind, part, version };
        Ok(rows.into_iter().map(key).collect())
    }

    pub(super) fn mark_rendered(conn: &mut Db, key: &StoredKey) -> Result<()> {
        diesel::update(issued_documents::table.find(key.id()))
            .set(issued_documents::rendered.eq(true))
            .execute(conn)?;
        Ok(())
    }

    pub(super) fn file(conn: &mut Db, key: &StoredKey, format: DocumentFormat, lang: Lang) -> Result<Option<Vec<u8>>> {
        let (meeting, kind, part, version) = key.id();
        let id = (meeting, kind, part, version, format.as_str(), lang.as_str());
        Ok(issued_files::table.find(id).select(issued_files::bytes).first(conn).optional()?)
    }

    pub(super) fn insert_file(conn: &mut Db, key: &StoredKey, file: NewFile) -> Result<()> {
        diesel::insert_into(issued_files::table)
            .values((
                issued_files::meeting_id.eq(key.meeting),
                issued_files::kind.eq(key.kind),
                issued_files::part.eq(&key.part),
                issued_files::version.eq(key.version),
                issued_files::format.eq(file.format),
                issued_files::lang.eq(file.lang),
                issued_files::sha256.eq(file.sha256),
                issued_files::bytes.eq(file.bytes),
            ))
            .execute(conn)?;
        Ok(())
    }
}
