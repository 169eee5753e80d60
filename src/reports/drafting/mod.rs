//! Drafts answers from the records: pure functions, one per question, in the reader's language.
//!
//! Only validated activities count, and restricted records are not mentioned, because the report is made to be
//! published. Each record is described by one question, its main question; other questions name it with the number of that
//! question. Texts are what a country can send: doubts, gaps and figures for decisions are findings. An
//! answer that the records cannot give stays empty: missing records do not mean no.

mod acronyms;
mod activity_text;
mod answer_builder;
mod context;
mod decisions;
mod duties;
mod evaluation;
mod grammar;
mod grouping;
mod international;
mod joining;
mod main_question;
mod measures;
mod national;
mod observations;
mod overlap;
mod participation;
mod progress;
mod rating;
mod sentences;
mod steps;
mod subjects;
mod verbs;

use chrono::NaiveDate;

use super::answer::AnswerRow;
use super::questionnaire::Asked;
use super::records::Records;
use super::stored_answers::DraftedAnswer;
use crate::i18n::Lang;

use acronyms::Acronyms;
use answer_builder::AnswerBuilder;
use context::Context;
pub(crate) use context::theme_key;

/// Drafts the answer to each of these questions, in their order.
pub(super) fn draft_answers(
    records: &Records,
    lang: Lang,
    period: (NaiveDate, NaiveDate),
    asked: &[Asked<'_>],
) -> Vec<DraftedAnswer> {
    let translated = records.in_language(lang);
    let context = Context::new((&translated, records), lang, period, asked);
    let mut drafted = Vec::new();
    for (place, one) in asked.iter().enumerate() {
        context.current.set(place);
        drafted.push(answer(&context, one).finish());
    }
    let mut acronyms = Acronyms::of(&translated, context.words);
    for draft in &mut drafted {
        let words = &mut draft.words;
        for text in words.text.iter_mut().chain(&mut words.other_text) {
            *text = acronyms.rewrite(text);
        }
        words.rows.iter_mut().for_each(|row| rewrite_row(row, &mut acronyms));
    }
    drafted
}

fn rewrite_row(row: &mut AnswerRow, acronyms: &mut Acronyms<'_>) {
    let texts = [&mut row.partner, &mut row.stakeholder, &mut row.description, &mut row.involvement];
    for text in texts.into_iter().flatten() {
        *text = acronyms.rewrite(text);
    }
}

fn answer(context: &Context<'_>, asked: &Asked<'_>) -> AnswerBuilder {
    match (asked.question.key, asked.step) {
        ("priority_progress", Some(step)) => progress::priority(context, step),
        ("next_step_status", Some(step)) => steps::status(context, step),
        ("next_period_priorities", _) => steps::next_priorities(context),
        ("anticipated_challenges", _) => observations::anticipated(context),
        ("support_needed", _) => observations::support(context),
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
        ("national_collab_improvement", _) => national::improvement(context),
        (key @ ("pathfinder_useful" | "pathfinder_impact"), _) => rating::as_before(context, key),
        _ => AnswerBuilder::default(),
    }
}
