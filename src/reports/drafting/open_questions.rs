//! Questions that only people can answer: the draft offers the answer of the last report.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::reports::answer::SourceKind;

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
