//! A table as CSV: UTF-8 with a byte order mark, days as `2023-06-30`.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use super::formulas::guarded;
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
        Cell::Text(text) => guarded(text),
        Cell::Count(count) => count.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_a_figure() {
        assert_eq!(shown(&Cell::Count(-1)), "-1");
        assert_eq!(shown(&Cell::Text("-1".into())), "'-1");
    }
}
