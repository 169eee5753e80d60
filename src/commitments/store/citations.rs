//! Approved minutes and reports that cite a commitment.

use diesel::prelude::*;

use crate::clock::Instant;
use crate::commitments::model::Commitment;
use crate::db::schema::{agreements, minutes, minutes_versions, report_snapshots, reports};
use crate::db::{Db, MeetingId};
use crate::error::Result;

/// Returns true if minutes of its session, or a report that cites it, were approved at this moment or later.
pub(crate) fn is_cited_since(conn: &mut Db, commitment: &Commitment, moment: Instant) -> Result<bool> {
    Ok(in_minutes(conn, commitment, moment)? || in_reports(conn, commitment, moment)?)
}

/// Looks in the minutes of the session in which the commitment, or its agreement, was made.
fn in_minutes(conn: &mut Db, commitment: &Commitment, moment: Instant) -> Result<bool> {
    let mut sessions: Vec<MeetingId> = commitment.fields.meeting_id.into_iter().collect();
    if let Some(id) = commitment.fields.agreement_id {
        let of_agreement: Option<MeetingId> = agreements::table.find(id).select(agreements::meeting_id).first(conn)?;
        sessions.extend(of_agreement);
    }
    if sessions.is_empty() {
        return Ok(false);
    }
    let approved: Option<MeetingId> = minutes::table
        .filter(minutes::meeting_id.eq_any(&sessions))
        .filter(minutes::approved_at.ge(moment))
        .select(minutes::meeting_id)
        .first(conn)
        .optional()?;
    let version: Option<MeetingId> = minutes_versions::table
        .filter(minutes_versions::meeting_id.eq_any(&sessions))
        .filter(minutes_versions::at.ge(moment))
        .select(minutes_versions::meeting_id)
        .first(conn)
        .optional()?;
    Ok(approved.is_some() || version.is_some())
}

/// Looks in the frozen copies of reports, which name their sources by id.
fn in_reports(conn: &mut Db, commitment: &Commitment, moment: Instant) -> Result<bool> {
    let approved = reports::table
        .filter(reports::country_code.eq(&commitment.country_code))
        .filter(reports::approved_at.ge(moment))
        .filter(reports::snapshot.is_not_null())
        .select(reports::snapshot.assume_not_null());
    let found: Option<String> = report_snapshots::table
        .filter(report_snapshots::sha256.eq_any(approved))
        .filter(report_snapshots::content.like(format!("%{}%", commitment.id)))
        .select(report_snapshots::sha256)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}
