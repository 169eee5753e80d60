//! Decides the changes of each commitment: compares all of its rows with each other and with the record. An empty cell
//! changes nothing. Writes nothing.

use std::collections::HashMap;

use super::columns::Column;
use super::institutions_column::InstitutionsColumns;
use super::parsed::{Responsible, includes_main_term, own_terms, shown_term};
use super::progress::{self, Step};
use super::resolve::{Ref, Refusal, ResolvedMatrix, ResolvedRow};
use super::snapshot::Snapshot;
use super::terms::TermValue;
use super::words::fold;
use crate::commitments::{AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule};
use crate::datasets::Outcome;
use crate::dates::PartialDate;
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, InstitutionId, MeetingId};
use crate::error::Fault;
use crate::translations::Translations;

/// The changes of one commitment.
pub(super) struct CommitmentChange {
    pub known: Option<CommitmentId>,
    pub meeting: Option<Ref<MeetingId>>,
    pub agreement: Option<Ref<AgreementId>>,
    /// The fields of the commitment after the change, without session and agreement.
    pub input: CommitmentInput,
    /// The fields of a commitment on record change.
    pub revised: bool,
    /// The parts of a new commitment, or those that are added to one on record.
    pub added: Vec<AssignmentInput>,
    /// Terms of their own that parts of a commitment on record get.
    pub terms: Vec<PartTerm>,
    pub steps: Vec<Step>,
    /// The indexes of its rows.
    pub rows: Vec<usize>,
    /// The number that a list outside the program gives it.
    pub number: Option<String>,
    /// The text of the column "N°" in its first row. It identifies the commitment in this file only.
    pub number_in_file: Option<String>,
}

/// The term of a part, as the row of this index states it.
pub(super) struct PartTerm {
    pub part: AssignmentId,
    pub due: PartialDate,
    pub row: usize,
}

impl CommitmentChange {
    fn new(first: &ResolvedRow<'_>, known: Option<&Commitment>, rows: Vec<usize>) -> Self {
        let (meeting, agreement, input) = match known {
            Some(known) => (
                known.fields.meeting_id.map(Ref::Known),
                known.fields.agreement_id.map(Ref::Known),
                known.fields.clone(),
            ),
            None => (first.meeting, first.agreement, new_input(first)),
        };
        let (added, terms, steps) = (Vec::new(), Vec::new(), Vec::new());
        let number = first.parsed.own_number.as_ref().map(|(_, number)| number.clone());
        let number_in_file = first.parsed.number.clone();
        Self {
            known: first.known,
            meeting,
            agreement,
            input,
            revised: false,
            added,
            terms,
            steps,
            rows,
            number,
            number_in_file,
        }
    }

    /// Returns the outcome, unless a rule forbids the change.
    pub(super) fn outcome(&self) -> Outcome {
        let changed = self.revised || !self.terms.is_empty() || !self.added.is_empty() || !self.steps.is_empty();
        match self.known {
            None => Outcome::Created,
            Some(_) if changed => Outcome::Updated,
            Some(_) => Outcome::Unchanged,
        }
    }
}

fn new_input(row: &ResolvedRow<'_>) -> CommitmentInput {
    CommitmentInput {
        commission_ids: row.parsed.commissions.clone(),
        text: row.parsed.text.clone().unwrap_or_default(),
        agreement_id: None,
        meeting_id: None,
        themes: Vec::new(),
        plan_item_ids: Vec::new(),
        due: None,
        due_rule: None,
        due_text: None,
        completion_rule: CompletionRule::All,
        follow_up_institution_id: None,
        beneficiary_ids: Vec::new(),
        depends_on_ids: Vec::new(),
        restricted: false,
        agenda_item_id: None,
        attachments: Vec::new(),
        note: None,
        translations: Translations::default(),
    }
}

/// The key of the rows of one commitment.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Known(CommitmentId),
    New(Vec<CommissionId>, Option<Ref<MeetingId>>, Option<Ref<AgreementId>>, String),
}

impl Key {
    fn of(row: &ResolvedRow<'_>) -> Self {
        let text = || fold(row.parsed.text.as_deref().unwrap_or_default());
        match row.known {
            Some(id) => Self::Known(id),
            None => Self::New(row.parsed.commissions.clone(), row.meeting, row.agreement, text()),
        }
    }
}

/// Decides the changes of every commitment that the rows name. Adds the faults to the matrix.
pub(super) fn decide(snapshot: &Snapshot, matrix: &mut ResolvedMatrix<'_>) -> Vec<CommitmentChange> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut index_of: HashMap<Key, usize> = HashMap::new();
    for (n, row) in matrix.rows.iter().enumerate().filter(|(_, row)| !row.rejected) {
        let at = *index_of.entry(Key::of(row)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(n),
            None => groups.push(vec![n]),
        }
    }
    let mut columns = InstitutionsColumns::default();
    groups.into_iter().filter_map(|rows| decide_one(snapshot, matrix, rows, &mut columns)).collect()
}

fn decide_one(
    snapshot: &Snapshot,
    matrix: &mut ResolvedMatrix<'_>,
    rows: Vec<usize>,
    columns: &mut InstitutionsColumns,
) -> Option<CommitmentChange> {
    let ResolvedMatrix { rows: all, faults, questions, .. } = matrix;
    faults.extend(reject_contradictions(snapshot, all, &rows));
    let first = all.get(*rows.first()?)?;
    let known = first.known.and_then(|id| snapshot.commitments.get(&id));
    let mut change = CommitmentChange::new(first, known, rows.clone());
    let only = rows.len() == 1;
    for n in rows {
        let Some(row) = all.get_mut(n) else { continue };
        match known {
            Some(known) => {
                revise(snapshot, known, row, &mut change);
                faults.extend(revise_term(snapshot, known, n, row, &mut change));
            }
            None => {
                row.note_all();
                row.parsed.term.iter().for_each(|term| term.set_on(&mut change.input, None));
            }
        }
        assign(snapshot, known, row, &mut change);
        let mut found = progress::decide_steps(snapshot, known, n, row, only, &mut change.steps);
        for fault in found.iter_mut().filter(|fault| fault.code == progress::RESPONSIBLE_NEEDED) {
            let column = columns.of(row.sheet);
            fault.args.extend(column.fault_args.iter().cloned());
            column.question.iter().for_each(|question| questions.add_row(question, row.row.number));
        }
        faults.extend(found);
    }
    Some(change)
}

/// Changes text, session and agreement of a commitment on record, if the row states others.
fn revise(snapshot: &Snapshot, known: &Commitment, row: &mut ResolvedRow<'_>, change: &mut CommitmentChange) {
    let own_text = &known.fields.text;
    if let Some(text) = row.parsed.text.clone().filter(|text| !is_same_text(text, own_text)) {
        row.note(Column::Commitment, Some(own_text.clone()), Some(text.clone()));
        change.input.text = text;
        change.revised = true;
    }
    let session = snapshot.session_of(known);
    if row.meeting.is_some() && row.meeting != session.map(|session| Ref::Known(session.id)) {
        let before = session.map(|session| session.fields.title.clone());
        row.note(row.parsed.session_column(), before, Some(row.parsed.session.name(snapshot.lang)));
        change.meeting = row.meeting;
        change.revised = true;
    }
    let agreement = snapshot.agreement_of(known);
    if row.agreement.is_some() && row.agreement != agreement.map(|one| Ref::Known(one.id)) {
        row.note(Column::Agreement, agreement.map(|one| one.fields.title.clone()), row.parsed.agreement.clone());
        change.agreement = row.agreement;
        change.revised = true;
    }
}

/// Checks whether two texts are equal except for their spaces.
fn is_same_text(one: &str, two: &str) -> bool {
    one.split_whitespace().eq(two.split_whitespace())
}

/// Changes the term, if the row states another: of the named institutions that have a term of their own, and of the
/// commitment unless all of them have one.
fn revise_term(
    snapshot: &Snapshot,
    known: &Commitment,
    n: usize,
    row: &mut ResolvedRow<'_>,
    change: &mut CommitmentChange,
) -> Option<Fault> {
    let named = row.parsed.responsible.clone();
    let stated = row.parsed.term.clone().filter(|term| !term.is_on_record(known, &named))?;
    for part in own_terms(known, &named).filter(|_| !named.is_empty()) {
        let Some(TermValue::Due(due)) = &stated.value else {
            let args = vec![("name", snapshot.labels([part.fields.institution_id]))];
            return Some(row.reject(stated.column, "own_term", args));
        };
        row.note(stated.column, part.fields.due.as_ref().map(ToString::to_string), Some(stated.shown()));
        change.terms.push(PartTerm { part: part.id, due: due.clone(), row: n });
    }
    if includes_main_term(known, &named) {
        row.note(stated.column, shown_term(known), Some(stated.shown()));
        stated.set_on(&mut change.input, Some(known));
        change.revised = true;
    }
    None
}

/// Adds the institutions that the row names and the commitment lacks. One that it does not name stays.
fn assign(snapshot: &Snapshot, known: Option<&Commitment>, row: &mut ResolvedRow<'_>, change: &mut CommitmentChange) {
    let present = || known.iter().flat_map(|known| &known.assignments).map(|part| part.fields.institution_id);
    let is_missing = |one: &&Responsible| !present().any(|id| id == one.institution);
    let missing: Vec<Responsible> = row.parsed.responsible.iter().filter(is_missing).copied().collect();
    let part = |one: &Responsible| AssignmentInput {
        institution_id: one.institution,
        role: one.role,
        due: None,
        target: None,
    };
    let columns =
        [(AssignmentRole::Responsible, Column::Responsible), (AssignmentRole::CoResponsible, Column::CoResponsible)];
    for (role, column) in columns.into_iter().filter(|_| known.is_some()) {
        let mut added = missing.iter().filter(|one| one.role == role).map(|one| one.institution).peekable();
        if added.peek().is_some() {
            let before = Some(snapshot.labels(present())).filter(|labels| !labels.is_empty());
            row.note(column, before, Some(snapshot.labels(added)));
        }
    }
    change.added.extend(missing.iter().map(part));
}

/// The values of the earlier rows of a commitment, each with the number of its row. Rows of one commitment name each
/// institution once, and agree on everything that is the commitment's own. An empty cell agrees.
#[derive(Default)]
struct EarlierRows {
    institutions: HashMap<InstitutionId, u32>,
    first: Option<u32>,
    text: Option<(u32, String)>,
    term: Option<(u32, ComparedTerm)>,
    meeting: Option<(u32, Ref<MeetingId>)>,
    agreement: Option<(u32, Ref<AgreementId>)>,
}

/// A term in comparisons of rows: the one on record, in any words, or another.
#[derive(PartialEq)]
enum ComparedTerm {
    OnRecord,
    Other(Option<TermValue>),
}

/// Rejects the rows that contradict an earlier row of the same commitment; each fault names both rows.
fn reject_contradictions(snapshot: &Snapshot, all: &mut [ResolvedRow<'_>], rows: &[usize]) -> Vec<Fault> {
    let mut earlier = EarlierRows::default();
    let mut faults = Vec::new();
    for n in rows {
        let Some(row) = all.get_mut(*n) else { continue };
        let known = row.known.and_then(|id| snapshot.commitments.get(&id));
        if let Err(refusal) = earlier.add(snapshot, known, row) {
            faults.push(row.refuse(refusal));
        }
    }
    faults
}

impl EarlierRows {
    /// Adds a row, unless it contradicts an earlier one.
    fn add(&mut self, snapshot: &Snapshot, known: Option<&Commitment>, row: &ResolvedRow<'_>) -> Result<(), Refusal> {
        let (number, parsed) = (row.row.number, &row.parsed);
        let first = *self.first.get_or_insert(number);
        let named = &parsed.responsible;
        let twice = named.iter().find_map(|one| Some((one.institution, *self.institutions.get(&one.institution)?)));
        if let Some((id, other)) = twice {
            let args = vec![("other", other.to_string()), ("name", snapshot.labels([id]))];
            return Err(Refusal { column: Column::Responsible, code: "same_in_row", args });
        }
        if named.is_empty() && first != number {
            let args = vec![("other", first.to_string())];
            return Err(Refusal { column: Column::Commitment, code: "same_commitment", args });
        }
        self.institutions.extend(named.iter().map(|one| (one.institution, number)));
        let text = compare(&mut self.text, number, parsed.text.clone(), |one, two| is_same_text(one, two));
        let term = parsed.term.as_ref().filter(|_| known.is_none_or(|known| includes_main_term(known, named)));
        let term_column = term.map_or(Column::Term, |term| term.column);
        let term = term.map(|term| match known {
            Some(known) if term.is_on_record(known, named) => ComparedTerm::OnRecord,
            _ => ComparedTerm::Other(term.value.clone()),
        });
        let term = compare(&mut self.term, number, term, PartialEq::eq);
        let meeting = row.meeting.filter(|_| parsed.session.is_stated());
        let meeting = compare(&mut self.meeting, number, meeting, PartialEq::eq);
        let agreement = row.agreement.filter(|_| parsed.agreement.is_some());
        let agreement = compare(&mut self.agreement, number, agreement, PartialEq::eq);
        let columns = [
            (Column::Commitment, text),
            (term_column, term),
            (parsed.session_column(), meeting),
            (Column::Agreement, agreement),
        ];
        match columns.into_iter().find_map(|(column, other)| Some((column, other?))) {
            Some((column, other)) => {
                Err(Refusal { column, code: "other_in_row", args: vec![("other", other.to_string())] })
            }
            None => Ok(()),
        }
    }
}

/// Returns the earlier row that states another value; keeps the first value that is stated.
fn compare<T>(earlier: &mut Option<(u32, T)>, row: u32, now: Option<T>, same: impl Fn(&T, &T) -> bool) -> Option<u32> {
    let now = now?;
    match earlier {
        Some((other, before)) => (!same(before, &now)).then_some(*other),
        None => {
            *earlier = Some((row, now));
            None
        }
    }
}
