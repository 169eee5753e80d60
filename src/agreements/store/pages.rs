//! Reads that only the pages need: the agreements of a session, and the choices of filters and forms.

use diesel::prelude::*;

use super::{Row, complete, visible_rows};
use crate::access::Visibility;
use crate::agreements::model::Agreement;
use crate::db::schema::{agreements, institutions};
use crate::db::{Db, InstitutionId, MeetingId};
use crate::error::Result;

/// The number of institutions that a form suggests.
const MOST_INSTITUTIONS: i64 = 2_000;

/// Returns the visible agreements of a meeting, in the order of creation.
pub(crate) fn visible_of_meeting(conn: &mut Db, visibility: &Visibility, id: MeetingId) -> Result<Vec<Agreement>> {
    let rows: Vec<Row> = visible_rows(visibility)
        .filter(agreements::meeting_id.eq(id))
        .order(agreements::id)
        .select(Row::as_select())
        .load(conn)?;
    complete(conn, rows)
}

/// Returns the institutions of these countries and those without a country, in the order of their names.
pub(in crate::agreements) fn institutions_of_countries(
    conn: &mut Db,
    countries: &[String],
) -> Result<Vec<(InstitutionId, String)>> {
    let own = institutions::country_code.is_null().or(institutions::country_code.eq_any(countries).assume_not_null());
    Ok(institutions::table
        .filter(own)
        .order((institutions::name, institutions::id))
        .select((institutions::id, institutions::name))
        .limit(MOST_INSTITUTIONS)
        .load(conn)?)
}
