//! Reads comma- or semicolon-separated text.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, Trim};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Grid, MOST_COLUMNS, MOST_ROWS_ABOVE, MOST_ROWS_IN_ALL, Row, Value, refused};
use crate::error::Faults;
use crate::rendering::unguarded;

/// The separators, the most usual in Spanish first.
const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];

/// Decodes UTF-8, with or without byte order mark, else Windows-1252, which old programs write.
fn decoded(bytes: &[u8]) -> Result<String, Faults> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((marked, _)) => marked,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, _, broken) = encoding.decode(bytes);
    if broken || text.contains('\0') { Err(refused("no_text")) } else { Ok(text.into_owned()) }
}

/// Reads the rows with the separator whose first rows have the most `headings`.
pub(super) fn read(bytes: &[u8], name: &str, headings: impl Fn(&Grid) -> usize) -> Result<Grid, Faults> {
    let text = decoded(bytes)?;
    let found = |delimiter: &u8| grid(&text, name, *delimiter, Some(MOST_ROWS_ABOVE)).as_ref().map_or(0, &headings);
    // `max_by_key` returns the last of equals: the most usual.
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(found).unwrap_or(b';');
    grid(&text, name, delimiter, None)
}

/// Reads all rows, or the `first` ones.
fn grid(text: &str, name: &str, delimiter: u8, first: Option<usize>) -> Result<Grid, Faults> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(text.as_bytes());
    let mut grid = Grid { name: name.to_owned(), ..Grid::default() };
    let mut record = StringRecord::new();
    // A spreadsheet counts empty lines, which the reader skips, and counts a value of several lines once.
    let mut number = 0;
    while first.is_none_or(|first| grid.rows.len() < first) {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(refused("no_text")),
        }
        number += 1 + record.position().map_or(0, |at| empty_lines(text, at.byte()));
        let mut beyond = record.iter().skip(MOST_COLUMNS as usize);
        if beyond.any(|text| Value::text(text).is_some()) {
            return Err(refused("columns"));
        }
        let values = (0..MOST_COLUMNS).zip(record.iter());
        let cells: BTreeMap<u32, Value> =
            values.filter_map(|(at, text)| Some((at, Value::text(&unguarded(text))?))).collect();
        if !cells.is_empty() {
            grid.rows.push(Row { number, cells, is_title: false });
        }
        if grid.rows.len() > MOST_ROWS_IN_ALL {
            return Err(refused("rows_in_all"));
        }
    }
    Ok(grid)
}

/// Counts the empty lines that the reader skips from this place on. Half of a line break may precede the place.
fn empty_lines(text: &str, byte: u64) -> u32 {
    let (before, rest) = text.as_bytes().split_at(usize::try_from(byte).unwrap_or(usize::MAX).min(text.len()));
    let rest = if before.ends_with(b"\r") { rest.strip_prefix(b"\n").unwrap_or(rest) } else { rest };
    let breaks = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of_first(grid: &Grid) -> usize {
        grid.rows.first().map_or(0, |row| row.cells.len())
    }

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
        let grid = read(bytes, "matriz.csv", cells_of_first).unwrap();
        grid.rows.iter().map(|row| (row.number, row.cells.values().map(Value::shown).collect())).collect()
    }

    #[test]
    fn old_and_new_encodings_say_the_same() {
        let words = [(1, vec!["Comisión".to_owned(), "N°".to_owned()])];
        assert_eq!(texts("Comisión;N°\n".as_bytes()), words);
        assert_eq!(texts("\u{feff}Comisión;N°\r\n".as_bytes()), words);
        assert_eq!(texts(b"Comisi\xf3n;N\xb0\r\n"), words);
        assert!(read(b"a\0b;c", "x", cells_of_first).is_err());
    }

    #[test]
    fn only_the_separator_of_the_headings_counts() {
        let commas = format!("Comisión;Compromiso\nCPETI;\"uno{}\"\n", ",\ndos".repeat(20_100));
        for text in [commas.clone(), commas.replace(',', "\t")] {
            assert_eq!(texts(text.as_bytes()).iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [2, 2]);
        }
        let wide = format!("a;b\nuno{};dos\n", ",x".repeat(300));
        assert_eq!(texts(wide.as_bytes()).len(), 2);
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
