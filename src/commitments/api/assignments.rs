//! `/commitments/{id}/assignments`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};

use crate::access::Visibility;
use crate::audit::PartOf;
use crate::commitments::model::{Assignment, AssignmentChange, ReasonInput};
use crate::commitments::{actions, store};
use crate::db::{AssignmentId, CommitmentId, Db, Tx};
use crate::error::Result;
use crate::http::{Body, Page, PageQuery, Patch, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(show).service(change).service(remove).service(cancel).service(reopen);
}

/// List a commitment's assignments
///
/// In the order in which they were added.
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", params(PageQuery), responses((status = 200, description = "One page", body = Page<Assignment>)))]
#[get("/api/v1/commitments/{id}/assignments")]
pub(crate) async fn list(caller: Caller, id: Path<CommitmentId>, query: Query<PageQuery>) -> Result<HttpResponse> {
    let paging = query.0.paging::<AssignmentId>()?;
    let (id, now) = (id.into_inner(), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
        let mut all = commitment.assignments.clone();
        let total = paging.count_of(&all);
        all.retain(|assignment| paging.after.is_none_or(|after| assignment.id > after));
        Ok(PartOf::new(&commitment, Page::cut(all, &paging, |assignment| assignment.id).counted(total)))
    };
    caller.calculate(load).await
}

/// Show an assignment
///
/// Permissions: those who may see the commitment.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The assignment", body = Assignment)))]
#[get("/api/v1/commitments/{id}/assignments/{aid}")]
pub(crate) async fn show(caller: Caller, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    let ((id, aid), now) = (path.into_inner(), caller.state.now());
    caller
        .show(move |conn, actor| {
            let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
            Ok(PartOf::new(&commitment, commitment.assignment(aid)?.clone()))
        })
        .await
}

/// Change an assignment
///
/// Role, target and, with a `correction_reason`, a wrong term.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = AssignmentChange, responses((status = 200, description = "Changed", body = Assignment)))]
#[patch("/api/v1/commitments/{id}/assignments/{aid}")]
pub(crate) async fn change(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    patch: Patch,
) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::change_assignment(tx, actor, id, aid, input);
    caller.patch(patch, lock_assignment(id, aid), Assignment::input, save).await
}

/// Remove an assignment that was added by mistake
///
/// 409 `in_use` when it has reports, requests or decisions: cancel it instead.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commitments/{id}/assignments/{aid}")]
pub(crate) async fn remove(caller: Caller, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    caller.delete(lock_assignment(id, aid), move |tx, actor, _| actions::remove_assignment(tx, actor, id, aid)).await
}

/// Cancel an assignment
///
/// It no longer counts. To hand a task over to another institution, cancel one assignment and add another.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = ReasonInput, responses((status = 200, description = "Cancelled", body = Assignment)))]
#[post("/api/v1/commitments/{id}/assignments/{aid}/cancellation")]
pub(crate) async fn cancel(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    body: Body<ReasonInput>,
) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    let reason = body.input().reason;
    caller
        .act(lock_assignment(id, aid), move |tx, actor| actions::cancel_assignment(tx, actor, id, aid, reason.clone()))
        .await
}

/// Reopen an assignment
///
/// An accepted or cancelled assignment takes reports again; 409 `not_closed` when it takes them already.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = ReasonInput, responses((status = 200, description = "Reopened", body = Assignment)))]
#[post("/api/v1/commitments/{id}/assignments/{aid}/reopening")]
pub(crate) async fn reopen(
    caller: Caller,
    path: Path<(CommitmentId, AssignmentId)>,
    body: Body<ReasonInput>,
) -> Result<HttpResponse> {
    let (id, aid) = path.into_inner();
    let reason = body.input().reason;
    caller
        .act(lock_assignment(id, aid), move |tx, actor| actions::reopen_assignment(tx, actor, id, aid, reason.clone()))
        .await
}

/// Reads an assignment and locks its commitment until the transaction ends.
fn lock_assignment(id: CommitmentId, aid: AssignmentId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Assignment> {
    move |tx, actor| actions::lock(tx, actor, id)?.assignment(aid).cloned()
}
