//! `/imports` and `/export`.

use actix_web::http::header;
use actix_web::web::{Data, Path, block};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::model::{Dataset, ImportReport};
use super::sheets::{self, MatrixFile, MatrixReport, Target};
use super::{actions, feed};
use crate::db::{CommissionId, Tx};
use crate::documents::clean_name;
use crate::error::{Error, Faults, Result};
use crate::http::{Preconditions, Query, Remembered, State, Upload, etag_of};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller, calendar_owner};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(import).service(export).service(calendar);
    sheets::routes(cfg);
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
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Imported {
    Dataset(ImportReport),
    Matrix(MatrixReport),
}

/// Import a dataset or a follow-up matrix
///
/// **A dataset** is one JSON document of one country, up to 25 MiB. Records are known by their keys: what is there is
/// changed when it differs, else left alone.
///
/// **A follow-up matrix** is an `.xlsx` or `.csv` file, sent as it is or as the part `file` of a form, with the headings
/// that secretariats use (N°, Código, Comisión, Sesión, Fecha de la sesión, Acuerdo, Compromiso, Responsable(s), Plazo,
/// Fecha límite, Estado, % Avance, Medio de verificación, Observaciones). A dry run tells every row and every cell that
/// would change, with all faults; what is not understood is a fault with sheet, row and column, never a guess.
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
    responses((status = 200, description = "What was done, or would be", body = Imported))
)]
#[post("/api/v1/imports")]
pub async fn import(
    caller: Caller,
    lang: Lang,
    request: HttpRequest,
    query: Query<ImportQuery>,
    upload: Upload,
) -> Result<HttpResponse> {
    let Query(ImportQuery { dry_run, country_code, commission_id, file_name }) = query;
    let target = Target { country: country_code, commission: commission_id };
    // What is only tried makes nothing that a second request could make again.
    let ask = if dry_run { None } else { caller.repeatable(|| upload.sent_with(request.query_string())) };
    match upload {
        Upload::Document(document) => import_dataset((caller, ask), document, &target, dry_run).await,
        Upload::File { name, bytes } => {
            let name = clean_name(&file_name.or(name).unwrap_or_default());
            import_matrix((caller, ask), lang, (bytes, name), (target, dry_run)).await
        }
    }
}

/// Who asks, and whether once only.
type Asked = (Caller, Option<Remembered>);

async fn import_dataset((caller, ask): Asked, document: Value, target: &Target, dry_run: bool) -> Result<HttpResponse> {
    if target.is_stated() {
        return Err(Error::bad_query("unknown", "country_code, commission_id"));
    }
    let taken = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = actions::import_dataset(tx, actor, &document, dry_run)?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(Imported::Dataset(report))
    };
    caller.act_once(ask, taken).await
}

/// The file is read after the right to import was checked, and before the transaction that writes is opened.
async fn import_matrix(
    (caller, ask): Asked,
    lang: Lang,
    (bytes, name): (Vec<u8>, String),
    (target, dry_run): (Target, bool),
) -> Result<HttpResponse> {
    let asked = target.clone();
    caller.read(move |conn, actor| asked.permitted(conn, actor)).await?;
    let matrices = block(move || sheets::read_matrices(&bytes, &name)).await.map_err(Error::internal)??;
    let taken = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = sheets::import_matrices(tx, actor, (&matrices, &target), dry_run, &|_, _| {})?;
        if !dry_run {
            Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        }
        Ok(Imported::Matrix(report.told_in(lang)))
    };
    caller.act_once(ask, taken).await
}

/// Which country is written out.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// The country, two capital letters.
    #[param(example = "CL")]
    country_code: String,
}

/// Export a country's dataset
///
/// What an import reads into an empty database to the same export, with the history of its commitments: requests for
/// more time, corrections of terms, cancellations and reopenings, each with moment and reason. Files, users and reports
/// are left out.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(
    tag = "exchange",
    params(ExportQuery),
    responses((status = 200, description = "The dataset", body = Dataset))
)]
#[get("/api/v1/export")]
pub async fn export(caller: Caller, query: Query<ExportQuery>) -> Result<HttpResponse> {
    let Query(ExportQuery { country_code }) = query;
    let now = caller.state.now();
    caller.on_snapshot().calculate(move |conn, actor| actions::export_country(conn, actor, &country_code, now)).await
}

/// A person's calendar
///
/// Sessions and terms that the owner of the token may know at this moment, from a year ago on (RFC 5545). Names and
/// numbers stay (`UID`), `SEQUENCE` rises with every change, what was called off is `CANCELLED`; terms are whole days.
/// Calendar programs cannot sign in: the token alone opens it. Poll with `If-None-Match`.
///
/// Permissions: whoever has the token; 404 when it was revoked or its owner is disabled.
#[utoipa::path(
    tag = "exchange",
    security(()),
    params(("token" = String, Path, description = "The secret of the address; `POST /me/calendar-token` makes it")),
    responses(
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar", headers(("ETag" = String, description = "The tag of the content"))),
        (status = 404, description = "No such token, or not any more", body = crate::http::Problem),
    )
)]
#[get("/api/v1/calendar/{token}.ics")]
pub async fn calendar(state: Data<State>, request: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
    let ask = Preconditions::of_request(&request)?;
    let (token, now, inner) = (token.into_inner(), state.now(), State::clone(&state));
    let read = move || {
        inner.db.snapshot(|conn| {
            let owner = calendar_owner(conn, &token, now)?;
            feed::calendar(conn, &owner, now)
        })
    };
    let mut calendar = block(read).await.map_err(Error::internal)??;
    calendar.link(&state.config.public_url);
    let body = calendar.write();
    let etag = etag_of(&body);
    let unchanged = ask.knows(&etag);
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged {
        return Ok(response.finish());
    }
    Ok(response.content_type("text/calendar; charset=utf-8").body(body))
}
