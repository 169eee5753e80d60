//! The document model: the content of a document in order, without a format.

use serde::Serialize;

use super::chart::Chart;
use super::table::Table;
use crate::i18n::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Document {
    pub title: String,
    pub lang: Lang,
    /// The country whose variety of the language is used: `CL` for the Spanish of Chile.
    pub region: Option<String>,
    /// The heading of the table of contents; None for no table of contents.
    pub contents: Option<String>,
    /// Landscape pages, for wide tables.
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

impl Document {
    /// Returns the language as a BCP 47 tag: `es-CL`.
    pub(crate) fn locale(&self) -> String {
        self.region.as_ref().map_or_else(|| self.lang.to_string(), |region| format!("{}-{region}", self.lang))
    }
}

/// A part of a document. Headings begin with level 1; the title is above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    /// A remark about the document: the source of an answer, something to check.
    Note {
        runs: Vec<Run>,
    },
    List {
        /// The number of the first entry; None for bullets.
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    /// The options of a question, with the chosen ones marked.
    Choices {
        items: Vec<Choice>,
    },
    Table(Table),
    Chart(Chart),
}

/// A piece of text with one format. `\n` breaks the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Run {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// An address on the web.
    pub link: Option<String>,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    pub marked: bool,
    pub label: String,
}

impl Run {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self { strong: true, ..Self::plain(text) }
    }
}

impl Block {
    pub(crate) fn heading(level: u8, text: impl AsRef<str>) -> Self {
        Self::Heading { level, text: one_line(text.as_ref()) }
    }

    pub(crate) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { runs: vec![Run::plain(text)] }
    }

    pub(crate) fn note(text: impl Into<String>) -> Self {
        Self::Note { runs: vec![Run::plain(text)] }
    }

    /// Makes a list with one bullet for each text.
    pub(crate) fn bullets(texts: impl IntoIterator<Item = String>) -> Self {
        let items = texts.into_iter().map(|text| vec![Self::paragraph(one_line(&text))]);
        Self::List { first: None, items: items.collect() }
    }
}

/// Returns a text on one line, so that a name or title cannot break the layout.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text of runs without their format.
pub(crate) fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Returns whether a character is invisible: a control, a joiner, a mark of direction.
pub(super) fn is_invisible(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    joins || c.is_control() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns whether a text has a visible character.
pub(crate) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_invisible(c))
}
