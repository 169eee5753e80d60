//! `/overview`: the state of all commitments, and the compliance of a period as a download.

mod links;
mod page;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

use super::compliance::{ComplianceDocumentQuery, send_compliance};
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;

pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(page::show).service(document);
}

/// The compliance of a period as a document
///
/// Permissions: anyone signed in; counts only what the reader may see.
#[get("/compliance/document")]
pub(crate) async fn document(visitor: Visitor, query: Query<ComplianceDocumentQuery>) -> Result<HttpResponse> {
    send_compliance(visitor.into_caller(), query.0).await
}
