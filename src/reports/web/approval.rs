//! `/reports/{id}/approval`: the answers that are signed, the questions that block it, and the approval.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::parts::{answer, below, changed_notice, findings, left_open, question_link, report_path};
use crate::access::{Visibility, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Result};
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::reports::answer::Severity;
use crate::reports::draft::load_records;
use crate::reports::model::{QuestionAsked, Report, ReportStatus};
use crate::reports::since_confirmation::{ChangedAnswers, renew_findings};
use crate::reports::{actions, reading};
use crate::ui::{FormView, Frame, Tone, View, notice};

/// The answers that an approval would sign
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/approval")]
pub(super) async fn open(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(Approval(id.into_inner())).await
}

/// Approve a report
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/approval")]
pub(super) async fn approve(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.on_snapshot().handle(Approval(id.into_inner())).await
}

#[derive(Clone)]
struct Approval(ReportId);

/// A draft, and its answers whose records changed since they were confirmed.
struct Approving {
    report: Report,
    changed: ChangedAnswers,
}

crate::nothing_restricted!(Approving);

impl FormPage for Approval {
    type Record = Approving;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Approving> {
        let mut report = load_draft(conn, actor, self.0)?;
        let records = load_records(conn, &report.fields, Some(now))?;
        Ok(Approving { changed: renew_findings(conn, actor.language, &mut report, &records)?, report })
    }

    /// The answers as they were shown: nothing else is signed.
    fn fields(&self, Approving { report, .. }: &Approving) -> Fields {
        let mut fields = Fields::default();
        for asked in report.form.questions() {
            fields.push(asked.key.as_str(), serde_json::to_string(&asked.answer).unwrap_or_default());
        }
        fields
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Approving, _: NoFields) -> Result<String> {
        let approved = actions::approve(tx, actor, actor.language, self.0)?;
        Ok(format!("{}?done=report-approved", report_path(approved.id)))
    }

    fn view(&self, frame: &Frame, form: &FormView, Approving { report, changed }: &Approving) -> View {
        let path = report_path(report.id);
        let blocking: Vec<&QuestionAsked> = report.form.questions().filter(|asked| asked.is_awaited()).collect();
        let body = html! {
            form class="stack" id="approval" method="post" action={ (path) "/approval" } {
                (form.begin(frame))
                @if blocking.is_empty() {
                    (notice(Tone::Neutral, html! { p { (frame.t("reports-approve-about")) } (left_open(frame, report)) }))
                } @else { (obstacles(frame, report.id, &blocking)) }
                (changed_notice(frame, report, changed))
                (advice(frame, report))
                p class="small" {
                    a href={ (path) "/document?format=docx&form=working" } { (frame.t("reports-document-working")) }
                    ": " (frame.t("reports-working-until-approval"))
                }
                div class="form-actions" {
                    @if blocking.is_empty() { button class="main" type="submit" { (frame.t("reports-do-approve")) } }
                    a href=(path) { (frame.t("ui-unchanged")) }
                }
            }
            (signed(frame, report))
            @if blocking.is_empty() {
                p class="form-actions" { button class="main" type="submit" form="approval" { (frame.t("reports-do-approve")) } }
            }
        };
        below(frame, report, frame.t("reports-approval-title"), body)
    }
}

/// Loads a draft for a person who may write the whole report.
pub(super) fn load_draft(conn: &mut Db, actor: &Actor, id: ReportId) -> Result<Report> {
    let report = reading::find(conn, &Visibility::of(actor), actor.language, id)?;
    require_coordinator(actor, &report.fields.country_code)?;
    if report.status == ReportStatus::Approved { Err(Code::ReportApproved.into()) } else { Ok(report) }
}

/// Draws the questions that the approval waits for.
fn obstacles(frame: &Frame, report: ReportId, blocking: &[&QuestionAsked]) -> Markup {
    let content = html! {
        p { strong { (frame.t("reports-blocked")) } }
        div class="prose" {
            ul {
                @for asked in blocking {
                    li {
                        (question_link(report, asked)) " · "
                        @let key = match (asked.lacks_answer(), asked.blocks()) {
                            (true, _) => "reports-to-answer",
                            (false, true) => "reports-to-correct",
                            (false, false) => "reports-to-confirm",
                        };
                        (frame.t(key))
                    }
                }
            }
        }
    };
    notice(Tone::Soon, content)
}

/// The number of questions with warnings that are listed without being asked for.
const OPEN_WARNINGS: usize = 30;

/// Draws the questions whose answers have warnings. They do not block the approval.
fn advice(frame: &Frame, report: &Report) -> Markup {
    let warned: Vec<(&QuestionAsked, usize)> = report
        .form
        .questions()
        .map(|asked| (asked, findings(asked, Severity::Warning)))
        .filter(|(_, n)| *n > 0)
        .collect();
    html! {
        @if !warned.is_empty() {
            details class="more" open[warned.len() <= OPEN_WARNINGS] {
                summary { (frame.t_n("reports-warned", warned.len())) }
                ul { @for (asked, n) in &warned { li { (question_link(report.id, asked)) " · " (frame.t_n("reports-warnings-n", *n)) } } }
            }
        }
    }
}

/// Draws every question with its answer.
fn signed(frame: &Frame, report: &Report) -> Markup {
    html! {
        @for section in &report.form.sections {
            section class="panel" {
                h2 { (section.title) }
                @for asked in &section.questions {
                    h3 { (asked.number) ". " (asked.title) }
                    (answer(frame, report, asked))
                }
            }
        }
    }
}
