//! The pages of periodic reports: the secretariat asks for one, an institution reports, corrects, and is reviewed.

use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::support::{Browser, World};

/// Makes a commission with a region that is a member of it.
fn region(world: &World) -> (String, String) {
    let commission = world.commission("PE", "CPETI");
    let body = json!({"name": "Gobierno Regional de Piura", "sector": "regional_government", "country_code": "PE"});
    let region = world.admin().post("/institutions", body).expect(201).id();
    world.member(&commission, &region, "member");
    (commission, region)
}

on_both! {
    fn a_secretariat_asks_for_a_report_and_sees_who_has_reported(world) {
        let (commission, region) = region(world);
        let secretariat = world.secretariat(&commission);
        let browser = Browser::of(world, &secretariat);
        checked(browser.open("/duties")).shows("No hay informes periódicos que se puedan ver.");
        let new = checked(browser.open("/duties/new"));
        checked(browser.submit(&new.form()).expect(422)).shows("Nombre del informe");
        let form = new.form().set("title", "Informe trimestral").set("every", "quarter").set("from", "I trimestre 2023").set("sector", "regional_government")
            .set("fields/0/label", "Casos detectados").set("fields/0/kind", "count");
        let shown = checked(browser.submit(&form).expect(200));
        let page = checked(browser.submit_and_follow(&shown.form()));
        page.shows("El informe periódico quedó guardado.").shows("Gobierno Regional de Piura").shows("No informó");
        let duty = secretariat.get("/duties").items()[0].clone();
        assert_eq!(duty["fields"], json!([{"key": "casos_detectados", "label": "Casos detectados", "kind": "count", "unit": null}]));
        let path = format!("/duties/{}", duty["id"].as_str().unwrap());
        let cell = checked(browser.open(&format!("{path}/reports/{region}/2023-Q1")));
        cell.shows("No informó").shows("Dispensar a la institución");
        let removal = checked(browser.open(&format!("{path}/removal")));
        checked(browser.submit_and_follow(&removal.form())).shows("El informe periódico se eliminó.");
    }
}

on_both! {
    fn an_institution_reports_zero_is_returned_and_corrects(world) {
        let (commission, region) = region(world);
        let (secretariat, representative) = (world.secretariat(&commission), world.representative(&region));
        let fields = json!([{"key": "found", "label": "Casos detectados", "kind": "count"}, {"key": "coverage", "label": "Cobertura", "kind": "percent"}, {"key": "remarks", "label": "Observaciones", "kind": "text"}]);
        let body = json!({"commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q2", "sector": "regional_government", "fields": fields});
        let duty = secretariat.post("/duties", body).expect(201).id();
        let path = format!("/duties/{duty}/reports/{region}/2023-Q2");
        let institution = Browser::of(world, &representative);
        let page = checked(institution.open(&path));
        page.shows("No informó").shows("Informar").hides("Dispensar");
        checked(institution.submit(&page.form()).expect(422)).shows("Indique al menos uno");
        let faulty = page.form().set("values/found", "-3").set("values/coverage", "12,5").set("values/remarks", "12");
        checked(institution.submit(&faulty).expect(422)).shows("Casos detectados");
        let page = checked(institution.submit_and_follow(&faulty.set("values/found", "0").set("values/coverage", "0")));
        page.shows("El informe quedó recibido").shows("Informó cero").shows("fuera de plazo").shows("por revisar");
        let stored = representative.get(&path).expect(200).json;
        assert_eq!(stored["values"], json!({"found": 0, "coverage": 0, "remarks": "12"}));

        let clerk = Browser::of(world, &secretariat);
        let review = checked(clerk.open(&path));
        let returned = |comment: &'static str| [("outcome", "returned"), ("comment", comment)];
        checked(clerk.post(&path, &returned("")).expect(422)).shows("Comentario");
        assert_eq!(clerk.post(&path, &returned("Falta marzo")).status, 303);
        review.shows("Revisar");
        let page = checked(institution.open(&path));
        page.shows("devuelto").shows("Falta marzo").shows("Corregir el informe");
        let form = page.form();
        assert_eq!(form.value("values/found"), "0");
        checked(institution.submit_and_follow(&form.set("values/found", "4"))).shows("Informó").shows("Corrección recibida");
        assert_eq!(representative.get(&path).expect(200).json["revision"], 2);
        open(world, &world.observer(&commission), &path).shows("Informó").hides("Corregir").hides("Dispensar");
    }
}

on_both! {
    fn a_secretariat_waives_a_report_and_withdraws_the_waiver(world) {
        let (commission, region) = region(world);
        let secretariat = world.secretariat(&commission);
        let body = json!({"commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1", "institution_ids": [region]});
        let duty = secretariat.post("/duties", body).expect(201).id();
        let path = format!("/duties/{duty}/reports/{region}/2023-Q1");
        let clerk = Browser::of(world, &secretariat);
        checked(clerk.post(&path, &[("waive", "true")]).expect(422)).shows("Motivo");
        assert_eq!(clerk.post(&path, &[("waive", "true"), ("reason", "Emergencia")]).status, 303);
        checked(clerk.open(&path)).shows("Dispensada").shows("Emergencia");
        assert_eq!(clerk.post(&path, &[("withdraw", "true")]).status, 303);
        checked(clerk.open(&path)).shows("No informó").shows("Dispensa retirada");
        Browser::of(world, &world.representative(&region)).post(&path, &[("waive", "true"), ("reason", "x")]).expect(403);
    }
}

on_both! {
    fn a_form_offers_no_item_of_a_plan_that_may_not_be_known(world) {
        let (commission, _) = region(world);
        let (other, coordinator) = (world.commission("PE", "CIGTPE"), world.coordinator("PE"));
        let item = |commissions: &[&String], title: &str| {
            let plan = json!({"country_code": "PE", "kind": "roadmap", "title": title, "commission_ids": commissions});
            let plan = coordinator.post("/plans", plan).expect(201).id();
            let item = json!({"kind": "priority", "title": format!("Servicio de {title}")});
            coordinator.post(&format!("/plans/{plan}/items"), item).expect(201).id()
        };
        let hidden = item(&[&other], "otra comisión");
        item(&[&commission], "esta comisión");
        let secretariat = world.secretariat(&commission);
        let only = checked(Browser::of(world, &secretariat).open("/duties/new"));
        only.shows("Servicio de esta comisión").hides("(esta comisión)");
        item(&[&commission], "un segundo plan");
        checked(Browser::of(world, &secretariat).open("/duties/new")).shows("Servicio de un segundo plan (un segundo plan)");
        let pages = ["/duties/new", "/observations/new", "/commitments/new", "/activities/new"];
        for page in pages {
            let shown = checked(Browser::of(world, &secretariat).open(page));
            shown.shows("Servicio de esta comisión").hides("Servicio de otra comisión");
        }
        let body = json!({"commission_ids": [commission], "title": "Informe", "every": "quarter", "from": "2023-Q1", "sector": "regional_government"});
        let duty = secretariat.post("/duties", body).expect(201).id();
        coordinator.patch(&format!("/duties/{duty}"), json!({"plan_item_id": hidden})).expect(200);
        let browser = Browser::of(world, &secretariat);
        let form = checked(browser.open(&format!("/duties/{duty}/edit"))).form();
        browser.submit_and_follow(&form.set("title", "Informe trimestral"));
        let stored = coordinator.get(&format!("/duties/{duty}")).expect(200).json;
        assert_eq!((&stored["title"], &stored["plan_item_id"]), (&json!("Informe trimestral"), &json!(hidden)), "an item that the form does not show stays");
    }
}

on_both! {
    fn a_number_with_a_separator_of_thousands_is_refused_and_kept_in_the_form(world) {
        let (commission, region) = region(world);
        let (secretariat, representative) = (world.secretariat(&commission), world.representative(&region));
        let fields = json!([{"key": "found", "label": "Casos detectados", "kind": "count"}]);
        let body = json!({"commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q2", "sector": "regional_government", "fields": fields});
        let duty = secretariat.post("/duties", body).expect(201).id();
        let path = format!("/duties/{duty}/reports/{region}/2023-Q2");
        let browser = Browser::of(world, &representative);
        for typed in ["1.000", "12,000", "1e3"] {
            let refused = checked(browser.submit(&browser.open(&path).form().set("values/found", typed)).expect(422));
            refused.shows("número entero sin separador de miles, como 1500");
            assert_eq!(refused.form().value("values/found"), typed);
        }
        browser.submit_and_follow(&browser.open(&path).form().set("values/found", "1500"));
        assert_eq!(representative.get(&path).expect(200).json["values"]["found"], 1500);
    }
}
