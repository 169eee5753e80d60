//! The content of a file as it was understood: sheets, columns, and the values of each row. `understanding` fills them in.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::columns::Column;
use crate::commitments::{AssignmentRole, Status};
use crate::dates::PartialDate;
use crate::db::{AgreementId, CommissionId, InstitutionId, MeetingId};
use crate::spreadsheets::{LeftOut, LeftOutKind, LeftOutReason};

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnderstoodColumn {
    /// Its letters.
    #[schema(examples("D"))]
    pub column: String,
    /// Its heading; one of several rows with `/` between them.
    #[schema(examples("Plazo / Término"))]
    pub heading: String,
    /// The content of the column; null if it is not read.
    #[serde(rename = "as")]
    #[schema(inline, examples("due"))]
    pub named: Option<Column>,
    /// Its first different values.
    #[schema(examples(json!(["30/06/2027", "II trimestre 2027"])))]
    pub examples: Vec<String>,
    /// The choice of the person who imports.
    #[serde(skip)]
    pub(super) choice: Option<ColumnChoice>,
}

/// A person's choice for a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ColumnChoice {
    /// Its content; `None` if it is not read.
    pub column: Option<Column>,
    /// The name of the column among the choices that are remembered from an earlier import, if it is one of them.
    pub remembered: Option<String>,
}

/// Something in the file that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftOutPlace {
    /// Its kind.
    #[schema(examples("column"))]
    pub what: LeftOutKind,
    /// Its place: a sheet, or a column, row or cell of it.
    #[serde(rename = "where")]
    #[schema(examples("Matriz!D"))]
    pub place: String,
    /// The reason.
    #[schema(examples("empty_heading"))]
    pub why: LeftOutReason,
    /// The beginning of its text.
    #[schema(examples("Nota: los plazos son referenciales"))]
    pub text: Option<String>,
    /// The first different values of a column.
    #[schema(examples(json!(["Alta", "Media"])))]
    pub examples: Vec<String>,
    /// The column that is read instead of a column, with its heading.
    #[schema(examples("D (Inicio)"))]
    pub instead: Option<String>,
}

impl From<&LeftOut> for LeftOutPlace {
    fn from(one: &LeftOut) -> Self {
        Self {
            what: one.what,
            place: one.place.clone(),
            why: one.why,
            text: one.text.clone(),
            examples: one.examples.clone(),
            instead: one.instead.clone(),
        }
    }
}

/// A sheet that is a matrix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnderstoodSheet {
    /// Its name.
    #[schema(examples("Matriz"))]
    pub name: String,
    /// The numbers of the rows with its headings.
    #[schema(examples(json!([1, 2])))]
    pub heading_rows: Vec<u32>,
    /// Its columns that have a heading.
    pub columns: Vec<UnderstoodColumn>,
    /// Columns, rows and cells that are not used, and why.
    pub left_out: Vec<LeftOutPlace>,
}

/// An institution that a cell names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnderstoodInstitution {
    /// The place of the cell.
    #[schema(examples("G12"))]
    pub cell: String,
    /// The institution.
    pub id: InstitutionId,
    /// Its name.
    #[schema(examples("Ministerio de Trabajo y Promoción del Empleo"))]
    pub name: String,
    #[serde(skip)]
    pub(super) role: AssignmentRole,
}

/// The values of a row, as they were understood; null for an empty cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnderstoodRow {
    /// The number of the row in the matrix.
    #[schema(examples("12"))]
    pub number: Option<String>,
    /// The text of the commitment.
    #[schema(examples("Elaborar el protocolo de derivación"))]
    pub text: Option<String>,
    /// The notes.
    #[schema(examples("Se realizaron dos talleres"))]
    pub notes: Option<String>,
    /// Its commission.
    pub commission_id: Option<CommissionId>,
    /// Its session; null for one that the import creates.
    pub meeting_id: Option<MeetingId>,
    /// Its agreement; null for one that the import creates.
    pub agreement_id: Option<AgreementId>,
    /// The institutions that it names.
    pub institutions: Vec<UnderstoodInstitution>,
    /// The date of its term; null for a counted term, and without a term.
    #[schema(value_type = Option<String>, examples("2027-Q2"))]
    pub due: Option<PartialDate>,
    /// The first day on which the term may end.
    #[schema(examples("2027-04-01"))]
    pub due_from: Option<NaiveDate>,
    /// The last day of the term.
    #[schema(examples("2027-06-30"))]
    pub due_to: Option<NaiveDate>,
    /// The words of the term.
    #[schema(examples("II trimestre 2027"))]
    pub due_text: Option<String>,
    /// The status that it states; null if it states that the term is over, and without a state.
    #[schema(inline, examples("in_progress"))]
    pub status: Option<Status>,
    /// The percentage.
    #[schema(examples(40))]
    pub percent: Option<i32>,
    /// The means of verification.
    #[schema(examples(json!(["Oficio 12-2027"])))]
    pub evidence: Vec<String>,
}
