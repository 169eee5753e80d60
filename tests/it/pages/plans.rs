//! The pages of plans, their items and observations.

use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::reports::{activity, roadmap};
use crate::support::Browser;

on_both! {
    fn a_plan_is_entered_with_its_items_and_shows_what_the_records_say(world) {
        world.country("CL");
        let who = world.coordinator("CL");
        let browser = Browser::of(world, &who);
        checked(browser.open("/plans")).shows("No hay planes que se puedan ver.");
        let new = checked(browser.open("/plans/new"));
        checked(browser.submit(&new.form()).expect(422)).shows("Nombre");
        let form = new.form().set("title", "Hoja de ruta 2022 – 2025").set("kind", "roadmap").set("starts", "2022").set("ends", "2025");
        let page = checked(browser.submit_and_follow(&form));
        page.shows("El plan está guardado.").shows("El plan no tiene puntos registrados.").shows("2022 – 2025");
        let path = page.path.split('?').next().unwrap().to_owned();
        let ministry = world.institution("Ministerio del Trabajo");
        let item = checked(browser.open(&format!("{path}/items/new")));
        let form = item.form().set("kind", "priority").set("label", "Prioridad 1").set("title", "Información").set("names/0/name", "ministerio del trabajo");
        let page = checked(browser.submit_and_follow(&form));
        page.shows("Prioridad 1").shows("Sin estado").shows("Ministerio del Trabajo");
        let items = who.get(&format!("{path}/items")).expect(200);
        let stored = &items.items()[0];
        assert_eq!(stored["responsible_ids"], json!([ministry]));
        let id = stored["id"].as_str().unwrap();
        let edit = checked(browser.open(&format!("{path}/items/{id}/edit")));
        assert_eq!(edit.form().value("names/0/name"), "Ministerio del Trabajo");
        checked(browser.submit(&edit.form().set("names/0/name", "Nadie")).expect(422)).shows("Nadie");
        let child = checked(browser.open(&format!("{path}/items/new"))).form();
        let child = child.set("kind", "next_step").set("title", "Segunda edición").set("parent_id", id).set("period_from", "2023-05-01").set("period_to", "2023-08-31");
        browser.submit_and_follow(&child);
        activity(&who, "CL", id, json!({"title": "Taller", "starts": "2023-06"}));
        let shown = checked(browser.open(&path));
        shown.shows("1 actividad validada").shows("Los registros sugieren, a la fecha de hoy:");
        assert_eq!(shown.texts(".tree > .depth-1").len(), 1);
        browser.submit(&checked(browser.open(&format!("{path}/removal"))).form()).expect(409);
        let step = who.get(&format!("{path}/items")).expect(200).items()[1]["id"].as_str().unwrap().to_owned();
        let removal = checked(browser.open(&format!("{path}/items/{step}/removal")));
        checked(browser.submit_and_follow(&removal.form())).shows("El punto se eliminó.");
        let reader = world.representative(&ministry);
        open(world, &reader, &path).shows("Prioridad 1").hides("Editar plan");
        Browser::of(world, &reader).get(&format!("{path}/edit")).expect(403);
        Browser::of(world, &world.stranger()).get(&path).expect(404);
        who.post("/plans", json!({"country_code": "CL", "kind": "work_plan", "title": "Plan anual", "starts": "2023", "ends": "2023"})).expect(201);
        let list = open(world, &who, "/plans").texts("td");
        assert!(list.contains(&"2023".to_owned()), "a period of one year is that year: {list:?}");
    }
}

on_both! {
    fn observations_are_entered_by_secretariats_and_changed_by_the_coordinator(world) {
        roadmap(world, "CL", 1, 0);
        let ceti = world.commission("CL", "CETI");
        let (who, secretariat) = (world.coordinator("CL"), world.secretariat(&ceti));
        let clerk = Browser::of(world, &secretariat);
        let form = checked(clerk.open("/observations/new")).form();
        checked(clerk.submit(&form).expect(422)).shows("Texto");
        let form = form.set("kind", "challenge").set("text", "Las regiones reportan poco.").mark("commission_ids", &ceti);
        checked(clerk.submit_and_follow(&form)).shows("La observación está guardada.").shows("Las regiones reportan poco.").hides("Editar");
        let id = who.get("/observations").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        clerk.get(&format!("/observations/{id}/edit")).expect(403);
        let browser = Browser::of(world, &who);
        let form = checked(browser.open(&format!("/observations/{id}/edit"))).form();
        checked(browser.submit_and_follow(&form.set("response", "Se acordó un formato."))).shows("Se acordó un formato.");
        checked(browser.open("/observations?kind=lesson")).shows("No hay observaciones con estos filtros.");
        let removal = checked(browser.open(&format!("/observations/{id}/removal")));
        checked(browser.submit_and_follow(&removal.form())).shows("La observación se eliminó.");
    }
}
