//! Describes activities: a sentence for each, with its description, its result, its documents and its commitments;
//! like activities in one sentence.

use super::context::{ALL_REGIONS, Context, capital};
use super::grammar::{NounPhrase, Verb, begins_with_infinitive, contracted, is_sentence, noun_phrase, small, verb};
use super::grouping::prefix;
use super::joining::{joined, with_documents, without_details};
use super::overlap::{names, share};
use super::verbs::action;
use crate::agreements::Scope;
use crate::dates::Precision;
use crate::db::{CommissionId, InstitutionId, unique};
use crate::i18n::Lang;
use crate::rendering::escape_line;
use crate::reports::records::{Activity, Agreement, Commitment, Proof};
use crate::reports::words::sentence;
use crate::text::fold_words;

/// The share of common words from which a result adds nothing to the title and the description.
const SAID: f64 = 0.6;

/// The share of words from which a sentence repeats what a person wrote for the answer.
const WRITTEN: f64 = 0.75;

/// The share of words from which a text contains the title of an agreement.
const KNOWN: f64 = 0.8;

/// The share of words from which a sentence repeats the first one.
const REPEATS: f64 = 0.85;

impl Context<'_> {
    /// Describes one activity, or several that are alike.
    pub(super) fn describe_group(&self, group: &[&Activity]) -> String {
        let (lead, takes_clause) = match group {
            [one] => self.lead(one),
            _ => (self.lead_of_many(group), false),
        };
        let mut details = Vec::new();
        for activity in group {
            details.extend(self.details(activity, &lead, group.len() > 1));
        }
        details.retain(|part| !part.is_empty());
        let clause = details.first().filter(|_| takes_clause).and_then(|text| joined(&lead, text, self.lang()));
        let has_clause = clause.is_some();
        let mut parts = match clause {
            Some((lead, rest)) => vec![lead, rest],
            None => std::iter::once(lead).chain(details.first().cloned()).collect(),
        };
        parts.extend(details.into_iter().skip(1));
        parts.retain(|part| !part.is_empty());
        let is_result_first = !has_clause
            && matches!((group, parts.get(2)), ([one], Some(text)) if self.has_result_of_its_own(one, text));
        if is_result_first {
            parts.swap(1, 2);
        }
        if let Some(documents) = self.evidence(group.iter().flat_map(|one| &one.evidence), group) {
            let at = if is_result_first { 1 } else { parts.len().saturating_sub(1) };
            match parts.get(at).and_then(|text| with_documents(text, &documents)) {
                Some(text) => parts.splice(at..=at, [text]).for_each(drop),
                None => parts.push(sentence(&self.say("draft-documents", &[("value", documents)]))),
            }
        }
        for activity in group {
            parts.extend(self.adopted(activity));
            parts.extend(self.pending(activity));
        }
        parts.retain(|part| !part.is_empty());
        contracted(&parts.join(" "))
    }

    /// Writes the first sentence: when, who, what, where, for whom, with whom. Returns true if it ends with what was done.
    fn lead(&self, activity: &Activity) -> (String, bool) {
        let verb = verb(self.original_title(activity), activity.kind, activity.result_state);
        let counted = self.counted(activity);
        let said = match &counted {
            Some(_) => format!("{} {}", words_of(activity), activity.occurrences.unwrap_or_default()),
            None => words_of(activity),
        };
        let mut organizers: Vec<_> =
            activity.organizer_ids.iter().copied().filter(|id| !self.is_named(*id, &said)).collect();
        let already_muted = self.muted.borrow().len();
        // Those who were assisted by a body that the text names did not take part: they had the assistance.
        let is_assisted =
            verb == Verb::Counted && organizers.is_empty() && self.are_of_the_state(&activity.partner_ids);
        if is_assisted {
            let is_new = |id: &&InstitutionId| !self.muted.borrow().contains(id) && !self.is_named(**id, &said);
            organizers.extend(activity.partner_ids.iter().filter(is_new));
            self.muted.borrow_mut().extend(&activity.partner_ids);
        }
        let actor = self.actor(&organizers);
        // Who received something from a body that the text names did not take part in it.
        if verb == Verb::Received && organizers.is_empty() && !activity.organizer_ids.is_empty() {
            self.muted.borrow_mut().extend(&activity.partner_ids);
        }
        let mut tail = self.tail(activity, &said, !activity.organizer_ids.is_empty());
        self.muted.borrow_mut().truncate(already_muted);
        let when = self.when_of(activity);
        let title = escape_line(&activity.title);
        let done = action(&title, verb, self.lang());
        let is_actor = !organizers.is_empty() && (verb.takes_actor() || done.is_some() || is_assisted);
        let gave = verb == Verb::Received && !activity.partner_ids.is_empty();
        if !organizers.is_empty() && !is_actor && !gave {
            tail = format!("{}{tail}", self.say("draft-tail-by", &[("names", actor.name.clone())]));
        }
        let actor = is_actor.then_some((actor.subject, actor.count));
        let takes_clause = tail.is_empty() && (actor.is_some() || self.lang() == Lang::Es);
        let text = match done {
            Some(done) => self.with_action(&done, actor, &when, &tail),
            // An activity that took place several times is not one of many.
            None if activity.occurrences.is_some_and(|n| n > 1) => {
                let what = counted.unwrap_or_else(|| noun_phrase(&title, self.lang()));
                self.with_verb(verb, actor, (&when, &what), &tail)
            }
            None => self.with_verb(verb, actor, (&when, &self.described(&title, verb)), &tail),
        };
        (text, takes_clause)
    }

    /// Writes one sentence for activities that are alike: `se realizaron tres capacitaciones: sobre…; sobre…`.
    fn lead_of_many(&self, group: &[&Activity]) -> String {
        let Some(first) = group.first() else { return String::new() };
        let begin = prefix(group);
        let rest = |one: &&Activity, skipped: usize| {
            let words: Vec<&str> = one.title.split_whitespace().skip(skipped).collect();
            escape_line(&words.join(" "))
        };
        let kind = small(&self.say(&format!("report-kind-{}", first.kind.as_str().replace('_', "-")), &[]));
        let skipped = if first.kind.is_training() { 1 } else { begin.len() };
        let list: Vec<String> = group.iter().map(|one| rest(one, skipped)).collect();
        let list = self.enumerate(&list);
        if first.kind.is_training() {
            let national = group.iter().all(|one| one.scope == Some(Scope::National));
            let scope = if national { self.say("draft-national", &[]) } else { String::new() };
            let what = format!("{} {kind}{scope}", self.number_in_words(group.len()));
            let tail = format!("{}: {list}", self.tail(first, &words_of_all(group), !first.organizer_ids.is_empty()));
            let actor = self.institutions(&self.most_specific(&first.organizer_ids));
            let actor = (!actor.is_empty()).then_some((actor, first.organizer_ids.len()));
            let what = NounPhrase { text: what, is_plural: true };
            return self.with_verb(Verb::Held, actor, (&self.when_of(first), &what), &tail);
        }
        let verb = verb(self.original_title(first), first.kind, first.result_state);
        let partners: Vec<_> = group.iter().flat_map(|one| one.partner_ids.iter().copied()).collect();
        let said = words_of_all(group);
        let new = unique(partners.into_iter().filter(|id| !self.is_named(*id, &said)));
        let tail = match new.is_empty() {
            true => String::new(),
            false => self.say("draft-tail-with", &[("names", self.institutions(&new))]),
        };
        let title = format!("{} {list}", begin.join(" "));
        match action(&title, verb, self.lang()) {
            Some(done) => self.with_action(&done, None, &self.when_of(first), &tail),
            None => {
                let what = noun_phrase(&begin.join(" "), self.lang());
                let what = NounPhrase { text: format!("{} {list}", what.text), is_plural: what.is_plural };
                self.with_verb(verb, None, (&self.when_of(first), &what), &tail)
            }
        }
    }

    /// Returns a Spanish plural title with its number in place of the article: `25 actividades regionales`.
    fn counted(&self, activity: &Activity) -> Option<NounPhrase> {
        let times = usize::try_from(activity.occurrences?).ok().filter(|n| *n > 1)?;
        let phrase = noun_phrase(&escape_line(&activity.title), self.lang());
        let rest = phrase.text.strip_prefix("las ").or_else(|| phrase.text.strip_prefix("los "))?;
        Some(NounPhrase { text: format!("{} {rest}", self.number_in_words(times)), is_plural: true })
    }

    /// Returns true if bodies are of the country's state, and are some.
    fn are_of_the_state(&self, ids: &[InstitutionId]) -> bool {
        let of_state = |id: &InstitutionId| {
            let country = &self.records.country_code;
            self.institution(*id).is_some_and(|one| one.is_of_a_state() && !one.is_international(country))
        };
        !ids.is_empty() && ids.iter().all(of_state)
    }

    /// Joins entries that may contain commas.
    pub(super) fn enumerate(&self, list: &[String]) -> String {
        match list.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                self.say("draft-enumeration", &[("list", rest.join("; ")), ("last", last.clone())])
            }
            _ => list.join("; "),
        }
    }

    /// Writes when an activity was, with a space at its end; nothing for one of the period without a date.
    pub(super) fn when_of(&self, activity: &Activity) -> String {
        match (&activity.starts, &activity.ends, &activity.when_text) {
            (Some(starts), ends, _) => self.when(starts, ends.as_ref()),
            (None, Some(ends), _) => self.say("draft-when-until", &[("date", self.words.date(ends))]),
            (None, None, Some(text)) if !crate::activities::is_relative(text) => {
                self.say("draft-when-words", &[("date", escape_line(text))])
            }
            _ => String::new(),
        }
    }

    /// Writes places, commissions, addressees, numbers and partners, as far as the texts do not name them.
    fn tail(&self, activity: &Activity, said: &str, has_organizer: bool) -> String {
        let mut tail = String::new();
        let mut partners: Vec<_> = self
            .most_specific(&activity.partner_ids)
            .into_iter()
            .filter(|id| !activity.organizer_ids.contains(id) && !self.is_named(*id, said))
            .filter(|id| !self.muted.borrow().contains(id))
            .collect();
        if partners.len() >= ALL_REGIONS && self.tells_number(said, partners.len()) {
            partners.clear();
        }
        let partner_names = self.institutions(&partners);
        let places: Vec<String> = activity
            .territories
            .iter()
            .filter(|place| !names(said, place) && !names(&partner_names, place))
            .map(|place| escape_line(place))
            .collect();
        if !places.is_empty() {
            let places: Vec<String> = places.iter().map(|one| continued_place(one)).collect();
            let key = if has_place(&activity.title) { "draft-tail-at" } else { "draft-tail-in" };
            tail.push_str(&self.say(key, &[("names", self.words.list(&places))]));
        }
        if let Some(times) = activity.occurrences.and_then(|n| usize::try_from(n).ok()).filter(|n| *n > 1)
            && !self.tells_number(said, times)
        {
            tail.push_str(&self.say("draft-tail-times", &[("n", self.number(times))]));
        }
        tail.push_str(&self.people(activity, said));
        let commissions = self.most_specific_commissions(&activity.commission_ids, said);
        if !has_organizer && partners.is_empty() && !commissions.is_empty() {
            let within = self.say("draft-tail-within", &[("names", self.words.list(&commissions))]);
            if self.first_in_this_answer(&within) {
                tail.push_str(&within);
            }
        }
        if !partners.is_empty() {
            tail.push_str(&self.say("draft-tail-with", &[("names", partner_names)]));
        }
        tail
    }

    /// Writes the addressees and the number of participants.
    fn people(&self, activity: &Activity, said: &str) -> String {
        let audience = activity.participants.audience.as_deref().filter(|who| share(who, said) < 0.8);
        let audience = audience.map(|who| escape_line(&small(who)));
        match (activity.headcount().filter(|n| !self.tells_number(said, *n)), audience) {
            (Some(n), Some(who)) => {
                self.count_with("draft-tail-people-who", n, &[("who", format!("{who}{}", self.shares(activity)))])
            }
            (Some(n), None) => self.count_with("draft-tail-people", n, &[("shares", self.shares(activity))]),
            (None, Some(who)) => self.say("draft-tail-for", &[("who", who)]),
            (None, None) => String::new(),
        }
    }

    /// Writes ` (812 mujeres y 1.351 hombres)`.
    fn shares(&self, activity: &Activity) -> String {
        let number = |n: i32| self.number(usize::try_from(n).unwrap_or(0));
        let mut shares = Vec::new();
        shares.extend(activity.participants.women.map(|n| self.say("draft-women", &[("value", number(n))])));
        shares.extend(activity.participants.men.map(|n| self.say("draft-men", &[("value", number(n))])));
        if shares.is_empty() { String::new() } else { format!(" ({})", self.words.list(&shares)) }
    }

    fn tells_number(&self, said: &str, n: usize) -> bool {
        let words = fold_words(said);
        let words: Vec<&str> = words.split(' ').collect();
        words.contains(&n.to_string().as_str()) || words.contains(&fold_words(&self.number_in_words(n)).as_str())
    }

    fn most_specific_commissions(&self, ids: &[CommissionId], said: &str) -> Vec<String> {
        let parents: Vec<CommissionId> =
            ids.iter().filter_map(|id| self.records.commission(*id)).filter_map(|one| one.parent_id).collect();
        let known = |id: &&CommissionId| {
            let commission = self.records.commission(**id);
            let named = |name: &str| names(said, name);
            !parents.contains(id) && commission.is_some_and(|one| !named(&one.name) && !named(one.label()))
        };
        ids.iter().filter(known).filter_map(|id| self.commission(*id)).collect()
    }

    /// Returns true if a text is the result and fits before the description: a sentence that begins with an article or
    /// with `se`.
    fn has_result_of_its_own(&self, activity: &Activity, text: &str) -> bool {
        let original = self.original_of(activity);
        let result = original.result.as_deref().filter(|text| is_sentence(text) && original.description.is_some());
        let first = result.and_then(|text| text.split_whitespace().next()).map(fold_words).unwrap_or_default();
        let is_it = activity.result.as_deref().is_some_and(|result| share(text, result) > REPEATS);
        is_it && ["el", "la", "los", "las", "se"].contains(&first.as_str())
    }

    /// Writes description and result, without what was said already.
    fn details(&self, activity: &Activity, lead: &str, is_one_of_many: bool) -> Vec<String> {
        let mut parts = Vec::new();
        let mut said = format!("{} {}", activity.title, self.written.borrow());
        if let Some(description) = &activity.description {
            let text = self.fresh(&sentence(&without_details(description)));
            let text = if is_one_of_many { without_ordinal(&text) } else { text };
            let written = self.written.borrow();
            let promised = self.promised(activity);
            let new = |one: &&str| {
                let is_written = !written.is_empty() && share(one, &written) >= WRITTEN;
                share(one, lead) < REPEATS && share(one, &promised) < REPEATS && !is_written
            };
            let text = super::overlap::sentences(&text).into_iter().filter(new).collect::<Vec<_>>().join(" ");
            said = format!("{said} {description}");
            parts.push(escape_line(&text));
        }
        let agreement = self.new_agreement(activity).map(|one| one.title.as_str()).unwrap_or_default();
        let adds =
            |result: &&String| share(result, &format!("{said} {lead}")) < SAID && share(result, agreement) < SAID;
        if let Some(result) = activity.result.as_ref().filter(adds) {
            let text = escape_line(&self.fresh(&sentence(&without_details(result))));
            said = format!("{said} {result}");
            let is_whole = self.original_of(activity).result.as_deref().is_some_and(is_sentence);
            parts.push(match text.is_empty() || is_whole {
                true => text,
                false => self.say("draft-result", &[("value", self.continued(&text))]),
            });
        }
        if let Some(expected) = activity.expected_result.as_ref().filter(|expected| share(expected, &said) < SAID) {
            let text = escape_line(&self.fresh(&sentence(&without_details(expected))));
            if !text.is_empty() {
                parts.push(self.say("draft-expected", &[("value", self.continued(&text))]));
            }
        }
        parts
    }

    /// Returns the texts of the commitments of an activity that come from agreements which the report describes.
    fn promised(&self, activity: &Activity) -> String {
        let own = self.commitments().filter(|one| activity.commitment_ids.contains(&one.id));
        let is_described = |id| self.main_questions.agreement(id).is_some() && !self.main_questions.has_source(id);
        let is_of_described = |one: &&Commitment| one.agreement_id.is_some_and(is_described);
        own.filter(is_of_described).map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Names the documents that can be looked up: those with an address or with a number.
    fn evidence<'p>(&self, proofs: impl Iterator<Item = &'p Proof>, group: &[&Activity]) -> Option<String> {
        let said = words_of_all(group);
        let can_be_found = |one: &&Proof| {
            let is_numbered = one.title.chars().any(|c| c.is_ascii_digit());
            one.url.is_some() || is_numbered && !names(&said, &one.title) && !names_number(&said, &one.title)
        };
        let dates: Vec<_> = group.iter().filter_map(|one| one.starts.as_ref()).collect();
        let named = |one: &Proof| match &one.url {
            Some(url) => format!("{}: <{url}>", self.continued(&escape_line(&one.title))),
            None => self.continued(&escape_line(&one.title)),
        };
        let proof = |one: &Proof| {
            let precise = |date: &&crate::dates::PartialDate| {
                matches!(date.precision(), Precision::Day | Precision::Month) && !dates.contains(date)
            };
            match one.dated.as_ref().filter(precise) {
                Some(date) => self.say("draft-dated", &[("title", named(one)), ("date", self.words.date(date))]),
                None => named(one),
            }
        };
        let listed: Vec<String> = proofs.filter(can_be_found).map(proof).collect();
        let text = self.fresh(&listed.join("; "));
        (!text.is_empty()).then_some(text)
    }

    /// Returns the agreement that an activity brought about, unless the activity names it.
    fn new_agreement(&self, activity: &Activity) -> Option<&Agreement> {
        let id = self.main_questions.adopted_by(activity.id)?;
        let agreement = self.records.agreements.iter().find(|one| one.id == id)?;
        (share(&agreement.title, &words_of(activity)) < KNOWN).then_some(agreement)
    }

    /// Names the agreement that an activity brought about.
    fn adopted(&self, activity: &Activity) -> Option<String> {
        let agreement = self.new_agreement(activity)?;
        let what = noun_phrase(&escape_line(&agreement.title), self.lang());
        let n = if what.is_plural { 2 } else { 1 };
        Some(capital(&sentence(&self.count_with("draft-adopted", n, &[("title", what.text)]))))
    }

    /// Writes the open commitments of an activity that have a term and come from no agreement.
    fn pending(&self, activity: &Activity) -> Option<String> {
        if activity.highlight && self.asked.get(self.current.get()).is_some_and(|one| one.question.key != "highlights")
        {
            return None;
        }
        let listed: Vec<String> = self.open_terms(activity).into_iter().map(|one| self.term_of(one)).collect();
        (!listed.is_empty()).then(|| self.fresh(&listed.join(" ")))
    }

    /// Returns the open commitments of an activity that have a term and come from no agreement.
    pub(super) fn open_terms(&self, activity: &Activity) -> Vec<&Commitment> {
        let own = self.commitments().filter(|one| activity.commitment_ids.contains(&one.id));
        own.filter(|one| one.status.is_open() && one.agreement_id.is_none() && one.due_to.is_some()).collect()
    }

    /// Writes text and term of a commitment: `Para 2024: presentar los resultados.`
    pub(super) fn term_of(&self, commitment: &Commitment) -> String {
        let text = escape_line(commitment.text.trim_end_matches('.'));
        let date = match (&commitment.due, commitment.due_to) {
            (Some(due), _) => self.words.date(due),
            (None, Some(day)) => self.words.day(day),
            (None, None) => return sentence(&text),
        };
        let key = if begins_with_infinitive(&text, self.lang()) { "draft-term-to" } else { "draft-term" };
        sentence(&self.say(key, &[("date", date), ("text", self.continued(&text))]))
    }
}

/// Returns true if a title states where something is.
fn has_place(title: &str) -> bool {
    title.contains(" en ") || title.contains(" in ")
}

/// Returns a place as it is written in a sentence: `todas las regiones`, `Aysén`.
fn continued_place(place: &str) -> String {
    let first = place.split(' ').next().unwrap_or_default();
    let is_common = ["todas", "todos", "varias", "varios", "all", "several"].contains(&fold_words(first).as_str());
    if is_common { small(place) } else { place.to_owned() }
}

/// Returns all words of an activity.
pub(super) fn words_of(activity: &Activity) -> String {
    let parts = [
        Some(&activity.title),
        activity.description.as_ref(),
        activity.result.as_ref(),
        activity.expected_result.as_ref(),
    ];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
}

/// Returns true if a text names the number of a document, such as `012-2023-TR`.
fn names_number(text: &str, title: &str) -> bool {
    let is_number = |word: &&str| word.contains('-') && word.chars().filter(char::is_ascii_digit).count() > 4;
    let mut numbers = title.split_whitespace().filter(is_number).peekable();
    numbers.peek().is_some() && numbers.all(|number| names(text, number))
}

fn words_of_all(group: &[&Activity]) -> String {
    group.iter().map(|one| words_of(one)).collect::<Vec<_>>().join(" ")
}

/// Removes sentences that only count: `Primera de las tres.`
fn without_ordinal(text: &str) -> String {
    const ORDINALS: &[&str] = &["primera", "segunda", "tercera", "cuarta", "first", "second", "third", "fourth"];
    let keeps = |one: &&str| !fold_words(one).split(' ').next().is_some_and(|word| ORDINALS.contains(&word));
    super::overlap::sentences(text).into_iter().filter(keeps).collect::<Vec<_>>().join(" ")
}
