//! The names of bodies: of commissions, those that are not public among them, and of institutions.

use std::collections::{HashMap, HashSet};

use super::words::{Word, words_of};
use super::{ClosedName, KnownNames};
use crate::text::visible_text;

/// The names of commissions.
#[derive(Debug, Default)]
pub(super) struct Commissions {
    open: Names,
    closed: Names,
    /// Names of one word, such as acronyms, of the country of the page: in another country the same word is another thing,
    /// and leaving it out would tell that the commission exists.
    closed_words: HashSet<String>,
}

impl Commissions {
    pub(super) fn of(known: &KnownNames) -> Self {
        let open = Names::of(known.open.iter().map(|name| words_of(&visible_text(name))));
        let mut own = Self { open, ..Self::default() };
        for ClosedName { country_code, name } in &known.closed {
            let words = words_of(&visible_text(name));
            match words.as_slice() {
                _ if own.open.has(&words) => {}
                [word] if *country_code == known.country_code => {
                    own.closed_words.extend([word.written.clone(), word.written.to_uppercase()]);
                }
                [] | [_] => {}
                _ => own.closed.add(words),
            }
        }
        own
    }

    /// Finds a hidden name that is no part of the name of a public commission.
    pub(super) fn are_named(&self, words: &[Word]) -> bool {
        let mut rest = words;
        while let Some((first, after)) = rest.split_first() {
            let open = self.open.longest_at(rest);
            let single = usize::from(self.closed_words.contains(&first.written));
            if self.closed.longest_at(rest).max(single) > open {
                return true;
            }
            rest = if open > 0 { rest.get(open..).unwrap_or_default() } else { after };
        }
        false
    }
}

/// Names by their first word, folded.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, Vec<Vec<String>>>);

impl Names {
    pub(super) fn of(names: impl IntoIterator<Item = Vec<Word>>) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.add(name));
        all
    }

    fn add(&mut self, name: Vec<Word>) {
        let name: Vec<String> = name.into_iter().map(|word| word.folded).collect();
        if let Some(first) = name.first() {
            self.0.entry(first.clone()).or_default().push(name);
        }
    }

    fn has(&self, name: &[Word]) -> bool {
        self.longest_at(name) == name.len()
    }

    /// Returns the number of words of the longest name with which these words begin; 0 without one.
    pub(super) fn longest_at(&self, words: &[Word]) -> usize {
        let begins = |name: &&Vec<String>| {
            name.len() <= words.len() && name.iter().zip(words).all(|(own, word)| *own == word.folded)
        };
        let names = words.first().and_then(|first| self.0.get(&first.folded));
        names.into_iter().flatten().filter(begins).map(Vec::len).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_is_the_name_of_a_commission_of_the_same_country_alone() {
        let closed = |country: &str| ClosedName { country_code: country.to_owned(), name: "CIGTPE".to_owned() };
        let known = |country| KnownNames {
            country_code: "PE".to_owned(),
            closed: vec![closed(country)],
            ..KnownNames::default()
        };
        let named = |country, text: &str| Commissions::of(&known(country)).are_named(&words_of(text));
        assert!(named("PE", "La CIGTPE informa"));
        assert!(!named("PE", "La cigtpe informa"));
        assert!(!named("CL", "La CIGTPE informa"));
    }
}
