//! What a convocation, and what follows it, says.

use crate::clock::Instant;
use crate::i18n::{self, Lang, text};
use crate::ics::{Calendar, Event, Method, State};
use crate::mail::{Block, EmailBody};
use crate::meetings::Meeting;

/// What there is to tell of a session.
pub enum News {
    Convened,
    /// Which parts are otherwise than before.
    Changed(Vec<Part>),
    /// Why.
    Cancelled(Option<String>),
    /// It takes place, without the reader.
    NoLonger,
}

impl News {
    /// The `X-Articula-Kind`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Convened => "convocation",
            Self::Changed(_) => "session_changed",
            Self::Cancelled(_) | Self::NoLonger => "session_cancelled",
        }
    }

    pub const fn method(&self) -> Method {
        match self {
            Self::Convened | Self::Changed(_) => Method::Request,
            Self::Cancelled(_) | Self::NoLonger => Method::Cancel,
        }
    }

    /// The key of the subject, and of the first sentence.
    const fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::Convened => ("session-convened-subject", "session-convened"),
            Self::Changed(_) => ("session-changed-subject", "session-changed"),
            Self::Cancelled(_) => ("session-cancelled-subject", "session-cancelled"),
            Self::NoLonger => ("session-no-longer-subject", "session-no-longer"),
        }
    }
}

/// A part of a session that an invitation tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Title,
    When,
    Modality,
    Place,
    Url,
    Commissions,
    Agenda,
}

impl Part {
    const fn key(self) -> &'static str {
        match self {
            Self::Title => "session-part-title",
            Self::When => "session-part-when",
            Self::Modality => "session-part-modality",
            Self::Place => "session-part-place",
            Self::Url => "session-part-url",
            Self::Commissions => "session-part-commissions",
            Self::Agenda => "session-part-agenda",
        }
    }
}

/// Which parts of an invitation are otherwise than before; the agenda is replaced by itself.
pub fn differences(before: &Meeting, after: &Meeting) -> Vec<Part> {
    let (old, new) = (&before.fields, &after.fields);
    let when = |meeting: &Meeting| (meeting.fields.starts_at, meeting.fields.ends_at, meeting.fields.held.clone());
    let parts = [
        (Part::Title, old.title != new.title),
        (Part::When, when(before) != when(after) || before.zone() != after.zone()),
        (Part::Modality, old.modality != new.modality),
        (Part::Place, old.place != new.place),
        (Part::Url, old.url != new.url),
        (Part::Commissions, old.commission_ids != new.commission_ids),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

/// A session with what a mail says beside it.
pub struct Session<'a> {
    pub meeting: &'a Meeting,
    pub commissions: Vec<String>,
    /// The titles of its agenda.
    pub agenda: Vec<String>,
    pub now: Instant,
}

/// The mail about a session in the reader's language.
pub fn draft(session: &Session<'_>, news: &News, lang: Lang) -> EmailBody {
    let fields = &session.meeting.fields;
    let when = when(session.meeting, lang);
    let args = [("title", fields.title.clone()), ("when", when.clone())];
    let (subject, first) = news.keys();
    let mut blocks = vec![Block::Text(text(lang, first, &args))];
    blocks.extend(told_besides(news, lang).map(Block::Text));
    blocks.push(Block::Facts(facts(session, when, lang)));
    if !session.agenda.is_empty() {
        blocks.push(Block::Heading(text(lang, "session-agenda", &[])));
        let items = session.agenda.iter().enumerate().map(|(n, title)| format!("{}. {title}", n + 1));
        blocks.push(Block::Text(items.collect::<Vec<_>>().join("\n")));
    }
    let path = format!("/meetings/{}", session.meeting.id);
    if !matches!(news, News::NoLonger) {
        blocks.push(Block::Link(text(lang, "session-link", &[]), path));
    }
    let mut draft = EmailBody::new(lang, text(lang, subject, &args), blocks);
    draft.calendar = Some(Calendar { method: Some(news.method()), name: None, events: vec![event(session, news)] });
    draft
}

/// What has changed, or why it was called off.
fn told_besides(news: &News, lang: Lang) -> Option<String> {
    match news {
        News::Changed(parts) => {
            let parts: Vec<String> = parts.iter().map(|part| text(lang, part.key(), &[])).collect();
            Some(text(lang, "session-changed-parts", &[("parts", parts.join(", "))]))
        }
        News::Cancelled(Some(reason)) => Some(text(lang, "session-reason", &[("reason", reason.clone())])),
        _ => None,
    }
}

fn facts(session: &Session<'_>, when: String, lang: Lang) -> Vec<(String, String)> {
    let fields = &session.meeting.fields;
    let modality =
        fields.modality.map(|it| text(lang, &format!("meeting-modality-{}", it.as_str().replace('_', "-")), &[]));
    let facts = [
        ("session-label-title", Some(fields.title.clone())),
        ("session-label-commissions", Some(session.commissions.join("; "))),
        ("session-label-when", Some(when)),
        ("session-label-modality", modality),
        ("session-label-place", fields.place.clone()),
        ("session-label-url", fields.url.clone()),
    ];
    facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect()
}

/// Its day, and its hours as clocks there show them.
fn when(meeting: &Meeting, lang: Lang) -> String {
    let (fields, zone) = (&meeting.fields, meeting.zone());
    let clock = |at: Instant| at.utc().with_timezone(&zone).format("%H:%M").to_string();
    let Some(starts_at) = fields.starts_at else {
        return fields.held.as_ref().map_or_else(|| i18n::day(lang, meeting.held_to), |held| i18n::date(lang, held));
    };
    let mut args = vec![("day", i18n::day(lang, starts_at.day_in(zone)))];
    args.extend([("from", clock(starts_at)), ("zone", zone.name().to_owned())]);
    match fields.ends_at {
        Some(end) if end.day_in(zone) == starts_at.day_in(zone) => {
            args.push(("to", clock(end)));
            text(lang, "session-when-from-to", &args)
        }
        _ => text(lang, "session-when-from", &args),
    }
}

/// The calendar object.
fn event(session: &Session<'_>, news: &News) -> Event {
    let state = match news.method() {
        Method::Request => State::Confirmed,
        Method::Cancel => State::Cancelled,
    };
    let description = (!session.agenda.is_empty()).then(|| session.agenda.join("\n"));
    Event { stamp: session.now, state, description, ..session.meeting.event() }
}
