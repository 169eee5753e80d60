//! What an import did to the records, as it is kept so that it can be undone.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::report::RowCounts;
use crate::clock::Instant;
use crate::commitments::{Commitment, Progress};
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, ImportId, MeetingId, UpdateId, UserId};

/// An import of a follow-up matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MatrixImport {
    /// The import's id.
    pub id: ImportId,
    /// The country of its records.
    #[schema(examples("PE"))]
    pub country_code: String,
    /// The commission of rows that name none.
    pub commission_id: Option<CommissionId>,
    /// What the file was called.
    #[schema(examples("matriz-cigtpe.xlsx"))]
    pub file_name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
    /// Rows by what became of them.
    pub totals: RowCounts,
    /// Who brought it in; null for the program itself.
    pub imported_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// Who undid it.
    pub undone_by: Option<UserId>,
    /// When it was undone; null while it stands.
    pub undone_at: Option<Instant>,
}

/// What was done to one record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A session was entered.
    Meeting {
        id: MeetingId,
    },
    /// An agreement was entered.
    Agreement {
        id: AgreementId,
    },
    Commitment(CommitmentEffect),
}

/// What was done to a commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommitmentEffect {
    pub id: CommitmentId,
    pub code: String,
    pub created: bool,
    /// Its fields before they were changed.
    pub before: Option<Value>,
    /// Parts that it lacked before.
    pub added: Vec<AssignmentId>,
    /// Parts that it was given, entered with it or added.
    #[serde(skip)]
    pub assigned: usize,
    /// Terms of their own that parts had before.
    #[serde(default)]
    pub terms: Vec<TermEffect>,
    pub parts: Vec<PartEffect>,
    /// How much had happened to it when the import was done.
    pub events: i32,
}

/// What was reported of a part, and how it stood before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartEffect {
    pub assignment_id: AssignmentId,
    pub updates: Vec<UpdateId>,
    pub before: Progress,
}

/// The term of its own that a part had before it was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TermEffect {
    pub assignment_id: AssignmentId,
    pub due: Option<String>,
}

impl CommitmentEffect {
    /// Nothing yet.
    pub fn of(commitment: &Commitment) -> Self {
        Self {
            id: commitment.id,
            code: commitment.code.clone(),
            created: false,
            before: None,
            added: Vec::new(),
            assigned: 0,
            terms: Vec::new(),
            parts: Vec::new(),
            events: 0,
        }
    }

    /// Every report that it brought.
    pub fn updates(&self) -> Vec<UpdateId> {
        self.parts.iter().flat_map(|part| part.updates.iter().copied()).collect()
    }
}

crate::nothing_restricted!(MatrixImport);
