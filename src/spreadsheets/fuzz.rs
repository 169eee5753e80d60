//! Reads arbitrary and changed files: no input causes a panic, and no visible value is lost without being listed.
//! `PROPTEST_CASES` sets the number of files; `just fuzz-sheets` runs for an hour. Failing cases are kept in
//! `proptest-regressions/`.

mod model;

use std::io::{Cursor, Write};
use std::path::Path;

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use self::model::{Model, model};
use super::{Book, ReadOptions, Table, read_any};

/// Real files, by name.
fn real_files() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/matrix/inputs");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn headings(table: &Table) -> usize {
    table.rows.iter().take(50).map(|line| line.cells.len()).max().unwrap_or_default()
}

/// Reads a file without catching panics.
fn read(bytes: &[u8], include_hidden: bool) -> Option<Book> {
    let options = ReadOptions { include_hidden, ..ReadOptions::default() };
    read_any(bytes, "matriz", &options, headings).ok()
}

/// An archive with these parts.
fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().to_string()).collect();
    let mut part = |name: String| {
        let mut bytes = Vec::new();
        std::io::copy(&mut zip.by_name(&name).unwrap(), &mut bytes).unwrap();
        (name, bytes)
    };
    names.into_iter().map(&mut part).collect()
}

/// A change of a file: its kind, its place, its length, and a byte.
type Change = (u8, u32, u8, u8);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(any::<Change>(), 1..8)
}

/// Words of the formats, which a change puts into a part.
const WORDS: [&str; 16] = [
    "<row r=\"1048577\">",
    "</row>",
    "<c r=\"XFD1\">",
    "<c t=\"s\"><v>99999999999</v></c>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    " hidden=\"1\"",
    " table:number-rows-repeated=\"4294967295\"",
    " table:number-columns-repeated=\"4294967295\"",
    "<col min=\"0\" max=\"4294967295\" hidden=\"1\"/>",
    "&#0;",
    "&amp;",
    "<![CDATA[<]]>",
    "<strike/>",
    "_x0000_",
    "\u{feff}",
    "<!DOCTYPE a>",
];

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (kind, place, length, byte) in changes {
        let at = if bytes.is_empty() { 0 } else { *place as usize % bytes.len() };
        let end = (at + usize::from(*length)).min(bytes.len());
        match kind % 6 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, std::iter::repeat_n(*byte, usize::from(*length)))),
            3 => {
                let copy = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, copy));
            }
            4 => {
                let word = WORDS[usize::from(*byte) % WORDS.len()];
                drop(bytes.splice(at..at, word.bytes()));
            }
            _ => bytes.truncate(at.max(8)),
        }
    }
    bytes
}

/// The letters and digits of a text.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(
        begin in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xff\xfe", b"\xef\xbb\xbf", b"\""]),
        bytes in prop::collection::vec(any::<u8>(), 0..2_000),
    ) {
        read(&[begin, &bytes].concat(), false);
    }

    #[test]
    fn changed_files_are_read_or_refused(file in any::<prop::sample::Index>(), changes in changes()) {
        let files = real_files();
        let (_, bytes) = file.get(&files);
        read(&changed(bytes, &changes), false);
    }

    #[test]
    fn changed_parts_are_read_or_refused(
        file in any::<prop::sample::Index>(),
        part in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let files: Vec<_> = real_files().into_iter().filter(|(_, bytes)| bytes.starts_with(b"PK")).collect();
        let mut parts = unzipped(&file.get(&files).1);
        let read_parts: Vec<usize> = (0..parts.len())
            .filter(|n| parts[*n].0.ends_with(".rels") || parts[*n].0.ends_with(".xml") && !parts[*n].0.contains("theme"))
            .collect();
        let place = *part.get(&read_parts);
        parts[place].1 = changed(&parts[place].1, &changes);
        read(&zipped(&parts), false);
    }

    #[test]
    fn every_letter_of_a_text_is_in_a_cell(text in "([a-zñ0-9]{0,4}[;,\"\n\r\t ']{0,3}){0,40}") {
        let Some(book) = read(text.as_bytes(), false) else { return Ok(()) };
        let cells = book.tables.iter().flat_map(|table| &table.rows).flat_map(|line| &line.cells);
        let shown: String = cells.map(|cell| cell.value.shown()).collect();
        prop_assert_eq!(letters_of(&shown), letters_of(&text));
    }

    #[test]
    fn cells_come_back_from_csv(
        rows in prop::collection::vec(prop::collection::vec("[a-zñ;,\"\n -]{0,6}x", 3..4), 1..12),
        delimiter in prop::sample::select(vec![b';', b',', b'\t']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["N°", "Compromiso", "Responsable"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = writer.into_inner().unwrap();
        let wanted = |table: &Table| usize::from(table.rows.first().is_some_and(|line| line.cells.len() == 3));
        let book = read_any(&text, "matriz.csv", &ReadOptions::default(), wanted).unwrap();
        let read: Vec<Vec<String>> = book.tables[0].rows.iter().skip(1)
            .map(|line| line.cells.iter().map(|cell| cell.value.shown()).collect())
            .collect();
        let trimmed: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|text| crate::rendering::unguarded(text).trim().to_owned()).collect()).collect();
        prop_assert_eq!(read, trimmed);
    }

    #[test]
    fn nothing_that_is_seen_is_lost_in_silence(model in model(), include_hidden in any::<bool>()) {
        for bytes in [zipped(&model.xlsx()), zipped(&model.ods())] {
            let book = read(&bytes, include_hidden).expect("a sound file");
            lost(&model, &book, include_hidden)?;
        }
    }
}

/// Checks that every cell is in its table, or is named among what is left out.
fn lost(model: &Model, book: &Book, include_hidden: bool) -> Result<(), TestCaseError> {
    let table = &book.tables[0];
    let named = |place: &str| table.left_out.iter().any(|one| one.place == place);
    let mut visible = 0;
    for cell in model.cells() {
        let (row, column) = (format!("Hoja!{}", cell.row), format!("Hoja!{}", super::letters(cell.column)));
        let place = format!("{column}{}", cell.row);
        if !include_hidden && (cell.is_hidden_row || cell.is_hidden_column) {
            prop_assert!(named(&row) || named(&column), "{place} is hidden and not named");
            continue;
        }
        if cell.is_struck {
            prop_assert!(named(&row) || named(&place), "{place} is struck out and not named");
        }
        let line = table.rows.iter().find(|line| line.number == cell.row);
        let value = line.and_then(|line| line.value(cell.column));
        prop_assert_eq!(value.is_some(), cell.stands, "{} {:?}", place, value);
        visible += usize::from(cell.stands);
    }
    let read = table.rows.iter().flat_map(|line| &line.cells).filter(|cell| !cell.is_repeated).count();
    prop_assert_eq!(read, visible, "no cell is made up");
    Ok(())
}

#[test]
fn real_files_have_the_cells_that_another_reader_finds() {
    use calamine::{Data, Reader, SheetVisible};
    for (name, bytes) in real_files().into_iter().filter(|(name, _)| !name.ends_with(".csv")) {
        let mut other = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.clone())).unwrap();
        let book = read(&bytes, true).unwrap();
        let visible: Vec<String> = other
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .collect();
        for sheet in visible {
            let table = book.tables.iter().find(|table| table.sheet == sheet).unwrap();
            let range = other.worksheet_range(&sheet).unwrap();
            let (top, left) = range.start().unwrap();
            for (row, column, value) in range.used_cells().filter(|(.., value)| !matches!(value, Data::Empty)) {
                let (row, column) = (u32::try_from(row).unwrap() + top + 1, u32::try_from(column).unwrap() + left);
                let found = table.rows.iter().find(|line| line.number == row).and_then(|line| line.value(column));
                let place = format!("{sheet}!{}{row}", super::letters(column));
                let is_named =
                    table.left_out.iter().any(|one| one.place == place || one.place == format!("{sheet}!{row}"));
                assert!(found.is_some() || is_named, "{name} {place}: {value}");
            }
        }
    }
}

#[test]
fn three_formats_have_the_same_table() {
    let files = real_files();
    for name in ["values", "B01-two-row-heading", "B09-row-hidden-by-filter", "B11-struck-out", "R4-tres-niveles"] {
        let read = |end: &str| {
            let (_, bytes) = files.iter().find(|(file, _)| *file == format!("{name}.{end}")).unwrap();
            let mut table = read(bytes, false).unwrap().tables.remove(0);
            table.merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
            table
        };
        assert_eq!(read("ods"), read("xlsx"), "{name}");
        assert_eq!(read("xls"), read("xlsx"), "{name}");
    }
}
