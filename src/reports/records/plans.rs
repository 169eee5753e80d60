//! The roadmap, other plans and observations as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::dates::PartialDate;
use crate::db::{ObservationId, PlanId, PlanItemId};
use crate::plans::{ItemStatus, ObservationKind, PlanItemKind};
use crate::reports::questionnaire::Step;
use crate::themes::Theme;

/// The roadmap that is reported on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Roadmap {
    pub title: String,
    /// In order of position.
    pub items: Vec<Item>,
}

impl Roadmap {
    /// The priorities as the questionnaire asks about them.
    pub fn priorities(&self) -> Vec<Step> {
        self.steps_of(PlanItemKind::Priority).collect()
    }

    /// The next steps whose period meets this one.
    pub fn next_steps(&self, from: NaiveDate, to: NaiveDate) -> Vec<Step> {
        self.steps_of(PlanItemKind::NextStep).filter(|step| step.meets(from, to)).collect()
    }

    fn steps_of(&self, kind: PlanItemKind) -> impl Iterator<Item = Step> {
        self.items.iter().filter(move |item| item.kind == kind).map(|item| item.step.clone())
    }

    pub fn item(&self, id: PlanItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.step.id == id)
    }

    /// The item and everything below it.
    pub fn branch(&self, id: PlanItemId) -> Vec<PlanItemId> {
        let mut branch = vec![id];
        let mut at = 0;
        while let Some(parent) = branch.get(at).copied() {
            let below = self.items.iter().filter(|item| item.parent_id == Some(parent)).map(|item| item.step.id);
            let new: Vec<_> = below.filter(|id| !branch.contains(id)).collect();
            branch.extend(new);
            at += 1;
        }
        branch
    }

    pub fn holds(&self, ids: &[PlanItemId]) -> bool {
        self.items.iter().any(|item| ids.contains(&item.step.id))
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Item {
    pub step: Step,
    pub kind: PlanItemKind,
    pub parent_id: Option<PlanItemId>,
    pub status: Option<ItemStatus>,
    pub comment: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    pub id: PlanId,
    pub title: String,
    pub starts: Option<PartialDate>,
    pub ends: Option<PartialDate>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Observation {
    pub id: ObservationId,
    pub kind: ObservationKind,
    pub text: String,
    pub response: Option<String>,
    pub addressee: Option<String>,
    pub modality: Option<String>,
    pub noted: Option<PartialDate>,
    pub themes: Vec<Theme>,
}
