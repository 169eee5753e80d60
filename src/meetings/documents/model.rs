//! What a paper of a session is.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{FileId, MeetingDocumentId, MeetingId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// What a paper is.
    MeetingDocumentKind {
        SignedMinutes = "signed_minutes",
        Annex = "annex",
        Addendum = "addendum",
        Proceedings = "proceedings",
        Other = "other",
    }
}

/// What a paper of a session is made of: an uploaded file, or an address where it is found.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MeetingDocumentInput {
    /// What it is called.
    #[schema(examples("Acta de la III sesión ordinaria de la CIGTPE"), max_length = 500)]
    pub title: String,
    /// What it is.
    #[schema(examples("signed_minutes"))]
    pub kind: MeetingDocumentKind,
    /// A file that the caller uploaded. Exactly one of this and `url`.
    #[deserr(default)]
    pub file_id: Option<FileId>,
    /// Where it is found. Exactly one of this and `file_id`.
    #[deserr(default)]
    #[schema(examples("https://lc.cx/YusnbE"), max_length = 2000)]
    pub url: Option<String>,
    /// The date that it bears.
    #[deserr(default)]
    #[schema(examples("2023-03"))]
    pub dated: Option<PartialDate>,
}

impl Input for MeetingDocumentInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        if self.file_id.is_some() == self.url.is_some() {
            faults.add_with("/url", "one_of", vec![("fields", "file_id, url".into())]);
        }
        faults.url("/url", self.url.as_ref());
    }
}

/// A paper of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingDocument {
    /// The paper's id.
    pub id: MeetingDocumentId,
    /// Its session.
    pub meeting_id: MeetingId,
    #[serde(flatten)]
    pub fields: MeetingDocumentInput,
    /// The first day that `dated` can mean.
    #[schema(examples("2023-03-01"))]
    pub dated_from: Option<NaiveDate>,
    /// The last day that `dated` can mean.
    #[schema(examples("2023-03-31"))]
    pub dated_to: Option<NaiveDate>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl MeetingDocument {
    pub fn input(&self) -> MeetingDocumentInput {
        self.fields.clone()
    }
}
