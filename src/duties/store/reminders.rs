//! The last day on which the reminders of each duty were planned.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible::visible;
use crate::access::Visibility;
use crate::db::schema::{duties, duty_commissions};
use crate::db::{CommissionId, Db, DutyId};
use crate::error::Result;

/// A duty, as far as the planning of its reminders needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DutyMark {
    pub id: DutyId,
    /// The first commission.
    pub lead: CommissionId,
    /// The last day on which its reminders were planned.
    pub reminded_on: Option<NaiveDate>,
}

/// Loads the marks of the visible duties. Two statements.
pub(crate) fn marks(conn: &mut Db, visibility: &Visibility) -> Result<Vec<DutyMark>> {
    let mut query = duties::table.order(duties::id).select((duties::id, duties::reminded_on)).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    let rows: Vec<(DutyId, Option<NaiveDate>)> = query.load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let leads: Vec<(DutyId, CommissionId)> = duty_commissions::table
        .filter(duty_commissions::position.eq(0))
        .select((duty_commissions::duty_id, duty_commissions::commission_id))
        .load(conn)?;
    let leads: HashMap<DutyId, CommissionId> = leads.into_iter().collect();
    let mark = |(id, reminded_on)| Some(DutyMark { id, lead: *leads.get(&id)?, reminded_on });
    Ok(rows.into_iter().filter_map(mark).collect())
}

/// Records that the reminders of these duties were planned on a day; without a day they are planned again.
pub(crate) fn set_reminded(conn: &mut Db, ids: &[DutyId], day: Option<NaiveDate>) -> Result<()> {
    diesel::update(duties::table.filter(duties::id.eq_any(ids))).set(duties::reminded_on.eq(day)).execute(conn)?;
    Ok(())
}
