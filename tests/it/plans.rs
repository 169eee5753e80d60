//! Plans, their items, observations.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::World;

fn roadmap(world: &World, commissions: &[&str]) -> String {
    world.country("CL");
    let body = json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de Ruta de Chile", "starts": "2022", "ends": "2025", "commission_ids": commissions});
    world.admin().post("/plans", body).expect(201).id()
}

fn item(world: &World, plan: &str, title: &str) -> Value {
    let body = json!({"kind": "next_step", "title": title, "label": "Paso"});
    world.admin().post(&format!("/plans/{plan}/items"), body).expect(201).json
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

on_both! {
    fn a_coordinator_creates_changes_and_deletes_a_roadmap(world) {
        let ceti = world.commission("CL", "CETI");
        let coordinator = world.coordinator("CL");
        let made = coordinator.post("/plans", json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de Ruta", "starts": "2022-H2", "ends": "2025", "commission_ids": [ceti]})).expect(201);
        assert_eq!((&made.json["starts_from"], &made.json["ends_to"]), (&json!("2022-07-01"), &json!("2025-12-31")));
        let path = format!("/plans/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        assert_eq!(coordinator.get(&path).expect(200).json, made.json);
        let changed = coordinator.patch(&path, json!({"ends": null, "kind": "national_plan"})).expect(200).json;
        assert_eq!((&changed["ends"], &changed["ends_to"], &changed["kind"]), (&json!(null), &json!(null), &json!("national_plan")));
        coordinator.delete(&path).expect(204);
        coordinator.get(&path).expect(404);
    }
}

on_both! {
    fn plans_are_written_by_the_coordinator_alone_and_visible_where_they_are_followed(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let cpeti = world.commission("PE", "CPETI");
        let ministry = world.institution("Ministerio de Salud");
        world.member(&ceti, &ministry, "member");
        let (followed, free) = (roadmap(world, &[&ceti]), roadmap(world, &[]));
        let seen = |person: &crate::support::Person<'_>| {
            person.get("/plans").expect(200).items().iter().map(|plan| text(&plan["id"]).to_owned()).collect::<Vec<_>>()
        };
        let both = vec![followed.clone(), free.clone()];
        assert_eq!(seen(&world.coordinator("CL")), both);
        assert_eq!(seen(&world.secretariat(&ceti)), both);
        assert_eq!(seen(&world.representative(&ministry)), both);
        assert_eq!(seen(&world.observer(&mitp)), vec![free.clone()], "a plan without commissions concerns the whole country");
        assert_eq!(seen(&world.secretariat(&cpeti)), [""; 0]);
        assert_eq!(seen(&world.coordinator("PE")), [""; 0]);
        world.coordinator("PE").get(&format!("/plans/{free}")).expect(404);
        world.nobody().get("/plans").expect(401);

        let body = json!({"country_code": "CL", "kind": "policy", "title": "Política"});
        world.secretariat(&ceti).post("/plans", body.clone()).expect(403);
        world.representative(&ministry).post("/plans", body.clone()).expect(403);
        world.coordinator("PE").post("/plans", body).expect(403);
        world.secretariat(&ceti).patch(&format!("/plans/{followed}"), json!({"title": "Otro"})).expect(403);
        world.secretariat(&ceti).delete(&format!("/plans/{followed}")).expect(403);
        world.coordinator("PE").patch(&format!("/plans/{followed}"), json!({"title": "Otro"})).expect(404);
        let abroad = json!({"country_code": "CL", "kind": "policy", "title": "Política", "commission_ids": [cpeti]});
        world.coordinator("CL").post("/plans", abroad.clone()).expect(404);
        let other = world.admin().post("/plans", abroad).expect(422);
        assert_eq!(other.faults(), [("/commission_ids/0".into(), "other_country".into())]);
    }
}

on_both! {
    fn a_responsible_institution_sees_the_plan(world) {
        let ceti = world.commission("CL", "CETI");
        let (plan, ministry) = (roadmap(world, &[&ceti]), world.institution("Ministerio"));
        let representative = world.representative(&ministry);
        representative.get(&format!("/plans/{plan}")).expect(404);
        let body = json!({"kind": "priority", "title": "Detección", "responsible_ids": [ministry]});
        world.coordinator("CL").post(&format!("/plans/{plan}/items"), body).expect(201);
        representative.get(&format!("/plans/{plan}")).expect(200);
        assert_eq!(representative.get(&format!("/plans/{plan}/items")).items().len(), 1);
    }
}

on_both! {
    fn every_fault_of_a_plan_is_reported(world) {
        world.country("CL");
        let admin = world.admin();
        let body = json!({"country_code": "XX", "kind": "dream", "title": " ", "starts": "2024", "ends": "2023", "commission_ids": ["7"], "status": "draft"});
        assert_eq!(admin.post("/plans", body).expect(422).faults(), [
            ("/commission_ids/0".into(), "invalid_id".into()),
            ("/country_code".into(), "unknown_reference".into()),
            ("/ends".into(), "contradictory".into()),
            ("/kind".into(), "not_a_choice".into()),
            ("/status".into(), "unknown_field".into()),
            ("/title".into(), "blank".into()),
        ] as [(String, String); 6]);
        let body = json!({"country_code": "CL", "kind": "other", "title": " ", "starts": "2024", "ends": "2023"});
        let faults = admin.post("/plans", body).expect(422).faults();
        assert_eq!(faults, [("/ends".into(), "contradictory".into()), ("/title".into(), "blank".into())]);
        let body = json!({"country_code": "XX", "kind": "other", "title": "Plan", "starts": "2023-05", "ends": "2023"});
        assert_eq!(admin.post("/plans", body).expect(422).faults(), [("/country_code".into(), "unknown_reference".into())]);
        assert_eq!(admin.get("/plans?colour=red").expect(400).code(), "invalid_query");
        admin.get("/plans?kind=dream").expect(400);
        admin.get("/plans?limit=201").expect(400);
    }
}

on_both! {
    fn plans_are_listed_by_country_and_kind_page_by_page_with_a_constant_number_of_statements(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        for n in 0..5 {
            let kind = if n == 3 { "policy" } else { "work_plan" };
            admin.post("/plans", json!({"country_code": "CL", "kind": kind, "title": format!("Plan {n}"), "commission_ids": [ceti]})).expect(201);
        }
        assert_eq!(admin.get("/plans?country_code=CL&kind=policy").items().len(), 1);
        assert_eq!(admin.get("/plans?country_code=PE").items().len(), 0);
        let first = admin.get("/plans?limit=3").expect(200);
        let second = admin.get(&format!("/plans?limit=3&cursor={}", text(&first.json["next_cursor"]))).expect(200);
        assert_eq!((first.items().len(), second.items().len(), &second.json["next_cursor"]), (3, 2, &json!(null)));
        let statements = |limit: u32| {
            let before = world.statements();
            admin.get(&format!("/plans?limit={limit}")).expect(200);
            world.statements() - before
        };
        assert_eq!(statements(1), statements(5));
    }
}

on_both! {
    fn items_keep_their_order_and_their_labels(world) {
        let plan = roadmap(world, &[]);
        let coordinator = world.coordinator("CL");
        let path = format!("/plans/{plan}/items");
        let one = coordinator.post(&path, json!({"kind": "priority", "title": "Uno", "label": "Prioridad"})).expect(201);
        assert_eq!(one.header("location"), Some(format!("/api/v1{path}/{}", one.id()).as_str()));
        let five = coordinator.post(&path, json!({"kind": "priority", "title": "Cinco", "label": "Prioridad", "position": 5, "status": "in_progress"})).expect(201);
        let last = coordinator.post(&path, json!({"kind": "next_step", "title": "Seis", "position": null, "status": null, "period_from": "2023-05-01", "period_to": "2023-12-31"})).expect(201);
        assert_eq!((&one.json["position"], &five.json["position"], &last.json["position"]), (&json!(1), &json!(5), &json!(6)));
        assert_eq!((&five.json["status"], &last.json["status"]), (&json!("in_progress"), &json!(null)));
        let taken = coordinator.post(&path, json!({"kind": "action", "title": "Otro", "position": 5})).expect(409);
        assert_eq!(taken.code(), "duplicate");
        let own = format!("{path}/{}", last.id());
        assert_eq!(coordinator.patch(&own, json!({"position": 1})).expect(409).code(), "duplicate");
        assert_eq!(coordinator.patch(&own, json!({"position": 0})).expect(200).json["position"], 0);
        let titles = |answer: &crate::support::Answer| answer.items().iter().map(|item| text(&item["title"]).to_owned()).collect::<Vec<_>>();
        let page = coordinator.get(&format!("{path}?limit=2")).expect(200);
        assert_eq!(titles(&page), ["Seis", "Uno"]);
        let rest = coordinator.get(&format!("{path}?limit=2&cursor={}", text(&page.json["next_cursor"])));
        assert_eq!(titles(&rest), ["Cinco"]);
        assert_eq!(coordinator.patch(&own, json!({"position": null})).expect(200).json["position"], 6);
    }
}

on_both! {
    fn items_form_a_tree_within_their_plan(world) {
        let (plan, other) = (roadmap(world, &[]), roadmap(world, &[]));
        let admin = world.admin();
        let (a, b, far) = (item(world, &plan, "A"), item(world, &plan, "B"), item(world, &other, "C"));
        let path = |item: &Value| format!("/plans/{}/items/{}", text(&item["plan_id"]), text(&item["id"]));
        admin.patch(&path(&b), json!({"parent_id": a["id"]})).expect(200);
        for parent in [&a, &b] {
            let answer = admin.patch(&path(&a), json!({"parent_id": parent["id"]})).expect(422);
            assert_eq!(answer.faults(), [("/parent_id".into(), "cycle".into())]);
        }
        let answer = admin.patch(&path(&a), json!({"parent_id": far["id"]})).expect(422);
        assert_eq!(answer.faults(), [("/parent_id".into(), "unknown_reference".into())]);
        assert_eq!(admin.delete(&path(&a)).expect(409).code(), "in_use");
        assert_eq!(admin.delete(&format!("/plans/{plan}")).expect(409).code(), "in_use");
        assert_eq!(admin.patch(&format!("/plans/{plan}"), json!({"country_code": world.country("PE")})).expect(409).code(), "in_use");
        admin.get(&format!("/plans/{other}/items/{}", text(&a["id"]))).expect(404);
        admin.get(&format!("/plans/{plan}/items/7")).expect(404);
        admin.delete(&path(&b)).expect(204);
        admin.delete(&path(&a)).expect(204);
        admin.delete(&format!("/plans/{plan}")).expect(204);
    }
}

on_both! {
    fn every_fault_of_an_item_is_reported(world) {
        world.country("PE");
        let plan = roadmap(world, &[]);
        let path = format!("/plans/{plan}/items");
        let body = json!({"kind": "wish", "title": 7, "position": "first", "label": [], "parent_id": "x", "period_from": "2023-13-01", "period_to": "2023", "status": "done", "comment": 1, "responsible_ids": ["x"], "extra": 1});
        let faults = world.admin().post(&path, body).expect(422).faults();
        let codes: Vec<_> = faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(codes, [
            ("/comment", "wrong_type"),
            ("/extra", "unknown_field"),
            ("/kind", "not_a_choice"),
            ("/label", "wrong_type"),
            ("/parent_id", "invalid_id"),
            ("/period_from", "invalid_date"),
            ("/period_to", "invalid_date"),
            ("/position", "wrong_type"),
            ("/responsible_ids/0", "invalid_id"),
            ("/status", "not_a_choice"),
            ("/title", "wrong_type"),
        ]);
        let nobody = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let body = json!({"kind": "action", "title": "Acción", "position": -1, "period_from": "2023-12-31", "period_to": "2023-05-01", "responsible_ids": [nobody, nobody]});
        assert_eq!(world.admin().post(&path, body).expect(422).faults(), [
            ("/period_to".into(), "contradictory".into()),
            ("/position".into(), "out_of_range".into()),
            ("/responsible_ids/0".into(), "unknown_reference".into()),
            ("/responsible_ids/1".into(), "duplicate".into()),
            ("/responsible_ids/1".into(), "unknown_reference".into()),
        ] as [(String, String); 5]);
        let body = json!({"kind": "action", "title": "Acción", "responsible_ids": [nobody]});
        assert_eq!(world.admin().post(&path, body).expect(422).faults(), [("/responsible_ids/0".into(), "unknown_reference".into())]);
        let ceti = world.commission("CL", "CETI");
        world.secretariat(&ceti).post(&path, json!({"kind": "action", "title": "Acción"})).expect(403);
        world.coordinator("PE").post(&path, json!({"kind": "action", "title": "Acción"})).expect(404);
    }
}

on_both! {
    fn an_observation_is_created_changed_and_deleted(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let step = item(world, &roadmap(world, &[&ceti]), "Paso");
        let coordinator = world.coordinator("CL");
        let made = coordinator.post("/observations", json!({
            "country_code": "CL", "kind": "support_need", "text": "Capacitación de equipos regionales", "response": "Se pidió",
            "addressee": "OIT", "modality": "Asistencia técnica", "themes": ["forced_labour", "child_labour"],
            "plan_item_ids": [step["id"]], "noted": "2023-Q4", "commission_ids": [ceti],
        })).expect(201);
        assert_eq!((&made.json["noted_from"], &made.json["noted_to"]), (&json!("2023-10-01"), &json!("2023-12-31")));
        assert_eq!(made.json["themes"], json!(["child_labour", "forced_labour"]));
        let path = format!("/observations/{}", made.id());
        assert_eq!(world.secretariat(&ceti).get(&path).expect(200).json, made.json);
        world.secretariat(&mitp).get(&path).expect(404);
        world.secretariat(&ceti).patch(&path, json!({"text": "Otra"})).expect(403);
        for (filter, found) in [("country_code=CL", 1), ("kind=lesson", 0), ("theme=child_labour", 1), ("theme=modern_slavery", 0)] {
            assert_eq!(coordinator.get(&format!("/observations?{filter}")).expect(200).items().len(), found, "{filter}");
        }
        assert_eq!(coordinator.get(&format!("/observations?commission_id={ceti}&plan_item_id={}", text(&step["id"]))).items().len(), 1);
        assert_eq!(coordinator.get(&format!("/observations?commission_id={mitp}")).items().len(), 0);
        let changed = coordinator.patch(&path, json!({"kind": "lesson", "noted": null, "commission_ids": [], "themes": null})).expect(200).json;
        assert_eq!((&changed["kind"], &changed["noted_to"], &changed["themes"]), (&json!("lesson"), &json!(null), &json!([])));
        world.secretariat(&ceti).get(&path).expect(404);
        let blocked = coordinator.delete(&format!("/plans/{}/items/{}", text(&step["plan_id"]), text(&step["id"]))).expect(409);
        assert_eq!(blocked.code(), "in_use");
        coordinator.delete(&path).expect(204);
        coordinator.get(&path).expect(404);
    }
}

on_both! {
    fn every_fault_of_an_observation_is_reported(world) {
        world.country("CL");
        let foreign = {
            world.country("PE");
            let plan = world.admin().post("/plans", json!({"country_code": "PE", "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
            item(world, &plan, "Paso del Perú")
        };
        let body = json!({"country_code": 1, "kind": "joy", "text": [], "response": 1, "addressee": 1, "modality": 1, "themes": ["joy"], "plan_item_ids": [1], "noted": "soon", "commission_ids": "all", "x": 1});
        let faults = world.admin().post("/observations", body).expect(422).faults();
        let codes: Vec<_> = faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(codes, [
            ("/addressee", "wrong_type"),
            ("/commission_ids", "wrong_type"),
            ("/country_code", "wrong_type"),
            ("/kind", "not_a_choice"),
            ("/modality", "wrong_type"),
            ("/noted", "invalid_partial_date"),
            ("/plan_item_ids/0", "wrong_type"),
            ("/response", "wrong_type"),
            ("/text", "wrong_type"),
            ("/themes/0", "not_a_choice"),
            ("/x", "unknown_field"),
        ]);
        let body = json!({"country_code": "CL", "kind": "lesson", "text": "Aprendizaje", "plan_item_ids": [foreign["id"]]});
        let hidden = world.coordinator("CL").post("/observations", body.clone()).expect(422);
        assert_eq!(hidden.faults(), [("/plan_item_ids/0".into(), "unknown_reference".into())]);
        assert_eq!(world.admin().post("/observations", body).expect(422).faults(), [("/plan_item_ids/0".into(), "other_country".into())]);
        world.coordinator("PE").post("/observations", json!({"country_code": "CL", "kind": "lesson", "text": "Ajena"})).expect(403);
    }
}
