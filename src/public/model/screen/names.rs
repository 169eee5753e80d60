//! The names that no text may contain: of persons, and of commissions that are not public.

use std::collections::{HashMap, HashSet};

use super::words::{Word, words_of};
use super::{ClosedName, KnownNames};
use crate::text::visible_text;

/// First words of the name of an account or of a seat that is a post or a body and not a person.
const POSTS: &[&str] = &[
    "secretaria",
    "coordinacion",
    "administracion",
    "direccion",
    "ministerio",
    "gobierno",
    "observacion",
    "oficina",
    "unidad",
    "comite",
    "comision",
    "equipo",
    "secretariat",
    "coordination",
    "administration",
    "office",
    "unit",
    "ministry",
    "departamento",
    "division",
    "subsecretaria",
    "delegacion",
    "representacion",
    "superintendencia",
    "inspeccion",
    "servicio",
    "instituto",
    "organizacion",
    "fundacion",
    "corporacion",
    "asociacion",
    "sindicato",
    "fiscalia",
    "defensoria",
    "policia",
    "municipalidad",
    "universidad",
    "consejo",
    "programa",
    "area",
    "todos",
    "todas",
    "cada",
    "ambas",
    "por",
    "sin",
];

/// First words of what follows the name of a person: `Ana Soto, Directora Regional`.
const ROLES: &[&str] = &[
    "director",
    "directora",
    "jefe",
    "jefa",
    "asesor",
    "asesora",
    "coordinador",
    "coordinadora",
    "ministro",
    "ministra",
    "presidente",
    "presidenta",
    "secretario",
    "viceministro",
    "viceministra",
    "representante",
    "titular",
    "suplente",
    "encargado",
    "encargada",
    "punto",
    "enlace",
    "delegado",
    "delegada",
    "director",
    "head",
    "deputy",
    "focal",
];

/// Words inside names that are left out before two words of a name are compared with two words of a text.
const PARTICLES: &[&str] =
    &["de", "del", "la", "las", "los", "el", "da", "do", "das", "di", "van", "von", "san", "santa"];

/// The largest number of words of a name that are compared with each other.
const MOST_WORDS: usize = 12;

/// Two words of the name of one person, in both orders: a text that has both beside each other names the person, with or
/// without the other names, and also with the surname first.
#[derive(Debug, Default)]
pub(super) struct People(HashSet<(String, String)>);

impl People {
    pub(super) fn of(names: &[String]) -> Self {
        let mut all = Self::default();
        names.iter().flat_map(|name| persons_in(name)).for_each(|name| all.add(&name));
        all
    }

    fn add(&mut self, name: &[String]) {
        for (n, one) in name.iter().enumerate() {
            for other in name.iter().skip(n + 1).filter(|other| *other != one) {
                self.0.insert((one.clone(), other.clone()));
                self.0.insert((other.clone(), one.clone()));
            }
        }
    }

    /// Finds two words of a name beside each other.
    pub(super) fn are_named(&self, words: &[Word]) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let words = plain_names(words);
        words.iter().zip(words.iter().skip(1)).any(|pair| self.0.contains(&(pair.0.clone(), pair.1.clone())))
    }
}

/// Returns the words of a text or a name without particles, initials and numbers.
fn plain_names(words: &[Word]) -> Vec<String> {
    let is_plain = |word: &&Word| {
        !word.is_number() && word.folded.chars().count() > 1 && !PARTICLES.contains(&word.folded.as_str())
    };
    words.iter().filter(is_plain).map(|word| word.folded.clone()).collect()
}

/// Returns the names of persons in what somebody entered as a name: `Elena Poma Ríos (Unidad de Género)`, `QUISPE MAMANI,
/// Rosa`, `Ana Soto / Pedro Mamani`.
fn persons_in(entered: &str) -> Vec<Vec<String>> {
    let text = visible_text(entered);
    let text = text.split('(').next().filter(|head| !head.trim().is_empty()).unwrap_or(&text);
    let mut marked = text.replace([',', ';', '/', ':', '|', '\n', '\t'], "\u{0}");
    for between in [" - ", " – ", " — ", " y ", " e ", " and "] {
        marked = marked.replace(between, "\u{0}");
    }
    let parts: Vec<Vec<String>> = marked.split('\u{0}').map(|part| plain_names(&words_of(part))).collect();
    let mut all: Vec<Vec<String>> = Vec::new();
    for (n, part) in parts.iter().enumerate() {
        let begins = |list: &[&str]| part.first().is_some_and(|first| list.contains(&first.as_str()));
        let own: Vec<String> = part.iter().take(MOST_WORDS).cloned().collect();
        if begins(POSTS) || (n > 0 && begins(ROLES)) {
            continue;
        }
        // What follows a comma may be the given name of the surname before it.
        if let Some(last) = all.last().filter(|_| own.len() <= 2 && n > 0) {
            let whole = last.iter().chain(&own).take(MOST_WORDS).cloned().collect();
            all.push(whole);
        }
        all.push(own);
    }
    all.retain(|name| name.len() > 1);
    all
}

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
struct Names(HashMap<String, Vec<Vec<String>>>);

impl Names {
    fn of(names: impl IntoIterator<Item = Vec<Word>>) -> Self {
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
    fn longest_at(&self, words: &[Word]) -> usize {
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

    fn names(listed: &str, text: &str) -> bool {
        People::of(&[listed.to_owned()]).are_named(&words_of(text))
    }

    #[test]
    fn a_person_is_found_in_every_common_form_of_the_name() {
        for (listed, text) in [
            ("Rosa Quispe", "Rosa Quispe preside"),
            ("Rosa Quispe", "QUISPE, Rosa"),
            ("Rosa Quispe Mamani", "Rosa Quispe preside"),
            ("Rosa Quispe Mamani", "QUISPE MAMANI, Rosa"),
            ("Rosa Quispe Mamani", "Sra. Quispe Mamani"),
            ("QUISPE MAMANI, Rosa", "Rosa Quispe"),
            ("María de la Cruz", "a Maria De La Cruz"),
            ("Carlos Mesa Gisbert", "Carlos Mesa"),
            ("Carlos Mesa Gisbert", "Mesa Gisbert"),
            ("Elena Poma Ríos (Unidad de Género)", "Elena Poma"),
            ("Ana Soto / Pedro Mamani", "Pedro Mamani"),
            ("Ana Soto y Pedro Mamani", "Ana Soto"),
            ("Ana Soto, Directora Regional", "Ana Soto"),
            ("Ana Soto - Unidad de Género", "Ana M. Soto"),
            ("Ana Pérez-Soto", "Ana Pérez Soto"),
        ] {
            assert!(names(listed, text), "{listed}: {text}");
        }
    }

    #[test]
    fn posts_and_single_words_are_no_persons() {
        for (listed, text) in [
            ("Secretaría técnica", "La secretaría técnica convoca"),
            ("Luis", "Luis"),
            ("Ministerio de Salud (Ana)", "El Ministerio de Salud"),
            ("Elena Poma Ríos (Unidad de Género)", "La Unidad de Género"),
            ("Ana Soto, Directora Regional", "La Directora Regional"),
            ("María de la Cruz", "de la"),
            ("secretariat 1", "secretariat 1"),
        ] {
            assert!(!names(listed, text), "{listed}: {text}");
        }
    }

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
