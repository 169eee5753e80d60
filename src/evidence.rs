//! Means of verification: proof that something was done. Activities and progress on commitments cite them.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dates::PartialDate;
use crate::db::FileId;
use crate::error::Faults;

/// A means of verification: a document with its address, an uploaded file, or only a title.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Evidence {
    /// Title of the document.
    #[schema(examples("Lista de asistencia"), max_length = 500)]
    pub title: String,
    /// Address of the document on the web; not together with `file_id`.
    #[deserr(default)]
    #[schema(examples("https://www.gob.pe/acta"), max_length = 2000)]
    pub url: Option<String>,
    /// The uploaded file; not together with `url`.
    #[deserr(default)]
    pub file_id: Option<FileId>,
    /// Kind of document, in the institution's words.
    #[deserr(default)]
    #[schema(examples("ordenanza municipal"), max_length = 200)]
    pub kind: Option<String>,
    /// Date of the document.
    #[deserr(default)]
    pub dated: Option<PartialDate>,
    /// The first day that `dated` can mean; read-only, ignored when sent.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(read_only, examples("2023-08-01"))]
    pub dated_from: Option<NaiveDate>,
    /// The last day that `dated` can mean; read-only, ignored when sent.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(read_only, examples("2023-08-31"))]
    pub dated_to: Option<NaiveDate>,
}

impl Evidence {
    /// Returns the same with the first and last day of its date, for answers.
    pub fn bounded(self) -> Self {
        let (dated_from, dated_to) =
            (self.dated.as_ref().map(PartialDate::from), self.dated.as_ref().map(PartialDate::to));
        Self { dated_from, dated_to, ..self }
    }

    /// Returns the same without the first and last day of its date, as a body has it.
    pub fn plain(self) -> Self {
        Self { dated_from: None, dated_to: None, ..self }
    }

    /// Gives entries without address and file (a dataset has no files) the stored files of the present entries with the
    /// same title, kind and date.
    pub fn keep_files(sent: &mut [Self], present: &[Self]) {
        let mut present: Vec<&Self> = present.iter().filter(|entry| entry.file_id.is_some()).collect();
        for entry in sent.iter_mut().filter(|entry| entry.url.is_none() && entry.file_id.is_none()) {
            let same =
                |other: &&Self| (&other.title, &other.kind, &other.dated) == (&entry.title, &entry.kind, &entry.dated);
            if let Some(at) = present.iter().position(same) {
                entry.file_id = present.remove(at).file_id;
            }
        }
    }

    /// Checks the entries of a list at `pointer`: at most 100, each with a title and at most one address.
    pub fn check(list: &[Self], pointer: &str, faults: &mut Faults) {
        faults.items(pointer, list.len(), 100);
        for (n, entry) in list.iter().take(100).enumerate() {
            faults.text(&format!("{pointer}/{n}/title"), &entry.title, 500);
            faults.url(&format!("{pointer}/{n}/url"), entry.url.as_ref());
            faults.opt_text(&format!("{pointer}/{n}/kind"), entry.kind.as_ref(), 200);
            if entry.url.is_some() && entry.file_id.is_some() {
                let fields = vec![("fields", "url, file_id".to_owned())];
                faults.add_with(format!("{pointer}/{n}"), "at_most_one_of", fields);
            }
        }
    }
}
