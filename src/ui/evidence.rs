//! Means of verification: their rows in a form, and their list on the page of a record.

use maud::{Markup, html};

use super::date::date_in_words;
use super::fields::{Choice, Field};
use super::form::FormView;
use super::layout::Frame;
use crate::evidence::Evidence;
use crate::storage::FILE_LIMIT;

/// Draws the rows `evidence/*` of a form, with the buttons that add and remove one. The first of `kinds` is the default;
/// without any, a row keeps the kind that it has.
pub(crate) fn evidence_rows(frame: &Frame, form: &FormView, kinds: &[String]) -> Markup {
    let faults = form.faults_of("evidence");
    let size = FILE_LIMIT / (1024 * 1024);
    html! {
        fieldset class=(if faults.is_empty() { "stack" } else { "stack faulty" }) id="evidence" tabindex="-1" {
            legend { strong { (frame.t("progress-evidence")) } }
            p class="hint" { (frame.t_n("progress-evidence-hint", size)) }
            @for fault in faults { p class="fault" { (fault) } }
            @for row in 0..form.rows("evidence", 1) { (evidence_row(frame, form, kinds, row)) }
            button type="submit" name="add" value="evidence" formnovalidate { (frame.t("progress-evidence-add")) }
        }
    }
}

fn evidence_row(frame: &Frame, form: &FormView, kinds: &[String], row: usize) -> Markup {
    let name = |part: &str| format!("evidence/{row}/{part}");
    let field = |part: &str, label: &str| Field::new(frame, form, name(part), frame.t(label));
    let group = format!("evidence/{row}");
    let number = frame.t_n("progress-evidence-row", row + 1);
    let kept: &[&str] = if kinds.is_empty() { &["kind", "dated"] } else { &["dated"] };
    html! {
        fieldset class="row" id={ "evidence-" (row) } tabindex="-1" {
            legend { (number) }
            @for fault in form.faults_of(&group) { p class="fault wide" { (fault) } }
            @for part in std::iter::once(&"file_id").chain(kept) {
                @if let [fault, ..] = form.faults_of(&name(part)).as_slice() {
                    p class="fault wide" id={ "evidence-" (row) "-" (part) } tabindex="-1" { (fault) }
                }
            }
            (field("title", "progress-evidence-title").hint(frame.t("progress-evidence-title-hint")).max(500).text())
            @if !kinds.is_empty() {
                (field("kind", "progress-evidence-kind").select(None, &kind_choices(kinds, form.value(&name("kind")))))
            }
            (field("url", "progress-evidence-url").hint(frame.t("progress-evidence-url-hint")).max(2000).text())
            (field("file", "progress-evidence-upload").file())
            @for part in kept.iter().filter(|part| !form.value(&name(part)).is_empty()) {
                input type="hidden" name=(name(part)) value=(form.value(&name(part)));
            }
            button class="remove" type="submit" name="remove" value=(group) formnovalidate {
                (frame.t("progress-remove")) span class="unseen" { " " (number) }
            }
        }
    }
}

/// Returns the kinds, with the one that the row has in other words.
fn kind_choices(kinds: &[String], present: &str) -> Vec<Choice> {
    let is_other = !present.is_empty() && !kinds.iter().any(|kind| kind == present);
    let other = is_other.then_some(present);
    kinds.iter().map(String::as_str).chain(other).map(|kind| Choice::new(kind, kind)).collect()
}

/// Draws a list of means of verification: each title leads to the file or the address, above the kind and the date.
pub(crate) fn evidence_list(frame: &Frame, country: &str, list: &[Evidence]) -> Markup {
    html! {
        ul class="stack" {
            @for entry in list {
                li {
                    @match (entry.file_id, &entry.url) {
                        (Some(file), _) => { a href={ "/files/" (file) } { (entry.title) } },
                        (None, Some(url)) => { a href=(url) rel="noopener noreferrer" { (entry.title) } },
                        (None, None) => { (entry.title) },
                    }
                    p class="small" { (about(frame, country, entry)) }
                }
            }
        }
    }
}

/// Returns the kind and the date of a document, and `archivo` or the name of its site.
fn about(frame: &Frame, country: &str, entry: &Evidence) -> String {
    let place = match (entry.file_id, &entry.url) {
        (Some(_), _) => frame.t("progress-evidence-file"),
        (None, Some(url)) => host_of(url).to_owned(),
        (None, None) => frame.t("progress-evidence-title-only"),
    };
    let dated = entry.dated.as_ref().map(|date| date_in_words(frame, country, date));
    let parts: Vec<String> = entry.kind.iter().cloned().chain(dated).chain([place]).collect();
    parts.join(" · ")
}

/// Returns the name of the site of an address.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default()
}
