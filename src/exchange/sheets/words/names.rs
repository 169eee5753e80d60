//! Institutions and commissions by name, acronym or alias. What is not known gets suggestions, never a match.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;

use super::fold;

/// How alike a name must be to be suggested, 0 to 1.
const ALIKE: f64 = 0.84;
const MOST_SUGGESTIONS: usize = 3;

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
    /// Folded, as shown, whose.
    labels: Vec<(String, String, Id)>,
    /// The names that nobody has, once looked for.
    suggested: RefCell<HashMap<String, Vec<String>>>,
}

impl<Id> Default for Names<Id> {
    fn default() -> Self {
        Self { known: HashMap::new(), labels: Vec::new(), suggested: RefCell::default() }
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

    /// What a cell names: the whole of it, else its parts, the longest known first; a name may hold commas, "y" and "/".
    pub fn find_all(&self, cell: &str) -> Vec<Named<Id>> {
        let lines = cell.split([';', '\n', '\r', '|', '•']).map(str::trim).filter(|line| !line.is_empty());
        lines.flat_map(|line| self.line(line.trim_start_matches(['-', '–', '*']).trim())).collect()
    }

    fn line(&self, line: &str) -> Vec<Named<Id>> {
        if self.known.contains_key(&fold(line)) {
            return vec![(line.to_owned(), self.find(line))];
        }
        let pieces = pieces(line);
        let mut found: Vec<Named<Id>> = Vec::new();
        // Pieces that name nothing, as they stand in the line.
        let mut lost: Option<(usize, usize)> = None;
        let mut at = 0;
        while let Some(first) = pieces.get(at) {
            let longest = (at..pieces.len()).rev().find_map(|last| {
                let text = line.get(first.start..pieces.get(last)?.end)?.trim();
                self.known.contains_key(&fold(text)).then_some((last, text))
            });
            match longest {
                Some((last, text)) => {
                    found.extend(lost.take().and_then(|(from, to)| self.unknown(line, from, to)));
                    found.push((text.to_owned(), self.find(text)));
                    at = last + 1;
                }
                None => {
                    if first.apart {
                        found.extend(lost.take().and_then(|(from, to)| self.unknown(line, from, to)));
                    }
                    lost = Some((lost.map_or(first.start, |(from, _)| from), first.end));
                    at += 1;
                }
            }
        }
        found.extend(lost.and_then(|(from, to)| self.unknown(line, from, to)));
        found
    }

    fn unknown(&self, line: &str, from: usize, to: usize) -> Option<Named<Id>> {
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
}

fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut apart) = (0, false);
    let mut rest = 0;
    while let Some(here) = line.get(rest..).filter(|here| !here.is_empty()) {
        let separator = ([", ", ",", "/", " - ", " – "]
            .iter()
            .find(|mark| here.starts_with(**mark))
            .map(|mark| (mark.len(), true)))
        .or_else(|| {
            [" y ", " e ", " Y ", " E "].iter().find(|word| here.starts_with(**word)).map(|word| (word.len(), false))
        });
        match separator {
            Some((length, marked)) => {
                pieces.push(Piece { start, end: rest, apart });
                rest += length;
                (start, apart) = (rest, marked);
            }
            None => rest += here.chars().next().map_or(1, char::len_utf8),
        }
    }
    pieces.push(Piece { start, end: line.len(), apart });
    pieces.retain(|piece| line.get(piece.start..piece.end).is_some_and(|text| !text.trim().is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn peru() -> Names<u8> {
        let mut names = Names::default();
        names.add(1, 0, "Ministerio de Trabajo y Promoción del Empleo", Some("MTPE"), []);
        names.add(2, 0, "Ministerio de Salud", Some("MINSA"), []);
        names.add(3, 0, "Ministerio de Vivienda, Construcción y Saneamiento", Some("MVCS"), []);
        names.add(4, 0, "Gobierno Regional de Huánuco", None, ["GORE Huánuco".to_owned()]);
        names.add(5, 0, "Oficina Uno", Some("OU"), []);
        names.add(6, 0, "Oficina Otra", Some("OU"), []);
        names.add(7, 1, "Ministerio de Salud", Some("MINSAL"), []);
        names
    }

    /// What a cell names: ids, or the unknown text with its suggestions.
    fn said(cell: &str) -> Vec<String> {
        let told = |(text, found): Named<u8>| match found {
            Ok(id) => id.to_string(),
            Err(Unknown::Nobody(suggestions)) => format!("{text}? {}", suggestions.join("|")),
            Err(Unknown::Several(all)) => format!("{text}: {}", all.len()),
        };
        peru().find_all(cell).into_iter().map(told).collect()
    }

    #[test]
    fn several_names_in_a_cell_are_told_apart_and_one_with_separators_stays_whole() {
        assert_eq!(said("Ministerio de Trabajo y Promoción del Empleo"), ["1"]);
        assert_eq!(said("MTPE, MINSA"), ["1", "2"]);
        assert_eq!(said("MTPE/MINSA"), ["1", "2"]);
        assert_eq!(said("mtpe;\nGORE Huanuco"), ["1", "4"]);
        assert_eq!(said("MTPE y MINSA"), ["1", "2"]);
        assert_eq!(said("Ministerio de Vivienda, Construcción y Saneamiento, MTPE y MINSA"), ["3", "1", "2"]);
        assert_eq!(said("MINSA - Ministerio de Trabajo y Promoción del Empleo (MTPE)"), ["2", "1"]);
        assert_eq!(said("- MTPE\n- MINSA"), ["1", "2"]);
    }

    #[test]
    fn what_is_not_known_is_suggested_and_never_matched() {
        assert_eq!(said("MTPEE"), ["MTPEE? Ministerio de Trabajo y Promoción del Empleo (MTPE)"]);
        let near = said("Ministerio de Trabajo y Promocion del Empleos, MINSA");
        assert_eq!(
            near,
            ["Ministerio de Trabajo y Promocion del Empleos? Ministerio de Trabajo y Promoción del Empleo (MTPE)", "2"]
        );
        assert_eq!(said("Municipalidad de Lima"), ["Municipalidad de Lima? "]);
        assert_eq!(said("OU"), ["OU: 2"]);
        assert_eq!(said("Ministerio de Salud"), ["2"], "the country's own has the name");
    }

    proptest! {
        #[test]
        fn any_cell_is_read_to_its_end(cell in "\\PC{0,80}|([A-Za-z]{1,6}( y |, |/|;|\n| )){0,6}") {
            for (text, _) in peru().find_all(&cell) {
                prop_assert!(cell.contains(&text));
            }
        }
    }
}
