//! The parts of a workbook, each inflated and checked when it is read. Other parts are not opened.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{refused, xml};
use crate::error::Faults;

/// The maximum size of all parts that are read, inflated. A matrix of 2,000 rows has about two megabytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The maximum number of parts. A workbook with many pictures has some hundreds.
const MOST_PARTS: usize = 10_000;

/// An archive with the names of its parts.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The place of each part, by its name in lower case.
    places: HashMap<String, usize>,
    /// The bytes that may still be inflated.
    left: u64,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Faults> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refused("damaged"))?;
        if zip.len() > MOST_PARTS {
            return Err(refused("too_large"));
        }
        let mut places = HashMap::new();
        for (place, name) in zip.file_names().enumerate() {
            let name = name.map_err(|_| refused("damaged"))?;
            places.insert(name.replace('\\', "/").to_ascii_lowercase(), place);
        }
        Ok(Self { zip, places, left: MOST_BYTES })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_ascii_lowercase())
    }

    /// Checks whether a part has a name with this end.
    pub(super) fn has_any(&self, end: &str) -> bool {
        self.places.keys().any(|name| name.ends_with(end))
    }

    /// Returns the text of a part; `None` if there is no such part. Refuses encrypted parts, and parts that inflate too far,
    /// whatever they declare.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Faults> {
        let Some(place) = self.places.get(&name.to_ascii_lowercase()) else { return Ok(None) };
        let file = self.zip.by_index(*place).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => refused("encrypted"),
            _ => refused("damaged"),
        })?;
        if file.encrypted() {
            return Err(refused("encrypted"));
        }
        if file.size() > self.left {
            return Err(refused("too_large"));
        }
        let mut part = Vec::with_capacity(usize::try_from(file.size()).unwrap_or_default());
        let read = file.take(self.left + 1).read_to_end(&mut part).map_err(|_| refused("damaged"))?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| refused("too_large"))?;
        xml::decoded(part).map(Some)
    }
}
