//! Reminder policies in the database; a commission without a row has the defaults.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::ReminderPolicy;
use crate::clock::Instant;
use crate::db::schema::reminder_policies as policies;
use crate::db::{CommissionId, Db};
use crate::error::{Error, Result};

/// The policies of these commissions; every one has its entry. One query.
pub fn of_commissions(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, ReminderPolicy>> {
    type Row = (CommissionId, String, i32, i32, i32, bool);
    let rows: Vec<Row> = policies::table
        .filter(policies::commission_id.eq_any(ids))
        .select((
            policies::commission_id,
            policies::lead_days,
            policies::overdue_every_days,
            policies::escalate_after_days,
            policies::send_hour,
            policies::send_on_non_working_days,
        ))
        .load(conn)?;
    let mut all: HashMap<_, _> = ids.iter().map(|id| (*id, ReminderPolicy::default())).collect();
    for (id, lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days) in rows {
        let lead_days = read_days(&lead_days)?;
        let policy =
            ReminderPolicy { lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days };
        all.insert(id, policy);
    }
    Ok(all)
}

/// `30,7,1,0`; nothing: no days. Anything else was not written by [`save`], and is no reason to remind of less.
fn read_days(text: &str) -> Result<Vec<i32>> {
    let days = text.split(',').filter(|_| !text.is_empty());
    days.map(|day| day.parse().map_err(|e| Error::internal(format!("lead_days {text:?}: {e}")))).collect()
}

pub fn find(conn: &mut Db, id: CommissionId) -> Result<ReminderPolicy> {
    Ok(of_commissions(conn, &[id])?.remove(&id).unwrap_or_default())
}

pub fn save(conn: &mut Db, id: CommissionId, policy: &ReminderPolicy, now: Instant) -> Result<()> {
    let lead_days: Vec<_> = policy.lead_days.iter().map(i32::to_string).collect();
    diesel::delete(policies::table.find(id)).execute(conn)?;
    diesel::insert_into(policies::table)
        .values((
            policies::commission_id.eq(id),
            policies::lead_days.eq(lead_days.join(",")),
            policies::overdue_every_days.eq(policy.overdue_every_days),
            policies::escalate_after_days.eq(policy.escalate_after_days),
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
        assert_eq!(read_days("30,7,1,0").ok(), Some(vec![30, 7, 1, 0]));
        assert_eq!(read_days("").ok(), Some(Vec::new()));
        for text in ["30,", "30;7", "30, 7", "x"] {
            assert!(read_days(text).is_err(), "{text}");
        }
    }
}
