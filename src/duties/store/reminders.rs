//! The last day on which the reminders of each duty were planned.

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use crate::access::commission_refs;
use crate::db::schema::{duties, duty_commissions};
use crate::db::{CommissionId, Db, DutyId};
use crate::error::Result;

/// A duty, as far as the planning of its reminders needs it.
#[derive(Debug, Clone)]
pub(crate) struct ReminderMark {
    pub id: DutyId,
    pub country: String,
    /// The first commission, and its time zone.
    pub lead: CommissionId,
    pub zone: Tz,
    pub reminded_on: Option<NaiveDate>,
}

/// Loads the marks of all duties. Two statements.
pub(crate) fn reminder_marks(conn: &mut Db) -> Result<Vec<ReminderMark>> {
    let rows: Vec<(DutyId, String, Option<NaiveDate>, CommissionId)> = duty_commissions::table
        .inner_join(duties::table)
        .filter(duty_commissions::position.eq(0))
        .order(duties::id)
        .select((duties::id, duties::country_code, duties::reminded_on, duty_commissions::commission_id))
        .load(conn)?;
    let leads = crate::db::unique(rows.iter().map(|row| row.3));
    let zones = commission_refs(conn, &leads)?;
    let mark = |(id, country, reminded_on, lead)| {
        let zone = zones.get(&lead).map_or(Tz::UTC, |commission| commission.zone);
        ReminderMark { id, country, lead, zone, reminded_on }
    };
    Ok(rows.into_iter().map(mark).collect())
}

/// Returns the last day on which the reminders of a duty were planned.
pub(crate) fn reminded_on(conn: &mut Db, id: DutyId) -> Result<Option<NaiveDate>> {
    Ok(duties::table.filter(duties::id.eq(id)).select(duties::reminded_on).first(conn)?)
}

/// Notes that the reminders of a duty were planned.
pub(crate) fn set_reminded(conn: &mut Db, id: DutyId, day: NaiveDate) -> Result<()> {
    diesel::update(duties::table.find(id)).set(duties::reminded_on.eq(day)).execute(conn)?;
    Ok(())
}
