//! Setting the agenda of a session.

use super::model::AgendaItemInput;
use super::store;
use crate::access::{Visibility, commission_refs};
use crate::audit;
use crate::db::{MeetingId, Tx};
use crate::error::Result;
use crate::identity::Actor;
use crate::meetings::{Meeting, convocation, minutes, sessions};

/// Replaces the whole agenda.
pub fn put(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId, items: Vec<AgendaItemInput>) -> Result<Vec<AgendaItemInput>> {
    let meeting = sessions::writable(tx, actor, id)?;
    minutes::still_open(tx.conn, id)?;
    check_commissions(tx, actor, &meeting, &items)?;
    let before = store::of_meeting(tx.conn, id)?;
    store::replace(tx.conn, id, &items, tx.now)?;
    audit::updated(tx, "agenda", id, Some(&meeting.country_code), &before, &items)?;
    if !before.iter().map(|item| &item.title).eq(items.iter().map(|item| &item.title)) {
        convocation::agenda_changed(tx, &meeting)?;
    }
    Ok(items)
}

/// An item is a commission's that sits, or another that the writer knows.
fn check_commissions(tx: &mut Tx<'_>, actor: &Actor, meeting: &Meeting, items: &[AgendaItemInput]) -> Result<()> {
    let mut others: Vec<_> = items.iter().filter_map(|item| item.commission_id).collect();
    others.retain(|id| !meeting.fields.commission_ids.contains(id));
    others.sort_unstable();
    others.dedup();
    let mut known = commission_refs(tx.conn, &others)?;
    let visibility = Visibility::of(actor);
    known.retain(|id, commission| visibility.knows_commission(*id, &commission.country_code));
    let mut faults = tx.faults();
    for (n, item) in items.iter().enumerate() {
        if let Some(id) = item.commission_id
            && others.contains(&id)
            && !known.contains_key(&id)
        {
            faults.add(format!("/{n}/commission_id"), "unknown_reference");
        }
    }
    faults.into_result()
}
