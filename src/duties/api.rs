//! `/duties` and its matrix.

mod document;
mod import;
mod reports;

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions::{self, MatrixWindow};
use super::model::{Duty, DutyInput, DutyMatrix};
use super::policy;
use super::store::{self, DutyFilter};
use crate::access::Visibility;
use crate::audit::PartOf;
use crate::dates::{PartialDate, query_partial_date};
use crate::db::{Db, DutyId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

pub(super) use document::{DutyDocumentQuery, send_matrix};

/// Registers the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove).service(matrix);
    cfg.service(document::show_document).service(import::import);
    reports::routes(cfg);
}

/// The periods of a matrix.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MatrixQuery {
    /// The first period, or a date in it; the first of the duty when it is left out, or the last 120 of many.
    #[param(example = "2023-Q1")]
    #[serde(default, deserialize_with = "query_partial_date")]
    from: Option<PartialDate>,
    /// The last period, or a date in it; the current one when it is left out.
    #[param(example = "2023-Q4")]
    #[serde(default, deserialize_with = "query_partial_date")]
    to: Option<PartialDate>,
}

impl From<MatrixQuery> for MatrixWindow {
    fn from(query: MatrixQuery) -> Self {
        Self { from: query.from, to: query.to }
    }
}

/// Returns a duty as the actor may read it: those who may change it read its note.
fn for_reader(mut duty: Duty, actor: &Actor) -> Duty {
    if !policy::may_write(actor, &duty) {
        duty.fields.note = None;
    }
    duty
}

/// List duties
///
/// The periodic reports that are asked for, as far as the caller may see them, in the order of creation.
///
/// Permissions: all signed-in users; lists the duties that they may see.
#[utoipa::path(tag = "duties", params(DutyFilter), responses((status = 200, description = "One page", body = Page<Duty>)))]
#[get("/api/v1/duties")]
pub(crate) async fn list(caller: Caller, query: Query<DutyFilter>) -> Result<HttpResponse> {
    let filter = query.0;
    let paging = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(filter.count);
    let load = move |conn: &mut Db, actor: &Actor| {
        let page = store::list(conn, &Visibility::of(actor), &filter, &paging)?;
        Ok(page.map(|duty| for_reader(duty, actor)))
    };
    caller.list(load).await
}

/// Create a duty
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "duties", request_body = DutyInput, responses((status = 201, description = "Created", body = Duty)))]
#[post("/api/v1/duties")]
pub(crate) async fn create(caller: Caller, body: Body<DutyInput>) -> Result<HttpResponse> {
    caller.create(body, |duty: &Duty| format!("/api/v1/duties/{}", duty.id), actions::create_duty).await
}

/// Show a duty
///
/// Permissions: those who see its commissions; a restricted one: their secretariats, the coordinator, admins, and the
/// institutions that it asks.
#[utoipa::path(tag = "duties", responses((status = 200, description = "The duty", body = Duty)))]
#[get("/api/v1/duties/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<DutyId>) -> Result<HttpResponse> {
    caller.show(move |conn, actor| Ok(for_reader(store::find(conn, &Visibility::of(actor), *id)?, actor))).await
}

/// Change a duty
///
/// A field with values in reports keeps its key and its kind, a duty with reports its `every`, and its periods include
/// those reported on: otherwise 409 `field_in_use`. So is another sector, or other commissions of a duty by sector, from
/// the second period on. Labels may change; fields, institutions and periods may be added.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "duties", request_body = DutyInput, responses((status = 200, description = "Changed", body = Duty)))]
#[patch("/api/v1/duties/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<DutyId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update_duty(tx, actor, id, input);
    caller.patch(patch, move |tx, actor| store::find(tx.conn, &Visibility::of(actor), id), Duty::input, save).await
}

/// Delete a duty
///
/// 409 `in_use` if there are reports or waivers.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "duties", responses((status = 204, description = "Deleted")))]
#[delete("/api/v1/duties/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<DutyId>) -> Result<HttpResponse> {
    caller.delete(move |tx, actor| store::find(tx.conn, &Visibility::of(actor), *id), actions::delete_duty).await
}

/// Show the matrix of a duty
///
/// Institutions × periods: the state of each report, and the number of institutions in each state. A period has no cell
/// for an institution that is not asked for its report.
///
/// Permissions: those who may see the duty.
#[utoipa::path(tag = "duties", params(MatrixQuery), responses((status = 200, description = "The matrix", body = DutyMatrix)))]
#[get("/api/v1/duties/{id}/matrix")]
pub(crate) async fn matrix(caller: Caller, id: Path<DutyId>, query: Query<MatrixQuery>) -> Result<HttpResponse> {
    let (window, now) = (MatrixWindow::from(query.0), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let duty = store::find(conn, &Visibility::of(actor), *id)?;
        let matrix = actions::matrix(conn, &duty, &window, now)?;
        Ok(PartOf::new(&duty, matrix))
    };
    caller.calculate(load).await
}
