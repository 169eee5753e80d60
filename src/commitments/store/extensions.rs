//! Requests for more time with their decisions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::updates::by_assignment;
use crate::clock::Instant;
use crate::commitments::model::{Decision, DecisionOutcome, Extension, ExtensionInput, ExtensionStatus};
use crate::dates::PartialDate;
use crate::db::schema::{assignments, extensions};
use crate::db::{AssignmentId, CommitmentId, Db, ExtensionId, UserId};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::identity::{Person, UserNames, user_names};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = extensions, treat_none_as_null = true)]
pub(super) struct Row {
    pub id: ExtensionId,
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
    status: ExtensionStatus,
    granted_due: Option<PartialDate>,
    granted_due_from: Option<NaiveDate>,
    granted_due_to: Option<NaiveDate>,
    withdrawn_by: Option<UserId>,
    withdrawn_at: Option<Instant>,
}

impl Row {
    fn of(extension: &Extension) -> Self {
        let decision = extension.decision.as_ref();
        let id_of = |person: &Option<Person>| person.as_ref().map(|person| person.id);
        Self {
            id: extension.id,
            assignment_id: extension.assignment_id,
            requested_due: extension.fields.requested_due.clone(),
            requested_due_from: extension.requested_due_from,
            requested_due_to: extension.requested_due_to,
            reason: extension.fields.reason.clone(),
            requested_by: id_of(&extension.requested_by),
            requested_at: extension.requested_at,
            outcome: decision.map(|decision| decision.outcome),
            comment: decision.and_then(|decision| decision.comment.clone()),
            decided_by: decision.and_then(|decision| id_of(&decision.decided_by)),
            decided_at: decision.map(|decision| decision.decided_at),
            status: extension.status,
            granted_due: extension.granted_due.clone(),
            granted_due_from: extension.granted_due_from,
            granted_due_to: extension.granted_due_to,
            withdrawn_by: id_of(&extension.withdrawn_by),
            withdrawn_at: extension.withdrawn_at,
        }
    }

    fn into_model(self, commitment_id: CommitmentId, names: &UserNames) -> Extension {
        let decision = self.outcome.zip(self.decided_at).map(|(outcome, decided_at)| Decision {
            outcome,
            comment: self.comment,
            decided_by: Person::named(names, self.decided_by),
            decided_at,
        });
        Extension {
            id: self.id,
            commitment_id,
            assignment_id: self.assignment_id,
            fields: ExtensionInput { requested_due: self.requested_due, reason: self.reason },
            requested_due_from: self.requested_due_from,
            requested_due_to: self.requested_due_to,
            requested_by: Person::named(names, self.requested_by),
            requested_at: self.requested_at,
            status: self.status,
            granted_due: self.granted_due,
            granted_due_from: self.granted_due_from,
            granted_due_to: self.granted_due_to,
            withdrawn_by: Person::named(names, self.withdrawn_by),
            withdrawn_at: self.withdrawn_at,
            decision,
        }
    }
}

pub(crate) fn insert_extension(conn: &mut Db, extension: &Extension) -> Result<()> {
    diesel::insert_into(extensions::table).values(Row::of(extension)).execute(conn)?;
    Ok(())
}

/// Saves the decision on a request, or its withdrawal.
pub(crate) fn save_extension(conn: &mut Db, extension: &Extension) -> Result<()> {
    diesel::update(extensions::table.find(extension.id)).set(Row::of(extension)).execute(conn)?;
    Ok(())
}

pub(super) type Loaded = (Row, CommitmentId);

pub(super) fn complete(conn: &mut Db, rows: Vec<Loaded>) -> Result<Vec<Extension>> {
    let people = rows.iter().flat_map(|(row, _)| [row.requested_by, row.decided_by, row.withdrawn_by]).flatten();
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

by_assignment!(extensions: ExtensionId => Extension, extensions_of_assignment, extensions_of);
