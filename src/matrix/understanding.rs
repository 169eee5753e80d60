//! The report of a row: its outcome, its changes, and its values as they were understood.

use super::model::{RowOutcome, RowReport};
use super::resolve::{Ref, ResolvedRow};
use super::snapshot::Snapshot;
use super::states::stated_status;
use super::terms::TermValue;
use super::understood::{UnderstoodInstitution, UnderstoodRow};
use crate::commitments::Commitment;
use crate::dates::PartialDate;

/// Returns the report of a row, with the code of its commitment.
pub(super) fn row_report(snapshot: &Snapshot, row: &ResolvedRow<'_>, code: Option<&str>) -> RowReport {
    let outcome = match (row.is_rejected(), row.known, row.cells.is_empty()) {
        (true, ..) => RowOutcome::Rejected,
        (_, None, _) => RowOutcome::Created,
        (_, Some(_), true) => RowOutcome::Unchanged,
        (_, Some(_), false) => RowOutcome::Changed,
    };
    RowReport {
        sheet: row.sheet.name.to_string(),
        row: row.row.number,
        outcome,
        code: code.map(str::to_owned),
        cells: if row.is_rejected() { Vec::new() } else { row.cells.clone() },
        understood: UnderstoodRow::of(snapshot, row),
    }
}

impl UnderstoodRow {
    pub(super) fn of(snapshot: &Snapshot, row: &ResolvedRow<'_>) -> Self {
        let parsed = &row.parsed;
        let known = row.known.and_then(|id| snapshot.commitments.get(&id));
        let institutions = parsed.responsible.iter().map(|one| UnderstoodInstitution {
            cell: row.cell_ref(one.column()).cell(),
            id: one.institution,
            name: snapshot.name(one.institution),
            role: one.role,
        });
        let mut understood = Self {
            number: parsed.number.clone(),
            text: parsed.text.clone(),
            notes: parsed.remarks.clone(),
            commission_id: parsed.commissions.first().copied(),
            meeting_id: row.meeting.and_then(Ref::existing),
            agreement_id: row.agreement.and_then(Ref::existing),
            institutions: institutions.collect(),
            due_text: parsed.term.as_ref().and_then(|term| term.words.clone()),
            status: parsed.state.and_then(|state| stated_status(state, known.is_none())),
            percent: parsed.percent,
            evidence: parsed.evidence.iter().map(|one| one.title.clone()).collect(),
            ..Self::default()
        };
        match parsed.term.as_ref().map(|term| &term.value) {
            Some(Some(TermValue::Due(date))) => understood.set_due(date.clone()),
            Some(Some(TermValue::Counted(rule))) => {
                understood.due_to = snapshot.end_of(rule, &parsed.commissions);
                understood.due_from = understood.due_to;
            }
            // Words on record need not be understood.
            Some(None) => understood.set_due_of(known),
            Some(Some(TermValue::Open)) | None => {}
        }
        understood
    }

    fn set_due(&mut self, date: PartialDate) {
        (self.due_from, self.due_to) = PartialDate::bounds(Some(&date));
        self.due = Some(date);
    }

    fn set_due_of(&mut self, known: Option<&Commitment>) {
        let Some(known) = known else { return };
        match &known.fields.due {
            Some(due) => self.set_due(due.clone()),
            None => (self.due_from, self.due_to) = (known.due_to, known.due_to),
        }
    }
}
