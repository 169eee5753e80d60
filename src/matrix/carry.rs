//! What is to be done with one commitment, done through the actions of commitments.

use super::changes::{Change, OwnTerm};
use super::effects::{CommitmentEffect, PartEffect, TermEffect};
use super::progress::{Act, Deed};
use super::scene::Scene;
use super::write::checked;
use crate::commitments::{
    AssignmentChange, Commitment, CommitmentInput, add_assignment, cancel_assignment, change_assignment,
    create_commitment, import_report, update_commitment,
};
use crate::datasets::Outcome;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::identity::Actor;

/// Why a term that stood already is another after an import.
const CORRECTED: &str = "Corregido por la importación de la matriz de seguimiento.";

/// Who does it, and where.
pub struct Carrying<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub actor: &'w Actor,
    /// The row of what is being done, while it is one row's.
    pub at: &'w mut Option<usize>,
}

impl Carrying<'_, '_> {
    /// Carries out all changes; does nothing for a commitment that already is as the rows state.
    pub fn carry_out_if_needed(
        self,
        scene: &Scene,
        change: &Change,
        input: CommitmentInput,
    ) -> Result<Option<CommitmentEffect>> {
        if change.outcome() == Outcome::Unchanged { Ok(None) } else { self.carry_out(scene, change, input).map(Some) }
    }

    fn carry_out(mut self, scene: &Scene, change: &Change, input: CommitmentInput) -> Result<CommitmentEffect> {
        let known = change.known.and_then(|id| scene.commitments.get(&id));
        let (mut stands, mut effect) = match known {
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
            effect.terms.push(self.change_term(&mut stands, term)?);
        }
        for act in &change.acts {
            *self.at = Some(act.line);
            effect.parts.extend(self.act(&mut stands, act)?);
        }
        *self.at = None;
        Ok(effect)
    }

    fn revise(
        &mut self,
        known: &Commitment,
        change: &Change,
        input: CommitmentInput,
    ) -> Result<(Commitment, CommitmentEffect)> {
        let mut effect = CommitmentEffect::of(known);
        if !change.revised {
            return Ok((known.clone(), effect));
        }
        checked(&input)?;
        effect.before = Some(serde_json::to_value(&known.fields).map_err(Error::internal)?);
        let revised = update_commitment(self.tx, self.actor, known.id, input, Some(CORRECTED.to_owned()))?;
        Ok((revised, effect))
    }

    fn create(&mut self, input: CommitmentInput) -> Result<(Commitment, CommitmentEffect)> {
        checked(&input)?;
        let made = create_commitment(self.tx, self.actor, input)?;
        let effect =
            CommitmentEffect { created: true, assigned: made.assignments.len(), ..CommitmentEffect::of(&made) };
        Ok((made, effect))
    }

    fn change_term(&mut self, stands: &mut Commitment, term: &OwnTerm) -> Result<TermEffect> {
        let part = stands.assignment_mut(term.part)?;
        let before = part.fields.due.as_ref().map(ToString::to_string);
        let due = Some(term.due.clone());
        let input = AssignmentChange { due, correction_reason: Some(CORRECTED.to_owned()), ..part.input() };
        *part = change_assignment(self.tx, self.actor, part.commitment_id, part.id, input)?;
        Ok(TermEffect { assignment_id: part.id, due: before })
    }

    fn act(&mut self, stands: &mut Commitment, act: &Act) -> Result<Option<PartEffect>> {
        let part = stands.assignments.iter_mut().find(|part| part.fields.institution_id == act.institution);
        let Some(part) = part else { return Ok(None) };
        let mut effect = PartEffect { assignment_id: part.id, updates: Vec::new(), before: part.progress };
        match &act.deed {
            Deed::Cancel(reason) => {
                *part = cancel_assignment(self.tx, self.actor, part.commitment_id, part.id, reason.clone())?;
            }
            Deed::Report(input) => {
                checked(input)?;
                let told = (part.id, input.clone());
                effect.updates.push(import_report(self.tx, self.actor, stands, told)?.id);
            }
        }
        Ok(Some(effect))
    }
}
