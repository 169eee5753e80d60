//! `/meetings/{id}/minutes/comments`: the circulated text with its comments, and the form of a comment.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::{self, markdown, minutes_path};
use crate::access::require;
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx};
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::minutes::comments::create;
use crate::minutes::model::MinutesCommentInput;
use crate::minutes::shown::{self, ShownMinutes};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, actions, empty, notice};

/// The comments on the minutes
///
/// Permissions: as for the minutes.
#[get("/meetings/{id}/minutes/comments")]
pub(crate) async fn show(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| Ok(shown::of_reader(conn, actor, id, now)?.may_comment());
    if visitor.read_unshown(read).await? {
        return visitor.form(CommentForm { id }).await;
    }
    let view = |frame: &Frame, shown: ShownMinutes| page(frame, &shown, html! { (closed(frame, &shown)) });
    visitor.page(move |conn, actor| shown::of_reader(conn, actor, id, now), view).await
}

/// Comment on circulated minutes
///
/// Permissions: representatives of institutions that were members on the session's day or are on its attendance list;
/// on behalf of such an institution, secretariat of any of its commissions, coordinator, admin.
#[post("/meetings/{id}/minutes/comments")]
pub(crate) async fn comment(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(CommentForm { id: id.into_inner() }).await
}

/// The form of a comment.
#[derive(Clone)]
struct CommentForm {
    id: MeetingId,
}

impl FormPage for CommentForm {
    type Record = ShownMinutes;
    type Input = MinutesCommentInput;

    fn shape(&self) -> Shape {
        Shape { flags: &["on_behalf"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<ShownMinutes> {
        let shown = shown::of_reader(conn, actor, self.id, now)?;
        require(!shown.commenters.is_empty() || shown.is_writer, Permitted::InstitutionOrWriters)?;
        Ok(shown)
    }

    /// A comment that a secretariat enters for an institution that it does not represent is one on its behalf.
    fn prepare(&self, _: &mut Db, shown: &ShownMinutes, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        let named = fields.get("institution_id").unwrap_or_default().to_owned();
        let is_own = shown.commenters.iter().any(|one| one.is_own && one.id.to_string() == named);
        if shown.is_writer && !is_own {
            fields.set("on_behalf", "true");
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: ShownMinutes, input: MinutesCommentInput) -> Result<String> {
        create(tx, actor, self.id, input)?;
        Ok(format!("{}/comments?done=minutes-commented", minutes_path(&shown.meeting)))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &ShownMinutes) -> View {
        page(frame, shown, comment_form(frame, form, shown))
    }
}

fn comment_form(frame: &Frame, form: &FormView, shown: &ShownMinutes) -> Markup {
    let path = minutes_path(&shown.meeting);
    let choices: Vec<Choice> = shown.commenters.iter().map(|one| Choice::new(one.id, &one.name)).collect();
    html! {
        section class="panel" {
            h2 { (frame.t(if shown.is_writer { "minutes-comment-received" } else { "minutes-comment-new" })) }
            form method="post" action={ (path) "/comments" } {
                (form.begin(frame))
                @if shown.is_writer || choices.len() > 1 {
                    (Field::new(frame, form, "institution_id", frame.t("minutes-comment-institution")).required()
                        .select(Some(&frame.t("minutes-choose")), &choices))
                } @else if let Some(own) = choices.first() { p { (own.text) } }
                (Field::new(frame, form, "text", frame.t("minutes-comment-text")).required()
                    .hint(frame.t("minutes-comment-hint")).max(10_000).kept_area(8))
                (actions(&frame.t("minutes-send-comment"), Some((path.as_str(), &frame.t("minutes-back")))))
            }
        }
    }
}

/// Draws the reason for which no comment is accepted; nothing for those who may never comment.
fn closed(frame: &Frame, shown: &ShownMinutes) -> Markup {
    let reason = shown.comments_closed_by().filter(|_| !shown.commenters.is_empty());
    let key = reason.map(|code| match code {
        Code::MinutesApproved => "minutes-comments-approved",
        Code::CommentsClosed => "minutes-comments-closed",
        _ => "minutes-comments-not-yet",
    });
    html! { @if let Some(key) = key { (notice(Tone::Neutral, html! { p { (frame.t(key)) } })) } }
}

fn page(frame: &Frame, shown: &ShownMinutes, form: Markup) -> View {
    let text = shown.circulated_text.as_deref().unwrap_or_else(|| shown.text());
    let body = html! {
        div class="columns" {
            div {
                section class="panel" {
                    h2 { (frame.t("minutes-circulated-text")) }
                    @if shown.circulated_text.is_some() { p class="small" { (frame.t("minutes-new-text")) } }
                    (markdown(text))
                }
            }
            aside {
                (form)
                section class="panel" {
                    h2 { (frame.t_n("minutes-comments-n", shown.comments.len())) }
                    @if shown.comments.is_empty() { (empty(&frame.t("minutes-no-comments"), None)) }
                    @else { (parts::comments(frame, shown)) }
                }
            }
        }
    };
    parts::page_below(frame, shown, frame.t("minutes-comments-title"), body)
}
