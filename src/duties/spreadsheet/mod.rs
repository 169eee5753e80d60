//! The matrix of a duty as a spreadsheet to fill in: a row for each institution and field, a column for each period.
//!
//! ```text
//! reports --writing--> sheet of the workbook --a person fills it in--> file
//! file --reading--> SentSheets --cells--> Statement (institution, period, field, value) --plan--> Change (a whole report)
//! ```
//!
//! ```text
//! Institución | Dato         | 2023-Q1       | 2023-Q2
//! Región 01   | Inspecciones | 5             | 0          five; zero
//! Región 01   | Cobertura    | 12.5          |            12.5 %; not known
//! Región 01   | Descripción  | Hubo cinco    |
//! Región 02   | Inspecciones | Sin novedades |            nothing to report; no report
//! Región 02   | Cobertura    | Sin novedades |
//! ```
//!
//! An empty cell states nothing: the value stays as it is. `0` is zero. The word "Sin novedades" ("Nothing to report") in the
//! row of a number states that there is nothing to report on the period, and excludes values in its other rows; in the row
//! of a text it does so if no other row of the institution has a value for the period. The last row of each institution
//! has the description of the report.
//!
//! A cell that is not understood is a fault with its place, never a guess; with any fault nothing is written. What the
//! reports already state changes nothing, so that a file can be imported twice. A duty of one field may be filled in with
//! institutions and periods alone.
//!
//! `words` has the headings and words in every language; `writing` writes the sheet; `reading` finds the sheets of a file,
//! and their columns; `cells` reads the rows; `plan` compares what they state with the newest reports. A report that a file
//! changes keeps its evidence and all values that the file does not state. A person sees the plan first, and then sends the
//! same file again to carry it out.

mod cells;
mod plan;
mod reading;
mod words;
mod writing;

pub(crate) use cells::{Names, statements};
pub(crate) use plan::{Change, Held, Plan, plan};
pub(crate) use reading::{SentSheets, read_sheets};
pub(crate) use writing::write_values;
