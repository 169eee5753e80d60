//! Follow-up matrices as secretariats keep them, `.xlsx` or `.csv`: read, understood, set against the record, brought in.
//!
//! `reading` turns bytes into cells within fixed memory and time; `table` finds headings; `words` says what headings,
//! terms, states and names mean; `stated` and `due` read a row; `plan`, `contradictions`, `changes` and `progress` decide,
//! without writing, what becomes of each row; `write` and `carry` carry that out through the slices' own actions. What is
//! not understood is a fault at its cell, never a guess; with any fault nothing is written.
//!
//! A row is known by its commitment's code, else by commission, session, agreement and words; brought in again it
//! changes nothing. An empty cell says nothing, and an institution that a row does not name stays. Rows of one commitment
//! must not contradict each other; a row of an institution with a term of its own tells of that term alone.
//!
//! Imports of one country come one after the other. What is to be changed is held, and must still be what was read.
//!
//! Admins, the country's coordinator and the commission's secretariat import its matrix. A part that a matrix states as
//! done becomes a report with the importer as author, which waits for the review of another person.
//!
//! A dry run reads the matrix first. When that shows no fault, it does all of the above on a private copy of the
//! database.
//!
//! Each import is kept with what it did, and can be **undone** as long as nobody has built upon it.

mod actions;
mod agreed;
mod api;
mod carry;
mod changes;
mod contradictions;
mod due;
mod effects;
mod made;
mod plan;
mod progress;
mod reading;
mod report;
mod scene;
mod sessions;
mod stated;
mod store;
mod table;
mod undo;
mod words;
mod write;
mod writer;

pub use actions::{Matrices, Target, import_matrices, read_matrices, refused_matrices};
pub use api::routes;
pub use report::MatrixReport;
pub use writer::{Matrix, matrix_csv, matrix_workbook};
