//! Numbers of identity cards. A plain number of eight digits is not enough: documents and amounts have such numbers
//! too.

use crate::text::fold;

/// The first number of institutions; natural persons have lower numbers.
const FIRST_RUT_OF_INSTITUTIONS: u32 = 50_000_000;

/// Words after which a number without its hyphen is a RUT, and a DNI without its check character.
const RUT_WORDS: &[&str] = &["rut", "run", "cedula", "r u t", "r u n"];
const DNI_WORDS: &[&str] = &["dni", "d n i", "identidad"];

/// The number of words before a number that may name it: `DNI N° 12345678`.
const NAMING_WORDS: usize = 3;

/// The maximum length, in bytes, of the number of a card and of a word that names one.
const LONGEST: usize = 16;

/// The kinds of cards whose numbers are in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cards {
    pub rut: bool,
    pub dni: bool,
}

/// Examines each word once, and the words before it only when it is a number of the right length.
pub(super) fn in_text(text: &str) -> Cards {
    let mut found = Cards::default();
    let mut before = [""; NAMING_WORDS];
    for token in tokens(text) {
        if token.len() <= LONGEST && token.starts_with(|c: char| c.is_ascii_digit()) {
            found.rut |= shows_rut(token, before);
            found.dni |= shows_dni(token, before);
        }
        before.rotate_left(1);
        if let Some(last) = before.last_mut() {
            *last = token;
        }
    }
    found
}

/// Returns the words of a text, with the points and hyphens inside them.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_alphanumeric() || c == '.' || is_hyphen(c);
    let words = text.split(move |c: char| !inside(c));
    words.map(|token| token.trim_matches(|c: char| c == '.' || is_hyphen(c))).filter(|token| !token.is_empty())
}

fn shows_rut(token: &str, before: [&str; NAMING_WORDS]) -> bool {
    if let Some((body, check)) = parts(token) {
        return is_rut(body, check);
    }
    let last = token.char_indices().last().and_then(|(at, check)| Some((token.get(..at)?, check)));
    last.is_some_and(|(body, check)| is_rut(body, check)) && names(before, RUT_WORDS)
}

fn shows_dni(token: &str, before: [&str; NAMING_WORDS]) -> bool {
    match parts(token) {
        Some((body, check)) => is_dni(body, check),
        None => digits(token).is_some_and(|digits| digits.len() == 8) && names(before, DNI_WORDS),
    }
}

/// Splits a word at its hyphen, when exactly one character follows the hyphen.
fn parts(token: &str) -> Option<(&str, char)> {
    let (body, check) = token.rsplit_once(is_hyphen)?;
    let mut letters = check.chars();
    letters.next().filter(|_| letters.next().is_none()).map(|check| (body, check.to_ascii_uppercase()))
}

/// Returns true when one of the words before a number names the card.
fn names(before: [&str; NAMING_WORDS], words: &[&str]) -> bool {
    let mut short = before.into_iter().filter(|word| !word.is_empty() && word.len() <= LONGEST);
    short.any(|word| words.contains(&fold([word]).as_str()))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−')
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// Recognises seven or eight digits, plain or in groups of three (`12.345.678`), with the correct check digit (modulus
/// 11), of a natural person.
fn is_rut(body: &str, check: char) -> bool {
    let groups: Vec<&str> = body.split('.').collect();
    let grouped = groups.len() == 3 && groups.iter().skip(1).all(|group| group.len() == 3);
    let Some(digits) = digits(&groups.concat()).filter(|digits| (7..=8).contains(&digits.len())) else { return false };
    let number = digits.iter().fold(0, |sum, digit| sum * 10 + digit);
    let sum: u32 = digits.iter().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(digit, by)| digit * by).sum();
    let right = match 11 - sum % 11 {
        11 => Some('0'),
        10 => Some('K'),
        rest => char::from_digit(rest, 10),
    };
    let person = (1_000_000..FIRST_RUT_OF_INSTITUTIONS).contains(&number);
    (groups.len() == 1 || grouped) && person && right == Some(check.to_ascii_uppercase())
}

/// Recognises eight digits and the check digit or letter of the register of Peru: weights 3 2 7 6 5 4 3 2, modulus 11.
fn is_dni(body: &str, check: char) -> bool {
    const NUMBERS: &str = "67890112345";
    const LETTERS: &str = "KABCDEFGHIJ";
    let Some(digits) = digits(body).filter(|digits| digits.len() == 8) else { return false };
    let sum: u32 = digits.iter().zip([3, 2, 7, 6, 5, 4, 3, 2]).map(|(digit, by)| digit * by).sum();
    let place = (11 - sum % 11) % 11;
    let at = |table: &str| table.chars().nth(place as usize);
    [at(NUMBERS), at(LETTERS)].contains(&Some(check))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rut_is_recognised_by_its_check_digit() {
        for text in [
            "12.345.678-5",
            "12345678-5",
            "(RUT: 12.345.678-5).",
            "1.000.005-K",
            "RUN 123456785",
            "7654321–6",
            "12.345.678−5",
        ] {
            assert!(in_text(text).rut, "{text}");
        }
        for text in ["12.345.678-4", "12345678", "RUN 123456784", "61.001.000-8", "1.23.456.78-5", "Ley N° 20.507"] {
            assert!(!in_text(text).rut, "{text}");
        }
    }

    #[test]
    fn a_dni_is_recognised_by_its_check_character_or_its_name() {
        for text in ["17801146-0", "17801146-D", "17801146-d,", "DNI 12345678", "DNI N° 12345678", "D.N.I.: 12345678"]
        {
            assert!(in_text(text).dni, "{text}");
        }
        for text in [
            "17801146-1",
            "17801146-E",
            "12345678",
            "DNI 1234567",
            "S/ 12345678",
            "Oficio N° 005111-2024-GRL",
            "17801146",
        ] {
            assert!(!in_text(text).dni, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_number_is_one_of_the_three_words_before_it() {
        assert!(in_text("DNI uno dos 12345678").dni);
        assert!(!in_text("DNI uno dos tres 12345678").dni);
        assert!(in_text(&format!("{} DNI 12345678", "9 ".repeat(10_000))).dni);
        assert!(!in_text(&format!("DNI 12345678{}", "9".repeat(10_000))).dni);
    }
}
