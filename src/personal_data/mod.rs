//! Personal data in free text: numbers of identity cards, ages of single minors, counts so small that they point at
//! persons. What is found is told as a warning, never refused, and the value found is never repeated.

mod ages;
mod cards;

use crate::db::dispatch::fold;

crate::text_enum! {
    /// What a text seems to tell about a person.
    PersonalData {
        /// A Chilean identity number of a natural person, its check digit right.
        Rut = "rut",
        /// A Peruvian identity number: with its check character, or after the letters DNI.
        Dni = "dni",
        /// The age of one minor.
        MinorAge = "minor_age",
        /// So few victims, cases or children that they can be recognised.
        SmallCell = "small_cell",
    }
}

/// The maximum length of a text that is examined; no field of the API takes a longer one.
const LONGEST: usize = 1_000_000;

/// What the text seems to tell about persons; each kind once, in the order of declaration.
///
/// Takes time in proportion to the length of the text: each word is examined with at most seven words before it and
/// three words after it. Only the beginning of a text longer than a million bytes is examined.
pub fn personal_data(text: &str) -> Vec<PersonalData> {
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    let folded = fold([text]);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let cards = cards::in_text(text);
    let holds = |kind: &PersonalData| match kind {
        PersonalData::Rut => cards.rut,
        PersonalData::Dni => cards.dni,
        PersonalData::MinorAge => ages::tells_a_minors_age(&words) || ages::names_beside_an_age(text),
        PersonalData::SmallCell => ages::counts_a_few(&words),
    };
    PersonalData::ALL.iter().copied().filter(holds).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_once() {
        let text = "RUT 11.111.111-1 y 12.345.678-5: dos víctimas, una niña de 9 años de edad.";
        assert_eq!(personal_data(text), [PersonalData::Rut, PersonalData::MinorAge, PersonalData::SmallCell]);
        assert_eq!(personal_data("Se capacitó a 2.163 personas en 2023."), []);
    }
}
