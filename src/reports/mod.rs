//! The annual progress report on Target 8.7: questionnaire, drafting, answers, approval, suggestions.
//!
//! Answers are **drafted** from the country's records when a report is created and on request. An answer that a person
//! has written or **confirmed** is never overwritten by a draft. Drafts are stored in Spanish and English and shown in
//! the reader's language; a person's words stay as they were written. Figures are grouped as the country writes them.
//!
//! A report is a **draft** until it is **approved**; no answer may have an error then, and a person must have confirmed
//! every answer. Approval freezes the report, with the records that it cites, under the SHA-256 of its own text. From
//! then on the report is read from that copy alone, its documents are made once and kept, and every write is a 409. A new
//! **version** starts with the answers of the approved one.
//!
//! Reports belong to the coordinators of the country and to admins. They may **assign** questions to commissions: the
//! secretariat of such a commission knows title, period and these questions, and answers them (`scope.rs`). For everybody
//! else reports do not exist.

mod actions;
mod answer;
mod api;
mod approved;
mod comparison;
mod comparison_document;
mod content;
mod cover;
mod document;
mod draft;
mod drafting;
mod figures;
mod files;
mod findings;
mod form;
mod form_wording;
mod model;
mod one_per_period;
mod plain_text;
mod plan_record;
mod questionnaire;
mod reading;
mod records;
mod scope;
mod sharing;
mod since_confirmation;
mod snapshots;
mod store;
mod stored_answers;
mod suggestions;
mod web;
mod wording;

pub(crate) use answer::{AnswerState, Source, SourceKind};
pub(crate) use api::routes;
pub(crate) use approved::{
    ApprovedQuestion, ApprovedReport, ApprovedRow, KeptDocument, approved_report, approved_titles, kept_document,
};
pub(crate) use document::{ReportForm, document};
pub use draft::draft_report as draft;
pub use files::render_waiting;
pub(crate) use form_wording::Wording;
pub(crate) use model::Template;
pub(crate) use reading::{
    AssignedQuestions, QuestionToSettle, WaitingReport, assigned_questions, report_progress, waiting_reports,
};
pub(crate) use scope::known_reports;
pub(crate) use web::pages;
pub(crate) use wording::set_wording;

use crate::i18n::words;
