//! Follow-up matrices, the spreadsheets (`.xlsx` or `.csv`) in which secretariats keep commitments: import and export.
//!
//! ```text
//! file --reading--> Grid --columns--> MatrixSheet --row, terms, words--> ParsedRow
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
//! Up to `changes` nothing is written. A cell that is not understood is a fault, never a guess; with any fault nothing is
//! written. `columns` has the headings for import and export; `writer` exports.
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
mod api;
mod changes;
mod columns;
mod execute;
mod model;
mod notifications;
mod progress;
mod reading;
mod resolve;
mod row;
mod snapshot;
mod store;
mod terms;
mod undo;
mod web;
mod words;
mod writer;

pub use actions::{Matrices, Target, import_matrices, read_matrices, refused_matrices};
pub(crate) use api::routes;
pub use model::MatrixReport;
pub(crate) use web::pages;
pub(crate) use writer::{MatrixQuery, matrix_csv, matrix_workbook};
