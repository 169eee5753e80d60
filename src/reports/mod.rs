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
mod document;
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

pub use actions::{Sketch, create as create_report, sketch as draft};
pub use api::routes;
pub use model::{Report, ReportInput};

impl Sketch {
    /// The draft as Markdown.
    pub fn markdown(&self, lang: crate::i18n::Lang) -> String {
        let period = (self.fields.period_from, self.fields.period_to);
        let cover = document::Cover { country: &self.country_name, roadmap: &self.roadmap_title, period };
        document::markdown(words::Words { lang, country: &self.fields.country_code }, cover, &self.form)
    }
}
