//! The basis of every draft: the records, the period, the reader's language, and what the draft has stated already.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use chrono::NaiveDate;
use fluent_bundle::FluentValue;

use super::answer_builder::AnswerBuilder;
use super::grammar::{body_name, continued, contracted};
use super::main_question::MainQuestions;
use super::overlap::{names, sentences, share};
use crate::dates::{PartialDate, Precision};
use crate::db::{ActivityId, AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanId};
use crate::directory::Sector;
use crate::i18n::{self, Lang};
use crate::rendering::escape_line;
use crate::reports::questionnaire::Asked;
use crate::reports::records::{Activity, Agreement, Commitment, Institution, Meeting, Proof, Records};
use crate::reports::words::Words;
use crate::text::fold_words;
use crate::themes::Theme;

pub(super) use crate::text::capitalized as capital;

/// The number of regional governments from which all of them are only counted.
pub(super) const ALL_REGIONS: usize = 20;

/// The number of words from which a sentence occurs only once in a report.
const LONG: usize = 5;

pub(super) struct Context<'a> {
    pub records: &'a Records,
    /// The records in their own language: main_questions and verbs follow from these, so that they are the same in every language.
    pub original: &'a Records,
    pub words: Words<'a>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub asked: &'a [Asked<'a>],
    pub main_questions: MainQuestions,
    /// The place of the question that is being answered.
    pub current: Cell<usize>,
    described: RefCell<HashSet<String>>,
    plans: RefCell<HashSet<PlanId>>,
    meetings: RefCell<HashSet<MeetingId>>,
    commitments: RefCell<HashSet<CommitmentId>>,
    agreements: RefCell<HashSet<AgreementId>>,
    /// The text that a person wrote for the answer that is being written: its entries do not repeat it.
    pub written: RefCell<String>,
    /// The partners of the row that is being written: its sentences do not name them again.
    pub muted: RefCell<Vec<InstitutionId>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        (records, original): (&'a Records, &'a Records),
        lang: Lang,
        (from, to): (NaiveDate, NaiveDate),
        asked: &'a [Asked<'a>],
    ) -> Self {
        Self {
            records,
            original,
            words: Words { lang, country: &records.country_code },
            from,
            to,
            asked,
            main_questions: MainQuestions::of(original, (from, to), asked),
            current: Cell::new(0),
            described: RefCell::default(),
            plans: RefCell::default(),
            meetings: RefCell::default(),
            commitments: RefCell::default(),
            agreements: RefCell::default(),
            written: RefCell::default(),
            muted: RefCell::default(),
        }
    }

    pub(super) fn lang(&self) -> Lang {
        self.words.lang
    }

    pub(super) fn say(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.words.say(key, args)
    }

    /// Returns the sentence of `key` in its plural form for `n`, with other values.
    pub(super) fn count_with(&self, key: &str, n: usize, args: &[(&'static str, String)]) -> String {
        let mut all: Vec<(&'static str, FluentValue<'_>)> = vec![("count", n.into()), ("n", self.number(n).into())];
        all.extend(args.iter().map(|(name, value)| (*name, value.clone().into())));
        i18n::text_with(self.lang(), key, &all)
    }

    pub(super) fn number(&self, n: usize) -> String {
        self.words.number(n as u64)
    }

    /// Returns a small number in words, a larger one in figures.
    pub(super) fn number_in_words(&self, n: usize) -> String {
        match n {
            2..=10 => self.say(&format!("draft-number-{n}"), &[]),
            _ => self.number(n),
        }
    }

    /// Returns the activities of the period that count.
    pub(super) fn activities(&self) -> impl Iterator<Item = &'a Activity> {
        let (from, to) = (self.from, self.to);
        self.records.activities.iter().filter(move |one| one.counts() && one.meets(from, to))
    }

    /// Returns the activities of the period that belong to the question that is being answered.
    pub(super) fn of_this_question(&self) -> Vec<&'a Activity> {
        let here = self.current.get();
        let own: Vec<_> = self.activities().filter(|one| self.main_questions.activity(one.id) == Some(here)).collect();
        self.in_order(&own)
    }

    /// Returns an activity in its own language.
    pub(super) fn original_of<'r>(&'r self, activity: &'r Activity) -> &'r Activity {
        self.original.activities.iter().find(|one| one.id == activity.id).unwrap_or(activity)
    }

    /// Returns the original title of an activity.
    pub(super) fn original_title<'r>(&'r self, activity: &'r Activity) -> &'r str {
        &self.original_of(activity).title
    }

    /// Returns the meetings held in the period, without restricted ones.
    pub(super) fn meetings(&self) -> impl Iterator<Item = &'a Meeting> {
        let (from, to) = (self.from, self.to);
        self.records.meetings.iter().filter(move |one| !one.restricted && one.was_held_in(from, to))
    }

    /// Returns the agreements that belong to the question that is being answered.
    pub(super) fn agreements_of_this_question(&self) -> Vec<&'a Agreement> {
        let here = self.current.get();
        self.records.agreements.iter().filter(|one| self.main_questions.agreement(one.id) == Some(here)).collect()
    }

    pub(super) fn commitments(&self) -> impl Iterator<Item = &'a Commitment> {
        self.records.commitments.iter().filter(|one| one.counts())
    }

    /// Lists themes: `trabajo infantil y trata de personas`.
    pub(super) fn themes(&self, themes: &[Theme]) -> String {
        let names: Vec<String> = themes.iter().map(|theme| self.say(&theme_key(*theme), &[])).collect();
        self.words.list(&names)
    }

    /// Names a commission in a sentence: by its acronym, else by its name.
    pub(super) fn commission(&self, id: CommissionId) -> Option<String> {
        self.records.commission(id).map(|one| escape_line(&body_name(&one.name, self.lang())))
    }

    pub(super) fn institution(&self, id: InstitutionId) -> Option<&'a Institution> {
        self.records.institutions.get(&id)
    }

    /// Names institutions in a sentence. Several regional governments are named by their regions, all of them counted.
    pub(super) fn institutions(&self, ids: &[InstitutionId]) -> String {
        let known = |id: &InstitutionId| self.institution(*id);
        let (regions, others): (Vec<&Institution>, Vec<&Institution>) =
            ids.iter().filter_map(known).partition(|one| one.sector == Sector::RegionalGovernment);
        let mut listed: Vec<String> =
            others.into_iter().map(|one| escape_line(&body_name(&one.name, self.lang()))).collect();
        listed.extend(self.regions(&regions));
        contracted(&self.words.list(&listed))
    }

    fn regions(&self, regions: &[&Institution]) -> Vec<String> {
        let territories: Vec<String> =
            regions.iter().filter_map(|one| one.territory.as_deref()).map(escape_line).collect();
        if regions.len() >= ALL_REGIONS {
            return vec![self.say("draft-regions-all", &[("n", self.number(regions.len()))])];
        }
        if regions.len() > 2 && territories.len() == regions.len() {
            return vec![self.say("draft-regions", &[("names", self.words.list(&territories))])];
        }
        regions.iter().map(|one| escape_line(&body_name(&one.name, self.lang()))).collect()
    }

    /// Returns true if a text names an institution, by its name, its acronym or, for a local one, its place.
    pub(super) fn is_named(&self, id: InstitutionId, text: &str) -> bool {
        let Some(one) = self.institution(id) else { return true };
        let original = self.original.institutions.get(&id);
        let local = matches!(one.sector, Sector::LocalGovernment | Sector::RegionalGovernment);
        let place = one.name.rsplit(" de ").next().filter(|_| local);
        let texts =
            [Some(one.name.as_str()), one.acronym.as_deref(), place, one.territory.as_deref().filter(|_| local)];
        let own = original.and_then(|one| one.acronym.as_deref());
        let words: Vec<&str> = one.name.split_whitespace().collect();
        let start = words.get(..3).filter(|start| words.len() > 4 && start.iter().all(|word| word.len() != 4));
        let start = start.filter(|start| start.last().is_some_and(|word| word.len() > 4)).map(|start| start.join(" "));
        let in_parts = words.len() > 5 && share(&one.name, text) >= 0.8;
        in_parts || texts.into_iter().chain([own, start.as_deref()]).flatten().any(|name| names(text, name))
    }

    /// Removes institutions whose superior body or whose part is in the list too: the part stays.
    pub(super) fn most_specific(&self, ids: &[InstitutionId]) -> Vec<InstitutionId> {
        let is_above = |id: &InstitutionId| {
            let mut parents = ids.iter().flat_map(|other| self.superiors(*other));
            parents.any(|parent| parent == *id)
        };
        ids.iter().copied().filter(|id| !is_above(id)).collect()
    }

    /// Returns the bodies above an institution, nearest first.
    pub(super) fn superiors(&self, id: InstitutionId) -> Vec<InstitutionId> {
        let mut found = Vec::new();
        let mut at = self.institution(id).and_then(|one| one.parent_id);
        while let Some(parent) = at.filter(|parent| !found.contains(parent)) {
            found.push(parent);
            at = self.institution(parent).and_then(|one| one.parent_id);
        }
        found
    }

    /// Writes when something was: `El 22 de agosto de 2023 `, with a space at its end.
    pub(super) fn when(&self, starts: &PartialDate, ends: Option<&PartialDate>) -> String {
        let ends = ends.filter(|ends| *ends != starts);
        let key = match (ends, starts.precision()) {
            (Some(ends), Precision::Day) if ends.precision() == Precision::Day => "draft-when-days",
            (Some(_), _) => "draft-when-range",
            (None, Precision::Day) => "draft-when-day",
            (None, Precision::Month | Precision::Year) => "draft-when-month",
            (None, _) => "draft-when-term",
        };
        self.say(key, &[("date", self.words.dates(starts, ends))])
    }

    /// Returns the sentences of a text that this report does not have yet, and notes them.
    pub(super) fn fresh(&self, text: &str) -> String {
        let mut described = self.described.borrow_mut();
        let new = |sentence: &&str| {
            let key = fold_words(sentence);
            key.split(' ').count() < LONG || described.insert(key)
        };
        sentences(text).into_iter().filter(new).collect::<Vec<_>>().join(" ")
    }

    /// Returns the text with a small first letter, unless it begins with a name.
    pub(super) fn continued(&self, text: &str) -> String {
        let first = text.split_whitespace().next().unwrap_or_default();
        if names(&self.records.country_name, first) { text.to_owned() } else { continued(text) }
    }

    /// Returns true if a text is for the first time in the answer that is being written, and notes it.
    pub(super) fn first_in_this_answer(&self, text: &str) -> bool {
        self.described.borrow_mut().insert(format!("{} {}", self.current.get(), fold_words(text)))
    }

    /// Returns true if a plan is named for the first time.
    pub(super) fn first_mention(&self, plan: PlanId) -> bool {
        self.plans.borrow_mut().insert(plan)
    }

    /// Returns true if a meeting is described for the first time.
    pub(super) fn first_telling(&self, meeting: MeetingId) -> bool {
        self.meetings.borrow_mut().insert(meeting)
    }

    /// Returns true if an agreement is described for the first time.
    pub(super) fn first_agreement(&self, agreement: AgreementId) -> bool {
        self.agreements.borrow_mut().insert(agreement)
    }

    /// Returns true if an agreement was described.
    pub(super) fn is_described(&self, agreement: AgreementId) -> bool {
        self.agreements.borrow().contains(&agreement)
    }

    /// Returns true if a commitment is described for the first time.
    pub(super) fn first_commitment(&self, commitment: CommitmentId) -> bool {
        self.commitments.borrow_mut().insert(commitment)
    }

    /// Returns true if a meeting was described, or is described as an activity.
    pub(super) fn is_meeting_described(&self, meeting: &Meeting) -> bool {
        let same = |one: &Activity| {
            let at_its_time = one.meets(meeting.held_from, meeting.held_to) && one.starts.is_some();
            let of_its_bodies = one.commission_ids.iter().any(|id| meeting.commission_ids.contains(id));
            at_its_time && of_its_bodies && share(&meeting.title, &one.title) >= 0.5
        };
        self.meetings.borrow().contains(&meeting.id) || self.activities().any(same)
    }

    /// Names activities that belong to other questions, those of one question together: `A y B (pregunta 1)`.
    pub(super) fn grouped_references(&self, answer: &mut AnswerBuilder, activities: &[&Activity]) -> Vec<String> {
        let place = |one: &Activity| self.main_questions.activity(one.id);
        let mut groups: Vec<Vec<&Activity>> = Vec::new();
        for activity in activities.iter().copied() {
            answer.cite_activity(activity);
            match groups.iter_mut().find(|group| group.first().is_some_and(|one| place(one) == place(activity))) {
                Some(group) => group.push(activity),
                None => groups.push(vec![activity]),
            }
        }
        let named = |group: &Vec<&Activity>| {
            let (first, rest) = group.split_first()?;
            if group.iter().any(|one| one.title.contains(',')) {
                let each = group.iter().map(|one| self.referred(one, escape_line(&one.title)));
                return Some(each.collect::<Vec<_>>().join("; "));
            }
            let mut titles = vec![escape_line(&first.title)];
            titles.extend(rest.iter().map(|one| self.continued(&escape_line(&one.title))));
            Some(self.referred(first, self.words.list(&titles)))
        };
        groups.iter().filter_map(named).collect()
    }

    /// Adds the number of the question that describes an activity.
    pub(super) fn referred(&self, activity: &Activity, title: String) -> String {
        let described = self.main_questions.activity(activity.id).filter(|place| *place != self.current.get());
        match described.and_then(|place| self.asked.get(place)) {
            Some(asked) => {
                let n = ("n", asked.number.to_string());
                match without_closing_bracket(&title) {
                    Some(open) => self.say("draft-reference-within", &[("title", open.to_owned()), n]),
                    None => self.say("draft-reference", &[("title", title), n]),
                }
            }
            None => title,
        }
    }
}

/// Returns a title that ends with words in brackets without its last bracket: a reference comes into the same brackets.
fn without_closing_bracket(title: &str) -> Option<&str> {
    let open = title.strip_suffix(')')?;
    let (before, within) = open.rsplit_once('(')?;
    (before.ends_with(' ') && !within.contains(')')).then_some(open)
}

/// Returns the place of an activity in a text: dated ones by date, one of a year at the end of it, those of the period
/// without a date last.
pub(super) fn order(activity: &Activity) -> (bool, Option<NaiveDate>, Option<(NaiveDate, NaiveDate)>, ActivityId) {
    let span = activity.span();
    let is_year = activity.starts.as_ref().is_some_and(|starts| starts.precision() == Precision::Year);
    let at = span.map(|(first, last)| if is_year { last } else { first });
    (activity.starts.is_none() && activity.ends.is_none(), at, span, activity.id)
}

pub(crate) fn theme_key(theme: Theme) -> String {
    format!("report-theme-{}", theme.as_str().replace('_', "-"))
}

/// Writes a means of verification with its address.
pub(super) fn linked(proof: &Proof) -> String {
    match &proof.url {
        Some(url) => format!("{} (<{url}>)", escape_line(&proof.title)),
        None => escape_line(&proof.title),
    }
}

#[cfg(test)]
mod tests {
    use super::without_closing_bracket;

    #[test]
    fn a_reference_comes_into_the_brackets_at_the_end_of_a_title() {
        let title = "Intercambio en Immokalee (Florida, EE. UU.)";
        assert_eq!(without_closing_bracket(title), Some("Intercambio en Immokalee (Florida, EE. UU."));
        for other in ["Taller de Arica", "Véase [el acta](https://example.org)", "Uno (dos (tres))", "Uno)"] {
            assert_eq!(without_closing_bracket(other), None, "{other}");
        }
    }
}
