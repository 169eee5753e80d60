//! Content lines, escaped and folded at 75 octets between characters.

use chrono::{NaiveDate, TimeZone};
use chrono_tz::Tz;

use super::Party;
use crate::clock::Instant;

/// The maximum octets of a line without its end (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// An object that is being written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Writes a value without escaping: a number, a word of the standard, an address.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for c in name.chars().chain([':']).chain(value.chars()).filter(|c| !c.is_control()) {
            if width + c.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Writes free text, escaped.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.plain(name, &escaped(value));
    }

    pub(super) fn utc(&mut self, name: &str, at: Instant) {
        self.plain(name, &at.utc().format("%Y%m%dT%H%M%SZ").to_string());
    }

    pub(super) fn date(&mut self, name: &str, day: NaiveDate) {
        self.plain(&format!("{name};VALUE=DATE"), &day.format("%Y%m%d").to_string());
    }

    /// Writes a moment in the local time of `zone`, or in UTC for the second of two moments with the same local time.
    pub(super) fn time(&mut self, name: &str, at: Instant, zone: Tz) {
        let local = at.utc().with_timezone(&zone);
        let read = zone.from_local_datetime(&local.naive_local()).earliest();
        if zone == Tz::UTC || read != Some(local) {
            return self.utc(name, at);
        }
        self.plain(&format!("{name};TZID={}", zone.name()), &local.format("%Y%m%dT%H%M%S").to_string());
    }

    pub(super) fn party(&mut self, name: &str, parameters: &str, party: &Party) {
        let known_as = party.name.as_deref().unwrap_or(&party.address).replace('"', "'");
        self.plain(&format!("{name};CN=\"{known_as}\"{parameters}"), &format!("mailto:{}", party.address));
    }
}

fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => text.extend(['\\', c]),
            '\n' | '\r' => text.push_str("\\n"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_characters_and_keeps_its_text() {
        let mut lines = Lines::default();
        let text = "Comisión para la erradicación ".repeat(20);
        lines.text("SUMMARY", &text);
        let written = lines.finish();
        assert!(written.lines().count() > 5 && written.ends_with("\r\n"));
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
        assert_eq!(written.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
    }

    #[test]
    fn special_characters_are_escaped() {
        assert_eq!(escaped("a,b;c\\d\r\ne\nf"), "a\\,b\\;c\\\\d\\ne\\nf");
        let mut lines = Lines::default();
        let party = Party { name: Some("Ana \"la jefa\", MTPE\r\nX:1".into()), address: "ana@example.org".into() };
        lines.party("ORGANIZER", "", &party);
        assert_eq!(
            lines.finish().replace("\r\n ", ""),
            "ORGANIZER;CN=\"Ana 'la jefa', MTPEX:1\":mailto:ana@example.org\r\n"
        );
    }

    #[test]
    fn two_moments_with_the_same_local_time_are_distinguished() {
        let time = |at: &str| {
            let mut lines = Lines::default();
            lines.time("DTSTART", Instant::parse(at).unwrap(), chrono_tz::America::Santiago);
            lines.finish()
        };
        assert_eq!(time("2023-08-22T14:00:00Z"), "DTSTART;TZID=America/Santiago:20230822T100000\r\n");
        assert_eq!(time("2023-04-02T02:30:00Z"), "DTSTART;TZID=America/Santiago:20230401T233000\r\n");
        assert_eq!(time("2023-04-02T03:30:00Z"), "DTSTART:20230402T033000Z\r\n");
    }
}
