//! The result of the import of a matrix.

use serde::Serialize;
use utoipa::ToSchema;

use super::state::DutyState;
use super::values::FieldValues;
use crate::dates::PartialDate;
use crate::db::{DutyId, InstitutionId};
use crate::error::Fault;
use crate::http::{ProblemFault, describe};
use crate::i18n::Lang;

crate::text_enum! {
    /// The outcome of an imported report.
    ImportedOutcome {
        /// The first report on the period.
        Created = "created",
        /// A correction of the report on the period.
        Corrected = "corrected",
    }
}

/// A report that an import sends.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct ImportedReport {
    /// The sheet.
    #[schema(examples("Datos"))]
    pub sheet: String,
    /// The first cell that states the report.
    #[schema(examples("C7"))]
    pub cell: String,
    /// The institution.
    pub institution_id: InstitutionId,
    /// The period.
    pub period: PartialDate,
    /// The first report on the period, or a correction.
    #[schema(examples("created"))]
    pub outcome: ImportedOutcome,
    /// The state of the period with this report.
    #[schema(examples("zero"))]
    pub state: DutyState,
    /// The values by field; null for a field that is not known.
    pub values: FieldValues,
    /// The report in words.
    #[schema(examples("Se realizaron doce inspecciones en tres provincias."))]
    pub narrative: Option<String>,
    /// True when there is nothing to report on the period.
    #[schema(examples(false))]
    pub nothing_to_report: bool,
}

/// The result of the import of a matrix, or of its dry run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DutyImport {
    /// The duty.
    pub duty_id: DutyId,
    /// True for a dry run, which writes nothing.
    #[schema(examples(true))]
    pub dry_run: bool,
    /// The number of first reports.
    #[schema(examples(12))]
    pub created: u32,
    /// The number of corrections.
    #[schema(examples(2))]
    pub corrected: u32,
    /// The number of reports that the file states as they are.
    #[schema(examples(31))]
    pub unchanged: u32,
    /// The reports that are sent, in the order of the file.
    pub reports: Vec<ImportedReport>,
    /// Every fault with its sheet and cell. An import with faults that is not a dry run is refused (422) and writes
    /// nothing.
    pub errors: Vec<ProblemFault>,
    #[serde(skip)]
    pub faults: Vec<Fault>,
}

impl DutyImport {
    /// Adds the faults in words.
    pub(crate) fn in_language(mut self, lang: Lang) -> Self {
        self.errors = self.faults.iter().map(|fault| describe(fault, lang)).collect();
        self
    }
}

// A dry run shows values of reports that the caller may write. It makes no entry in the audit log (decision 22).
crate::nothing_restricted!(DutyImport);
