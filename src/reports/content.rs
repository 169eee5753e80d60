//! The content of a document of a report, and its title.

use chrono::NaiveDate;

use super::form_wording::FormTexts;
use super::model::{ApprovingOffice, Form, ReportInput};
use super::words::Words;
use crate::i18n::Lang;
use crate::rendering::one_line;

/// The content of a report's document: stored, or drafted without storing it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ReportContent {
    #[serde(flatten)]
    pub fields: ReportInput,
    #[serde(flatten)]
    pub form: Form,
    #[serde(skip)]
    pub country_name: String,
    #[serde(skip)]
    pub roadmap_title: String,
    /// The commissions whose work the report gives an account of.
    #[serde(skip)]
    pub commissions: Vec<String>,
    /// Version and approval; None for one that is not stored.
    #[serde(skip)]
    pub(super) issue: Option<Issue>,
    /// The texts of the form beside titles and questions; None where the program's own wording is used.
    #[serde(skip)]
    pub(super) form_texts: Option<FormTexts>,
}

crate::nothing_restricted!(ReportContent);

/// The approval of a report, as its document states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Issue {
    pub version: i32,
    /// None for a draft.
    pub approved_on: Option<NaiveDate>,
    /// The office that approved it; None for a draft, and for a report that was approved before covers named it.
    pub office: Option<ApprovingOffice>,
    /// The SHA-256 of the frozen copy.
    pub snapshot: Option<String>,
    /// The reason for the version, from the second one.
    pub reason: Option<String>,
}

/// Returns the title of a report's document.
pub(super) fn report_title(fields: &ReportInput, country: &str, lang: Lang) -> String {
    let words = Words { lang, country: &fields.country_code };
    let period = words.period(fields.period_from, fields.period_to);
    one_line(&words.say("document-title", &[("country", country.to_owned()), ("period", period)]))
}
