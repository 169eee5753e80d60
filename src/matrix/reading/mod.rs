//! Bytes to sheets, within fixed memory and time: what is no plain `.xlsx` or `.csv`, or holds more than a matrix can,
//! is refused with its reason before it is read.

mod archive;
mod csv;
mod grid;
mod workbook;

pub use grid::{Grid, Row, Value, letters};

use crate::error::Faults;

/// The maximum number of rows of a matrix, headings not counted.
pub const MOST_ROWS: usize = 20_000;
/// The maximum number of rows of a file that are not empty: those of the matrix, titles, headings, and ignored sheets.
const MOST_ROWS_IN_ALL: usize = 22_000;
/// Titles and logos stand above the headings, not more than this many rows.
pub const MOST_ROWS_ABOVE: usize = 50;
/// Columns of a sheet.
const MOST_COLUMNS: u32 = 200;

/// Compound files: `.xls`, and workbooks with a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// How such a file calls the workbook that it hides, in two bytes a letter.
const HIDDEN: &str = "EncryptedPackage";

/// Reads a file by what it holds, whatever its name says: the visible sheets of a workbook, or one text, separated by
/// what gives it the most `headings`.
pub fn read(bytes: &[u8], name: &str, headings: impl Fn(&Grid) -> usize) -> Result<Vec<Grid>, Faults> {
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes);
    }
    if bytes.starts_with(&COMPOUND) {
        let hidden: Vec<u8> = HIDDEN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(hidden.len()).any(|window| window == hidden);
        return Err(refused(if encrypted { "encrypted" } else { "xls" }));
    }
    if bytes.trim_ascii().is_empty() {
        return Err(refused("empty"));
    }
    Ok(vec![csv::read(bytes, name, headings)?])
}

/// The file cannot be taken for this reason.
pub fn refused(reason: &'static str) -> Faults {
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
