//! Convening, and telling the convened of changes.

use std::collections::HashSet;

use super::letter::{self, News, Part, Session};
use crate::access::commission_refs;
use crate::audit;
use crate::commissions::memberships_on;
use crate::db::{InstitutionId, MeetingId, Tx};
use crate::error::Result;
use crate::ics::Method;
use crate::identity::Actor;
use crate::meetings::{Meeting, agenda_of_meetings, attendance_of_meetings, sessions};
use crate::notifications::{Addressee, RecordScope, addressees_of_institutions, notify};
use crate::quota::Quota;

/// The maximum number of mails about sessions that one person may cause in a day: invitations and changes.
const CONVOCATIONS: Quota = Quota { kind: "convocations", a_day: 2_000 };

/// Invites everybody who may know the session; 409 when it is over, cancelled or without a day.
pub fn convene(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    let before = sessions::writable(tx, actor, id)?;
    before.can_be_convened(tx.now)?;
    let after = Meeting { convened_at: Some(tx.now), updated_at: tx.now, ..before.clone() };
    sessions::save(tx.conn, &after)?;
    let (record, country) = (id.to_string(), after.country_code.clone());
    let change = audit::Change { action: "convened", kind: "meeting", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&before), Some(&after))?;
    let told = audience(tx, &after)?;
    send(tx, &after, &told, &News::Convened)?;
    Ok(after)
}

/// Tells the convened what has changed, and takes the session off the calendars of those who no longer are.
pub fn changed(tx: &mut Tx<'_>, before: &Meeting, after: &Meeting) -> Result<()> {
    if after.convened_at.is_none() || after.is_over(tx.now) || tx.silent {
        return Ok(());
    }
    let parts = letter::differences(before, after);
    let told = audience(tx, after)?;
    if !parts.is_empty() {
        send(tx, after, &told, &News::Changed(parts))?;
    }
    let still: HashSet<String> = told.iter().map(|one| one.contact.key()).collect();
    let mut dropped = audience_under(tx, before, after.fields.restricted)?;
    dropped.retain(|one| !still.contains(&one.contact.key()) && !one.is_instead());
    let as_they_knew_it = Meeting { sequence: after.sequence, ..before.clone() };
    send(tx, &as_they_knew_it, &dropped, &News::NoLonger)
}

/// Tells the convened that the agenda is another.
pub fn agenda_changed(tx: &mut Tx<'_>, before: &Meeting) -> Result<()> {
    if before.convened_at.is_none() || before.is_over(tx.now) {
        return Ok(());
    }
    let after = Meeting { sequence: before.sequence + 1, updated_at: tx.now, ..before.clone() };
    sessions::save(tx.conn, &after)?;
    let told = audience(tx, &after)?;
    send(tx, &after, &told, &News::Changed(vec![Part::Agenda]))
}

/// Withdraws the invitation of a session that had been convened.
pub fn called_off(tx: &mut Tx<'_>, before: &Meeting, after: &Meeting, reason: Option<&str>) -> Result<()> {
    if before.convened_at.is_none() || before.is_over(tx.now) {
        return Ok(());
    }
    let told = audience(tx, before)?;
    send(tx, after, &told, &News::Cancelled(reason.map(str::to_owned)))
}

/// Whoever may know the session: members of today unless it is restricted, and who is on its attendance list.
fn audience(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<Vec<Addressee>> {
    audience_under(tx, meeting, meeting.fields.restricted)
}

/// Returns the same people, without the addresses that may not hear of what has become restricted meanwhile.
fn audience_under(tx: &mut Tx<'_>, meeting: &Meeting, restricted: bool) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let listed = attendance_of_meetings(tx.conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default();
    let mut named: Vec<InstitutionId> = listed.iter().map(|one| one.institution_id).collect();
    if !meeting.fields.restricted {
        let members = memberships_on(tx.conn, &meeting.fields.commission_ids, tx.now.day_in(meeting.zone()))?;
        named.extend(members.iter().map(|member| member.fields.institution_id));
    }
    named.sort_unstable();
    named.dedup();
    let known = about(meeting);
    addressees_of_institutions(tx, RecordScope { restricted: known.restricted || restricted, ..known }, &named)
}

fn about(meeting: &Meeting) -> RecordScope<'_> {
    let fields = &meeting.fields;
    RecordScope { country: &meeting.country_code, commissions: &fields.commission_ids, restricted: fields.restricted }
}

fn send(tx: &mut Tx<'_>, meeting: &Meeting, told: &[Addressee], news: &News) -> Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    // Calling off is never refused: otherwise people would come for nothing.
    if !matches!(news, News::Cancelled(_)) {
        CONVOCATIONS.spend(tx, told.len())?;
    }
    let ids = &meeting.fields.commission_ids;
    let known = commission_refs(tx.conn, ids)?;
    let names = ids.iter().filter_map(|id| known.get(id)).map(|one| one.name.clone()).collect();
    let agenda = match news.method() {
        Method::Request => agenda_of_meetings(tx.conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
        Method::Cancel => Vec::new(),
    };
    let agenda = agenda.into_iter().map(|item| item.title).collect();
    let session = Session { meeting, commissions: names, agenda, now: tx.now };
    notify(tx, news.kind(), about(meeting), told, |one| letter::draft(&session, news, one.contact.language))
}
