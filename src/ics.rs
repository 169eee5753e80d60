//! Calendar objects: RFC 5545, and the methods of RFC 5546 for objects that are sent by mail.
//!
//! The program writes them without a library: time zones must have the offsets of the history of the zone (summer time
//! in Santiago begins on another day than by the rule of the year before), and lines must be folded between
//! characters. A day without a time is a date, and the end of an all-day event is the day after its last day.

mod lines;
mod zone;

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use lines::Lines;

/// The purpose of a calendar object that is sent by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Enters or changes the event.
    Request,
    /// Removes the event.
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

/// A list of events: a feed, an attachment of a mail, or, with a method, an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub method: Option<Method>,
    /// The name that calendar programs show.
    pub name: Option<String>,
    pub events: Vec<Event>,
}

/// An event, or a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Never changes: [`uid`].
    pub uid: String,
    /// Increases with every change.
    pub sequence: i32,
    /// The moment at which this copy was written; without a method, the moment of the last change.
    pub stamp: Instant,
    pub when: When,
    pub state: State,
    /// True when it takes people's time; false when it only marks the day.
    pub takes_time: bool,
    pub summary: String,
    pub description: Option<String>,
    pub location: Option<String>,
    /// The link to join.
    #[serde(default)]
    pub conference: Option<Conference>,
    pub url: Option<String>,
    pub organizer: Option<Party>,
    pub attendees: Vec<Party>,
}

/// The link by which people join an event (RFC 7986, 5.11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conference {
    pub url: String,
    /// The line of the description with the link, for programs that do not know the property.
    pub line: String,
}

/// The time of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// Whole days, including the last one.
    Days { first: NaiveDate, last: NaiveDate },
    /// From a moment, in the local time of `zone`.
    Time { from: Instant, to: Option<Instant>, zone: Tz },
}

/// The state of an event.
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

/// The person or institution that convenes or is convened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: Option<String>,
    pub address: String,
}

/// Returns the id of an event for calendar programs, made from the id of its record.
pub fn uid(record: impl Into<uuid::Uuid>) -> String {
    format!("{}@articula", record.into())
}

/// Returns the UID of one of several entries about a record, such as one period of a periodic report.
pub fn uid_of_part(record: impl Into<uuid::Uuid>, part: &str) -> String {
    format!("{}-{part}@articula", record.into())
}

impl Calendar {
    /// Returns the media type of the object, with the method that it has inside (RFC 6047, 2.4).
    pub fn media_type(&self) -> String {
        let method = self.method.map(|method| format!("; method={}", method.as_str())).unwrap_or_default();
        format!("text/calendar; charset=utf-8{method}")
    }

    /// Returns the text of the object. It has at least one component (RFC 5545, 3.6): without events, a time zone.
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
        if self.events.is_empty() {
            zone::write_utc(&mut out);
        }
        for event in &self.events {
            event.write(&mut out);
        }
        out.plain("END", "VCALENDAR");
        out.finish()
    }

    /// Completes paths to addresses with `public_url`.
    pub fn link(&mut self, public_url: &str) {
        for url in self.events.iter_mut().filter_map(|event| event.url.as_mut()) {
            if url.starts_with('/') {
                url.insert_str(0, public_url);
            }
        }
    }

    /// Returns the time zones of the events, each with its first and last moment.
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
                // An imported session may end before it begins.
                if let Some(to) = to.filter(|to| to > from).as_ref() {
                    out.time("DTEND", *to, *zone);
                }
            }
        }
        out.text("SUMMARY", &self.summary);
        out.plain("STATUS", self.state.as_str());
        out.plain("TRANSP", if self.takes_time { "OPAQUE" } else { "TRANSPARENT" });
        let join = self.conference.as_ref();
        let lines = [join.map(|join| join.line.as_str()), self.description.as_deref()];
        let description: Vec<&str> = lines.into_iter().flatten().collect();
        if !description.is_empty() {
            out.text("DESCRIPTION", &description.join("\n"));
        }
        if let Some(place) = self.location.as_ref().or(join.map(|join| &join.url)) {
            out.text("LOCATION", place);
        }
        if let Some(join) = join {
            out.plain("CONFERENCE;VALUE=URI", &join.url);
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
