//! A document as Markdown.

use std::fmt::Write as _;

use crate::papers::document::{Block, Document, Run, Table, one_line};

/// The whole document.
pub fn write(document: &Document) -> String {
    let mut out = format!("# {}\n", escaped(&one_line(&document.title)));
    blocks(&document.blocks, "", &mut out);
    out
}

/// Each part after an empty line; `indent` begins every line of what stands in a list.
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
        Block::Paragraph { runs } => at_line_start(&inline(runs)),
        Block::Note { runs } => format!("_{}_", inline(runs)),
        Block::List { first, items } => list(*first, items),
        Block::Choices { items } => {
            let line = |marked: bool, label: &str| format!("- {} {}", if marked { '☒' } else { '☐' }, escaped(label));
            items.iter().map(|choice| line(choice.marked, &choice.label)).collect::<Vec<_>>().join("\n")
        }
        Block::Table(table) => self::table(table),
        Block::Chart(chart) => format!("**{}**\n\n{}", escaped(&chart.title), table(&chart.table)),
    }
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
    run.link.as_ref().map_or(text.clone(), |url| format!("[{}](<{url}>)", text.trim()))
}

/// Text that Markdown reads as it stands.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// A line that would begin a list or a rule begins with a backslash.
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
    use crate::papers::markdown::read;

    fn document(blocks: Vec<Block>) -> Document {
        Document { title: "Acta".into(), lang: Lang::Es, region: None, contents: None, landscape: false, blocks }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text =
            "## Título *no*\n\nEl **acta**, *leída*.\n\n1. Uno\n   - dentro\n2. Dos\n\n| A | B |\n|---|---|\n| 1 | 2 |";
        let blocks = read(text, 1);
        let written = write(&document(blocks.clone()));
        assert_eq!(read(written.split_once('\n').unwrap().1, 1), blocks, "{written}");
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
