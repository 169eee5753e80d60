//! Signing a report off: approval, its frozen copy, new versions, comparison with the last report.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};

use crate::access::Visibility;
use crate::db::ReportId;
use crate::error::Result;
use crate::http::Body;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::reports::comparison::Comparison;
use crate::reports::frozen::Snapshot;
use crate::reports::model::{Report, VersionInput};
use crate::reports::{actions, reading};

pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(approve).service(snapshot).service(begin_version).service(comparison);
}

/// Approve a report
///
/// Every answer given is approved; the report and the records that it cites are frozen, and every later write is a 409
/// `report_approved`. 409 `report_has_errors`, with the numbers of the questions, while an answer has an error;
/// warnings block nothing.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses(
    (status = 200, description = "Approved", body = Report),
    (status = 409, description = "It has errors, or is approved already", body = crate::http::Problem, content_type = "application/problem+json")
))]
#[post("/api/v1/reports/{id}/approval")]
pub async fn approve(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().act(super::load(lang, id), move |tx, actor| actions::approve(tx, actor, lang, id)).await
}

/// The frozen copy of an approved report
///
/// What was signed, and the records that it cites as they were. Whoever doubts it writes `report` as JSON without
/// spaces, names in order, and compares the SHA-256. A draft has no copy: 404.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "The copy", body = Snapshot)))]
#[get("/api/v1/reports/{id}/snapshot")]
pub async fn snapshot(caller: Caller, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.calculate(move |conn, actor| reading::snapshot(conn, &Visibility::of(actor), id)).await
}

/// Begin a new version of an approved report
///
/// A draft that begins with the answers of the approved report, which stays as it was signed. `POST …/drafting` then
/// drafts anew what no person has edited. 409 `report_not_approved` for a draft, `report_has_newer_version` when there is
/// a later version.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", request_body = VersionInput, responses((status = 201, description = "Begun", body = Report)))]
#[post("/api/v1/reports/{id}/versions")]
pub async fn begin_version(
    caller: Caller,
    lang: Lang,
    id: Path<ReportId>,
    body: Body<VersionInput>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let begin = move |tx: &mut crate::db::Tx<'_>, actor: &_, input| actions::begin_version(tx, actor, lang, id, input);
    caller.create(body, super::location, begin).await
}

/// Compare a report with the country's last one
///
/// What the last report announced for this period, what became of each next step, and how the choices differ. The last
/// report is the one that ended last before this one begins, an approved version before a draft.
///
/// Permissions: admin; coordinator of the country.
#[utoipa::path(tag = "reports", responses((status = 200, description = "Both reports, side by side", body = Comparison)))]
#[get("/api/v1/reports/{id}/comparison")]
pub async fn comparison(caller: Caller, lang: Lang, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.on_snapshot().calculate(move |conn, actor| reading::comparison(conn, &Visibility::of(actor), lang, id)).await
}
