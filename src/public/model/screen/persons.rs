//! The names of persons: those in what somebody entered as a name, and the search for them in a text.

mod posts;

use std::collections::HashSet;

use super::names::Names;
use super::words::{Word, words_of};
use crate::text::visible_text;
use posts::{PARTICLES, Post};

/// The largest number of words of a name that are compared with each other.
const MOST_WORDS: usize = 12;

/// Two words of the name of one person, in both orders: a text that has both beside each other names the person, with or
/// without the other names, and also with the surname first.
#[derive(Debug, Default)]
pub(super) struct People(HashSet<(String, String)>);

impl People {
    /// Gathers the persons in what was entered as names, without these bodies.
    pub(super) fn of(names: &[String], bodies: &Names) -> Self {
        let mut all = Self::default();
        names.iter().flat_map(|name| persons_in(name, bodies)).for_each(|name| all.add(&name));
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
    words.iter().filter(|word| is_plain(word)).map(|word| word.folded.clone()).collect()
}

fn is_plain(word: &Word) -> bool {
    !word.is_number() && word.folded.chars().count() > 1 && !PARTICLES.contains(&word.folded.as_str())
}

/// Returns the names of persons in what somebody entered as a name: `Elena Poma Ríos (Unidad de Género)`, `QUISPE MAMANI,
/// Rosa`, `Ana Soto / Pedro Mamani`, `Secretaria técnica Rosa Quispe`. A remark in parentheses is read if no person stands
/// before it: `Ministerio de Salud (Rosa Quispe)`.
fn persons_in(entered: &str, bodies: &Names) -> Vec<Vec<String>> {
    let text = visible_text(entered);
    let (head, remark) = text.split_once('(').unwrap_or((&text, ""));
    let found = persons_before_remarks(head, bodies);
    if found.is_empty() { persons_before_remarks(remark, bodies) } else { found }
}

fn persons_before_remarks(text: &str, bodies: &Names) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for part in Entry::of(text).parts(bodies) {
        let own: Vec<String> = plain_names(part.words).into_iter().take(MOST_WORDS).collect();
        if own.is_empty() {
            continue;
        }
        // What follows a comma may be the given name of the surname before it.
        if let Some(last) = all.last().filter(|_| own.len() <= 2 && !part.is_after_post) {
            let whole = last.iter().chain(&own).take(MOST_WORDS).cloned().collect();
            all.push(whole);
        }
        all.push(own);
    }
    all.retain(|name| name.len() > 1);
    all
}

/// The words of a name as it was entered.
struct Entry {
    words: Vec<Word>,
    /// Positions of the words that a sign precedes, such as a comma.
    after_sign: HashSet<usize>,
}

/// A part of an entry, without the post or the body with which it began.
struct Part<'e> {
    words: &'e [Word],
    is_after_post: bool,
}

impl Entry {
    fn of(text: &str) -> Self {
        let mut marked = text.replace([',', ';', '/', ':', '|', '\n', '\t', ')'], "\u{0}");
        for between in [" - ", " – ", " — "] {
            marked = marked.replace(between, "\u{0}");
        }
        let (mut words, mut after_sign) = (Vec::new(), HashSet::new());
        for piece in marked.split('\u{0}') {
            after_sign.insert(words.len());
            words.extend(words_of(piece));
        }
        Self { words, after_sign }
    }

    /// Returns true if a part ends before the word at a position.
    fn ends_at(&self, at: usize) -> bool {
        let joins = |word: &Word| ["y", "e", "and"].contains(&word.written.as_str());
        self.after_sign.contains(&at) || self.words.get(at).is_none_or(joins)
    }

    /// Returns the parts, without those that are the name of a body.
    fn parts(&self, bodies: &Names) -> Vec<Part<'_>> {
        let (mut parts, mut at) = (Vec::new(), 0);
        while let Some(rest) = self.words.get(at..).filter(|rest| !rest.is_empty()) {
            let is_post = Post::of(rest).is_some();
            // A single word, such as an acronym, may also be the name of a person.
            let body = Some(bodies.longest_at(rest)).filter(|body| *body > 1 && (is_post || self.ends_at(at + body)));
            let from = at + body.unwrap_or_default();
            let first = if body.is_some() { from } else { at + 1 };
            let to = (first..self.words.len()).find(|n| self.ends_at(*n)).unwrap_or(self.words.len());
            let own = self.words.get(from..to).unwrap_or_default();
            let words = posts::without_post(own);
            parts.push(Part { words, is_after_post: is_post || body.is_some() || words.len() < own.len() });
            at = if self.after_sign.contains(&to) { to } else { to + 1 };
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(listed: &str, text: &str) -> bool {
        named_beside(&[], listed, text)
    }

    fn named_beside(bodies: &[&str], listed: &str, text: &str) -> bool {
        let bodies = Names::of(bodies.iter().map(|name| words_of(name)));
        People::of(&[listed.to_owned()], &bodies).are_named(&words_of(text))
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
    fn a_person_is_found_behind_a_post_or_a_body() {
        for listed in [
            "Secretaria técnica Rosa Quispe",
            "SECRETARIA TÉCNICA ROSA QUISPE",
            "secretaria técnica rosa quispe",
            "Ministerio de Salud Rosa Quispe",
            "Ministerio de Salud (Rosa Quispe)",
            "Ministerio de Salud: Rosa Quispe",
            "Directora Regional Rosa Quispe",
            "Ana Soto, Directora Regional Rosa Quispe",
            "Oficina de Rosa Quispe",
            "(Rosa Quispe)",
        ] {
            assert!(names(listed, "Preside Rosa Quispe."), "{listed}");
        }
        let body = ["Servicio de Rosas Blancas"];
        assert!(named_beside(&body, "Servicio de Rosas Blancas Rosa Quispe", "Preside Rosa Quispe."));
        assert!(!named_beside(&body, "Servicio de Rosas Blancas Rosa Quispe", "Las rosas blancas."));
    }

    #[test]
    fn posts_and_single_words_are_no_persons() {
        for (listed, text) in [
            ("Secretaría técnica", "La secretaría técnica convoca"),
            ("Luis", "Luis"),
            ("Ministerio de Salud (Ana)", "El Ministerio de Salud"),
            ("Ministerio de Desarrollo Social", "El desarrollo social"),
            ("Municipalidad de Puente Piedra", "Puente Piedra"),
            ("Gerencia Regional de Trabajo", "La gerencia regional de trabajo"),
            ("Directora Regional", "La directora regional"),
            ("Todas las instituciones participantes", "Las instituciones participantes"),
            ("Por definir", "Queda por definir"),
            ("Elena Poma Ríos (Unidad de Género)", "La Unidad de Género"),
            ("Ana Soto, Directora Regional", "La Directora Regional"),
            ("María de la Cruz", "de la"),
            ("secretariat 1", "secretariat 1"),
        ] {
            assert!(!names(listed, text), "{listed}: {text}");
        }
    }

    #[test]
    fn the_names_of_institutions_are_no_persons() {
        let bodies = [
            "Junta Nacional de Jardines Infantiles",
            "Carabineros de Chile",
            "Ministerio de Trabajo y Promoción del Empleo",
            "Justicia, Paz y Vida",
            "Ana Soto Consultora",
            "Minsal",
        ];
        for (listed, text) in [
            ("Junta Nacional de Jardines Infantiles", "Los jardines infantiles"),
            ("JUNTA NACIONAL DE JARDINES INFANTILES", "La Junta Nacional de Jardines Infantiles"),
            ("Minsal / Carabineros de Chile", "Carabineros de Chile informa"),
            ("Carabineros de Chile y Minsal", "Carabineros de Chile informa"),
            ("Ministerio de Trabajo y Promoción del Empleo", "La promoción del empleo"),
            ("Justicia, Paz y Vida", "Paz y vida; justicia, paz"),
        ] {
            assert!(!named_beside(&bodies, listed, text), "{listed}: {text}");
        }
        for (listed, text) in [
            ("Carabineros de Chile / Ana Soto", "Ana Soto"),
            ("Ministerio de Trabajo y Promoción del Empleo, Ana Soto", "Ana Soto"),
            ("Ministerio de Trabajo y Promoción del Empleo Ana Soto", "Ana Soto"),
            ("Ana Soto", "Ana Soto"),
            ("Ana Soto Consultora Vega", "Ana Soto"),
        ] {
            assert!(named_beside(&bodies, listed, text), "{listed}: {text}");
        }
    }
}
