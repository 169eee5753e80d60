//! Parts that several pages of reports share: addresses, states in words, the answer as text.

use chrono_tz::Tz;
use maud::{Markup, html};

use crate::access::country_zone;
use crate::db::{Db, ReportId};
use crate::error::Result;
use crate::rendering::html_of_markdown;
use crate::reports::answer::{AnswerRow, AnswerState, Finding, ReportFindingCode, Severity, Source, SourceKind};
use crate::reports::model::{QuestionAsked, Report, ReportInput, ReportStatus};
use crate::reports::questionnaire::question_of;
use crate::reports::since_confirmation::ChangedAnswers;
use crate::ui::{Back, Frame, Tone, View, notice, rendered, tag};

pub(super) fn report_path(id: ReportId) -> String {
    format!("/reports/{id}")
}

pub(super) fn question_path(id: ReportId, key: &str) -> String {
    format!("/reports/{id}/questions/{key}")
}

/// Makes a page whose parent is the page of a report.
pub(super) fn below(frame: &Frame, report: &Report, title: impl Into<String>, body: Markup) -> View {
    View::new(title, body)
        .above("/reports", frame.t("reports-page"))
        .above(report_path(report.id), titled(frame, report))
}

/// Draws the link to the guide to the annual report.
pub(super) fn guide_link(frame: &Frame) -> Markup {
    html! { a href="/help/guides/report" { (frame.t("reports-help")) } }
}

/// Returns the title of a report, with its version from the second one.
pub(super) fn titled(frame: &Frame, report: &Report) -> String {
    let args = [("title", report.title.as_str().into()), ("n", report.version.into())];
    if report.version > 1 { frame.t_with("reports-title-of-version", &args) } else { report.title.clone() }
}

/// Draws the number of answers whose records changed since they were confirmed.
pub(super) fn changed_notice(frame: &Frame, report: &Report, changed: &ChangedAnswers) -> Markup {
    let asked: Vec<&QuestionAsked> = report.form.questions().filter(|asked| changed.contains_key(&asked.key)).collect();
    if asked.is_empty() {
        return html! {};
    }
    let content = html! {
        p { strong { (frame.t_n("reports-records-changed", asked.len())) } }
        div class="prose" { ul { @for one in asked { li { (question_link(report.id, one)) } } } }
    };
    notice(Tone::Review, content)
}

/// Returns the time zone of the country of a report.
pub(super) fn zone_of(conn: &mut Db, report: &Report) -> Result<Tz> {
    Ok(country_zone(conn, &report.fields.country_code)?.unwrap_or(Tz::UTC))
}

/// Draws the state of a report as a word.
pub(super) fn status_tag(frame: &Frame, report: &Report) -> Markup {
    let tone = if report.status == ReportStatus::Approved { Tone::Done } else { Tone::Open };
    tag(tone, &frame.word("reports-status", report.status.as_str()))
}

/// Draws the state of an answer as a word. An empty answer that nobody has to confirm is optional.
pub(super) fn state_tag(frame: &Frame, report: &Report, asked: &QuestionAsked) -> Markup {
    if asked.answer.state == AnswerState::Empty && !report.form.asks_for(asked) {
        return tag(Tone::Neutral, &frame.t("reports-not-asked-for"));
    }
    let tone = match asked.answer.state {
        AnswerState::Empty if asked.needs_confirmation => Tone::Soon,
        AnswerState::Empty => Tone::Neutral,
        AnswerState::Drafted | AnswerState::Edited => Tone::Review,
        AnswerState::Confirmed | AnswerState::Approved => Tone::Done,
    };
    tag(tone, &frame.word("reports-state", asked.answer.state.as_str()))
}

/// Returns the findings of an answer as its reader needs them: that no option is marked is said once.
pub(super) fn findings_of(asked: &QuestionAsked) -> impl Iterator<Item = &Finding> {
    let all = &asked.answer.findings;
    let is_missing = all.iter().any(|one| one.code == ReportFindingCode::MandatoryEmpty);
    all.iter().filter(move |one| !is_missing || one.code != ReportFindingCode::ChoiceUnmarked)
}

/// Returns the number of findings of a severity.
pub(super) fn findings(asked: &QuestionAsked, severity: Severity) -> usize {
    findings_of(asked).filter(|finding| finding.severity == severity).count()
}

/// Draws the number and the title of a question as a link to its page.
pub(super) fn question_link(report: ReportId, asked: &QuestionAsked) -> Markup {
    html! { a href=(question_path(report, &asked.key)) { (asked.number) ". " (asked.title) } }
}

/// Returns the page of a record that an answer cites; an observation has a place in the list.
fn page_of_source(fields: &ReportInput, source: &Source) -> String {
    let id = &source.id;
    match source.kind {
        SourceKind::Activity => format!("/activities/{id}"),
        SourceKind::Agreement => format!("/agreements/{id}"),
        SourceKind::Commission => format!("/commissions/{id}"),
        SourceKind::Commitment => format!("/commitments/{id}"),
        SourceKind::Institution => format!("/institutions/{id}"),
        SourceKind::Meeting => format!("/meetings/{id}"),
        SourceKind::Observation => format!("/observations?country_code={}#observation-{id}", fields.country_code),
        SourceKind::Plan => format!("/plans/{id}"),
        SourceKind::PlanItem => format!("/plans/{}#item-{id}", fields.roadmap_id),
        SourceKind::Report => format!("/reports/{id}"),
    }
}

/// Draws the name of a record as a link to its page, which leads back to the question.
pub(super) fn source_link(report: &Report, asked: &QuestionAsked, source: &Source) -> Markup {
    record_link(report, asked, source, &page_of_source(&report.fields, source))
}

/// Draws the name of a record as a link to the page on which it is corrected, which leads back to the question.
pub(super) fn correction_link(report: &Report, asked: &QuestionAsked, source: &Source) -> Markup {
    let page = match source.kind {
        SourceKind::Observation => format!("/observations/{}/edit", source.id),
        _ => page_of_source(&report.fields, source),
    };
    record_link(report, asked, source, &page)
}

fn record_link(report: &Report, asked: &QuestionAsked, source: &Source, page: &str) -> Markup {
    let back = Back { path: question_path(report.id, &asked.key), number: asked.number };
    html! { a href=(back.added_to(page)) { (source.label) } }
}

/// Draws an answer as text: the options marked, the text, the rows.
pub(super) fn answer(frame: &Frame, report: &Report, asked: &QuestionAsked) -> Markup {
    let answer = &asked.answer;
    let marked: Vec<&str> = asked
        .options
        .iter()
        .filter(|option| answer.choices.contains(&option.key))
        .map(|option| option.label.as_str())
        .collect();
    let is_empty = marked.is_empty() && answer.text.is_none() && answer.rows.is_empty();
    html! {
        @if is_empty {
            p class="small" { (frame.t(if report.form.asks_for(asked) { "reports-no-answer" } else { "reports-not-asked-for" })) }
        }
        @if !marked.is_empty() { ul { @for label in marked { li { (label) } } } }
        @if let Some(other) = &answer.other_text { p { (frame.t("reports-field-other")) ": " (other) } }
        @if let Some(text) = &answer.text { (rendered(html_of_markdown(text, 3))) }
        @if !answer.rows.is_empty() {
            ul { @for one in &answer.rows { li { (row(asked, one)) } } }
        }
    }
}

/// Draws a partner or a party with its contribution.
fn row(asked: &QuestionAsked, row: &AnswerRow) -> Markup {
    let name = row.partner.as_ref().or(row.stakeholder.as_ref()).map(String::as_str).unwrap_or_default();
    let label = |key: &String| asked.options.iter().find(|option| option.key == *key).map(|one| one.label.as_str());
    let kinds: Vec<&str> = row.partner_type.iter().chain(&row.participation_level).filter_map(label).collect();
    let words = row.description.as_ref().or(row.involvement.as_ref());
    html! {
        strong { (name) }
        @if !kinds.is_empty() { " (" (kinds.join(", ")) ")" }
        @if let Some(words) = words { (rendered(html_of_markdown(words, 3))) }
    }
}

/// Returns true if a question that need not be answered has neither an answer nor a confirmation. One that another
/// answer asks for is none.
pub(super) fn is_left_open(asked: &QuestionAsked) -> bool {
    asked.answer.state == AnswerState::Empty && is_unanswered(asked)
}

/// Returns true if a question that need not be answered has no answer; a person may have confirmed that.
fn is_unanswered(asked: &QuestionAsked) -> bool {
    let answer = &asked.answer;
    let is_empty = answer.choices.is_empty() && answer.text.is_none() && answer.rows.is_empty();
    let is_settled = !asked.needs_confirmation && !asked.blocks();
    is_empty && is_settled && question_of(&asked.key).is_none_or(|question| question.depends_on.is_none())
}

/// Draws the numbers of the questions that stay without an answer.
pub(super) fn left_open(frame: &Frame, report: &Report) -> Markup {
    let open: Vec<&QuestionAsked> = report.form.questions().filter(|asked| is_unanswered(asked)).collect();
    html! {
        @if !open.is_empty() {
            p {
                (frame.t_n("reports-left-open", open.len())) " "
                @for (n, asked) in open.iter().enumerate() {
                    @if n > 0 { ", " }
                    a href=(question_path(report.id, &asked.key)) { (asked.number) span class="unseen" { ". " (asked.title) } }
                }
                "."
            }
        }
    }
}
