//! What hangs on a page of commissions: one query for each kind, whatever the number of commissions.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use diesel::prelude::*;

use super::today::days_on_earth;
use super::{Row, aliases, themes};
use crate::clock::Instant;
use crate::commissions::commission::model::{Commission, CommissionInput, LegalBasis, Stated};
use crate::commissions::states::state_on;
use crate::commissions::{MemberRole, OperationalState};
use crate::dates::PartialDate;
use crate::db::schema::{commission_legal_bases as bases, countries, memberships, operational_states};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::themes::Theme;

/// What hangs on a page of commissions, by commission.
pub(super) struct Attached {
    zones: HashMap<String, String>,
    aliases: HashMap<CommissionId, Vec<String>>,
    themes: HashMap<CommissionId, Vec<Theme>>,
    bases: HashMap<CommissionId, Vec<LegalBasis>>,
    states: HashMap<CommissionId, Vec<(NaiveDate, OperationalState)>>,
    seats: HashMap<CommissionId, Vec<Seat>>,
}

struct Seat {
    institution: InstitutionId,
    role: MemberRole,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Seat {
    fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl Attached {
    pub(super) fn load(conn: &mut Db, rows: &[Row], now: Instant) -> Result<Self> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut codes: Vec<_> = rows.iter().map(|row| row.country_code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let zones: Vec<(String, String)> = countries::table
            .filter(countries::code.eq_any(codes))
            .select((countries::code, countries::time_zone))
            .load(conn)?;
        Ok(Self {
            zones: zones.into_iter().collect(),
            aliases: aliases::load(conn, &ids)?,
            themes: themes::load(conn, &ids)?,
            bases: load_bases(conn, &ids)?,
            states: load_states(conn, &ids)?,
            seats: load_seats(conn, &ids, now)?,
        })
    }

    /// The row with its own, as it is today.
    pub(super) fn commission(&mut self, row: Row, now: Instant) -> Commission {
        let zone = row.time_zone.clone().or_else(|| self.zones.get(&row.country_code).cloned());
        let today = now.day_in(zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC));
        let history = self.states.remove(&row.id).unwrap_or_default();
        let mut seats = self.seats.remove(&row.id).unwrap_or_default();
        seats.retain(|seat| seat.holds_on(today));
        let holder = |role| seats.iter().find(|seat| seat.role == role).map(|seat| seat.institution);
        let listed = seats.iter().filter(|seat| seat.role.is_listed()).count();
        Commission {
            id: row.id,
            lead_institution_id: holder(MemberRole::Lead),
            secretariat_institution_id: holder(MemberRole::Secretariat),
            listed_member_count: i32::try_from(listed).unwrap_or(i32::MAX),
            created_at: row.created_at,
            updated_at: row.updated_at,
            stated: Stated { operational_state: row.operational_state, time_zone: row.time_zone.clone() },
            fields: CommissionInput {
                quorum: row.quorum(),
                country_code: row.country_code,
                name: row.name,
                kind: row.kind,
                acronym: row.acronym,
                official_name: row.official_name,
                aliases: self.aliases.remove(&row.id).unwrap_or_default(),
                parent_id: row.parent_id,
                themes: self.themes.remove(&row.id).unwrap_or_default(),
                territory: row.territory,
                function: row.function,
                legal_basis: self.bases.remove(&row.id).unwrap_or_default(),
                operational_state: state_on(row.operational_state, &history, today),
                declared_member_count: row.declared_member_count,
                time_zone: zone,
            },
        }
    }
}

fn load_bases(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, Vec<LegalBasis>>> {
    type Row = (CommissionId, String, Option<String>, Option<PartialDate>, Option<String>);
    let rows: Vec<Row> = bases::table
        .filter(bases::commission_id.eq_any(ids))
        .order((bases::commission_id, bases::position))
        .select((bases::commission_id, bases::title, bases::number, bases::issued, bases::url))
        .load(conn)?;
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for (id, title, number, issued, url) in rows {
        let basis = LegalBasis { title, number, issued, url, issued_from: None, issued_to: None };
        lists.entry(id).or_default().push(basis.bounded());
    }
    Ok(lists)
}

fn load_states(
    conn: &mut Db,
    ids: &[CommissionId],
) -> Result<HashMap<CommissionId, Vec<(NaiveDate, OperationalState)>>> {
    let rows: Vec<(CommissionId, NaiveDate, OperationalState)> = operational_states::table
        .filter(operational_states::commission_id.eq_any(ids))
        .order((operational_states::since_from, operational_states::id))
        .select((operational_states::commission_id, operational_states::since_from, operational_states::state))
        .load(conn)?;
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for (id, since, state) in rows {
        lists.entry(id).or_default().push((since, state));
    }
    Ok(lists)
}

/// The memberships that hold on any day that it is somewhere now.
fn load_seats(conn: &mut Db, ids: &[CommissionId], now: Instant) -> Result<HashMap<CommissionId, Vec<Seat>>> {
    let (first, last) = days_on_earth(now);
    type Row = (CommissionId, InstitutionId, MemberRole, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = memberships::table
        .filter(memberships::commission_id.eq_any(ids))
        .filter(memberships::from_date.is_null().or(memberships::from_date.le(last)))
        .filter(memberships::to_date.is_null().or(memberships::to_date.ge(first)))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            memberships::institution_id,
            memberships::role,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?;
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for (id, institution, role, from, to) in rows {
        lists.entry(id).or_default().push(Seat { institution, role, from, to });
    }
    Ok(lists)
}
