//! `/imports` and `/export`.

use actix_web::http::header;
use actix_web::web::{Data, Path, block};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Dataset, ImportReport};
use super::{actions, feed};
use crate::error::{Error, Faults, Result};
use crate::http::{Document, Preconditions, Query, State, etag_of};
use crate::identity::{Caller, calendar_owner};

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(import).service(export).service(calendar);
}

/// How a dataset is taken in.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Only try: answer what would happen and write nothing.
    #[serde(default)]
    #[param(example = false)]
    dry_run: bool,
}

/// Import a dataset
///
/// One JSON document of one country, up to 25 MiB. Records are known by their keys: what is there is changed when it
/// differs, else left alone. All or nothing; every fault is told at once, with its place and what stands there.
///
/// Permissions: admin; coordinator of the dataset's country (the country itself is entered by an admin).
#[utoipa::path(
    tag = "exchange",
    params(ImportQuery),
    request_body = Dataset,
    responses((status = 200, description = "What was done, or would be", body = ImportReport))
)]
#[post("/api/v1/imports")]
pub async fn import(caller: Caller, query: Query<ImportQuery>, document: Document) -> Result<HttpResponse> {
    let Query(ImportQuery { dry_run }) = query;
    let taken = move |tx: &mut crate::db::Tx<'_>, actor: &_| {
        let report = actions::import_dataset(tx, actor, &document.0, dry_run)?;
        Faults { list: report.faults.clone(), ..Faults::default() }.into_result()?;
        Ok(report)
    };
    caller.act(taken).await
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
        (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
        (status = 404, description = "No such token, or not any more", body = crate::http::Problem),
    )
)]
#[get("/api/v1/calendar/{token}.ics")]
pub async fn calendar(state: Data<State>, request: HttpRequest, token: Path<String>) -> Result<HttpResponse> {
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
    let unchanged = Preconditions::of_headers(request.headers()).knows(&etag);
    let mut response = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, etag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged {
        return Ok(response.finish());
    }
    Ok(response.content_type("text/calendar; charset=utf-8").body(body))
}
