//! What a commitment is made of, as it is sent.

use deserr::Deserr;
use serde::Serialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

use super::completion::{CompletionRule, Quantity};
use super::term::DueRule;
use crate::dates::PartialDate;
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId};
use crate::error::Faults;
use crate::http::Input;
use crate::themes::Theme;

crate::text_enum! {
    /// How an institution answers for a commitment.
    AssignmentRole { Responsible = "responsible", CoResponsible = "co_responsible" }
}

/// What was promised.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CommitmentInput {
    /// The commissions that follow it; the first one leads.
    #[schema(min_items = 1, max_items = 50)]
    pub commission_ids: Vec<CommissionId>,
    /// What is to be done.
    #[schema(examples("Elaborar un protocolo binacional para los casos de trabajo infantil"), max_length = 10000)]
    pub text: String,
    /// The agreement that it comes from.
    #[deserr(default)]
    pub agreement_id: Option<AgreementId>,
    /// The session in which it was made.
    #[deserr(default)]
    pub meeting_id: Option<MeetingId>,
    /// The matters that it is about.
    #[deserr(default)]
    #[schema(examples(json!(["child_labour"])), max_items = 4, required = false)]
    pub themes: Vec<Theme>,
    /// The plan items that it serves, priorities and next steps included.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// By when: it ends with the last day that the date can mean. Not together with `due_rule`.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// By when, counted from a day. Not together with `due`.
    #[deserr(default)]
    pub due_rule: Option<DueRule>,
    /// The source's own words for the term.
    #[deserr(default)]
    #[schema(examples("para el segundo trimestre de 2023"), max_length = 500)]
    pub due_text: Option<String>,
    /// How many institutions must have done their part.
    #[deserr(default = CompletionRule::All)]
    #[schema(required = false)]
    pub completion_rule: CompletionRule,
    /// The institution that follows it up.
    #[deserr(default)]
    pub follow_up_institution_id: Option<InstitutionId>,
    /// The institutions that it is for.
    #[deserr(default)]
    #[schema(max_items = 500, required = false)]
    pub beneficiary_ids: Vec<InstitutionId>,
    /// The commitments that must come first.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub depends_on_ids: Vec<CommitmentId>,
    /// Known only to the secretariats, the coordinator, and the institutions named in it.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// Each institution's own part. Taken by `POST` alone; later changes go through `/assignments`.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 500, required = false)]
    pub assignments: Vec<AssignmentInput>,
}

impl Input for CommitmentInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.commission_ids.is_empty() {
            faults.add("/commission_ids", "too_few");
        }
        faults.distinct("/commission_ids", &self.commission_ids, 50);
        faults.text("/text", &self.text, 10_000);
        faults.distinct("/themes", &self.themes, Theme::ALL.len());
        faults.distinct("/plan_item_ids", &self.plan_item_ids, 100);
        if self.due.is_some() && self.due_rule.is_some() {
            faults.add_with("/due_rule", "at_most_one_of", vec![("fields", "due, due_rule".to_owned())]);
        }
        if let Some(rule) = &self.due_rule {
            rule.check(faults);
        }
        faults.opt_text("/due_text", self.due_text.as_ref(), 500);
        self.completion_rule.check(faults);
        faults.distinct("/beneficiary_ids", &self.beneficiary_ids, 500);
        faults.distinct("/depends_on_ids", &self.depends_on_ids, 100);
        faults.items("/assignments", self.assignments.len(), 500);
        for (n, assignment) in self.assignments.iter().enumerate().take(500) {
            assignment.check_at(&format!("/assignments/{n}"), faults);
            if self.assignments.iter().take(n).any(|other| other.institution_id == assignment.institution_id) {
                faults.add(format!("/assignments/{n}/institution_id"), "duplicate");
            }
        }
    }
}

/// One institution's own part.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AssignmentInput {
    /// The institution; once in a commitment.
    pub institution_id: InstitutionId,
    /// How it answers for the commitment.
    #[deserr(default = AssignmentRole::Responsible)]
    #[schema(examples("responsible"), required = false)]
    pub role: AssignmentRole,
    /// Its own term, where it differs from the commitment's.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// How much it is to do.
    #[deserr(default)]
    pub target: Option<Target>,
}

impl AssignmentInput {
    fn check_at(&self, at: &str, faults: &mut Faults) {
        if let Some(target) = &self.target {
            target.check_at(at, faults);
        }
    }
}

impl Input for AssignmentInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        self.check_at("", faults);
    }
}

/// How much is to be done.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Target {
    /// The amount, 0 or more.
    pub quantity: Quantity,
    /// What is counted.
    #[schema(examples("gobiernos locales"), max_length = 100)]
    pub unit: String,
}

impl Target {
    fn check_at(&self, at: &str, faults: &mut Faults) {
        self.quantity.check(&format!("{at}/target/quantity"), faults);
        faults.text(&format!("{at}/target/unit"), &self.unit, 100);
    }
}

/// What can be changed of an assignment; its institution cannot: cancel it and add another.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AssignmentChange {
    /// How the institution answers for the commitment.
    #[deserr(default = AssignmentRole::Responsible)]
    #[schema(examples("co_responsible"), required = false)]
    pub role: AssignmentRole,
    /// Its own term; null: the commitment's.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// How much it is to do.
    #[deserr(default)]
    pub target: Option<Target>,
    /// Why a term that was entered wrongly is corrected; needed when `due` changes.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("El plazo se transcribió mal del acta"), max_length = 2000)]
    pub correction_reason: Option<String>,
}

impl Input for AssignmentChange {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if let Some(target) = &self.target {
            target.check_at("", faults);
        }
        faults.opt_text("/correction_reason", self.correction_reason.as_ref(), 2000);
    }
}

/// Why something is cancelled or opened again.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReasonInput {
    /// The reason, which stands in the history.
    #[schema(examples("La tarea pasó a otra institución"), max_length = 2000)]
    pub reason: String,
}

impl Input for ReasonInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

/// Describes the `PATCH` of a commitment: its fields without the assignments, and the reason of a correction.
#[derive(Debug)]
pub struct CommitmentChange;

impl PartialSchema for CommitmentChange {
    fn schema() -> RefOr<Schema> {
        let mut schema = CommitmentInput::schema();
        if let RefOr::T(Schema::Object(fields)) = &mut schema {
            let reason = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .max_length(Some(2000))
                .description(Some("The reason why a term that stood already was wrong; required to change it."))
                .examples(["El acta dice junio, no julio."]);
            fields.properties.remove("assignments");
            fields.properties.insert("correction_reason".to_owned(), reason.into());
        }
        schema
    }
}

impl ToSchema for CommitmentChange {}
