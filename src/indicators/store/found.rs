//! Indicators that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Query, visible_rows};
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::db::schema::indicators;
use crate::db::search::Words;
use crate::db::{Db, IndicatorId};
use crate::error::Result;

/// Returns the query for the visible indicators with these words.
fn found(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<Query> {
    Ok(visible_rows(conn, visibility)?.filter(words.in_indicators()))
}

/// Returns the visible indicators with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (IndicatorId, String, Option<String>, Option<String>);
    let mut query = found(conn, visibility, words)?.order(indicators::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(indicators::id.lt(IndicatorId::from(after)));
    }
    let shown = (indicators::id, indicators::name, indicators::definition, indicators::territory);
    let rows: Vec<Row> = query.select(shown).load(conn)?;
    let hit = |(id, title, definition, territory): Row| Hit {
        id: id.into(),
        page: None,
        code: None,
        texts: definition.into_iter().chain(territory).chain([title.clone()]).collect(),
        title,
        date: None::<NaiveDate>,
        dates: Vec::new(),
        country_code: String::new(),
        restricted: false,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible indicators with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let query = found(conn, visibility, words)?.limit(COUNTED_ROWS);
    Ok(query.select(indicators::id).load::<IndicatorId>(conn)?.len())
}
