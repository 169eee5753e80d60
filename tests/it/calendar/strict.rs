//! A strict reader of calendar objects, beside the library: what RFC 5545 requires of every object, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

/// A component with its properties, in their order, and its parts.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub name: String,
    pub properties: Vec<Property>,
    pub parts: Vec<Part>,
}

/// A property: its name, parameters and value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    pub name: String,
    pub parameters: BTreeMap<String, String>,
    pub value: String,
}

impl Part {
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.property(name).map(|property| property.value.as_str())
    }

    pub(super) fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn count(&self, name: &str) -> usize {
        self.properties.iter().filter(|property| property.name == name).count()
    }

    #[track_caller]
    fn require_once(&self, names: &[&str]) {
        for name in names {
            assert_eq!(self.count(name), 1, "{name} in {}", self.name);
        }
    }
}

/// Reads an object and checks it.
#[track_caller]
pub(super) fn read(text: &str) -> Part {
    assert!(text.ends_with("\r\n"), "the last line has no end");
    let unfolded = text.replace("\r\n ", "");
    let mut open = vec![Part::default()];
    for line in unfolded.trim_end_matches("\r\n").split("\r\n") {
        assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "control character in {line:?}");
        let property = property(line);
        match property.name.as_str() {
            "BEGIN" => open.push(Part { name: property.value, ..Part::default() }),
            "END" => {
                let closed = open.pop().unwrap();
                assert_eq!(closed.name, property.value, "closed in the wrong order");
                open.last_mut().expect("an END without BEGIN").parts.push(closed);
            }
            _ => open.last_mut().unwrap().properties.push(property),
        }
    }
    assert_eq!(open.len(), 1, "a component is not closed");
    let root = open.remove(0);
    assert!(root.properties.is_empty() && root.parts.len() == 1, "one object");
    let calendar = root.parts.into_iter().next().unwrap();
    check(&calendar);
    calendar
}

/// Splits a line into name, parameters and value; a quoted parameter may have colons and semicolons.
fn property(line: &str) -> Property {
    let mut quoted = false;
    let mut cuts = Vec::new();
    let mut end = None;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => cuts.push(at),
            ':' if !quoted => {
                end = Some(at);
                break;
            }
            _ => {}
        }
    }
    let end = end.unwrap_or_else(|| panic!("no value in {line:?}"));
    cuts.push(end);
    let name = line[..cuts[0]].to_owned();
    assert!(
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'),
        "{line:?}"
    );
    let parameter = |pair: &[usize]| {
        let (key, value) = line[pair[0] + 1..pair[1]].split_once('=').unwrap_or_else(|| panic!("{line:?}"));
        (key.to_owned(), value.trim_matches('"').to_owned())
    };
    Property { name, parameters: cuts.windows(2).map(parameter).collect(), value: line[end + 1..].to_owned() }
}

#[track_caller]
fn check(calendar: &Part) {
    assert_eq!(calendar.name, "VCALENDAR");
    calendar.require_once(&["VERSION", "PRODID"]);
    assert!(!calendar.parts.is_empty(), "an object has at least one component (3.6)");
    let zones: BTreeSet<&str> =
        calendar.parts.iter().filter(|part| part.name == "VTIMEZONE").filter_map(|part| part.value("TZID")).collect();
    let mut known = BTreeSet::new();
    for part in &calendar.parts {
        match part.name.as_str() {
            "VTIMEZONE" => {
                part.require_once(&["TZID"]);
                assert!(!part.parts.is_empty(), "a zone has an offset");
                part.parts.iter().for_each(|one| one.require_once(&["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"]));
            }
            "VEVENT" => check_event(part, &zones, &mut known),
            other => panic!("{other} is not expected"),
        }
    }
}

#[track_caller]
fn check_event<'p>(event: &'p Part, zones: &BTreeSet<&str>, known: &mut BTreeSet<&'p str>) {
    event.require_once(&["UID", "DTSTAMP", "DTSTART"]);
    for name in ["SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "SEQUENCE", "DTEND"] {
        assert!(event.count(name) <= 1, "{name} twice");
    }
    assert!(known.insert(event.value("UID").unwrap()), "one event for each UID");
    for property in &event.properties {
        if let Some(zone) = property.parameters.get("TZID") {
            assert!(zones.contains(zone.as_str()), "{zone} is not described");
        }
        if ["SUMMARY", "DESCRIPTION", "LOCATION"].contains(&property.name.as_str()) {
            let unescaped = property.value.replace("\\\\", "").replace("\\,", "").replace("\\;", "").replace("\\n", "");
            assert!(!unescaped.contains([',', ';', '\\']), "{property:?} is not escaped");
        }
        if property.name == "CONFERENCE" {
            assert_eq!(property.parameters.get("VALUE").map(String::as_str), Some("URI"), "RFC 7986, 5.11");
        }
    }
    let day =
        |name: &str| event.property(name).filter(|one| one.parameters.get("VALUE").is_some_and(|kind| kind == "DATE"));
    if let (Some(start), Some(end)) = (day("DTSTART"), day("DTEND")) {
        assert!(end.value > start.value, "the end comes after the start");
    }
}
