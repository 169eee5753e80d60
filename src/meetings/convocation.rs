//! Convening a meeting by mail, and informing the people convened about changes.
//!
//! * **Convening** (`POST …/convocation`) mails an invitation to everybody who may see the meeting: the people of the
//!   institutions that are members today or on its attendance list; for a restricted meeting, only the latter.
//!   A repeated call mails all of them again, so that people who have joined since get a first invitation.
//! * A meeting that is **over**, **cancelled**, or known only by month, quarter or year cannot be convened.
//! * After that, a **change** of anything in the invitation, its agenda included, is mailed to all, with the list of
//!   changes, under the same `UID` and a higher `SEQUENCE`; people who are no longer convened get a `CANCEL`. Changes
//!   after the meeting are not mailed.
//! * **Cancelling** withdraws the invitation. If the meeting takes place after all, it must be convened again.
//! * A convened meeting cannot be deleted (409 `in_use`); it must be cancelled first.

mod api;
mod document;
mod preview;

use std::collections::HashSet;
use std::sync::OnceLock;

use super::{Meeting, agenda_of_meetings, attendance_of_meetings, scope, store};
use crate::access::{Visibility, commission_refs};
use crate::audit;
use crate::clock::Instant;
use crate::commissions::memberships_on;
use crate::db::{Db, InstitutionId, MeetingId, Tx, unique};
use crate::error::Result;
use crate::i18n::{self, Lang, text};
use crate::ics::{self, Calendar, Method, State};
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_of_convened, drop_waiting, drop_waiting_on,
    notify_from,
};
use crate::quota::Quota;

pub(super) use api::{ConvocationQuery, routes, send_convocation};
pub(crate) use document::attached_convocation;
pub(super) use preview::{ConvenedInstitution, convened_people};

/// The maximum number of mails about meetings that one person may cause in a day: invitations and changes.
pub(super) const CONVOCATIONS: Quota = Quota { kind: "convocations", a_day: 2_000 };

/// Keeps a document that is sent with a convocation: the meeting, and the number of the convocation.
pub(crate) type SentWithConvocation = fn(&mut Tx<'_>, &Meeting, i32) -> Result<()>;

/// The document of a later slice that is sent with each convocation.
static SENT_WITH: OnceLock<SentWithConvocation> = OnceLock::new();

/// Sets the function that keeps the follow-up sheet as it is when a session is convened. Commitments are a later slice,
/// which this one does not import.
pub(crate) fn send_with_convocation(keep: SentWithConvocation) {
    SENT_WITH.get_or_init(|| keep);
}

/// Invites everybody who may see the meeting; 409 if it is over, cancelled or without a day.
pub(super) fn convene(tx: &mut Tx<'_>, actor: &Actor, id: MeetingId) -> Result<Meeting> {
    let before = scope::lock_writable(tx, actor, id)?;
    before.require_convenable(tx.now)?;
    let after = Meeting { convened_at: Some(tx.now), updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    let (record, country) = (id.to_string(), after.country_code.clone());
    let change = audit::Change { action: "convened", kind: "meeting", id: &record, country: Some(&country) };
    audit::record(tx, change, Some(&before), Some(&after))?;
    let recipients = find_recipients(tx, &after)?;
    if recipients.is_empty() {
        // The documents are kept all the same.
        CONVOCATIONS.spend(tx, 1)?;
    }
    send(tx, &after, &recipients, &Message::Invitation)?;
    let version = document::issue_convocation(tx, &after)?;
    if let Some(keep) = SENT_WITH.get() {
        keep(tx, &after, version)?;
    }
    Ok(after)
}

/// Mails the changes to the people convened, and a `CANCEL` to those who are no longer convened.
pub(super) fn notify_change(tx: &mut Tx<'_>, before: &Meeting, after: &Meeting) -> Result<()> {
    if after.convened_at.is_none() || after.is_over(tx.now) || tx.silent {
        return Ok(());
    }
    let parts = changed_parts(before, after);
    let recipients = find_recipients(tx, after)?;
    if !parts.is_empty() {
        send(tx, after, &recipients, &Message::Change(parts))?;
    }
    let keys: HashSet<String> = recipients.iter().map(|one| one.contact.key()).collect();
    let mut removed = find_recipients_if(tx, before, after.fields.restricted)?;
    removed.retain(|one| !keys.contains(&one.contact.key()) && !one.is_instead());
    let previous = Meeting { sequence: after.sequence, ..before.clone() };
    send(tx, &previous, &removed, &Message::NotInvited)
}

/// Mails the new agenda to the people convened.
pub(super) fn notify_agenda_change(tx: &mut Tx<'_>, before: &Meeting) -> Result<()> {
    if before.convened_at.is_none() || before.is_over(tx.now) {
        return Ok(());
    }
    let after = Meeting { sequence: before.sequence + 1, updated_at: tx.now, ..before.clone() };
    store::update(tx.conn, &after)?;
    let recipients = find_recipients(tx, &after)?;
    send(tx, &after, &recipients, &Message::Change(vec!["session-part-agenda"]))
}

/// Withdraws the invitation of a convened meeting.
pub(super) fn notify_cancellation(
    tx: &mut Tx<'_>,
    before: &Meeting,
    after: &Meeting,
    reason: Option<&str>,
) -> Result<()> {
    if before.convened_at.is_none() || before.is_over(tx.now) {
        return Ok(());
    }
    let mut recipients = find_recipients(tx, before)?;
    // An invitation that still waits is not sent; people who have received one get the cancellation.
    let notified = drop_waiting(tx, RecordRef::new(RecordKind::Meeting, before.id))?;
    recipients.retain(|one| notified.contains(&one.contact.key()));
    send(tx, after, &recipients, &Message::Cancellation(reason.map(str::to_owned)))
}

/// Reminds the people convened of a meeting; the mails leave no sooner than `not_before`.
pub(crate) fn remind_convened(tx: &mut Tx<'_>, id: MeetingId, not_before: Instant) -> Result<()> {
    let meeting = store::find(tx.conn, &Visibility::everything(), id)?;
    let recipients = find_recipients(tx, &meeting)?;
    send(tx, &meeting, &recipients, &Message::Reminder(not_before))
}

/// Returns the people who may see the meeting: those of today's members unless it is restricted, and of the
/// institutions on its attendance list.
fn find_recipients(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<Vec<Addressee>> {
    find_recipients_if(tx, meeting, meeting.fields.restricted)
}

/// Returns the same people, without the addresses that may not receive restricted content if `restricted` is set.
fn find_recipients_if(tx: &mut Tx<'_>, meeting: &Meeting, restricted: bool) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let invited = convened_institutions(tx.conn, meeting, tx.now)?;
    let about = about(meeting);
    addressees_of_convened(tx, RecordScope { restricted: about.restricted || restricted, ..about }, &invited)
}

/// Returns the institutions that the meeting convenes: today's members unless it is restricted, and those on its
/// attendance list.
pub(super) fn convened_institutions(conn: &mut Db, meeting: &Meeting, now: Instant) -> Result<Vec<InstitutionId>> {
    let listed = attendance_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default();
    let mut invited: Vec<InstitutionId> = listed.iter().map(|entry| entry.institution_id).collect();
    if !meeting.fields.restricted {
        let members = memberships_on(conn, &meeting.fields.commission_ids, now.day_in(meeting.zone()))?;
        invited.extend(members.iter().map(|member| member.fields.institution_id));
    }
    Ok(unique(invited))
}

pub(super) fn about(meeting: &Meeting) -> RecordScope<'_> {
    let fields = &meeting.fields;
    RecordScope { country: &meeting.country_code, commissions: &fields.commission_ids, restricted: fields.restricted }
}

fn send(tx: &mut Tx<'_>, meeting: &Meeting, recipients: &[Addressee], message: &Message) -> Result<()> {
    if recipients.is_empty() {
        return Ok(());
    }
    // A cancellation is never refused, so that nobody travels to a cancelled session.
    if !matches!(message, Message::Cancellation(_)) {
        CONVOCATIONS.spend(tx, recipients.len())?;
    }
    let ids = &meeting.fields.commission_ids;
    let commissions = commission_refs(tx.conn, ids)?;
    let names = ids.iter().filter_map(|id| commissions.get(id)).map(|one| one.name.clone()).collect();
    let agenda = match message.method() {
        Method::Request => agenda_of_meetings(tx.conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
        Method::Cancel => Vec::new(),
    };
    let agenda = agenda.into_iter().map(|item| (item.title, item.presenter)).collect();
    let context = EmailContext { meeting, commissions: names, agenda, now: tx.now };
    let record = RecordRef::new(RecordKind::Meeting, meeting.id);
    if message.not_before().is_none() {
        // After this mail nobody needs a reminder of the former state of the session.
        drop_waiting_on(tx, record, Event::MeetingReminder)?;
    }
    notify_from(tx, (message.event(), record), about(meeting), recipients, message.not_before(), |one| {
        compose(&context, message, one.contact.language)
    })
}

/// The kinds of mail about a meeting.
enum Message {
    Invitation,
    /// With the locale keys of the parts that have changed.
    Change(Vec<&'static str>),
    /// With the reason.
    Cancellation(Option<String>),
    /// The meeting takes place without the reader.
    NotInvited,
    /// The meeting is about to begin; the mail leaves no sooner than this.
    Reminder(Instant),
}

impl Message {
    const fn event(&self) -> Event {
        match self {
            Self::Invitation => Event::Convocation,
            Self::Change(_) => Event::SessionChanged,
            Self::Cancellation(_) | Self::NotInvited => Event::SessionCancelled,
            Self::Reminder(_) => Event::MeetingReminder,
        }
    }

    const fn method(&self) -> Method {
        match self {
            Self::Invitation | Self::Change(_) | Self::Reminder(_) => Method::Request,
            Self::Cancellation(_) | Self::NotInvited => Method::Cancel,
        }
    }

    /// The locale keys of the subject and of the first sentence.
    const fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::Invitation => ("session-convened-subject", "session-convened"),
            Self::Change(_) => ("session-changed-subject", "session-changed"),
            Self::Cancellation(_) => ("session-cancelled-subject", "session-cancelled"),
            Self::NotInvited => ("session-no-longer-subject", "session-no-longer"),
            Self::Reminder(_) => ("session-reminder-subject", "session-reminder"),
        }
    }

    const fn not_before(&self) -> Option<Instant> {
        match self {
            Self::Reminder(not_before) => Some(*not_before),
            _ => None,
        }
    }
}

/// Returns the locale keys of the parts of an invitation that have changed. The agenda is changed by a separate call.
fn changed_parts(before: &Meeting, after: &Meeting) -> Vec<&'static str> {
    let (old, new) = (&before.fields, &after.fields);
    let when = |meeting: &Meeting| (meeting.fields.starts_at, meeting.fields.ends_at, meeting.fields.held.clone());
    let parts = [
        ("session-part-title", old.title != new.title),
        ("session-part-when", when(before) != when(after) || before.zone() != after.zone()),
        ("session-part-modality", old.modality != new.modality),
        ("session-part-place", old.place != new.place),
        ("session-part-url", old.url != new.url),
        ("session-part-commissions", old.commission_ids != new.commission_ids),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// A meeting with the other content of a mail.
struct EmailContext<'a> {
    meeting: &'a Meeting,
    commissions: Vec<String>,
    /// The titles of the agenda items, and who presents them.
    agenda: Vec<(String, Option<String>)>,
    now: Instant,
}

/// Composes the mail about a meeting in the reader's language.
fn compose(context: &EmailContext<'_>, message: &Message, lang: Lang) -> EmailBody {
    let fields = &context.meeting.fields;
    let when = when(context.meeting, lang);
    let args = [("title", fields.title.clone()), ("when", when.clone())];
    let (subject, first) = message.keys();
    let mut blocks = vec![Block::Text(text(lang, first, &args))];
    blocks.extend(explanation(message, lang).map(Block::Text));
    blocks.push(Block::Facts(facts(context, when, lang)));
    if !context.agenda.is_empty() {
        blocks.push(Block::Heading(text(lang, "session-agenda", &[])));
        let items =
            context.agenda.iter().enumerate().map(|(n, item)| format!("{}. {}", n + 1, agenda_item(item, lang)));
        blocks.push(Block::Text(items.collect::<Vec<_>>().join("\n")));
    }
    let path = format!("/meetings/{}", context.meeting.id);
    if !matches!(message, Message::NotInvited) {
        blocks.push(Block::Link(text(lang, "session-link", &[]), path));
    }
    let mut draft = EmailBody::new(lang, text(lang, subject, &args), blocks);
    let invites = message.not_before().is_none();
    draft.calendar = invites.then(|| Calendar {
        method: Some(message.method()),
        name: None,
        events: vec![event(context, message, lang)],
    });
    draft
}

/// Returns the sentence with the changes, or with the reason of the cancellation.
fn explanation(message: &Message, lang: Lang) -> Option<String> {
    match message {
        Message::Change(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| text(lang, part, &[])).collect();
            Some(text(lang, "session-changed-parts", &[("parts", parts.join(", "))]))
        }
        Message::Cancellation(Some(reason)) => Some(text(lang, "session-reason", &[("reason", reason.clone())])),
        _ => None,
    }
}

fn facts(context: &EmailContext<'_>, when: String, lang: Lang) -> Vec<(String, String)> {
    let fields = &context.meeting.fields;
    let modality =
        fields.modality.map(|it| text(lang, &format!("meeting-modality-{}", it.as_str().replace('_', "-")), &[]));
    let facts = [
        ("session-label-title", Some(fields.title.clone())),
        ("session-label-commissions", Some(context.commissions.join("; "))),
        ("session-label-when", Some(when)),
        ("session-label-modality", modality),
        ("session-label-place", fields.place.clone()),
        ("session-label-url", fields.url.clone()),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect()
}

/// Returns the title of an agenda item with the name of who presents it.
fn agenda_item((title, presenter): &(String, Option<String>), lang: Lang) -> String {
    match presenter {
        Some(presenter) => {
            let args = [("title", title.clone()), ("presenter", presenter.clone())];
            text(lang, "session-agenda-presenter", &args)
        }
        None => title.clone(),
    }
}

/// Returns the day and the hours of a meeting as text, in its time zone.
pub(super) fn when(meeting: &Meeting, lang: Lang) -> String {
    let (fields, zone) = (&meeting.fields, meeting.zone());
    let clock = |at: Instant| at.utc().with_timezone(&zone).format("%H:%M").to_string();
    let Some(starts_at) = fields.starts_at else {
        return fields
            .held
            .as_ref()
            .map_or_else(|| i18n::weekday(lang, meeting.held_to), |held| i18n::date(lang, held));
    };
    let mut args = vec![("day", i18n::weekday(lang, starts_at.day_in(zone)))];
    args.extend([("from", clock(starts_at)), ("zone", i18n::zone_time(lang, zone))]);
    match fields.ends_at {
        Some(end) if end.day_in(zone) == starts_at.day_in(zone) => {
            args.push(("to", clock(end)));
            text(lang, "session-when-from-to", &args)
        }
        _ => text(lang, "session-when-from", &args),
    }
}

/// Returns the calendar event of the mail.
fn event(context: &EmailContext<'_>, message: &Message, lang: Lang) -> ics::Event {
    let state = match message.method() {
        Method::Request => State::Confirmed,
        Method::Cancel => State::Cancelled,
    };
    let titles = || context.agenda.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>().join("\n");
    let description = (!context.agenda.is_empty()).then(titles);
    ics::Event { stamp: context.now, state, description, ..context.meeting.event(lang) }
}
