//! What a matrix asks for: its rows set against what is on record. Pure.

use super::agreed;
use super::changes::Change;
use super::made::{Made, new_agreement, new_meeting};
use super::progress::Deed;
use super::reading::{Row, Value};
use super::report::{CellChange, MOST_FAULTS, RowOutcome, RowReport};
use super::scene::Scene;
use super::sessions::Which;
use super::stated::{Reader, Stated, known_by_code};
use super::table::{Matrix, Place};
use super::words::fold;
use super::words::headings::Column;
use crate::agreements::AgreementInput;
use crate::commitments::Commitment;
use crate::datasets::{Kind, KindCounts, Outcome};
use crate::db::{AgreementId, CommitmentId, MeetingId};
use crate::error::{Args, Fault};
use crate::meetings::MeetingInput;

/// A record on record, or the one of this number that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ref<Id> {
    Known(Id),
    New(usize),
}

/// A row as it was read, with the records that it names.
pub struct Line<'m> {
    pub matrix: &'m Matrix,
    pub row: &'m Row,
    pub stated: Stated,
    pub known: Option<CommitmentId>,
    pub meeting: Option<Ref<MeetingId>>,
    pub agreement: Option<Ref<AgreementId>>,
    pub cells: Vec<CellChange>,
    /// It cannot be taken; the faults say why.
    pub rejected: bool,
}

/// A session or an agreement that is to be made, and the cell that asks for it.
pub struct New<Input, On> {
    pub input: Input,
    pub on: On,
    pub place: Place,
}

/// What is to be done.
#[derive(Default)]
pub struct Plan<'m> {
    pub lines: Vec<Line<'m>>,
    pub meetings: Vec<New<MeetingInput, ()>>,
    /// Agreements with their sessions.
    pub agreements: Vec<New<AgreementInput, Option<Ref<MeetingId>>>>,
    pub changes: Vec<Change>,
    pub faults: Vec<Fault>,
    /// There are rows that were not read, because there were enough faults before.
    pub is_cut: bool,
}

impl Line<'_> {
    pub fn place(&self, column: Column) -> Place {
        self.matrix.place(self.row.number, column)
    }

    /// A fault of one of its cells, which rejects the row.
    pub fn refuse(&mut self, column: Column, code: &'static str, args: Args) -> Fault {
        self.rejected = true;
        let shown = self.matrix.value(self.row, column).map(Value::shown);
        self.place(column).fault(code, shown, args)
    }

    /// Notes that a cell says something else than the record.
    pub fn note(&mut self, column: Column, before: Option<String>, after: Option<String>) {
        let place = self.place(column);
        let change = CellChange { cell: place.cell(), heading: place.heading.to_string(), before, after };
        if !self.cells.contains(&change) {
            self.cells.push(change);
        }
    }

    /// Every cell of a row that is entered anew.
    pub fn note_all(&mut self) {
        for column in self.matrix.columns() {
            let after = self.matrix.value(self.row, column).map(Value::shown);
            if let Some(after) = after.filter(|_| column != Column::Number) {
                self.note(column, None, Some(after));
            }
        }
    }

    pub fn report(&self, code: Option<&str>) -> RowReport {
        let outcome = match (self.rejected, self.known, self.cells.is_empty()) {
            (true, ..) => RowOutcome::Rejected,
            (_, None, _) => RowOutcome::Created,
            (_, Some(_), true) => RowOutcome::Unchanged,
            (_, Some(_), false) => RowOutcome::Changed,
        };
        let cells = if self.rejected { Vec::new() } else { self.cells.clone() };
        let (sheet, row) = (self.matrix.sheet.to_string(), self.row.number);
        RowReport { sheet, row, outcome, code: code.map(str::to_owned), cells }
    }
}

impl<'m> Plan<'m> {
    /// Reads the rows and finds the records that they name.
    pub fn read(scene: &Scene, matrices: &'m [Matrix]) -> Self {
        let mut plan = Self::default();
        let mut made = Made::default();
        for (matrix, row) in matrices.iter().flat_map(|matrix| matrix.rows.iter().map(move |row| (matrix, row))) {
            if plan.faults.len() >= MOST_FAULTS {
                plan.is_cut = true;
                break;
            }
            let (known, unknown) = known_by_code(scene, matrix, row);
            let mut reader = Reader { scene, matrix, row, known, faults: unknown.into_iter().collect() };
            let stated = reader.read();
            let faults = reader.faults;
            let mut line = Line {
                matrix,
                row,
                stated,
                known: known.map(|known| known.id),
                meeting: None,
                agreement: None,
                cells: Vec::new(),
                rejected: !faults.is_empty(),
            };
            plan.faults.extend(faults);
            plan.find(scene, &mut line, &mut made);
            plan.lines.push(line);
        }
        plan
    }

    /// Finds session, agreement and commitment of a row.
    fn find(&mut self, scene: &Scene, line: &mut Line<'m>, made: &mut Made) {
        let known = line.known.and_then(|id| scene.commitments.get(&id));
        if let Some(known) = known {
            let own = &known.fields.commission_ids;
            if !line.stated.commissions.is_empty() && !line.stated.commissions.iter().any(|id| own.contains(id)) {
                self.faults.push(line.refuse(Column::Commission, "other_commission", Vec::new()));
            }
            line.stated.commissions.clone_from(own);
        }
        if line.stated.commissions.is_empty() {
            return;
        }
        self.find_session(scene, line, known, made);
        self.find_agreement(scene, line, known, made);
        if line.known.is_none() && !line.rejected {
            self.find_commitment(scene, line);
        }
    }

    fn find_session(&mut self, scene: &Scene, line: &mut Line<'m>, known: Option<&Commitment>, made: &mut Made) {
        let session = line.stated.session.clone();
        let present = known.and_then(|known| scene.session_of(known));
        if !session.is_stated() {
            line.meeting = present.map(|present| Ref::Known(present.id));
            return;
        }
        let column = session.column();
        let commissions = line.stated.commissions.clone();
        let (reason, title) = match session.which(scene, &commissions, present) {
            Which::Known(meeting) => {
                line.meeting = Some(Ref::Known(meeting.id));
                (None, String::new())
            }
            Which::New => {
                let next = self.meetings.len();
                let n = made.session(&commissions, &session).unwrap_or(next);
                if n == next {
                    made.meetings.push((commissions.clone(), fold(&session.name()), session.held.clone()));
                    let input = new_meeting(scene, commissions, &session);
                    self.meetings.push(New { input, on: (), place: line.place(column) });
                }
                line.meeting = Some(Ref::New(n));
                (None, String::new())
            }
            Which::Undated => match made.session(&commissions, &session) {
                Some(n) => {
                    line.meeting = Some(Ref::New(n));
                    (None, String::new())
                }
                None => (Some("undated"), String::new()),
            },
            Which::Another(title) => (Some("another"), title),
            Which::Several => (Some("several"), String::new()),
        };
        if let Some(reason) = reason {
            let args = vec![("reason", reason.to_owned()), ("title", title)];
            self.faults.push(line.refuse(column, "unclear_session", args));
        }
    }

    fn find_agreement(&mut self, scene: &Scene, line: &mut Line<'m>, known: Option<&Commitment>, made: &mut Made) {
        let present = known.and_then(|known| scene.agreement_of(known));
        let Some(cell) = line.stated.agreement.clone() else {
            line.agreement = present.map(|present| Ref::Known(present.id));
            return;
        };
        let stated = agreed::Stated::of(&cell);
        if let Some(present) = present.filter(|present| stated.tells_of(&agreed::Called::of(present))) {
            line.agreement = Some(Ref::Known(present.id));
            return;
        }
        let meeting = match line.meeting {
            Some(Ref::Known(id)) => Some(id),
            _ => None,
        };
        let stands = match line.meeting {
            Some(Ref::New(_)) => Vec::new(),
            _ => agreed::among(scene, &line.stated.commissions, meeting, &stated),
        };
        match stands.as_slice() {
            [one] => line.agreement = Some(Ref::Known(one.id)),
            [] => {
                let key = (line.stated.commissions.clone(), line.meeting, fold(&cell));
                let next = self.agreements.len();
                let n = *made.agreements.entry(key).or_insert(next);
                if n == next {
                    let input = new_agreement(line.stated.commissions.clone(), &cell);
                    self.agreements.push(New { input, on: line.meeting, place: line.place(Column::Agreement) });
                }
                line.agreement = Some(Ref::New(n));
            }
            _ => self.faults.push(line.refuse(Column::Agreement, "ambiguous_agreement", Vec::new())),
        }
    }

    /// The commitment of the same commission, session and words.
    fn find_commitment(&mut self, scene: &Scene, line: &mut Line<'m>) {
        let (Some(commission), Some(text)) = (line.stated.commissions.first(), &line.stated.text) else { return };
        let of_session = |one: &&Commitment| match line.meeting {
            None => true,
            Some(Ref::New(_)) => false,
            Some(Ref::Known(id)) => scene.session_of(one).is_some_and(|session| session.id == id),
        };
        let of_agreement = |one: &&Commitment| match line.agreement {
            None => true,
            Some(Ref::New(_)) => false,
            Some(Ref::Known(id)) => one.fields.agreement_id == Some(id),
        };
        let found = scene.by_text(*commission, text);
        let found: Vec<&Commitment> = found.into_iter().filter(of_session).filter(of_agreement).collect();
        match found.as_slice() {
            [] => {}
            [one] => {
                line.known = Some(one.id);
                line.agreement = one.fields.agreement_id.map(Ref::Known);
                line.meeting = scene.session_of(one).map(|session| Ref::Known(session.id));
            }
            several => {
                let codes: Vec<&str> = several.iter().map(|one| one.code.as_str()).collect();
                let args = vec![("suggestions", codes.join(", "))];
                self.faults.push(line.refuse(Column::Commitment, "ambiguous_commitment", args));
            }
        }
    }
}

impl Plan<'_> {
    /// Counts what would be written, where it is not even tried because of the faults.
    pub fn count(&self, counts: &mut KindCounts) {
        let mut add = |kind, outcome, times: usize| (0..times).for_each(|_| counts.count(kind, outcome));
        add(Kind::Meeting, Outcome::Created, self.meetings.len());
        add(Kind::Agreement, Outcome::Created, self.agreements.len());
        for change in &self.changes {
            let refused = change.lines.iter().filter_map(|n| self.lines.get(*n)).any(|line| line.rejected);
            add(Kind::Commitment, if refused { Outcome::Rejected } else { change.outcome() }, 1);
            let reports = change.acts.iter().filter(|act| matches!(act.deed, Deed::Report(_))).count();
            add(Kind::Assignment, Outcome::Created, change.input.assignments.len() + change.added.len());
            add(Kind::Update, Outcome::Created, reports);
        }
    }
}
