//! `/reports/{id}/confirmation`: confirms the answers of a new version that are as they were approved.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::approval::load_draft;
use super::parts::{answer, below, report_path};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::reports::actions;
use crate::reports::draft::load_records;
use crate::reports::model::{QuestionAsked, Report};
use crate::reports::since_confirmation::{changed_answers, unchanged_answers};
use crate::ui::{FormView, Frame, View, confirmation, empty};

/// The answers of a new version that are as they were approved
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/confirmation")]
pub(super) async fn open(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    visitor.form(Unchanged(id.into_inner())).await
}

/// Confirm the answers of a new version that are as they were approved
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/confirmation")]
pub(super) async fn confirm(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    submission.on_snapshot().handle(Unchanged(id.into_inner())).await
}

#[derive(Clone)]
struct Unchanged(ReportId);

/// A draft with the keys of its unchanged answers.
struct Confirming {
    report: Report,
    unchanged: Vec<String>,
}

crate::nothing_restricted!(Confirming);

impl Confirming {
    fn questions(&self) -> impl Iterator<Item = &QuestionAsked> {
        self.report.form.questions().filter(|asked| self.unchanged.contains(&asked.key))
    }
}

impl FormPage for Unchanged {
    type Record = Confirming;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Confirming> {
        let report = load_draft(conn, actor, self.0)?;
        let records = load_records(conn, &report.fields, Some(now))?;
        let changed = changed_answers(conn, &report, &records)?;
        Ok(Confirming { unchanged: unchanged_answers(conn, actor.language, &report, &changed)?, report })
    }

    /// The answers as they were shown: no other is confirmed.
    fn fields(&self, shown: &Confirming) -> Fields {
        let mut fields = Fields::default();
        for asked in shown.questions() {
            fields.push(asked.key.as_str(), serde_json::to_string(&asked.answer).unwrap_or_default());
        }
        fields
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Confirming, _: NoFields) -> Result<String> {
        actions::confirm_unchanged(tx, actor, actor.language, self.0)?;
        Ok(format!("{}?done=report-unchanged-confirmed", report_path(self.0)))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Confirming) -> View {
        let report = &shown.report;
        let path = report_path(report.id);
        let about = html! { p { (frame.t("reports-unchanged-about")) } };
        let body = html! {
            @if shown.unchanged.is_empty() { (empty(&frame.t("reports-none-unchanged"), None)) }
            @else {
                (confirmation(frame, form, about, ("reports-confirm-unchanged", false), (&path, "ui-unchanged")))
                section class="panel" {
                    @for asked in shown.questions() {
                        h2 { (asked.number) ". " (asked.title) }
                        (answer(frame, report, asked))
                    }
                }
            }
        };
        below(frame, report, frame.t("reports-unchanged-title"), body)
    }
}
