//! Groups activities into entries of a list: those that are alike in one sentence, those of one place or about one
//! instrument in one entry.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use crate::reports::records::Activity;
use crate::text::fold_words;

impl Context<'_> {
    /// Describes activities in their order, each as an entry of a list; like ones, and those of one place, in one entry.
    pub(super) fn tell_all(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) {
        self.tell_joined(answer, activities, is_of_one_place);
    }

    /// Describes activities, those about one instrument in one entry.
    pub(super) fn tell_by_instrument(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) {
        self.tell_joined(answer, activities, |one, other| shares_name(&one.title, &other.title));
    }

    fn tell_joined(
        &self,
        answer: &mut AnswerBuilder,
        activities: &[&Activity],
        belongs: impl Fn(&Activity, &Activity) -> bool,
    ) {
        let mut rest: Vec<&Activity> = activities.to_vec();
        while !rest.is_empty() {
            let first = rest.remove(0);
            let mut texts = vec![self.tell_like(answer, first, &mut rest)];
            while let Some(at) = rest.iter().position(|one| belongs(first, one)) {
                let next = rest.remove(at);
                texts.push(self.tell_like(answer, next, &mut rest));
            }
            texts.retain(|text| !text.is_empty());
            if !texts.is_empty() {
                answer.bullet(0, &texts.join(" "));
            }
        }
    }

    /// Describes an activity with those of the rest that are like it, and takes these out of the rest.
    fn tell_like<'r>(&self, answer: &mut AnswerBuilder, first: &'r Activity, rest: &mut Vec<&'r Activity>) -> String {
        let all = std::mem::take(rest);
        let (like, others): (Vec<&Activity>, Vec<&Activity>) =
            all.into_iter().partition(|one| self.are_alike(first, one));
        *rest = others;
        let mut group = vec![first];
        group.extend(like);
        let text = self.tell_group(&group);
        for activity in group {
            answer.cite_activity(activity);
        }
        text
    }

    /// Returns whether two activities are described in one sentence: of one kind and time, by the same bodies, and
    /// with titles that begin alike.
    fn are_alike(&self, one: &Activity, other: &Activity) -> bool {
        let same = one.kind == other.kind && self.when_of(one) == self.when_of(other);
        let bodies = one.commission_ids == other.commission_ids && one.scope == other.scope;
        let is_counted =
            |activity: &Activity| activity.headcount().is_some() || activity.occurrences.is_some_and(|n| n > 1);
        let begin = prefix(&[one, other]).len();
        let like = if one.kind.is_training() {
            begin > 0
                && one.organizer_ids == other.organizer_ids
                && one.participants.audience == other.participants.audience
                && !is_counted(one)
                && !is_counted(other)
                && one.territories == other.territories
        } else {
            use crate::activities::ActivityKind::{LegalInstrument, Protocol, Recognition};
            matches!(one.kind, LegalInstrument | Protocol | Recognition) && begin > 2
        };
        same && bodies && like
    }
}

/// Returns the words that all titles begin with.
pub(super) fn prefix<'t>(group: &[&'t Activity]) -> Vec<&'t str> {
    let Some((first, rest)) = group.split_first() else { return Vec::new() };
    let words: Vec<&str> = first.title.split_whitespace().collect();
    let shared = |other: &&Activity| {
        let pairs = words.iter().zip(other.title.split_whitespace());
        pairs.take_while(|(one, other)| **one == *other).count()
    };
    let length = rest.iter().map(shared).min().unwrap_or(words.len());
    words.into_iter().take(length).collect()
}

/// Returns whether two activities were in the same single place.
fn is_of_one_place(one: &Activity, other: &Activity) -> bool {
    one.territories.len() == 1 && one.territories == other.territories
}

/// Returns whether two titles have two words of a name in common, as `Protocolo de 2014`. The first word is none of
/// them: every title begins with a capital letter.
fn shares_name(one: &str, other: &str) -> bool {
    let others = names_in(other);
    names_in(one).iter().any(|pair| others.contains(pair))
}

/// Returns the pairs of neighbouring words of names.
fn names_in(title: &str) -> Vec<(String, String)> {
    let carries = |word: &&str| word.chars().count() > 3 || word.chars().all(|c| c.is_ascii_digit());
    let is_name = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let words: Vec<&str> = title.split_whitespace().skip(1).filter(carries).collect();
    let pairs = words.iter().zip(words.iter().skip(1)).filter(|(one, other)| is_name(one) && is_name(other));
    pairs.map(|(one, other)| (fold_words(one), fold_words(other))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_about_one_instrument_share_a_name() {
        let ratified = "Ratificación del Protocolo de 2014 relativo al Convenio sobre el trabajo forzoso";
        assert!(shares_name(ratified, "Entrada en vigor del Protocolo de 2014 para el Perú"));
        assert!(shares_name("Lineamientos del Reconocimiento SELTI", "Renovación del Reconocimiento SELTI (RM 1)"));
        assert!(!shares_name(ratified, "Inicio formal de la elaboración de la PNMPETF (RM 293-2022-TR)"));
        assert!(!shares_name("Capacitación sobre trabajo forzoso", "Capacitación sobre trata de personas"));
    }
}
