//! Groups activities into entries of a list: those that are alike in one sentence, those of one place or about one
//! instrument in one entry.

use super::answer_builder::AnswerBuilder;
use super::context::Context;
use super::subjects::{Subject, shares_name};
use crate::reports::records::Activity;

impl Context<'_> {
    /// Describes activities in their order, each as an entry of a list; like ones, and those of one place, in one entry.
    pub(super) fn describe_all(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) {
        self.describe_joined(answer, activities, is_of_one_place);
    }

    /// Describes activities of several subjects in their order; those of one subject, and those of one place, in one entry.
    pub(super) fn describe_subjects(&self, answer: &mut AnswerBuilder, subjects: &[Subject<'_>]) {
        let all: Vec<&Activity> = subjects.iter().flat_map(|one| one.activities.iter().copied()).collect();
        let has =
            |subject: &Subject<'_>, activity: &Activity| subject.activities.iter().any(|one| one.id == activity.id);
        let of_one_subject = |one: &Activity, other: &Activity| {
            subjects.iter().any(|subject| subject.is_one_entry && has(subject, one) && has(subject, other))
        };
        self.describe_joined(answer, &all, |one, other| of_one_subject(one, other) || is_of_one_place(one, other));
    }

    /// Describes activities, those about one instrument in one entry.
    pub(super) fn describe_by_instrument(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) {
        self.describe_joined(answer, activities, |one, other| shares_name(&one.title, &other.title));
    }

    fn describe_joined(
        &self,
        answer: &mut AnswerBuilder,
        activities: &[&Activity],
        belongs: impl Fn(&Activity, &Activity) -> bool,
    ) {
        let mut rest: Vec<&Activity> = activities.to_vec();
        while !rest.is_empty() {
            let first = rest.remove(0);
            let mut texts = vec![self.describe_like(answer, first, &mut rest)];
            while let Some(at) = rest.iter().position(|one| belongs(first, one)) {
                let next = rest.remove(at);
                texts.push(self.describe_like(answer, next, &mut rest));
            }
            texts.retain(|text| !text.is_empty());
            if !texts.is_empty() {
                answer.bullet(0, &texts.join(" "));
            }
        }
    }

    /// Describes an activity with those of the rest that are like it, and takes these out of the rest.
    fn describe_like<'r>(
        &self,
        answer: &mut AnswerBuilder,
        first: &'r Activity,
        rest: &mut Vec<&'r Activity>,
    ) -> String {
        let all = std::mem::take(rest);
        let (like, others): (Vec<&Activity>, Vec<&Activity>) =
            all.into_iter().partition(|one| self.are_alike(first, one));
        *rest = others;
        let mut group = vec![first];
        group.extend(like);
        let text = self.describe_group(&group);
        for activity in group {
            answer.cite_activity(activity);
        }
        text
    }

    /// Returns true if two activities are described in one sentence: of one kind and time, by the same bodies, and
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

/// Returns true if two activities were in the same single place.
fn is_of_one_place(one: &Activity, other: &Activity) -> bool {
    one.territories.len() == 1 && one.territories == other.territories
}
