//! Observations of people: challenges, lessons, support needs and successes, by the time when they were noted.

use super::activity_text::words_of;
use super::answer_builder::AnswerBuilder;
use super::context::Context;
use super::grammar;
use super::overlap::share;
use crate::plans::ObservationKind;
use crate::rendering::escape_line;
use crate::reports::answer::SourceKind;
use crate::reports::records::{Activity, Observation};
use crate::reports::words::sentence;
use crate::text::fold_words;

/// The share of words from which a response and a lesson state the same.
const ALIKE: f64 = 0.6;

/// The share of words from which activities contain an observation.
const CONTAINED: f64 = 0.7;

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

fn noted<'a>(context: &Context<'a>, kind: ObservationKind, times: &[Timing]) -> Vec<&'a Observation> {
    let fits = |one: &&Observation| one.kind == kind && times.contains(&timing(context, one));
    context.records.observations.iter().filter(fits).collect()
}

/// Lists observations, each as one entry.
fn list(answer: &mut AnswerBuilder, list: &[&Observation], text: impl Fn(&Observation) -> String) {
    for observation in list {
        let text = text(observation);
        if !text.is_empty() {
            answer.bullet(0, &text);
        }
        cite(answer, observation);
    }
}

fn cite(answer: &mut AnswerBuilder, observation: &Observation) {
    answer.cite(SourceKind::Observation, observation.id, &observation.label());
}

fn text_of(observation: &Observation) -> String {
    sentence(&escape_line(&observation.text))
}

/// Returns true if a challenge is about collecting evidence, by the words of its original text.
fn is_about_evidence(context: &Context<'_>, observation: &Observation) -> bool {
    const WORDS: &[&str] =
        &["evaluacion", "evaluar", "evidencia", "evidencias", "indicadores", "recopilacion", "recopilar"];
    let original = context.original.observations.iter().find(|one| one.id == observation.id);
    let words = fold_words(original.map_or(&observation.text, |one| &one.text));
    let reports =
        words.contains("nivel de reporte") || words.contains("reportan") || words.contains("medios de verificacion");
    reports || words.split(' ').any(|word| WORDS.contains(&word))
}

const OF_PERIOD: &[Timing] = &[Timing::Within, Timing::Unknown];

/// `difficulties`: challenges noted in the period, without those about evidence.
pub(super) fn difficulties(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let mut met = noted(context, ObservationKind::Challenge, OF_PERIOD);
    met.retain(|one| !is_about_evidence(context, one));
    list(&mut answer, &met, text_of);
    answer
}

/// Lists the challenges of the period about collecting evidence.
pub(super) fn about_evidence(context: &Context<'_>, answer: &mut AnswerBuilder) {
    let mut met = noted(context, ObservationKind::Challenge, OF_PERIOD);
    met.retain(|one| is_about_evidence(context, one));
    list(answer, &met, text_of);
}

/// `anticipated_challenges`: challenges noted after the period.
pub(super) fn anticipated(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    list(&mut answer, &noted(context, ObservationKind::Challenge, &[Timing::After]), text_of);
    answer
}

/// `overcoming_lessons`: responses to challenges of the period, and lessons; a response that a lesson contains is left out.
pub(super) fn lessons(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let learned = noted(context, ObservationKind::Lesson, OF_PERIOD);
    let mut told: Vec<&str> = learned.iter().map(|one| one.text.as_str()).collect();
    for challenge in noted(context, ObservationKind::Challenge, OF_PERIOD) {
        let Some(response) = challenge.response.as_deref() else { continue };
        cite(&mut answer, challenge);
        if !told.iter().any(|text| share(response, text) >= ALIKE) {
            answer.bullet(0, &sentence(&escape_line(response)));
            told.push(response);
        }
    }
    list(&mut answer, &learned, |one| {
        let text = text_of(one);
        one.response.as_ref().map_or_else(|| text.clone(), |more| format!("{text} {}", sentence(&escape_line(more))))
    });
    answer
}

/// `support_needed`: the form of the support, the support, and who should give it.
pub(super) fn support(context: &Context<'_>) -> AnswerBuilder {
    let mut answer = AnswerBuilder::default();
    let times = [Timing::Within, Timing::Unknown, Timing::After];
    list(&mut answer, &noted(context, ObservationKind::SupportNeed, &times), |one| {
        let text = text_of(one);
        let form = one.modality.as_ref().filter(|form| share(form, &one.text) < ALIKE);
        let mut parts = vec![match form {
            Some(form) => {
                let args = [("form", escape_line(form)), ("text", context.continued(&text))];
                let is_action = grammar::begins_with_infinitive(&text, context.lang());
                context.say(if is_action { "draft-support-to" } else { "draft-support" }, &args)
            }
            None => text,
        }];
        let whom = one.addressee.as_ref().map(|whom| escape_line(whom));
        parts.extend(whom.map(|whom| sentence(&context.say("draft-addressee", &[("value", whom)]))));
        parts.join(" ")
    });
    answer
}

/// Lists successes noted in the period, without those that the activities described with them contain. One that the activities of
/// another question contain names that which contains most of it.
pub(super) fn successes(context: &Context<'_>, answer: &mut AnswerBuilder, told: &[&Activity]) {
    let together = told.iter().map(|one| words_of(one)).collect::<Vec<_>>().join(" ");
    for success in noted(context, ObservationKind::Success, OF_PERIOD) {
        cite(answer, success);
        if share(&success.text, &together) >= CONTAINED {
            continue;
        }
        match described_by(context, &success.text) {
            Some(activity) => {
                answer.bullet(0, &context.described_elsewhere(activity));
                answer.cite_activity(activity);
            }
            None => answer.bullet(0, &text_of(success)),
        }
    }
}

/// Returns the activity that contains most of a text, if those of its question together contain all of it.
fn described_by<'a>(context: &Context<'a>, text: &str) -> Option<&'a Activity> {
    let here = context.current.get();
    let place = |one: &Activity| context.main_questions.activity(one.id).filter(|at| *at != here);
    let likeness = |one: &&Activity| (share(text, &words_of(one)) * 100.0).round() as u32;
    let best = context.activities().filter(|one| place(one).is_some()).max_by_key(likeness)?;
    let of_question = context.activities().filter(|one| place(one) == place(best));
    let together: Vec<String> = of_question.map(|one| format!("{}{}", context.when_of(one), words_of(one))).collect();
    (likeness(&best) >= 50 && share(text, &together.join(" ")) >= CONTAINED).then_some(best)
}
