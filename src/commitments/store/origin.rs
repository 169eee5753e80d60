//! The names that a notification gives to the commissions, the session and the agreement of a commitment.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::commission_refs;
use crate::commitments::model::CommitmentInput;
use crate::dates::PartialDate;
use crate::db::schema::{agreements, meetings};
use crate::db::{AgreementId, Db, MeetingId};
use crate::error::Result;

/// The records that a commitment comes from, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// The acronyms of its commissions, or the names of those without.
    pub commissions: Vec<String>,
    pub session: Option<OriginSession>,
    pub agreement: Option<OriginAgreement>,
}

/// The session in which a commitment, or its agreement, was made.
#[derive(Debug, Clone)]
pub(crate) struct OriginSession {
    pub title: String,
    /// Its date, as precise as it is known.
    pub on: PartialDate,
    pub restricted: bool,
}

/// The agreement that a commitment comes from.
#[derive(Debug, Clone)]
pub(crate) struct OriginAgreement {
    pub number: Option<String>,
    pub title: String,
    pub restricted: bool,
}

/// Loads the names, without a check of visibility: the caller leaves out what is restricted.
pub(crate) fn origin(conn: &mut Db, fields: &CommitmentInput) -> Result<Origin> {
    let mut commissions = commission_refs(conn, &fields.commission_ids)?;
    let commissions = fields.commission_ids.iter().filter_map(|id| commissions.remove(id));
    let commissions = commissions.map(|one| one.label().to_owned()).collect();
    let (agreement, meeting_of_agreement) = match fields.agreement_id {
        Some(id) => agreement(conn, id)?,
        None => (None, None),
    };
    let session = match fields.meeting_id.or(meeting_of_agreement) {
        Some(id) => session(conn, id)?,
        None => None,
    };
    Ok(Origin { commissions, session, agreement })
}

fn agreement(conn: &mut Db, id: AgreementId) -> Result<(Option<OriginAgreement>, Option<MeetingId>)> {
    let found: Option<(Option<String>, String, bool, Option<MeetingId>)> = agreements::table
        .filter(agreements::id.eq(id))
        .select((agreements::number, agreements::title, agreements::restricted, agreements::meeting_id))
        .first(conn)
        .optional()?;
    let Some((number, title, restricted, meeting)) = found else { return Ok((None, None)) };
    Ok((Some(OriginAgreement { number, title, restricted }), meeting))
}

fn session(conn: &mut Db, id: MeetingId) -> Result<Option<OriginSession>> {
    let found: Option<(String, Option<PartialDate>, NaiveDate, bool)> = meetings::table
        .filter(meetings::id.eq(id))
        .select((meetings::title, meetings::held, meetings::held_from, meetings::restricted))
        .first(conn)
        .optional()?;
    Ok(found.map(|(title, held, day, restricted)| {
        let on = held.unwrap_or_else(|| PartialDate::day(day));
        OriginSession { title, on, restricted }
    }))
}
