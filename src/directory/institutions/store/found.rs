//! Institutions that a search finds.

use diesel::prelude::*;

use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::db::schema::institutions;
use crate::db::search::Words;
use crate::db::{Db, InstitutionId, MultiBackend};
use crate::error::Result;

/// Everybody who signs in may know every institution.
fn found(_: &Visibility, words: &Words) -> institutions::BoxedQuery<'static, MultiBackend> {
    institutions::table.filter(words.in_folded("institutions")).into_boxed()
}

/// Returns the visible institutions with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (InstitutionId, Option<String>, String, Option<String>, Option<String>);
    let mut query = found(visibility, words).order(institutions::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(institutions::id.lt(InstitutionId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            institutions::id,
            institutions::acronym,
            institutions::name,
            institutions::official_name,
            institutions::country_code,
        ))
        .load(conn)?;
    let hit = |(id, code, title, official, country): Row| Hit {
        id: id.into(),
        page: None,
        code,
        texts: [Some(title.clone()), official].into_iter().flatten().collect(),
        title,
        date: None,
        dates: Vec::new(),
        country_code: country.unwrap_or_default(),
        restricted: false,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible institutions with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<InstitutionId> = found(visibility, words).limit(COUNTED_ROWS).select(institutions::id).load(conn)?;
    Ok(ids.len())
}
