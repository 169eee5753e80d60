//! The records of a workbook of Excel 97 to 2003, and their texts.

use super::super::words::Rich;
use super::container::u16_at;

/// The kinds of records that are read.
pub(super) mod kind {
    pub(in super::super) const FORMULA: u16 = 0x0006;
    pub(in super::super) const END: u16 = 0x000A;
    pub(in super::super) const DATE_MODE: u16 = 0x0022;
    pub(in super::super) const PASSWORD: u16 = 0x002F;
    pub(in super::super) const FONT: u16 = 0x0031;
    pub(in super::super) const CONTINUE: u16 = 0x003C;
    pub(in super::super) const COLUMNS: u16 = 0x007D;
    pub(in super::super) const SHEET: u16 = 0x0085;
    pub(in super::super) const NUMBERS: u16 = 0x00BD;
    pub(in super::super) const RICH_TEXT: u16 = 0x00D6;
    pub(in super::super) const STYLE: u16 = 0x00E0;
    pub(in super::super) const MERGES: u16 = 0x00E5;
    pub(in super::super) const STRINGS: u16 = 0x00FC;
    pub(in super::super) const SHARED_TEXT: u16 = 0x00FD;
    pub(in super::super) const REAL: u16 = 0x0203;
    pub(in super::super) const TEXT: u16 = 0x0204;
    pub(in super::super) const FLAG_OR_ERROR: u16 = 0x0205;
    pub(in super::super) const FORMULA_TEXT: u16 = 0x0207;
    pub(in super::super) const ROW: u16 = 0x0208;
    pub(in super::super) const NUMBER: u16 = 0x027E;
    pub(in super::super) const FORMAT: u16 = 0x041E;
    pub(in super::super) const BEGIN: u16 = 0x0809;
}

/// A record with the records that continue it.
pub(super) struct Record<'s> {
    pub kind: u16,
    pub parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    /// Returns the bytes of its first part.
    pub(super) fn data(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records of a stream from a place on.
pub(super) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Records<'s> {
    pub(super) fn new(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let (kind, length) = (u16_at(self.stream, self.at)?, u16_at(self.stream, self.at.checked_add(2)?)?);
        let start = self.at.checked_add(4)?;
        let data = self.stream.get(start..start.checked_add(usize::from(length))?)?;
        self.at = start + data.len();
        Some((kind, data))
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let (kind, data) = self.one()?;
        let mut record = Record { kind, parts: vec![data] };
        while u16_at(self.stream, self.at) == Some(kind::CONTINUE) {
            match self.one() {
                Some((_, data)) => record.parts.push(data),
                None => break,
            }
        }
        Some(record)
    }
}

/// A place in the parts of a record.
pub(super) struct Cursor<'r> {
    parts: &'r [&'r [u8]],
    part: usize,
    at: usize,
}

impl<'r> Cursor<'r> {
    pub(super) fn new(parts: &'r [&'r [u8]], at: usize) -> Self {
        Self { parts, part: 0, at }
    }

    fn rest(&self) -> &'r [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Goes to the next part, unless there are bytes in this one; `None` at the end.
    fn next_part(&mut self) -> Option<()> {
        while self.rest().is_empty() {
            self.part += 1;
            self.at = 0;
            self.parts.get(self.part)?;
        }
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        self.next_part()?;
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.next_part()?;
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// Reads so many units of a text, of one byte or two. At the beginning of a part a byte states which.
    fn units(&mut self, count: usize, mut is_wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::with_capacity(count.min(self.rest().len()));
        while units.len() < count {
            if self.rest().is_empty() {
                self.next_part()?;
                is_wide = self.byte()? & 1 == 1;
            }
            units.push(if is_wide { self.number()? } else { u16::from(self.byte()?) });
        }
        Some(units)
    }

    /// Reads a text without fonts, whose length is a byte or two.
    pub(super) fn plain(&mut self, has_short_length: bool) -> Option<String> {
        let count = if has_short_length { u16::from(self.byte()?) } else { self.number()? };
        let is_wide = self.byte()? & 1 == 1;
        self.units(count.into(), is_wide).map(|units| String::from_utf16_lossy(&units))
    }

    /// Reads a text with its fonts, as the list of texts has it.
    pub(super) fn rich(&mut self, struck: &[bool]) -> Option<Rich> {
        let count = self.number()?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 8 { self.number()? } else { 0 };
        let more = if flags & 4 == 4 { u32::from(self.number()?) | u32::from(self.number()?) << 16 } else { 0 };
        let units = self.units(count.into(), flags & 1 == 1)?;
        let mut fonts = Vec::new();
        for _ in 0..runs {
            fonts.push((self.number()?, self.number()?));
        }
        self.skip(usize::try_from(more).ok()?)?;
        Some(with_fonts(&units, &fonts, struck))
    }
}

/// Returns a text with its fonts: each begins at a unit. The font of the cell comes before the first.
pub(super) fn with_fonts(units: &[u16], fonts: &[(u16, u16)], struck: &[bool]) -> Rich {
    let mut rich = Rich::default();
    let (mut at, mut font) = (0, None);
    let end = u16::try_from(units.len()).unwrap_or(u16::MAX);
    for (begin, next) in fonts.iter().map(|(begin, font)| (*begin, Some(is_struck(*font, struck)))).chain([(end, None)])
    {
        let begin = usize::from(begin).clamp(at, units.len());
        let part = units.get(at..begin).unwrap_or_default();
        rich.push(&String::from_utf16_lossy(part), font);
        (at, font) = (begin, next);
    }
    rich
}

/// Checks whether a font strikes out. There is no font 4.
pub(super) fn is_struck(font: u16, struck: &[bool]) -> bool {
    let font = usize::from(font);
    struck.get(if font > 4 { font - 1 } else { font }).copied().unwrap_or_default()
}
