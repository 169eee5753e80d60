//! `/reports/{id}/questions/{key}`: the editor of one answer, with its sources, findings and comments beside it.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::parts::{self, below, question_path, state_tag, zone_of};
use super::question_beside::beside;
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Result};
use crate::http::{Fields, Paging, Shape};
use crate::identity::{Actor, FormPage, Nothing, Submission, Visitor};
use crate::reports::answer::{AnswerInput, AnswerState, takes_parties};
use crate::reports::model::{QuestionAsked, Report, ReportStatus};
use crate::reports::questionnaire::QuestionType;
use crate::reports::sharing::Comment;
use crate::reports::sharing::store::comments;
use crate::reports::{actions, reading, scope};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, button_link, moment, notice, panel};

/// The number of comments that the page shows; the page of comments has all.
const SHOWN_COMMENTS: i64 = 20;

/// A question with its answer
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[get("/reports/{id}/questions/{key}")]
pub(super) async fn show(visitor: Visitor, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let page = QuestionPage::of(path);
    let own = page.clone();
    let is_approved = move |conn: &mut Db, actor: &Actor| Ok(own.read(conn, actor)?.is_approved());
    if visitor.read_unshown(is_approved).await? {
        return visitor
            .page(move |conn, actor| page.read(conn, actor), |frame, shown| reading_view(frame, &shown))
            .await;
    }
    visitor.form(page).await
}

/// Answer a question
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}")]
pub(super) async fn send(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    submission.handle(QuestionPage::of(path)).await
}

/// Confirm an answer as it stands
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}/confirmation")]
pub(super) async fn send_confirmation(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    submission.handle(ConfirmationPage(QuestionPage::of(path))).await
}

#[derive(Clone)]
pub(super) struct QuestionPage {
    pub id: ReportId,
    pub key: String,
}

/// A question of a report, with the data that its page shows beside the answer.
pub(super) struct Answering {
    /// The report as the reader may know it.
    pub report: Report,
    pub asked: QuestionAsked,
    pub assignee: Option<CommissionRef>,
    pub comments: Vec<Comment>,
    pub zone: Tz,
    /// The reader coordinates the country.
    pub is_whole: bool,
}

crate::nothing_restricted!(Answering);

impl Answering {
    pub(super) fn is_approved(&self) -> bool {
        self.report.status == ReportStatus::Approved
    }

    pub(super) fn path(&self) -> String {
        question_path(self.report.id, &self.asked.key)
    }
}

impl QuestionPage {
    pub(super) fn of(path: Path<(ReportId, String)>) -> Self {
        let (id, key) = path.into_inner();
        Self { id, key }
    }

    /// Loads the question for a person who may answer it: 404 for others.
    pub(super) fn read(&self, conn: &mut Db, actor: &Actor) -> Result<Answering> {
        let visibility = Visibility::of(actor);
        let report = reading::find(conn, &visibility, actor.language, self.id)?;
        let asked = report.form.question(&self.key).cloned().ok_or(Code::NotFound)?;
        let named: Vec<_> = asked.assignee_commission_id.into_iter().collect();
        let assignee = commission_refs(conn, &named)?.into_values().next();
        let comments = comments(conn, self.id, &self.key, &Paging::read(Some(SHOWN_COMMENTS), None)?)?.items;
        let (zone, is_whole) = (zone_of(conn, &report)?, visibility.knows_country(&report.fields.country_code));
        Ok(Answering { report, asked, assignee, comments, zone, is_whole })
    }

    /// Loads the question of a draft.
    pub(super) fn read_draft(&self, conn: &mut Db, actor: &Actor) -> Result<Answering> {
        let shown = self.read(conn, actor)?;
        if shown.is_approved() { Err(Code::ReportApproved.into()) } else { Ok(shown) }
    }

    /// Locks the report; 412 when the answer has changed since the form was read.
    pub(super) fn lock(&self, tx: &mut Tx<'_>, actor: &Actor, read: &Answering) -> Result<()> {
        scope::lock_question(tx, actor, self.id, &self.key)?;
        let now = reading::question(tx.conn, &Visibility::of(actor), actor.language, self.id, &self.key)?;
        if now.answer == read.asked.answer { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
    }
}

/// Returns the fields of an answer.
pub(super) fn fields_of(asked: &QuestionAsked) -> Fields {
    let answer = asked.answer.clone();
    Fields::of(&AnswerInput {
        text: answer.text,
        choices: answer.choices,
        other_text: answer.other_text,
        rows: answer.rows,
    })
}

impl FormPage for QuestionPage {
    type Record = Answering;
    type Input = AnswerInput;

    fn shape(&self) -> Shape {
        Shape {
            lists: &["choices", "rows/*/participation_level"],
            rows: &[("rows", &["partner", "stakeholder", "description", "involvement"])],
            ignored: &["rows/*/new"],
            ..Shape::default()
        }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Answering> {
        self.read_draft(conn, actor)
    }

    fn fields(&self, shown: &Answering) -> Fields {
        fields_of(&shown.asked)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Answering, input: AnswerInput) -> Result<String> {
        self.lock(tx, actor, &shown)?;
        actions::answer(tx, actor, actor.language, (self.id, &self.key), input)?;
        Ok(format!("{}?done=report-answer-saved", shown.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Answering) -> View {
        let body = html! {
            div class="columns" {
                div class="stack" {
                    (editor(frame, form, shown))
                    (other_acts(frame, form, shown))
                    (neighbours(frame, shown))
                }
                (beside(frame, shown))
            }
        };
        page(frame, shown, body)
    }
}

/// The confirmation of an answer that nobody changed.
#[derive(Clone)]
struct ConfirmationPage(QuestionPage);

impl FormPage for ConfirmationPage {
    type Record = Answering;
    type Input = Nothing;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Answering> {
        self.0.load(conn, actor, now)
    }

    fn fields(&self, shown: &Answering) -> Fields {
        fields_of(&shown.asked)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Answering, _: Nothing) -> Result<String> {
        self.0.lock(tx, actor, &shown)?;
        actions::confirm(tx, actor, actor.language, (self.0.id, &self.0.key))?;
        Ok(format!("{}?done=report-answer-confirmed", shown.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Answering) -> View {
        self.0.view(frame, &FormView { fields: fields_of(&shown.asked), ..form.clone() }, shown)
    }
}

fn page(frame: &Frame, shown: &Answering, body: Markup) -> View {
    let asked = &shown.asked;
    let answer = &asked.answer;
    let lead = html! {
        (state_tag(frame, asked))
        @if let (Some(by), Some(at)) = (&answer.confirmed_by, answer.confirmed_at) {
            " " (frame.t_with("reports-confirmed-by",
                &[("name", by.name.as_str().into()), ("at", moment(at, shown.zone).into())]))
        }
        @if asked.mandatory { " · " (frame.t("reports-mandatory")) }
    };
    let view = below(frame, &shown.report, format!("{}. {}", asked.number, asked.title), body).lead(lead);
    match shown.report.form.questions().skip_while(|one| one.key != asked.key).nth(1) {
        Some(next) => {
            let text = frame.t_n("reports-question-after", i64::from(next.number));
            view.actions(button_link(&question_path(shown.report.id, &next.key), &text, false))
        }
        None => view,
    }
}

/// Draws the answer of an approved report.
fn reading_view(frame: &Frame, shown: &Answering) -> View {
    let body = html! {
        div class="columns" {
            div class="stack" {
                (notice(Tone::Done, html! { p { (frame.t("reports-is-approved")) } }))
                section class="panel" { h2 { (frame.t("reports-answer")) } (parts::answer(frame, &shown.asked)) }
                (neighbours(frame, shown))
            }
            (beside(frame, shown))
        }
    };
    page(frame, shown, body)
}

fn editor(frame: &Frame, form: &FormView, shown: &Answering) -> Markup {
    let asked = &shown.asked;
    html! {
        form class="stack" method="post" action=(shown.path()) {
            (form.begin(frame))
            (choices(frame, form, asked))
            @if asked.kind == QuestionType::Rows { (rows(frame, form, asked)) }
            @let is_narrative = asked.kind == QuestionType::Narrative;
            (Field::new(frame, form, "text", frame.t(if is_narrative { "reports-field-text" } else { "reports-field-comment" }))
                .unmarked(is_narrative && asked.mandatory).hint(frame.t("reports-text-hint")).max(50_000).kept_area(if is_narrative { 18 } else { 6 }))
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("reports-save-answer")) }
                p class="small" { (frame.t("reports-save-about")) }
            }
        }
    }
}

fn choices(frame: &Frame, form: &FormView, asked: &QuestionAsked) -> Markup {
    let offered: Vec<Choice> = asked.options.iter().map(|one| Choice::new(&one.key, one.label.as_str())).collect();
    let field = || Field::new(frame, form, "choices", frame.t("reports-field-choices")).unmarked(asked.mandatory);
    html! {
        @match asked.kind {
            QuestionType::SingleChoice => { (field().radios(&offered)) },
            QuestionType::MultipleChoice => {
                (field().checks(&offered))
                (Field::new(frame, form, "other_text", frame.t("reports-field-other")).max(2000).text())
            },
            QuestionType::Narrative | QuestionType::Rows => {},
        }
    }
}

/// Draws one row for each partner or party.
fn rows(frame: &Frame, form: &FormView, asked: &QuestionAsked) -> Markup {
    let offered: Vec<Choice> = asked.options.iter().map(|one| Choice::new(&one.key, one.label.as_str())).collect();
    let is_parties = takes_parties(&asked.key);
    let field = |n: usize, name: &str, key: &str| Field::new(frame, form, format!("rows/{n}/{name}"), frame.t(key));
    html! {
        @for n in 0..form.rows("rows", 1) {
            @let number = i64::try_from(n).unwrap_or_default() + 1;
            fieldset class="row" id={ "rows-" (n) } {
                @if is_parties {
                    legend { (frame.t_n("reports-party-n", number)) }
                    (field(n, "stakeholder", "reports-field-party").max(300).text())
                    (field(n, "participation_level", "reports-field-levels").checks(&offered))
                    (field(n, "involvement", "reports-field-involvement").max(10_000).area(3))
                } @else {
                    legend { (frame.t_n("reports-partner-n", number)) }
                    (field(n, "partner", "reports-field-partner").max(300).text())
                    (field(n, "partner_type", "reports-field-type").select(Some(&frame.t("reports-choose")), &offered))
                    (field(n, "description", "reports-field-description").max(10_000).area(3))
                }
                button type="submit" name="remove" value={ "rows/" (n) } formnovalidate {
                    (frame.t("reports-remove-row")) span class="unseen" { " " (number) }
                }
            }
        }
        p { button type="submit" name="add" value="rows" formnovalidate { (frame.t(if is_parties { "reports-add-party" } else { "reports-add-partner" })) } }
    }
}

/// Draws the form that confirms the answer as it stands, and the link back to the draft. A mandatory question without an
/// answer cannot be confirmed.
fn other_acts(frame: &Frame, form: &FormView, shown: &Answering) -> Markup {
    let state = shown.asked.answer.state;
    let (about, button) = match state {
        AnswerState::Empty => ("reports-confirm-empty-about", "reports-confirm-empty"),
        _ => ("reports-confirm-about", "reports-confirm"),
    };
    let is_missing = state == AnswerState::Empty && shown.asked.blocks();
    let path = shown.path();
    html! {
        @if state != AnswerState::Confirmed && !is_missing {
            form class="stack" method="post" action={ (path) "/confirmation" } {
                input type="hidden" name="form_id" value=(form.form_id);
                input type="hidden" name="etag" value=(form.etag);
                p { (frame.t(about)) }
                button type="submit" { (frame.t(button)) }
            }
        } @else if state == AnswerState::Confirmed {
            p { a href={ (path) "/draft" } { (frame.t("reports-back-to-draft")) } }
        }
    }
}

/// Draws the links to the questions before and after this one.
fn neighbours(frame: &Frame, shown: &Answering) -> Markup {
    let all: Vec<&QuestionAsked> = shown.report.form.questions().collect();
    let own = all.iter().position(|one| one.key == shown.asked.key).unwrap_or_default();
    let before = own.checked_sub(1).and_then(|n| all.get(n));
    let link = |one: &QuestionAsked, key: &str| {
        let text = frame.t_n(key, i64::from(one.number));
        html! { li { a href=(question_path(shown.report.id, &one.key)) { (text) } } }
    };
    html! {
        (panel(&frame.t("reports-other-questions"), None, html! {
            ul {
                @if let Some(one) = before { (link(one, "reports-question-before")) }
                @if let Some(one) = all.get(own + 1) { (link(one, "reports-question-after")) }
                li { a href=(parts::report_path(shown.report.id)) { (frame.t("reports-all-questions")) } }
            }
        }))
    }
}
