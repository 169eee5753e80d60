//! Writes workbooks (XLSX) row by row to a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek};

use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, Format, FormatAlign, FormatBorder, Formula, Note,
    Workbook, Worksheet, XlsxError,
};

use super::sheets::{Cell, Heading, Rows};
use crate::error::{Code, Error, Result};
use crate::i18n::Lang;

/// The maximum length of a text in a cell, in UTF-16 units: Excel's own limit.
const LONGEST_TEXT: usize = 32_767;

/// The content of a cell of another file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Copied {
    Text(String),
    Number(f64),
    /// 0.5 is 50 %.
    Percent(f64),
    Flag(bool),
    Day(NaiveDate),
    /// The first day of a month, shown as month and year.
    Month(NaiveDate),
}

/// A workbook that is being written, one sheet after the other.
pub(crate) struct Book {
    workbook: Workbook,
    heading: Format,
    text: Format,
    day: Format,
    moment: Format,
    count: Format,
    /// The rows of the sheet that is being written, and the widths of its columns in characters.
    rows: u32,
    widths: Vec<u16>,
}

/// The least scale in percent: letters of 11 points are printed with 7.
const LEAST_SCALE: u16 = 64;

/// The pages on which a sheet is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Print {
    /// All columns beside each other on A4.
    A4,
    /// All columns beside each other on A3.
    A3,
    /// Groups of columns on several pages of A3.
    Divided,
}

impl Print {
    /// Returns the smallest paper on which the columns are legible.
    fn of(headings: &[Heading]) -> Self {
        // A column is 7 pixels wide for each character, and 5 more; 96 pixels are an inch. The margins take 0.8 inches.
        let width: u32 = headings.iter().map(|heading| u32::from(heading.width) * 7 + 5).sum();
        let room = |hundredths: u32| hundredths * 96 / u32::from(LEAST_SCALE);
        match width {
            _ if width <= room(1_089) => Self::A4,
            _ if width <= room(1_574) => Self::A3,
            _ => Self::Divided,
        }
    }
}

impl Book {
    /// Begins a workbook. The file states `made` as its date, so that the same content gives the same bytes.
    pub(crate) fn new(title: &str, lang: Lang, made: NaiveDate) -> Self {
        let mut workbook = Workbook::new();
        let midnight = made.and_time(chrono::NaiveTime::MIN).and_utc();
        workbook.set_properties(
            &DocProperties::new().set_title(title).set_author(super::author()).set_creation_datetime(&midnight),
        );
        let top = || Format::new().set_align(FormatAlign::Top);
        let days = if lang == Lang::Es { "dd/mm/yyyy" } else { "yyyy-mm-dd" };
        let moments = format!("{days} hh:mm");
        let heading =
            top().set_bold().set_text_wrap().set_background_color(0xE6_E6E6).set_border_bottom(FormatBorder::Thin);
        Self {
            workbook,
            heading,
            text: top().set_text_wrap(),
            day: top().set_num_format(days),
            moment: top().set_num_format(moments),
            count: top().set_num_format("#,##0"),
            rows: 0,
            widths: Vec::new(),
        }
    }

    /// Begins a sheet with headings that stay visible and have filters.
    pub(crate) fn sheet(&mut self, name: &str, headings: &[Heading]) -> Result<()> {
        self.sheet_of_records(name, headings, 1)
    }

    /// Begins such a sheet. If its columns need several pages beside each other, each page repeats the first ones, which
    /// name the record.
    pub(crate) fn sheet_of_records(&mut self, name: &str, headings: &[Heading], naming: u16) -> Result<()> {
        self.end_sheet()?;
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        sheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(failed)?;
        match Print::of(headings) {
            Print::A4 => sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0),
            Print::A3 => sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0),
            Print::Divided => {
                sheet.set_landscape().set_paper_size(8).set_print_scale(LEAST_SCALE).set_page_order(true);
                sheet.set_repeat_columns(0, naming.saturating_sub(1)).map_err(failed)?
            }
        };
        // Narrow margins keep the letters of a wide table as large as the page allows.
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&L&A&R&P / &N");
        sheet.set_repeat_rows(0, 0).map_err(failed)?;
        for (column, heading) in (0..).zip(headings) {
            sheet.set_column_width(column, heading.width).map_err(failed)?;
            sheet.write_string_with_format(0, column, &heading.text, &self.heading).map_err(failed)?;
        }
        let texts = headings.iter().map(|heading| lines(&heading.text, heading.width, BOLD));
        set_height(sheet, 0, texts.max().unwrap_or(1))?;
        (self.rows, self.widths) = (1, headings.iter().map(|heading| heading.width).collect());
        Ok(())
    }

    /// Offers these texts in the cells of a column of the present sheet, also below its last row. Other texts are
    /// accepted after a warning. A text must not contain a comma.
    pub(crate) fn offer(&mut self, column: u16, texts: &[String]) -> Result<()> {
        /// The rows below the last one in which somebody may add an entry.
        const MORE_ROWS: u32 = 500;
        let list = DataValidation::new()
            .allow_list_strings(texts)
            .map_err(failed)?
            .set_error_style(DataValidationErrorStyle::Warning);
        let last = self.rows + MORE_ROWS;
        sheet_of(&mut self.workbook)?.add_data_validation(1, column, last, column, &list).map_err(failed)?;
        Ok(())
    }

    /// Offers the texts of a range, such as `Listas!$A$2:$A$9`, in the cells of a column of the present sheet. Other texts
    /// are accepted after a warning.
    pub(crate) fn offer_range(&mut self, column: u16, range: &str) -> Result<()> {
        const ROWS: u32 = 500;
        let list = DataValidation::new()
            .allow_list_formula(Formula::new(format!("={range}")))
            .set_error_style(DataValidationErrorStyle::Warning);
        sheet_of(&mut self.workbook)?.add_data_validation(1, column, ROWS, column, &list).map_err(failed)?;
        Ok(())
    }

    /// Begins a sheet that repeats the rows of another file, each at its place (0 is the first row, and column A), with
    /// notes at some of its cells.
    pub(crate) fn copied_sheet(
        &mut self,
        name: &str,
        rows: &[(u32, Vec<(u16, Copied)>)],
        notes: &[(u32, u16, String)],
    ) -> Result<()> {
        self.end_sheet()?;
        (self.rows, self.widths) = (0, Vec::new());
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name).map_err(failed)?;
        let widths = copied_widths(rows);
        for (column, width) in &widths {
            sheet.set_column_width(*column, *width).map_err(failed)?;
        }
        let (percent, month) = (Format::new().set_num_format("0.##%"), Format::new().set_num_format("mm/yyyy"));
        for (row, cells) in rows {
            for (column, cell) in cells {
                match cell {
                    Copied::Text(text) => sheet.write_string_with_format(*row, *column, fitting(text), &self.text),
                    Copied::Number(number) => sheet.write_number(*row, *column, *number),
                    Copied::Percent(part) => sheet.write_number_with_format(*row, *column, *part, &percent),
                    Copied::Flag(flag) => sheet.write_boolean(*row, *column, *flag),
                    Copied::Day(day) => sheet.write_datetime_with_format(*row, *column, day, &self.day),
                    Copied::Month(first) => sheet.write_datetime_with_format(*row, *column, first, &month),
                }
                .map_err(failed)?;
            }
            let texts = cells.iter().map(|(column, cell)| match (cell, widths.get(column)) {
                (Copied::Text(text), Some(width)) => lines(text, *width, PLAIN),
                _ => 1,
            });
            set_height(sheet, *row, texts.max().unwrap_or(1))?;
        }
        for (row, column, text) in notes {
            let note = Note::new(text).set_author(super::author()).set_width(320).set_height(120);
            sheet.insert_note(*row, *column, &note).map_err(failed)?;
        }
        Ok(())
    }

    /// Sets the filter of the headings over all rows.
    fn end_sheet(&mut self) -> Result<()> {
        let columns = u16::try_from(self.widths.len()).map_err(Error::internal)?;
        let (Some(last_row), Some(last_column)) = (self.rows.checked_sub(1), columns.checked_sub(1)) else {
            return Ok(());
        };
        sheet_of(&mut self.workbook)?.autofilter(0, 0, last_row, last_column).map_err(failed)?;
        Ok(())
    }

    /// Returns the workbook as a temporary file without a name, ready to be read from its beginning.
    pub(crate) fn finish(mut self) -> Result<File> {
        self.end_sheet()?;
        let mut file = tempfile::tempfile().map_err(Error::internal)?;
        self.workbook.save_to_writer(BufWriter::new(&mut file)).map_err(failed)?;
        file.rewind().map_err(Error::internal)?;
        Ok(file)
    }
}

impl Rows for Book {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let (row, sheet) = (self.rows, sheet_of(&mut self.workbook)?);
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Nothing => Ok(&mut *sheet),
                Cell::Text(text) => sheet.write_string_with_format(row, column, fitting(text), &self.text),
                #[expect(clippy::cast_precision_loss, reason = "no count of people or sessions comes near 2^53")]
                Cell::Count(count) => sheet.write_number_with_format(row, column, *count as f64, &self.count),
                Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &self.text),
                Cell::Day(day) => sheet.write_datetime_with_format(row, column, day, &self.day),
                Cell::Moment(at) => sheet.write_datetime_with_format(row, column, at, &self.moment),
            }
            .map_err(failed)?;
        }
        let texts = cells.iter().zip(&self.widths).map(|(cell, width)| match cell {
            Cell::Text(text) => lines(text, *width, PLAIN),
            _ => 1,
        });
        set_height(sheet, row, texts.max().unwrap_or(1))?;
        self.rows += 1;
        Ok(())
    }
}

/// The parts of the width of a column's character that a small letter takes, in quarters; capitals take one more.
const PLAIN: usize = 4;
const BOLD: usize = 5;

/// The number of lines that a row may have: Excel's own limit is 409 points, a line has 15.
const MOST_LINES: usize = 27;

/// Returns the number of lines of a text in a column: a word without room goes to the next line, and a word that is wider
/// than the column is divided. It counts no further than a row can be high.
fn lines(text: &str, width: u16, letter: usize) -> usize {
    let room = usize::from(width.max(1)) * 4;
    let mut lines = 0;
    for line in text.split('\n') {
        lines += 1;
        let mut used = 0;
        for word in line.split(' ') {
            let own: usize = word.chars().map(|c| letter + usize::from(c.is_uppercase())).sum();
            if used > 0 && used + letter + own > room {
                lines += 1;
                used = 0;
            }
            used += own + if used > 0 { letter } else { 0 };
            let divisions = used.saturating_sub(1) / room;
            (lines, used) = (lines + divisions, used - divisions * room);
            if lines >= MOST_LINES {
                return MOST_LINES;
            }
        }
    }
    lines
}

/// Makes a row as high as its lines need, because not all programs do so when they open a file. A row of one line keeps its
/// own height, which grows when somebody types a longer text.
fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<()> {
    const LINE: f64 = 15.0;
    let lines = u8::try_from(lines.min(MOST_LINES)).map_err(Error::internal)?;
    if lines > 1 {
        sheet.set_row_height(row, f64::from(lines) * LINE).map_err(failed)?;
    }
    Ok(())
}

/// Returns the widths of the columns of a copied sheet: those of their texts, within limits.
fn copied_widths(rows: &[(u32, Vec<(u16, Copied)>)]) -> BTreeMap<u16, u16> {
    const NARROWEST: u16 = 12;
    const WIDEST: u16 = 50;
    let mut widths = BTreeMap::new();
    for (column, cell) in rows.iter().flat_map(|(_, cells)| cells) {
        let own = match cell {
            Copied::Text(text) => text.lines().map(|line| line.chars().count()).max().unwrap_or_default(),
            _ => 0,
        };
        let own = u16::try_from(own.saturating_add(2)).unwrap_or(WIDEST).clamp(NARROWEST, WIDEST);
        let width = widths.entry(*column).or_insert(own);
        *width = own.max(*width);
    }
    widths
}

fn sheet_of(workbook: &mut Workbook) -> Result<&mut Worksheet> {
    workbook.worksheets_mut().last_mut().ok_or_else(|| Error::internal("no sheet was begun"))
}

/// Returns a text that fits into a cell: a longer one is cut and ends with `…`.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < LONGEST_TEXT
    });
    kept.chain(std::iter::once('…')).collect()
}

fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::new(Code::Unavailable).because(error),
        other => Error::internal(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paper_follows_the_width_of_the_columns() {
        let of = |widths: &[u16]| {
            Print::of(&widths.iter().map(|width| Heading { text: String::new(), width: *width }).collect::<Vec<_>>())
        };
        assert_eq!(of(&[30, 110]), Print::A4);
        assert_eq!(of(&[50; 5]), Print::A3);
        assert_eq!(of(&[50; 8]), Print::Divided);
    }

    #[test]
    fn the_lines_of_a_text_follow_the_width_of_its_column() {
        assert_eq!(lines("", 10, PLAIN), 1);
        assert_eq!(lines("uno dos", 10, PLAIN), 1);
        assert_eq!(lines("uno dos tres", 10, PLAIN), 2, "a word without room goes to the next line");
        assert_eq!(lines("uno\ndos\n\ntres", 10, PLAIN), 4, "its own lines count");
        assert_eq!(lines(&"a".repeat(25), 10, PLAIN), 3, "a long word is divided");
        assert_eq!(lines("dos palabras", 12, PLAIN), 1);
        assert_eq!(lines("DOS PALABRAS", 12, PLAIN), 2, "capitals are wider");
        assert_eq!(lines("dos palabras", 12, BOLD), 2, "so are bold letters");
        assert_eq!(lines(&"palabra ".repeat(10_000), 10, PLAIN), MOST_LINES);
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_and_says_so() {
        assert_eq!(fitting("corto"), "corto");
        let cut = fitting(&"🙂".repeat(20_000));
        assert!(cut.encode_utf16().count() <= LONGEST_TEXT && cut.ends_with('…'));
    }
}
