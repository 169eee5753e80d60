//! Delegates in the database.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Capacity, Delegate, DelegateInput};
use crate::clock::Instant;
use crate::commissions::scope::PeriodFilter;
use crate::db::schema::{commissions, delegates, users};
use crate::db::{CommissionId, Db, DelegateId, InstitutionId, UserId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::identity::{User, users_by_id};
use crate::text::normalize_email;
use crate::translations::Translations;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = delegates, treat_none_as_null = true)]
struct Row {
    id: DelegateId,
    commission_id: CommissionId,
    institution_id: InstitutionId,
    capacity: Capacity,
    user_id: Option<UserId>,
    name: Option<String>,
    email: Option<String>,
    position: Option<String>,
    from_date: Option<NaiveDate>,
    to_date: Option<NaiveDate>,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(delegate: &Delegate) -> Self {
        let fields = delegate.fields.clone();
        Self {
            id: delegate.id,
            commission_id: delegate.commission_id,
            institution_id: fields.institution_id,
            capacity: fields.capacity,
            user_id: fields.user_id,
            name: fields.name,
            email: fields.email,
            position: fields.position,
            from_date: fields.from,
            to_date: fields.to,
            created_at: delegate.created_at,
            updated_at: delegate.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    fn into_delegate(self) -> Delegate {
        Delegate {
            id: self.id,
            commission_id: self.commission_id,
            fields: DelegateInput {
                institution_id: self.institution_id,
                capacity: self.capacity,
                user_id: self.user_id,
                name: self.name,
                email: self.email,
                position: self.position,
                from: self.from_date,
                to: self.to_date,
                note: self.note,
                translations: Translations::of_stored(self.translations),
            },
            linkable_user_id: None,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// Adds to each delegate without an account the user who represents the institution under the same address.
fn add_linkable(conn: &mut Db, delegates: &mut [Delegate]) -> Result<()> {
    let address = |one: &Delegate| one.fields.email.as_deref().map(normalize_email);
    let addresses: Vec<String> = delegates.iter().filter_map(address).collect();
    if addresses.is_empty() {
        return Ok(());
    }
    let ids: Vec<UserId> = users::table
        .filter(users::email_folded.eq_any(&addresses))
        .filter(users::disabled.eq(false))
        .select(users::id)
        .load(conn)?;
    let known = users_by_id(conn, &ids)?;
    for one in delegates {
        let (institution, commission) = (one.fields.institution_id, one.commission_id);
        let same = |user: &&User| address(one).is_some_and(|own| own == normalize_email(&user.email));
        let found = known.iter().filter(same).find(|user| user.represents(institution, commission));
        one.linkable_user_id = found.map(|user| user.id);
    }
    Ok(())
}

/// Returns one page of a commission's delegates, in the order of creation.
pub(super) fn list(
    conn: &mut Db,
    commission: CommissionId,
    filter: &PeriodFilter,
    paging: &Paging<DelegateId>,
) -> Result<Page<Delegate>> {
    let mut query = delegates::table
        .filter(delegates::commission_id.eq(commission))
        .select(Row::as_select())
        .order(delegates::id)
        .into_boxed();
    if let Some(institution) = filter.institution_id {
        query = query.filter(delegates::institution_id.eq(institution));
    }
    if let Some(day) = filter.on {
        query = query
            .filter(delegates::from_date.is_null().or(delegates::from_date.le(day)))
            .filter(delegates::to_date.is_null().or(delegates::to_date.ge(day)));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(delegates::id.gt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let mut page = Page::cut(rows, paging, |row| row.id).counted(total).map(Row::into_delegate);
    add_linkable(conn, &mut page.items)?;
    Ok(page)
}

/// Returns every delegate of an institution in these commissions, principals first.
pub(super) fn of_institution(
    conn: &mut Db,
    institution: InstitutionId,
    commissions: &[CommissionId],
) -> Result<Vec<Delegate>> {
    let rows: Vec<Row> = delegates::table
        .filter(delegates::institution_id.eq(institution))
        .filter(delegates::commission_id.eq_any(commissions))
        .order((delegates::capacity.desc(), delegates::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_delegate).collect())
}

/// Returns every delegate of these commissions on a day, principals first. One query.
pub(super) fn all_on(conn: &mut Db, commissions: &[CommissionId], day: NaiveDate) -> Result<Vec<Delegate>> {
    let rows: Vec<Row> = delegates::table
        .filter(delegates::commission_id.eq_any(commissions))
        .filter(delegates::from_date.is_null().or(delegates::from_date.le(day)))
        .filter(delegates::to_date.is_null().or(delegates::to_date.ge(day)))
        .order((delegates::capacity.desc(), delegates::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_delegate).collect())
}

/// Returns every delegate of a country's commissions, in the order of their ids.
pub(super) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Delegate>> {
    let rows: Vec<Row> = delegates::table
        .inner_join(commissions::table)
        .filter(commissions::country_code.eq(country))
        .order(delegates::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_delegate).collect())
}

pub(super) fn find(conn: &mut Db, commission: CommissionId, id: DelegateId) -> Result<Delegate> {
    let found = delegates::table.find(id).filter(delegates::commission_id.eq(commission)).select(Row::as_select());
    let mut delegate: Delegate = found.first(conn).map(Row::into_delegate)?;
    add_linkable(conn, std::slice::from_mut(&mut delegate))?;
    Ok(delegate)
}

pub(super) fn insert(conn: &mut Db, delegate: &Delegate) -> Result<()> {
    diesel::insert_into(delegates::table).values(Row::of(delegate)).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Db, delegate: &Delegate) -> Result<()> {
    diesel::update(delegates::table.find(delegate.id)).set(Row::of(delegate)).execute(conn)?;
    Ok(())
}

pub(super) fn delete(conn: &mut Db, id: DelegateId) -> Result<()> {
    diesel::delete(delegates::table.find(id)).execute(conn)?;
    Ok(())
}
