//! The check of free texts before everybody may read them.

use std::collections::HashMap;

use crate::personal_data::personal_data;
use crate::text::fold;

/// Words for people whose count is left out when it is below ten. Folded: without accents.
const PEOPLE: &str = "persona personas participante participantes asistente asistentes mujer mujeres hombre hombres nino ninos \
    nina ninas adolescente adolescentes joven jovenes menor menores victima victimas sobreviviente sobrevivientes alumno \
    alumnos alumna alumnas estudiante estudiantes docente docentes trabajador trabajadores trabajadora trabajadoras \
    funcionario funcionarios funcionaria funcionarias inspector inspectores inspectora inspectoras migrante migrantes \
    beneficiario beneficiarios beneficiaria beneficiarias familia familias caso casos person persons people participant \
    participants attendee attendees woman women man men child children boy boys girl girls teenager teenagers adolescent \
    adolescents minor minors victim victims survivor survivors student students teacher teachers worker workers official \
    officials inspectors migrants beneficiary beneficiaries family families case cases";

/// Numbers below ten in words, without "one", which is also an article.
const FEW: &str = "dos tres cuatro cinco seis siete ocho nueve two three four five six seven eight nine";

/// Words after which another thing is named than the one that was counted.
const BETWEEN: [&str; 19] = [
    "de", "del", "para", "a", "al", "y", "o", "con", "en", "por", "sobre", "of", "for", "to", "and", "or", "with",
    "in", "by",
];

/// Words in the name of an account or of a seat that is a post and not a person.
const POSTS: &str = "secretaria coordinacion administracion direccion ministerio gobierno representante observacion oficina \
    unidad comite comision mesa equipo secretariat coordination administration office unit";

/// Decides which free texts may be shown.
#[derive(Debug, Default)]
pub(in crate::public) struct Screen {
    /// Names of public commissions, which may contain a hidden name.
    open: Names,
    /// Names of persons and of commissions that are not public.
    hidden: Names,
}

impl Screen {
    /// Makes the screen from the names of public commissions, of other commissions, and of persons.
    pub(in crate::public) fn new(open: Vec<String>, closed: Vec<String>, people: Vec<String>) -> Self {
        let open = Names::of(open);
        let mut hidden = Names::of(closed.into_iter().filter(|name| !open.has(&words_of(name))));
        people.iter().map(|name| words_of(name)).filter(|name| is_person(name)).for_each(|name| hidden.add(name));
        Self { open, hidden }
    }

    /// Returns whether all of these texts may be shown.
    pub(in crate::public) fn admits<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        texts.into_iter().all(|text| self.admits_text(text))
    }

    fn admits_text(&self, text: &str) -> bool {
        let words = words_of(text);
        !has_address(text) && personal_data(text).is_empty() && !counts_few_people(&words) && !self.names_hidden(&words)
    }

    /// Finds a hidden name that is no part of the name of a public commission.
    fn names_hidden(&self, words: &[String]) -> bool {
        let mut rest = words;
        while let Some((_, after)) = rest.split_first() {
            let open = self.open.longest_at(rest);
            if self.hidden.longest_at(rest) > open {
                return true;
            }
            rest = if open > 0 { rest.get(open..).unwrap_or_default() } else { after };
        }
        false
    }
}

/// Names by their first word.
#[derive(Debug, Default)]
struct Names(HashMap<String, Vec<Vec<String>>>);

impl Names {
    fn of(names: impl IntoIterator<Item = String>) -> Self {
        let mut all = Self::default();
        names.into_iter().for_each(|name| all.add(words_of(&name)));
        all
    }

    fn add(&mut self, name: Vec<String>) {
        if let Some(first) = name.first() {
            self.0.entry(first.clone()).or_default().push(name);
        }
    }

    fn has(&self, name: &[String]) -> bool {
        self.longest_at(name) == name.len()
    }

    /// Returns the number of words of the longest name with which these words begin; 0 without one.
    fn longest_at(&self, words: &[String]) -> usize {
        let names = words.first().and_then(|first| self.0.get(first));
        names.into_iter().flatten().filter(|name| words.starts_with(name)).map(Vec::len).max().unwrap_or_default()
    }
}

fn words_of(text: &str) -> Vec<String> {
    fold([text]).split_whitespace().map(str::to_owned).collect()
}

/// Returns true when the word is in the list, whose words are separated by spaces.
fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Returns true for the name of a person: of two words or more, and not the name of a post.
fn is_person(name: &[String]) -> bool {
    name.len() > 1 && !name.iter().any(|word| is_one_of(POSTS, word))
}

/// Finds an address of mail.
fn has_address(text: &str) -> bool {
    text.split_whitespace()
        .any(|word| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')))
}

/// Finds a count of people below ten beside a word for people: `8 participantes`, `mujeres: 3`.
fn counts_few_people(words: &[String]) -> bool {
    words.windows(2).any(|pair| match pair {
        [one, other] => (is_few(one) && is_one_of(PEOPLE, other)) || (is_one_of(PEOPLE, one) && is_few_digit(other)),
        _ => false,
    }) || words.windows(3).any(|three| match three {
        [count, kind, people] => is_few(count) && !BETWEEN.contains(&kind.as_str()) && is_one_of(PEOPLE, people),
        _ => false,
    })
}

fn is_few(word: &str) -> bool {
    is_few_digit(word) || is_one_of(FEW, word)
}

fn is_few_digit(word: &str) -> bool {
    word.len() == 1 && word.parse().is_ok_and(|number: u8| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen() -> Screen {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
        Screen::new(
            names(&["Mesa Intersectorial sobre Trata", "CETI"]),
            names(&["Mesa", "Comisión de Ñuble", "CETI"]),
            names(&["Ana Soto", "Luis", "Secretaría técnica"]),
        )
    }

    #[test]
    fn texts_without_names_data_and_small_counts_are_shown() {
        for text in [
            "Se acuerda elaborar el protocolo antes de junio de 2024.",
            "La Mesa Intersectorial sobre Trata y la CETI informan.",
            "Asistieron 120 participantes, 80 mujeres y 40 hombres.",
            "La secretaría técnica convoca 3 talleres para 10 personas.",
            "Luis es un nombre de una sola palabra.",
        ] {
            assert!(screen().admits([text]), "{text}");
        }
    }

    #[test]
    fn persons_other_commissions_addresses_and_small_counts_are_left_out() {
        for text in [
            "Se designa a Ana Soto.",
            "Se designa a ANA  SOTO como enlace.",
            "La mesa regional informa.",
            "Con la Comision de Nuble se firma.",
            "Escribir a enlace@minsal.example.",
            "Se atendió a 8 personas.",
            "Asistieron ocho mujeres.",
            "Participantes: 9.",
            "Se formó a 4 nuevas inspectoras.",
            "RUT 11.111.111-1.",
        ] {
            assert!(!screen().admits([text]), "{text}");
        }
        assert!(!screen().admits(["Se acuerda.", "Ana Soto preside."]), "one of several texts is enough");
    }
}
