//! Compares texts by their words, so that nothing is stated twice.

use std::collections::HashSet;

use crate::text::fold_words;

/// The number of letters by which two forms of a word are the same: `creado`, `creación`.
const STEM: usize = 4;

/// Returns the stems of the words that carry meaning: those of more than three letters, and numbers.
fn stems(text: &str) -> HashSet<String> {
    let carries = |word: &&str| word.chars().count() > 3 || word.chars().all(|c| c.is_ascii_digit());
    fold_words(text).split(' ').filter(carries).map(|word| word.chars().take(STEM).collect()).collect()
}

/// Returns the number of words of a text that carry meaning.
pub(super) fn weight(text: &str) -> usize {
    stems(text).len()
}

/// Returns the share of the words of `part` that are in `whole` too, from 0 to 1.
pub(super) fn share(part: &str, whole: &str) -> f64 {
    let (part, whole) = (stems(part), stems(whole));
    if part.is_empty() {
        return 1.0;
    }
    let shared = part.iter().filter(|stem| whole.contains(*stem)).count();
    shared as f64 / part.len() as f64
}

/// Returns true if a text names something: all its words are together there.
pub(super) fn names(text: &str, name: &str) -> bool {
    let (text, name) = (fold_words(text), fold_words(name));
    !name.is_empty() && format!(" {text} ").contains(&format!(" {name} "))
}

/// Returns the sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        let next = text.get(at + 2..).and_then(|rest| rest.chars().next());
        let before = text.get(from..at).unwrap_or_default();
        let last = before.rsplit([' ', '(']).next().unwrap_or_default();
        if next.is_some_and(|c| c.is_uppercase() || "«“¿".contains(c)) && last.chars().count() > 2 {
            found.push(text.get(from..=at).unwrap_or_default().trim());
            from = at + 2;
        }
    }
    found.push(text.get(from..).unwrap_or_default().trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_compared_by_its_stems() {
        assert!(share("Plan de trabajo diseñado.", "Diseño del plan de trabajo 2023") > 0.9);
        assert!(share("Seis informes presentados.", "Informes de la dirección") < 0.5);
        assert!(names("Informe del MTPE a la PCM", "mtpe") && !names("Informe del MTPE", "PE"));
    }

    #[test]
    fn an_abbreviation_does_not_end_a_sentence() {
        let text = "Decreto núm. 5 vigente. Se aprobó en EE. UU. y en Perú. Fin.";
        assert_eq!(sentences(text), ["Decreto núm. 5 vigente.", "Se aprobó en EE. UU. y en Perú.", "Fin."]);
    }
}
