//! `/duties/{id}/matrix/import`: a spreadsheet is sent, tried, and imported if nothing prevents it.

use actix_web::http::{StatusCode, header};
use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::words;
use crate::clock::new_id;
use crate::db::{Db, DutyId, FileId, Tx};
use crate::directory::{InstitutionNames, institution_names};
use crate::duties::actions;
use crate::duties::model::{Duty, DutyCell, DutyImport, DutyVerification, ImportedReport};
use crate::duties::spreadsheet::read_sheets;
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Fields, Form, ProblemFault, describe, place};
use crate::identity::{Actor, Submission, Visitor};
use crate::ui::{Column, Field, FormView, Frame, Tone, View, notice, table};
use crate::uploads::{keep_files, own_file};

/// The maximum number of reports and faults that the page shows.
const MOST_SHOWN: usize = 200;

/// The result of a form.
enum Outcome {
    /// Nothing was sent yet, or no file.
    Opened,
    Refused(Error),
    Tried(Box<DutyImport>),
    Imported,
}

/// A duty with the names of the institutions that a file names.
struct Shown {
    duty: Duty,
    names: InstitutionNames,
}

crate::restricted_by!(Shown: duty);

/// The form of an import
///
/// Permissions: those who may report for an institution that the duty asks.
#[get("/duties/{id}/matrix/import")]
pub(super) async fn open(visitor: Visitor, id: Path<DutyId>) -> Result<HttpResponse> {
    page(visitor, id.into_inner(), (Fields::default(), Faults::default()), Outcome::Opened).await
}

/// Try a file, or import it
///
/// Permissions: those who may report for an institution that the duty asks, each for the own ones.
#[post("/duties/{id}/matrix/import")]
pub(super) async fn send(mut submission: Submission, id: Path<DutyId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    let (mut visitor, Form { fields, faults, .. }) = submission.into_parts();
    let id = id.into_inner();
    visitor.read_unshown(move |conn, actor| actions::find_to_import(conn, actor, id).map(|_| ())).await?;
    let outcome = match carry_out(&mut visitor, id, &fields).await {
        Ok(outcome) => outcome,
        Err(error) if error.code == Code::Invalid && !error.faults.is_empty() => Outcome::Refused(error),
        Err(error) => return Err(error),
    };
    if matches!(outcome, Outcome::Imported) {
        let next = format!("/duties/{id}?done=duty-imported");
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish());
    }
    page(visitor, id, (fields, faults), outcome).await
}

async fn carry_out(visitor: &mut Visitor, id: DutyId, fields: &Fields) -> Result<Outcome> {
    let Some(file) = fields.get("file_id").and_then(|id| id.parse::<FileId>().ok()) else {
        return Err(Faults::one("/file", "required").into());
    };
    visitor.count(&visitor.state.limits.imports)?;
    visitor.keep_place(place(&visitor.state.imports).await?);
    let (name, bytes) = own_file(visitor, file).await?;
    let sheets = visitor.compute(move || read_sheets(&bytes, &name)).await?;
    // A file is imported as it was tried.
    let is_import = fields.get("action") == Some("import") && fields.get("tried") == fields.get("file_id");
    if !is_import {
        let now = visitor.state.now();
        let run = move |conn: &mut Db, actor: &Actor| actions::try_matrix(conn, actor, (id, &sheets), now);
        return Ok(Outcome::Tried(Box::new(visitor.read_unshown(run).await?.1)));
    }
    let run = move |tx: &mut Tx<'_>, actor: &Actor| actions::import_matrix(tx, actor, id, &sheets);
    let import = visitor.write(run).await?;
    Ok(if import.faults.is_empty() { Outcome::Imported } else { Outcome::Tried(Box::new(import)) })
}

async fn page(
    visitor: Visitor,
    id: DutyId,
    (fields, faults): (Fields, Faults),
    outcome: Outcome,
) -> Result<HttpResponse> {
    let now = visitor.state.now();
    let named: Vec<_> = match &outcome {
        Outcome::Tried(import) => import.reports.iter().map(|one| one.institution_id).collect(),
        _ => Vec::new(),
    };
    let read = move |conn: &mut Db, actor: &Actor| {
        let (duty, _) = actions::find_to_import(conn, actor, id)?;
        Ok(Shown { duty, names: institution_names(conn, crate::db::unique(named))? })
    };
    let mut form = FormView::opened(fields, new_id::<uuid::Uuid>(now).to_string());
    visitor
        .page(read, move |frame, shown| {
            form.faults = faults.list.iter().map(|fault| describe(fault, frame.lang)).collect();
            if let Outcome::Refused(error) = &outcome {
                let at_file = |fault| ProblemFault { pointer: "/file".to_owned(), ..describe(fault, frame.lang) };
                form.faults.extend(error.faults.iter().map(at_file));
            }
            view(frame, &shown, &form, outcome)
        })
        .await
}

fn view(frame: &Frame, shown: &Shown, form: &FormView, outcome: Outcome) -> View {
    let duty = &shown.duty;
    let tried = match outcome {
        Outcome::Tried(import) => Some(import.in_language(frame.lang)),
        _ => None,
    };
    // The summary of faults needs the labels of the fields, which are recorded while the form is drawn the first time.
    let _ = body(frame, shown, form, tried.as_ref());
    let mut view = View::new(frame.t("duties-import-title"), body(frame, shown, form, tried.as_ref()))
        .above("/duties", frame.t("duties-page"))
        .above(format!("/duties/{}", duty.id), duty.fields.title.as_str());
    view.has_faults = form.has_faults();
    if form.has_faults() {
        view.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    view
}

fn body(frame: &Frame, shown: &Shown, form: &FormView, tried: Option<&DutyImport>) -> Markup {
    let id = shown.duty.id;
    let may_import = tried.is_some_and(|import| import.errors.is_empty() && !import.reports.is_empty());
    html! {
        form method="post" action={ "/duties/" (id) "/matrix/import" } enctype="multipart/form-data" {
            (form.begin(frame))
            @if tried.is_none() {
                p class="prose" { (frame.t("duties-import-what")) }
                p { a href={ "/duties/" (id) "/matrix/document?format=xlsx&lang=" (frame.lang) } { (frame.t("duties-import-download")) } }
            }
            (Field::new(frame, form, "file", frame.t("duties-import-file")).required().file())
            @if let Some(import) = tried {
                input type="hidden" name="tried" value=(form.value("file_id"));
                (result(frame, shown, import))
            }
            div class="form-actions" {
                @if may_import {
                    button class="main" type="submit" name="action" value="import" { (frame.t("duties-import-do")) }
                    button type="submit" name="action" value="try" { (frame.t("imports-try-again")) }
                } @else {
                    @let key = if tried.is_some() { "imports-try-again" } else { "imports-try" };
                    button class="main" type="submit" name="action" value="try" { (frame.t(key)) }
                }
                a href={ "/duties/" (id) } { (frame.t("imports-leave")) }
            }
        }
    }
}

/// Draws what was understood: faults first, then the reports.
fn result(frame: &Frame, shown: &Shown, import: &DutyImport) -> Markup {
    let counts = [("created", import.created), ("corrected", import.corrected), ("unchanged", import.unchanged)];
    let counts = frame.t_with("duties-import-counts", &counts.map(|(key, count)| (key, i64::from(count).into())));
    html! {
        section id="result" class="stack" {
            h2 { (frame.t("imports-result")) }
            @match (import.errors.is_empty(), import.reports.is_empty()) {
                (false, _) => (notice(Tone::Overdue, html! { p { strong { (frame.t("duties-import-refused")) } } })),
                (true, true) => (notice(Tone::Neutral, html! { p { (frame.t("duties-import-unchanged")) } })),
                (true, false) => (notice(Tone::Done, html! { p { strong { (counts) } } })),
            }
            (faults(frame, &import.errors))
            @if import.errors.is_empty() { (reports(frame, shown, &import.reports)) }
        }
    }
}

fn faults(frame: &Frame, errors: &[ProblemFault]) -> Markup {
    let columns = ["value", "fault"].map(|name| Column::new(frame.t(&format!("imports-fault-{name}"))));
    let row = |one: &ProblemFault| vec![html! { (one.value.as_deref().unwrap_or_default()) }, html! { (one.detail) }];
    let rows: Vec<Vec<Markup>> = errors.iter().take(MOST_SHOWN).map(row).collect();
    html! {
        @if !errors.is_empty() {
            (table(&frame.t("imports-faults"), &columns, &rows))
            @if errors.len() > MOST_SHOWN { p { (frame.t_n("imports-more-faults", errors.len() - MOST_SHOWN)) } }
        }
    }
}

fn reports(frame: &Frame, shown: &Shown, reports: &[ImportedReport]) -> Markup {
    let keys = [
        "duties-import-place",
        "duties-institution",
        "duties-period",
        "duties-import-outcome",
        "duties-state",
        "duties-values",
    ];
    let columns = keys.map(|key| Column::new(frame.t(key)));
    let row = |one: &ImportedReport| {
        let cell = DutyCell { state: one.state, late: false, verification: Some(DutyVerification::Accepted) };
        let name = shown.names.get(&one.institution_id).map(String::as_str).unwrap_or_default();
        vec![
            html! { (one.sheet) "!" (one.cell) },
            html! { (name) },
            html! { (words::period(frame, &shown.duty, &one.period)) },
            html! { (frame.word("duties-import-outcome", one.outcome.as_str())) },
            words::state(frame, &cell),
            values(frame, &shown.duty, one),
        ]
    };
    let rows: Vec<Vec<Markup>> = reports.iter().take(MOST_SHOWN).map(row).collect();
    html! {
        @if !reports.is_empty() {
            (table(&frame.t("duties-reports"), &columns, &rows))
            @if reports.len() > MOST_SHOWN { p { (frame.t_n("duties-import-more", reports.len() - MOST_SHOWN)) } }
        }
    }
}

/// Draws the values of a report; those that are not known are said to be so.
fn values(frame: &Frame, duty: &Duty, report: &ImportedReport) -> Markup {
    html! {
        @if !report.nothing_to_report {
            @for (n, field) in duty.fields.fields.iter().enumerate() {
                @if n > 0 { br; }
                (field.label) ": "
                (words::value(frame, duty, (field.kind, field.unit.as_deref()), report.values.get(&field.key)))
            }
        }
        @if let Some(narrative) = &report.narrative { p class="small" { (crate::text::shortened(narrative, 160)) } }
    }
}
