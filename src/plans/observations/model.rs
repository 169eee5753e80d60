//! What an observation is.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, ObservationId, PlanItemId};
use crate::error::Faults;
use crate::http::Input;
use crate::themes::Theme;

crate::text_enum! {
    /// What was observed.
    ObservationKind {
        Challenge = "challenge",
        Lesson = "lesson",
        SupportNeed = "support_need",
        Success = "success",
    }
}

/// What an observation is made of.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ObservationInput {
    /// The country that it is about.
    #[schema(examples("CL"), max_length = 2)]
    pub country_code: String,
    /// What was observed.
    #[schema(examples("challenge"))]
    pub kind: ObservationKind,
    /// The observation itself.
    #[schema(examples("Faltan sistemas para que las instituciones se traspasen información."), max_length = 10_000)]
    pub text: String,
    /// How it was or will be met.
    #[deserr(default)]
    #[schema(examples("Se acordó un protocolo de traspaso de datos."), max_length = 10_000)]
    pub response: Option<String>,
    /// From whom support is asked.
    #[deserr(default)]
    #[schema(examples("OIT"), max_length = 500)]
    pub addressee: Option<String>,
    /// In what way support is asked.
    #[deserr(default)]
    #[schema(examples("Asistencia técnica"), max_length = 500)]
    pub modality: Option<String>,
    /// The matters that it touches.
    #[deserr(default)]
    #[schema(examples(json!(["child_labour"])), required = false)]
    pub themes: Vec<Theme>,
    /// The items of plans that it is about.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// When it was noted.
    #[deserr(default)]
    #[schema(examples("2023-12"))]
    pub noted: Option<PartialDate>,
    /// The commissions that it comes from, all of its country.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub commission_ids: Vec<CommissionId>,
}

impl Input for ObservationInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/text", &self.text, 10_000);
        faults.opt_text("/response", self.response.as_ref(), 10_000);
        faults.opt_text("/addressee", self.addressee.as_ref(), 500);
        faults.opt_text("/modality", self.modality.as_ref(), 500);
        faults.distinct("/themes", &self.themes, Theme::ALL.len());
        faults.distinct("/plan_item_ids", &self.plan_item_ids, 100);
        faults.distinct("/commission_ids", &self.commission_ids, 100);
    }
}

/// A challenge, lesson, need for support or success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Observation {
    /// The observation's id.
    pub id: ObservationId,
    #[serde(flatten)]
    pub fields: ObservationInput,
    /// The first day that `noted` can mean.
    #[schema(examples("2023-12-01"))]
    pub noted_from: Option<NaiveDate>,
    /// The last day that `noted` can mean.
    #[schema(examples("2023-12-31"))]
    pub noted_to: Option<NaiveDate>,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Observation {
    pub fn new(id: ObservationId, mut fields: ObservationInput, created_at: Instant, updated_at: Instant) -> Self {
        fields.themes.sort_unstable();
        let (noted_from, noted_to) =
            (fields.noted.as_ref().map(PartialDate::from), fields.noted.as_ref().map(PartialDate::to));
        Self { id, fields, noted_from, noted_to, created_at, updated_at }
    }

    pub fn input(&self) -> ObservationInput {
        self.fields.clone()
    }
}

crate::nothing_restricted!(Observation);
