//! What a row states, cell by cell; what is not understood becomes a fault at its cell.

use chrono::NaiveDate;

use super::due::StatedTerm;
use super::reading::{Row, Value};
use super::scene::Scene;
use super::sessions::Session;
use super::table::Matrix;
use super::words::fold;
use super::words::headings::Column;
use super::words::names::{MOST_PARTS, Named, Unknown};
use super::words::percent;
use super::words::states::{self, State};
use super::words::terms::{self, Term};
use crate::commitments::{AssignmentRole, Commitment};
use crate::dates::PartialDate;
use crate::db::{CommissionId, InstitutionId};
use crate::error::{Args, Fault};
use crate::evidence::Evidence;

/// An institution that a row names, and as what.
pub type Responsible = (InstitutionId, AssignmentRole);

/// A row as far as it is understood; None where the cell is empty.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    pub commissions: Vec<CommissionId>,
    pub session: Session,
    pub agreement: Option<String>,
    pub text: Option<String>,
    pub responsible: Vec<Responsible>,
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
        stated.term = self.term(&stated);
        stated.state = self.state();
        stated.percent = self.percent();
        stated.evidence = self.evidence();
        stated.done_on = self.day(Column::DoneOn);
        if stated.done_on.is_some_and(|day| day > self.scene.today_of(self.known, &stated.commissions)) {
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

    pub fn text(&mut self, column: Column, max: usize) -> Option<String> {
        let text = self.value(column)?.shown();
        if text.chars().count() > max {
            self.fault(column, "too_long", vec![("max", max.to_string())]);
            return None;
        }
        Some(text)
    }

    fn commissions(&mut self) -> Vec<CommissionId> {
        let scene = self.scene;
        match self.text(Column::Commission, 2_000) {
            Some(cell) => {
                let mut parts = self.parts(Column::Commission, scene.commissions.find_all(&cell));
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

    fn responsible(&mut self, column: Column, role: AssignmentRole, all: &mut Vec<Responsible>) {
        let scene = self.scene;
        let Some(cell) = self.text(column, 10_000) else { return };
        let parts = self.parts(column, scene.institutions.find_all(&cell));
        for id in self.named(column, parts) {
            if all.iter().any(|(other, _)| *other == id) {
                self.fault(column, "named_twice", vec![("name", scene.called([id]))]);
            } else {
                all.push((id, role));
            }
        }
    }

    /// The parts of a cell, if they are as few as a list of names has.
    fn parts<Id>(&mut self, column: Column, found: Option<Vec<Named<Id>>>) -> Vec<Named<Id>> {
        found.unwrap_or_else(|| {
            self.fault(column, "too_many", vec![("max", MOST_PARTS.to_string())]);
            Vec::new()
        })
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
    pub fn date(&mut self, column: Column) -> Option<PartialDate> {
        // Counted from 1904 a bare number would be another day, and nobody can see by which count it was written.
        let since_1904 = self.matrix.since_1904;
        let serial = |number| if since_1904 { None } else { terms::serial_day(number) };
        let read = match self.value(column)? {
            Value::Day(day) if crate::dates::in_range(day) => Some(PartialDate::day(day)),
            Value::Number(number) => {
                serial(number).map(PartialDate::day).or_else(|| terms::read_date(&number.to_string()).ok())
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

    fn state(&mut self) -> Option<State> {
        let text = self.text(Column::State, 500)?;
        let state = states::read(&text);
        if state.is_none() {
            self.fault(Column::State, "unknown_state", vec![("allowed", states::CHOICES.to_owned())]);
        }
        state
    }

    fn percent(&mut self) -> Option<i32> {
        let read = match self.value(Column::Percent)? {
            Value::Percent(part) => percent::of_part(part),
            Value::Number(number) => percent::of_number(number),
            Value::Text(text) if terms::read(&text, None) == Ok(Term::Open) => return None,
            Value::Text(text) => percent::of_text(&text),
            Value::Day(_) | Value::Broken(_) => Err(percent::Unclear::Range),
        };
        // The number on record, as an exported matrix has it.
        let recorded = |known: &Commitment| known.assignments.iter().any(|part| part.progress.percent == Some(1));
        match read {
            Ok(whole) => Some(whole),
            Err(percent::Unclear::One) if self.known.is_some_and(recorded) => Some(1),
            Err(unclear) => {
                self.fault(Column::Percent, "unclear_percent", vec![("reason", unclear.reason().to_owned())]);
                None
            }
        }
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

/// The commitment that a row names by its code, in a column of its own or as its number.
pub fn known_by_code<'s>(scene: &'s Scene, matrix: &Matrix, row: &Row) -> (Option<&'s Commitment>, Option<Fault>) {
    if let Some(value) = matrix.value(row, Column::Code) {
        let code = value.shown();
        let known = scene.by_code(&code);
        let place = matrix.place(row.number, Column::Code);
        return (known, known.is_none().then(|| place.fault("unknown_code", Some(code), Vec::new())));
    }
    let Some(number) = matrix.value(row, Column::Number).map(Value::shown) else { return (None, None) };
    let known = scene.by_code(&number);
    let place = || matrix.place(row.number, Column::Number);
    let unknown = known.is_none() && is_code(&number);
    (known, unknown.then(|| place().fault("unknown_code", Some(number), Vec::new())))
}

/// Whether a number is written as a commitment's code: `CIGTPE-2023-004`.
fn is_code(number: &str) -> bool {
    let mut parts = number.trim().rsplit('-');
    let digits = |part: Option<&str>, fewest: usize| {
        part.is_some_and(|part| part.len() >= fewest && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(parts.next(), 3) && digits(parts.next(), 4) && parts.next().is_some_and(|word| !word.is_empty())
}
