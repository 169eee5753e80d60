//! The annual progress report on Target 8.7: questionnaire, drafting, answers, approval, suggestions.
//!
//! Answers are **drafted** from the country's records when a report is created and on request. An answer that a person
//! has **edited** is never overwritten by a draft. Drafts are stored in Spanish and English and shown in the reader's
//! language; a person's words stay as they were written. Figures are grouped as the country writes them.
//!
//! A report is a **draft** until it is **approved**; no answer may have an error then. Approval freezes the report, with
//! the records that it cites, under the SHA-256 of its own text. From then on the report and its documents are read from
//! that copy alone, and every write is a 409. A new **version** starts with the answers of the approved one.
//!
//! Reports belong to the coordinators of the country and to admins; for everybody else they do not exist.

mod actions;
mod answer;
mod api;
mod comparison;
mod document;
mod draft;
mod drafting;
mod findings;
mod form;
mod model;
mod questionnaire;
mod reading;
mod records;
mod snapshots;
mod store;
mod stored_answers;
mod suggestions;

pub(crate) use answer::AnswerState;
pub(crate) use api::routes;
pub(crate) use document::document;
pub use draft::draft_report as draft;
pub(crate) use reading::{QuestionToSettle, questions_to_settle, report_progress};

use crate::i18n::words;
