//! The rows of commitments and assignments, their conversion to and from the model, and writing them.

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::commitments::model::{
    Assignment, AssignmentInput, AssignmentRole, Commitment, CommitmentInput, CommitmentStatus, CompletionRule,
    DueRule, Fulfilled, LAST_DAY, Progress, Quantity, Status, Target, Verification,
};
use crate::dates::{PartialDate, TermUnit};
use crate::db::schema::{assignments, commitment_commissions, commitments};
use crate::db::{
    AgendaItemId, AgreementId, AssignmentId, CommissionId, CommitmentId, Db, ExtensionId, InstitutionId, LaterRow,
    MeetingId, Tx, UpdateId,
};
use crate::error::{Error, Result};
use crate::translations::Translations;

crate::ordered_links! {
    /// The commissions that follow it up; the first leads.
    commissions: commitment_commissions (commitment_id: crate::db::CommitmentId, commission_id: crate::db::CommissionId)
}
crate::ordered_links! {
    /// The plan items that it contributes to.
    plan_items: commitment_plan_items (commitment_id: crate::db::CommitmentId, plan_item_id: crate::db::PlanItemId)
}
crate::ordered_links! {
    /// The institutions that benefit from it.
    beneficiaries: commitment_beneficiaries (commitment_id: crate::db::CommitmentId, institution_id: crate::db::InstitutionId)
}
crate::ordered_links! {
    /// The commitments that must come first.
    dependencies: commitment_dependencies (commitment_id: crate::db::CommitmentId, depends_on_id: crate::db::CommitmentId)
}
crate::attachment_links! {
    attachments: commitment_attachments (commitment_id: crate::db::CommitmentId) -> crate::evidence::Attachment
}
crate::theme_links! { themes: commitment_themes (commitment_id: crate::db::CommitmentId) }

crate::text_enum! {
    /// The completion rule in the database.
    RuleWord { All = "all", Any = "any", AtLeast = "at_least" }
}

#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commitments, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Row {
    pub id: CommitmentId,
    country_code: String,
    lead_commission_id: CommissionId,
    pub code: String,
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
    pub updated_at: Instant,
    draft: bool,
    agenda_item_id: Option<AgendaItemId>,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    pub fn of(commitment: &Commitment) -> Result<Self> {
        let fields = commitment.fields.clone();
        let status = commitment.derived_status();
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
            status,
            open: status.is_open(),
            created_at: commitment.created_at,
            updated_at: commitment.updated_at,
            draft: commitment.is_draft(),
            agenda_item_id: fields.agenda_item_id,
            note: fields.note,
            translations: fields.translations.stored(),
        })
    }

    /// Converts the row, without its lists, which are loaded for a whole page at once.
    pub fn without_lists(self, zone: Option<&str>) -> Commitment {
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
                agenda_item_id: self.agenda_item_id,
                attachments: Vec::new(),
                restricted: self.restricted,
                note: self.note,
                translations: Translations::of_stored(self.translations),
            },
            due_from: self.due_from,
            due_to: self.due_to,
            due_unchecked: self.due_unchecked,
            status: if self.draft { CommitmentStatus::Draft } else { self.status.into() },
            overdue: false,
            fulfilled: Fulfilled { done: 0, of: 0 },
            assignments: Vec::new(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            zone: zone.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC),
        }
    }
}

#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
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
    pending_extension_id: Option<ExtensionId>,
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
            pending_extension_id: assignment.pending_extension_id,
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
            pending_extension_id: self.pending_extension_id,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl LaterRow for Row {
    const ORDER: u8 = 0;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_some!(conn, commitments::table, rows)
    }
}

impl LaterRow for AssignmentRow {
    const ORDER: u8 = 1;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_some!(conn, assignments::table, rows)
    }
}

/// A commission that follows a commitment up.
#[derive(Clone, Insertable)]
#[diesel(table_name = commitment_commissions, treat_none_as_default_value = false)]
struct CommissionRow {
    commitment_id: CommitmentId,
    position: i32,
    commission_id: CommissionId,
}

impl LaterRow for CommissionRow {
    const ORDER: u8 = 1;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_many!(conn, commitment_commissions::table, rows)
    }
}

/// Inserts a commitment with its lists and assignments. An import of many writes them together ([`Tx::insert_later`]).
pub(crate) fn insert(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<()> {
    tx.insert_later(vec![Row::of(commitment)?])?;
    let (id, fields) = (commitment.id, &commitment.fields);
    let followed = (0..).zip(&fields.commission_ids);
    let followed = followed.map(|(position, of)| CommissionRow { commitment_id: id, position, commission_id: *of });
    tx.insert_later(followed.collect())?;
    tx.insert_later(commitment.assignments.iter().map(AssignmentRow::of).collect())?;
    if fields.themes.is_empty()
        && fields.plan_item_ids.is_empty()
        && fields.beneficiary_ids.is_empty()
        && fields.depends_on_ids.is_empty()
        && fields.attachments.is_empty()
    {
        return Ok(());
    }
    tx.write_waiting()?;
    themes::insert(tx.conn, id, &fields.themes)?;
    plan_items::insert(tx.conn, id, &fields.plan_item_ids)?;
    beneficiaries::insert(tx.conn, id, &fields.beneficiary_ids)?;
    dependencies::insert(tx.conn, id, &fields.depends_on_ids)?;
    attachments::insert(tx.conn, id, &fields.attachments)
}

/// Saves everything but the assignments; of the lists, only those that changed.
pub(crate) fn update(conn: &mut Db, before: &Commitment, after: &Commitment) -> Result<()> {
    diesel::update(commitments::table.find(after.id)).set(Row::of(after)?).execute(conn)?;
    let (id, old, new) = (after.id, &before.fields, &after.fields);
    if old.commission_ids != new.commission_ids {
        commissions::replace(conn, id, &new.commission_ids)?;
    }
    if old.themes != new.themes {
        themes::replace(conn, id, &new.themes)?;
    }
    if old.plan_item_ids != new.plan_item_ids {
        plan_items::replace(conn, id, &new.plan_item_ids)?;
    }
    if old.beneficiary_ids != new.beneficiary_ids {
        beneficiaries::replace(conn, id, &new.beneficiary_ids)?;
    }
    if old.depends_on_ids != new.depends_on_ids {
        dependencies::replace(conn, id, &new.depends_on_ids)?;
    }
    if old.attachments != new.attachments {
        attachments::replace(conn, id, &new.attachments)?;
    }
    Ok(())
}

/// Saves the derived fields and the term.
pub(crate) fn save_state(tx: &mut Tx<'_>, commitment: &Commitment) -> Result<()> {
    let row = Row::of(commitment)?;
    if tx.change_waiting::<Row>(|waiting| waiting.id == row.id, |waiting| *waiting = row.clone()) {
        return Ok(());
    }
    diesel::update(commitments::table.find(row.id))
        .set((
            commitments::status.eq(row.status),
            commitments::open.eq(row.open),
            commitments::due_from.eq(row.due_from),
            commitments::due_to.eq(row.due_to),
            commitments::due_sort.eq(row.due_sort),
            commitments::due_unchecked.eq(row.due_unchecked),
            commitments::draft.eq(row.draft),
            commitments::translations.eq(row.translations),
            commitments::updated_at.eq(row.updated_at),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Deletes a commitment. 409 `in_use` when the foreign keys of the database show that another record refers to it.
pub(crate) fn delete(conn: &mut Db, id: CommitmentId) -> Result<()> {
    diesel::delete(commitments::table.find(id)).execute(conn)?;
    Ok(())
}

pub(crate) fn insert_assignment(conn: &mut Db, assignment: &Assignment) -> Result<()> {
    diesel::insert_into(assignments::table).values(AssignmentRow::of(assignment)).execute(conn)?;
    Ok(())
}

pub(crate) fn save_assignment(tx: &mut Tx<'_>, assignment: &Assignment) -> Result<()> {
    let row = AssignmentRow::of(assignment);
    if tx.change_waiting::<AssignmentRow>(|waiting| waiting.id == row.id, |waiting| *waiting = row.clone()) {
        return Ok(());
    }
    diesel::update(assignments::table.find(row.id)).set(row).execute(tx.conn)?;
    Ok(())
}

/// Saves the commitment's term on every assignment without a term of its own.
pub(crate) fn save_assignment_terms(conn: &mut Db, commitment: &Commitment) -> Result<()> {
    let inherit = assignments::commitment_id.eq(commitment.id).and(assignments::due.is_null());
    diesel::update(assignments::table.filter(inherit))
        .set((assignments::due_from.eq(commitment.due_from), assignments::due_to.eq(commitment.due_to)))
        .execute(conn)?;
    Ok(())
}

/// Saves the time at which the institutions of these assignments were notified, unless they were notified before.
pub(crate) fn announce(tx: &mut Tx<'_>, id: CommitmentId, to: &[InstitutionId]) -> Result<()> {
    tx.write_waiting()?;
    let new = assignments::table
        .filter(assignments::commitment_id.eq(id))
        .filter(assignments::institution_id.eq_any(to))
        .filter(assignments::announced_at.is_null());
    diesel::update(new).set(assignments::announced_at.eq(tx.now)).execute(tx.conn)?;
    Ok(())
}

/// Deletes an assignment. 409 `in_use` when it has reports or requests.
pub(crate) fn remove_assignment(conn: &mut Db, id: AssignmentId) -> Result<()> {
    diesel::delete(assignments::table.find(id)).execute(conn)?;
    Ok(())
}
