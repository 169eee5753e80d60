//! Operational states of a commission, each with the date since when it holds.

use chrono::NaiveDate;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::scope;
use crate::access::CommissionRef;
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::dates::PartialDate;
use crate::db::{CommissionId, Db, OperationalStateId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(crate) use store::all_of_country as operational_states_of_country;
pub(super) use store::latest as latest_states;

crate::text_enum! {
    /// The state of a commission's work.
    OperationalState {
        /// The commission works.
        Active = "active",
        /// The commission does not work.
        Inactive = "inactive",
        /// No source states it. This is not the same as inactive.
        Unknown = "unknown",
    }
}

/// The content of a dated operational state.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct OperationalStateInput {
    /// The state of the commission from then on.
    #[schema(examples("active"))]
    pub state: OperationalState,
    /// The date since when it holds, as precise as the source states it.
    #[schema(examples("2023-03"))]
    pub since: PartialDate,
    /// The source of this information.
    #[deserr(default)]
    #[schema(examples("Informe de progreso anual, pregunta 3"), max_length = 1000)]
    pub source: Option<String>,
}

impl Input for OperationalStateInput {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/source", self.source.as_ref(), 1000);
    }
}

/// A dated operational state of a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct DatedState {
    /// The entry's id.
    pub id: OperationalStateId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: OperationalStateInput,
    /// The first day that `since` can mean; the state holds from this day on.
    #[schema(examples("2023-03-01"))]
    pub since_from: NaiveDate,
    /// The last day that `since` can mean.
    #[schema(examples("2023-03-31"))]
    pub since_to: NaiveDate,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl DatedState {
    fn new(
        id: OperationalStateId,
        commission_id: CommissionId,
        fields: OperationalStateInput,
        created_at: Instant,
        updated_at: Instant,
    ) -> Self {
        let (since_from, since_to) = (fields.since.from(), fields.since.to());
        Self { id, commission_id, fields, since_from, since_to, created_at, updated_at }
    }

    pub(crate) fn input(&self) -> OperationalStateInput {
        self.fields.clone()
    }
}

/// Returns the state that holds on a day: the entry with the latest first day on or before it (of several with the same
/// first day, the one created last), or the state given with the commission if no entry has begun.
///
/// `history` has the first day of each entry, in the order of creation.
pub(super) fn state_on(
    initial: OperationalState,
    history: &[(NaiveDate, OperationalState)],
    day: NaiveDate,
) -> OperationalState {
    let begun = history.iter().filter(|(since, _)| *since <= day);
    begun.max_by_key(|(since, _)| *since).map_or(initial, |(_, state)| *state)
}

crate::nothing_restricted!(DatedState);

pub(crate) fn create_operational_state(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    input: OperationalStateInput,
) -> Result<DatedState> {
    let target = scope::writable_by_coordinator(tx.conn, actor, commission)?;
    let entry = DatedState::new(new_id(tx.now), commission, input, tx.now, tx.now);
    store::insert(tx.conn, &entry)?;
    audit::created(tx, "operational_state", entry.id, Some(&target.country_code), &entry)?;
    Ok(entry)
}

pub(crate) fn update_operational_state(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: OperationalStateId,
    input: OperationalStateInput,
) -> Result<DatedState> {
    let target = scope::writable_by_coordinator(tx.conn, actor, commission)?;
    let before = store::find(tx.conn, commission, id)?;
    let after = DatedState::new(id, commission, input, before.created_at, tx.now);
    store::update(tx.conn, &after)?;
    audit::updated(tx, "operational_state", id, Some(&target.country_code), &before, &after)?;
    Ok(after)
}

/// Returns a dated state with its commission for those who may change it; 404 or 403 for others.
pub(super) fn state_to_change(
    conn: &mut Db,
    actor: &Actor,
    (commission, id): (CommissionId, OperationalStateId),
) -> Result<(CommissionRef, DatedState)> {
    let target = scope::writable_by_coordinator(conn, actor, commission)?;
    Ok((target, store::find(conn, commission, id)?))
}

pub(super) fn delete_operational_state(tx: &mut Tx<'_>, actor: &Actor, entry: DatedState) -> Result<()> {
    let target = scope::writable_by_coordinator(tx.conn, actor, entry.commission_id)?;
    store::delete(tx.conn, entry.id)?;
    audit::deleted(tx, "operational_state", entry.id, Some(&target.country_code), &entry)
}

/// Adds an entry that makes this the commission's state from the current day of its time zone on.
pub(super) fn set_state_today(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    state: OperationalState,
) -> Result<DatedState> {
    let today = scope::writable_by_coordinator(tx.conn, actor, commission)?.today(tx.now);
    let input = OperationalStateInput { state, since: PartialDate::day(today), source: None };
    create_operational_state(tx, actor, commission, input)
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{commissions, operational_states};
    use crate::http::{Page, Paging};

    #[derive(Queryable, Selectable, Insertable, AsChangeset)]
    #[diesel(table_name = operational_states, treat_none_as_null = true)]
    struct Row {
        id: OperationalStateId,
        commission_id: CommissionId,
        state: OperationalState,
        since: PartialDate,
        since_from: NaiveDate,
        since_to: NaiveDate,
        source: Option<String>,
        created_at: Instant,
        updated_at: Instant,
    }

    impl Row {
        fn of(entry: &DatedState) -> Self {
            let OperationalStateInput { state, since, source } = entry.fields.clone();
            Self {
                id: entry.id,
                commission_id: entry.commission_id,
                state,
                since,
                since_from: entry.since_from,
                since_to: entry.since_to,
                source,
                created_at: entry.created_at,
                updated_at: entry.updated_at,
            }
        }

        fn into_entry(self) -> DatedState {
            let fields = OperationalStateInput { state: self.state, since: self.since, source: self.source };
            DatedState::new(self.id, self.commission_id, fields, self.created_at, self.updated_at)
        }
    }

    /// Returns one page of a commission's entries, in the order of creation.
    pub(super) fn list(
        conn: &mut Db,
        commission: CommissionId,
        paging: &Paging<OperationalStateId>,
    ) -> Result<Page<DatedState>> {
        let mut query = operational_states::table
            .filter(operational_states::commission_id.eq(commission))
            .select(Row::as_select())
            .order(operational_states::id)
            .into_boxed();
        let total = paging.count(conn, &query)?;
        if let Some(after) = paging.after {
            query = query.filter(operational_states::id.gt(after));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.id).counted(total).map(Row::into_entry))
    }

    /// Returns the entries of a commission, the one that began last first; at most 200.
    pub(crate) fn latest(conn: &mut Db, commission: CommissionId) -> Result<Vec<DatedState>> {
        let rows: Vec<Row> = operational_states::table
            .filter(operational_states::commission_id.eq(commission))
            .order((operational_states::since_from.desc(), operational_states::id.desc()))
            .limit(200)
            .select(Row::as_select())
            .load(conn)?;
        Ok(rows.into_iter().map(Row::into_entry).collect())
    }

    /// Returns every entry of a country's commissions, in the order of their ids.
    pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<DatedState>> {
        let rows: Vec<Row> = operational_states::table
            .inner_join(commissions::table)
            .filter(commissions::country_code.eq(country))
            .order(operational_states::id)
            .select(Row::as_select())
            .load(conn)?;
        Ok(rows.into_iter().map(Row::into_entry).collect())
    }

    pub(super) fn find(conn: &mut Db, commission: CommissionId, id: OperationalStateId) -> Result<DatedState> {
        let entry = operational_states::table.find(id).filter(operational_states::commission_id.eq(commission));
        Ok(entry.select(Row::as_select()).first(conn).map(Row::into_entry)?)
    }

    pub(super) fn insert(conn: &mut Db, entry: &DatedState) -> Result<()> {
        diesel::insert_into(operational_states::table).values(Row::of(entry)).execute(conn)?;
        Ok(())
    }

    pub(super) fn update(conn: &mut Db, entry: &DatedState) -> Result<()> {
        diesel::update(operational_states::table.find(entry.id)).set(Row::of(entry)).execute(conn)?;
        Ok(())
    }

    pub(super) fn delete(conn: &mut Db, id: OperationalStateId) -> Result<()> {
        diesel::delete(operational_states::table.find(id)).execute(conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::*;
    use crate::commissions::scope::{load_visible, load_writable, writable_by_coordinator};
    use crate::http::{Body, Page, PageQuery, Patch, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(update).service(remove);
    }

    /// List a commission's operational states
    ///
    /// In the order of creation.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(PageQuery), responses((status = 200, description = "One page", body = Page<DatedState>)))]
    #[get("/api/v1/commissions/{id}/operational-states")]
    pub(crate) async fn list(caller: Caller, id: Path<CommissionId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        caller.list(load_visible(*id, move |conn, id| store::list(conn, id, &paging))).await
    }

    /// Create an operational state
    ///
    /// Permissions: coordinator of the commission's country; admin.
    #[utoipa::path(tag = "commissions", request_body = OperationalStateInput, responses((status = 201, description = "Created", body = DatedState)))]
    #[post("/api/v1/commissions/{id}/operational-states")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<CommissionId>,
        body: Body<OperationalStateInput>,
    ) -> Result<HttpResponse> {
        let location =
            |entry: &DatedState| format!("/api/v1/commissions/{}/operational-states/{}", entry.commission_id, entry.id);
        caller.create(body, location, move |tx, actor, input| create_operational_state(tx, actor, *id, input)).await
    }

    /// Show an operational state
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", responses((status = 200, description = "The entry", body = DatedState)))]
    #[get("/api/v1/commissions/{id}/operational-states/{state_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(CommissionId, OperationalStateId)>) -> Result<HttpResponse> {
        let (id, entry) = path.into_inner();
        caller.show(load_visible(id, move |conn, id| store::find(conn, id, entry))).await
    }

    /// Change an operational state
    ///
    /// Permissions: coordinator of the commission's country; admin.
    #[utoipa::path(tag = "commissions", request_body = OperationalStateInput, responses((status = 200, description = "Changed", body = DatedState)))]
    #[patch("/api/v1/commissions/{id}/operational-states/{state_id}")]
    pub(crate) async fn update(
        caller: Caller,
        path: Path<(CommissionId, OperationalStateId)>,
        patch: Patch,
    ) -> Result<HttpResponse> {
        let (id, entry) = path.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_operational_state(tx, actor, id, entry, input);
        caller.patch(patch, load(id, entry), DatedState::input, save).await
    }

    /// Delete an operational state
    ///
    /// Permissions: coordinator of the commission's country; admin.
    #[utoipa::path(tag = "commissions", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/commissions/{id}/operational-states/{state_id}")]
    pub(crate) async fn remove(caller: Caller, path: Path<(CommissionId, OperationalStateId)>) -> Result<HttpResponse> {
        let (id, entry) = path.into_inner();
        caller.delete(load(id, entry), delete_operational_state).await
    }

    fn load(id: CommissionId, entry: OperationalStateId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<DatedState> {
        load_writable(writable_by_coordinator, id, move |conn, id| store::find(conn, id, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::OperationalState::{Active, Inactive, Unknown};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn the_entry_that_began_last_decides_and_the_initial_state_only_before_the_first() {
        let history = [(day("2023-03-01"), Active), (day("2022-01-01"), Inactive), (day("2024-01-01"), Unknown)];
        for (on, state) in [
            ("2021-12-31", Active),
            ("2022-01-01", Inactive),
            ("2023-02-28", Inactive),
            ("2023-03-01", Active),
            ("2024-01-01", Unknown),
        ] {
            assert_eq!(state_on(Active, &history, day(on)), state, "{on}");
        }
    }

    #[test]
    fn of_two_entries_of_one_day_the_one_created_later_decides() {
        let history = [(day("2023-01-01"), Active), (day("2023-01-01"), Inactive)];
        assert_eq!(state_on(Unknown, &history, day("2023-01-01")), Inactive);
    }
}
