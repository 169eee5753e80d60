//! Reads the cells of a worksheet.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::super::sheet::{ReadLimits, Sheet, SheetRow};
use super::super::words::{CellContent, Words};
use super::super::xml::{Xml, attribute, is_set, number};
use super::super::{Merge, Value, refused};
use super::strings;
use super::styles::Style;
use crate::error::Faults;

/// The highest number of a row, and of a column.
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;

/// The texts and styles to which the cells of all sheets refer.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub strings: Vec<Words>,
    pub styles: Vec<Style>,
    pub since_1904: bool,
    /// The workbook was written by a program that calculates nothing: the value 0 of a formula is not a result.
    pub is_uncalculated: bool,
}

/// Reads a worksheet.
pub(super) fn read(part: &str, name: &str, shared: &Shared, room: &mut ReadLimits) -> Result<Sheet, Faults> {
    let mut reader = CellReader { xml: Xml::new(part), shared, buffer: String::new() };
    let mut sheet = Sheet { name: name.to_owned(), since_1904: shared.since_1904, ..Sheet::default() };
    let mut is_worksheet = false;
    let mut last_row = 0;
    while let Some(event) = reader.xml.next()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "sheetData" => is_worksheet = true,
            "row" => {
                let (row_number, row) = reader.row(&element, last_row + 1)?;
                last_row = row_number;
                sheet.add_row(row_number, row, room)?;
            }
            "col" => sheet.hidden_columns.extend(hidden_columns(&element)),
            "mergeCell" => sheet.merges.extend(attribute(&element, "ref").and_then(|range| merge(&range))),
            _ => {}
        }
    }
    if is_worksheet { Ok(sheet) } else { Err(refused("damaged")) }
}

/// Returns the first and last column of an element that hides columns.
fn hidden_columns(element: &BytesStart<'_>) -> Option<(u32, u32)> {
    let is_hidden = is_set(element, "hidden") || number::<f64>(element, "width") == Some(0.0);
    let (first, last) = (number::<u32>(element, "min")?, number::<u32>(element, "max")?);
    (is_hidden && first > 0).then(|| (first - 1, last.saturating_sub(1)))
}

/// Reads `B2:D5`.
fn merge(range: &str) -> Option<Merge> {
    let (start, end) = range.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place(start)?, place(end)?);
    (first_row <= last_row && first_column <= last_column).then_some(Merge {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}

/// Reads the row and the column of `AB12`, with or without `$`.
fn place(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim().trim_start_matches('$');
    let at = reference.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = reference.split_at(at);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let value = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + value(letter));
    let row: u32 = digits.trim_start_matches('$').parse().ok()?;
    ((1..=LAST_ROW).contains(&row) && column <= LAST_COLUMN).then(|| (row, column - 1))
}

struct CellReader<'t> {
    xml: Xml<'t>,
    shared: &'t Shared,
    buffer: String,
}

/// The attributes of a cell.
#[derive(Default)]
struct Head<'e> {
    place: Option<(u32, u32)>,
    style: usize,
    kind: Cow<'e, str>,
}

impl<'e> Head<'e> {
    fn new(element: &'e BytesStart<'_>) -> Result<Self, Faults> {
        let mut head = Self::default();
        for one in element.attributes().with_checks(false).flatten() {
            match one.key.as_ref() {
                "r" => head.place = Some(place(&one.value).ok_or_else(|| refused("damaged"))?),
                "s" => head.style = one.value.trim().parse().unwrap_or_default(),
                "t" => head.kind = one.value,
                _ => {}
            }
        }
        Ok(head)
    }
}

impl CellReader<'_> {
    /// Reads a row, which has this number unless it or its first cell states another.
    fn row(&mut self, element: &BytesStart<'_>, next: u32) -> Result<(u32, SheetRow), Faults> {
        let is_flat = || number::<f64>(element, "ht") == Some(0.0);
        let mut row = SheetRow { is_hidden: is_set(element, "hidden") || is_flat(), ..SheetRow::default() };
        let mut stated: Option<u32> = number(element, "r");
        let mut column = 0;
        loop {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) if element.local_name().as_ref() == "c" => {
                    let head = Head::new(&element)?;
                    if let Some((number, stated_column)) = head.place {
                        column = stated_column;
                        stated = stated.or(Some(number));
                    }
                    self.cell(&head, column, &mut row)?;
                    column += 1;
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => break,
                _ => {}
            }
        }
        let number = stated.unwrap_or(next);
        if (1..=LAST_ROW).contains(&number) { Ok((number, row)) } else { Err(refused("damaged")) }
    }

    /// Reads a cell into its row.
    fn cell(&mut self, head: &Head<'_>, column: u32, row: &mut SheetRow) -> Result<(), Faults> {
        let (mut words, mut is_formula) = (None, false);
        self.buffer.clear();
        loop {
            match self.xml.next()?.ok_or_else(|| refused("damaged"))? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => {
                        self.buffer.clear();
                        self.xml.text(&mut self.buffer)?;
                    }
                    "is" => words = Some(strings::words(&mut self.xml)?),
                    "f" => {
                        is_formula = true;
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(_) => break,
                _ => {}
            }
        }
        let style = self.shared.styles.get(head.style).copied().unwrap_or_default();
        let content = match (words, head.kind.as_ref()) {
            (Some(words), _) => words.content(style.is_struck),
            (None, "s") if !self.buffer.is_empty() => self.shared_words()?.content(style.is_struck),
            (None, "str") => Words::of(&self.buffer).content(style.is_struck),
            (None, kind) => CellContent::of(self.value(kind, style, is_formula), style.is_struck),
        };
        let is_unseen = match head.kind.as_ref() {
            "" | "n" => self.buffer.trim().parse().is_ok_and(|number| style.unseen.hides_number(number)),
            "b" | "e" => false,
            _ => style.unseen.hides_text(),
        };
        row.add(column, content.hidden_if(is_unseen))
    }

    fn shared_words(&self) -> Result<&'_ Words, Faults> {
        let place: Option<usize> = self.buffer.trim().parse().ok();
        place.and_then(|place| self.shared.strings.get(place)).ok_or_else(|| refused("damaged"))
    }

    /// Returns the value of a cell that is not a text.
    fn value(&self, kind: &str, style: Style, is_formula: bool) -> Option<Value> {
        let text = self.buffer.trim();
        let has_no_result = text.is_empty() || (text == "0" && self.shared.is_uncalculated);
        if is_formula && has_no_result {
            return Some(Value::NoResult);
        }
        match kind {
            _ if text.is_empty() => None,
            "b" => Some(Value::Flag(matches!(text, "1" | "true"))),
            "e" => Some(Value::Broken(text.into())),
            "d" => {
                let day = text.get(..10).and_then(crate::dates::parse_day);
                day.map(|day| style.format.of_day(day)).or_else(|| Value::text(text))
            }
            _ => match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => Some(style.format.value(number, self.shared.since_1904)),
                None => Value::text(text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_places() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("$XFD$1048576"), Some((1_048_576, 16_383)));
        assert_eq!([place("XFE1"), place("A0"), place("7"), place("AAAA1"), place(""), place("ñ1")], [None; 6]);
        let expected = Merge { first_row: 2, last_row: 5, first_column: 1, last_column: 3 };
        assert_eq!(merge("B2:D5"), Some(expected));
        assert_eq!((merge("D5:B2"), merge("B2")), (None, None));
    }
}
