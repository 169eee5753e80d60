//! Counted terms follow the country's calendar.

use std::collections::HashMap;

use crate::access::Visibility;
use crate::audit;
use crate::commitments::model::{Event, RecordedTerm, Term, TermCause};
use crate::commitments::store::{self, NewEvent};
use crate::db::{Tx, dispatch::lock_row};
use crate::directory::{self, CalendarDay};
use crate::error::Result;
use crate::identity::Actor;

/// Replaces a country's calendar and reckons its open counted terms anew, all of it or nothing.
pub fn put_calendar(tx: &mut Tx<'_>, actor: &Actor, country: &str, days: Vec<CalendarDay>) -> Result<Vec<CalendarDay>> {
    let calendar = directory::put_calendar(tx, actor, country, days)?;
    recompute_terms(tx, country)?;
    Ok(calendar)
}

/// Reckons the open counted terms of a country anew; answers how many have moved. Every former term stays in the
/// history.
pub fn recompute_terms(tx: &mut Tx<'_>, country: &str) -> Result<usize> {
    let mut calendars = HashMap::new();
    let mut events: Vec<NewEvent> = Vec::new();
    for id in store::open_with_rule(tx.conn, country, tx.now)?.into_iter().map(|one| one.id) {
        lock_row(tx.conn, "commitments", id)?;
        let before = store::find(tx.conn, &Visibility::everything(), id, tx.now)?;
        let (Some(rule), Some(lead)) = (before.fields.due_rule, before.fields.commission_ids.first()) else { continue };
        let territory = store::territory(tx.conn, *lead)?;
        if !calendars.contains_key(&territory) {
            let calendar = directory::working_calendar(tx.conn, country, territory.as_deref())?;
            calendars.insert(territory.clone(), calendar);
        }
        let Some(calendar) = calendars.get(&territory) else { continue };
        let term = Term::of_rule(&rule, calendar, country);
        if term == before.term() {
            continue;
        }
        let mut after = before.clone();
        after.updated_at = tx.now;
        after.set_term(term);
        after.recompute(tx.now);
        store::save_state(tx.conn, &after)?;
        store::save_assignment_terms(tx.conn, &after)?;
        let (old, new) = (RecordedTerm::of_commitment(&before), RecordedTerm::of_commitment(&after));
        let event = Event::TermChanged { before: old, after: new, cause: TermCause::Calendar, reason: None };
        events.push((after.id, None, event));
        audit::updated(tx, "commitment", after.id, Some(country), &before, &after)?;
    }
    store::add_events(tx, &events)?;
    Ok(events.len())
}
