//! Parses a row cell by cell. A cell that is not understood is a fault, and a question where there are choices.

use chrono::NaiveDate;

use super::choices::Choices;
use super::columns::{Column, HeadingPriority, term_order};
use super::parsed::{ParsedRow, ParsedTerm, Responsible, is_recorded};
use super::questions::Question;
use super::sheets::MatrixSheet;
use super::snapshot::{ParsedSession, SessionMatch, Snapshot};
use super::states::{StateValue, is_noted};
use super::terms::{TermError, TermValue, read_date, read_term};
use super::words::{PercentError, fold, percent_of_fraction, percent_of_number, percent_of_text};
use crate::commitments::{AssignmentRole, Commitment};
use crate::dates::{PartialDate, in_range, serial_day};
use crate::db::CommissionId;
use crate::error::{Args, Fault};
use crate::evidence::Evidence;
use crate::i18n::{Lang, text};
use crate::spreadsheets::{LeftOut, Line, MOST_PARTS, NameMatch, Value};

/// Parses a row.
pub(super) struct RowParser<'a> {
    pub snapshot: &'a Snapshot,
    pub sheet: &'a MatrixSheet,
    pub row: &'a Line,
    pub choices: &'a Choices,
    /// The commitment with the code of the row.
    pub known: Option<&'a Commitment>,
    pub faults: Vec<Fault>,
    pub questions: Vec<Question>,
    /// The questions that were answered.
    pub answered: Vec<Question>,
    /// The cells that are not used because of an answer.
    pub left_out: Vec<LeftOut>,
}

impl<'a> RowParser<'a> {
    /// Starts with the commitment that the row names by its code, in a column of its own or as its number.
    pub(super) fn new(snapshot: &'a Snapshot, sheet: &'a MatrixSheet, row: &'a Line, choices: &'a Choices) -> Self {
        let mut parser = Self {
            snapshot,
            sheet,
            row,
            choices,
            known: None,
            faults: Vec::new(),
            questions: Vec::new(),
            answered: Vec::new(),
            left_out: Vec::new(),
        };
        let (column, optional) = if parser.has_code() { (Column::Code, false) } else { (Column::Number, true) };
        if let Some(code) = sheet.value(row, column).map(Value::shown).filter(|code| !code.is_empty()) {
            parser.known = snapshot.by_code(&code);
            if parser.known.is_none() && (!optional || is_code(&code)) {
                parser.fault(column, "unknown_code", Vec::new());
            }
        }
        parser
    }

    /// Checks whether the column of codes has the code of a commitment. A number in it (`473`, `1.2`) is that of another
    /// list, unless a person named the column.
    fn has_code(&self) -> bool {
        let code = self.sheet.value(self.row, Column::Code).map(Value::shown);
        code.is_some_and(|code| self.sheet.has_own_codes || code.chars().any(char::is_alphabetic))
    }

    pub(super) fn parse(&mut self) -> ParsedRow {
        let number = [Column::Number, Column::Code].into_iter().find_map(|column| self.sheet.value(self.row, column));
        let number = number.map(Value::shown);
        let mut parsed = ParsedRow { number, commissions: self.commissions(), ..ParsedRow::default() };
        parsed.session = ParsedSession { title: self.text(Column::Session, 500), held: self.date(Column::SessionDate) };
        parsed.own_number = self.own_number(&parsed.session);
        parsed.agreement = self.text(Column::Agreement, 10_000);
        parsed.text = self.text(Column::Commitment, 10_000);
        self.check_commitment(&parsed);
        self.responsible(Column::Responsible, AssignmentRole::Responsible, &mut parsed.responsible);
        self.responsible(Column::CoResponsible, AssignmentRole::CoResponsible, &mut parsed.responsible);
        parsed.term = self.term(&parsed);
        parsed.remarks = self.remarks();
        parsed.state = self.state(&mut parsed.remarks);
        parsed.percent = self.percent();
        parsed.evidence = self.evidence();
        parsed.done_on = self.day(Column::DoneOn);
        if parsed.done_on.is_some_and(|day| day > self.snapshot.today_of(self.known, &parsed.commissions)) {
            self.fault(Column::DoneOn, "in_the_future", Vec::new());
        }
        parsed
    }

    /// Adds a fault for a row that names no commitment. A sheet without a column for it has one fault as a whole.
    fn check_commitment(&mut self, parsed: &ParsedRow) {
        if parsed.text.is_some() || self.known.is_some() || self.has_code() {
            return;
        }
        let has = |column: &Column| self.sheet.heading(*column).is_some();
        if let Some(column) = [Column::Commitment, Column::Code].into_iter().find(has) {
            self.fault(column, "required", Vec::new());
        }
    }

    /// Returns the number that a list outside the program gives the commitment.
    fn own_number(&self, session: &ParsedSession) -> Option<(Column, String)> {
        let value = |column| self.sheet.value(self.row, column).map(Value::shown).filter(|text| !text.is_empty());
        if let Some(code) = value(Column::Code) {
            return (!self.has_code()).then_some((Column::Code, code));
        }
        let number = value(Column::Number).filter(|number| session.is_stated() && !is_code(number))?;
        Some((Column::Number, number))
    }

    pub(super) fn fault(&mut self, column: Column, code: &'static str, args: Args) {
        let shown = self.sheet.value(self.row, column).map(Value::shown);
        self.faults.push(self.sheet.cell_ref(self.row.number, column).fault(code, shown, args));
    }

    fn value(&mut self, column: Column) -> Option<Value> {
        let value = self.sheet.value(self.row, column).cloned()?;
        let code = match value {
            Value::Broken(_) => "broken_formula",
            Value::NoResult => "no_result",
            value => return Some(value),
        };
        self.fault(column, code, Vec::new());
        None
    }

    pub(super) fn text(&mut self, column: Column, max: usize) -> Option<String> {
        let text = self.value(column)?.shown();
        if text.chars().count() > max {
            self.fault(column, "too_long", vec![("max", max.to_string())]);
            return None;
        }
        Some(text)
    }

    /// Reads the notes and joins those of several columns, one line each. The heading precedes the text, except a usual heading in
    /// the first column of notes.
    fn remarks(&mut self) -> Option<String> {
        let (sheet, row) = (self.sheet, self.row);
        let with_heading = |text: String| match sheet.heading_of_notes() {
            Some(heading) => format!("{heading}: {text}"),
            None => text,
        };
        let own = self.text(Column::Remarks, 10_000).map(with_heading);
        let more = sheet.more_notes(row).map(|(heading, value)| format!("{heading}: {}", value.shown()));
        let all: Vec<String> = own.into_iter().chain(more).collect();
        let joined = all.join("\n");
        if joined.chars().count() > 10_000 {
            self.fault(Column::Remarks, "too_long", vec![("max", "10000".to_owned())]);
        }
        (!joined.is_empty()).then_some(joined)
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
                self.found(Column::Commission, &snapshot.commissions, names)
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
        for institution in self.found(column, &snapshot.institutions, names) {
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

    /// Reads a date as precise as the cell: a day, a month, a number that counts days, or words.
    fn date(&mut self, column: Column) -> Option<PartialDate> {
        self.date_near(column, None)
    }

    /// Reads a date of a row with a session on this day.
    fn date_near(&mut self, column: Column, session: Option<NaiveDate>) -> Option<PartialDate> {
        // Counted from 1904 a bare number would be another day, and nobody sees which count was used.
        let since_1904 = self.sheet.since_1904;
        let serial = |number| if since_1904 { None } else { serial_day(number) };
        let read = match self.value(column)? {
            Value::Day(day) if in_range(day) => Some(PartialDate::day(day)),
            Value::Month(first) => PartialDate::parse(&first.format("%Y-%m").to_string()),
            Value::Number(number) => {
                serial(number).map(PartialDate::day).or_else(|| read_date(&number.to_string()).ok())
            }
            Value::Text(text) if is_open(&text) => return None,
            Value::Text(text) => match read_date(&text) {
                Ok(date) => Some(date),
                Err(why) => return self.date_by_answer(column, &text, why, session),
            },
            _ => None,
        };
        if read.is_none() {
            self.fault(column, "unclear_date", vec![("reason", "unknown".to_owned())]);
        }
        read
    }

    /// Returns the date that a person chose for words with several meanings; else asks.
    fn date_by_answer(
        &mut self,
        column: Column,
        words: &str,
        why: TermError,
        session: Option<NaiveDate>,
    ) -> Option<PartialDate> {
        let why = match read_term(words, session) {
            Err(more) if column == Column::DueDate && more != TermError::Unknown => more,
            Err(TermError::Immediate) => TermError::Immediate,
            _ => why,
        };
        match self.answered_term(column, words, why, session) {
            Some(TermValue::Due(date)) => return Some(date),
            Some(_) => return None,
            None => {}
        }
        self.fault(column, "unclear_date", vec![("reason", why.reason().to_owned())]);
        self.ask_for_date(column, words, why, session);
        None
    }

    fn day(&mut self, column: Column) -> Option<NaiveDate> {
        let date = self.date(column)?;
        if date.from() != date.to() {
            self.fault(column, "unclear_date", vec![("reason", "unknown".to_owned())]);
            return None;
        }
        Some(date.from())
    }

    /// Reads the term. The last day counts if it is stated; the words of the term are kept beside it.
    fn term(&mut self, parsed: &ParsedRow) -> Option<ParsedTerm> {
        let in_words = matches!(self.sheet.value(self.row, Column::DueDate), Some(Value::Text(_)));
        let session = if in_words { self.session_day(parsed) } else { None };
        let due = self.date_near(Column::DueDate, session);
        match self.sheet.value(self.row, Column::Term) {
            Some(Value::Text(_)) => {
                let words = self.text(Column::Term, 500)?;
                self.term_in_words(parsed, words, due)
            }
            Some(Value::Number(number)) if self.counts_days() && (1.0..=3650.0).contains(number) => {
                self.term_in_words(parsed, format!("{number} días"), due)
            }
            Some(_) => {
                let date = self.date(Column::Term)?;
                self.term_with_last_day(TermValue::Due(date), None, due)
            }
            None => due.map(|date| ParsedTerm::new(TermValue::Due(date), None, Column::DueDate)),
        }
    }

    /// Checks whether the heading of the term states that its numbers count days: "Plazo (días)".
    fn counts_days(&self) -> bool {
        self.sheet.heading(Column::Term).is_some_and(|heading| fold(heading).split(' ').any(|word| word == "dias"))
    }

    fn term_in_words(&mut self, parsed: &ParsedRow, words: String, due: Option<PartialDate>) -> Option<ParsedTerm> {
        if self.known.is_some_and(|known| is_recorded(known, &parsed.responsible, &words, due.as_ref())) {
            return Some(ParsedTerm { value: None, words: Some(words), column: Column::Term });
        }
        let session = self.session_day(parsed);
        match (read_term(&words, session), due) {
            (Ok(value), due) => {
                let plain = matches!(&value, TermValue::Due(date) if date.from() == date.to());
                self.term_with_last_day(value, (!plain).then_some(words), due)
            }
            // The last day replaces words that are not understood.
            (Err(_), Some(date)) => Some(ParsedTerm::new(TermValue::Due(date), Some(words), Column::DueDate)),
            (Err(why), None) => {
                if let Some(value) = self.answered_term(Column::Term, &words, why, session) {
                    return Some(ParsedTerm::new(value, Some(words), Column::Term));
                }
                self.fault(Column::Term, "unclear_term", vec![("reason", why.reason().to_owned())]);
                self.ask_for_date(Column::Term, &words, why, session);
                None
            }
        }
    }

    /// Returns the order of a term by the heading of its cell.
    fn order(&self, column: Column) -> HeadingPriority {
        term_order(&self.sheet.cell_ref(self.row.number, column).heading)
    }

    /// Combines a term and the last day beside it, which must not contradict each other unless one of them is a later
    /// term.
    fn term_with_last_day(
        &mut self,
        value: TermValue,
        words: Option<String>,
        due: Option<PartialDate>,
    ) -> Option<ParsedTerm> {
        match (&value, due) {
            (TermValue::Due(date), Some(due)) if due.to() < date.from() || due.to() > date.to() => {
                if self.order(Column::DueDate) > self.order(Column::Term) {
                    // The earlier term stays as words.
                    let words = self.sheet.value(self.row, Column::Term).map(Value::shown);
                    return Some(ParsedTerm::new(TermValue::Due(due), words, Column::DueDate));
                }
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

    /// Reads the state. Words that state more than a status are added to the remarks.
    fn state(&mut self, remarks: &mut Option<String>) -> Option<StateValue> {
        let words = self.text(Column::State, 500)?;
        let (state, is_noted) = match super::states::read_state(&words) {
            Some(state) => (Some(state), is_noted(&words, self.known.is_none())),
            None => self.state_by_answer(&words)?,
        };
        if is_noted {
            let note = text(Lang::Es, "import-state-noted", &[("state", words)]);
            *remarks = Some(remarks.take().map_or_else(|| note.clone(), |remarks| format!("{remarks}\n{note}")));
        }
        state
    }

    fn percent(&mut self) -> Option<i32> {
        let value = self.value(Column::Percent)?;
        let read = match &value {
            Value::Percent(fraction) => percent_of_fraction(*fraction),
            Value::Number(number) => percent_of_number(*number),
            Value::Text(text) if is_open(text) => return None,
            Value::Text(text) => percent_of_text(text),
            _ => Err(PercentError::Range),
        };
        // An exported matrix has the number on record.
        let recorded = |known: &Commitment| known.assignments.iter().any(|part| part.progress.percent == Some(1));
        match read {
            Ok(whole) => Some(whole),
            Err(PercentError::One) if self.known.is_some_and(recorded) => Some(1),
            Err(unclear) => {
                if let Some(answer) = self.percent_by_answer(&value.shown(), unclear) {
                    return answer;
                }
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

/// Checks whether a text states that there is no value: "por definir", "sin fecha".
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
