//! Sheets of an `.xlsx` file, cell by cell, within bounds.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx};
use chrono::NaiveDate;

use super::grid::{Grid, Row, Value};
use super::{MOST_COLUMNS, MOST_ROWS_IN_ALL, archive, refused};
use crate::error::Faults;

/// Merged regions of a sheet, and values that they spread.
const MOST_MERGES: usize = 50_000;
const MOST_SPREAD: usize = 500_000;
/// A title between the rows is written across this many columns.
const TITLE_WIDTH: u32 = 3;
/// A cell's text, as Excel bounds it.
const MOST_LETTERS: usize = 32_767;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The visible sheets of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Grid>, Faults> {
    archive::check(bytes)?;
    // A file made to break its reader is a fault of the file.
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
        spread(&mut rows, &merges)?;
        left = left.saturating_sub(rows.len());
        grids.push(Grid { name, rows: rows.into_values().collect(), since_1904 });
    }
    Ok(grids)
}

/// The rows that hold something, by number.
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
        DataRef::Error(error) => Some(Value::Broken(error.to_string())),
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

/// The value of a merge belongs to all its rows, as far as they hold anything; one across columns is a title.
fn spread(rows: &mut BTreeMap<u32, Row>, merges: &[Dimensions]) -> Result<(), Faults> {
    if merges.len() > MOST_MERGES {
        return Err(refused("too_large"));
    }
    let mut spread = 0;
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
            spread += 1;
            row.cells.entry(left).or_insert_with(|| value.clone());
        }
        if spread > MOST_SPREAD {
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
