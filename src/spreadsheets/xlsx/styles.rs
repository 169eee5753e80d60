//! The styles of a workbook: number formats, and fonts that strike out.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::formats::{Format, HiddenKinds};
use super::super::xml::{Xml, attribute, number};
use crate::error::Faults;

/// The style of a cell, as far as it changes what is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub format: Format,
    /// The values that the format hides.
    pub unseen: HiddenKinds,
    pub is_struck: bool,
}

/// Reads the styles of cells in their order.
pub(super) fn read(part: &str) -> Result<Vec<Style>, Faults> {
    let mut codes: HashMap<u32, (Format, HiddenKinds)> = HashMap::new();
    let mut struck: Vec<bool> = Vec::new();
    let mut styles = Vec::new();
    // The lists are one below the other; fonts and formats are also in lists of other use.
    let mut list = String::new();
    let mut depth = 0;
    let mut xml = Xml::new(part);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => {
                depth += 1;
                let name = element.local_name();
                match (depth, list.as_str(), name.as_ref()) {
                    (2, _, name) => name.clone_into(&mut list),
                    (3, "numFmts", "numFmt") => {
                        if let (Some(id), Some(code)) =
                            (number(&element, "numFmtId"), attribute(&element, "formatCode"))
                        {
                            codes.insert(id, (Format::of_code(&code), HiddenKinds::of_code(&code)));
                        }
                    }
                    (3, "fonts", "font") => struck.push(false),
                    (4, "fonts", "strike") => {
                        if let Some(last) = struck.last_mut() {
                            *last = !matches!(attribute(&element, "val").as_deref(), Some("0" | "false"));
                        }
                    }
                    (3, "cellXfs", "xf") => {
                        let id = number(&element, "numFmtId").unwrap_or_default();
                        let built_in = || (Format::built_in(id), HiddenKinds::default());
                        let (format, unseen) = codes.get(&id).copied().unwrap_or_else(built_in);
                        let font = number::<usize>(&element, "fontId");
                        let is_struck = font.and_then(|font| struck.get(font)).copied().unwrap_or_default();
                        styles.push(Style { format, unseen, is_struck });
                    }
                    _ => {}
                }
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(styles)
}
