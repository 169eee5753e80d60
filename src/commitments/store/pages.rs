//! Read models of the pages: names of records, and the choices of filters and forms.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::dispatch::matches_words;
use crate::db::schema::{agreement_commissions, agreements, institutions, memberships};
use crate::db::{AgreementId, CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::text::fold;

/// The names of institutions by id.
pub(crate) type InstitutionNames = HashMap<InstitutionId, String>;

/// Loads the names of these institutions.
pub(crate) fn institution_names(
    conn: &mut Db,
    ids: impl IntoIterator<Item = InstitutionId>,
) -> Result<InstitutionNames> {
    let mut ids: Vec<InstitutionId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(InstitutionNames::new());
    }
    let rows: Vec<(InstitutionId, String)> = institutions::table
        .filter(institutions::id.eq_any(ids))
        .select((institutions::id, institutions::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Loads the institutions that are or were members of these commissions, in the order of their names, at most `most`.
pub(crate) fn members_to_choose(
    conn: &mut Db,
    own: &[CommissionId],
    most: i64,
) -> Result<Vec<(InstitutionId, String)>> {
    let members = memberships::table.filter(memberships::commission_id.eq_any(own)).select(memberships::institution_id);
    Ok(institutions::table
        .filter(institutions::id.eq_any(members))
        .order((institutions::name, institutions::id))
        .select((institutions::id, institutions::name))
        .limit(most)
        .load(conn)?)
}

/// Loads the institutions of these countries and those that all countries share, in the order of their names, at most
/// `most`.
pub(crate) fn institutions_to_choose(
    conn: &mut Db,
    countries: &[String],
    most: i64,
) -> Result<Vec<(InstitutionId, String)>> {
    let own = institutions::country_code.is_null().or(institutions::country_code.eq_any(countries).assume_not_null());
    Ok(institutions::table
        .filter(own)
        .order((institutions::name, institutions::id))
        .select((institutions::id, institutions::name))
        .limit(most)
        .load(conn)?)
}

/// The number of institutions among which a typed name is looked up.
const MOST_OF_NAME: i64 = 50;

/// Returns the institution that a person means with a typed name: that of the name or acronym, else the only one with
/// these words in its names. With `countries`, those of other countries are left out.
pub(crate) fn institution_of_name(
    conn: &mut Db,
    countries: Option<&[String]>,
    typed: &str,
) -> Result<Option<InstitutionId>> {
    type Named = (InstitutionId, String, Option<String>);
    let folded = fold([typed.trim()]);
    let mut query = institutions::table
        .filter(matches_words(conn, "institutions", &folded))
        .order(institutions::id)
        .select((institutions::id, institutions::name, institutions::acronym))
        .limit(MOST_OF_NAME)
        .into_boxed();
    if let Some(countries) = countries {
        let own = institutions::country_code.eq_any(countries.to_vec()).assume_not_null();
        query = query.filter(institutions::country_code.is_null().or(own));
    }
    let found: Vec<Named> = query.load(conn)?;
    let is_named = |(_, name, acronym): &&Named| {
        fold([name.as_str()]) == folded || acronym.as_deref().is_some_and(|acronym| fold([acronym]) == folded)
    };
    let exact: Vec<InstitutionId> = found.iter().filter(is_named).map(|one| one.0).collect();
    Ok(match (exact.as_slice(), found.as_slice()) {
        ([only], _) | ([], [(only, ..)]) => Some(*only),
        _ => None,
    })
}

/// The number of sessions and of agreements from which a form lets choose.
pub(crate) const MOST_RECENT: i64 = 30;

/// Loads the agreements of these commissions that were entered last, with their number and title, without restricted
/// ones.
pub(crate) fn recent_agreements(
    conn: &mut Db,
    own: &[CommissionId],
) -> Result<Vec<(AgreementId, Option<String>, String)>> {
    let ids = agreement_commissions::table
        .filter(agreement_commissions::commission_id.eq_any(own))
        .select(agreement_commissions::agreement_id);
    Ok(agreements::table
        .filter(agreements::id.eq_any(ids))
        .filter(agreements::restricted.eq(false))
        .order(agreements::id.desc())
        .select((agreements::id, agreements::number, agreements::title))
        .limit(MOST_RECENT)
        .load(conn)?)
}
