//! Agreements that a search finds.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible_rows;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::dates::PartialDate;
use crate::db::schema::agreements;
use crate::db::search::Words;
use crate::db::{AgreementId, Db, MultiBackend};
use crate::error::Result;

fn found(visibility: &Visibility, words: &Words) -> agreements::BoxedQuery<'static, MultiBackend> {
    visible_rows(visibility).filter(words.in_folded("agreements"))
}

/// Returns the visible agreements with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row =
        (AgreementId, Option<String>, String, Option<String>, Option<NaiveDate>, Option<PartialDate>, String, bool);
    let mut query = found(visibility, words).order(agreements::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(agreements::id.lt(AgreementId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            agreements::id,
            agreements::number,
            agreements::title,
            agreements::text,
            agreements::adopted_to,
            agreements::adopted,
            agreements::country_code,
            agreements::restricted,
        ))
        .load(conn)?;
    let hit = |(id, code, title, text, date, dated, country_code, restricted): Row| Hit {
        id: id.into(),
        page: None,
        code,
        texts: text.into_iter().chain([title.clone()]).collect(),
        title,
        date,
        dates: dated.into_iter().collect(),
        country_code,
        restricted,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible agreements with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<AgreementId> = found(visibility, words).limit(COUNTED_ROWS).select(agreements::id).load(conn)?;
    Ok(ids.len())
}
