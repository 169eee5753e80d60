//! The check of free texts before everybody may read them.
//!
//! A text is read as people see it, and again as its Markdown is drawn, because escapes and references hide letters. The
//! rules are simple and leave out some harmless texts; none of them depends on a correct check digit.

mod counts;
mod names;
mod numbers;
mod persons;
mod words;

use crate::personal_data::personal_data;
use crate::rendering::html_of_markdown;
use crate::text::visible_text;

use names::{Commissions, Names};
use persons::People;
use words::{Word, words_of};

/// The name of a commission that is not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::public) struct ClosedName {
    pub country_code: String,
    pub name: String,
}

/// The names that the screen knows.
#[derive(Debug, Clone, Default)]
pub(in crate::public) struct KnownNames {
    /// The country of the page.
    pub country_code: String,
    /// Names of public commissions, which may contain a hidden name.
    pub open: Vec<String>,
    pub closed: Vec<ClosedName>,
    /// Names of users, delegates, people at sessions and in replies, as they were entered.
    pub people: Vec<String>,
    /// Those who present an item of an agenda: persons or bodies.
    pub presenters: Vec<String>,
    /// Names of institutions, which are no persons.
    pub bodies: Vec<String>,
}

/// Decides which free texts may be shown.
#[derive(Debug, Default)]
pub(in crate::public) struct Screen {
    commissions: Commissions,
    people: People,
    presenters: People,
}

impl Screen {
    /// Makes the screen for the pages of one country.
    pub(in crate::public) fn new(known: &KnownNames) -> Self {
        let bodies = Names::of(known.bodies.iter().map(|name| words_of(&visible_text(name))));
        Self {
            commissions: Commissions::of(known),
            people: People::of(&known.people, &bodies),
            presenters: People::of(&known.presenters, &bodies),
        }
    }

    /// Returns true if the name of an institution may be shown. Those who present an item do not hide it: they may be the
    /// institution itself, in other words.
    pub(in crate::public) fn admits_institution(&self, name: &str) -> bool {
        self.admits_text(name)
    }

    /// Returns true if texts that stand together, such as a title with its text, may be shown.
    pub(in crate::public) fn admits<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let (mut raw, mut drawn) = (String::new(), String::new());
        for text in texts {
            raw.push_str(text);
            raw.push('\n');
            drawn.push_str(&drawn_text(text));
            drawn.push('\n');
        }
        let presenter_is_named = |text: &str| self.presenters.are_named(&words_of(&visible_text(text)));
        [&raw, &drawn].into_iter().all(|text| self.admits_text(text) && !presenter_is_named(text))
    }

    fn admits_text(&self, text: &str) -> bool {
        let text = visible_text(text);
        let has_data = || text.len() > LONGEST || has_address(&text) || numbers::has_personal_number(&text);
        if has_foreign_letters(&text) || has_data() || !personal_data(&text).is_empty() {
            return false;
        }
        let words: Vec<Word> = words_of(&text);
        let counts_few = counts::counts_few_people(&words) || counts::counts_few_in_a_line_or_table(&text, &words);
        !counts_few && !self.people.are_named(&words) && !self.commissions.are_named(&words)
    }
}

/// The length of text that the search for personal data examines.
const LONGEST: usize = 1_000_000;

/// Returns the words of a text in Markdown as a page shows them, and the addresses of its links after them.
fn drawn_text(text: &str) -> String {
    let html = html_of_markdown(text, 3);
    let (mut drawn, mut links) = (String::new(), String::new());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        drawn.push_str(before);
        let name: &str = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        match name {
            "a" => {
                let address = tag.split_once("href=\"").and_then(|(_, address)| address.split_once('"'));
                links.extend(address.into_iter().flat_map(|(address, _)| ["\n", address]));
            }
            "em" | "strong" => {}
            "td" | "th" => drawn.push('\t'),
            _ => drawn.push('\n'),
        }
        rest = after;
    }
    drawn.push_str(rest);
    drawn.push_str(&links);
    drawn.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Finds letters and digits of other scripts, which can look like the letters of a name or like a number.
fn has_foreign_letters(text: &str) -> bool {
    let is_latin = |c: char| matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    text.chars().any(|c| !c.is_ascii() && c.is_alphanumeric() && !is_latin(c))
}

/// Finds an address of mail, and the address of a mail or of a telephone in a link.
fn has_address(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins = |scheme: &str| {
        text.match_indices(scheme).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric())
        })
    };
    ["@", "%40", "(at)", "[at]", " arroba "].iter().any(|sign| text.contains(sign))
        || ["mailto:", "tel:", "sms:"].into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen() -> Screen {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let closed = |(country, name): &(&str, &str)| ClosedName {
            country_code: (*country).to_owned(),
            name: (*name).to_owned(),
        };
        Screen::new(&KnownNames {
            country_code: "CL".to_owned(),
            open: names(&["Mesa Intersectorial sobre Trata", "CETI"]),
            closed: [("CL", "Mesa"), ("CL", "Comisión de Ñuble"), ("CL", "CETI"), ("CL", "MITP"), ("PE", "CIGTPE")]
                .iter()
                .map(closed)
                .collect(),
            people: names(&["Ana Soto", "Luis", "Secretaría técnica", "Rosa Quispe Mamani"]),
            presenters: names(&["Pedro Mamani", "Poder Judicial", "Jardines Infantiles del Sur"]),
            bodies: names(&["Poder Judicial", "Jardines Infantiles"]),
        })
    }

    #[test]
    fn texts_without_names_data_and_small_counts_are_shown() {
        for text in [
            "Se acuerda elaborar el protocolo antes de junio de 2024.",
            "La Mesa Intersectorial sobre Trata y la CETI informan.",
            "Asistieron 120 participantes, 80 mujeres y 40 hombres.",
            "La secretaría técnica convoca 3 talleres para 10 personas.",
            "Luis es un nombre de una sola palabra.",
            "La mesa regional informa con la CIGTPE.",
            "Se aprobó el 5 de junio el [plan](https://example.org/a?b=1), con S/ 12.345.678 de presupuesto.",
            "Meta 8.7 para niños y niñas; 2.163 personas en 2023-2024; Resolución 0123-2024-MTPE.",
            "- **Primero**: lo que se hizo\n- Segundo",
        ] {
            assert!(screen().admits([text]), "{text}");
        }
    }

    #[test]
    fn persons_other_commissions_addresses_and_small_counts_are_left_out() {
        for text in [
            "Se designa a Ana Soto.",
            "Se designa a ANA  SOTO como enlace.",
            "La Mesa regional informa.",
            "Con la Comision de Nuble se firma.",
            "La MITP informa.",
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
        assert!(!screen().admits(["Víctimas atendidas", "3"]), "a title and its text are read together");
    }

    #[test]
    fn a_presenter_hides_texts_and_no_institution() {
        assert!(!screen().admits(["Expone Pedro Mamani."]));
        assert!(!screen().admits(["Los jardines infantiles informan."]));
        assert!(screen().admits(["El Poder Judicial informa."]));
        assert!(screen().admits_institution("Jardines Infantiles"));
        assert!(!screen().admits_institution("Fundación Ana Soto"));
    }

    #[test]
    fn what_markdown_and_invisible_characters_hide_is_found() {
        for text in [
            "Escribir a ana&#64;minsal.cl",
            "RUT 12.345.678\\-5",
            "Con [la delegada](mailto:x)",
            "[Llamar](tel:+56)",
            "[Llamar][1]\n\n[1]: TEL:+56",
            "Con Ana S**ot**o",
            "Con Ana&nbsp;S&#111;to",
            "Con A\u{200b}na So\u{ad}to",
            "Con Аna Soto en cirílico",
            "ana @ minsal.cl",
            "ana\u{ff20}minsal.cl",
            "ana arroba minsal",
            "[x](https://example.org/ana.soto)",
        ] {
            assert!(!screen().admits([text]), "{text}");
        }
    }
}
