//! Records that a cell names: institutions or commissions by name, acronym and alias. An unknown name is an error, never a
//! guess.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::db::unique;
use crate::text::fold_words as fold;

/// The similarity from which a name is suggested, 0 to 1.
const MIN_SIMILARITY: f64 = 0.84;
const MOST_SUGGESTIONS: usize = 3;
/// A longer text is not looked up as a misspelt name.
const LONGEST_NAME: usize = 400;
/// A cell with more parts is refused before any of them is looked up.
pub(crate) const MOST_PARTS: usize = 100;

/// The reason why a name is not recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NameError {
    /// No record has the name; similar names, the most similar first.
    NotFound(Vec<String>),
    /// Several records have the name.
    Ambiguous(Vec<String>),
}

/// A part of a cell, and the record that it names.
#[derive(Debug, PartialEq)]
pub(crate) struct NameMatch<Id> {
    pub text: String,
    pub found: Result<Id, NameError>,
}

/// Institutions or commissions by name, acronym and alias. An unknown name gets suggestions, never a match.
#[derive(Debug)]
pub(crate) struct NameIndex<Id> {
    known: HashMap<String, Vec<(Id, u8)>>,
    /// Every prefix of a name that ends with a word, so that a search can stop early.
    prefixes: HashSet<String>,
    /// Each folded form, the name shown in suggestions, and its record.
    labels: Vec<(String, String, Id)>,
    /// The suggestions for unknown names that were looked up before.
    suggested: RefCell<HashMap<String, Vec<String>>>,
}

impl<Id> Default for NameIndex<Id> {
    fn default() -> Self {
        Self { known: HashMap::new(), prefixes: HashSet::new(), labels: Vec::new(), suggested: RefCell::default() }
    }
}

impl<Id: Copy + Eq + Hash> NameIndex<Id> {
    /// Adds a record with its names. A name of two records belongs to the one of the lower `rank`.
    pub(crate) fn add(
        &mut self,
        id: Id,
        rank: u8,
        name: &str,
        acronym: Option<&str>,
        others: impl IntoIterator<Item = String>,
    ) {
        let acronym = acronym.filter(|acronym| !acronym.trim().is_empty());
        let shown = acronym.map_or_else(|| name.to_owned(), |acronym| format!("{name} ({acronym})"));
        let mut forms = vec![fold(name)];
        if let Some(acronym) = acronym {
            forms.extend([fold(acronym), fold(&format!("{name} {acronym}")), fold(&format!("{acronym} {name}"))]);
        }
        forms.extend(others.into_iter().map(|other| fold(&other)));
        let forms = unique(forms);
        for form in forms.into_iter().filter(|form| !form.is_empty()) {
            self.known.entry(form.clone()).or_default().push((id, rank));
            let ends = form.match_indices(' ').map(|(end, _)| end).chain([form.len()]);
            self.prefixes.extend(ends.filter_map(|end| form.get(..end)).map(str::to_owned));
            self.labels.push((form, shown.clone(), id));
        }
    }

    /// Returns true if a record has a name.
    pub(crate) fn has(&self, id: Id) -> bool {
        self.labels.iter().any(|(.., known)| *known == id)
    }

    /// Returns the record with this name.
    pub(crate) fn find(&self, name: &str) -> Result<Id, NameError> {
        let folded = fold(name);
        let Some(found) = self.known.get(&folded) else { return Err(NameError::NotFound(self.suggestions(&folded))) };
        let lowest = found.iter().map(|(_, rank)| *rank).min().unwrap_or_default();
        let mut best = found.iter().filter(|(_, rank)| *rank == lowest).map(|(id, _)| *id);
        match (best.next(), best.next()) {
            (Some(id), None) => Ok(id),
            _ => Err(NameError::Ambiguous(self.shown(&folded))),
        }
    }

    /// Returns the records that a cell names. Of several known names at one place the longest counts, because a name may
    /// contain commas, "y" and "/". `None` if the cell has more than `MOST_PARTS` parts.
    pub(crate) fn find_all(&self, cell: &str) -> Option<Vec<NameMatch<Id>>> {
        let lines = cell.split([';', '\n', '\r', '|', '•']).map(|line| line.trim().trim_start_matches(['-', '–', '*']));
        let lines: Vec<(&str, Vec<NamePart>)> = lines.map(|line| (line, pieces(line))).collect();
        let parts: usize = lines.iter().map(|(_, pieces)| pieces.len()).sum();
        (parts <= MOST_PARTS)
            .then(|| lines.iter().flat_map(|(line, pieces)| self.names_in_line(line, pieces)).collect())
    }

    fn names_in_line(&self, line: &str, pieces: &[NamePart]) -> Vec<NameMatch<Id>> {
        let mut found: Vec<NameMatch<Id>> = Vec::new();
        // The range of adjacent pieces that are not recognised.
        let mut unknown: Option<(usize, usize)> = None;
        let mut rest = pieces;
        while let Some(first) = rest.first() {
            let (count, end) = self.longest(rest).unwrap_or((0, first.end));
            if count > 0 || first.apart {
                found.extend(unknown.take().and_then(|(from, to)| self.part(line, from, to)));
            }
            if count > 0 {
                found.extend(self.part(line, first.start, end));
            } else {
                unknown = Some((unknown.map_or(first.start, |(from, _)| from), first.end));
            }
            rest = rest.get(count.max(1)..).unwrap_or_default();
        }
        found.extend(unknown.and_then(|(from, to)| self.part(line, from, to)));
        found
    }

    /// Returns how many of these pieces, from the first on, form the longest known name, and its end.
    fn longest(&self, pieces: &[NamePart]) -> Option<(usize, usize)> {
        let (mut called, mut found) = (String::new(), None);
        for (n, piece) in pieces.iter().enumerate() {
            let joint = if n == 0 { "" } else { piece.joint };
            for words in [joint, piece.folded.as_str()].into_iter().filter(|words| !words.is_empty()) {
                called.push_str(if called.is_empty() { "" } else { " " });
                called.push_str(words);
            }
            if !called.is_empty() && !self.prefixes.contains(&called) {
                break;
            }
            if self.known.contains_key(&called) {
                found = Some((n + 1, piece.end));
            }
        }
        found
    }

    fn part(&self, line: &str, from: usize, to: usize) -> Option<NameMatch<Id>> {
        let text = line.get(from..to)?.trim();
        (!text.is_empty()).then(|| NameMatch { text: text.to_owned(), found: self.find(text) })
    }

    fn shown(&self, folded: &str) -> Vec<String> {
        self.labels.iter().filter(|(form, ..)| form == folded).map(|(_, shown, _)| shown.clone()).collect()
    }

    fn suggestions(&self, folded: &str) -> Vec<String> {
        if let Some(known) = self.suggested.borrow().get(folded) {
            return known.clone();
        }
        if folded.len() > LONGEST_NAME {
            return Vec::new();
        }
        let mut best: HashMap<Id, (f64, &str)> = HashMap::new();
        for (form, shown, id) in &self.labels {
            let similarity = similarity(folded, form);
            if similarity >= MIN_SIMILARITY && best.get(id).is_none_or(|(other, _)| *other < similarity) {
                best.insert(*id, (similarity, shown));
            }
        }
        let mut best: Vec<(f64, &str)> = best.into_values().collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let names: Vec<String> = best.into_iter().take(MOST_SUGGESTIONS).map(|(_, shown)| shown.to_owned()).collect();
        self.suggested.borrow_mut().insert(folded.to_owned(), names.clone());
        names
    }
}

/// Returns the similarity of two folded names. Short ones must be nearly the same; a long one may lack its end.
fn similarity(one: &str, two: &str) -> f64 {
    let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
    if short.len() >= 8 && long.starts_with(short) {
        return 0.9;
    }
    if short.len() * 2 < long.len() {
        return 0.0;
    }
    match short.len() {
        0..=2 => 0.0,
        3..=8 => f64::from(u8::from(strsim::damerau_levenshtein(one, two) <= 1)) * 0.95,
        _ => strsim::normalized_damerau_levenshtein(one, two) + 0.04,
    }
}

/// A piece of a line between two separators.
struct NamePart {
    start: usize,
    end: usize,
    /// A comma or a slash precedes it, not "y".
    apart: bool,
    /// The word of the separator before it.
    joint: &'static str,
    folded: String,
}

/// The separators of pieces, each with its word.
const SEPARATORS: [(&str, &str); 9] = [
    (", ", ""),
    (",", ""),
    ("/", ""),
    (" - ", ""),
    (" – ", ""),
    (" y ", "y"),
    (" e ", "e"),
    (" Y ", "y"),
    (" E ", "e"),
];

fn pieces(line: &str) -> Vec<NamePart> {
    let mut pieces = Vec::new();
    let (mut start, mut joint, mut apart) = (0, "", false);
    let mut at = 0;
    while let Some(here) = line.get(at..).filter(|here| !here.is_empty()) {
        match SEPARATORS.iter().find(|(mark, _)| here.starts_with(mark)) {
            Some((mark, word)) => {
                pieces.extend(piece(line, start, at, apart, joint));
                at += mark.len();
                (start, joint, apart) = (at, word, word.is_empty());
            }
            None => at += here.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.extend(piece(line, start, line.len(), apart, joint));
    pieces
}

/// Returns the piece between two places, unless it is blank.
fn piece(line: &str, start: usize, end: usize, apart: bool, joint: &'static str) -> Option<NamePart> {
    let text = line.get(start..end).filter(|text| !text.trim().is_empty())?;
    Some(NamePart { start, end, apart, joint, folded: fold(text) })
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
