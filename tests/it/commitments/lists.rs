//! The filters by part, the orders and the counts of the list.

use serde_json::{Value, json};

use super::fixture::{Fixture, path};
use crate::on_both;
use crate::support::Person;

/// Returns the codes of a whole list, read in pages of two.
fn codes(who: &Person<'_>, list: &str) -> Vec<String> {
    let (mut codes, mut next) = (Vec::new(), String::new());
    loop {
        let page = who.get(&format!("{list}&limit=2{next}")).expect(200);
        codes.extend(page.items().iter().map(|one| one["code"].as_str().unwrap().to_owned()));
        match page.json["next_cursor"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return codes,
        }
    }
}

on_both! {
    fn with_an_institution_the_filters_speak_of_its_part(world) {
        let s = Fixture::new(world);
        let both = |due: Value, of_minsal: Value| {
            let mut minsal = json!({"institution_id": s.minsal});
            minsal.as_object_mut().unwrap().extend(of_minsal.as_object().unwrap().clone());
            s.commitment(json!({"due": due, "assignments": [{"institution_id": s.mtpe}, minsal]}))
        };
        let late = both(json!("2023-06-30"), json!({"due": "2023-12"}));
        let reported = both(json!("2023-06-30"), json!({}));
        let returned = both(json!("2024"), json!({"due": "2023-06"}));
        s.complete(&s.speaker, &path(&reported.json, 0)).expect(201);
        let update = s.complete(&s.speaker, &path(&returned.json, 0)).expect(201).id();
        s.secretary.put(&format!("/updates/{update}/review"), json!({"outcome": "returned", "comment": "Falta el acta"})).expect(200);
        let code = |made: &crate::support::Answer| made.json["code"].as_str().unwrap().to_owned();
        let (late, reported, returned) = (code(&late), code(&reported), code(&returned));
        let (mtpe, minsal) = (format!("institution_id={}", s.mtpe), format!("institution_id={}", s.minsal));
        for (filter, expected) in [
            ("overdue=true".to_owned(), vec![&late, &reported]),
            (format!("{mtpe}&overdue=true"), vec![&late]),
            (format!("{mtpe}&overdue=false"), vec![&reported, &returned]),
            (format!("{minsal}&overdue=true"), vec![&reported, &returned]),
            (format!("{minsal}&overdue=false"), vec![&late]),
            ("awaiting_review=true".to_owned(), vec![&reported]),
            ("awaiting_review=false".to_owned(), vec![&late, &returned]),
            (format!("{mtpe}&awaiting_review=true"), vec![&reported]),
            (format!("{minsal}&awaiting_review=true"), vec![]),
            (format!("{minsal}&awaiting_review=false"), vec![&late, &reported, &returned]),
            ("part_status=completed".to_owned(), vec![&reported]),
            (format!("{minsal}&part_status=completed"), vec![]),
            (format!("{mtpe}&part_status=in_progress,completed"), vec![&reported, &returned]),
            ("part_verification=returned".to_owned(), vec![&returned]),
            (format!("{minsal}&part_verification=returned"), vec![]),
            (format!("{mtpe}&part_status=in_progress&part_verification=returned"), vec![&returned]),
        ] {
            let mut found = codes(&s.secretary, &format!("/commitments?{filter}"));
            found.sort();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
        }
        for bad in ["part_status=draft", "part_verification=done", "awaiting_review=perhaps", "sort=name", "count=many"] {
            s.secretary.get(&format!("/commitments?{bad}")).expect(400);
        }
    }
}

on_both! {
    fn a_list_is_sorted_in_each_order_and_a_cursor_belongs_to_its_order(world) {
        let s = Fixture::new(world);
        for (n, due) in [json!("2023-12"), json!(null), json!("2023-10"), json!("2023-11"), json!("2023-10")].into_iter().enumerate() {
            world.at(&format!("2023-09-0{}T12:00:00Z", n + 1));
            s.commitment(json!({"due": due}));
        }
        world.at("2023-09-08T12:00:00Z");
        let first = s.secretary.get("/commitments?q=CIGTPE-2023-001").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        s.secretary.patch(&format!("/commitments/{first}"), json!({"text": "Cambiado"})).expect(200);
        let order = |sort: &str| {
            let found = codes(&s.secretary, &format!("/commitments?sort={sort}"));
            found.iter().map(|code| code.chars().last().unwrap()).collect::<String>()
        };
        for (sort, expected) in [("due", "35412"), ("-due", "21453"), ("updated", "23451"), ("-updated", "15432"), ("code", "12345")] {
            assert_eq!(order(sort), expected, "{sort}");
        }
        assert_eq!(codes(&s.secretary, "/commitments?overdue=false"), codes(&s.secretary, "/commitments?sort=due&overdue=false"));
        for sort in ["due", "-due", "updated", "-updated", "code"] {
            let cursor = s.secretary.get(&format!("/commitments?sort={sort}&limit=1")).expect(200).json["next_cursor"].as_str().unwrap().to_owned();
            for other in ["due", "-due", "updated", "-updated", "code"] {
                let expected = if sort == other { 200 } else { 400 };
                s.secretary.get(&format!("/commitments?sort={other}&cursor={cursor}")).expect(expected);
            }
        }
    }
}

on_both! {
    fn a_list_says_how_many_records_it_has_when_it_is_asked(world) {
        let s = Fixture::new(world);
        for n in 0..3 {
            s.commitment(json!({"text": format!("Tarea {n}"), "due": "2023-12"}));
        }
        s.commitment(json!({"status": "draft"}));
        let first = s.secretary.get("/commitments?limit=2&count=true").expect(200);
        assert_eq!((&first.json["total"], &first.json["total_is_exact"]), (&json!(3), &json!(true)));
        let cursor = first.json["next_cursor"].as_str().unwrap();
        let second = s.secretary.get(&format!("/commitments?limit=2&count=true&cursor={cursor}")).expect(200);
        assert_eq!((second.items().len(), &second.json["total"]), (1, &json!(3)), "the whole list, whatever the page");
        let plain = s.secretary.get("/commitments?count=false").expect(200);
        assert!(plain.json.get("total").is_none() && plain.json.get("total_is_exact").is_none(), "{}", plain.text);
        assert_eq!(s.secretary.get("/commitments?count=true&q=tarea%201").expect(200).json["total"], 1);
        let made = s.secretary.get("/commitments").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        for (list, total) in [
            (format!("/commitments/{made}/assignments"), 1), (format!("/commitments/{made}/history"), 1),
            (format!("/commissions/{}/memberships", s.commission), 2), ("/institutions".to_owned(), 2), ("/countries".to_owned(), 1),
            ("/commissions".to_owned(), 1), ("/meetings".to_owned(), 0), ("/agreements".to_owned(), 0), ("/activities".to_owned(), 0), ("/plans".to_owned(), 0),
        ] {
            assert_eq!(s.secretary.get(&format!("{list}?count=true&limit=1")).expect(200).json["total"], total, "{list}");
        }
    }
}
