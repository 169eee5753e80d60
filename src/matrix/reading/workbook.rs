//! Reads the visible sheets of an `.xlsx` file within bounds, after a check of its archive.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx};
use chrono::NaiveDate;
use zip::ZipArchive;

use super::{Grid, MOST_COLUMNS, MOST_ROWS_IN_ALL, Row, Value, refused};
use crate::error::Faults;

/// The maximum number of merged regions of a sheet, and of the values that they repeat.
const MOST_MERGES: usize = 50_000;
const MOST_REPEATED: usize = 500_000;
/// The minimum number of columns of a title between the rows.
const TITLE_WIDTH: u32 = 3;
/// The maximum length of a cell's text in Excel.
const MOST_LETTERS: usize = 32_767;

/// The maximum size of all parts together, inflated. A matrix of 2,000 rows has about two megabytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const MOST_ARCHIVE_PARTS: usize = 2_000;
/// The maximum number of shared strings that a workbook declares, because the reader allocates as many.
const MOST_STRINGS: u64 = 1_000_000;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads the visible sheets of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Faults> {
    check_archive(bytes)?;
    // A panic of the reader is a fault of the file.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes))).unwrap_or_else(|_| Err(refused("damaged")))
}

fn damaged(_: impl std::fmt::Display) -> Faults {
    refused("damaged")
}

fn sheets(bytes: &[u8]) -> Result<Vec<Grid>, Faults> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let shown = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let mut grids = Vec::new();
    let mut left = MOST_ROWS_IN_ALL;
    let since_1904 = book.has_1904_epoch();
    for name in names {
        let mut rows = cells(&mut book, &name, left)?;
        let merges = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        repeat_merged(&mut rows, &merges)?;
        left = left.saturating_sub(rows.len());
        grids.push(Grid { name, rows: rows.into_values().collect(), since_1904 });
    }
    Ok(grids)
}

/// Reads the rows that are not empty, by number.
fn cells(book: &mut Book<'_>, name: &str, most: usize) -> Result<BTreeMap<u32, Row>, Faults> {
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let percent: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let ((row, column), number) = (cell.get_position(), cell.get_position().0 + 1);
        let Some(value) = value(cell.get_value(), percent.get(style).copied().unwrap_or_default()) else { continue };
        if column >= MOST_COLUMNS {
            return Err(refused("columns"));
        }
        if !rows.contains_key(&row) && rows.len() >= most {
            return Err(refused("rows_in_all"));
        }
        let entry = rows.entry(row).or_insert_with(|| Row { number, ..Row::default() });
        entry.cells.insert(column, value);
    }
    Ok(rows)
}

fn is_percent(style: &Style) -> bool {
    style
        .number_format
        .as_ref()
        .is_some_and(|format| format.format_code.contains('%') || matches!(format.format_id, Some(9 | 10)))
}

fn value(data: &DataRef<'_>, percent: bool) -> Option<Value> {
    let number = |number: f64| if percent { Value::Percent(number) } else { Value::Number(number) };
    match data {
        DataRef::Empty => None,
        #[expect(clippy::cast_precision_loss, reason = "a cell holds 53 bits anyway")]
        DataRef::Int(whole) => Some(number(*whole as f64)),
        DataRef::Float(real) => real.is_finite().then(|| number(*real)),
        DataRef::String(text) => Value::text(bounded(text)),
        DataRef::SharedString(text) => Value::text(bounded(text)),
        DataRef::Bool(yes) => Value::text(if *yes { "VERDADERO" } else { "FALSO" }),
        DataRef::DateTime(moment) => Some(day(moment).map_or_else(|| Value::Number(moment.as_f64()), Value::Day)),
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(crate::dates::parse_day);
            day.map(Value::Day).or_else(|| Value::text(text))
        }
        DataRef::DurationIso(text) => Value::text(text),
        DataRef::Error(error) => Some(Value::Broken(error.to_string().into())),
    }
}

fn bounded(text: &str) -> &str {
    text.char_indices().nth(MOST_LETTERS).map_or(text, |(end, _)| text.get(..end).unwrap_or_default())
}

fn day(moment: &ExcelDateTime) -> Option<NaiveDate> {
    if !moment.is_datetime() || !(1.0..200_000.0).contains(&moment.as_f64()) {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// Repeats the value of a merged region in all its rows that are not empty. One row across several columns is a title.
fn repeat_merged(rows: &mut BTreeMap<u32, Row>, merges: &[Dimensions]) -> Result<(), Faults> {
    if merges.len() > MOST_MERGES {
        return Err(refused("too_large"));
    }
    let mut repeated = 0;
    let mut titles: HashMap<u32, u32> = HashMap::new();
    for merge in merges {
        let ((top, left), (bottom, right)) = (merge.start, merge.end);
        if right.saturating_sub(left) + 1 >= TITLE_WIDTH && top == bottom {
            titles.insert(top, left);
        }
        let Some(value) = rows.get(&top).and_then(|row| row.cells.get(&left)).cloned() else { continue };
        if bottom <= top {
            continue;
        }
        for (_, row) in rows.range_mut(top + 1..=bottom) {
            repeated += 1;
            row.cells.entry(left).or_insert_with(|| value.clone());
        }
        if repeated > MOST_REPEATED {
            return Err(refused("too_large"));
        }
    }
    for (number, column) in titles {
        if let Some(row) = rows.get_mut(&number) {
            row.is_title = row.cells.keys().eq([&column]);
        }
    }
    Ok(())
}

/// Checks the parts of the archive before anything reads them. Refuses macros, encrypted and other kinds of workbooks,
/// parts that inflate too far (whatever they declare), and parts that declare entities.
fn check_archive(bytes: &[u8]) -> Result<(), Faults> {
    let damaged = |_: zip::result::ZipError| refused("damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_ARCHIVE_PARTS {
        return Err(refused("too_large"));
    }
    let names: Result<Vec<_>, _> =
        archive.file_names().map(|name| name.map(|name| name.to_ascii_lowercase())).collect();
    let names = names.map_err(damaged)?;
    check_kind(&names)?;
    let mut left = MOST_BYTES;
    let mut part = Vec::new();
    for n in 0..archive.len() {
        let file = archive.by_index(n).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => refused("encrypted"),
            _ => refused("damaged"),
        })?;
        if file.encrypted() {
            return Err(refused("encrypted"));
        }
        if file.size() > left {
            return Err(refused("too_large"));
        }
        part.clear();
        let read = file.take(left + 1).read_to_end(&mut part).map_err(|_| refused("damaged"))?;
        left = left.checked_sub(read as u64).ok_or_else(|| refused("too_large"))?;
        check_part(&part)?;
    }
    Ok(())
}

/// Checks by the names of the parts that the archive is a plain workbook.
fn check_kind(names: &[String]) -> Result<(), Faults> {
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    let reason = match () {
        () if any(&|name| name.ends_with("vbaproject.bin")) => "macros",
        () if any(&|name| name == "xl/workbook.bin") => "xlsb",
        () if any(&|name| name == "content.xml") => "ods",
        () if !any(&|name| name.ends_with(".xml") && name.contains("workbook")) => "no_workbook",
        () => return Ok(()),
    };
    Err(refused(reason))
}

/// Refuses entities and text in UTF-16.
fn check_part(part: &[u8]) -> Result<(), Faults> {
    let head = part.get(..64.min(part.len())).unwrap_or_default();
    let is_xml = head.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii()) == Some(&b'<');
    let is_utf16 = head.starts_with(&[0xFE, 0xFF]) || head.starts_with(&[0xFF, 0xFE]);
    if is_utf16 || (is_xml && head.contains(&0)) {
        return Err(refused("damaged"));
    }
    if is_xml && (contains(part, b"<!DOCTYPE") || contains(part, b"<!ENTITY")) {
        return Err(refused("entities"));
    }
    let more_strings = find(part, b"uniqueCount").any(|rest| number_in(rest) > MOST_STRINGS);
    if more_strings { Err(refused("too_large")) } else { Ok(()) }
}

fn contains(part: &[u8], wanted: &[u8]) -> bool {
    find(part, wanted).next().is_some()
}

/// Returns the bytes after each occurrence of `wanted`, whatever its case.
fn find<'p>(part: &'p [u8], wanted: &'p [u8]) -> impl Iterator<Item = &'p [u8]> {
    let first = wanted.first().copied().unwrap_or_default();
    let starts = part.iter().enumerate().filter(move |(_, byte)| byte.eq_ignore_ascii_case(&first));
    starts.filter_map(move |(at, _)| {
        let (here, rest) = part.get(at..)?.split_at_checked(wanted.len())?;
        here.eq_ignore_ascii_case(wanted).then_some(rest)
    })
}

/// Reads the number of an attribute from the bytes after its name.
fn number_in(rest: &[u8]) -> u64 {
    let digits: String = rest
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|c| c.is_whitespace() || ['=', '"', '\'', '+'].contains(c))
        .take_while(char::is_ascii_digit)
        .take(30)
        .collect();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_strings_without_end_are_found_wherever_they_stand() {
        assert!(check_part(b"<?xml version=\"1.0\"?><sst uniqueCount=\"12\"><si/></sst>").is_ok());
        assert!(check_part(b"<?xml version=\"1.0\"?><!doctype x [<!ENTITY a \"b\">]><sst/>").is_err());
        assert!(check_part(b"<sst  uniqueCount = '99999999999999999999999999'/>").is_err());
        assert!(check_part(b"<sst uniqueCount=\"1000001\"/>").is_err());
        assert!(check_part(&[0xFF, 0xFE, b'<', 0]).is_err());
    }
}
