//! The overview: every number is the length of a list, of what its reader may see.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

/// Returns the length of a list.
#[track_caller]
fn length(person: &Person<'_>, list: &str) -> u64 {
    person.get(&format!("{list}&limit=200")).expect(200).items().len() as u64
}

#[track_caller]
fn overview(person: &Person<'_>, query: &str) -> Value {
    person.get(&format!("/overview?country_code=CL{query}")).expect(200).json
}

/// Returns the numbers of a commission or institution.
#[track_caller]
fn row(overview: &Value, list: &str, id: &str) -> Value {
    let key = if list == "commissions" { "commission_id" } else { "institution_id" };
    let rows = overview[list].as_array().unwrap();
    rows.iter().find(|row| row[key] == id).cloned().unwrap_or(Value::Null)
}

/// Two commissions and two institutions; commitments of each state.
pub(crate) struct Fixture {
    pub ceti: String,
    pub mitp: String,
    pub minsal: String,
}

pub(crate) fn fixture(world: &World) -> Fixture {
    let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
    let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
    world.member(&ceti, &minsal, "member");
    let (admin, other) = (world.admin(), world.admin());
    let report = |commitment: &Value, status: &str, on: &str| {
        let part = format!(
            "/commitments/{}/assignments/{}",
            commitment["id"].as_str().unwrap(),
            commitment["assignments"][0]["id"].as_str().unwrap()
        );
        let body = json!({"reported_on": on, "status": status, "narrative": "Avanza", "evidence": [{"title": "Acta"}], "on_behalf": true});
        admin.post(&format!("{part}/updates"), body).expect(201).id()
    };
    for (commissions, due, restricted) in [
        (vec![&ceti], "2023-09-15", false),
        (vec![&ceti, &mitp], "2023-08-15", false),
        (vec![&mitp], "2023-10-31", false),
        (vec![&ceti], "2023-08-31", true),
    ] {
        let body = json!({"commission_ids": commissions, "text": "Capacitar", "due": due, "restricted": restricted, "assignments": [{"institution_id": mineduc}]});
        admin.post("/commitments", body).expect(201);
    }
    for (due, accept) in [("2023-09-30", false), ("2023-08-31", true), ("2023-08-01", true)] {
        let body = json!({"commission_ids": [ceti], "text": "Publicar", "due": due, "assignments": [{"institution_id": minsal}]});
        let made = admin.post("/commitments", body).expect(201).json;
        let update = report(&made, "completed", "2023-08-20");
        if accept {
            other.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        }
    }
    Fixture { ceti, mitp, minsal }
}

on_both! {
    fn every_number_of_a_commission_is_the_length_of_a_list(world) {
        let f = fixture(world);
        for person in [world.coordinator("CL"), world.secretariat(&f.ceti), world.representative(&f.minsal), world.admin()] {
            let shown = overview(&person, "");
            assert_eq!(shown["as_of"], "2023-09-01");
            for commission in [&f.ceti, &f.mitp] {
                let numbers = row(&shown, "commissions", commission);
                if numbers.is_null() {
                    person.get(&format!("/commissions/{commission}")).expect(404);
                    continue;
                }
                let list = format!("/commitments?commission_id={commission}");
                assert_eq!(numbers["open"], length(&person, &format!("{list}&status=planned,in_progress")), "{}", person.email);
                assert_eq!(numbers["overdue"], length(&person, &format!("{list}&overdue=true")), "{}", person.email);
                assert_eq!(numbers["fulfilled"], length(&person, &format!("{list}&status=completed")), "{}", person.email);
                let soon = format!("{list}&status=planned,in_progress&due_after=2023-08-31&due_before=2023-10-02");
                assert_eq!(numbers["due_30_days"], length(&person, &soon), "{}", person.email);
            }
        }
        let shown = overview(&world.secretariat(&f.ceti), "");
        let numbers = row(&shown, "commissions", &f.ceti);
        assert_eq!(numbers, json!({"commission_id": f.ceti, "open": 4, "due_30_days": 2, "overdue": 2, "awaiting_review": 1, "fulfilled": 2}));
    }
}

on_both! {
    fn the_parts_of_an_institution_are_counted_with_those_on_time_and_late(world) {
        let f = fixture(world);
        let shown = overview(&world.secretariat(&f.ceti), "");
        let numbers = row(&shown, "institutions", &f.minsal);
        let expected = [("open", 0), ("due_30_days", 0), ("overdue", 0), ("awaiting_review", 1), ("fulfilled", 2), ("on_time", 1), ("late", 1)];
        for (name, number) in expected {
            assert_eq!(numbers[name], number, "{name}");
        }
        assert!(numbers["last_report_at"].is_string());
    }
}

on_both! {
    fn what_a_reader_may_not_know_is_not_counted(world) {
        let f = fixture(world);
        let (representative, observer) = (world.representative(&f.minsal), world.observer(&f.mitp));
        let of = |person: &Person<'_>, commission: &str| row(&overview(person, ""), "commissions", commission)["overdue"].clone();
        assert_eq!(of(&world.secretariat(&f.ceti), &f.ceti), 2, "the restricted one counts");
        assert_eq!(of(&representative, &f.ceti), 1);
        assert_eq!(of(&representative, &f.mitp), Value::Null, "it is no member");
        assert_eq!(of(&observer, &f.mitp), 1);
        let nothing = overview(&world.stranger(), "");
        assert_eq!((&nothing["commissions"], &nothing["institutions"], &nothing["next_meetings"]), (&json!([]), &json!([]), &json!([])));
        assert!(nothing["due_by_month"].as_array().unwrap().iter().all(|month| month["open"] == 0));
        assert_eq!(nothing["report"], Value::Null);
    }
}

/// Returns the figures of compliance that are not zero.
fn nonzero(figures: &Value) -> Value {
    let all = figures.as_object().unwrap().iter();
    let counted = all.filter(|(_, number)| number.as_u64().is_some_and(|number| number > 0));
    counted.map(|(name, number)| (name.clone(), number.clone())).collect::<serde_json::Map<_, _>>().into()
}

on_both! {
    fn compliance_counts_the_parts_whose_term_ends_in_the_period_by_their_state(world) {
        let f = fixture(world);
        let admin = world.admin();
        let part = |institution: &str| {
            let body = json!({"commission_ids": [f.ceti], "text": "Fiscalizar", "due": "2023-08-10", "assignments": [{"institution_id": institution}]});
            let made = admin.post("/commitments", body).expect(201).json;
            format!("/commitments/{}/assignments/{}", made["id"].as_str().unwrap(), made["assignments"][0]["id"].as_str().unwrap())
        };
        let lost = json!({"reported_on": "2023-08-20", "status": "not_achieved", "narrative": "Sin fondos", "on_behalf": true});
        admin.post(&format!("{}/updates", part(&f.minsal)), lost).expect(201);
        admin.post(&format!("{}/cancellation", part(&f.minsal)), json!({"reason": "Error"})).expect(200);
        let of = |person: &Person<'_>| person.get("/compliance?country_code=CL&from=2023-08-01&to=2023-09-30").expect(200).json;
        let shown = of(&world.coordinator("CL"));
        let total = json!({"parts": 7, "completed": 2, "on_time": 1, "to_review": 1, "open": 1, "overdue": 2, "not_achieved": 1});
        assert_eq!(shown["total"], total);
        let institutions: Vec<_> = shown["institutions"].as_array().unwrap().iter().map(|one| (one["institution"].clone(), nonzero(one))).collect();
        let mineduc = json!({"parts": 3, "open": 1, "overdue": 2});
        let minsal = json!({"parts": 4, "completed": 2, "on_time": 1, "to_review": 1, "not_achieved": 1});
        assert_eq!(institutions, [(json!("Mineduc"), mineduc), (json!("Minsal"), minsal)]);
        let commissions: Vec<_> = shown["commissions"].as_array().unwrap().iter().map(|one| (one["commission_id"].clone(), nonzero(one))).collect();
        assert_eq!(commissions, [(json!(f.ceti), total), (json!(f.mitp), json!({"parts": 1, "overdue": 1}))]);
        assert_eq!(nonzero(&of(&world.observer(&f.mitp))["total"]), json!({"parts": 1, "overdue": 1}));
        let own = of(&world.representative(&f.minsal));
        assert_eq!((&own["total"]["parts"], own["commissions"].as_array().unwrap().len()), (&json!(6), 1), "the restricted one is left out");
        assert_eq!(of(&world.stranger())["total"]["parts"], 0);
        assert_eq!(admin.get("/compliance?country_code=CL&from=2023-08-11&to=2023-08-14").expect(200).json["institutions"], json!([]));
        admin.patch(&format!("/institutions/{}", f.minsal), json!({"translations": {"en": {"name": "Ministry of Health"}}})).expect(200);
        let english = admin.get("/compliance/document?country_code=CL&from=2023-08-01&to=2023-09-30&lang=en").expect(200).text;
        assert!(english.contains("| Ministry of Health |") && !english.contains("| Minsal |"), "{english}");
    }
}

on_both! {
    fn commitments_without_an_institution_are_counted_apart(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let admin = world.admin();
        let enter = |commissions: &[&String], due: &str, more: Value| {
            let mut body = json!({"commission_ids": commissions, "text": "Fiscalizar", "due": due});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("/commitments", body).expect(201).json["id"].as_str().unwrap().to_owned()
        };
        enter(&[&ceti, &mitp], "2023-08-10", json!({}));
        enter(&[&ceti], "2023-09-30", json!({}));
        enter(&[&ceti], "2024-01-31", json!({}));
        enter(&[&ceti], "2023-08-11", json!({"status": "draft"}));
        enter(&[&mitp], "2023-08-11", json!({"restricted": true}));
        enter(&[&ceti], "2023-08-10", json!({"assignments": [{"institution_id": world.institution("Minsal")}]}));
        let path = "/compliance?country_code=CL&from=2023-08-01&to=2023-09-30";
        let shown = world.coordinator("CL").get(path).expect(200).json;
        assert_eq!(nonzero(&shown["without_institution"]), json!({"parts": 3, "open": 1, "overdue": 2}));
        assert_eq!(nonzero(&shown["total"]), json!({"parts": 4, "open": 1, "overdue": 3}));
        let commissions: Vec<_> = shown["commissions"].as_array().unwrap().iter().map(|one| (one["commission_id"].clone(), nonzero(one))).collect();
        let both = [(json!(ceti), json!({"parts": 3, "open": 1, "overdue": 2})), (json!(mitp), json!({"parts": 2, "overdue": 2}))];
        assert_eq!(commissions, both);
        let observer = world.observer(&mitp).get(path).expect(200).json;
        assert_eq!(nonzero(&observer["without_institution"]), json!({"parts": 1, "overdue": 1}), "the restricted one is left out");
        let paper = admin.get("/compliance/document?country_code=CL&from=2023-08-01&to=2023-09-30").expect(200).text;
        assert!(paper.contains("| Sin institución responsable | 3 |"), "{paper}");
    }
}

on_both! {
    fn the_figures_of_compliance_take_the_same_number_of_statements_for_any_number_of_commitments(world) {
        let f = fixture(world);
        let admin = world.admin();
        let counted = || {
            let before = world.statements();
            admin.get("/compliance?country_code=CL&from=2023-01-01&to=2023-12-31").expect(200);
            world.statements() - before
        };
        let before = counted();
        for _ in 0..5 {
            let institution = world.institution("Otra");
            let body = json!({"commission_ids": [f.ceti], "text": "Más", "due": "2023-08-10", "assignments": [{"institution_id": institution}]});
            admin.post("/commitments", body).expect(201);
        }
        assert_eq!(counted(), before);
    }
}

on_both! {
    fn months_sessions_and_the_registry_of_the_year_are_shown(world) {
        let f = fixture(world);
        let admin = world.admin();
        for n in 1..=6 {
            admin.post("/meetings", json!({"commission_ids": [f.ceti], "kind": "ordinary", "title": format!("S{n}"), "starts_at": format!("2023-10-0{n}T14:00:00Z")})).expect(201);
        }
        for (starts, status, theme) in [("2023-03", "validated", "child_labour"), ("2022-12-30", "validated", "child_labour"), ("2023-05-01", "submitted", "forced_labour")] {
            admin.post("/activities", json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "starts": starts, "status": status, "themes": [theme], "commission_ids": [f.ceti]})).expect(201);
        }
        let shown = overview(&world.coordinator("CL"), &format!("&commission_id={}", f.ceti));
        assert_eq!(shown["commissions"].as_array().unwrap().len(), 1);
        let months = shown["due_by_month"].as_array().unwrap();
        assert_eq!((months.len(), &months[0]["month"], &months[11]["month"]), (12, &json!("2023-09"), &json!("2024-08")));
        assert_eq!((&months[0]["open"], &months[0]["overdue"]), (&json!(2), &json!(0)));
        let titles: Vec<_> = shown["next_meetings"].as_array().unwrap().iter().map(|one| one["title"].clone()).collect();
        assert_eq!(titles, ["S1", "S2", "S3", "S4", "S5"]);
        assert_eq!(shown["registry"], json!({"by_theme": {"child_labour": 1}, "by_month": {"2023-03": 1}, "without_participants": 1}));
    }
}

on_both! {
    fn it_costs_the_same_for_any_number_of_records(world) {
        let ceti = world.commission("CL", "CETI");
        let (secretariat, minsal) = (world.secretariat(&ceti), world.institution("Minsal"));
        let enter = || {
            let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-09-15", "assignments": [{"institution_id": minsal}]});
            secretariat.post("/commitments", body).expect(201);
        };
        let cost = || {
            let before = world.statements();
            overview(&secretariat, "");
            world.statements() - before
        };
        enter();
        let few = cost();
        (0..30).for_each(|_| enter());
        assert_eq!(cost(), few);
        secretariat.get("/overview").expect(400);
        secretariat.get("/overview?country_code=CL&commission_id=7").expect(400);
        assert_eq!(overview(&secretariat, "&commission_id=0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e")["commissions"], json!([]));
    }
}

on_both! {
    fn terms_are_compared_with_the_day_of_the_commission_as_in_the_lists(world) {
        let ceti = world.commission("CL", "CETI");
        let (admin, minsal) = (world.admin(), world.institution("Minsal"));
        admin.patch(&format!("/commissions/{ceti}"), json!({"time_zone": "Pacific/Easter"})).expect(200);
        for due in ["2023-09-01", "2023-10-01"] {
            let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": due, "assignments": [{"institution_id": minsal}]});
            admin.post("/commitments", body).expect(201);
        }
        world.at("2023-09-02T05:00:00Z"); // still the first on the island
        let coordinator = world.coordinator("CL");
        let shown = overview(&coordinator, "");
        assert_eq!(shown["as_of"], "2023-09-02", "the day of the country");
        for (list, id) in [("commissions", &ceti), ("institutions", &minsal)] {
            let numbers = row(&shown, list, id);
            assert_eq!((&numbers["open"], &numbers["due_30_days"], &numbers["overdue"]), (&json!(2), &json!(2), &json!(0)), "{list}");
        }
        assert_eq!(length(&coordinator, &format!("/commitments?commission_id={ceti}&overdue=true")), 0);
        assert_eq!(shown["due_by_month"][0], json!({"month": "2023-09", "open": 1, "overdue": 0}));
        world.at("2023-09-02T07:00:00Z");
        let numbers = row(&overview(&coordinator, ""), "commissions", &ceti);
        assert_eq!((&numbers["due_30_days"], &numbers["overdue"]), (&json!(1), &json!(1)));
    }
}
