//! Memberships in the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::{MemberRole, Membership, MembershipInput};
use crate::clock::Instant;
use crate::commissions::scope::PeriodFilter;
use crate::db::schema::{commissions, memberships};
use crate::db::{CommissionId, Db, InstitutionId, MembershipId, MultiBackend};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::translations::Translations;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = memberships, treat_none_as_null = true)]
struct Row {
    id: MembershipId,
    commission_id: CommissionId,
    institution_id: InstitutionId,
    role: MemberRole,
    has_vote: bool,
    from_date: Option<NaiveDate>,
    to_date: Option<NaiveDate>,
    when_text: Option<String>,
    basis: Option<String>,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(membership: &Membership) -> Self {
        let fields = membership.fields.clone();
        Self {
            id: membership.id,
            commission_id: membership.commission_id,
            has_vote: fields.votes(),
            institution_id: fields.institution_id,
            role: fields.role,
            from_date: fields.from,
            to_date: fields.to,
            when_text: fields.when_text,
            basis: fields.basis,
            created_at: membership.created_at,
            updated_at: membership.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    fn into_membership(self) -> Membership {
        Membership {
            id: self.id,
            commission_id: self.commission_id,
            fields: MembershipInput {
                institution_id: self.institution_id,
                role: self.role,
                has_vote: Some(self.has_vote),
                from: self.from_date,
                to: self.to_date,
                when_text: self.when_text,
                basis: self.basis,
                note: self.note,
                translations: Translations::of_stored(self.translations),
            },
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

type Condition = Box<dyn BoxableExpression<memberships::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// Returns the condition for the memberships that share a day with this period; both ends of both periods may be open.
fn overlapping(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Condition {
    let always = || -> Condition { Box::new(memberships::id.eq(memberships::id).nullable()) };
    let begun = to.map_or_else(always, |to| {
        Box::new(memberships::from_date.is_null().nullable().or(memberships::from_date.le(to)))
    });
    let not_ended = from.map_or_else(always, |from| {
        Box::new(memberships::to_date.is_null().nullable().or(memberships::to_date.ge(from)))
    });
    Box::new(begun.and(not_ended))
}

/// Returns one page of a commission's memberships, in the order of creation.
pub(super) fn list(
    conn: &mut Db,
    commission: CommissionId,
    filter: &PeriodFilter,
    paging: &Paging<MembershipId>,
) -> Result<Page<Membership>> {
    let mut query = memberships::table
        .filter(memberships::commission_id.eq(commission))
        .select(Row::as_select())
        .order(memberships::id)
        .into_boxed();
    if let Some(institution) = filter.institution_id {
        query = query.filter(memberships::institution_id.eq(institution));
    }
    if let Some(day) = filter.on {
        query = query.filter(overlapping(Some(day), Some(day)));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(memberships::id.gt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.id).counted(total).map(Row::into_membership))
}

/// Returns every membership of these commissions on a day, in the order of their ids. One query.
pub(crate) fn all_on(conn: &mut Db, commissions: &[CommissionId], day: NaiveDate) -> Result<Vec<Membership>> {
    let rows: Vec<Row> = memberships::table
        .filter(memberships::commission_id.eq_any(commissions))
        .filter(overlapping(Some(day), Some(day)))
        .order(memberships::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_membership).collect())
}

/// Returns every membership of an institution, the newest first.
pub(crate) fn of_institution(conn: &mut Db, institution: InstitutionId) -> Result<Vec<Membership>> {
    let rows: Vec<Row> = memberships::table
        .filter(memberships::institution_id.eq(institution))
        .order((memberships::from_date.desc(), memberships::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_membership).collect())
}

/// Returns every membership of a country's commissions, in the order of their ids.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Membership>> {
    let rows: Vec<Row> = memberships::table
        .inner_join(commissions::table)
        .filter(commissions::country_code.eq(country))
        .order(memberships::id)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Row::into_membership).collect())
}

/// Returns the institutions that vote in each of these commissions on a day; every commission has an entry. One query.
pub fn voters_on(
    conn: &mut Db,
    commissions: &[CommissionId],
    day: NaiveDate,
) -> Result<HashMap<CommissionId, Vec<InstitutionId>>> {
    let rows: Vec<(CommissionId, InstitutionId)> = memberships::table
        .filter(memberships::commission_id.eq_any(commissions))
        .filter(memberships::has_vote.eq(true))
        .filter(overlapping(Some(day), Some(day)))
        .order(memberships::id)
        .select((memberships::commission_id, memberships::institution_id))
        .load(conn)?;
    let mut voters: HashMap<_, Vec<_>> = commissions.iter().map(|id| (*id, Vec::new())).collect();
    for (commission, institution) in rows {
        voters.entry(commission).or_default().push(institution);
    }
    Ok(voters)
}

/// Returns true if another membership of the institution in the commission shares a day with this one.
pub(super) fn overlaps(conn: &mut Db, membership: &Membership) -> Result<bool> {
    let fields = &membership.fields;
    let others = memberships::table
        .filter(memberships::commission_id.eq(membership.commission_id))
        .filter(memberships::institution_id.eq(fields.institution_id))
        .filter(memberships::id.ne(membership.id))
        .filter(overlapping(fields.from, fields.to));
    Ok(others.select(memberships::id).first::<MembershipId>(conn).optional()?.is_some())
}

pub(super) fn find(conn: &mut Db, commission: CommissionId, id: MembershipId) -> Result<Membership> {
    let found = memberships::table.find(id).filter(memberships::commission_id.eq(commission)).select(Row::as_select());
    Ok(found.first(conn).map(Row::into_membership)?)
}

pub(super) fn insert(conn: &mut Db, membership: &Membership) -> Result<()> {
    diesel::insert_into(memberships::table).values(Row::of(membership)).execute(conn)?;
    Ok(())
}

pub(super) fn update(conn: &mut Db, membership: &Membership) -> Result<()> {
    diesel::update(memberships::table.find(membership.id)).set(Row::of(membership)).execute(conn)?;
    Ok(())
}

pub(super) fn delete(conn: &mut Db, id: MembershipId) -> Result<()> {
    diesel::delete(memberships::table.find(id)).execute(conn)?;
    Ok(())
}
