//! Institutions and commissions by name, acronym or alias. What is not known gets suggestions, never a match.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::fold;

/// How alike a name must be to be suggested, 0 to 1.
const ALIKE: f64 = 0.84;
const MOST_SUGGESTIONS: usize = 3;
/// A longer text is no name that was misspelt.
const LONGEST_NAME: usize = 400;
/// A cell with more parts is no list of names; it is refused before any of them is looked for.
pub const MOST_PARTS: usize = 100;

/// Why a name names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unknown {
    /// Nothing is called so; what is called nearly so, the likeliest first.
    Nobody(Vec<String>),
    /// Several are called so.
    Several(Vec<String>),
}

/// A part of a cell, and what it names.
pub type Named<Id> = (String, Result<Id, Unknown>);

/// The names that are known.
#[derive(Debug)]
pub struct Names<Id> {
    known: HashMap<String, Vec<(Id, u8)>>,
    /// The first words of every name, one, two and so on: what no name begins with is not looked at any further.
    starts: HashSet<String>,
    /// Folded, as shown, whose.
    labels: Vec<(String, String, Id)>,
    /// The names that nobody has, once looked for.
    suggested: RefCell<HashMap<String, Vec<String>>>,
}

impl<Id> Default for Names<Id> {
    fn default() -> Self {
        Self { known: HashMap::new(), starts: HashSet::new(), labels: Vec::new(), suggested: RefCell::default() }
    }
}

impl<Id: Copy + Eq + Hash> Names<Id> {
    /// Adds one with all that it is called. Of two that share a name the one of the lower `rank` has it.
    pub fn add(
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
        forms.sort_unstable();
        forms.dedup();
        for form in forms.into_iter().filter(|form| !form.is_empty()) {
            self.known.entry(form.clone()).or_default().push((id, rank));
            let ends = form.match_indices(' ').map(|(end, _)| end).chain([form.len()]);
            self.starts.extend(ends.filter_map(|end| form.get(..end)).map(str::to_owned));
            self.labels.push((form, shown.clone(), id));
        }
    }

    /// What one name names.
    pub fn find(&self, name: &str) -> Result<Id, Unknown> {
        let folded = fold(name);
        let Some(found) = self.known.get(&folded) else { return Err(Unknown::Nobody(self.suggestions(&folded))) };
        let lowest = found.iter().map(|(_, rank)| *rank).min().unwrap_or_default();
        let mut best = found.iter().filter(|(_, rank)| *rank == lowest).map(|(id, _)| *id);
        match (best.next(), best.next()) {
            (Some(id), None) => Ok(id),
            _ => Err(Unknown::Several(self.shown(&folded))),
        }
    }

    /// What a cell names, the longest known first, since a name may hold commas, "y" and "/"; None where it has more
    /// parts than any list of names.
    pub fn find_all(&self, cell: &str) -> Option<Vec<Named<Id>>> {
        let lines = cell.split([';', '\n', '\r', '|', '•']).map(|line| line.trim().trim_start_matches(['-', '–', '*']));
        let lines: Vec<(&str, Vec<Piece>)> = lines.map(|line| (line, pieces(line))).collect();
        let parts: usize = lines.iter().map(|(_, pieces)| pieces.len()).sum();
        (parts <= MOST_PARTS).then(|| lines.iter().flat_map(|(line, pieces)| self.line(line, pieces)).collect())
    }

    fn line(&self, line: &str, pieces: &[Piece]) -> Vec<Named<Id>> {
        let mut found: Vec<Named<Id>> = Vec::new();
        // Pieces that name nothing, as they stand in the line.
        let mut lost: Option<(usize, usize)> = None;
        let mut rest = pieces;
        while let Some(first) = rest.first() {
            let (count, end) = self.longest(rest).unwrap_or((0, first.end));
            if count > 0 || first.apart {
                found.extend(lost.take().and_then(|(from, to)| self.part(line, from, to)));
            }
            if count > 0 {
                found.extend(self.part(line, first.start, end));
            } else {
                lost = Some((lost.map_or(first.start, |(from, _)| from), first.end));
            }
            rest = rest.get(count.max(1)..).unwrap_or_default();
        }
        found.extend(lost.and_then(|(from, to)| self.part(line, from, to)));
        found
    }

    /// How many of these pieces, from the first on, make a known name together, and where it ends.
    fn longest(&self, pieces: &[Piece]) -> Option<(usize, usize)> {
        let (mut called, mut found) = (String::new(), None);
        for (n, piece) in pieces.iter().enumerate() {
            let joint = if n == 0 { "" } else { piece.joint };
            for words in [joint, piece.folded.as_str()].into_iter().filter(|words| !words.is_empty()) {
                called.push_str(if called.is_empty() { "" } else { " " });
                called.push_str(words);
            }
            if !called.is_empty() && !self.starts.contains(&called) {
                break;
            }
            if self.known.contains_key(&called) {
                found = Some((n + 1, piece.end));
            }
        }
        found
    }

    /// What the text between two places names, if it is one.
    fn part(&self, line: &str, from: usize, to: usize) -> Option<Named<Id>> {
        let text = line.get(from..to)?.trim();
        (!text.is_empty()).then(|| (text.to_owned(), self.find(text)))
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
            let alike = likeness(folded, form);
            if alike >= ALIKE && best.get(id).is_none_or(|(other, _)| *other < alike) {
                best.insert(*id, (alike, shown));
            }
        }
        let mut best: Vec<(f64, &str)> = best.into_values().collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let names: Vec<String> = best.into_iter().take(MOST_SUGGESTIONS).map(|(_, shown)| shown.to_owned()).collect();
        self.suggested.borrow_mut().insert(folded.to_owned(), names.clone());
        names
    }
}

/// How alike two folded names are. Short ones must be nearly the same; a long one may lack its end.
fn likeness(one: &str, two: &str) -> f64 {
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
struct Piece {
    start: usize,
    end: usize,
    /// A comma or a slash stands before it; "y" joins more closely.
    apart: bool,
    /// The word before it.
    joint: &'static str,
    folded: String,
}

/// What separates pieces, and the word that it is.
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

fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut joint, mut apart) = (0, "", false);
    let mut at = 0;
    while let Some(here) = line.get(at..).filter(|here| !here.is_empty()) {
        match SEPARATORS.iter().find(|(mark, _)| here.starts_with(mark)) {
            Some((mark, word)) => {
                pieces.extend(piece(line, (start, at), (apart, joint)));
                at += mark.len();
                (start, joint, apart) = (at, word, word.is_empty());
            }
            None => at += here.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.extend(piece(line, (start, line.len()), (apart, joint)));
    pieces
}

/// The piece between two places, unless it is blank.
fn piece(line: &str, (start, end): (usize, usize), (apart, joint): (bool, &'static str)) -> Option<Piece> {
    let text = line.get(start..end).filter(|text| !text.trim().is_empty())?;
    Some(Piece { start, end, apart, joint, folded: fold(text) })
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
