//! Loading commitments with their lists and assignments. The number of statements does not depend on the number of
//! commitments.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::filter::{CommitmentQuery, Drafts, Filter, Lookup, filtered, visible, visible_from, zone};
use super::order::sorted;
use super::rows::{AssignmentRow, Row, attachments, beneficiaries, commissions, dependencies, plan_items, themes};
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, Key, Sort};
use crate::db::schema::{assignments, commitment_commissions, commitments};
use crate::db::{CommissionId, CommitmentId, Countable, Db, InstitutionId, among, grouped};
use crate::error::{Code, Result};
use crate::http::{Page, Paging};

type Rows = Vec<(Row, Option<String>)>;

fn load(conn: &mut Db, query: CommitmentQuery) -> Result<Rows> {
    Ok(query.select((Row::as_select(), zone())).load(conn)?)
}

/// Loads the commitments of a query.
pub(super) fn from_query(conn: &mut Db, query: CommitmentQuery, now: Instant) -> Result<Vec<Commitment>> {
    let rows = load(conn, query)?;
    complete(conn, rows, now)
}

/// The number of ids in one statement: both databases take fewer bound values than a country may have commitments.
pub(super) const BATCH: usize = 5_000;

fn complete(conn: &mut Db, rows: Rows, now: Instant) -> Result<Vec<Commitment>> {
    complete_with(load_lists, conn, rows, now)
}

/// Loads lists of commitments, and computes the values that depend on them.
type LoadLists = fn(&mut Db, &mut [Commitment], Instant) -> Result<()>;

fn complete_with(load: LoadLists, conn: &mut Db, rows: Rows, now: Instant) -> Result<Vec<Commitment>> {
    let mut whole: Vec<Commitment> = rows.into_iter().map(|(row, zone)| row.without_lists(zone.as_deref())).collect();
    for batch in whole.chunks_mut(BATCH) {
        load(conn, batch, now)?;
    }
    Ok(whole)
}

fn load_lists(conn: &mut Db, page: &mut [Commitment], now: Instant) -> Result<()> {
    let ids: Vec<_> = page.iter().map(|commitment| commitment.id).collect();
    let mut themes = themes::load(conn, &ids)?;
    let mut plan_items = plan_items::load(conn, &ids)?;
    let mut beneficiaries = beneficiaries::load(conn, &ids)?;
    let mut dependencies = dependencies::load(conn, &ids)?;
    let mut attachments = attachments::load(conn, &ids)?;
    for commitment in page.iter_mut() {
        let (id, fields) = (commitment.id, &mut commitment.fields);
        fields.themes = themes.remove(&id).unwrap_or_default();
        fields.plan_item_ids = plan_items.remove(&id).unwrap_or_default();
        fields.beneficiary_ids = beneficiaries.remove(&id).unwrap_or_default();
        fields.depends_on_ids = dependencies.remove(&id).unwrap_or_default();
        fields.attachments = attachments.remove(&id).unwrap_or_default();
    }
    load_parts(conn, page, now)
}

/// Loads the commissions and the parts of institutions, from which the state of a commitment is derived.
fn load_parts(conn: &mut Db, page: &mut [Commitment], now: Instant) -> Result<()> {
    let ids: Vec<_> = page.iter().map(|commitment| commitment.id).collect();
    let mut commissions = commissions::load(conn, &ids)?;
    let mut assignments = assignments_of(conn, &ids)?;
    for commitment in page {
        let id = commitment.id;
        commitment.fields.commission_ids = commissions.remove(&id).unwrap_or_default();
        commitment.assignments = assignments.remove(&id).unwrap_or_default();
        commitment.recompute(now);
    }
    Ok(())
}

fn assignments_of(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashMap<CommitmentId, Vec<Assignment>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<AssignmentRow> = crate::load_among!(
        conn,
        assignments::table.order(assignments::id).select(AssignmentRow::as_select()),
        assignments::commitment_id,
        ids
    )?;
    Ok(grouped(rows.into_iter().map(|row| (row.commitment_id, row.into_assignment()))))
}

/// Loads one page in an order.
pub(crate) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: (Sort, &Paging<Key>),
    now: Instant,
) -> Result<Page<Commitment>> {
    list_with(load_lists, conn, (visibility, filter), paging, now)
}

/// Loads one page of the follow-up list, which shows the commissions and the parts of its commitments. Their other lists
/// stay empty.
pub(crate) fn list_shown(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &Filter,
    paging: (Sort, &Paging<Key>),
    now: Instant,
) -> Result<Page<Commitment>> {
    list_with(load_parts, conn, (visibility, filter), paging, now)
}

fn list_with(
    lists: LoadLists,
    conn: &mut Db,
    (visibility, filter): (&Visibility, &Filter),
    (sort, paging): (Sort, &Paging<Key>),
    now: Instant,
) -> Result<Page<Commitment>> {
    let query = filtered(conn, visibility, filter, now)?;
    let total = paging.count(conn, &query)?;
    let query = sorted(query, sort, paging.after.clone()).limit(paging.fetch());
    let page = Page::cut(load(conn, query)?, paging, |(row, _)| row.key(sort)).counted(total);
    page.complete(|rows| complete_with(lists, conn, rows, now))
}

/// Counts the visible commitments that match the filter, as the list does; at most 10,000.
pub(crate) fn count(conn: &mut Db, visibility: &Visibility, filter: &Filter, now: Instant) -> Result<i64> {
    filtered(conn, visibility, filter, now)?.count_rows(conn, 10_000)
}

/// Loads a visible commitment; 404 otherwise.
pub(crate) fn find(conn: &mut Db, visibility: &Visibility, id: CommitmentId, now: Instant) -> Result<Commitment> {
    commitments(conn, visibility, &[id], now)?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads those of these commitments that are visible, in order of id.
pub(crate) fn commitments(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[CommitmentId],
    now: Instant,
) -> Result<Vec<Commitment>> {
    let mut rows = Rows::new();
    for ids in ids.chunks(BATCH) {
        let found: Rows = match visible(visibility, Drafts::OfWriters) {
            None => crate::load_among!(
                conn,
                commitments::table.order(commitments::id).select((Row::as_select(), zone())),
                commitments::id,
                ids
            )?,
            Some(condition) => {
                let known = commitments::table.filter(among(commitments::id, ids)).filter(condition);
                load(conn, known.order(commitments::id).into_boxed())?
            }
        };
        rows.extend(found);
    }
    complete(conn, rows, now)
}

/// Returns the country of those of these commitments that are visible, without drafts unless `with_drafts`.
pub(crate) fn known_countries(
    conn: &mut Db,
    visibility: &Visibility,
    ids: &[CommitmentId],
    with_drafts: bool,
) -> Result<HashMap<CommitmentId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let drafts = if with_drafts { Drafts::OfWriters } else { Drafts::LeftOut };
    let mut query = commitments::table.filter(among(commitments::id, ids)).into_boxed();
    if let Some(condition) = visible(visibility, drafts) {
        query = query.filter(condition);
    }
    let rows: Vec<(CommitmentId, String)> = query.select((commitments::id, commitments::country_code)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Loads the visible commitments whose term, or the term of an assignment, ends on this day or later: the soonest
/// first, at most `most`. Drafts are left out.
pub(crate) fn since(
    conn: &mut Db,
    visibility: &Visibility,
    day: NaiveDate,
    most: i64,
    now: Instant,
) -> Result<Vec<Commitment>> {
    let parts = assignments::table.filter(assignments::due_to.ge(day)).select(assignments::commitment_id);
    let own = commitments::due_sort.ge(day).and(commitments::due_to.is_not_null());
    let mut query = commitments::table.filter(own.or(commitments::id.eq_any(parts))).into_boxed();
    if let Some(condition) = visible_from(Lookup::FromVisible, visibility, Drafts::LeftOut) {
        query = query.filter(condition);
    }
    from_query(conn, query.order((commitments::due_sort, commitments::id)).limit(most), now)
}

/// Returns true if a commitment of the country has this code.
pub(crate) fn code_is_taken(conn: &mut Db, country: &str, code: &str) -> Result<bool> {
    let found: Option<CommitmentId> = commitments::table
        .filter(commitments::country_code.eq(country))
        .filter(commitments::code.eq(code))
        .select(commitments::id)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Loads every commitment of a country, in order of id.
pub(crate) fn all_of_country(conn: &mut Db, country: &str, now: Instant) -> Result<Vec<Commitment>> {
    let own = commitments::country_code.eq(country.to_owned());
    from_query(conn, commitments::table.filter(own).order(commitments::id).into_boxed(), now)
}

/// Returns the open commitments of a country whose term is counted from a day.
pub(crate) fn open_with_rule(conn: &mut Db, country: &str) -> Result<Vec<CommitmentId>> {
    Ok(commitments::table
        .filter(commitments::country_code.eq(country))
        .filter(commitments::open.eq(true))
        .filter(commitments::due_rule_count.is_not_null())
        .order(commitments::id)
        .select(commitments::id)
        .load(conn)?)
}

/// Loads the visible commitments of these commissions, soonest term first.
pub(crate) fn commitments_of_commissions(
    conn: &mut Db,
    visibility: &Visibility,
    own: &[CommissionId],
    now: Instant,
) -> Result<Vec<Commitment>> {
    let followed = commitment_commissions::table
        .filter(commitment_commissions::commission_id.eq_any(own.to_vec()))
        .select(commitment_commissions::commitment_id);
    let mut query = commitments::table
        .filter(commitments::id.eq_any(followed))
        .order((commitments::due_sort, commitments::id))
        .into_boxed();
    if let Some(condition) = visible(visibility, Drafts::LeftOut) {
        query = query.filter(condition);
    }
    from_query(conn, query, now)
}

/// Returns the commitments in which the institution has an open part that the writer may cancel, in order of id. With
/// `commissions`, only those of any of them.
pub(crate) fn with_open_part(
    conn: &mut Db,
    visibility: &Visibility,
    institution: InstitutionId,
    commissions: Option<&[CommissionId]>,
) -> Result<Vec<CommitmentId>> {
    let open = assignments::table
        .filter(assignments::institution_id.eq(institution))
        .filter(assignments::open.eq(true))
        .select(assignments::commitment_id);
    let mut query = commitments::table
        .filter(commitments::id.eq_any(open))
        .order(commitments::id)
        .select(commitments::id)
        .into_boxed();
    let writable = Visibility {
        all: visibility.all,
        countries: visibility.countries.clone(),
        full_commissions: visibility.full_commissions.clone(),
        ..Visibility::default()
    };
    if let Some(condition) = visible(&writable, Drafts::OfWriters) {
        query = query.filter(condition);
    }
    if let Some(own) = commissions {
        let led = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq_any(own.to_vec()))
            .select(commitment_commissions::commitment_id);
        query = query.filter(commitments::id.eq_any(led));
    }
    Ok(query.load(conn)?)
}
