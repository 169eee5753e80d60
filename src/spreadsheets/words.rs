//! The text of a cell, with the parts of it that are struck out.

use std::sync::Arc;

use super::Value;

/// The maximum length of a cell's text in Excel.
const MOST_LETTERS: usize = 32_767;

/// The text of a cell.
#[derive(Debug, Clone)]
pub(super) enum Words {
    Empty,
    /// A text in the font of its cell.
    Plain(Arc<str>),
    Rich(Box<Rich>),
}

/// A text of several fonts.
#[derive(Debug, Clone, Default)]
pub(super) struct Rich {
    text: String,
    /// The end of each part, and whether its font strikes out; `None` is the font of the cell.
    runs: Vec<(u32, Option<bool>)>,
}

/// A value without its struck-out parts, and these parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct CellContent {
    pub visible: Option<Value>,
    pub struck_out: Option<String>,
    /// The value, if the number format of its cell hides it.
    pub hidden: Option<Value>,
}

impl CellContent {
    /// Returns a value, struck out as a whole or not.
    pub(super) fn of(value: Option<Value>, is_struck: bool) -> Self {
        if is_struck {
            let struck_out = value.map(|value| value.shown()).filter(|text| !text.is_empty());
            return Self { struck_out, ..Self::default() };
        }
        Self { visible: value, ..Self::default() }
    }

    /// Returns the same with the value hidden, if the number format of its cell hides it.
    pub(super) fn hidden_if(self, is_hidden: bool) -> Self {
        if is_hidden { Self { hidden: self.visible, visible: None, ..self } } else { self }
    }
}

impl Words {
    pub(super) fn new(mut rich: Rich) -> Self {
        match rich.runs.as_slice() {
            [] => Self::Empty,
            [(_, None)] => match plain(&rich.text) {
                Some(Value::Text(text)) => Self::Plain(text),
                _ => Self::Empty,
            },
            _ => {
                rich.text.shrink_to_fit();
                rich.runs.shrink_to_fit();
                Self::Rich(Box::new(rich))
            }
        }
    }

    /// Returns the words of a text without fonts of its own.
    pub(super) fn of(text: &str) -> Self {
        Self::new(Rich { text: text.to_owned(), runs: vec![(end_of(text), None)] })
    }

    /// Takes out what is struck out, in a cell whose font strikes out or does not.
    pub(super) fn content(&self, is_cell_struck: bool) -> CellContent {
        match self {
            Self::Empty => CellContent::default(),
            Self::Plain(text) => CellContent::of(Some(Value::Text(Arc::clone(text))), is_cell_struck),
            Self::Rich(rich) => rich.content(is_cell_struck),
        }
    }
}

impl Rich {
    /// Adds a part, struck out or not; `None` is the font of the cell.
    pub(super) fn push(&mut self, text: &str, is_struck: Option<bool>) {
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        match self.runs.last_mut() {
            Some((end, last)) if *last == is_struck => *end = end_of(&self.text),
            _ => self.runs.push((end_of(&self.text), is_struck)),
        }
    }

    fn content(&self, is_cell_struck: bool) -> CellContent {
        let (mut kept, mut struck, mut begin) = (String::new(), String::new(), 0);
        for (end, is_struck) in &self.runs {
            let end = usize::try_from(*end).unwrap_or(usize::MAX);
            let part = self.text.get(begin..end).unwrap_or_default();
            if is_struck.unwrap_or(is_cell_struck) {
                struck.push_str(part)
            } else {
                kept.push_str(part)
            }
            begin = end;
        }
        let struck = plain(&struck).map(|text| text.shown());
        // A separator at the end is not needed without the part behind it.
        let separator = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '/');
        let rest = if struck.is_some() { kept.trim_matches(separator) } else { &kept };
        CellContent { visible: plain(rest), struck_out: struck, hidden: None }
    }
}

/// Returns a text as it is shown.
fn plain(text: &str) -> Option<Value> {
    let text = text.char_indices().nth(MOST_LETTERS).map_or(text, |(end, _)| text.get(..end).unwrap_or_default());
    Value::text(text)
}

/// Returns the position after a text. The parts of a file are far shorter than the highest number.
fn end_of(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
