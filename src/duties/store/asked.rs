//! The institutions that duties ask: those that they name on some days, or those of a sector that are members of their
//! commissions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{Row, complete};
use super::visible;
use crate::access::Visibility;
use crate::db::schema::{duties, institutions, memberships};
use crate::db::{CommissionId, Db, DutyId, InstitutionId, unique};
use crate::directory::Sector;
use crate::duties::model::{AskedInstitutions, Duty};
use crate::error::Result;

type Member = (CommissionId, InstitutionId, Sector, Option<NaiveDate>, Option<NaiveDate>);

/// Returns the institutions that each of these duties asks. One statement.
pub(crate) fn asked_institutions(conn: &mut Db, duties: &[Duty]) -> Result<HashMap<DutyId, AskedInstitutions>> {
    let by_sector = || duties.iter().filter(|duty| duty.fields.sector.is_some());
    let commissions = unique(by_sector().flat_map(|duty| duty.fields.commission_ids.iter().copied()));
    let members = members(conn, &commissions)?;
    Ok(duties.iter().map(|duty| (duty.id, asked(duty, &members))).collect())
}

fn asked(duty: &Duty, members: &[Member]) -> AskedInstitutions {
    let mut asked = AskedInstitutions::default();
    duty.institution_days.iter().for_each(|days| asked.add(days.institution_id, (days.from, days.to)));
    let of_duty =
        |member: &&Member| duty.fields.sector == Some(member.2) && duty.fields.commission_ids.contains(&member.0);
    for (_, institution, _, from, to) in members.iter().filter(of_duty) {
        asked.add(*institution, (*from, *to));
    }
    asked
}

fn members(conn: &mut Db, commissions: &[CommissionId]) -> Result<Vec<Member>> {
    if commissions.is_empty() {
        return Ok(Vec::new());
    }
    Ok(memberships::table
        .inner_join(institutions::table)
        .filter(memberships::commission_id.eq_any(commissions))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            memberships::institution_id,
            institutions::sector,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?)
}

/// Loads the visible duties that ask one of these institutions, in the order of their ids.
pub(crate) fn asking(conn: &mut Db, visibility: &Visibility, ids: &[InstitutionId]) -> Result<Vec<Duty>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = duties::table.filter(visible::asking(ids)).order(duties::id).select(Row::as_select()).into_boxed();
    if let Some(condition) = visible::visible(visibility) {
        query = query.filter(condition);
    }
    let rows = query.load(conn)?;
    complete(conn, rows)
}
