//! The means of verification of a report: their rows in its form, and their list.

use maud::{Markup, html};

use crate::evidence::Evidence;
use crate::storage::FILE_LIMIT;
use crate::ui::{Field, FormView, Frame, date_in_words};

/// Draws the rows of evidence with the buttons that add and remove one.
pub(super) fn rows(frame: &Frame, form: &FormView) -> Markup {
    let size = FILE_LIMIT / (1024 * 1024);
    html! {
        fieldset class="stack" id="evidence" tabindex="-1" {
            legend { strong { (frame.t("progress-evidence")) } }
            p class="hint" { (frame.t_n("progress-evidence-hint", size)) }
            @for fault in form.faults_of("evidence") { p class="fault" { (fault) } }
            @for n in 0..form.rows("evidence", 1) { (row(frame, form, n)) }
            button type="submit" name="add" value="evidence" formnovalidate { (frame.t("progress-evidence-add")) }
        }
    }
}

fn row(frame: &Frame, form: &FormView, n: usize) -> Markup {
    let name = |part: &str| format!("evidence/{n}/{part}");
    let field = |part: &str, key: &str| Field::new(frame, form, name(part), frame.t(key)).unmarked(true);
    let group = format!("evidence/{n}");
    html! {
        fieldset class="row" id={ "evidence-" (n) } tabindex="-1" {
            legend { (frame.t_n("progress-evidence-row", n + 1)) }
            @for fault in form.faults_of(&group) { p class="fault wide" { (fault) } }
            @if let [fault, ..] = form.faults_of(&name("file_id")).as_slice() {
                p class="fault wide" id={ "evidence-" (n) "-file_id" } tabindex="-1" { (fault) }
            }
            (field("title", "progress-evidence-title").max(500).text())
            (field("url", "progress-evidence-url").hint(frame.t("progress-evidence-url-hint")).max(2000).text())
            (field("file", "progress-evidence-upload").file())
            @for part in ["kind", "dated"] {
                @if !form.value(&name(part)).is_empty() {
                    input type="hidden" name=(name(part)) value=(form.value(&name(part)));
                }
            }
            button class="remove" type="submit" name="remove" value=(group) formnovalidate {
                (frame.t("progress-remove")) span class="unseen" { " " (frame.t_n("progress-evidence-row", n + 1)) }
            }
        }
    }
}

/// Draws evidence: titles that lead to the file or the address.
pub(super) fn list(frame: &Frame, country: &str, list: &[Evidence]) -> Markup {
    html! {
        @if !list.is_empty() {
            ul class="stack" { @for entry in list { li { (title(entry)) (dated(frame, country, entry)) } } }
        }
    }
}

fn title(entry: &Evidence) -> Markup {
    html! {
        @match (entry.file_id, &entry.url) {
            (Some(file), _) => { a href={ "/files/" (file) } { (entry.title) } },
            (None, Some(url)) => { a href=(url) rel="noopener noreferrer" { (entry.title) } },
            (None, None) => { (entry.title) },
        }
    }
}

fn dated(frame: &Frame, country: &str, entry: &Evidence) -> Markup {
    let date = entry.dated.as_ref().map(|date| date_in_words(frame, country, date));
    html! { @if let Some(date) = date { span class="small" { " · " (date) } } }
}
