//! The document model: the content of a document in order, without a format.

use serde::{Deserialize, Serialize};

use super::chart::Chart;
use super::table::Table;
use crate::i18n::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Document {
    pub title: String,
    pub lang: Lang,
    /// The country whose variety of the language is used: `CL` for the Spanish of Chile.
    pub region: Option<String>,
    /// The heading of the table of contents; None for no table of contents.
    pub contents: Option<String>,
    /// Landscape pages, for wide tables.
    pub landscape: bool,
    pub frame: Frame,
    pub blocks: Vec<Block>,
}

/// The parts of the pages around the text. The default has none of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Frame {
    /// A short line above the title: the commissions or the country.
    pub above: Option<String>,
    /// A title page; None to begin with the title and the text on the first page.
    pub cover: Option<Cover>,
    /// The line at the top of every page but the first.
    pub head: Option<String>,
    /// The line at the foot of every page, beside the page number; the last line of a text without pages.
    pub foot: Option<String>,
}

/// The title page of a document, which has its title and these lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cover {
    /// The name of the installation.
    pub brand: Option<String>,
    /// A word in a box above the title: that the document is a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banner: Option<String>,
    pub facts: Vec<Fact>,
}

/// A label with its text: `Place: Santiago`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub label: String,
    pub value: String,
}

/// The size of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageSize {
    A4,
    Letter,
}

/// The countries whose paper has the letter size (Unicode CLDR, `measurementData`, `paperSize`).
const LETTER: [&str; 14] = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

impl PageSize {
    /// Returns the paper that a country uses.
    pub(crate) fn of_country(code: &str) -> Self {
        if LETTER.contains(&code) { Self::Letter } else { Self::A4 }
    }
}

impl Document {
    /// Returns the size of its pages: that of its country.
    pub(crate) fn paper(&self) -> PageSize {
        self.region.as_deref().map_or(PageSize::A4, PageSize::of_country)
    }

    /// Returns the language as a BCP 47 tag: `es-CL`.
    pub(crate) fn locale(&self) -> String {
        self.region.as_ref().map_or_else(|| self.lang.to_string(), |region| format!("{}-{region}", self.lang))
    }
}

/// A part of a document. Headings begin with level 1; the title is above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    Heading {
        level: u8,
        text: String,
    },
    Paragraph {
        runs: Vec<Run>,
    },
    /// Labels with their texts, in two columns.
    Facts {
        items: Vec<Fact>,
    },
    /// A statement about the whole document: that it is a draft.
    Banner {
        text: String,
    },
    /// A quotation.
    Quote {
        blocks: Vec<Block>,
    },
    /// Places to sign by hand.
    Signatures {
        items: Vec<Signature>,
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
    /// A table to fill in by hand: its rows are high.
    Form(Table),
    Chart(Chart),
}

/// A piece of text with one format. `\n` breaks the line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// An address on the web.
    pub link: Option<String>,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Signature {
    /// The person who signs, if known.
    pub person: Option<String>,
    pub institution: String,
    pub role: String,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Fact {
    pub(crate) fn new(label: impl Into<String>, value: impl AsRef<str>) -> Self {
        Self { label: label.into(), value: one_line(value.as_ref()) }
    }

    /// Makes a fact of a line such as `Place: Santiago`.
    pub(crate) fn of_line(line: &str) -> Self {
        let (label, value) = line.split_once(": ").unwrap_or(("", line));
        Self::new(one_line(label), value)
    }
}

impl Block {
    pub(crate) fn heading(level: u8, text: impl AsRef<str>) -> Self {
        Self::Heading { level, text: one_line(text.as_ref()) }
    }

    pub(crate) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { runs: vec![Run::plain(text)] }
    }

    /// Makes facts of lines such as `Place: Santiago`.
    pub(crate) fn facts(lines: &[String]) -> Self {
        Self::Facts { items: lines.iter().map(|line| Fact::of_line(line)).collect() }
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

/// Returns the lines of a text that are not empty, each without spaces around it.
pub(crate) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Returns a text on one line, so that a name or title cannot break the layout. Spaces that do not break stay.
pub(crate) fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    text.trim().split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the text of runs without their format.
pub(crate) fn text_of(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Returns true if a character is invisible: a control, a joiner, a mark of direction.
pub(super) fn is_invisible(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    joins || c.is_control() || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Returns true if a text has a visible character.
pub(crate) fn is_visible(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_invisible(c))
}
