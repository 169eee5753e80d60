//! A document without a format: what a paper says, in order. Each paper is built once; each writer renders any of them.

use serde::Serialize;

use super::chart::Chart;
use crate::i18n::Lang;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    pub title: String,
    pub lang: Lang,
    /// The country whose language it is: `es` of `CL`.
    pub region: Option<String>,
    /// The heading of the table of contents; without one there is no table.
    pub contents: Option<String>,
    /// Pages lie on their long side, for wide tables.
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

impl Document {
    /// The language of the text as BCP 47 writes it: `es-CL`.
    pub fn locale(&self) -> String {
        self.region.as_ref().map_or_else(|| self.lang.to_string(), |region| format!("{}-{region}", self.lang))
    }
}

/// One part of a document. Headings go from level 1 down; the title stands above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    /// What is said about the document rather than in it: where an answer comes from, what is to be looked at.
    Note {
        runs: Vec<Run>,
    },
    List {
        /// The number of the first entry; none: bullets.
        first: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    /// What could be chosen, and what was.
    Choices {
        items: Vec<Choice>,
    },
    Table(Table),
    Chart(Chart),
}

/// A stretch of text of one kind. `\n` breaks the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// An address on the web.
    pub link: Option<String>,
}

/// One of the choices of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub marked: bool,
    pub label: String,
}

/// Rows under headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// A column: its heading, its share of the width, and whether figures stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub heading: String,
    pub share: u32,
    pub figures: bool,
}

impl Column {
    pub fn text(heading: impl Into<String>, share: u32) -> Self {
        Self { heading: heading.into(), share, figures: false }
    }

    pub fn figures(heading: impl Into<String>, share: u32) -> Self {
        Self { figures: true, ..Self::text(heading, share) }
    }
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn strong(text: impl Into<String>) -> Self {
        Self { strong: true, ..Self::plain(text) }
    }
}

impl Block {
    pub fn heading(level: u8, text: impl AsRef<str>) -> Self {
        Self::Heading { level, text: one_line(text.as_ref()) }
    }

    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { runs: vec![Run::plain(text)] }
    }

    pub fn note(text: impl Into<String>) -> Self {
        Self::Note { runs: vec![Run::plain(text)] }
    }

    /// Bullets, one a text.
    pub fn bullets(texts: impl IntoIterator<Item = String>) -> Self {
        let items = texts.into_iter().map(|text| vec![Self::paragraph(one_line(&text))]);
        Self::List { first: None, items: items.collect() }
    }
}

/// A name or title on one line, so that it cannot break the layout.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of runs without their looks.
pub fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Signs that are never seen: controls, joiners, marks of direction.
pub fn is_unseen(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    joins || c.is_control() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether anything of a text can be seen.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_unseen(c))
}
