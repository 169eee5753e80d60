//! Meetings in the database.

mod found;
mod pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::EqAny;
use diesel::prelude::*;
use diesel::query_dsl::methods;
use diesel::sql_types::Bool;

use super::model::{Meeting, MeetingCall, MeetingFilter, MeetingInput, MeetingKind, MeetingStatus, Modality};
use crate::access::{Visibility, commission_refs};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::schema::{attendances, meeting_commissions, meetings};
use crate::db::types::Uid;
use crate::db::{CommissionId, Db, InstitutionId, MeetingId, MultiBackend, unique};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};
use crate::translations::Translations;

pub(crate) use found::{search, search_count};
pub(crate) use pages::recent_sessions;
pub(super) use pages::{joinable, minutes_states, next_ordinals, past, upcoming};

crate::ordered_links! {
    /// The commissions that meet.
    commissions: meeting_commissions (meeting_id: crate::db::MeetingId, commission_id: crate::db::CommissionId)
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
struct Row {
    id: MeetingId,
    country_code: String,
    lead_commission_id: CommissionId,
    kind: MeetingKind,
    title: String,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
    held: Option<PartialDate>,
    held_from: NaiveDate,
    held_to: NaiveDate,
    time_zone: Option<String>,
    ordinal: Option<i32>,
    modality: Option<Modality>,
    place: Option<String>,
    url: Option<String>,
    status: MeetingStatus,
    restricted: bool,
    convened_at: Option<Instant>,
    sequence: i32,
    created_at: Instant,
    updated_at: Instant,
    started_at: Option<Instant>,
    ended_at: Option<Instant>,
    call: Option<MeetingCall>,
    note: Option<String>,
    translations: Option<String>,
}

impl Row {
    fn of(meeting: &Meeting) -> Result<Self> {
        let fields = meeting.input();
        Ok(Self {
            id: meeting.id,
            country_code: meeting.country_code.clone(),
            lead_commission_id: fields.commission_ids.first().copied().ok_or(Code::Invalid)?,
            kind: fields.kind,
            title: fields.title,
            starts_at: fields.starts_at,
            ends_at: fields.ends_at,
            held: fields.held,
            held_from: meeting.held_from,
            held_to: meeting.held_to,
            time_zone: fields.time_zone,
            ordinal: fields.ordinal,
            modality: fields.modality,
            place: fields.place,
            url: fields.url,
            status: fields.status,
            restricted: fields.restricted,
            convened_at: meeting.convened_at,
            sequence: meeting.sequence,
            created_at: meeting.created_at,
            updated_at: meeting.updated_at,
            started_at: fields.started_at,
            ended_at: fields.ended_at,
            call: fields.call,
            note: fields.note,
            translations: fields.translations.stored(),
        })
    }

    fn into_meeting(self, commission_ids: Vec<CommissionId>, default_zone: &str) -> Meeting {
        let own_time_zone = self.time_zone.is_some();
        Meeting {
            id: self.id,
            country_code: self.country_code,
            fields: MeetingInput {
                commission_ids,
                kind: self.kind,
                title: self.title,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
                held: self.held,
                time_zone: self.time_zone.or_else(|| Some(default_zone.to_owned())),
                started_at: self.started_at,
                ended_at: self.ended_at,
                call: self.call,
                ordinal: self.ordinal,
                modality: self.modality,
                place: self.place,
                url: self.url,
                status: self.status,
                restricted: self.restricted,
                note: self.note,
                translations: Translations::of_stored(self.translations),
            },
            held_from: self.held_from,
            held_to: self.held_to,
            convened_at: self.convened_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
            own_time_zone,
            sequence: self.sequence,
        }
    }
}

/// The sort key of a page: the last day and the id of its last meeting.
pub(crate) type Key = (NaiveDate, MeetingId);

type Condition = Box<dyn BoxableExpression<meetings::table, MultiBackend, SqlType = Bool>>;

fn of_commissions(ids: &[CommissionId]) -> Condition {
    let links = meeting_commissions::table
        .filter(meeting_commissions::commission_id.eq_any(ids.to_vec()))
        .select(meeting_commissions::meeting_id);
    Box::new(meetings::id.eq_any(links))
}

/// Returns the condition for the meetings with one of these institutions on their attendance list.
fn attended_by(institutions: &[InstitutionId]) -> Condition {
    let listed = attendances::table
        .filter(attendances::institution_id.eq_any(institutions.to_vec()))
        .select(attendances::meeting_id);
    Box::new(meetings::id.eq_any(listed))
}

/// Returns the condition for the visible meetings.
fn visible(visibility: &Visibility) -> Condition {
    let unrestricted = meetings::restricted.eq(false).and(of_commissions(&visibility.unrestricted_commissions));
    let mut visible: Condition = Box::new(
        meetings::country_code
            .eq_any(visibility.countries.clone())
            .or(of_commissions(&visibility.full_commissions))
            .or(unrestricted)
            .or(attended_by(&visibility.institutions)),
    );
    for (commission, institutions) in visibility.bounds() {
        visible = Box::new(visible.or(of_commissions(&[commission]).and(attended_by(&institutions))));
    }
    visible
}

type Query = meetings::BoxedQuery<'static, MultiBackend, meetings::SqlType>;

/// Returns a query for the visible meetings.
fn visible_rows(visibility: &Visibility) -> Query {
    let query = meetings::table.into_boxed();
    if visibility.all { query } else { query.filter(visible(visibility)) }
}

fn complete(conn: &mut Db, rows: Vec<Row>) -> Result<Vec<Meeting>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let leads = unique(rows.iter().map(|row| row.lead_commission_id));
    let mut commissions = commissions::load(conn, &ids)?;
    let zones: HashMap<_, _> =
        commission_refs(conn, &leads)?.into_iter().map(|(id, commission)| (id, commission.zone.name())).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let commission_ids = commissions.remove(&row.id).unwrap_or_default();
            let zone = zones.get(&row.lead_commission_id).copied().unwrap_or("UTC");
            row.into_meeting(commission_ids, zone)
        })
        .collect())
}

/// Returns one page of the visible meetings, the latest day first.
pub(super) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &MeetingFilter,
    paging: &Paging<Key>,
) -> Result<Page<Meeting>> {
    latest_first(conn, filtered(visibility, filter), paging)
}

/// Returns a query for the visible meetings that a filter keeps.
fn filtered(visibility: &Visibility, filter: &MeetingFilter) -> Query {
    let mut query = visible_rows(visibility);
    if let Some(code) = filter.country_code.clone() {
        query = query.filter(meetings::country_code.eq(code));
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(of_commissions(&[id]));
    }
    if let Some(status) = filter.status {
        query = query.filter(meetings::status.eq(status));
    }
    if let Some(from) = filter.from {
        query = query.filter(meetings::held_to.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(meetings::held_from.le(to));
    }
    query
}

/// Returns one page of a query, the latest day first.
fn latest_first(conn: &mut Db, query: Query, paging: &Paging<Key>) -> Result<Page<Meeting>> {
    let mut query = query.order((meetings::held_to.desc(), meetings::id.desc()));
    let total = paging.count(conn, &query)?;
    if let Some((day, id)) = paging.after {
        query = query.filter(meetings::held_to.lt(day).or(meetings::held_to.eq(day).and(meetings::id.lt(id))));
    }
    let rows: Vec<Row> = query.limit(paging.fetch()).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, paging, |row| (row.held_to, row.id)).counted(total);
    page.complete(|rows| complete(conn, rows))
}

/// Returns one meeting; 404 if it is not visible.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: MeetingId) -> Result<Meeting> {
    let row: Row = visible_rows(visibility).filter(meetings::id.eq(id)).select(Row::as_select()).first(conn)?;
    complete(conn, vec![row])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Returns those of these meetings that are visible.
pub(crate) fn by_ids(conn: &mut Db, visibility: &Visibility, ids: &[MeetingId]) -> Result<HashMap<MeetingId, Meeting>> {
    let query = visible_rows(visibility).filter(meetings::id.eq_any(ids.to_vec()));
    let rows = query.select(Row::as_select()).load(conn)?;
    Ok(complete(conn, rows)?.into_iter().map(|meeting| (meeting.id, meeting)).collect())
}

/// Returns the ids of those of these meetings that are visible. One query.
pub(crate) fn visible_ids(conn: &mut Db, visibility: &Visibility, ids: &[MeetingId]) -> Result<Vec<MeetingId>> {
    Ok(visible_rows(visibility).filter(meetings::id.eq_any(ids.to_vec())).select(meetings::id).load(conn)?)
}

/// Returns one page of the visible meetings of a commission that were held, the latest day first.
pub(crate) fn held(
    conn: &mut Db,
    visibility: &Visibility,
    commission: CommissionId,
    paging: &Paging<Key>,
) -> Result<Page<Meeting>> {
    let query = visible_rows(visibility).filter(of_commissions(&[commission]));
    latest_first(conn, query.filter(meetings::status.eq(MeetingStatus::Held)), paging)
}

/// Returns the visible meetings of a commission that were held and end in a period, the earliest first.
pub(super) fn held_between(
    conn: &mut Db,
    visibility: &Visibility,
    commission: CommissionId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Meeting>> {
    let own = meeting_commissions::table
        .filter(meeting_commissions::commission_id.eq(commission))
        .select(meeting_commissions::meeting_id);
    let rows: Vec<Row> = visible_rows(visibility)
        .filter(meetings::id.eq_any(own))
        .filter(meetings::status.eq(MeetingStatus::Held))
        .filter(meetings::held_to.between(from, to))
        .order((meetings::held_to, meetings::id))
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns the visible meetings from a day on, the earliest first, at most `limit`.
pub(crate) fn since(conn: &mut Db, visibility: &Visibility, day: NaiveDate, limit: i64) -> Result<Vec<Meeting>> {
    let rows: Vec<Row> = visible_rows(visibility)
        .filter(meetings::held_to.ge(day))
        .order((meetings::held_to, meetings::id))
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns the highest number of a commission's visible meetings of a kind that are not cancelled.
pub(super) fn last_ordinal(
    conn: &mut Db,
    visibility: &Visibility,
    commission: CommissionId,
    kind: MeetingKind,
) -> Result<Option<i32>> {
    let numbered = visible_rows(visibility)
        .filter(of_commissions(&[commission]))
        .filter(meetings::kind.eq(kind))
        .filter(meetings::status.ne(MeetingStatus::Cancelled))
        .filter(meetings::ordinal.is_not_null());
    let last: Option<Option<i32>> =
        numbered.order(meetings::ordinal.desc()).limit(1).select(meetings::ordinal).first(conn).optional()?;
    Ok(last.flatten())
}

/// Returns every meeting of a country, in the order of creation.
pub(crate) fn all_of_country(conn: &mut Db, country: &str) -> Result<Vec<Meeting>> {
    let rows: Vec<Row> = meetings::table
        .filter(meetings::country_code.eq(country))
        .order(meetings::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

pub(super) fn insert(conn: &mut Db, meeting: &Meeting) -> Result<()> {
    diesel::insert_into(meetings::table).values(Row::of(meeting)?).execute(conn)?;
    commissions::insert(conn, meeting.id, &meeting.fields.commission_ids)
}

pub(super) fn update(conn: &mut Db, meeting: &Meeting) -> Result<()> {
    diesel::update(meetings::table.find(meeting.id)).set(Row::of(meeting)?).execute(conn)?;
    commissions::replace(conn, meeting.id, &meeting.fields.commission_ids)
}

/// Writes other translations of a meeting's texts.
pub(super) fn set_translations(conn: &mut Db, meeting: &Meeting, translations: Translations) -> Result<()> {
    if translations != meeting.fields.translations {
        diesel::update(meetings::table.find(meeting.id))
            .set(meetings::translations.eq(translations.stored()))
            .execute(conn)?;
    }
    Ok(())
}

/// Deletes a meeting; 409 `in_use` if agreements, commitments or anything else depends on it.
pub(super) fn delete(conn: &mut Db, id: MeetingId) -> Result<()> {
    diesel::delete(meetings::table.find(id)).execute(conn)?;
    Ok(())
}

/// Limits a query for what institutions sent about a meeting to these institutions; None for all of them.
pub(super) fn of_institutions<Q, C>(query: Q, institution: C, own: Option<&[InstitutionId]>) -> Q
where
    C: Expression<SqlType = Uid>,
    Q: methods::FilterDsl<EqAny<C, Vec<InstitutionId>>, Output = Q>,
{
    match own {
        Some(own) => methods::FilterDsl::filter(query, institution.eq_any(own.to_vec())),
        None => query,
    }
}
