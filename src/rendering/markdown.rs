//! Markdown: a writer of documents, and ([`read`]) the reader of the Markdown that people write in answers and minutes.

mod read;

use std::fmt::Write as _;

use super::document::{Block, Document, Fact, Run, one_line};
use super::table::Table;

pub(crate) use read::{read, renumber_headings};

/// Writes a document as Markdown.
pub(super) fn write(document: &Document) -> String {
    let frame = &document.frame;
    let mut out = format!("# {}\n", escaped(&one_line(&document.title)));
    if let Some(cover) = &frame.cover {
        blocks(&[Block::Facts { items: cover.facts.clone() }], "", &mut out);
    }
    blocks(&document.blocks, "", &mut out);
    if let Some(foot) = &frame.foot {
        blocks(&[Block::note(one_line(foot))], "", &mut out);
    }
    out
}

/// Writes each part after an empty line. `indent` begins every line of a part inside a list.
fn blocks(parts: &[Block], indent: &str, out: &mut String) {
    for part in parts {
        out.push('\n');
        let text = block(part);
        for line in text.lines() {
            let _ = writeln!(out, "{}{line}", if line.is_empty() { "" } else { indent });
        }
    }
}

fn block(part: &Block) -> String {
    match part {
        Block::Heading { level, text } => format!("{} {}", "#".repeat(usize::from(*level) + 1), escaped(text)),
        Block::Paragraph { runs } => guarded(&inline(runs)),
        Block::Note { runs } => guarded(&format!("_{}_", inline(runs))),
        Block::Banner { text } => guarded(&inline(&[Run::strong(one_line(text))])),
        Block::Quote { blocks: quoted } => quote(quoted),
        Block::Facts { items } => facts(items),
        Block::Signatures { items } => {
            let line = |place: &super::document::Signature| {
                let of = format!("{} ({})", one_line(&place.institution), one_line(&place.role));
                let who = place.person.as_ref().map_or(of.clone(), |person| format!("{}, {of}", one_line(person)));
                format!("- {}: ______________________", escaped(&who))
            };
            items.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Block::List { first, items } => list(*first, items),
        Block::Choices { items } => {
            let line = |marked: bool, label: &str| format!("- {} {}", if marked { '☒' } else { '☐' }, escaped(label));
            items.iter().map(|choice| line(choice.marked, &choice.label)).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) | Block::Form(table) => self::table(table),
        Block::Chart(chart) => format!("**{}**\n\n{}", escaped(&chart.title), table(&chart.table)),
    }
}

fn facts(items: &[Fact]) -> String {
    let line = |fact: &Fact| format!("- **{}:** {}", escaped(&one_line(&fact.label)), escaped(&one_line(&fact.value)));
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn quote(quoted: &[Block]) -> String {
    let mut inner = String::new();
    blocks(quoted, "", &mut inner);
    let marked = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    inner.trim().lines().map(marked).collect::<Vec<_>>().join("\n")
}

fn list(first: Option<u64>, items: &[Vec<Block>]) -> String {
    let mut out = String::new();
    for (n, item) in (first.unwrap_or_default()..).zip(items) {
        let mark = first.map_or_else(|| "- ".to_owned(), |_| format!("{n}. "));
        let indent = " ".repeat(mark.len());
        let mut inner = String::new();
        blocks(item, &indent, &mut inner);
        let _ = writeln!(out, "{mark}{}", inner.trim());
    }
    out
}

fn table(table: &Table) -> String {
    let cell = |text: &str| escaped(&one_line(text));
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let rule = |figures: bool| if figures { "---:".to_owned() } else { "---".to_owned() };
    let mut lines = vec![
        row(table.columns.iter().map(|column| cell(&column.heading)).collect()),
        row(table.columns.iter().map(|column| rule(column.figures)).collect()),
    ];
    lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(|text| cell(text)).collect())));
    lines.join("\n")
}

fn inline(runs: &[Run]) -> String {
    runs.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    let mark = match (run.strong, run.emphasis) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let core = run.text.trim();
    if core.is_empty() {
        return run.text.clone();
    }
    let (before, after) = run.text.split_once(core).unwrap_or_default();
    let text = format!("{before}{mark}{}{mark}{after}", escaped(core).replace('\n', "  \n"));
    let address = |url: &String| url.replace('<', "%3C").replace('>', "%3E");
    run.link.as_ref().map(address).map_or(text.clone(), |url| format!("[{}](<{url}>)", text.trim()))
}

/// Returns one line of plain text, escaped for the start of a paragraph or list entry.
pub(crate) fn escape_line(text: &str) -> String {
    let safe = escaped(&one_line(text));
    if safe.starts_with(['+', '-', '=', '~']) { format!("\\{safe}") } else { safe }
}

/// Escapes a text, so that Markdown reads none of its characters as a mark.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let marks = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#');
        if marks || c == '&' && is_entity(text.get(at..).unwrap_or_default()) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Returns true if the text begins with a character reference: `&lt;`, `&#60;`.
fn is_entity(text: &str) -> bool {
    let name = text.split_once(';').and_then(|(name, _)| name.strip_prefix('&'));
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// Escapes the lines of a paragraph, so that Markdown reads each as a line of that paragraph.
fn guarded(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    lines.map(at_line_start).collect::<Vec<_>>().join("\n")
}

/// Puts a backslash before a line that would begin a list or a rule.
fn at_line_start(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text.get(digits..).and_then(|rest| rest.chars().next()) {
        Some('.' | ')') if digits > 0 => {
            format!("{}\\{}", &text.get(..digits).unwrap_or_default(), &text.get(digits..).unwrap_or_default())
        }
        Some('+' | '-' | '=' | '~') if digits == 0 => format!("\\{text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::rendering::Frame;

    fn document(blocks: Vec<Block>) -> Document {
        Document {
            title: "Acta".into(),
            lang: Lang::Es,
            region: None,
            contents: None,
            landscape: false,
            frame: Frame::default(),
            blocks,
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text = "## Título *no*\n\nEl **acta**, *leída*.\n\n1. Uno\n   - dentro\n2. Dos\n\n> Cita de *ley*\n>\n> 1. uno\n\n| A | B |\n|---|---|\n| 1 | 2 |";
        let blocks = read(text, 1);
        let written = write(&document(blocks.clone()));
        assert_eq!(read(written.split_once('\n').unwrap().1, 1), blocks, "{written}");
    }

    #[test]
    fn no_line_of_a_text_changes_the_shape_of_the_document() {
        for (text, read_back) in [
            ("Sí\n===", "Sí\n==="),
            ("x\n- y", "x\n- y"),
            ("x\n1) y", "x\n1) y"),
            ("x\n    y", "x\ny"),
            ("    x\n\n\ty", "x\ny"),
            ("x\n~~~\ny", "x\n~~~\ny"),
            ("&lt;b&gt; &#60; R&D; y & z", "&lt;b&gt; &#60; R&D; y & z"),
        ] {
            let written = write(&document(vec![Block::paragraph(text)]));
            assert_eq!(read(written.split_once('\n').unwrap().1, 1), [Block::paragraph(read_back)], "{written}");
            let written = write(&document(vec![Block::bullets([]), Block::note(text)]));
            let noted = read(written.split_once('\n').unwrap().1, 1);
            assert!(matches!(noted.as_slice(), [Block::Paragraph { .. }]), "{written}");
        }
    }

    #[test]
    fn a_line_is_escaped() {
        assert_eq!(escape_line("# *a*  [b]\n_c_"), "\\# \\*a\\* \\[b\\] \\_c\\_");
        assert_eq!(escape_line("- &lt; Junt@s por la niñez"), "\\- \\&lt; Junt@s por la niñez");
    }

    #[test]
    fn a_text_cannot_change_the_shape_of_the_document() {
        for text in ["# Curso *raro*", "- no", "1. no", "| a |", "<b>", "= x", "[a](b)"] {
            let blocks = vec![Block::paragraph(text)];
            let written = write(&document(blocks.clone()));
            assert_eq!(read(written.split_once('\n').unwrap().1, 1), blocks, "{written}");
        }
    }
}
