//! The read model of an institution's page: its names, commissions and delegates, its open duties in all commissions, and
//! its periodic reports.

use std::collections::HashMap;

use super::model::{Commitment, Sort, Status};
use super::store::{self, Filter};
use crate::access::{CommissionRef, Visibility, commission_refs, known_commissions, may_write};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::commissions::{Delegate, Membership, delegates_of_institution, memberships_of_institution};
use crate::db::{CommissionId, Db, InstitutionId, unique};
use crate::directory::{Institution, country_names, institution, institutions_by_id, may_change_institution};
use crate::duties::DutyRecord;
use crate::error::Result;
use crate::http::Paging;
use crate::identity::Actor;
use crate::notifications::{RecordScope, contacts};

/// The number of commitments of each kind that are shown.
const MOST_DUTIES: i64 = 20;

/// Everything that the page of an institution shows.
pub(super) struct InstitutionPage {
    pub institution: Institution,
    /// The institutions that it refers to, or that may be the same.
    pub others: HashMap<InstitutionId, Institution>,
    pub may_change: bool,
    /// The name of its country, or the code of one that the program does not have.
    pub country: Option<String>,
    /// The memberships in the commissions that the reader may know, the newest first.
    pub memberships: Vec<Membership>,
    /// The commissions of the memberships and duties, by id.
    pub commissions: HashMap<CommissionId, CommissionRef>,
    pub delegates: Vec<Delegate>,
    pub overdue: Duties,
    pub open: Duties,
    pub awaiting: Duties,
    /// The periodic reports that it is asked for.
    pub reports: Vec<DutyRecord>,
    /// The commissions that the reader writes for, in which nobody can be mailed for the institution.
    pub unreachable: Vec<CommissionRef>,
    /// The reader, whose rights decide about the buttons.
    pub actor: Actor,
    pub now: Instant,
}

/// The first commitments of a kind, and the number of all.
pub(super) struct Duties {
    pub items: Vec<Commitment>,
    pub count: i64,
}

impl RestrictedContent for InstitutionPage {
    fn restricted(&self, found: &mut RestrictedRecords) {
        for duties in [&self.overdue, &self.open, &self.awaiting] {
            duties.items.restricted(found);
        }
        for record in &self.reports {
            record.duty.restricted(found);
        }
    }
}

/// Reads the page of an institution; 404 when there is none. The number of statements is constant.
pub(super) fn read(conn: &mut Db, actor: &Actor, id: InstitutionId, now: Instant) -> Result<InstitutionPage> {
    let visibility = Visibility::of(actor);
    let institution = institution(conn, id)?;
    let fields = &institution.fields;
    let named = fields.parent_id.into_iter().chain(fields.succeeded_by_id);
    let named: Vec<_> = named.chain(institution.warnings.iter().flat_map(|warning| warning.ids.clone())).collect();
    let others = institutions_by_id(conn, &named)?;
    let may_change = may_change_institution(conn, actor, fields.country_code.as_deref())?;
    let known_countries = country_names(conn)?;
    let country = fields.country_code.as_ref().map(|code| {
        let named = known_countries.iter().find(|(own, _)| own == code);
        named.map_or_else(|| code.clone(), |(_, name)| name.clone())
    });
    let mut memberships = memberships_of_institution(conn, id)?;
    let known = known_commissions(conn, &visibility, &unique(memberships.iter().map(|one| one.commission_id)))?;
    memberships.retain(|one| known.iter().any(|commission| commission.id == one.commission_id));
    let delegates = delegates_of_institution(conn, actor, id, &known, now)?;
    let open = || vec![Status::Planned, Status::InProgress];
    let part = || Filter { institution_id: Some(id), ..Filter::default() };
    let overdue = duties(conn, &visibility, &Filter { overdue: Some(true), ..part() }, now)?;
    let open = duties(conn, &visibility, &Filter { overdue: Some(false), part_status: open(), ..part() }, now)?;
    let awaiting = duties(conn, &visibility, &Filter { awaiting_review: Some(true), ..part() }, now)?;
    let reports = DutyRecord::asking(conn, &visibility, id)?;
    let of_duties = [&overdue, &open, &awaiting].into_iter().flat_map(|duties| &duties.items);
    let of_duties = unique(of_duties.flat_map(|commitment| commitment.fields.commission_ids.clone()));
    let mut commissions = commission_refs(conn, &of_duties)?;
    commissions.extend(known.into_iter().map(|one| (one.id, one)));
    let today = |one: &Membership| commissions.get(&one.commission_id).map(|commission| commission.today(now));
    let current = memberships.iter().filter(|one| today(one).is_some_and(|day| one.fields.holds_on(day)));
    let concerned = unique(current.map(|one| one.commission_id).chain(of_duties.iter().copied()));
    let concerned: Vec<&CommissionRef> = concerned.iter().filter_map(|one| commissions.get(one)).collect();
    let unreachable = unreachable(conn, actor, id, &concerned, now)?;
    let actor = actor.clone();
    Ok(InstitutionPage {
        others,
        may_change,
        country,
        memberships,
        commissions,
        delegates,
        overdue,
        open,
        awaiting,
        reports,
        unreachable,
        institution,
        actor,
        now,
    })
}

fn duties(conn: &mut Db, visibility: &Visibility, filter: &Filter, now: Instant) -> Result<Duties> {
    let paging = Paging::first(MOST_DUTIES).counting(Some(true));
    let page = store::list(conn, visibility, filter, (Sort::Due, &paging), now)?;
    Ok(Duties { count: page.total.unwrap_or(0), items: page.items })
}

/// Returns those of these commissions that the actor writes for and in which nobody can be mailed for the institution.
fn unreachable(
    conn: &mut Db,
    actor: &Actor,
    institution: InstitutionId,
    commissions: &[&CommissionRef],
    now: Instant,
) -> Result<Vec<CommissionRef>> {
    let writable = |one: &&&CommissionRef| may_write(actor, &one.country_code, &[one.id]);
    let writable: Vec<&CommissionRef> = commissions.iter().filter(writable).copied().collect();
    if writable.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<CommissionId> = writable.iter().map(|one| one.id).collect();
    let contacts = contacts(conn, &ids, &[institution])?;
    let is_unreachable = |one: &&CommissionRef| {
        let scope = RecordScope { country: &one.country_code, commissions: &[one.id], restricted: false };
        contacts.for_institution(scope, institution, one.today(now)).iter().all(|(_, reason)| reason.is_instead())
    };
    Ok(writable.into_iter().filter(is_unreachable).cloned().collect())
}
