//! The pages of activities: entering one with findings, sending it back, validating several, the registry.

use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn an_activity_goes_from_a_draft_through_its_findings_into_the_registry(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Ministerio de Salud");
        world.member(&ceti, &minsal, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let office = Browser::of(world, &representative);
        checked(office.open("/activities")).shows("Todavía no hay actividades");
        let page = checked(office.open("/activities/new"));
        let form = page.form().set("title", "Taller regional").set("kind", "training").set("country_code", "CL")
            .set("starts", "junio de 2023").set("status", "draft");
        let asked = checked(office.submit(&form).expect(200));
        asked.shows("Entendido como junio de 2023");
        let shown = checked(office.submit_and_follow(&asked.form()));
        shown.shows("La actividad está guardada.").shows("Borrador").shows("Para el informe anual").shows("participantes");
        let edit = checked(office.open(&shown.link("Editar actividad")));
        edit.shows("El informe anual lo pedirá:");
        let form = edit.form().set("participants/total", "20").set("participants/women", "12").set("participants/men", "9").set("status", "submitted");
        let refused = checked(office.submit(&form).expect(422));
        refused.shows("Mujeres y hombres suman más que el total");
        let form = refused.form().set("participants/men", "8").set("evidence/0/title", "Lista").set("evidence/0/url", "https://min.example/lista");
        let shown = checked(office.submit_and_follow(&form));
        shown.shows("se envió a la secretaría").shows("Por validar").shows("20 personas, 12 mujeres, 8 hombres").shows("Lista");
        let path = shown.link("Editar actividad").trim_end_matches("/edit").to_owned();

        let desk = Browser::of(world, &secretariat);
        checked(desk.open("/registry?country_code=CL&from=2023-01-01&to=2023-12-31")).shows("1 por validar").hides("Actividades con fecha");
        assert_eq!(checked(desk.open(&path)).link("Validar"), "/activities/validation");
        let back = checked(desk.open(&format!("{path}/return")));
        checked(desk.submit(&back.form()).expect(422));
        let back = checked(desk.submit_and_follow(&back.form().set("reason", "Falta el territorio.")));
        back.shows("se devolvió con el motivo").shows("Falta el territorio.");
        let edit = checked(office.open(&format!("{path}/edit")));
        let form = edit.form().set("places", "Arica\nTarapacá").set("status", "submitted");
        checked(office.submit_and_follow(&form)).shows("Arica, Tarapacá").hides("Falta el territorio.");

        let queue = checked(desk.open("/activities/validation"));
        queue.shows("Taller regional");
        checked(desk.submit(&queue.form()).expect(422));
        let id = path.trim_start_matches("/activities/").to_owned();
        checked(desk.submit_and_follow(&queue.form().mark("ids", &id))).shows("están en el registro").shows("No hay actividades por validar");
        let registry = checked(desk.open("/registry?country_code=CL&from=2023-01-01&to=2023-12-31"));
        registry.shows("1 actividad validada").shows("Taller regional");
        desk.get(&registry.link("Descargar como .csv")).expect(200);
        desk.get(&registry.link("Descargar como hoja de cálculo (.xlsx)")).expect(200);
        office.get(&format!("{path}/edit")).expect(403);
        open(world, &representative, &path).shows("Validada").hides("Editar actividad");
        checked(desk.open("/activities?status=validated&kind=training")).shows("1 actividad");
    }
}

on_both! {
    fn what_the_form_does_not_show_stays_and_names_of_institutions_are_read(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Ministerio de Salud");
        let secretariat = world.secretariat(&ceti);
        let desk = Browser::of(world, &secretariat);
        let made = secretariat.post("/activities", json!({"country_code": "CL", "kind": "campaign", "title": "Campaña", "commission_ids": [ceti], "occurrences": null, "period": {"from": "2023-01-01", "to": "2023-06-30"}})).expect(201);
        let path = format!("/activities/{}", made.id());
        let form = checked(desk.open(&format!("{path}/edit"))).form();
        let refused = checked(desk.submit(&form.set("organizers/0/name", "Nadie así")).expect(422));
        refused.shows("Nadie así");
        let form = refused.form().set("organizers/0/name", "ministerio de salud");
        checked(desk.submit_and_follow(&form)).shows("La actividad está guardada.").shows("Ministerio de Salud");
        let saved = secretariat.get(&path).expect(200).json;
        assert_eq!((&saved["organizer_ids"], &saved["occurrences"], &saved["period"]["to"]), (&json!([minsal]), &json!(null), &json!("2023-06-30")));
        let removal = checked(desk.open(&format!("{path}/removal")));
        checked(desk.submit_and_follow(&removal.form())).shows("La actividad se eliminó.");
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn commissions_that_the_editor_does_not_see_stay(world) {
        let (own, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let body = json!({"country_code": "CL", "kind": "campaign", "title": "Campaña", "commission_ids": [own, other]});
        let path = format!("/activities/{}", world.coordinator("CL").post("/activities", body).expect(201).id());
        let desk = Browser::of(world, &world.secretariat(&own));
        let page = checked(desk.open(&format!("{path}/edit")));
        page.hides("MITP");
        checked(desk.submit_and_follow(&page.form().set("title", "Otra campaña")));
        let kept = world.admin().get(&path).expect(200).json;
        assert_eq!((&kept["title"], kept["commission_ids"].as_array().unwrap().len()), (&json!("Otra campaña"), 2), "{kept}");
    }
}

on_both! {
    fn nothing_is_validated_sent_back_or_removed_that_has_changed_since_it_was_shown(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let desk = Browser::of(world, &secretariat);
        let body = json!({"country_code": "CL", "kind": "campaign", "title": "Campaña", "commission_ids": [ceti], "status": "submitted"});
        let id = world.coordinator("CL").post("/activities", body).expect(201).id();
        let path = format!("/activities/{id}");
        let queue = desk.open("/activities/validation").form().mark("ids", &id);
        let back = desk.open(&format!("{path}/return")).form().set("reason", "Falta la fecha.");
        let removal = desk.open(&format!("{path}/removal")).form();
        world.at("2023-09-01T12:10:00Z");
        world.coordinator("CL").patch(&path, json!({"title": "Otra campaña"})).expect(200);
        for form in [&queue, &back, &removal] {
            desk.submit(form).expect(409).shows("Este registro cambió");
        }
        assert_eq!(secretariat.get(&path).expect(200).json["status"], "submitted");
        let again = checked(desk.submit(&queue).expect(409));
        checked(desk.submit_and_follow(&again.form()));
        assert_eq!(secretariat.get(&path).expect(200).json["status"], "validated");
    }
}

on_both! {
    fn dates_to_confirm_and_faults_of_other_fields_come_at_once(world) {
        let ceti = world.commission("CL", "CETI");
        let office = Browser::of(world, &world.secretariat(&ceti));
        let new = office.open("/activities/new").form().set("title", "Taller").set("kind", "training").set("country_code", "CL");
        let wrong = new.set("starts", "junio de 2023").set("evidence/0/title", "Lista").set("evidence/0/url", "min.example");
        let shown = checked(office.submit(&wrong).expect(422));
        shown.shows("Entendido como junio de 2023").shows("Debajo de cada fecha se indica cómo se entendió.").hides("presione otra vez");
        assert_eq!(shown.texts(".errors li").len(), 1, "{}", shown.words());
        let saved = checked(office.submit_and_follow(&shown.form().set("evidence/0/url", "https://min.example/lista")));
        saved.shows("Lista");
    }
}

on_both! {
    fn the_form_offers_the_plan_items_of_the_country_of_the_activity(world) {
        let admin = world.admin();
        for (country, title) in [("CL", "Paso de Arica"), ("PE", "Paso de Tacna")] {
            world.commission(country, "CETI");
            let plan = admin.post("/plans", json!({"country_code": country, "kind": "roadmap", "title": "Hoja de ruta"})).expect(201).id();
            admin.post(&format!("/plans/{plan}/items"), json!({"kind": "action", "title": title})).expect(201);
        }
        let body = json!({"country_code": "CL", "kind": "training", "title": "Curso"});
        let id = admin.post("/activities", body).expect(201).id();
        let page = checked(open(world, &admin, &format!("/activities/{id}/edit")));
        page.shows("Paso de Arica").hides("Paso de Tacna").hides("Paso de Arica (Chile)");
        checked(open(world, &admin, "/activities/new")).shows("Paso de Arica (Hoja de ruta, Chile)").shows("Paso de Tacna (Hoja de ruta, Perú)");
    }
}
