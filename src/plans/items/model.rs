//! What an item of a plan is.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::in_range;
use crate::db::{InstitutionId, PlanId, PlanItemId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// What an item of a plan is.
    PlanItemKind {
        Priority = "priority",
        NextStep = "next_step",
        Objective = "objective",
        Action = "action",
        Deliverable = "deliverable",
        Milestone = "milestone",
        Service = "service",
        Indicator = "indicator",
    }
}

crate::text_enum! {
    /// How far an item has come: the four choices of the annual progress report.
    ItemStatus {
        NotAchieved = "not_achieved",
        Planned = "planned",
        InProgress = "in_progress",
        Completed = "completed",
    }
}

/// Positions go up to here.
pub const LAST_POSITION: i32 = 1_000_000;

/// What an item of a plan is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PlanItemInput {
    /// What it is.
    #[schema(examples("next_step"))]
    pub kind: PlanItemKind,
    /// What it says.
    #[schema(examples("Información y Conocimiento"), max_length = 2000)]
    pub title: String,
    /// Its place in the plan, 0 to 1,000,000; no two alike (409 `duplicate`); last when left out.
    #[deserr(default)]
    #[schema(examples(1), minimum = 0, maximum = 1_000_000)]
    pub position: Option<i32>,
    /// Its number or heading as printed; labels may repeat.
    #[deserr(default)]
    #[schema(examples("Prioridad 1"), max_length = 200)]
    pub label: Option<String>,
    /// The item of the same plan that it is a part of.
    #[deserr(default)]
    pub parent_id: Option<PlanItemId>,
    /// The first day of its own period.
    #[deserr(default)]
    #[schema(examples("2023-05-01"))]
    pub period_from: Option<NaiveDate>,
    /// The last day of its own period.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub period_to: Option<NaiveDate>,
    /// How far it has come, as people decided; null: not said.
    #[deserr(default)]
    #[schema(examples("in_progress"))]
    pub status: Option<ItemStatus>,
    /// A remark on the status.
    #[deserr(default)]
    #[schema(examples("Avance sostenido en las tres comisiones."), max_length = 10_000)]
    pub comment: Option<String>,
    /// The institutions that answer for it.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub responsible_ids: Vec<InstitutionId>,
}

impl Input for PlanItemInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 2000);
        if let Some(position) = self.position {
            faults.within("/position", position, 0, LAST_POSITION);
        }
        faults.opt_text("/label", self.label.as_ref(), 200);
        for (pointer, day) in [("/period_from", self.period_from), ("/period_to", self.period_to)] {
            if day.is_some_and(|day| !in_range(day)) {
                faults.add(pointer, "invalid_date");
            }
        }
        faults.ordered("/period_to", self.period_from, self.period_to);
        faults.opt_text("/comment", self.comment.as_ref(), 10_000);
        faults.distinct("/responsible_ids", &self.responsible_ids, 100);
    }
}

/// An item of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlanItem {
    /// The item's id.
    pub id: PlanItemId,
    /// The plan that it stands in.
    pub plan_id: PlanId,
    #[serde(flatten)]
    pub fields: PlanItemInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl PlanItem {
    pub fn input(&self) -> PlanItemInput {
        self.fields.clone()
    }
}

crate::nothing_restricted!(PlanItem);
