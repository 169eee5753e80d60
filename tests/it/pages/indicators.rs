//! The pages of indicators: from the plan to the series.

use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn an_indicator_is_entered_from_its_plan_measured_and_corrected(world) {
        world.country("PE");
        let (who, region) = (world.coordinator("PE"), world.institution("Gobierno Regional de Puno"));
        let browser = Browser::of(world, &who);
        let plan = who.post("/plans", json!({"country_code": "PE", "kind": "policy", "title": "Política nacional"})).expect(201).id();
        let item = who.post(&format!("/plans/{plan}/items"), json!({"kind": "service", "title": "Registro", "label": "S 1"})).expect(201).id();
        let shown = checked(browser.open(&format!("/plans/{plan}")));
        assert_eq!(shown.link("Agregar un indicador Registro"), format!("/indicators/new?plan_item_id={item}"));
        let new = checked(browser.open(&format!("/indicators/new?plan_item_id={item}")));
        assert_eq!(new.form().value("plan_item_id"), item);
        checked(browser.submit(&new.form().set("baseline/year", "2019")).expect(422)).shows("Nombre").shows("Unidad");
        let form = new.form().set("name", "Distritos con autorizaciones").set("unit", "%").set("baseline/value", "12,5").set("baseline/year", "2019");
        let form = form.set("targets/0/year", "2022").set("targets/0/value", "20").set("names/0/name", "gobierno regional de puno");
        let page = checked(browser.submit_and_follow(&form));
        page.shows("El indicador está guardado.").shows("no es cero").shows("12.5 % (2019)");
        let id = page.path.split(['/', '?']).nth(2).unwrap().to_owned();
        let path = format!("/indicators/{id}");
        assert_eq!(who.get(&path).expect(200).json["responsible_ids"], json!([region]));
        let value = checked(browser.open(&format!("{path}/values/new"))).form();
        checked(browser.submit(&value.clone().set("period", "2022")).expect(422)).shows("Valor (%)");
        checked(browser.submit(&value.clone().set("period", "2022").set("value", "doce")).expect(422)).shows("Se espera un número sin separador de miles");
        let form = value.set("period", "2022").set("value", "18,45").set("preliminary", "true").set("evidence/0/title", "Boletín").set("evidence/0/url", "https://example.org/boletin");
        let page = checked(browser.submit_and_follow(&form));
        page.shows("El valor está registrado.").shows("18.45").shows("Valor preliminar").shows("no se alcanzó").shows("79 %").shows("Boletín");
        assert_eq!(page.texts("figure.chart svg title"), ["Distritos con autorizaciones (%)"]);
        let correction = checked(browser.open(&page.link("Corregir 2022")));
        assert_eq!((correction.form().value("period"), correction.form().value("value")), ("2022", ""));
        let page = checked(browser.submit_and_follow(&correction.form().set("value", "0")));
        page.shows("corregido").shows("18.45");
        assert_eq!(who.get(&path).expect(200).json["latest"]["value"], 0);
        let plan_page = checked(browser.open(&format!("/plans/{plan}")));
        plan_page.shows("0 % (2022)");
        let back = checked(browser.open(&format!("{path}/values/new?period=2022"))).form().set("taken_back", "true");
        let page = checked(browser.submit_and_follow(&back));
        page.shows("retirado").shows("no es cero");
        assert_eq!(who.get(&path).expect(200).json["latest"], json!(null));
        browser.submit(&checked(browser.open(&format!("{path}/removal"))).form()).expect(409);
        let edit = checked(browser.open(&format!("{path}/edit")));
        assert_eq!(edit.form().value("names/0/name"), "Gobierno Regional de Puno");
        let representative = world.representative(&region);
        open(world, &representative, &path).shows("Registrar un valor").hides("Editar indicador");
        Browser::of(world, &representative).get(&format!("{path}/edit")).expect(403);
        Browser::of(world, &world.stranger()).get(&path).expect(404);
    }
}

on_both! {
    fn an_indicator_without_values_is_deleted(world) {
        world.country("PE");
        let who = world.coordinator("PE");
        let browser = Browser::of(world, &who);
        let plan = who.post("/plans", json!({"country_code": "PE", "kind": "policy", "title": "Política nacional"})).expect(201).id();
        let item = who.post(&format!("/plans/{plan}/items"), json!({"kind": "service", "title": "Registro"})).expect(201).id();
        let id = who.post("/indicators", json!({"plan_item_id": item, "name": "Distritos", "unit": "distritos"})).expect(201).id();
        checked(browser.open(&format!("/plans/{plan}"))).shows("Distritos : sin dato");
        let removal = checked(browser.open(&format!("/indicators/{id}/removal")));
        checked(browser.submit_and_follow(&removal.form())).shows("El indicador se eliminó.").hides("Distritos");
    }
}
