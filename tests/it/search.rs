//! Search across kinds: accents and case make no difference, and nothing leaks, not even in the counts.

use articula::db::Db;
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Answer, Person};

#[track_caller]
fn search(person: &Person<'_>, q: &str) -> Answer {
    person.get(&format!("/search?q={}", q.replace(' ', "%20"))).expect(200)
}

/// Returns the kinds that are found, each once, in their order.
#[track_caller]
fn kinds(person: &Person<'_>, q: &str) -> Vec<String> {
    let page = search(person, q);
    let mut kinds: Vec<String> = page.items().iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect();
    kinds.dedup();
    let counted = page.json["counts"].as_object().unwrap();
    for (kind, number) in counted {
        let found = page.items().iter().filter(|item| item["kind"] == kind.as_str()).count();
        assert_eq!(number, found, "{kind}: {}", page.text);
        assert_eq!(page.json["counts_exact"][kind], true);
    }
    kinds
}

on_both! {
    fn every_kind_is_found_whatever_the_accents_and_the_case(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        admin.patch(&format!("/commissions/{ceti}"), json!({"aliases": ["Mesa de la NIÑEZ"]})).expect(200);
        let minsal = world.institution("Instituto de la Niñez");
        let session = admin.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión sobre niñez", "starts_at": "2023-10-04T14:00:00Z"})).expect(201).id();
        admin.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Acuerdo", "text": "Priorizar la niñez", "meeting_id": session})).expect(201);
        admin.post("/commitments", json!({"commission_ids": [ceti], "text": "Protocolo de NIÑEZ", "assignments": [{"institution_id": minsal}]})).expect(201);
        admin.post("/activities", json!({"country_code": "CL", "kind": "workshop", "title": "Taller de niñez", "commission_ids": [ceti]})).expect(201);
        let plan = admin.post("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
        let item = admin.post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Niñez trabajadora"})).expect(201).id();
        admin.post("/duties", json!({"commission_ids": [ceti], "title": "Informe sobre niñez", "every": "quarter", "from": "2023-Q1", "institution_ids": [minsal], "fields": [{"key": "casos", "label": "Casos", "kind": "count"}]})).expect(201);
        let indicator = admin.post("/indicators", json!({"plan_item_id": item, "name": "Niñez que asiste", "unit": "%"})).expect(201).id();
        admin.post("/observations", json!({"country_code": "CL", "kind": "challenge", "text": "Falta presupuesto para niñez", "commission_ids": [ceti]})).expect(201);
        let whole = ["commission", "institution", "meeting", "agreement", "commitment", "activity", "plan_item", "duty", "indicator", "observation"];
        for q in ["niñez", "NINEZ", "Niñ"] {
            assert_eq!(kinds(&world.coordinator("CL"), &q.replace('ñ', "%C3%B1")), whole, "{q}");
        }
        let found = search(&world.secretariat(&ceti), "ninez");
        let item = found.items().iter().find(|item| item["kind"] == "plan_item").unwrap();
        assert_eq!((&item["link"], &item["title"]), (&json!(format!("/plans/{plan}")), &json!("Niñez trabajadora")));
        let indicators = admin.get("/search?q=ninez&kind=indicator").expect(200);
        assert_eq!(indicators.items()[0]["link"], json!(format!("/indicators/{indicator}")));
        let one = admin.get("/search?q=ninez&kind=agreement").expect(200);
        assert_eq!(one.items().len(), 1);
        assert_eq!(one.items()[0]["snippet"], "Priorizar la niñez");
        assert_eq!(one.json["counts"]["meeting"], 1, "the kind makes no difference to the counts");
        assert_eq!(kinds(&admin, "nada"), [] as [&str; 0]);
        admin.get("/search?q=").expect(200);
        admin.get("/search").expect(400);
        admin.get(&format!("/search?q={}", "x".repeat(201))).expect(400);
    }
}

on_both! {
    fn agendas_minutes_and_reports_are_searched_too(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let path = format!("/meetings/{}", secretariat.post("/meetings", json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-08-04T14:00:00Z"})).expect(201).id());
        secretariat.put(&format!("{path}/agenda"), json!([{"title": "Presupuesto plurianual", "kind": "discussion"}])).expect(200);
        secretariat.put(&format!("{path}/minutes"), json!({"body": "Se discutió el ámbito fluvial."})).expect(200);
        assert_eq!(kinds(&member, "plurianual"), ["meeting"]);
        assert_eq!(kinds(&secretariat, "fluvial"), ["meeting"]);
        assert_eq!(kinds(&member, "fluvial"), [] as [&str; 0], "minutes in work");
        secretariat.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
        assert_eq!(kinds(&member, "ambito fluvial"), ["meeting"]);
        assert!(search(&member, "fluvial").items()[0]["snippet"].as_str().unwrap().contains("ámbito fluvial"));
        secretariat.put(&format!("{path}/agenda"), json!([])).expect(200);
        assert_eq!(kinds(&member, "plurianual"), [] as [&str; 0], "the agenda was changed");
        let made = secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": "Capacitar", "assignments": [{"institution_id": minsal}]})).expect(201).json;
        let part = format!("/commitments/{}/assignments/{}", made["id"].as_str().unwrap(), made["assignments"][0]["id"].as_str().unwrap());
        member.post(&format!("{part}/updates"), json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Se contrató a la consultora andina"})).expect(201);
        assert_eq!(kinds(&secretariat, "andina"), ["commitment"]);
    }
}

on_both! {
    fn nothing_restricted_or_foreign_is_found_or_counted(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        world.member(&ceti, &minsal, "member");
        let admin = world.admin();
        for (commission, restricted) in [(&ceti, true), (&mitp, false)] {
            admin.post("/meetings", json!({"commission_ids": [commission], "kind": "ordinary", "title": "Cuarzo", "starts_at": "2023-10-04T14:00:00Z", "restricted": restricted})).expect(201);
            admin.post("/agreements", json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Cuarzo", "restricted": restricted})).expect(201);
            admin.post("/commitments", json!({"commission_ids": [commission], "text": "Cuarzo", "restricted": restricted, "assignments": [{"institution_id": mineduc}]})).expect(201);
            admin.post("/activities", json!({"country_code": "CL", "kind": "workshop", "title": "Cuarzo", "restricted": restricted, "commission_ids": [commission], "organizer_ids": [mineduc]})).expect(201);
            admin.post("/duties", json!({"commission_ids": [commission], "title": "Cuarzo", "every": "quarter", "from": "2023-Q1", "institution_ids": [mineduc], "fields": [{"key": "casos", "label": "Casos", "kind": "count"}], "restricted": restricted})).expect(201);
        }
        for person in [world.representative(&minsal), world.observer(&ceti), world.stranger(), world.coordinator(&world.country("PE"))] {
            assert_eq!(kinds(&person, "cuarzo"), [] as [&str; 0], "{}", person.email);
        }
        let of = |person: &Person<'_>| search(person, "cuarzo").json["counts"].clone();
        let four = |number: u64| json!({"commission": 0, "institution": 0, "meeting": number, "agreement": number, "commitment": number, "activity": number, "plan_item": 0, "duty": number, "indicator": 0, "observation": 0});
        assert_eq!(of(&world.secretariat(&ceti)), four(1));
        assert_eq!(of(&world.coordinator("CL")), four(2));
        let named = of(&world.representative(&mineduc));
        assert_eq!((&named["commitment"], &named["activity"], &named["meeting"]), (&json!(2), &json!(2), &json!(0)));
    }
}

on_both! {
    fn pages_hold_everything_once(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        for n in 0..25 {
            secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": format!("Lapislázuli {n}")})).expect(201);
            secretariat.post("/agreements", json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": format!("Lapislázuli {n}")})).expect(201);
        }
        let (mut found, mut cursor, mut sizes) = (Vec::new(), String::new(), Vec::new());
        loop {
            let page = secretariat.get(&format!("/search?q=lapislazuli{cursor}")).expect(200);
            assert_eq!((&page.json["counts"]["commitment"], &page.json["counts"]["agreement"]), (&json!(25), &json!(25)));
            sizes.push(page.items().len());
            found.extend(page.items().iter().map(|item| (item["kind"].to_string(), item["id"].to_string())));
            let Value::String(next) = &page.json["next_cursor"] else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!((sizes, found.len()), (vec![20, 20, 10], 50));
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 50);
    }
}

on_both! {
    fn minutes_are_found_by_their_code_and_only_by_the_text_that_the_reader_may_know(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "ordinal": 7, "starts_at": "2023-08-04T14:00:00Z"});
        let path = format!("/meetings/{}/minutes", secretariat.post("/meetings", body).expect(201).id());
        secretariat.put(&path, json!({"body": "Se discutió el ámbar."})).expect(200);
        assert_eq!(kinds(&secretariat, "ACTA-CETI-2023-7"), [] as [&str; 0], "it has no code yet");
        let circulated = secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        assert_eq!(circulated.json["code"], "ACTA-CETI-2023-7");
        for q in ["ACTA-CETI-2023-7", "acta-ceti-2023", "acta ceti 2023 ambar"] {
            assert_eq!(kinds(&member, q), ["meeting"], "{q}");
            assert_eq!(kinds(&secretariat, q), ["meeting"], "{q}");
        }
        assert!(search(&member, "ACTA-CETI-2023-7").items()[0]["snippet"].as_str().unwrap().contains("ACTA-CETI-2023-7"));
        assert_eq!(kinds(&world.stranger(), "ACTA-CETI-2023-7"), [] as [&str; 0]);
        secretariat.put(&path, json!({"body": "Se discutió el topacio."})).expect(200);
        assert_eq!(kinds(&member, "topacio"), [] as [&str; 0], "it is not circulated yet");
        assert_eq!(kinds(&member, "ambar"), ["meeting"]);
        world.upgrade_from_before("0045", "");
        assert_eq!(kinds(&member, "ACTA-CETI-2023-7"), ["meeting"], "after an upgrade");
        secretariat.put(&path, json!({"body": "Se discutió el cuarzo."})).expect(200);
        secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        assert_eq!(kinds(&member, "cuarzo"), ["meeting"]);
        assert_eq!(kinds(&member, "ACTA-CETI-2023-7"), ["meeting"]);
    }
}

/// Copies the only commitment 1,004 times, with ids before all others.
const COPIES: &str = "INSERT INTO commitments (id, country_code, lead_commission_id, code, text, due_sort, due_unchecked, \
    completion_rule, restricted, status, open, folded, created_at, updated_at) WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL \
    SELECT n + 1 FROM n WHERE n < 1004) SELECT {id}, country_code, lead_commission_id, code || '-' || n, text || ' ' || n, \
    due_sort, due_unchecked, completion_rule, restricted, status, open, folded || ' ' || n, created_at, updated_at \
    FROM commitments, n; \
    INSERT INTO commitment_commissions (commitment_id, position, commission_id) SELECT id, 0, lead_commission_id \
    FROM commitments WHERE id NOT IN (SELECT commitment_id FROM commitment_commissions)";

on_both! {
    fn of_more_than_a_thousand_commitments_the_newest_are_shown(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let secretariat = world.secretariat(&ceti);
        let first = secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": "Capacitar"})).expect(201).id();
        world.state.db.write(None, world.clock.now(), |tx| {
            let id = match tx.conn {
                Db::Pg(_) => "CAST('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid)",
                Db::Sqlite(_) => "unhex('00000000000070008000' || printf('%012x', n))",
            };
            Ok(tx.conn.batch_execute(&COPIES.replace("{id}", id))?)
        }).unwrap();
        let made = secretariat.post("/commitments", json!({"commission_ids": [ceti], "text": "Otro asunto", "assignments": [{"institution_id": minsal}]})).expect(201).json;
        let (other, part) = (made["id"].as_str().unwrap().to_owned(), made["assignments"][0]["id"].as_str().unwrap());
        let report = json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Se capacitará en marzo"});
        world.representative(&minsal).post(&format!("/commitments/{other}/assignments/{part}/updates"), report).expect(201);
        let copy = |n: usize| format!("00000000-0000-7000-8000-{n:012x}");
        for person in [&secretariat, &world.coordinator("CL"), &world.admin()] {
            let page = person.get("/search?q=capacit&kind=commitment&limit=4").expect(200);
            assert_eq!((&page.json["counts"]["commitment"], &page.json["counts_exact"]["commitment"]), (&json!(1000), &json!(false)));
            let ids = |page: &Answer| page.items().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
            assert_eq!(ids(&page), [other.clone(), first.clone(), copy(1004), copy(1003)]);
            let next = page.json["next_cursor"].as_str().unwrap();
            let next = person.get(&format!("/search?q=capacit&kind=commitment&limit=2&cursor={next}")).expect(200);
            assert_eq!(ids(&next), [copy(1002), copy(1001)]);
            let few = person.get("/search?q=capacitar%20777&kind=commitment").expect(200);
            assert_eq!((ids(&few), &few.json["counts_exact"]["commitment"]), (vec![copy(777)], &json!(true)));
        }
        assert_eq!(kinds(&world.stranger(), "capacit"), [] as [&str; 0]);
    }
}
