//! Writing commitments and assignments.

use diesel::prelude::*;

use super::read::{beneficiaries, commissions, dependencies, plan_items, themes};
use super::rows::{AssignmentRow, Row};
use crate::commitments::model::{Assignment, Commitment, LAST_DAY};
use crate::db::schema::{assignments, commitments};
use crate::db::{AssignmentId, CommitmentId, Db};
use crate::error::Result;

/// A commitment with its lists and assignments: a statement a table.
pub fn insert(conn: &mut Db, commitment: &Commitment) -> Result<()> {
    diesel::insert_into(commitments::table).values(Row::of(commitment)?).execute(conn)?;
    let (id, fields) = (commitment.id, &commitment.fields);
    commissions::insert(conn, id, &fields.commission_ids)?;
    themes::insert(conn, id, &fields.themes)?;
    plan_items::insert(conn, id, &fields.plan_item_ids)?;
    beneficiaries::insert(conn, id, &fields.beneficiary_ids)?;
    dependencies::insert(conn, id, &fields.depends_on_ids)?;
    let rows: Vec<_> = commitment.assignments.iter().map(AssignmentRow::of).collect();
    crate::insert_all!(conn, assignments::table, &rows)
}

/// Everything but the assignments; of the lists only those that have changed.
pub fn update(conn: &mut Db, before: &Commitment, after: &Commitment) -> Result<()> {
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
    Ok(())
}

/// What is derived, and the term: status, whether it is open, where it stands in the order of terms.
pub fn save_state(conn: &mut Db, commitment: &Commitment) -> Result<()> {
    diesel::update(commitments::table.find(commitment.id))
        .set((
            commitments::status.eq(commitment.status),
            commitments::open.eq(commitment.status.is_open()),
            commitments::due_from.eq(commitment.due_from),
            commitments::due_to.eq(commitment.due_to),
            commitments::due_sort.eq(commitment.due_to.unwrap_or(LAST_DAY)),
            commitments::due_unchecked.eq(commitment.due_unchecked),
            commitments::updated_at.eq(commitment.updated_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// 409 `in_use` when anything depends on it or reports on it: the database's own foreign keys say so.
pub fn delete(conn: &mut Db, id: CommitmentId) -> Result<()> {
    diesel::delete(commitments::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn insert_assignment(conn: &mut Db, assignment: &Assignment) -> Result<()> {
    diesel::insert_into(assignments::table).values(AssignmentRow::of(assignment)).execute(conn)?;
    Ok(())
}

pub fn save_assignment(conn: &mut Db, assignment: &Assignment) -> Result<()> {
    diesel::update(assignments::table.find(assignment.id)).set(AssignmentRow::of(assignment)).execute(conn)?;
    Ok(())
}

/// The commitment's term on every assignment without one of its own.
pub fn save_assignment_terms(conn: &mut Db, commitment: &Commitment) -> Result<()> {
    let inherit = assignments::commitment_id.eq(commitment.id).and(assignments::due.is_null());
    diesel::update(assignments::table.filter(inherit))
        .set((assignments::due_from.eq(commitment.due_from), assignments::due_to.eq(commitment.due_to)))
        .execute(conn)?;
    Ok(())
}

/// 409 `in_use` when anything was reported or asked for.
pub fn remove_assignment(conn: &mut Db, id: AssignmentId) -> Result<()> {
    diesel::delete(assignments::table.find(id)).execute(conn)?;
    Ok(())
}
