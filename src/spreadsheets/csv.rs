//! Reads comma- or semicolon-separated text.

use std::ops::ControlFlow;

use super::encoding::{Decoded, decoded};
use super::sheet::ReadLimits;
use super::{
    Book, Cell, Line, MOST_COLUMNS, MOST_ROWS_ABOVE, Question, ReadOptions, Table, Value, letters, note, refused,
};
use crate::error::{Fault, Faults, escaped};
use crate::rendering::unguarded;
use crate::text::shortened;

/// The separators, the most usual in Spanish first.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];
/// The maximum number of rows that a remark or a question names.
const MOST_NAMED: usize = 20;
/// The maximum length of a value, in characters, and the maximum number of values of a row, as spreadsheet programs have.
const MOST_LETTERS: usize = 32_767;
const MOST_FIELDS: usize = 16_384;
/// The maximum number of quotes that are never closed; later quotes are read as letters.
const MOST_OPEN: usize = 100;

/// Reads the rows with the separator whose first rows have the most `headings`.
pub(super) fn read(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    headings: impl Fn(&Table) -> usize,
) -> Result<Book, Faults> {
    let decoded = decoded(bytes, options.encoding.as_deref())?;
    let mut most = (0, b';');
    for delimiter in DELIMITERS {
        let found = Reading::new(&decoded, name, delimiter).table(Some(MOST_ROWS_ABOVE));
        let found = found.map_or(0, |(table, _)| headings(&table));
        if found > most.0 {
            most = (found, delimiter);
        }
    }
    let (table, reading) = Reading::new(&decoded, name, most.1).table(None)?;
    let mut book = Book { faults: reading.faults, ..Book::default() };
    let rows = reading.marked.clone();
    let Decoded { old, is_mixed, choices, .. } = decoded;
    let named = rows.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match old {
        _ if !choices.is_empty() => {
            book.questions.push(Question { id: "encoding", sheet: name.to_owned(), rows, options: choices });
        }
        Some(old) if is_mixed => {
            book.notes.push(note("mixed_encoding", vec![("encoding", old.to_owned()), ("rows", named)]));
        }
        Some(old) if old != "windows-1252" => book.notes.push(note("old_encoding", vec![("encoding", old.to_owned())])),
        _ => {}
    }
    book.tables.push(table);
    Ok(book)
}

/// A row, as its text has it.
struct Record<'t> {
    number: u32,
    /// The position of its first byte, and the position after its last byte.
    span: (usize, usize),
    fields: Vec<Field<'t>>,
}

/// A field: one without quotes as it is in the text, or a quoted one after its quotes were removed.
#[derive(Debug, Clone, PartialEq)]
enum Field<'t> {
    Bare(&'t str),
    Quoted(String),
}

impl Field<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Bare(text) => text,
            Self::Quoted(text) => text,
        }
    }
}

struct Reading<'t> {
    text: &'t str,
    name: &'t str,
    delimiter: u8,
    /// The positions of letters whose row numbers are needed.
    places: &'t [usize],
    /// The highest number of fields of a row so far, and the first row with that number: the headings.
    width: usize,
    widest: Vec<String>,
    open_quotes: usize,
    marked: Vec<u32>,
    faults: Vec<Fault>,
}

impl<'t> Reading<'t> {
    fn new(decoded: &'t Decoded, name: &'t str, delimiter: u8) -> Self {
        let Decoded { text, places, .. } = decoded;
        Self {
            text,
            name,
            delimiter,
            places,
            width: 0,
            widest: Vec::new(),
            open_quotes: 0,
            marked: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Reads all rows, or the `first` ones.
    fn table(mut self, first: Option<usize>) -> Result<(Table, Self), Faults> {
        let mut table = Table { sheet: self.name.to_owned(), ..Table::default() };
        let mut room = ReadLimits::default();
        let mut refusal = None;
        self.records(|record| {
            if record.fields.len() > MOST_FIELDS {
                refusal = Some(refused("columns"));
                return ControlFlow::Break(());
            }
            let mut cells = Vec::with_capacity(record.fields.len());
            for (column, field) in (0..).zip(&record.fields) {
                if is_too_long(field.text()) {
                    refusal = Some(too_long(column, record.number));
                    return ControlFlow::Break(());
                }
                if let Some(value) = Value::text(&unguarded(field.text())) {
                    if column >= MOST_COLUMNS {
                        refusal = Some(refused("columns"));
                        return ControlFlow::Break(());
                    }
                    cells.push(Cell::new(column, value));
                }
            }
            if !cells.is_empty() {
                if let Err(fault) = room.take_cells(cells.len()) {
                    refusal = Some(fault);
                    return ControlFlow::Break(());
                }
                table.rows.push(Line { number: record.number, cells, is_title: false });
            }
            if first.is_some_and(|first| table.rows.len() >= first) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        refusal.map_or_else(|| Ok((table, self)), Err)
    }

    /// Calls `each` with every row that is not empty, until it breaks. Rows have the numbers of a spreadsheet, which
    /// counts empty lines, and counts a value of several lines once.
    fn records(&mut self, mut each: impl FnMut(&Record<'t>) -> ControlFlow<()>) {
        let (mut at, mut number) = (0, 1);
        while at < self.text.len() {
            let record = self.record(at, number);
            at = record.span.1;
            let is_wide = record.fields.len() > MOST_FIELDS;
            if is_wide || record.fields.iter().any(|field| !field.text().is_empty()) {
                self.mark(&record);
                if each(&record).is_break() {
                    return;
                }
            }
            number += 1;
        }
    }

    fn mark(&mut self, record: &Record<'_>) {
        let (start, end) = record.span;
        let first = self.places.partition_point(|place| *place < start);
        if self.marked.len() < MOST_NAMED && self.places.get(first).is_some_and(|place| *place < end) {
            self.marked.push(record.number);
        }
    }

    /// Reads the row at a place. A quote that would include the rows below is a fault, and is read as a letter.
    fn record(&mut self, start: usize, number: u32) -> Record<'t> {
        let with_quotes = self.open_quotes < MOST_OPEN;
        let (record, open) = self.fields(start, number, with_quotes);
        let Some(column) = open else {
            self.widen(&record);
            return record;
        };
        let (record, _) = self.fields(start, number, false);
        self.open_quotes += 1;
        let heading = self.widest.get(column as usize).cloned().unwrap_or_default();
        self.widen(&record);
        let column = letters(column);
        let value = record.fields.iter().map(Field::text).find(|text| text.trim_start().starts_with('"'));
        let args = vec![
            ("sheet", self.name.to_owned()),
            ("row", number.to_string()),
            ("column", column.clone()),
            ("heading", heading),
            ("value", value.unwrap_or_default().chars().take(200).collect()),
        ];
        let pointer = format!("/{}/{column}{number}", escaped(self.name));
        self.faults.push(Fault::new(pointer, "quote_never_closed", args));
        record
    }

    fn widen(&mut self, record: &Record<'_>) {
        if record.fields.len() > self.width {
            self.width = record.fields.len();
            let texts = record.fields.iter().take(MOST_COLUMNS as usize).map(|field| shortened(field.text(), 100));
            self.widest = texts.collect();
        }
    }

    /// Reads the fields of a row, and returns the column of a quote that is not closed in it.
    fn fields(&self, start: usize, number: u32, with_quotes: bool) -> (Record<'t>, Option<u32>) {
        let bytes = self.text.as_bytes();
        let mut fields = Vec::new();
        let (mut at, mut open, mut row_like) = (start, None, None);
        loop {
            let column = u32::try_from(fields.len()).unwrap_or(u32::MAX);
            let is_quoted = with_quotes && bytes.get(at) == Some(&b'"');
            let quoted = if is_quoted { self.quoted(at) } else { None };
            let end_of = |from: usize| from + self.bare_length(from);
            let end = match &quoted {
                Some(quoted) => end_of(quoted.end),
                None => end_of(at),
            };
            match quoted {
                Some(Quoted { mut text, end: close, lines }) => {
                    let rest = self.text.get(close..end).unwrap_or_default();
                    // With text after a closing quote in another line, the quotes are probably not a pair.
                    if lines > 0 && !rest.trim().is_empty() {
                        open = open.or(Some(column));
                    }
                    if lines > 0 && self.has_row(&text) {
                        row_like = row_like.or(Some(column));
                    }
                    text.push_str(rest);
                    fields.push(Field::Quoted(text));
                }
                None => {
                    if is_quoted {
                        open = open.or(Some(column));
                    }
                    fields.push(Field::Bare(self.text.get(at..end).unwrap_or_default()));
                }
            }
            at = end;
            match bytes.get(at) {
                // The row is refused, so that its other fields are not needed.
                Some(_) if fields.len() > MOST_FIELDS => break,
                Some(byte) if *byte == self.delimiter => at += 1,
                _ => break,
            }
        }
        // A line break is one or two bytes.
        let break_length = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            (None, _) => 0,
        };
        let open = open.or_else(|| row_like.filter(|_| fields.len() < self.width));
        (Record { number, span: (start, at + break_length), fields }, open)
    }

    /// Returns the number of bytes before the next separator or line break.
    fn bare_length(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let is_end = |byte: &u8| *byte == self.delimiter || matches!(*byte, b'\r' | b'\n');
        rest.iter().position(is_end).unwrap_or(rest.len())
    }

    /// Reads a quoted field; `None` if its quote is never closed.
    fn quoted(&self, start: usize) -> Option<Quoted> {
        let mut text = String::new();
        let mut at = start + 1;
        loop {
            let rest = self.text.get(at..)?;
            let end = rest.find('"')?;
            text.push_str(rest.get(..end)?);
            at += end + 1;
            if self.text.as_bytes().get(at) != Some(&b'"') {
                let lines = text.bytes().filter(|byte| *byte == b'\n' || *byte == b'\r').count();
                return Some(Quoted { text, end: at, lines });
            }
            text.push('"');
            at += 1;
        }
    }

    /// Checks whether a line within a value has as many separators as the rows above.
    fn has_row(&self, text: &str) -> bool {
        let separators = |line: &str| line.bytes().filter(|byte| *byte == self.delimiter).count();
        self.width >= 3 && text.split(['\n', '\r']).skip(1).any(|line| separators(line) + 1 >= self.width)
    }
}

fn is_too_long(text: &str) -> bool {
    text.len() > MOST_LETTERS && text.chars().nth(MOST_LETTERS).is_some()
}

/// Returns the fault of a file with a value that no spreadsheet program could hold.
fn too_long(column: u32, row: u32) -> Faults {
    let mut faults = refused("cell");
    for fault in &mut faults.list {
        fault.args.retain(|(name, _)| *name != "max");
        fault.args.push(("max", MOST_LETTERS.to_string()));
        fault.args.push(("place", format!("{}{row}", letters(column))));
    }
    faults
}

/// A quoted field.
struct Quoted {
    text: String,
    /// The place behind the closing quote.
    end: usize,
    /// The number of line breaks in it.
    lines: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of_first(table: &Table) -> usize {
        table.rows.first().map_or(0, |line| line.cells.len())
    }

    fn book(bytes: &[u8]) -> Book {
        read(bytes, "matriz.csv", &ReadOptions::default(), cells_of_first).unwrap()
    }

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let lines = book(bytes).tables.remove(0).rows;
        lines.iter().map(|line| (line.number, line.cells.iter().map(|cell| cell.value.shown()).collect())).collect()
    }

    #[test]
    fn old_and_new_encodings_say_the_same() {
        let words = [(1, vec!["Comisión".to_owned(), "N°".to_owned()])];
        assert_eq!(texts("Comisión;N°\n".as_bytes()), words);
        assert_eq!(texts("\u{feff}Comisión;N°\r\n".as_bytes()), words);
        assert_eq!(texts(b"Comisi\xf3n;N\xb0\r\n"), words);
        assert!(read(b"a\0b;c", "x", &ReadOptions::default(), cells_of_first).is_err());
    }

    #[test]
    fn single_old_bytes_are_noted_with_their_rows_or_asked_about() {
        let mixed = ["N°;Compromiso\n1;Capacitación\n".as_bytes(), b"2;Se\xf1alizaci\xf3n\n"].concat();
        let read = book(&mixed);
        assert_eq!(read.tables[0].rows[2].value(1).map(Value::shown).as_deref(), Some("Señalización"));
        assert_eq!((read.notes[0].code, read.notes[0].arg("rows")), ("mixed_encoding", Some("3")));
        let asked = book(b"N;Compromiso\n1;Uno\n2;Secretar\x92a\n");
        assert_eq!((asked.questions[0].id, asked.questions[0].rows.as_slice()), ("encoding", &[3][..]));
        assert!(asked.questions[0].options.contains(&("macintosh", "Secretaría".to_owned())), "{:?}", asked.questions);
        let mac = ReadOptions { encoding: Some("macintosh".to_owned()), ..ReadOptions::default() };
        let noted = super::read(b"N;Compromiso\n2;Secretar\x92a\n", "x.csv", &mac, cells_of_first).unwrap();
        assert_eq!((noted.questions.len(), noted.notes[0].code), (0, "old_encoding"));
    }

    #[test]
    fn only_the_separator_of_the_headings_counts() {
        // With commas, each line of the two values would be a row: more than a matrix may have.
        let lines = ",\na".repeat(10_500);
        let commas = format!("Comisión;Compromiso;Plazo\nCPETI;\"uno{lines}\";\"dos{lines}\"\n");
        for text in [commas.clone(), commas.replace(',', "\t")] {
            assert_eq!(texts(text.as_bytes()).iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [3, 3]);
        }
        let wide = format!("a;b\nuno{};dos\n", ",x".repeat(300));
        assert_eq!(texts(wide.as_bytes()).len(), 2);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let text = "título\n\n\"dos\nlíneas\";b\n\nc;d\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
            let numbers: Vec<u32> = texts(text.as_bytes()).iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 3, 5]);
        }
    }

    #[test]
    fn quotes_are_taken_away_and_doubled_ones_are_one() {
        let read = texts(b"a;b;c\n\"uno \"\"dos\"\"\";\"tres\"x;cua\"tro\n\"\";;z");
        assert_eq!(read[1].1, ["uno \"dos\"", "tresx", "cua\"tro"]);
        assert_eq!(read[2], (3, vec!["z".to_owned()]));
    }

    #[test]
    fn a_value_or_a_row_that_no_spreadsheet_holds_is_refused_at_once() {
        let head = "N°;Compromiso;Responsable\n";
        let reason = |text: &str| {
            let started = crate::clock::stopwatch();
            let refused = read(text.as_bytes(), "matriz.csv", &ReadOptions::default(), cells_of_first).unwrap_err();
            assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
            let fault = &refused.list[0];
            ["reason", "place"].map(|name| fault.arg(name).unwrap_or_default().to_owned())
        };
        let huge = "x".repeat(8_000_000);
        assert_eq!(reason(&format!("{head}1;{huge};MTPE\n")), ["cell", "B2"]);
        assert_eq!(reason(&format!("{head}1;\"{huge}\";MTPE\n")), ["cell", "B2"]);
        assert_eq!(reason(&format!("{huge}\n{head}")), ["cell", "A1"]);
        assert_eq!(reason(&format!("{head}{}\n", ";".repeat(8_000_000))), ["columns", ""]);
        assert_eq!(reason(&format!("{head}{}\n", "\"\";".repeat(2_000_000))), ["columns", ""]);
        let longest = "ñ".repeat(MOST_LETTERS);
        let text = format!("{head}1;{longest};MTPE\n;{}\n", ";".repeat(10_000));
        assert_eq!(texts(text.as_bytes()).len(), 2);
    }

    #[test]
    fn a_quote_that_would_include_rows_is_a_fault_and_the_rows_are_read() {
        let head = "N°;Compromiso;Responsable;Plazo\n1;Uno;MTPE;2027\n";
        for (rows, at) in [
            ("2;\"Charlas;MTPE;2027\n3;Otro;MINSA;2028\n", vec!["/matriz.csv/B3"]),
            ("2;\"Charlas;MTPE;2027\n3;\"Otro;MINSA;2028\n", vec!["/matriz.csv/B3", "/matriz.csv/B4"]),
            ("2;\"Charlas;MTPE;2027\n3;Otro \"y más\";MINSA;2028\n", vec!["/matriz.csv/B3"]),
            ("2;\"Charlas;MTPE;2027\n3;Otro;MINSA;2028\"\n", vec!["/matriz.csv/B3"]),
        ] {
            for rows in [rows.to_owned(), rows.replace('\n', "\r\n")] {
                let read = book(format!("{head}{rows}").as_bytes());
                let places: Vec<_> = read.faults.iter().map(|fault| fault.pointer.as_str()).collect();
                assert_eq!(places, at, "{rows}");
                assert_eq!(read.faults[0].arg("heading"), Some("Compromiso"));
                assert_eq!(read.tables[0].rows.len(), 4, "{rows}");
            }
        }
        let several = "2;\"Charlas;\nen colegios; y más\";MTPE;2027\n3;Otro;MINSA;2028\n";
        assert!(book(format!("{head}{several}").as_bytes()).faults.is_empty(), "a value of several lines");
    }
}
