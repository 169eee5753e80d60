//! Updates with their evidence and reviews.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::clock::Instant;
use crate::commitments::model::{Quantity, ReportedStatus, Review, ReviewOutcome, Update, UpdateInput};
use crate::dates::PartialDate;
use crate::db::schema::{assignments, update_evidence, updates};
use crate::db::{AssignmentId, CommitmentId, Db, FileId, LaterRow, Tx, UpdateId, UserId};
use crate::error::{Code, Result};
use crate::evidence::Evidence;
use crate::http::{Page, Paging};
use crate::identity::{Importer, Person, UserNames, user_names};

#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = updates, treat_none_as_default_value = false)]
pub(super) struct Row {
    pub id: UpdateId,
    assignment_id: AssignmentId,
    reported_on: NaiveDate,
    status: ReportedStatus,
    narrative: String,
    percent: Option<i32>,
    quantity: Option<f64>,
    on_behalf: bool,
    author_id: Option<UserId>,
    received_at: Instant,
    review_outcome: Option<ReviewOutcome>,
    review_comment: Option<String>,
    reviewed_by: Option<UserId>,
    reviewed_at: Option<Instant>,
    from_file: bool,
    imported_by: Option<UserId>,
    accepted_below_target: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = update_evidence, treat_none_as_default_value = false)]
struct EvidenceRow {
    update_id: UpdateId,
    position: i32,
    title: String,
    url: Option<String>,
    file_id: Option<FileId>,
    kind: Option<String>,
    dated: Option<PartialDate>,
    dated_from: Option<NaiveDate>,
    dated_to: Option<NaiveDate>,
}

impl EvidenceRow {
    fn of(update_id: UpdateId, position: i32, evidence: Evidence) -> Self {
        let Evidence { title, url, file_id, kind, dated, dated_from, dated_to } = evidence.bounded();
        Self { update_id, position, title, url, file_id, kind, dated, dated_from, dated_to }
    }

    fn into_evidence(self) -> Evidence {
        let Self { title, url, file_id, kind, dated, dated_from, dated_to, .. } = self;
        Evidence { title, url, file_id, kind, dated, dated_from, dated_to }
    }
}

impl LaterRow for Row {
    const ORDER: u8 = 2;

    fn insert(conn: &mut Db, rows: &[Self]) -> Result<()> {
        crate::insert_some!(conn, updates::table, rows)
    }
}

/// Inserts a report with its evidence. An import of many writes them together ([`Tx::insert_later`]).
pub(crate) fn insert_update(tx: &mut Tx<'_>, update: &Update) -> Result<()> {
    let fields = update.fields.clone();
    let row = Row {
        id: update.id,
        assignment_id: update.assignment_id,
        reported_on: fields.reported_on,
        status: fields.status,
        narrative: fields.narrative,
        percent: fields.percent,
        quantity: fields.quantity.map(|quantity| quantity.0),
        on_behalf: fields.on_behalf,
        author_id: update.author.as_ref().map(|author| author.id),
        received_at: update.received_at,
        review_outcome: None,
        review_comment: None,
        reviewed_by: None,
        reviewed_at: None,
        from_file: update.imported_by.is_some(),
        imported_by: update.imported_by.as_ref().and_then(|importer| importer.id),
        accepted_below_target: false,
    };
    tx.insert_later(vec![row])?;
    let evidence: Vec<_> = (0..).zip(fields.evidence).map(|(n, one)| EvidenceRow::of(update.id, n, one)).collect();
    if !evidence.is_empty() {
        tx.write_waiting()?;
    }
    crate::insert_all!(tx.conn, update_evidence::table, &evidence)
}

pub(crate) fn review(conn: &mut Db, id: UpdateId, review: &Review) -> Result<()> {
    diesel::update(updates::table.find(id))
        .set((
            updates::review_outcome.eq(review.outcome),
            updates::review_comment.eq(&review.comment),
            updates::reviewed_by.eq(review.reviewed_by.as_ref().map(|person| person.id)),
            updates::reviewed_at.eq(review.reviewed_at),
            updates::accepted_below_target.eq(review.accepted_below_target),
        ))
        .execute(conn)?;
    Ok(())
}

/// Removes the review of a report; the history keeps it.
pub(crate) fn remove_review(conn: &mut Db, id: UpdateId) -> Result<()> {
    diesel::update(updates::table.find(id))
        .set((
            updates::review_outcome.eq(None::<ReviewOutcome>),
            updates::review_comment.eq(None::<String>),
            updates::reviewed_by.eq(None::<UserId>),
            updates::reviewed_at.eq(None::<Instant>),
            updates::accepted_below_target.eq(false),
        ))
        .execute(conn)?;
    Ok(())
}

/// Deletes imported reports with their evidence.
pub(crate) fn remove_updates(conn: &mut Db, ids: &[UpdateId]) -> Result<()> {
    for ids in ids.chunks(5_000) {
        diesel::delete(update_evidence::table.filter(update_evidence::update_id.eq_any(ids))).execute(conn)?;
        diesel::delete(updates::table.filter(updates::id.eq_any(ids))).execute(conn)?;
    }
    Ok(())
}

pub(super) type Loaded = (Row, CommitmentId);

pub(super) fn complete(conn: &mut Db, rows: Vec<Loaded>) -> Result<Vec<Update>> {
    let people = rows.iter().flat_map(|(row, _)| [row.author_id, row.reviewed_by, row.imported_by]).flatten();
    let names = user_names(conn, people)?;
    let ids: Vec<_> = rows.iter().map(|(row, _)| row.id).collect();
    let mut evidence: HashMap<UpdateId, Vec<Evidence>> = HashMap::new();
    for ids in ids.chunks(5_000) {
        let found: Vec<EvidenceRow> = update_evidence::table
            .filter(update_evidence::update_id.eq_any(ids))
            .order((update_evidence::update_id, update_evidence::position))
            .select(EvidenceRow::as_select())
            .load(conn)?;
        for row in found {
            evidence.entry(row.update_id).or_default().push(row.into_evidence());
        }
    }
    let whole = rows.into_iter().map(|(row, commitment_id)| {
        let own = evidence.remove(&row.id).unwrap_or_default();
        row.into_model(commitment_id, own, &names)
    });
    Ok(whole.collect())
}

impl Row {
    fn into_model(self, commitment_id: CommitmentId, evidence: Vec<Evidence>, names: &UserNames) -> Update {
        let review = self.review_outcome.zip(self.reviewed_at).map(|(outcome, reviewed_at)| Review {
            outcome,
            comment: self.review_comment,
            reviewed_by: Person::named(names, self.reviewed_by),
            reviewed_at,
            accepted_below_target: self.accepted_below_target,
        });
        Update {
            id: self.id,
            commitment_id,
            assignment_id: self.assignment_id,
            fields: UpdateInput {
                reported_on: self.reported_on,
                status: self.status,
                narrative: self.narrative,
                percent: self.percent,
                quantity: self.quantity.map(Quantity),
                evidence,
                on_behalf: self.on_behalf,
            },
            author: Person::named(names, self.author_id),
            imported_by: self.from_file.then(|| Importer::from(Person::named(names, self.imported_by))),
            received_at: self.received_at,
            review,
        }
    }
}

/// Loads a report without a check of visibility: the caller checks its commitment.
pub(crate) fn find_update(conn: &mut Db, id: UpdateId) -> Result<Update> {
    updates_by_id(conn, &[id])?.pop().ok_or_else(|| Code::NotFound.into())
}

/// Loads these reports in the order of receipt, without a check of visibility.
pub(crate) fn updates_by_id(conn: &mut Db, ids: &[UpdateId]) -> Result<Vec<Update>> {
    let rows: Vec<Loaded> = crate::load_among!(
        conn,
        updates::table
            .inner_join(assignments::table)
            .order(updates::id)
            .select((Row::as_select(), assignments::commitment_id)),
        updates::id,
        ids
    )?;
    complete(conn, rows)
}

/// Returns the reports on these commitments that exist; the reports of undone imports are only in the history.
pub(crate) fn standing_updates(conn: &mut Db, ids: &[CommitmentId]) -> Result<HashSet<UpdateId>> {
    let mut standing = HashSet::new();
    for ids in ids.chunks(super::read::BATCH) {
        let found: Vec<UpdateId> = updates::table
            .inner_join(assignments::table)
            .filter(assignments::commitment_id.eq_any(ids))
            .select(updates::id)
            .load(conn)?;
        standing.extend(found);
    }
    Ok(standing)
}

/// Declares the loaders by assignment of a table of updates or requests, whose ids are in the order of entry.
macro_rules! by_assignment {
    ($table:ident: $id:ty => $model:ty, $page_of:ident, $all_of:ident) => {
        /// Loads one page of those of an assignment, the oldest first.
        pub(crate) fn $page_of(conn: &mut Db, id: AssignmentId, paging: &Paging<$id>) -> Result<Page<$model>> {
            let mut query = $table::table
                .inner_join(assignments::table)
                .filter($table::assignment_id.eq(id))
                .order($table::id)
                .select((Row::as_select(), assignments::commitment_id))
                .into_boxed();
            let total = paging.count(conn, &query)?;
            if let Some(after) = paging.after {
                query = query.filter($table::id.gt(after));
            }
            let rows: Vec<Loaded> = query.limit(paging.fetch()).load(conn)?;
            let page = Page::cut(rows, paging, |(row, _)| row.id).counted(total);
            page.complete(|rows| complete(conn, rows))
        }

        /// Loads those of these assignments, the oldest first.
        pub(crate) fn $all_of(conn: &mut Db, ids: &[AssignmentId]) -> Result<HashMap<AssignmentId, Vec<$model>>> {
            let mut all = Vec::new();
            for ids in ids.chunks(5_000) {
                let rows: Vec<Loaded> = $table::table
                    .inner_join(assignments::table)
                    .filter($table::assignment_id.eq_any(ids))
                    .order($table::id)
                    .select((Row::as_select(), assignments::commitment_id))
                    .load(conn)?;
                all.extend(complete(conn, rows)?);
            }
            Ok($crate::db::grouped(all.into_iter().map(|one| (one.assignment_id, one))))
        }
    };
}

pub(super) use by_assignment;

by_assignment!(updates: UpdateId => Update, updates_of_assignment, updates_of);
