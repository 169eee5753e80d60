//! From the record to drafted answers: pure functions, one a question, in the language of the reader.
//!
//! Only validated activities count; restricted records are counted and never told, because the report is made to be
//! published. Where the record cannot answer, the answer stays empty: silence of the record is never a no.

mod balance;
mod evaluation;
mod frame;
mod international;
mod national;
mod observations;
mod outlook;
mod progress;
mod sheet;
mod steps;

use chrono::NaiveDate;

use super::questionnaire::Asked;
use super::records::Records;
use crate::i18n::Lang;

pub use frame::{Frame, theme_key};
pub use sheet::Drafted;
use sheet::Sheet;

/// What the record answers to each of these questions, in their order.
pub fn draft(records: &Records, lang: Lang, (from, to): (NaiveDate, NaiveDate), asked: &[Asked<'_>]) -> Vec<Drafted> {
    let frame = Frame::new(records, lang, from, to);
    asked.iter().map(|asked| answer(&frame, asked).done()).collect()
}

fn answer(frame: &Frame<'_>, asked: &Asked<'_>) -> Sheet {
    match (asked.question.key, asked.step) {
        ("priority_progress", Some(step)) => progress::priority(frame, step),
        ("next_step_status", Some(step)) => steps::status(frame, step),
        ("next_period_priorities", _) => steps::next_priorities(frame),
        ("anticipated_challenges", _) => observations::anticipated(frame),
        ("support_needed", _) => observations::support(frame),
        ("overall_rating", _) => balance::rating(frame),
        ("highlights", _) => balance::highlights(frame),
        ("other_success_flag", _) => balance::other_success_flag(frame),
        ("other_success_detail", _) => balance::other_successes(frame),
        ("difficulties", _) => observations::difficulties(frame),
        ("overcoming_lessons", _) => observations::lessons(frame),
        ("evaluation_tools", _) => evaluation::tools(frame),
        ("evaluation_tools_detail", _) => evaluation::tools_detail(frame),
        ("evidence_challenges", _) => evaluation::evidence_challenges(frame),
        ("stakeholder_involvement", _) => evaluation::stakeholders(frame),
        ("intl_partner_types", _) => international::types(frame),
        ("intl_partner_detail", _) => international::detail(frame),
        ("regional_initiatives_flag", _) => international::initiatives_flag(frame),
        ("regional_initiatives_detail", _) => international::initiatives(frame),
        ("national_partner_types", _) => national::types(frame),
        ("national_partner_detail", _) => national::detail(frame),
        ("national_collab_increased", _) => national::compared(frame),
        ("national_collab_improvement", _) => national::improvement(frame),
        ("roadmap_review_needed", _) => outlook::review(frame),
        (key @ ("pathfinder_useful" | "pathfinder_impact"), _) => outlook::as_before(frame, key),
        _ => Sheet::default(),
    }
}
