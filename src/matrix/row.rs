//! Parses a row cell by cell, and compares its term with those on record. A cell that is not understood is a fault.

use chrono::NaiveDate;

use super::columns::{Column, MatrixSheet};
use super::reading::{Row, Value};
use super::snapshot::{ParsedSession, SessionMatch, Snapshot};
use super::terms::{TermError, TermValue, read_date, read_term};
use super::words::{
    MOST_PARTS, NameError, NameMatch, PercentError, STATE_CHOICES, StateValue, fold, percent_of_fraction,
    percent_of_number, percent_of_text, read_state,
};
use crate::commitments::{Assignment, AssignmentRole, Commitment, CommitmentInput};
use crate::dates::{PartialDate, in_range, serial_day};
use crate::db::{CommissionId, InstitutionId};
use crate::error::{Args, Fault};
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

impl ParsedRow {
    /// Returns the column that states the session.
    pub(super) fn session_column(&self) -> Column {
        if self.session.title.is_some() { Column::Session } else { Column::SessionDate }
    }
}

/// The term that a row states, and its words if they say more than a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParsedTerm {
    /// `None` for the words on record, which need not be understood.
    pub value: Option<TermValue>,
    pub words: Option<String>,
    /// The column that states it.
    pub column: Column,
}

impl ParsedTerm {
    fn new(value: TermValue, words: Option<String>, column: Column) -> Self {
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
        // Words belong to the commitment's term; a part's own term is another day, not another way to write one.
        let same_words = !includes_main_term(known, named) || self.has_words_of(known);
        (is_main_term(known, value) && same_words) || own_terms(known, named).any(|part| is_own_term(part, value))
    }

    /// Checks whether the words are the commitment's, or there are none.
    fn has_words_of(&self, known: &Commitment) -> bool {
        match (&self.words, &known.fields.due_text) {
            (None, _) => true,
            (Some(words), Some(own)) => fold(words) == fold(own),
            // Words that say no more than the date on record, or that there is none.
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
fn is_recorded(known: &Commitment, named: &[Responsible], words: &str, due: Option<&PartialDate>) -> bool {
    let own = || own_terms(known, named);
    let same_day =
        due.is_none_or(|due| own().map(|part| part.due_to).chain([known.due_to]).any(|day| day == Some(due.to())));
    let date = read_date(words).ok();
    let own_date =
        || date.is_some() && own().map(|part| &part.fields.due).chain([&known.fields.due]).any(|own| *own == date);
    let own_words = known.fields.due_text.as_deref().map(fold) == Some(fold(words));
    same_day && (own_words || (due.is_some() && own_date()))
}

/// Parses a row.
pub(super) struct RowParser<'a> {
    pub snapshot: &'a Snapshot,
    pub sheet: &'a MatrixSheet,
    pub row: &'a Row,
    /// The commitment with the code of the row.
    pub known: Option<&'a Commitment>,
    pub faults: Vec<Fault>,
}

impl<'a> RowParser<'a> {
    /// Starts with the commitment that the row names by its code, in a column of its own or as its number.
    pub(super) fn new(snapshot: &'a Snapshot, sheet: &'a MatrixSheet, row: &'a Row) -> Self {
        let mut parser = Self { snapshot, sheet, row, known: None, faults: Vec::new() };
        let (column, optional) = match sheet.value(row, Column::Code) {
            Some(_) => (Column::Code, false),
            None => (Column::Number, true),
        };
        if let Some(code) = sheet.value(row, column).map(Value::shown) {
            parser.known = snapshot.by_code(&code);
            if parser.known.is_none() && (!optional || is_code(&code)) {
                parser.fault(column, "unknown_code", Vec::new());
            }
        }
        parser
    }

    pub(super) fn parse(&mut self) -> ParsedRow {
        let mut parsed = ParsedRow { commissions: self.commissions(), ..ParsedRow::default() };
        parsed.session = ParsedSession { title: self.text(Column::Session, 500), held: self.date(Column::SessionDate) };
        parsed.agreement = self.text(Column::Agreement, 10_000);
        parsed.text = self.text(Column::Commitment, 10_000);
        let coded = self.sheet.value(self.row, Column::Code).is_some();
        if parsed.text.is_none() && self.known.is_none() && !coded {
            self.fault(Column::Commitment, "required", Vec::new());
        }
        self.responsible(Column::Responsible, AssignmentRole::Responsible, &mut parsed.responsible);
        self.responsible(Column::CoResponsible, AssignmentRole::CoResponsible, &mut parsed.responsible);
        parsed.term = self.term(&parsed);
        parsed.state = self.state();
        parsed.percent = self.percent();
        parsed.evidence = self.evidence();
        parsed.done_on = self.day(Column::DoneOn);
        if parsed.done_on.is_some_and(|day| day > self.snapshot.today_of(self.known, &parsed.commissions)) {
            self.fault(Column::DoneOn, "in_the_future", Vec::new());
        }
        parsed.remarks = self.text(Column::Remarks, 10_000);
        parsed
    }

    fn fault(&mut self, column: Column, code: &'static str, args: Args) {
        let shown = self.sheet.value(self.row, column).map(Value::shown);
        self.faults.push(self.sheet.cell_ref(self.row.number, column).fault(code, shown, args));
    }

    fn value(&mut self, column: Column) -> Option<Value> {
        let value = self.sheet.value(self.row, column).cloned()?;
        if let Value::Broken(_) = value {
            self.fault(column, "broken_formula", Vec::new());
            return None;
        }
        Some(value)
    }

    fn text(&mut self, column: Column, max: usize) -> Option<String> {
        let text = self.value(column)?.shown();
        if text.chars().count() > max {
            self.fault(column, "too_long", vec![("max", max.to_string())]);
            return None;
        }
        Some(text)
    }

    fn commissions(&mut self) -> Vec<CommissionId> {
        let snapshot = self.snapshot;
        match self.text(Column::Commission, 2_000) {
            Some(cell) => {
                let mut names = self.names(Column::Commission, snapshot.commissions.find_all(&cell));
                // For a commitment on record one of its commissions is enough; the actor may not see the others.
                if self.known.is_some() && names.iter().any(|one| one.found.is_ok()) {
                    names.retain(|one| one.found.is_ok());
                }
                self.found(Column::Commission, names)
            }
            None if self.known.is_some() => Vec::new(),
            None => {
                if snapshot.commission.is_none() {
                    self.fault(Column::Commission, "commission_not_stated", Vec::new());
                }
                snapshot.commission.into_iter().collect()
            }
        }
    }

    fn responsible(&mut self, column: Column, role: AssignmentRole, all: &mut Vec<Responsible>) {
        let snapshot = self.snapshot;
        let Some(cell) = self.text(column, 10_000) else { return };
        let names = self.names(column, snapshot.institutions.find_all(&cell));
        for institution in self.found(column, names) {
            if all.iter().any(|other| other.institution == institution) {
                self.fault(column, "named_twice", vec![("name", snapshot.labels([institution]))]);
            } else {
                all.push(Responsible { institution, role });
            }
        }
    }

    /// Returns the names of a cell; a fault if there are too many.
    fn names<Id>(&mut self, column: Column, names: Option<Vec<NameMatch<Id>>>) -> Vec<NameMatch<Id>> {
        names.unwrap_or_else(|| {
            self.fault(column, "too_many", vec![("max", MOST_PARTS.to_string())]);
            Vec::new()
        })
    }

    /// Returns the records that the names mean; a fault for each unknown name.
    fn found<Id>(&mut self, column: Column, names: Vec<NameMatch<Id>>) -> Vec<Id> {
        let mut ids = Vec::new();
        for NameMatch { text, found } in names {
            let (code, suggestions) = match found {
                Ok(id) => {
                    ids.push(id);
                    continue;
                }
                Err(NameError::NotFound(suggestions)) => ("unknown_name", suggestions),
                Err(NameError::Ambiguous(suggestions)) => ("ambiguous_name", suggestions),
            };
            let suggestions: Vec<String> = suggestions.into_iter().map(|name| format!("«{name}»")).collect();
            let reason = if suggestions.is_empty() { "none" } else { "some" };
            let args = vec![("name", text), ("suggestions", suggestions.join(", ")), ("reason", reason.to_owned())];
            self.fault(column, code, args);
        }
        ids
    }

    /// Reads a date as precise as the cell: a day, a number that counts days, or words.
    fn date(&mut self, column: Column) -> Option<PartialDate> {
        // Counted from 1904 a bare number would be another day, and nobody sees which count was used.
        let since_1904 = self.sheet.since_1904;
        let serial = |number| if since_1904 { None } else { serial_day(number) };
        let read = match self.value(column)? {
            Value::Day(day) if in_range(day) => Some(PartialDate::day(day)),
            Value::Number(number) => {
                serial(number).map(PartialDate::day).or_else(|| read_date(&number.to_string()).ok())
            }
            Value::Text(text) if is_open(&text) => return None,
            Value::Text(text) => read_date(&text).ok(),
            _ => None,
        };
        if read.is_none() {
            self.fault(column, "unclear_date", Vec::new());
        }
        read
    }

    fn day(&mut self, column: Column) -> Option<NaiveDate> {
        let date = self.date(column)?;
        if date.from() != date.to() {
            self.fault(column, "unclear_date", Vec::new());
            return None;
        }
        Some(date.from())
    }

    /// Reads the term. The last day counts if it is stated; the words of the term are kept beside it.
    fn term(&mut self, parsed: &ParsedRow) -> Option<ParsedTerm> {
        let due = self.date(Column::DueDate);
        match self.sheet.value(self.row, Column::Term) {
            Some(Value::Text(_)) => {
                let words = self.text(Column::Term, 500)?;
                self.term_in_words(parsed, words, due)
            }
            Some(_) => {
                let date = self.date(Column::Term)?;
                self.term_with_last_day(TermValue::Due(date), None, due)
            }
            None => due.map(|date| ParsedTerm::new(TermValue::Due(date), None, Column::DueDate)),
        }
    }

    fn term_in_words(&mut self, parsed: &ParsedRow, words: String, due: Option<PartialDate>) -> Option<ParsedTerm> {
        if self.known.is_some_and(|known| is_recorded(known, &parsed.responsible, &words, due.as_ref())) {
            return Some(ParsedTerm { value: None, words: Some(words), column: Column::Term });
        }
        match (read_term(&words, self.session_day(parsed)), due) {
            (Ok(value), due) => {
                let plain = matches!(&value, TermValue::Due(date) if date.from() == date.to());
                self.term_with_last_day(value, (!plain).then_some(words), due)
            }
            // The last day replaces words that are not understood.
            (Err(_), Some(date)) => Some(ParsedTerm::new(TermValue::Due(date), Some(words), Column::DueDate)),
            (Err(unclear), None) => {
                let reason = match unclear {
                    TermError::Unknown => "unknown",
                    TermError::WhichDays => "which_days",
                    TermError::NoSession => "no_session",
                    TermError::NoYear => "no_year",
                };
                self.fault(Column::Term, "unclear_term", vec![("reason", reason.to_owned())]);
                None
            }
        }
    }

    /// Combines a term and the last day beside it, which must not contradict each other.
    fn term_with_last_day(
        &mut self,
        value: TermValue,
        words: Option<String>,
        due: Option<PartialDate>,
    ) -> Option<ParsedTerm> {
        match (&value, due) {
            (TermValue::Due(date), Some(due)) if due.to() < date.from() || due.to() > date.to() => {
                self.fault(Column::DueDate, "terms_disagree", Vec::new());
                None
            }
            (TermValue::Due(date), Some(due)) if due.to() == date.to() => {
                Some(ParsedTerm::new(value, words, Column::Term))
            }
            (_, None) => Some(ParsedTerm::new(value, words, Column::Term)),
            (_, Some(due)) => Some(ParsedTerm::new(TermValue::Due(due), words, Column::DueDate)),
        }
    }

    /// Returns the day from which terms are counted: the stated session's, else that of the session on record.
    fn session_day(&self, parsed: &ParsedRow) -> Option<NaiveDate> {
        let present = self.known.and_then(|known| self.snapshot.session_of(known));
        let on_record = || {
            if !parsed.session.is_stated() {
                return present.map(|meeting| (meeting.held_from, meeting.held_to));
            }
            match self.snapshot.find_session(&parsed.session, &parsed.commissions, present) {
                SessionMatch::Known(meeting) => Some((meeting.held_from, meeting.held_to)),
                _ => None,
            }
        };
        let own = parsed.session.held.as_ref().map(|held| (held.from(), held.to()));
        own.or_else(on_record).filter(|(from, to)| from == to).map(|(day, _)| day)
    }

    fn state(&mut self) -> Option<StateValue> {
        let text = self.text(Column::State, 500)?;
        let state = read_state(&text);
        if state.is_none() {
            self.fault(Column::State, "unknown_state", vec![("allowed", STATE_CHOICES.to_owned())]);
        }
        state
    }

    fn percent(&mut self) -> Option<i32> {
        let read = match self.value(Column::Percent)? {
            Value::Percent(fraction) => percent_of_fraction(fraction),
            Value::Number(number) => percent_of_number(number),
            Value::Text(text) if is_open(&text) => return None,
            Value::Text(text) => percent_of_text(&text),
            _ => Err(PercentError::Range),
        };
        // An exported matrix has the number on record.
        let recorded = |known: &Commitment| known.assignments.iter().any(|part| part.progress.percent == Some(1));
        match read {
            Ok(whole) => Some(whole),
            Err(PercentError::One) if self.known.is_some_and(recorded) => Some(1),
            Err(unclear) => {
                self.fault(Column::Percent, "unclear_percent", vec![("reason", unclear.reason().to_owned())]);
                None
            }
        }
    }

    /// Reads the means of verification, one per line or between semicolons.
    fn evidence(&mut self) -> Vec<Evidence> {
        let Some(cell) = self.text(Column::Evidence, 30_000).filter(|cell| !is_open(cell)) else { return Vec::new() };
        let parts = cell.split(['\n', ';']).map(|part| part.trim_start_matches(['-', '•', '*']).trim());
        let mut all: Vec<Evidence> = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            let url = part.split_whitespace().find(|word| word.starts_with("https://") || word.starts_with("http://"));
            let one = Evidence {
                title: part.to_owned(),
                url: url.map(|url| url.trim_end_matches([')', ',', '.']).to_owned()),
                file_id: None,
                kind: None,
                dated: None,
                dated_from: None,
                dated_to: None,
            };
            if part.chars().count() > 500 {
                self.fault(Column::Evidence, "too_long", vec![("max", "500".to_owned())]);
            } else if !all.iter().any(|other| fold(&other.title) == fold(part)) {
                all.push(one);
            }
        }
        if all.len() > 100 {
            self.fault(Column::Evidence, "too_many", vec![("max", "100".to_owned())]);
            all.clear();
        }
        all
    }
}

/// Checks whether a text says that there is no value: "por definir", "sin fecha".
fn is_open(text: &str) -> bool {
    read_term(text, None) == Ok(TermValue::Open)
}

/// Checks whether a number is written as a commitment's code: `CIGTPE-2023-004`.
fn is_code(number: &str) -> bool {
    let mut parts = number.trim().rsplit('-');
    let digits = |part: Option<&str>, fewest: usize| {
        part.is_some_and(|part| part.len() >= fewest && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(parts.next(), 3) && digits(parts.next(), 4) && parts.next().is_some_and(|word| !word.is_empty())
}
