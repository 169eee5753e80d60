//! The contents of the columns of a sheet. A content has one column; of notes all columns are read, and their texts joined.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::choices::Choices;
use super::columns::{Column, HeadingPriority};
use super::headings::Heading;
use crate::error::{Fault, escaped};
use crate::spreadsheets::{LeftOutReason, letters};

/// The columns of a sheet: their contents, and the headings without one.
pub(super) struct Columns {
    pub chosen: BTreeMap<Column, (u32, HeadingPriority)>,
    /// The columns of terms that count in rows where the chosen one is empty: "Plazo original".
    pub fallbacks: BTreeMap<Column, (u32, HeadingPriority)>,
    /// Further columns of notes, whose texts are joined.
    pub more_notes: Vec<u32>,
    /// Columns that are not read, because another column has their content, or by choice (`None`).
    unused: BTreeMap<u32, Option<Column>>,
    /// Columns with the same priority as the chosen one, and their content.
    pub same_priority: BTreeMap<u32, Column>,
}

impl Columns {
    pub(super) fn of(sheet: &str, headings: &BTreeMap<u32, Heading>, choices: &Choices) -> Self {
        let mut all = Self {
            chosen: BTreeMap::new(),
            fallbacks: BTreeMap::new(),
            more_notes: Vec::new(),
            unused: BTreeMap::new(),
            same_priority: BTreeMap::new(),
        };
        for (at, heading) in headings {
            let claim = match choices.column(sheet, [&heading.shown, &heading.own], &letters(*at)) {
                Some(Some(column)) => Some((column, HeadingPriority::Chosen)),
                Some(None) => {
                    all.unused.insert(*at, None);
                    None
                }
                None => heading.named.map(|named| (named.column, named.claim)),
            };
            if let Some((column, claim)) = claim {
                all.claim(*at, column, claim);
            }
        }
        all
    }

    fn claim(&mut self, at: u32, column: Column, claim: HeadingPriority) {
        let Some((other, of_other)) = self.chosen.get(&column).copied() else {
            self.chosen.insert(column, (at, claim));
            return;
        };
        if column == Column::Remarks {
            self.more_notes.push(at);
            return;
        }
        match of_other.cmp(&claim) {
            Ordering::Equal => {
                self.same_priority.insert(at, column);
            }
            Ordering::Greater => self.displace(column, (at, claim), of_other),
            Ordering::Less => {
                self.chosen.insert(column, (at, claim));
                self.displace(column, (other, of_other), claim);
            }
        }
    }

    /// Leaves a column out because another one has its content, or keeps it for the rows in which the other one is empty.
    fn displace(&mut self, column: Column, displaced: (u32, HeadingPriority), by: HeadingPriority) {
        let is_kept = displaced.1 == HeadingPriority::Original || by == HeadingPriority::Changed;
        let unused = match self.fallbacks.get(&column).copied() {
            _ if !is_kept => Some(displaced),
            Some(known) if known.1 >= displaced.1 => Some(displaced),
            _ => self.fallbacks.insert(column, displaced),
        };
        self.unused.extend(unused.map(|(at, _)| (at, Some(column))));
    }

    /// Returns the content of a column that is read.
    pub(super) fn column_at(&self, at: u32) -> Option<Column> {
        let notes = self.more_notes.contains(&at).then_some(Column::Remarks);
        let all = self.chosen.iter().chain(&self.fallbacks);
        all.into_iter().find(|(_, (place, _))| *place == at).map(|(column, _)| *column).or(notes)
    }

    /// Returns the place of a content.
    pub(super) fn place(&self, column: Column) -> Option<u32> {
        self.chosen.get(&column).map(|(at, _)| *at)
    }

    /// Returns the place of the column that is read instead of this one.
    pub(super) fn instead_of(&self, at: u32) -> Option<u32> {
        let content = self.unused.get(&at).copied().flatten().or_else(|| self.same_priority.get(&at).copied());
        self.place(content?)
    }

    /// Returns the reason for which a column is not read.
    pub(super) fn reason_not_read(&self, at: u32) -> LeftOutReason {
        match self.unused.get(&at) {
            None => LeftOutReason::UnknownHeading,
            Some(None) => LeftOutReason::ByChoice,
            Some(Some(column)) if self.is_chosen_by_hand(*column) => LeftOutReason::OtherChosen,
            Some(Some(_)) => LeftOutReason::OtherHeading,
        }
    }

    /// Checks whether a person named the column of a content by hand.
    pub(super) fn is_chosen_by_hand(&self, column: Column) -> bool {
        self.chosen.get(&column).is_some_and(|(_, claim)| *claim == HeadingPriority::Chosen)
    }

    /// Returns a remark about each column whose heading is known, and which is not read because a person named another
    /// one for its content.
    pub(super) fn displaced(&self, sheet: &Arc<str>, headings: &BTreeMap<u32, Heading>) -> Vec<Fault> {
        let shown = |at: u32| headings.get(&at).map(|one| one.shown.clone()).unwrap_or_default();
        let remark = |(at, content): (&u32, &Option<Column>)| {
            let content = content.filter(|content| self.is_chosen_by_hand(*content))?;
            let other = self.place(content)?;
            let args = vec![
                ("sheet", sheet.to_string()),
                ("letters", letters(*at)),
                ("heading", shown(*at)),
                ("other", letters(other)),
                ("other_heading", shown(other)),
                ("content", content.as_str().to_owned()),
            ];
            Some(Fault::new(format!("/{}/{}", escaped(sheet), letters(*at)), "displaced_column", args))
        };
        self.unused.iter().filter_map(remark).collect()
    }
}

/// Returns a column as sentences name it: `D (Inicio)`.
pub(super) fn named_place(at: u32, heading: &str) -> String {
    format!("{} ({heading})", letters(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::columns::column_of_heading;

    fn columns(headings: &[&str], mapping: &str) -> (Columns, BTreeMap<u32, Heading>) {
        let heading = |text: &&str| {
            let (shown, own) = ((*text).to_owned(), (*text).to_owned());
            Heading { shown, own, named: column_of_heading(text) }
        };
        let all: BTreeMap<u32, Heading> = (0..).zip(headings.iter().map(heading)).collect();
        (Columns::of("Matriz", &all, &Choices::read(Some(mapping), None, false).unwrap()), all)
    }

    #[test]
    fn all_columns_of_notes_are_joined() {
        let (all, _) = columns(&["Compromiso", "Seguimiento", "Indicador", "Observaciones"], r#"{"C": "notes"}"#);
        assert_eq!((all.place(Column::Remarks), all.more_notes), (Some(1), vec![2, 3]));
    }

    #[test]
    fn a_column_that_a_person_displaces_is_stated_with_both_names() {
        let (all, headings) = columns(&["Inicio", "Compromiso", "Fin", "Fecha de entrega"], r#"{"A": "due"}"#);
        assert_eq!(all.place(Column::DueDate), Some(0));
        assert_eq!((all.reason_not_read(2), all.instead_of(2)), (LeftOutReason::OtherChosen, Some(0)));
        let remarks = all.displaced(&"Matriz".into(), &headings);
        let stated: Vec<_> = remarks
            .iter()
            .map(|one| ["letters", "heading", "other", "other_heading"].map(|name| one.arg(name).unwrap()))
            .collect();
        assert_eq!(stated, [["C", "Fin", "A", "Inicio"], ["D", "Fecha de entrega", "A", "Inicio"]]);
    }

    #[test]
    fn a_heading_that_gives_way_to_a_usual_one_is_no_remark() {
        let (all, headings) = columns(&["Compromiso", "Organismo", "Responsable"], "{}");
        assert_eq!((all.reason_not_read(1), all.instead_of(1)), (LeftOutReason::OtherHeading, Some(2)));
        assert!(all.displaced(&"Matriz".into(), &headings).is_empty());
    }
}
