//! Writes parts of a document as HTML for a page. Everything that people wrote is escaped.

use maud::{Markup, html};

use super::document::{Block, Run};
use super::markdown::read;
use super::table::Table;

/// Writes a text in Markdown as HTML. Its headings are below the heading of level `above` of the page.
pub(crate) fn html_of_markdown(text: &str, above: u8) -> String {
    blocks(&read(text, above)).into_string()
}

fn blocks(parts: &[Block]) -> Markup {
    html! { @for part in parts { (block(part)) } }
}

fn block(part: &Block) -> Markup {
    match part {
        Block::Heading { level, text } => heading(*level, text),
        Block::Paragraph { runs: parts } => html! { p { (runs(parts)) } },
        Block::Note { runs: parts } => html! { p class="small" { (runs(parts)) } },
        Block::Banner { text } => html! { p { strong { (text) } } },
        Block::Quote { blocks: parts } => html! { blockquote { (blocks(parts)) } },
        Block::Facts { items } => {
            html! { ul { @for item in items { li { strong { (item.label) ":" } " " (item.value) } } } }
        }
        Block::Signatures { items } => {
            html! { ul { @for item in items { li { (item.institution) " (" (item.role) ")" } } } }
        }
        Block::List { first: None, items } => html! { ul { @for item in items { li { (entry(item)) } } } },
        Block::List { first: Some(first), items } => {
            html! { ol start=[(*first != 1).then_some(first)] { @for item in items { li { (entry(item)) } } } }
        }
        Block::Choices { items } => html! {
            ul { @for item in items { li { @if item.marked { strong { (item.label) } } @else { (item.label) } } } }
        },
        Block::Table(own) | Block::Form(own) => table(own),
        Block::Chart(chart) => table(&chart.table),
    }
}

/// Writes an entry of a list. An entry that is one paragraph has no space around it.
fn entry(parts: &[Block]) -> Markup {
    match parts {
        [Block::Paragraph { runs: parts }] => runs(parts),
        [Block::Paragraph { runs: parts }, rest @ ..] => html! { (runs(parts)) (blocks(rest)) },
        _ => blocks(parts),
    }
}

fn heading(level: u8, text: &str) -> Markup {
    match level {
        0..=2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        4 => html! { h4 { (text) } },
        5 => html! { h5 { (text) } },
        _ => html! { h6 { (text) } },
    }
}

fn runs(parts: &[Run]) -> Markup {
    html! { @for run in parts { (formatted(run)) } }
}

fn formatted(run: &Run) -> Markup {
    let text = html! { @for (n, line) in run.text.split('\n').enumerate() { @if n > 0 { br; } (line) } };
    let text = if run.emphasis {
        html! { em { (text) } }
    } else {
        text
    };
    let text = if run.strong {
        html! { strong { (text) } }
    } else {
        text
    };
    match &run.link {
        Some(address) => html! { a href=(address) rel="noreferrer" { (text) } },
        None => text,
    }
}

/// Writes a table. Its caption, for screen readers, is the list of its columns.
fn table(own: &Table) -> Markup {
    let names: Vec<&str> = own.columns.iter().map(|column| column.heading.as_str()).collect();
    html! {
        div class="table" {
            table {
                caption class="unseen" { (names.join(", ")) }
                thead { tr { @for column in &own.columns { th scope="col" { (column.heading) } } } }
                tbody {
                    @for (n, row) in own.rows.iter().enumerate() {
                        tr { @for cell in row { td { @if own.is_total(n) { strong { (cell) } } @else { (cell) } } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::html_of_markdown;

    #[test]
    fn a_text_becomes_html_in_which_everything_that_was_written_is_escaped() {
        let text = "# Uno\n\nEl **acta** de *hoy* <script>x</script>\n\n1. Primero\n2. Segundo\n\n[mal](javascript:x) \
                    [bien](https://x.example?a=1&b=2)";
        let html = html_of_markdown(text, 2);
        assert!(html.starts_with("<h3>Uno</h3><p>El <strong>acta</strong> de <em>hoy</em> &lt;script&gt;"), "{html}");
        assert!(html.contains("<ol><li>Primero</li><li>Segundo</li></ol>"), "{html}");
        assert!(!html.contains("javascript"), "{html}");
        assert!(html.contains("<a href=\"https://x.example?a=1&amp;b=2\" rel=\"noreferrer\">bien</a>"), "{html}");
    }
}
