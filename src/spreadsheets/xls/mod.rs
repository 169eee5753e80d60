//! Reads the visible sheets of an `.xls` file of Excel 97 to 2003.

mod container;
mod records;

use std::collections::HashMap;

use self::container::{u16_at, u32_at};
use self::records::{Cursor, Record, Records, is_struck, kind, with_fonts};
use super::formats::{Format, HiddenKinds};
use super::sheet::{ReadLimits, Sheet, SheetRow};
use super::words::{CellContent, Rich, Words};
use super::{Book, LeftOut, LeftOutReason, Merge, ReadOptions, Value, note, refused};
use crate::error::Faults;

/// The maximum number of sheets and of texts.
const MOST_SHEETS: usize = 1_000;
const MOST_STRINGS: usize = 1_000_000;
/// The version of Excel 97 to 2003.
const EXCEL_97: u16 = 0x0600;

/// Reads the visible sheets of a workbook.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Book, Faults> {
    let stream = container::workbook(bytes)?.ok_or_else(|| refused("no_workbook"))?;
    let globals = Globals::read(&stream)?;
    let mut book = Book::default();
    let mut room = ReadLimits::default();
    for entry in &globals.sheets {
        match (entry.kind, entry.state) {
            (0, 0) => book.tables.push(globals.sheet(&stream, entry, &mut room)?.into_table(options)?),
            (0, _) => book.left_out.push(LeftOut::sheet(&entry.name, LeftOutReason::HiddenSheet)),
            _ => book.left_out.push(LeftOut::sheet(&entry.name, LeftOutReason::NoCells)),
        }
    }
    let macros: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(macros.len()).any(|window| window == macros) {
        book.notes.push(note("macros_ignored", Vec::new()));
    }
    Ok(book)
}

struct SheetEntry {
    name: String,
    place: usize,
    state: u8,
    kind: u8,
}

#[derive(Clone, Copy, Default)]
struct Style {
    format: Format,
    unseen: HiddenKinds,
    is_struck: bool,
}

/// The texts and styles to which the sheets refer.
#[derive(Default)]
struct Globals {
    sheets: Vec<SheetEntry>,
    strings: Vec<Words>,
    /// True for each font that strikes out.
    struck: Vec<bool>,
    styles: Vec<Style>,
    since_1904: bool,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Faults> {
        if u16_at(stream, 0) != Some(kind::BEGIN) || u16_at(stream, 4) != Some(EXCEL_97) {
            return Err(refused("xls_before_97"));
        }
        let mut globals = Self::default();
        let mut codes: HashMap<u16, (Format, HiddenKinds)> = HashMap::new();
        let mut styles: Vec<(u16, u16)> = Vec::new();
        for record in Records::new(stream, 0) {
            let data = record.data();
            match record.kind {
                kind::PASSWORD => return Err(refused("encrypted")),
                kind::DATE_MODE => globals.since_1904 = u16_at(data, 0) == Some(1),
                kind::FONT => globals.struck.push(u16_at(data, 2).is_some_and(|flags| flags & 8 == 8)),
                kind::FORMAT => {
                    let code = Cursor::new(&record.parts, 2).plain(false);
                    codes.extend(
                        u16_at(data, 0).zip(code.map(|code| (Format::of_code(&code), HiddenKinds::of_code(&code)))),
                    );
                }
                kind::STYLE => styles.extend(u16_at(data, 0).zip(u16_at(data, 2))),
                kind::SHEET => globals.sheets.extend(sheet_entry(&record)),
                kind::STRINGS => globals.read_strings(&record)?,
                kind::END => break,
                _ => {}
            }
            if globals.sheets.len() > MOST_SHEETS {
                return Err(refused("too_large"));
            }
        }
        let style = |(font, id): (u16, u16)| {
            let built_in = || (Format::built_in(id.into()), HiddenKinds::default());
            let (format, unseen) = codes.get(&id).copied().unwrap_or_else(built_in);
            Style { format, unseen, is_struck: is_struck(font, &globals.struck) }
        };
        globals.styles = styles.into_iter().map(style).collect();
        Ok(globals)
    }

    fn read_strings(&mut self, record: &Record<'_>) -> Result<(), Faults> {
        let count = u32_at(record.data(), 4).and_then(|count| usize::try_from(count).ok()).unwrap_or_default();
        if count > MOST_STRINGS {
            return Err(refused("too_large"));
        }
        let mut cursor = Cursor::new(&record.parts, 8);
        for _ in 0..count {
            let rich = cursor.rich(&self.struck).ok_or_else(|| refused("damaged"))?;
            self.strings.push(Words::new(rich));
        }
        Ok(())
    }

    fn sheet(&self, stream: &[u8], entry: &SheetEntry, room: &mut ReadLimits) -> Result<Sheet, Faults> {
        let mut reader = SheetReader { globals: self, rows: HashMap::new(), formula: None };
        let mut sheet = Sheet { name: entry.name.clone(), since_1904: self.since_1904, ..Sheet::default() };
        let mut depth = 0;
        for record in Records::new(stream, entry.place) {
            match record.kind {
                kind::BEGIN => depth += 1,
                kind::END if depth <= 1 => break,
                // A chart within the sheet.
                kind::END => depth -= 1,
                _ if depth == 1 => reader.record(&record, &mut sheet)?,
                _ => {}
            }
        }
        for (row, content) in reader.rows {
            sheet.add_row(u32::from(row) + 1, content, room)?;
        }
        Ok(sheet)
    }
}

fn sheet_entry(record: &Record<'_>) -> Option<SheetEntry> {
    let data = record.data();
    Some(SheetEntry {
        name: Cursor::new(&record.parts, 6).plain(true)?,
        place: usize::try_from(u32_at(data, 0)?).ok()?,
        state: data.get(4)? & 3,
        kind: *data.get(5)?,
    })
}

struct SheetReader<'g> {
    globals: &'g Globals,
    rows: HashMap<u16, SheetRow>,
    /// The cell whose formula gives a text, which follows.
    formula: Option<(u16, u16, Style)>,
}

impl SheetReader<'_> {
    fn record(&mut self, record: &Record<'_>, sheet: &mut Sheet) -> Result<(), Faults> {
        let data = record.data();
        match record.kind {
            kind::COLUMNS => sheet.hidden_columns.extend(hidden_columns(data)),
            kind::MERGES => sheet.merges.extend(data.get(2..).unwrap_or_default().chunks_exact(8).filter_map(merge)),
            kind::ROW => self.row(data),
            kind::NUMBERS => self.numbers(data)?,
            kind::FORMULA_TEXT => {
                if let Some((row, column, style)) = self.formula.take() {
                    let text = Cursor::new(&record.parts, 0).plain(false).unwrap_or_default();
                    self.add(row, column, text_in(&Words::of(&text), style))?;
                }
            }
            _ => {
                if let (Some(row), Some(column), Some(style)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4)) {
                    let style = self.style(style);
                    if let Some(content) = self.content(record, row, column, style)? {
                        self.add(row, column, content)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn style(&self, style: u16) -> Style {
        self.globals.styles.get(usize::from(style)).copied().unwrap_or_default()
    }

    fn add(&mut self, row: u16, column: u16, content: CellContent) -> Result<(), Faults> {
        self.rows.entry(row).or_default().add(column.into(), content)
    }

    /// Notes that a row is hidden.
    fn row(&mut self, data: &[u8]) {
        let is_hidden = u16_at(data, 12).is_some_and(|flags| flags & 0x20 == 0x20);
        if let Some(row) = u16_at(data, 0).filter(|_| is_hidden) {
            self.rows.entry(row).or_default().is_hidden = true;
        }
    }

    /// Reads the numbers of several cells side by side.
    fn numbers(&mut self, data: &[u8]) -> Result<(), Faults> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, six) in (first..=u16::MAX).zip(cells.chunks_exact(6)) {
            if let (Some(style), Some(packed)) = (u16_at(six, 0), u32_at(six, 2)) {
                let style = self.style(style);
                self.add(row, column, self.value(unpacked(packed), style))?;
            }
        }
        Ok(())
    }

    fn value(&self, number: f64, style: Style) -> CellContent {
        let value = number.is_finite().then(|| style.format.value(number, self.globals.since_1904));
        CellContent::of(value, style.is_struck).hidden_if(style.unseen.hides_number(number))
    }

    /// Returns the content of a single cell; `None` for other records, and for a text that follows.
    fn content(
        &mut self,
        record: &Record<'_>,
        row: u16,
        column: u16,
        style: Style,
    ) -> Result<Option<CellContent>, Faults> {
        let data = record.data();
        let content = match record.kind {
            kind::SHARED_TEXT => {
                let place = u32_at(data, 6).and_then(|place| usize::try_from(place).ok());
                let words = place.and_then(|place| self.globals.strings.get(place));
                text_in(words.ok_or_else(|| refused("damaged"))?, style)
            }
            kind::TEXT => text_in(&Words::of(&Cursor::new(&record.parts, 6).plain(false).unwrap_or_default()), style),
            kind::RICH_TEXT => text_in(&Words::new(self.rich_text(record)), style),
            kind::REAL => match real(data, 6) {
                Some(number) => self.value(number, style),
                None => return Ok(None),
            },
            kind::NUMBER => match u32_at(data, 6) {
                Some(packed) => self.value(unpacked(packed), style),
                None => return Ok(None),
            },
            kind::FLAG_OR_ERROR => match (data.get(6), data.get(7)) {
                (Some(value), Some(is_error)) => {
                    CellContent::of(Some(flag_or_error(*value, *is_error)), style.is_struck)
                }
                _ => return Ok(None),
            },
            kind::FORMULA => match (u16_at(data, 12), data.get(6), data.get(8)) {
                (Some(0xFFFF), Some(0), _) => {
                    self.formula = Some((row, column, style));
                    return Ok(None);
                }
                (Some(0xFFFF), Some(kind @ (1 | 2)), Some(value)) => {
                    CellContent::of(Some(flag_or_error(*value, kind - 1)), style.is_struck)
                }
                (Some(0xFFFF), ..) | (None, ..) => return Ok(None),
                _ => match real(data, 6) {
                    Some(number) => self.value(number, style),
                    None => return Ok(None),
                },
            },
            _ => return Ok(None),
        };
        Ok(Some(content))
    }

    /// Reads a text with fonts that is in its cell.
    fn rich_text(&self, record: &Record<'_>) -> Rich {
        let text = Cursor::new(&record.parts, 6).plain(false).unwrap_or_default();
        let units: Vec<u16> = text.encode_utf16().collect();
        let data = record.data();
        // The fonts are behind the text.
        let width = if data.get(8).is_some_and(|flags| flags & 1 == 1) { 2 } else { 1 };
        let behind = data.get(9 + units.len() * width..).unwrap_or_default();
        let fonts: Vec<(u16, u16)> = behind
            .get(2..)
            .unwrap_or_default()
            .chunks_exact(4)
            .filter_map(|four| u16_at(four, 0).zip(u16_at(four, 2)))
            .collect();
        with_fonts(&units, &fonts, &self.globals.struck)
    }
}

/// Returns the content of a text in a cell of this style.
fn text_in(words: &Words, style: Style) -> CellContent {
    words.content(style.is_struck).hidden_if(style.unseen.hides_text())
}

fn real(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..at + 8)?.try_into().ok().map(f64::from_le_bytes)
}

/// Returns a number that is packed in four bytes: a whole number or the upper half of a real one, possibly multiplied
/// by 100.
fn unpacked(packed: u32) -> f64 {
    let number = if packed & 2 == 2 {
        f64::from(packed.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(packed & 0xFFFF_FFFC) << 32)
    };
    if packed & 1 == 1 { number / 100.0 } else { number }
}

fn flag_or_error(value: u8, is_error: u8) -> Value {
    if is_error == 0 {
        return Value::Flag(value == 1);
    }
    let shown = match value {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    };
    Value::Broken(shown.into())
}

fn hidden_columns(data: &[u8]) -> Option<(u32, u32)> {
    let (first, last, flags) = (u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 8)?);
    (flags & 1 == 1).then(|| (first.into(), last.into()))
}

fn merge(region: &[u8]) -> Option<Merge> {
    let number = |at| u16_at(region, at).map(u32::from);
    Some(Merge {
        first_row: number(0)? + 1,
        last_row: number(2)? + 1,
        first_column: number(4)?,
        last_column: number(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_whole_or_real() {
        assert_eq!(unpacked(7 << 2 | 2), 7.0);
        assert_eq!(unpacked((-7_i32 << 2).cast_unsigned() | 3), -0.07);
        assert_eq!(unpacked((1.5_f64.to_bits() >> 32) as u32), 1.5);
    }

    #[test]
    fn texts_go_on_in_the_next_record_with_letters_of_another_width() {
        let parts: [&[u8]; 2] = [&[4, 0, 0, b'a', b'b'], &[1, 0xF1, 0, 0x20, 0x20]];
        assert_eq!(Cursor::new(&parts, 0).plain(false).as_deref(), Some("abñ\u{2020}"));
        let cut: [&[u8]; 1] = [&[4, 0, 0, b'a']];
        assert_eq!(Cursor::new(&cut, 0).plain(false), None);
    }
}
