//! The annual progress report on Target 8.7: questionnaire, drafting, answers, suggestions.
//!
//! A report is **drafted** from the record when it is begun and whenever somebody asks for it anew. What a person has
//! **edited** is never drafted over. Drafts are kept in Spanish and English and read in the reader's language; a
//! person's words stay as they were written. Figures are grouped as the country writes them.
//!
//! A report is a **draft** until it is **approved**: no answer may have an error then. What was signed is frozen, with the
//! records that it cites, under the SHA-256 of its own text; from then on the report and its documents are read from that
//! copy alone, and every write is a 409. A new **version** begins with the answers of the approved one.
//!
//! Reports belong to the coordinators of the country and to admins; for everybody else they do not exist.

mod actions;
mod answers;
mod api;
mod comparison;
mod document;
mod drafting;
mod findings;
mod form;
mod frozen;
mod model;
mod questionnaire;
mod reading;
mod records;
mod store;
mod suggestions;

pub use actions::sketch as draft;
pub use api::routes;
pub use document::document;

use crate::i18n::words;
