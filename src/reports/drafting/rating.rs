//! `highlights`, successes outside the roadmap, and judgements, for which the draft offers the answer of the last report.
//! The rating is for the country to decide.

use super::answer_builder::AnswerBuilder;
use super::context::{Context, order};
use super::joining::without_details;
use super::observations;
use super::progress::themes_of;
use crate::activities::ResultState;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::records::Activity;
use crate::reports::words::sentence;
use crate::themes::Theme;

/// Names the activities of the period marked as highlights, by theme, each with its open terms.
pub(super) fn highlights(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut marked: Vec<&Activity> = context.activities().filter(|one| one.highlight).collect();
    marked.sort_by_key(|one| (themes_of(context, one), order(one)));
    let mut themes: Vec<Vec<Theme>> = marked.iter().map(|one| themes_of(context, one)).collect();
    themes.dedup();
    for group in themes {
        let own: Vec<&Activity> = marked.iter().copied().filter(|one| themes_of(context, one) == group).collect();
        let label = match group.is_empty() {
            true => String::new(),
            false => format!("**{}.** ", super::context::capital(&context.themes(&group))),
        };
        answer.paragraph(&format!("{label}{}", named(context, &own)));
        own.iter().for_each(|one| answer.cite_activity(one));
        for commitment in own.iter().flat_map(|one| context.open_terms(one)) {
            answer.cite_commitment(commitment);
        }
    }
    let here = context.of_this_question();
    let new: Vec<&Activity> = here.into_iter().filter(|one| !one.highlight).collect();
    context.describe_all(&mut answer, &new);
    answer
}

/// Names highlights in sentences; those with the same beginning of their titles in one. The answer is published apart
/// from the report, so it refers to no other question.
fn named(context: &Context<'_>, activities: &[&Activity]) -> String {
    let mut parts = Vec::new();
    let mut rest = activities.to_vec();
    while !rest.is_empty() {
        let first = rest.remove(0);
        let (like, others): (Vec<&Activity>, Vec<&Activity>) =
            rest.into_iter().partition(|one| begins_like(first, one) > 2);
        rest = others;
        let shared = like.iter().map(|one| begins_like(first, one)).min().unwrap_or(0);
        let mut names = vec![escape_line(&first.title)];
        names.extend(like.iter().map(|one| {
            let words: Vec<&str> = one.title.split_whitespace().skip(shared).collect();
            escape_line(&words.join(" "))
        }));
        let text = if context.main_questions.activity(first.id) == Some(context.current.get()) {
            described(context, first)
        } else {
            let described = context.described_briefly(first, &context.enumerate(&names));
            sentence(described.trim_end_matches('.'))
        };
        parts.push(text);
        for activity in std::iter::once(first).chain(like) {
            parts.extend(context.open_terms(activity).into_iter().map(|one| context.fresh(&context.term_of(one))));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Describes a highlight that no other question describes: title, description and result.
fn described(context: &Context<'_>, activity: &Activity) -> String {
    let mut parts = vec![context.described_briefly(activity, &escape_line(&activity.title))];
    parts.extend(
        activity.description.as_ref().map(|text| escape_line(&context.fresh(&sentence(&without_details(text))))),
    );
    parts.extend(activity.result.as_ref().map(|text| escape_line(&context.fresh(&sentence(&without_details(text))))));
    if let Some(text) = &activity.expected_result {
        let text = escape_line(&context.fresh(&sentence(&without_details(text))));
        if !text.is_empty() {
            parts.push(context.say("draft-expected", &[("value", context.continued(&text))]));
        }
    }
    parts.join(" ")
}

/// Returns the number of words that two titles begin with alike.
fn begins_like(one: &Activity, other: &Activity) -> usize {
    let pairs = one.title.split_whitespace().zip(other.title.split_whitespace());
    pairs.take_while(|(one, other)| one == other).count()
}

/// Describes successes that people noted, and what was done outside the roadmap and is described by no other
/// question.
pub(super) fn other_successes(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut own = context.of_this_question();
    // What has no date went on through the period: it comes before what happened on a day of it.
    own.sort_by_key(|one| (one.starts.is_some(), order(one)));
    context.describe_by_instrument(&mut answer, &own);
    observations::successes(context, &mut answer, &own);
    answer
}

/// Answers yes when people noted a success, or something outside the roadmap was achieved; else the question stays open.
pub(super) fn other_success_flag(context: &Context<'_>) -> AnswerBuilder {
    let mut flag = AnswerBuilder::default();
    let mut noted = AnswerBuilder::default();
    observations::successes(context, &mut noted, &[]);
    let detail = context.asked.iter().position(|one| one.question.key == "other_success_detail");
    let achieved = |one: &&Activity| {
        context.main_questions.activity(one.id) == detail
            && detail.is_some()
            && one.result_state == Some(ResultState::Achieved)
    };
    let achieved: Vec<&Activity> = context.activities().filter(achieved).collect();
    if noted.is_empty() && achieved.is_empty() {
        return flag;
    }
    flag.choose("yes");
    noted.finish().sources.into_iter().for_each(|source| flag.cite(source.kind, source.id, &source.label));
    achieved.into_iter().for_each(|one| flag.cite_activity(one));
    flag
}

/// Offers the answer that a person wrote in the country's last report.
pub(super) fn as_before(context: &Context<'_>, key: &str) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let Some(previous) = &context.records.previous else { return answer };
    let choices = previous.choices.get(key).map(Vec::as_slice).unwrap_or_default();
    let text = previous.texts.get(key);
    if choices.is_empty() && text.is_none() {
        return answer;
    }
    choices.iter().for_each(|choice| answer.choose(choice));
    if let Some(text) = text {
        answer.paragraph(text);
    }
    let period = context.words.period(previous.period_from, previous.period_to);
    answer.cite(SourceKind::Report, previous.id, &period);
    answer
}
