//! The follow-up matrix of a country or commission as a spreadsheet.

mod api;
mod matrix;

pub use api::routes;
pub use matrix::{Matrix, matrix_csv, matrix_workbook};

use crate::i18n::word;
