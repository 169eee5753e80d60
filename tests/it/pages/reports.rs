//! The pages of the annual report: from creation to approval, with a question given to a secretariat.

use serde_json::json;

use super::{checked, open};
use crate::access_matrix::make_ready;
use crate::on_both;
use crate::reports::{activity, body, roadmap};
use crate::support::{Browser, FilledForm};

on_both! {
    fn a_report_is_created_answered_and_approved_on_pages(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Taller de Arica", "starts": "2023-06", "highlight": true}));
        let browser = Browser::of(world, &who);
        checked(browser.open("/reports")).shows("Todavía no hay informes.");
        let new = checked(browser.open("/reports/new"));
        let suggested = new.form();
        let last_year = (suggested.value("period_from"), suggested.value("period_to"), suggested.value("roadmap_id"));
        assert_eq!(last_year, ("01/01/2022", "31/12/2022", plan.as_str()), "the last year and the only roadmap");
        checked(browser.submit(&suggested.set("period_from", "")).expect(422)).shows("Primer día del período");
        let other = json!({"country_code": "CL", "kind": "roadmap", "title": "Otra hoja de ruta"});
        who.post("/plans", other).expect(201);
        let form = new.form().set("period_from", "2023-05-01").set("period_to", "2023-12-31").set("roadmap_id", &plan);
        let index = checked(browser.submit_and_follow(&form));
        index.shows("El informe está creado y redactado.").shows("Para aprobar el informe falta:").shows("Por confirmar");
        let path = index.path.split('?').next().unwrap().to_owned();
        checked(browser.open("/reports")).shows("Informe de progreso anual: Chile");
        let next = checked(browser.open("/reports/new")).form();
        assert_eq!((next.value("period_from"), next.value("period_to")), ("01/01/2024", "31/12/2024"), "after the last report");
        let approval = checked(browser.open(&format!("{path}/approval")));
        approval.shows("por confirmar").hides("No se envía ningún correo.");

        let question = format!("{path}/questions/highlights");
        let page = checked(browser.open(&question));
        page.shows("Taller de Arica").hides("(opcional)").shows("Fuentes").shows("Guardar y confirmar");
        let confirmation = format!("{question}/confirmation");
        let confirm = FilledForm { action: confirmation.clone(), ..page.form() };
        let written = page.form().set("text", "Trabajo infantil, trabajo forzoso y trata de personas.");
        checked(browser.submit_and_follow(&written)).shows("La respuesta está guardada y confirmada.").shows("Confirmada por");
        let late = checked(browser.submit(&confirm).expect(200));
        late.shows("Hay cambios sin guardar.").hides("La respuesta está confirmada.");
        assert_eq!(late.form_to(&question).value("text"), confirm.value("text"), "nothing is lost");
        let stored = who.get(&format!("{path}/answers/highlights")).expect(200).json;
        assert_eq!(stored["answer"]["text"], "Trabajo infantil, trabajo forzoso y trata de personas.", "nothing is lost");
        let stale = browser.open(&format!("{question}/draft")).form();
        let newer = browser.open(&question).form().set("text", "Trabajo infantil, trabajo forzoso y trata de personas, con cifras.");
        browser.submit_and_follow(&newer);
        checked(browser.submit(&stale).expect(409)).shows("Este registro cambió");
        let back = checked(browser.open(&format!("{question}/draft")));
        checked(browser.submit_and_follow(&back.form())).shows("redactada de nuevo").shows("Taller de Arica");
        let page = browser.open(&question);
        let confirm = FilledForm { action: confirmation, ..page.form() };
        checked(browser.submit_and_follow(&confirm)).shows("La respuesta está confirmada.");

        let partners = format!("{path}/questions/national_partner_detail");
        let page = checked(browser.open(&partners));
        let more = checked(browser.submit(&page.form().set("rows/0/partner", "CUT").set("add", "rows")).expect(200));
        let form = more.form().set("rows/1/partner", "CPC").set("rows/1/description", "Difusión.");
        checked(browser.submit_and_follow(&form)).shows("guardada y confirmada");
        let stored = who.get(&format!("{}/answers/national_partner_detail", path)).expect(200).json;
        assert_eq!(stored["answer"]["rows"], json!([{"partner": "CUT"}, {"partner": "CPC", "description": "Difusión."}]));

        make_ready(&who, path.trim_start_matches("/reports/"));
        let approval = checked(browser.open(&format!("{path}/approval")));
        approval.shows("No se envía ningún correo.").shows("Difusión.");
        who.put(&format!("{path}/answers/difficulties"), json!({"text": "Faltó tiempo."})).expect(200);
        browser.submit(&approval.form()).expect(409);
        let approval = browser.open(&format!("{path}/approval"));
        checked(browser.submit_and_follow(&approval.form())).shows("El informe está aprobado.").hides("Redactar de nuevo");
        checked(browser.open(&partners)).shows("La respuesta ya no cambia.").hides("Guardar y confirmar");
        let version = checked(browser.open(&format!("{path}/versions")));
        checked(browser.submit(&version.form()).expect(422));
        checked(browser.submit_and_follow(&version.form().set("reason", "Cambió una cifra."))).shows("La versión nueva está creada.").shows("Escrita, por confirmar");
        checked(browser.open(&format!("{path}/compare"))).shows("El país no tiene un informe anterior").hides("Se desconoce");
        checked(browser.open(&path)).hides("Comparar con el anterior").shows("Hay un borrador de la versión 2");
    }
}

on_both! {
    fn a_secretariat_answers_its_question_on_a_page_and_knows_no_other(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let ceti = world.commission("CL", "CETI");
        let (who, secretariat) = (world.coordinator("CL"), world.secretariat(&ceti));
        let path = format!("/reports/{}", who.post("/reports", body("CL", &plan)).expect(201).id());
        let question = format!("{path}/questions/difficulties");
        let clerk = Browser::of(world, &secretariat);
        clerk.get(&path).expect(404);
        open(world, &secretariat, "/reports").shows("No hay informes ni preguntas");
        let browser = Browser::of(world, &who);
        let form = checked(browser.open(&format!("{question}/assignee"))).form();
        checked(browser.submit_and_follow(&form.set("commission_id", &ceti))).shows("La pregunta quedó asignada.");
        open(world, &secretariat, &path).shows("Sin respuesta").hides("Aprobar informe").hides("Documentos");
        let page = checked(clerk.open(&question));
        page.hides("Cambiar");
        checked(clerk.submit_and_follow(&page.form().set("text", "Reportan poco las regiones."))).shows("guardada y confirmada");
        checked(browser.open("/")).shows("Preguntas asignadas a comisiones").shows("1 de 1 respondidas y confirmadas");
        let comments = checked(clerk.open(&format!("{question}/comments")));
        checked(clerk.submit_and_follow(&comments.form().set("text", "Revisar con Tarapacá."))).shows("Revisar con Tarapacá.");
        checked(browser.open(&question)).shows("Reportan poco las regiones.").shows("Revisar con Tarapacá.");
        for hidden in ["approval", "edit", "drafting", "removal", "compare", "questions/highlights"] {
            assert!([403, 404].contains(&clerk.get(&format!("{path}/{hidden}")).status), "{hidden}");
        }
    }
}
