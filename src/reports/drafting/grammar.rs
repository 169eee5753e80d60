//! The grammar of sentences that are built from titles: the article of a noun phrase, its number, its first letter, and
//! the verb that fits it.

use crate::activities::{ActivityKind, ResultState};
use crate::i18n::Lang;
use crate::text::fold_words;

/// A title inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NounPhrase {
    pub text: String,
    pub is_plural: bool,
}

/// Nouns of events and works: their titles are no proper names, so that the first letter becomes small.
const WORKS: &[&str] = &[
    "acciones",
    "actividad",
    "activaciones",
    "apoyo",
    "aportes",
    "atencion",
    "balance",
    "charla",
    "comentarios",
    "continuidad",
    "curso",
    "cursos",
    "deposito",
    "diseno",
    "encuentro",
    "entrada",
    "envio",
    "estudio",
    "fichas",
    "firma",
    "informe",
    "informes",
    "inicio",
    "intercambio",
    "jornada",
    "lineamientos",
    "materiales",
    "mesas",
    "norma",
    "operativo",
    "operativos",
    "preparativos",
    "primera",
    "proyecto",
    "reportes",
    "respuesta",
    "resultados",
    "reunion",
    "revision",
    "segunda",
    "seguimiento",
    "taller",
    "talleres",
    "trabajo",
    "tramite",
    "videos",
    "visita",
];

/// Spanish nouns whose gender does not follow from their last letters.
const MASCULINE: &[&str] = &["dia", "mapa", "problema", "programa", "sistema", "tema"];
const FEMININE: &[&str] = &["base", "central", "clase", "red", "sede"];

/// Returns the Spanish article of a noun and whether it is plural; none for an acronym or a number.
pub(super) fn spanish_article(word: &str) -> Option<(&'static str, bool)> {
    let noun = fold_words(word);
    if noun.chars().count() < 3 || !noun.chars().all(char::is_alphabetic) || is_acronym(word) {
        return None;
    }
    let singular = noun.strip_suffix("es").filter(|stem| !MASCULINE.contains(stem)).or(noun.strip_suffix('s'));
    let is_plural = noun.ends_with('s') && !noun.ends_with("is") && !noun.ends_with("us");
    let feminine = |stem: &str| {
        let ending = ["ion", "dad", "tad", "tud", "umbre"].iter().any(|end| stem.ends_with(end));
        FEMININE.contains(&stem) || ending || stem.ends_with('a') && !MASCULINE.contains(&stem)
    };
    let is_feminine = match singular.filter(|_| is_plural) {
        Some(stem) => feminine(stem) || noun.strip_suffix('s').is_some_and(feminine),
        None => feminine(&noun),
    };
    Some(match (is_feminine, is_plural) {
        (true, false) => ("la", false),
        (true, true) => ("las", true),
        (false, false) => ("el", false),
        (false, true) => ("los", true),
    })
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Returns true if a title reads as a proper name: the next word that carries meaning is capitalised.
fn is_proper(title: &str) -> bool {
    let mut words = title.split_whitespace().skip(1);
    let small = ["de", "del", "la", "las", "los", "el", "a", "en", "of", "the", "for", "on"];
    let next = words.find(|word| !small.contains(word)).unwrap_or_default();
    next.chars().next().is_some_and(char::is_uppercase) && !is_acronym(next)
}

fn is_work(noun: &str) -> bool {
    WORKS.contains(&noun)
        || ["cion", "sion", "ciones", "siones", "miento", "mientos"].iter().any(|end| noun.ends_with(end))
}

/// Returns a title as a noun phrase with its article.
pub(super) fn noun_phrase(title: &str, lang: Lang) -> NounPhrase {
    let first = title.split_whitespace().next().unwrap_or_default();
    if let (Lang::Es, Some(quoted)) = (lang, first.strip_prefix(['«', '“']))
        && let Some((article, is_plural)) = spanish_article(quoted)
    {
        return NounPhrase { text: format!("{article} {title}"), is_plural };
    }
    let noun = fold_words(first);
    let starts_with_letter = title.chars().next().is_some_and(char::is_alphabetic);
    if !starts_with_letter || is_acronym(first) {
        return NounPhrase { text: title.to_owned(), is_plural: false };
    }
    match lang {
        Lang::Es => {
            let Some((article, is_plural)) = spanish_article(first) else {
                return NounPhrase { text: title.to_owned(), is_plural: false };
            };
            let shown = if is_proper(title) && !is_work(&noun) { title.to_owned() } else { small(title) };
            NounPhrase { text: format!("{article} {shown}"), is_plural }
        }
        Lang::En => {
            let is_work = ["ion", "ions", "ing", "ings", "ment", "work", "update", "design"]
                .iter()
                .any(|end| noun.ends_with(end));
            let shown = if is_proper(title) && !is_work { title.to_owned() } else { small(title) };
            let is_plural = first.ends_with('s') && !first.ends_with("ss");
            let article = if noun == "the" { "" } else { "the " };
            NounPhrase { text: format!("{article}{shown}"), is_plural }
        }
    }
}

/// Nouns of public bodies, whose names take an article in a sentence.
const BODIES: &[&str] = &[
    "agencia",
    "asociacion",
    "centro",
    "central",
    "comision",
    "comite",
    "confederacion",
    "consejo",
    "corporacion",
    "defensoria",
    "departamento",
    "direccion",
    "equipo",
    "fiscalia",
    "fondo",
    "fundacion",
    "gobierno",
    "instituciones",
    "instituto",
    "junta",
    "mesa",
    "mesas",
    "ministerio",
    "municipalidad",
    "oficina",
    "organizacion",
    "policia",
    "poder",
    "presidencia",
    "programa",
    "red",
    "representacion",
    "secretaria",
    "servicio",
    "sociedad",
    "subcomision",
    "subsecretaria",
    "superintendencia",
    "universidad",
];

/// Returns the name of a body as it is written in a sentence: `el Ministerio de Salud`, `Argentina`.
pub(super) fn body_name(name: &str, lang: Lang) -> String {
    let first = name.split_whitespace().next().unwrap_or_default();
    match lang {
        Lang::Es if BODIES.contains(&fold_words(first).as_str()) => match spanish_article(first) {
            Some((article, _)) => format!("{article} {name}"),
            None => name.to_owned(),
        },
        Lang::En if name.contains(' ') && !name.starts_with("The ") => {
            let known = [
                "ministry",
                "office",
                "department",
                "directorate",
                "commission",
                "committee",
                "government",
                "organization",
                "fund",
                "programme",
                "police",
                "secretariat",
                "centre",
                "council",
                "roundtable",
                "roundtables",
                "confederation",
                "service",
                "undersecretariat",
                "municipality",
                "institute",
                "agency",
            ];
            let is_body = known.iter().any(|word| fold_words(name).split(' ').any(|one| one == *word));
            if is_body { format!("the {name}") } else { name.to_owned() }
        }
        _ => name.to_owned(),
    }
}

/// Returns the name of a session with its article: `la III sesión ordinaria`, `el Primer Consejo`.
pub(super) fn session_phrase(title: &str, lang: Lang) -> String {
    const ORDINALS: &[&str] = &["primer", "primera", "segundo", "segunda", "tercer", "tercera", "cuarto", "cuarta"];
    let is_noun = |word: &&str| !ORDINALS.contains(&fold_words(word).as_str()) && !is_numeral(word);
    match (lang, title.split_whitespace().find(is_noun).and_then(spanish_article)) {
        (Lang::Es, Some((article, _))) => format!("{article} {title}"),
        (Lang::En, _) => english_session(title),
        _ => title.to_owned(),
    }
}

/// Returns the English name of a session, with its article if it begins with a number: `the III ordinary session`, `the
/// third session`.
fn english_session(title: &str) -> String {
    const ORDINALS: &[&str] = &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    match title.split_whitespace().next().unwrap_or_default() {
        first if ORDINALS.contains(&fold_words(first).as_str()) => format!("the {}", continued(title)),
        first if !first.is_empty() && is_numeral(first) => format!("the {title}"),
        _ => title.to_owned(),
    }
}

/// Returns true if a word is a Roman numeral.
fn is_numeral(word: &str) -> bool {
    word.chars().all(|c| "IVXLC".contains(c))
}

/// Joins prepositions and articles of Spanish: `de el` is `del`.
pub(super) fn contracted(text: &str) -> String {
    text.replace(" de el ", " del ").replace(" a el ", " al ").replace("De el ", "Del ").replace("; y i", "; e i")
}

/// Returns the text with a small first letter.
pub(super) fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Returns the text with a small first letter, unless it begins with an acronym or a proper name.
pub(super) fn continued(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    if is_acronym(first) || is_proper(text) { text.to_owned() } else { small(text) }
}

/// Returns true if a text begins with a Spanish infinitive: `actualizar las prioridades`. English ones look like nouns.
pub(super) fn begins_with_infinitive(text: &str, lang: Lang) -> bool {
    const NOUNS: &[&str] = &["bar", "bienestar", "hogar", "lugar", "mar", "par", "taller", "tercer"];
    let first = fold_words(text.split_whitespace().next().unwrap_or_default());
    let ends = ["ar", "er", "ir"].iter().any(|end| first.ends_with(end));
    lang == Lang::Es && ends && first.len() > 2 && !NOUNS.contains(&first.as_str())
}

/// Returns true if a text is a sentence of its own, with a verb in the past or with an article at its beginning.
pub(super) fn is_sentence(text: &str) -> bool {
    let mut words = text.split_whitespace().take(8).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.any(|word| {
        let folded = fold_words(word);
        let past = ["aron", "ieron", "eron", "ió"].iter().any(|end| folded.ends_with(end)) || word.ends_with('ó');
        let verbs = ["estaba", "estaban", "fue", "hubo", "was", "were", "is", "are", "has", "have", "will"];
        past || verbs.contains(&folded.as_str())
    })
}

crate::text_enum! {
    /// The verb of a sentence about an activity.
    Verb {
        Held = "held",
        Approved = "approved",
        Published = "published",
        Presented = "presented",
        Received = "received",
        Maintained = "maintained",
        Counted = "counted",
        Provided = "provided",
        Happened = "happened",
        Commemorated = "commemorated",
        Available = "available",
        Advanced = "advanced",
        Completed = "completed",
    }
}

/// Nouns of events that take an indefinite article in a sentence about one of them.
const EVENTS: &[&str] =
    &["capacitacion", "charla", "conversatorio", "curso", "jornada", "operativo", "seminario", "taller", "visita"];

/// Returns a noun phrase without its definite article, where a sentence mentions something new: `capacitaciones sobre…`,
/// `un taller con…`.
pub(super) fn indefinite(phrase: &NounPhrase, verb: Verb, lang: Lang) -> NounPhrase {
    let introduces = matches!(verb, Verb::Held | Verb::Presented | Verb::Published | Verb::Maintained);
    let Some((article, rest)) = phrase.text.split_once(' ').filter(|_| introduces && lang == Lang::Es) else {
        return phrase.clone();
    };
    let is_common = rest.chars().next().is_some_and(char::is_lowercase);
    let is_event = EVENTS.contains(&head_noun(rest).as_str());
    let text = match article {
        "los" | "las" if is_common => rest.to_owned(),
        "el" if is_common && is_event => format!("un {rest}"),
        "la" if is_common && is_event => format!("una {rest}"),
        _ => return phrase.clone(),
    };
    NounPhrase { text, is_plural: phrase.is_plural }
}

impl Verb {
    /// Returns true if the one who did it can be the subject.
    pub(super) fn takes_actor(self) -> bool {
        !matches!(self, Self::Received | Self::Counted | Self::Happened | Self::Available)
    }
}

/// Returns true if a kind of activity takes place, whatever comes of it.
fn is_event(kind: ActivityKind) -> bool {
    use ActivityKind::{Campaign, Commemoration, Exchange, InspectionOperation, Meeting};
    kind.is_training() || matches!(kind, Campaign | Commemoration | Exchange | InspectionOperation | Meeting)
}

/// Returns the noun that a title begins with, after an ordinal.
pub(super) fn head_noun(title: &str) -> String {
    let words = fold_words(title);
    let mut words = words.split(' ');
    let first = words.next().unwrap_or_default();
    match first {
        "primer" | "primera" | "segundo" | "segunda" | "tercer" | "tercera" => words.next().unwrap_or(first).to_owned(),
        _ => first.to_owned(),
    }
}

/// Returns the verb for an activity, by the first noun of its original title, its kind and its state.
pub(super) fn verb(title: &str, kind: ActivityKind, state: Option<ResultState>) -> Verb {
    const INSTRUMENTS: &[&str] = &[
        "decreto",
        "directiva",
        "directrices",
        "estrategia",
        "guia",
        "ley",
        "lineamientos",
        "norma",
        "ordenanza",
        "plan",
        "politica",
        "protocolo",
        "reglamento",
        "resolucion",
    ];
    const EVENTS: &[&str] =
        &["acciones", "encuentro", "mesas", "operativo", "reuniones", "seguimiento", "trabajo", "visitas"];
    let head = head_noun(title);
    let is = |list: &[&str]| list.contains(&head.as_str());
    let open = matches!(state, Some(ResultState::Expected | ResultState::Partial));
    match head.as_str() {
        "respuesta" | "comentarios" | "observaciones" | "recomendaciones" | "aportes" => return Verb::Received,
        "resultados" | "cifras" | "datos" => return Verb::Available,
        "continuidad" | "funcionamiento" => return Verb::Maintained,
        "dia" => return Verb::Commemorated,
        "atencion" => return Verb::Provided,
        "entrada" | "deposito" | "inicio" | "envio" => return Verb::Happened,
        "sistema" => return Verb::Counted,
        "informe" | "informes" | "reporte" | "reportes" if !open => return Verb::Presented,
        _ => {}
    }
    match kind {
        ActivityKind::TechnicalAssistance => Verb::Counted,
        ActivityKind::LegalInstrument | ActivityKind::Protocol if !open && is(INSTRUMENTS) => Verb::Approved,
        ActivityKind::Publication => Verb::Published,
        ActivityKind::Coordination if is(&["coordinacion", "coordinaciones"]) => Verb::Maintained,
        _ if is_event(kind) || is(EVENTS) => Verb::Held,
        _ if open => Verb::Advanced,
        ActivityKind::Coordination if head == "apoyo" => Verb::Provided,
        ActivityKind::LegalInstrument
        | ActivityKind::Protocol
        | ActivityKind::Recognition
        | ActivityKind::Milestone => Verb::Completed,
        _ => Verb::Held,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(title: &str) -> String {
        noun_phrase(title, Lang::Es).text
    }

    #[test]
    fn a_title_becomes_a_noun_phrase() {
        for (title, phrase) in [
            ("Capacitación sobre trabajo forzoso", "la capacitación sobre trabajo forzoso"),
            ("Capacitaciones y asistencias", "las capacitaciones y asistencias"),
            ("Seminario Binacional Chile – Argentina", "el Seminario Binacional Chile – Argentina"),
            ("Balance de la ENPETI 2012-2021", "el balance de la ENPETI 2012-2021"),
            ("Sistema de Monitoreo de acciones", "el Sistema de Monitoreo de acciones"),
            ("Conmemoración del Día Mundial", "la conmemoración del Día Mundial"),
            ("Informes de la DPPDFL", "los informes de la DPPDFL"),
            ("Día Mundial contra la Trata", "el Día Mundial contra la Trata"),
            ("Mesas de trabajo", "las mesas de trabajo"),
            ("«Cartilla informativa»", "la «Cartilla informativa»"),
            ("Reunión anual de puntos focales", "la reunión anual de puntos focales"),
        ] {
            assert_eq!(described(title), phrase);
        }
        assert_eq!(noun_phrase("Training on forced labour", Lang::En).text, "the training on forced labour");
    }

    #[test]
    fn a_session_takes_its_article() {
        assert_eq!(session_phrase("III sesión ordinaria", Lang::Es), "la III sesión ordinaria");
        assert_eq!(session_phrase("Primer Consejo Regional", Lang::Es), "el Primer Consejo Regional");
        assert_eq!(session_phrase("Third session", Lang::En), "the third session");
        assert_eq!(session_phrase("III ordinary session", Lang::En), "the III ordinary session");
        assert_eq!(session_phrase("V ordinary session", Lang::En), "the V ordinary session");
        assert_eq!(session_phrase("First Regional Council", Lang::En), "the First Regional Council");
        assert_eq!(session_phrase("Session of May", Lang::En), "Session of May");
    }

    #[test]
    fn a_body_takes_its_article() {
        assert_eq!(body_name("Ministerio de Salud", Lang::Es), "el Ministerio de Salud");
        assert_eq!(body_name("Policía Nacional", Lang::Es), "la Policía Nacional");
        assert_eq!(body_name("Argentina", Lang::Es), "Argentina");
        assert_eq!(body_name("Metropolitan Municipality of Lima", Lang::En), "the Metropolitan Municipality of Lima");
        assert_eq!(contracted("a cargo de el Ministerio"), "a cargo del Ministerio");
    }

    #[test]
    fn the_verb_follows_noun_kind_and_state() {
        let of = |title: &str, kind, state| verb(title, kind, state);
        assert_eq!(of("Protocolo Intersectorial", ActivityKind::LegalInstrument, None), Verb::Approved);
        let bill = of("Proyecto de ley", ActivityKind::LegalInstrument, Some(ResultState::Expected));
        assert_eq!(bill, Verb::Advanced);
        assert_eq!(of("Taller regional", ActivityKind::Workshop, Some(ResultState::Partial)), Verb::Held);
        assert_eq!(of("Firma del convenio", ActivityKind::Milestone, Some(ResultState::Achieved)), Verb::Completed);
    }
}
