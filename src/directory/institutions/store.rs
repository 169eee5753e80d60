//! Institutions in the database.

mod choices;
mod found;

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::model::{Institution, InstitutionInput, PartnerType, Sector};
use crate::clock::Instant;
use crate::db::dispatch::matches_words;
use crate::db::schema::{commissions, institution_aliases, institutions};
use crate::db::{CommissionId, Db, InstitutionId, MultiBackend, unique};
use crate::error::{Code, Error, Result};
use crate::http::{Page, Paging};
use crate::i18n::Lang;
use crate::text::fold;
use crate::translations::{TranslatedTexts, Translations};

pub(crate) use choices::{InstitutionName, to_choose};
pub(crate) use found::{search, search_count};

crate::ordered_links! {
    /// Other spellings of a name.
    aliases: institution_aliases (institution_id: crate::db::InstitutionId, alias: String)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = institutions, treat_none_as_null = true)]
struct Row {
    id: InstitutionId,
    name: String,
    sector: Sector,
    country_code: Option<String>,
    acronym: Option<String>,
    official_name: Option<String>,
    parent_id: Option<InstitutionId>,
    territory: Option<String>,
    email: Option<String>,
    partner_type: Option<PartnerType>,
    succeeded_by_id: Option<InstitutionId>,
    folded: String,
    created_at: Instant,
    updated_at: Instant,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(institution: &Institution) -> Self {
        let fields = institution.fields.clone();
        let texts = [Some(fields.name.as_str()), fields.acronym.as_deref(), fields.official_name.as_deref()];
        let folded = fold(texts.into_iter().flatten().chain(fields.aliases.iter().map(String::as_str)));
        Self {
            id: institution.id,
            name: fields.name,
            sector: fields.sector,
            country_code: fields.country_code,
            acronym: fields.acronym,
            official_name: fields.official_name,
            parent_id: fields.parent_id,
            territory: fields.territory,
            email: fields.email,
            partner_type: fields.partner_type,
            succeeded_by_id: fields.succeeded_by_id,
            folded,
            created_at: institution.created_at,
            updated_at: institution.updated_at,
            note: fields.note,
            translations: fields.translations.stored(),
        }
    }

    fn with(self, aliases: Vec<String>) -> Institution {
        Institution {
            id: self.id,
            fields: InstitutionInput {
                name: self.name,
                sector: self.sector,
                country_code: self.country_code,
                acronym: self.acronym,
                official_name: self.official_name,
                aliases,
                parent_id: self.parent_id,
                territory: self.territory,
                email: self.email,
                partner_type: self.partner_type,
                succeeded_by_id: self.succeeded_by_id,
                note: self.note,
                translations: Translations::of_stored(self.translations),
            },
            created_at: self.created_at,
            updated_at: self.updated_at,
            warnings: Vec::new(),
        }
    }
}

/// Filters of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Filter {
    pub country_code: Option<String>,
    pub sector: Option<Sector>,
    pub territory: Option<String>,
    pub q: Option<String>,
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Institution>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut aliases = aliases::load(conn, &ids)?;
    let complete = |row: Row| {
        let own = aliases.remove(&row.id).unwrap_or_default();
        row.with(own)
    };
    Ok(rows.into_iter().map(complete).collect())
}

type InstitutionQuery = institutions::BoxedQuery<'static, MultiBackend>;

/// Returns the query for the institutions that match the filter.
fn filtered(conn: &mut Db, filter: &Filter) -> InstitutionQuery {
    let mut query = institutions::table.into_boxed();
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(institutions::country_code.eq(code));
    }
    if let Some(sector) = filter.sector {
        query = query.filter(institutions::sector.eq(sector));
    }
    if let Some(territory) = filter.territory.clone() {
        query = query.filter(institutions::territory.eq(territory));
    }
    if let Some(q) = &filter.q {
        query = query.filter(matches_words(conn, "institutions", &fold([q.as_str()])));
    }
    query
}

/// Loads one page, in the order of names, accents and case ignored.
pub(super) fn list_by_name(
    conn: &mut Db,
    filter: &Filter,
    paging: &Paging<InstitutionId>,
) -> Result<Page<Institution>> {
    let query = filtered(conn, filter);
    let total = paging.count(conn, &query)?;
    let mut query = query.select(Row::as_select()).order((institutions::folded, institutions::id));
    if let Some(last) = paging.after {
        let folded: Option<String> =
            institutions::table.find(last).select(institutions::folded).first(conn).optional()?;
        let folded = folded.ok_or_else(|| Error::bad_value("cursor", last))?;
        let same = institutions::folded.eq(folded.clone()).and(institutions::id.gt(last));
        query = query.filter(institutions::folded.gt(folded).or(same));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |row| row.id).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns the regions, departments and municipalities that institutions serve, at most 500.
pub(super) fn territories(conn: &mut Db) -> Result<Vec<String>> {
    let territory = institutions::territory.assume_not_null();
    let named = institutions::table.filter(institutions::territory.is_not_null());
    Ok(named.select(territory).distinct().order(territory).limit(500).load(conn)?)
}

/// Loads one page, in the order in which institutions were entered.
pub(super) fn list(conn: &mut Db, filter: &Filter, paging: &Paging<InstitutionId>) -> Result<Page<Institution>> {
    let mut query = filtered(conn, filter).select(Row::as_select()).order(institutions::id);
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(institutions::id.gt(after));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
    let page = Page::cut(rows, paging, |row| row.id).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// The names of institutions by id.
pub(crate) type InstitutionNames = HashMap<InstitutionId, String>;

/// Loads the names of these institutions. One query.
pub(crate) fn institution_names(
    conn: &mut Db,
    ids: impl IntoIterator<Item = InstitutionId>,
) -> Result<InstitutionNames> {
    let ids = unique(ids);
    if ids.is_empty() {
        return Ok(InstitutionNames::new());
    }
    let rows: Vec<(InstitutionId, String)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Loads the names of these institutions in a language. One query.
pub(crate) fn institution_names_in(
    conn: &mut Db,
    ids: impl IntoIterator<Item = InstitutionId>,
    lang: Lang,
) -> Result<InstitutionNames> {
    let rows = names_with_translations(conn, unique(ids))?.into_iter();
    Ok(rows.map(|(id, name, others)| (id, others.or_original("name", lang, &name).to_owned())).collect())
}

/// Loads the translations of the names of these institutions. One query.
pub(crate) fn translated_names(conn: &mut Db, ids: impl IntoIterator<Item = InstitutionId>) -> Result<TranslatedTexts> {
    let mut texts = TranslatedTexts::default();
    for (_, name, translations) in names_with_translations(conn, unique(ids))? {
        texts.add(&translations, "name", &name);
    }
    Ok(texts)
}

fn names_with_translations(
    conn: &mut Db,
    ids: Vec<InstitutionId>,
) -> Result<Vec<(InstitutionId, String, Translations)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(InstitutionId, String, Option<String>)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::name, institutions::translations))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, name, others)| (id, name, Translations::of_stored(others))).collect())
}

/// Loads institutions by id.
pub(crate) fn by_ids(conn: &mut Db, ids: &[InstitutionId]) -> Result<HashMap<InstitutionId, Institution>> {
    let rows: Vec<Row> =
        institutions::table.filter(institutions::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|institution| (institution.id, institution)).collect())
}

/// Loads every institution of every country, in the order of their ids.
pub(crate) fn all(conn: &mut Db) -> Result<Vec<Institution>> {
    let rows: Vec<Row> = institutions::table.order(institutions::id).select(Row::as_select()).load(conn)?;
    let mut all = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        all.extend(complete(conn, rows.by_ref().take(5_000).collect())?);
    }
    Ok(all)
}

/// Loads all institutions of a country, in the order of their ids.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Institution>> {
    let rows: Vec<Row> = institutions::table
        .filter(institutions::country_code.eq(country))
        .order(institutions::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns the other institutions of the same country, or also without a country, that have one of its names: name,
/// acronym or alias, accents and case ignored. A predecessor or successor is none. Two queries.
pub(super) fn lookalikes(conn: &mut Db, own: &Institution) -> Result<Vec<InstitutionId>> {
    type Named = (InstitutionId, String, Option<String>, Option<InstitutionId>);
    let mut query = institutions::table
        .filter(institutions::id.ne(own.id))
        .order(institutions::id)
        .select((institutions::id, institutions::name, institutions::acronym, institutions::succeeded_by_id))
        .into_boxed();
    let mut aliased = institution_aliases::table
        .inner_join(institutions::table)
        .filter(institutions::id.ne(own.id))
        .select((institutions::id, institution_aliases::alias))
        .into_boxed();
    match own.fields.country_code.clone() {
        Some(code) => {
            query = query.filter(institutions::country_code.eq(code.clone()));
            aliased = aliased.filter(institutions::country_code.eq(code));
        }
        None => {
            query = query.filter(institutions::country_code.is_null());
            aliased = aliased.filter(institutions::country_code.is_null());
        }
    }
    let named: Vec<Named> = query.load(conn)?;
    let aliases: Vec<(InstitutionId, String)> = aliased.load(conn)?;
    let fields = &own.fields;
    let names = [Some(&fields.name), fields.acronym.as_ref()].into_iter().flatten().chain(&fields.aliases);
    let names: HashSet<String> = names.map(|name| fold([name.as_str()])).collect();
    let has = |name: &str| names.contains(&fold([name]));
    let same: HashSet<InstitutionId> = aliases.iter().filter(|(_, alias)| has(alias)).map(|(id, _)| *id).collect();
    let alike = named.into_iter().filter(|(id, name, acronym, successor)| {
        let is_same = has(name) || acronym.as_deref().is_some_and(has) || same.contains(id);
        is_same && *successor != Some(own.id) && fields.succeeded_by_id != Some(*id)
    });
    Ok(alike.map(|(id, ..)| id).collect())
}

pub(super) fn find(conn: &mut Db, id: InstitutionId) -> Result<Institution> {
    by_ids(conn, &[id])?.remove(&id).ok_or_else(|| Code::NotFound.into())
}

pub(super) fn insert(conn: &mut Db, institution: &Institution) -> Result<()> {
    diesel::insert_into(institutions::table).values(Row::of(institution)).execute(conn)?;
    aliases::insert(conn, institution.id, &institution.fields.aliases)
}

pub(super) fn update(conn: &mut Db, institution: &Institution) -> Result<()> {
    diesel::update(institutions::table.find(institution.id)).set(Row::of(institution)).execute(conn)?;
    aliases::replace(conn, institution.id, &institution.fields.aliases)
}

/// Deletes an institution; 409 `in_use` when anything depends on it, which the foreign keys of the database check.
pub(super) fn delete(conn: &mut Db, id: InstitutionId) -> Result<()> {
    diesel::delete(institutions::table.find(id)).execute(conn)?;
    Ok(())
}

/// Returns the institutions that are a part of another, each with the other one.
pub(super) fn parents(conn: &mut Db) -> Result<HashMap<InstitutionId, InstitutionId>> {
    let above = institutions::parent_id.assume_not_null();
    let parts = institutions::table.filter(institutions::parent_id.is_not_null());
    let rows: Vec<(InstitutionId, InstitutionId)> = parts.select((institutions::id, above)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns the institutions that another one has replaced, each with the other one.
pub(super) fn successors(conn: &mut Db) -> Result<HashMap<InstitutionId, InstitutionId>> {
    let next = institutions::succeeded_by_id.assume_not_null();
    let followed = institutions::table.filter(institutions::succeeded_by_id.is_not_null());
    let rows: Vec<(InstitutionId, InstitutionId)> = followed.select((institutions::id, next)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Returns the countries of these commissions.
pub(super) fn countries_of(conn: &mut Db, ids: &[CommissionId]) -> Result<Vec<String>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(commissions::table
        .filter(commissions::id.eq_any(ids))
        .select(commissions::country_code)
        .distinct()
        .load(conn)?)
}
