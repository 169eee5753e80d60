//! The tables of a file as a person sees them, and what is left out of them.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::error::{Args, Fault, escaped};
use crate::text::shortened;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(Arc<str>),
    Number(f64),
    /// A number that is shown as a percentage: 0.5 is 50 %.
    Percent(f64),
    Flag(bool),
    Day(NaiveDate),
    /// The first day of a month: the cell shows month and year alone.
    Month(NaiveDate),
    /// The error of a formula, as it is shown: `#REF!`.
    Broken(Arc<str>),
    /// A formula that no program has calculated yet.
    NoResult,
}

impl Value {
    /// Returns a text without surrounding space and control characters; `None` if nothing is left. Every text of a file
    /// passes through here.
    pub(crate) fn text(text: &str) -> Option<Self> {
        let space = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
        // Excel writes a line break as _x000D_ and a line feed.
        let is_plain = !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) && !text.contains("_x000D_");
        if is_plain {
            let text = text.trim_matches(space);
            return (!text.is_empty()).then(|| Self::Text(text.into()));
        }
        // The controls from 128 on are letters of a text that was encoded twice.
        let printed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t' | '\u{80}'..='\u{9f}');
        let text: String = text.replace("_x000D_", "").chars().filter(printed).collect();
        let text = text.trim_matches(space);
        (!text.is_empty()).then(|| Self::Text(text.into()))
    }

    /// Returns the value as a person reads it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Broken(text) => text.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Percent(part) => format!("{} %", (part * 10_000.0).round() / 100.0),
            Self::Flag(true) => "VERDADERO".to_owned(),
            Self::Flag(false) => "FALSO".to_owned(),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Month(first) => format!("{:02}/{}", first.month(), first.year()),
            Self::NoResult => String::new(),
        }
    }
}

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// The number of the column: 0 is A.
    pub column: u32,
    pub value: Value,
    /// The value of a merged region that begins in a row above.
    pub is_repeated: bool,
    /// Parts of its text were struck out, and are not in the value.
    pub is_cut: bool,
}

impl Cell {
    pub(super) fn new(column: u32, value: Value) -> Self {
        Self { column, value, is_repeated: false, is_cut: false }
    }
}

/// A row: its number as spreadsheet programs show it, and its cells in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Line {
    pub number: u32,
    pub cells: Vec<Cell>,
    /// A single value across several columns: a title between the rows.
    pub is_title: bool,
}

impl Line {
    pub(crate) fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(at)
    }

    pub(crate) fn value(&self, column: u32) -> Option<&Value> {
        self.cell(column).map(|cell| &cell.value)
    }

    /// Sets the value of a cell, unless there is one.
    pub(super) fn repeat(&mut self, column: u32, value: &Value) {
        if let Err(at) = self.cells.binary_search_by_key(&column, |cell| cell.column) {
            self.cells.insert(at, Cell { is_repeated: true, ..Cell::new(column, value.clone()) });
        }
    }
}

/// A region of cells that is shown as one. Rows have numbers from 1, columns from 0; both ends are part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u32,
    pub last_column: u32,
}

impl Merge {
    pub(crate) fn covers(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }
}

crate::text_enum! {
    /// The kind of a place in a file that is left out.
    LeftOutKind { Sheet = "sheet", Column = "column", Row = "row", Cell = "cell" }
}

crate::text_enum! {
    /// The reason for which something in a file is not used.
    LeftOutReason {
        /// The sheet is hidden.
        HiddenSheet = "hidden_sheet",
        /// The sheet has no cells: a chart, or a sheet of macros.
        NoCells = "no_cells",
        /// No row of the sheet has the headings of a matrix.
        NoHeadings = "no_headings",
        /// The row is hidden, by hand or by a filter.
        HiddenRow = "hidden_row",
        /// The column is hidden.
        HiddenColumn = "hidden_column",
        /// The number format of the cell hides its value.
        HiddenCell = "hidden_cell",
        /// The cell is covered by a merged one.
        Covered = "covered",
        /// The text is struck out, wholly or in part.
        StruckOut = "struck_out",
        /// The column has values and no heading.
        EmptyHeading = "empty_heading",
        /// The heading is not known.
        UnknownHeading = "unknown_heading",
        /// Another heading names the same column more plainly.
        OtherHeading = "other_heading",
        /// The person who imports named another column for the same content.
        OtherChosen = "other_chosen",
        /// Another column of the row has the term as it was changed.
        Replaced = "replaced",
        /// The cell of a later term states no term, and another column of the row has one.
        NoTerm = "no_term",
        /// The person who imports leaves the column out.
        ByChoice = "by_choice",
        /// The answer to a question leaves the value out.
        ByAnswer = "by_answer",
        /// A row above the headings.
        AboveTable = "above_table",
        /// A row below the last row of the table: a note, a legend, a signature.
        BelowTable = "below_table",
        /// A row of totals.
        Total = "total",
        /// A row with nothing but its number.
        OnlyNumber = "only_number",
        /// A title between the rows.
        Title = "title",
        /// The headings again, at the top of a printed page.
        RepeatedHeadings = "repeated_headings",
    }
}

/// The maximum length of the text that shows what is left out, in characters.
const MOST_SHOWN: usize = 120;

/// The maximum number of example values of a column, and the maximum length of each.
const MOST_EXAMPLES: usize = 3;
const MOST_IN_EXAMPLE: usize = 40;

/// Something in a file that is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub what: LeftOutKind,
    /// The place: `Hoja1`, `Hoja1!D`, `Hoja1!7`, `Hoja1!C7`.
    pub place: String,
    pub why: LeftOutReason,
    /// The first part of its text.
    pub text: Option<String>,
    /// The first different values of a column.
    pub examples: Vec<String>,
    /// The column that is read instead, with its heading: `D (Inicio)`.
    pub instead: Option<String>,
}

impl LeftOut {
    pub(crate) fn sheet(sheet: &str, why: LeftOutReason) -> Self {
        Self { what: LeftOutKind::Sheet, place: sheet.to_owned(), why, text: None, examples: Vec::new(), instead: None }
    }

    pub(crate) fn column(sheet: &str, column: u32, why: LeftOutReason, text: Option<&Value>) -> Self {
        let place = format!("{sheet}!{}", letters(column));
        Self { what: LeftOutKind::Column, place, why, text: text.map(begin_of), examples: Vec::new(), instead: None }
    }

    pub(crate) fn row(sheet: &str, line: &Line, why: LeftOutReason) -> Self {
        let place = format!("{sheet}!{}", line.number);
        let shown: Vec<String> = line.cells.iter().take(4).map(|cell| begin_of(&cell.value)).collect();
        let text = (!shown.is_empty()).then(|| shortened(&shown.join(" | "), MOST_SHOWN));
        Self { what: LeftOutKind::Row, place, why, text, examples: Vec::new(), instead: None }
    }

    pub(crate) fn cell(sheet: &str, row: u32, column: u32, why: LeftOutReason, text: &str) -> Self {
        let place = format!("{sheet}!{}{row}", letters(column));
        let text = Some(shortened(text, MOST_SHOWN));
        Self { what: LeftOutKind::Cell, place, why, text, examples: Vec::new(), instead: None }
    }
}

fn begin_of(value: &Value) -> String {
    shortened(&value.shown(), MOST_SHOWN)
}

/// A visible sheet without its empty rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    pub sheet: String,
    pub rows: Vec<Line>,
    pub merges: Vec<Merge>,
    /// The rows, columns and cells that the file itself leaves out: those that are hidden or struck out.
    pub left_out: Vec<LeftOut>,
    /// Its days are counted from 1904, not from 1900.
    pub since_1904: bool,
}

impl Table {
    /// Returns the first different values of a column, from this row of the table on.
    pub(crate) fn examples(&self, column: u32, from: usize) -> Vec<String> {
        let mut examples: Vec<String> = Vec::new();
        let own = self.rows.iter().skip(from).filter_map(|line| line.cell(column)).filter(|cell| !cell.is_repeated);
        for cell in own {
            let shown = shortened(&crate::rendering::one_line(&cell.value.shown()), MOST_IN_EXAMPLE);
            if !shown.is_empty() && !examples.contains(&shown) {
                examples.push(shown);
            }
            if examples.len() >= MOST_EXAMPLES {
                break;
            }
        }
        examples
    }

    /// Returns the merged regions that begin or end in these rows, for headings of several rows.
    pub(crate) fn merges_in(&self, first: u32, last: u32) -> impl Iterator<Item = &Merge> {
        self.merges.iter().filter(move |merge| merge.first_row <= last && merge.last_row >= first)
    }
}

/// The choice of the reader or of the person, where a file can be read in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The kind of the question: `encoding`, `double_encoding`.
    pub id: &'static str,
    pub sheet: String,
    /// The numbers of the first rows that the choice changes.
    pub rows: Vec<u32>,
    /// The choices, the most probable first: the key, and the first words that differ as they would be read.
    pub options: Vec<(&'static str, String)>,
}

/// The choices of the person who imports, as far as they concern reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReadOptions {
    /// Reads hidden rows and columns too. Hidden sheets are never read.
    pub include_hidden: bool,
    /// The answer to the question `encoding`.
    pub encoding: Option<String>,
    /// The answer to the question `double_encoding`.
    pub double_encoding: Option<String>,
}

/// A file that was read.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub tables: Vec<Table>,
    /// Sheets that are left out.
    pub left_out: Vec<LeftOut>,
    /// Questions that have no answer yet; the tables are read with the first option.
    pub questions: Vec<Question>,
    /// Faults of the file with which the rest of it is still read: `quote_never_closed`.
    pub faults: Vec<Fault>,
    /// Remarks on the file: `format_not_shown` (hidden rows and strike-through cannot be seen in it), `macros_ignored`,
    /// `mixed_encoding`, `old_encoding`, `double_encoding`.
    pub notes: Vec<Fault>,
}

/// Returns the letters of a column: 0 is A, 26 is AA.
pub(crate) fn letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        if rest < 26 {
            return letters.into_iter().rev().collect();
        }
        rest = rest / 26 - 1;
    }
}

/// The place of a cell, as a fault shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellRef {
    pub sheet: Arc<str>,
    pub row: u32,
    pub column: u32,
    pub heading: Arc<str>,
}

impl CellRef {
    /// `G12`.
    pub(crate) fn cell(&self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }

    /// Returns a fault of this cell with its value.
    pub(crate) fn fault(&self, code: &'static str, value: Option<String>, mut args: Args) -> Fault {
        args.push(("sheet", self.sheet.to_string()));
        args.push(("row", self.row.to_string()));
        args.push(("column", letters(self.column)));
        args.push(("heading", self.heading.to_string()));
        args.extend(value.map(|value| ("value", value.chars().take(200).collect())));
        Fault::new(format!("/{}/{}", escaped(&self.sheet), self.cell()), code, args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_holds_what_cannot_be_printed() {
        let text = |text| Value::text(text).map(|value| value.shown());
        assert_eq!(text("2024\0"), Some("2024".to_owned()));
        assert_eq!(text(" a_x000D_\nb\r\u{7}\u{feff} "), Some("a\nb".to_owned()));
        assert_eq!(text("\0\u{1}"), None);
    }

    #[test]
    fn columns_have_letters() {
        let named: Vec<_> = [0, 6, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(named, ["A", "G", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn what_is_left_out_shows_its_place_and_its_first_words() {
        let line = Line { number: 7, cells: vec![Cell::new(2, Value::Text("Nota".into()))], is_title: false };
        let row = LeftOut::row("Hoja1", &line, LeftOutReason::BelowTable);
        assert_eq!((row.place.as_str(), row.text.as_deref()), ("Hoja1!7", Some("Nota")));
        let cell = LeftOut::cell("Hoja1", 7, 2, LeftOutReason::StruckOut, &"ñ".repeat(200));
        assert_eq!(cell.place, "Hoja1!C7");
        assert_eq!(cell.text.map(|text| text.chars().count()), Some(MOST_SHOWN));
        assert_eq!(LeftOut::column("Hoja1", 3, LeftOutReason::EmptyHeading, None).place, "Hoja1!D");
    }
}
