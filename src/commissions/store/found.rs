//! Commissions that a search finds.

use diesel::prelude::*;

use super::visible;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::db::schema::commissions;
use crate::db::search::Words;
use crate::db::{CommissionId, Db, MultiBackend};
use crate::error::Result;

fn found(visibility: &Visibility, words: &Words) -> commissions::BoxedQuery<'static, MultiBackend> {
    let query = commissions::table.filter(words.in_folded("commissions")).into_boxed();
    match visible(visibility) {
        Some(condition) => query.filter(condition),
        None => query,
    }
}

/// Returns the visible commissions with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (CommissionId, Option<String>, String, Option<String>, String, Option<String>);
    let mut query = found(visibility, words).order(commissions::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(commissions::id.lt(CommissionId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            commissions::id,
            commissions::acronym,
            commissions::name,
            commissions::official_name,
            commissions::country_code,
            commissions::function,
        ))
        .load(conn)?;
    let hit = |(id, code, title, official, country_code, function): Row| Hit {
        id: id.into(),
        page: None,
        code,
        texts: [Some(title.clone()), official, function].into_iter().flatten().collect(),
        title,
        date: None,
        dates: Vec::new(),
        country_code,
        restricted: false,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible commissions with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<CommissionId> = found(visibility, words).limit(COUNTED_ROWS).select(commissions::id).load(conn)?;
    Ok(ids.len())
}
