//! The link to join a session in feeds, invitations and their attached copies; the feed of somebody who sees nothing.

use serde_json::{Value, json};

use super::strict;
use crate::on_both;
use crate::support::{Person, World};

fn feed(world: &World, person: &Person<'_>) -> strict::Part {
    let made = person.call("POST", "/me/calendar-token", None).expect(201);
    let path = format!("/calendar/{}.ics", made.json["token"].as_str().unwrap());
    let text = world.nobody().get(&path).expect(200).text;
    super::read(&text);
    strict::read(&text)
}

fn only_event(calendar: &strict::Part) -> &strict::Part {
    let mut events = calendar.parts.iter().filter(|part| part.name == "VEVENT");
    let event = events.next().unwrap();
    assert!(events.next().is_none());
    event
}

fn unescaped(value: Option<&str>) -> String {
    value.unwrap_or_default().replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
}

/// Returns the values of all properties of the only event.
fn calendar_text(calendar: &strict::Part) -> String {
    only_event(calendar).properties.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join("\n")
}

fn convene(world: &World, more: Value) -> (strict::Part, Vec<(String, String)>) {
    let ceti = world.commission("CL", "CETI");
    let minsal = world.institution("Minsal");
    world.member(&ceti, &minsal, "member");
    let secretariat = world.secretariat(&ceti);
    world.representative(&minsal);
    let mut body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión mixta", "starts_at": "2023-09-20T14:00:00Z", "ends_at": "2023-09-20T16:00:00Z"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let path = format!("/meetings/{}", secretariat.post("/meetings", body).expect(201).id());
    secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
    let mail = world.notices().into_iter().next().unwrap();
    (feed(world, &secretariat), mail.calendar_parts)
}

/// Checks the link of an event: in CONFERENCE, in DESCRIPTION and, without a place, in LOCATION.
#[track_caller]
fn has_link(calendar: &strict::Part, place: &str, link: &str) {
    let event = only_event(calendar);
    assert_eq!(event.value("CONFERENCE"), Some(link));
    assert_eq!(unescaped(event.value("LOCATION")), place);
    let description = unescaped(event.value("DESCRIPTION"));
    assert!(description.lines().any(|line| line == format!("Enlace para unirse: {link}")), "{description}");
}

on_both! {
    fn a_hybrid_session_has_its_place_and_its_link_in_feed_and_invitation(world) {
        let more = json!({"modality": "hybrid", "place": "Huérfanos 1273", "url": "https://meet.example/sala"});
        let (feed, parts) = convene(world, more);
        has_link(&feed, "Huérfanos 1273", "https://meet.example/sala");
        for (_, text) in &parts {
            has_link(&strict::read(text), "Huérfanos 1273", "https://meet.example/sala");
        }
    }
}

on_both! {
    fn a_session_online_has_its_link_as_place(world) {
        let link = "https://meet.example/sala?clave=1,2;3&x=%C3%B1";
        let (feed, parts) = convene(world, json!({"modality": "online", "url": link}));
        has_link(&feed, link, link);
        assert_eq!(parts.len(), 2);
        parts.iter().for_each(|(_, text)| has_link(&strict::read(text), link, link));
    }
}

on_both! {
    fn a_session_without_a_link_has_no_line_for_it(world) {
        let (feed, parts) = convene(world, json!({"modality": "in_person", "place": "Sala 1"}));
        let texts = parts.iter().map(|(_, text)| strict::read(text));
        for calendar in texts.chain([feed]) {
            let event = only_event(&calendar);
            assert_eq!((event.value("CONFERENCE"), event.value("LOCATION")), (None, Some("Sala 1")));
            assert!(!unescaped(event.value("DESCRIPTION")).contains("unirse"));
        }
    }
}

on_both! {
    fn every_calendar_part_names_the_method_that_it_has_inside(world) {
        let (_, parts) = convene(world, json!({"place": "Sala 1"}));
        let admin = world.admin();
        let path = format!("/meetings/{}", admin.get("/meetings").expect(200).items()[0]["id"].as_str().unwrap());
        admin.patch(&path, json!({"place": "Sala 2"})).expect(200);
        let changed = world.notices().last().unwrap().calendar_parts.clone();
        admin.post(&format!("{path}/cancellation"), json!({"reason": "Paro"})).expect(200);
        let cancelled = world.notices().last().unwrap().calendar_parts.clone();
        for (parts, method) in [(parts, "REQUEST"), (changed, "REQUEST"), (cancelled, "CANCEL")] {
            assert_eq!(parts.len(), 2, "inline and attached");
            for (media_type, text) in parts {
                assert_eq!(strict::read(&text).value("METHOD"), Some(method));
                assert!(media_type.contains(&format!("method={method}")), "{media_type}");
            }
        }
    }
}

on_both! {
    fn the_feed_of_somebody_who_sees_nothing_is_valid(world) {
        let ceti = world.commission("CL", "CETI");
        for person in [world.stranger(), world.observer(&ceti), world.coordinator("CL")] {
            let calendar = feed(world, &person);
            assert_eq!(calendar.parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["VTIMEZONE"]);
        }
    }
}

on_both! {
    fn long_links_of_meeting_programs_are_whole_in_every_part(world) {
        let id = "Y2hpbGUtcGVydS1hbGlhbnphODc".repeat(4);
        let link = format!("https://teams.microsoft.com/l/meetup-join/19%3ameeting_{id}%40thread.v2/0?context=%7b%22Tid%22%3a%22a1%22%2c%22Oid%22%3a%22b2%22%7d&anon=true");
        let place = "Ministerio; sala «Ñandú», piso 3 \\ ala sur";
        let (feed, parts) = convene(world, json!({"modality": "hybrid", "place": place, "url": link}));
        let (place, link) = (place.replace('\\', "\\\\"), link.as_str());
        assert_eq!(parts.len(), 2);
        parts.iter().map(|(_, text)| strict::read(text)).chain([feed]).for_each(|calendar| has_link(&calendar, &place, link));
    }
}

on_both! {
    fn a_session_that_moves_online_and_back_changes_its_link_in_feed_and_invitation(world) {
        let link = "https://us02web.zoom.us/j/89012345678?pwd=Q2hpbGU4Nw.1#success";
        convene(world, json!({"modality": "in_person", "place": "Sala 1"}));
        let admin = world.admin();
        let path = format!("/meetings/{}", admin.get("/meetings").expect(200).items()[0]["id"].as_str().unwrap());
        let moved = |change: Value| {
            admin.patch(&path, change).expect(200);
            let mail = world.notices().into_iter().next().unwrap();
            assert_eq!((mail.kind.as_str(), mail.calendar_parts.len()), ("session_changed", 2));
            let parts = mail.calendar_parts.iter().map(|(_, text)| strict::read(text));
            parts.chain([feed(world, &admin)]).collect::<Vec<_>>()
        };
        for calendar in moved(json!({"modality": "online", "place": null, "url": link})) {
            has_link(&calendar, link, link);
        }
        for calendar in moved(json!({"modality": "in_person", "place": "Sala 2", "url": null})) {
            let event = only_event(&calendar);
            assert_eq!((event.value("CONFERENCE"), event.value("LOCATION")), (None, Some("Sala 2")));
            assert!(!calendar_text(&calendar).contains("zoom"), "{calendar:?}");
        }
    }
}

on_both! {
    fn an_empty_feed_is_valid_and_answers_head_requests(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        let membership = world.member(&ceti, &minsal, "member");
        let admin = world.admin();
        admin.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Antigua", "held": "2021-05-04", "status": "held"})).expect(201);
        admin.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Próxima", "starts_at": "2023-10-04T14:00:00Z"})).expect(201);
        let member = world.representative(&minsal);
        let made = member.call("POST", "/me/calendar-token", None).expect(201);
        let path = format!("/calendar/{}.ics", made.json["token"].as_str().unwrap());
        let events = |path: &str| {
            let asked = world.nobody().call("HEAD", path, None).expect(200);
            assert_eq!((asked.text.as_str(), asked.header("content-type")), ("", Some("text/calendar; charset=utf-8")));
            let calendar = strict::read(&world.nobody().get(path).expect(200).text);
            calendar.parts.iter().filter(|part| part.name == "VEVENT").count()
        };
        assert_eq!((events(&path), events(&format!("{path}?mine=true"))), (1, 1));
        admin.patch(&format!("/commissions/{ceti}/memberships/{membership}"), json!({"to": "2023-08-31"})).expect(200);
        assert_eq!((events(&path), events(&format!("{path}?mine=true"))), (0, 0), "its institution has left");
    }
}
