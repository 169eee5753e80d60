//! `/meetings/{id}/minutes/circulation` and `/meetings/{id}/minutes/approval`: actions that mail people, each on a
//! page that states what will happen.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::{self, mails, minutes_path, session_choices};
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::Result;
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::minutes::actions;
use crate::minutes::content::{ActaAgreement, ActaCommitment};
use crate::minutes::model::{ApprovalInput, CirculationInput, Minutes};
use crate::minutes::shown::{self, Decision};
use crate::ui::{
    Choice, Field, FormView, Frame, Tone, View, actions as form_actions, button_link, date_in_words, day_in_words,
    long, notice,
};

/// The circulation of the minutes
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/minutes/circulation")]
pub(crate) async fn show_circulation(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(CirculationForm { id: id.into_inner() }).await
}

/// Circulate the minutes
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/minutes/circulation")]
pub(crate) async fn circulate(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(CirculationForm { id: id.into_inner() }).await
}

/// The approval of the minutes
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/minutes/approval")]
pub(crate) async fn show_approval(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(ApprovalForm { id: id.into_inner() }).await
}

/// Approve the minutes
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/minutes/approval")]
pub(crate) async fn approve(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(ApprovalForm { id: id.into_inner() }).await
}

/// The confirmation of the circulation.
#[derive(Clone)]
struct CirculationForm {
    id: MeetingId,
}

impl FormPage for CirculationForm {
    type Record = Decision;
    type Input = CirculationInput;

    fn shape(&self) -> Shape {
        Shape { dates: &["comments_until"], ..Shape::default() }
    }

    fn days(&self) -> DayFields {
        &[("comments_until", DayOf::Only)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Decision> {
        shown::decision(conn, actor, self.id, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Decision, input: CirculationInput) -> Result<String> {
        actions::circulate(tx, actor, self.id, &input)?;
        Ok(format!("{}?done=minutes-circulated", minutes_path(&record.shown.meeting)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Decision) -> View {
        let meeting = &record.shown.meeting;
        let path = minutes_path(meeting);
        let until = day_in_words(frame, &meeting.country_code, record.default_until);
        let body = html! {
            @if is_possible(record, record.is_circulated) {
                form method="post" action={ (path) "/circulation" } {
                    (form.begin(frame))
                    div class="prose" {
                        p { (frame.t("minutes-circulate-about")) }
                        (mails(frame, &record.mails))
                        @if !record.shown.comments.is_empty() { p { (frame.t("minutes-circulate-again")) } }
                    }
                    (Field::new(frame, form, "comments_until", frame.t("minutes-until"))
                        .hint(frame.t_with("minutes-until-hint", &[("day", until.into())])).date(&meeting.country_code))
                    (form_actions(&frame.t("minutes-do-circulate"), Some((&path, &frame.t("minutes-back")))))
                }
            } @else { (impossible(frame, record, "minutes-is-circulated")) }
        };
        parts::page_below(frame, &record.shown, frame.t("minutes-do-circulate"), body)
    }
}

/// The confirmation of the approval.
#[derive(Clone)]
struct ApprovalForm {
    id: MeetingId,
}

impl FormPage for ApprovalForm {
    type Record = Decision;
    type Input = ApprovalInput;

    fn shape(&self) -> Shape {
        Shape { flags: &["publish_drafts"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Decision> {
        shown::decision(conn, actor, self.id, now)
    }

    fn suggested(&self, _: &Decision) -> Fields {
        Fields::default().with("publish_drafts", "true")
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Decision, input: ApprovalInput) -> Result<String> {
        actions::approve(tx, actor, self.id, &input)?;
        Ok(format!("{}?done=minutes-approved", minutes_path(&record.shown.meeting)))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Decision) -> View {
        let path = minutes_path(&record.shown.meeting);
        let body = html! {
            @if is_possible(record, false) {
                form method="post" action={ (path) "/approval" } {
                    (form.begin(frame))
                    div class="columns" {
                        div {
                            (signed(frame, record))
                            (drafts(frame, record))
                        }
                        aside { (comments(frame, record, &path)) }
                    }
                    div class="prose" { p { (frame.t("minutes-approve-about")) } (mails(frame, &record.mails)) }
                    (approval_fields(frame, form, record))
                    (form_actions(&frame.t("minutes-do-approve"), Some((&path, &frame.t("minutes-back")))))
                }
            } @else { (impossible(frame, record, "minutes-is-approved")) }
        };
        parts::page_below(frame, &record.shown, frame.t("minutes-do-approve"), body)
    }
}

/// Returns true if the page offers the action. A form that was sent shows the reason of its refusal itself.
fn is_possible(record: &Decision, is_done: bool) -> bool {
    record.shown.obstacle.is_none() && !is_done
}

fn impossible(frame: &Frame, record: &Decision, done: &str) -> Markup {
    let path = minutes_path(&record.shown.meeting);
    html! {
        @match &record.shown.obstacle {
            Some(error) => (parts::obstacle(frame, &record.shown, error)),
            None => (notice(Tone::Soon, html! { p { (frame.t(done)) } })),
        }
        p { (button_link(&path, &frame.t("minutes-to-text"), true)) }
    }
}

/// Draws what the acta states and is signed.
fn signed(frame: &Frame, record: &Decision) -> Markup {
    html! {
        section class="panel" {
            div class="panel-head" {
                h2 { (frame.t("minutes-signed")) }
                a href={ (minutes_path(&record.shown.meeting)) "/document?format=pdf" } { (frame.t("minutes-see-pdf")) }
            }
            div class="prose" {
                ul {
                    @for (commission, present, entitled) in &record.present {
                        li {
                            (frame.t_with("minutes-signed-present", &[("commission", commission.as_str().into()),
                                ("present", (*present).into()), ("entitled", (*entitled).into())]))
                        }
                    }
                    li { (frame.t_n("minutes-signed-points", record.points)) }
                    li { (frame.t_n("minutes-signed-commitments", record.commitments.len())) }
                    li { (frame.t_n("minutes-signed-agreements", record.agreements.len())) }
                }
            }
            @if !record.agreements.is_empty() {
                ul class="prose" {
                    @for one in &record.agreements {
                        li { strong {
                            @if let Some(number) = &one.number {
                                (frame.t_with("minutes-agreement-n", &[("number", number.as_str().into())])) " "
                            }
                            (one.title)
                        } }
                    }
                }
            }
        }
    }
}

/// Draws the drafts that the approval publishes.
fn drafts(frame: &Frame, record: &Decision) -> Markup {
    let agreements: Vec<&ActaAgreement> = record.draft_agreements().collect();
    let commitments: Vec<&ActaCommitment> = record.draft_commitments().collect();
    let country = record.shown.meeting.country_code.as_str();
    html! {
        @if !agreements.is_empty() || !commitments.is_empty() {
            section class="panel" {
                div class="panel-head" {
                    h2 { (frame.t_n("minutes-drafts-n", agreements.len() + commitments.len())) }
                }
                ul class="items" {
                    @for one in agreements {
                        li { p class="what" { a href={ "/agreements/" (one.id) } { (one.title) } } }
                    }
                    @for one in commitments {
                        li {
                            div {
                                p class="what" { a class="code" href={ "/commitments/" (one.id) } { (one.code) } }
                                (long(frame, &one.text))
                                p class="small" { (terms(frame, country, one)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the number of institutions of a commitment, and its term.
fn terms(frame: &Frame, country: &str, one: &ActaCommitment) -> String {
    let institutions = frame.t_n("minutes-institutions-n", one.responsible.len());
    let due = one.due.as_deref().and_then(crate::dates::PartialDate::parse);
    let due = due.map_or_else(|| frame.t("minutes-no-term"), |due| date_in_words(frame, country, &due));
    format!("{institutions} · {due}")
}

/// Draws the comments that were received.
fn comments(frame: &Frame, record: &Decision, path: &str) -> Markup {
    let shown = &record.shown;
    let until = shown.minutes.as_ref().and_then(|minutes| minutes.comments_until).filter(|day| *day >= shown.today);
    html! {
        section class="panel" {
            h2 { (frame.t_n("minutes-comments-n", shown.comments.len())) }
            @if let Some(day) = until {
                p {
                    (frame.t_with("minutes-comments-still-open",
                        &[("day", day_in_words(frame, &shown.meeting.country_code, day).into())]))
                }
            }
            @if shown.minutes.as_ref().is_some_and(Minutes::is_draft) {
                p { (frame.t("minutes-not-circulated")) }
            }
            @if !shown.comments.is_empty() {
                p { a href={ (path) "/comments" } { (frame.t("minutes-see-comments")) } }
                (parts::comments(frame, shown))
            }
        }
    }
}

fn approval_fields(frame: &Frame, form: &FormView, record: &Decision) -> Markup {
    let publish = [
        Choice::new("true", frame.t("minutes-publish-yes")).hint(frame.t("minutes-publish-yes-about")),
        Choice::new("false", frame.t("minutes-publish-no")),
    ];
    let sessions = session_choices(&record.sessions);
    html! {
        @if record.draft_agreements().next().is_some() || record.draft_commitments().next().is_some() {
            (Field::new(frame, form, "publish_drafts", frame.t("minutes-publish")).required().radios(&publish))
        }
        @if !sessions.is_empty() {
            (Field::new(frame, form, "approved_in_meeting_id", frame.t("minutes-approved-in-field"))
                .hint(frame.t("minutes-approved-in-hint"))
                .select(Some(&frame.t("minutes-approved-in-none")), &sessions))
        }
    }
}
