//! Observations that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible_rows;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::dates::PartialDate;
use crate::db::schema::observations;
use crate::db::search::Words;
use crate::db::{Db, MultiBackend, ObservationId};
use crate::error::Result;

fn found(visibility: &Visibility, words: &Words) -> observations::BoxedQuery<'static, MultiBackend> {
    visible_rows(visibility).filter(words.in_observations())
}

/// Returns the visible observations with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (ObservationId, String, Option<String>, Option<NaiveDate>, Option<PartialDate>, String);
    let mut query = found(visibility, words).order(observations::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(observations::id.lt(ObservationId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            observations::id,
            observations::text,
            observations::response,
            observations::noted_to,
            observations::noted,
            observations::country_code,
        ))
        .load(conn)?;
    let hit = |(id, title, response, date, dated, country_code): Row| Hit {
        id: id.into(),
        page: None,
        code: None,
        texts: [title.clone()].into_iter().chain(response).collect(),
        title,
        date,
        dates: dated.into_iter().collect(),
        country_code,
        restricted: false,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible observations with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<ObservationId> = found(visibility, words).limit(COUNTED_ROWS).select(observations::id).load(conn)?;
    Ok(ids.len())
}
