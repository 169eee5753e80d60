//! Agreements and commitments, as drafting reads them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::agreements::{AdoptionMethod, AgreementStatus, Scope};
use crate::commitments::{Status, Verification};
use crate::dates::PartialDate;
use crate::db::{AgreementId, CommissionId, CommitmentId, InstitutionId, MeetingId, PlanItemId};
use crate::i18n::Lang;
use crate::translations::Translations;

use super::translated::{put, put_some};

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Agreement {
    pub id: AgreementId,
    pub title: String,
    pub adopted: Option<PartialDate>,
    pub when_text: Option<String>,
    pub scope: Option<Scope>,
    pub restricted: bool,
    pub status: AgreementStatus,
    pub text: Option<String>,
    pub number: Option<String>,
    pub meeting_id: Option<MeetingId>,
    pub in_force: (Option<NaiveDate>, Option<NaiveDate>),
    pub adoption_method: Option<AdoptionMethod>,
    /// Votes for, against and abstentions.
    pub votes: [Option<i32>; 3],
    pub document_url: Option<String>,
    /// Parties that are institutions.
    pub party_ids: Vec<InstitutionId>,
    /// Parties that are named in words alone.
    pub party_names: Vec<String>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Agreement {
    /// Returns the first and last day on which it can have been adopted; else the time that it is in force.
    pub(crate) fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let adopted = self.adopted.as_ref().map(|day| (day.from(), day.to()));
        adopted.or_else(|| self.in_force.0.zip(self.in_force.1))
    }

    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.title, &own, "title", lang);
        put_some(&mut self.text, &own, "text", lang);
        put_some(&mut self.when_text, &own, "when_text", lang);
        self.translations = own;
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Commitment {
    pub id: CommitmentId,
    pub code: String,
    pub text: String,
    pub agreement_id: Option<AgreementId>,
    pub due: Option<PartialDate>,
    pub due_to: Option<NaiveDate>,
    pub due_text: Option<String>,
    pub status: Status,
    pub restricted: bool,
    pub commission_ids: Vec<CommissionId>,
    pub plan_item_ids: Vec<PlanItemId>,
    pub meeting_id: Option<MeetingId>,
    pub beneficiary_ids: Vec<InstitutionId>,
    pub assignments: Vec<Assignment>,
    #[serde(skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
}

impl Commitment {
    /// Replaces its texts by their translations.
    pub(crate) fn translate(&mut self, lang: Lang) {
        let own = std::mem::take(&mut self.translations);
        put(&mut self.text, &own, "text", lang);
        put_some(&mut self.due_text, &own, "due_text", lang);
        for (n, assignment) in self.assignments.iter_mut().enumerate() {
            if let Some((_, unit)) = &mut assignment.target {
                put_some(unit, &own, &format!("assignments/{n}/target/unit"), lang);
            }
        }
        self.translations = own;
    }

    /// Returns true if it may be used in a report: not cancelled and not restricted.
    pub(crate) fn counts(&self) -> bool {
        !self.restricted && self.status != Status::Cancelled
    }

    pub(crate) fn is_completed(&self) -> bool {
        self.status == Status::Completed
    }

    /// Returns true if a plan item among `items` is served by it.
    pub(crate) fn serves(&self, items: &[PlanItemId]) -> bool {
        self.plan_item_ids.iter().any(|id| items.contains(id))
    }

    /// Returns the assignments that are not cancelled.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.status != Status::Cancelled)
    }

    /// Returns the day of the last completion.
    pub(crate) fn completed_on(&self) -> Option<NaiveDate> {
        if self.is_completed() { self.live().filter_map(|assignment| assignment.completed_on).max() } else { None }
    }

    pub(crate) fn has_evidence(&self) -> bool {
        self.assignments.iter().any(|assignment| !assignment.evidence.is_empty())
    }

    /// Returns true if an institution has begun or reported.
    pub(crate) fn has_moved(&self) -> bool {
        self.live().any(|assignment| assignment.status != Status::Planned || !assignment.reported_on.is_empty())
    }

    pub(crate) fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.assignments.iter().any(|assignment| assignment.reported_in(from, to))
    }

    pub(crate) fn overdue_on(&self, day: NaiveDate) -> bool {
        self.status.overdue_on(self.due_to, day)
    }
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Assignment {
    pub institution_id: InstitutionId,
    pub status: Status,
    pub verification: Verification,
    pub target: Option<(f64, Option<String>)>,
    pub quantity: Option<f64>,
    pub completed_on: Option<NaiveDate>,
    /// The days of its progress reports.
    pub reported_on: Vec<NaiveDate>,
    /// The words of the last progress report.
    pub narrative: Option<String>,
    /// The first day of each means of verification; `None` for one without a date.
    pub evidence: Vec<Option<NaiveDate>>,
}

impl Assignment {
    pub(crate) fn reported_in(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.reported_on.iter().any(|day| *day >= from && *day <= to)
    }
}

pub(super) mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{agreement_parties, agreements, assignments, commitments, update_evidence, updates};
    use crate::db::{AssignmentId, Db, UpdateId, grouped};
    use crate::error::Result;
    use crate::reports::records::link_tables::{links, take};

    /// A party of an agreement: its institution, or its name.
    type Party = (Option<InstitutionId>, Option<String>);

    /// Loads the agreements of a country, in order of entry.
    pub(crate) fn agreements_of(conn: &mut Db, country: &str) -> Result<Vec<Agreement>> {
        #[derive(Queryable, Selectable)]
        #[diesel(table_name = agreements)]
        struct Row {
            id: AgreementId,
            title: String,
            adopted: Option<PartialDate>,
            when_text: Option<String>,
            scope: Option<Scope>,
            restricted: bool,
            status: AgreementStatus,
            text: Option<String>,
            number: Option<String>,
            meeting_id: Option<MeetingId>,
            in_force_from: Option<NaiveDate>,
            in_force_to: Option<NaiveDate>,
            adoption_method: Option<AdoptionMethod>,
            votes_for: Option<i32>,
            votes_against: Option<i32>,
            votes_abstained: Option<i32>,
            document_url: Option<String>,
            translations: Option<String>,
        }
        let rows: Vec<Row> = agreements::table
            .filter(agreements::country_code.eq(country))
            .order(agreements::id)
            .select(Row::as_select())
            .load(conn)?;
        let parties: Vec<(AgreementId, Party)> = agreement_parties::table
            .inner_join(agreements::table)
            .filter(agreements::country_code.eq(country))
            .order((agreement_parties::agreement_id, agreement_parties::position))
            .select((agreement_parties::agreement_id, (agreement_parties::institution_id, agreement_parties::name)))
            .load(conn)?;
        let mut parties = grouped(parties);
        let agreement = |row: Row| {
            let parties = take(&mut parties, &row.id);
            let named = |(id, name): &(Option<InstitutionId>, Option<String>)| name.clone().filter(|_| id.is_none());
            Agreement {
                party_ids: parties.iter().filter_map(|(id, _)| *id).collect(),
                party_names: parties.iter().filter_map(named).collect(),
                status: row.status,
                text: row.text,
                number: row.number,
                meeting_id: row.meeting_id,
                in_force: (row.in_force_from, row.in_force_to),
                adoption_method: row.adoption_method,
                votes: [row.votes_for, row.votes_against, row.votes_abstained],
                document_url: row.document_url,
                translations: Translations::of_stored(row.translations),
                id: row.id,
                title: row.title,
                adopted: row.adopted,
                when_text: row.when_text,
                scope: row.scope,
                restricted: row.restricted,
            }
        };
        Ok(rows.into_iter().map(agreement).collect())
    }

    /// Loads the published commitments of a country with their assignments and the days of their progress reports.
    pub(crate) fn commitments_of(conn: &mut Db, country: &str) -> Result<Vec<Commitment>> {
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
            status: Status,
            restricted: bool,
            meeting_id: Option<MeetingId>,
            translations: Option<String>,
        }
        let rows: Vec<Row> = commitments::table
            .filter(commitments::country_code.eq(country))
            .filter(commitments::draft.eq(false))
            .order(commitments::id)
            .select(Row::as_select())
            .load(conn)?;
        let mut assigned = assignments_of(conn, country)?;
        let mut joint = links!(conn, country, commitment_commissions(commitment_id, commission_id) of commitments);
        let mut beneficiaries =
            links!(conn, country, commitment_beneficiaries(commitment_id, institution_id) of commitments);
        let mut items = links!(conn, country, commitment_plan_items(commitment_id, plan_item_id) of commitments);
        let commitment = |row: Row| Commitment {
            commission_ids: take(&mut joint, &row.id),
            plan_item_ids: take(&mut items, &row.id),
            assignments: take(&mut assigned, &row.id),
            beneficiary_ids: take(&mut beneficiaries, &row.id),
            meeting_id: row.meeting_id,
            translations: Translations::of_stored(row.translations),
            id: row.id,
            code: row.code,
            text: row.text,
            agreement_id: row.agreement_id,
            due: row.due,
            due_to: row.due_to,
            due_text: row.due_text,
            status: row.status,
            restricted: row.restricted,
        };
        Ok(rows.into_iter().map(commitment).collect())
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
            status: Status,
            verification: Verification,
            quantity: Option<f64>,
            completed_on: Option<NaiveDate>,
        }
        let rows: Vec<Row> = assignments::table
            .inner_join(commitments::table)
            .filter(commitments::country_code.eq(country))
            .order(assignments::id)
            .select(Row::as_select())
            .load(conn)?;
        let reported: Vec<(AssignmentId, (UpdateId, NaiveDate, String))> = updates::table
            .inner_join(assignments::table.inner_join(commitments::table))
            .filter(commitments::country_code.eq(country))
            .order(updates::id)
            .select((updates::assignment_id, (updates::id, updates::reported_on, updates::narrative)))
            .load(conn)?;
        let proofs: Vec<(UpdateId, Option<NaiveDate>)> = update_evidence::table
            .inner_join(updates::table.inner_join(assignments::table.inner_join(commitments::table)))
            .filter(commitments::country_code.eq(country))
            .order((update_evidence::update_id, update_evidence::position))
            .select((update_evidence::update_id, update_evidence::dated_from))
            .load(conn)?;
        let (proven, mut reported) = (grouped(proofs), grouped(reported));
        let assignment = |row: Row| {
            let reports = take(&mut reported, &row.id);
            let assignment = Assignment {
                institution_id: row.institution_id,
                status: row.status,
                verification: row.verification,
                target: row.target_quantity.map(|quantity| (quantity, row.target_unit)),
                quantity: row.quantity,
                completed_on: row.completed_on,
                narrative: reports.last().map(|(_, _, narrative)| narrative.clone()),
                evidence: reports.iter().filter_map(|(update, ..)| proven.get(update)).flatten().copied().collect(),
                reported_on: reports.into_iter().map(|(_, day, _)| day).collect(),
            };
            (row.commitment_id, assignment)
        };
        Ok(grouped(rows.into_iter().map(assignment)))
    }
}
