//! Actions on a report with their own page: drafting again, a new version, removal, going back to a draft.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::approval::load_draft;
use super::parts::{answer, below, report_path};
use super::question::{Answering, QuestionPage, earlier_page};
use super::question_form::{fields_of, is_edited, is_of_a_person};
use crate::access::{Visibility, require_coordinator};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Code, Result};
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor, forget_unsent, keep_unsent, unsent};
use crate::reports::model::{Report, ReportStatus, VersionInput};
use crate::reports::{actions, reading, store};
use crate::ui::{Field, FormView, Frame, View, actions as form_actions, confirmation, prose};

/// The page that asks for confirmation before a report is drafted again
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/drafting")]
pub(super) async fn open_drafting(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(Drafting(id.into_inner())).await
}

/// Draft a report again
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/drafting")]
pub(super) async fn draft_again(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.on_snapshot().handle(Drafting(id.into_inner())).await
}

/// The form of a new version
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/versions")]
pub(super) async fn open_version(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(NewVersion(id.into_inner())).await
}

/// Create a new version of an approved report
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/versions")]
pub(super) async fn create_version(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.handle(NewVersion(id.into_inner())).await
}

/// The page that asks for confirmation before a draft is deleted
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Delete a report that is still a draft
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

/// The page that asks for confirmation before an answer goes back to its draft
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[get("/reports/{id}/questions/{key}/draft")]
pub(super) async fn open_going_back(visitor: Visitor, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    visitor.form(GoingBack(QuestionPage::of(path))).await
}

/// Go back to the draft of an answer
///
/// Permissions: admin; coordinator of the country; secretariat of the commission to which the question is assigned.
#[post("/reports/{id}/questions/{key}/draft")]
pub(super) async fn go_back(submission: Submission, path: Path<(ReportId, String)>) -> Result<HttpResponse> {
    submission.handle(GoingBack(QuestionPage::of(path))).await
}

/// Draws the form of an action: its description and its button.
fn described(frame: &Frame, form: &FormView, about: &str, button: (&str, bool), back: &str) -> Markup {
    confirmation(frame, form, html! { p { (frame.t(about)) } }, button, (back, "ui-unchanged"))
}

#[derive(Clone)]
struct Drafting(ReportId);

impl FormPage for Drafting {
    type Record = Report;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Report> {
        load_draft(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Report, _: NoFields) -> Result<String> {
        actions::redraft(tx, actor, actor.language, self.0)?;
        Ok(format!("{}?done=report-drafted", report_path(self.0)))
    }

    fn view(&self, frame: &Frame, form: &FormView, report: &Report) -> View {
        let path = report_path(report.id);
        let body = described(frame, form, "reports-draft-about", ("reports-do-draft", false), &path);
        below(frame, report, frame.t("reports-do-draft"), body)
    }
}

#[derive(Clone)]
struct NewVersion(ReportId);

impl FormPage for NewVersion {
    type Record = Report;
    type Input = VersionInput;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Report> {
        let report = reading::find(conn, &Visibility::of(actor), actor.language, self.0)?;
        require_coordinator(actor, &report.fields.country_code)?;
        if report.status != ReportStatus::Approved {
            return Err(Code::ReportNotApproved.into());
        }
        if store::has_newer_version(conn, self.0)? {
            return Err(Code::ReportHasNewerVersion.into());
        }
        Ok(report)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Report, input: VersionInput) -> Result<String> {
        let version = actions::create_version(tx, actor, actor.language, self.0, input)?;
        Ok(format!("{}?done=report-version-created", report_path(version.id)))
    }

    fn view(&self, frame: &Frame, form: &FormView, report: &Report) -> View {
        let path = report_path(report.id);
        let body = html! {
            form class="stack" method="post" action={ (path) "/versions" } {
                (form.begin(frame))
                p { (frame.t("reports-new-version-about")) }
                (Field::new(frame, form, "reason", frame.t("reports-version-reason")).required().max(2000).area(3))
                (form_actions(&frame.t("reports-do-version"), Some((&path, &frame.t("ui-leave")))))
            }
        };
        below(frame, report, frame.t("reports-do-version"), body)
    }
}

#[derive(Clone)]
struct Removal(ReportId);

impl FormPage for Removal {
    type Record = Report;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Report> {
        load_draft(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, report: Report, _: NoFields) -> Result<String> {
        actions::delete(tx, actor, report)?;
        Ok("/reports?done=report-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, report: &Report) -> View {
        let path = report_path(report.id);
        let body = described(frame, form, "reports-remove-about", ("reports-do-remove", true), &path);
        below(frame, report, frame.t("reports-do-remove"), body)
    }
}

#[derive(Clone)]
struct GoingBack(QuestionPage);

/// A question whose answer goes back to its draft, with the fields that the reader filled in and did not send.
struct Replaced {
    shown: Answering,
    unsent: Option<Fields>,
}

crate::nothing_restricted!(Replaced);

impl Replaced {
    /// Returns the text of the reader or of the answer that the draft replaces.
    fn earlier(&self) -> Option<Fields> {
        let stored = || is_of_a_person(&self.shown).then(|| fields_of(&self.shown.asked));
        self.unsent.clone().or_else(stored).filter(|fields| !fields.0.is_empty())
    }
}

impl FormPage for GoingBack {
    type Record = Replaced;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Replaced> {
        let shown = self.0.read_draft(conn, actor)?;
        let unsent = unsent(conn, actor, &shown.path(), now)?;
        Ok(Replaced { unsent: unsent.filter(|fields| is_edited(fields, &shown.asked)), shown })
    }

    fn fields(&self, replaced: &Replaced) -> Fields {
        fields_of(&replaced.shown.asked)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, replaced: Replaced, _: NoFields) -> Result<String> {
        let path = replaced.shown.path();
        self.0.lock(tx, actor, &replaced.shown)?;
        actions::drop_answer(tx, actor, actor.language, (self.0.id, &self.0.key))?;
        if let Some(earlier) = replaced.earlier() {
            keep_unsent(tx, actor, &earlier_page(&path), &earlier)?;
        }
        forget_unsent(tx, actor, &path)?;
        Ok(format!("{path}?done=report-answer-drafted"))
    }

    fn view(&self, frame: &Frame, form: &FormView, replaced: &Replaced) -> View {
        let shown = &replaced.shown;
        let path = shown.path();
        let is_stored = is_of_a_person(shown);
        let key = if is_stored { "reports-back-to-draft" } else { "reports-redraft-answer" };
        let about = html! {
            p { (frame.t(&format!("{key}-about"))) }
            @if let Some(unsent) = &replaced.unsent {
                p { strong { (frame.t("reports-replaced-unsent")) } }
                (prose(unsent.get("text").unwrap_or_default()))
            } @else if is_stored {
                p { strong { (frame.t("reports-replaced-answer")) } }
                (answer(frame, &shown.report, &shown.asked))
            }
            @if replaced.earlier().is_some() { p class="small" { (frame.t("reports-replaced-kept")) } }
        };
        let is_lost = is_stored || replaced.unsent.is_some();
        let body = confirmation(frame, form, about, (key, is_lost), (&path, "ui-unchanged"));
        let title = format!("{}. {}", shown.asked.number, shown.asked.title);
        below(frame, &shown.report, frame.t(key), body).above(path, title)
    }
}
