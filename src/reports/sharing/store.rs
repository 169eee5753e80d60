//! The assigned questions of reports, and the comments on their answers.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Comment;
use crate::clock::Instant;
use crate::db::schema::{report_assignees, report_comments, users};
use crate::db::{CommissionId, Db, ReportCommentId, ReportId, UserId};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::reports::answer::ReportPerson;

/// The commissions to which questions of a report are assigned, by the key of the question.
pub(crate) type Assignees = HashMap<String, CommissionId>;

/// Loads the assigned questions of these reports: one statement.
pub(crate) fn assignees_of_all(conn: &mut Db, ids: &[ReportId]) -> Result<HashMap<ReportId, Assignees>> {
    let rows: Vec<(ReportId, String, CommissionId)> = report_assignees::table
        .filter(report_assignees::report_id.eq_any(ids))
        .select((report_assignees::report_id, report_assignees::key, report_assignees::commission_id))
        .load(conn)?;
    let mut all: HashMap<ReportId, Assignees> = HashMap::new();
    for (report, key, commission) in rows {
        all.entry(report).or_default().insert(key, commission);
    }
    Ok(all)
}

/// Loads the assigned questions of a report.
pub(crate) fn assignees_of(conn: &mut Db, id: ReportId) -> Result<Assignees> {
    Ok(assignees_of_all(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// Returns the drafts that have questions assigned to these commissions.
pub(crate) fn reports_assigned_to(conn: &mut Db, commissions: &[CommissionId]) -> Result<Vec<ReportId>> {
    Ok(report_assignees::table
        .filter(report_assignees::commission_id.eq_any(commissions))
        .select(report_assignees::report_id)
        .distinct()
        .load(conn)?)
}

/// Replaces the assignee of a question.
pub(crate) fn put_assignee(
    conn: &mut Db,
    report: ReportId,
    key: &str,
    commission: Option<CommissionId>,
    now: Instant,
) -> Result<()> {
    diesel::delete(report_assignees::table.find((report, key))).execute(conn)?;
    if let Some(commission) = commission {
        diesel::insert_into(report_assignees::table)
            .values((
                report_assignees::report_id.eq(report),
                report_assignees::key.eq(key),
                report_assignees::commission_id.eq(commission),
                report_assignees::assigned_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Copies the assignees of a report to its new version.
pub(crate) fn copy_assignees(conn: &mut Db, from: ReportId, to: ReportId, now: Instant) -> Result<()> {
    for (key, commission) in assignees_of(conn, from)? {
        put_assignee(conn, to, &key, Some(commission), now)?;
    }
    Ok(())
}

type Row = (ReportCommentId, ReportId, String, String, Option<UserId>, Option<String>, Instant);

fn comment((id, report_id, key, text, user, name, created_at): Row) -> Comment {
    let by = user.zip(name).map(|(id, name)| ReportPerson { id, name });
    Comment { id, report_id, key, text, by, created_at }
}

/// Selects the comments on the answer to a question, in the order of entry.
macro_rules! comments_on {
    ($report:expr, $key:expr) => {
        report_comments::table
            .left_join(users::table)
            .filter(report_comments::report_id.eq($report))
            .filter(report_comments::key.eq($key))
            .order(report_comments::id)
            .select((
                report_comments::id,
                report_comments::report_id,
                report_comments::key,
                report_comments::text,
                report_comments::author_id,
                users::name.nullable(),
                report_comments::created_at,
            ))
    };
}

/// Returns one page of comments, in the order of entry.
pub(crate) fn comments(
    conn: &mut Db,
    report: ReportId,
    key: &str,
    paging: &Paging<ReportCommentId>,
) -> Result<Page<Comment>> {
    let mut query = comments_on!(report, key.to_owned()).limit(paging.fetch()).into_boxed();
    if let Some(after) = paging.after {
        query = query.filter(report_comments::id.gt(after));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(Page::cut(rows, paging, |row| row.0).map(comment))
}

/// Returns one comment; 404 when it is not on this answer.
pub(crate) fn find_comment(conn: &mut Db, report: ReportId, key: &str, id: ReportCommentId) -> Result<Comment> {
    let row: Row = comments_on!(report, key).filter(report_comments::id.eq(id)).first(conn)?;
    Ok(comment(row))
}

pub(crate) fn insert_comment(conn: &mut Db, comment: &Comment) -> Result<()> {
    diesel::insert_into(report_comments::table)
        .values((
            report_comments::id.eq(comment.id),
            report_comments::report_id.eq(comment.report_id),
            report_comments::key.eq(&comment.key),
            report_comments::author_id.eq(comment.by.as_ref().map(|person| person.id)),
            report_comments::text.eq(&comment.text),
            report_comments::created_at.eq(comment.created_at),
        ))
        .execute(conn)?;
    Ok(())
}
