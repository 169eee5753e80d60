//! The list of commissions: filters, pages, visibility, number of statements.

use serde_json::json;

use crate::on_both;
use crate::support::{Person, World};

fn ids(person: &Person<'_>, query: &str) -> Vec<String> {
    let answer = person.get(&format!("/commissions{query}")).expect(200);
    answer.items().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn each_filter_narrows_the_list(world) {
        let (ceti, mitp, cpeti) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.commission("PE", "CPETI"));
        let admin = world.admin();
        admin.patch(&format!("/commissions/{mitp}"), json!({"kind": "roundtable", "parent_id": ceti, "themes": ["human_trafficking"], "aliases": ["Mesa de Áncash"]})).expect(200);
        let (now, before) = (world.institution("Minsal"), world.institution("Antes"));
        world.member(&mitp, &now, "guest");
        world.member(&cpeti, &now, "member");
        admin.post(&format!("/commissions/{mitp}/memberships"), json!({"institution_id": before, "role": "member", "to": "2023-08-31"})).expect(201);
        for (query, expected) in [
            ("".to_owned(), vec![&ceti, &mitp, &cpeti]),
            ("?country_code=PE".into(), vec![&cpeti]),
            ("?kind=roundtable".into(), vec![&mitp]),
            (format!("?parent_id={ceti}"), vec![&mitp]),
            ("?theme=human_trafficking".into(), vec![&mitp]),
            ("?operational_state=unknown&country_code=CL".into(), vec![&ceti, &mitp]),
            (format!("?institution_id={now}"), vec![&mitp, &cpeti]),
            (format!("?institution_id={before}"), vec![]),
            ("?q=ancash".into(), vec![&mitp]),
            ("?q=comision%20cpe".into(), vec![&cpeti]),
            ("?q=nada".into(), vec![]),
            ("?country_code=XX".into(), vec![]),
        ] {
            assert_eq!(ids(&admin, &query).iter().collect::<Vec<_>>(), expected, "{query}");
        }
        for bad in ["kind=circus", "theme=tax", "operational_state=asleep", "parent_id=7", "limit=201", "colour=red", "cursor=x"] {
            assert_eq!(admin.get(&format!("/commissions?{bad}")).expect(400).code(), "invalid_query", "{bad}");
        }
        admin.get("/commissions?q=%20%22*").expect(200);
    }
}

on_both! {
    fn everyone_sees_their_own_and_no_more(world) {
        let (ceti, mitp, cpeti) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.commission("PE", "CPETI"));
        let institution = world.institution("Minsal");
        world.member(&mitp, &institution, "member");
        assert_eq!(ids(&world.admin(), ""), [ceti.clone(), mitp.clone(), cpeti.clone()]);
        assert_eq!(ids(&world.coordinator("PE"), ""), [cpeti.clone()]);
        assert_eq!(ids(&world.secretariat(&ceti), ""), [ceti.clone()]);
        assert_eq!(ids(&world.observer(&cpeti), ""), [cpeti]);
        assert_eq!(ids(&world.representative(&institution), ""), [mitp]);
        assert!(ids(&world.representative(&world.institution("Nadie")), "").is_empty());
    }
}

on_both! {
    fn pages_are_consecutive_and_need_the_same_number_of_statements(world) {
        let all: Vec<_> = (0..7).map(|n| world.commission("CL", &format!("C{n}"))).collect();
        let institution = world.institution("Minsal");
        for id in &all {
            world.member(id, &institution, "lead");
            world.admin().post(&format!("/commissions/{id}/operational-states"), json!({"state": "active", "since": "2023"})).expect(201);
        }
        let admin = world.admin();
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = admin.get(&format!("/commissions?limit=3{cursor}")).expect(200);
            seen.extend(page.items().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            match page.json["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, all);
        let filters = format!("operational_state=active&institution_id={institution}&country_code=CL");
        assert_eq!(statements(world, &format!("limit=1&{filters}")), statements(world, &format!("limit=7&{filters}")));
    }
}

fn statements(world: &World, query: &str) -> u64 {
    let admin = world.admin();
    let before = world.statements();
    admin.get(&format!("/commissions?{query}")).expect(200);
    world.statements() - before
}
