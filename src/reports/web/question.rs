//! `/reports/{id}/questions/{key}`: the editor of one answer, with its sources, findings and comments beside it.

use std::collections::HashSet;

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use chrono_tz::Tz;
use maud::{Markup, html};

use super::cited::Cited;
use super::parts::{self, below, question_path, state_tag, zone_of};
use super::question_beside::beside;
use super::question_form::{editor, fields_of, is_edited};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Result};
use crate::http::{Fields, Paging, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor, forget_unsent, unsent};
use crate::plans::ItemStatus;
use crate::rendering::html_of_markdown;
use crate::reports::actions::{self, Confirming};
use crate::reports::answer::{Answer, AnswerInput, AnswerState, ChangedSource};
use crate::reports::draft::load_records;
use crate::reports::findings::suggested_step;
use crate::reports::model::{QuestionAsked, Report, ReportStatus};
use crate::reports::questionnaire::QuestionType;
use crate::reports::records::Records;
use crate::reports::sharing::Comment;
use crate::reports::sharing::store::comments;
use crate::reports::since_confirmation::renew_findings;
use crate::reports::{reading, scope};
use crate::ui::{FormView, Frame, Tone, View, button_link, moment, notice, panel, rendered, tag, text_preview};

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
/// The button `next` saves without confirming (`later`), or goes on with the next open question (`following`); `preview`
/// shows the text as it will be read, and `suggestion` marks the status that the records suggest; both save nothing.
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}")]
pub(super) async fn send(mut submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let page = QuestionPage::of(path);
    if let Some(status) = submission.form.fields.get("suggestion").map(str::to_owned) {
        submission.form.fields.set("choices", status);
        return submission.show_typed(page).await;
    }
    if submission.form.fields.get("preview") == Some("true") {
        return submission.show_typed(QuestionPage { is_preview: true, ..page }).await;
    }
    let page = match submission.form.fields.get("next") {
        Some("later") => QuestionPage { confirming: Confirming::Later, ..page },
        Some("following") => QuestionPage { goes_on: true, ..page },
        _ => page,
    };
    submission.handle(page).await
}

/// Confirm an answer as it stands
///
/// With changes in the form nothing is confirmed: the form is shown again with them.
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}/confirmation")]
pub(super) async fn send_confirmation(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    let page = QuestionPage::of(path);
    let (own, typed) = (page.clone(), submission.form.fields.of_record());
    let differs = move |conn: &mut Db, actor: &Actor| {
        let shown = own.read_draft(conn, actor)?;
        Ok(!typed.0.is_empty() && is_edited(&typed, &shown.asked))
    };
    if submission.read_unshown(differs).await? {
        return submission.show_typed(page).await;
    }
    submission.handle(ConfirmationPage(page)).await
}

#[derive(Clone)]
pub(super) struct QuestionPage {
    pub id: ReportId,
    pub key: String,
    confirming: Confirming,
    /// The next open question follows.
    goes_on: bool,
    /// The text is shown as it will be read.
    is_preview: bool,
}

/// A question of a report, with the data that its page shows beside the answer.
pub(super) struct Answering {
    /// The report as the reader may know it.
    pub report: Report,
    pub asked: QuestionAsked,
    pub assignee: Option<CommissionRef>,
    pub comments: Vec<Comment>,
    /// The changes of its records since the answer was drafted, written or confirmed.
    pub changed: Vec<ChangedSource>,
    /// The sentence about each record that the answer cites, by its id, and the records whose pages the reader may open.
    pub cited: Cited,
    /// The status that the records suggest for a next step, and the day as of which.
    pub suggested: Option<(ItemStatus, NaiveDate)>,
    /// The reader has a text that a new draft replaced.
    pub has_earlier: bool,
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
        Self { id, key, confirming: Confirming::WithoutErrors, goes_on: false, is_preview: false }
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
        let (changed, cited) = (asked.answer.changed_since_edit.clone(), Cited::default());
        let (suggested, has_earlier) = (None, false);
        Ok(Answering { report, asked, assignee, comments, changed, cited, suggested, has_earlier, zone, is_whole })
    }

    /// Loads the question with the state of the records that its answer cites.
    fn read_with_records(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Answering> {
        let mut shown = self.read(conn, actor)?;
        let records = load_records(conn, &shown.report.fields, Some(now))?;
        let mut changed = renew_findings(conn, actor.language, &mut shown.report, &records)?;
        if shown.is_whole {
            shown.changed = changed.remove(&self.key).unwrap_or_default();
        } else {
            let known: HashSet<String> = shown.report.form.questions().map(|asked| asked.key.clone()).collect();
            shown.report = shown.report.with_questions_only(&known);
        }
        shown.asked = shown.report.form.question(&self.key).cloned().ok_or(Code::NotFound)?;
        shown.suggested = suggested(&shown, &records);
        shown.has_earlier = unsent(conn, actor, &earlier_page(&shown.path()), now)?.is_some();
        shown.cited = Cited::of(conn, actor, &shown.report, &records)?;
        Ok(shown)
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
        // The findings of the page are those of the records as they are now.
        let stored = |asked: &QuestionAsked| Answer { findings: Vec::new(), ..asked.answer.clone() };
        if stored(&now) == stored(&read.asked) { Ok(()) } else { Err(Code::PreconditionFailed.into()) }
    }
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

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Answering> {
        let shown = self.read_with_records(conn, actor, now)?;
        if shown.is_approved() { Err(Code::ReportApproved.into()) } else { Ok(shown) }
    }

    fn fields(&self, shown: &Answering) -> Fields {
        fields_of(&shown.asked)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Answering, input: AnswerInput) -> Result<String> {
        self.lock(tx, actor, &shown)?;
        let (lang, question) = (actor.language, (self.id, self.key.as_str()));
        let is_unchanged = !is_edited(&Fields::of(&input), &shown.asked);
        if is_unchanged && shown.asked.answer.state == AnswerState::Empty && shown.asked.needs_confirmation {
            return Ok(format!("{}?done=report-answer-empty", shown.path()));
        }
        let asked = match is_unchanged {
            // Words of the program stay in every language.
            true if self.confirming != Confirming::Later && shown.asked.may_be_confirmed() => {
                actions::confirm(tx, actor, lang, question)?
            }
            true => shown.asked.clone(),
            false => actions::answer(tx, actor, lang, question, (input, self.confirming))?,
        };
        let (done, page) = match asked.answer.state {
            // The answer may ask for another question.
            AnswerState::Confirmed if self.goes_on => after(&self.read(tx.conn, actor)?),
            AnswerState::Confirmed => ("report-answer-saved", shown.path()),
            _ if self.confirming == Confirming::Later => ("report-answer-open", shown.path()),
            _ if asked.lacks_choice() => ("report-answer-unmarked", shown.path()),
            _ => ("report-answer-has-errors", shown.path()),
        };
        Ok(format!("{page}?done={done}"))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Answering) -> View {
        let body = html! {
            @if self.is_preview { (text_preview(frame, rendered(html_of_markdown(form.value("text"), 2)))) }
            div class="columns" {
                div class="stack" {
                    (editor(frame, form, shown))
                    (neighbours(frame, shown))
                }
                (beside(frame, shown))
            }
        };
        page(frame, shown, body)
    }
}

/// Returns the address of the form with the text of a person that a new draft replaced.
pub(super) fn earlier_page(question: &str) -> String {
    format!("{question}?earlier=true")
}

/// Returns the status that the records suggest for the next step of a question, and the day as of which.
fn suggested(shown: &Answering, records: &Records) -> Option<(ItemStatus, NaiveDate)> {
    let (asked, fields) = (&shown.asked, &shown.report.fields);
    let step = asked.plan_item_id.filter(|_| asked.kind == QuestionType::SingleChoice)?;
    let status = suggested_step(records, (fields.period_from, fields.period_to), step)?;
    Some((status, records.as_of(fields.period_to)))
}

/// The confirmation of an answer that nobody changed.
#[derive(Clone)]
struct ConfirmationPage(QuestionPage);

impl FormPage for ConfirmationPage {
    type Record = Answering;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Answering> {
        self.0.load(conn, actor, now)
    }

    fn fields(&self, shown: &Answering) -> Fields {
        fields_of(&shown.asked)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, shown: Answering, _: NoFields) -> Result<String> {
        self.0.lock(tx, actor, &shown)?;
        if shown.asked.lacks_choice() {
            return Ok(format!("{}?done=report-answer-unmarked", shown.path()));
        }
        actions::confirm(tx, actor, actor.language, (self.0.id, &self.0.key))?;
        forget_unsent(tx, actor, &shown.path())?;
        Ok(format!("{}?done=report-answer-confirmed", shown.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Answering) -> View {
        self.0.view(frame, &FormView { fields: fields_of(&shown.asked), ..form.clone() }, shown)
    }
}

/// Returns the page on which a person goes on, with the code of its message: the next question that is to be confirmed,
/// answered or left open on purpose; after the last one the first for which the approval still waits, else the report. A
/// coordinator does not go to the questions that a commission answers.
fn after(shown: &Answering) -> (&'static str, String) {
    let all = shown.report.form.questions();
    let is_own = |asked: &&QuestionAsked| {
        asked.key == shown.asked.key || !shown.is_whole || asked.assignee_commission_id.is_none()
    };
    let all: Vec<&QuestionAsked> = all.filter(is_own).collect();
    let own = all.iter().position(|asked| asked.key == shown.asked.key).unwrap_or_default();
    let mut later = all.iter().copied().skip(own + 1);
    let next = later.find(|asked| asked.is_awaited() || parts::is_left_open(asked));
    match next.or_else(|| all.iter().copied().take(own).find(|asked| asked.is_awaited())) {
        Some(asked) => ("report-answer-saved-before", question_path(shown.report.id, &asked.key)),
        None => {
            let is_last = !shown.report.form.questions().any(QuestionAsked::is_awaited);
            let done = if is_last { "report-answer-saved-last" } else { "report-answer-saved" };
            (done, parts::report_path(shown.report.id))
        }
    }
}

fn page(frame: &Frame, shown: &Answering, body: Markup) -> View {
    let asked = &shown.asked;
    let answer = &asked.answer;
    let confirmed = if shown.is_approved() { "reports-confirmed-before" } else { "reports-confirmed-by" };
    let lead = html! {
        (state_tag(frame, &shown.report, asked))
        @if let (Some(by), Some(at)) = (&answer.confirmed_by, answer.confirmed_at) {
            " " (frame.t_with(confirmed,
                &[("name", by.name.as_str().into()), ("at", moment(at, shown.zone).into())]))
        }
        @if asked.mandatory { " " (tag(Tone::Neutral, &frame.t("reports-mandatory"))) }
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
                section class="panel" { h2 { (frame.t("reports-answer")) } (parts::answer(frame, &shown.report, &shown.asked)) }
                (neighbours(frame, shown))
            }
            (beside(frame, shown))
        }
    };
    page(frame, shown, body)
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
