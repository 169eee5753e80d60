//! Ages of single minors, and counts that are small enough to identify persons. The words are folded: without accents.

/// Words for one person: an age beside such a word is the age of this person.
const PERSONS: &str = "nino nina adolescente menor joven hijo hija hermano hermana victima alumno alumna \
    boy girl child victim teenager son daughter brother sister";

/// Words for the persons of a small count.
const COUNTED: &str = "victimas victima sobrevivientes casos ninos ninas adolescentes menores \
    victims victim survivors cases children girls boys teenagers minors";

/// Numbers below ten in words, without "one", which is also an article.
const FEW: &str = "dos tres cuatro cinco seis siete ocho nueve two three four five six seven eight nine";

/// Words that make a count a limit or a range instead of a number of persons.
const BOUNDS: &str = "menos less fewer than hasta under";

/// Finds the age of one minor: `un niño de 9 años`, `tienen 17 años de edad`, `aged 14`; not `mayores de 14 años`, `de
/// 5 a 17 años`.
pub(super) fn states_age_of_a_minor(words: &[&str]) -> bool {
    let minors = words.iter().enumerate().filter(|(_, word)| is_minor(word));
    minors.map(|(at, _)| at).any(|at| {
        let before = |n: usize| at.checked_sub(n).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let after = |n: usize| words.get(at + n).copied().unwrap_or_default();
        let years = matches!(after(1), "ano" | "anos" | "year" | "years");
        let aged = before(1) == "aged";
        let stated =
            aged || years && (matches!((after(2), after(3)), ("de", "edad") | ("of", "age")) || after(2) == "old");
        let of_person = years && (1..=3).any(|n| is_one_of(PERSONS, before(n)));
        (stated || of_person) && !is_bound(before)
    })
}

/// Returns true when the word is in the list, whose words are separated by spaces.
fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|known| known == word)
}

fn is_minor(word: &str) -> bool {
    word.len() <= 2 && word.parse().is_ok_and(|age: u8| age < 18)
}

/// Recognises a limit of age or a range of ages, which belong to no person.
fn is_bound<'a>(before: impl Fn(usize) -> &'a str) -> bool {
    (1..=7).any(|n| is_one_of("minima minimo minimum", before(n)))
        || (1..=4).any(|n| is_one_of("menores menor mayores mayor desde under over least", before(n)))
        || number(before(1))
        || is_one_of("a y o and to or", before(1)) && number(before(2))
}

/// Finds two words that are written like names and then the age of a minor: `Juan Pérez, 15 años`, `María Rojas (9
/// años)`.
pub(super) fn states_age_after_a_name(text: &str) -> bool {
    let years = [" años", " anos", " year"];
    years.iter().flat_map(|unit| text.match_indices(unit)).any(|(at, _)| {
        let head = text.get(..at).unwrap_or_default();
        let before = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let age = head.get(before.len()..).unwrap_or_default();
        let separated = before.trim_end().strip_suffix([',', '(']).or_else(|| before.trim_end().strip_suffix(" de"));
        is_minor(age) && separated.is_some_and(ends_with_a_name)
    })
}

fn ends_with_a_name(text: &str) -> bool {
    let named = |word: &str| {
        let mut letters = word.chars();
        let long = word.chars().count() > 2;
        long && letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    let last: Vec<&str> = text.split_whitespace().rev().take(2).collect();
    last.len() == 2 && last.into_iter().all(named)
}

fn number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit()) && !word.is_empty()
}

/// Finds a small count of persons: `ocho (8) víctimas`, `5 casos`; not `menos de diez víctimas`, `entre 5 y 17 niños`.
pub(super) fn has_small_count(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let before = |n: usize| at.checked_sub(n).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let few = word.len() == 1 && word.parse().is_ok_and(|n: u8| n > 0) || is_one_of(FEW, word);
        let next = || words.get(at + 1).copied().unwrap_or_default();
        let many = |word: &str| word.len() > 10 || word.parse::<u32>().is_ok_and(|n| n > 9);
        let bound = || (1..=2).any(|n| is_one_of(BOUNDS, before(n))) || number(before(1)) && many(before(1));
        few && is_one_of(COUNTED, next()) && !bound()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{PersonalData, personal_data};

    fn has(kind: PersonalData, text: &str) -> bool {
        personal_data(text).contains(&kind)
    }

    #[test]
    fn the_age_of_one_minor_is_found() {
        for text in [
            "Dos personas tienen 17 años de edad y una, 16 años de edad.",
            "Se gestionó el almuerzo de un niño de 9 años.",
            "Juan Pérez, 15 años, trabajaba en la feria.",
            "María Rojas (9 años) fue derivada.",
            "A 14-year-old was found.",
            "A girl, aged 12, was found.",
        ] {
            assert!(has(PersonalData::MinorAge, text), "{text}");
        }
    }

    #[test]
    fn limits_ranges_and_terms_are_not_ages_of_a_person() {
        for text in [
            "Encuesta a personas de 5 a 17 años de edad.",
            "Elevar la edad mínima de acceso al empleo a 15 años de edad.",
            "Menores de 18 años de edad y mayores de 14 años de edad.",
            "El plan rige por 5 años y se evaluó en 2 años.",
            "Adolescentes entre 14 y 17 años.",
            "Una persona de 34 años de edad.",
        ] {
            assert!(!has(PersonalData::MinorAge, text), "{text}");
        }
    }

    #[test]
    fn small_counts_of_persons_are_found() {
        for text in ["ocho (8) víctimas de trata", "se detectaron 5 casos", "three children", "1 víctima"] {
            assert!(has(PersonalData::SmallCell, text), "{text}");
        }
        for text in ["menos de diez víctimas", "75 víctimas", "20 5 casos", "seis gobiernos locales", "una víctima"]
        {
            assert!(!has(PersonalData::SmallCell, text), "{text}");
        }
    }
}
