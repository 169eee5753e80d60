//! The answers of a report as plain text, numbered as the form, to copy them question by question.

use super::content::{ReportContent, report_title};
use super::document::{AnswerContext, answer, is_draft};
use super::model::QuestionAsked;
use super::words::Words;
use crate::i18n::Lang;
use crate::rendering::{Block, Run, Table};

/// Writes the answers of a report, or the answer to one question. A line of dashes is between two questions. All answers of
/// a draft begin with the title and the words that it is a draft.
pub(super) fn plain_text(content: &ReportContent, lang: Lang, key: Option<&str>) -> String {
    let words = Words { lang, country: &content.fields.country_code };
    let questions = content.form.questions().filter(|asked| key.is_none_or(|key| asked.key == key));
    let each: Vec<String> = questions.map(|asked| question(words, asked, AnswerContext::of(content, asked))).collect();
    let answers = each.join(&format!("\n{}\n\n", "-".repeat(40)));
    if key.is_some() || !is_draft(content) {
        return answers;
    }
    let title = report_title(&content.fields, &content.country_name, lang);
    format!("{title}\n{}\n\n{answers}", words.say("document-draft", &[]))
}

fn question(words: Words<'_>, asked: &QuestionAsked, context: AnswerContext) -> String {
    let mut text = format!("{}. {}\n\n", asked.number, asked.title);
    for block in answer(words, asked, context) {
        for line in lines(&block) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text.push('\n');
    }
    format!("{}\n", text.trim_end())
}

fn lines(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { text, .. } | Block::Banner { text } => vec![text.clone()],
        Block::Paragraph { runs } | Block::Note { runs } => written(runs).lines().map(str::to_owned).collect(),
        Block::Choices { items } => {
            items.iter().map(|item| format!("[{}] {}", if item.marked { "x" } else { " " }, item.label)).collect()
        }
        Block::List { first, items } => list(*first, items),
        Block::Quote { blocks } => blocks.iter().flat_map(lines).collect(),
        Block::Table(table) | Block::Form(table) => rows(table),
        Block::Facts { items } => items.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect(),
        Block::Signatures { .. } | Block::Chart(_) => Vec::new(),
    }
}

/// Returns the text of runs; the address of a link comes after its text.
fn written(runs: &[Run]) -> String {
    let each = runs.iter().map(|run| match &run.link {
        Some(link) if *link != run.text => format!("{} ({link})", run.text),
        _ => run.text.clone(),
    });
    each.collect()
}

fn list(first: Option<u64>, items: &[Vec<Block>]) -> Vec<String> {
    let mut all = Vec::new();
    for (n, item) in (0_u64..).zip(items) {
        let sign = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first + n));
        let indent = " ".repeat(sign.len());
        for (at, line) in item.iter().flat_map(lines).enumerate() {
            all.push(format!("{}{line}", if at == 0 { &sign } else { &indent }));
        }
    }
    all
}

/// Writes one paragraph for each row: `Label: value` for each cell that is not empty.
fn rows(table: &Table) -> Vec<String> {
    let mut lines = Vec::new();
    for (n, row) in table.rows.iter().enumerate() {
        if n > 0 {
            lines.push(String::new());
        }
        let cells = table.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        lines.extend(cells.map(|(column, cell)| format!("{}: {cell}", column.heading)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rendering::{Choice, Column};

    #[test]
    fn blocks_become_lines_that_can_be_copied() {
        let choices = Block::Choices {
            items: vec![Choice { marked: true, label: "Sí".into() }, Choice { marked: false, label: "No".into() }],
        };
        assert_eq!(lines(&choices), ["[x] Sí", "[ ] No"]);
        let inner = vec![Block::paragraph("uno"), Block::bullets(["dos".to_owned()])];
        let numbered = Block::List { first: Some(9), items: vec![inner, vec![Block::paragraph("tres")]] };
        assert_eq!(lines(&numbered), ["9. uno", "   - dos", "10. tres"]);
        let table = Table::new(
            vec![Column::text("Contraparte", 1), Column::text("Apoyo", 1)],
            vec![vec!["OIT".into(), String::new()], vec!["CUT".into(), "Difusión".into()]],
        );
        assert_eq!(lines(&Block::Table(table)), ["Contraparte: OIT", "", "Contraparte: CUT", "Apoyo: Difusión"]);
        let link = Run { link: Some("https://example.org".into()), ..Run::plain("Norma") };
        assert_eq!(written(&[Run::plain("Ver: "), link]), "Ver: Norma (https://example.org)");
    }
}
