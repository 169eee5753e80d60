//! `/help/guides/{name}`: a guide of `docs/guide`, rendered from its Markdown.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use maud::{Markup, html};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::Asked;
use crate::error::{Code, Result};
use crate::help::guides::Guide;
use crate::http::State;
use crate::i18n::Lang;
use crate::identity::Visitor;
use crate::ui::View;

/// A guide
///
/// Permissions: anyone.
#[get("/help/guides/{name}")]
pub(crate) async fn show(
    name: Path<String>,
    visitor: Option<Visitor>,
    state: Data<State>,
    lang: Lang,
) -> Result<HttpResponse> {
    let guide = Guide::named(&name).ok_or(Code::NotFound)?;
    let view = |lang: Lang, above: String| {
        let (title, text) = guide.text(lang);
        View::new(title, html! { div class="prose guide" { (markup_of(text)) } }).above("/help", above)
    };
    let asked = Asked { visitor, state, lang };
    asked.page(&format!("/help/guides/{name}"), |frame, _| view(frame.lang, frame.t("help-title"))).await
}

/// Renders the Markdown of a guide. HTML in it is shown as text.
fn markup_of(text: &str) -> Markup {
    Writer {
        events: Parser::new_ext(text, Options::ENABLE_TABLES),
        columns: Vec::new(),
        column: None,
        words: String::new(),
    }
    .content()
}

struct Writer<'t> {
    events: Parser<'t>,
    /// The headings of the columns of the present table.
    columns: Vec<String>,
    /// The number of the present cell in a row of the body; None in the head.
    column: Option<usize>,
    /// The plain text since the beginning of the present heading or cell.
    words: String,
}

impl<'t> Writer<'t> {
    /// Renders up to the end of the open element, or of the text.
    fn content(&mut self) -> Markup {
        let mut parts = Vec::new();
        while let Some(event) = self.events.next() {
            parts.push(match event {
                Event::End(_) => break,
                Event::Start(tag) => self.element(tag),
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    self.words.push_str(&text);
                    html! { (text) }
                }
                Event::Code(text) => {
                    self.words.push_str(&text);
                    html! { code { (text) } }
                }
                Event::SoftBreak => html! { " " },
                Event::HardBreak => html! { br; },
                Event::Rule => html! { hr; },
                _ => html! {},
            });
        }
        html! { @for part in parts { (part) } }
    }

    fn element(&mut self, tag: Tag<'t>) -> Markup {
        match tag {
            Tag::Heading { level, .. } => self.heading(level),
            Tag::Table(_) => self.table(),
            Tag::TableRow => {
                self.column = Some(0);
                let cells = self.content();
                html! { tr { (cells) } }
            }
            Tag::TableCell => self.cell(),
            Tag::Link { dest_url, .. } => {
                let text = self.content();
                match address(&dest_url) {
                    Some(address) => html! { a href=(address) { (text) } },
                    None => text,
                }
            }
            Tag::List(first) => {
                let entries = self.content();
                match first {
                    Some(first) => html! { ol start=[(first != 1).then_some(first)] { (entries) } },
                    None => html! { ul { (entries) } },
                }
            }
            other => {
                let inner = self.content();
                match other {
                    Tag::Paragraph => html! { p { (inner) } },
                    Tag::Item => html! { li { (inner) } },
                    Tag::Strong => html! { strong { (inner) } },
                    Tag::Emphasis => html! { em { (inner) } },
                    Tag::CodeBlock(_) => html! { pre { code { (inner) } } },
                    Tag::BlockQuote(_) => html! { blockquote { (inner) } },
                    _ => inner,
                }
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Markup {
        self.words.clear();
        let inner = self.content();
        let id = anchor(&self.words);
        match level {
            HeadingLevel::H1 | HeadingLevel::H2 => html! { h2 id=(id) { (inner) } },
            HeadingLevel::H3 => html! { h3 id=(id) { (inner) } },
            _ => html! { h4 id=(id) { (inner) } },
        }
    }

    /// Renders a table. Its caption, for screen readers, is the list of its columns.
    fn table(&mut self) -> Markup {
        self.columns.clear();
        self.column = None;
        // The head, whose cells the parser gives without a row.
        self.events.next();
        let head = self.content();
        let rows = self.content();
        html! {
            div class="table" {
                table {
                    caption class="unseen" { (self.columns.join(", ")) }
                    thead { tr { (head) } }
                    tbody { (rows) }
                }
            }
        }
    }

    fn cell(&mut self) -> Markup {
        self.words.clear();
        let inner = self.content();
        let Some(column) = self.column else {
            self.columns.push(self.words.clone());
            return html! { th scope="col" { (inner) } };
        };
        self.column = Some(column + 1);
        let heading = self.columns.get(column).map_or("", String::as_str);
        html! { td data-title=(heading) { (inner) } }
    }
}

/// Returns the name of a heading in addresses, as the pages of the repository make it: `convocar-una-sesión`.
fn anchor(heading: &str) -> String {
    let part = |c: char| match c {
        ' ' => Some('-'),
        _ => (c.is_alphanumeric() || ['-', '_'].contains(&c)).then_some(c),
    };
    heading.to_lowercase().chars().filter_map(part).collect()
}

/// Returns where a link of a guide leads: another guide, a heading, the web. None for the other files of the repository.
fn address(link: &str) -> Option<String> {
    if link.starts_with('#') || link.starts_with("https://") || link.starts_with("http://") {
        return Some(link.to_owned());
    }
    let (file, heading) = link.split_once('#').map_or((link, String::new()), |(file, at)| (file, format!("#{at}")));
    let (name, _) = file.strip_suffix(".md")?.split_once('.')?;
    Guide::named(name).map(|guide| format!("/help/guides/{}{heading}", guide.name))
}

#[cfg(test)]
mod tests {
    use super::markup_of;

    #[test]
    fn a_guide_becomes_html_with_its_links_to_other_guides() {
        let text = "## Convocar una sesión\n\nVea la [guía](import.es.md#filas), el [registro](../logging.md) y <b>`x_y`</b>.\n\n\
                    | Qué | Cómo |\n| --- | --- |\n| el *país* | `POST` |\n";
        let html = markup_of(text).into_string();
        assert!(html.starts_with("<h2 id=\"convocar-una-sesión\">Convocar una sesión</h2>"), "{html}");
        assert!(
            html.contains("<a href=\"/help/guides/import#filas\">guía</a>, el registro y &lt;b&gt;<code>x_y</code>"),
            "{html}"
        );
        assert!(
            html.contains("<caption class=\"unseen\">Qué, Cómo</caption><thead><tr><th scope=\"col\">Qué</th>"),
            "{html}"
        );
        assert!(
            html.contains("<tbody><tr><td data-title=\"Qué\">el <em>país</em></td><td data-title=\"Cómo\"><code>"),
            "{html}"
        );
    }
}
