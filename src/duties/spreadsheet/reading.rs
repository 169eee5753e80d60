//! Reads a file into the sheets of institutions and periods that it has.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::words::SheetWords;
use crate::dates::{PartialDate, date_of_words};
use crate::duties::model::{Duty, Every};
use crate::error::{Fault, Result};
use crate::spreadsheets::{Book, CellRef, Line, MOST_ROWS_ABOVE, ReadOptions, Table, Value, letters, read_book};

/// A file that was read before a transaction is opened.
pub(crate) struct SentSheets {
    tables: Vec<Table>,
    /// Faults of the file as a whole.
    pub faults: Vec<Fault>,
}

/// Reads a file. 422 for a file that is no spreadsheet, or must not be read.
pub(crate) fn read_sheets(bytes: &[u8], name: &str) -> Result<SentSheets> {
    // Filters hide rows that a person has filled in.
    let options = ReadOptions { include_hidden: true, ..ReadOptions::default() };
    let words = SheetWords::new();
    let Book { tables, questions, mut faults, .. } =
        read_book(bytes, name, &options, |table| most_headings(&words, table))?;
    for question in questions {
        let choices: Vec<String> = question.options.iter().map(|(_, words)| format!("«{words}»")).collect();
        faults.push(Fault::new("", "unclear_letters", vec![("choices", choices.join(", "))]));
    }
    Ok(SentSheets { tables, faults })
}

/// Returns the greatest number of headings that a row has, by which the separator of a CSV is chosen.
fn most_headings(words: &SheetWords, table: &Table) -> usize {
    let is_heading = |value: &Value| match value {
        Value::Text(text) => words.is_institution(text) || words.is_field(text) || PartialDate::parse(text).is_some(),
        _ => false,
    };
    let count = |line: &Line| line.cells.iter().filter(|cell| is_heading(&cell.value)).count();
    table.rows.iter().take(MOST_ROWS_ABOVE).map(count).max().unwrap_or_default()
}

/// A column of a period.
pub(super) struct PeriodColumn {
    pub column: u32,
    pub heading: Arc<str>,
    /// The period, or the reason why its values cannot be imported.
    pub period: std::result::Result<PartialDate, &'static str>,
}

/// A sheet of institutions and periods.
pub(super) struct DutySheet<'t> {
    pub name: Arc<str>,
    pub institution: u32,
    /// None in a sheet of institutions and periods alone.
    pub field: Option<u32>,
    pub periods: Vec<PeriodColumn>,
    /// The number of the row of headings.
    head: u32,
    pub rows: &'t [Line],
}

impl DutySheet<'_> {
    /// Returns the place of a cell.
    pub(super) fn cell(&self, row: u32, (column, heading): (u32, &Arc<str>)) -> CellRef {
        CellRef { sheet: Arc::clone(&self.name), row, column, heading: Arc::clone(heading) }
    }

    /// Returns the faults of headings with values below them that cannot be imported.
    pub(super) fn heading_faults(&self) -> Vec<Fault> {
        let has_values = |column: u32| self.rows.iter().any(|line| line.value(column).is_some());
        let refused = self.periods.iter().filter_map(|one| Some((one, one.period.as_ref().err()?)));
        let fault = |(one, why): (&PeriodColumn, &&'static str)| {
            let args = vec![("reason", (*why).to_owned())];
            self.cell(self.head, (one.column, &one.heading)).fault(
                "unusable_period",
                Some(one.heading.to_string()),
                args,
            )
        };
        refused.filter(|(one, _)| has_values(one.column)).map(fault).collect()
    }
}

impl SentSheets {
    /// Returns the sheets of a duty; a fault if there is none.
    pub(super) fn sheets(&self, duty: &Duty, today: NaiveDate, words: &SheetWords) -> (Vec<DutySheet<'_>>, Vec<Fault>) {
        let mut sheets: Vec<DutySheet<'_>> =
            self.tables.iter().filter_map(|table| sheet(table, (duty, today), words)).collect();
        if sheets.iter().any(|sheet| sheet.field.is_some()) {
            sheets.retain(|sheet| sheet.field.is_some());
        } else if duty.fields.fields.len() > 1 && !sheets.is_empty() {
            return (Vec::new(), vec![Fault::new("", "no_field_column", Vec::new())]);
        }
        match sheets.is_empty() {
            true => (sheets, vec![Fault::new("", "no_institution_column", Vec::new())]),
            false => (sheets, Vec::new()),
        }
    }
}

fn sheet<'t>(table: &'t Table, of: (&Duty, NaiveDate), words: &SheetWords) -> Option<DutySheet<'t>> {
    let named = |line: &Line, is_named: &dyn Fn(&str) -> bool| {
        let cell = line.cells.iter().find(|cell| matches!(&cell.value, Value::Text(text) if is_named(text)));
        cell.map(|cell| cell.column)
    };
    let institution_of = |line: &Line| named(line, &|text| words.is_institution(text));
    let at = table.rows.iter().take(MOST_ROWS_ABOVE).position(|line| institution_of(line).is_some())?;
    let (head, rows) = (table.rows.get(at)?, table.rows.get(at + 1..).unwrap_or_default());
    let (institution, field) = (institution_of(head)?, named(head, &|text| words.is_field(text)));
    let mut columns: Vec<u32> =
        rows.iter().chain([head]).flat_map(|line| &line.cells).map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| *column != institution && Some(*column) != field);
    let mut periods: Vec<PeriodColumn> = Vec::new();
    for column in columns {
        let value = head.value(column);
        let mut period = value.map_or(Err("none"), |value| period_of(value, of));
        if periods.iter().any(|one| period.is_ok() && one.period == period) {
            period = Err("twice");
        }
        let heading = value.map_or_else(|| letters(column), Value::shown);
        periods.push(PeriodColumn { column, heading: heading.into(), period });
    }
    Some(DutySheet { name: table.sheet.as_str().into(), institution, field, periods, head: head.number, rows })
}

/// Reads the heading of a period that has begun.
fn period_of(value: &Value, (duty, today): (&Duty, NaiveDate)) -> std::result::Result<PartialDate, &'static str> {
    let stated = match value {
        Value::Text(text) => PartialDate::parse(text).or_else(|| date_of_words(text).ok()),
        Value::Number(number) => PartialDate::parse(&number.to_string()),
        Value::Month(first) => PartialDate::parse(&first.format("%Y-%m").to_string()),
        // A month that a spreadsheet program has made a day of.
        Value::Day(day) if day.day() == 1 && duty.fields.every == Every::Month => Every::Month.period_of(*day),
        _ => None,
    };
    let stated = stated.ok_or("none")?;
    if duty.fields.every.read(stated.as_str()).is_none() {
        return Err("length");
    }
    let period = duty.period(stated.as_str()).ok_or("outside")?;
    if period.from() > today { Err("future") } else { Ok(period) }
}
