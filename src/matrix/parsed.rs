//! The values of a row as they are understood, and the comparison of its term with those on record.

use chrono::NaiveDate;

use super::columns::Column;
use super::snapshot::ParsedSession;
use super::states::StateValue;
use super::terms::{TermValue, read_date};
use super::words::fold;
use crate::commitments::{Assignment, AssignmentRole, Commitment, CommitmentInput};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::evidence::Evidence;

/// An institution that a row names, and its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Responsible {
    pub institution: InstitutionId,
    pub role: AssignmentRole,
}

/// The values of a row, as far as they are understood; `None` for an empty cell.
#[derive(Debug, Clone, Default)]
pub(super) struct ParsedRow {
    /// The number of the row, or its code.
    pub number: Option<String>,
    /// The number that a list outside the program gives the commitment, and its column: that of codes, or that of numbers
    /// where the row states its session.
    pub own_number: Option<(Column, String)>,
    pub commissions: Vec<CommissionId>,
    pub session: ParsedSession,
    pub agreement: Option<String>,
    pub text: Option<String>,
    pub responsible: Vec<Responsible>,
    pub term: Option<ParsedTerm>,
    pub state: Option<StateValue>,
    pub percent: Option<i32>,
    pub evidence: Vec<Evidence>,
    pub done_on: Option<NaiveDate>,
    pub remarks: Option<String>,
}

impl Responsible {
    /// Returns the column that names it.
    pub(super) fn column(&self) -> Column {
        match self.role {
            AssignmentRole::Responsible => Column::Responsible,
            AssignmentRole::CoResponsible => Column::CoResponsible,
        }
    }
}

impl ParsedRow {
    /// Returns the column that states the session.
    pub(super) fn session_column(&self) -> Column {
        if self.session.title.is_some() { Column::Session } else { Column::SessionDate }
    }
}

/// The term that a row states, and its words if they state more than a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParsedTerm {
    /// `None` for the words on record, which need not be understood.
    pub value: Option<TermValue>,
    pub words: Option<String>,
    /// The column that states it.
    pub column: Column,
}

impl ParsedTerm {
    pub(super) fn new(value: TermValue, words: Option<String>, column: Column) -> Self {
        Self { value: Some(value), words, column }
    }

    /// Returns the last day, if it is stated.
    pub(super) fn last_day(&self) -> Option<NaiveDate> {
        match self.value.as_ref()? {
            TermValue::Due(date) => Some(date.to()),
            TermValue::Counted(_) | TermValue::Open => None,
        }
    }

    pub(super) fn shown(&self) -> String {
        let date = match &self.value {
            Some(TermValue::Due(date)) => Some(date.to_string()),
            Some(TermValue::Counted(rule)) => Some(format!("{} {}, {}", rule.count, rule.unit, rule.from)),
            Some(TermValue::Open) | None => None,
        };
        words_and_date(self.words.as_ref(), date).unwrap_or_default()
    }

    /// Checks whether the term is one on record: the commitment's, or that of a part that the row names.
    pub(super) fn is_on_record(&self, known: &Commitment, named: &[Responsible]) -> bool {
        let Some(value) = &self.value else { return true };
        // Words belong to the term of the commitment; the own term of a part has only a day.
        let same_words = !includes_main_term(known, named) || self.has_words_of(known);
        (is_main_term(known, value) && same_words) || own_terms(known, named).any(|part| is_own_term(part, value))
    }

    /// Checks whether the words are the commitment's, or there are none.
    fn has_words_of(&self, known: &Commitment) -> bool {
        match (&self.words, &known.fields.due_text) {
            (None, _) => true,
            (Some(words), Some(own)) => fold(words) == fold(own),
            // Words that state only the date on record, or its absence.
            (Some(words), None) => self.value != Some(TermValue::Open) || fold(words) == "sin plazo",
        }
    }

    /// Sets the term of a commitment; if its days are those on record, only the words.
    pub(super) fn set_on(&self, input: &mut CommitmentInput, known: Option<&Commitment>) {
        let Some(value) = &self.value else { return };
        if !known.is_some_and(|known| is_main_term(known, value)) {
            (input.due, input.due_rule) = match value {
                TermValue::Due(date) => (Some(date.clone()), None),
                TermValue::Counted(rule) => (None, Some(*rule)),
                TermValue::Open => (None, None),
            };
        }
        input.due_text.clone_from(&self.words);
    }
}

fn words_and_date(words: Option<&String>, date: Option<String>) -> Option<String> {
    match (words, date) {
        (Some(words), Some(date)) => Some(format!("{words} ({date})")),
        (words, date) => words.cloned().or(date),
    }
}

/// Returns the commitment's term as a row would state it.
pub(super) fn shown_term(known: &Commitment) -> Option<String> {
    let fields = &known.fields;
    let date = fields.due.as_ref().map(ToString::to_string).or_else(|| known.due_to.map(|day| day.to_string()));
    words_and_date(fields.due_text.as_ref(), date)
}

/// Returns the parts with a term of their own that a row names; if it names none, all of them.
pub(super) fn own_terms<'c>(known: &'c Commitment, named: &[Responsible]) -> impl Iterator<Item = &'c Assignment> {
    let names = |part: &Assignment| named.iter().any(|one| one.institution == part.fields.institution_id);
    known.assignments.iter().filter(move |part| part.fields.due.is_some() && (named.is_empty() || names(part)))
}

/// Checks whether a row states the commitment's own term: unless all parts that it names have one of their own.
pub(super) fn includes_main_term(known: &Commitment, named: &[Responsible]) -> bool {
    named.is_empty() || own_terms(known, named).count() < named.len()
}

fn is_main_term(known: &Commitment, value: &TermValue) -> bool {
    match value {
        TermValue::Due(date) => known.fields.due.as_ref() == Some(date) || is_day(date, known.due_to),
        TermValue::Counted(rule) => known.fields.due_rule.as_ref() == Some(rule),
        TermValue::Open => known.due_to.is_none(),
    }
}

fn is_own_term(part: &Assignment, value: &TermValue) -> bool {
    matches!(value, TermValue::Due(date) if part.fields.due.as_ref() == Some(date) || is_day(date, part.due_to))
}

fn is_day(date: &PartialDate, day: Option<NaiveDate>) -> bool {
    date.from() == date.to() && day == Some(date.to())
}

/// Checks whether these are the words on record, with a last day on record or none. The day may have changed since they
/// were written, and they need not be understood.
pub(super) fn is_recorded(known: &Commitment, named: &[Responsible], words: &str, due: Option<&PartialDate>) -> bool {
    let own = || own_terms(known, named);
    let same_day =
        due.is_none_or(|due| own().map(|part| part.due_to).chain([known.due_to]).any(|day| day == Some(due.to())));
    let date = read_date(words).ok();
    let own_date =
        || date.is_some() && own().map(|part| &part.fields.due).chain([&known.fields.due]).any(|own| *own == date);
    let own_words = known.fields.due_text.as_deref().map(fold) == Some(fold(words));
    same_day && (own_words || (due.is_some() && own_date()))
}
