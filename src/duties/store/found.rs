//! Duties that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible::visible;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::db::schema::duties;
use crate::db::search::Words;
use crate::db::{Db, DutyId, MultiBackend};
use crate::error::Result;

fn found(visibility: &Visibility, words: &Words) -> duties::BoxedQuery<'static, MultiBackend> {
    let query = duties::table.filter(words.in_duties()).into_boxed();
    match visible(visibility) {
        Some(condition) => query.filter(condition),
        None => query,
    }
}

/// Returns the visible duties with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (DutyId, String, Option<NaiveDate>, String, bool);
    let mut query = found(visibility, words).order(duties::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(duties::id.lt(DutyId::from(after)));
    }
    let shown = (duties::id, duties::title, duties::ends_to, duties::country_code, duties::restricted);
    let rows: Vec<Row> = query.select(shown).load(conn)?;
    let hit = |(id, title, date, country_code, restricted): Row| Hit {
        id: id.into(),
        page: None,
        code: None,
        texts: vec![title.clone()],
        title,
        date,
        dates: Vec::new(),
        country_code,
        restricted,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible duties with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let query = found(visibility, words).limit(COUNTED_ROWS);
    Ok(query.select(duties::id).load::<DutyId>(conn)?.len())
}
