//! Parts of pages: states as words, progress as segments, facts, panels, timelines, notices.

use maud::{Markup, PreEscaped, html};

use super::form::FormView;
use super::layout::Frame;
use super::tone::Tone;

/// Draws a state: a word on a coloured ground.
pub(crate) fn tag(tone: Tone, word: &str) -> Markup {
    html! { span class={ "tag " (tone.class()) } { (word) } }
}

/// The part of one institution in the progress of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment(pub Tone);

/// Draws progress: one segment for each institution, in the order of the rows, and the sentence that states the same.
/// The picture is hidden from screen readers, which read the sentence.
pub(crate) fn segments(parts: &[Segment], sentence: &str) -> Markup {
    html! {
        span class="progress" {
            @if parts.len() <= 40 {
                span class="segments" aria-hidden="true" {
                    @for part in parts { span class=(part.0.class()) {} }
                }
            }
            span { (sentence) }
        }
    }
}

/// Draws facts about a record: names and values.
pub(crate) fn facts(rows: &[(String, Markup)]) -> Markup {
    html! { dl class="facts" { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } } }
}

/// Draws one fact of a list that the caller wraps in `facts`.
pub(crate) fn description(name: impl Into<String>, value: impl Into<String>) -> (String, Markup) {
    let value: String = value.into();
    (name.into(), html! { (value) })
}

/// Draws a box with a heading, and a link at its right.
pub(crate) fn panel(title: &str, link: Option<(&str, &str)>, content: Markup) -> Markup {
    html! {
        section class="panel" {
            div class="panel-head" {
                h2 { (title) }
                @if let Some((path, text)) = link { a href=(path) { (text) } }
            }
            (content)
        }
    }
}

/// Draws the sentence of an empty list: what to do next.
pub(crate) fn empty(sentence: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        div class="empty" {
            p { (sentence) }
            @if let Some((path, text)) = action { p { (button_link(path, text, false)) } }
        }
    }
}

/// Draws a sentence that must be seen.
pub(crate) fn notice(tone: Tone, content: Markup) -> Markup {
    html! { div class={ "notice " (tone.class()) } { (content) } }
}

/// Draws a link that looks like a button.
pub(crate) fn button_link(path: &str, text: &str, is_main: bool) -> Markup {
    html! { a class=(if is_main { "button main" } else { "button" }) href=(path) { (text) } }
}

/// Draws a link to the page that asks before something is removed or cancelled.
pub(crate) fn danger_link(path: &str, text: &str) -> Markup {
    html! { a class="button danger" href=(path) { (text) } }
}

/// Draws the contact of the installation, for questions; nothing without one.
pub(crate) fn contact(frame: &Frame) -> Markup {
    html! {
        @if let Some(contact) = &frame.contact {
            p class="contact" {
                (frame.t("web-contact")) " "
                @match &contact.address {
                    Some(address) if *address == contact.name => { a href={ "mailto:" (address) } { (address) } },
                    Some(address) => { (contact.name) ", " a href={ "mailto:" (address) } { (address) } },
                    None => { (contact.name) },
                }
            }
        }
    }
}

/// Draws the end of a form: the main button, and a link that leaves the form.
pub(crate) fn actions(main: &str, leave: Option<(&str, &str)>) -> Markup {
    html! {
        div class="form-actions" {
            button class="main" type="submit" { (main) }
            @if let Some((path, text)) = leave { a href=(path) { (text) } }
        }
    }
}

/// Draws a form that asks for confirmation: its content, the button, and the link that leaves it. The texts are keys.
pub(crate) fn confirmation(
    frame: &Frame,
    form: &FormView,
    content: Markup,
    (button, is_final): (&str, bool),
    (back, leave): (&str, &str),
) -> Markup {
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            (content)
            div class="form-actions" {
                button class=(if is_final { "main danger" } else { "main" }) type="submit" { (frame.t(button)) }
                a href=(back) { (frame.t(leave)) }
            }
        }
    }
}

/// Draws the pages of one record: address, text, and whether it is the present page.
pub(crate) fn tabs(label: &str, pages: &[(String, String, bool)]) -> Markup {
    html! {
        nav class="tabs" aria-label=(label) {
            ul {
                @for (path, text, is_current) in pages {
                    li { a href=(path) aria-current=[is_current.then_some("page")] { (text) } }
                }
            }
        }
    }
}

/// An event of a record's history.
pub(crate) struct Event {
    pub title: Markup,
    /// When, and by whom.
    pub when: String,
    pub detail: Option<Markup>,
}

/// Draws events, in the order in which they are given.
pub(crate) fn timeline(events: &[Event]) -> Markup {
    html! {
        ol class="timeline" {
            @for event in events {
                li {
                    p class="what" { (event.title) }
                    p class="when" { (event.when) }
                    @if let Some(detail) = &event.detail { div class="detail" { (detail) } }
                }
            }
        }
    }
}

/// Draws text that people wrote, paragraph by paragraph, as plain text.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        div class="prose" {
            @for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
                p {
                    @for (n, line) in paragraph.lines().enumerate() {
                        @if n > 0 { br; }
                        (line)
                    }
                }
            }
        }
    }
}

/// The number of characters up to which a list shows all of a text.
const SHORT_CHARACTERS: usize = 200;

/// The number of lines up to which a list shows all of a text.
const SHORT_LINES: usize = 4;

/// Draws a text of a list: three lines of a long one, the rest of which opens in its place.
pub(crate) fn long(frame: &Frame, text: &str) -> Markup {
    html! {
        div class="long" {
            div class="text" { (text) }
            @if text.chars().count() > SHORT_CHARACTERS || text.lines().count() > SHORT_LINES {
                details {
                    summary {
                        span class="more" { (frame.t("web-whole-text")) }
                        span class="less" { (frame.t("web-less-text")) }
                    }
                }
            }
        }
    }
}

/// Draws the preview of a text that is being written. The focus moves to it.
pub(crate) fn text_preview(frame: &Frame, text: Markup) -> Markup {
    html! {
        section class="panel" id="preview" tabindex="-1" data-focus="true" {
            h2 { (frame.t("ui-preview")) }
            p class="small" { (frame.t("ui-preview-about")) }
            (text)
        }
    }
}

/// Marks HTML that this program has made from Markdown, in which all HTML of the writer is escaped.
pub(crate) fn rendered(html: String) -> Markup {
    html! { div class="prose" { (PreEscaped(html)) } }
}
