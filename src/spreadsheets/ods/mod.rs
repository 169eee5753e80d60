//! Reads the visible sheets of an `.ods` file.

mod styles;

use std::collections::HashMap;

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};

use self::styles::{Style, Styles};
use super::archive::Archive;
use super::formats::Format;
use super::sheet::{ReadLimits, Sheet, SheetRow};
use super::words::{CellContent, Rich, Words};
use super::xml::{Xml, attribute, number, push_text};
use super::{Book, LeftOut, LeftOutReason, MOST_COLUMNS, Merge, ReadOptions, Value, refused};
use crate::error::Faults;

/// The highest number of a row.
const LAST_ROW: u32 = 1_048_576;

/// Reads the visible sheets of a document.
pub(super) fn read(mut archive: Archive<'_>, options: &ReadOptions) -> Result<Book, Faults> {
    if archive.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(refused("encrypted"));
    }
    let mut styles = Styles::default();
    if let Some(part) = archive.part("styles.xml")? {
        styles.add(&part)?;
    }
    let content = archive.part("content.xml")?.ok_or_else(|| refused("damaged"))?;
    styles.add(&content)?;
    let mut reader = OdsReader { xml: Xml::new(&content), styles, known: HashMap::new(), room: ReadLimits::default() };
    let mut book = Book::default();
    let mut is_spreadsheet = false;
    while let Some(event) = reader.xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "spreadsheet" => is_spreadsheet = true,
            "table" if is_spreadsheet => {
                let name = attribute(&element, "name").unwrap_or_default().into_owned();
                let style = attribute(&element, "style-name").unwrap_or_default();
                if reader.styles.is_hidden_table(&style) {
                    book.left_out.push(LeftOut::sheet(&name, LeftOutReason::HiddenSheet));
                    reader.xml.skip()?;
                } else {
                    book.tables.push(reader.table(name)?.into_table(options)?);
                }
            }
            // Deleted cells that are kept in the record of changes are not part of a sheet.
            "tracked-changes" | "named-expressions" | "database-ranges" | "data-pilot-tables" => reader.xml.skip()?,
            _ => {}
        }
    }
    if is_spreadsheet { Ok(book) } else { Err(refused("no_workbook")) }
}

struct OdsReader<'t> {
    xml: Xml<'t>,
    styles: Styles,
    /// The styles of cells that were looked up before.
    known: HashMap<String, Style>,
    room: ReadLimits,
}

/// The styles of the columns: the last column, and the style of cells that have none of their own.
type Columns = Vec<(u32, String)>;

impl OdsReader<'_> {
    /// Reads the sheet that was started last.
    fn table(&mut self, name: String) -> Result<Sheet, Faults> {
        let mut sheet = Sheet { name, ..Sheet::default() };
        let mut columns: Columns = Vec::new();
        let (mut depth, mut row, mut column) = (1, 1, 0);
        while depth > 0 {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        let repeated = repeats(&element, "number-rows-repeated");
                        self.row(&element, row, repeated, &columns, &mut sheet)?;
                        row = row.saturating_add(repeated);
                    }
                    "table-column" => {
                        let last = column + repeats(&element, "number-columns-repeated").min(LAST_ROW);
                        if is_hidden(&element) {
                            sheet.hidden_columns.push((column, last - 1));
                        }
                        let style = attribute(&element, "default-cell-style-name").unwrap_or_default();
                        columns.push((last, style.into_owned()));
                        column = last.min(LAST_ROW);
                        self.xml.skip()?;
                    }
                    "table-rows"
                    | "table-header-rows"
                    | "table-row-group"
                    | "table-columns"
                    | "table-header-columns"
                    | "table-column-group" => depth += 1,
                    _ => self.xml.skip()?,
                },
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// Reads the row that was started last, which may be repeated.
    fn row(
        &mut self,
        element: &BytesStart<'_>,
        number: u32,
        repeated: u32,
        columns: &Columns,
        sheet: &mut Sheet,
    ) -> Result<(), Faults> {
        let is_hidden = is_hidden(element);
        let mut row = SheetRow { is_hidden, ..SheetRow::default() };
        let mut column: u32 = 0;
        loop {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) => {
                    let is_cell = matches!(element.local_name().as_ref(), "table-cell" | "covered-table-cell");
                    let times = repeats(&element, "number-columns-repeated");
                    if !is_cell {
                        self.xml.skip()?;
                        continue;
                    }
                    sheet.merges.extend(merge(&element, number, column));
                    let content = self.cell(&element, column, columns)?;
                    if content != CellContent::default() {
                        for at in column..column.saturating_add(times).min(MOST_COLUMNS + 1) {
                            row.add(at, content.clone())?;
                        }
                    }
                    column = column.saturating_add(times);
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        if row.is_empty() {
            return Ok(());
        }
        for at in number..number.saturating_add(repeated) {
            if at > LAST_ROW {
                return Err(refused("rows_in_all"));
            }
            let copy = row.clone();
            sheet.add_row(at, copy, &mut self.room)?;
        }
        Ok(())
    }

    /// Reads the cell that was started last.
    fn cell(&mut self, element: &BytesStart<'_>, column: u32, columns: &Columns) -> Result<CellContent, Faults> {
        let default = || {
            let at = columns.partition_point(|(last, _)| *last <= column);
            columns.get(at).map(|(_, style)| style.clone()).unwrap_or_default()
        };
        let style = attribute(element, "style-name").map_or_else(default, std::borrow::Cow::into_owned);
        let style = *self.known.entry(style).or_insert_with_key(|name| self.styles.cell(name));
        let is_struck = style.is_struck.unwrap_or_default();
        let (rich, has_paragraph) = self.paragraphs()?;
        let words = Words::new(rich);
        let Some(kind) = kind(element) else {
            // A formula whose result is an empty text has an empty paragraph.
            let has_no_result = attribute(element, "formula").is_some() && !has_paragraph;
            return Ok(match has_no_result {
                true => CellContent::of(Some(Value::NoResult), is_struck),
                false => words.content(is_struck),
            });
        };
        let typed = match kind.as_str() {
            "error" => words.content(false).visible.map(|text| Value::Broken(text.shown().into())),
            "float" | "currency" => number(element, "value").map(Value::Number),
            "percentage" => number(element, "value").map(Value::Percent),
            "boolean" => attribute(element, "boolean-value").map(|value| Value::Flag(value == "true")),
            "date" => attribute(element, "date-value").and_then(|value| day(&value, style.format)),
            "string" if matches!(words, Words::Empty) => {
                attribute(element, "string-value").and_then(|text| Value::text(&text))
            }
            _ => None,
        };
        let finite = |value: &Value| !matches!(value, Value::Number(n) | Value::Percent(n) if !n.is_finite());
        // The paragraph of a value that its format hides is empty.
        let is_unseen = has_paragraph && matches!(words, Words::Empty) && kind != "boolean";
        Ok(match typed.filter(finite) {
            Some(value) => CellContent::of(Some(value), is_struck).hidden_if(is_unseen),
            None => words.content(is_struck),
        })
    }

    /// Reads the paragraphs of the cell that was started last, if it has any. Its notes and drawings are not part of
    /// its text.
    fn paragraphs(&mut self) -> Result<(Rich, bool), Faults> {
        let mut rich = Rich::default();
        let mut has_paragraph = false;
        loop {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) if matches!(element.local_name().as_ref(), "p" | "h") => {
                    if has_paragraph {
                        rich.push("\n", None);
                    }
                    has_paragraph = true;
                    self.paragraph(&mut rich)?;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => return Ok((rich, has_paragraph)),
                _ => {}
            }
        }
    }

    /// Reads the paragraph that was started last.
    fn paragraph(&mut self, rich: &mut Rich) -> Result<(), Faults> {
        // The fonts of the elements that are open.
        let mut fonts: Vec<Option<bool>> = vec![None];
        let mut text = String::new();
        while let Some(font) = fonts.last().copied() {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "s" => {
                        let count = number::<usize>(&element, "c").unwrap_or(1).min(1_000);
                        rich.push(&" ".repeat(count), font);
                        self.xml.skip()?;
                    }
                    "tab" | "line-break" => {
                        rich.push(if element.local_name().as_ref() == "tab" { "\t" } else { "\n" }, font);
                        self.xml.skip()?;
                    }
                    "annotation" | "note" | "ruby-text" => self.xml.skip()?,
                    "span" => {
                        let name = attribute(&element, "style-name").unwrap_or_default();
                        fonts.push(self.styles.is_struck("text", &name).or(font));
                    }
                    _ => fonts.push(font),
                },
                Event::End(_) => drop(fonts.pop()),
                event => {
                    text.clear();
                    push_text(&event, &mut text)?;
                    rich.push(&text, font);
                }
            }
        }
        Ok(())
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    number::<u32>(element, name).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

/// Returns the kind of a value. LibreOffice states errors beside the kind that the format has.
fn kind(element: &BytesStart<'_>) -> Option<String> {
    let mut kind = None;
    for one in element.attributes().with_checks(false).flatten() {
        if one.key.local_name().as_ref() == "value-type" {
            if one.value == "error" {
                return Some("error".to_owned());
            }
            kind = kind.or_else(|| Some(one.value.into_owned()));
        }
    }
    kind
}

/// Returns the region that a cell begins.
fn merge(element: &BytesStart<'_>, row: u32, column: u32) -> Option<Merge> {
    let span = |name| number::<u32>(element, name).unwrap_or(1).clamp(1, LAST_ROW);
    let (rows, columns) = (span("number-rows-spanned"), span("number-columns-spanned"));
    (rows > 1 || columns > 1).then(|| Merge {
        first_row: row,
        last_row: row.saturating_add(rows - 1),
        first_column: column,
        last_column: column.saturating_add(columns - 1),
    })
}

/// Reads `2027-09-30` or `2027-09-30T00:00:00`, as the format shows it.
fn day(value: &str, format: Format) -> Option<Value> {
    let day: NaiveDate = crate::dates::parse_day(value.get(..10)?)?;
    Some(format.of_day(day))
}
