//! Resolves the rows of a matrix: finds the session, the agreement and the commitment of each row on record, or plans
//! their creation. Writes nothing.

use std::collections::HashMap;
use std::sync::Arc;

use super::choices::Choices;
use super::columns::Column;
use super::kinds::FaultKinds;
use super::model::{CellChange, MOST_FAULTS};
use super::parsed::ParsedRow;
use super::questions::Questions;
use super::row::RowParser;
use super::sheets::MatrixSheet;
use super::snapshot::{AgreementCell, AgreementName, ParsedSession, SessionMatch, Snapshot};
use super::words::fold;
use crate::agreements::{AgreementInput, AgreementKind, AgreementStatus};
use crate::commitments::Commitment;
use crate::dates::PartialDate;
use crate::db::{AgreementId, CommissionId, CommitmentId, MeetingId};
use crate::error::{Args, Fault};
use crate::i18n::{Lang, text};
use crate::meetings::{MeetingInput, MeetingStatus};
use crate::spreadsheets::{CellRef, LeftOut, Line, Value};
use crate::translations::Translations;

/// A record on record, or the one of this index among those to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ref<Id> {
    Known(Id),
    New(usize),
}

impl<Id> Ref<Id> {
    pub(super) fn existing(self) -> Option<Id> {
        match self {
            Self::Known(id) => Some(id),
            Self::New(_) => None,
        }
    }
}

/// A parsed row with the records that it names.
pub(super) struct ResolvedRow<'m> {
    pub sheet: &'m MatrixSheet,
    pub row: &'m Line,
    pub parsed: ParsedRow,
    pub known: Option<CommitmentId>,
    pub meeting: Option<Ref<MeetingId>>,
    pub agreement: Option<Ref<AgreementId>>,
    pub cells: Vec<CellChange>,
    /// It has a fault.
    pub rejected: bool,
}

impl ResolvedRow<'_> {
    /// Returns true if the row cannot be imported: it has a fault, or its sheet has no column of commitments.
    pub(super) fn is_rejected(&self) -> bool {
        self.rejected || (self.known.is_none() && self.parsed.text.is_none())
    }

    pub(super) fn cell_ref(&self, column: Column) -> CellRef {
        self.sheet.cell_ref(self.row.number, column)
    }

    /// Rejects the row; returns the fault of one of its cells.
    pub(super) fn reject(&mut self, column: Column, code: &'static str, args: Args) -> Fault {
        self.rejected = true;
        let shown = self.sheet.value(self.row, column).map(Value::shown);
        self.cell_ref(column).fault(code, shown, args)
    }

    pub(super) fn refuse(&mut self, Refusal { column, code, args }: Refusal) -> Fault {
        self.reject(column, code, args)
    }

    /// Notes that a cell differs from the record.
    pub(super) fn note(&mut self, column: Column, before: Option<String>, after: Option<String>) {
        let cell = self.cell_ref(column);
        let change = CellChange { cell: cell.cell(), heading: cell.heading.to_string(), before, after };
        if !self.cells.contains(&change) {
            self.cells.push(change);
        }
    }

    /// Notes every cell of a row whose commitment is created.
    pub(super) fn note_all(&mut self) {
        for column in self.sheet.columns() {
            let after = self.sheet.value(self.row, column).map(Value::shown);
            if let Some(after) = after.filter(|_| column != Column::Number) {
                self.note(column, None, Some(after));
            }
        }
    }
}

/// The fault of a row, at one of its columns.
pub(super) struct Refusal {
    pub column: Column,
    pub code: &'static str,
    pub args: Args,
}

/// A session or an agreement to be created, and the first cell that names it.
pub(super) struct NewRecord<Input> {
    pub input: Input,
    /// The session of an agreement.
    pub meeting: Option<Ref<MeetingId>>,
    pub cell: CellRef,
}

/// The commissions, session and folded words of an agreement to be created.
type AgreementKey = (Vec<CommissionId>, Option<Ref<MeetingId>>, String);

/// The rows of all sheets, and the sessions and agreements to be created, each once.
#[derive(Default)]
pub(super) struct ResolvedMatrix<'m> {
    pub rows: Vec<ResolvedRow<'m>>,
    pub meetings: Vec<NewRecord<MeetingInput>>,
    pub agreements: Vec<NewRecord<AgreementInput>>,
    pub faults: Vec<Fault>,
    pub questions: Questions,
    /// The questions that were answered.
    pub answered: Questions,
    /// Cells that are not used because of an answer, each with its sheet.
    pub left_out: Vec<(Arc<str>, LeftOut)>,
    /// The remaining rows were not read, because there were enough faults.
    pub is_cut: bool,
    /// The commissions, folded title and date of each session to be created.
    meeting_keys: Vec<(Vec<CommissionId>, String, Option<PartialDate>)>,
    /// The agreements to be created by commissions, session and folded words.
    agreement_keys: HashMap<AgreementKey, usize>,
}

impl<'m> ResolvedMatrix<'m> {
    pub(super) fn resolve(snapshot: &Snapshot, sheets: &'m [MatrixSheet], choices: &Choices) -> Self {
        let mut all = Self::default();
        let mut kinds = FaultKinds::default();
        for (sheet, row) in sheets.iter().flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row))) {
            if kinds.count(&all.faults) >= MOST_FAULTS {
                all.is_cut = true;
                break;
            }
            let mut parser = RowParser::new(snapshot, sheet, row, choices);
            let parsed = parser.parse();
            let (known, faults) = (parser.known, parser.faults);
            parser.questions.into_iter().for_each(|question| all.questions.add(question));
            parser.answered.into_iter().for_each(|question| all.answered.add(question));
            all.left_out.extend(parser.left_out.into_iter().map(|one| (Arc::clone(&sheet.name), one)));
            let mut row = ResolvedRow {
                sheet,
                row,
                parsed,
                known: known.map(|known| known.id),
                meeting: None,
                agreement: None,
                cells: Vec::new(),
                rejected: !faults.is_empty(),
            };
            all.faults.extend(faults);
            all.find_records(snapshot, &mut row, known);
            all.rows.push(row);
        }
        all
    }

    fn find_records(&mut self, snapshot: &Snapshot, row: &mut ResolvedRow<'m>, known: Option<&Commitment>) {
        if let Some(known) = known {
            let own = &known.fields.commission_ids;
            if !row.parsed.commissions.is_empty() && !row.parsed.commissions.iter().any(|id| own.contains(id)) {
                self.faults.push(row.reject(Column::Commission, "other_commission", Vec::new()));
            }
            row.parsed.commissions.clone_from(own);
        }
        if row.parsed.commissions.is_empty() {
            return;
        }
        self.find_session(snapshot, row, known);
        self.find_agreement(snapshot, row, known);
        if row.known.is_none() && !row.rejected {
            self.faults.extend(find_commitment(snapshot, row));
        }
    }

    fn find_session(&mut self, snapshot: &Snapshot, row: &mut ResolvedRow<'m>, known: Option<&Commitment>) {
        let present = known.and_then(|known| snapshot.session_of(known));
        if !row.parsed.session.is_stated() {
            row.meeting = present.map(|present| Ref::Known(present.id));
            return;
        }
        let column = row.parsed.session_column();
        let (reason, title) = match snapshot.find_session(&row.parsed.session, &row.parsed.commissions, present) {
            SessionMatch::Known(meeting) => {
                row.meeting = Some(Ref::Known(meeting.id));
                return;
            }
            SessionMatch::New => {
                row.meeting = Some(Ref::New(self.new_meeting(snapshot, row, column)));
                return;
            }
            SessionMatch::Undated => {
                row.meeting = self.earlier_meeting(snapshot.lang, &row.parsed).map(Ref::New);
                if row.meeting.is_some() {
                    return;
                }
                ("undated", String::new())
            }
            SessionMatch::Another(title) => ("another", title),
            SessionMatch::Several => ("several", String::new()),
        };
        let args = vec![("reason", reason.to_owned()), ("title", title)];
        self.faults.push(row.reject(column, "unclear_session", args));
    }

    /// Returns the session with this title that an earlier row creates; on this date, if one is stated.
    fn earlier_meeting(&self, lang: Lang, parsed: &ParsedRow) -> Option<usize> {
        let (title, stated) = (fold(&parsed.session.name(lang)), &parsed.session.held);
        self.meeting_keys.iter().position(|(commissions, own_title, held)| {
            *commissions == parsed.commissions && *own_title == title && (stated.is_none() || stated == held)
        })
    }

    fn new_meeting(&mut self, snapshot: &Snapshot, row: &ResolvedRow<'m>, column: Column) -> usize {
        let ParsedRow { commissions, session, .. } = &row.parsed;
        self.earlier_meeting(snapshot.lang, &row.parsed).unwrap_or_else(|| {
            let input = meeting_input(snapshot, commissions.clone(), session);
            self.meeting_keys.push((commissions.clone(), fold(&input.title), session.held.clone()));
            self.meetings.push(NewRecord { input, meeting: None, cell: row.cell_ref(column) });
            self.meetings.len() - 1
        })
    }

    fn find_agreement(&mut self, snapshot: &Snapshot, row: &mut ResolvedRow<'m>, known: Option<&Commitment>) {
        let present = known.and_then(|known| snapshot.agreement_of(known));
        let Some(text) = &row.parsed.agreement else {
            row.agreement = present.map(|present| Ref::Known(present.id));
            return;
        };
        let cell = AgreementCell::of(text);
        if let Some(present) = present.filter(|present| cell.matches(&AgreementName::of(present))) {
            row.agreement = Some(Ref::Known(present.id));
            return;
        }
        let commissions = &row.parsed.commissions;
        let found = match row.meeting {
            Some(Ref::New(_)) => Vec::new(),
            Some(Ref::Known(id)) => snapshot.find_agreements(&cell, commissions, Some(id)),
            None => snapshot.find_agreements(&cell, commissions, None),
        };
        match found.as_slice() {
            [one] => row.agreement = Some(Ref::Known(one.id)),
            [] => {
                let key = (commissions.clone(), row.meeting, fold(text));
                let next = self.agreements.len();
                let n = *self.agreement_keys.entry(key).or_insert(next);
                if n == next {
                    let input = agreement_input(snapshot.lang, commissions.clone(), text, cell.number);
                    let cell = row.cell_ref(Column::Agreement);
                    self.agreements.push(NewRecord { input, meeting: row.meeting, cell });
                }
                row.agreement = Some(Ref::New(n));
            }
            _ => self.faults.push(row.reject(Column::Agreement, "ambiguous_agreement", Vec::new())),
        }
    }
}

/// Finds the commitment with the commission, session, agreement and text of the row; a fault if there are several.
fn find_commitment(snapshot: &Snapshot, row: &mut ResolvedRow<'_>) -> Option<Fault> {
    let (commission, text) = (row.parsed.commissions.first()?, row.parsed.text.as_ref()?);
    let of_session = |one: &&Commitment| match row.meeting {
        None => true,
        Some(Ref::New(_)) => false,
        Some(Ref::Known(id)) => snapshot.session_of(one).is_some_and(|session| session.id == id),
    };
    let of_agreement = |one: &&Commitment| match row.agreement {
        None => true,
        Some(Ref::New(_)) => false,
        Some(Ref::Known(id)) => one.fields.agreement_id == Some(id),
    };
    let found = snapshot.by_text(*commission, text);
    let found: Vec<&Commitment> = found.into_iter().filter(of_session).filter(of_agreement).collect();
    match found.as_slice() {
        [] => None,
        [one] => {
            row.known = Some(one.id);
            row.agreement = one.fields.agreement_id.map(Ref::Known);
            row.meeting = snapshot.session_of(one).map(|session| Ref::Known(session.id));
            None
        }
        several => {
            let codes: Vec<&str> = several.iter().map(|one| one.code.as_str()).collect();
            let args = vec![("suggestions", codes.join(", "))];
            Some(row.reject(Column::Commitment, "ambiguous_commitment", args))
        }
    }
}

/// Returns a session to be created: held, unless its day is in the future.
fn meeting_input(snapshot: &Snapshot, commission_ids: Vec<CommissionId>, session: &ParsedSession) -> MeetingInput {
    let today = snapshot.today_of(None, &commission_ids);
    let over = session.held.as_ref().is_some_and(|held| held.to() <= today);
    MeetingInput {
        commission_ids,
        kind: session.kind(),
        title: session.name(snapshot.lang),
        starts_at: None,
        ends_at: None,
        held: session.held.clone(),
        time_zone: None,
        started_at: None,
        ended_at: None,
        call: None,
        ordinal: session.ordinal(),
        modality: None,
        place: None,
        url: None,
        status: if over { MeetingStatus::Held } else { MeetingStatus::Scheduled },
        restricted: false,
        note: None,
        translations: Translations::default(),
    }
}

/// Returns an agreement to be created. Its title is its number or its words; words that are too long become its text.
fn agreement_input(
    lang: Lang,
    commission_ids: Vec<CommissionId>,
    cell: &str,
    number: Option<String>,
) -> AgreementInput {
    let words: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let long = words.chars().count() > 500;
    let title = match &number {
        Some(number) => text(lang, "import-agreement-title", &[("number", number.clone())]),
        None if long => words.chars().take(499).chain(['…']).collect(),
        None => words,
    };
    AgreementInput {
        commission_ids,
        kind: AgreementKind::MeetingAgreement,
        title,
        meeting_id: None,
        number,
        text: long.then(|| cell.to_owned()),
        adopted: None,
        when_text: None,
        agenda_item_id: None,
        attachments: Vec::new(),
        status: AgreementStatus::InForce,
        in_force_from: None,
        in_force_to: None,
        adoption: None,
        parties: Vec::new(),
        themes: Vec::new(),
        scope: None,
        document_url: None,
        restricted: false,
        note: None,
        translations: Translations::default(),
    }
}
