//! What decides about grants (a read model over every record that names institutions).

use std::collections::{HashMap, HashSet};

use diesel::dsl::not;
use diesel::prelude::*;

use crate::db::schema::{
    activities, activity_commissions, activity_organizers, activity_partners, agreement_commissions, agreement_parties,
    agreements, assignments, attendances, commissions, commitment_beneficiaries, commitment_commissions, commitments,
    countries, delegates, institutions, meeting_commissions, meetings, memberships, plan_commissions,
    plan_item_responsibles, plan_items, plans,
};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::actor::Actor;
use crate::identity::model::GrantInput;

/// What decides about grants: where commissions are, and where institutions are, sit and are named.
#[derive(Debug, Default)]
pub struct Facts {
    pub countries: Vec<String>,
    pub commissions: HashMap<CommissionId, String>,
    pub institutions: HashMap<InstitutionId, InstitutionFacts>,
}

/// Where an institution is, sits and is named.
#[derive(Debug, Default)]
pub struct InstitutionFacts {
    pub country_code: Option<String>,
    /// Commissions with their countries, past and coming seats included.
    pub seats: Vec<(CommissionId, String)>,
    /// Whether a record names it that is neither in a country nor in a commission of the actor's.
    pub named_elsewhere: bool,
}

/// Everything that these grants name, as the actor stands to it.
pub fn facts(conn: &mut Db, actor: &Actor, named: &[GrantInput], institution: Option<InstitutionId>) -> Result<Facts> {
    let countries: Vec<&String> = named.iter().filter_map(|grant| grant.country_code.as_ref()).collect();
    let commissions: Vec<CommissionId> = named.iter().filter_map(|grant| grant.commission_id).collect();
    let institutions: Vec<InstitutionId> =
        named.iter().filter_map(|grant| grant.institution_id).chain(institution).collect();
    let mut facts = Facts::default();
    if !countries.is_empty() {
        facts.countries =
            countries::table.filter(countries::code.eq_any(countries)).select(countries::code).load(conn)?;
    }
    if !commissions.is_empty() {
        let rows: Vec<(CommissionId, String)> = commissions::table
            .filter(commissions::id.eq_any(commissions))
            .select((commissions::id, commissions::country_code))
            .load(conn)?;
        facts.commissions = rows.into_iter().collect();
    }
    if !institutions.is_empty() {
        facts.institutions = institution_facts(conn, actor, &institutions)?;
    }
    Ok(facts)
}

fn institution_facts(
    conn: &mut Db,
    actor: &Actor,
    ids: &[InstitutionId],
) -> Result<HashMap<InstitutionId, InstitutionFacts>> {
    let elsewhere = named_elsewhere(conn, actor, ids)?;
    let rows: Vec<(InstitutionId, Option<String>)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::country_code))
        .load(conn)?;
    let known = |(id, country_code)| {
        let named_elsewhere = elsewhere.contains(&id);
        (id, InstitutionFacts { country_code, seats: Vec::new(), named_elsewhere })
    };
    let mut all: HashMap<_, _> = rows.into_iter().map(known).collect();
    let seats: Vec<(InstitutionId, CommissionId, String)> = memberships::table
        .inner_join(commissions::table)
        .filter(memberships::institution_id.eq_any(ids))
        .select((memberships::institution_id, commissions::id, commissions::country_code))
        .load(conn)?;
    for (id, commission, country) in seats {
        if let Some(one) = all.get_mut(&id) {
            one.seats.push((commission, country));
        }
    }
    Ok(all)
}

/// Those of these institutions that some record names which is neither in a country that the actor steers nor in a
/// commission that the actor keeps. One query for each kind of record.
pub fn named_elsewhere(conn: &mut Db, actor: &Actor, ids: &[InstitutionId]) -> Result<HashSet<InstitutionId>> {
    if actor.is_admin() {
        return Ok(HashSet::new());
    }
    let own: Vec<&str> = actor.countries().collect();
    let kept: Vec<CommissionId> = actor.keeps().collect();
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
    macro_rules! kept {
        ($links:ident, $record:ident) => {
            $links::table.filter($links::commission_id.eq_any(&kept)).select($links::$record)
        };
    }
    let members = memberships::table.inner_join(commissions::table);
    add!(members, memberships::institution_id, commissions not in &kept);
    let speakers = delegates::table.inner_join(commissions::table);
    add!(speakers, delegates::institution_id, commissions not in &kept);
    let attending = attendances::table.inner_join(meetings::table);
    add!(attending, attendances::institution_id, meetings not in kept!(meeting_commissions, meeting_id));
    let parties = agreement_parties::table.inner_join(agreements::table);
    let party = agreement_parties::institution_id.assume_not_null();
    add!(parties, party, agreements not in kept!(agreement_commissions, agreement_id));
    let responsible = plan_item_responsibles::table.inner_join(plan_items::table.inner_join(plans::table));
    add!(responsible, plan_item_responsibles::institution_id, plans not in kept!(plan_commissions, plan_id));
    let assigned = assignments::table.inner_join(commitments::table);
    add!(assigned, assignments::institution_id, commitments not in kept!(commitment_commissions, commitment_id));
    let served = commitment_beneficiaries::table.inner_join(commitments::table);
    let beneficiary = commitment_beneficiaries::institution_id;
    add!(served, beneficiary, commitments not in kept!(commitment_commissions, commitment_id));
    let follower = commitments::follow_up_institution_id.assume_not_null();
    add!(commitments::table, follower, commitments not in kept!(commitment_commissions, commitment_id));
    let organizing = activity_organizers::table.inner_join(activities::table);
    add!(organizing, activity_organizers::institution_id, activities not in kept!(activity_commissions, activity_id));
    let joining = activity_partners::table.inner_join(activities::table);
    add!(joining, activity_partners::institution_id, activities not in kept!(activity_commissions, activity_id));
    Ok(elsewhere)
}
