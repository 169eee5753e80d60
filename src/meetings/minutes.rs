//! Reads of the minutes that meetings and agreements need: approval ends the changes of everything that they state.

use uuid::Uuid;

use crate::db::{Db, MeetingId};
use crate::error::{Code, Result};

/// Returns true if the minutes of a meeting are approved.
pub(super) fn minutes_approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    Ok(store::approved_version(conn, id)?.is_some())
}

/// Checks that the minutes of a meeting are not approved; 409 `minutes_approved`, because the agenda and the
/// attendance, which are part of them, can no longer change.
pub(crate) fn require_minutes_open(conn: &mut Db, id: MeetingId) -> Result<()> {
    if minutes_approved(conn, id)? { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

/// Checks that a record can still be added to a meeting: minutes that are approved must be frozen, so that a later
/// record is no part of them. A rectification adds it; 409 `minutes_approved`.
pub(crate) fn require_minutes_extendable(conn: &mut Db, id: MeetingId) -> Result<()> {
    if store::approved_version(conn, id)? == Some(0) { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

/// Returns whether the minutes of a meeting are approved.
pub(crate) fn is_minutes_approved(conn: &mut Db, id: MeetingId) -> Result<bool> {
    Ok(store::approved_version(conn, id)?.is_some())
}

/// Checks that the approved minutes of a meeting do not state this record; 409 `minutes_approved`.
pub(crate) fn require_not_in_minutes(conn: &mut Db, id: MeetingId, record: impl Into<Uuid>) -> Result<()> {
    let stated = match store::approved_version(conn, id)? {
        None => false,
        Some(0) => true,
        Some(_) => store::states(conn, id, record.into())?,
    };
    if stated { Err(Code::MinutesApproved.into()) } else { Ok(()) }
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::RawId;
    use crate::db::schema::{minutes, minutes_records};

    /// Returns the newest version of approved minutes, 0 if they are not frozen yet; None if they are not approved.
    pub(super) fn approved_version(conn: &mut Db, id: MeetingId) -> Result<Option<i32>> {
        let approved = minutes::table.find(id).filter(minutes::status.eq("approved"));
        Ok(approved.select(minutes::version).first(conn).optional()?)
    }

    /// Returns true if a version of the minutes states a record.
    pub(super) fn states(conn: &mut Db, id: MeetingId, record: Uuid) -> Result<bool> {
        let versions = minutes_records::table
            .filter(minutes_records::meeting_id.eq(id))
            .filter(minutes_records::record_id.eq(RawId(record)));
        let found: Option<i32> = versions.select(minutes_records::version).first(conn).optional()?;
        Ok(found.is_some())
    }
}
