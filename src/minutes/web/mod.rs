//! Pages of the minutes of a session: the text with its preview, circulation, comments, approval, rectification, and
//! the downloads of the acta.

mod comments;
mod decisions;
mod parts;
mod rectification;
mod text;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};

use super::api::{ActaQuery, TemplateQuery, send_acta, send_template};
use crate::db::MeetingId;
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(text::show).service(text::write);
    cfg.service(decisions::show_circulation).service(decisions::circulate);
    cfg.service(decisions::show_approval).service(decisions::approve);
    cfg.service(rectification::show).service(rectification::rectify);
    cfg.service(comments::show).service(comments::comment);
    cfg.service(document).service(template);
}

/// The acta as a document
///
/// Permissions: as for the minutes; `part=restricted`: secretariat of any of its commissions, coordinator, admin.
#[get("/meetings/{id}/minutes/document")]
pub(crate) async fn document(visitor: Visitor, id: Path<MeetingId>, query: Query<ActaQuery>) -> Result<HttpResponse> {
    send_acta(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The text to start from
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/minutes/template")]
pub(crate) async fn template(
    visitor: Visitor,
    id: Path<MeetingId>,
    query: Query<TemplateQuery>,
) -> Result<HttpResponse> {
    send_template(visitor.into_caller(), id.into_inner(), query.0).await
}
