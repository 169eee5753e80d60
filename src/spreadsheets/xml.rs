//! Reads the elements of an XML part, without entities of its own.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::refused;
use crate::error::Faults;

/// Decodes a part: by its byte order mark, else by its declaration, else as UTF-8.
pub(super) fn decoded(part: Vec<u8>) -> Result<String, Faults> {
    let damaged = || refused("damaged");
    let encoding = match Encoding::for_bom(&part) {
        Some((marked, _)) => marked,
        None => match part.get(..2) {
            Some([b'<', 0]) => UTF_16LE,
            Some([0, b'<']) => UTF_16BE,
            _ => declared(&part),
        },
    };
    if encoding == UTF_8 {
        let mut text = String::from_utf8(part).map_err(|_| damaged())?;
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        return Ok(text);
    }
    let (text, _, is_broken) = encoding.decode(&part);
    if is_broken { Err(damaged()) } else { Ok(text.into_owned()) }
}

/// Returns the encoding that the declaration states.
fn declared(part: &[u8]) -> &'static Encoding {
    let head = part.get(..200.min(part.len())).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let declaration = head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).unwrap_or_default();
    let label = declaration.split("encoding").nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    // A part whose declaration is readable as ASCII is not UTF-16, even if the declaration states it.
    label
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .filter(|encoding| encoding.is_ascii_compatible())
        .unwrap_or(UTF_8)
}

/// The elements and texts of a part. Anything that is not well-formed XML is the fault `damaged`.
pub(super) struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    depth: usize,
}

impl<'t> Xml<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// Returns the next event; `None` at the end. An empty element is a start and an end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'t>>, Faults> {
        let event = self.reader.read_event().map_err(|_| refused("damaged"))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => return Err(refused("entities")),
            Event::Eof if self.depth > 0 => return Err(refused("damaged")),
            Event::Eof => return Ok(None),
            _ => {}
        }
        Ok(Some(event))
    }

    /// Skips to the end of the element that was started last.
    pub(super) fn skip(&mut self) -> Result<(), Faults> {
        let inside = self.depth;
        while self.depth >= inside {
            if self.next()?.is_none() {
                return Err(refused("damaged"));
            }
        }
        Ok(())
    }

    /// Adds the text of the element that was started last, without that of its children.
    pub(super) fn text(&mut self, text: &mut String) -> Result<(), Faults> {
        let inside = self.depth;
        loop {
            match self.next()?.ok_or_else(|| refused("damaged"))? {
                Event::End(_) if self.depth < inside => return Ok(()),
                event if self.depth == inside => push_text(&event, text)?,
                _ => {}
            }
        }
    }
}

/// Adds the characters of an event to a text. An entity that XML itself does not have is a fault.
pub(super) fn push_text(event: &Event<'_>, text: &mut String) -> Result<(), Faults> {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(name) => text.push(character(name)?),
        _ => {}
    }
    Ok(())
}

fn character(name: &quick_xml::events::BytesRef<'_>) -> Result<char, Faults> {
    // A character that does not exist is replaced by U+FFFD.
    if name.is_char_ref() {
        return Ok(name.resolve_char_ref().ok().flatten().unwrap_or('\u{fffd}'));
    }
    match name.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(refused("entities")),
    }
}

/// Returns the value of an attribute, whatever its prefix.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    let found = element.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    match found.value {
        Cow::Borrowed(value) if !value.contains('&') => Some(Cow::Borrowed(value)),
        _ => found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| Cow::Owned(value.into_owned())),
    }
}

/// Checks whether an attribute is true: `1` or `true`.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_ref(), "1" | "true"))
}

/// Returns the number of an attribute.
pub(super) fn number<N: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<N> {
    attribute(element, name)?.trim().parse().ok()
}
