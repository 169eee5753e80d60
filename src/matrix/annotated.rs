//! A copy of a matrix with its faults as notes at their cells, and a list of all faults and questions.

use std::collections::BTreeMap;
use std::fs::File;

use super::model::MatrixReport;
use crate::clock::Instant;
use crate::error::{Result, escaped};
use crate::http::ProblemFault;
use crate::i18n::{Lang, text};
use crate::rendering::{Book, Cell, Copied, Heading, Rows};
use crate::spreadsheets::{Line, Table, Value};

/// The maximum length of a note, in characters.
const LONGEST_NOTE: usize = 1_000;
/// The maximum number of characters of a sheet's name in Excel.
const LONGEST_NAME: usize = 31;

/// Writes the visible cells of the sheets with a note at every cell with a fault. The report must already be in this
/// language.
pub(super) fn annotated(tables: &[Table], report: &MatrixReport, lang: Lang, now: Instant) -> Result<File> {
    let say = |key: &str| text(lang, key, &[]);
    let mut book = Book::new(&say("matrix-title"), lang, now.utc().date_naive());
    let mut names = vec![say("annotated-sheet")];
    for table in tables {
        let notes = notes_of(table, &report.errors);
        let rows: Vec<(u32, Vec<(u16, Copied)>)> = table.rows.iter().map(copied).collect();
        let name = sheet_name(&table.sheet, &names);
        book.copied_sheet(&name, &rows, &notes)?;
        names.push(name);
    }
    let heading = |(key, width): (&str, u16)| Heading { text: say(key), width };
    let headings = [("annotated-place", 24), ("annotated-value", 40), ("annotated-fault", 100)].map(heading);
    book.sheet(&say("annotated-sheet"), &headings)?;
    for fault in &report.errors {
        let value = fault.value.clone().unwrap_or_default();
        let place = fault.pointer.trim_start_matches('/').replace('/', "!");
        book.row(&[Cell::text(place), Cell::text(value), Cell::text(&fault.detail)])?;
    }
    for question in &report.questions {
        let options: Vec<&str> = question.options.iter().map(|option| option.label.as_str()).collect();
        let sentence = format!("{} {}", question.text, options.join(" / "));
        book.row(&[Cell::text(&question.sheet), Cell::text(&question.id), Cell::text(sentence)])?;
    }
    book.finish()
}

fn copied(line: &Line) -> (u32, Vec<(u16, Copied)>) {
    let own = line.cells.iter().filter(|cell| !cell.is_repeated);
    let cells = own.filter_map(|cell| Some((u16::try_from(cell.column).ok()?, content(&cell.value))));
    (line.number.saturating_sub(1), cells.collect())
}

fn content(value: &Value) -> Copied {
    match value {
        Value::Number(number) => Copied::Number(*number),
        Value::Percent(part) => Copied::Percent(*part),
        Value::Flag(flag) => Copied::Flag(*flag),
        Value::Day(day) => Copied::Day(*day),
        Value::Month(first) => Copied::Month(*first),
        Value::Text(_) | Value::Broken(_) | Value::NoResult => Copied::Text(value.shown()),
    }
}

/// Returns the notes of a sheet: row and column from 0, and the sentences.
fn notes_of(table: &Table, faults: &[ProblemFault]) -> Vec<(u32, u16, String)> {
    let mut notes: BTreeMap<(u32, u16), String> = BTreeMap::new();
    let sheet = format!("/{}/", escaped(&table.sheet));
    for fault in faults {
        let Some((row, column)) = fault.pointer.strip_prefix(&sheet).and_then(place) else { continue };
        let rows = if fault.rows.is_empty() { vec![row] } else { fault.rows.clone() };
        for row in rows {
            let note = notes.entry((row.saturating_sub(1), column)).or_default();
            let sentence = if note.is_empty() { fault.detail.clone() } else { format!("\n{}", fault.detail) };
            note.extend(sentence.chars().take(LONGEST_NOTE.saturating_sub(note.chars().count())));
        }
    }
    notes.into_iter().map(|((row, column), text)| (row, column, text)).collect()
}

/// Returns the row and the column of a cell: for `G12`, row 12 and column 6.
fn place(cell: &str) -> Option<(u32, u16)> {
    let letters = cell.trim_end_matches(|c: char| c.is_ascii_digit());
    let row = cell.get(letters.len()..)?.parse().ok()?;
    let mut column: u16 = 0;
    for letter in letters.bytes().filter(u8::is_ascii_uppercase) {
        column = column.checked_mul(26)?.checked_add(u16::from(letter - b'A') + 1)?;
    }
    Some((row, column.checked_sub(1)?))
}

/// Returns a name that a sheet may have and no other sheet has; that of a CSV is the name of its file. Excel ignores the
/// case of names.
fn sheet_name(name: &str, others: &[String]) -> String {
    let allowed: String = name.chars().filter(|c| !['[', ']', ':', '*', '?', '/', '\\'].contains(c)).collect();
    let allowed = allowed.trim_matches('\'').trim();
    let mut own: String = allowed.chars().take(LONGEST_NAME).collect();
    let mut number = 1;
    while own.is_empty() || others.iter().any(|other| other.to_lowercase() == own.to_lowercase()) {
        number += 1;
        let end = format!(" {number}");
        let room = LONGEST_NAME.saturating_sub(end.len());
        own = allowed.chars().take(room).chain(end.chars()).collect::<String>().trim().to_owned();
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_a_place() {
        assert_eq!(place("G12"), Some((12, 6)));
        assert_eq!(place("AA3"), Some((3, 26)));
        assert_eq!(place("12"), None);
        assert_eq!(sheet_name("matriz: 2027/2028.csv", &[]), "matriz 20272028.csv");
        assert_eq!(sheet_name("[]", &[]), "2");
        let others = ["Fallas".to_owned(), "fallas 2".to_owned()];
        assert_eq!(sheet_name("FALLAS", &others), "FALLAS 3");
        assert_eq!(sheet_name(&"ñ".repeat(40), &["Ñ".repeat(31)]), format!("{} 2", "ñ".repeat(29)));
    }
}
