//! `/imports` and `/export`.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::{Data, Path, Payload, block};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{Dataset, ImportReport};
use super::sheets::{self, Matrices, MatrixFile, MatrixReport, Target};
use super::{actions, feed};
use crate::db::{CommissionId, Db, Tx};
use crate::error::{Error, Faults, Result};
use crate::http::{IdempotencyKey, Preconditions, Query, State, Upload, etag_of, place, read_json};
use crate::i18n::Lang;
use crate::identity::{Actor, Caller, calendar_owner, note_read};
use crate::uploads::clean_name;

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
    caller.read(move |_, actor| actions::require_importer(actor, is_dataset)).await?;
    let upload = Upload::receive(&request, payload).await?;
    let _place = place(&caller.state.imports).await?;
    let Query(ImportQuery { dry_run, country_code, commission_id, file_name }) = query;
    let target = Target { country: country_code, commission: commission_id };
    // What is only tried makes nothing that a second request could make again.
    let ask = if dry_run { None } else { caller.repeatable(|| upload.sent_with(request.query_string())) };
    match upload {
        Upload::Document(raw) => import_dataset((caller, ask), lang, raw, (&target, dry_run)).await,
        Upload::File { name, bytes } => {
            let name = clean_name(&file_name.or(name).unwrap_or_default());
            import_matrix((caller, ask), lang, (bytes, name), (target, dry_run)).await
        }
    }
}

/// Who asks, and whether once only.
type Asked = (Caller, Option<IdempotencyKey>);

async fn import_dataset(
    (caller, ask): Asked,
    lang: Lang,
    raw: Vec<u8>,
    (target, dry_run): (&Target, bool),
) -> Result<HttpResponse> {
    if target.is_stated() {
        return Err(Error::bad_query("unknown", "country_code, commission_id"));
    }
    let document = Arc::new(block(move || read_json(&raw)).await.map_err(Error::internal)??);
    let asked = Arc::clone(&document);
    caller.read(move |_, actor| actions::require_dataset_importer(actor, &asked)).await?;
    let taken = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = actions::import_dataset(tx, actor, &document, dry_run)?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(Imported::Dataset(report.told_in(lang)))
    };
    if dry_run { caller.try_out(taken).await } else { caller.act_once(ask, taken).await }
}

/// The file is read after the right to import was checked, and before the transaction that writes is opened.
async fn import_matrix(
    (caller, ask): Asked,
    lang: Lang,
    (bytes, name): (Vec<u8>, String),
    (target, dry_run): (Target, bool),
) -> Result<HttpResponse> {
    let asked = target.clone();
    caller.read(move |conn, actor| asked.permitted(conn, actor).map(|_| ())).await?;
    let matrices = block(move || sheets::read_matrices(&bytes, &name)).await.map_err(Error::internal)??;
    let matrices = Arc::new(matrices);
    if dry_run {
        return try_matrix(caller, lang, matrices, target).await;
    }
    let taken = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = sheets::import_matrices(tx, actor, (&matrices, &target), false, &|_, _| {})?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(Imported::Matrix(report.told_in(lang)))
    };
    caller.act_once(ask, taken).await
}

/// Tries a matrix. Most matrices that are tried have faults, and these are found by reading alone.
async fn try_matrix(caller: Caller, lang: Lang, matrices: Arc<Matrices>, target: Target) -> Result<HttpResponse> {
    let now = caller.state.now();
    let caller = caller.on_snapshot();
    let asked = (Arc::clone(&matrices), target.clone());
    let refused = move |conn: &mut Db, actor: &Actor| sheets::refused_matrices(conn, actor, (&asked.0, &asked.1), now);
    if let Some(report) = caller.read(refused).await? {
        return caller.calculate(move |_, _| Ok(Imported::Matrix(report.told_in(lang)))).await;
    }
    let tried = move |tx: &mut Tx<'_>, actor: &Actor| {
        let report = sheets::import_matrices(tx, actor, (&matrices, &target), true, &|_, _| {})?;
        Ok(Imported::Matrix(report.told_in(lang)))
    };
    caller.try_out(tried).await
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
    responses(
        (status = 200, description = "The dataset", body = Dataset),
        (status = 404, description = "No such country", body = crate::http::Problem),
    )
)]
#[get("/api/v1/export")]
pub async fn export(caller: Caller, query: Query<ExportQuery>) -> Result<HttpResponse> {
    let Query(ExportQuery { country_code }) = query;
    let now = caller.state.now();
    let caller = caller.on_snapshot().exporting("dataset", Some(&country_code));
    caller.calculate(move |conn, actor| actions::export_country(conn, actor, &country_code, now)).await
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
    let (token, now) = (token.into_inner(), state.now());
    let read = state.db.snapshot_async(move |conn| {
        let owner = calendar_owner(conn, &token, now)?;
        Ok((owner.id, feed::calendar(conn, &owner, now)?))
    });
    let (owner, (mut calendar, restricted)) = read.await?;
    calendar.link(&state.config.public_url);
    let body = calendar.write();
    let etag = etag_of(&body);
    let unchanged = ask.knows(&etag);
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged {
        return Ok(response.finish());
    }
    note_read(&request, &state, owner, &restricted);
    Ok(response.content_type("text/calendar; charset=utf-8").body(body))
}

crate::nothing_restricted!(Imported);
