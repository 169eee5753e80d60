//! Data for the rules about grants and about moving institutions (a read model over every record that names
//! institutions).

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::seats;
use crate::clock::Instant;
use crate::db::schema::{
    activities, activity_commissions, activity_organizers, activity_partners, agenda_proposals, agreement_commissions,
    agreement_parties, agreements, assignments, attendances, commissions, commitment_beneficiaries,
    commitment_commissions, commitments, countries, delegates, duties, duty_commissions, duty_institutions,
    duty_reports, duty_waivers, grants, indicator_responsibles, indicators, institutions, meeting_commissions,
    meeting_replies, meetings, memberships, minutes_comments, plan_commissions, plan_item_responsibles, plan_items,
    plans, users,
};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::actor::Actor;
use crate::identity::model::GrantInput;

/// GrantContext for the rules about grants: countries of commissions and institutions, and the seats of institutions.
#[derive(Debug, Default)]
pub(crate) struct GrantContext {
    /// Names by code.
    pub countries: HashMap<String, String>,
    pub commissions: HashMap<CommissionId, CommissionInfo>,
    pub institutions: HashMap<InstitutionId, InstitutionInfo>,
}

/// The country and the name of a commission.
#[derive(Debug)]
pub(crate) struct CommissionInfo {
    pub country_code: String,
    pub name: String,
}

/// The country, the name and the seats of an institution.
#[derive(Debug)]
pub(crate) struct InstitutionInfo {
    pub country_code: Option<String>,
    pub name: String,
    /// The commissions of which it is a member today.
    pub member_of: Vec<CommissionId>,
}

/// Loads everything that these grants name, the commissions of which the actor is the secretariat, and `institution`.
pub(crate) fn grant_context(
    conn: &mut Db,
    actor: &Actor,
    named: &[GrantInput],
    institution: Option<InstitutionId>,
    now: Instant,
) -> Result<GrantContext> {
    let countries: Vec<&String> = named.iter().filter_map(|grant| grant.country_code.as_ref()).collect();
    let commissions: Vec<CommissionId> =
        named.iter().filter_map(|grant| grant.commission_id).chain(actor.secretariat_commissions()).collect();
    let institutions: Vec<InstitutionId> =
        named.iter().filter_map(|grant| grant.institution_id).chain(institution).collect();
    let mut context = GrantContext::default();
    if !countries.is_empty() {
        let query = countries::table.filter(countries::code.eq_any(countries));
        context.countries =
            query.select((countries::code, countries::name)).load::<(String, String)>(conn)?.into_iter().collect();
    }
    if !commissions.is_empty() {
        let rows: Vec<(CommissionId, String, String)> = commissions::table
            .filter(commissions::id.eq_any(commissions))
            .select((commissions::id, commissions::country_code, commissions::name))
            .load(conn)?;
        let known = rows.into_iter().map(|(id, country_code, name)| (id, CommissionInfo { country_code, name }));
        context.commissions = known.collect();
    }
    if !institutions.is_empty() {
        context.institutions = institution_infos(conn, &institutions, now)?;
    }
    Ok(context)
}

fn institution_infos(
    conn: &mut Db,
    ids: &[InstitutionId],
    now: Instant,
) -> Result<HashMap<InstitutionId, InstitutionInfo>> {
    let rows: Vec<(InstitutionId, Option<String>, String)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::country_code, institutions::name))
        .load(conn)?;
    let known = |(id, country_code, name)| (id, InstitutionInfo { country_code, name, member_of: Vec::new() });
    let mut all: HashMap<_, _> = rows.into_iter().map(known).collect();
    for seat in seats(conn, ids, now)? {
        if let Some(one) = all.get_mut(&seat.institution_id) {
            one.member_of.push(seat.commission_id);
        }
    }
    Ok(all)
}

/// Returns true if an enabled person represents the institution with a grant that is not bounded to a commission.
pub(crate) fn is_represented_everywhere(conn: &mut Db, id: InstitutionId) -> Result<bool> {
    let unbounded = grants::table
        .inner_join(users::table)
        .filter(grants::institution_id.eq(id))
        .filter(grants::commission_id.is_null())
        .filter(users::disabled.eq(false));
    Ok(diesel::select(exists(unbounded)).get_result(conn)?)
}

/// Returns those of these institutions that are named by a record outside the countries and commissions that the actor
/// may write. One query for each kind of record.
pub(crate) fn named_elsewhere(conn: &mut Db, actor: &Actor, ids: &[InstitutionId]) -> Result<HashSet<InstitutionId>> {
    if actor.is_admin() {
        return Ok(HashSet::new());
    }
    let own: Vec<&str> = actor.coordinated_countries().collect();
    let writable: Vec<CommissionId> = actor.secretariat_commissions().collect();
    let mut elsewhere = HashSet::new();
    macro_rules! add {
        ($naming:expr, $institution:expr, $record:ident not in $inside:expr) => {{
            let found: Vec<InstitutionId> = $naming
                .filter($institution.eq_any(ids))
                .filter($record::country_code.ne_all(&own))
                .filter(not($record::id.eq_any($inside)))
                .select($institution)
                .distinct()
                .load(conn)?;
            elsewhere.extend(found);
        }};
    }
    macro_rules! writable {
        ($links:ident, $record:ident) => {
            $links::table.filter($links::commission_id.eq_any(&writable)).select($links::$record)
        };
    }
    let members = memberships::table.inner_join(commissions::table);
    add!(members, memberships::institution_id, commissions not in &writable);
    let delegating = delegates::table.inner_join(commissions::table);
    add!(delegating, delegates::institution_id, commissions not in &writable);
    let attending = attendances::table.inner_join(meetings::table);
    add!(attending, attendances::institution_id, meetings not in writable!(meeting_commissions, meeting_id));
    let replying = meeting_replies::table.inner_join(meetings::table);
    add!(replying, meeting_replies::institution_id, meetings not in writable!(meeting_commissions, meeting_id));
    let proposing = agenda_proposals::table.inner_join(meetings::table);
    add!(proposing, agenda_proposals::institution_id, meetings not in writable!(meeting_commissions, meeting_id));
    let commenting = minutes_comments::table.inner_join(meetings::table);
    add!(commenting, minutes_comments::institution_id, meetings not in writable!(meeting_commissions, meeting_id));
    let parties = agreement_parties::table.inner_join(agreements::table);
    let party = agreement_parties::institution_id.assume_not_null();
    add!(parties, party, agreements not in writable!(agreement_commissions, agreement_id));
    let responsible = plan_item_responsibles::table.inner_join(plan_items::table.inner_join(plans::table));
    add!(responsible, plan_item_responsibles::institution_id, plans not in writable!(plan_commissions, plan_id));
    let measuring = indicator_responsibles::table
        .inner_join(indicators::table.inner_join(plan_items::table.inner_join(plans::table)));
    add!(measuring, indicator_responsibles::institution_id, plans not in writable!(plan_commissions, plan_id));
    let asked = duty_institutions::table.inner_join(duties::table);
    add!(asked, duty_institutions::institution_id, duties not in writable!(duty_commissions, duty_id));
    let reporting = duty_reports::table.inner_join(duties::table);
    add!(reporting, duty_reports::institution_id, duties not in writable!(duty_commissions, duty_id));
    let waived = duty_waivers::table.inner_join(duties::table);
    add!(waived, duty_waivers::institution_id, duties not in writable!(duty_commissions, duty_id));
    let assigned = assignments::table.inner_join(commitments::table);
    add!(assigned, assignments::institution_id, commitments not in writable!(commitment_commissions, commitment_id));
    let served = commitment_beneficiaries::table.inner_join(commitments::table);
    let beneficiary = commitment_beneficiaries::institution_id;
    add!(served, beneficiary, commitments not in writable!(commitment_commissions, commitment_id));
    let follower = commitments::follow_up_institution_id.assume_not_null();
    add!(commitments::table, follower, commitments not in writable!(commitment_commissions, commitment_id));
    let organizing = activity_organizers::table.inner_join(activities::table);
    add!(organizing, activity_organizers::institution_id, activities not in writable!(activity_commissions, activity_id));
    let joining = activity_partners::table.inner_join(activities::table);
    add!(joining, activity_partners::institution_id, activities not in writable!(activity_commissions, activity_id));
    Ok(elsewhere)
}
