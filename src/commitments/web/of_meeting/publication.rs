//! `/meetings/{id}/publication`: publishing every draft of a session at once, after who is mailed.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use maud::html;

use super::listing;
use crate::access::{Visibility, require_writer};
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, Status};
use crate::commitments::web::mailed::Mailed;
use crate::commitments::{actions, store};
use crate::db::{Db, InstitutionId, MeetingId, Tx};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::meetings::{Meeting, meeting};
use crate::ui::{FormView, Frame, View, actions as form_actions, empty, panel};

/// The page that publishes the drafts of a session
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/meetings/{id}/publication")]
pub(super) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(PublicationPage { id: id.into_inner() }).await
}

/// Publish the drafts of a session
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/meetings/{id}/publication")]
pub(super) async fn publish(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(PublicationPage { id: id.into_inner() }).await
}

#[derive(Clone)]
struct PublicationPage {
    id: MeetingId,
}

/// The drafts of a session, and the people who are mailed when they are published.
struct Publishing {
    meeting: Meeting,
    drafts: Vec<Commitment>,
    mailed: Vec<Mailed>,
    today: NaiveDate,
}

crate::restricted_by!(Publishing: meeting, drafts);

impl PublicationPage {
    fn back(&self) -> String {
        format!("/meetings/{}/agreements", self.id)
    }
}

impl FormPage for PublicationPage {
    type Record = Publishing;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Publishing> {
        let visibility = Visibility::of(actor);
        let meeting = meeting(conn, &visibility, self.id)?;
        require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
        let drafts = store::drafts_of_meeting(conn, &visibility, self.id, now)?;
        let is_live = |part: &&Assignment| part.progress.status != Status::Cancelled;
        let institutions = |one: &Commitment| -> Vec<InstitutionId> {
            one.assignments.iter().filter(is_live).map(|part| part.fields.institution_id).collect()
        };
        let to: Vec<_> = drafts.iter().map(|one| (one, institutions(one))).collect();
        let mailed = Mailed::of_several(conn, actor, &to, now)?;
        Ok(Publishing { today: now.day_in(meeting.zone()), meeting, drafts, mailed })
    }

    /// The drafts are compared in place of the record: when one was added, changed or published since, the page is shown again.
    fn fields(&self, record: &Publishing) -> Fields {
        let mut fields = Fields::default();
        record.drafts.iter().for_each(|one| fields.push("drafts", format!("{} {}", one.id, one.updated_at)));
        fields
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Publishing, _: NoFields) -> Result<String> {
        actions::publish_of_session(tx, actor, self.id)?;
        Ok(format!("{}?done=entry-published", self.back()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Publishing) -> View {
        let (back, n) = (self.back(), record.drafts.len());
        let leave = frame.t("ui-unchanged");
        let drafts: Vec<&Commitment> = record.drafts.iter().collect();
        let body = html! {
            @if drafts.is_empty() { (empty(&frame.t("entry-no-drafts"), Some((back.as_str(), leave.as_str())))) } @else {
                p { (frame.t("entry-publication-about")) }
                (panel(
                    &frame.t_n("entry-commitments-n", n),
                    None,
                    listing::commitments(frame, record.today, &drafts),
                ))
                (Mailed::list(frame, &record.mailed))
                form method="post" action=(frame.path) {
                    (form.begin(frame))
                    (form_actions(&frame.t_n("entry-publication-submit", n), Some((back.as_str(), leave.as_str()))))
                }
            }
        };
        View::new(frame.t("entry-publication-title"), body)
            .lead(html! { (record.meeting.fields.title) })
            .above("/meetings", frame.t("web-nav-meetings"))
            .above(back, record.meeting.fields.title.clone())
    }
}
