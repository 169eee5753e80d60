//! Sentences about activities: who did what, with a verb of its own or that of the noun of action.

use super::activity_text::words_of;
use super::context::{Context, capital, order};
use super::grammar::{NounPhrase, Verb, contracted, indefinite, noun_phrase, verb};
use super::overlap::share;
use super::verbs::{Action, action};
use crate::db::{InstitutionId, unique};
use crate::rendering::escape_line;
use crate::reports::records::Activity;
use crate::reports::words::sentence;

/// The share of words from which activities contain a text.
const SAID: f64 = 0.8;

/// Those who did something.
pub(super) struct Actor {
    pub name: String,
    /// The name before a verb: one with an insertion ends with a comma.
    pub subject: String,
    pub count: usize,
}

impl Context<'_> {
    /// Names those who did something, and counts them; a body and its part as `el ministerio, por medio de la dirección`.
    pub(super) fn actor(&self, organizers: &[InstitutionId]) -> Actor {
        let parts = self.most_specific(organizers);
        let above: Vec<InstitutionId> = organizers.iter().copied().filter(|id| !parts.contains(id)).collect();
        if let ([part], [above]) = (parts.as_slice(), above.as_slice()) {
            let args = [("above", self.institutions(&[*above])), ("part", self.institutions(&[*part]))];
            let name = self.say("draft-through", &args);
            return Actor { subject: format!("{name},"), name, count: 1 };
        }
        let name = self.institutions(&parts);
        Actor { subject: name.clone(), name, count: parts.len() }
    }

    /// Returns a title as the object of a sentence.
    pub(super) fn described(&self, title: &str, verb: Verb) -> NounPhrase {
        indefinite(&noun_phrase(title, self.lang()), verb, self.lang())
    }

    /// Writes `En agosto de 2023 se firmó el convenio` or, with an actor, `el ministerio firmó el convenio`.
    pub(super) fn with_action(&self, done: &Action, actor: Option<(String, usize)>, when: &str, tail: &str) -> String {
        let args = |verb: &str| {
            let (verb, when, tail) = (verb.to_owned(), when.to_owned(), tail.to_owned());
            vec![("when", when), ("verb", verb), ("what", done.object.clone()), ("tail", tail)]
        };
        let text = match actor {
            None => self.say("draft-action", &args(done.passive())),
            Some((actor, n)) => {
                let mut args = args(done.active(n > 1, self.lang()));
                args.push(("actor", actor));
                self.say("draft-action-by", &args)
            }
        };
        capital(&sentence(&contracted(&text)))
    }

    /// Writes the sentence of an activity without time, place and parties: `Se firmó el convenio.` The title is escaped.
    pub(super) fn described_briefly(&self, activity: &Activity, title: &str) -> String {
        let verb = verb(self.original_title(activity), activity.kind, activity.result_state);
        match action(title, verb, self.lang()) {
            Some(done) => self.with_action(&done, None, "", ""),
            None => self.with_verb(verb, None, ("", &self.described(title, verb)), ""),
        }
    }

    /// Writes the sentence of an activity with the number of the question that describes it.
    pub(super) fn described_elsewhere(&self, activity: &Activity) -> String {
        let described = self.described_briefly(activity, &escape_line(&activity.title));
        sentence(&self.referred(activity, described.trim_end_matches('.').to_owned()))
    }

    /// Returns the last of the activities of one earlier question that together contain a text, with their dates.
    pub(super) fn last_that_contains<'r>(&self, text: &str, activities: &[&'r Activity]) -> Option<&'r Activity> {
        let place = |one: &Activity| self.main_questions.activity(one.id);
        let earlier = |place: usize| place < self.current.get();
        let places = unique(activities.iter().filter_map(|one| place(one)).filter(|at| earlier(*at)));
        places.into_iter().find_map(|at| {
            let own: Vec<&'r Activity> = activities.iter().copied().filter(|one| place(one) == Some(at)).collect();
            let said: Vec<String> = own.iter().map(|one| format!("{}{}", self.when_of(one), words_of(one))).collect();
            let last = own.into_iter().filter(|one| one.starts.is_some()).max_by_key(|one| order(one));
            last.filter(|_| share(text, &said.join(" ")) >= SAID)
        })
    }

    /// Writes `En agosto de 2023 se realizó el taller` or, with an actor, `el ministerio realizó el taller`.
    pub(super) fn with_verb(
        &self,
        verb: Verb,
        actor: Option<(String, usize)>,
        (when, what): (&str, &NounPhrase),
        tail: &str,
    ) -> String {
        let args = [("when", when.to_owned()), ("what", what.text.clone()), ("tail", tail.to_owned())];
        let key = format!("draft-verb-{}", verb.as_str());
        let text = match actor {
            None => self.count_with(&key, if what.is_plural { 2 } else { 1 }, &args),
            Some((actor, n)) => {
                let [when, what, tail] = args;
                self.count_with(&format!("{key}-by"), n, &[when, what, tail, ("actor", actor)])
            }
        };
        capital(&sentence(&contracted(&text)))
    }
}
