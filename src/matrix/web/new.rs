//! `/imports/new`: a file is sent, tried in a dry run, and imported if nothing prevents it.

use std::fs::File;
use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};
use serde_json::Value;

use super::choices::{choices_of, digest_of};
use super::report::{Tried, dataset_view, matrix_view, refused_view};
use crate::access::{CommissionRef, Visibility, may_write, require_coordinator, visible_commissions};
use crate::clock::{Instant, new_id};
use crate::datasets::{ImportReport, import_dataset, require_any_import};
use crate::db::{CommissionId, Db, FileId, ImportId, Tx, unique};
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Fields, Form, ProblemFault, describe, place, read_json};
use crate::identity::{Actor, Submission, Visitor};
use crate::matrix::actions::{Matrices, Target, import_matrices, read_chosen, refused_matrices};
use crate::matrix::annotated::annotated;
use crate::matrix::choices::Choices;
use crate::matrix::model::MatrixReport;
use crate::matrix::sheets::candidates;
use crate::matrix::understood::UnderstoodSheet;
use crate::rendering::{XLSX, send_file};
use crate::ui::{Choice, Field, FormView, Frame, View};
use crate::uploads::{keep_files, own_file};

/// The commissions and countries of which the reader may import matrices.
struct Targets {
    commissions: Vec<CommissionRef>,
    countries: Vec<String>,
}

crate::nothing_restricted!(Targets);

/// The request of a form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Action {
    Try,
    Import,
    /// Send a copy of the matrix with its faults.
    Copy,
}

/// The form with its result.
struct FormState {
    fields: Fields,
    faults: Faults,
    outcome: Outcome,
    /// True if the person asked to import, but the form had changed since the dry run: a new dry run was made instead.
    was_tried_instead: bool,
    /// The digest of what was tried.
    digest: String,
}

impl FormState {
    fn new(fields: Fields, faults: Faults, outcome: Outcome) -> Self {
        Self { fields, faults, outcome, was_tried_instead: false, digest: String::new() }
    }
}

/// The result of a form.
enum Outcome {
    /// Nothing was sent yet.
    Opened,
    /// The file was refused; its columns, if they can be named by hand.
    Refused(Error, Vec<UnderstoodSheet>),
    Matrix(Box<MatrixReport>),
    /// A copy of the matrix with its faults.
    Copy(File),
    Dataset(ImportReport),
    /// The import was done.
    Imported(Option<ImportId>),
}

fn targets(conn: &mut Db, actor: &Actor) -> Result<Targets> {
    require_any_import(actor, false)?;
    let mut commissions = visible_commissions(conn, &Visibility::of(actor))?;
    commissions.retain(|one| may_write(actor, &one.country_code, &[one.id]));
    let mut countries = unique(commissions.iter().map(|one| one.country_code.clone()));
    countries.retain(|code| require_coordinator(actor, code).is_ok());
    Ok(Targets { commissions, countries })
}

/// The form of an import
///
/// Permissions: secretariats, coordinators, admins.
#[get("/imports/new")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let fields = Fields(visitor.parameters().all().to_vec()).of_record();
    page(visitor, FormState::new(fields, Faults::default(), Outcome::Opened)).await
}

/// Try a file, or import it
///
/// Permissions: those who may write for the commission; for a whole country and for a dataset its coordinator and
/// admins.
#[post("/imports/new")]
pub(crate) async fn send(mut submission: Submission) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    let (mut visitor, Form { mut fields, faults, .. }) = submission.into_parts();
    visitor.read_unshown(|_, actor| require_any_import(actor, false)).await?;
    if !faults.is_empty() {
        return page(visitor, FormState::new(fields, faults, Outcome::Opened)).await;
    }
    let digest = digest(&visitor, &fields).await?;
    let was_tried_instead = fields.get("action") == Some("import") && fields.get("tried") != Some(digest.as_str());
    if was_tried_instead {
        fields.set("action", "try");
    }
    let outcome = match carry_out(&mut visitor, &fields).await {
        Ok(outcome) => outcome,
        Err(error) if error.code == Code::Invalid && !error.faults.is_empty() => Outcome::Refused(error, Vec::new()),
        Err(error) => return Err(error),
    };
    if let Outcome::Imported(id) = outcome {
        let next = match id {
            Some(id) => format!("/imports/{id}?done=imported"),
            None => "/imports?done=nothing-imported".to_owned(),
        };
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, next)).finish());
    }
    if let Outcome::Copy(file) = outcome {
        return send_file(file, XLSX, "articula-matrix-faults.xlsx");
    }
    page(visitor, FormState { was_tried_instead, digest, ..FormState::new(fields, faults, outcome) }).await
}

/// Tries or imports the file of a form. The place for it stays taken until the work has ended, even when the browser goes
/// away.
async fn carry_out(visitor: &mut Visitor, fields: &Fields) -> Result<Outcome> {
    let Some(id) = fields.get("file_id").and_then(|id| id.parse::<FileId>().ok()) else {
        return Err(Faults::one("/file", "required").into());
    };
    visitor.count(&visitor.state.limits.imports)?;
    visitor.keep_place(place(&visitor.state.imports).await?);
    let (name, bytes) = own_file(visitor, id).await?;
    let action = match fields.get("action") {
        Some("import") => Action::Import,
        Some("copy") => Action::Copy,
        _ => Action::Try,
    };
    if name.to_lowercase().ends_with(".json") {
        return dataset(visitor, bytes, action == Action::Import).await;
    }
    let target = target_of(fields);
    if !target.is_stated() {
        return Err(Faults::one("/commission_id", "required").into());
    }
    matrix(visitor, bytes, name, target, choices_of(fields), action).await
}

fn target_of(fields: &Fields) -> Target {
    let commission = fields.get("commission_id").and_then(|id| id.parse::<CommissionId>().ok());
    let country = fields.get("country_code").filter(|code| !code.is_empty() && commission.is_none());
    Target { country: country.map(str::to_owned), commission }
}

/// Returns the digest of what a form imports, with the columns that are remembered for its commission.
async fn digest(visitor: &Visitor, fields: &Fields) -> Result<String> {
    let (target, choices) = (target_of(fields), choices_of(fields));
    let complete = move |conn: &mut Db, actor: &Actor| match target.is_stated() {
        // A target that the person may not write is refused when the file is read.
        true if target.require_writable(conn, actor).is_ok() => target.with_remembered(conn, choices),
        _ => Ok(choices),
    };
    Ok(digest_of(fields, &visitor.read_unshown(complete).await?))
}

async fn dataset(visitor: &Visitor, bytes: Vec<u8>, is_import: bool) -> Result<Outcome> {
    let document: Arc<Value> = Arc::new(visitor.compute(move || read_json(&bytes)).await?);
    let run = move |tx: &mut Tx<'_>, actor: &Actor| import_dataset(tx, actor, &document, !is_import);
    let report = if is_import { visitor.write(run).await? } else { visitor.try_out(run).await? };
    let is_done = is_import && report.faults.is_empty();
    Ok(if is_done { Outcome::Imported(None) } else { Outcome::Dataset(report) })
}

async fn matrix(
    visitor: &Visitor,
    bytes: Vec<u8>,
    name: String,
    target: Target,
    choices: Choices,
    action: Action,
) -> Result<Outcome> {
    let checked = target.clone();
    let choices = Choices { keeps_tables: action == Action::Copy, ..choices };
    let remembered = move |conn: &mut Db, actor: &Actor| {
        checked.require_writable(conn, actor)?;
        checked.with_remembered(conn, choices)
    };
    let choices = visitor.read_unshown(remembered).await?;
    let read = move || match read_chosen(&bytes, &name, choices.clone()) {
        Ok(matrices) => Ok(Ok(matrices)),
        Err(error) => Ok(Err((error, candidates(&bytes, &name, &choices)))),
    };
    let matrices = match visitor.compute(read).await? {
        Ok(matrices) => Arc::new(matrices),
        Err((error, columns)) => return Ok(Outcome::Refused(error, columns)),
    };
    if action == Action::Copy {
        return copy(visitor, matrices, target).await;
    }
    let is_import = action == Action::Import;
    let report = if is_import {
        let run =
            move |tx: &mut Tx<'_>, actor: &Actor| import_matrices(tx, actor, &matrices, &target, false, &|_, _| {});
        visitor.write(run).await?
    } else {
        try_matrix(visitor, matrices, target).await?
    };
    let is_done = is_import && report.faults.is_empty();
    Ok(if is_done { Outcome::Imported(report.import_id) } else { Outcome::Matrix(Box::new(report)) })
}

/// Writes a copy of the matrix with the faults of its dry run.
async fn copy(visitor: &Visitor, matrices: Arc<Matrices>, target: Target) -> Result<Outcome> {
    let (lang, now) = (visitor.read_unshown(|_, actor| Ok(actor.language)).await?, visitor.state.now());
    let report = try_matrix(visitor, Arc::clone(&matrices), target).await?;
    let write = move || annotated(&matrices.tables, &report.in_language(lang), lang, now);
    Ok(Outcome::Copy(visitor.compute(write).await?))
}

/// Runs a dry run, as the API does.
async fn try_matrix(visitor: &Visitor, matrices: Arc<Matrices>, target: Target) -> Result<MatrixReport> {
    let now = visitor.state.now();
    let (own, of) = (Arc::clone(&matrices), target.clone());
    let refused = move |conn: &mut Db, actor: &Actor| refused_matrices(conn, actor, &own, &of, now);
    match visitor.read_unshown(refused).await? {
        Some(report) => Ok(report),
        None => {
            let run =
                move |tx: &mut Tx<'_>, actor: &Actor| import_matrices(tx, actor, &matrices, &target, true, &|_, _| {});
            visitor.try_out(run).await
        }
    }
}

async fn page(visitor: Visitor, answered: FormState) -> Result<HttpResponse> {
    let now = visitor.state.now();
    let draw = move |frame: &Frame, targets: Targets| view(frame, &targets, answered, now);
    visitor.page(targets, draw).await
}

fn view(frame: &Frame, targets: &Targets, answered: FormState, now: Instant) -> View {
    let FormState { mut fields, faults, outcome, was_tried_instead, digest } = answered;
    let is_open = ["commission_id", "country_code"].iter().all(|name| fields.get(name).is_none_or(str::is_empty));
    if let ([only], true, true) = (targets.commissions.as_slice(), is_open, matches!(outcome, Outcome::Opened)) {
        fields.retain(|name| name != "commission_id");
        fields = fields.with("commission_id", only.id.to_string());
    }
    let mut form = FormView::opened(fields, new_id::<uuid::Uuid>(now).to_string());
    form.faults = faults.list.iter().map(|fault| describe(fault, frame.lang)).collect();
    let mut columns = Vec::new();
    if let Outcome::Refused(error, sheets) = &outcome {
        columns.clone_from(sheets);
        form.faults.extend(error.faults.iter().map(|fault| at_field(describe(fault, frame.lang))));
    }
    let tried = match outcome {
        Outcome::Matrix(report) => matrix_view(frame, &form, &report.in_language(frame.lang)),
        Outcome::Dataset(report) => dataset_view(frame, &report.in_language(frame.lang)),
        Outcome::Refused(..) => Tried::refused(refused_view(frame, &form, &columns)),
        Outcome::Opened | Outcome::Imported(_) | Outcome::Copy(_) => Tried::refused(html! {}),
    };
    let tried = if was_tried_instead { tried.instead_of_import(frame) } else { tried };
    // The summary of faults needs the labels of the fields, which are recorded while the form is drawn the first time.
    let _ = body(frame, targets, &form, &tried, &digest);
    let has_faults = form.has_faults();
    let mut view = View::new(frame.t("imports-new"), body(frame, targets, &form, &tried, &digest))
        .above("/imports", frame.t("imports-page"));
    view.has_faults = has_faults;
    if has_faults {
        view.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    view
}

/// Returns a fault of the file as a fault of its field.
fn at_field(fault: ProblemFault) -> ProblemFault {
    let is_field = ["/file", "/commission_id", "/country_code"].contains(&fault.pointer.as_str());
    if is_field { fault } else { ProblemFault { pointer: "/file".to_owned(), ..fault } }
}

/// Draws the form. Once a file was tried, its fields are folded away above the result.
fn body(frame: &Frame, targets: &Targets, form: &FormView, tried: &Tried, digest: &str) -> Markup {
    let file = [("file", form.value("file_name").into())];
    html! {
        form method="post" action="/imports/new" enctype="multipart/form-data" {
            (form.begin(frame))
            @if tried.has_result {
                details class="more" id="sent" {
                    summary { (frame.t_with("imports-sent", &file)) }
                    div class="stack" { (sent_fields(frame, targets, form)) }
                }
                input type="hidden" name="tried" value=(digest);
            } @else {
                p class="prose" { (frame.t("imports-what")) " " (help(frame)) }
                (sent_fields(frame, targets, form))
            }
            (tried.markup)
            div class="form-actions" {
                @if tried.may_import {
                    button class="main" type="submit" name="action" value="import" { (frame.t("imports-import")) }
                    button type="submit" name="action" value="try" { (frame.t("imports-try-again")) }
                } @else {
                    @let key = if tried.has_result { "imports-try-again" } else { "imports-try" };
                    button class="main" type="submit" name="action" value="try" { (frame.t(key)) }
                }
                a href="/imports" { (frame.t("imports-leave")) }
            }
            @if tried.has_result { p { (help(frame)) } }
        }
    }
}

fn help(frame: &Frame) -> Markup {
    html! { a href="/help/guides/import" { (frame.t("imports-help")) } }
}

fn sent_fields(frame: &Frame, targets: &Targets, form: &FormView) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let commissions: Vec<Choice> = targets.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let countries: Vec<Choice> = targets.countries.iter().map(|code| Choice::new(code, code)).collect();
    html! {
        (field("file", "imports-file").required().hint(frame.t("imports-file-hint")).file())
        @let commission = field("commission_id", "imports-commission");
        @let commission = match countries.is_empty() {
            true => commission.required().hint(frame.t("imports-commission-hint-required")),
            false => commission.hint(frame.t("imports-commission-hint")),
        };
        (commission.select(Some(&frame.t("imports-choose")), &commissions))
        @if !countries.is_empty() {
            (field("country_code", "imports-country").hint(frame.t("imports-country-hint"))
                .select(Some(&frame.t("imports-no-country")), &countries))
        }
        (field("include_hidden", "imports-hidden").check())
        @if let Some(one) = chosen(targets, form) {
            p { a href={ "/imports/template?commission_id=" (one.id) } { (frame.t("imports-template")) } }
        }
    }
}

/// Returns the commission that is chosen, or the only one.
fn chosen<'t>(targets: &'t Targets, form: &FormView) -> Option<&'t CommissionRef> {
    let named = |one: &&CommissionRef| one.id.to_string() == form.value("commission_id");
    targets.commissions.iter().find(named).or(match targets.commissions.as_slice() {
        [only] => Some(only),
        _ => None,
    })
}
