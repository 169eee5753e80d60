//! The column beside an answer: its findings, its sources, the changes since, the comments, the commission that answers
//! it.

use maud::{Markup, html};

use super::parts::{correction_link, findings_of, source_link};
use super::question::Answering;
use crate::reports::answer::{AnswerState, Finding, Severity, Source};
use crate::reports::sharing::Comment;
use crate::ui::{Frame, Tone, button_link, empty, moment, panel, prose, tag};

/// The number of records of a finding that are listed without being asked for.
const OPEN_RECORDS: usize = 3;

/// Draws the column beside an answer.
pub(super) fn beside(frame: &Frame, shown: &Answering) -> Markup {
    html! {
        aside {
            @if !shown.comments.is_empty() { (comments(frame, shown)) }
            @if !shown.changed.is_empty() { (changes(frame, shown)) }
            @if !shown.is_approved() { (findings(frame, shown)) }
            (sources(frame, shown))
            @if shown.comments.is_empty() && !shown.is_approved() { (comments(frame, shown)) }
            @if shown.is_whole && !shown.is_approved() { (assignee(frame, shown)) }
        }
    }
}

/// Draws the name of a record, as a link for those who may open its page.
fn linked(shown: &Answering, source: &Source) -> Markup {
    match shown.cited.may_open(source) {
        true => source_link(&shown.report, &shown.asked, source),
        false => html! { (source.label) },
    }
}

/// Draws the name of a record that a finding is about, as a link to the page on which the reader may correct it.
fn to_correct(shown: &Answering, source: &Source) -> Markup {
    match shown.cited.may_correct(source) {
        true => correction_link(&shown.report, &shown.asked, source),
        false => html! { (source.label) },
    }
}

fn findings(frame: &Frame, shown: &Answering) -> Markup {
    let all: Vec<&Finding> = findings_of(&shown.asked).collect();
    let content = html! {
        @if all.is_empty() { (empty(&frame.t("reports-no-findings"), None)) }
        @else { ul class="stack" { @for finding in &all { li { (one_finding(frame, shown, finding)) } } } }
    };
    panel(&frame.t("reports-findings"), None, content)
}

fn one_finding(frame: &Frame, shown: &Answering, finding: &Finding) -> Markup {
    let is_error = finding.severity == Severity::Error;
    let tone = if is_error { Tone::Overdue } else { Tone::Soon };
    // A sentence about one record has the link in itself.
    let has_list = finding.records.len() > usize::from(finding.around.is_some());
    html! {
        (tag(tone, &frame.t(if is_error { "reports-finding-error" } else { "reports-finding-warning" }))) " "
        @match (&finding.around, finding.records.as_slice()) {
            (Some((before, after)), [record]) => { (before) (to_correct(shown, record)) (after) },
            (Some((before, after)), records) => { (before) (frame.t_n("reports-records-n", records.len())) (after) },
            (None, _) => { (finding.message) },
        }
        @if has_list {
            @let list = html! {
                ul class="small" { @for record in &finding.records { li { (to_correct(shown, record)) } } }
            };
            @if finding.records.len() <= OPEN_RECORDS { (list) } @else {
                details class="more" {
                    summary { (frame.t_n("reports-see-records", finding.records.len())) }
                    (list)
                }
            }
        }
    }
}

/// Draws the records that the answer cites. The button of each puts a sentence about it into the text.
fn sources(frame: &Frame, shown: &Answering) -> Markup {
    let sources = &shown.asked.answer.sources;
    let content = html! {
        @if sources.is_empty() { (empty(&frame.t("reports-no-sources"), None)) }
        @else {
            ul class="stack" {
                @for source in sources {
                    li {
                        span class="small" { (frame.word("reports-source", source.kind.as_str())) ": " }
                        (linked(shown, source))
                        @if !shown.is_approved() {
                            " "
                            button class="link" type="button" hidden data-insert=(shown.cited.sentence(source)) data-into="text" {
                                (frame.t("reports-insert")) span class="unseen" { " " (source.label) }
                            }
                        }
                    }
                }
            }
        }
    };
    panel(&frame.t("reports-sources"), None, content)
}

/// Draws the records that changed since the answer was confirmed, or since it was drafted or written.
fn changes(frame: &Frame, shown: &Answering) -> Markup {
    let is_confirmed = shown.asked.answer.state == AnswerState::Confirmed;
    let key = if is_confirmed { "reports-changes" } else { "reports-changes-unconfirmed" };
    let content = html! {
        p class="small" { (frame.t(&format!("{key}-about"))) }
        ul {
            @for changed in &shown.changed {
                li {
                    (frame.word("reports-change", changed.change.as_str())) ": "
                    (linked(shown, &changed.source))
                }
            }
        }
        @if !is_confirmed && !shown.is_approved() {
            p { (button_link(&format!("{}/draft", shown.path()), &frame.t("reports-redraft-answer"), false)) }
        }
    };
    panel(&frame.t(key), None, content)
}

fn comments(frame: &Frame, shown: &Answering) -> Markup {
    let path = format!("{}/comments", shown.path());
    let content = html! {
        @if shown.comments.is_empty() { (empty(&frame.t("reports-no-comments"), None)) }
        @else { ul class="stack" { @for comment in &shown.comments { li { (one_comment(frame, shown, comment)) } } } }
    };
    let link = frame.t(if shown.is_approved() { "reports-all-comments" } else { "reports-do-comment" });
    panel(&frame.t("reports-comments"), Some((&path, &link)), content)
}

pub(super) fn one_comment(frame: &Frame, shown: &Answering, comment: &Comment) -> Markup {
    let name = comment.by.as_ref().map_or_else(|| frame.t("reports-nobody"), |by| by.name.clone());
    html! {
        (prose(&comment.text))
        p class="small" { (name) " · " (moment(comment.created_at, shown.zone)) }
    }
}

fn assignee(frame: &Frame, shown: &Answering) -> Markup {
    let path = format!("{}/assignee", shown.path());
    let content = match &shown.assignee {
        None => html! { p { (frame.t("reports-coordinator")) } },
        Some(one) => {
            let about = frame.t_with("reports-assigned-to", &[("commission", one.label().into())]);
            html! { p { (one.label()) } p class="small" { (about) } }
        }
    };
    panel(&frame.t("reports-assignee"), Some((&path, &frame.t("reports-change-assignee"))), content)
}
