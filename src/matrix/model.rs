//! The report of an import of a matrix, row by row and cell by cell; the import as it is stored, with its effects for an
//! undo.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::questions::{MatrixQuestion, Question};
use super::understood::{LeftOutPlace, UnderstoodRow, UnderstoodSheet};
use crate::clock::Instant;
use crate::commitments::{Commitment, Progress};
use crate::datasets::KindCounts;
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, ImportId, MeetingId, UpdateId, UserId};
use crate::error::Fault;
use crate::http::{ProblemFault, describe};
use crate::i18n::Lang;

/// The maximum number of faults in a report; one more states that there are more.
pub(super) const MOST_FAULTS: usize = crate::http::MOST_FAULTS - 1;

crate::text_enum! {
    /// The outcome of a row.
    RowOutcome {
        Created = "created",
        Changed = "changed",
        Unchanged = "unchanged",
        Rejected = "rejected",
    }
}

/// A cell that differs from the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellChange {
    /// The place of the cell in the sheet.
    #[schema(examples("G12"))]
    pub cell: String,
    /// The heading of its column in the sheet.
    #[schema(examples("Plazo"))]
    pub heading: String,
    /// The value on record; null if there is none.
    #[schema(examples("2023-Q2"))]
    pub before: Option<String>,
    /// The value of the cell, as it was understood.
    #[schema(examples("2023-Q3"))]
    pub after: Option<String>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowReport {
    /// The sheet.
    #[schema(examples("Matriz"))]
    pub sheet: String,
    /// The number of the row, as the spreadsheet shows it.
    #[schema(examples(12))]
    pub row: u32,
    /// The outcome of the row.
    #[schema(examples("changed"))]
    pub outcome: RowOutcome,
    /// The code of its commitment; null if it has none yet.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: Option<String>,
    /// The cells that create or change a value.
    pub cells: Vec<CellChange>,
    /// The values of the row, as they were understood.
    pub understood: UnderstoodRow,
}

/// The number of rows by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowCounts {
    /// Rows whose commitment is created.
    #[schema(examples(120))]
    pub created: u32,
    /// Rows that change a commitment.
    #[schema(examples(4))]
    pub changed: u32,
    /// Rows that change nothing.
    #[schema(examples(31))]
    pub unchanged: u32,
    /// Rows with faults; then nothing is written.
    #[schema(examples(0))]
    pub rejected: u32,
}

impl RowCounts {
    pub fn of(rows: &[RowReport]) -> Self {
        let count = |wanted| u32::try_from(rows.iter().filter(|row| row.outcome == wanted).count()).unwrap_or(u32::MAX);
        Self {
            created: count(RowOutcome::Created),
            changed: count(RowOutcome::Changed),
            unchanged: count(RowOutcome::Unchanged),
            rejected: count(RowOutcome::Rejected),
        }
    }
}

/// The result of the import of a matrix, or of its dry run.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct MatrixReport {
    /// True for a dry run, which writes nothing.
    #[schema(examples(true))]
    pub dry_run: bool,
    /// The import, which can be undone; null for a dry run, and if there was nothing to write.
    pub import_id: Option<ImportId>,
    /// The number of rows by outcome.
    pub totals: RowCounts,
    /// The number of records by kind and outcome, as in the import of a dataset.
    #[schema(value_type = Object, example = json!({"commitment": {"created": 12, "updated": 0, "unchanged": 3, "rejected": 0}}))]
    pub counts: KindCounts,
    /// Every row, in the order of the file; with very many faults, only the first rows.
    pub rows: Vec<RowReport>,
    /// Every fault, with sheet, row and column; of very many the first, and `more_faults`. An import with faults that is
    /// not a dry run is refused (422) and writes nothing.
    pub errors: Vec<ProblemFault>,
    /// The sheets that are matrices: the meaning of their columns, and what was left out.
    pub sheets: Vec<UnderstoodSheet>,
    /// Sheets that were left out, and why.
    pub left_out: Vec<LeftOutPlace>,
    /// Questions about cells with more than one meaning. An import is refused as long as one has no answer in `answers`.
    pub questions: Vec<MatrixQuestion>,
    /// The questions that were answered.
    #[serde(skip)]
    pub answered: Vec<MatrixQuestion>,
    /// Remarks on the file as a whole, such as an old encoding.
    pub notes: Vec<ProblemFault>,
    /// Sheets without the headings of a matrix, which were ignored.
    #[schema(examples(json!(["Listas"])))]
    pub skipped_sheets: Vec<String>,
    /// Unknown headings with their places; their columns were ignored.
    #[schema(examples(json!(["Matriz!N3 Presupuesto"])))]
    pub skipped_columns: Vec<String>,
    #[serde(skip)]
    pub faults: Vec<Fault>,
    #[serde(skip)]
    pub(super) asked: Vec<Question>,
    /// The questions that the sender has answered.
    #[serde(skip)]
    pub(super) answered_questions: Vec<Question>,
    #[serde(skip)]
    pub(super) remarks: Vec<Fault>,
}

impl MatrixReport {
    /// Adds the faults in words.
    pub fn in_language(mut self, lang: Lang) -> Self {
        self.errors = self.faults.iter().map(|fault| describe(fault, lang)).collect();
        self.notes = self.remarks.iter().map(|fault| describe(fault, lang)).collect();
        self.questions = self.asked.iter().map(|question| question.in_language(lang)).collect();
        self.answered = self.answered_questions.iter().map(|question| question.in_language(lang)).collect();
        self
    }
}

// A dry run shows values before and after, of rows that the caller may write. It makes no entry in the audit log
// (decision 22).
crate::nothing_restricted!(MatrixReport);

/// A stored import of a follow-up matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MatrixImport {
    /// The id of the import.
    pub id: ImportId,
    /// The country of its records.
    #[schema(examples("PE"))]
    pub country_code: String,
    /// The commission of rows that name none.
    pub commission_id: Option<CommissionId>,
    /// The name of the file.
    #[schema(examples("matriz-cigtpe.xlsx"))]
    pub file_name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
    /// The number of rows by outcome.
    pub totals: RowCounts,
    /// The person who imported it; null for the command line.
    pub imported_by: Option<UserId>,
    /// The moment of the import.
    pub created_at: Instant,
    /// The person who undid it.
    pub undone_by: Option<UserId>,
    /// The moment of the undo; null if it was not undone.
    pub undone_at: Option<Instant>,
}

/// The effect of an import on one record. Stored as JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Effect {
    /// A session was created.
    Meeting {
        id: MeetingId,
    },
    /// An agreement was created.
    Agreement {
        id: AgreementId,
    },
    Commitment(CommitmentEffect),
}

/// The effect of an import on a commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CommitmentEffect {
    pub id: CommitmentId,
    pub code: String,
    pub created: bool,
    /// Its fields before the change, if they changed.
    pub before: Option<Value>,
    /// Parts that were added.
    pub added: Vec<AssignmentId>,
    /// The number of parts that were created with it or added.
    #[serde(skip)]
    pub assigned: usize,
    /// The own terms of parts before the change.
    #[serde(default)]
    pub terms: Vec<TermEffect>,
    pub parts: Vec<PartEffect>,
    /// The number of its events at the end of the import.
    pub events: i32,
    /// The number that a list outside the program gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The text of the column "N°" in its first row. It identifies the commitment in this file only.
    #[serde(default, alias = "row_number", skip_serializing_if = "Option::is_none")]
    pub number_in_file: Option<String>,
}

/// The reports on a part, and its progress before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct PartEffect {
    pub assignment_id: AssignmentId,
    pub updates: Vec<UpdateId>,
    pub before: Progress,
}

/// The own term of a part before it was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TermEffect {
    pub assignment_id: AssignmentId,
    pub due: Option<String>,
}

impl Effect {
    pub(super) fn commitment(&self) -> Option<&CommitmentEffect> {
        match self {
            Self::Commitment(one) => Some(one),
            Self::Meeting { .. } | Self::Agreement { .. } => None,
        }
    }
}

impl CommitmentEffect {
    /// Returns an effect without changes.
    pub(super) fn of(commitment: &Commitment) -> Self {
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
            number: None,
            number_in_file: None,
        }
    }

    /// Returns the reports of all parts.
    pub(super) fn updates(&self) -> Vec<UpdateId> {
        self.parts.iter().flat_map(|part| part.updates.iter().copied()).collect()
    }
}

crate::nothing_restricted!(MatrixImport);
