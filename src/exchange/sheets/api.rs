//! Imports of matrices: kept, shown, undone.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::effects::MatrixImport;
use super::{store, undo};
use crate::access::Visibility;
use crate::db::{ImportId, Tx};
use crate::error::Result;
use crate::http::{Page, Paging, Query};
use crate::identity::{Actor, Caller};

/// The routes of imports that were done.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(show).service(take_back);
}

/// A follow-up matrix, as a form sends it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form in the OpenAPI document")]
pub struct MatrixFile {
    /// The matrix, `.xlsx` or `.csv`, at most 25 MiB.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream", example = "matriz.xlsx")]
    file: Vec<u8>,
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
