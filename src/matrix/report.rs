//! What an import of a matrix did, or would do, row by row and cell by cell.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::datasets::KindCounts;
use crate::db::ImportId;
use crate::error::Fault;
use crate::http::{ProblemFault, describe};
use crate::i18n::Lang;

/// As many faults are told at once; one more says that there are more.
pub const MOST_FAULTS: usize = crate::http::MOST_FAULTS - 1;

crate::text_enum! {
    /// What becomes of a row.
    RowOutcome {
        Created = "created",
        Changed = "changed",
        Unchanged = "unchanged",
        Rejected = "rejected",
    }
}

/// One cell that differs from what is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellChange {
    /// Its place in the sheet.
    #[schema(examples("G12"))]
    pub cell: String,
    /// The heading of its column, as the sheet has it.
    #[schema(examples("Plazo"))]
    pub heading: String,
    /// What is on record; null where nothing is.
    #[schema(examples("2023-Q2"))]
    pub before: Option<String>,
    /// What the cell says, as it was understood.
    #[schema(examples("2023-Q3"))]
    pub after: Option<String>,
}

/// One row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowReport {
    /// Its sheet.
    #[schema(examples("Matriz"))]
    pub sheet: String,
    /// Its number, as the spreadsheet shows it.
    #[schema(examples(12))]
    pub row: u32,
    /// What becomes of it.
    #[schema(examples("changed"))]
    pub outcome: RowOutcome,
    /// The code of its commitment; null while it has none.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: Option<String>,
    /// The cells that are entered or changed.
    pub cells: Vec<CellChange>,
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowCounts {
    /// Entered anew.
    #[schema(examples(120))]
    pub created: u32,
    /// Changed, because the sheet says something else.
    #[schema(examples(4))]
    pub changed: u32,
    /// Left alone.
    #[schema(examples(31))]
    pub unchanged: u32,
    /// Not understood; then nothing is written.
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

/// What the import of a matrix did, or would do.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct MatrixReport {
    /// Nothing was written: it was only tried.
    #[schema(examples(true))]
    pub dry_run: bool,
    /// The import, which can be undone; null for a dry run, and where nothing was to be written.
    pub import_id: Option<ImportId>,
    /// Rows by what becomes of them.
    pub totals: RowCounts,
    /// By kind of record, as the import of a dataset counts them.
    #[schema(value_type = Object, example = json!({"commitment": {"created": 12, "updated": 0, "unchanged": 3, "rejected": 0}}))]
    pub counts: KindCounts,
    /// Every row, in the order of the file; with very many faults those up to where they were enough.
    pub rows: Vec<RowReport>,
    /// Every fault, with sheet, row and column; of very many the first, and `more_faults`. A real import with any is
    /// refused (422) and writes nothing.
    pub errors: Vec<ProblemFault>,
    /// Sheets without the headings of a matrix, which were left alone.
    #[schema(examples(json!(["Listas"])))]
    pub skipped_sheets: Vec<String>,
    /// Headings that a matrix does not have, with their places; what stands below them was left alone.
    #[schema(examples(json!(["Matriz!N3 Presupuesto"])))]
    pub skipped_columns: Vec<String>,
    #[serde(skip)]
    pub faults: Vec<Fault>,
}

impl MatrixReport {
    /// With its faults in words.
    pub fn told_in(mut self, lang: Lang) -> Self {
        self.errors = self.faults.iter().map(|fault| describe(fault, lang)).collect();
        self
    }
}

// A dry run shows values before and after, of rows that the caller may write. It makes no entry in the audit log
// (decision 22).
crate::nothing_restricted!(MatrixReport);
