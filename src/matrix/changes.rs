//! What becomes of each commitment: rows of one commitment together, each cell set against the record. An empty cell
//! leaves what stands.

use std::collections::HashMap;

use super::contradictions;
use super::due::{own_terms, shown_term, tells_of_all};
use super::plan::{Line, Plan, Ref};
use super::progress::{self, Act};
use super::scene::Scene;
use super::words::fold;
use super::words::headings::Column;
use super::words::states::State;
use super::words::terms::Term;
use crate::commitments::{AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule};
use crate::datasets::Outcome;
use crate::dates::PartialDate;
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, InstitutionId, MeetingId};
use crate::error::Fault;

/// What is to be done with one commitment.
pub struct Change {
    pub known: Option<CommitmentId>,
    pub meeting: Option<Ref<MeetingId>>,
    pub agreement: Option<Ref<AgreementId>>,
    /// As it shall be, less session and agreement; its assignments are those of a new one.
    pub input: CommitmentInput,
    /// A known one is to be changed.
    pub revised: bool,
    /// Institutions that a known one lacks.
    pub added: Vec<AssignmentInput>,
    /// Terms of their own that parts of a known one have, and shall have instead.
    pub terms: Vec<OwnTerm>,
    pub acts: Vec<Act>,
    /// Its rows, by their places in the plan.
    pub lines: Vec<usize>,
}

/// The term of one part, as the row of this number in the plan states it.
pub struct OwnTerm {
    pub part: AssignmentId,
    pub due: PartialDate,
    pub line: usize,
}

impl Change {
    /// What becomes of the commitment, when nothing forbids it.
    pub fn outcome(&self) -> Outcome {
        match self.known {
            None => Outcome::Created,
            Some(_) if self.revised || !self.terms.is_empty() => Outcome::Updated,
            Some(_) if !self.added.is_empty() || !self.acts.is_empty() => Outcome::Updated,
            Some(_) => Outcome::Unchanged,
        }
    }
}

/// What rows of a new commitment have in common.
type NewKey = (Vec<CommissionId>, Option<Ref<MeetingId>>, Option<Ref<AgreementId>>, String);

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Known(CommitmentId),
    New(NewKey),
}

impl Plan<'_> {
    /// Decides what becomes of every commitment that the rows name.
    pub fn decide(&mut self, scene: &Scene) {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut places: HashMap<Key, usize> = HashMap::new();
        for (n, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.rejected) {
            let key = match line.known {
                Some(id) => Key::Known(id),
                None => {
                    let text = fold(line.stated.text.as_deref().unwrap_or_default());
                    Key::New((line.stated.commissions.clone(), line.meeting, line.agreement, text))
                }
            };
            let next = groups.len();
            let at = *places.entry(key).or_insert(next);
            if at == next {
                groups.push(Vec::new());
            }
            if let Some(group) = groups.get_mut(at) {
                group.push(n);
            }
        }
        for lines in groups {
            self.decide_one(scene, lines);
        }
    }

    fn decide_one(&mut self, scene: &Scene, lines: Vec<usize>) {
        self.faults.extend(contradictions::refuse(scene, &mut self.lines, &lines));
        let Some(first) = lines.first().and_then(|n| self.lines.get(*n)) else { return };
        let known = first.known.and_then(|id| scene.commitments.get(&id));
        let mut change = Change::of(first, known, lines.clone());
        let count = lines.len();
        for n in lines {
            let Some(line) = self.lines.get_mut(n) else { continue };
            match known {
                Some(known) => {
                    revise(scene, known, line, &mut change);
                    self.faults.extend(revise_term(scene, known, (n, &mut *line), &mut change));
                }
                None => {
                    line.note_all();
                    line.stated.term.iter().for_each(|term| term.set_on(&mut change.input, None));
                }
            }
            assign(scene, known, line, &mut change);
            let (acts, faults) = progress::acts(scene, known, line, (n, count == 1));
            change.acts.extend(acts);
            self.faults.extend(faults);
        }
        self.changes.push(change);
    }
}

impl Change {
    /// Nothing yet: a commitment on record as it is, session and agreement included, or a new one.
    fn of(first: &Line<'_>, known: Option<&Commitment>, lines: Vec<usize>) -> Self {
        let (meeting, agreement) = match known {
            Some(known) => (known.fields.meeting_id.map(Ref::Known), known.fields.agreement_id.map(Ref::Known)),
            None => (first.meeting, first.agreement),
        };
        let input = known.map_or_else(
            || new_input(first),
            |known| CommitmentInput { assignments: Vec::new(), ..known.fields.clone() },
        );
        let (added, terms, acts) = (Vec::new(), Vec::new(), Vec::new());
        Self { known: first.known, meeting, agreement, input, revised: false, added, terms, acts, lines }
    }
}

fn new_input(line: &Line<'_>) -> CommitmentInput {
    CommitmentInput {
        commission_ids: line.stated.commissions.clone(),
        text: line.stated.text.clone().unwrap_or_default(),
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
        assignments: Vec::new(),
    }
}

/// Text, session and agreement of a commitment on record, where the row says something else.
fn revise(scene: &Scene, known: &Commitment, line: &mut Line<'_>, change: &mut Change) {
    let own_text = &known.fields.text;
    if let Some(text) = line.stated.text.clone().filter(|text| !same_text(text, own_text)) {
        line.note(Column::Commitment, Some(own_text.clone()), Some(text.clone()));
        change.input.text = text;
        change.revised = true;
    }
    let session = scene.session_of(known);
    if line.meeting.is_some() && line.meeting != session.map(|session| Ref::Known(session.id)) {
        let column = line.stated.session.column();
        line.note(column, session.map(|session| session.fields.title.clone()), Some(line.stated.session.name()));
        change.meeting = line.meeting;
        change.revised = true;
    }
    let agreement = scene.agreement_of(known);
    if line.agreement.is_some() && line.agreement != agreement.map(|one| Ref::Known(one.id)) {
        line.note(Column::Agreement, agreement.map(|one| one.fields.title.clone()), line.stated.agreement.clone());
        change.agreement = line.agreement;
        change.revised = true;
    }
}

/// Whether two texts differ in their spaces at most.
pub fn same_text(one: &str, two: &str) -> bool {
    one.split_whitespace().eq(two.split_whitespace())
}

/// The term, where the row says another: of the institutions that it names and that have one of their own, and of the
/// commitment unless they all do.
fn revise_term(
    scene: &Scene,
    known: &Commitment,
    (n, line): (usize, &mut Line<'_>),
    change: &mut Change,
) -> Option<Fault> {
    let named = line.stated.responsible.clone();
    let stated = line.stated.term.clone().filter(|term| !term.is_on_record(known, &named))?;
    for part in own_terms(known, &named).filter(|_| !named.is_empty()) {
        let Some(Term::Due(due)) = &stated.term else {
            let args = vec![("name", scene.called([part.fields.institution_id]))];
            return Some(line.refuse(stated.column, "own_term", args));
        };
        line.note(stated.column, part.fields.due.as_ref().map(ToString::to_string), Some(stated.shown()));
        change.terms.push(OwnTerm { part: part.id, due: due.clone(), line: n });
    }
    if tells_of_all(known, &named) {
        line.note(stated.column, shown_term(known), Some(stated.shown()));
        stated.set_on(&mut change.input, Some(known));
        change.revised = true;
    }
    None
}

/// The institutions that the row names and the commitment lacks. One that it does not name stays.
fn assign(scene: &Scene, known: Option<&Commitment>, line: &mut Line<'_>, change: &mut Change) {
    let has = |id: InstitutionId| {
        known.is_some_and(|known| known.assignments.iter().any(|part| part.fields.institution_id == id))
    };
    let missing: Vec<(InstitutionId, AssignmentRole)> =
        line.stated.responsible.iter().copied().filter(|(id, _)| !has(*id)).collect();
    let part = |(institution_id, role): (InstitutionId, AssignmentRole)| AssignmentInput {
        institution_id,
        role,
        due: None,
        target: None,
    };
    let Some(known) = known else {
        change.input.assignments.extend(missing.into_iter().map(part));
        return;
    };
    for role in [AssignmentRole::Responsible, AssignmentRole::CoResponsible] {
        let column = if role == AssignmentRole::Responsible { Column::Responsible } else { Column::CoResponsible };
        let new: Vec<InstitutionId> = missing.iter().filter(|(_, own)| *own == role).map(|(id, _)| *id).collect();
        if !new.is_empty() {
            let present = scene.called(known.assignments.iter().map(|part| part.fields.institution_id));
            let before = (!present.is_empty()).then_some(present);
            line.note(column, before, Some(scene.called(new)));
        }
    }
    change.added.extend(missing.into_iter().map(part));
}

impl Line<'_> {
    /// Whether a state is stated that only an institution can have.
    pub fn claims_progress(&self) -> bool {
        let begun = self
            .stated
            .state
            .is_some_and(|state| state != State::Reported(crate::commitments::ReportedStatus::Planned));
        begun
            || self.stated.percent.is_some_and(|percent| percent > 0)
            || !self.stated.evidence.is_empty()
            || self.stated.remarks.is_some()
    }
}
