//! Questions that only people can answer: the draft offers the last report's answer, or facts for the decision.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::plans::PlanItemKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;

/// Offers the answer that a person wrote in the country's last report.
pub(super) fn as_before(context: &Context<'_>, key: &str) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let Some(previous) = &context.records.previous else { return answer };
    let period = context.words.period(previous.period_from, previous.period_to);
    let choices = previous.choices.get(key).map(Vec::as_slice).unwrap_or_default();
    let text = previous.texts.get(key);
    if choices.is_empty() && text.is_none() {
        return answer;
    }
    choices.iter().for_each(|choice| answer.choose(choice));
    answer.paragraph(&context.say("draft-as-before", &[("period", period.clone())]));
    if let Some(text) = text {
        answer.paragraph(text);
    }
    answer.cite(SourceKind::Report, previous.id, &period);
    answer
}

/// `roadmap_review_needed`: lists priorities whose period ended before the report's begins, and marks no choice.
pub(super) fn review(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let over = |end: &chrono::NaiveDate| *end < context.from;
    let priorities = context.records.roadmap.items_of(PlanItemKind::Priority);
    let past: Vec<_> = priorities.filter(|item| item.step.period_to.as_ref().is_some_and(over)).collect();
    if past.is_empty() {
        return answer;
    }
    answer.paragraph(&context.count("draft-priorities-over", past.len()));
    for item in past {
        let end = item.step.period_to.map(|day| context.words.end(day)).unwrap_or_default();
        answer.bullet(0, &format!("{} ({end}).", escape_line(&item.step.title)));
        answer.cite_item(item);
    }
    answer
}
