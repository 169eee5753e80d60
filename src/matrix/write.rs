//! A plan carried out through the actions of the slices, by whoever imports; each broken rule is a fault at its cell.

use std::collections::HashMap;

use super::carry::Carrying;
use super::changes::Change;
use super::effects::{CommitmentEffect, Effect};
use super::plan::{New, Plan, Ref};
use super::report::MatrixReport;
use super::scene::Scene;
use super::table::Place;
use super::words::headings::Column;
use crate::agreements::create_agreement;
use crate::commitments::{CommitmentInput, changes_of};
use crate::datasets::{Kind, Outcome};
use crate::db::{AgreementId, CommitmentId, Db, MeetingId, Tx};
use crate::error::{Error, Fault, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::meetings::create_meeting;

/// Tells how many of how many commitments have been gone over.
pub type Progressing<'p> = &'p dyn Fn(usize, usize);

/// The number of commitments that are changed in one part of the transaction.
const AT_ONCE: usize = 50;

/// Carries a plan out.
pub struct Writer<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub actor: &'w Actor,
    pub report: &'w mut MatrixReport,
    pub effects: Vec<Effect>,
    /// The codes of the commitments of the plan's lines.
    pub codes: HashMap<usize, String>,
    meetings: Vec<Option<MeetingId>>,
    agreements: Vec<Option<AgreementId>>,
}

impl<'w, 'c> Writer<'w, 'c> {
    pub fn new(tx: &'w mut Tx<'c>, actor: &'w Actor, report: &'w mut MatrixReport) -> Self {
        let (meetings, agreements, codes) = (Vec::new(), Vec::new(), HashMap::new());
        Self { tx, actor, report, effects: Vec::new(), codes, meetings, agreements }
    }

    pub fn carry_out(&mut self, scene: &Scene, plan: &mut Plan<'_>, progressing: Progressing<'_>) -> Result<()> {
        for new in std::mem::take(&mut plan.meetings) {
            let made = self.make(Kind::Meeting, new.place.clone(), &new.input.clone(), |tx, actor| {
                Ok(create_meeting(tx, actor, new.input)?.id)
            })?;
            self.effects.extend(made.map(|id| Effect::Meeting { id }));
            self.meetings.push(made);
        }
        for New { mut input, on, place } in std::mem::take(&mut plan.agreements) {
            let session = self.session(on);
            input.meeting_id = session;
            let made = match (on, session) {
                (Some(_), None) => None,
                _ => self.make(Kind::Agreement, place, &input.clone(), |tx, actor| {
                    Ok(create_agreement(tx, actor, input)?.id)
                })?,
            };
            self.effects.extend(made.map(|id| Effect::Agreement { id }));
            self.agreements.push(made);
        }
        let changes = std::mem::take(&mut plan.changes);
        let mut done = 0;
        for some in changes.chunks(AT_ONCE) {
            progressing(done, changes.len());
            done += some.len();
            self.change_some(scene, plan, some)?;
        }
        progressing(done, changes.len());
        Ok(())
    }

    /// Carries out some changes in one part of the transaction. When one of them is refused, all are undone and then
    /// done one by one, so that every refused change is reported. A part costs two statements on PostgreSQL, which
    /// slows down when a transaction has thousands of parts.
    fn change_some(&mut self, scene: &Scene, plan: &mut Plan<'_>, changes: &[Change]) -> Result<()> {
        let inputs: Vec<CommitmentInput> = changes.iter().map(|change| self.input(change)).collect();
        let actor = self.actor;
        let together = self.tx.attempt(|tx| {
            let mut effects = Vec::new();
            for (change, input) in changes.iter().zip(inputs) {
                let carrying = Carrying { tx, actor, at: &mut None };
                effects.push(carrying.carry_out_if_needed(scene, change, input)?);
            }
            Ok(effects)
        });
        match together {
            Ok(effects) => changes.iter().zip(effects).for_each(|(change, effect)| self.changed(change, effect)),
            Err(_) => changes.iter().try_for_each(|change| self.change(scene, plan, change))?,
        }
        Ok(())
    }

    fn make<Id, I: Input>(
        &mut self,
        kind: Kind,
        place: Place,
        input: &I,
        create: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<Id>,
    ) -> Result<Option<Id>> {
        let actor = self.actor;
        let made = checked(input).and_then(|()| self.tx.attempt(|tx| create(tx, actor)));
        match made {
            Ok(id) => {
                self.report.counts.count(kind, Outcome::Created);
                Ok(Some(id))
            }
            Err(error) => {
                self.report.counts.count(kind, Outcome::Rejected);
                self.tell(error, |_| place.clone()).map(|()| None)
            }
        }
    }

    fn session(&self, meeting: Option<Ref<MeetingId>>) -> Option<MeetingId> {
        match meeting? {
            Ref::Known(id) => Some(id),
            Ref::New(n) => self.meetings.get(n).copied().flatten(),
        }
    }

    fn agreement(&self, agreement: Option<Ref<AgreementId>>) -> Option<AgreementId> {
        match agreement? {
            Ref::Known(id) => Some(id),
            Ref::New(n) => self.agreements.get(n).copied().flatten(),
        }
    }

    /// Returns the commitment as it is to be after the change, with its session and agreement.
    fn input(&self, change: &Change) -> CommitmentInput {
        CommitmentInput {
            meeting_id: self.session(change.meeting),
            agreement_id: self.agreement(change.agreement),
            ..change.input.clone()
        }
    }

    fn change(&mut self, scene: &Scene, plan: &mut Plan<'_>, change: &Change) -> Result<()> {
        let input = self.input(change);
        let actor = self.actor;
        let mut at = None;
        let done = self.tx.attempt(|tx| Carrying { tx, actor, at: &mut at }.carry_out_if_needed(scene, change, input));
        match done {
            Ok(effect) => {
                self.changed(change, effect);
                Ok(())
            }
            Err(error) => {
                self.report.counts.count(Kind::Commitment, Outcome::Rejected);
                let line = at.or_else(|| change.lines.first().copied()).unwrap_or_default();
                let Some(line) = plan.lines.get_mut(line) else { return Err(error) };
                line.rejected = true;
                self.tell(error, |pointer| line.place(column_of(pointer)))
            }
        }
    }

    /// Counts the effect on a commitment.
    fn changed(&mut self, change: &Change, effect: Option<CommitmentEffect>) {
        self.report.counts.count(Kind::Commitment, change.outcome());
        let Some(effect) = effect else { return };
        self.count_parts(&effect);
        self.codes.extend(change.lines.iter().map(|line| (*line, effect.code.clone())));
        self.effects.push(Effect::Commitment(effect));
    }

    fn count_parts(&mut self, effect: &CommitmentEffect) {
        for _ in 0..effect.assigned {
            self.report.counts.count(Kind::Assignment, Outcome::Created);
        }
        for _ in &effect.terms {
            self.report.counts.count(Kind::Assignment, Outcome::Updated);
        }
        for _ in effect.parts.iter().flat_map(|part| &part.updates) {
            self.report.counts.count(Kind::Update, Outcome::Created);
        }
    }

    /// A rule that an action found broken becomes faults of the file; a failure of the program ends the import.
    fn tell(&mut self, error: Error, place: impl Fn(&str) -> Place) -> Result<()> {
        if error.code.status() >= 500 {
            return Err(error);
        }
        if error.faults.is_empty() {
            self.report.faults.push(place("").fault(error.code.as_str(), None, error.args));
            return Ok(());
        }
        let told = |fault: Fault| place(&fault.pointer).fault(fault.code, None, fault.args);
        self.report.faults.extend(error.faults.into_iter().map(told));
        Ok(())
    }
}

/// Counts the events of each commitment at the end of the import. A larger number later means that somebody has changed
/// the commitment since.
pub fn count_events(conn: &mut Db, effects: &mut [Effect]) -> Result<()> {
    let of = |effect: &Effect| match effect {
        Effect::Commitment(one) => Some(one.id),
        _ => None,
    };
    let ids: Vec<CommitmentId> = effects.iter().filter_map(of).collect();
    let events = changes_of(conn, &ids)?;
    for effect in effects {
        if let Effect::Commitment(one) = effect {
            one.events = events.get(&one.id).copied().unwrap_or_default();
        }
    }
    Ok(())
}

pub fn checked<I: Input>(input: &I) -> Result<()> {
    let mut faults = Faults::default();
    input.check(&mut faults);
    faults.into_result()
}

/// The column that a field of the API comes from.
fn column_of(pointer: &str) -> Column {
    let field = pointer.split('/').nth(1).unwrap_or_default();
    match field {
        "due" | "due_rule" | "due_text" => Column::Term,
        "assignments" | "institution_id" => Column::Responsible,
        "commission_ids" => Column::Commission,
        "meeting_id" => Column::Session,
        "agreement_id" => Column::Agreement,
        "narrative" => Column::Remarks,
        "percent" => Column::Percent,
        "evidence" => Column::Evidence,
        "reported_on" => Column::DoneOn,
        "status" => Column::State,
        _ => Column::Commitment,
    }
}
