//! Approved reports for slices that show them outside: titles, questions and answers of the frozen copy, and the kept
//! documents, without the people who wrote, confirmed and approved them.

use chrono::NaiveDate;

use super::answer::{AnswerRow, Source};
use super::content::report_title;
use super::files::{self, FileKey};
use super::model::{QuestionAsked, ReportStatus};
use super::reading;
use super::snapshots::{ReportFormat, ReportPart, store::kept_files};
use super::store::{self, Head};
use super::stored_answers::store::answers_of;
use crate::access::{Visibility, country_day};
use crate::db::{Db, PlanId, ReportId};
use crate::error::{Code, Result};
use crate::i18n::Lang;

/// The largest number of approved reports that are listed.
const MOST_REPORTS: i64 = 200;

/// An approved report without its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApprovedTitle {
    pub id: ReportId,
    pub country_code: String,
    /// The plan that it reports on.
    pub roadmap_id: PlanId,
    pub title: String,
}

/// An approved report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApprovedReport {
    pub id: ReportId,
    pub country_code: String,
    /// The plan that it reports on.
    pub roadmap_id: PlanId,
    pub title: String,
    pub version: i32,
    /// The day of its approval in the country.
    pub approved_on: Option<NaiveDate>,
    /// The title of each section with its questions.
    pub sections: Vec<(String, Vec<ApprovedQuestion>)>,
    /// The texts on the cover of its document that no answer has: the commissions, and the reason for the version.
    pub cover: Vec<String>,
    /// The formats in which the clean document is kept in the language of the reader: `docx`, `pdf`.
    pub formats: Vec<&'static str>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApprovedQuestion {
    pub number: u32,
    pub title: String,
    /// The labels of the options that were chosen.
    pub choices: Vec<String>,
    pub other_text: Option<String>,
    /// Markdown.
    pub text: Option<String>,
    pub rows: Vec<ApprovedRow>,
    /// The records that the answer cites, or that its choices were made from.
    pub sources: Vec<Source>,
}

/// A partner or a party with its contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApprovedRow {
    pub name: String,
    /// The labels of its type or of its levels of participation.
    pub labels: Vec<String>,
    /// Markdown.
    pub words: Option<String>,
}

impl ApprovedQuestion {
    fn of(asked: QuestionAsked, basis: Vec<Source>) -> Self {
        let label = |key: &String| asked.options.iter().find(|one| one.key == *key).map(|one| one.label.clone());
        let choices = asked.answer.choices.iter().filter_map(label).collect();
        let row = |row: AnswerRow| ApprovedRow {
            labels: row.partner_type.iter().chain(&row.participation_level).filter_map(label).collect(),
            name: row.partner.or(row.stakeholder).unwrap_or_default(),
            words: row.description.or(row.involvement),
        };
        let rows = asked.answer.rows.into_iter().map(row).collect();
        Self {
            number: asked.number,
            title: asked.title,
            choices,
            other_text: asked.answer.other_text,
            text: asked.answer.text,
            rows,
            sources: asked.answer.sources.into_iter().chain(basis).collect(),
        }
    }

    /// Returns every text of the answer that people may have written.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().flat_map(|row| [Some(row.name.as_str()), row.words.as_deref()]);
        [Some(self.title.as_str()), self.other_text.as_deref(), self.text.as_deref()].into_iter().chain(rows).flatten()
    }
}

/// Returns the approved reports of these countries that no other approved version replaces, the latest period first, at
/// most 200.
pub(crate) fn approved_titles(conn: &mut Db, countries: &[&str], lang: Lang) -> Result<Vec<ApprovedTitle>> {
    let names = store::country_names(conn, countries, lang)?;
    let mut heads = store::approved(conn, countries, MOST_REPORTS)?;
    let replaced: Vec<ReportId> = heads.iter().filter_map(|head| head.previous_version_id).collect();
    heads.retain(|head| !replaced.contains(&head.id));
    let title = |head: Head| {
        let name = names.get(&head.country_code).map_or("", String::as_str);
        ApprovedTitle {
            id: head.id,
            roadmap_id: head.roadmap_id,
            title: report_title(&head.fields(), name, lang),
            country_code: head.country_code,
        }
    };
    Ok(heads.into_iter().map(title).collect())
}

/// Returns an approved report from its frozen copy; 404 for a draft, and for a version that another approved one replaces.
pub(crate) fn approved_report(conn: &mut Db, id: ReportId, lang: Lang) -> Result<ApprovedReport> {
    let head = in_force(conn, id)?;
    let content = reading::content(conn, &Visibility::everything(), lang, id)?;
    let approved_on = head.approved_at.map(|at| country_day(conn, &head.country_code, at)).transpose()?;
    let kept = kept_files(conn, id)?.into_iter().filter(|file| file.part == ReportPart::Report && file.lang == lang);
    let formats =
        kept.map(|file| file.format).filter(|format| [ReportFormat::Pdf, ReportFormat::Docx].contains(format));
    let mut answers = answers_of(conn, id)?;
    let mut questions = |all: Vec<QuestionAsked>| {
        let each = all.into_iter().map(|asked| {
            let basis = answers.remove(&asked.key).map(|stored| stored.basis).unwrap_or_default();
            ApprovedQuestion::of(asked, basis)
        });
        each.collect()
    };
    let reason = content.issue.as_ref().and_then(|issue| issue.reason.clone());
    Ok(ApprovedReport {
        id,
        cover: content.commissions.iter().cloned().chain(reason).collect(),
        roadmap_id: head.roadmap_id,
        title: report_title(&content.fields, &content.country_name, lang),
        version: head.version,
        approved_on,
        formats: formats.map(|format| format.as_str()).collect(),
        sections: content.form.sections.into_iter().map(|one| (one.title, questions(one.questions))).collect(),
        country_code: head.country_code,
    })
}

/// The kept clean document of an approved report.
pub(crate) struct KeptDocument {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub file_name: String,
}

/// Returns the clean document of an approved report as it is kept; 404 before it is made, and for any other report.
pub(crate) fn kept_document(conn: &mut Db, id: ReportId, format: &str, lang: Lang) -> Result<KeptDocument> {
    let head = in_force(conn, id)?;
    let format = ReportFormat::ALL.iter().copied().find(|one| one.as_str() == format).ok_or(Code::NotFound)?;
    let key = FileKey { report: id, part: ReportPart::Report, format, lang };
    let bytes = files::kept_file(conn, key)?.ok_or(Code::NotFound)?;
    let file_name = format!("{}.{format}", head.fields().file_stem(head.version));
    Ok(KeptDocument { bytes, media_type: format.media_type(), file_name })
}

/// Loads an approved report that no other approved version replaces; 404 for any other.
fn in_force(conn: &mut Db, id: ReportId) -> Result<Head> {
    let head = store::head(conn, id)?;
    let is_frozen = head.snapshot.is_some() && head.status == ReportStatus::Approved;
    if is_frozen && !store::has_newer_approved_version(conn, id)? { Ok(head) } else { Err(Code::NotFound.into()) }
}
