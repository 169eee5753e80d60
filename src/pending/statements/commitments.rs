//! Parts of commitments, reports, requests for more time, and activities.

use super::{Columns, NO_DAY, NO_ID, NO_TEXT, ReasonStatement, Statements};
use crate::pending::model::PendingReason;

/// The number of days before its term from which a part is due soon.
const SOON: u64 = 30;
/// The number of days for which a decision is shown.
const DECIDED_DAYS: i64 = 7;
/// The number of days overdue from which the coordinator is notified, without a policy of the commission.
const ESCALATED: &str = "coalesce(y.escalate_to_coordinator_after_days, 30)";

const PARTS: &str = "assignments a JOIN commitments c ON c.id = a.commitment_id";

impl Statements<'_> {
    /// Returns the columns of a part, with the changes of a reason.
    fn part<'a>(&self, today: &'a str) -> Columns<'a> {
        Columns {
            id: "a.id",
            sub: "a.id",
            record: "c.id",
            code: "c.code",
            title: "c.text",
            country: "c.country_code",
            institution: "a.institution_id",
            due: "a.due_to",
            since: "a.created_at",
            today,
            is_open: "a.open",
            restricted: "c.restricted",
            actor: None,
        }
    }

    fn today_of_commitment(&self, later: u64) -> String {
        self.days.of_commission("c.lead_commission_id", later)
    }

    /// Returns the statements of the reasons of the own parts.
    pub(super) fn own_parts(&self) -> [ReasonStatement; 4] {
        let (own, filter) = (self.own_part(), self.filter_commitment());
        let (today, soon) = (self.today_of_commitment(0), self.today_of_commitment(SOON));
        let of = |condition: &str| {
            self.select(
                &self.part(&today),
                &format!("{PARTS} WHERE c.draft = FALSE AND {own} AND {condition} AND {filter}"),
            )
        };
        let last = self.days.last();
        let overdue = of(&format!("a.open = TRUE AND a.due_to < {last} AND a.due_to < {today}"));
        let due_soon = of(&format!("a.open = TRUE AND a.due_to >= {today} AND a.due_to <= {soon}"));
        let returned = self.select(
            &Columns { since: "coalesce(u.reviewed_at, a.updated_at)", actor: Some("p"), ..self.part(&today) },
            &format!(
                "{PARTS} LEFT JOIN updates u ON u.id = (SELECT w.id FROM updates w WHERE w.assignment_id = a.id \
                 AND w.review_outcome = 'returned' ORDER BY w.id DESC LIMIT 1) LEFT JOIN users p ON p.id = u.reviewed_by \
                 WHERE c.draft = FALSE AND {own} AND a.open = TRUE AND a.verification = 'returned' AND {filter}"
            ),
        );
        let week = self.sql.instant(self.now.plus(-chrono::TimeDelta::days(DECIDED_DAYS)));
        let decided = self.select(
            &Columns { id: "e.id", sub: "e.id", since: "e.decided_at", actor: Some("p"), ..self.part(&today) },
            &format!(
                "extensions e JOIN assignments a ON a.id = e.assignment_id JOIN commitments c ON c.id = a.commitment_id \
                 LEFT JOIN users p ON p.id = e.decided_by WHERE e.status IN ('granted', 'refused') \
                 AND e.decided_at > {week} AND c.draft = FALSE AND {own} AND {filter}"
            ),
        );
        [
            (PendingReason::ReportReturned, returned),
            (PendingReason::Overdue, overdue),
            (PendingReason::DueSoon, due_soon),
            (PendingReason::ExtensionDecided, decided),
        ]
    }

    /// Returns the statement for the reported completions of others that await review.
    pub(super) fn review_pending(&self) -> ReasonStatement {
        let (today, me) = (self.today_of_commitment(0), self.sql.id(self.actor.id));
        let columns =
            Columns { id: "u.id", sub: "u.id", since: "u.received_at", actor: Some("p"), ..self.part(&today) };
        let rest = format!(
            "{PARTS} JOIN updates u ON u.id = a.pending_update_id LEFT JOIN users p ON p.id = u.author_id \
             WHERE a.verification = 'pending' AND c.draft = FALSE AND (u.author_id IS NULL OR u.author_id <> {me}) \
             AND (u.imported_by IS NULL OR u.imported_by <> {me}) AND {} AND {}",
            self.writes_commitment(),
            self.filter_commitment()
        );
        (PendingReason::ReviewPending, self.select(&columns, &rest))
    }

    /// Returns the statement for the requests for more time that await a decision.
    pub(super) fn extension_pending(&self) -> ReasonStatement {
        let today = self.today_of_commitment(0);
        let columns =
            Columns { id: "e.id", sub: "e.id", since: "e.requested_at", actor: Some("p"), ..self.part(&today) };
        let rest = format!(
            "extensions e JOIN assignments a ON a.id = e.assignment_id JOIN commitments c ON c.id = a.commitment_id \
             LEFT JOIN users p ON p.id = e.requested_by WHERE e.status = 'pending' AND c.draft = FALSE AND {} AND {}",
            self.writes_commitment(),
            self.filter_commitment()
        );
        (PendingReason::ExtensionPending, self.select(&columns, &rest))
    }

    /// Returns the statement for the parts that are overdue for so long that the coordinator is notified.
    pub(super) fn escalated(&self) -> ReasonStatement {
        let (today, last) = (self.today_of_commitment(0), self.days.last());
        let rest = format!(
            "{PARTS} LEFT JOIN reminder_policies y ON y.commission_id = c.lead_commission_id \
             WHERE a.open = TRUE AND c.draft = FALSE AND a.due_to < {last} AND a.due_to < {today} AND a.due_to <= {} \
             AND c.country_code IN {} AND {}",
            self.sql.days_before(&format!("({today})"), ESCALATED),
            self.coordinated(),
            self.filter_commitment()
        );
        (PendingReason::Escalated, self.select(&self.part(&today), &rest))
    }

    fn activity<'a>(&self, today: &'a str) -> Columns<'a> {
        Columns {
            id: "v.id",
            sub: "v.id",
            record: "v.id",
            code: NO_TEXT,
            title: "v.title",
            country: "v.country_code",
            institution: NO_ID,
            due: NO_DAY,
            since: "v.updated_at",
            today,
            is_open: "FALSE",
            restricted: "v.restricted",
            actor: None,
        }
    }

    /// Returns the statement for the submitted activities.
    pub(super) fn activity_to_validate(&self) -> ReasonStatement {
        let today = self.days.last();
        let columns = Columns { actor: Some("p"), ..self.activity(&today) };
        let rest = format!(
            "activities v LEFT JOIN users p ON p.id = v.author_id WHERE v.status = 'submitted' AND {} AND {}",
            self.writes_activity(),
            self.filter_activity()
        );
        (PendingReason::ActivityToValidate, self.select(&columns, &rest))
    }

    /// Returns the statement for the own activities that were sent back, as long as the person may still know them.
    pub(super) fn activity_returned(&self) -> ReasonStatement {
        let (today, me) = (self.days.last(), self.sql.id(self.actor.id));
        let own = self.sql.ids(self.own_institutions());
        let columns = Columns { since: "coalesce(v.returned_at, v.updated_at)", ..self.activity(&today) };
        let rest = format!(
            "activities v WHERE v.author_id = {me} AND v.status = 'draft' AND v.returned_at IS NOT NULL AND ({} OR EXISTS \
             (SELECT 1 FROM activity_organizers o WHERE o.activity_id = v.id AND o.institution_id IN {own})) AND {}",
            self.writes_activity(),
            self.filter_activity()
        );
        (PendingReason::ActivityReturned, self.select(&columns, &rest))
    }
}
