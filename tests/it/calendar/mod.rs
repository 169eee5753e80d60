//! Invitations and feeds, read back by a parser that is none of ours; notices; how mails read.

mod feed;
mod invitations;
mod joining;
mod kinds;
mod mails;
mod notices;
mod strict;

use icalendar::{Calendar, Component, Event};

/// A calendar object, unfolded and taken apart; its lines are as long as they may be.
#[track_caller]
fn read(ics: &str) -> Calendar {
    assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{ics}");
    strict::read(ics);
    ics.parse().unwrap_or_else(|error| panic!("{error}: {ics}"))
}

/// The only event of an object.
#[track_caller]
fn event(calendar: &Calendar) -> Event {
    let events: Vec<_> = calendar.events().collect();
    assert_eq!(events.len(), 1);
    events[0].clone()
}

/// The value of an event's property.
#[track_caller]
fn value<'e>(event: &'e Event, name: &str) -> &'e str {
    event.property_value(name).unwrap_or_else(|| panic!("no {name} in {event:?}"))
}

/// The time zone of a moment in a mail.
#[track_caller]
fn zone(event: &Event, name: &str) -> String {
    event.properties()[name].params()["TZID"].value().to_owned()
}
