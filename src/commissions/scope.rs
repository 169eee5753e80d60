//! Loads a commission for its memberships, delegates and other sub-resources, or answers 404 or 403; filters of the
//! lists of memberships and delegates.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::access::{CommissionRef, Visibility, commission_refs, require_coordinator, require_writer};
use crate::db::{CommissionId, Db, InstitutionId, Tx};
use crate::error::{Code, Result};
use crate::http::Paging;
use crate::identity::Actor;

/// Returns the commission; 404 if the actor may not see it.
pub(super) fn visible(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    let visible = Visibility::of(actor).knows_commission(id, &found.country_code);
    if visible { Ok(found) } else { Err(Code::NotFound.into()) }
}

/// Returns the commission for its secretariat, the coordinator of its country and admins; 403 for others.
pub(super) fn writable_by_secretariat(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = visible(conn, actor, id)?;
    require_writer(actor, &found.country_code, &[id]).map(|()| found)
}

/// Returns the commission for the coordinator of its country and admins; 403 for others.
pub(super) fn writable_by_coordinator(conn: &mut Db, actor: &Actor, id: CommissionId) -> Result<CommissionRef> {
    let found = visible(conn, actor, id)?;
    require_coordinator(actor, &found.country_code).map(|()| found)
}

/// Finds a commission and checks write access: [`writable_by_secretariat`] or [`writable_by_coordinator`].
pub(super) type FindWritable = fn(&mut Db, &Actor, CommissionId) -> Result<CommissionRef>;

/// Returns a function that loads something of a commission for those who may see the commission.
pub(super) fn load_visible<T>(
    id: CommissionId,
    load: impl FnOnce(&mut Db, CommissionId) -> Result<T>,
) -> impl FnOnce(&mut Db, &Actor) -> Result<T> {
    move |conn, actor| {
        visible(conn, actor, id)?;
        load(conn, id)
    }
}

/// Returns a function that loads something of a commission for those who may write it.
pub(super) fn load_writable<T>(
    find: FindWritable,
    id: CommissionId,
    load: impl Fn(&mut Db, CommissionId) -> Result<T>,
) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<T> {
    move |tx, actor| {
        find(tx.conn, actor, id)?;
        load(tx.conn, id)
    }
}

/// Filters of the lists of memberships and delegates.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PeriodFilter {
    /// Only those of this institution.
    pub institution_id: Option<InstitutionId>,
    /// Only those that hold on this day.
    #[param(example = "2023-08-22")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    pub on: Option<NaiveDate>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

impl PeriodFilter {
    /// Returns the page of the list; 400 if it is malformed.
    pub(super) fn paging<K: DeserializeOwned>(&self) -> Result<Paging<K>> {
        Ok(Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count))
    }
}
