//! Writes names in full with their acronym where a report first names a body, and the acronym alone afterwards; and
//! groups the digits of large numbers as the country does.

use std::collections::HashSet;

use super::grammar::{body_name, contracted};
use crate::i18n::Lang;
use crate::reports::records::Records;
use crate::reports::words::Words;

/// A body or a plan with its full name and its acronym.
struct Body {
    name: String,
    acronym: String,
}

/// The bodies of a country, and those that the report has named.
pub(super) struct Acronyms<'a> {
    words: Words<'a>,
    bodies: Vec<Body>,
    named: HashSet<usize>,
}

/// One place where a text names a body.
struct Found {
    at: usize,
    len: usize,
    body: usize,
    is_name: bool,
}

impl<'a> Acronyms<'a> {
    pub(super) fn of(records: &Records, words: Words<'a>) -> Self {
        let institutions = records.institutions.values().map(|one| (&one.name, &one.acronym));
        let commissions = records.commissions.iter().map(|one| (&one.name, &one.acronym));
        let body = |(name, acronym): (&String, &Option<String>)| {
            let acronym = acronym.clone().filter(|short| is_usable(short) && short != name)?;
            Some(Body { name: name.clone(), acronym })
        };
        let mut bodies: Vec<Body> = institutions.chain(commissions).filter_map(body).collect();
        let plans = records.plans.iter().filter_map(|plan| acronym_in(&plan.title));
        bodies.extend(plans.map(|(name, acronym)| Body { name: name.to_owned(), acronym: acronym.to_owned() }));
        bodies.sort_by(|a, b| a.name.cmp(&b.name).then(a.acronym.cmp(&b.acronym)));
        bodies.dedup_by(|a, b| a.acronym == b.acronym);
        Self { words, bodies, named: HashSet::new() }
    }

    /// Rewrites one text of the report; texts come in the order in which they are read.
    pub(super) fn rewrite(&mut self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        let mut from = 0;
        for found in self.find(text) {
            if found.at < from {
                continue;
            }
            let Some(body) = self.bodies.get(found.body) else { continue };
            written.push_str(text.get(from..found.at).unwrap_or_default());
            let mut end = found.at + found.len;
            let in_brackets = text.get(..found.at).is_some_and(|before| before.ends_with('('))
                && text.get(end..).is_some_and(|after| after.starts_with(')'));
            let bracket = format!(" ({})", body.acronym);
            if found.is_name && text.get(end..).is_some_and(|after| after.starts_with(&bracket)) {
                end += bracket.len();
            }
            let is_first = self.named.insert(found.body);
            if is_first && !in_brackets {
                let before = written.trim_end().rsplit(' ').next().unwrap_or_default();
                let bare = ["de", "y", "e", "a", "con", "por", "entre", "o", "of", "and", "with", "by", "to", "for"]
                    .contains(&before)
                    || before.ends_with(',');
                match !found.is_name && bare && written.ends_with(' ') {
                    true => written.push_str(&body_name(&body.name, self.words.lang)),
                    false => written.push_str(&body.name),
                }
                written.push_str(&bracket);
            } else {
                written.push_str(&body.acronym);
            }
            from = end;
        }
        written.push_str(text.get(from..).unwrap_or_default());
        let written = group_digits(&written, self.words);
        match (self.words.lang, self.words.country) {
            (Lang::En, _) => written,
            (Lang::Es, "PE") => contracted(&written).replace("septiembre", "setiembre"),
            (Lang::Es, _) => contracted(&written),
        }
    }

    /// Finds every place, in order; at one place the longest first.
    fn find(&self, text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        for (body, names) in self.bodies.iter().enumerate() {
            for (pattern, is_name) in [(&names.name, true), (&names.acronym, false)] {
                let places = text.match_indices(pattern.as_str()).map(|(at, _)| at);
                let own = places.filter(|at| stands_alone(text, *at, pattern.len()));
                all.extend(own.map(|at| Found { at, len: pattern.len(), body, is_name }));
            }
        }
        all.sort_by_key(|found| (found.at, std::cmp::Reverse(found.len)));
        all
    }
}

/// Returns the name and the acronym in a title such as `Plan Nacional de Acción (PNA) 2021-2025`.
pub(super) fn acronym_in(title: &str) -> Option<(&str, &str)> {
    let (name, rest) = title.split_once(" (")?;
    let (acronym, _) = rest.split_once(')')?;
    let is_upper = acronym.chars().all(char::is_uppercase);
    (is_usable(acronym) && is_upper).then_some((name, acronym))
}

/// Returns true if an acronym can be distinguished from other words: three letters or more, in one word without
/// marks.
fn is_usable(acronym: &str) -> bool {
    let letters = acronym.chars().count();
    letters > 2 && acronym.chars().all(char::is_alphabetic) && acronym.chars().any(char::is_uppercase)
}

/// Returns true if a part of a text is a word, and not a part of a code such as `475-2020-MTPE/4/8`.
fn stands_alone(text: &str, at: usize, len: usize) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '_' | '.' | '@');
    let before = text.get(..at).and_then(|part| part.chars().next_back());
    let mut after = text.get(at + len..).unwrap_or_default().chars();
    let (next, then) = (after.next(), after.next());
    let ends = match next {
        Some('.') => !then.is_some_and(char::is_alphanumeric),
        Some(c) => !joins(c),
        None => true,
    };
    !before.is_some_and(joins) && ends
}

/// Writes `2163 efectivos` as the country does; years, numbers of norms and parts of codes stay.
fn group_digits(text: &str, words: Words<'_>) -> String {
    let parts: Vec<&str> = text.split(' ').collect();
    let mut written: Vec<String> = Vec::with_capacity(parts.len());
    for (n, part) in parts.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|at| parts.get(at)).copied().unwrap_or_default();
        let digits = part.trim_end_matches(['.', ',', ';', ':', ')']);
        let value: Option<u64> =
            (digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten();
        let is_number_of =
            before.contains('°') || before.contains('º') || before.ends_with('.') || before.ends_with("núm");
        match value.filter(|value| !(1900..=2100).contains(value) && !is_number_of && !digits.starts_with('0')) {
            Some(value) => {
                written.push(format!("{}{}", words.number(value), part.get(digits.len()..).unwrap_or_default()));
            }
            None => written.push((*part).to_owned()),
        }
    }
    written.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acronyms() -> Acronyms<'static> {
        let words = Words { lang: Lang::Es, country: "PE" };
        let body = |name: &str, acronym: &str| Body { name: name.to_owned(), acronym: acronym.to_owned() };
        let bodies = vec![body("Ministerio de Trabajo", "MTPE"), body("Organización Internacional del Trabajo", "OIT")];
        Acronyms { words, bodies, named: HashSet::new() }
    }

    #[test]
    fn a_body_is_named_in_full_once() {
        let mut acronyms = acronyms();
        assert_eq!(acronyms.rewrite("El MTPE informó."), "El Ministerio de Trabajo (MTPE) informó.");
        assert_eq!(
            acronyms.rewrite("El Ministerio de Trabajo y la OIT."),
            "El MTPE y la Organización Internacional del Trabajo (OIT)."
        );
        assert_eq!(acronyms.rewrite("Informe N° 475-2020-MTPE/4/8."), "Informe N° 475-2020-MTPE/4/8.");
    }

    #[test]
    fn a_name_with_its_acronym_is_not_doubled() {
        let mut acronyms = acronyms();
        assert_eq!(acronyms.rewrite("El Ministerio de Trabajo (MTPE)."), "El Ministerio de Trabajo (MTPE).");
    }

    #[test]
    fn the_acronym_of_a_plan_stands_in_its_title() {
        let title = "Plan Nacional de Acción sobre Empresas (PNA) 2021-2025";
        assert_eq!(acronym_in(title), Some(("Plan Nacional de Acción sobre Empresas", "PNA")));
        assert_eq!(acronym_in("Plan de trabajo (2019 – 2022)"), None);
    }

    #[test]
    fn large_numbers_are_grouped_and_years_are_not() {
        let words = Words { lang: Lang::Es, country: "PE" };
        assert_eq!(
            group_digits("2163 efectivos en 2023, Ley N° 27337.", words),
            "2,163 efectivos en 2023, Ley N° 27337."
        );
    }
}
