//! Waivers of reports, also those that were withdrawn.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{duties, duty_waivers};
use crate::db::{Db, DutyId, DutyWaiverId, InstitutionId, UserId};
use crate::duties::model::{Duty, DutyWaiver};
use crate::error::Result;
use crate::identity::{Person, UserNames, user_names};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = duty_waivers, treat_none_as_default_value = false)]
struct WaiverRow {
    id: DutyWaiverId,
    duty_id: DutyId,
    institution_id: InstitutionId,
    period: PartialDate,
    period_from: NaiveDate,
    reason: String,
    waived_by: Option<UserId>,
    waived_at: Instant,
    withdrawn_by: Option<UserId>,
    withdrawn_at: Option<Instant>,
}

impl WaiverRow {
    fn into_waiver(self, names: &UserNames) -> DutyWaiver {
        DutyWaiver {
            id: self.id,
            reason: self.reason,
            waived_by: Person::named(names, self.waived_by),
            waived_at: self.waived_at,
            withdrawn_by: Person::named(names, self.withdrawn_by),
            withdrawn_at: self.withdrawn_at,
        }
    }
}

fn names_of(conn: &mut Db, rows: &[WaiverRow]) -> Result<UserNames> {
    user_names(conn, rows.iter().flat_map(|row| [row.waived_by, row.withdrawn_by]).flatten())
}

/// Adds a waiver. 409 `duplicate` while another one is in force.
pub(crate) fn add_waiver(
    conn: &mut Db,
    (duty, institution_id, period): (&Duty, InstitutionId, &PartialDate),
    waiver: &DutyWaiver,
) -> Result<()> {
    let row = WaiverRow {
        id: waiver.id,
        duty_id: duty.id,
        institution_id,
        period_from: period.from(),
        period: period.clone(),
        reason: waiver.reason.clone(),
        waived_by: waiver.waived_by.as_ref().map(|person| person.id),
        waived_at: waiver.waived_at,
        withdrawn_by: waiver.withdrawn_by.as_ref().map(|person| person.id),
        withdrawn_at: waiver.withdrawn_at,
    };
    diesel::insert_into(duty_waivers::table).values(row).execute(conn)?;
    Ok(())
}

/// Saves the withdrawal of a waiver.
pub(crate) fn withdraw_waiver(conn: &mut Db, waiver: &DutyWaiver) -> Result<()> {
    let by = waiver.withdrawn_by.as_ref().map(|person| person.id);
    diesel::update(duty_waivers::table.find(waiver.id))
        .set((duty_waivers::withdrawn_by.eq(by), duty_waivers::withdrawn_at.eq(waiver.withdrawn_at)))
        .execute(conn)?;
    Ok(())
}

/// Loads the waivers of an institution on a period, the oldest first.
pub(super) fn waivers_of_period(
    conn: &mut Db,
    duty: &Duty,
    institution: InstitutionId,
    period: &PartialDate,
) -> Result<Vec<DutyWaiver>> {
    let rows: Vec<WaiverRow> = duty_waivers::table
        .filter(duty_waivers::duty_id.eq(duty.id))
        .filter(duty_waivers::institution_id.eq(institution))
        .filter(duty_waivers::period_from.eq(period.from()))
        .order(duty_waivers::id)
        .select(WaiverRow::as_select())
        .load(conn)?;
    let names = names_of(conn, &rows)?;
    Ok(rows.into_iter().map(|row| row.into_waiver(&names)).collect())
}

/// Loads the waivers in force of a duty on the periods that begin between two days, each with its institution and its period,
/// the earliest period first. Without the names of the people.
pub(crate) fn waivers_in_force(
    conn: &mut Db,
    id: DutyId,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<(InstitutionId, PartialDate, String)>> {
    if first > last {
        return Ok(Vec::new());
    }
    let found = duty_waivers::table
        .filter(duty_waivers::duty_id.eq(id))
        .filter(duty_waivers::withdrawn_at.is_null())
        .filter(duty_waivers::period_from.between(first, last))
        .order((duty_waivers::period_from, duty_waivers::id))
        .select((duty_waivers::institution_id, duty_waivers::period, duty_waivers::reason));
    Ok(found.load(conn)?)
}

/// A waiver with its duty, its institution and its period.
type PlacedWaiver = ((DutyId, InstitutionId, PartialDate), DutyWaiver);

/// Loads the waivers of the duties of a country, the oldest first.
pub(crate) fn waivers_of_country(conn: &mut Db, country: &str) -> Result<Vec<PlacedWaiver>> {
    let rows: Vec<WaiverRow> = duty_waivers::table
        .inner_join(duties::table)
        .filter(duties::country_code.eq(country))
        .order(duty_waivers::id)
        .select(WaiverRow::as_select())
        .load(conn)?;
    let names = names_of(conn, &rows)?;
    let placed = |row: WaiverRow| {
        let place = (row.duty_id, row.institution_id, row.period.clone());
        (place, row.into_waiver(&names))
    };
    Ok(rows.into_iter().map(placed).collect())
}
