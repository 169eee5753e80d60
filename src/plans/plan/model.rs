//! What a plan is.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, PlanId};
use crate::error::Faults;
use crate::http::Input;

crate::text_enum! {
    /// What kind of plan it is.
    PlanKind {
        Roadmap = "roadmap",
        NationalStrategy = "national_strategy",
        NationalPlan = "national_plan",
        Policy = "policy",
        WorkPlan = "work_plan",
        Other = "other",
    }
}

/// What a plan is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PlanInput {
    /// The country that follows it.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// What kind of plan it is.
    #[schema(examples("roadmap"))]
    pub kind: PlanKind,
    /// Its name.
    #[schema(examples("Hoja de Ruta de Chile (2022 – 2025)"), max_length = 500)]
    pub title: String,
    /// When it begins to hold.
    #[deserr(default)]
    #[schema(examples("2022"))]
    pub starts: Option<PartialDate>,
    /// When it ends; not before `starts`.
    #[deserr(default)]
    #[schema(examples("2025"))]
    pub ends: Option<PartialDate>,
    /// The commissions that follow it, all of its country; without any it concerns the whole country.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commission_ids: Vec<CommissionId>,
}

impl Input for PlanInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.ordered("/ends", self.starts.as_ref().map(PartialDate::from), self.ends.as_ref().map(PartialDate::to));
        faults.distinct("/commission_ids", &self.commission_ids, 100);
    }
}

/// A roadmap, strategy, policy or work plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Plan {
    /// The plan's id.
    pub id: PlanId,
    #[serde(flatten)]
    pub fields: PlanInput,
    /// The first day that `starts` can mean.
    #[schema(examples("2023-08-01"))]
    pub starts_from: Option<NaiveDate>,
    /// The last day that `starts` can mean.
    #[schema(examples("2023-08-31"))]
    pub starts_to: Option<NaiveDate>,
    /// The first day that `ends` can mean.
    #[schema(examples("2025-01-01"))]
    pub ends_from: Option<NaiveDate>,
    /// The last day that `ends` can mean.
    #[schema(examples("2025-12-31"))]
    pub ends_to: Option<NaiveDate>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Plan {
    pub fn new(id: PlanId, fields: PlanInput, created_at: Instant, updated_at: Instant) -> Self {
        let (starts, ends) = (fields.starts.clone(), fields.ends.clone());
        Self {
            id,
            starts_from: starts.as_ref().map(PartialDate::from),
            starts_to: starts.as_ref().map(PartialDate::to),
            ends_from: ends.as_ref().map(PartialDate::from),
            ends_to: ends.as_ref().map(PartialDate::to),
            fields,
            created_at,
            updated_at,
        }
    }

    pub fn input(&self) -> PlanInput {
        self.fields.clone()
    }
}

crate::nothing_restricted!(Plan);
