//! Sessions that a search finds, by title and place, agenda, or minutes and their code.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::visible_rows;
use crate::access::{COUNTED_ROWS, Hit, HitPaging, Visibility};
use crate::dates::PartialDate;
use crate::db::raw::Dialect;
use crate::db::schema::{agenda_items, meetings, minutes};
use crate::db::search::Words;
use crate::db::{Db, MeetingId, MultiBackend};
use crate::error::Result;

/// The minutes of a session that are drafts are known to those who write the session.
fn may_read_drafts(conn: &Db, visibility: &Visibility, session: &str) -> String {
    if visibility.all {
        return "TRUE".to_owned();
    }
    let sql = Dialect::of(conn);
    let (countries, kept) = (
        sql.texts(visibility.countries.iter().map(String::as_str)),
        sql.ids(visibility.full_commissions.iter().copied()),
    );
    format!(
        "({session}.country_code IN {countries} OR EXISTS (SELECT 1 FROM meeting_commissions k WHERE k.meeting_id = {session}.id \
         AND k.commission_id IN {kept}))"
    )
}

fn found(conn: &Db, visibility: &Visibility, words: &Words) -> meetings::BoxedQuery<'static, MultiBackend> {
    visible_rows(visibility).filter(words.in_meetings(&may_read_drafts(conn, visibility, "d")))
}

/// Returns the visible sessions with these words, the newest first.
pub(crate) fn search(conn: &mut Db, visibility: &Visibility, words: &Words, paging: HitPaging) -> Result<Vec<Hit>> {
    type Row = (MeetingId, String, Option<String>, NaiveDate, Option<PartialDate>, String, bool);
    let mut query = found(conn, visibility, words).order(meetings::id.desc()).limit(paging.limit);
    if let Some(after) = paging.after {
        query = query.filter(meetings::id.lt(MeetingId::from(after)));
    }
    let rows: Vec<Row> = query
        .select((
            meetings::id,
            meetings::title,
            meetings::place,
            meetings::held_to,
            meetings::held,
            meetings::country_code,
            meetings::restricted,
        ))
        .load(conn)?;
    let ids: Vec<MeetingId> = rows.iter().map(|row| row.0).collect();
    let mut texts = texts(conn, visibility, words, &ids)?;
    let hit = |(id, title, place, date, dated, country_code, restricted): Row| Hit {
        id: id.into(),
        page: None,
        code: None,
        texts: [title.clone()].into_iter().chain(place).chain(texts.remove(&id).unwrap_or_default()).collect(),
        title,
        date: Some(date),
        dates: dated.into_iter().collect(),
        country_code,
        restricted,
    };
    Ok(rows.into_iter().map(hit).collect())
}

/// Counts the visible sessions with these words, up to a limit.
pub(crate) fn search_count(conn: &mut Db, visibility: &Visibility, words: &Words) -> Result<usize> {
    let ids: Vec<MeetingId> = found(conn, visibility, words).limit(COUNTED_ROWS).select(meetings::id).load(conn)?;
    Ok(ids.len())
}

/// Returns the items of the agenda with these words, and the minutes that may be known with their code, of each of these
/// sessions.
fn texts(
    conn: &mut Db,
    visibility: &Visibility,
    words: &Words,
    ids: &[MeetingId],
) -> Result<HashMap<MeetingId, Vec<String>>> {
    let mut texts: HashMap<MeetingId, Vec<String>> = HashMap::new();
    let items: Vec<(MeetingId, String, Option<String>)> = agenda_items::table
        .filter(agenda_items::meeting_id.eq_any(ids))
        .filter(words.in_agenda_items())
        .order((agenda_items::meeting_id, agenda_items::position))
        .select((agenda_items::meeting_id, agenda_items::title, agenda_items::outcome))
        .load(conn)?;
    for (id, title, outcome) in items {
        texts.entry(id).or_default().extend([title].into_iter().chain(outcome));
    }
    let drafts = diesel::dsl::sql::<diesel::sql_types::Bool>(&may_read_drafts(conn, visibility, "meetings"));
    let found: Vec<(MeetingId, Option<String>, String)> = minutes::table
        .inner_join(meetings::table.on(minutes::meeting_id.eq(meetings::id)))
        .filter(minutes::meeting_id.eq_any(ids))
        .filter(minutes::status.ne("draft").or(drafts))
        .select((minutes::meeting_id, minutes::code, minutes::body))
        .load(conn)?;
    for (id, code, body) in found {
        texts.entry(id).or_default().extend(code.into_iter().chain([body]));
    }
    Ok(texts)
}
