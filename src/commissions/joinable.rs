//! The other commissions of a country, which a secretariat may name in a joint session: only a few of their fields
//! are shown.

use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Commission, CommissionFilter};
use super::store::by_ids;
use crate::clock::Instant;
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging};
use crate::identity::Actor;

/// A commission that the reader may name in a joint session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct JoinableCommission {
    /// The commission's id.
    id: CommissionId,
    /// Its country.
    #[schema(examples("CL"))]
    country_code: String,
    /// The name in common use.
    #[schema(examples("Mesa Intersectorial sobre Trata de Personas"))]
    name: String,
    /// Its short name.
    #[schema(examples("MITP"))]
    acronym: Option<String>,
    /// The institution that is its secretariat today.
    secretariat_institution_id: Option<InstitutionId>,
    /// Always true.
    #[schema(examples(true))]
    joinable: bool,
}

/// A commission of the list: the whole record, or with `joinable` a few of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum ListedCommission {
    Known(Box<Commission>),
    Joinable(JoinableCommission),
}

crate::nothing_restricted!(ListedCommission);

/// Returns one page of the commissions that the actor may name in a joint session, in the order of creation: a
/// secretariat the others of its country, a coordinator those of the country, an admin all. 400 for filters that
/// would reveal more about them.
pub(super) fn list(
    conn: &mut Db,
    actor: &Actor,
    filter: &CommissionFilter,
    paging: &Paging<CommissionId>,
    now: Instant,
) -> Result<Page<ListedCommission>> {
    let reveals_more = filter.parent_id.is_some()
        || filter.theme.is_some()
        || filter.operational_state.is_some()
        || filter.institution_id.is_some();
    if reveals_more {
        return Err(Error::bad_value("joinable", true));
    }
    let page = store::list(conn, actor, filter, paging)?;
    let mut known = by_ids(conn, &page.items, now)?;
    let mut joinable = Vec::new();
    for id in &page.items {
        if let Some(found) = known.remove(id) {
            joinable.push(ListedCommission::Joinable(JoinableCommission {
                id: found.id,
                country_code: found.fields.country_code,
                name: found.fields.name,
                acronym: found.fields.acronym,
                secretariat_institution_id: found.secretariat_institution_id,
                joinable: true,
            }));
        }
    }
    let Page { next_cursor, total, total_is_exact, .. } = page;
    Ok(Page { items: joinable, next_cursor, total, total_is_exact })
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::dispatch::matches_words;
    use crate::db::schema::commissions;
    use crate::text::fold;

    /// Returns one page of ids.
    pub(super) fn list(
        conn: &mut Db,
        actor: &Actor,
        filter: &CommissionFilter,
        paging: &Paging<CommissionId>,
    ) -> Result<Page<CommissionId>> {
        let kept: Vec<CommissionId> = actor.secretariat_commissions().collect();
        let mut query = commissions::table.select(commissions::id).order(commissions::id).into_boxed();
        query = query.limit(paging.fetch()).filter(commissions::id.ne_all(kept.clone()));
        if !actor.is_admin() {
            let mut countries: Vec<String> = commissions::table
                .filter(commissions::id.eq_any(&kept))
                .select(commissions::country_code)
                .distinct()
                .load(conn)?;
            countries.extend(actor.coordinated_countries().map(str::to_owned));
            query = query.filter(commissions::country_code.eq_any(countries));
        }
        if let Some(code) = &filter.country_code {
            query = query.filter(commissions::country_code.eq(code));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(commissions::kind.eq(kind));
        }
        if let Some(q) = &filter.q {
            query = query.filter(matches_words(conn, "commissions", &fold([q.as_str()])));
        }
        if let Some(after) = paging.after {
            query = query.filter(commissions::id.gt(after));
        }
        let ids: Vec<CommissionId> = query.load(conn)?;
        Ok(Page::cut(ids, paging, |id| *id))
    }
}
