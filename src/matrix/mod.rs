//! Follow-up matrices, the spreadsheets (`.xlsx`, `.ods`, `.xls` or `.csv`) in which secretariats keep commitments:
//! import and export.
//!
//! ```text
//! file --reading--> Book --headings, sheets--> MatrixSheet --row, terms, states, words--> ParsedRow
//!                                                                            |
//!   database --snapshot--> Snapshot -----------------resolve------------->---+
//!                             |                                              |
//!                             |                                         ResolvedRow --> RowReport (model)
//!                             +--------------changes, progress------------->-+
//!                                                                            |
//!                                                       CommitmentChange (CommitmentInput, Step)
//!                                                                            |
//!                                            execute: the actions of meetings, agreements, commitments
//!                                                                            |
//!                                                                  Effect (model, stored for undo)
//! ```
//!
//! Up to `changes` nothing is written. A cell that is not understood is a fault, never a guess; with any fault nothing
//! is written. `asking` adds a question if a cell has several meanings; `choices` has the answers, and the columns that
//! a person names by hand; `contents` gives each content its column. `understood` has the types that state how every column and row was understood, `understanding` fills
//! those of rows, and `places` states in words what was left out. `columns` has the headings for import and export; `writer` exports.
//!
//! A row belongs to the commitment with its code, else with its commission, session, agreement and text; a second import
//! of the same file changes nothing. An empty cell changes nothing, and an institution that a row does not name stays.
//! Rows of one commitment must not contradict each other; a row of an institution with a term of its own states that
//! term alone.
//!
//! Imports of one country run one after the other. Commitments that change are locked, and must not have changed since
//! they were read. A dry run reads the matrix first; if that shows no fault, it executes the import on a private copy of
//! the database. Each import is stored with its effects, and can be **undone** as long as nobody has changed its records.
//!
//! Admins, the country's coordinator and the commission's secretariat import its matrix. A part that a matrix states as
//! completed becomes a report by the importer, which another person must review.

mod actions;
mod annotated;
mod api;
mod asking;
mod changes;
mod choices;
mod columns;
mod contents;
mod doubts;
mod equal_names;
mod execute;
#[cfg(test)]
mod fuzz;
mod headings;
mod institutions_column;
mod kinds;
mod model;
mod notifications;
mod numbers;
mod parsed;
mod places;
mod progress;
mod questions;
mod replaced;
mod resolve;
mod row;
mod sheets;
mod snapshot;
mod states;
mod store;
mod template;
mod terms;
mod understanding;
mod understood;
mod undo;
mod web;
mod words;
mod writer;

pub(crate) use actions::read_chosen;
pub use actions::{Matrices, Target, import_matrices, read_matrices, refused_matrices};
pub(crate) use api::routes;
pub(crate) use choices::Choices;
pub use equal_names::{EqualName, equal_names};
pub use model::MatrixReport;
pub(crate) use model::RowReport;
pub(crate) use understood::LeftOutPlace;
pub(crate) use web::pages;
pub(crate) use writer::{MatrixQuery, matrix_csv, matrix_workbook};
