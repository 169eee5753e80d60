//! What a row states, cell by cell; what is not understood becomes a fault at its cell.

use chrono::NaiveDate;

use super::reading::{Row, Value};
use super::scene::Scene;
use super::sessions::{Session, Which};
use super::table::Matrix;
use super::words::fold;
use super::words::headings::Column;
use super::words::names::{Named, Unknown};
use super::words::states::{self, State};
use super::words::terms::{self, Term, Unclear};
use crate::commitments::{AssignmentRole, Commitment};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::error::{Args, Fault};
use crate::evidence::Evidence;

/// The term that a row states, and the words where they say more than a day.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedTerm {
    pub term: Term,
    pub words: Option<String>,
    /// The column that tells it.
    pub column: Column,
}

impl StatedTerm {
    /// The day that it ends with, where that is stated.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match &self.term {
            Term::Due(date) => Some(date.to()),
            Term::Counted(_) | Term::Open => None,
        }
    }
}

/// A row as far as it is understood; None where the cell is empty.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    pub commissions: Vec<CommissionId>,
    pub session: Session,
    pub agreement: Option<String>,
    pub text: Option<String>,
    pub responsible: Vec<(InstitutionId, AssignmentRole)>,
    pub term: Option<StatedTerm>,
    pub state: Option<State>,
    pub percent: Option<i32>,
    pub evidence: Vec<Evidence>,
    pub done_on: Option<NaiveDate>,
    pub remarks: Option<String>,
}

/// Reads a row.
pub struct Reader<'a> {
    pub scene: &'a Scene,
    pub matrix: &'a Matrix,
    pub row: &'a Row,
    /// The commitment that its code names.
    pub known: Option<&'a Commitment>,
    pub faults: Vec<Fault>,
}

impl Reader<'_> {
    pub fn read(&mut self) -> Stated {
        let mut stated = Stated { commissions: self.commissions(), ..Stated::default() };
        stated.session = Session { title: self.text(Column::Session, 500), held: self.date(Column::SessionDate) };
        stated.agreement = self.text(Column::Agreement, 10_000);
        stated.text = self.text(Column::Commitment, 10_000);
        let coded = self.matrix.value(self.row, Column::Code).is_some();
        if stated.text.is_none() && self.known.is_none() && !coded {
            self.fault(Column::Commitment, "required", Vec::new());
        }
        self.responsible(Column::Responsible, AssignmentRole::Responsible, &mut stated.responsible);
        self.responsible(Column::CoResponsible, AssignmentRole::CoResponsible, &mut stated.responsible);
        let session_day = self.session_day(&stated);
        stated.term = self.term(session_day);
        stated.state = self.state();
        stated.percent = self.percent();
        stated.evidence = self.evidence();
        stated.done_on = self.day(Column::DoneOn);
        if stated.done_on.is_some_and(|day| day > self.scene.today) {
            self.fault(Column::DoneOn, "in_the_future", Vec::new());
        }
        stated.remarks = self.text(Column::Remarks, 10_000);
        stated
    }

    pub fn fault(&mut self, column: Column, code: &'static str, args: Args) {
        let shown = self.matrix.value(self.row, column).map(Value::shown);
        self.faults.push(self.matrix.place(self.row.number, column).fault(code, shown, args));
    }

    fn value(&mut self, column: Column) -> Option<Value> {
        let value = self.matrix.value(self.row, column).cloned()?;
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
        // Excel writes a line break as _x000D_ and a line feed.
        let text = text.replace("_x000D_", "").replace(['\r', '\0'], "");
        (!text.trim().is_empty()).then_some(text)
    }

    fn commissions(&mut self) -> Vec<CommissionId> {
        let scene = self.scene;
        match self.text(Column::Commission, 2_000) {
            Some(cell) => {
                let mut parts = scene.commissions.find_all(&cell);
                // Of a commitment on record one commission is enough: the others may be somebody else's.
                if self.known.is_some() && parts.iter().any(|(_, named)| named.is_ok()) {
                    parts.retain(|(_, named)| named.is_ok());
                }
                self.named(Column::Commission, parts)
            }
            None if self.known.is_some() => Vec::new(),
            None => {
                if scene.commission.is_none() {
                    self.fault(Column::Commission, "commission_not_stated", Vec::new());
                }
                scene.commission.into_iter().collect()
            }
        }
    }

    fn responsible(&mut self, column: Column, role: AssignmentRole, all: &mut Vec<(InstitutionId, AssignmentRole)>) {
        let scene = self.scene;
        let Some(cell) = self.text(column, 10_000) else { return };
        for id in self.named(column, scene.institutions.find_all(&cell)) {
            if all.iter().any(|(other, _)| *other == id) {
                self.fault(column, "named_twice", vec![("name", scene.called([id]))]);
            } else {
                all.push((id, role));
            }
        }
    }

    /// What the parts of a cell name; a fault for each that names nothing.
    fn named<Id>(&mut self, column: Column, parts: Vec<Named<Id>>) -> Vec<Id> {
        let mut found = Vec::new();
        for (text, named) in parts {
            let (code, names) = match named {
                Ok(id) => {
                    found.push(id);
                    continue;
                }
                Err(Unknown::Nobody(names)) => ("unknown_name", names),
                Err(Unknown::Several(names)) => ("ambiguous_name", names),
            };
            let names: Vec<String> = names.into_iter().map(|name| format!("«{name}»")).collect();
            let reason = if names.is_empty() { "none" } else { "some" };
            let args = vec![("name", text), ("suggestions", names.join(", ")), ("reason", reason.to_owned())];
            self.fault(column, code, args);
        }
        found
    }

    /// A date as precise as the cell: a day, a number that counts days, or words.
    fn date(&mut self, column: Column) -> Option<PartialDate> {
        let read = match self.value(column)? {
            Value::Day(day) if crate::dates::in_range(day) => Some(PartialDate::day(day)),
            Value::Number(number) => {
                terms::serial_day(number).map(PartialDate::day).or_else(|| terms::read_date(&number.to_string()).ok())
            }
            Value::Text(text) if terms::read(&text, None) == Ok(Term::Open) => return None,
            Value::Text(text) => terms::read_date(&text).ok(),
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

    /// The day from which terms are counted: the stated session's, else that of the session on record.
    fn session_day(&self, stated: &Stated) -> Option<NaiveDate> {
        let on_record = || match (&stated.session, self.known) {
            (session, _) if session.is_stated() => match session.which(self.scene, &stated.commissions) {
                Which::Known(meeting) => Some((meeting.held_from, meeting.held_to)),
                _ => None,
            },
            (_, Some(known)) => self.scene.session_of(known).map(|meeting| (meeting.held_from, meeting.held_to)),
            _ => None,
        };
        let own = stated.session.held.as_ref().map(|held| (held.from(), held.to()));
        own.or_else(on_record).filter(|(from, to)| from == to).map(|(day, _)| day)
    }

    /// The last day counts where it is stated; the words of the term go beside it.
    fn term(&mut self, session: Option<NaiveDate>) -> Option<StatedTerm> {
        let due = self.date(Column::DueDate);
        let words = match self.value(Column::Term) {
            None => return due.map(|date| StatedTerm { term: Term::Due(date), words: None, column: Column::DueDate }),
            Some(Value::Text(text)) => text.to_string(),
            Some(_) => {
                let date = self.date(Column::Term)?;
                return self.agreeing(Term::Due(date), None, due);
            }
        };
        if words.chars().count() > 500 {
            self.fault(Column::Term, "too_long", vec![("max", "500".to_owned())]);
            return None;
        }
        if self.known.is_some_and(|known| on_record(known, &words, due.as_ref())) {
            return None;
        }
        match (terms::read(&words, session), due) {
            (Ok(term), due) => {
                let plain = matches!(&term, Term::Due(date) if date.from() == date.to());
                self.agreeing(term, (!plain).then_some(words), due)
            }
            // The last day tells what the words leave open.
            (Err(_), Some(date)) => {
                Some(StatedTerm { term: Term::Due(date), words: Some(words), column: Column::DueDate })
            }
            (Err(unclear), None) => {
                let reason = match unclear {
                    Unclear::Unknown => "unknown",
                    Unclear::WhichDays => "which_days",
                    Unclear::NoSession => "no_session",
                    Unclear::NoYear => "no_year",
                };
                self.fault(Column::Term, "unclear_term", vec![("reason", reason.to_owned())]);
                None
            }
        }
    }

    /// A term and a last day that stand side by side must not contradict each other.
    fn agreeing(&mut self, term: Term, words: Option<String>, due: Option<PartialDate>) -> Option<StatedTerm> {
        match (&term, due) {
            (Term::Due(date), Some(due)) if due.to() < date.from() || due.to() > date.to() => {
                self.fault(Column::DueDate, "terms_disagree", Vec::new());
                None
            }
            (Term::Due(date), Some(due)) if due.to() == date.to() => {
                Some(StatedTerm { term: Term::Due(date.clone()), words, column: Column::Term })
            }
            (_, None) => Some(StatedTerm { term, words, column: Column::Term }),
            (_, Some(due)) => Some(StatedTerm { term: Term::Due(due), words, column: Column::DueDate }),
        }
    }

    fn state(&mut self) -> Option<State> {
        let text = self.text(Column::State, 500)?;
        let state = states::read(&text);
        if state.is_none() {
            self.fault(Column::State, "unknown_state", vec![("allowed", states::CHOICES.to_owned())]);
        }
        state
    }

    /// "50 %", 50, or 0.5 where it is shown as a percentage or can be nothing else.
    fn percent(&mut self) -> Option<i32> {
        let number = match self.value(Column::Percent)? {
            Value::Percent(part) => Some(part * 100.0),
            Value::Number(part) if part > 0.0 && part < 1.0 => Some(part * 100.0),
            Value::Number(1.0) => {
                // The number on record, as an exported matrix has it.
                let parts = self.known.map_or(&[][..], |known| known.assignments.as_slice());
                if parts.iter().any(|part| part.progress.percent == Some(1)) {
                    return Some(1);
                }
                self.fault(Column::Percent, "unclear_percent", vec![("reason", "one".to_owned())]);
                return None;
            }
            Value::Number(number) => Some(number),
            Value::Text(text) => {
                let bare = text.trim().trim_end_matches('%').trim().replace(',', ".");
                if terms::read(&text, None) == Ok(Term::Open) {
                    return None;
                }
                bare.parse::<f64>().ok()
            }
            _ => None,
        };
        let whole = number.map(f64::round).filter(|whole| (0.0..=100.0).contains(whole));
        if whole.is_none() {
            self.fault(Column::Percent, "unclear_percent", vec![("reason", "range".to_owned())]);
        }
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100, as checked")]
        whole.map(|whole| whole as i32)
    }

    /// One means of verification a line, or between semicolons.
    fn evidence(&mut self) -> Vec<Evidence> {
        let Some(cell) = self.text(Column::Evidence, 30_000) else { return Vec::new() };
        if terms::read(&cell, None) == Ok(Term::Open) {
            return Vec::new();
        }
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

/// Whether a term is that of the record, in its own words; its last day may have become another since.
fn on_record(known: &Commitment, words: &str, due: Option<&PartialDate>) -> bool {
    let parts = || known.assignments.iter();
    let same_day = match due {
        None => true,
        Some(due) => parts().map(|part| part.due_to).chain([known.due_to]).any(|day| day == Some(due.to())),
    };
    let date = terms::read_date(words).ok();
    let own_date =
        || date.is_some() && parts().map(|part| &part.fields.due).chain([&known.fields.due]).any(|own| *own == date);
    let own_words = known.fields.due_text.as_deref().map(fold) == Some(fold(words));
    same_day && (own_words || (due.is_some() && own_date()))
}
