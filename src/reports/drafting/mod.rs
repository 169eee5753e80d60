//! Drafts answers from the records: pure functions, one per question, in the reader's language.
//!
//! Only validated activities count. Restricted records are counted and not described, because the report is made to be
//! published. An answer that the records cannot give stays empty: missing records do not mean no.

mod answer_builder;
mod context;
mod evaluation;
mod international;
mod national;
mod observations;
mod open_questions;
mod participation;
mod progress;
mod rating;
mod steps;

use chrono::NaiveDate;

use super::questionnaire::Asked;
use super::records::Records;
use super::stored_answers::DraftedAnswer;
use crate::i18n::Lang;

use answer_builder::AnswerBuilder;
use context::Context;
pub(crate) use context::theme_key;

/// Drafts the answer to each of these questions, in their order.
pub(super) fn draft_answers(
    records: &Records,
    lang: Lang,
    (from, to): (NaiveDate, NaiveDate),
    asked: &[Asked<'_>],
) -> Vec<DraftedAnswer> {
    let context = Context::new(records, lang, from, to);
    asked.iter().map(|asked| answer(&context, asked).finish()).collect()
}

fn answer(context: &Context<'_>, asked: &Asked<'_>) -> AnswerBuilder {
    match (asked.question.key, asked.step) {
        ("priority_progress", Some(step)) => progress::priority(context, step),
        ("next_step_status", Some(step)) => steps::status(context, step),
        ("next_period_priorities", _) => steps::next_priorities(context),
        ("anticipated_challenges", _) => observations::anticipated(context),
        ("support_needed", _) => observations::support(context),
        ("overall_rating", _) => rating::overall(context),
        ("highlights", _) => rating::highlights(context),
        ("other_success_flag", _) => rating::other_success_flag(context),
        ("other_success_detail", _) => rating::other_successes(context),
        ("difficulties", _) => observations::difficulties(context),
        ("overcoming_lessons", _) => observations::lessons(context),
        ("evaluation_tools", _) => evaluation::tools(context),
        ("evaluation_tools_detail", _) => evaluation::tools_detail(context),
        ("evidence_challenges", _) => evaluation::evidence_challenges(context),
        ("stakeholder_involvement", _) => evaluation::stakeholders(context),
        ("intl_partner_types", _) => international::types(context),
        ("intl_partner_detail", _) => international::detail(context),
        ("regional_initiatives_flag", _) => international::initiatives_flag(context),
        ("regional_initiatives_detail", _) => international::initiatives(context),
        ("national_partner_types", _) => national::types(context),
        ("national_partner_detail", _) => national::detail(context),
        ("national_collab_increased", _) => national::compared(context),
        ("national_collab_improvement", _) => national::improvement(context),
        ("roadmap_review_needed", _) => open_questions::review(context),
        (key @ ("pathfinder_useful" | "pathfinder_impact"), _) => open_questions::as_before(context, key),
        _ => AnswerBuilder::default(),
    }
}
