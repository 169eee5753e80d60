//! Commissions in the database.

mod found;
mod related;

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::model::{Commission, CommissionFilter, CommissionInput, CommissionKind, LegalBasis};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commissions::{Fraction, OperationalState, QuorumRule, SecondCall};
use crate::db::dispatch::matches_words;
use crate::db::schema::{commission_legal_bases as bases, commission_themes, commissions, grants, users};
use crate::db::{CommissionId, Db, GrantId, MultiBackend};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::identity::Role;
use crate::text::fold;
use related::{Related, in_state, with_institution};

pub(crate) use found::{search, search_count};

crate::ordered_links! {
    /// Other spellings of a name.
    aliases: commission_aliases (commission_id: crate::db::CommissionId, alias: String)
}

crate::theme_links! { themes: commission_themes (commission_id: crate::db::CommissionId) }

/// Returns true if a person with an account that is not disabled belongs to the secretariat of a commission.
pub(crate) fn has_secretariat(conn: &mut Db, id: CommissionId) -> Result<bool> {
    let granted = grants::table
        .inner_join(users::table)
        .filter(grants::role.eq(Role::Secretariat).and(grants::commission_id.eq(id)))
        .filter(users::disabled.eq(false));
    Ok(granted.select(grants::id).first::<GrantId>(conn).optional()?.is_some())
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = commissions, treat_none_as_null = true)]
struct Row {
    id: CommissionId,
    country_code: String,
    name: String,
    kind: CommissionKind,
    acronym: Option<String>,
    official_name: Option<String>,
    parent_id: Option<CommissionId>,
    territory: Option<String>,
    function: Option<String>,
    operational_state: OperationalState,
    declared_member_count: Option<i32>,
    time_zone: Option<String>,
    quorum_fraction: Option<String>,
    quorum_strict: Option<bool>,
    second_call_fraction: Option<String>,
    second_call_minimum: Option<i32>,
    folded: String,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
    public: bool,
}

impl Row {
    fn of(id: CommissionId, input: CommissionInput, now: Instant) -> Self {
        let texts = [Some(input.name.as_str()), input.acronym.as_deref(), input.official_name.as_deref()];
        let folded = fold(texts.into_iter().flatten().chain(input.aliases.iter().map(String::as_str)));
        let second = input.quorum.as_ref().and_then(|rule| rule.second_call.as_ref());
        Self {
            id,
            quorum_fraction: input.quorum.as_ref().map(|rule| rule.fraction.to_string()),
            quorum_strict: input.quorum.as_ref().map(|rule| rule.strict),
            second_call_fraction: second.map(|second| second.fraction.to_string()),
            second_call_minimum: second.and_then(|second| second.minimum),
            country_code: input.country_code,
            name: input.name,
            kind: input.kind,
            acronym: input.acronym,
            official_name: input.official_name,
            parent_id: input.parent_id,
            territory: input.territory,
            function: input.function,
            operational_state: input.operational_state,
            declared_member_count: input.declared_member_count,
            time_zone: input.time_zone,
            folded,
            created_at: now,
            updated_at: now,
            note: input.note,
            translations: input.translations.stored(),
            public: input.public,
        }
    }

    fn quorum_rule(&self) -> Option<QuorumRule> {
        let second = self.second_call_fraction.as_deref().and_then(Fraction::parse);
        Some(QuorumRule {
            fraction: Fraction::parse(self.quorum_fraction.as_deref()?)?,
            strict: self.quorum_strict.unwrap_or(false),
            second_call: second.map(|fraction| SecondCall { fraction, minimum: self.second_call_minimum }),
        })
    }
}

fn complete(conn: &mut Db, rows: Vec<Row>, now: Instant) -> Result<Vec<Commission>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut related = Related::load(conn, &rows, now)?;
    Ok(rows.into_iter().map(|row| related.commission(row, now)).collect())
}

/// Returns the condition for the visible commissions; `None` if all are.
fn visible(
    visibility: &Visibility,
) -> Option<Box<dyn BoxableExpression<commissions::table, MultiBackend, SqlType = Bool>>> {
    if visibility.all {
        return None;
    }
    let in_country = commissions::country_code.eq_any(visibility.countries.clone());
    Some(Box::new(in_country.or(commissions::id.eq_any(visibility.commissions()))))
}

/// Returns one page of the visible commissions, in the order of creation.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &CommissionFilter,
    paging: &Paging<CommissionId>,
    now: Instant,
) -> Result<Page<Commission>> {
    let mut query = commissions::table.select(Row::as_select()).order(commissions::id).into_boxed();
    if let Some(visible) = visible(visibility) {
        query = query.filter(visible);
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(commissions::country_code.eq(code));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(commissions::kind.eq(kind));
    }
    if let Some(parent) = filter.parent_id {
        query = query.filter(commissions::parent_id.eq(parent));
    }
    if let Some(theme) = filter.theme {
        let with_theme = commission_themes::table
            .filter(commission_themes::theme.eq(theme))
            .select(commission_themes::commission_id);
        query = query.filter(commissions::id.eq_any(with_theme));
    }
    if let Some(state) = filter.operational_state {
        query = query.filter(in_state(conn, state, now)?);
    }
    if let Some(institution) = filter.institution_id {
        query = query.filter(with_institution(conn, institution, now)?);
    }
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "commissions", &fold([q.as_str()])));
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(commissions::id.gt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |row| row.id).counted(total);
    page.complete(|rows| complete(conn, rows, now))
}

/// Returns these commissions by id, without checking visibility.
pub(super) fn by_ids(conn: &mut Db, ids: &[CommissionId], now: Instant) -> Result<HashMap<CommissionId, Commission>> {
    let rows: Vec<Row> = commissions::table.filter(commissions::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows, now)?.into_iter().map(|commission| (commission.id, commission)).collect())
}

/// Returns a commission; 404 if it is not visible.
pub fn find(conn: &mut Db, visibility: &Visibility, id: CommissionId, now: Instant) -> Result<Commission> {
    let found = by_ids(conn, &[id], now)?.remove(&id).ok_or(Code::NotFound)?;
    if visibility.knows_commission(id, &found.fields.country_code) { Ok(found) } else { Err(Code::NotFound.into()) }
}

/// Returns every commission of a country, in the order of their ids; `now` determines the current day.
pub(crate) fn all_of_country(conn: &mut Db, country: &str, now: Instant) -> Result<Vec<Commission>> {
    let rows: Vec<Row> = commissions::table
        .filter(commissions::country_code.eq(country))
        .order(commissions::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows, now)
}

/// Returns the quorum rules of those of these commissions that have one. One query.
pub fn quorum_rules(conn: &mut Db, ids: &[CommissionId]) -> Result<HashMap<CommissionId, QuorumRule>> {
    let rows: Vec<Row> = commissions::table.filter(commissions::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.quorum_rule()?))).collect())
}

/// Returns the parent of each commission of a country that has one.
pub(super) fn parents(conn: &mut Db, country: &str) -> Result<HashMap<CommissionId, CommissionId>> {
    let rows: Vec<(CommissionId, CommissionId)> = commissions::table
        .filter(commissions::country_code.eq(country))
        .filter(commissions::parent_id.is_not_null())
        .select((commissions::id, commissions::parent_id.assume_not_null()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

pub(super) fn insert(conn: &mut Db, id: CommissionId, input: &CommissionInput, now: Instant) -> Result<()> {
    diesel::insert_into(commissions::table).values(Row::of(id, input.clone(), now)).execute(conn)?;
    aliases::insert(conn, id, &input.aliases)?;
    themes::insert(conn, id, &input.themes)?;
    insert_bases(conn, id, &input.legal_basis)
}

pub(super) fn update(conn: &mut Db, id: CommissionId, input: &CommissionInput, now: Instant) -> Result<()> {
    let created_at: Instant = commissions::table.find(id).select(commissions::created_at).first(conn)?;
    let row = Row { created_at, ..Row::of(id, input.clone(), now) };
    diesel::update(commissions::table.find(id)).set(row).execute(conn)?;
    aliases::replace(conn, id, &input.aliases)?;
    themes::replace(conn, id, &input.themes)?;
    diesel::delete(bases::table.filter(bases::commission_id.eq(id))).execute(conn)?;
    insert_bases(conn, id, &input.legal_basis)
}

fn insert_bases(conn: &mut Db, id: CommissionId, list: &[LegalBasis]) -> Result<()> {
    for (position, basis) in (0_i32..).zip(list) {
        diesel::insert_into(bases::table)
            .values((
                bases::commission_id.eq(id),
                bases::position.eq(position),
                bases::title.eq(&basis.title),
                bases::number.eq(&basis.number),
                bases::issued.eq(&basis.issued),
                bases::url.eq(&basis.url),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Deletes a commission; a foreign key violation becomes 409 `in_use`.
pub(super) fn delete(conn: &mut Db, id: CommissionId) -> Result<()> {
    diesel::delete(commissions::table.find(id)).execute(conn)?;
    Ok(())
}
