//! The guides of `docs/guide`, in the words of the repository.

use crate::i18n::Lang;

/// A guide in both languages, as Markdown.
pub(super) struct Guide {
    /// The end of its address and the name of its files.
    pub name: &'static str,
    es: &'static str,
    en: &'static str,
}

pub(super) const GUIDES: &[Guide] = &[
    Guide {
        name: "first-week",
        es: include_str!("../../docs/guide/first-week.es.md"),
        en: include_str!("../../docs/guide/first-week.en.md"),
    },
    Guide {
        name: "sessions",
        es: include_str!("../../docs/guide/sessions.es.md"),
        en: include_str!("../../docs/guide/sessions.en.md"),
    },
    Guide {
        name: "reporting",
        es: include_str!("../../docs/guide/reporting.es.md"),
        en: include_str!("../../docs/guide/reporting.en.md"),
    },
    Guide {
        name: "report",
        es: include_str!("../../docs/guide/report.es.md"),
        en: include_str!("../../docs/guide/report.en.md"),
    },
    Guide {
        name: "reminders",
        es: include_str!("../../docs/guide/reminders.es.md"),
        en: include_str!("../../docs/guide/reminders.en.md"),
    },
    Guide {
        name: "import",
        es: include_str!("../../docs/guide/import.es.md"),
        en: include_str!("../../docs/guide/import.en.md"),
    },
    Guide {
        name: "operation",
        es: include_str!("../../docs/guide/operation.es.md"),
        en: include_str!("../../docs/guide/operation.en.md"),
    },
];

impl Guide {
    /// Returns the title and the text below it.
    pub(super) fn text(&self, lang: Lang) -> (&'static str, &'static str) {
        let text = match lang {
            Lang::Es => self.es,
            Lang::En => self.en,
        };
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        (first.trim_start_matches('#').trim(), rest)
    }

    /// Returns the guide with this name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        GUIDES.iter().find(|guide| guide.name == name)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GUIDES, Guide};
    use crate::help::ROLES;
    use crate::i18n::Lang;

    #[test]
    fn every_guide_of_the_repository_is_in_the_program_with_its_title() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide");
        let files = std::fs::read_dir(folder).unwrap().flatten().map(|file| file.file_name().into_string().unwrap());
        let listed = |guide: &Guide| ["es", "en"].map(|lang| format!("{}.{lang}.md", guide.name));
        assert_eq!(files.collect::<BTreeSet<_>>(), GUIDES.iter().flat_map(listed).collect());
        for guide in GUIDES {
            let titles = Lang::ALL.iter().map(|lang| guide.text(*lang).0).collect::<BTreeSet<_>>();
            assert_eq!(titles.len(), 2, "{titles:?}");
        }
        let named = ROLES.iter().flat_map(|role| role.guides);
        assert_eq!(named.filter(|name| Guide::named(name).is_none()).count(), 0);
    }
}
