//! The mails about minutes: circulated, commented, approved, rectified.

use super::model::{Minutes, MinutesComment};
use super::scope::readers_of;
use crate::access::commission_refs;
use crate::db::{InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::{self, Lang, text};
use crate::mail::{Block, EmailBody};
use crate::meetings::Meeting;
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_institutions, notify,
};
use crate::quota::Quota;

/// The maximum number of mails about minutes that one person may cause in a day.
const MAILS: Quota = Quota { kind: "minutes", a_day: 10_000 };

/// Notifies the members of the session's day that are members still, and those on the attendance list, that they may
/// comment.
pub(super) fn circulated(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes) -> Result<()> {
    to_members(tx, meeting, minutes, Event::MinutesCirculated)
}

/// Notifies the same people of the approval.
pub(super) fn approved(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes) -> Result<()> {
    to_members(tx, meeting, minutes, Event::MinutesApproved)
}

/// Notifies the same people of a rectification.
pub(super) fn rectified(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes) -> Result<()> {
    to_members(tx, meeting, minutes, Event::MinutesRectified)
}

fn to_members(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes, event: Event) -> Result<()> {
    if tx.silent {
        return Ok(());
    }
    let institutions: Vec<InstitutionId> = readers_of(tx.conn, meeting, tx.now)?.into_iter().collect();
    let people = addressees_of_institutions(tx, about(meeting), &institutions)?;
    send(tx, meeting, minutes, event, &people, None)
}

/// Notifies the secretariats of a comment.
pub(super) fn commented(tx: &mut Tx<'_>, meeting: &Meeting, minutes: &Minutes, comment: &MinutesComment) -> Result<()> {
    let people = addressees_in_secretariat(tx, about(meeting), &[comment.institution_id])?;
    send(tx, meeting, minutes, Event::MinutesCommented, &people, Some(comment))
}

pub(super) fn about(meeting: &Meeting) -> RecordScope<'_> {
    let fields = &meeting.fields;
    RecordScope { country: &meeting.country_code, commissions: &fields.commission_ids, restricted: fields.restricted }
}

fn send(
    tx: &mut Tx<'_>,
    meeting: &Meeting,
    minutes: &Minutes,
    event: Event,
    people: &[Addressee],
    comment: Option<&MinutesComment>,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    MAILS.spend(tx, people.len())?;
    let ids = &meeting.fields.commission_ids;
    let known = commission_refs(tx.conn, ids)?;
    let commissions: Vec<_> = ids.iter().filter_map(|id| known.get(id)).map(|one| one.name.as_str()).collect();
    let commissions = commissions.join("; ");
    let record = RecordRef::new(RecordKind::Meeting, meeting.id);
    notify(tx, event, record, about(meeting), people, |one| {
        let message = Message { meeting, minutes, event, commissions: &commissions, comment };
        message.compose(one)
    })
}

/// A mail about minutes.
struct Message<'m> {
    meeting: &'m Meeting,
    minutes: &'m Minutes,
    event: Event,
    /// The names of the commissions.
    commissions: &'m str,
    comment: Option<&'m MinutesComment>,
}

impl Message<'_> {
    fn compose(&self, reader: &Addressee) -> EmailBody {
        let lang = reader.contact.language;
        let args = [("title", self.meeting.fields.title.clone())];
        let key = self.event.as_str().replace('_', "-");
        let mut blocks = vec![Block::Text(text(lang, &key, &args)), Block::Facts(self.facts(reader, lang))];
        let until = self.minutes.comments_until.filter(|_| self.event == Event::MinutesCirculated);
        if let Some(until) = until {
            blocks.push(Block::Text(text(lang, "minutes-invite-comments", &[("day", i18n::day(lang, until))])));
        }
        let minutes = format!("/meetings/{}/minutes", self.meeting.id);
        let (label, path) = match self.event {
            Event::MinutesCirculated => ("minutes-link-comment", format!("{minutes}/comments")),
            Event::MinutesCommented => ("minutes-link-comments", format!("{minutes}/comments")),
            _ => ("minutes-link", minutes),
        };
        blocks.push(Block::Link(text(lang, label, &[]), path));
        EmailBody::new(lang, text(lang, &format!("{key}-subject"), &args), blocks)
    }

    fn facts(&self, reader: &Addressee, lang: Lang) -> Vec<(String, String)> {
        let day = match (self.meeting.fields.starts_at, &self.meeting.fields.held) {
            (Some(at), _) => i18n::day(lang, at.day_in(self.meeting.zone())),
            (None, Some(held)) => i18n::date(lang, held),
            (None, None) => i18n::day(lang, self.meeting.held_to),
        };
        let institution = self.comment.and_then(|comment| {
            let named = reader.institutions.iter().find(|(id, _)| *id == comment.institution_id);
            named.map(|(_, name)| name.clone())
        });
        let facts = [
            ("minutes-label-session", Some(self.meeting.fields.title.clone())),
            ("minutes-label-code", self.minutes.code.clone()),
            ("minutes-label-day", Some(day)),
            ("minutes-label-commissions", Some(self.commissions.to_owned())),
            ("minutes-label-institution", institution),
            ("minutes-label-comment", self.comment.map(|comment| comment.text.clone())),
        ];
        facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect()
    }
}
