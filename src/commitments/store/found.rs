//! Commitments that a search finds, by their own text or by a report on one of their parts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::filter::{CommitmentQuery, Drafts, visible};
use crate::access::{COUNTED_ROWS, Hit, HitPaging, MOST_COUNTED, Visibility};
use crate::dates::PartialDate;
use crate::db::schema::{assignments, commitments, updates};
use crate::db::search::{Found, Words};
use crate::db::{CommitmentId, Db};
use crate::error::Result;

/// Drafts are not found.
fn found(visibility: &Visibility, condition: Found) -> CommitmentQuery {
    let query = commitments::table.filter(condition).filter(commitments::draft.eq(false)).into_boxed();
    match visible(visibility, Drafts::LeftOut) {
        Some(condition) => query.filter(condition),
        None => query,
    }
}

/// Returns the visible commitments with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (CommitmentId, String, String, Option<NaiveDate>, Option<PartialDate>, String, bool);
    let condition = if paging.of_many { words.in_many_commitments() } else { words.in_commitments() };
    let mut query = found(visibility, condition).order(commitments::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(commitments::id.lt(CommitmentId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            commitments::id,
            commitments::code,
            commitments::text,
            commitments::due_to,
            commitments::due,
            commitments::country_code,
            commitments::restricted,
        ))
        .load(conn)?;
    let ids: Vec<CommitmentId> = rows.iter().map(|row| row.0).collect();
    let mut reports = reports(conn, words, &ids)?;
    let hit = |(id, code, title, date, dated, country_code, restricted): Row| Hit {
        id: id.into(),
        page: None,
        code: Some(code),
        texts: [title.clone()].into_iter().chain(reports.remove(&id)).collect(),
        title,
        date,
        dates: dated.into_iter().collect(),
        country_code,
        restricted,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible commitments with these words, up to a limit. Their own text often suffices to reach it.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let mut count = |condition| -> Result<usize> {
        let counted = found(visibility, condition).limit(COUNTED_ROWS).select(commitments::id);
        Ok(counted.load::<CommitmentId>(conn)?.len())
    };
    let own = count(words.in_texts_of_commitments())?;
    if own > MOST_COUNTED { Ok(own) } else { count(words.in_commitments()) }
}

/// Returns the newest report with these words on each of these commitments.
fn reports(conn: &mut Db, words: &Words, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, String>> {
    let rows: Vec<(CommitmentId, String)> = updates::table
        .inner_join(assignments::table)
        .filter(assignments::commitment_id.eq_any(ids))
        .filter(words.in_updates())
        .order(updates::id)
        .select((assignments::commitment_id, updates::narrative))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
