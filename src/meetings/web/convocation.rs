//! `/meetings/{id}/convocation` and `/meetings/{id}/cancellation`: the people who will get a mail, before anything is
//! sent.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::super::api::MeetingCancellation;
use super::super::convocation::{ConvenedInstitution, convene as convene_meeting, convened_people};
use super::super::model::{Meeting, MeetingStatus};
use super::super::{actions as meeting_actions, agenda_of_meetings, scope};
use super::{below, is_mailed};
use crate::access::require_writer;
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Error, Result};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Column, Field, FormView, Frame, Tone, View, actions, confirmation, notice, panel, table};

/// The page that lists the people who get a mail
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/convocation")]
pub(super) async fn open(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(Convocation(id.into_inner())).await
}

/// Convene a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/convocation")]
pub(super) async fn convene(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(Convocation(id.into_inner())).await
}

/// The form that cancels a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/cancellation")]
pub(super) async fn open_cancellation(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(Cancellation(id.into_inner())).await
}

/// Cancel a session
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/cancellation")]
pub(super) async fn cancel(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(Cancellation(id.into_inner())).await
}

/// A meeting with the institutions that it convenes.
struct Record {
    meeting: Meeting,
    convened: Vec<ConvenedInstitution>,
    agenda: Vec<String>,
    now: Instant,
}

crate::restricted_by!(Record: meeting);

fn load(conn: &mut Db, actor: &Actor, id: MeetingId, now: Instant) -> Result<Record> {
    let meeting = scope::visible(conn, actor, id)?;
    require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
    let convened = convened_people(conn, actor.id, &meeting, now)?;
    let agenda = agenda_of_meetings(conn, &[id])?.remove(&id).unwrap_or_default();
    Ok(Record { meeting, convened, agenda: agenda.into_iter().map(|item| item.title).collect(), now })
}

#[derive(Debug, Clone)]
struct Convocation(MeetingId);

impl FormPage for Convocation {
    type Record = Record;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        load(conn, actor, self.0, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, _: NoFields) -> Result<String> {
        convene_meeting(tx, actor, self.0)?;
        Ok(format!("/meetings/{}?done=meeting-convened", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let back = format!("/meetings/{}", self.0);
        let count = record.convened.len();
        let refused = record.meeting.require_convenable(record.now).err();
        let content = html! {
            @if let Some(refused) = &refused {
                (why_not(frame, refused, self.0))
            } @else if record.convened.is_empty() {
                (notice(Tone::Soon, html! { p { (frame.t("meetings-convene-nobody")) } }))
            } @else {
                form method="post" action=(frame.path) {
                    (form.begin(frame))
                    div class="prose" {
                        p { (frame.t_n("meetings-convene-what", count)) }
                        @if record.meeting.convened_at.is_some() { p { (frame.t("meetings-convene-repeated")) } }
                        @if record.meeting.fields.restricted { p { (frame.t("meetings-convene-restricted")) } }
                    }
                    (agenda(frame, record))
                    (people(frame, &record.convened))
                    (actions(&frame.t_n("meetings-convene-button", count), Some((&back, &frame.t("ui-leave")))))
                }
            }
        };
        below(frame, &record.meeting, "meetings-convene", content)
    }
}

/// Draws the reason for which a meeting cannot be convened, and what to do.
fn why_not(frame: &Frame, refused: &Error, id: MeetingId) -> Markup {
    let key = format!("detail-{}", refused.code.as_str().replace('_', "-"));
    let content = html! {
        p { (frame.t(&key)) }
        p { a href={ "/meetings/" (id) "/edit" } { (frame.t("meetings-edit")) } }
    };
    notice(Tone::Soon, content)
}

fn agenda(frame: &Frame, record: &Record) -> Markup {
    let path = format!("/meetings/{}/agenda", record.meeting.id);
    let content = html! {
        @if record.agenda.is_empty() { p { (frame.t("meetings-convene-no-agenda")) } } @else {
            ol { @for (n, title) in record.agenda.iter().enumerate() { li { (n + 1) ". " (title) } } }
        }
    };
    panel(&frame.t("meetings-tab-agenda"), Some((&path, &frame.t("meetings-agenda-edit"))), content)
}

/// Draws the people who are mailed, by institution: first those that cannot be reached.
fn people(frame: &Frame, convened: &[ConvenedInstitution]) -> Markup {
    let unreached: Vec<&ConvenedInstitution> = convened.iter().filter(|one| !one.is_reached).collect();
    let reached: Vec<&ConvenedInstitution> = convened.iter().filter(|one| one.is_reached).collect();
    html! {
        @if !unreached.is_empty() {
            @let n = unreached.len();
            (notice(Tone::Soon, html! { p { (frame.t_n("meetings-unreached", n)) } }))
            h2 { (frame.t("meetings-unreached-title")) }
            ul class="names" { @for one in unreached { li { (one.name) } } }
        }
        @if !reached.is_empty() { (list(frame, &frame.t("meetings-reached-title"), &reached)) }
    }
}

fn list(frame: &Frame, caption: &str, convened: &[&ConvenedInstitution]) -> Markup {
    let columns = [Column::new(frame.t("meetings-column-institution")), Column::new(frame.t("meetings-column-mailed"))];
    let row = |one: &&ConvenedInstitution| vec![html! { (one.name) }, html! { (one.people.join(", ")) }];
    let rows: Vec<Vec<Markup>> = convened.iter().map(row).collect();
    html! { h2 { (caption) } (table(caption, &columns, &rows)) }
}

#[derive(Debug, Clone)]
struct Cancellation(MeetingId);

impl FormPage for Cancellation {
    type Record = Record;
    type Input = MeetingCancellation;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Record> {
        load(conn, actor, self.0, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Record, input: MeetingCancellation) -> Result<String> {
        meeting_actions::cancel(tx, actor, self.0, &input.reason)?;
        Ok(format!("/meetings/{}?done=meeting-cancelled", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let back = format!("/meetings/{}", self.0);
        let is_mailed = is_mailed(&record.meeting, record.now);
        if record.meeting.fields.status == MeetingStatus::Cancelled {
            let content = notice(Tone::Soon, html! { p { (frame.t("detail-meeting-cancelled")) } });
            return below(frame, &record.meeting, "meetings-cancel", content);
        }
        let content = html! {
            div class="prose" {
                p { (frame.t("meetings-cancel-what")) }
                p { (frame.t(if is_mailed { "meetings-cancel-mails" } else { "meetings-cancel-no-mails" })) }
            }
            (Field::new(frame, form, "reason", frame.t("meetings-cancel-reason"))
                .hint(frame.t("meetings-cancel-reason-hint")).required().max(10_000).area(4))
            @if is_mailed { (people(frame, &record.convened)) }
        };
        let content =
            confirmation(frame, form, content, ("meetings-cancel-button", true), (&back, "meetings-cancel-leave"));
        below(frame, &record.meeting, "meetings-cancel", content)
    }
}
