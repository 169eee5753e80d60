//! The texts for people, in Spanish and English (Project Fluent). Codes are never translated.

pub mod words;

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use crate::dates::{PartialDate, Precision};
pub use words::{Words, word};

crate::text_enum! {
    /// A language of the program.
    Lang { Es = "es", En = "en" }
}

/// Declares `sources`, the files of each language.
macro_rules! sources {
    ($($file:literal)+) => {
        fn sources(lang: Lang) -> &'static [&'static str] {
            match lang {
                Lang::Es => &[$(include_str!(concat!("../locales/es/", $file, ".ftl"))),+],
                Lang::En => &[$(include_str!(concat!("../locales/en/", $file, ".ftl"))),+],
            }
        }
    };
}

sources! {
    "errors" "mail" "notices" "notifications" "reminders" "activities" "dates" "demo" "imports" "meetings" "minutes"
    "papers" "questionnaire" "reports" "web" "web-ui" "web-account" "web-start" "web-commitments" "web-progress"
    "web-meetings" "web-minutes" "web-agreements" "web-activities" "web-directory" "web-help" "web-reports" "web-plans" "web-duties" "indicators" "web-people" "web-admin"
    "web-imports" "web-overview" "web-operation" "web-public"
}

impl Lang {
    /// Returns the language of a tag such as `es-CL`, if the program has it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?.trim();
        Self::ALL.iter().copied().find(|lang| language.eq_ignore_ascii_case(lang.as_str()))
    }
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> =
    LazyLock::new(|| Lang::ALL.iter().map(|lang| (*lang, bundle(*lang))).collect());

fn bundle(lang: Lang) -> Bundle {
    let id = lang.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for source in sources(lang) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn format(lang: Lang, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let (_, bundle) = BUNDLES.iter().find(|(known, _)| *known == lang)?;
    let pattern = bundle.get_message(key)?.value()?;
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}

/// Returns the text of `key` with its variables, or None when there is no such key. A test proves that both languages
/// have the same keys.
pub fn find(lang: Lang, key: &str, args: &[(&'static str, String)]) -> Option<String> {
    format(lang, key, &args.iter().map(|(name, value)| (*name, value.as_str())).collect())
}

/// Returns the text of `key`, or the key itself when there is no such key.
pub fn text(lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
    find(lang, key, args).unwrap_or_else(|| key.to_owned())
}

/// Returns the text of `key` with variables that are texts or numbers (`n.into()`). A message with plural forms selects
/// one by a number.
pub fn text_with(lang: Lang, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
    format(lang, key, &args.iter().cloned().collect()).unwrap_or_else(|| key.to_owned())
}

/// Returns the codes that have a text: the ends of the keys with this prefix, in the order of the file.
pub fn codes(prefix: &str) -> Vec<String> {
    let lines = sources(Lang::Es).iter().flat_map(|source| source.lines());
    let ends = lines.filter_map(|line| line.split_once(" =")?.0.strip_prefix(prefix));
    ends.map(|end| end.replace('-', "_")).collect()
}

/// Returns a calendar day in words: `22 de agosto de 2023`.
pub fn day(lang: Lang, day: NaiveDate) -> String {
    in_words(lang, "date-day", day)
}

/// Returns a calendar day in words with its day of the week: `martes 22 de agosto de 2023`.
pub fn weekday(lang: Lang, day: NaiveDate) -> String {
    let weekday = text(lang, &format!("weekday-{}", day.weekday().number_from_monday()), &[]);
    text(lang, "date-weekday", &[("weekday", weekday), ("date", self::day(lang, day))])
}

/// Returns the time zone in words, by its city: `hora de Santiago`. A city without a translation keeps the name of the
/// zone.
pub fn zone_time(lang: Lang, zone: Tz) -> String {
    if zone == Tz::UTC {
        return text(lang, "zone-time-utc", &[]);
    }
    let city = zone.name().rsplit('/').next().unwrap_or_default();
    let key = format!("zone-{}", city.to_lowercase().replace('_', "-"));
    let city = find(lang, &key, &[]).unwrap_or_else(|| city.replace('_', " "));
    text(lang, "zone-time", &[("city", city)])
}

/// Returns a partial date in words, with its own precision: `second quarter of 2023`.
pub fn date(lang: Lang, date: &PartialDate) -> String {
    let from = date.from();
    match date.precision() {
        Precision::Day => in_words(lang, "date-day", from),
        Precision::Month => in_words(lang, "date-month", from),
        Precision::Quarter => in_words(lang, &format!("date-quarter-{}", from.month0() / 3 + 1), from),
        Precision::HalfYear => in_words(lang, &format!("date-half-{}", from.month0() / 6 + 1), from),
        Precision::Year => from.year().to_string(),
    }
}

/// Returns a partial date in short words, for the axis of a chart: `Q2 2023`, `22 Aug 2023`.
pub fn short_date(lang: Lang, date: &PartialDate) -> String {
    let from = date.from();
    let month: String = text(lang, &format!("month-{}", from.month()), &[]).chars().take(3).collect();
    let key = match date.precision() {
        Precision::Day => "date-short-day".to_owned(),
        Precision::Month => "date-short-month".to_owned(),
        Precision::Quarter => format!("date-short-quarter-{}", from.month0() / 3 + 1),
        Precision::HalfYear => format!("date-short-half-{}", from.month0() / 6 + 1),
        Precision::Year => return from.year().to_string(),
    };
    text(lang, &key, &[("day", from.day().to_string()), ("month", month), ("year", from.year().to_string())])
}

fn in_words(lang: Lang, key: &str, day: NaiveDate) -> String {
    let month = text(lang, &format!("month-{}", day.month()), &[]);
    text(lang, key, &[("day", day.day().to_string()), ("month", month), ("year", day.year().to_string())])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Returns the variables of each message.
    fn variables(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let (mut all, mut key) = (BTreeMap::<_, BTreeSet<_>>::new(), String::new());
        for line in sources(lang).iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                name.clone_into(&mut key);
            }
            let names = line.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
            all.entry(key.clone()).or_default().extend(names);
        }
        all
    }

    #[test]
    fn both_languages_have_the_same_messages_with_the_same_variables() {
        assert_eq!(variables(Lang::Es), variables(Lang::En));
    }

    #[test]
    fn a_number_selects_the_plural_form_and_is_printed_without_separators() {
        let said = |lang, n: usize, shown: &str| {
            text_with(lang, "draft-states-norms", &[("count", n.into()), ("n", shown.into())])
        };
        assert!(said(Lang::Es, 1, "1").starts_with("Uno tiene norma"));
        assert!(said(Lang::Es, 0, "0").starts_with("De ellos, 0 tienen norma"));
        assert!(said(Lang::Es, 2163, "2.163").starts_with("De ellos, 2.163 tienen norma"));
        assert!(said(Lang::En, 1, "1").starts_with("One has"));
        assert!(said(Lang::En, 1_000_000, "1,000,000").starts_with("Of these, 1,000,000 have"));
        assert_eq!(text_with(Lang::En, "fault-too-many", &[("max", 2000_usize.into())]), "At most 2000 entries.");
    }

    /// Returns the key and the names of variables of every `text(…, "key", &[("name", …), …])` of the program where
    /// both are literals.
    fn calls(code: &str) -> Vec<(String, Vec<String>)> {
        let quoted =
            |text: &str| text.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(word, _)| word.to_owned());
        let mut found = Vec::new();
        for (_, call) in code.match_indices("text(").map(|(at, name)| (at, &code[at + name.len()..])) {
            let Some((_, rest)) = call.split_once(',') else { continue };
            let rest = rest.trim_start();
            let Some(key) = quoted(rest).filter(|key| key.contains('-')) else { continue };
            let Some(values) = rest[key.len() + 2..].trim_start_matches([',', ' ', '\n']).strip_prefix("&[") else {
                continue;
            };
            let values = values.split(']').next().unwrap_or_default();
            let names = values.split('(').filter_map(|part| quoted(part.trim_start()));
            found.push((key, names.collect()));
        }
        found
    }

    fn code_below(folder: &std::path::Path, code: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => code_below(&path, code),
                path if path.extension().is_some_and(|kind| kind == "rs") => {
                    let text = std::fs::read_to_string(path).unwrap();
                    code.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_message_that_the_program_uses_exists_and_gets_its_variables() {
        let mut code = String::new();
        code_below(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
        let known = variables(Lang::Es);
        let calls = calls(&code);
        assert!(calls.len() > 15, "the search finds the calls: {}", calls.len());
        for (key, given) in calls {
            let needed = known.get(&key).unwrap_or_else(|| panic!("no message {key}"));
            assert!(needed.iter().all(|name| given.contains(name)), "{key} needs {needed:?}, gets {given:?}");
        }
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        for part in code.split('"').filter(|part| part.contains('-') && part.chars().all(word)) {
            let families = ["mail-", "why-", "reminder-", "session-", "commitment-", "feed-"];
            let names_a_message = families.iter().any(|family| part.starts_with(family) && part.len() > family.len());
            assert!(
                !names_a_message || known.contains_key(part) || known.contains_key(&format!("{part}-subject")),
                "no message {part}"
            );
        }
    }

    #[test]
    fn every_source_is_well_formed() {
        for lang in Lang::ALL {
            for source in sources(*lang) {
                assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{lang}");
            }
        }
    }

    #[test]
    fn a_tag_is_recognised_by_its_language_alone() {
        assert_eq!(Lang::of_tag("en-GB"), Some(Lang::En));
        assert_eq!(Lang::of_tag("ES"), Some(Lang::Es));
        assert_eq!((Lang::of_tag("est"), Lang::of_tag("é"), Lang::of_tag("")), (None, None, None));
    }

    #[test]
    fn dates_are_written_in_words() {
        let words = |lang, text: &str| PartialDate::parse(text).map(|value| date(lang, &value)).unwrap_or_default();
        assert_eq!(words(Lang::Es, "2023-08-22"), "22 de agosto de 2023");
        assert_eq!(words(Lang::En, "2023-08-22"), "22 August 2023");
        assert_eq!(words(Lang::Es, "2023-03"), "marzo de 2023");
        assert_eq!(words(Lang::Es, "2023-Q2"), "segundo trimestre de 2023");
        assert_eq!(words(Lang::Es, "2023-H2"), "segundo semestre de 2023");
        assert_eq!(words(Lang::Es, "2023"), "2023");
        let day = crate::dates::parse_day("2027-05-12").unwrap();
        assert_eq!(weekday(Lang::Es, day), "miércoles 12 de mayo de 2027");
        assert_eq!(weekday(Lang::En, day), "Wednesday 12 May 2027");
    }

    #[test]
    fn a_time_zone_is_named_by_its_city() {
        assert_eq!(zone_time(Lang::Es, Tz::America__Santiago), "hora de Santiago");
        assert_eq!(zone_time(Lang::En, Tz::Pacific__Easter), "Easter Island time");
        assert_eq!(zone_time(Lang::Es, Tz::America__Sao_Paulo), "hora de São Paulo");
        assert_eq!(zone_time(Lang::En, Tz::Asia__Tokyo), "Tokyo time");
        assert_eq!(zone_time(Lang::Es, Tz::UTC), "hora universal (UTC)");
    }
}
