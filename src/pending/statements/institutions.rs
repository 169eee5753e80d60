//! Institutions, one row for each commission.

use super::audience::commitment_of;
use super::{Columns, NO_TEXT, ReasonStatement, Statements};
use crate::pending::model::PendingReason;

/// The parts of institutions in the commissions of the person.
const PARTS: &str = "assignments a JOIN commitments c ON c.id = a.commitment_id \
     JOIN commitment_commissions k ON k.commitment_id = c.id JOIN commissions b ON b.id = k.commission_id \
     JOIN institutions i ON i.id = a.institution_id";

const GROUPS: &str = "GROUP BY a.institution_id, k.commission_id, i.name, b.country_code";

impl Statements<'_> {
    fn institution<'a>(&self, today: &'a str) -> Columns<'a> {
        Columns {
            id: "a.institution_id",
            sub: "k.commission_id",
            record: "a.institution_id",
            code: NO_TEXT,
            title: "i.name",
            country: "b.country_code",
            institution: "a.institution_id",
            due: "min(a.due_to)",
            since: "min(a.created_at)",
            today,
            is_open: "TRUE",
            restricted: "FALSE",
            actor: None,
        }
    }

    /// Writes the condition for the open parts in the commissions of which the person is the secretariat.
    fn open_parts(&self) -> String {
        let filter = self.filter_by("b.country_code", |one| format!("k.commission_id {one}"));
        format!("a.open = TRUE AND c.draft = FALSE AND k.commission_id IN {} AND {filter}", self.own_commissions())
    }

    /// Returns the statement for the institutions with an overdue part.
    pub(super) fn institution_overdue(&self) -> ReasonStatement {
        let (today, last) = (self.days.of_commission("c.lead_commission_id", 0), self.days.last());
        let own_today = self.days.of_commission("k.commission_id", 0);
        let rest = format!("{PARTS} WHERE {} AND a.due_to < {last} AND a.due_to < {today} {GROUPS}", self.open_parts());
        (PendingReason::InstitutionOverdue, self.select(&self.institution(&own_today), &rest))
    }

    /// Returns the statement for the institutions that may have nobody to mail: those with an open part, no
    /// representative who can sign in, and no address (or none that may be used). Delegates are checked later.
    /// Restricted parts have rows of their own.
    pub(in crate::pending) fn without_representative(&self) -> ReasonStatement {
        let own_today = self.days.of_commission("k.commission_id", 0);
        let bounded = commitment_of("c", "= g.commission_id");
        let rest = format!(
            "{PARTS} WHERE {} AND NOT EXISTS (SELECT 1 FROM grants g JOIN users w ON w.id = g.user_id \
             WHERE g.role = 'representative' AND g.institution_id = a.institution_id AND w.disabled = FALSE \
             AND (g.commission_id IS NULL OR {bounded})) \
             AND (i.email IS NULL OR c.restricted = TRUE OR EXISTS (SELECT 1 FROM users w \
             WHERE w.email_folded = lower(i.email) AND w.disabled = TRUE)) {GROUPS}, c.restricted",
            self.open_parts()
        );
        let columns = Columns { restricted: "c.restricted", ..self.institution(&own_today) };
        (PendingReason::UnreachableInstitution, self.select(&columns, &rest))
    }
}
