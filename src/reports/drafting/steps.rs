//! `next_step_status` and `next_period_priorities`.

use chrono::Datelike;

use super::answer_builder::{AnswerBuilder, running};
use super::context::Context;
use super::grammar::small;
use crate::dates::PartialDate;
use crate::db::unique;
use crate::plans::PlanItemKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::questionnaire::Step;
use crate::reports::records::{Activity, Commitment, Item};
use crate::reports::suggestions::Evidence;
use crate::reports::words::{next_period, sentence};

/// Marks the status that a person set on the plan. The comment is what a person wrote, else one sentence that names
/// the questions that describe the activities. Activities for the step alone are described here, before the comment.
pub(super) fn status(context: &Context<'_>, step: &Step) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let Some(item) = context.records.roadmap.item(step.id) else { return answer };
    let branch = context.records.roadmap.branch(step.id);
    let window = (Some(context.from), context.to);
    let evidence = Evidence::gather(&context.records.activities, &context.records.commitments, &branch, window);
    if let Some(decided) = item.status {
        answer.choose(decided.as_str());
    }
    let own = context.of_this_question();
    match &item.comment {
        Some(comment) => commented(context, &mut answer, (comment, &evidence.activities), &own),
        None => {
            if !evidence.activities.is_empty() {
                answer.paragraph(&described_elsewhere(context, &evidence.activities));
            }
            context.describe_all(&mut answer, &own);
        }
    }
    evidence.activities.iter().for_each(|one| answer.cite_activity(one));
    evidence.commitments.iter().for_each(|one| answer.cite_commitment(one));
    if item.status.is_some() || !answer.is_empty() {
        answer.cite_item(item);
    }
    answer
}

/// Writes the activities for the step alone, then the comment. A comment that repeats one earlier answer gives way
/// to the last of its activities, with the number of that question.
fn commented(
    context: &Context<'_>,
    answer: &mut AnswerBuilder,
    (comment, activities): (&str, &[&Activity]),
    own: &[&Activity],
) {
    context.written.replace(comment.to_owned());
    let mut told = AnswerBuilder::default();
    context.describe_all(&mut told, own);
    context.written.replace(String::new());
    let told = told.finish();
    let mut parts: Vec<String> = told.words.text.iter().map(|text| running(text)).collect();
    told.sources.into_iter().for_each(|source| answer.cite(source.kind, source.id, &source.label));
    match context.last_that_contains(comment, activities) {
        Some(last) if own.is_empty() => parts.push(context.described_elsewhere(last)),
        _ => parts.push(escape_line(&context.fresh(&sentence(comment)))),
    }
    parts.retain(|part| !part.is_empty());
    answer.paragraph(&parts.join(" "));
}

/// Writes `Se avanzó en el período (preguntas 1, 2 y 3).`
fn described_elsewhere(context: &Context<'_>, activities: &[&Activity]) -> String {
    let main_questions = activities.iter().filter_map(|one| context.main_questions.activity(one.id));
    let places = unique(main_questions.filter(|place| *place != context.current.get()));
    let numbers: Vec<String> =
        places.into_iter().filter_map(|place| context.asked.get(place)).map(|asked| asked.number.to_string()).collect();
    match numbers.is_empty() {
        true => String::new(),
        false => {
            let list = context.words.list(&numbers);
            let questions = context.count_with("draft-questions", numbers.len(), &[("list", list)]);
            context.say("draft-step-activities", &[("questions", questions)])
        }
    }
}

/// Lists the next steps of the next period with their comments; without any, the open commitments due in it and the plans
/// that begin in it.
pub(super) fn next_priorities(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let (from, to) = next_period(context.to);
    let follows = |item: &&Item| item.step.period_from.is_some_and(|start| start >= from && start <= to);
    let steps: Vec<&Item> = context.records.roadmap.items_of(PlanItemKind::NextStep).filter(follows).collect();
    for group in steps.chunk_by(|one, other| one.comment.is_some() && one.comment == other.comment) {
        let titles: Vec<String> = group.iter().map(|item| escape_line(item.step.title.trim_end_matches('.'))).collect();
        let later = titles.iter().skip(1).map(|title| context.continued(title));
        let titles: Vec<String> = titles.iter().take(1).cloned().chain(later).collect();
        let mut text = sentence(&context.enumerate(&titles));
        if let Some(comment) = group.first().and_then(|item| item.comment.as_ref()) {
            let comment = context.fresh(&sentence(comment));
            let comment = escape_line(&if group.len() > 1 { comment_on_each(context, comment) } else { comment });
            text = format!("{text} {comment}").trim_end().to_owned();
        }
        answer.bullet(0, &text);
        group.iter().for_each(|item| answer.cite_item(item));
    }
    if steps.is_empty() {
        terms(context, &mut answer);
        plans(context, &mut answer);
    }
    answer
}

/// Returns the comment of a step for a group of several steps. An impersonal sentence ("Se iniciará … y concluirá …") leaves
/// out its subject in the second part, and a singular verb would not agree with several steps: it gets "En cada caso" before
/// it.
fn comment_on_each(context: &Context<'_>, comment: String) -> String {
    let is_impersonal = ["Se ", "It is "].iter().any(|beginning| comment.starts_with(beginning));
    match is_impersonal {
        true => context.say("draft-in-each-case", &[("comment", small(&comment))]),
        false => comment,
    }
}

fn terms(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let (from, to) = next_period(context.to);
    let due_next = |one: &&Commitment| one.status.is_open() && one.due_to.is_some_and(|due| due >= from && due <= to);
    let due: Vec<&Commitment> = context.commitments().filter(due_next).collect();
    context.describe_commitments(answer, 0, &due);
}

fn plans(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let (from, to) = next_period(context.to);
    let begins = |start: &PartialDate| start.from() >= from && start.from() <= to;
    for plan in context.records.plans.iter().filter(|plan| plan.starts.as_ref().is_some_and(begins)) {
        let when = plan.starts.as_ref().map(|start| context.words.dates(start, plan.ends.as_ref())).unwrap_or_default();
        let title = escape_line(&plan.title);
        let text =
            match plan.starts.as_ref().is_some_and(|starts| states_years(&plan.title, starts, plan.ends.as_ref())) {
                true => title,
                false => context.say("draft-plan-begins", &[("title", title), ("date", when)]),
            };
        answer.bullet(0, &sentence(&text));
        answer.cite(SourceKind::Plan, plan.id, &plan.title);
    }
}

/// Returns true if a title states the years in which a plan begins and ends, such as `Estrategia Nacional (2025 – 2035)`.
fn states_years(title: &str, starts: &PartialDate, ends: Option<&PartialDate>) -> bool {
    let stated: Vec<i32> = title.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
    let mut years = vec![starts.from().year()];
    years.extend(ends.map(|ends| ends.to().year()));
    years.iter().all(|year| stated.contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_a_title_states_are_not_repeated() {
        let (starts, ends) = (PartialDate::parse("2025").unwrap(), PartialDate::parse("2035").unwrap());
        for (title, stated) in [
            ("Estrategia Nacional (2025 – 2035)", true),
            ("Estrategia Nacional 2025-2035", true),
            ("Estrategia Nacional 2025", false),
            ("Estrategia Nacional", false),
        ] {
            assert_eq!(states_years(title, &starts, Some(&ends)), stated, "{title}");
        }
        assert!(states_years("Plan de trabajo 2025", &starts, None));
    }
}
