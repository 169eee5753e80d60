//! Reminders: each day, the institutions that owe a report hear of it, on the days of the policy of the first commission.

use chrono::{NaiveDate, Timelike};

use super::waiting::{OwedReason, OwedReport, owed_by};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commissions::{ReminderPolicy, reminder_policies};
use crate::db::dispatch::lock_row;
use crate::db::{Db, DutyId, InstitutionId, Tx};
use crate::directory::working_calendar;
use crate::duties::model::Duty;
use crate::duties::{notifications, store};
use crate::error::Result;
use crate::notifications::Event;

/// Returns the duties whose reminders of today are not planned yet, from the sending hour of a working day. The number of
/// statements grows with the countries alone.
pub(crate) fn duties_to_remind(conn: &mut Db, now: Instant) -> Result<Vec<DutyId>> {
    let marks = store::reminder_marks(conn)?;
    let leads: Vec<_> = marks.iter().map(|mark| mark.lead).collect();
    let policies = reminder_policies(conn, &leads)?;
    let mut found = Vec::new();
    for mark in marks {
        let local = now.utc().with_timezone(&mark.zone);
        let policy = policies.get(&mark.lead).cloned().unwrap_or_default();
        let is_planned = mark.reminded_on.is_some_and(|day| day >= local.date_naive());
        if !is_planned && local.hour() >= policy.send_hour.unsigned_abs() {
            found.push((mark.id, mark.country, local.date_naive(), policy.send_on_non_working_days));
        }
    }
    let mut sent = Vec::new();
    let mut calendars = std::collections::HashMap::new();
    for (id, country, today, on_all_days) in found {
        if !calendars.contains_key(&country) {
            calendars.insert(country.clone(), working_calendar(conn, &country, None)?);
        }
        if on_all_days || calendars.get(&country).is_none_or(|calendar| calendar.is_working_day(today)) {
            sent.push(id);
        }
    }
    Ok(sent)
}

/// Sends the reminders of today about a duty: one mail to an institution for the reports that are due soon, one for those
/// that are missing.
pub(crate) fn remind_of_duty(tx: &mut Tx<'_>, id: DutyId) -> Result<()> {
    lock_row(tx.conn, "duties", id)?;
    let duty = store::find(tx.conn, &Visibility::everything(), id)?;
    let today = duty.today(tx.now);
    let last = store::reminded_on(tx.conn, id)?.unwrap_or_else(|| duty.today(duty.created_at));
    store::set_reminded(tx.conn, id, today)?;
    let asked = super::asked(tx.conn, &duty)?;
    let history = store::histories(tx.conn, &[id], None)?.remove(&id).unwrap_or_default();
    let policies = reminder_policies(tx.conn, &duty.fields.commission_ids)?;
    let policy = duty.fields.commission_ids.first().and_then(|lead| policies.get(lead)).cloned().unwrap_or_default();
    for institution in asked.institutions() {
        let mut owed = owed_by((&duty, &asked, &history), institution, tx.now);
        owed.retain(|one| reminders_until(one.due_to, today, &policy) > reminders_until(one.due_to, last, &policy));
        remind(tx, &duty, institution, owed)?;
    }
    Ok(())
}

fn remind(tx: &mut Tx<'_>, duty: &Duty, institution: InstitutionId, owed: Vec<OwedReport>) -> Result<()> {
    let (missing, due): (Vec<_>, Vec<_>) = owed
        .into_iter()
        .filter(|one| one.reason != OwedReason::Returned)
        .partition(|one| one.reason == OwedReason::Missing);
    notifications::remind(tx, (Event::DutyDue, "duty-due"), (duty, institution), &due)?;
    notifications::remind(tx, (Event::DutyMissing, "duty-missing"), (duty, institution), &missing)
}

/// Returns the number of reminders of a report that fall on a day or before it.
fn reminders_until(due: NaiveDate, day: NaiveDate, policy: &ReminderPolicy) -> i64 {
    let late = (day - due).num_days();
    let lead = policy.lead_days.iter().filter(|days| late >= -i64::from(**days)).count();
    let every = i64::from(policy.overdue_every_days.max(1));
    let overdue = if late > 0 { 1 + (late - 1) / every } else { 0 };
    i64::try_from(lead).unwrap_or_default() + overdue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::parse_day;

    #[test]
    fn reminders_fall_on_the_days_of_the_policy() {
        let day = |text: &str| parse_day(text).unwrap();
        let policy = ReminderPolicy::default();
        let number = |text: &str| reminders_until(day("2023-07-15"), day(text), &policy);
        for (text, expected) in [
            ("2023-06-14", 0),
            ("2023-06-15", 1),
            ("2023-07-07", 1),
            ("2023-07-08", 2),
            ("2023-07-15", 4),
            ("2023-07-16", 5),
            ("2023-07-22", 5),
            ("2023-07-23", 6),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}
