//! `/meetings/{id}/minutes/rectification`: a text and later records of the session, added to approved minutes.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::{self, mails, minutes_path, session_choices};
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::Result;
use crate::http::Shape;
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::minutes::actions;
use crate::minutes::model::RectificationInput;
use crate::minutes::shown::{self, Rectifiable};
use crate::ui::{
    Choice, Field, FormView, Frame, Tone, View, actions as form_actions, button_link, notice, text_preview,
};

/// The rectification of approved minutes
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/minutes/rectification")]
pub(crate) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(RectificationForm { id: id.into_inner(), is_preview: false }).await
}

/// Rectify approved minutes, or show a preview
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/minutes/rectification")]
pub(crate) async fn rectify(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    let is_preview = submission.form.fields.get("preview") == Some("true");
    let page = RectificationForm { id: id.into_inner(), is_preview };
    if is_preview { submission.show_typed(page).await } else { submission.handle(page).await }
}

/// The form of a rectification.
#[derive(Clone)]
struct RectificationForm {
    id: MeetingId,
    is_preview: bool,
}

impl FormPage for RectificationForm {
    type Record = Rectifiable;
    type Input = RectificationInput;

    fn shape(&self) -> Shape {
        Shape { lists: &["agreement_ids", "commitment_ids"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Rectifiable> {
        shown::rectifiable(conn, actor, self.id, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Rectifiable, input: RectificationInput) -> Result<String> {
        actions::rectify(tx, actor, self.id, &input)?;
        Ok(format!("{}?done=minutes-rectified", minutes_path(&record.shown.meeting)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Rectifiable) -> View {
        let path = minutes_path(&record.shown.meeting);
        let body = html! {
            @if parts::is_approved(&record.shown) {
                @if self.is_preview {
                    (text_preview(frame, parts::markdown(form.value("text"))))
                }
                form method="post" action={ (path) "/rectification" } {
                    (form.begin(frame))
                    div class="prose" { p { (frame.t("minutes-rectify-about")) } (mails(frame, &record.mails)) }
                    (fields(frame, form, record))
                    (form_actions(&frame.t("minutes-do-rectify"), Some((&path, &frame.t("minutes-back")))))
                }
            } @else {
                (notice(Tone::Soon, html! { p { (frame.t("minutes-rectify-not-yet")) } }))
                p { (button_link(&path, &frame.t("minutes-to-text"), true)) }
            }
        };
        parts::page_below(frame, &record.shown, frame.t("minutes-do-rectify"), body)
    }
}

fn fields(frame: &Frame, form: &FormView, record: &Rectifiable) -> Markup {
    let agreements: Vec<Choice> = record.agreements.iter().map(|one| Choice::new(one.id, &one.title)).collect();
    let commitment = |one: &crate::minutes::store::CommitmentRow| Choice::new(one.id, &one.code).hint(&one.text);
    let commitments: Vec<Choice> = record.commitments.iter().map(commitment).collect();
    let sessions = session_choices(&record.sessions);
    html! {
        (Field::new(frame, form, "text", frame.t("minutes-rectification-text")).required()
            .hint(frame.t("minutes-rectification-hint")).max(20_000).kept_area(12))
        p { button type="submit" name="preview" value="true" { (frame.t("ui-preview")) } }
        @if !agreements.is_empty() {
            (Field::new(frame, form, "agreement_ids", frame.t("minutes-added-agreements")).checks(&agreements))
        }
        @if !commitments.is_empty() {
            (Field::new(frame, form, "commitment_ids", frame.t("minutes-added-commitments")).checks(&commitments))
        }
        @if !sessions.is_empty() {
            (Field::new(frame, form, "approved_in_meeting_id", frame.t("minutes-approved-in-field"))
                .hint(frame.t("minutes-approved-in-hint"))
                .select(Some(&frame.t("minutes-approved-in-none")), &sessions))
        }
    }
}
