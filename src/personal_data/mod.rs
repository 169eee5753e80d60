//! Personal data in free text: numbers of identity cards, ages of single minors, and counts so small that they identify
//! persons. It causes a warning, never a refusal, and the warning never repeats the data.

mod ages;
mod cards;

use crate::text::{fold, visible_text};

crate::text_enum! {
    /// Data about a person that a text seems to contain.
    PersonalData {
        /// A Chilean identity number of a natural person with a correct check digit.
        Rut = "rut",
        /// A Peruvian identity number: with its check character, or after the word DNI.
        Dni = "dni",
        /// The age of one minor.
        MinorAge = "minor_age",
        /// So few victims, cases or children that they can be recognised.
        SmallCell = "small_cell",
    }
}

/// The maximum length of a text that is examined; no field of the API takes a longer one.
const LONGEST: usize = 1_000_000;

/// Returns the kinds of personal data that a text seems to contain; each kind once, in the order of declaration.
///
/// Takes time in proportion to the length of the text: each word is examined with at most seven words before it and
/// three words after it. Only the beginning of a text longer than a million bytes is examined.
pub fn personal_data(text: &str) -> Vec<PersonalData> {
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    let text = visible_text(text);
    let folded = fold([text.as_str()]);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let cards = cards::in_text(&text);
    let has = |kind: &PersonalData| match kind {
        PersonalData::Rut => cards.rut,
        PersonalData::Dni => cards.dni,
        PersonalData::MinorAge => ages::states_age_of_a_minor(&words) || ages::states_age_after_a_name(&text),
        PersonalData::SmallCell => ages::has_small_count(&words),
    };
    PersonalData::ALL.iter().copied().filter(has).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_reported_once() {
        let text = "RUT 11.111.111-1 y 12.345.678-5: dos víctimas, una niña de 9 años de edad.";
        assert_eq!(personal_data(text), [PersonalData::Rut, PersonalData::MinorAge, PersonalData::SmallCell]);
        assert_eq!(personal_data("Se capacitó a 2.163 personas en 2023."), []);
        assert_eq!(
            personal_data("RUT 12.345.\u{200b}678\u{2212}5: \u{ff15} víctimas."),
            [PersonalData::Rut, PersonalData::SmallCell]
        );
    }
    /// A search over all pairs of words would not end within hours.
    #[test]
    fn the_longest_text_is_examined_in_linear_time() {
        for word in ["9 ", "9.", "12.345.678 ", "Ana 9 ", "una niña de nueve años ", "a"] {
            let text = word.repeat(LONGEST / word.len());
            personal_data(&text);
        }
        let hidden = format!("{} RUT 11.111.111-1", "9 ".repeat(400_000));
        assert!(personal_data(&hidden).contains(&PersonalData::Rut));
    }
}
