//! The streams of a compound file, as `.xls` files are.

use super::super::refused;
use crate::error::Faults;

/// The end of a chain of sectors; higher numbers have other meanings.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;
const ENTRY: usize = 128;

/// Returns two bytes as a number.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Returns four bytes as a number.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

struct Container<'b> {
    bytes: &'b [u8],
    sector_size: usize,
    /// The sector that follows each one.
    next: Vec<u32>,
}

/// Returns the stream of a workbook; `None` for other files of this kind.
pub(super) fn workbook(bytes: &[u8]) -> Result<Option<Vec<u8>>, Faults> {
    stream(bytes).ok_or_else(|| refused("damaged"))
}

/// Returns `None` for a damaged file, and `Some(None)` for one without the stream.
fn stream(bytes: &[u8]) -> Option<Option<Vec<u8>>> {
    let shift = u16_at(bytes, 30)?;
    if !matches!(shift, 9 | 12) {
        return None;
    }
    let mut container = Container { bytes, sector_size: 1 << shift, next: Vec::new() };
    container.next = container.table()?;
    let directory = container.chain(u32_at(bytes, 48)?)?;
    let entries = || directory.chunks_exact(ENTRY);
    let Some(entry) = entries().find(|entry| matches!(name(entry).as_deref(), Some("workbook" | "book"))) else {
        return Some(None);
    };
    let (start, size) = (u32_at(entry, 116)?, usize::try_from(u32_at(entry, 120)?).ok()?);
    let mut stream = if size < usize::try_from(u32_at(bytes, 56)?).ok()? {
        let root = entries().find(|entry| entry.get(66) == Some(&5))?;
        let small = container.chain(u32_at(root, 116)?)?;
        let table = container.chain(u32_at(bytes, 60)?)?;
        let next: Vec<u32> = table.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect();
        let part = |sector: usize| small.get(sector * 64..).map(|rest| rest.get(..64).unwrap_or(rest));
        collect(start, &next, small.len(), part)?
    } else {
        container.chain(start)?
    };
    stream.truncate(size);
    Some(Some(stream))
}

fn name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(entry, 64)?).checked_sub(2)?.min(62);
    let units: Vec<u16> = entry.get(..length)?.chunks_exact(2).filter_map(|two| u16_at(two, 0)).collect();
    Some(String::from_utf16_lossy(&units).to_lowercase())
}

impl Container<'_> {
    fn sector(&self, sector: usize) -> Option<&[u8]> {
        let start = sector.checked_add(1)?.checked_mul(self.sector_size)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file may be cut short.
        Some(rest.get(..self.sector_size).unwrap_or(rest))
    }

    /// Reads the sectors of a chain.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        collect(start, &self.next, self.bytes.len(), |sector| self.sector(sector))
    }

    /// Reads the table of sectors, whose own sectors are named in the header and in sectors of such names.
    fn table(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector_size + 1;
        let mut sectors: Vec<u32> = (0..109).filter_map(|n| u32_at(self.bytes, 76 + 4 * n)).collect();
        let mut more = u32_at(self.bytes, 68)?;
        let mut seen = 0;
        while more <= LAST_SECTOR && seen < most {
            let names = self.sector(usize::try_from(more).ok()?)?;
            let per_sector = self.sector_size / 4 - 1;
            sectors.extend(names.chunks_exact(4).take(per_sector).filter_map(|four| u32_at(four, 0)));
            more = u32_at(names, 4 * per_sector)?;
            seen += 1;
        }
        let mut next = Vec::new();
        for sector in sectors.into_iter().filter(|sector| *sector <= LAST_SECTOR).take(most) {
            let entries = self.sector(usize::try_from(sector).ok()?)?;
            next.extend(entries.chunks_exact(4).filter_map(|four| u32_at(four, 0)));
        }
        Some(next)
    }
}

/// Joins the sectors of a chain; `None` for a chain that has no end, leaves the file, or is longer than `most` bytes.
fn collect<'s>(start: u32, next: &[u32], most: usize, sector: impl Fn(usize) -> Option<&'s [u8]>) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let (mut at, mut seen) = (start, 0);
    while at <= LAST_SECTOR {
        let here = usize::try_from(at).ok()?;
        stream.extend_from_slice(sector(here)?);
        seen += 1;
        at = *next.get(here)?;
        if seen > next.len() || stream.len() > most {
            return None;
        }
    }
    Some(stream)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_without_an_end_or_longer_than_the_file_is_damaged() {
        let sector = [0_u8; 512];
        let length = |next: &[u32], most| collect(0, next, most, |_| Some(sector.as_slice())).map(|all| all.len());
        assert_eq!(length(&[1, u32::MAX], 1_024), Some(1_024));
        assert_eq!(length(&[1, 2, u32::MAX], 1_024), None);
        assert_eq!(length(&[0; 100_000], 1_024), None);
        assert_eq!(length(&[0], usize::MAX), None);
    }
}
