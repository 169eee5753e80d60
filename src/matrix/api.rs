//! `POST /imports`, the imports that were done, and `/follow-up-matrix`.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Path, Payload, block};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::actions::{Matrices, Target, import_matrices, read_matrices, refused_matrices};
use super::effects::MatrixImport;
use super::report::MatrixReport;
use super::writer::{Matrix, matrix_csv, matrix_workbook};
use super::{store, undo};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{CommitmentFilter, Status};
use crate::datasets::{Dataset, ImportReport, import_body, permit_any_import};
use crate::db::{CommissionId, Db, ImportId, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Page, Paging, Query, Remembered, Upload, file_body, place};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::Separator;
use crate::uploads::clean_name;

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(import).service(list).service(show).service(take_back).service(show_matrix);
}

/// The bytes of a file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileBytes(#[expect(dead_code, reason = "describes an answer in the OpenAPI document")] Vec<u8>);

/// A follow-up matrix, as a form sends it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub struct MatrixFile {
    /// The matrix, `.xlsx` or `.csv`, at most 25 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream", example = "matriz.xlsx")]
    file: Vec<u8>,
}

/// How a dataset or a matrix is taken in.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Only try: answer what would happen and write nothing.
    #[serde(default)]
    #[param(example = false)]
    dry_run: bool,
    /// For a matrix: its country, two capital letters. Needed unless `commission_id` says it.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// For a matrix: the commission of rows that name none.
    commission_id: Option<CommissionId>,
    /// For a matrix: what the file is called, where the request does not say so itself.
    #[param(example = "matriz-cigtpe.xlsx")]
    file_name: Option<String>,
}

/// What an import did, or would do: of a dataset or of a matrix.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the answer in the OpenAPI document")]
pub enum Imported {
    Dataset(ImportReport),
    Matrix(MatrixReport),
}

/// Import a dataset or a follow-up matrix
///
/// **A dataset** is one JSON document of one country, up to 25 MiB. Records are identified by their keys: an existing
/// record is changed when it differs, and otherwise left as it is. The import acts with the caller's rights. Unless the
/// caller is an admin, values of institutions without a country or of another country, and reviews of reports, are left
/// aside and listed under `notes`.
///
/// **A follow-up matrix** is an `.xlsx` or `.csv` file, sent as it is or as the part `file` of a form, with the
/// headings that secretariats use (N°, Código, Comisión, Sesión, Fecha de la sesión, Acuerdo, Compromiso,
/// Responsable(s), Plazo, Fecha límite, Estado, % Avance, Medio de verificación, Observaciones). A dry run reports
/// every row and every cell that would change, with all faults. A cell that is not understood is a fault with sheet,
/// row and column; the program never guesses. Up to 20,000 rows, headings not counted. A part that the matrix states as
/// done becomes a report of the caller that awaits review.
///
/// All or nothing; every fault is told at once, with its place and what stands there; of more than 1,000 the first.
///
/// Permissions: a dataset: admin; coordinator of its country (the country itself is entered by an admin). A matrix: who
/// may write for its commission; with `country_code` alone, admin and coordinator.
#[utoipa::path(
    tag = "exchange",
    params(
        ImportQuery,
        (
            "Idempotency-Key" = Option<String>,
            Header,
            description = "Repeats give the first answer again (24 hours); a dry run does not count.",
            example = "f6a1f0f2-4a0e-4f5b-8a57-6b1f3f0c1d2e",
        ),
    ),
    request_body(content(
        (Dataset = "application/json"),
        (MatrixFile = "multipart/form-data"),
        (String = "text/csv"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "What was done, or would be", body = Imported),
        (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/imports")]
pub async fn import(
    caller: Caller,
    lang: Lang,
    request: HttpRequest,
    query: Query<ImportQuery>,
    payload: Payload,
) -> Result<HttpResponse> {
    caller.check_untagged()?;
    caller.count(&caller.state.limits.imports)?;
    let is_dataset = Upload::is_document(&request);
    caller.read(move |_, actor| permit_any_import(actor, is_dataset)).await?;
    let upload = Upload::receive(&request, payload).await?;
    let _place = place(&caller.state.imports).await?;
    let Query(ImportQuery { dry_run, country_code, commission_id, file_name }) = query;
    let target = Target { country: country_code, commission: commission_id };
    // A dry run creates nothing, so that a repeated request needs no stored response.
    let stored = if dry_run { None } else { caller.repeatable(|| upload.sent_with(request.query_string())) };
    match upload {
        Upload::Document(_) if target.is_stated() => Err(Error::bad_query("unknown", "country_code, commission_id")),
        Upload::Document(raw) => import_body(caller, stored, lang, raw, dry_run).await,
        Upload::File { name, bytes } => {
            let name = clean_name(&file_name.or(name).unwrap_or_default());
            let asked = target.clone();
            caller.read(move |conn, actor| asked.permitted(conn, actor).map(|_| ())).await?;
            let matrices = Arc::new(block(move || read_matrices(&bytes, &name)).await.map_err(Error::internal)??);
            if dry_run {
                try_matrix(caller, lang, matrices, target).await
            } else {
                import_matrix(caller, stored, lang, matrices, target).await
            }
        }
    }
}

async fn import_matrix(
    caller: Caller,
    stored: Option<Remembered>,
    lang: Lang,
    matrices: Arc<Matrices>,
    target: Target,
) -> Result<HttpResponse> {
    let import = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = import_matrices(tx, actor, (&matrices, &target), false, &|_, _| {})?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(report.told_in(lang))
    };
    caller.act_once(stored, import).await
}

/// Tries a matrix. Most matrices that are tried have faults that reading alone finds.
async fn try_matrix(caller: Caller, lang: Lang, matrices: Arc<Matrices>, target: Target) -> Result<HttpResponse> {
    let now = caller.state.now();
    let caller = caller.on_snapshot();
    let asked = (Arc::clone(&matrices), target.clone());
    let refused = move |conn: &mut Db, actor: &Actor| refused_matrices(conn, actor, (&asked.0, &asked.1), now);
    if let Some(report) = caller.read(refused).await? {
        return caller.calculate(move |_, _| Ok(report.told_in(lang))).await;
    }
    let tried = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = import_matrices(tx, actor, (&matrices, &target), true, &|_, _| {})?;
        Ok(report.told_in(lang))
    };
    caller.try_out(tried).await
}

/// Which imports are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Of this country alone, two capital letters.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List imports of matrices
///
/// The newest first: who brought what in, when, and whether it was undone.
///
/// Permissions: admins all; coordinators those of the country; everybody the own ones.
#[utoipa::path(
    tag = "exchange",
    operation_id = "list_imports",
    params(ListQuery),
    responses((status = 200, description = "One page", body = Page<MatrixImport>))
)]
#[get("/api/v1/imports")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(ListQuery { country_code, limit, cursor }) = query;
    let paging: Paging<ImportId> = Paging::read(limit, cursor.as_deref())?;
    caller.list(move |conn, actor| store::list(conn, (&Visibility::of(actor), actor.id), country_code, &paging)).await
}

/// Show an import of a matrix
///
/// Permissions: admins; the country's coordinator; who brought it in.
#[utoipa::path(
    tag = "exchange",
    operation_id = "show_import",
    responses((status = 200, description = "The import", body = MatrixImport))
)]
#[get("/api/v1/imports/{id}")]
pub async fn show(caller: Caller, id: Path<ImportId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| store::find(conn, (&Visibility::of(actor), actor.id), *id)).await
}

/// Undo an import of a matrix
///
/// What it entered is removed and what it changed is put back, all or nothing; history and audit log tell of both.
/// 409 `import_built_upon` when any of it was changed, reported on or named since, 409 `import_undone` the second time.
///
/// Permissions: admins; the country's coordinator; who brought it in, as long as that person may write the records.
#[utoipa::path(
    tag = "exchange",
    operation_id = "undo_import",
    responses(
        (status = 200, description = "The import, undone", body = MatrixImport),
        (status = 409, description = "Undone already, or built upon", body = crate::http::Problem),
    )
)]
#[post("/api/v1/imports/{id}/undo")]
pub async fn take_back(caller: Caller, id: Path<ImportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find(tx.conn, (&Visibility::of(actor), actor.id), id);
    caller.act(load, move |tx, actor| undo::undo(tx, actor, id)).await
}

crate::text_enum! {
    /// What the matrix can be had as.
    MatrixFormat { Xlsx = "xlsx", Csv = "csv" }
}

/// Which matrix is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MatrixParameters {
    /// Only commitments of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only commitments that this commission follows.
    commission_id: Option<CommissionId>,
    /// Only those of this status.
    #[param(inline, example = "in_progress")]
    status: Option<Status>,
    /// `xlsx` (the default) or `csv`.
    #[param(inline, example = "xlsx")]
    format: Option<MatrixFormat>,
    /// What stands between the cells of a CSV: `comma` (the default), or `semicolon`, which Excel in Spanish expects.
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
/// The table that secretariats keep: a row for each commitment and group of institutions that stand alike, soonest term
/// first. In Spanish (`Accept-Language: es`, the default) it has the headings that `POST /imports` reads.
///
/// Permissions: anyone signed in, of the commitments that they may know.
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
    let media_type = if format == MatrixFormat::Xlsx { XLSX } else { CSV };
    let size = file.metadata().map_err(Error::internal)?.len();
    let name = format!("attachment; filename=\"articula-follow-up-matrix.{format}\"");
    let mut response = HttpResponse::Ok();
    response.content_type(media_type).insert_header((header::CONTENT_DISPOSITION, name));
    Ok(response.body(file_body(file, size)))
}
