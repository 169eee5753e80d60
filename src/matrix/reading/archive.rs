//! The parts of an `.xlsx` file, looked through before anything reads them: what is no plain workbook, or would not
//! fit, is refused here.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::refused;
use crate::error::Faults;

/// All parts together, inflated. A matrix of 2,000 rows has some two megabytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const MOST_PARTS: usize = 2_000;
/// Strings that a workbook says it shares; its reader makes room for as many.
const MOST_STRINGS: u64 = 1_000_000;

/// Refuses macros, encrypted and other kinds of workbooks, what inflates too far (whatever it declares), and parts
/// that declare entities.
pub fn check(bytes: &[u8]) -> Result<(), Faults> {
    let damaged = |_: zip::result::ZipError| refused("damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(refused("too_large"));
    }
    let names: Result<Vec<_>, _> =
        archive.file_names().map(|name| name.map(|name| name.to_ascii_lowercase())).collect();
    let names = names.map_err(damaged)?;
    check_kind(&names)?;
    let mut left = MOST_BYTES;
    let mut part = Vec::new();
    for n in 0..archive.len() {
        let file = archive.by_index(n).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => refused("encrypted"),
            _ => refused("damaged"),
        })?;
        if file.encrypted() {
            return Err(refused("encrypted"));
        }
        if file.size() > left {
            return Err(refused("too_large"));
        }
        part.clear();
        let read = file.take(left + 1).read_to_end(&mut part).map_err(|_| refused("damaged"))?;
        left = left.checked_sub(read as u64).ok_or_else(|| refused("too_large"))?;
        check_part(&part)?;
    }
    Ok(())
}

/// What sort of file it is, by the names of its parts.
fn check_kind(names: &[String]) -> Result<(), Faults> {
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    let reason = match () {
        () if any(&|name| name.ends_with("vbaproject.bin")) => "macros",
        () if any(&|name| name == "xl/workbook.bin") => "xlsb",
        () if any(&|name| name == "content.xml") => "ods",
        () if !any(&|name| name.ends_with(".xml") && name.contains("workbook")) => "no_workbook",
        () => return Ok(()),
    };
    Err(refused(reason))
}

/// Entities have no place in a workbook, nor has a text in two bytes a letter.
fn check_part(part: &[u8]) -> Result<(), Faults> {
    let head = part.get(..64.min(part.len())).unwrap_or_default();
    let is_xml = head.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii()) == Some(&b'<');
    let in_two_bytes = head.starts_with(&[0xFE, 0xFF]) || head.starts_with(&[0xFF, 0xFE]);
    if in_two_bytes || (is_xml && head.contains(&0)) {
        return Err(refused("damaged"));
    }
    if is_xml && (contains(part, b"<!DOCTYPE") || contains(part, b"<!ENTITY")) {
        return Err(refused("entities"));
    }
    let more_strings = find(part, b"uniqueCount").any(|rest| number_in(rest) > MOST_STRINGS);
    if more_strings { Err(refused("too_large")) } else { Ok(()) }
}

fn contains(part: &[u8], wanted: &[u8]) -> bool {
    find(part, wanted).next().is_some()
}

/// What stands behind each place where `wanted` stands, whatever its case.
fn find<'p>(part: &'p [u8], wanted: &'p [u8]) -> impl Iterator<Item = &'p [u8]> {
    let first = wanted.first().copied().unwrap_or_default();
    let starts = part.iter().enumerate().filter(move |(_, byte)| byte.eq_ignore_ascii_case(&first));
    starts.filter_map(move |(at, _)| {
        let (here, rest) = part.get(at..)?.split_at_checked(wanted.len())?;
        here.eq_ignore_ascii_case(wanted).then_some(rest)
    })
}

/// The number of an attribute, given what stands behind its name.
fn number_in(rest: &[u8]) -> u64 {
    let digits: String = rest
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|c| c.is_whitespace() || ['=', '"', '\'', '+'].contains(c))
        .take_while(char::is_ascii_digit)
        .take(30)
        .collect();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_strings_without_end_are_found_wherever_they_stand() {
        assert!(check_part(b"<?xml version=\"1.0\"?><sst uniqueCount=\"12\"><si/></sst>").is_ok());
        assert!(check_part(b"<?xml version=\"1.0\"?><!doctype x [<!ENTITY a \"b\">]><sst/>").is_err());
        assert!(check_part(b"<sst  uniqueCount = '99999999999999999999999999'/>").is_err());
        assert!(check_part(b"<sst uniqueCount=\"1000001\"/>").is_err());
        assert!(check_part(&[0xFF, 0xFE, b'<', 0]).is_err());
    }
}
