//! A matrix as comma- or semicolon-separated text.

use csv::{ReaderBuilder, StringRecord, Trim};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::grid::{Grid, Row, Value};
use super::{MOST_COLUMNS, MOST_ROWS, refused};
use crate::error::Faults;

/// What separates values, the most usual in Spanish first.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];

/// The text in UTF-8, with or without its mark, else in Windows-1252, which old programs write.
fn decoded(bytes: &[u8]) -> Result<String, Faults> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') { Err(refused("no_text")) } else { Ok(text.into_owned()) }
}

/// The rows as each separator gives them, under the name of the file: the reader of headings chooses.
pub fn read(bytes: &[u8], name: &str) -> Result<Vec<Grid>, Faults> {
    let text = decoded(bytes)?;
    DELIMITERS.into_iter().map(|delimiter| grid(&text, name, delimiter)).collect()
}

fn grid(text: &str, name: &str, delimiter: u8) -> Result<Grid, Faults> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(text.as_bytes());
    let mut grid = Grid { name: name.to_owned(), rows: Vec::new() };
    let mut record = StringRecord::new();
    // A spreadsheet counts empty lines, which the reader passes over, and a value of several lines once.
    let mut number = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(grid),
            Err(_) => return Err(refused("no_text")),
        }
        number += 1 + record.position().map_or(0, |at| empty_lines(text, at.byte()));
        let values = (0..).zip(record.iter()).filter_map(|(column, text)| Some((column, Value::text(text)?)));
        let cells: std::collections::BTreeMap<u32, Value> = values.collect();
        if cells.keys().any(|column| *column >= MOST_COLUMNS) {
            return Err(refused("columns"));
        }
        if !cells.is_empty() {
            grid.rows.push(Row { number, cells, is_title: false });
        }
        if grid.rows.len() > MOST_ROWS {
            return Err(refused("rows"));
        }
    }
}

/// The empty lines that the reader passes over from this place on; half of a line's end may stand before it.
fn empty_lines(text: &str, byte: u64) -> u32 {
    let (before, rest) = text.as_bytes().split_at(usize::try_from(byte).unwrap_or(usize::MAX).min(text.len()));
    let rest = if before.ends_with(b"\r") { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let grid = read(bytes, "matriz.csv").unwrap().remove(0);
        grid.rows.iter().map(|row| (row.number, row.cells.values().map(Value::shown).collect())).collect()
    }

    #[test]
    fn old_and_new_encodings_say_the_same() {
        let words = [(1, vec!["Comisión".to_owned(), "N°".to_owned()])];
        assert_eq!(texts("Comisión;N°\n".as_bytes()), words);
        assert_eq!(texts("\u{feff}Comisión;N°\r\n".as_bytes()), words);
        assert_eq!(texts(b"Comisi\xf3n;N\xb0\r\n"), words);
        assert!(read(b"a\0b;c", "x").is_err());
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        let text = "título\n\n\"dos\nlíneas\";b\n\nc;d\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let numbers: Vec<u32> = texts(text.as_bytes()).iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 3, 5]);
        }
    }
}
