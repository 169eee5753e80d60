//! What becomes of each commitment: rows of one commitment together, each cell set against the record.

use std::collections::HashMap;

use super::plan::{Line, Plan, Ref};
use super::progress::{self, Act};
use super::scene::Scene;
use super::stated::StatedTerm;
use super::words::fold;
use super::words::headings::Column;
use super::words::states::State;
use super::words::terms::Term;
use crate::commitments::{AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule};
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId};
use crate::exchange::model::Outcome;

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
    pub acts: Vec<Act>,
    /// Its rows, by their places in the plan.
    pub lines: Vec<usize>,
}

impl Change {
    /// What becomes of the commitment, when nothing forbids it.
    pub fn outcome(&self) -> Outcome {
        match self.known {
            None => Outcome::Created,
            Some(_) if !self.revised && self.added.is_empty() && self.acts.is_empty() => Outcome::Unchanged,
            Some(_) => Outcome::Updated,
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
        self.refuse_contradictions(scene, &lines);
        let Some(first) = lines.first().and_then(|n| self.lines.get(*n)) else { return };
        let known = first.known.and_then(|id| scene.commitments.get(&id));
        let mut change = Change {
            known: first.known,
            meeting: first.meeting,
            agreement: first.agreement,
            input: known.map_or_else(
                || new_input(first),
                |known| CommitmentInput { assignments: Vec::new(), ..known.fields.clone() },
            ),
            revised: false,
            added: Vec::new(),
            acts: Vec::new(),
            lines: lines.clone(),
        };
        let count = lines.len();
        for n in lines {
            let Some(line) = self.lines.get_mut(n) else { continue };
            match known {
                Some(known) => revise(scene, known, line, &mut change),
                None => line.note_all(),
            }
            assign(scene, known, line, &mut change);
            let (acts, faults) = progress::acts(scene, known, line, (n, count == 1));
            change.acts.extend(acts);
            self.faults.extend(faults);
        }
        self.changes.push(change);
    }

    /// The rows of one commitment name each institution once, and agree on what is the commitment's own.
    fn refuse_contradictions(&mut self, scene: &Scene, lines: &[usize]) {
        let mut seen: HashMap<InstitutionId, u32> = HashMap::new();
        let mut first: Option<(u32, Option<StatedTerm>)> = None;
        for n in lines {
            let Some(line) = self.lines.get_mut(*n) else { continue };
            let number = line.row.number;
            let own: Vec<InstitutionId> = line.stated.responsible.iter().map(|(id, _)| *id).collect();
            let twice = own.iter().find_map(|id| Some((*id, *seen.get(id)?)));
            let (other, term) = first.get_or_insert_with(|| (number, line.stated.term.clone())).clone();
            let alone = own.is_empty() && other != number;
            if let Some((id, row)) = twice {
                let args = vec![("name", scene.called([id])), ("other", row.to_string())];
                self.faults.push(line.refuse(Column::Responsible, "same_in_row", args));
            } else if alone {
                let args = vec![("other", other.to_string())];
                self.faults.push(line.refuse(Column::Commitment, "same_commitment", args));
            } else if let Some(own_term) =
                line.stated.term.as_ref().filter(|own| term.as_ref().is_some_and(|term| term.term != own.term))
            {
                let column = own_term.column;
                self.faults.push(line.refuse(column, "other_term_in_row", vec![("other", other.to_string())]));
            }
            seen.extend(own.into_iter().map(|id| (id, number)));
        }
    }
}

fn new_input(line: &Line<'_>) -> CommitmentInput {
    let mut input = CommitmentInput {
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
    };
    if let Some(term) = &line.stated.term {
        set_term(&mut input, term);
    }
    input
}

fn set_term(input: &mut CommitmentInput, stated: &StatedTerm) {
    (input.due, input.due_rule) = match &stated.term {
        Term::Due(date) => (Some(date.clone()), None),
        Term::Counted(rule) => (None, Some(*rule)),
        Term::Open => (None, None),
    };
    input.due_text.clone_from(&stated.words);
}

/// Text, term, session and agreement of a commitment on record, where the row says something else.
fn revise(scene: &Scene, known: &Commitment, line: &mut Line<'_>, change: &mut Change) {
    if let Some(text) =
        line.stated.text.clone().filter(|text| !text.split_whitespace().eq(known.fields.text.split_whitespace()))
    {
        line.note(Column::Commitment, Some(known.fields.text.clone()), Some(text.clone()));
        change.input.text = text;
        change.revised = true;
    }
    if let Some(term) = line.stated.term.clone().filter(|term| !holds(known, term)) {
        line.note(term.column, shown_term(&known.fields, known), Some(shown_stated(&term)));
        if dated(known, &term) {
            change.input.due_text.clone_from(&term.words);
        } else {
            set_term(&mut change.input, &term);
        }
        change.revised = true;
    }
    let session = scene.session_of(known);
    if line.meeting.is_some() && line.meeting != session.map(|session| Ref::Known(session.id)) {
        let column = if line.stated.session.title.is_some() { Column::Session } else { Column::SessionDate };
        line.note(column, session.map(|session| session.fields.title.clone()), Some(line.stated.session.name()));
        change.meeting = line.meeting;
        change.revised = true;
    } else {
        change.meeting = known.fields.meeting_id.map(Ref::Known);
    }
    let agreement = scene.agreement_of(known);
    if line.agreement != agreement.map(|one| Ref::Known(one.id)) {
        line.note(Column::Agreement, agreement.map(|one| one.fields.title.clone()), line.stated.agreement.clone());
        change.agreement = line.agreement;
        change.revised = true;
    }
}

/// Whether the days of a term are those on record.
fn dated(known: &Commitment, stated: &StatedTerm) -> bool {
    match &stated.term {
        Term::Due(date) => {
            known.fields.due.as_ref() == Some(date) || (date.from() == date.to() && known.due_to == Some(date.to()))
        }
        Term::Counted(rule) => known.fields.due_rule.as_ref() == Some(rule),
        Term::Open => known.due_to.is_none(),
    }
}

/// Whether the record says what the row says of its term, in these words or none.
fn holds(known: &Commitment, stated: &StatedTerm) -> bool {
    let same_words = match (&stated.words, &known.fields.due_text) {
        (None, _) => true,
        (Some(words), Some(own)) => fold(words) == fold(own),
        // Words that say no more than the date on record, or that there is none.
        (Some(words), None) => stated.term != Term::Open || fold(words) == "sin plazo",
    };
    dated(known, stated) && same_words
}

fn shown_term(fields: &CommitmentInput, known: &Commitment) -> Option<String> {
    let date = fields.due.as_ref().map(ToString::to_string).or_else(|| known.due_to.map(|day| day.to_string()));
    match (&fields.due_text, date) {
        (Some(words), Some(date)) => Some(format!("{words} ({date})")),
        (words, date) => words.clone().or(date),
    }
}

fn shown_stated(stated: &StatedTerm) -> String {
    let date = match &stated.term {
        Term::Due(date) => Some(date.to_string()),
        Term::Counted(rule) => Some(format!("{} {}, {}", rule.count, rule.unit, rule.from)),
        Term::Open => None,
    };
    match (&stated.words, date) {
        (Some(words), Some(date)) => format!("{words} ({date})"),
        (words, date) => words.clone().or(date).unwrap_or_default(),
    }
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
