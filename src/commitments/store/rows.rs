//! Rows of the tables, to and from the model.

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::commitments::model::{
    Assignment, AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CompletionRule, DueRule, Fulfilled,
    LAST_DAY, Progress, Quantity, Status, Target, Verification,
};
use crate::dates::{PartialDate, TermUnit};
use crate::db::schema::{assignments, commitments};
use crate::db::{AgreementId, AssignmentId, CommissionId, CommitmentId, InstitutionId, MeetingId, UpdateId};
use crate::error::{Error, Result};

crate::text_enum! {
    /// The completion rule's word in the database.
    RuleWord { All = "all", Any = "any", AtLeast = "at_least" }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitments, treat_none_as_null = true)]
pub struct Row {
    pub id: CommitmentId,
    country_code: String,
    lead_commission_id: CommissionId,
    code: String,
    text: String,
    agreement_id: Option<AgreementId>,
    meeting_id: Option<MeetingId>,
    due: Option<PartialDate>,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    pub due_sort: NaiveDate,
    due_rule_count: Option<i32>,
    due_rule_unit: Option<TermUnit>,
    due_rule_from: Option<NaiveDate>,
    due_unchecked: bool,
    due_text: Option<String>,
    completion_rule: RuleWord,
    completion_count: Option<i32>,
    follow_up_institution_id: Option<InstitutionId>,
    restricted: bool,
    status: Status,
    open: bool,
    folded: String,
    created_at: Instant,
    updated_at: Instant,
}

impl Row {
    pub fn of(commitment: &Commitment) -> Result<Self> {
        let fields = commitment.fields.clone();
        let lead = fields.commission_ids.first().ok_or_else(|| Error::internal("a commitment without commission"))?;
        let (completion_rule, completion_count) = match fields.completion_rule {
            CompletionRule::All => (RuleWord::All, None),
            CompletionRule::Any => (RuleWord::Any, None),
            CompletionRule::AtLeast(count) => (RuleWord::AtLeast, Some(count)),
        };
        Ok(Self {
            id: commitment.id,
            country_code: commitment.country_code.clone(),
            lead_commission_id: *lead,
            code: commitment.code.clone(),
            folded: crate::text::fold([commitment.code.as_str(), fields.text.as_str()]),
            text: fields.text,
            agreement_id: fields.agreement_id,
            meeting_id: fields.meeting_id,
            due: fields.due,
            due_from: commitment.due_from,
            due_to: commitment.due_to,
            due_sort: commitment.due_to.unwrap_or(LAST_DAY),
            due_rule_count: fields.due_rule.map(|rule| rule.count),
            due_rule_unit: fields.due_rule.map(|rule| rule.unit),
            due_rule_from: fields.due_rule.map(|rule| rule.from),
            due_unchecked: commitment.due_unchecked,
            due_text: fields.due_text,
            completion_rule,
            completion_count,
            follow_up_institution_id: fields.follow_up_institution_id,
            restricted: fields.restricted,
            status: commitment.status,
            open: commitment.status.is_open(),
            created_at: commitment.created_at,
            updated_at: commitment.updated_at,
        })
    }

    /// Without its lists, which are loaded for a whole page at once.
    pub fn bare(self, zone: Option<&str>) -> Commitment {
        let rule = self.due_rule_count.zip(self.due_rule_unit).zip(self.due_rule_from);
        Commitment {
            id: self.id,
            code: self.code,
            country_code: self.country_code,
            fields: CommitmentInput {
                commission_ids: Vec::new(),
                text: self.text,
                agreement_id: self.agreement_id,
                meeting_id: self.meeting_id,
                themes: Vec::new(),
                plan_item_ids: Vec::new(),
                due: self.due,
                due_rule: rule.map(|((count, unit), from)| DueRule { count, unit, from }),
                due_text: self.due_text,
                completion_rule: match (self.completion_rule, self.completion_count) {
                    (RuleWord::Any, _) => CompletionRule::Any,
                    (RuleWord::AtLeast, Some(count)) => CompletionRule::AtLeast(count),
                    _ => CompletionRule::All,
                },
                follow_up_institution_id: self.follow_up_institution_id,
                beneficiary_ids: Vec::new(),
                depends_on_ids: Vec::new(),
                restricted: self.restricted,
                assignments: Vec::new(),
            },
            due_from: self.due_from,
            due_to: self.due_to,
            due_unchecked: self.due_unchecked,
            status: self.status,
            overdue: false,
            fulfilled: Fulfilled { done: 0, of: 0 },
            assignments: Vec::new(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            zone: zone.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC),
        }
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = assignments, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct AssignmentRow {
    id: AssignmentId,
    pub commitment_id: CommitmentId,
    institution_id: InstitutionId,
    role: AssignmentRole,
    due: Option<PartialDate>,
    due_from: Option<NaiveDate>,
    due_to: Option<NaiveDate>,
    target_quantity: Option<f64>,
    target_unit: Option<String>,
    status: Status,
    verification: Verification,
    percent: Option<i32>,
    quantity: Option<f64>,
    completed_on: Option<NaiveDate>,
    last_update_at: Option<Instant>,
    pending_update_id: Option<UpdateId>,
    open: bool,
    created_at: Instant,
    updated_at: Instant,
}

impl AssignmentRow {
    pub fn of(assignment: &Assignment) -> Self {
        let Assignment { fields, progress, .. } = assignment;
        Self {
            id: assignment.id,
            commitment_id: assignment.commitment_id,
            institution_id: fields.institution_id,
            role: fields.role,
            due: fields.due.clone(),
            due_from: assignment.due_from,
            due_to: assignment.due_to,
            target_quantity: fields.target.as_ref().map(|target| target.quantity.0),
            target_unit: fields.target.as_ref().map(|target| target.unit.clone()),
            status: progress.status,
            verification: progress.verification,
            percent: progress.percent,
            quantity: progress.quantity.map(|quantity| quantity.0),
            completed_on: progress.completed_on,
            last_update_at: progress.last_update_at,
            pending_update_id: progress.pending_update_id,
            open: progress.status.is_open(),
            created_at: assignment.created_at,
            updated_at: assignment.updated_at,
        }
    }

    pub fn into_assignment(self) -> Assignment {
        let target = self.target_quantity.zip(self.target_unit);
        Assignment {
            id: self.id,
            commitment_id: self.commitment_id,
            fields: AssignmentInput {
                institution_id: self.institution_id,
                role: self.role,
                due: self.due,
                target: target.map(|(quantity, unit)| Target { quantity: Quantity(quantity), unit }),
            },
            due_from: self.due_from,
            due_to: self.due_to,
            progress: Progress {
                status: self.status,
                verification: self.verification,
                percent: self.percent,
                quantity: self.quantity.map(Quantity),
                completed_on: self.completed_on,
                last_update_at: self.last_update_at,
                pending_update_id: self.pending_update_id,
            },
            overdue: false,
            on_time: None,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}
