//! `/reports/{id}/compare`: a report beside the country's last one.

use actix_web::web::Path;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::parts::{below, question_link, question_path, report_path};
use crate::access::Visibility;
use crate::db::{Db, ReportId};
use crate::error::Result;
use crate::identity::{Actor, Visitor};
use crate::rendering::html_of_markdown;
use crate::reports::comparison::{ChoiceCompared, Comparison, FigureCompared, StepAnswer, StepCompared};
use crate::reports::model::{ChoiceOption, QuestionAsked, Report, ReportStatus};
use crate::reports::reading;
use crate::reports::since_confirmation::changed_from_version;
use crate::ui::{Column, Frame, View, day_in_words, empty, long, panel, rendered, table};

/// A report with its comparison.
struct Shown {
    report: Report,
    compared: Comparison,
    /// The questions whose answers differ from those of the version before.
    from_version: Option<Vec<QuestionAsked>>,
}

crate::nothing_restricted!(Shown);

/// A report beside the country's last one
///
/// Permissions: admin; coordinator of the country.
#[get("/reports/{id}/compare")]
pub(super) async fn compare(visitor: Visitor, id: Path<ReportId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let read = move |conn: &mut Db, actor: &Actor| {
        let (visibility, lang) = (Visibility::of(actor), actor.language);
        let report = reading::find_whole(conn, &visibility, lang, id)?;
        let from_version = changed_from_version(conn, lang, &report)?;
        Ok(Shown { compared: reading::comparison(conn, &visibility, lang, id)?, from_version, report })
    };
    visitor.on_snapshot().page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let (report, compared) = (&shown.report, &shown.compared);
    let country = report.fields.country_code.as_str();
    let body = html! {
        @if let Some(changed) = &shown.from_version { (from_version(frame, report, changed)) }
        @match &compared.previous {
            None => { @if shown.from_version.is_none() { (empty(&frame.t("reports-no-previous"), None)) } },
            Some(previous) => {
                @let days = [previous.period_from, previous.period_to].map(|day| day_in_words(frame, country, day));
                p {
                    (frame.t("reports-previous")) " "
                    a href=(report_path(previous.id)) { (days.join(" – ")) }
                }
            },
        }
        @if let Some(promised) = &compared.promised {
            (panel(&frame.t("reports-promised"), None, rendered(html_of_markdown(promised, 2))))
        }
        @if compared.previous.is_some() {
            @if !compared.next_steps.is_empty() { (steps(frame, shown)) }
            (choices(frame, shown))
            (figures(frame, &compared.figures))
            (documents(frame, report.id))
        }
    };
    let is_of_version = compared.previous.is_none() && shown.from_version.is_some();
    below(frame, report, frame.t(if is_of_version { "reports-compare-version" } else { "reports-compare-title" }), body)
}

/// Draws the questions whose answers differ from those of the version before.
fn from_version(frame: &Frame, report: &Report, changed: &[QuestionAsked]) -> Markup {
    let content = match changed {
        [] => empty(&frame.t("reports-no-answers-changed"), None),
        some => html! { ul { @for asked in some { li { (question_link(report.id, asked)) } } } },
    };
    panel(&frame.t_n("reports-compared-version", report.version - 1), None, content)
}

fn columns(frame: &Frame, first: &str) -> Vec<Column> {
    [first, "reports-column-before", "reports-column-now"].map(|key| Column::new(frame.t(key))).to_vec()
}

fn steps(frame: &Frame, shown: &Shown) -> Markup {
    let answer = |answer: &Option<StepAnswer>| {
        html! {
            @match answer {
                None => { (frame.t("reports-not-asked")) },
                Some(answer) => {
                    (labels(frame, &answer.choices))
                    @if let Some(text) = &answer.text { (long(frame, text)) }
                },
            }
        }
    };
    let row = |one: &StepCompared| vec![html! { (one.title) }, answer(&one.before), answer(&one.now)];
    let rows: Vec<Vec<Markup>> = shown.compared.next_steps.iter().map(row).collect();
    let title = frame.t("reports-compared-steps");
    panel(&title, None, table(&title, &columns(frame, "reports-column-step"), &rows))
}

/// Draws the questions whose choices differ.
fn choices(frame: &Frame, shown: &Shown) -> Markup {
    let is_draft = shown.report.status == ReportStatus::Draft;
    let row = |one: &ChoiceCompared| {
        vec![
            html! { a href=(question_path(shown.report.id, &one.key)) { (one.title) } },
            labels(frame, &one.before),
            match is_draft && one.now.is_empty() {
                true => html! { (frame.t("reports-not-yet-answered")) },
                false => labels(frame, &one.now),
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = shown.compared.choices.iter().filter(|one| one.changed).map(row).collect();
    let title = frame.t("reports-compared-choices");
    let content = match rows.is_empty() {
        true => empty(&frame.t("reports-no-choices-changed"), None),
        false => table(&title, &columns(frame, "reports-column-question"), &rows),
    };
    panel(&title, None, content)
}

fn figures(frame: &Frame, figures: &[FigureCompared]) -> Markup {
    let number = |count: Option<usize>| match count {
        Some(count) => html! { (count) },
        None => html! { (frame.t("reports-not-known")) },
    };
    let row = |one: &FigureCompared| vec![html! { (one.label) }, number(one.before), number(one.now)];
    let rows: Vec<Vec<Markup>> = figures.iter().map(row).collect();
    let [first, before, now] = ["reports-column-figure", "reports-column-before", "reports-column-now"];
    let columns =
        [Column::new(frame.t(first)), Column::new(frame.t(before)).number(), Column::new(frame.t(now)).number()];
    let title = frame.t("reports-compared-figures");
    panel(&title, None, table(&title, &columns, &rows))
}

fn labels(frame: &Frame, options: &[ChoiceOption]) -> Markup {
    let labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
    html! { @if labels.is_empty() { (frame.t("reports-no-answer")) } @else { (labels.join("; ")) } }
}

fn documents(frame: &Frame, id: ReportId) -> Markup {
    let path = format!("{}/comparison/document", report_path(id));
    html! {
        p {
            (frame.t("reports-compare-document")) ": "
            a href={ (path) "?format=pdf" } { "PDF" } " · " a href={ (path) "?format=docx" } { "Word" }
        }
    }
}
