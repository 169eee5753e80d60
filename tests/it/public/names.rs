//! Names in the public view: former names stay hidden, until an admin removes one; institutions are no persons.

use serde_json::{Value, json};

use super::{Fixture, NEVER, open, publish, with_public_view};
use crate::support::{Browser, World};

/// Fails when a page of a session shows a text that names a person or a commission that is not public.
fn check(world: &World, fixture: &Fixture) {
    let page = open(world, &format!("/public/meetings/{}", fixture.session));
    let shown = NEVER.iter().filter(|words| page.text.contains(*words)).collect::<Vec<_>>();
    assert!(shown.is_empty(), "{shown:?}");
}

/// Returns the former names that admins see, with their origin.
fn former(world: &World) -> Vec<(String, String)> {
    let items = world.admin().get("/former-names?limit=200").expect(200).json["items"].clone();
    let text = |one: &Value, field: &str| one[field].as_str().unwrap().to_owned();
    items.as_array().unwrap().iter().map(|one| (text(one, "name"), text(one, "origin"))).collect()
}

/// Returns the path of a former name.
fn path_of(world: &World, name: &str) -> String {
    let items = world.admin().get("/former-names?limit=200").expect(200).json["items"].clone();
    let found = items.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{items}"));
    format!("/former-names/{}", found["id"].as_str().unwrap())
}

with_public_view! {
    fn names_that_are_changed_or_deleted_stay_hidden(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        check(world, &fixture);
        let delegates = format!("/commissions/{}/delegates", fixture.ceti);
        let delegate = admin.get(&delegates).expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
        admin.delete(&format!("{delegates}/{delegate}")).expect(204);
        check(world, &fixture);
        let renamed = json!({"name": "Otra comisión", "acronym": "OTRA"});
        admin.patch(&format!("/commissions/{}", fixture.mitp), renamed).expect(200);
        check(world, &fixture);
        admin.patch(&format!("/commissions/{}", fixture.mitp), json!({"public": true})).expect(200);
        open(world, &format!("/public/meetings/{}", fixture.session)).shows("Informar a la Comisión MITP");
    }
}

with_public_view! {
    fn a_former_name_of_an_account_stays_hidden_only_for_a_person_who_took_part(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let minsal = world.institution("Minsal");
        let representative = world.representative(&minsal);
        let path = format!("/public/meetings/{}", fixture.session);
        let rename = |name: &str| drop(representative.patch("/me", json!({"name": name})).expect(200));
        open(world, &path).shows("Elaborar el protocolo");
        rename("Elaborar Protocolo");
        open(world, &path).hides("Elaborar el protocolo").shows("Publicar la estadística");
        rename("Julia Publicar La Estadística");
        open(world, &path).shows("Elaborar el protocolo").hides("Publicar la estadística");
        rename("Elaborar Protocolo");
        open(world, &path).hides("Elaborar el protocolo").shows("Publicar la estadística");
        assert_eq!(former(world), []);
        let user = representative.id.unwrap();
        let delegate = json!({"institution_id": minsal, "capacity": "alternate", "user_id": user});
        admin.post(&format!("/commissions/{}/delegates", fixture.ceti), delegate).expect(201);
        rename("Julia Soto");
        assert_eq!(former(world), [("Elaborar Protocolo".to_owned(), "account".to_owned())]);
        open(world, &path).hides("Elaborar el protocolo").shows("Publicar la estadística");
    }
}

with_public_view! {
    fn the_former_name_of_the_author_of_a_periodic_report_is_kept(world) {
        let (fixture, minsal) = (Fixture::new(world), world.institution("Minsal"));
        let (author, other) = (world.representative(&minsal), world.representative(&minsal));
        let body = json!({"commission_ids": [fixture.ceti], "title": "Informe anual", "every": "year", "from": "2022", "institution_ids": [minsal]});
        let duty = world.admin().post("/duties", body).expect(201).id();
        author.put(&format!("/duties/{duty}/reports/{minsal}/2022"), json!({"nothing_to_report": true})).expect(201);
        let before = author.get("/me").expect(200).json["name"].as_str().unwrap().to_owned();
        for person in [&author, &other] {
            person.patch("/me", json!({"name": "Julia Soto"})).expect(200);
        }
        assert_eq!(former(world), [(before, "account".to_owned())]);
    }
}

with_public_view! {
    fn a_translated_name_of_a_commission_that_is_not_public_hides_a_text(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let path = format!("/public/meetings/{}", fixture.session);
        open(world, &path).shows("Publicar la estadística");
        let translations = json!({"translations": {"en": {"name": "Publicar la estadística"}}});
        admin.patch(&format!("/commissions/{}", fixture.mitp), translations).expect(200);
        open(world, &path).hides("Publicar la estadística");
    }
}

with_public_view! {
    fn an_admin_lists_former_names_and_removes_one(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let path = format!("/public/meetings/{}", fixture.session);
        let delegates = format!("/commissions/{}/delegates", fixture.ceti);
        let delegate = admin.get(&delegates).expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
        let rename = |name: &str| drop(admin.patch(&format!("{delegates}/{delegate}"), json!({"name": name})).expect(200));
        rename("Elaborar Protocolo");
        rename("Rosa Quispe");
        open(world, &path).hides("Elaborar el protocolo");
        assert_eq!(former(world), [("Elaborar Protocolo".to_owned(), "delegate".to_owned())], "no name that a list still has");
        let browser = Browser::of(world, &admin);
        let settings = browser.open("/settings");
        let list = browser.open(&settings.link("Nombres anteriores"));
        list.shows("Un nombre").shows("Elaborar Protocolo").shows("Delegado");
        let asked = browser.open(&list.link("Quitar : Elaborar Protocolo"));
        asked.shows("«Elaborar Protocolo»");
        browser.submit_and_follow(&asked.form()).shows("El nombre anterior se quitó.").shows("No hay nombres anteriores.");
        open(world, &path).shows("Elaborar el protocolo");
        check(world, &fixture);
        let entries = admin.get("/audit-log?kind=former_name").expect(200).json["items"].clone();
        assert_eq!(entries.as_array().unwrap().len(), 1);
        assert_eq!((&entries[0]["action"], &entries[0]["before"]["name"]), (&json!("deleted"), &json!("Elaborar Protocolo")));
        browser.open("/audit-log?kind=former_name").shows("nombre anterior");
    }
}

with_public_view! {
    fn a_name_that_a_commission_had_by_mistake_is_removed(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let body = json!({"country_code": "CL", "name": "Protocolo", "acronym": "Elaborar", "kind": "committee"});
        let commission = admin.post("/commissions", body).expect(201).id();
        let path = format!("/public/meetings/{}", fixture.session);
        open(world, &path).hides("Elaborar el protocolo");
        admin.patch(&format!("/commissions/{commission}"), json!({"name": "Mesa regional", "acronym": null})).expect(200);
        open(world, &path).hides("Elaborar el protocolo");
        let one = admin.get(&path_of(world, "Elaborar")).expect(200).json;
        assert_eq!((&one["origin"], &one["commission_id"], &one["country_code"]), (&json!("commission"), &json!(commission), &json!("CL")));
        for person in [world.coordinator("CL"), world.secretariat(&fixture.ceti), world.stranger()] {
            person.get("/former-names").expect(404);
            person.delete(&path_of(world, "Elaborar")).expect(404);
        }
        admin.delete(&path_of(world, "Elaborar")).expect(204);
        open(world, &path).shows("Elaborar el protocolo");
    }
}

with_public_view! {
    fn an_upgrade_finds_the_names_of_earlier_versions_in_frozen_minutes_and_the_audit_log(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let delegates = format!("/commissions/{}/delegates", fixture.ceti);
        let delegate = admin.get(&delegates).expect(200).json["items"][0]["id"].as_str().unwrap().to_owned();
        admin.delete(&format!("{delegates}/{delegate}")).expect(204);
        world.upgrade_from_before("0060", "DELETE FROM attendances; DELETE FROM agenda_items;");
        check(world, &fixture);
        let found = former(world);
        for (name, origin) in [("Rosa Quispe", "delegate"), ("Ana Soto", "minutes"), ("Ana Soto", "attendance"), ("Pedro Mamani", "presenter")] {
            assert!(found.contains(&(name.to_owned(), origin.to_owned())), "{name} {origin}: {found:?}");
        }
        let users = admin.get("/users?limit=200").expect(200).json["items"].clone();
        let is_former = |name: &Value| found.iter().any(|(own, _)| Some(own.as_str()) == name.as_str());
        assert!(users.as_array().unwrap().iter().all(|one| !is_former(&one["name"])), "no present name: {found:?}");
    }
}

with_public_view! {
    fn the_names_of_institutions_on_agendas_hide_nothing(world) {
        let (fixture, admin) = (Fixture::new(world), world.admin());
        let institution = |name: &str, more: Value| {
            let mut body = json!({"name": name, "sector": "government", "country_code": "CL"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("/institutions", body).expect(201).id()
        };
        let junta = institution("Junta Nacional de Jardines Infantiles", json!({"aliases": ["Jardines Infantiles Estatales"]}));
        let poder = institution("Poder Judicial", json!({"official_name": "Tribunales de la República de Chile"}));
        let gerencia = institution("Gerencia Regional de Trabajo de Tacna", json!({}));
        publish(world, &fixture.mitp);
        let meeting = json!({"commission_ids": [fixture.ceti], "kind": "ordinary", "title": "Sesión", "held": "2023-08-24", "status": "held", "ordinal": 9});
        let session = admin.post("/meetings", meeting).expect(201).id();
        let presenters = ["Junta Nacional de Jardines Infantiles", "Jardines Infantiles Estatales", "Poder Judicial / Elena Poma", "Tribunales de la República de Chile", "Gerencia Regional de Trabajo"];
        let agenda: Vec<Value> = presenters.iter().map(|who| json!({"title": "Punto", "kind": "information", "presenter": who})).collect();
        admin.put(&format!("/meetings/{session}/agenda"), json!(agenda)).expect(200);
        // The names of the last two are former names from here on.
        admin.put(&format!("/meetings/{session}/agenda"), json!(agenda[..3])).expect(200);
        let titles = ["Los jardines infantiles estatales informan", "El Poder Judicial informa", "Informan los tribunales de la República de Chile", "La gerencia regional de trabajo informa"];
        for title in titles.iter().copied().chain(["Expone Elena Poma"]) {
            let body = json!({"commission_ids": [fixture.ceti], "kind": "meeting_agreement", "title": title, "meeting_id": session});
            admin.post("/agreements", body).expect(201);
        }
        for (n, one) in [&junta, &poder, &gerencia].into_iter().enumerate() {
            let body = json!({"commission_ids": [fixture.ceti], "text": format!("Capacitar {n}"), "assignments": [{"institution_id": one}]});
            admin.post("/commitments", body).expect(201);
        }
        admin.put(&format!("/meetings/{session}/minutes"), json!({"body": "Acta"})).expect(200);
        admin.post(&format!("/meetings/{session}/minutes/circulation"), json!({})).expect(200);
        admin.post(&format!("/meetings/{session}/minutes/approval"), json!({})).expect(200);
        assert_eq!(open(world, &format!("/public/meetings/{session}")).texts("main h3"), titles);
        let commission = open(world, &format!("/public/commissions/{}", fixture.ceti));
        let rows = ["Gerencia Regional de Trabajo de Tacna", "Junta Nacional de Jardines Infantiles", "Poder Judicial"];
        assert_eq!(commission.texts("section:first-of-type tbody th"), rows);
    }
}

with_public_view! {
    fn nothing_is_said_to_be_missing_where_rows_are_left_out(world) {
        let fixture = Fixture::new(world);
        let person = world.institution("Fundación Ana Soto");
        let body = json!({"commission_ids": [fixture.ceti], "text": "Capacitar", "assignments": [{"institution_id": person}]});
        world.admin().post("/commitments", body).expect(201);
        let page = open(world, &format!("/public/commissions/{}", fixture.ceti));
        page.hides("Ana Soto").shows("No hay compromisos por institución para mostrar.");
        open(world, "/public").shows("No hay informes aprobados para mostrar.");
    }
}
