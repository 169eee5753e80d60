//! Acts on several records: a part for each member of a commission, handing over to a successor, publishing the drafts
//! of a session.

use actix_web::web::Path;
use actix_web::{HttpResponse, post};

use crate::access::Visibility;
use crate::commitments::actions;
use crate::commitments::model::{AddedAssignments, Handover, HandoverInput, NewAssignments, PublishedDrafts};
use crate::db::{CommitmentId, InstitutionId, MeetingId, Tx};
use crate::directory::{Institution, institutions_by_id};
use crate::error::{Code, Result};
use crate::http::{Body, Sent};
use crate::identity::{Actor, Caller};
use crate::meetings::meeting;

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(add).service(hand_over).service(publish);
}

/// Add an assignment
///
/// For one institution, or with `members_of` for the lead, the secretariat and each member of a commission on a day,
/// without those that have one already; the answer then lists the new ones. An institution has at most one assignment
/// in a commitment: 409 `duplicate`. A cancelled one is reopened.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = NewAssignments, responses((status = 201, description = "Added", body = AddedAssignments)))]
#[post("/api/v1/commitments/{id}/assignments")]
pub(crate) async fn add(caller: Caller, id: Path<CommitmentId>, body: Body<NewAssignments>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.create(body, location, move |tx, actor, input| actions::add_assignments(tx, actor, id, input)).await
}

fn location(added: &AddedAssignments) -> String {
    match added {
        AddedAssignments::One(one) => format!("/api/v1/commitments/{}/assignments/{}", one.commitment_id, one.id),
        AddedAssignments::Several(all) => format!("/api/v1/commitments/{}/assignments", all.commitment_id),
    }
}

/// Hand over an institution's open parts
///
/// Every open part of the institution that the caller may write is cancelled, and the successor gets one with the same
/// role, target and own term. A cancelled part of the successor is reopened; any other part of it stays as it is.
///
/// Permissions: secretariat, for the commitments of its commissions; coordinator, for those of the country; admin.
#[utoipa::path(tag = "directory", request_body = HandoverInput, responses((status = 200, description = "The number of parts", body = Handover)))]
#[post("/api/v1/institutions/{id}/handover")]
pub(crate) async fn hand_over(
    caller: Caller,
    id: Path<InstitutionId>,
    body: Body<HandoverInput>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let Sent { input, faults } = body.sent;
    let act = move |tx: &mut Tx<'_>, actor: &Actor| {
        tx.with_faults(faults.clone(), |tx| actions::hand_over(tx, actor, id, &input))
    };
    caller.act(move |tx, _| institution(tx, id), act).await
}

/// Publish the drafts of a session
///
/// Every draft of the session or of its agreements that the caller may write. Each is in force with the status of its
/// assignments, and its institutions are notified, as if it were published alone.
///
/// Permissions: secretariat of any of the session's commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The commitments that were published", body = PublishedDrafts)))]
#[post("/api/v1/meetings/{id}/publication")]
pub(crate) async fn publish(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| meeting(tx.conn, &Visibility::of(actor), id);
    caller.act(load, move |tx, actor| actions::publish_of_session(tx, actor, id)).await
}

fn institution(tx: &mut Tx<'_>, id: InstitutionId) -> Result<Institution> {
    institutions_by_id(tx.conn, &[id])?.remove(&id).ok_or_else(|| Code::NotFound.into())
}
