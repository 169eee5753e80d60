//! Reads a file into tables within fixed memory and time: the visible content of its sheets, and everything left out,
//! with the reason. A file that is not a spreadsheet, or is larger than a matrix can be, is refused with the reason.
//!
//! ```text
//! bytes --read_book--> Book { tables: [Table { sheet, rows: [Line { cells: [Cell] }], merges, left_out }],
//!                             left_out, questions, faults, notes }
//! ```
//!
//! `Table::left_out` has what the file itself decides: hidden rows and columns, and what is struck out. `leave_out_rows`
//! removes rows after the headings were found, because it needs the columns: totals, notes below the table, rows with
//! only a number. `NameIndex` has the records that a cell names; `CellRef` is the place of a cell in a fault.

mod archive;
mod below;
mod csv;
mod double_encoding;
mod encoding;
mod formats;
#[cfg(test)]
mod fuzz;
mod names;
mod ods;
mod sheet;
mod table;
mod words;
mod xls;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use self::archive::Archive;
pub(crate) use self::below::{KnownColumns, leave_out_rows};
pub(crate) use self::names::{MOST_PARTS, NameError, NameIndex, NameMatch};
pub(crate) use self::table::{
    Book, Cell, CellRef, LeftOut, LeftOutKind, LeftOutReason, Line, Merge, Question, ReadOptions, Table, Value, letters,
};
use crate::error::{Args, Fault, Faults};

/// The maximum number of rows of a matrix, headings not counted.
pub(crate) const MOST_ROWS: usize = 20_000;
/// The maximum number of rows of a file that are not empty: those of the matrix, titles, headings, and ignored sheets.
const MOST_ROWS_IN_ALL: usize = 22_000;
/// The maximum number of rows above the headings: titles and logos.
pub(crate) const MOST_ROWS_ABOVE: usize = 50;
/// The maximum number of columns of a sheet.
const MOST_COLUMNS: u32 = 200;

/// The first bytes of compound files: `.xls`, and workbooks with a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];
/// The name of the encrypted workbook in such a file, in UTF-16.
const ENCRYPTED_PACKAGE: &str = "EncryptedPackage";

/// Reads a file by its content, whatever its name: the visible sheets of a workbook, or one text with the separator that
/// gives the most `headings`.
pub(crate) fn read_book(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    headings: impl Fn(&Table) -> usize,
) -> Result<Book, Faults> {
    // A panic in a library is reported as a damaged file.
    let read = AssertUnwindSafe(|| read_any(bytes, name, options, headings));
    let mut book = catch_unwind(read).unwrap_or_else(|_| Err(refused("damaged")))?;
    double_encoding::repair(&mut book, options);
    Ok(book)
}

fn read_any(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    headings: impl Fn(&Table) -> usize,
) -> Result<Book, Faults> {
    if bytes.starts_with(b"PK") {
        let archive = Archive::open(bytes)?;
        return if archive.has("content.xml") { ods::read(archive, options) } else { xlsx::read(archive, options) };
    }
    if bytes.starts_with(&COMPOUND) {
        let package: Vec<u8> = ENCRYPTED_PACKAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(package.len()).any(|window| window == package);
        return if encrypted { Err(refused("encrypted")) } else { xls::read(bytes, options) };
    }
    if bytes.trim_ascii().is_empty() {
        return Err(refused("empty"));
    }
    if let Some(reason) = other_kind(bytes) {
        return Err(refused(reason));
    }
    csv::read(bytes, name, options, headings)
}

/// Recognises files of other kinds with the name of a spreadsheet, and spreadsheets in a single XML file.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..2_000.min(bytes.len())).unwrap_or_default();
    let head =
        String::from_utf8_lossy(head).replace(['\0', '\u{feff}', '\u{fffd}'], "").trim_start().to_ascii_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| head.starts_with(word));
    match () {
        () if begins(&["%pdf"]) => Some("pdf"),
        () if begins(&["<?xml", "<office:document"]) && head.contains("office:document") => Some("fods"),
        () if begins(&["<?xml", "<workbook"]) && head.contains("office:spreadsheet") => Some("xml_2003"),
        () if begins(&["<!doctype html", "<html", "<head", "<body", "<meta", "<table", "<style", "<div"]) => {
            Some("html")
        }
        () if begins(&["mime-version:"]) || (begins(&["<?xml"]) && head.contains("<html")) => Some("html"),
        () if begins(&["{\\rtf"]) => Some("no_text"),
        () => None,
    }
}

fn note(code: &'static str, args: Args) -> Fault {
    Fault::new("", code, args)
}

/// Returns the fault of a file that is refused, with the reason.
pub(crate) fn refused(reason: &'static str) -> Faults {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_a_spreadsheet_and_is_none_is_named() {
        for (bytes, reason) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], "pdf"),
            (b"\xef\xbb\xbf<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "html"),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "html"),
            (b"\r\n <TABLE border=1><tr><td>Compromiso", "html"),
            (b"MIME-Version: 1.0\nContent-Type: multipart/related", "html"),
            (b"<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"urn:oasis\">", "fods"),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "xml_2003"),
            (b"  \n", "empty"),
            (b"PK\x03\x04 nothing", "damaged"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "damaged"),
        ] {
            let refused = read_book(bytes, "matriz.xls", &ReadOptions::default(), |_| 0).unwrap_err();
            assert_eq!(refused.list[0].arg("reason"), Some(reason));
        }
        let text = b"<Compromiso>;Responsable\nUno;MTPE\n";
        assert!(read_book(text, "matriz.csv", &ReadOptions::default(), |_| 0).is_ok());
    }
}
