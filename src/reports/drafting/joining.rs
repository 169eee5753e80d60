//! Joins short sentences: a description that goes on about the object of the sentence before it becomes a clause of it;
//! documents are in brackets. Details of no weight are left out.

use super::grammar::small;
use super::overlap::sentences;
use crate::i18n::Lang;
use crate::text::fold_words;

/// The number of words up to which a sentence takes one more clause.
const LONG: usize = 60;

/// Spanish verbs that begin a sentence whose subject is the object of the sentence before it.
const VERBS: &[&str] = &[
    "abarca",
    "alienta",
    "aporta",
    "busca",
    "comprende",
    "consta",
    "contiene",
    "cubre",
    "da",
    "dio",
    "dieron",
    "es",
    "esta",
    "establece",
    "fija",
    "fue",
    "fueron",
    "hace",
    "incluye",
    "incluyo",
    "incluyeron",
    "opina",
    "orienta",
    "permite",
    "permitio",
    "permitieron",
    "preve",
    "recoge",
    "regula",
    "respalda",
    "responde",
    "reune",
    "rige",
    "rigio",
    "seguia",
    "sirve",
    "sirvio",
    "sirvieron",
    "son",
    "tiene",
    "trata",
    "vela",
];

/// Spanish verbs that begin such a sentence after `se`.
const REFLEXIVE: &[&str] = &["apoya", "apoyan", "basa", "basan", "centra", "centran", "enmarca", "enmarcan", "refiere"];

/// Phrases about the channel of a message, and about a date that is not set: Spanish and English.
const DETAILS: &[&str] = &[
    ", y no tiene fecha prevista",
    ", y aún no tiene fecha prevista",
    ", sin fecha prevista",
    " sin fecha prevista",
    " por correo electrónico",
    " mediante correo electrónico",
    ", and has no planned date",
    "; it has no planned date",
    ", without a planned date",
    " by e-mail",
    " by email",
];

/// Returns a text without details of no weight.
pub(super) fn without_details(text: &str) -> String {
    DETAILS.iter().fold(text.to_owned(), |text, detail| text.replace(detail, ""))
}

/// Joins the first sentence of a text to the sentence before it, if it goes on about its object: `, que recoge…`.
pub(super) fn joined(lead: &str, text: &str, lang: Lang) -> Option<(String, String)> {
    let found = sentences(text);
    let (first, rest) = found.split_first()?;
    let clause = relative(first, lang)?;
    let start = lead.trim_end_matches('.');
    let words = start.split_whitespace().count() + clause.split_whitespace().count();
    (words <= LONG).then(|| (format!("{start}, {clause}"), rest.join(" ")))
}

/// Returns a sentence as a relative clause, if its subject is left out.
fn relative(sentence: &str, lang: Lang) -> Option<String> {
    let predicate = predicate(sentence, lang)?;
    Some(match lang {
        Lang::Es => format!("que {predicate}"),
        Lang::En => format!("which {predicate}"),
    })
}

/// Returns a text without its subject, if the subject is left out or a pronoun: `opinan sobre los planes`.
pub(super) fn predicate(text: &str, lang: Lang) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    match lang {
        Lang::Es => {
            let folded = fold_words(first);
            let singular = folded.strip_suffix('n').unwrap_or(&folded);
            let of_itself = first == "Se" && rest.split(' ').next().is_some_and(|word| REFLEXIVE.contains(&word));
            let is_verb = VERBS.contains(&folded.as_str()) || VERBS.contains(&singular) || of_itself;
            is_verb.then(|| small(text))
        }
        Lang::En => {
            let is_empty = ["is ", "was "].iter().any(|verb| rest.starts_with(verb)) && rest.contains(" that ");
            (first == "They" || first == "It" && !is_empty).then(|| rest.to_owned())
        }
    }
}

/// Joins neighbouring texts of one sentence that begin with the same body and verb, by `enumerate`: `El ministerio presentó
/// los informes; y los reportes.`
pub(super) fn joined_alike(texts: &[String], enumerate: impl Fn(&[String]) -> String) -> Vec<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for text in texts {
        let beginning = if sentences(text).len() == 1 { to_the_verb(text) } else { None };
        match (beginning, groups.last_mut()) {
            (Some(same), Some((last, rest))) if same == *last => {
                rest.push(text.get(same.len()..).unwrap_or_default().trim_end_matches('.').to_owned());
            }
            (Some(new), _) => {
                let rest = text.get(new.len()..).unwrap_or_default().trim_end_matches('.').to_owned();
                groups.push((new, vec![rest]));
            }
            (None, _) => groups.push((text.clone(), Vec::new())),
        }
    }
    let written = |(beginning, rest): &(String, Vec<String>)| match rest.is_empty() {
        true => beginning.clone(),
        false => format!("{beginning}{}.", enumerate(rest)),
    };
    groups.iter().map(written).collect()
}

/// Returns the beginning of a sentence up to its verb in the past, with the space after it: `El ministerio presentó `.
fn to_the_verb(text: &str) -> Option<String> {
    let is_past = |word: &str| {
        word.ends_with('ó') || ["aron", "ieron"].iter().any(|end| word.ends_with(end)) || word == "submitted"
    };
    let mut beginning = String::new();
    for word in text.split_inclusive(' ') {
        beginning.push_str(word);
        if is_past(word.trim_end()) {
            return Some(beginning);
        }
    }
    None
}

/// Adds documents in brackets to the end of a sentence; None if it ends with a name, which may get its acronym in brackets,
/// or with a mark.
pub(super) fn with_documents(text: &str, documents: &str) -> Option<String> {
    let start = text.strip_suffix('.')?;
    let last = start.split_whitespace().next_back()?;
    let is_plain = last.chars().all(char::is_alphanumeric) && !last.chars().next().is_some_and(char::is_uppercase);
    is_plain.then_some(())?;
    Some(format!("{start} ({documents})."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_without_subject_becomes_a_clause() {
        let lead = "El ministerio presentó los reportes.";
        let told = joined(lead, "Cubren las acciones del año. Son tres.", Lang::Es);
        let clause = "El ministerio presentó los reportes, que cubren las acciones del año.";
        assert_eq!(told, Some((clause.to_owned(), "Son tres.".to_owned())));
        assert_eq!(joined(lead, "El ministerio los firmó.", Lang::Es), None);
        assert_eq!(joined(lead, "Estudio de campo.", Lang::Es), None);
        let told = joined("The ministry presented the reports.", "They cover the year.", Lang::En);
        assert_eq!(told.unwrap().0, "The ministry presented the reports, which cover the year.");
    }

    #[test]
    fn sentences_with_one_body_and_one_verb_are_joined() {
        let texts =
            ["Hubo tres.", "El MTPE presentó informes.", "El MTPE presentó reportes.", "El MTPE firmó el acta."];
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let told = joined_alike(&texts, |list| list.join("; y "));
        assert_eq!(told, ["Hubo tres.", "El MTPE presentó informes; y reportes.", "El MTPE firmó el acta."]);
    }

    #[test]
    fn the_channel_and_a_missing_date_are_left_out() {
        assert_eq!(without_details("Se pidió por correo electrónico la opinión."), "Se pidió la opinión.");
        assert_eq!(without_details("Está en diseño, y no tiene fecha prevista."), "Está en diseño.");
    }

    #[test]
    fn documents_stand_in_brackets() {
        assert_eq!(with_documents("Se firmó.", "acta: <a>").as_deref(), Some("Se firmó (acta: <a>)."));
        assert_eq!(with_documents("Se firmó (RM 1).", "acta"), None);
        assert_eq!(with_documents("Se envió al MTPE.", "acta"), None);
    }
}
