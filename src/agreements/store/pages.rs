//! Reads that only the pages need: the agreements of a session.

use diesel::prelude::*;

use super::{Row, complete, visible_rows};
use crate::access::Visibility;
use crate::agreements::model::Agreement;
use crate::db::schema::agreements;
use crate::db::{Db, MeetingId};
use crate::error::Result;

/// Returns the visible agreements of a meeting, in the order of creation.
pub(crate) fn visible_of_meeting(conn: &mut Db, visibility: &Visibility, id: MeetingId) -> Result<Vec<Agreement>> {
    let rows: Vec<Row> = visible_rows(visibility)
        .filter(agreements::meeting_id.eq(id))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}
