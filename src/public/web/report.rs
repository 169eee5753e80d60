//! `/public/reports/{id}`: an approved report, and its document.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Asked, cacheable, made, require_on};
use crate::db::ReportId;
use crate::error::Result;
use crate::http::{PageParameters, State};
use crate::i18n::Lang;
use crate::public::model::{PublicAnswer, PublicQuestion, PublicReport};
use crate::public::reading::{self, LoadedDocument};
use crate::rendering::{attached, html_of_markdown};
use crate::ui::{Frame, View, button_link, day_in_words, panel, rendered};

/// An approved report
///
/// Permissions: anyone, while the public view is on and a commission of the country is public.
#[get("/public/reports/{id}")]
pub(super) async fn show(
    request: HttpRequest,
    state: Data<State>,
    id: Path<ReportId>,
    lang: Lang,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let read = move |conn: &mut _| reading::report(conn, id, lang);
    Asked { request: &request, state: &state, lang }.page(read, |frame, report| view(frame, &report.screened())).await
}

/// The format and the language of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DocumentQuery {
    format: Option<String>,
    lang: Option<Lang>,
}

/// The clean document of an approved report, as it is kept
///
/// Permissions: anyone, while the public view is on, a commission of the country is public, and no answer is left out.
#[get("/public/reports/{id}/document")]
pub(super) async fn document(
    request: HttpRequest,
    state: Data<State>,
    id: Path<ReportId>,
    query: PageParameters,
) -> Result<HttpResponse> {
    require_on(&state)?;
    let (id, query) = (id.into_inner(), query.read::<DocumentQuery>()?);
    let format = query.format.unwrap_or_else(|| "pdf".to_owned());
    let lang = query.lang.unwrap_or(Lang::Es);
    let read = move |conn: &mut _| reading::document(conn, id, format, lang);
    let found = made(&state, read, LoadedDocument::screened).await?;
    cacheable(&request, attached(found.media_type, &found.file_name).finish(), found.bytes)
}

fn view(frame: &Frame, report: &PublicReport) -> View {
    let body = html! {
        div class="stack" {
            @for (title, questions) in &report.sections { (panel(title, None, section(frame, questions))) }
        }
    };
    let day = report.approved_on.map(|day| day_in_words(frame, &report.country_code, day)).unwrap_or_default();
    let lead = frame.t_with("public-report-approved", &[("n", report.version.into()), ("day", day.into())]);
    let view = View::new(report.title.clone(), body).lead(html! { (lead) }).above("/public", frame.t("public-page"));
    if report.formats.is_empty() { view } else { view.actions(downloads(frame, report)) }
}

fn downloads(frame: &Frame, report: &PublicReport) -> Markup {
    let link = |format: &str| {
        let address = format!("/public/reports/{}/document?format={format}&lang={}", report.id, frame.lang.as_str());
        button_link(&address, if format == "pdf" { "PDF" } else { "Word" }, false)
    };
    html! { @for format in report.formats.iter().rev() { (link(format)) } }
}

fn section(frame: &Frame, questions: &[PublicQuestion]) -> Markup {
    html! {
        @for one in questions {
            h3 { (one.number) ". " (one.title) }
            @match &one.answer {
                Some(answer) => { (answer_of(frame, answer)) },
                None => { p class="small" { (frame.t("public-answer-left-out")) } },
            }
        }
    }
}

fn answer_of(frame: &Frame, answer: &PublicAnswer) -> Markup {
    let is_empty = answer.choices.is_empty() && answer.text.is_none() && answer.rows.is_empty();
    html! {
        @if is_empty { p class="small" { (frame.t("reports-no-answer")) } }
        @if !answer.choices.is_empty() { ul { @for label in &answer.choices { li { (label) } } } }
        @if let Some(other) = &answer.other_text { p { (frame.t("reports-field-other")) ": " (other) } }
        @if let Some(text) = &answer.text { (rendered(html_of_markdown(text, 3))) }
        @if !answer.rows.is_empty() {
            ul {
                @for row in &answer.rows {
                    li {
                        strong { (row.name) }
                        @if !row.labels.is_empty() { " (" (row.labels.join(", ")) ")" }
                        @if let Some(words) = &row.words { (rendered(html_of_markdown(words, 3))) }
                    }
                }
            }
        }
    }
}
