//! Orders the entries of an answer by their subject: outcomes first, and what belongs to one subject together.

use std::cmp::Reverse;

use super::context::{Context, order};
use super::overlap::{names, share, weight};
use crate::activities::ResultState;
use crate::db::{CommissionId, PlanItemId, unique};
use crate::reports::records::Activity;
use crate::text::fold_words;

/// The share of the words of a title from which a description describes it.
const DESCRIBED: f64 = 0.9;

/// The number of words from which a title can be recognised in a description.
const RECOGNISABLE: usize = 3;

/// The number of activities up to which one entry describes them.
const LONGEST: usize = 8;

/// Pairs of words that name a theme, and so no subject of its own.
const THEMES: &[&str] =
    &["trabajo infantil", "trabajo forzoso", "trata personas", "child labour", "forced labour", "human trafficking"];

/// Activities about one subject.
#[derive(Debug, Default)]
pub(super) struct Subject<'r> {
    pub activities: Vec<&'r Activity>,
    /// The bodies that the activities have in common, of those asked for.
    pub bodies: Vec<CommissionId>,
    /// True when one entry describes all: each shares a name, an acronym or a description with another.
    pub is_one_entry: bool,
}

impl<'r> Subject<'r> {
    /// Divides a subject into what was achieved and the rest.
    pub(super) fn results_first(&self) -> (Self, Self) {
        let achieved = |one: &&'r Activity| one.result_state == Some(ResultState::Achieved);
        let (results, others): (Vec<&'r Activity>, Vec<&'r Activity>) =
            self.activities.iter().copied().partition(achieved);
        let part = |activities: Vec<&'r Activity>| Self {
            activities,
            bodies: self.bodies.clone(),
            is_one_entry: self.is_one_entry,
        };
        (part(results), part(others))
    }
}

/// An activity with what its subject is recognised by.
struct ActivityKeys<'r> {
    activity: &'r Activity,
    title: String,
    description: String,
    names: Vec<String>,
    acronyms: Vec<String>,
    bodies: Vec<CommissionId>,
    items: Vec<PlanItemId>,
}

impl ActivityKeys<'_> {
    /// Returns true if two activities are about one subject.
    fn belongs_to(&self, other: &Self) -> bool {
        let share_body = self.bodies.iter().any(|body| other.bodies.contains(body));
        let share_item = self.items.iter().any(|item| other.items.contains(item));
        share_body || share_item || self.names_what(other)
    }

    /// Returns true if two activities name one subject.
    fn names_what(&self, other: &Self) -> bool {
        let share_name = self.names.iter().any(|name| other.names.contains(name));
        let share_acronym = self.acronyms.iter().any(|acronym| other.acronyms.contains(acronym));
        share_name || share_acronym || self.describes(other) || other.describes(self)
    }

    /// Returns true if the description mentions another activity.
    fn describes(&self, other: &Self) -> bool {
        weight(&other.title) >= RECOGNISABLE && share(&other.title, &self.description) >= DESCRIBED
    }
}

impl Context<'_> {
    /// Divides activities by subject: those that share a name, the acronym of a policy, an item of another plan or one
    /// of these bodies, and those that another describes. Names in `known`, the title of the question, distinguish
    /// nothing. Subjects with highlights and results come first.
    pub(super) fn subjects<'r>(
        &self,
        activities: &[&'r Activity],
        known: &str,
        bodies: &[CommissionId],
    ) -> Vec<Subject<'r>> {
        let mut groups: Vec<Vec<ActivityKeys<'r>>> = Vec::new();
        for activity in activities.iter().copied() {
            let marked = self.marked(activity, known, bodies);
            let (linked, mut others): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|group| group.iter().any(|one| one.belongs_to(&marked)));
            let mut joined: Vec<ActivityKeys<'r>> = linked.into_iter().flatten().collect();
            joined.push(marked);
            others.push(joined);
            groups = others;
        }
        let mut subjects: Vec<Subject<'r>> = groups.into_iter().map(|group| self.subject(group)).collect();
        subjects.sort_by_key(|one| self.rank(one));
        subjects
    }

    /// Returns activities in the order of their subjects.
    pub(super) fn in_order<'r>(&self, activities: &[&'r Activity]) -> Vec<&'r Activity> {
        self.subjects(activities, "", &[]).into_iter().flat_map(|one| one.activities).collect()
    }

    /// Returns true if an activity was before the period or only its validity reaches into it.
    pub(super) fn is_background(&self, activity: &Activity) -> bool {
        use crate::activities::ActivityKind::{LegalInstrument, Protocol, Recognition};
        let is_valid = matches!(activity.kind, LegalInstrument | Protocol | Recognition);
        let began_before = activity.starts.as_ref().is_some_and(|starts| starts.to() < self.from);
        !activity.meets(self.from, self.to) || is_valid && began_before
    }

    /// Returns true if the country's last approved report cites an activity that was over when its period ended.
    pub(super) fn is_of_last_report(&self, activity: &Activity) -> bool {
        let Some(previous) = self.records.previous.as_ref().filter(|previous| previous.cited.contains(&activity.id))
        else {
            return false;
        };
        activity.span().is_some_and(|(_, end)| end <= previous.period_to)
    }

    /// Puts the activities of a subject in order: a highlight, what shares its name, the others by date; the
    /// background last.
    fn subject<'r>(&self, mut group: Vec<ActivityKeys<'r>>) -> Subject<'r> {
        group.sort_by_key(|one| (self.is_background(one.activity), !one.activity.highlight, order(one.activity)));
        let lead = group.first().filter(|one| one.activity.highlight).map(|one| one.names.clone()).unwrap_or_default();
        let shares = |one: &ActivityKeys<'_>| one.names.iter().any(|name| lead.contains(name));
        group.sort_by_key(|one| (self.is_background(one.activity), !shares(one)));
        let bodies = unique(group.iter().flat_map(|one| one.bodies.iter().copied()));
        let has_like = |one: &ActivityKeys<'_>| {
            group.iter().any(|other| other.activity.id != one.activity.id && one.names_what(other))
        };
        let is_one_entry = group.len() <= LONGEST && group.iter().all(has_like);
        Subject { activities: group.into_iter().map(|one| one.activity).collect(), bodies, is_one_entry }
    }

    /// Returns the place of a subject: what is marked, what was achieved, then by date; the background last.
    fn rank(&self, subject: &Subject<'_>) -> impl Ord + use<> {
        let own = || subject.activities.iter().filter(|one| !self.is_background(one));
        let achieved = own().any(|one| one.result_state == Some(ResultState::Achieved));
        let earliest = own().map(|one| order(one)).min();
        let first = subject.activities.iter().map(|one| order(one)).min();
        (own().next().is_none(), !own().any(|one| one.highlight), Reverse(achieved), earliest, first)
    }

    fn marked<'r>(&self, activity: &'r Activity, known: &str, bodies: &[CommissionId]) -> ActivityKeys<'r> {
        let original = self.original_of(activity);
        let known_names = names_in(&format!("- {known}"));
        let mut own_names = names_in(&original.title);
        let is_place = |name: &str| activity.territories.iter().any(|place| names(place, name));
        let is_known = |name: &String| known_names.contains(name) || THEMES.contains(&name.as_str());
        own_names.retain(|name| !is_known(name) && !is_place(name) && !self.is_body(name));
        let is_subject = |word: &String| !names(known, word) && !self.is_acronym_of_a_body(word);
        let is_elsewhere = |item: &PlanItemId| !self.records.roadmap.contains_any(&[*item]);
        ActivityKeys {
            activity,
            title: original.title.clone(),
            description: original.description.clone().unwrap_or_default(),
            names: own_names,
            acronyms: acronyms_in(&original.title).filter(is_subject).collect(),
            bodies: activity.commission_ids.iter().copied().filter(|body| bodies.contains(body)).collect(),
            items: activity.plan_item_ids.iter().copied().filter(is_elsewhere).collect(),
        }
    }

    /// Returns true if two words are part of the name of a body.
    fn is_body(&self, pair: &str) -> bool {
        self.original.institutions.values().any(|one| names(&one.name, pair))
    }

    fn is_acronym_of_a_body(&self, word: &str) -> bool {
        let is = |acronym: &Option<String>| acronym.as_deref() == Some(word);
        let of_institution = self.original.institutions.values().any(|one| is(&one.acronym));
        of_institution || self.original.commissions.iter().any(|one| is(&one.acronym) || one.label().starts_with(word))
    }
}

/// Returns the acronyms of four letters or more in a title.
fn acronyms_in(title: &str) -> impl Iterator<Item = String> {
    let words = title.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3 && word.chars().all(char::is_uppercase)).map(str::to_owned)
}

/// Returns true if two titles have two words of a name in common, as `Protocolo de 2014`.
pub(super) fn shares_name(one: &str, other: &str) -> bool {
    let others = names_in(other);
    names_in(one).iter().any(|pair| others.contains(pair))
}

/// Returns the pairs of neighbouring words of names. The first word is none of them: every title begins with a capital
/// letter.
fn names_in(title: &str) -> Vec<String> {
    let carries = |word: &&str| word.chars().count() > 3 || word.chars().all(|c| c.is_ascii_digit());
    let is_name = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    let words: Vec<&str> = title.split_whitespace().skip(1).filter(carries).collect();
    let pairs = words.iter().zip(words.iter().skip(1)).filter(|(one, other)| is_name(one) && is_name(other));
    pairs.map(|(one, other)| format!("{} {}", fold_words(one), fold_words(other))).collect()
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

    #[test]
    fn acronyms_of_a_title_are_found() {
        let found: Vec<String> = acronyms_in("Envío al CEPLAN del entregable de la PNMPETF (RM 1-TR)").collect();
        assert_eq!(found, ["CEPLAN", "PNMPETF"]);
    }
}
