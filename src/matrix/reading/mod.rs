//! Reads a file to tables within fixed memory and time: what a person sees in its sheets, and what is left out of them and
//! why. A file that is no spreadsheet, or is larger than a matrix can be, is refused with the reason.
//!
//! ```text
//! bytes --read_book--> Book { tables: [Table { sheet, rows: [Line { cells: [Cell] }], merges, left_out }],
//!                             left_out, questions, faults, notes }
//! ```
//!
//! `Table::left_out` has what the file itself decides: hidden rows and columns, and what is struck out. `leave_out_rows`
//! judges rows by the columns that are known once the headings are found: totals, notes below the table, numbers prepared for
//! empty rows.

mod below;
mod csv;
mod table;
mod workbook;

pub(super) use self::below::{KnownColumns, leave_out_rows};
pub(super) use self::table::{
    Book, Cell, Grid, LeftOut, LeftOutKind, LeftOutReason, Line, Merge, Question, ReadOptions, Row, Table, Value,
    letters,
};
use crate::error::Faults;

/// The maximum number of rows of a matrix, headings not counted.
pub(super) const MOST_ROWS: usize = 20_000;
/// The maximum number of rows of a file that are not empty: those of the matrix, titles, headings, and ignored sheets.
const MOST_ROWS_IN_ALL: usize = 22_000;
/// The maximum number of rows above the headings: titles and logos.
pub(super) const MOST_ROWS_ABOVE: usize = 50;
/// The maximum number of columns of a sheet.
const MOST_COLUMNS: u32 = 200;

/// The first bytes of compound files: `.xls`, and workbooks with a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// The name of the encrypted workbook in such a file, in UTF-16.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";

/// Reads a file by its content, whatever its name: the visible sheets of a workbook, or one text with the separator that
/// gives the most `headings`.
pub(super) fn read(bytes: &[u8], name: &str, headings: impl Fn(&Grid) -> usize) -> Result<Vec<Grid>, Faults> {
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes);
    }
    if bytes.starts_with(&COMPOUND) {
        let package: Vec<u8> = ENCRYPTED_PACKAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(package.len()).any(|window| window == package);
        return Err(refused(if encrypted { "encrypted" } else { "xls" }));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(refused("empty"));
    }
    Ok(vec![csv::read(bytes, name, headings)?])
}

/// Reads a file by its content, whatever its name: the visible sheets of a workbook, or one text with the separator that
/// gives the most `headings`.
pub(super) fn read_book(
    bytes: &[u8],
    name: &str,
    _options: &ReadOptions,
    headings: impl Fn(&Table) -> usize,
) -> Result<Book, Faults> {
    let grids = read(bytes, name, |grid| headings(&Table::from(grid.clone())))?;
    Ok(Book { tables: grids.into_iter().map(Table::from).collect(), ..Book::default() })
}

/// Returns the fault of a file that is refused, with the reason.
pub(super) fn refused(reason: &'static str) -> Faults {
    let mut faults = Faults::default();
    let max = match reason {
        "rows" => MOST_ROWS.to_string(),
        "rows_in_all" => MOST_ROWS_IN_ALL.to_string(),
        "columns" => MOST_COLUMNS.to_string(),
        _ => String::new(),
    };
    faults.add_with("", "unreadable_sheet", vec![("reason", reason.to_owned()), ("max", max)]);
    faults
}
