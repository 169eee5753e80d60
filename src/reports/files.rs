//! The files of approved reports. They are made from the frozen copy once: by the worker, or by the first request for
//! them. They are kept, so that every later request gets the same bytes, also from a later version of the program.

use super::content::ReportContent;
use super::cover::commissions_of;
use super::document::{ReportForm, answers_document, document};
use super::draft::load_records;
use super::model::ReportStatus;
use super::plain_text::plain_text;
use super::reading;
use super::snapshots::{ReportFormat, ReportPart, sha256_of};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::dispatch::lock_row;
use crate::db::{Database, Db, ReportId};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;
use crate::rendering::DocumentFormat;

/// The number of reports that one run of the worker renders.
const REPORTS_AT_A_TIME: i64 = 50;

/// The key of a file of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileKey {
    pub report: ReportId,
    pub part: ReportPart,
    pub format: ReportFormat,
    pub lang: Lang,
}

/// A rendered file.
struct NewFile {
    key: FileKey,
    bytes: Vec<u8>,
}

/// Writes a document of a report as it is now: of an approved one, from its frozen copy.
pub(super) fn write(conn: &mut Db, visibility: &Visibility, key: FileKey, form: ReportForm) -> Result<Vec<u8>> {
    if key.format == ReportFormat::Json {
        let report = reading::find_whole(conn, visibility, key.lang, key.report)?;
        return serde_json::to_vec(&report).map_err(Error::internal);
    }
    let mut content = reading::content(conn, visibility, key.lang, key.report)?;
    if key.part == ReportPart::Report {
        add_commissions(conn, &mut content, key)?;
    }
    let format = match key.format {
        ReportFormat::Docx => DocumentFormat::Docx,
        ReportFormat::Pdf => DocumentFormat::Pdf,
        ReportFormat::Text => return Ok(plain_text(&content, key.lang, None).into_bytes()),
        ReportFormat::Markdown | ReportFormat::Json => DocumentFormat::Markdown,
    };
    match key.part {
        ReportPart::Report => document(&content, key.lang, form).write(format),
        ReportPart::Answers => answers_document(&content, key.lang).write(format),
    }
}

/// Adds the commissions to the content of a draft; that of an approved report has those of its frozen copy.
fn add_commissions(conn: &mut Db, content: &mut ReportContent, key: FileKey) -> Result<()> {
    if super::store::head(conn, key.report)?.status == ReportStatus::Draft {
        let records = load_records(conn, &content.fields, None)?.in_language(key.lang);
        content.commissions = commissions_of(&records, &content.form);
    }
    Ok(())
}

/// Returns the bytes of a file of an approved report, and keeps them if it is made for the first time.
pub(super) fn frozen_file(db: &Database, now: Instant, key: FileKey) -> Result<Vec<u8>> {
    if let Some(bytes) = db.read(|conn| store::file(conn, key))? {
        return Ok(bytes);
    }
    let made = render(db, key)?;
    save(db, now, key.report, vec![made])?;
    db.read(|conn| store::file(conn, key))?.ok_or_else(|| Code::NotFound.into())
}

/// Returns the bytes of a file of an approved report, if it is made.
pub(super) fn kept_file(conn: &mut Db, key: FileKey) -> Result<Option<Vec<u8>>> {
    store::file(conn, key)
}

fn render(db: &Database, key: FileKey) -> Result<NewFile> {
    let bytes = db.read(|conn| write(conn, &Visibility::everything(), key, ReportForm::Clean))?;
    Ok(NewFile { key, bytes })
}

/// Stores the files that another process has not stored meanwhile.
fn save(db: &Database, now: Instant, report: ReportId, made: Vec<NewFile>) -> Result<()> {
    db.write(None, now, |tx| {
        lock_row(tx.conn, "reports", report)?;
        let kept = store::files_of(tx.conn, report)?;
        let new = made.into_iter().filter(|file| !kept.contains(&file.key)).collect();
        store::insert_files(tx.conn, new)
    })
}

/// Returns true if files of an approved report are still to be made.
pub(super) fn is_waiting(conn: &mut Db, report: ReportId) -> Result<bool> {
    store::is_waiting(conn, report)
}

/// Makes and keeps the files of a report that are missing.
pub(super) fn render_report(db: &Database, now: Instant, report: ReportId) -> Result<()> {
    let kept = db.read(|conn| store::files_of(conn, report))?;
    let mut made = Vec::new();
    for part in ReportPart::ALL {
        for format in part.formats() {
            for lang in Lang::ALL {
                let key = FileKey { report, part: *part, format: *format, lang: *lang };
                if !kept.contains(&key) {
                    made.push(render(db, key)?);
                }
            }
        }
    }
    save(db, now, report, made)?;
    db.write(None, now, |tx| store::mark_rendered(tx.conn, report))
}

/// Makes the files of approved reports that have none yet: the work of the background worker. A report whose files
/// cannot be made is logged and tried again at the next run.
pub fn render_waiting(db: &Database, now: Instant, should_continue: &dyn Fn() -> bool) -> Result<()> {
    for report in db.read(store::unrendered)? {
        if !should_continue() {
            break;
        }
        if let Err(error) = render_report(db, now, report) {
            tracing::error!(%report, %error, "the documents of a report were not made");
        }
    }
    Ok(())
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{report_files, reports};

    /// Returns approved reports whose files are not all made, the oldest first.
    pub(super) fn unrendered(conn: &mut Db) -> Result<Vec<ReportId>> {
        Ok(reports::table
            .filter(reports::status.eq(ReportStatus::Approved).and(reports::rendered.eq(false)))
            .order(reports::approved_at)
            .limit(REPORTS_AT_A_TIME)
            .select(reports::id)
            .load(conn)?)
    }

    /// Returns true if a report is approved and its files are not all made.
    pub(super) fn is_waiting(conn: &mut Db, report: ReportId) -> Result<bool> {
        let waiting = reports::status.eq(ReportStatus::Approved).and(reports::rendered.eq(false));
        let found: i64 = reports::table.find(report).filter(waiting).count().get_result(conn)?;
        Ok(found > 0)
    }

    /// Notes that all files of a report are made.
    pub(super) fn mark_rendered(conn: &mut Db, report: ReportId) -> Result<()> {
        diesel::update(reports::table.find(report)).set(reports::rendered.eq(true)).execute(conn)?;
        Ok(())
    }

    /// Returns the bytes of a file, if it is made.
    pub(super) fn file(conn: &mut Db, key: FileKey) -> Result<Option<Vec<u8>>> {
        let id = (key.report, key.part.as_str(), key.format.as_str(), key.lang.as_str());
        Ok(report_files::table.find(id).select(report_files::bytes).first(conn).optional()?)
    }

    /// Returns the keys of the files of a report.
    pub(super) fn files_of(conn: &mut Db, report: ReportId) -> Result<Vec<FileKey>> {
        let rows: Vec<(ReportPart, ReportFormat, Lang)> = report_files::table
            .filter(report_files::report_id.eq(report))
            .select((report_files::part, report_files::format, report_files::lang))
            .load(conn)?;
        Ok(rows.into_iter().map(|(part, format, lang)| FileKey { report, part, format, lang }).collect())
    }

    /// Inserts files; the caller has checked that they are not there yet.
    pub(super) fn insert_files(conn: &mut Db, files: Vec<NewFile>) -> Result<()> {
        for NewFile { key, bytes } in files {
            diesel::insert_into(report_files::table)
                .values((
                    report_files::report_id.eq(key.report),
                    report_files::part.eq(key.part),
                    report_files::format.eq(key.format),
                    report_files::lang.eq(key.lang),
                    report_files::sha256.eq(sha256_of(&bytes)),
                    report_files::bytes.eq(bytes),
                ))
                .execute(conn)?;
        }
        Ok(())
    }
}
