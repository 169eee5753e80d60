//! When each open assignment is next to be looked at. The database itself brings to the front what a change of term,
//! rhythm or speakers concerns (migration `reminder_agenda`).

use diesel::prelude::*;

use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::schema::{assignments, commitment_commissions, commitments, reminder_agenda};
use crate::db::{AssignmentId, Db};
use crate::error::Result;

/// Where a batch of the agenda ended.
pub type CheckPosition = (Instant, AssignmentId);

/// The next assignments whose time has come by `moment`, after a mark, in the order of their time.
pub fn due(conn: &mut Db, moment: Instant, after: Option<CheckPosition>, limit: i64) -> Result<Vec<CheckPosition>> {
    due_within(conn, moment, after, limit, &Visibility::everything())
}

/// Returns the same, limited to assignments whose record somebody with this reach keeps.
pub fn due_within(
    conn: &mut Db,
    moment: Instant,
    after: Option<CheckPosition>,
    limit: i64,
    visibility: &Visibility,
) -> Result<Vec<CheckPosition>> {
    let mut query = reminder_agenda::table
        .filter(reminder_agenda::look_at.le(moment))
        .order((reminder_agenda::look_at, reminder_agenda::assignment_id))
        .limit(limit)
        .select((reminder_agenda::look_at, reminder_agenda::assignment_id))
        .into_boxed();
    if let Some((at, id)) = after {
        let later = reminder_agenda::look_at.gt(at);
        let same = reminder_agenda::look_at.eq(at).and(reminder_agenda::assignment_id.gt(id));
        query = query.filter(reminder_agenda::look_at.ge(at)).filter(later.or(same));
    }
    if !visibility.all {
        let ours = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq_any(&visibility.kept))
            .select(commitment_commissions::commitment_id);
        let kept = assignments::table
            .inner_join(commitments::table)
            .filter(commitments::country_code.eq_any(&visibility.countries).or(commitments::id.eq_any(ours)))
            .select(assignments::id);
        query = query.filter(reminder_agenda::assignment_id.eq_any(kept));
    }
    Ok(query.load(conn)?)
}

/// Looks at these assignments again at a moment.
pub fn look_at(conn: &mut Db, ids: &[AssignmentId], at: Instant) -> Result<()> {
    diesel::update(reminder_agenda::table.filter(reminder_agenda::assignment_id.eq_any(ids)))
        .set(reminder_agenda::look_at.eq(at))
        .execute(conn)?;
    Ok(())
}

/// Takes assignments off the agenda: they are closed, or have no term. A change puts them on again.
pub fn forget(conn: &mut Db, ids: &[AssignmentId]) -> Result<()> {
    diesel::delete(reminder_agenda::table.filter(reminder_agenda::assignment_id.eq_any(ids))).execute(conn)?;
    Ok(())
}
