//! Activities that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::dates::PartialDate;
use crate::db::schema::activities;
use crate::db::search::Words;
use crate::db::{ActivityId, Db, MultiBackend};
use crate::error::Result;

fn found(visibility: &Visibility, words: &Words) -> activities::BoxedQuery<'static, MultiBackend> {
    visible(visibility).filter(words.in_folded("activities"))
}

/// Returns the visible activities with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (
        ActivityId,
        String,
        Option<String>,
        Option<String>,
        Option<NaiveDate>,
        Option<PartialDate>,
        Option<PartialDate>,
        String,
        bool,
    );
    let mut query = found(visibility, words).order(activities::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(activities::id.lt(ActivityId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            activities::id,
            activities::title,
            activities::description,
            activities::result,
            activities::span_to,
            activities::starts,
            activities::ends,
            activities::country_code,
            activities::restricted,
        ))
        .load(conn)?;
    let hit = |(id, title, description, result, date, starts, ends, country_code, restricted): Row| Hit {
        id: id.into(),
        page: None,
        code: None,
        texts: [description, result, Some(title.clone())].into_iter().flatten().collect(),
        title,
        date,
        dates: starts.into_iter().chain(ends).collect(),
        country_code,
        restricted,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible activities with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<ActivityId> = found(visibility, words).limit(COUNTED_ROWS).select(activities::id).load(conn)?;
    Ok(ids.len())
}
