//! The attendance of a commission in a period, as a document.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};

use super::super::attendance_document::{PeriodDocumentQuery, send_period};
use crate::db::CommissionId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;

/// The attendance of a period as a document
///
/// Permissions: those who may see the commission.
#[get("/commissions/{id}/attendance/document")]
pub(super) async fn attendance_of_period(
    visitor: Visitor,
    id: Path<CommissionId>,
    query: Query<PeriodDocumentQuery>,
) -> Result<HttpResponse> {
    send_period(visitor.into_caller(), id.into_inner(), query.0).await
}
