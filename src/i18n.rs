//! Everything a person reads, in Spanish and English (Project Fluent); codes are never translated.

mod dates;
pub mod words;

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

pub use dates::{date, day};
pub use words::{Words, word};

crate::text_enum! {
    /// A language that people read the program in.
    Lang { Es = "es", En = "en" }
}

impl Lang {
    /// The first language of an `Accept-Language` header that the program speaks; Spanish otherwise.
    pub fn of_header(header: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
                let lang = match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                    "es" => Self::Es,
                    "en" => Self::En,
                    _ => return None,
                };
                Some((quality.trim().parse().unwrap_or(0.0), lang))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().filter(|(quality, _)| *quality > 0.0).map_or(Self::Es, |(_, lang)| *lang)
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Es => &[
                include_str!("../locales/es/errors.ftl"),
                include_str!("../locales/es/mail.ftl"),
                include_str!("../locales/es/notices.ftl"),
                include_str!("../locales/es/reminders.ftl"),
                include_str!("../locales/es/activities.ftl"),
                include_str!("../locales/es/dates.ftl"),
                include_str!("../locales/es/demo.ftl"),
                include_str!("../locales/es/meetings.ftl"),
                include_str!("../locales/es/papers.ftl"),
                include_str!("../locales/es/questionnaire.ftl"),
                include_str!("../locales/es/reports.ftl"),
            ],
            Self::En => &[
                include_str!("../locales/en/errors.ftl"),
                include_str!("../locales/en/mail.ftl"),
                include_str!("../locales/en/notices.ftl"),
                include_str!("../locales/en/reminders.ftl"),
                include_str!("../locales/en/activities.ftl"),
                include_str!("../locales/en/dates.ftl"),
                include_str!("../locales/en/demo.ftl"),
                include_str!("../locales/en/meetings.ftl"),
                include_str!("../locales/en/papers.ftl"),
                include_str!("../locales/en/questionnaire.ftl"),
                include_str!("../locales/en/reports.ftl"),
            ],
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> =
    LazyLock::new(|| Lang::ALL.iter().map(|lang| (*lang, bundle(*lang))).collect());

fn bundle(lang: Lang) -> Bundle {
    let id = lang.as_str().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for source in lang.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of `key` with its named values; None where there is none (a test keeps both languages complete).
pub fn find(lang: Lang, key: &str, args: &[(&'static str, String)]) -> Option<String> {
    let (_, bundle) = BUNDLES.iter().find(|(known, _)| *known == lang)?;
    let pattern = bundle.get_message(key)?.value()?;
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned())
}

/// The text of `key`, or the key itself.
pub fn text(lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
    find(lang, key, args).unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(lang: Lang) -> std::collections::BTreeSet<String> {
        lang.sources()
            .iter()
            .flat_map(|source| source.lines())
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .filter(|key| !key.starts_with(['#', ' ', '.', '[', '*']))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(keys(Lang::Es), keys(Lang::En));
    }

    /// What a message needs, `{ $name }` by `{ $name }`, by key.
    fn variables(lang: Lang) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
        let mut all = std::collections::BTreeMap::new();
        for (key, message) in lang.sources().iter().flat_map(|source| source.lines()).filter_map(|l| l.split_once(" ="))
        {
            let names = message.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
            all.insert(key.to_owned(), names.collect());
        }
        all
    }

    #[test]
    fn both_languages_need_the_same_values() {
        assert_eq!(variables(Lang::Es), variables(Lang::En));
    }

    /// Every `text(…, "key", &[("name", …), …])` of the program, where key and names are written out.
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

    fn sources(folder: &std::path::Path, code: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => sources(&path, code),
                path if path.extension().is_some_and(|kind| kind == "rs") => {
                    let text = std::fs::read_to_string(path).unwrap();
                    code.push_str(text.split("#[cfg(test)]").next().unwrap_or_default());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn whatever_the_program_says_exists_and_gets_its_values() {
        let mut code = String::new();
        sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
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
            for source in lang.sources() {
                assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{lang}");
            }
        }
    }

    #[test]
    fn every_error_has_a_title_and_a_sentence() {
        for lang in Lang::ALL {
            for code in crate::error::Code::ALL {
                let key = code.as_str().replace('_', "-");
                assert!(find(*lang, &format!("title-{key}"), &[]).is_some(), "title-{key} in {lang}");
                assert!(find(*lang, &format!("detail-{key}"), &[]).is_some(), "detail-{key} in {lang}");
            }
        }
    }

    #[test]
    fn the_reader_chooses_the_language() {
        assert_eq!(Lang::of_header("en-GB,en;q=0.9,es;q=0.1"), Lang::En);
        assert_eq!(Lang::of_header("fr, en;q=0.2, es;q=0.8"), Lang::Es);
        assert_eq!(Lang::of_header("de"), Lang::Es);
        assert_eq!(Lang::of_header("é;q=x"), Lang::Es);
    }
}
