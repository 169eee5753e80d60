//! The read models of the pages of commissions: records with the names of the institutions and commissions in them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::delegates::{Delegate, shown_on};
use super::memberships::{Membership, memberships_on};
use super::model::{Commission, CommissionFilter};
use super::reminder_policy::{ReminderPolicy, reminder_policies};
use super::states::{DatedState, OperationalState, latest_states};
use super::{scope, store};
use crate::access::{
    CommissionRef, Visibility, known_commissions, may_coordinate, may_coordinate_anywhere, may_write,
    may_write_anywhere, visible_commissions,
};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, InstitutionId, unique};
use crate::directory::{CountryColumn, Institution, country_names, institutions_by_id};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::Actor;
use crate::text::name_key;

/// The largest number of parts of a commission on its page.
const MOST_PARTS: i64 = 200;

/// One page of the list of commissions.
pub(super) struct CommissionList {
    pub page: Page<Commission>,
    pub institutions: HashMap<InstitutionId, Institution>,
    /// The code and the name of every country.
    pub countries: Vec<(String, String)>,
    pub country: CountryColumn,
    pub may_create: bool,
    pub manages_people: bool,
}

/// A commission with the names of what it refers to.
pub(super) struct Record {
    pub commission: Commission,
    pub parent: Option<CommissionRef>,
    pub parts: Vec<Commission>,
    pub institutions: HashMap<InstitutionId, Institution>,
    /// True if the reader may change the commission itself.
    pub may_change: bool,
    /// The people that a commission without members lacks besides; None if it has members, does not work, or the reader may
    /// not change it.
    pub lacks: Option<Lacking>,
}

/// The people that a new commission lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacking {
    Members,
    /// No member, and nobody with an account of its secretariat.
    MembersAndSecretariat,
}

/// A list of a commission, as it is on a day.
pub(super) struct OnDay<T> {
    pub commission: CommissionRef,
    pub day: NaiveDate,
    pub items: Vec<T>,
    pub institutions: HashMap<InstitutionId, Institution>,
    /// The institutions for which the reader may change the list; None: all of them.
    pub own: Option<Vec<InstitutionId>>,
}

impl<T> OnDay<T> {
    /// Returns true if the reader may change the entries of an institution.
    pub(super) fn may_change(&self, institution: InstitutionId) -> bool {
        self.own.as_ref().is_none_or(|own| own.contains(&institution))
    }

    /// Returns true if the reader may add to the list.
    pub(super) fn may_add(&self) -> bool {
        self.own.as_ref().is_none_or(|own| !own.is_empty())
    }
}

/// The operational states of a commission, the one that began last first.
pub(super) struct States {
    pub commission: CommissionRef,
    pub states: Vec<DatedState>,
    pub today: NaiveDate,
    pub may_change: bool,
}

/// The reminder policy of a commission.
pub(super) struct Reminders {
    pub commission: CommissionRef,
    pub policy: ReminderPolicy,
    pub may_change: bool,
}

crate::nothing_restricted!(CommissionList, Record, OnDay<Membership>, OnDay<Delegate>, States, Reminders);

/// Returns one page of the visible commissions.
pub(super) fn list(
    conn: &mut Db,
    actor: &Actor,
    filter: &CommissionFilter,
    paging: &Paging<CommissionId>,
    now: Instant,
) -> Result<CommissionList> {
    let visibility = Visibility::of(actor);
    let page = store::list(conn, &visibility, filter, paging, now)?;
    let visible = visible_commissions(conn, &visibility)?;
    let named = page.items.iter().flat_map(heads).collect();
    Ok(CommissionList {
        institutions: institutions(conn, named)?,
        countries: country_names(conn)?,
        country: CountryColumn::of(conn, &visible)?,
        may_create: may_coordinate_anywhere(actor),
        manages_people: may_write_anywhere(actor),
        page,
    })
}

/// Returns a commission; 404 if it is not visible.
pub(super) fn record(conn: &mut Db, actor: &Actor, id: CommissionId, now: Instant) -> Result<Record> {
    let visibility = Visibility::of(actor);
    let commission = store::find(conn, &visibility, id, now)?;
    let above: Vec<CommissionId> = commission.fields.parent_id.into_iter().collect();
    let parent = known_commissions(conn, &visibility, &above)?.pop();
    let parts = CommissionFilter { parent_id: Some(id), ..CommissionFilter::default() };
    let parts = store::list(conn, &visibility, &parts, &Paging::read(Some(MOST_PARTS), None)?, now)?.items;
    let institutions = institutions(conn, heads(&commission).collect())?;
    let may_change = may_coordinate(actor, &commission.fields.country_code);
    let is_new = may_change && commission.listed_member_count == 0;
    let works = commission.fields.operational_state != OperationalState::Inactive;
    let lacks = if is_new && works { Some(lacking(conn, id)?) } else { None };
    Ok(Record { commission, parent, parts, institutions, may_change, lacks })
}

fn lacking(conn: &mut Db, id: CommissionId) -> Result<Lacking> {
    let has_secretariat = store::has_secretariat(conn, id)?;
    Ok(if has_secretariat { Lacking::Members } else { Lacking::MembersAndSecretariat })
}

/// Returns the members of a commission on a day, today without one: by role, then by name.
pub(super) fn members(
    conn: &mut Db,
    actor: &Actor,
    id: CommissionId,
    (day, now): (Option<NaiveDate>, Instant),
) -> Result<OnDay<Membership>> {
    let commission = scope::visible(conn, actor, id)?;
    let day = day.unwrap_or_else(|| commission.today(now));
    let mut items = memberships_on(conn, &[id], day)?;
    let institutions = institutions(conn, items.iter().map(|one| one.fields.institution_id).collect())?;
    items.sort_by_cached_key(|one| (one.fields.role, name_key(name_of(&institutions, one.fields.institution_id))));
    let own = if may_write(actor, &commission.country_code, &[id]) { None } else { Some(Vec::new()) };
    Ok(OnDay { commission, day, items, institutions, own })
}

/// Returns the delegates of a commission on a day, today without one: by institution, principals first.
pub(super) fn delegates(
    conn: &mut Db,
    actor: &Actor,
    id: CommissionId,
    (day, now): (Option<NaiveDate>, Instant),
) -> Result<OnDay<Delegate>> {
    let commission = scope::visible(conn, actor, id)?;
    let day = day.unwrap_or_else(|| commission.today(now));
    let mut items = shown_on(conn, actor, &commission, day)?;
    let institutions = institutions(conn, items.iter().map(|one| one.fields.institution_id).collect())?;
    items.sort_by_cached_key(|one| (name_key(name_of(&institutions, one.fields.institution_id)), one.fields.capacity));
    let own = if may_write(actor, &commission.country_code, &[id]) { None } else { Some(seats_in(actor, id)) };
    Ok(OnDay { commission, day, items, institutions, own })
}

/// Returns the operational states of a commission.
pub(super) fn states(conn: &mut Db, actor: &Actor, id: CommissionId, now: Instant) -> Result<States> {
    let commission = scope::visible(conn, actor, id)?;
    let today = commission.today(now);
    let may_change = may_coordinate(actor, &commission.country_code);
    Ok(States { states: latest_states(conn, id)?, today, may_change, commission })
}

/// Returns the reminder policy of a commission.
pub(super) fn reminders(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<Reminders> {
    let commission = scope::visible(conn, actor, id)?;
    let policy = reminder_policies(conn, &[id])?.remove(&id).unwrap_or_default();
    let may_change = may_write(actor, &commission.country_code, &[id]);
    Ok(Reminders { commission, policy, may_change })
}

/// Returns the institutions that are members of a commission today and that the actor represents in it.
fn seats_in(actor: &Actor, id: CommissionId) -> Vec<InstitutionId> {
    let here = actor.seats.iter().filter(|seat| seat.commission_id == id);
    here.map(|seat| seat.institution_id).filter(|own| actor.is_representative_of(*own, &[id])).collect()
}

/// Returns the institutions that lead a commission and that are its secretariat.
fn heads(commission: &Commission) -> impl Iterator<Item = InstitutionId> + use<> {
    commission.lead_institution_id.into_iter().chain(commission.secretariat_institution_id)
}

fn institutions(conn: &mut Db, ids: Vec<InstitutionId>) -> Result<HashMap<InstitutionId, Institution>> {
    let ids = unique(ids);
    institutions_by_id(conn, &ids)
}

/// Returns the name of an institution.
pub(super) fn name_of(institutions: &HashMap<InstitutionId, Institution>, id: InstitutionId) -> &str {
    institutions.get(&id).map_or("", |one| one.fields.name.as_str())
}
