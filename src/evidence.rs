//! Means of verification: proof that something was done. Activities and progress on commitments cite them. Attachments
//! are the documents of an agreement or a commitment itself.

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
        let (dated_from, dated_to) = PartialDate::bounds(self.dated.as_ref());
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

/// A document attached to a record: an uploaded file, or the address of the document.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Attachment {
    /// Title of the document.
    #[schema(examples("Resolución que crea la mesa"), max_length = 500)]
    pub title: String,
    /// A file that the caller uploaded. Exactly one of this and `url`.
    #[deserr(default)]
    pub file_id: Option<FileId>,
    /// Address of the document on the web. Exactly one of this and `file_id`.
    #[deserr(default)]
    #[schema(examples("https://lc.cx/YusnbE"), max_length = 2000)]
    pub url: Option<String>,
}

impl Attachment {
    /// Checks the entries of a list at `pointer`: at most 100, each with a title and exactly one of file and address.
    pub fn check(list: &[Self], pointer: &str, faults: &mut Faults) {
        faults.items(pointer, list.len(), 100);
        for (n, entry) in list.iter().take(100).enumerate() {
            faults.text(&format!("{pointer}/{n}/title"), &entry.title, 500);
            faults.url(&format!("{pointer}/{n}/url"), entry.url.as_ref());
            if entry.url.is_some() == entry.file_id.is_some() {
                faults.add_with(format!("{pointer}/{n}"), "one_of", vec![("fields", "file_id, url".to_owned())]);
            }
        }
    }

    /// Keeps the uploaded files of a record in the list of a dataset, which has addresses alone. The present order stays
    /// when the addresses are the same.
    pub fn keep_files(sent: &mut Vec<Self>, present: &[Self]) {
        if present.iter().filter(|entry| entry.file_id.is_none()).eq(sent.iter()) {
            *sent = present.to_vec();
        } else {
            sent.extend(present.iter().filter(|entry| entry.file_id.is_some()).cloned());
        }
    }
}
