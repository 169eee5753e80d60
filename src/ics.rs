//! Calendar objects: RFC 5545, and the methods of RFC 5546 for those that go by mail.
//!
//! Written here rather than by a library: time zones must carry the offsets of the zone's own history (Santiago's
//! summer begins on another day than the rule of the year before said), and lines be folded between characters.
//! A day without a time is a date, and the end of an all-day event is the day after its last.

mod lines;
mod zone;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use lines::Lines;

/// What a calendar object by mail asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Enter it, or change it.
    Request,
    /// Take it off.
    Cancel,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Some events together: a feed, what is attached to a mail, or, with a method, an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub method: Option<Method>,
    /// What a calendar program calls it.
    pub name: Option<String>,
    pub events: Vec<Event>,
}

/// Something that takes place, or is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The same for as long as the thing lives: [`uid`].
    pub uid: String,
    /// Rises with every change.
    pub sequence: i32,
    /// When this copy was written; without a method, when the thing was last changed.
    pub stamp: Instant,
    pub when: When,
    pub state: State,
    /// Whether it takes people's time, or is a mark on the day.
    pub takes_time: bool,
    pub summary: String,
    pub description: Option<String>,
    pub location: Option<String>,
    pub url: Option<String>,
    pub organizer: Option<Party>,
    pub attendees: Vec<Party>,
}

/// When it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// Whole days, the last one included.
    Days { first: NaiveDate, last: NaiveDate },
    /// From a moment, as clocks in `zone` show it.
    Time { from: Instant, to: Option<Instant>, zone: Tz },
}

/// How sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Confirmed,
    Tentative,
    Cancelled,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "CONFIRMED",
            Self::Tentative => "TENTATIVE",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// Who convenes or is convened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: Option<String>,
    pub address: String,
}

/// The name of an event for every calendar program: the id of its record.
pub fn uid(record: impl Into<uuid::Uuid>) -> String {
    format!("{}@articula", record.into())
}

impl Calendar {
    /// The object as it is sent.
    pub fn write(&self) -> String {
        let mut out = Lines::default();
        out.plain("BEGIN", "VCALENDAR");
        out.plain("VERSION", "2.0");
        out.plain("PRODID", "-//Articula//Articula//ES");
        out.plain("CALSCALE", "GREGORIAN");
        if let Some(method) = self.method {
            out.plain("METHOD", method.as_str());
        }
        if let Some(name) = &self.name {
            out.text("NAME", name);
            out.text("X-WR-CALNAME", name);
            out.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
            out.plain("X-PUBLISHED-TTL", "PT1H");
        }
        for (zone, first, last) in self.zones() {
            zone::write(&mut out, zone, first, last);
        }
        for event in &self.events {
            event.write(&mut out);
        }
        out.plain("END", "VCALENDAR");
        out.finish()
    }

    /// Makes whole addresses of paths: those of the program at `public_url`.
    pub fn link(&mut self, public_url: &str) {
        for url in self.events.iter_mut().filter_map(|event| event.url.as_mut()) {
            if url.starts_with('/') {
                url.insert_str(0, public_url);
            }
        }
    }

    /// The zones that the events are told in, each with its first and last moment.
    fn zones(&self) -> Vec<(Tz, Instant, Instant)> {
        let mut zones: Vec<(Tz, Instant, Instant)> = Vec::new();
        for event in &self.events {
            let When::Time { from, to, zone } = event.when else { continue };
            let last = to.unwrap_or(from);
            match zones.iter_mut().find(|(known, ..)| *known == zone) {
                Some(known) => (known.1, known.2) = (known.1.min(from), known.2.max(last)),
                None if zone == Tz::UTC => {}
                None => zones.push((zone, from, last)),
            }
        }
        zones
    }
}

impl Event {
    fn write(&self, out: &mut Lines) {
        out.plain("BEGIN", "VEVENT");
        out.plain("UID", &self.uid);
        out.plain("SEQUENCE", &self.sequence.to_string());
        out.utc("DTSTAMP", self.stamp);
        match &self.when {
            When::Days { first, last } => {
                out.date("DTSTART", *first);
                out.date("DTEND", last.checked_add_days(Days::new(1)).unwrap_or(*last));
            }
            When::Time { from, to, zone } => {
                out.time("DTSTART", *from, *zone);
                if let Some(to) = to {
                    out.time("DTEND", *to, *zone);
                }
            }
        }
        out.text("SUMMARY", &self.summary);
        out.plain("STATUS", self.state.as_str());
        out.plain("TRANSP", if self.takes_time { "OPAQUE" } else { "TRANSPARENT" });
        for (name, value) in [("DESCRIPTION", &self.description), ("LOCATION", &self.location)] {
            if let Some(value) = value {
                out.text(name, value);
            }
        }
        if let Some(url) = &self.url {
            out.plain("URL", url);
        }
        if let Some(party) = &self.organizer {
            out.party("ORGANIZER", "", party);
        }
        for party in &self.attendees {
            out.party("ATTENDEE", ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", party);
        }
        out.plain("END", "VEVENT");
    }
}
