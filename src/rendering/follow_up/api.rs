//! `/follow-up-matrix`.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::matrix::{Matrix, matrix_csv, matrix_workbook};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{CommitmentFilter, Status};
use crate::db::{CommissionId, Db};
use crate::error::Result;
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::{self, FileBytes, Separator, send_file};

/// Registers the route of the matrix.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show_matrix);
}

crate::text_enum! {
    /// A format of the matrix.
    MatrixFormat { Xlsx = "xlsx", Csv = "csv" }
}

/// The query of the matrix.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MatrixParameters {
    /// Only commitments of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only commitments that this commission follows.
    commission_id: Option<CommissionId>,
    /// Only commitments of this status.
    #[param(inline, example = "in_progress")]
    status: Option<Status>,
    /// `xlsx` (the default) or `csv`.
    #[param(inline, example = "xlsx")]
    format: Option<MatrixFormat>,
    /// The separator of the cells of a CSV: `comma` (the default), or `semicolon`, which Excel in Spanish expects.
    #[param(inline, example = "semicolon")]
    separator: Option<Separator>,
}

impl MatrixParameters {
    fn matrix(self, visibility: Visibility, lang: Lang, now: Instant) -> Matrix {
        let filter = CommitmentFilter {
            country_code: self.country_code,
            commission_id: self.commission_id,
            status: self.status.into_iter().collect(),
            ..CommitmentFilter::default()
        };
        Matrix { filter, visibility, lang, now }
    }
}

/// The follow-up matrix
///
/// The table that secretariats keep: one row for each commitment and group of institutions in the same state, in the
/// order of their terms. In Spanish (`Accept-Language: es`, the default) it has the headings that `POST /imports` reads.
///
/// Permissions: anyone signed in; the commitments that the caller may know.
#[utoipa::path(tag = "commitments", params(MatrixParameters), responses((status = 200, description = "The matrix", content(
    (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/follow-up-matrix")]
pub async fn show_matrix(caller: Caller, lang: Lang, query: Query<MatrixParameters>) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (Query(sent), now) = (query, caller.state.now());
    let format = sent.format.unwrap_or(MatrixFormat::Xlsx);
    let separator = sent.separator.unwrap_or(Separator::Comma);
    let caller = caller.on_snapshot().exporting("follow_up_matrix", sent.country_code.as_deref());
    let write = move |conn: &mut Db, actor: &Actor| {
        let matrix = sent.matrix(Visibility::of(actor), lang, now);
        match format {
            MatrixFormat::Xlsx => matrix_workbook(conn, &matrix),
            MatrixFormat::Csv => matrix_csv(conn, &matrix, separator),
        }
    };
    let (file, _) = caller.read(write).await?;
    let media_type = if format == MatrixFormat::Xlsx { rendering::XLSX } else { rendering::CSV };
    send_file(file, media_type, &format!("articula-follow-up-matrix.{format}"))
}
