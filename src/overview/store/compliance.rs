//! The parts of institutions whose term ends in a period, counted by state, and the commitments without an institution:
//! one statement for each list, however many commitments there are.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::{Scope, count};
use crate::db::types::Uid;
use crate::db::{CommissionId, Db, InstitutionId, RawId, raw};
use crate::error::Result;
use crate::http::QueryPeriod;
use crate::overview::compliance::ComplianceFigures;

#[derive(QueryableByName)]
struct FiguresRow {
    #[diesel(sql_type = Uid)]
    id: RawId,
    #[diesel(sql_type = BigInt)]
    parts: i64,
    #[diesel(sql_type = BigInt)]
    completed: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    to_review: i64,
    #[diesel(sql_type = BigInt)]
    open_number: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    not_achieved: i64,
}

impl FiguresRow {
    fn figures(&self) -> ComplianceFigures {
        let number = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        ComplianceFigures {
            parts: number(self.parts),
            completed: number(self.completed),
            on_time: number(self.on_time),
            to_review: number(self.to_review),
            open: number(self.open_number),
            overdue: number(self.overdue),
            not_achieved: number(self.not_achieved),
        }
    }
}

impl Scope<'_> {
    /// Returns the figures of every institution with a visible part.
    pub(in crate::overview) fn compliance_of_institutions(
        &self,
        conn: &mut Db,
        period: QueryPeriod,
    ) -> Result<Vec<(InstitutionId, ComplianceFigures)>> {
        let rows = self.compliance(conn, ("a.institution_id", ""), period)?;
        Ok(rows.into_iter().map(|row| (row.id.0.into(), row.figures())).collect())
    }

    /// Returns the figures of every visible commission with a visible part. A part counts in each commission of its
    /// commitment.
    pub(in crate::overview) fn compliance_of_commissions(
        &self,
        conn: &mut Db,
        period: QueryPeriod,
    ) -> Result<Vec<(CommissionId, ComplianceFigures)>> {
        let rows = self.compliance(conn, ("k.commission_id", &self.join_commissions()), period)?;
        Ok(rows.into_iter().map(|row| (row.id.0.into(), row.figures())).collect())
    }

    /// Returns the figures of the commitments without an institution, each as one part: of all, and of every visible
    /// commission. Two queries.
    pub(in crate::overview) fn compliance_of_unassigned(
        &self,
        conn: &mut Db,
        period: QueryPeriod,
    ) -> Result<(ComplianceFigures, Vec<(CommissionId, ComplianceFigures)>)> {
        let mut all = ComplianceFigures::default();
        // Each commitment has one lead commission.
        let by_lead = self.unassigned(conn, ("c.lead_commission_id", ""), period)?;
        by_lead.iter().for_each(|row| all.join(row.figures()));
        let rows = self.unassigned(conn, ("k.commission_id", &self.join_commissions()), period)?;
        Ok((all, rows.into_iter().map(|row| (row.id.0.into(), row.figures())).collect()))
    }

    fn join_commissions(&self) -> String {
        format!(
            "JOIN commitment_commissions k ON k.commitment_id = c.id \
             AND k.commission_id IN (SELECT b.id FROM commissions b WHERE {})",
            self.visible_commissions()
        )
    }

    /// Counts the commitments without an institution, which stay planned until they get one.
    fn unassigned(&self, conn: &mut Db, (key, join): (&str, &str), period: QueryPeriod) -> Result<Vec<FiguresRow>> {
        let (_, overdue) = self.terms("c");
        let zero = "CAST(0 AS bigint)";
        let statement = format!(
            "SELECT {key} AS id, count(*) AS parts, {zero} AS completed, {zero} AS on_time, {zero} AS to_review, \
             {} AS open_number, {} AS overdue, {zero} AS not_achieved \
             FROM commitments c {join} WHERE c.due_to >= {} AND c.due_to <= {} AND {} \
             AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.commitment_id = c.id) GROUP BY {key} ORDER BY {key}",
            count(&format!("c.open = TRUE AND NOT ({overdue})")),
            count(&overdue),
            self.sql.day(period.from),
            self.sql.day(period.to),
            self.commitments()
        );
        raw::load(conn, statement)
    }

    /// Counts the parts that are not cancelled by the state that they have today; `key` groups them.
    fn compliance(&self, conn: &mut Db, (key, join): (&str, &str), period: QueryPeriod) -> Result<Vec<FiguresRow>> {
        let (_, overdue) = self.terms("a");
        let statement = format!(
            "SELECT {key} AS id, count(*) AS parts, {} AS completed, {} AS on_time, {} AS to_review, \
             {} AS open_number, {} AS overdue, {} AS not_achieved \
             FROM assignments a JOIN commitments c ON c.id = a.commitment_id {join} \
             WHERE a.status <> 'cancelled' AND a.due_to >= {} AND a.due_to <= {} AND {} GROUP BY {key} ORDER BY {key}",
            count("a.status = 'completed' AND a.verification <> 'pending'"),
            count("a.verification = 'accepted' AND a.completed_on <= a.due_to"),
            count("a.verification = 'pending'"),
            count(&format!("a.open = TRUE AND NOT ({overdue})")),
            count(&overdue),
            count("a.status = 'not_achieved' AND a.verification <> 'pending'"),
            self.sql.day(period.from),
            self.sql.day(period.to),
            self.commitments()
        );
        raw::load(conn, statement)
    }
}
