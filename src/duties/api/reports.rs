//! `/duties/{id}/reports`: reports on periods, their reviews and waivers.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::Visibility;
use crate::audit::PartOf;
use crate::dates::{PartialDate, query_partial_date};
use crate::db::{Db, DutyId, DutyReportId, InstitutionId, Tx};
use crate::duties::actions;
use crate::duties::model::{DutyReport, DutyReportInput, DutyReviewInput, DutyWaiverInput, PeriodReport};
use crate::duties::store::{self, ReportFilter};
use crate::error::{Code, Result};
use crate::http::{Body, Page, Paging, Query};
use crate::identity::{Actor, Caller};

pub(super) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(show).service(put_report).service(review).service(waive).service(withdraw_waiver);
}

type ReportPath = Path<(DutyId, InstitutionId, String)>;

/// Filters of the list of reports.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportsQuery {
    /// Only those of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those on this period.
    #[param(example = "2023-Q1")]
    #[serde(default, deserialize_with = "query_partial_date")]
    period: Option<PartialDate>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

/// List the reports of a duty
///
/// All reports with their corrections, in the order of receipt.
///
/// Permissions: those who may see the duty.
#[utoipa::path(tag = "duties", params(ReportsQuery), responses((status = 200, description = "One page", body = Page<DutyReport>)))]
#[get("/api/v1/duties/{id}/reports")]
pub(crate) async fn list(caller: Caller, id: Path<DutyId>, query: Query<ReportsQuery>) -> Result<HttpResponse> {
    let ReportsQuery { institution_id, period, limit, cursor, count } = query.0;
    let paging = Paging::<DutyReportId>::read(limit, cursor.as_deref())?.counting(count);
    let load = move |conn: &mut Db, actor: &Actor| {
        let duty = store::find(conn, &Visibility::of(actor), *id)?;
        let filter = ReportFilter { institution_id, period: period.as_ref() };
        let page = store::list_reports(conn, &duty, filter, &paging)?;
        Ok(PartOf::new(&duty, page))
    };
    caller.calculate(load).await
}

/// Show the report on a period
///
/// The newest report of an institution with its corrections, reviews and waivers. 404 when the duty does not ask the
/// institution, has no such period, or there is neither a report nor a waiver.
///
/// Permissions: those who may see the duty.
#[utoipa::path(tag = "duties", responses((status = 200, description = "The report", body = PeriodReport)))]
#[get("/api/v1/duties/{id}/reports/{institution_id}/{period}")]
pub(crate) async fn show(caller: Caller, path: ReportPath) -> Result<HttpResponse> {
    let (path, now) = (path.into_inner(), caller.state.now());
    let load = move |conn: &mut Db, actor: &Actor| {
        let target = actions::find_institution_period(conn, actor, &path)?;
        let report = actions::period_report(conn, &target, now)?;
        let report = report.has_history().then_some(report).ok_or(Code::NotFound)?;
        Ok(PartOf::new(&target.duty, report))
    };
    caller.show(load).await
}

/// Loads the report on a period; None when nothing was reported or waived yet.
fn stored(tx: &mut Tx<'_>, actor: &Actor, path: &(DutyId, InstitutionId, String)) -> Result<Option<PeriodReport>> {
    let target = actions::find_institution_period(tx.conn, actor, path)?;
    Ok(Some(actions::period_report(tx.conn, &target, tx.now)?).filter(PeriodReport::has_history))
}

/// Loads the report on a period for an action on it.
fn load_for_action(tx: &mut Tx<'_>, actor: &Actor, path: &(DutyId, InstitutionId, String)) -> Result<PeriodReport> {
    let target = actions::find_institution_period(tx.conn, actor, path)?;
    actions::period_report(tx.conn, &target, tx.now)
}

/// Report on a period
///
/// The first report answers 201, a correction 200; both are kept, and the newest counts. It awaits review. The same report
/// again changes nothing, unless it was returned. A period takes
/// reports from its first day: before, 409 `period_not_begun`. `nothing_to_report` goes without values; a value that is
/// left out is not known, never zero.
///
/// Permissions: representative of the institution; with `on_behalf`, the secretariat of any of the duty's commissions, the
/// coordinator of the country, or an admin.
#[utoipa::path(tag = "duties", request_body = DutyReportInput, responses((status = 200, description = "Corrected", body = PeriodReport), (status = 201, description = "Reported", body = PeriodReport)))]
#[put("/api/v1/duties/{id}/reports/{institution_id}/{period}")]
pub(crate) async fn put_report(caller: Caller, path: ReportPath, body: Body<DutyReportInput>) -> Result<HttpResponse> {
    let path = path.into_inner();
    let own = path.clone();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| stored(tx, actor, &own);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| actions::put_report(tx, actor, &path, input);
    caller.put_or_create(body, load, |report: &PeriodReport| report.revision == Some(1), save).await
}

/// Review the report on a period
///
/// Accepts or returns the newest report; a return needs a comment, and waits for a correction. 409 `not_pending` when it
/// was reviewed before.
///
/// Permissions: secretariat of any of the duty's commissions, coordinator of the country, admin; never the person who wrote
/// the report or imported it with a file (403 `own_update`).
#[utoipa::path(tag = "duties", request_body = DutyReviewInput, responses((status = 200, description = "Reviewed", body = PeriodReport)))]
#[post("/api/v1/duties/{id}/reports/{institution_id}/{period}/review")]
pub(crate) async fn review(caller: Caller, path: ReportPath, body: Body<DutyReviewInput>) -> Result<HttpResponse> {
    let (path, input) = (path.into_inner(), body.input());
    let own = path.clone();
    let save = move |tx: &mut Tx<'_>, actor: &Actor| actions::review_report(tx, actor, &path, input.clone());
    caller.act(move |tx, actor| load_for_action(tx, actor, &own), save).await
}

/// Waive the report on a period
///
/// The institution need not report on the period. A report that arrives all the same counts. 409 `duplicate` while another
/// waiver is in force.
///
/// Permissions: secretariat of any of the duty's commissions; coordinator of the country; admin.
#[utoipa::path(tag = "duties", request_body = DutyWaiverInput, responses((status = 200, description = "Waived", body = PeriodReport)))]
#[post("/api/v1/duties/{id}/reports/{institution_id}/{period}/waiver")]
pub(crate) async fn waive(caller: Caller, path: ReportPath, body: Body<DutyWaiverInput>) -> Result<HttpResponse> {
    let (path, input) = (path.into_inner(), body.input());
    let own = path.clone();
    let save = move |tx: &mut Tx<'_>, actor: &Actor| actions::waive(tx, actor, &path, input.clone());
    caller.act(move |tx, actor| load_for_action(tx, actor, &own), save).await
}

/// Withdraw a waiver
///
/// The report is awaited again; the waiver and its withdrawal stay in the history.
///
/// Permissions: secretariat of any of the duty's commissions; coordinator of the country; admin.
#[utoipa::path(tag = "duties", responses((status = 204, description = "Withdrawn")))]
#[delete("/api/v1/duties/{id}/reports/{institution_id}/{period}/waiver")]
pub(crate) async fn withdraw_waiver(caller: Caller, path: ReportPath) -> Result<HttpResponse> {
    let path = path.into_inner();
    let own = path.clone();
    let withdraw = move |tx: &mut Tx<'_>, actor: &Actor| actions::withdraw_waiver(tx, actor, &path);
    caller.act_only(move |tx, actor| load_for_action(tx, actor, &own), withdraw).await
}
