//! `/meetings/{id}/removal`: a session that was entered by mistake.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::super::model::Meeting;
use super::super::{actions as meeting_actions, scope};
use super::below;
use crate::access::require_writer;
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::Result;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{FormView, Frame, Tone, View, button_link, confirmation, notice};

/// The page that asks for confirmation before a session is deleted
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/removal")]
pub(super) async fn open(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

#[derive(Debug, Clone)]
struct Removal(MeetingId);

impl FormPage for Removal {
    type Record = Meeting;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Meeting> {
        let meeting = scope::visible(conn, actor, self.0)?;
        require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
        Ok(meeting)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, meeting: Meeting, _: NoFields) -> Result<String> {
        meeting_actions::delete(tx, actor, meeting)?;
        Ok("/meetings?done=meeting-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, meeting: &Meeting) -> View {
        let path = format!("/meetings/{}", self.0);
        let content = html! {
            @if meeting.convened_at.is_some() {
                (notice(Tone::Soon, html! { p { (frame.t("meetings-removal-convened")) } }))
                p { (button_link(&format!("{path}/cancellation"), &frame.t("meetings-cancel"), false)) }
            } @else {
                @let what = html! { div class="prose" { p { (frame.t("meetings-removal-what")) } } };
                (confirmation(frame, form, what, ("meetings-removal-button", true), (&path, "meetings-removal-leave")))
            }
        };
        below(frame, meeting, "meetings-removal", content)
    }
}
