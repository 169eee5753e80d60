//! Reminder policy of a commission: the days and the hour at which reminders about its commitments are sent.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::scope;
use crate::audit;
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub use store::of_commissions as reminder_policies;

/// The days and the hour at which reminders about a commission's commitments are sent. Omitted fields have their
/// default.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ReminderPolicy {
    /// Numbers of days before the due date on which to remind; 0 is the due date itself.
    #[deserr(default = Self::default().lead_days)]
    #[schema(examples(json!([30, 7, 1, 0])), max_items = 20, required = false)]
    pub lead_days: Vec<i32>,
    /// The number of days between reminders while overdue.
    #[deserr(default = Self::default().overdue_every_days)]
    #[schema(examples(7), minimum = 1, maximum = 365, required = false)]
    pub overdue_every_days: i32,
    /// The number of days overdue from which the secretariat is reminded too.
    #[deserr(default = Self::default().escalate_after_days)]
    #[schema(examples(14), minimum = 0, maximum = 3650, required = false)]
    pub escalate_after_days: i32,
    /// The number of days after which what awaits a review or a decision is brought to the secretariat again.
    #[deserr(default = Self::default().review_after_days)]
    #[schema(examples(7), minimum = 1, maximum = 365, required = false)]
    pub review_after_days: i32,
    /// The number of days overdue from which the coordinator is reminded too.
    #[deserr(default = Self::default().escalate_to_coordinator_after_days)]
    #[schema(examples(30), minimum = 0, maximum = 3650, required = false)]
    pub escalate_to_coordinator_after_days: i32,
    /// Numbers of days before a convened session on which to remind those convened; 0 is the day itself.
    #[deserr(default = Self::default().meeting_reminder_days)]
    #[schema(examples(json!([1])), max_items = 10, required = false)]
    pub meeting_reminder_days: Vec<i32>,
    /// The hour of the day, in the commission's time zone, from which mail is sent.
    #[deserr(default = Self::default().send_hour)]
    #[schema(examples(8), minimum = 0, maximum = 23, required = false)]
    pub send_hour: i32,
    /// True if mail is also sent on non-working days.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub send_on_non_working_days: bool,
}

impl Default for ReminderPolicy {
    fn default() -> Self {
        Self {
            lead_days: vec![30, 7, 1, 0],
            overdue_every_days: 7,
            escalate_after_days: 14,
            review_after_days: 7,
            escalate_to_coordinator_after_days: 30,
            meeting_reminder_days: vec![1],
            send_hour: 8,
            send_on_non_working_days: false,
        }
    }
}

impl Input for ReminderPolicy {
    fn check(&self, faults: &mut Faults) {
        faults.distinct("/lead_days", &self.lead_days, 20);
        for (n, days) in self.lead_days.iter().enumerate() {
            faults.within(&format!("/lead_days/{n}"), *days, 0, 365);
        }
        faults.within("/overdue_every_days", self.overdue_every_days, 1, 365);
        faults.within("/escalate_after_days", self.escalate_after_days, 0, 3650);
        faults.within("/review_after_days", self.review_after_days, 1, 365);
        faults.within("/escalate_to_coordinator_after_days", self.escalate_to_coordinator_after_days, 0, 3650);
        faults.distinct("/meeting_reminder_days", &self.meeting_reminder_days, 10);
        for (n, days) in self.meeting_reminder_days.iter().enumerate() {
            faults.within(&format!("/meeting_reminder_days/{n}"), *days, 0, 60);
        }
        faults.within("/send_hour", self.send_hour, 0, 23);
    }
}

crate::nothing_restricted!(ReminderPolicy);

/// Replaces the policy of a commission.
pub(crate) fn set_reminder_policy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    policy: ReminderPolicy,
) -> Result<ReminderPolicy> {
    let target = scope::writable_by_secretariat(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let before = store::find(tx.conn, commission)?;
    store::save(tx.conn, commission, &policy, tx.now)?;
    if before != policy {
        audit::updated(tx, "reminder_policy", commission, Some(&target.country_code), &before, &policy)?;
    }
    Ok(policy)
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::*;
    use crate::clock::Instant;
    use crate::db::Db;
    use crate::db::schema::reminder_policies as policies;
    use crate::error::Error;

    /// Returns the policy of each of these commissions, the default if none is stored. One query.
    pub fn of_commissions(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, ReminderPolicy>> {
        type Row = (CommissionId, String, (i32, i32, i32, i32), String, i32, bool);
        let rows: Vec<Row> = policies::table
            .filter(policies::commission_id.eq_any(ids))
            .select((
                policies::commission_id,
                policies::lead_days,
                (
                    policies::overdue_every_days,
                    policies::escalate_after_days,
                    policies::review_after_days,
                    policies::escalate_to_coordinator_after_days,
                ),
                policies::meeting_reminder_days,
                policies::send_hour,
                policies::send_on_non_working_days,
            ))
            .load(conn)?;
        let mut all: HashMap<_, _> = ids.iter().map(|id| (*id, ReminderPolicy::default())).collect();
        for (id, lead_days, days, meeting_reminder_days, send_hour, send_on_non_working_days) in rows {
            let (overdue_every_days, escalate_after_days, review_after_days, escalate_to_coordinator_after_days) = days;
            let policy = ReminderPolicy {
                lead_days: parse_days(&lead_days)?,
                overdue_every_days,
                escalate_after_days,
                review_after_days,
                escalate_to_coordinator_after_days,
                meeting_reminder_days: parse_days(&meeting_reminder_days)?,
                send_hour,
                send_on_non_working_days,
            };
            all.insert(id, policy);
        }
        Ok(all)
    }

    /// Parses a stored list such as `30,7,1,0`; an empty text is an empty list. Any other text was not written by
    /// [`save`] and is an error, so that no reminder is silently left out.
    fn parse_days(text: &str) -> Result<Vec<i32>> {
        let days = text.split(',').filter(|_| !text.is_empty());
        days.map(|day| day.parse().map_err(|e| Error::internal(format!("days {text:?}: {e}")))).collect()
    }

    pub(super) fn find(conn: &mut Db, id: CommissionId) -> Result<ReminderPolicy> {
        Ok(of_commissions(conn, &[id])?.remove(&id).unwrap_or_default())
    }

    pub(super) fn save(conn: &mut Db, id: CommissionId, policy: &ReminderPolicy, now: Instant) -> Result<()> {
        let list = |days: &[i32]| days.iter().map(i32::to_string).collect::<Vec<_>>().join(",");
        diesel::delete(policies::table.find(id)).execute(conn)?;
        diesel::insert_into(policies::table)
            .values((
                policies::commission_id.eq(id),
                policies::lead_days.eq(list(&policy.lead_days)),
                policies::overdue_every_days.eq(policy.overdue_every_days),
                policies::escalate_after_days.eq(policy.escalate_after_days),
                policies::review_after_days.eq(policy.review_after_days),
                policies::escalate_to_coordinator_after_days.eq(policy.escalate_to_coordinator_after_days),
                policies::meeting_reminder_days.eq(list(&policy.meeting_reminder_days)),
                policies::send_hour.eq(policy.send_hour),
                policies::send_on_non_working_days.eq(policy.send_on_non_working_days),
                policies::updated_at.eq(now),
            ))
            .execute(conn)?;
        Ok(())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn lead_days_are_read_as_they_were_written_or_not_at_all() {
            assert_eq!(parse_days("30,7,1,0").ok(), Some(vec![30, 7, 1, 0]));
            assert_eq!(parse_days("").ok(), Some(Vec::new()));
            for text in ["30,", "30;7", "30, 7", "x"] {
                assert!(parse_days(text).is_err(), "{text}");
            }
        }
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, put};

    use super::*;
    use crate::http::Body;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(put_policy);
    }

    /// Show a commission's reminder policy
    ///
    /// Returns the default values until a policy is set.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", responses((status = 200, description = "The policy", body = ReminderPolicy)))]
    #[get("/api/v1/commissions/{id}/reminder-policy")]
    pub(crate) async fn show(caller: Caller, id: Path<CommissionId>) -> Result<HttpResponse> {
        caller.show(scope::load_visible(*id, store::find)).await
    }

    /// Set a commission's reminder policy
    ///
    /// Replaces the whole policy; omitted fields get their default.
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin.
    #[utoipa::path(tag = "commissions", request_body = ReminderPolicy, responses((status = 200, description = "The new policy", body = ReminderPolicy)))]
    #[put("/api/v1/commissions/{id}/reminder-policy")]
    pub(crate) async fn put_policy(
        caller: Caller,
        id: Path<CommissionId>,
        body: Body<ReminderPolicy>,
    ) -> Result<HttpResponse> {
        let id = id.into_inner();
        let load = scope::load_writable(scope::writable_by_secretariat, id, store::find);
        caller.put(body, load, move |tx, actor, policy| set_reminder_policy(tx, actor, id, policy)).await
    }
}
