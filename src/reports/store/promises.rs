//! Agreements and commitments as drafting reads them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::links::{grouped, links, take};
use crate::dates::PartialDate;
use crate::db::schema::{agreement_parties, agreements, assignments, commitments, update_evidence, updates};
use crate::db::{AgreementId, AssignmentId, CommitmentId, Db, InstitutionId, UpdateId};
use crate::error::Result;
use crate::reports::records::{Agreement, Assignment, Commitment};

/// The agreements of a country, in order of entry.
pub fn agreements_of(conn: &mut Db, country: &str) -> Result<Vec<Agreement>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = agreements)]
    struct Row {
        id: AgreementId,
        title: String,
        adopted: Option<PartialDate>,
        when_text: Option<String>,
        scope: Option<String>,
        restricted: bool,
    }
    let rows: Vec<Row> = agreements::table
        .filter(agreements::country_code.eq(country))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    let parties: Vec<(AgreementId, Option<InstitutionId>)> = agreement_parties::table
        .inner_join(agreements::table)
        .filter(agreements::country_code.eq(country))
        .order((agreement_parties::agreement_id, agreement_parties::position))
        .select((agreement_parties::agreement_id, agreement_parties::institution_id))
        .load(conn)?;
    let mut parties = grouped(parties);
    Ok(rows
        .into_iter()
        .map(|row| Agreement {
            party_ids: take(&mut parties, &row.id).into_iter().flatten().collect(),
            id: row.id,
            title: row.title,
            adopted: row.adopted,
            when_text: row.when_text,
            scope: row.scope,
            restricted: row.restricted,
        })
        .collect())
}

/// The commitments of a country with their assignments and the days of their reports.
pub fn commitments_of(conn: &mut Db, country: &str) -> Result<Vec<Commitment>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = commitments)]
    struct Row {
        id: CommitmentId,
        code: String,
        text: String,
        agreement_id: Option<AgreementId>,
        due: Option<PartialDate>,
        due_to: Option<NaiveDate>,
        due_text: Option<String>,
        status: String,
        restricted: bool,
    }
    let rows: Vec<Row> = commitments::table
        .filter(commitments::country_code.eq(country))
        .order(commitments::id)
        .select(Row::as_select())
        .load(conn)?;
    let mut assigned = assignments_of(conn, country)?;
    let mut joint = links!(conn, country, commitment_commissions(commitment_id, commission_id) of commitments);
    let mut items = links!(conn, country, commitment_plan_items(commitment_id, plan_item_id) of commitments);
    Ok(rows
        .into_iter()
        .map(|row| Commitment {
            commission_ids: take(&mut joint, &row.id),
            plan_item_ids: take(&mut items, &row.id),
            assignments: take(&mut assigned, &row.id),
            id: row.id,
            code: row.code,
            text: row.text,
            agreement_id: row.agreement_id,
            due: row.due,
            due_to: row.due_to,
            due_text: row.due_text,
            status: row.status,
            restricted: row.restricted,
        })
        .collect())
}

fn assignments_of(conn: &mut Db, country: &str) -> Result<HashMap<CommitmentId, Vec<Assignment>>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = assignments)]
    struct Row {
        id: AssignmentId,
        commitment_id: CommitmentId,
        institution_id: InstitutionId,
        target_quantity: Option<f64>,
        target_unit: Option<String>,
        status: String,
        verification: String,
        quantity: Option<f64>,
        completed_on: Option<NaiveDate>,
    }
    let rows: Vec<Row> = assignments::table
        .inner_join(commitments::table)
        .filter(commitments::country_code.eq(country))
        .order(assignments::id)
        .select(Row::as_select())
        .load(conn)?;
    let reported: Vec<(AssignmentId, (UpdateId, NaiveDate))> = updates::table
        .inner_join(assignments::table.inner_join(commitments::table))
        .filter(commitments::country_code.eq(country))
        .order(updates::id)
        .select((updates::assignment_id, (updates::id, updates::reported_on)))
        .load(conn)?;
    let proofs: Vec<(UpdateId, Option<NaiveDate>)> = update_evidence::table
        .inner_join(updates::table.inner_join(assignments::table.inner_join(commitments::table)))
        .filter(commitments::country_code.eq(country))
        .order((update_evidence::update_id, update_evidence::position))
        .select((update_evidence::update_id, update_evidence::dated_from))
        .load(conn)?;
    let proven = grouped(proofs);
    let mut reported = grouped(reported);
    let mut assigned: HashMap<CommitmentId, Vec<Assignment>> = HashMap::new();
    for row in rows {
        let reports = take(&mut reported, &row.id);
        assigned.entry(row.commitment_id).or_default().push(Assignment {
            institution_id: row.institution_id,
            status: row.status,
            verification: row.verification,
            target: row.target_quantity.map(|quantity| (quantity, row.target_unit)),
            quantity: row.quantity,
            completed_on: row.completed_on,
            evidence: reports.iter().filter_map(|(update, _)| proven.get(update)).flatten().copied().collect(),
            reported_on: reports.into_iter().map(|(_, day)| day).collect(),
        });
    }
    Ok(assigned)
}
