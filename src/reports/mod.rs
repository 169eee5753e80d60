//! The annual progress report on Target 8.7: questionnaire, drafting, answers, suggestions.
//!
//! A report is **drafted** from the record when it is begun and whenever somebody asks for it anew. What a person has
//! **edited** is never drafted over. Drafts are kept in Spanish and English and read in the reader's language; a
//! person's words stay as they were written. Figures are grouped as the country writes them.
//!
//! Reports belong to the coordinators of the country and to admins; for everybody else they do not exist.

mod actions;
mod answers;
mod api;
mod drafting;
mod findings;
mod form;
mod model;
mod questionnaire;
mod reading;
mod records;
mod store;
mod suggestions;
mod words;

pub use actions::{Sketch, create as create_report, find as report, sketch as draft};
pub use answers::source_key;
pub use api::routes;
pub use form::option_label;
pub use model::{AnswerRow, AnswerState, QuestionAsked, Report, ReportInput, SourceKind};
pub use questionnaire::QuestionType;
pub use reading::with_cover;
pub use words::{Words, sentence};
