//! Sessions and their minutes.

use super::{Columns, NO_DAY, NO_ID, NO_TEXT, ReasonStatement, Statements};
use crate::pending::model::PendingReason;

/// The number of days before a session from which it waits for members.
const UPCOMING: u64 = 14;
/// The number of days before a session from which it is to be convened.
const TO_CONVENE: u64 = 30;

/// The drafts of commitments of a session, by themselves or by its agreements.
const DRAFTS_LEFT: &str = "EXISTS (SELECT 1 FROM commitments d WHERE d.draft = TRUE AND (d.meeting_id = m.id OR \
     d.agreement_id IN (SELECT g.id FROM agreements g WHERE g.meeting_id = m.id)))";

impl Statements<'_> {
    fn session<'a>(&self, today: &'a str) -> Columns<'a> {
        Columns {
            id: "m.id",
            sub: "m.id",
            record: "m.id",
            code: NO_TEXT,
            title: "m.title",
            country: "m.country_code",
            institution: NO_ID,
            due: "m.held_from",
            since: "m.created_at",
            today,
            is_open: "FALSE",
            restricted: "m.restricted",
            actor: None,
        }
    }

    /// Returns the statement for the circulated minutes on which an own institution, a member on the day of the
    /// session, may still comment.
    pub(super) fn minutes_open_for_comments(&self) -> ReasonStatement {
        let today = self.days.of_meeting(0);
        let since = "coalesce(n.circulated_at, n.updated_at)";
        let columns = Columns { code: "n.code", due: "n.comments_until", since, ..self.session(&today) };
        let rest = format!(
            "minutes n JOIN meetings m ON m.id = n.meeting_id WHERE n.status = 'circulated' AND n.comments_until >= {today} \
             AND {} AND EXISTS (SELECT 1 FROM meeting_commissions k JOIN memberships s ON s.commission_id = k.commission_id \
             WHERE k.meeting_id = m.id AND {} AND (s.from_date IS NULL OR s.from_date <= m.held_to) \
             AND (s.to_date IS NULL OR s.to_date >= m.held_to)) AND {}",
            self.member_of_session(),
            self.own_seat(),
            self.filter_session()
        );
        (PendingReason::MinutesOpenForComments, self.select(&columns, &rest))
    }

    /// Returns the statement for the convened sessions of the next days.
    pub(super) fn session_upcoming(&self) -> ReasonStatement {
        let (today, last) = (self.days.of_meeting(0), self.days.of_meeting(UPCOMING));
        let columns = Columns { since: "coalesce(m.convened_at, m.created_at)", ..self.session(&today) };
        let rest = format!(
            "meetings m WHERE m.status = 'scheduled' AND m.convened_at IS NOT NULL AND m.held_to >= {today} \
             AND m.held_from <= {last} AND ({} OR {}) AND {}",
            self.secretariat_of_session(),
            self.member_of_session(),
            self.filter_session()
        );
        (PendingReason::SessionUpcoming, self.select(&columns, &rest))
    }

    /// Returns the statement for the sessions of the next days that are not convened.
    pub(super) fn session_to_convene(&self) -> ReasonStatement {
        let (today, last) = (self.days.of_meeting(0), self.days.of_meeting(TO_CONVENE));
        let rest = format!(
            "meetings m WHERE m.status = 'scheduled' AND m.convened_at IS NULL AND m.held_to >= {today} \
             AND m.held_from <= {last} AND NOT EXISTS (\
               SELECT 1 FROM minutes n WHERE n.meeting_id = m.id AND n.status = 'approved') AND {} AND {}",
            self.secretariat_of_session(),
            self.filter_session()
        );
        (PendingReason::SessionToConvene, self.select(&self.session(&today), &rest))
    }

    /// Returns the statement for the sessions that are over and whose minutes were not circulated.
    pub(super) fn minutes_to_circulate(&self) -> ReasonStatement {
        let today = self.days.of_meeting(0);
        let since = "coalesce(m.ends_at, m.starts_at, m.created_at)";
        let columns = Columns { due: NO_DAY, since, ..self.session(&today) };
        let rest = format!(
            "meetings m LEFT JOIN minutes n ON n.meeting_id = m.id WHERE m.status <> 'cancelled' AND m.held_to < {today} \
             AND (n.status IS NULL OR n.status = 'draft') AND {} AND {}",
            self.secretariat_of_session(),
            self.filter_session()
        );
        (PendingReason::MinutesToCirculate, self.select(&columns, &rest))
    }

    /// Returns the statement for the minutes that await approval, and for approved ones that left drafts. `is_open`
    /// is true before approval.
    pub(super) fn minutes_to_approve(&self) -> ReasonStatement {
        let today = self.days.of_meeting(0);
        let columns = Columns {
            code: "n.code",
            due: "CASE WHEN n.status = 'circulated' THEN n.comments_until END",
            since: "coalesce(CASE WHEN n.status = 'circulated' THEN n.circulated_at ELSE n.approved_at END, n.updated_at)",
            is_open: "(n.status = 'circulated')",
            ..self.session(&today)
        };
        let rest = format!(
            "minutes n JOIN meetings m ON m.id = n.meeting_id WHERE m.status <> 'cancelled' AND (n.status = 'circulated' OR \
             (n.status = 'approved' AND {DRAFTS_LEFT})) AND {} AND {}",
            self.secretariat_of_session(),
            self.filter_session()
        );
        (PendingReason::MinutesToApprove, self.select(&columns, &rest))
    }
}
