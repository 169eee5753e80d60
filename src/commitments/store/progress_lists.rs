//! Reports and requests for more time of all visible commitments. Drafts are left out.

use diesel::dsl::{InnerJoin, IntoBoxed};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Bool;

use super::filter::{Drafts, Lookup, visible_from};
use super::{extensions, updates};
use crate::access::Visibility;
use crate::audit::{PartOf, RestrictedRecords};
use crate::clock::Instant;
use crate::commitments::model::{Extension, ExtensionStatus, ReviewOutcome, Update, Verification};
use crate::db::schema::{self, assignments, commitment_commissions, commitments};
use crate::db::types::Uid;
use crate::db::{
    CommissionId, CommitmentId, Db, ExtensionId, InstitutionId, MultiBackend, UpdateId, UserId, among, unique,
};
use crate::error::Result;
use crate::http::{Page, Paging};

/// The filters that both lists share.
#[derive(Debug, Clone, Default)]
pub(crate) struct ProgressFilter {
    pub commission_id: Option<CommissionId>,
    pub institution_id: Option<InstitutionId>,
    pub country_code: Option<String>,
}

/// A page with the restricted commitments that its records belong to.
pub(crate) type ProgressPage<T> = PartOf<Page<T>>;

type Updates = IntoBoxed<'static, InnerJoin<schema::updates::table, assignments::table>, MultiBackend>;
type Extensions = IntoBoxed<'static, InnerJoin<schema::extensions::table, assignments::table>, MultiBackend>;
type Commitments = commitments::BoxedQuery<'static, MultiBackend>;

/// Returns the query for the commitments of the list; None when all but drafts are.
fn commitments_of_list(visibility: &Visibility, filter: &ProgressFilter) -> Option<Commitments> {
    let visible = visible_from(Lookup::FromVisible, visibility, Drafts::LeftOut);
    if visible.is_none() && filter.commission_id.is_none() && filter.country_code.is_none() {
        return None;
    }
    let mut query = commitments::table.filter(commitments::draft.eq(false)).into_boxed();
    if let Some(condition) = visible {
        query = query.filter(condition);
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(commitments::country_code.eq(code.clone()));
    }
    if let Some(id) = filter.commission_id {
        let followed = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq(id))
            .select(commitment_commissions::commitment_id);
        query = query.filter(commitments::id.eq_any(followed));
    }
    Some(query)
}

/// The condition that an assignment belongs to one of the commitments of a query.
struct OfCommitments(commitments::BoxedQuery<'static, MultiBackend, Uid>);

impl Expression for OfCommitments {
    type SqlType = Bool;
}

impl<T> SelectableExpression<T> for OfCommitments where Self: AppearsOnTable<T> {}

impl<T> AppearsOnTable<T> for OfCommitments where assignments::commitment_id: AppearsOnTable<T> {}

impl ValidGrouping<()> for OfCommitments {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for OfCommitments {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<MultiBackend> for OfCommitments {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        QueryFragment::<MultiBackend>::walk_ast(&assignments::commitment_id, out.reborrow())?;
        out.push_sql(" IN (");
        QueryFragment::<MultiBackend>::walk_ast(&self.0, out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

/// Limits a list to the assignments that the filter asks for, of visible commitments.
macro_rules! limit {
    ($query:ident, $visibility:ident, $filter:ident) => {{
        $query = match commitments_of_list($visibility, $filter) {
            Some(own) => $query.filter(OfCommitments(own.select(commitments::id))),
            None => {
                let drafts = commitments::table.filter(commitments::draft.eq(true)).select(commitments::id);
                $query.filter(assignments::commitment_id.ne_all(drafts))
            }
        };
        if let Some(id) = $filter.institution_id {
            $query = $query.filter(assignments::institution_id.eq(id));
        }
    }};
}

/// Returns the query for the reports of the list.
fn updates_of_list(visibility: &Visibility, filter: &ProgressFilter, verification: Option<Verification>) -> Updates {
    let mut query = schema::updates::table.inner_join(assignments::table).into_boxed();
    limit!(query, visibility, filter);
    let outcome = schema::updates::review_outcome;
    let waits = assignments::pending_update_id.eq(schema::updates::id.nullable());
    match verification {
        None => query,
        Some(Verification::Pending) => query.filter(assignments::verification.eq(Verification::Pending)).filter(waits),
        Some(Verification::Accepted) => query.filter(outcome.eq(ReviewOutcome::Accepted)),
        Some(Verification::Returned) => query.filter(outcome.eq(ReviewOutcome::Returned)),
        Some(Verification::None) => {
            let other = assignments::pending_update_id.ne(schema::updates::id.nullable());
            let none = assignments::pending_update_id.is_null().or(other.assume_not_null());
            query.filter(outcome.is_null()).filter(none)
        }
    }
}

/// Loads one page of a query for updates or requests, with the restricted commitments that they belong to.
macro_rules! page_of {
    ($conn:ident, $query:expr, $paging:ident, $table:ident) => {{
        let mut page = $query;
        let found = $paging.count($conn, &page)?;
        if let Some(after) = $paging.after {
            page = page.filter(schema::$table::id.gt(after));
        }
        let rows: Vec<$table::Loaded> = page
            .order(schema::$table::id)
            .limit($paging.fetch())
            .select(($table::Row::as_select(), assignments::commitment_id))
            .load($conn)?;
        let page = Page::cut(rows, $paging, |(row, _)| row.id);
        let items = $table::complete($conn, page.items)?;
        let restricted = restricted($conn, items.iter().map(|one| one.commitment_id).collect())?;
        let page = Page { items, next_cursor: page.next_cursor, total: None, total_is_exact: None }.counted(found);
        Ok(PartOf::new(&((), restricted), page))
    }};
}

/// Loads one page of the visible reports, in the order of receipt. `verification` is the state of the report itself: it
/// waits for its review, was accepted or returned, or has no review.
pub(crate) fn list_updates(
    conn: &mut Db,
    visibility: &Visibility,
    (filter, verification): (&ProgressFilter, Option<Verification>),
    paging: &Paging<UpdateId>,
) -> Result<ProgressPage<Update>> {
    page_of!(conn, updates_of_list(visibility, filter, verification), paging, updates)
}

/// Returns the query for the requests of the list.
fn extensions_of_list(visibility: &Visibility, filter: &ProgressFilter, status: Option<ExtensionStatus>) -> Extensions {
    let mut query = schema::extensions::table.inner_join(assignments::table).into_boxed();
    limit!(query, visibility, filter);
    match status {
        Some(status) => query.filter(schema::extensions::status.eq(status)),
        None => query,
    }
}

/// Loads one page of the visible requests for more time, oldest first.
pub(crate) fn list_extensions(
    conn: &mut Db,
    visibility: &Visibility,
    (filter, status): (&ProgressFilter, Option<ExtensionStatus>),
    paging: &Paging<ExtensionId>,
) -> Result<ProgressPage<Extension>> {
    page_of!(conn, extensions_of_list(visibility, filter, status), paging, extensions)
}

/// Loads the institutions for which something waits: a report for its review, or a request for more time for its
/// decision.
pub(crate) fn waiting_institutions(conn: &mut Db, visibility: &Visibility) -> Result<Vec<InstitutionId>> {
    let requests = assignments::pending_extension_id.is_not_null();
    let mut parts = assignments::table
        .filter(assignments::verification.eq(Verification::Pending).or(requests))
        .into_boxed::<MultiBackend>();
    if let Some(own) = commitments_of_list(visibility, &ProgressFilter::default()) {
        parts = parts.filter(OfCommitments(own.select(commitments::id)));
    }
    Ok(parts.select(assignments::institution_id).distinct().load(conn)?)
}

/// Loads the reports that a person has reviewed since a moment, the newest first, without a check of visibility.
pub(crate) fn reviewed_since(conn: &mut Db, reviewer: UserId, since: Instant, most: i64) -> Result<Vec<Update>> {
    let rows: Vec<updates::Loaded> = schema::updates::table
        .inner_join(assignments::table)
        .filter(schema::updates::reviewed_by.eq(reviewer))
        .filter(schema::updates::reviewed_at.ge(since))
        .order((schema::updates::reviewed_at.desc(), schema::updates::id))
        .limit(most)
        .select((updates::Row::as_select(), assignments::commitment_id))
        .load(conn)?;
    updates::complete(conn, rows)
}

/// Returns the restricted ones among these commitments.
fn restricted(conn: &mut Db, ids: Vec<CommitmentId>) -> Result<RestrictedRecords> {
    let ids = unique(ids);
    let mut found = RestrictedRecords::default();
    if ids.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(CommitmentId, String)> = commitments::table
        .filter(among(commitments::id, &ids))
        .filter(commitments::restricted.eq(true))
        .select((commitments::id, commitments::country_code))
        .load(conn)?;
    rows.iter().for_each(|(id, country)| found.add("commitment", id, country));
    Ok(found)
}
