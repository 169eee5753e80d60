//! `/duties/{id}/reports/{institution_id}/{period}`: the report of an institution on a period. One page to report and to
//! correct, to review, and to waive; each of its forms posts to the address of the page.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::page_record::Reporting;
use super::{panels, report_forms, words};
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::duties::actions::{self, ReportPath};
use crate::duties::model::{DutyOutcome, DutyReportInput, DutyReviewInput, DutyVerification, DutyWaiverInput};
use crate::error::{Permitted, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor, require};
use crate::ui::{FormView, Frame, View, panel};
use crate::uploads::keep_files;

/// The report of an institution on a period
///
/// Permissions: those who may see the duty.
#[get("/duties/{id}/reports/{institution_id}/{period}")]
pub(super) async fn open(visitor: Visitor, path: Path<ReportPath>) -> Result<HttpResponse> {
    visitor.form(ReportPage { path: path.into_inner(), is_sent: false }).await
}

/// Report on a period; review the report (`outcome`); waive it (`waive`), or withdraw the waiver (`withdraw`)
///
/// Permissions: representative of the institution; secretariat of any of the duty's commissions; coordinator; admin. To
/// review and to waive: all but the representatives; never the person who wrote the report.
#[post("/duties/{id}/reports/{institution_id}/{period}")]
pub(super) async fn send(mut submission: Submission, path: Path<ReportPath>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    let path = path.into_inner();
    let has = |name: &str| submission.form.fields.get(name).is_some();
    match (has("outcome"), has("waive"), has("withdraw")) {
        (true, _, _) => submission.handle(ReviewPage(path)).await,
        (_, true, _) => submission.handle(WaiverPage(path)).await,
        (_, _, true) => submission.handle(WithdrawalPage(path)).await,
        _ => submission.handle(ReportPage { path, is_sent: true }).await,
    }
}

/// The form of the page that was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SentForm {
    Report,
    Review,
    Waiver,
}

#[derive(Clone)]
struct ReportPage {
    path: ReportPath,
    /// False when the page is only opened, as those who may see the duty may.
    is_sent: bool,
}

impl FormPage for ReportPage {
    type Record = Reporting;
    type Input = DutyReportInput;

    fn shape(&self) -> Shape {
        Shape {
            flags: &["on_behalf", "nothing_to_report"],
            rows: &[("evidence", &["title", "url", "file_id"])],
            ignored: &["revision", "evidence/*/file", "evidence/*/file_name", "evidence/*/new"],
            ..Shape::default()
        }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reporting> {
        let record = Reporting::load(conn, actor, &self.path, now)?;
        require(!self.is_sent || record.may_report, Permitted::InstitutionOrWriters)?;
        Ok(record)
    }

    fn fields(&self, record: &Reporting) -> Fields {
        record.fields()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Reporting, input: DutyReportInput) -> Result<String> {
        let values = input.values.read_numbers(&record.target.duty.fields.fields);
        actions::put_report(tx, actor, &self.path, DutyReportInput { values, ..input })?;
        Ok(format!("{}?done=duty-reported", record.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reporting) -> View {
        page(frame, (form, SentForm::Report), record)
    }
}

#[derive(Clone)]
struct ReviewPage(ReportPath);

impl FormPage for ReviewPage {
    type Record = Reporting;
    type Input = DutyReviewInput;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reporting> {
        Reporting::load_to_write(conn, actor, &self.0, now)
    }

    fn fields(&self, record: &Reporting) -> Fields {
        record.fields()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Reporting, input: DutyReviewInput) -> Result<String> {
        let done = match input.outcome {
            DutyOutcome::Accepted => "duty-accepted",
            DutyOutcome::Returned => "duty-returned",
        };
        actions::review_report(tx, actor, &self.0, input)?;
        Ok(format!("{}?done={done}", record.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reporting) -> View {
        page(frame, (form, SentForm::Review), record)
    }
}

#[derive(Clone)]
struct WaiverPage(ReportPath);

impl FormPage for WaiverPage {
    type Record = Reporting;
    type Input = DutyWaiverInput;

    fn shape(&self) -> Shape {
        Shape { ignored: &["waive"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reporting> {
        Reporting::load_to_write(conn, actor, &self.0, now)
    }

    fn fields(&self, record: &Reporting) -> Fields {
        record.fields()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Reporting, input: DutyWaiverInput) -> Result<String> {
        actions::waive(tx, actor, &self.0, input)?;
        Ok(format!("{}?done=duty-waived", record.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reporting) -> View {
        page(frame, (form, SentForm::Waiver), record)
    }
}

#[derive(Clone)]
struct WithdrawalPage(ReportPath);

impl FormPage for WithdrawalPage {
    type Record = Reporting;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reporting> {
        Reporting::load_to_write(conn, actor, &self.0, now)
    }

    fn fields(&self, record: &Reporting) -> Fields {
        record.fields()
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Reporting, _: NoFields) -> Result<String> {
        actions::withdraw_waiver(tx, actor, &self.0)?;
        Ok(format!("{}?done=duty-waiver-withdrawn", record.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reporting) -> View {
        page(frame, (form, SentForm::Waiver), record)
    }
}

fn page(frame: &Frame, (form, sent): (&FormView, SentForm), record: &Reporting) -> View {
    // Each form shows what was typed into it; the others are as the record is.
    let shown = |which: SentForm| match sent == which {
        true => form.clone(),
        false => FormView {
            etag: form.etag.clone(),
            page: form.page.clone(),
            ..FormView::opened(record.fields(), form.form_id.clone())
        },
    };
    let duty = &record.target.duty;
    let body = html! {
        div class="columns" {
            div class="stack" {
                (panels::state(frame, record))
                @if record.may_review() { (report_forms::review(frame, &shown(SentForm::Review), record)) }
                @if record.may_report { (report_form(frame, &shown(SentForm::Report), record)) }
                @if record.is_writer { (report_forms::waiver(frame, &shown(SentForm::Waiver), record)) }
            }
            aside { (panels::about(frame, record)) (panels::history(frame, record)) }
        }
    };
    let period = words::period(frame, duty, &record.target.period);
    let args = [("institution", record.institution.as_str().into()), ("period", period.into())];
    View::new(frame.t_with("duties-report-title", &args), body)
        .above("/duties", frame.t("duties-page"))
        .above(format!("/duties/{}", duty.id), duty.fields.title.as_str())
}

fn report_form(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    if !record.has_begun {
        return html! { p { (frame.t("detail-period-not-begun")) } };
    }
    match record.report.revision {
        None if record.report.waiver.is_some() => html! {
            details class="more" open[form.has_faults()] {
                summary { (frame.t("duties-report-anyway")) }
                (report_forms::report(frame, form, record))
            }
        },
        None => panel(&frame.t("duties-report"), None, report_forms::report(frame, form, record)),
        Some(_) => html! {
            details class="more" open[form.has_faults() || record.must_correct()] {
                summary { (frame.t("duties-correct")) }
                @if record.report.verification == Some(DutyVerification::Accepted) {
                    p class="hint" { (frame.t("duties-correct-accepted")) }
                }
                (report_forms::report(frame, form, record))
            }
        },
    }
}
