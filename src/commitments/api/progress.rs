//! Reports with their reviews, and requests for more time with their decisions.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post, put};

use crate::access::Visibility;
use crate::audit::PartOf;
use crate::clock::Instant;
use crate::commitments::model::{
    Commitment, DecisionInput, Extension, ExtensionInput, ReviewInput, Update, UpdateInput,
};
use crate::commitments::{actions, store};
use crate::db::{AssignmentId, CommitmentId, Db, ExtensionId, Tx, UpdateId};
use crate::error::Result;
use crate::http::{Body, Page, PageQuery, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list_updates).service(report).service(show_update).service(review);
    cfg.service(list_extensions).service(request).service(show_extension).service(decide);
}

/// Loads the commitment of an assignment, if the actor may see it.
fn commitment_of(
    conn: &mut Db,
    actor: &Actor,
    (id, aid): (CommitmentId, AssignmentId),
    now: Instant,
) -> Result<Commitment> {
    let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
    commitment.assignment(aid)?;
    Ok(commitment)
}

fn find_update(conn: &mut Db, actor: &Actor, id: UpdateId, now: Instant) -> Result<PartOf<Update>> {
    let update = store::find_update(conn, id)?;
    let commitment = commitment_of(conn, actor, (update.commitment_id, update.assignment_id), now)?;
    Ok(PartOf::new(&commitment, update))
}

fn find_extension(conn: &mut Db, actor: &Actor, id: ExtensionId, now: Instant) -> Result<PartOf<Extension>> {
    let extension = store::extension(conn, id)?;
    let commitment = commitment_of(conn, actor, (extension.commitment_id, extension.assignment_id), now)?;
    Ok(PartOf::new(&commitment, extension))
}

/// List the reports on an assignment
///
/// In the order in which they were received, each with its review.
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", params(PageQuery), responses((status = 200, description = "One page", body = Page<Update>)))]
#[get("/api/v1/commitments/{id}/assignments/{aid}/updates")]
pub(crate) async fn list_updates(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    query: Query<PageQuery>,
) -> Result<HttpResponse> {
    let paging = query.0.paging()?;
    let (path, now) = (path.into_inner(), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let commitment = commitment_of(conn, actor, path, now)?;
        Ok(PartOf::new(&commitment, store::updates_of_assignment(conn, path.1, &paging)?))
    };
    caller.calculate(load).await
}

/// Report progress
///
/// A completion needs evidence and waits for its review; a new report replaces one that waits.
/// 409 `already_accepted` once a completion was accepted, `assignment_cancelled` when the assignment is.
///
/// Permissions: representative of the institution; with `on_behalf`, the secretariat of any of its commissions, the
/// coordinator of the country, or an admin.
#[utoipa::path(tag = "commitments", request_body = UpdateInput, responses((status = 201, description = "Received", body = Update)))]
#[post("/api/v1/commitments/{id}/assignments/{aid}/updates")]
pub(crate) async fn report(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    body: Body<UpdateInput>,
) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    let location = |update: &Update| format!("/api/v1/updates/{}", update.id);
    caller.create(body, location, move |tx, actor, input| actions::report_update(tx, actor, id, aid, input)).await
}

/// Show a report
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The report", body = Update)))]
#[get("/api/v1/updates/{id}")]
pub(crate) async fn show_update(caller: Caller, id: Path<UpdateId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.show(move |conn, actor| find_update(conn, actor, id, now)).await
}

/// Review a reported completion
///
/// Only of the completion that waits: 409 `not_pending` otherwise. A return needs a comment, and the assignment is in
/// progress again.
///
/// Permissions: secretariat of any of its commissions, coordinator of the country, admin; never the person who wrote
/// the report or imported it with a file (403 `own_update`).
#[utoipa::path(tag = "commitments", request_body = ReviewInput, responses((status = 200, description = "Reviewed", body = Update)))]
#[put("/api/v1/updates/{id}/review")]
pub(crate) async fn review(caller: Caller, id: Path<UpdateId>, body: Body<ReviewInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_update(tx.conn, actor, id, tx.now).map(PartOf::into_part);
    caller.put(body, load, move |tx, actor, input| actions::review_update(tx, actor, id, input)).await
}

/// List the requests for more time
///
/// Oldest first, each with its decision.
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", params(PageQuery), responses((status = 200, description = "One page", body = Page<Extension>)))]
#[get("/api/v1/commitments/{id}/assignments/{aid}/extensions")]
pub(crate) async fn list_extensions(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    query: Query<PageQuery>,
) -> Result<HttpResponse> {
    let paging = query.0.paging()?;
    let (path, now) = (path.into_inner(), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let commitment = commitment_of(conn, actor, path, now)?;
        Ok(PartOf::new(&commitment, store::extensions_of_assignment(conn, path.1, &paging)?))
    };
    caller.calculate(load).await
}

/// Request more time
///
/// Within the term: 409 `term_expired` after it, unless the secretariat makes the request.
///
/// Permissions: representative of the institution; secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "commitments", request_body = ExtensionInput, responses((status = 201, description = "Requested", body = Extension)))]
#[post("/api/v1/commitments/{id}/assignments/{aid}/extensions")]
pub(crate) async fn request(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    body: Body<ExtensionInput>,
) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    let location = |extension: &Extension| format!("/api/v1/extensions/{}", extension.id);
    caller.create(body, location, move |tx, actor, input| actions::request_extension(tx, actor, id, aid, input)).await
}

/// Show a request for more time
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The request", body = Extension)))]
#[get("/api/v1/extensions/{id}")]
pub(crate) async fn show_extension(caller: Caller, id: Path<ExtensionId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.show(move |conn, actor| find_extension(conn, actor, id, now)).await
}

/// Decide on a request for more time
///
/// Once: 409 `already_decided`. A granted term replaces the assignment's; the former one stays in the history.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = DecisionInput, responses((status = 200, description = "Decided", body = Extension)))]
#[put("/api/v1/extensions/{id}/decision")]
pub(crate) async fn decide(caller: Caller, id: Path<ExtensionId>, body: Body<DecisionInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_extension(tx.conn, actor, id, tx.now).map(PartOf::into_part);
    caller.put(body, load, move |tx, actor, input| actions::decide_extension(tx, actor, id, input)).await
}
