//! What is to be done with one commitment, done through the actions of commitments.

use super::changes::{Change, OwnTerm};
use super::effects::{CommitmentEffect, PartEffect, TermEffect};
use super::progress::{Act, Deed};
use super::scene::Scene;
use super::write::checked;
use crate::commitments::{
    AssignmentChange, Commitment, CommitmentInput, ReportedStatus, ReviewInput, ReviewOutcome, add_assignment,
    cancel_assignment, change_assignment, create_commitment, import_review, import_update, report_update,
    update_commitment,
};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::exchange::model::Outcome;
use crate::identity::Actor;

/// Why a term that stood already is another after an import.
const CORRECTED: &str = "Corregido por la importación de la matriz de seguimiento.";

/// Who does it, and where.
pub struct Carrying<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub actor: &'w Actor,
    /// What is reported as done counts at once.
    pub accepts: bool,
    /// The row of what is being done, while it is one row's.
    pub at: &'w mut Option<usize>,
}

impl Carrying<'_, '_> {
    /// Does all of it; None when that is nothing.
    pub fn carry_out(
        mut self,
        scene: &Scene,
        change: &Change,
        input: CommitmentInput,
    ) -> Result<Option<CommitmentEffect>> {
        let known = change.known.and_then(|id| scene.commitments.get(&id));
        let (mut stands, mut effect) = match known {
            Some(_) if change.outcome() == Outcome::Unchanged => return Ok(None),
            Some(known) => self.revise(known, change, input)?,
            None => self.create(input)?,
        };
        for part in &change.added {
            let added = add_assignment(self.tx, self.actor, stands.id, part.clone())?;
            effect.added.push(added.id);
            effect.assigned += 1;
            stands.assignments.push(added);
        }
        for term in &change.terms {
            *self.at = Some(term.line);
            effect.terms.push(self.change_term(&stands, term)?);
        }
        for act in &change.acts {
            *self.at = Some(act.line);
            effect.parts.extend(self.act(&stands, act)?);
        }
        *self.at = None;
        Ok(Some(effect))
    }

    fn revise(
        &mut self,
        known: &Commitment,
        change: &Change,
        input: CommitmentInput,
    ) -> Result<(Commitment, CommitmentEffect)> {
        let mut effect = CommitmentEffect::of(known);
        if change.revised {
            checked(&input)?;
            effect.before = Some(serde_json::to_value(&known.fields).map_err(Error::internal)?);
            update_commitment(self.tx, self.actor, known.id, input, Some(CORRECTED.to_owned()))?;
        }
        Ok((known.clone(), effect))
    }

    fn create(&mut self, input: CommitmentInput) -> Result<(Commitment, CommitmentEffect)> {
        checked(&input)?;
        let made = create_commitment(self.tx, self.actor, input)?;
        let effect =
            CommitmentEffect { created: true, assigned: made.assignments.len(), ..CommitmentEffect::of(&made) };
        Ok((made, effect))
    }

    fn change_term(&mut self, stands: &Commitment, term: &OwnTerm) -> Result<TermEffect> {
        let part = stands.assignment(term.part)?;
        let due = Some(term.due.clone());
        let input = AssignmentChange { due, correction_reason: Some(CORRECTED.to_owned()), ..part.input() };
        change_assignment(self.tx, self.actor, stands.id, part.id, input)?;
        Ok(TermEffect { assignment_id: part.id, due: part.fields.due.as_ref().map(ToString::to_string) })
    }

    fn act(&mut self, stands: &Commitment, act: &Act) -> Result<Option<PartEffect>> {
        let part = stands.assignments.iter().find(|part| part.fields.institution_id == act.institution);
        let Some(part) = part else { return Ok(None) };
        let of = (stands.id, part.id);
        let mut effect = PartEffect { assignment_id: part.id, updates: Vec::new(), before: part.progress };
        match &act.deed {
            Deed::Cancel(reason) => {
                cancel_assignment(self.tx, self.actor, of.0, of.1, reason.clone())?;
            }
            Deed::Report(input) => {
                checked(input)?;
                let update = match self.accepts {
                    true => import_update(self.tx, self.actor, of, input.clone(), true)?,
                    false => report_update(self.tx, self.actor, of.0, of.1, input.clone())?,
                };
                effect.updates.push(update.id);
                if self.accepts && input.status == ReportedStatus::Completed {
                    let review = ReviewInput { outcome: ReviewOutcome::Accepted, comment: None };
                    import_review(self.tx, self.actor, update.id, review, true)?;
                }
            }
        }
        Ok(Some(effect))
    }
}
