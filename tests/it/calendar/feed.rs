//! A person's calendar, as a calendar program reads it.

use icalendar::{Calendar, CalendarComponent, Component, Event};
use serde_json::json;

use super::{read, value, zone};
use crate::on_both;
use crate::support::{Answer, Person, World};

/// Creates the person's token; returns the path of the feed.
fn subscribe(person: &Person<'_>) -> String {
    let made = person.call("POST", "/me/calendar-token", None).expect(201);
    let path = format!("/calendar/{}.ics", made.json["token"].as_str().unwrap());
    assert!(made.json["url"].as_str().unwrap().ends_with(&path));
    path
}

fn fetch(world: &World, path: &str) -> Answer {
    let answer = world.nobody().get(path).expect(200);
    assert_eq!(answer.header("content-type"), Some("text/calendar; charset=utf-8"));
    answer
}

fn feed(world: &World, path: &str) -> Calendar {
    read(&fetch(world, path).text)
}

fn summaries(calendar: &Calendar) -> Vec<&str> {
    calendar.events().map(|event| event.get_summary().unwrap()).collect()
}

#[track_caller]
fn called<'c>(calendar: &'c Calendar, part: &str) -> &'c Event {
    calendar.events().find(|event| event.get_summary().unwrap().contains(part)).unwrap_or_else(|| panic!("no {part}"))
}

on_both! {
    fn the_secret_address_opens_the_calendar_until_it_is_revoked_or_its_owner_is_disabled(world) {
        let ceti = world.commission("CL", "CETI");
        let observer = world.observer(&ceti);
        let first = subscribe(&observer);
        assert_eq!(summaries(&feed(world, &first)), [] as [&str; 0]);
        let second = subscribe(&observer);
        world.nobody().get(&first).expect(404);
        fetch(world, &second);
        observer.delete("/me/calendar-token").expect(204);
        world.nobody().get(&second).expect(404);
        observer.delete("/me/calendar-token").expect(204);
        let third = subscribe(&observer);
        fetch(world, &third);
        let admin = world.admin();
        admin.patch(&format!("/users/{}", observer.id.unwrap()), json!({"disabled": true})).expect(200);
        world.nobody().get(&third).expect(404);
        world.nobody().get("/calendar/otra.ics").expect(404);
        world.nobody().call("POST", "/me/calendar-token", None).expect(401);
        let secret = third.trim_start_matches("/calendar/").trim_end_matches(".ics");
        let audit = admin.get("/audit-log?limit=200").expect(200);
        assert!(audit.text.contains("calendar_token") && !audit.text.contains(secret));
    }
}

on_both! {
    fn it_holds_what_its_owner_may_know_today(world) {
        let ceti = world.commission("CL", "CETI");
        let cpeti = world.commission("PE", "CPETI");
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        let membership = world.member(&ceti, &minsal, "member");
        let admin = world.admin();
        for (commission, title, restricted) in [(&ceti, "Abierta", false), (&ceti, "Reservada", true), (&cpeti, "Ajena", false)] {
            admin.post("/meetings", json!({"commission_ids": [commission], "kind": "ordinary", "title": title, "starts_at": "2023-10-04T14:00:00Z", "restricted": restricted})).expect(201);
            admin.post("/commitments", json!({"commission_ids": [commission], "text": title, "due": "2023-10", "restricted": restricted, "assignments": [{"institution_id": mineduc}]})).expect(201);
        }
        let all = |person: &Person<'_>| {
            let path = subscribe(person);
            let mut all: Vec<String> = summaries(&feed(world, &path)).into_iter().map(str::to_owned).collect();
            all.sort();
            all
        };
        let (member, named) = (world.representative(&minsal), world.representative(&mineduc));
        assert_eq!(all(&member), ["CETI: Abierta", "Vence CETI-2023-001 (Mineduc): Abierta"]);
        assert_eq!(all(&world.observer(&ceti)), ["CETI: Abierta", "Vence CETI-2023-001 (Mineduc): Abierta"]);
        assert_eq!(all(&world.secretariat(&ceti)), ["CETI: Abierta", "CETI: Reservada", "Vence CETI-2023-001 (Mineduc): Abierta", "Vence CETI-2023-002 (Mineduc): Reservada"]);
        assert_eq!(all(&named), ["Vence CETI-2023-001 (Mineduc): Abierta", "Vence CETI-2023-002 (Mineduc): Reservada", "Vence CPETI-2023-001 (Mineduc): Ajena"]);
        assert_eq!(all(&world.stranger()), [] as [&str; 0]);
        assert_eq!(all(&world.coordinator("PE")), ["CPETI: Ajena", "Vence CPETI-2023-001 (Mineduc): Ajena"]);
        let path = subscribe(&member);
        admin.patch(&format!("/commissions/{ceti}/memberships/{membership}"), json!({"to": "2023-08-31"})).expect(200);
        assert_eq!(summaries(&feed(world, &path)), [] as [&str; 0], "it is no member any more");
    }
}

on_both! {
    fn names_stay_numbers_rise_and_what_is_called_off_is_cancelled(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let secretariat = world.secretariat(&ceti);
        let path = subscribe(&secretariat);
        let meeting = format!("/meetings/{}", secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-10-04T14:00:00Z"})).expect(201).id());
        let made = secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-10-31", "assignments": [{"institution_id": minsal}]})).expect(201);
        let commitment = format!("/commitments/{}", made.id());
        let assignment = format!("{commitment}/assignments/{}", made.json["assignments"][0]["id"].as_str().unwrap());
        let known = |calendar: &Calendar, part: &str| {
            let event = called(calendar, part);
            (value(event, "UID").to_owned(), event.get_sequence().unwrap(), value(event, "STATUS").to_owned())
        };
        let before = feed(world, &path);
        let due = called(&before, "Capacitar");
        assert_eq!((value(due, "DTSTART"), value(due, "DTEND"), value(due, "TRANSP")), ("20231031", "20231101", "TRANSPARENT"));
        assert_eq!(due.properties()["DTSTART"].params()["VALUE"].value(), "DATE");
        world.at("2023-09-01T12:05:00Z");
        secretariat.patch(&meeting, json!({"place": "Santiago"})).expect(200);
        secretariat.patch(&commitment, json!({"due": "2023-11-30", "correction_reason": "Error"})).expect(200);
        let after = feed(world, &path);
        for (part, expected) in [("Sesión", "TENTATIVE"), ("Capacitar", "CONFIRMED")] {
            let ((uid, old, _), (same, new, status)) = (known(&before, part), known(&after, part));
            assert_eq!((&same, status.as_str()), (&uid, expected));
            assert!(new > old, "{part}: {old}, then {new}");
        }
        assert_eq!(value(called(&after, "Capacitar"), "DTSTART"), "20231130");
        secretariat.post(&format!("{meeting}/cancellation"), json!({"reason": "Paro"})).expect(200);
        secretariat.post(&format!("{assignment}/cancellation"), json!({"reason": "Otra ley"})).expect(200);
        let last = feed(world, &path);
        for part in ["Sesión", "Capacitar"] {
            let ((uid, old, _), (same, new, status)) = (known(&after, part), known(&last, part));
            assert_eq!((&same, status.as_str()), (&uid, "CANCELLED"), "{part}");
            assert!(new > old, "{part}: {old}, then {new}");
        }
    }
}

on_both! {
    fn a_session_is_tentative_until_it_is_convened_or_held_and_names_its_page(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let secretariat = world.secretariat(&ceti);
        let session = |title: &str, starts_at: &str, status: &str| {
            let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": title, "starts_at": starts_at, "status": status, "url": "https://reuniones.example/4"});
            format!("/meetings/{}", secretariat.post("/meetings", body).expect(201).id())
        };
        let planned = session("Prevista", "2023-10-04T14:00:00Z", "scheduled");
        session("Realizada", "2023-08-22T14:00:00Z", "held");
        let path = subscribe(&world.representative(&minsal));
        let state = |title: &str| value(called(&feed(world, &path), title), "STATUS").to_owned();
        assert_eq!((state("Prevista").as_str(), state("Realizada").as_str()), ("TENTATIVE", "CONFIRMED"));
        let public_url = &world.state.config.public_url;
        assert_eq!(value(called(&feed(world, &path), "Prevista"), "URL"), format!("{public_url}{planned}"));
        world.at("2023-09-01T13:00:00Z");
        secretariat.call("POST", &format!("{planned}/convocation"), None).expect(200);
        assert_eq!(state("Prevista"), "CONFIRMED");
        secretariat.post(&format!("{planned}/cancellation"), json!({"reason": "Paro"})).expect(200);
        assert_eq!(state("Prevista"), "CANCELLED");
    }
}

on_both! {
    fn a_part_with_its_own_term_stands_beside_the_whole_and_old_things_fall_out(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        let secretariat = world.secretariat(&ceti);
        let enter = |text: &str, due: &str, own: serde_json::Value| {
            let body = json!({"commission_ids": [ceti], "text": text, "due": due, "assignments": [{"institution_id": minsal}, {"institution_id": mineduc, "due": own}]});
            secretariat.post("/commitments", body).expect(201);
        };
        enter("Dos plazos", "2023-Q4", json!("2024-02"));
        enter("Antiguo con prórroga", "2022-06-30", json!("2023-12-15"));
        enter("Antiguo", "2022-08-31", json!(null));
        enter("De hace un año", "2022-09-01", json!(null));
        for held in ["2022-08-31", "2022-09"] {
            secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "working", "title": held, "held": held})).expect(201);
        }
        let calendar = feed(world, &subscribe(&secretariat));
        let mut found: Vec<_> = calendar.events().map(|event| (value(event, "DTSTART"), value(event, "DTEND"), value(event, "STATUS"), event.get_summary().unwrap())).collect();
        found.sort();
        let expected = [
            ("20220901", "20220902", "CONFIRMED", "Vence CETI-2023-004 (Minsal, Mineduc): De hace un año"),
            ("20220901", "20221001", "TENTATIVE", "CETI: 2022-09"),
            ("20231215", "20231216", "CONFIRMED", "Vence CETI-2023-002 (Mineduc): Antiguo con prórroga"),
            ("20231231", "20240101", "CONFIRMED", "Vence CETI-2023-001 (Minsal): Dos plazos"),
            ("20240229", "20240301", "CONFIRMED", "Vence CETI-2023-001 (Mineduc): Dos plazos"),
        ];
        assert_eq!(found, expected);
        let uids: std::collections::BTreeSet<_> = calendar.events().map(|event| value(event, "UID")).collect();
        assert_eq!(uids.len(), found.len());
    }
}

/// Returns the offset of a local moment in a zone of the object: that of the latest onset before it.
fn offset(calendar: &Calendar, zone: &str, local: &str) -> String {
    let zones = calendar.components.iter().filter_map(|part| match part {
        CalendarComponent::Other(other) if other.component_kind() == "VTIMEZONE" => Some(other),
        _ => None,
    });
    let zone = zones.into_iter().find(|other| other.property_value("TZID") == Some(zone)).unwrap();
    let mut onsets: Vec<(&str, &str)> = zone
        .components()
        .iter()
        .map(|part| (part.property_value("DTSTART").unwrap(), part.property_value("TZOFFSETTO").unwrap()))
        .collect();
    onsets.sort_unstable();
    onsets.iter().rev().find(|(from, _)| *from <= local).unwrap().1.to_owned()
}

on_both! {
    fn hours_are_those_of_the_place_on_both_sides_of_a_change(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let admin = world.admin();
        let expected = [
            (&ceti, "2023-08-30T14:00:00Z", "America/Santiago", "20230830T100000", "-0400"),
            (&ceti, "2023-09-03T03:59:00Z", "America/Santiago", "20230902T235900", "-0400"),
            (&ceti, "2023-09-03T04:00:00Z", "America/Santiago", "20230903T010000", "-0300"),
            (&ceti, "2024-04-07T02:30:00Z", "America/Santiago", "20240406T233000", "-0300"),
            (&ceti, "2024-04-07T14:00:00Z", "America/Santiago", "20240407T100000", "-0400"),
            (&ceti, "2024-09-10T14:00:00Z", "America/Santiago", "20240910T110000", "-0300"),
            (&cpeti, "2023-08-30T14:00:00Z", "America/Lima", "20230830T090000", "-0500"),
            (&cpeti, "2024-01-10T14:00:00Z", "America/Lima", "20240110T090000", "-0500"),
        ];
        for (commission, starts_at, ..) in &expected {
            admin.post("/meetings", json!({"commission_ids": [commission], "kind": "ordinary", "title": starts_at, "starts_at": starts_at})).expect(201);
        }
        let calendar = feed(world, &subscribe(&admin));
        for (commission, starts_at, name, local, shift) in expected {
            let label = if commission == &ceti { "CETI" } else { "CPETI" };
            let event = called(&calendar, &format!("{label}: {starts_at}"));
            assert_eq!((value(event, "DTSTART"), zone(event, "DTSTART").as_str()), (local, name));
            assert_eq!(offset(&calendar, name, local), shift, "{starts_at}");
        }
    }
}

on_both! {
    fn a_poll_without_news_carries_nothing(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let made = secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-10-04T14:00:00Z"})).expect(201);
        let path = subscribe(&secretariat);
        let first = fetch(world, &path);
        let etag = first.header("etag").unwrap();
        assert_eq!(first.header("cache-control"), Some("private, no-cache"));
        world.at("2023-09-01T18:00:00Z");
        let same = world.nobody().with("if-none-match", etag).get(&path).expect(304);
        assert_eq!((same.text.as_str(), same.header("etag")), ("", Some(etag)));
        secretariat.patch(&format!("/meetings/{}", made.id()), json!({"place": "Santiago"})).expect(200);
        let news = world.nobody().with("if-none-match", etag).get(&path).expect(200);
        assert_ne!(news.header("etag"), Some(etag));
        let etag = news.header("etag").unwrap().to_owned();
        let before = world.statements();
        world.nobody().with("if-none-match", &etag).get(&path).expect(304);
        let unchanged = world.statements() - before;
        let before = world.statements();
        fetch(world, &path);
        assert!(unchanged < world.statements() - before, "an unchanged calendar is not loaded");
    }
}

on_both! {
    fn the_title_names_whose_term_it_is_and_the_own_calendar_has_only_own_terms(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let names = ["Minsal", "Mineduc", "Interior", "Trabajo", "Justicia"];
        let all: Vec<String> = names.iter().map(|name| world.institution(name)).collect();
        world.member(&ceti, &all[0], "member");
        let admin = world.admin();
        let parts: Vec<_> = all.iter().map(|id| json!({"institution_id": id})).collect();
        admin.post("/commitments", json!({"commission_ids": [ceti], "text": "De todos", "due": "2023-10-31", "assignments": parts})).expect(201);
        admin.post("/commitments", json!({"commission_ids": [ceti], "text": "De otro", "due": "2023-11-30", "assignments": [{"institution_id": all[1]}]})).expect(201);
        for (commission, title) in [(&ceti, "Propia"), (&mitp, "Ajena")] {
            admin.post("/meetings", json!({"commission_ids": [commission], "kind": "ordinary", "title": title, "starts_at": "2023-10-04T14:00:00Z"})).expect(201);
        }
        let representative = world.representative(&all[0]);
        let path = subscribe(&representative);
        let calendar = feed(world, &path);
        let due = called(&calendar, "De todos");
        assert_eq!(due.get_summary(), Some("Vence CETI-2023-001 (Minsal, Mineduc, Interior +2): De todos"));
        assert!(due.get_description().unwrap().contains("Justicia"), "the description names all");
        assert_eq!(calendar.events().count(), 3);
        let mine = feed(world, &format!("{path}?mine=true"));
        let mut found = summaries(&mine);
        found.sort_unstable();
        assert_eq!(found, ["CETI: Propia", "Vence CETI-2023-001 (Minsal): De todos"]);
        let secretariat = subscribe(&world.secretariat(&mitp));
        assert_eq!(summaries(&feed(world, &format!("{secretariat}?mine=true"))), ["MITP: Ajena"]);
        world.nobody().get(&format!("{path}?mine=quizas")).expect(400);
    }
}

on_both! {
    fn thirty_things_cost_as_many_statements_as_one(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let representative = world.representative(&minsal);
        let secretariat = world.secretariat(&ceti);
        let enter = |n: usize| {
            for n in 0..n {
                secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": format!("S{n}"), "starts_at": "2023-10-04T14:00:00Z"})).expect(201);
                secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": format!("C{n}"), "due": "2023-10", "assignments": [{"institution_id": minsal, "due": "2023-11"}]})).expect(201);
            }
        };
        let path = subscribe(&representative);
        let cost = || {
            let before = world.statements();
            let events = feed(world, &path).events().count();
            (events, world.statements() - before)
        };
        enter(1);
        let (one, few) = cost();
        enter(29);
        let (many, same) = cost();
        assert_eq!((one, many), (3, 90));
        assert_eq!(few, same);
    }
}
