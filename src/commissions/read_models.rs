//! The read models of the pages of commissions: records with the names of the institutions and commissions in them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::delegates::{Delegate, shown_on};
use super::memberships::{Membership, memberships_on};
use super::model::{Commission, CommissionFilter};
use super::reminder_policy::{ReminderPolicy, reminder_policies};
use super::states::{DatedState, latest_states};
use super::{scope, store};
use crate::access::{CommissionRef, Visibility, known_commissions};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, InstitutionId};
use crate::directory::{Institution, country_names, institutions_by_id};
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
}

/// A commission with the names of what it refers to.
pub(super) struct Record {
    pub commission: Commission,
    pub parent: Option<CommissionRef>,
    pub parts: Vec<Commission>,
    pub institutions: HashMap<InstitutionId, Institution>,
}

/// A list of a commission, as it is on a day.
pub(super) struct OnDay<T> {
    pub commission: CommissionRef,
    pub day: NaiveDate,
    pub items: Vec<T>,
    pub institutions: HashMap<InstitutionId, Institution>,
}

/// The operational states of a commission, the one that began last first.
pub(super) struct States {
    pub commission: CommissionRef,
    pub states: Vec<DatedState>,
    pub today: NaiveDate,
}

/// The reminder policy of a commission.
pub(super) struct Reminders {
    pub commission: CommissionRef,
    pub policy: ReminderPolicy,
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
    let page = store::list(conn, &Visibility::of(actor), filter, paging, now)?;
    let named = page.items.iter().flat_map(heads).collect();
    Ok(CommissionList { institutions: institutions(conn, named)?, countries: country_names(conn)?, page })
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
    Ok(Record { commission, parent, parts, institutions })
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
    Ok(OnDay { commission, day, items, institutions })
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
    Ok(OnDay { commission, day, items, institutions })
}

/// Returns the operational states of a commission.
pub(super) fn states(conn: &mut Db, actor: &Actor, id: CommissionId, now: Instant) -> Result<States> {
    let commission = scope::visible(conn, actor, id)?;
    let today = commission.today(now);
    Ok(States { states: latest_states(conn, id)?, today, commission })
}

/// Returns the reminder policy of a commission.
pub(super) fn reminders(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<Reminders> {
    let commission = scope::visible(conn, actor, id)?;
    let policy = reminder_policies(conn, &[id])?.remove(&id).unwrap_or_default();
    Ok(Reminders { commission, policy })
}

/// Returns the institutions that lead a commission and that are its secretariat.
fn heads(commission: &Commission) -> impl Iterator<Item = InstitutionId> + use<> {
    commission.lead_institution_id.into_iter().chain(commission.secretariat_institution_id)
}

fn institutions(conn: &mut Db, mut ids: Vec<InstitutionId>) -> Result<HashMap<InstitutionId, Institution>> {
    ids.sort_unstable();
    ids.dedup();
    institutions_by_id(conn, &ids)
}

/// Returns the name of an institution.
pub(super) fn name_of(institutions: &HashMap<InstitutionId, Institution>, id: InstitutionId) -> &str {
    institutions.get(&id).map_or("", |one| one.fields.name.as_str())
}
