//! `/reminders`: what will go out, what went out, and trying again.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actions;
use super::model::{Digest, KIND, Reminder};
use super::store::{self, Delivery};
use super::{policy, run};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{AssignmentId, CommissionId, CommitmentId, DeliveryId, InstitutionId, Tx, UserId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging, Query};
use crate::identity::{Actor, Caller};
use crate::mail::DeliveryStatus;
use crate::notifications::Reason;

/// Every route of this slice.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(preview).service(list).service(show).service(retry);
}

/// Which day is looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PreviewQuery {
    /// The day, at most a year before or after today; default today, in UTC.
    #[param(example = "2023-09-01", format = Date)]
    on: Option<String>,
}

/// The number of days before and after today for which a preview can be asked: it plans everything that is due by its
/// day.
const PREVIEW_DAYS: i64 = 366;

/// What would be sent on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// The day.
    #[schema(examples("2023-09-01"))]
    on: NaiveDate,
    /// One mail a person.
    items: Vec<PreviewMail>,
}

/// One mail that would be sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewMail {
    /// Where it would go.
    #[schema(examples("ana.rojas@example.org"))]
    address: String,
    /// Whose address it is.
    #[schema(examples("Ana Rojas"))]
    name: Option<String>,
    /// The person, when it is one who signs in.
    user_id: Option<UserId>,
    /// What it would say, soonest first.
    entries: Vec<PreviewEntry>,
}

/// One thing that the person would be reminded of.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewEntry {
    /// The commitment's code.
    #[schema(examples("CIGTPE-2023-004"))]
    code: String,
    /// The commitment.
    commitment_id: CommitmentId,
    /// The institution's own part of it.
    assignment_id: AssignmentId,
    /// Whose assignment it is.
    institution_id: InstitutionId,
    /// The last day of the term.
    #[schema(examples("2023-09-30"))]
    due: NaiveDate,
    /// The step: days after the term; before it negative.
    #[schema(examples(-7))]
    step: i32,
    /// Why this person.
    #[schema(examples("delegate"))]
    reason: Reason,
    #[serde(skip)]
    country: String,
    #[serde(skip)]
    restricted: bool,
}

impl RestrictedContent for Preview {
    fn restricted(&self, found: &mut RestrictedRecords) {
        let entries = self.items.iter().flat_map(|mail| &mail.entries).filter(|entry| entry.restricted);
        entries.for_each(|entry| found.add("commitment", entry.commitment_id, &entry.country));
    }
}

impl From<Reminder> for PreviewEntry {
    fn from(entry: Reminder) -> Self {
        Self {
            code: entry.open.code,
            commitment_id: entry.open.commitment_id,
            assignment_id: entry.open.assignment_id,
            institution_id: entry.open.institution_id,
            due: entry.open.due,
            step: entry.step,
            reason: entry.reason,
            country: entry.open.country,
            restricted: entry.open.restricted,
        }
    }
}

/// What the actor may see of a mail.
fn shown(actor: &Actor, digest: Digest) -> Option<PreviewMail> {
    let entries: Vec<PreviewEntry> = digest
        .entries
        .into_iter()
        .filter(|entry| policy::may_see(actor, &entry.open.country, &entry.open.commissions))
        .map(PreviewEntry::from)
        .collect();
    let Digest { to, .. } = digest;
    (!entries.is_empty()).then_some(PreviewMail { address: to.address, name: to.name, user_id: to.user_id, entries })
}

/// Show what would be sent on a day, to whom, and why that person
///
/// Permissions: admin all; a coordinator what is of the country, a secretariat what is of its commissions; others none.
#[utoipa::path(tag = "reminders", params(PreviewQuery), responses((status = 200, description = "One mail a person", body = Preview)))]
#[get("/api/v1/reminders/preview")]
pub async fn preview(caller: Caller, query: Query<PreviewQuery>) -> Result<HttpResponse> {
    let today = caller.state.now().utc().date_naive();
    let on = query.0.on.as_deref().map(day).transpose()?.unwrap_or(today);
    if (on - today).num_days().abs() > PREVIEW_DAYS {
        return Err(Error::bad_value("on", on));
    }
    caller
        .calculate(move |conn, actor| {
            let digests = run::preview(conn, on, &policy::visibility(actor))?;
            Ok(Preview { on, items: digests.into_iter().filter_map(|digest| shown(actor, digest)).collect() })
        })
        .await
}

fn day(text: &str) -> Result<NaiveDate> {
    crate::dates::parse_day(text).ok_or_else(|| Error::bad_value("on", text))
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those that stand so.
    #[param(example = "failed")]
    status: Option<DeliveryStatus>,
    /// Another kind of mail than reminders: `convocation`, `invitation`, …
    #[param(example = "reminder")]
    kind: Option<String>,
    /// Only those of this day.
    #[param(example = "2023-09-01", format = Date)]
    day: Option<String>,
    /// Only those about this commission.
    commission_id: Option<CommissionId>,
    /// Only those to this address.
    #[param(example = "ana.rojas@example.org")]
    address: Option<String>,
    /// Only those, of every kind, that failed and whose address has taken no mail since: the addresses that bounce.
    #[param(example = true)]
    bouncing: Option<bool>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List deliveries, the newest first
///
/// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions; others none.
#[utoipa::path(tag = "reminders", params(ListQuery), responses((status = 200, description = "One page", body = Page<Delivery>)))]
#[get("/api/v1/reminders/deliveries")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let paging = Paging::read(query.limit, query.cursor.as_deref())?;
    let bouncing = query.bouncing.unwrap_or_default();
    let filter = store::Filter {
        status: query.status,
        kind: query.kind.or_else(|| (!bouncing).then(|| KIND.to_owned())),
        day: query.day.as_deref().map(day).transpose()?,
        commission_id: query.commission_id,
        address: query.address,
        bouncing,
    };
    caller.list(move |conn, actor| store::list(conn, &policy::visibility(actor), &filter, &paging)).await
}

/// Show a delivery
///
/// Permissions: as for the list.
#[utoipa::path(tag = "reminders", responses((status = 200, description = "The delivery", body = Delivery)))]
#[get("/api/v1/reminders/deliveries/{id}")]
pub async fn show(caller: Caller, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| store::find(conn, &policy::visibility(actor), id)).await
}

/// Try a failed delivery again
///
/// 409 when it has not failed.
///
/// Permissions: as for the list.
#[utoipa::path(tag = "reminders", responses((status = 200, description = "Queued anew", body = Delivery), (status = 409, description = "It has not failed", body = crate::http::Problem)))]
#[post("/api/v1/reminders/deliveries/{id}/retry")]
pub async fn retry(caller: Caller, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find(tx.conn, &policy::visibility(actor), id);
    caller.act(load, move |tx, actor| actions::retry(tx, actor, id)).await
}
