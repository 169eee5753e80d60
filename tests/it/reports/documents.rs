//! The documents of a report: the cover, questions without an answer, and answers beside their options.

use serde_json::{Value, json};

use super::{activity, body, name, question, roadmap};
use crate::access_matrix::make_ready;
use crate::on_both;
use crate::support::{Browser, Person};

fn markdown(who: &Person<'_>, report: &str, query: &str) -> String {
    who.get(&format!("/reports/{report}/document?format=md{query}")).expect(200).text
}

#[track_caller]
fn states(text: &str, words: &[&str]) {
    for one in words {
        assert!(text.contains(one), "{one} is missing in:\n{text}");
    }
}

on_both! {
    fn the_cover_states_commissions_state_version_and_the_office_that_approved_it(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true, "commission_ids": [ceti]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let draft = markdown(&who, &report, "&form=clean");
        states(&draft, &[
            "- **Comisiones:** Comisión CETI (CETI)\n",
            "- **Preguntas:** con redacción propia, en el orden y con la numeración del formulario de la Alianza 8.7\n",
            "- **Estado:** BORRADOR: el informe no está aprobado.\n",
        ]);
        assert!(!draft.contains("MITP") && !draft.contains("la de Articula"), "{draft}");
        world.at("2024-03-04T15:00:00Z");
        let who = world.coordinator("CL");
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        let approved = markdown(&who, &report, "");
        states(&approved, &["- **Comisiones:** Comisión CETI (CETI)\n", "- **Estado:** Aprobado el 4 de marzo de 2024 por la coordinación nacional (Chile)\n"]);
        states(&markdown(&who, &report, "&lang=en"), &["- **Status:** Approved on 4 March 2024 by the national coordination (Chile)\n"]);
        Browser::of(world, &who).open(&format!("/reports/{report}")).shows(&format!(", por {}", name(&who).as_str().unwrap()));

        world.admin().patch(&format!("/commissions/{ceti}"), json!({"name": "Otro nombre"})).expect(200);
        let second = who.post(&format!("/reports/{report}/versions"), json!({"reason": "Cambió una cifra"})).expect(201).id();
        states(&markdown(&who, &second, "&form=clean"), &[
            "- **Comisiones:** Otro nombre (CETI)\n",
            "- **Versión:** 2 (reemplaza a la versión 1)\n",
            "- **Motivo de la versión:** Cambió una cifra\n",
        ]);
        make_ready(&world.admin(), &second);
        world.admin().post(&format!("/reports/{second}/approval"), json!({})).expect(200);
        states(&markdown(&who, &second, ""), &["por la administración del sistema\n"]);
        assert_eq!(markdown(&who, &report, ""), approved, "an approved document stays as it was");
        assert!(!approved.contains(&mitp));
    }
}

on_both! {
    fn the_title_page_has_the_alliance_and_a_draft_says_so(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let document = |format: &str| who.get(&format!("/reports/{report}/document?format={format}&form=clean")).expect(200).bytes;
        let body = crate::rendering::part(&document("docx"), "word/document.xml");
        let (cover, _) = body.split_once("TOCHeading").unwrap();
        let place = |words: &str| cover.find(words).unwrap_or_else(|| panic!("{words} is missing in {cover}"));
        let places = ["Articula", ">BORRADOR<", "Alianza 8.7", ">Informe de progreso anual<", "Comisiones"].map(|words| cover.find(words));
        assert!(places[0] < places[1] && places[1] < places[2] && places[2] < places[3], "{places:?}");
        assert_eq!(places[4], None, "no record names a commission");
        assert!(place("Chile, mayo a diciembre de 2023") > place(">Informe de progreso anual<"));
        crate::rendering::readers::pdf(&document("pdf"), &["BORRADOR", "Alianza 8.7", "mayo a diciembre de 2023 · BORRADOR"]);
    }
}

on_both! {
    fn what_nobody_answered_is_named_and_other_things_are_beside_their_option(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let put = |key: &str, answer: Value| who.put(&format!("/reports/{report}/answers/{key}"), answer).expect(200);
        put("evaluation_tools", json!({"choices": ["surveys", "other"], "other_text": "Registro\nadministrativo"}));
        put("intl_partner_detail", json!({"rows": [{"partner": "OIT", "partner_type": "ilo", "description": "Apoyo técnico"}]}));
        states(&markdown(&who, &report, "&form=clean"), &[
            "- ☒ Encuestas\n",
            "- ☒ Otros (especificar): Registro administrativo\n",
            "| Socio | Clase de socio | Qué se hizo con este socio |\n",
        ]);
        states(&markdown(&who, &report, "&form=clean&lang=en"), &["| Partner | Type of partner | Work done with this partner |\n"]);
        let plain = who.get(&format!("/reports/{report}/answers/document?format=txt&key=evaluation_tools")).expect(200).text;
        states(&plain, &["[x] Otros (especificar): Registro administrativo\n"]);
        for (path, words) in [
            ("&form=clean", "\n\nSin respuesta todavía. Opciones: Las prioridades; Los objetivos; Otros aspectos (especificar).\n"),
            ("&form=clean&lang=en", "\n\nNot answered yet. Options: "),
            ("&form=working", "\n\nSin respuesta todavía.\n"),
        ] {
            states(&markdown(&who, &report, path), &[words]);
        }
        for form in ["clean", "working"] {
            let draft = markdown(&who, &report, &format!("&form={form}"));
            assert!(!draft.contains("\n—\n"), "{draft}");
        }
        make_ready(&who, &report);
        put("overall_rating", json!({"text": "Falta la evaluación externa."}));
        put("roadmap_review_needed", json!({"choices": ["no"]}));
        let working = markdown(&who, &report, "&form=working");
        assert!(working.contains("\u{a0}\\*\n"), "the mark stays beside the last word: {working}");
        let approved = who.post(&format!("/reports/{report}/approval"), json!({})).expect(200).json;
        let text = markdown(&who, &report, "");
        for (key, words) in [
            ("roadmap_update_scope", "No corresponde."),
            ("overall_rating", "Ninguna opción marcada.\n\nFalta la evaluación externa."),
            ("stakeholder_involvement", "No se respondió."),
            ("evidence_challenges", "No se respondió."),
        ] {
            let asked = question(&approved, key);
            let heading = format!("{}. {}\n\n{words}\n", asked["number"], asked["title"].as_str().unwrap());
            states(&text, &[&heading]);
        }
    }
}
