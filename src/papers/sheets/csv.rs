//! A table as CSV: UTF-8 with a byte order mark, days as `2023-06-30`.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use super::{Cell, Heading, Rows, Separator};
use crate::error::{Error, Result};

/// A CSV on its way to a file without a name, which is gone when nobody reads it any more.
pub struct CsvTable(csv::Writer<BufWriter<File>>);

impl CsvTable {
    pub fn new(separator: Separator, headings: &[Heading]) -> Result<Self> {
        let mut file = BufWriter::new(tempfile::tempfile().map_err(Error::internal)?);
        file.write_all(b"\xEF\xBB\xBF").map_err(Error::internal)?;
        let delimiter = if separator == Separator::Semicolon { b';' } else { b',' };
        let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(file);
        table.write_record(headings.iter().map(|heading| &heading.text)).map_err(Error::internal)?;
        Ok(Self(table))
    }

    /// The file, to be read from its beginning.
    pub fn finish(self) -> Result<File> {
        let mut file = self.0.into_inner().map_err(Error::internal)?.into_inner().map_err(Error::internal)?;
        file.rewind().map_err(Error::internal)?;
        Ok(file)
    }
}

impl Rows for CsvTable {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        self.0.write_record(cells.iter().map(shown)).map_err(Error::internal)
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Count(count) => count.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

/// Text of which no spreadsheet takes a part for a formula: an apostrophe stands before whatever would begin one, at
/// the beginning and after a sign at which a program of another country, or one that knows no quotes, begins a cell.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(['\t', '\r']) {
        safe.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@') {
            safe.push('\'');
        }
        begins = matches!(c, ',' | ';' | '\t' | '\r' | '\n') || begins && matches!(c, ' ' | '"');
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("@a", "'@a"),
            ("\tx", "'\tx"),
            ("-1", "'-1"),
            (" =1", " '=1"),
            ("Taller;=cmd|'/C calc'!A0", "Taller;'=cmd|'/C calc'!A0"),
            ("a, +1;\"=2\"", "a, '+1;\"'=2\""),
            ("uno\n-dos\r\n@tres\t=4", "uno\n'-dos\r\n'@tres\t'=4"),
            ("Taller; 2+2=4, tele-trabajo", "Taller; 2+2=4, tele-trabajo"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), safe);
        }
        assert_eq!(shown(&Cell::Count(-1)), "-1", "a figure is a figure");
    }
}
