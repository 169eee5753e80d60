//! Reminders of convened sessions: on some days before, those convened get a mail.

use super::actions::lock_planning;
use super::model::{PlanningTime, SessionToRemind};
use super::store;
use crate::clock::Instant;
use crate::db::{Db, MeetingId, Tx, unique};
use crate::error::Result;
use crate::meetings::remind_convened;

/// A session of which those convened are reminded today: its step, and the sending hour.
pub(super) struct DueSession {
    id: MeetingId,
    pub title: String,
    step: i32,
    send_at: Instant,
}

/// Returns the sessions whose step is reached and not recorded.
pub(super) fn due_sessions(conn: &mut Db, time: PlanningTime) -> Result<Vec<DueSession>> {
    let (sessions, recorded) = store::sessions_to_remind(conn, time.moment())?;
    if sessions.is_empty() {
        return Ok(Vec::new());
    }
    let leads = unique(sessions.iter().map(|session| session.lead));
    let settings = store::settings(conn, &leads, time.moment())?;
    let due = |session: &SessionToRemind| {
        let settings = settings.get(&session.lead)?;
        let today = time.today(settings.zone);
        if let (PlanningTime::Now(now), Some(start)) = (time, session.starts_at)
            && start <= now
        {
            return None;
        }
        let step = session.step(settings, today).filter(|step| !recorded.contains(&(session.id, *step)))?;
        Some(DueSession { id: session.id, title: session.title.clone(), step, send_at: settings.send_at(today) })
    };
    Ok(sessions.iter().filter_map(due).collect())
}

/// Queues the reminders of sessions that are due.
pub(super) fn plan_sessions(tx: &mut Tx<'_>, time: PlanningTime) -> Result<()> {
    lock_planning(tx)?;
    for session in due_sessions(tx.conn, time)? {
        store::record_session(tx, session.id, session.step)?;
        remind_convened(tx, session.id, session.send_at)?;
    }
    Ok(())
}
