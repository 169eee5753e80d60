//! Counts of people below ten.

mod lines;

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::Word;
use crate::dates::SPANISH_MONTHS;

/// Beginnings of words for people. Folded: without accents.
const PEOPLE: &[&str] = &[
    "persona",
    "participant",
    "asistent",
    "mujer",
    "hombre",
    "varon",
    "adolescent",
    "joven",
    "victima",
    "sobrevivient",
    "alumn",
    "escolar",
    "estudiant",
    "docent",
    "profesor",
    "maestr",
    "trabajador",
    "funcionari",
    "inspector",
    "migrant",
    "inmigrant",
    "refugiad",
    "extranjer",
    "ciudadan",
    "beneficiari",
    "famili",
    "usuari",
    "pacient",
    "denunciant",
    "denunciad",
    "agraviad",
    "imputad",
    "acusad",
    "detenid",
    "condenad",
    "sentenciad",
    "procesad",
    "rescatad",
    "afectad",
    "desaparecid",
    "fallecid",
    "infant",
    "lactant",
    "bebe",
    "ancian",
    "indigena",
    "tratant",
    "explotador",
    "testig",
    "peruan",
    "chilen",
    "bolivian",
    "venezolan",
    "colombian",
    "ecuatorian",
    "haitian",
    "argentin",
    "brasilen",
    "paraguay",
    "attendee",
    "teenager",
    "victim",
    "survivor",
    "student",
    "teacher",
    "worker",
    "official",
    "beneficiar",
    "citizen",
    "foreigner",
    "refugee",
    "detainee",
    "immigrant",
];

/// Whole words for people.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "nino ninos nina ninas nna nnas nnya nnaj menor menores caso casos denuncia denuncias hijo hijos hija hijas madre \
     madres padre padres hermano hermanos hermana hermanas adulto adultos adulta adultas mayores gente jovenes \
     companero companera companeros companeras colega colegas interno internos interna internas person persons people \
     woman women man men child children boy boys girl girls minor minors family families case cases pupil pupils \
     schoolchild schoolchildren baby babies youth youths adult adults parent parents mother mothers father fathers \
     complainant complainants defendant defendants suspect suspects"
        .split_whitespace()
        .collect()
});

/// Words for one person after the English articles; `a` is a preposition in Spanish.
const ONE_IN_ENGLISH: &[&str] = &[
    "person",
    "woman",
    "man",
    "child",
    "boy",
    "girl",
    "survivor",
    "worker",
    "student",
    "teacher",
    "teenager",
    "official",
    "citizen",
    "foreigner",
];

/// Numbers below ten in words, without "one", which is also an article.
const FEW: &[&str] = &[
    "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "two", "three", "four", "five", "six", "seven",
    "eight", "nine",
];

const ONE: &[&str] = &["un", "una", "uno", "one"];

/// Words that may stand between "one" and the word for people: `una de las víctimas`, `una presunta víctima`.
const AFTER_ONE: &[&str] = &[
    "de", "del", "los", "las", "la", "sus", "estos", "estas", "presunto", "presunta", "posible", "supuesto",
    "supuesta", "nuevo", "nueva", "solo", "sola", "unico", "unica", "of", "the", "alleged",
];

/// Words between a part and the whole: `5 de 10 víctimas`.
const PART_OF: &[&str] =
    &["de", "del", "los", "las", "cada", "sobre", "entre", "a", "y", "o", "of", "the", "to", "and", "or"];

/// The number of words that may stand between a number and the word for people.
const BETWEEN: usize = 3;

/// The number of words that may stand between a day and its month: `5, 6 y 7 de junio`.
const MOST_JOINED_DAYS: usize = 6;

fn is_people(word: &Word) -> bool {
    WORDS.contains(word.folded.as_str()) || PEOPLE.iter().any(|stem| word.folded.starts_with(stem))
}

fn is_few_digits(word: &Word) -> bool {
    let digits = word.folded.trim_start_matches('0');
    digits.len() == 1 && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// Finds a count of people below ten: `05 víctimas`, `3 de las víctimas`, `mujeres: 3`, `un niño`.
pub(super) fn counts_few_people(words: &[Word]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let few = is_few_digits(word) && !is_day(words, at) || FEW.contains(&word.folded.as_str());
        (few && is_beside_people(words, at)) || is_one_person(words, at)
    })
}

/// Returns true for the day of a date: `5 de junio`, `5 y 6 de junio`.
fn is_day(words: &[Word], at: usize) -> bool {
    let joins = |word: &&Word| word.is_number() || ["y", "al", "a", "o", "e"].contains(&word.folded.as_str());
    let after = words.get(at + 1..).unwrap_or_default();
    let days = after.iter().take(MOST_JOINED_DAYS).take_while(joins).count();
    let is = |n: usize, list: &[&str]| after.get(days + n).is_some_and(|word| list.contains(&word.folded.as_str()));
    is(0, &["de"]) && is(1, &SPANISH_MONTHS)
}

fn is_beside_people(words: &[Word], at: usize) -> bool {
    let after = words.get(at + 1..).unwrap_or_default();
    let before = words.get(..at).unwrap_or_default();
    counted(after.iter()) || counted(before.iter().rev())
}

/// Returns true if the first word for people belongs to the number beside it, and not to a larger number between them: in `3
/// talleres para 10 personas` the three are talks.
fn counted<'w>(side: impl Iterator<Item = &'w Word>) -> bool {
    let near: Vec<&Word> = side.take(BETWEEN + 1).collect();
    let Some(at) = near.iter().position(|word| is_people(word)) else { return false };
    let between = near.get(..at).unwrap_or_default();
    let is_part = |word: &&&Word| word.is_number() || PART_OF.contains(&word.folded.as_str());
    let has_larger = between.iter().any(|word| word.is_number() && !is_few_digits(word));
    !has_larger || between.iter().all(|word| is_part(&word))
}

fn is_one_person(words: &[Word], at: usize) -> bool {
    let word = words.get(at).map(|word| word.folded.as_str()).unwrap_or_default();
    let next = words.get(at + 1);
    if ["a", "an"].contains(&word) {
        return next.is_some_and(|next| ONE_IN_ENGLISH.contains(&next.folded.as_str()));
    }
    if !ONE.contains(&word) {
        return false;
    }
    let after = words.get(at + 1..).unwrap_or_default();
    let noun = after.iter().take(3).find(|word| !AFTER_ONE.contains(&word.folded.as_str()));
    noun.is_some_and(is_people)
}

/// Finds a line or a list with people and a small number after a colon, and a table with both.
pub(super) fn counts_few_in_a_line_or_table(text: &str, words: &[Word]) -> bool {
    let is_table = text.contains('|') || text.contains('\t');
    (is_table && words.iter().any(is_people) && words.iter().any(is_few_digits)) || lines::count_few_people(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::public::model::screen::words::words_of;

    fn counts(text: &str) -> bool {
        let words = words_of(text);
        counts_few_people(&words) || counts_few_in_a_line_or_table(text, &words)
    }

    #[test]
    fn the_common_forms_of_small_counts_are_found() {
        for text in [
            "05 víctimas",
            "5 NNA",
            "5NNA",
            "4 escolares",
            "6 ciudadanas extranjeras",
            "víctimas atendidas: 3",
            "víctimas de trata: 4",
            "Mujeres atendidas en las regiones de Lima y Callao: 4.",
            "3 de las víctimas",
            "5 de 10 víctimas",
            "una víctima",
            "una de las víctimas",
            "una presunta víctima",
            "un niño de Pucallpa",
            "víctimas: una",
            "a child of Lima",
            "Víctimas atendidas por región: Lima Metropolitana 4, Piura 3.",
            "Víctimas: en Lima Metropolitana cuatro",
            "Víctimas por región: Piura una, Lima 40",
            "Víctimas por región (al 5 de junio): Lima 40 y Piura 3",
            "Víctimas por región:\n- Tacna: 3\n- Lima: 4",
            "**Víctimas por región:**\n\n- Tacna y Moquegua 30\n\n- Lima y Callao 4",
            "Víctimas por región:\nTacna 30\nLima tres",
            "Víctimas por región:\n1. Tacna: 30\n2. Lima: 4",
            "Víctimas atendidas por región\n- Tacna 30\n- Lima 3",
            "Víctimas por región:\n- Costa:\n  - Lima: 4",
            "víctimas³ y 3 presuntas nuevas víctimas",
            "| Región | Víctimas |\n|---|---|\n| Tacna | 3 |",
            "Víctimas\t4",
        ] {
            assert!(counts(text), "{text}");
        }
    }

    #[test]
    fn large_counts_dates_and_other_things_are_no_small_counts() {
        for text in [
            "120 participantes",
            "2.005 víctimas",
            "3 talleres para 10 personas",
            "Antes del 5 de junio, a las víctimas",
            "Meta 8.7 para los niños",
            "Atención a víctimas",
            "Una mesa de trabajo",
            "Se aprueban 3 protocolos.",
            "Atención a víctimas: plazo hasta el 5 de junio de 2027",
            "Atención a víctimas: talleres del 5 al 9 de junio, y el 05/06/2027",
            "Víctimas por región:\n- Tacna: 30\n- Lima: 40\n\nSe aprueban 3 protocolos.",
            "Víctimas atendidas en cada una de las regiones del país:\n1. Tacna: 30\n2. Lima: 40",
            "Acuerdos:\n- Realizar 3 talleres",
            "Sobre las víctimas del país se acuerda lo siguiente\n- Realizar 3 talleres regionales",
        ] {
            assert!(!counts(text), "{text}");
        }
    }
}
