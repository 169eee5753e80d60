//! `/reminders`: preview, deliveries, and retrying a failed delivery.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actions;
use super::model::{Digest, DutyReminder, KIND, Reminder};
use super::run;
use super::store::{self, Delivery};
use crate::access::{Visibility, may_write};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::dates::PartialDate;
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, DeliveryId, DutyId, InstitutionId, Tx, UserId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging, Query};
use crate::identity::{Actor, Caller};
use crate::mail::{DeliveryStatus, Recipient};
use crate::notifications::Reason;

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(preview).service(list).service(show).service(retry);
}

/// Day of a preview.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PreviewQuery {
    /// Day, at most a year before or after today; default today, in UTC.
    #[param(example = "2023-09-01", format = Date)]
    on: Option<String>,
}

/// The number of days before and after today for which a preview is computed, because it plans everything that is due
/// until then.
const PREVIEW_DAYS: i64 = 366;

/// Mails that would be sent on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Preview {
    /// Day of the preview.
    #[schema(examples("2023-09-01"))]
    pub on: NaiveDate,
    /// One mail per person.
    pub items: Vec<PreviewMail>,
}

/// A mail that would be sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreviewMail {
    /// E-mail address of the recipient.
    #[schema(examples("ana.rojas@example.org"))]
    pub address: String,
    /// Name of the recipient.
    #[schema(examples("Ana Rojas"))]
    pub name: Option<String>,
    /// User id of the recipient, if it is a person with an account.
    pub user_id: Option<UserId>,
    /// Reminders of commitments in the mail, soonest first.
    pub entries: Vec<PreviewEntry>,
    /// Periodic reports in the mail that were not sent, soonest first.
    pub duties: Vec<PreviewDuty>,
}

/// A reminder in a mail that would be sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreviewEntry {
    /// Code of the commitment.
    #[schema(examples("CIGTPE-2023-004"))]
    pub code: String,
    /// Id of the commitment.
    pub commitment_id: CommitmentId,
    /// Id of the assignment: the institution's part of the commitment.
    pub assignment_id: AssignmentId,
    /// Id of the institution.
    pub institution_id: InstitutionId,
    /// Due date: the last day of the term.
    #[schema(examples("2023-09-30"))]
    pub due: NaiveDate,
    /// Step: days after the due date; before it, negative.
    #[schema(examples(-7))]
    pub step: i32,
    /// Reason for which this person is reminded.
    #[schema(examples("delegate"))]
    pub reason: Reason,
    #[serde(skip)]
    country: String,
    #[serde(skip)]
    restricted: bool,
}

/// A periodic report in a mail that would be sent.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreviewDuty {
    /// Id of the duty.
    pub duty_id: DutyId,
    /// Name of the report.
    #[schema(examples("Informe trimestral"))]
    pub title: String,
    /// Id of the institution that owes it.
    pub institution_id: InstitutionId,
    /// Period.
    pub period: PartialDate,
    /// Last day on which the report is on time.
    #[schema(examples("2023-10-15"))]
    pub due: NaiveDate,
    /// Step: days after the due date; before it, negative.
    #[schema(examples(-7))]
    pub step: i32,
    /// Reason for which this person is reminded.
    #[schema(examples("representative"))]
    pub reason: Reason,
    /// Address of the form of the report.
    #[schema(examples(
        "/duties/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e/reports/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e/2023-Q3"
    ))]
    pub link: String,
    #[serde(skip)]
    country: String,
    #[serde(skip)]
    restricted: bool,
}

impl RestrictedContent for Preview {
    fn restricted(&self, found: &mut RestrictedRecords) {
        let entries = self.items.iter().flat_map(|mail| &mail.entries).filter(|entry| entry.restricted);
        entries.for_each(|entry| found.add("commitment", entry.commitment_id, &entry.country));
        let duties = self.items.iter().flat_map(|mail| &mail.duties).filter(|duty| duty.restricted);
        duties.for_each(|duty| found.add("duty", duty.duty_id, &duty.country));
    }
}

impl From<Reminder> for PreviewEntry {
    fn from(reminder: Reminder) -> Self {
        let assignment = reminder.assignment;
        Self {
            code: assignment.code,
            commitment_id: assignment.commitment_id,
            assignment_id: assignment.id,
            institution_id: assignment.institution_id,
            due: assignment.due,
            step: reminder.step,
            reason: reminder.reason,
            country: assignment.country,
            restricted: assignment.restricted,
        }
    }
}

impl From<DutyReminder> for PreviewDuty {
    fn from(DutyReminder { step, reason, .. }: DutyReminder) -> Self {
        Self {
            duty_id: step.duty.id,
            title: step.duty.fields.title.clone(),
            institution_id: step.institution_id,
            period: step.period.clone(),
            due: step.due,
            step: step.step,
            reason,
            link: step.link(),
            country: step.duty.country_code.clone(),
            restricted: step.duty.fields.restricted,
        }
    }
}

/// Returns the part of a mail that the actor may see.
fn visible_part(actor: &Actor, digest: Digest) -> Option<PreviewMail> {
    let entries: Vec<PreviewEntry> = digest
        .reminders
        .into_iter()
        .filter(|one| may_write(actor, &one.assignment.country, &one.assignment.commissions))
        .map(PreviewEntry::from)
        .collect();
    let may_write = |one: &DutyReminder| {
        let duty = &one.step.duty;
        may_write(actor, &duty.country_code, &duty.fields.commission_ids)
    };
    let duties: Vec<PreviewDuty> = digest.duties.into_iter().filter(may_write).map(PreviewDuty::from).collect();
    let Recipient { address, name, user_id, .. } = digest.to;
    let is_shown = !entries.is_empty() || !duties.is_empty();
    is_shown.then_some(PreviewMail { address, name, user_id, entries, duties })
}

/// Preview the reminders of a day
///
/// Returns the mails that would be sent on the day, with their recipients and the reason for each reminder.
///
/// Permissions: admin all; coordinator those of the country; secretariat those of its commissions; others none.
#[utoipa::path(tag = "reminders", params(PreviewQuery), responses((status = 200, description = "One mail per person", body = Preview)))]
#[get("/api/v1/reminders/preview")]
pub(crate) async fn preview(caller: Caller, query: Query<PreviewQuery>) -> Result<HttpResponse> {
    let today = caller.state.now().utc().date_naive();
    let on = query.0.day(today)?;
    caller.calculate(move |conn, actor| preview_of(conn, actor, on.unwrap_or(today))).await
}

/// Returns the mails of a day that the actor may see.
pub(super) fn preview_of(conn: &mut Db, actor: &Actor, on: NaiveDate) -> Result<Preview> {
    let digests = run::preview(conn, on, &Visibility::writable_by(actor))?;
    Ok(Preview { on, items: digests.into_iter().filter_map(|digest| visible_part(actor, digest)).collect() })
}

impl PreviewQuery {
    /// Reads the day; 400 when it is too far from today.
    pub(super) fn day(&self, today: NaiveDate) -> Result<Option<NaiveDate>> {
        let on = self.on.as_deref().map(|text| day("on", text)).transpose()?;
        match on.filter(|on| (*on - today).num_days().abs() > PREVIEW_DAYS) {
            Some(on) => Err(Error::bad_value("on", on)),
            None => Ok(on),
        }
    }
}

fn day(name: &str, text: &str) -> Result<NaiveDate> {
    crate::dates::parse_day(text).ok_or_else(|| Error::bad_value(name, text))
}

/// Filters of the list of deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only deliveries in this state.
    #[param(example = "failed")]
    status: Option<DeliveryStatus>,
    /// Kind of mail: `convocation`, `invitation`, …; default `reminder`.
    #[param(example = "reminder")]
    kind: Option<String>,
    /// Only deliveries of this day.
    #[param(example = "2023-09-01", format = Date)]
    day: Option<String>,
    /// Only deliveries about this commission.
    commission_id: Option<CommissionId>,
    /// Only deliveries to this address.
    #[param(example = "ana.rojas@example.org")]
    address: Option<String>,
    /// Only failed deliveries, of every kind, whose address has accepted no later mail: the addresses that bounce.
    #[param(example = true)]
    bouncing: Option<bool>,
    /// Number of items in the page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Cursor from the previous page.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

impl ListQuery {
    /// Reads the filters, without a kind where none is asked for, and the place in the list.
    pub(super) fn read(self) -> Result<(store::Filter, Paging<DeliveryId>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count);
        let filter = store::Filter {
            status: self.status,
            kind: self.kind,
            day: self.day.as_deref().map(|text| day("day", text)).transpose()?,
            commission_id: self.commission_id,
            address: self.address,
            bouncing: self.bouncing.unwrap_or_default(),
        };
        Ok((filter, paging))
    }
}

/// List deliveries, the newest first
///
/// Permissions: admin all; coordinator those of the country; secretariat those of its commissions; others none.
#[utoipa::path(tag = "reminders", params(ListQuery), responses((status = 200, description = "One page", body = Page<Delivery>)))]
#[get("/api/v1/reminders/deliveries")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (mut filter, paging) = query.0.read()?;
    filter.kind = filter.kind.or_else(|| (!filter.bouncing).then(|| KIND.to_owned()));
    caller.list(move |conn, actor| store::list(conn, &Visibility::writable_by(actor), &filter, &paging)).await
}

/// Show a delivery
///
/// Permissions: as for the list.
#[utoipa::path(tag = "reminders", responses((status = 200, description = "The delivery", body = Delivery)))]
#[get("/api/v1/reminders/deliveries/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| store::find(conn, &Visibility::writable_by(actor), id)).await
}

/// Retry a failed delivery
///
/// Queues it again, to be tried for three days. 409 when it has not failed.
///
/// Permissions: as for the list.
#[utoipa::path(tag = "reminders", responses((status = 200, description = "The delivery, queued again", body = Delivery), (status = 409, description = "It has not failed", body = crate::http::Problem)))]
#[post("/api/v1/reminders/deliveries/{id}/retry")]
pub(crate) async fn retry(caller: Caller, id: Path<DeliveryId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::find(tx.conn, &Visibility::writable_by(actor), id);
    caller.act(load, move |tx, actor| actions::retry(tx, actor, id)).await
}
