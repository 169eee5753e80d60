//! Observations of people: challenges, lessons, support needs and successes, by the time when they were noted.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::plans::ObservationKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::records::{Commitment, Observation};
use crate::reports::words::sentence;

/// The time of an observation relative to the report's period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Timing {
    Before,
    Within,
    After,
    Unknown,
}

fn timing(context: &Context<'_>, observation: &Observation) -> Timing {
    match &observation.noted {
        None => Timing::Unknown,
        Some(noted) if noted.to() < context.from => Timing::Before,
        Some(noted) if noted.from() > context.to => Timing::After,
        Some(_) => Timing::Within,
    }
}

fn noted<'a>(context: &'a Context<'_>, kind: ObservationKind, times: &[Timing]) -> Vec<&'a Observation> {
    let times = times.to_vec();
    context
        .records
        .observations
        .iter()
        .filter(|one| one.kind == kind && times.contains(&timing(context, one)))
        .collect()
}

/// Lists observations by theme.
fn list(
    context: &Context<'_>,
    answer: &mut AnswerBuilder,
    list: &[&Observation],
    text: impl Fn(&Observation) -> String,
) {
    let write = |answer: &mut AnswerBuilder, one: &Observation| {
        answer.bullet(0, &text(one));
        cite(answer, one);
    };
    context.by_theme(answer, list, |one| &one.themes, write);
}

fn cite(answer: &mut AnswerBuilder, observation: &Observation) {
    let label: String = observation.text.chars().take(120).collect();
    let label = if label.len() < observation.text.len() { format!("{label}…") } else { label };
    answer.cite(SourceKind::Observation, observation.id, &label);
}

fn observation_text(context: &Context<'_>, observation: &Observation) -> String {
    let text = sentence(&escape_line(&observation.text));
    if observation.noted.is_none() { format!("{text} {}", context.say("draft-observation-undated", &[])) } else { text }
}

/// Lists observations noted before the period, under their own heading.
fn earlier(context: &Context<'_>, answer: &mut AnswerBuilder, kind: ObservationKind) {
    let before = noted(context, kind, &[Timing::Before]);
    if before.is_empty() {
        return;
    }
    answer.paragraph(&context.say("draft-noted-before", &[]));
    for observation in before {
        let day = observation.noted.as_ref().map(|noted| context.words.date(noted)).unwrap_or_default();
        answer.bullet(0, &format!("{} ({day})", sentence(&escape_line(&observation.text))));
        cite(answer, observation);
    }
}

/// `difficulties`: challenges noted in the period.
pub(super) fn difficulties(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    list(
        context,
        &mut answer,
        &noted(context, ObservationKind::Challenge, &[Timing::Within, Timing::Unknown]),
        |one| observation_text(context, one),
    );
    earlier(context, &mut answer, ObservationKind::Challenge);
    answer
}

/// `anticipated_challenges`: challenges noted after the period, and commitments at risk.
pub(super) fn anticipated(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    list(context, &mut answer, &noted(context, ObservationKind::Challenge, &[Timing::After]), |one| {
        sentence(&escape_line(&one.text))
    });
    let unassigned = |one: &&Commitment| one.status.is_open() && one.live().next().is_none();
    let unassigned: Vec<&Commitment> = context.commitments().filter(unassigned).collect();
    context.list_commitments(&mut answer, |n| context.count("draft-risk-overdue", n), &context.overdue());
    context.list_commitments(&mut answer, |n| context.count("draft-risk-unassigned", n), &unassigned);
    answer
}

/// `overcoming_lessons`: responses to challenges of the period, and lessons.
pub(super) fn lessons(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let times = [Timing::Within, Timing::Unknown];
    let met: Vec<_> = noted(context, ObservationKind::Challenge, &times)
        .into_iter()
        .filter(|challenge| challenge.response.is_some())
        .collect();
    if !met.is_empty() {
        answer.paragraph(&context.say("draft-responses", &[]));
    }
    let mut listed: Vec<&str> = Vec::new();
    for challenge in met {
        let response = challenge.response.as_deref().unwrap_or_default();
        cite(&mut answer, challenge);
        if !listed.contains(&response) {
            answer.bullet(0, &sentence(&escape_line(response)));
            listed.push(response);
        }
    }
    let learned = noted(context, ObservationKind::Lesson, &times);
    if !learned.is_empty() {
        answer.paragraph(&context.say("draft-lessons", &[]));
    }
    list(context, &mut answer, &learned, |one| {
        let text = observation_text(context, one);
        one.response.as_ref().map_or_else(|| text.clone(), |more| format!("{text} {}", sentence(&escape_line(more))))
    });
    earlier(context, &mut answer, ObservationKind::Lesson);
    answer
}

/// `support_needed`: the support, its form, and who should give it; says so when nobody is named.
pub(super) fn support(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let times = [Timing::Within, Timing::Unknown, Timing::After];
    list(context, &mut answer, &noted(context, ObservationKind::SupportNeed, &times), |one| {
        let mut parts = vec![sentence(&escape_line(&one.text))];
        let labelled = |key: &str, text: &String| sentence(&context.say(key, &[("value", escape_line(text))]));
        parts.extend(one.modality.as_ref().map(|text| labelled("draft-modality", text)));
        parts.push(match &one.addressee {
            Some(whom) => labelled("draft-addressee", whom),
            None => context.say("draft-addressee-missing", &[]),
        });
        parts.join(" ")
    });
    earlier(context, &mut answer, ObservationKind::SupportNeed);
    answer
}

/// Lists successes noted in the period.
pub(super) fn successes(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let noted = noted(context, ObservationKind::Success, &[Timing::Within, Timing::Unknown]);
    list(context, answer, &noted, |one| observation_text(context, one));
}
