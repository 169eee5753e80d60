//! `/commitments`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

use crate::access::Visibility;
use crate::audit::PartOf;
use crate::commitments::model::{Commitment, CommitmentChange, CommitmentInput, HistoryEvent, Status};
use crate::commitments::{actions, store};
use crate::dates::query_day;
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId, Tx};
use crate::error::{Error, Result};
use crate::http::{Body, Page, PageQuery, Paging, Patch, Query};
use crate::identity::{Actor, Caller};
use crate::themes::Theme;

pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove).service(history);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this status, or of any of several, separated by commas.
    #[param(example = "planned,in_progress")]
    status: Option<String>,
    /// Only those that this commission follows.
    commission_id: Option<CommissionId>,
    /// Only those of which this institution has a part.
    institution_id: Option<InstitutionId>,
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only those about this matter.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Only those that come from this agreement.
    agreement_id: Option<AgreementId>,
    /// Only those that were made in this session.
    meeting_id: Option<MeetingId>,
    /// Only those whose term ends before this day.
    #[param(example = "2024-01-01")]
    #[serde(default, deserialize_with = "query_day")]
    due_before: Option<NaiveDate>,
    /// Only those whose term ends after this day.
    #[param(example = "2023-06-30")]
    #[serde(default, deserialize_with = "query_day")]
    due_after: Option<NaiveDate>,
    /// Only those that are overdue today, or (`false`) that are not.
    #[param(example = true)]
    overdue: Option<bool>,
    /// Only those that serve this plan item.
    plan_item_id: Option<PlanItemId>,
    /// Words of the text or of the code; accents and case ignored.
    #[param(example = "protocolo")]
    q: Option<String>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

impl ListQuery {
    fn filter(self) -> Result<store::Filter> {
        let status = self.status.iter().flat_map(|several| several.split(','));
        Ok(store::Filter {
            status: status
                .map(|one| one.trim().parse::<Status>().map_err(|_| Error::bad_value("status", one)))
                .collect::<Result<_>>()?,
            commission_id: self.commission_id,
            institution_id: self.institution_id,
            country_code: self.country_code,
            theme: self.theme,
            agreement_id: self.agreement_id,
            meeting_id: self.meeting_id,
            plan_item_id: self.plan_item_id,
            due_before: self.due_before,
            due_after: self.due_after,
            overdue: self.overdue,
            q: self.q,
        })
    }
}

/// List commitments
///
/// Soonest term first; those without a term come last.
///
/// Permissions: anyone signed in, of what they may know.
#[utoipa::path(tag = "commitments", params(ListQuery), responses((status = 200, description = "One page", body = Page<Commitment>)))]
#[get("/api/v1/commitments")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::<store::Key>::read(query.limit, query.cursor.as_deref())?;
    let (filter, now) = (query.filter()?, caller.state.now());
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging, now)).await
}

/// Enter a commitment
///
/// With each institution's own part. Its code is given by the program.
///
/// Permissions: secretariat of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = CommitmentInput, responses((status = 201, description = "Entered", body = Commitment)))]
#[post("/api/v1/commitments")]
pub async fn create(caller: Caller, body: Body<CommitmentInput>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show a commitment
///
/// Permissions: who may know it: through any of its commissions, or named in it.
#[utoipa::path(tag = "commitments", responses((status = 200, description = "The commitment", body = Commitment)))]
#[get("/api/v1/commitments/{id}")]
pub async fn show(caller: Caller, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), caller.state.now());
    caller.show(move |conn, actor| store::find(conn, &Visibility::of(actor), id, now)).await
}

/// Change a commitment
///
/// A term that stood already is changed only with a `correction_reason` in the body; more time is granted by an
/// extension. Assignments are changed through `/assignments`.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", request_body = CommitmentChange, responses((status = 200, description = "Changed", body = Commitment)))]
#[patch("/api/v1/commitments/{id}")]
pub async fn update(caller: Caller, id: Path<CommitmentId>, mut patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let reason = correction_reason(&mut patch);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::update(tx, actor, id, input, reason.clone());
    caller.patch(patch, move |tx, actor| actions::lock(tx, actor, id), Commitment::input, save).await
}

/// The reason of a correction is no part of the commitment; assignments are not changed here.
fn correction_reason(patch: &mut Patch) -> Option<String> {
    let (sent, assignments) = (patch.take("correction_reason"), patch.has("assignments"));
    let faults = &mut patch.faults;
    let reason = match sent {
        None | Some(Value::Null) => None,
        Some(Value::String(reason)) => {
            faults.text("/correction_reason", &reason, 2000);
            Some(reason)
        }
        Some(_) => {
            faults.add_with("/correction_reason", "wrong_type", vec![("expected", "string".to_owned())]);
            None
        }
    };
    if assignments {
        faults.add("/assignments", "unknown_field");
    }
    reason
}

/// Remove a commitment on which nothing was ever reported
///
/// 409 `in_use` when it has a history or anything depends on it.
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[utoipa::path(tag = "commitments", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/commitments/{id}")]
pub async fn remove(caller: Caller, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(move |tx, actor| actions::lock(tx, actor, id), actions::delete).await
}

/// Show a commitment's history
///
/// Every term that ever held, every report, review and decision, oldest first.
///
/// Permissions: who may know the commitment.
#[utoipa::path(tag = "commitments", params(PageQuery), responses((status = 200, description = "One page", body = Page<HistoryEvent>)))]
#[get("/api/v1/commitments/{id}/history")]
pub async fn history(caller: Caller, id: Path<CommitmentId>, query: Query<PageQuery>) -> Result<HttpResponse> {
    let paging = query.0.paging()?;
    let (id, now) = (id.into_inner(), caller.state.now());
    let load = move |conn: &mut crate::db::Db, actor: &Actor| {
        let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
        Ok(PartOf::new(&commitment, store::history(conn, id, &paging)?))
    };
    caller.calculate(load).await
}

fn location(commitment: &Commitment) -> String {
    format!("/api/v1/commitments/{}", commitment.id)
}
