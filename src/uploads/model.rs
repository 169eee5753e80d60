//! Uploaded files, and the records that cite them.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{CommissionId, FileId, InstitutionId, UserId};

/// An uploaded file; its bytes are at `GET /files/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct StoredFile {
    /// The file's id.
    pub id: FileId,
    /// Its name, as it was uploaded.
    #[schema(examples("acta-firmada.pdf"))]
    pub name: String,
    /// Its media type, determined from the content.
    #[schema(examples("application/pdf"))]
    pub media_type: String,
    /// Its size in bytes.
    #[schema(examples(48213))]
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
    /// The person who uploaded it.
    pub uploaded_by: UserId,
    /// When it was uploaded.
    pub created_at: Instant,
}

/// The data of a citing record that decide about reading it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Citation {
    /// `meeting`, `commitment` or `activity`.
    pub kind: &'static str,
    pub id: Uuid,
    pub country: String,
    pub restricted: bool,
    pub commissions: Vec<CommissionId>,
    /// The institutions that it names.
    pub institutions: Vec<InstitutionId>,
}

impl RestrictedContent for Citation {
    fn restricted(&self, found: &mut RestrictedRecords) {
        if self.restricted {
            found.add(self.kind, self.id, &self.country);
        }
    }
}
