//! `/reports/{id}/questions/{key}/comments`: the comments on an answer, and the form of a new one.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::below;
use super::question::{Answering, QuestionPage};
use super::question_beside::one_comment;
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::reports::sharing::{self, Comment, CommentInput, store};
use crate::ui::{Field, FormView, Frame, View, actions, empty, pager, panel};

/// The comments on an answer
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[get("/reports/{id}/questions/{key}/comments")]
pub(super) async fn open(visitor: Visitor, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let cursor = visitor.parameters().get("cursor").map(str::to_owned);
    let page = CommentPage { question: QuestionPage::of(path), cursor };
    let own = page.clone();
    let is_approved = move |conn: &mut Db, actor: &Actor| Ok(own.question.read(conn, actor)?.is_approved());
    if !visitor.read_unshown(is_approved).await? {
        return visitor.form(page).await;
    }
    visitor.page(move |conn, actor| page.read(conn, actor), |frame, shown| view(frame, None, &shown)).await
}

/// Comment on an answer
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}/comments")]
pub(super) async fn create(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    submission.handle(CommentPage { question: QuestionPage::of(path), cursor: None }).await
}

#[derive(Clone)]
struct CommentPage {
    question: QuestionPage,
    /// The place in the list of comments, from the link to the next page.
    cursor: Option<String>,
}

/// A question with one page of its comments.
struct Commented {
    question: Answering,
    comments: Page<Comment>,
}

crate::nothing_restricted!(Commented);

impl CommentPage {
    fn read(&self, conn: &mut Db, actor: &Actor) -> Result<Commented> {
        let question = self.question.read(conn, actor)?;
        let comments =
            store::comments(conn, self.question.id, &self.question.key, &Paging::read(None, self.cursor.as_deref())?)?;
        Ok(Commented { question, comments })
    }
}

impl FormPage for CommentPage {
    type Record = Commented;
    type Input = CommentInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Commented> {
        self.question.read_draft(conn, actor)?;
        self.read(conn, actor)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Commented, input: CommentInput) -> Result<String> {
        sharing::comment(tx, actor, (self.question.id, &self.question.key), input)?;
        Ok(format!("{}/comments?done=report-commented", shown.question.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Commented) -> View {
        view(frame, Some(form), shown)
    }
}

fn view(frame: &Frame, form: Option<&FormView>, shown: &Commented) -> View {
    let (question, comments) = (&shown.question, &shown.comments);
    let path = question.path();
    let list = html! {
        @if comments.items.is_empty() { (empty(&frame.t("reports-no-comments"), None)) }
        @else { ul class="stack" { @for comment in &comments.items { li { (one_comment(frame, question, comment)) } } } }
        (pager(frame, comments.next_cursor.as_deref()))
    };
    let body = html! {
        (panel(&frame.t("reports-comments"), None, list))
        @if let Some(form) = form { (comment_form(frame, form, &path)) }
    };
    let title = format!("{}. {}", question.asked.number, question.asked.title);
    below(frame, &question.report, frame.t("reports-comments-title"), body).above(path, title)
}

fn comment_form(frame: &Frame, form: &FormView, path: &str) -> Markup {
    html! {
        form class="stack" method="post" action={ (path) "/comments" } {
            (form.begin(frame))
            (Field::new(frame, form, "text", frame.t("reports-field-comment")).required()
                .hint(frame.t("reports-comment-hint")).max(4000).kept_area(5))
            (actions(&frame.t("reports-send-comment"), Some((path, &frame.t("reports-back-to-question")))))
        }
    }
}
