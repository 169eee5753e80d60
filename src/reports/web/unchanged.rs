//! `/reports/{id}/confirmation`: confirms the answers of a new version that are as they were approved, or with `section`
//! the answers of a section that are ready.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::approval::load_draft;
use super::parts::{answer, below, report_path};
use crate::clock::Instant;
use crate::db::{Db, ReportId, Tx};
use crate::error::{Error, Result};
use crate::http::Fields;
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::reports::actions;
use crate::reports::draft::load_records;
use crate::reports::model::{QuestionAsked, Report};
use crate::reports::questionnaire::SectionKey;
use crate::reports::since_confirmation::{changed_answers, ready_answers, unchanged_answers};
use crate::ui::{FormView, Frame, View, confirmation, empty};

/// The answers that are confirmed together: of a section, or of a new version
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/confirmation")]
pub(super) async fn open(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    let section = section_of(visitor.parameters().get("section"))?;
    visitor.form(Together { report: id.into_inner(), section }).await
}

/// Confirm the answers of a section or of a new version together
///
/// Permissions: admin; coordinator of the country.
#[post("/reports/{id}/confirmation")]
pub(super) async fn confirm(submission: Submission, id: Path<ReportId>) -> Result<HttpResponse> {
    let section = section_of(submission.form.fields.get("section"))?;
    submission.on_snapshot().handle(Together { report: id.into_inner(), section }).await
}

/// Reads the section whose answers are confirmed; 400 for one that the questionnaire does not have.
fn section_of(sent: Option<&str>) -> Result<Option<SectionKey>> {
    sent.map(|key| key.parse::<SectionKey>().map_err(|()| Error::bad_value("section", key))).transpose()
}

#[derive(Clone)]
struct Together {
    report: ReportId,
    section: Option<SectionKey>,
}

/// A draft with the keys of the answers that are confirmed together.
struct Confirming {
    report: Report,
    keys: Vec<String>,
}

crate::nothing_restricted!(Confirming);

impl Confirming {
    fn questions(&self) -> impl Iterator<Item = &QuestionAsked> {
        self.report.form.questions().filter(|asked| self.keys.contains(&asked.key))
    }
}

impl FormPage for Together {
    type Record = Confirming;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Confirming> {
        let report = load_draft(conn, actor, self.report)?;
        let records = load_records(conn, &report.fields, Some(now))?;
        let changed = changed_answers(conn, &report, &records)?;
        let keys = match self.section {
            Some(section) => ready_answers(&report, section, &changed),
            None => unchanged_answers(conn, actor.language, &report, &changed)?,
        };
        Ok(Confirming { report, keys })
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
        actions::confirm_together(tx, actor, actor.language, self.report, self.section)?;
        let done = if self.section.is_some() { "report-section-confirmed" } else { "report-unchanged-confirmed" };
        Ok(format!("{}?done={done}", report_path(self.report)))
    }

    fn view(&self, frame: &Frame, form: &FormView, shown: &Confirming) -> View {
        let report = &shown.report;
        let path = report_path(report.id);
        let words = |of_section, of_version| if self.section.is_some() { of_section } else { of_version };
        let about = html! {
            p { (frame.t(words("reports-section-about", "reports-unchanged-about"))) }
            @if let Some(section) = self.section { input type="hidden" name="section" value=(section.as_str()); }
        };
        let button = words("reports-confirm-section", "reports-confirm-unchanged");
        let body = html! {
            @if shown.keys.is_empty() {
                (empty(&frame.t(words("reports-none-ready", "reports-none-unchanged")), None))
            } @else {
                (confirmation(frame, form, about, (button, false), (&path, "ui-unchanged")))
                section class="panel" {
                    @for asked in shown.questions() {
                        h2 { (asked.number) ". " (asked.title) }
                        (answer(frame, report, asked))
                    }
                }
            }
        };
        let section = report.form.sections.iter().find(|one| Some(one.key) == self.section);
        let title = section.map_or_else(|| frame.t("reports-unchanged-title"), |one| one.title.clone());
        below(frame, report, title, body)
    }
}
