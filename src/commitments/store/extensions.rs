//! Requests for more time with their decisions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{UserNames, person, user_names};
use crate::clock::Instant;
use crate::commitments::model::{Decision, DecisionOutcome, Extension, ExtensionInput};
use crate::dates::PartialDate;
use crate::db::schema::{assignments, extensions};
use crate::db::{AssignmentId, CommitmentId, Db, ExtensionId, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = extensions)]
struct Row {
    id: ExtensionId,
    assignment_id: AssignmentId,
    requested_due: PartialDate,
    requested_due_from: NaiveDate,
    requested_due_to: NaiveDate,
    reason: String,
    requested_by: Option<UserId>,
    requested_at: Instant,
    outcome: Option<DecisionOutcome>,
    comment: Option<String>,
    decided_by: Option<UserId>,
    decided_at: Option<Instant>,
}

impl Row {
    fn into_model(self, commitment_id: CommitmentId, names: &UserNames) -> Extension {
        let decision = self.outcome.zip(self.decided_at).map(|(outcome, decided_at)| Decision {
            outcome,
            comment: self.comment,
            decided_by: person(names, self.decided_by),
            decided_at,
        });
        Extension {
            id: self.id,
            commitment_id,
            assignment_id: self.assignment_id,
            fields: ExtensionInput { requested_due: self.requested_due, reason: self.reason },
            requested_due_from: self.requested_due_from,
            requested_due_to: self.requested_due_to,
            requested_by: person(names, self.requested_by),
            requested_at: self.requested_at,
            decision,
        }
    }
}

pub(crate) fn insert_extension(conn: &mut Db, extension: &Extension) -> Result<()> {
    let row = Row {
        id: extension.id,
        assignment_id: extension.assignment_id,
        requested_due: extension.fields.requested_due.clone(),
        requested_due_from: extension.requested_due_from,
        requested_due_to: extension.requested_due_to,
        reason: extension.fields.reason.clone(),
        requested_by: extension.requested_by.as_ref().map(|person| person.id),
        requested_at: extension.requested_at,
        outcome: None,
        comment: None,
        decided_by: None,
        decided_at: None,
    };
    diesel::insert_into(extensions::table).values(row).execute(conn)?;
    Ok(())
}

pub(crate) fn decide(conn: &mut Db, id: ExtensionId, decision: &Decision) -> Result<()> {
    diesel::update(extensions::table.find(id))
        .set((
            extensions::outcome.eq(decision.outcome),
            extensions::comment.eq(&decision.comment),
            extensions::decided_by.eq(decision.decided_by.as_ref().map(|person| person.id)),
            extensions::decided_at.eq(decision.decided_at),
        ))
        .execute(conn)?;
    Ok(())
}

fn complete(conn: &mut Db, rows: Vec<(Row, CommitmentId)>) -> Result<Vec<Extension>> {
    let people = rows.iter().flat_map(|(row, _)| [row.requested_by, row.decided_by]).flatten().collect();
    let names = user_names(conn, people)?;
    Ok(rows.into_iter().map(|(row, commitment)| row.into_model(commitment, &names)).collect())
}

/// Loads a request without a check of visibility: the caller checks its commitment.
pub(crate) fn extension(conn: &mut Db, id: ExtensionId) -> Result<Extension> {
    let row: (Row, CommitmentId) = extensions::table
        .inner_join(assignments::table)
        .filter(extensions::id.eq(id))
        .select((Row::as_select(), assignments::commitment_id))
        .first(conn)?;
    complete(conn, vec![row])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads one page of an assignment's requests, oldest first.
pub(crate) fn extensions_of_assignment(
    conn: &mut Db,
    id: AssignmentId,
    paging: &Paging<ExtensionId>,
) -> Result<Page<Extension>> {
    let mut query = extensions::table
        .inner_join(assignments::table)
        .filter(extensions::assignment_id.eq(id))
        .order(extensions::id)
        .select((Row::as_select(), assignments::commitment_id))
        .into_boxed();
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(extensions::id.gt(after));
    }
    let rows: Vec<(Row, CommitmentId)> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |(row, _)| row.id).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Loads every request on these assignments, oldest first.
pub(crate) fn extensions_of(conn: &mut Db, ids: &[AssignmentId]) -> Result<HashMap<AssignmentId, Vec<Extension>>> {
    let mut lists: HashMap<AssignmentId, Vec<Extension>> = HashMap::new();
    for ids in ids.chunks(5_000) {
        let rows: Vec<(Row, CommitmentId)> = extensions::table
            .inner_join(assignments::table)
            .filter(extensions::assignment_id.eq_any(ids))
            .order(extensions::id)
            .select((Row::as_select(), assignments::commitment_id))
            .load(conn)?;
        for extension in complete(conn, rows)? {
            lists.entry(extension.assignment_id).or_default().push(extension);
        }
    }
    Ok(lists)
}
