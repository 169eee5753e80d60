//! The institutions from which a form lets choose.

use diesel::prelude::*;

use crate::db::schema::institutions;
use crate::db::{Db, InstitutionId};
use crate::error::Result;
use crate::text::name_key;

/// An institution that a form lets choose.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct InstitutionName {
    pub id: InstitutionId,
    pub name: String,
    pub acronym: Option<String>,
}

/// Returns the institutions of these countries and those that all countries share, in the order of their names, at most
/// `most`.
pub(crate) fn to_choose(conn: &mut Db, countries: &[String], most: i64) -> Result<Vec<InstitutionName>> {
    let own = institutions::country_code.is_null().or(institutions::country_code.eq_any(countries).assume_not_null());
    let mut found: Vec<InstitutionName> = institutions::table
        .filter(own)
        .order((institutions::folded, institutions::id))
        .select((institutions::id, institutions::name, institutions::acronym))
        .limit(most)
        .load(conn)?;
    found.sort_by_cached_key(|one| (name_key(&one.name), one.id));
    Ok(found)
}
