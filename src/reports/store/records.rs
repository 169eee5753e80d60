//! The read model of drafting: a country's record in a constant number of queries.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::activities::activities_of;
use super::links::{grouped, links, take};
use super::plans::{observations_of, plans_of, roadmap_of};
use super::promises::{agreements_of, commitments_of};
use crate::db::schema::{
    attendances, commissions, countries, institutions, meetings, memberships, minutes, operational_states,
};
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, PlanId};
use crate::directory::{PartnerType, Sector};
use crate::error::{Code, Result};
use crate::reports::records::{Activity, Commission, Institution, Meeting, Membership, Records};

/// Everything that a report of the country on this roadmap can be drafted from.
pub fn records(conn: &mut Db, country: &str, roadmap: PlanId) -> Result<Records> {
    let name: Option<String> = countries::table.find(country).select(countries::name).first(conn).optional()?;
    let mut records = Records {
        country_code: country.to_owned(),
        country_name: name.ok_or(Code::NotFound)?,
        commissions: commissions_of(conn, country)?,
        memberships: memberships_of(conn, country)?,
        meetings: meetings_of(conn, country)?,
        agreements: agreements_of(conn, country)?,
        commitments: commitments_of(conn, country)?,
        roadmap: roadmap_of(conn, roadmap)?,
        plans: plans_of(conn, country)?,
        observations: observations_of(conn, country)?,
        activities: activities_of(conn, country)?,
        ..Records::default()
    };
    records.institutions = institutions_named_in(conn, &records)?;
    Ok(records)
}

fn institutions_named_in(conn: &mut Db, records: &Records) -> Result<HashMap<InstitutionId, Institution>> {
    let mut ids: Vec<InstitutionId> = records.memberships.iter().map(|one| one.institution_id).collect();
    ids.extend(records.meetings.iter().flat_map(|one| one.present.iter().map(|(id, _)| *id)));
    ids.extend(records.agreements.iter().flat_map(|one| one.party_ids.iter().copied()));
    ids.extend(records.commitments.iter().flat_map(|one| one.assignments.iter().map(|a| a.institution_id)));
    ids.extend(records.activities.iter().flat_map(Activity::parties));
    ids.sort_unstable();
    ids.dedup();
    type Row = (InstitutionId, String, Sector, Option<String>, Option<PartnerType>);
    let rows: Vec<Row> = institutions::table
        .filter(institutions::id.eq_any(&ids))
        .select((
            institutions::id,
            institutions::name,
            institutions::sector,
            institutions::country_code,
            institutions::partner_type,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, sector, country_code, partner_type)| {
            (id, Institution { name, sector, country_code, partner_type })
        })
        .collect())
}

fn commissions_of(conn: &mut Db, country: &str) -> Result<Vec<Commission>> {
    let dated: Vec<(CommissionId, (NaiveDate, String))> = operational_states::table
        .inner_join(commissions::table)
        .filter(commissions::country_code.eq(country))
        .order((operational_states::since_from, operational_states::id))
        .select((operational_states::commission_id, (operational_states::since_from, operational_states::state)))
        .load(conn)?;
    let mut states = grouped(dated);
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = commissions)]
    struct Row {
        id: CommissionId,
        name: String,
        acronym: Option<String>,
        kind: String,
        parent_id: Option<CommissionId>,
        territory: Option<String>,
        function: Option<String>,
        operational_state: String,
        declared_member_count: Option<i32>,
    }
    let rows: Vec<Row> = commissions::table
        .filter(commissions::country_code.eq(country))
        .order(commissions::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Commission {
            states: take(&mut states, &row.id),
            id: row.id,
            name: row.name,
            acronym: row.acronym,
            kind: row.kind,
            parent_id: row.parent_id,
            territory: row.territory,
            function: row.function,
            state: row.operational_state,
            declared_member_count: row.declared_member_count,
        })
        .collect())
}

fn memberships_of(conn: &mut Db, country: &str) -> Result<Vec<Membership>> {
    type Row = (CommissionId, InstitutionId, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = memberships::table
        .inner_join(commissions::table)
        .filter(commissions::country_code.eq(country))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            memberships::institution_id,
            memberships::role,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(commission_id, institution_id, role, from, to)| Membership {
            commission_id,
            institution_id,
            role,
            from,
            to,
        })
        .collect())
}

fn meetings_of(conn: &mut Db, country: &str) -> Result<Vec<Meeting>> {
    type Row = (MeetingId, String, String, NaiveDate, NaiveDate, String, bool, Option<String>);
    let rows: Vec<Row> = meetings::table
        .left_join(minutes::table)
        .filter(meetings::country_code.eq(country))
        .order((meetings::held_from, meetings::id))
        .select((
            meetings::id,
            meetings::title,
            meetings::kind,
            meetings::held_from,
            meetings::held_to,
            meetings::status,
            meetings::restricted,
            minutes::status.nullable(),
        ))
        .load(conn)?;
    let attended: Vec<(MeetingId, (InstitutionId, Option<String>))> = attendances::table
        .inner_join(meetings::table)
        .filter(meetings::country_code.eq(country).and(attendances::status.eq("present")))
        .order((attendances::meeting_id, attendances::position))
        .select((attendances::meeting_id, (attendances::institution_id, attendances::capacity)))
        .load(conn)?;
    let mut attended = grouped(attended);
    let mut joint = links!(conn, country, meeting_commissions(meeting_id, commission_id) of meetings);
    Ok(rows
        .into_iter()
        .map(|(id, title, kind, held_from, held_to, status, restricted, minutes)| Meeting {
            commission_ids: take(&mut joint, &id),
            present: take(&mut attended, &id)
                .into_iter()
                .map(|(institution, capacity)| (institution, capacity.as_deref() == Some("guest")))
                .collect(),
            id,
            title,
            kind,
            held_from,
            held_to,
            status,
            restricted,
            minutes,
        })
        .collect())
}
