//! The styles of an OpenDocument spreadsheet: formats of numbers, fonts that strike out, hidden sheets.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::formats::Format;
use super::super::xml::{Xml, attribute};
use crate::error::Faults;

/// The maximum number of parents of a style.
const MOST_PARENTS: usize = 10;

#[derive(Debug, Default)]
struct Properties {
    parent: Option<String>,
    data: Option<String>,
    is_struck: Option<bool>,
    is_hidden: bool,
}

/// The style of a cell, as far as it changes what is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub format: Format,
    pub is_struck: Option<bool>,
}

/// The styles of a document, by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    stated: HashMap<(String, String), Properties>,
    formats: HashMap<String, Format>,
}

impl Styles {
    /// Adds the styles that a part states.
    pub(super) fn add(&mut self, part: &str) -> Result<(), Faults> {
        let mut xml = Xml::new(part);
        let mut present: Option<(String, String)> = None;
        let mut data: Option<String> = None;
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else { continue };
            let text = |name: &str| attribute(&element, name).map(std::borrow::Cow::into_owned);
            let name = element.local_name();
            match name.as_ref() {
                "body" => return Ok(()),
                "style" => {
                    let key = (text("family").unwrap_or_default(), text("name").unwrap_or_default());
                    let stated = Properties {
                        parent: text("parent-style-name"),
                        data: text("data-style-name"),
                        ..Properties::default()
                    };
                    self.stated.insert(key.clone(), stated);
                    present = Some(key);
                }
                "text-properties" => {
                    let line = text("text-line-through-style").or_else(|| text("text-line-through-type"));
                    if let (Some(line), Some(style)) = (line, present.as_ref().and_then(|key| self.stated.get_mut(key)))
                    {
                        style.is_struck = Some(line != "none");
                    }
                }
                "table-properties" if text("display").as_deref() == Some("false") => {
                    if let Some(style) = present.as_ref().and_then(|key| self.stated.get_mut(key)) {
                        style.is_hidden = true;
                    }
                }
                "date-style" | "percentage-style" | "time-style" | "number-style" | "currency-style" | "text-style" => {
                    let format = match name.as_ref() {
                        "percentage-style" => Format::Percent,
                        "time-style" => Format::Time,
                        _ => Format::Number,
                    };
                    let key = text("name").unwrap_or_default();
                    self.formats.insert(key.clone(), format);
                    data = Some(key);
                }
                token @ ("day" | "month" | "year" | "hours") => {
                    if let Some(format) = data.as_ref().and_then(|key| self.formats.get_mut(key)) {
                        *format = with_token(*format, token);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the style of a cell.
    pub(super) fn cell(&self, name: &str) -> Style {
        let data = self.first("table-cell", name, |stated| stated.data.clone());
        let format = data.and_then(|data| self.formats.get(&data)).copied().unwrap_or_default();
        Style { format, is_struck: self.is_struck("table-cell", name) }
    }

    /// Checks whether a font strikes out; `None` if it is not stated.
    pub(super) fn is_struck(&self, family: &str, name: &str) -> Option<bool> {
        self.first(family, name, |stated| stated.is_struck)
    }

    pub(super) fn is_hidden_table(&self, name: &str) -> bool {
        self.stated.get(&("table".to_owned(), name.to_owned())).is_some_and(|stated| stated.is_hidden)
    }

    /// Returns what a style or the nearest of its parents states.
    fn first<T>(&self, family: &str, name: &str, value: impl Fn(&Properties) -> Option<T>) -> Option<T> {
        let mut name = name.to_owned();
        for _ in 0..MOST_PARENTS {
            let stated = self.stated.get(&(family.to_owned(), name))?;
            if let Some(value) = value(stated) {
                return Some(value);
            }
            name = stated.parent.clone()?;
        }
        None
    }
}

fn with_token(format: Format, token: &str) -> Format {
    match (format, token) {
        (_, "day") | (Format::Day, _) => Format::Day,
        (_, "month") | (Format::Month, _) => Format::Month,
        (_, "year") => Format::Year,
        (format, _) => format,
    }
}
