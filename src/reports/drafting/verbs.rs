//! Turns titles that begin with a noun of action into verbs: `Actualización del Protocolo` becomes `actualizó el
//! Protocolo`.

use super::grammar::{Verb, spanish_article};
use crate::i18n::Lang;
use crate::text::fold_words;

/// An action and its object, as the predicate of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Action {
    /// The verbs for one and for several subjects: of the object without an actor, else of the actor.
    pub one: String,
    pub several: String,
    pub object: String,
    pub is_plural: bool,
}

/// Spanish nouns of action with their verb in the past, for one and for several.
const SPANISH: &[(&str, &str, &str)] = &[
    ("actualizacion", "actualizó", "actualizaron"),
    ("ampliacion", "amplió", "ampliaron"),
    ("apoyo", "apoyó", "apoyaron"),
    ("aprobacion", "aprobó", "aprobaron"),
    ("atencion", "atendió", "atendieron"),
    ("conformacion", "conformó", "conformaron"),
    ("conmemoracion", "conmemoró", "conmemoraron"),
    ("creacion", "creó", "crearon"),
    ("deposito", "depositó", "depositaron"),
    ("difusion", "difundió", "difundieron"),
    ("diseno", "diseñó", "diseñaron"),
    ("elaboracion", "elaboró", "elaboraron"),
    ("firma", "firmó", "firmaron"),
    ("implementacion", "implementó", "implementaron"),
    ("inicio", "inició", "iniciaron"),
    ("instalacion", "instaló", "instalaron"),
    ("lanzamiento", "lanzó", "lanzaron"),
    ("modificacion", "modificó", "modificaron"),
    ("otorgamiento", "otorgó", "otorgaron"),
    ("presentacion", "presentó", "presentaron"),
    ("publicacion", "publicó", "publicaron"),
    ("ratificacion", "ratificó", "ratificaron"),
    ("reactivacion", "reactivó", "reactivaron"),
    ("renovacion", "renovó", "renovaron"),
    ("suscripcion", "suscribió", "suscribieron"),
    ("validacion", "validó", "validaron"),
];

/// Spanish nouns of action toward somebody, whose verb keeps the preposition `a`.
const SPANISH_TOWARD: &[(&str, &str, &str)] =
    &[("capacitacion", "capacitó", "capacitaron"), ("invitacion", "invitó", "invitaron")];

/// English nouns of action with the past form of their verb.
const ENGLISH: &[(&str, &str)] = &[
    ("approval", "approved"),
    ("commemoration", "commemorated"),
    ("creation", "created"),
    ("deposit", "deposited"),
    ("design", "designed"),
    ("dissemination", "disseminated"),
    ("drafting", "drafted"),
    ("enlargement", "enlarged"),
    ("implementation", "implemented"),
    ("launch", "launched"),
    ("modification", "modified"),
    ("presentation", "presented"),
    ("publication", "published"),
    ("ratification", "ratified"),
    ("reactivation", "reactivated"),
    ("signing", "signed"),
    ("update", "updated"),
    ("validation", "validated"),
];

/// Returns the action that a title names; None if it begins with no noun of action, or if the verb of the sentence states
/// more than that it was done.
pub(super) fn action(title: &str, verb: Verb, lang: Lang) -> Option<Action> {
    let is_done = matches!(
        verb,
        Verb::Held | Verb::Completed | Verb::Presented | Verb::Published | Verb::Happened | Verb::Provided
    );
    let words: Vec<&str> = title.split_whitespace().collect();
    let (first, rest) = words.split_first().filter(|_| is_done)?;
    match lang {
        Lang::Es => spanish_toward(first, rest).or_else(|| sending(first, rest)).or_else(|| spanish(first, rest)),
        Lang::En => english(first, rest),
    }
}

fn spanish(first: &str, rest: &[&str]) -> Option<Action> {
    let verb_of = |noun: &str| SPANISH.iter().find(|(known, ..)| *known == fold_words(noun));
    let (_, one, several) = verb_of(first)?;
    let (mut one, mut several, mut rest) = ((*one).to_owned(), (*several).to_owned(), rest);
    if let ["y" | "e", second, after @ ..] = rest {
        let (_, other, others) = verb_of(second)?;
        (one, several) = (format!("{one} y {other}"), format!("{several} y {others}"));
        rest = after;
    }
    let (object, is_plural) = if one == "apoyó" { supported(rest) } else { object(rest) }?;
    Some(Action { one, several, object, is_plural })
}

/// Returns what is supported: `la formulación` for `a la formulación`.
fn supported(rest: &[&str]) -> Option<(String, bool)> {
    let (article, rest) = match rest {
        ["al", rest @ ..] => ("el", rest),
        ["a", article @ ("la" | "los" | "las"), rest @ ..] => (*article, rest),
        _ => return None,
    };
    (!rest.is_empty()).then(|| (format!("{article} {}", rest.join(" ")), article.ends_with('s')))
}

/// Returns an action such as `capacitó a los equipos`, which has no plural without an actor.
fn spanish_toward(first: &str, rest: &[&str]) -> Option<Action> {
    let (noun, one, several) = SPANISH_TOWARD.iter().find(|(noun, ..)| *noun == fold_words(first))?;
    let is_toward = match rest {
        ["a" | "al", ..] => true,
        ["sobre", after @ ..] => *noun == "capacitacion" && after.iter().any(|word| ["a", "al"].contains(word)),
        _ => false,
    };
    let (one, several) = ((*one).to_owned(), (*several).to_owned());
    is_toward.then(|| Action { one, several, object: rest.join(" "), is_plural: false })
}

/// Returns the action of `Envío a las regiones de materiales` or `Envío al CEPLAN del plan`: `envió a las regiones
/// materiales`. The receiver is a group or an acronym, so that the `de` after it is not part of a name.
fn sending(first: &str, rest: &[&str]) -> Option<Action> {
    let is_acronym = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    let (receiver, thing) = match rest {
        ["a", article @ ("las" | "los"), receiver, thing @ ..] => (format!("a {article} {receiver}"), thing),
        ["al", receiver, thing @ ..] if is_acronym(receiver) => (format!("al {receiver}"), thing),
        ["a", "la", receiver, thing @ ..] if is_acronym(receiver) => (format!("a la {receiver}"), thing),
        _ => return None,
    };
    let (object, is_plural) = object(thing).filter(|_| fold_words(first) == "envio")?;
    let (one, several) = ("envió".to_owned(), "enviaron".to_owned());
    Some(Action { one, several, object: format!("{receiver} {object}"), is_plural })
}

/// Returns the object of a noun of action, with its article, and whether it is plural: `el plan` for `del plan`.
fn object(rest: &[&str]) -> Option<(String, bool)> {
    let (article, rest) = match rest {
        ["del", rest @ ..] => (Some("el"), rest),
        ["de", article @ ("la" | "los" | "las"), rest @ ..] => (Some(*article), rest),
        ["de", rest @ ..] => (None, rest),
        _ => return None,
    };
    let plural_noun = || rest.first().and_then(|noun| spanish_article(noun)).is_some_and(|(_, is_plural)| is_plural);
    let is_plural = article.map_or_else(plural_noun, |article| article.ends_with('s'));
    let object = article.into_iter().chain(rest.iter().copied()).collect::<Vec<_>>().join(" ");
    (!rest.is_empty()).then_some((object, is_plural))
}

fn english(first: &str, rest: &[&str]) -> Option<Action> {
    const AFTER_NOUN: &[&str] = &["of", "for", "on", "in", "between", "to", "against", "by", "with", "at"];
    let verb_of = |noun: &str| ENGLISH.iter().find(|(known, _)| *known == fold_words(noun)).map(|(_, verb)| *verb);
    let mut verb = verb_of(first)?.to_owned();
    let mut rest = rest;
    if let ["and", second, after @ ..] = rest {
        verb = format!("{verb} and {}", verb_of(second)?);
        rest = after;
    }
    let ["of", object @ ..] = rest else { return None };
    let noun = object.iter().take_while(|word| !AFTER_NOUN.contains(word)).last()?;
    let is_plural = noun.ends_with('s') && !noun.ends_with("ss");
    Some(Action { one: format!("was {verb}"), several: format!("were {verb}"), object: object.join(" "), is_plural })
}

impl Action {
    /// Returns the verb of a sentence whose subject is the actor.
    pub(super) fn active(&self, several: bool, lang: Lang) -> &str {
        match lang {
            Lang::En => self.one.trim_start_matches("was "),
            Lang::Es if several => &self.several,
            Lang::Es => &self.one,
        }
    }

    /// Returns the verb of a sentence without an actor.
    pub(super) fn passive(&self) -> &str {
        if self.is_plural { &self.several } else { &self.one }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(title: &str, lang: Lang) -> Option<String> {
        action(title, Verb::Completed, lang).map(|one| format!("{} {}", one.passive(), one.object))
    }

    #[test]
    fn a_noun_of_action_becomes_a_verb_with_its_object() {
        for (title, expected) in [
            ("Actualización del Protocolo Intersectorial", "actualizó el Protocolo Intersectorial"),
            ("Reactivación y ampliación de la CAMTRAFOR", "reactivó y amplió la CAMTRAFOR"),
            ("Elaboración de los lineamientos", "elaboraron los lineamientos"),
            ("Difusión de videos y volantes", "difundieron videos y volantes"),
            ("Envío a las regiones de materiales", "enviaron a las regiones materiales"),
            ("Envío al CEPLAN del primer plan", "envió al CEPLAN el primer plan"),
            ("Apoyo a la formulación del programa", "apoyó la formulación del programa"),
            ("Atención de casos de trata", "atendieron casos de trata"),
            ("Inicio de la elaboración del plan", "inició la elaboración del plan"),
            ("Invitación a nuevas instituciones", "invitó a nuevas instituciones"),
            ("Capacitación sobre trabajo forzoso a integrantes", "capacitó sobre trabajo forzoso a integrantes"),
        ] {
            assert_eq!(described(title, Lang::Es).as_deref(), Some(expected));
        }
        assert_eq!(
            described("Signing of the agreement with Chile", Lang::En).unwrap(),
            "was signed the agreement with Chile"
        );
        assert_eq!(action("Update of the rules", Verb::Held, Lang::En).unwrap().passive(), "were updated");
    }

    #[test]
    fn other_titles_stay_as_they_are() {
        for title in
            ["Capacitación sobre trata de personas", "Apoyo de la OIT", "Firma", "Firma conjunta", "Taller de difusión"]
        {
            assert_eq!(described(title, Lang::Es), None, "{title}");
        }
        assert_eq!(action("Formulación del plan", Verb::Advanced, Lang::Es), None);
    }
}
