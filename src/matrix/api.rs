//! `POST /imports`, the imports that were done, and `/follow-up-matrix`.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::actions::{Matrices, Target, import_matrices, read_chosen, refused_matrices};
use super::annotated::annotated;
use super::choices::Choices;
use super::model::{MatrixImport, MatrixReport};
use super::template::template;
use super::writer::{MatrixQuery, matrix_csv, matrix_workbook};
use super::{store, undo};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::{CommitmentFilter, Status};
use crate::datasets::{Dataset, ImportReport, import_body, require_any_import};
use crate::db::{CommissionId, Db, ImportId, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{Page, Paging, Query, Upload, clean_name, file_body, place};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller};
use crate::rendering::{CSV, FileBytes, Separator, XLSX, send_file};

/// Every route of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(import).service(list).service(show_template).service(show).service(undo_import).service(show_matrix);
}

/// A follow-up matrix in a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub(super) struct MatrixFile {
    /// The matrix, `.xlsx`, `.xlsm`, `.ods`, `.xls` or `.csv`, at most 25 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream", example = "matriz.xlsx")]
    file: Vec<u8>,
    /// The same as the parameter `mapping`.
    #[schema(example = "{\"Matriz!F. Cumplimiento\": \"due\"}")]
    mapping: Option<String>,
    /// The same as the parameter `answers`.
    #[schema(example = "{\"status/suspendido\": \"in_progress\"}")]
    answers: Option<String>,
}

/// The parameters of an import.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ImportQuery {
    /// Only report the changes, and write nothing.
    #[serde(default)]
    #[param(example = false)]
    dry_run: bool,
    /// For a matrix: its country, two capital letters. Required without `commission_id`.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// For a matrix: the commission of rows that name none.
    commission_id: Option<CommissionId>,
    /// For a matrix: the name of the file, if the request does not have it.
    #[param(example = "matriz-cigtpe.xlsx")]
    file_name: Option<String>,
    /// For a matrix: the content of columns, as a JSON object `{"Sheet!Heading or letters": key}`; `null` leaves the column
    /// out. Keys: `number`, `code`, `commission`, `meeting`, `meeting_date`, `agreement`, `text`, `institutions`,
    /// `co_institutions`, `due`, `due_text`, `status`, `percent`, `evidence`, `completed_on`, `notes`. An import with
    /// `commission_id` stores it for the next matrices of the commission.
    #[param(example = "{\"Matriz!F. Cumplimiento\": \"due\", \"Matriz!H\": null}")]
    mapping: Option<String>,
    /// For a matrix: the answers to `questions` of a dry run, as a JSON object `{"id": "key"}`.
    #[param(example = "{\"status/suspendido\": \"in_progress\"}")]
    answers: Option<String>,
    /// For a matrix: reads hidden rows and columns too, which are left out otherwise.
    #[serde(default)]
    #[param(example = false)]
    include_hidden: bool,
    /// For the dry run of a matrix: `json` (the default), or `xlsx`, a copy of the sheets with the faults as notes at their
    /// cells and a list of all faults and questions.
    #[param(inline, example = "json")]
    format: Option<DryRunFormat>,
}

crate::text_enum! {
    /// The format of the answer to a dry run.
    DryRunFormat { Json = "json", Xlsx = "xlsx" }
}

/// The report of an import of a dataset or a matrix.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, clippy::large_enum_variant, reason = "describes the answer in the OpenAPI document")]
pub(super) enum Imported {
    Dataset(ImportReport),
    Matrix(MatrixReport),
}

/// Import a dataset or a follow-up matrix
///
/// **A dataset** is one JSON document of one country, up to 25 MiB. Records are identified by their keys: an existing
/// record is changed if it differs. The import has the caller's rights. Unless the caller is an admin, values of
/// institutions without a country or of another country, and reviews of reports, are skipped and listed under `notes`.
///
/// **A follow-up matrix** is an `.xlsx`, `.xlsm`, `.ods`, `.xls` or `.csv` file, sent as the body or as the part `file` of
/// a form, with the headings that secretariats use (N°, Código, Comisión, Sesión, Fecha de la sesión, Acuerdo, Compromiso,
/// Responsable(s), Plazo, Fecha límite, Estado, % Avance, Medio de verificación, Observaciones). A file has at most
/// 20,000 rows, headings not counted. A dry run returns every row and every cell that would change, all faults, the
/// meaning of each column, the values of each row, and everything that is left out. A cell that is not understood is a
/// fault with sheet, row and column; the program never guesses. If a cell may mean several things, `questions` has the
/// choices. A part that the matrix states as completed becomes a report of the caller that awaits review.
///
/// Everything is imported, or nothing. All faults are reported together, each once with its place, its value and its
/// rows; at most 1,000.
///
/// Permissions: a dataset: admin; coordinator of its country (only an admin creates the country itself). A matrix:
/// those who may write for its commission; with `country_code` alone, admin and coordinator.
#[utoipa::path(
    tag = "imports",
    params(
        ImportQuery,
        (
            "Idempotency-Key" = Option<String>,
            Header,
            description = "A repeated request gets the first answer again (24 hours); not for dry runs.",
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
        (status = 200, description = "The report of the import, or of the dry run", content(
            (Imported = "application/json"),
            (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        )),
        (status = 429, description = "Too many imports in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/imports")]
pub(crate) async fn import(
    caller: Caller,
    lang: Lang,
    request: HttpRequest,
    query: Query<ImportQuery>,
    payload: Payload,
) -> Result<HttpResponse> {
    caller.check_untagged()?;
    caller.count(&caller.state.limits.imports)?;
    let is_dataset = Upload::is_document(&request);
    caller.read(move |_, actor| require_any_import(actor, is_dataset)).await?;
    let upload = Upload::receive(&request, payload).await?;
    let place = place(&caller.state.imports).await?;
    let caller = caller.in_place(place);
    let Query(sent) = query;
    let wants_copy = sent.format == Some(DryRunFormat::Xlsx);
    let (dry_run, target) = (sent.dry_run, Target { country: sent.country_code, commission: sent.commission_id });
    // A dry run creates nothing, so that a repeated request needs no stored response.
    let stored = if dry_run { None } else { caller.repeatable(|| upload.sent_with(request.query_string())) };
    match upload {
        Upload::Document(_) if target.is_stated() => Err(Error::bad_query("unknown", "country_code, commission_id")),
        Upload::Document(_) if wants_copy => Err(Error::bad_value("format", "xlsx")),
        Upload::File { .. } if wants_copy && !dry_run => Err(Error::bad_value("format", "xlsx")),
        Upload::Document(raw) => import_body(caller, stored, lang, raw, dry_run).await,
        Upload::File { name, bytes, parts } => {
            let name = clean_name(&sent.file_name.or(name).unwrap_or_default());
            let part = |name: &str| parts.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
            let mapping = part("mapping").or(sent.mapping.as_deref());
            let answers = part("answers").or(sent.answers.as_deref());
            let hidden = sent.include_hidden || part("include_hidden") == Some("true");
            let choices = Choices { keeps_tables: wants_copy, ..Choices::read(mapping, answers, hidden)? };
            let checked = target.clone();
            let remembered = move |conn: &mut Db, actor: &Actor| {
                checked.require_writable(conn, actor)?;
                checked.with_remembered(conn, choices)
            };
            let choices = caller.read(remembered).await?;
            let matrices = caller.compute(move || read_chosen(&bytes, &name, choices)).await?;
            if dry_run {
                return try_matrix(caller, lang, matrices, target).await;
            }
            let import = move |tx: &mut Tx<'_>, actor: &Actor| {
                let report = import_matrices(tx, actor, &matrices, &target, false, &|_, _| {})?;
                Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
                Ok(report.in_language(lang))
            };
            caller.act_once(stored, import).await
        }
    }
}

/// Runs a dry run. Most matrices have faults that reading alone finds.
async fn try_matrix(caller: Caller, lang: Lang, matrices: Matrices, target: Target) -> Result<HttpResponse> {
    let (now, caller) = (caller.state.now(), caller.on_snapshot());
    let request = Arc::new((matrices, target));
    let read = Arc::clone(&request);
    let refused = move |conn: &mut Db, actor: &Actor| refused_matrices(conn, actor, &read.0, &read.1, now);
    let found = caller.read(refused).await?;
    if !request.0.tables.is_empty() {
        return send_copy(caller, lang, request, found, now).await;
    }
    if let Some(report) = found {
        return caller.calculate(move |_, _| Ok(report.in_language(lang))).await;
    }
    let try_import = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = import_matrices(tx, actor, &request.0, &request.1, true, &|_, _| {})?;
        Ok(report.in_language(lang))
    };
    caller.try_out(try_import).await
}

/// Sends a copy of the sheets with the faults that a dry run found; without a report, of the whole dry run.
async fn send_copy(
    caller: Caller,
    lang: Lang,
    request: Arc<(Matrices, Target)>,
    found: Option<MatrixReport>,
    now: Instant,
) -> Result<HttpResponse> {
    let report = match found {
        Some(report) => report,
        None => {
            let request = Arc::clone(&request);
            let try_import = move |tx: &mut Tx<'_>, actor: &Actor| {
                import_matrices(tx, actor, &request.0, &request.1, true, &|_, _| {})
            };
            // The method of the caller would send the report as JSON.
            (*caller).try_out(try_import).await?
        }
    };
    let write = move || annotated(&request.0.tables, &report.in_language(lang), lang, now);
    send_file(caller.compute(write).await?, XLSX, "articula-matrix-faults.xlsx")
}

/// The commission of a template.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TemplateQuery {
    /// The commission, whose members are offered as responsible institutions.
    pub(super) commission_id: CommissionId,
}

/// Show the matrix to start from
///
/// An empty follow-up matrix with the columns that `POST /imports` reads: lists to choose states and the members of the
/// commission from, and every column explained with an example.
///
/// Permissions: those who may write for the commission.
#[utoipa::path(
    tag = "imports",
    operation_id = "import_template",
    params(TemplateQuery),
    responses((status = 200, description = "The template", content(
        (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    )), (status = 404, description = "No such commission, or one that may not be known to the caller", body = crate::http::Problem, content_type = "application/problem+json"),
    (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json"))
)]
#[get("/api/v1/imports/template")]
pub(crate) async fn show_template(caller: Caller, lang: Lang, query: Query<TemplateQuery>) -> Result<HttpResponse> {
    caller.count(&caller.state.limits.documents)?;
    let (Query(TemplateQuery { commission_id }), now) = (query, caller.state.now());
    let target = Target { country: None, commission: Some(commission_id) };
    let write = move |conn: &mut Db, actor: &Actor| {
        target.require_writable(conn, actor)?;
        template(conn, actor, commission_id, now, lang)
    };
    send_file(caller.read_unshown(write).await?, XLSX, "articula-matrix-template.xlsx")
}

/// The filter and page of a list of imports.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only imports of this country, two capital letters.
    #[param(example = "PE")]
    pub(super) country_code: Option<String>,
    /// The number of items per page, 1 to 200.
    #[param(example = 50)]
    pub(super) limit: Option<i64>,
    /// The `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

/// List imports of matrices
///
/// Lists imports, the newest first, with file, person, moment, and the undo if there was one.
///
/// Permissions: admins see all; coordinators those of the country; everybody the own ones.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_imports",
    params(ListQuery),
    responses((status = 200, description = "One page", body = Page<MatrixImport>))
)]
#[get("/api/v1/imports")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(ListQuery { country_code, limit, cursor, count }) = query;
    let paging: Paging<ImportId> = Paging::read(limit, cursor.as_deref())?.counting(count);
    caller.list(move |conn, actor| store::list(conn, actor, country_code, &paging)).await
}

/// Show an import of a matrix
///
/// Permissions: admins; the country's coordinator; the person who imported it.
#[utoipa::path(
    tag = "imports",
    operation_id = "show_import",
    responses((status = 200, description = "The import", body = MatrixImport))
)]
#[get("/api/v1/imports/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<ImportId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| store::find(conn, actor, *id)).await
}

/// Undo an import of a matrix
///
/// Removes the records that the import created and restores those that it changed, all or nothing. The history and the
/// audit log record both the import and the undo. 409 `import_built_upon` if any of the records was changed, reported on
/// or named since; 409 `import_undone` if it was undone already.
///
/// Permissions: admins; the country's coordinator; the person who imported it, as long as that person may write the
/// records.
#[utoipa::path(
    tag = "imports",
    operation_id = "undo_import",
    responses(
        (status = 200, description = "The import, undone", body = MatrixImport),
        (status = 409, description = "Undone already, or a record was changed since", body = crate::http::Problem),
    )
)]
#[post("/api/v1/imports/{id}/undo")]
pub(crate) async fn undo_import(caller: Caller, id: Path<ImportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find(tx.conn, actor, id);
    caller.act(load, move |tx, actor| undo::undo(tx, actor, id)).await
}

crate::text_enum! {
    /// The format of the matrix.
    MatrixFormat { Xlsx = "xlsx", Csv = "csv" }
}

/// The filter and the format of the matrix.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MatrixParameters {
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
    /// The separator of a CSV: `comma` (the default), or `semicolon`, which Excel in Spanish expects.
    #[param(inline, example = "semicolon")]
    separator: Option<Separator>,
}

impl MatrixParameters {
    fn matrix(self, visibility: Visibility, lang: Lang, now: Instant) -> MatrixQuery {
        let filter = CommitmentFilter {
            country_code: self.country_code,
            commission_id: self.commission_id,
            status: self.status.into_iter().map(Into::into).collect(),
            ..CommitmentFilter::default()
        };
        MatrixQuery { filter, visibility, lang, now }
    }
}

/// Export the follow-up matrix
///
/// Exports the table that secretariats keep: a row for each commitment and group of institutions with the same progress,
/// the earliest term first. In Spanish (`Accept-Language: es`, the default) it has the headings that `POST /imports`
/// reads.
///
/// Permissions: anyone signed in, for the commitments that they may see.
#[utoipa::path(tag = "commitments", params(MatrixParameters), responses((status = 200, description = "The matrix", content(
    (FileBytes = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv")
)), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[get("/api/v1/follow-up-matrix")]
pub(crate) async fn show_matrix(caller: Caller, lang: Lang, query: Query<MatrixParameters>) -> Result<HttpResponse> {
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
