//! `/meetings/{id}/replies/{institution_id}`: the reply of an institution to a convocation.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::super::convocation::convened_institutions;
use super::super::model::Meeting;
use super::super::replies::{self, MeetingReply, ReplyInput, ReplyKind};
use super::super::scope;
use super::{below, name_of};
use crate::access::require;
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, MeetingId, Tx};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::{Permitted, Result};
use crate::http::Fields;
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions};

/// The form of a reply
///
/// Permissions: representatives of the institution, if the session convenes it.
#[get("/meetings/{id}/replies/{institution_id}")]
pub(super) async fn open(visitor: Visitor, ids: Path<(MeetingId, InstitutionId)>) -> Result<HttpResponse> {
    let (meeting, institution) = ids.into_inner();
    visitor.form(ReplyPage { meeting, institution }).await
}

/// Reply to a convocation
///
/// Permissions: representatives of the institution, if the session convenes it.
#[post("/meetings/{id}/replies/{institution_id}")]
pub(super) async fn replace(submission: Submission, ids: Path<(MeetingId, InstitutionId)>) -> Result<HttpResponse> {
    let (meeting, institution) = ids.into_inner();
    submission.handle(ReplyPage { meeting, institution }).await
}

#[derive(Debug, Clone)]
struct ReplyPage {
    meeting: MeetingId,
    institution: InstitutionId,
}

struct Record {
    meeting: Meeting,
    reply: Option<MeetingReply>,
    names: InstitutionNames,
}

crate::restricted_by!(Record: meeting);

impl FormPage for ReplyPage {
    type Record = Record;
    type Input = ReplyInput;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        let meeting = scope::visible(conn, actor, self.meeting)?;
        let represents = actor.is_representative_of(self.institution, &meeting.fields.commission_ids);
        let is_convened = represents && convened_institutions(conn, &meeting, now)?.contains(&self.institution);
        require(is_convened, Permitted::Convened)?;
        meeting.require_convened()?;
        let reply = replies::find_visible(conn, actor, &meeting, self.institution)?;
        Ok(Record { names: institution_names(conn, [self.institution])?, meeting, reply })
    }

    fn fields(&self, record: &Record) -> Fields {
        record.reply.as_ref().map(|reply| Fields::of(&reply.fields)).unwrap_or_default()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: ReplyInput) -> Result<String> {
        replies::put_reply(tx, actor, (self.meeting, self.institution), input)?;
        Ok(format!("/meetings/{}?done=meeting-replied", self.meeting))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let choices = [
            Choice::new(ReplyKind::Attends, frame.t("meetings-reply-attends")),
            Choice::new(ReplyKind::Excused, frame.t("meetings-reply-excused"))
                .hint(frame.t("meetings-reply-excused-hint")),
        ];
        let back = format!("/meetings/{}", self.meeting);
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                p { strong { (name_of(&record.names, self.institution)) } }
                (field("reply", "meetings-reply-label").required().radios(&choices))
                (field("person", "meetings-reply-person").hint(frame.t("meetings-reply-person-hint")).max(300).text())
                (field("note", "meetings-reply-note").max(2000).area(3))
                p class="hint" { (frame.t("meetings-reply-mails")) }
                (actions(&frame.t("meetings-reply-send"), Some((&back, &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.meeting, "meetings-reply-title", body)
    }
}
