//! Reports with their reviews, and requests for more time with their decisions.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::Visibility;
use crate::audit::PartOf;
use crate::clock::Instant;
use crate::commitments::model::{
    Commitment, DecisionInput, Extension, ExtensionInput, ExtensionStatus, ReviewInput, Update, UpdateInput,
    Verification,
};
use crate::commitments::{actions, store};
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, ExtensionId, InstitutionId, Tx, UpdateId};
use crate::error::Result;
use crate::http::{Body, Page, PageQuery, Paging, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list_updates).service(report).service(list_all_updates).service(show_update);
    cfg.service(review).service(withdraw_review);
    cfg.service(list_extensions).service(request).service(list_all_extensions).service(show_extension);
    cfg.service(decide).service(withdraw);
}

/// Filters of the list of reports.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct UpdatesQuery {
    /// Only the completions that await review (`pending`), those that were accepted or returned, or the reports without
    /// a review (`none`).
    #[param(example = "pending")]
    verification: Option<Verification>,
    /// Only those on commitments of this commission.
    commission_id: Option<CommissionId>,
    /// Only those of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// True to count the records of the whole list.
    #[param(example = true)]
    #[serde(default)]
    count: Option<bool>,
    /// The number of items on a page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
}

/// Filters of the list of requests for more time.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExtensionsQuery {
    /// Only those in this state.
    #[param(example = "pending")]
    status: Option<ExtensionStatus>,
    /// Only those on commitments of this commission.
    commission_id: Option<CommissionId>,
    /// Only those of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// True to count the records of the whole list.
    #[param(example = true)]
    #[serde(default)]
    count: Option<bool>,
    /// The number of items on a page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
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

/// List reports
///
/// Those of all commitments, in the order in which they were received; with `verification=pending`, the completions that
/// await review.
///
/// Permissions: anyone signed in; the list has the reports on commitments that they may see.
#[utoipa::path(tag = "commitments", params(UpdatesQuery), responses((status = 200, description = "One page", body = Page<Update>)))]
#[get("/api/v1/updates")]
pub(crate) async fn list_all_updates(caller: Caller, query: Query<UpdatesQuery>) -> Result<HttpResponse> {
    let UpdatesQuery { verification, commission_id, institution_id, country_code, count, limit, cursor } = query.0;
    let paging = Paging::<UpdateId>::read(limit, cursor.as_deref())?.counting(count);
    let filter = store::ProgressFilter { commission_id, institution_id, country_code };
    let load = move |conn: &mut Db, actor: &Actor| {
        store::list_updates(conn, &Visibility::of(actor), (&filter, verification), &paging)
    };
    caller.calculate(load).await
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
/// progress again. A quantity below the target, or missing where there is a target, is accepted only with
/// `accept_below_target` and a comment: 409 `below_target` otherwise. A request for more time that waits is withdrawn
/// when the completion is accepted.
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

/// Withdraw a review
///
/// The completion awaits its review again; review and withdrawal stay in the history. 409 `built_upon` after 24 hours,
/// after a later report, reopening or cancellation of the assignment, and when approved minutes or an approved report cite
/// the commitment.
///
/// Permissions: the person who gave the review; all others: 403 `not_your_review`.
#[utoipa::path(tag = "commitments", responses((status = 204, description = "Withdrawn")))]
#[delete("/api/v1/updates/{id}/review")]
pub(crate) async fn withdraw_review(caller: Caller, id: Path<UpdateId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_update(tx.conn, actor, id, tx.now).map(PartOf::into_part);
    caller.act_only(load, move |tx, actor| actions::withdraw_review(tx, actor, id)).await
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
/// Within the term: 409 `term_expired` after it, unless the secretariat makes the request. One request at a time: 409
/// `extension_pending` while another waits.
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

/// List all requests for more time
///
/// Those of all commitments, oldest first; with `status=pending`, those that await a decision.
///
/// Permissions: anyone signed in; the list has the requests on commitments that they may see.
#[utoipa::path(tag = "commitments", params(ExtensionsQuery), responses((status = 200, description = "One page", body = Page<Extension>)))]
#[get("/api/v1/extensions")]
pub(crate) async fn list_all_extensions(caller: Caller, query: Query<ExtensionsQuery>) -> Result<HttpResponse> {
    let ExtensionsQuery { status, commission_id, institution_id, country_code, count, limit, cursor } = query.0;
    let paging = Paging::<ExtensionId>::read(limit, cursor.as_deref())?.counting(count);
    let filter = store::ProgressFilter { commission_id, institution_id, country_code };
    let load = move |conn: &mut Db, actor: &Actor| {
        store::list_extensions(conn, &Visibility::of(actor), (&filter, status), &paging)
    };
    caller.calculate(load).await
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
/// Once: 409 `already_decided`, or `extension_withdrawn`. `due` grants another term than the requested one; either must
/// end after the present one (422 `not_later`). A granted term replaces the assignment's; the former one stays in the
/// history. A refusal needs a comment (422 `required`).
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = DecisionInput, responses((status = 200, description = "Decided", body = Extension)))]
#[put("/api/v1/extensions/{id}/decision")]
pub(crate) async fn decide(caller: Caller, id: Path<ExtensionId>, body: Body<DecisionInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_extension(tx.conn, actor, id, tx.now).map(PartOf::into_part);
    caller.put(body, load, move |tx, actor, input| actions::decide_extension(tx, actor, id, input)).await
}

/// Withdraw a request for more time
///
/// Possible until the request is decided; after that 409 `already_decided` or `extension_withdrawn`. The secretariat is
/// notified; the institution too, unless it withdrew the request itself.
///
/// Permissions: the person who made the request; secretariat of any of its commissions; coordinator of the country;
/// admin.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "Withdrawn", body = Extension)))]
#[post("/api/v1/extensions/{id}/withdrawal")]
pub(crate) async fn withdraw(caller: Caller, id: Path<ExtensionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find_extension(tx.conn, actor, id, tx.now).map(PartOf::into_part);
    caller.act(load, move |tx, actor| actions::withdraw_extension(tx, actor, id)).await
}
