//! The bodies that create and change commitments and assignments.

use deserr::{Deserr, IntoValue, Map, Value, ValuePointerRef};
use serde::Serialize;
use utoipa::ToSchema;

use super::state::EnteredStatus;
use super::values::{CompletionRule, DueRule, Quantity};
use crate::dates::PartialDate;
use crate::db::{AgendaItemId, AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId};
use crate::error::Faults;
use crate::evidence::Attachment;
use crate::http::Input;
use crate::themes::Theme;
use crate::translations::{Translations, check_remarks};

crate::text_enum! {
    /// The role of an institution in a commitment.
    AssignmentRole { Responsible = "responsible", CoResponsible = "co_responsible" }
}

/// The fields of a commitment that can be changed.
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
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &[
    "text",
    "due_text",
    "attachments/*/title",
    "assignments/*/target/unit",
    "assignments/*/updates/*/narrative",
    "assignments/*/updates/*/evidence/*/title",
    "assignments/*/updates/*/evidence/*/kind",
];

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
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// A new commitment: its fields, its status, and the part of each institution.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct NewCommitment {
    #[serde(flatten)]
    pub fields: CommitmentInput,
    /// `draft` to enter it as a draft: until its publication only those who may write it know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("draft"))]
    pub status: Option<EnteredStatus>,
    /// The part of each institution. Later changes go through `/assignments`.
    #[schema(max_items = 500, required = false)]
    pub assignments: Vec<AssignmentInput>,
}

impl Deserr<Faults> for NewCommitment {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        let others = |map: &mut V::Map, faults: &mut Faults| {
            let status: Option<Option<EnteredStatus>> = take(map, "status", at, faults);
            (status.flatten(), take(map, "assignments", at, faults).unwrap_or_default())
        };
        let (fields, (status, assignments)) = with_fields(value, at, others)?;
        Ok(Self { fields, status, assignments })
    }
}

impl Input for NewCommitment {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        self.fields.check(faults);
        faults.items("/assignments", self.assignments.len(), 500);
        for (n, assignment) in self.assignments.iter().enumerate().take(500) {
            assignment.check_at(&format!("/assignments/{n}"), faults);
            if self.assignments.iter().take(n).any(|other| other.institution_id == assignment.institution_id) {
                faults.add(format!("/assignments/{n}/institution_id"), "duplicate");
            }
        }
    }
}

/// A change of a commitment: its fields, and the reason for the correction of its term.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct CommitmentChange {
    #[serde(flatten)]
    pub fields: CommitmentInput,
    /// The reason why the present term is wrong; required to change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("El acta dice junio, no julio."), max_length = 2000)]
    pub correction_reason: Option<String>,
}

impl Deserr<Faults> for CommitmentChange {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        let reason =
            |map: &mut V::Map, faults: &mut Faults| take::<Option<String>, _>(map, "correction_reason", at, faults);
        let (fields, correction_reason) = with_fields(value, at, reason)?;
        Ok(Self { fields, correction_reason: correction_reason.flatten() })
    }
}

impl Input for CommitmentChange {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        self.fields.check(faults);
        faults.opt_text("/correction_reason", self.correction_reason.as_ref(), 2000);
    }
}

/// Reads a body with the fields of a commitment and others, which `others` takes out first.
fn with_fields<V: IntoValue, T>(
    value: Value<V>,
    at: ValuePointerRef<'_>,
    others: impl FnOnce(&mut V::Map, &mut Faults) -> T,
) -> Result<(CommitmentInput, T), Faults> {
    let Value::Map(mut map) = value else {
        return Err(CommitmentInput::deserialize_from_value(value, at).err().unwrap_or_default());
    };
    let mut faults = Faults::default();
    let others = others(&mut map, &mut faults);
    match CommitmentInput::deserialize_from_value(Value::<V>::Map(map), at) {
        Ok(fields) if faults.is_empty() => Ok((fields, others)),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.list.extend(more.list);
            Err(faults)
        }
    }
}

/// Takes a field out of a body and reads it; None without it, and with a fault if it cannot be read.
fn take<T: Deserr<Faults>, M: Map>(map: &mut M, name: &str, at: ValuePointerRef<'_>, faults: &mut Faults) -> Option<T> {
    match T::deserialize_from_value(map.remove(name)?.into_value(), at.push_key(name)) {
        Ok(value) => Some(value),
        Err(found) => {
            faults.list.extend(found.list);
            None
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
