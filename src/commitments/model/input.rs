//! The bodies that create and change commitments and assignments.

use deserr::Deserr;
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

use super::state::EnteredStatus;
use super::values::{CompletionRule, DueRule, Quantity};
use crate::dates::PartialDate;
use crate::db::{AgendaItemId, AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId};
use crate::error::Faults;
use crate::evidence::Attachment;
use crate::http::{Input, Patch};
use crate::themes::Theme;

crate::text_enum! {
    /// The role of an institution in a commitment.
    AssignmentRole { Responsible = "responsible", CoResponsible = "co_responsible" }
}

/// A commitment as it is sent.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CommitmentInput {
    /// The commissions that follow it up; the first one leads.
    #[schema(min_items = 1, max_items = 50)]
    pub commission_ids: Vec<CommissionId>,
    /// The task, in the words of the commission.
    #[schema(examples("Elaborar un protocolo binacional para los casos de trabajo infantil"), max_length = 10000)]
    pub text: String,
    /// The agreement that it comes from.
    #[deserr(default)]
    pub agreement_id: Option<AgreementId>,
    /// The session in which it was made.
    #[deserr(default)]
    pub meeting_id: Option<MeetingId>,
    /// The themes of the commitment.
    #[deserr(default)]
    #[schema(examples(json!(["child_labour"])), max_items = 4, required = false)]
    pub themes: Vec<Theme>,
    /// The plan items that it contributes to, priorities and next steps included.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub plan_item_ids: Vec<PlanItemId>,
    /// The term as a date: it ends with the last day that the date can mean. Not together with `due_rule`.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// The term as a count from a day. Not together with `due`.
    #[deserr(default)]
    pub due_rule: Option<DueRule>,
    /// The words of the source for the term.
    #[deserr(default)]
    #[schema(examples("para el segundo trimestre de 2023"), max_length = 500)]
    pub due_text: Option<String>,
    /// The number of institutions that must do their part.
    #[deserr(default = CompletionRule::All)]
    #[schema(required = false)]
    pub completion_rule: CompletionRule,
    /// The institution that follows it up.
    #[deserr(default)]
    pub follow_up_institution_id: Option<InstitutionId>,
    /// The institutions that benefit from it.
    #[deserr(default)]
    #[schema(max_items = 500, required = false)]
    pub beneficiary_ids: Vec<InstitutionId>,
    /// The commitments that must come first.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub depends_on_ids: Vec<CommitmentId>,
    /// The item of the session's agenda under which it was made.
    #[deserr(default)]
    pub agenda_item_id: Option<AgendaItemId>,
    /// The documents attached to it.
    #[deserr(default)]
    #[schema(max_items = 100, required = false)]
    pub attachments: Vec<Attachment>,
    /// True when only the secretariats, the coordinator and the institutions named in it may see it.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// `draft` to enter it as a draft. Accepted by `POST` alone, so it is left out of the stored fields.
    #[deserr(default)]
    #[serde(skip_serializing)]
    #[schema(ignore)]
    pub status: Option<EnteredStatus>,
    /// The part of each institution. Accepted by `POST` alone; later changes go through `/assignments`.
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
        Attachment::check(&self.attachments, "/attachments", faults);
        faults.items("/assignments", self.assignments.len(), 500);
        for (n, assignment) in self.assignments.iter().enumerate().take(500) {
            assignment.check_at(&format!("/assignments/{n}"), faults);
            if self.assignments.iter().take(n).any(|other| other.institution_id == assignment.institution_id) {
                faults.add(format!("/assignments/{n}/institution_id"), "duplicate");
            }
        }
    }
}

/// The part of one institution.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AssignmentInput {
    /// The institution, at most once in a commitment.
    pub institution_id: InstitutionId,
    /// The role of the institution.
    #[deserr(default = AssignmentRole::Responsible)]
    #[schema(examples("responsible"), required = false)]
    pub role: AssignmentRole,
    /// Its own term, when it differs from the commitment's.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// The amount that the institution must reach.
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

/// An amount to be reached.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct Target {
    /// The amount, 0 or more.
    pub quantity: Quantity,
    /// The unit of the amount.
    #[schema(examples("gobiernos locales"), max_length = 100)]
    pub unit: String,
}

impl Target {
    pub(super) fn check_at(&self, at: &str, faults: &mut Faults) {
        self.quantity.check(&format!("{at}/target/quantity"), faults);
        faults.text(&format!("{at}/target/unit"), &self.unit, 100);
    }
}

/// The fields of an assignment that can be changed. To change the institution, cancel it and add another.
#[derive(Debug, Clone, PartialEq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct AssignmentChange {
    /// The role of the institution.
    #[deserr(default = AssignmentRole::Responsible)]
    #[schema(examples("co_responsible"), required = false)]
    pub role: AssignmentRole,
    /// Its own term; null for the commitment's.
    #[deserr(default)]
    pub due: Option<PartialDate>,
    /// The amount that the institution must reach.
    #[deserr(default)]
    pub target: Option<Target>,
    /// The reason for the correction of a wrong term; required to change `due`.
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

/// The reason for a cancellation or a reopening.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ReasonInput {
    /// The reason, which is shown in the history.
    #[schema(examples("La tarea pasó a otra institución"), max_length = 2000)]
    pub reason: String,
}

impl Input for ReasonInput {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 2000);
    }
}

/// The `POST` of a commitment: its fields, and its status when it is a draft.
#[derive(Debug)]
pub(crate) struct NewCommitment;

impl PartialSchema for NewCommitment {
    fn schema() -> RefOr<Schema> {
        let mut schema = CommitmentInput::schema();
        if let RefOr::T(Schema::Object(fields)) = &mut schema {
            let status = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .enum_values(Some([EnteredStatus::Draft.as_str()]))
                .description(Some(
                    "`draft` when it is to be known to those who may write it alone, until its publication.",
                ))
                .examples([EnteredStatus::Draft.as_str()]);
            fields.properties.insert("status".to_owned(), status.into());
        }
        schema
    }
}

impl ToSchema for NewCommitment {}

/// The `PATCH` of a commitment: its fields without the assignments, and the reason for a correction.
#[derive(Debug)]
pub(crate) struct CommitmentChange;

impl CommitmentChange {
    /// Takes the reason for a correction out of the body, and refuses assignments and status, which have their own
    /// addresses.
    pub(crate) fn correction_reason(patch: &mut Patch) -> Option<String> {
        let sent = patch.take("correction_reason");
        let elsewhere = [("assignments", patch.has("assignments")), ("status", patch.take("status").is_some())];
        let faults = &mut patch.faults;
        let reason = match sent {
            None | Some(Value::Null) => None,
            Some(Value::String(reason)) => {
                faults.text("/correction_reason", &reason, 2000);
                Some(reason)
            }
            Some(_) => {
                faults.add_with("/correction_reason", "wrong_type", vec![("expected", "string".to_owned())]);
                None
            }
        };
        for (name, _) in elsewhere.iter().filter(|(_, sent)| *sent) {
            faults.add(format!("/{name}"), "unknown_field");
        }
        reason
    }
}

impl PartialSchema for CommitmentChange {
    fn schema() -> RefOr<Schema> {
        let mut schema = CommitmentInput::schema();
        if let RefOr::T(Schema::Object(fields)) = &mut schema {
            let reason = ObjectBuilder::new()
                .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
                .max_length(Some(2000))
                .description(Some("The reason why the present term is wrong; required to change it."))
                .examples(["El acta dice junio, no julio."]);
            fields.properties.remove("assignments");
            fields.properties.insert("correction_reason".to_owned(), reason.into());
        }
        schema
    }
}

impl ToSchema for CommitmentChange {}
