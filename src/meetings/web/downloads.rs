//! The documents that the program makes of a session before its minutes: the convocation, and the list to sign.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::super::attendance_document::send_list;
use super::super::convocation::{ConvocationQuery, send_convocation};
use super::super::model::Meeting;
use crate::clock::Instant;
use crate::db::{Db, MeetingId};
use crate::error::Result;
use crate::http::Query;
use crate::identity::Visitor;
use crate::issued::{IssuedKind, newest};
use crate::rendering::DocumentQuery;
use crate::ui::Frame;

/// The convocation as a document
///
/// Permissions: those who may see the session; a draft: secretariat of any of its commissions, coordinator, admin.
#[get("/meetings/{id}/convocation/document")]
pub(super) async fn send_own_convocation(
    visitor: Visitor,
    id: Path<MeetingId>,
    query: Query<ConvocationQuery>,
) -> Result<HttpResponse> {
    send_convocation(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The attendance list to sign, as a document
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/attendance/document")]
pub(super) async fn send_attendance_list(
    visitor: Visitor,
    id: Path<MeetingId>,
    query: Query<DocumentQuery>,
) -> Result<HttpResponse> {
    send_list(visitor.into_caller(), id.into_inner(), query.0).await
}

/// The documents that the program makes of a session before its minutes.
pub(super) struct Downloads {
    /// True if a convocation was sent, and is kept as it was.
    is_convocation_kept: bool,
    /// True if the session may still be convened by the reader, who gets a draft of the convocation.
    may_convene: bool,
    may_write: bool,
}

impl Downloads {
    /// Loads the documents that a reader may fetch.
    pub(super) fn load(conn: &mut Db, meeting: &Meeting, may_write: bool, now: Instant) -> Result<Self> {
        Ok(Self {
            is_convocation_kept: newest(conn, meeting.id, IssuedKind::Convocation)?.is_some(),
            may_convene: may_write && meeting.require_convenable(now).is_ok(),
            may_write,
        })
    }
}

/// Draws the links to the documents of a session that the reader may fetch.
pub(super) fn downloads(frame: &Frame, id: MeetingId, downloads: &Downloads) -> Markup {
    let key = match (downloads.is_convocation_kept, downloads.may_convene) {
        (true, _) => Some("meetings-convocation-document"),
        (false, true) => Some("meetings-convocation-draft"),
        (false, false) => None,
    };
    html! {
        @if let Some(key) = key {
            p { a href={ "/meetings/" (id) "/convocation/document?format=pdf" } { (frame.t(key)) } }
        }
        @if downloads.may_write {
            p { a href={ "/meetings/" (id) "/attendance/document?format=pdf" } { (frame.t("meetings-attendance-document")) } }
        }
    }
}
