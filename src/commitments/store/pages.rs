//! Read models of the pages: names of records, and the choices of filters and forms.

use diesel::prelude::*;

use super::filter::{Drafts, visible};
use crate::access::Visibility;
use crate::db::dispatch::matches_words;
use crate::db::schema::{agreement_commissions, agreements, commitments, institutions, memberships};
use crate::db::{AgreementId, CommissionId, CommitmentId, Db, InstitutionId};
use crate::error::Result;
use crate::text::{fold, name_key};

/// Loads the institutions that are or were members of these commissions, in the order of their names, at most `most`.
pub(crate) fn members_to_choose(
    conn: &mut Db,
    own: &[CommissionId],
    most: i64,
) -> Result<Vec<(InstitutionId, String)>> {
    let members = memberships::table.filter(memberships::commission_id.eq_any(own)).select(memberships::institution_id);
    let mut found: Vec<(InstitutionId, String)> = institutions::table
        .filter(institutions::id.eq_any(members))
        .order((institutions::folded, institutions::id))
        .select((institutions::id, institutions::name))
        .limit(most)
        .load(conn)?;
    found.sort_by_cached_key(|(id, name)| (name_key(name), *id));
    Ok(found)
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

/// Returns the codes of those of these commitments that are visible.
pub(crate) fn codes_of(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[CommitmentId],
) -> Result<Vec<(CommitmentId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = commitments::table.filter(commitments::id.eq_any(ids.to_vec())).into_boxed();
    if let Some(condition) = visible(visibility, Drafts::OfWriters) {
        query = query.filter(condition);
    }
    Ok(query.select((commitments::id, commitments::code)).load(conn)?)
}

/// Returns the commitments of these countries with these codes, without a check of visibility: the action that links
/// them checks it.
pub(crate) fn ids_of_codes(
    conn: &mut Db,
    countries: &[String],
    codes: &[String],
) -> Result<Vec<(CommitmentId, String)>> {
    let upper = codes.iter().map(|code| code.to_uppercase());
    let wanted: Vec<String> = codes.iter().cloned().chain(upper).collect();
    Ok(commitments::table
        .filter(commitments::country_code.eq_any(countries))
        .filter(commitments::code.eq_any(wanted))
        .order(commitments::id)
        .select((commitments::id, commitments::code))
        .load(conn)?)
}
