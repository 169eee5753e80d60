//! Approval, frozen copies, new versions, and the comparison with last year's report.

use serde_json::{Value, json};

use super::{activity, body, body_of_other, name, question, questions, roadmap, text};
use crate::access_matrix::{answer_mandatory, confirm_all, make_ready};
use crate::on_both;
use crate::support::Person;

/// Returns the documents in every format and in both languages.
pub(crate) fn documents(who: &Person<'_>, report: &str) -> Vec<Vec<u8>> {
    let documents = ["md", "json", "docx", "pdf"].map(|format| format!("document?format={format}"));
    let answers = ["docx", "txt"].map(|format| format!("answers/document?format={format}"));
    let each = |document: &String| {
        ["es", "en"].map(|lang| who.get(&format!("/reports/{report}/{document}&lang={lang}")).expect(200).bytes)
    };
    documents.iter().chain(&answers).flat_map(each).collect()
}

on_both! {
    fn an_error_blocks_approval_and_a_warning_does_not(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let refused = who.post(&format!("/reports/{report}/approval"), json!({})).expect(409);
        assert_eq!(refused.json["code"], "report_has_errors");
        assert!(refused.json["detail"].as_str().unwrap().contains("1, 2, 3, 7, 18, 22, 24, 26"), "{}", refused.text);
        answer_mandatory(&who, &report);
        who.put(&format!("/reports/{report}/answers/next_step_status:{}", items[1]), json!({})).expect(200);
        let unconfirmed = who.post(&format!("/reports/{report}/approval"), json!({})).expect(409);
        assert_eq!(unconfirmed.json["code"], "unconfirmed");
        let waiting: Vec<String> = questions(&who.get(&format!("/reports/{report}")).expect(200).json)
            .iter()
            .filter(|one| one["needs_confirmation"] == true)
            .map(|one| one["key"].as_str().unwrap().to_owned())
            .collect();
        assert!(!waiting.is_empty() && unconfirmed.json["detail"].as_str().unwrap().contains(&waiting.join(", ")), "{}", unconfirmed.text);
        confirm_all(&who, &report);
        let approved = who.post(&format!("/reports/{report}/approval"), json!({})).expect(200).json;
        assert_eq!((&approved["status"], &approved["version"]), (&json!("approved"), &json!(1)));
        assert_eq!(approved["finding_counts"], json!({"error": 0, "warning": 0}));
        let states: std::collections::BTreeSet<_> = questions(&approved).iter().map(|one| one["answer"]["state"].as_str().unwrap()).collect();
        assert_eq!(states.into_iter().collect::<Vec<_>>(), ["approved", "empty"]);
        assert_eq!(approved["snapshot"].as_str().unwrap().len(), 64);
        let log = world.admin().get("/audit-log?limit=200").expect(200);
        assert!(log.items().iter().any(|line| line["action"] == "approved" && line["record_id"] == report.as_str()));
    }
}

on_both! {
    fn an_approved_report_is_made_again_byte_for_byte_whatever_happens_to_the_record(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let police = world.institution("Carabineros");
        let training = activity(&who, "CL", &items[0], json!({"title": "Capacitación policial", "starts": "2023-08", "highlight": true, "organizer_ids": [police]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        make_ready(&who, &report);
        let approved = who.post(&format!("/reports/{report}/approval"), json!({})).expect(200).json;
        let signed = documents(&who, &report);
        let copy = who.get(&format!("/reports/{report}/snapshot")).expect(200).json;
        world.at("2031-03-01T12:00:00Z");
        let (who, admin) = (world.coordinator("CL"), world.admin());
        who.patch(&format!("/activities/{training}"), json!({"title": "Otro título", "result": "Otra cosa"})).expect(200);
        who.patch(&format!("/plans/{plan}"), json!({"title": "Otra hoja de ruta"})).expect(200);
        who.patch(&format!("/plans/{plan}/items/{}", items[0]), json!({"title": "Otra prioridad"})).expect(200);
        admin.patch("/countries/CL", json!({"name": "República de Chile"})).expect(200);
        activity(&who, "CL", &items[0], json!({"title": "Otra más", "starts": "2023-08", "highlight": true}));
        let every = admin.get("/institutions?limit=200").expect(200);
        for (n, one) in every.items().iter().enumerate() {
            admin.patch(&format!("/institutions/{}", one["id"].as_str().unwrap()), json!({"name": format!("Otro nombre {n}")})).expect(200);
        }
        let again = documents(&who, &report);
        assert!(again.iter().zip(&signed).all(|(again, signed)| again == signed), "a document differs");
        let clean = String::from_utf8(signed[0].clone()).unwrap();
        assert!(clean.contains("capacitación policial") && clean.contains("Versión"), "{clean}");
        for notes in ["Fuentes:", "Por revisar:", "Falta que una persona", "BORRADOR", " *\n"] {
            assert!(!clean.contains(notes), "{notes} in:\n{clean}");
        }
        let working = who.get(&format!("/reports/{report}/document?form=working")).expect(409);
        assert_eq!(working.code(), "no_working_copy");
        assert_eq!(who.get(&format!("/reports/{report}/document?form=clean&lang=es")).expect(200).bytes, signed[0]);
        assert_eq!(who.get(&format!("/reports/{report}")).expect(200).json, approved);
        assert_eq!(who.get("/reports").expect(200).items()[0], approved);
        assert_eq!(who.get(&format!("/reports/{report}/snapshot")).expect(200).json, copy);
        let cited = copy["records"].as_array().unwrap().iter().find(|record| record["id"] == training.as_str()).unwrap();
        assert_eq!((&cited["label"], &cited["content"]["title"]), (&json!("Capacitación policial"), &json!("Capacitación policial")));
        use sha2::{Digest, Sha256};
        let sha = |value: &Value| Sha256::digest(value.to_string().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(copy["sha256"], sha(&copy["report"]));
        assert_eq!(copy["report"]["records"], sha(&copy["records"]));
        let file = |format: &str| copy["files"].as_array().unwrap().iter().find(|one| one["part"] == "report" && one["format"] == format && one["lang"] == "es").unwrap();
        assert_eq!(copy["files"].as_array().unwrap().len(), 12);
        assert_eq!(file("md")["sha256"], Sha256::digest(&signed[0]).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
}

on_both! {
    fn nothing_is_written_to_an_approved_report(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        who.get(&format!("/reports/{report}/snapshot")).expect(404);
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        let key = format!("priority_progress:{}", items[0]);
        for refused in [
            who.put(&format!("/reports/{report}/answers/{key}"), json!({"text": "Tarde"})),
            who.patch(&format!("/reports/{report}"), json!({"first_report": true})),
            who.post(&format!("/reports/{report}/drafting"), json!({})),
            who.post(&format!("/reports/{report}/approval"), json!({})),
            who.delete(&format!("/reports/{report}")),
        ] {
            assert_eq!((refused.status, &refused.json["code"]), (409, &json!("report_approved")), "{}", refused.text);
        }
    }
}

on_both! {
    fn a_frozen_copy_can_be_neither_changed_nor_removed(world) {
        use diesel::prelude::*;
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        for statement in ["UPDATE report_snapshots SET content = '{}'", "DELETE FROM report_snapshots"] {
            let tried = world.state.db.write(None, world.clock.now(), |tx| Ok(diesel::sql_query(statement).execute(tx.conn)?));
            assert!(tried.unwrap_err().to_string().contains("only grow"), "{statement}");
        }
    }
}

on_both! {
    fn a_new_version_begins_with_the_old_answers_and_leaves_the_old_report_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let reason = json!({"reason": "Cambió una cifra"});
        let early = who.post(&format!("/reports/{report}/versions"), reason.clone()).expect(409);
        assert_eq!(early.json["code"], "report_not_approved");
        who.put(&format!("/reports/{report}/answers/difficulties"), json!({"text": "Falta personal."})).expect(200);
        make_ready(&who, &report);
        let approved = who.post(&format!("/reports/{report}/approval"), json!({})).expect(200).json;
        let made = who.post(&format!("/reports/{report}/versions"), reason.clone()).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/reports/{}", made.id()).as_str()));
        let version = &made.json;
        assert_eq!((&version["status"], &version["version"], &version["previous_version_id"]), (&json!("draft"), &json!(2), &json!(report)));
        assert_eq!((&version["version_reason"], &version["approved_at"], &version["snapshot"]), (&json!("Cambió una cifra"), &Value::Null, &Value::Null));
        assert_eq!((text(question(version, "difficulties")), &question(version, "difficulties")["answer"]["state"]), ("Falta personal.", &json!("edited")));
        assert_eq!((&question(version, "difficulties")["needs_confirmation"], &question(version, "difficulties")["answer"]["confirmed_at"]), (&json!(true), &Value::Null));
        assert_eq!(question(version, "highlights")["answer"]["state"], "drafted");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Osorno", "starts": "2023-07", "highlight": true}));
        let drafted = who.post(&format!("/reports/{}/drafting", made.id()), json!({})).expect(200).json;
        let kept = question(&drafted, "highlights");
        assert_eq!(text(kept), text(question(&approved, "highlights")), "an answer that was approved is not rewritten");
        assert_eq!(kept["answer"]["changed_since_edit"][0]["label"], "Feria de Osorno");
        who.delete(&format!("/reports/{}/answers/highlights", made.id())).expect(204);
        let back = who.get(&format!("/reports/{}/answers/highlights", made.id())).expect(200).json;
        assert!(text(&back).contains("Osorno"), "it goes back to the draft when a person says so");
        let file = who.get(&format!("/reports/{}/document?format=md&form=clean", made.id())).expect(200);
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"cl-2023-05-01-2023-12-31-v2-borrador.md\""));
        for words in ["BORRADOR", "2 (reemplaza a la versión 1)", "Cambió una cifra"] {
            assert!(file.text.contains(words), "{words} in:\n{}", file.text);
        }
        let file = who.get(&format!("/reports/{report}/document?format=md")).expect(200);
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"cl-2023-05-01-2023-12-31-v1.md\""));
        assert_eq!(text(question(&drafted, "difficulties")), "Falta personal.");
        let second = who.post(&format!("/reports/{report}/versions"), reason).expect(409);
        assert_eq!(second.json["code"], "report_has_newer_version");
        assert_eq!(who.get(&format!("/reports/{report}")).expect(200).json, approved);
    }
}

on_both! {
    fn what_was_promised_last_year_is_shown_beside_what_became_of_it(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let mut last = body("CL", &plan);
        (last["period_from"], last["period_to"]) = (json!("2022-05-01"), json!("2023-04-30"));
        let last = who.post("/reports", last).expect(201).id();
        let put = |report: &str, key: &str, answer: Value| who.put(&format!("/reports/{report}/answers/{key}"), answer).expect(200);
        put(&last, "next_period_priorities", json!({"text": "Aprobar el protocolo."}));
        put(&last, "overall_rating", json!({"choices": ["little"]}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        put(&report, "overall_rating", json!({"choices": ["great"]}));
        put(&report, &format!("next_step_status:{}", items[1]), json!({"choices": ["completed"], "text": "Rige desde agosto de 2023."}));
        let comparison = who.get(&format!("/reports/{report}/comparison")).expect(200).json;
        assert_eq!(comparison["previous"], json!({"id": last, "period_from": "2022-05-01", "period_to": "2023-04-30", "status": "draft"}));
        assert_eq!(comparison["promised"], "Aprobar el protocolo.");
        assert_eq!(comparison["totals"], json!({"completed": 1, "in_progress": 0, "planned": 0, "not_achieved": 0, "undecided": 0}));
        let figures: Vec<_> = comparison["figures"].as_array().unwrap().iter().map(|one| (one["key"].as_str().unwrap(), &one["before"], &one["now"])).collect();
        let zero = json!(0);
        assert_eq!(figures, ["members", "institutions", "sessions", "activities"].map(|key| (key, &zero, &zero)));
        let step = &comparison["next_steps"][0];
        assert_eq!((&step["plan_item_id"], &step["before"]), (&json!(items[1]), &Value::Null));
        assert_eq!(step["now"], json!({"choices": [{"key": "completed", "label": "Completado"}], "text": "Rige desde agosto de 2023."}));
        let rating = comparison["choices"].as_array().unwrap().iter().find(|one| one["key"] == "overall_rating").unwrap();
        assert_eq!((&rating["before"][0]["key"], &rating["now"][0]["key"], &rating["changed"]), (&json!("little"), &json!("great"), &json!(true)));
        put(&last, "evaluation_tools", json!({"choices": ["other"], "other_text": "Actas"}));
        put(&report, "evaluation_tools", json!({"choices": ["surveys"]}));
        let document = who.get(&format!("/reports/{report}/comparison/document")).expect(200).text;
        for words in [
            "- **Este informe:** mayo a diciembre de 2023; borrador, versión 1\n",
            "- **Informe anterior:** mayo de 2022 a abril de 2023; borrador\n",
            "- **Fecha de la comparación:** ",
            "Los dos informes son borradores: sus respuestas todavía pueden cambiar.",
            " Solo en este informe | — | Completado Rige desde agosto de 2023. |",
            "| Otros (especificar): Actas | Encuestas |",
        ] {
            assert!(document.contains(words), "{words} in:\n{document}");
        }
        let choices = comparison["choices"].as_array().unwrap();
        let unanswered = choices.iter().filter(|one| one["before"] == json!([]) || one["now"] == json!([]));
        assert!(unanswered.into_iter().all(|one| one["changed"] == false), "an answer that is not there does not differ");
        let first = who.get(&format!("/reports/{last}/comparison")).expect(200).json;
        assert_eq!((&first["previous"], &first["promised"]), (&Value::Null, &Value::Null));
    }
}

on_both! {
    fn approved_reports_cost_as_many_questions_to_the_database_however_many_and_however_long(world) {
        let (plan, items) = roadmap(world, "CL", 2, 1);
        let who = world.coordinator("CL");
        let approved = |n: usize| {
            let report = who.post("/reports", body_of_other("CL", &plan, n)).expect(201).id();
            make_ready(&who, &report);
            report
        };
        let cost = |call: &dyn Fn()| {
            let before = world.statements();
            call();
            world.statements() - before
        };
        let approve = |report: &str| cost(&|| drop(who.post(&format!("/reports/{report}/approval"), json!({})).expect(200)));
        let compare = |report: &str| cost(&|| drop(who.get(&format!("/reports/{report}/comparison")).expect(200)));
        activity(&who, "CL", &items[0], json!({"starts": "2023-06"}));
        let first = approved(0);
        let (once, list, compared) = (approve(&first), cost(&|| drop(who.get("/reports").expect(200))), compare(&first));
        for n in 0..5 {
            activity(&who, "CL", &items[n % 2], json!({"starts": "2023-07"}));
        }
        let second = approved(1);
        assert_eq!(approve(&second), once);
        assert_eq!(cost(&|| assert_eq!(who.get("/reports").expect(200).items().len(), 2)), list);
        assert_eq!(compare(&second), compared);
    }
}

on_both! {
    fn the_working_copy_has_findings_and_sources_and_the_clean_one_answers_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let document = |query: &str| who.get(&format!("/reports/{report}/document{query}")).expect(200).text;
        let (draft, working, clean) = (document(""), document("?form=working"), document("?form=clean"));
        assert_eq!(draft, working, "the working copy is the default of a draft");
        for notes in ["Fuentes:", "Por revisar:", "Falta que una persona"] {
            assert!(working.contains(notes) && !clean.contains(notes), "{notes}");
        }
        assert!(clean.contains("Temuco") && clean.contains("BORRADOR"), "{clean}");
        who.call("POST", &format!("/reports/{report}/answers/highlights/confirmation"), None).expect(200);
        assert!(document("").contains(&format!("Confirmada por {}.", name(&who).as_str().unwrap())));
        who.get(&format!("/reports/{report}/document?form=short")).expect(400);
    }
}

on_both! {
    fn the_answers_alone_are_numbered_as_the_form(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let put = |key: &str, answer: Value| who.put(&format!("/reports/{report}/answers/{key}"), answer).expect(200);
        put("highlights", json!({"text": "Lo **nuestro**:\n\n- uno\n- [dos](https://example.org)"}));
        put("overall_rating", json!({"choices": ["great"], "text": "Mucho."}));
        put("intl_partner_detail", json!({"rows": [{"partner": "OIT", "partner_type": "ilo", "description": "Apoyo técnico"}]}));
        let path = format!("/reports/{report}/answers/document");
        let text = who.get(&format!("{path}?format=txt")).expect(200);
        assert_eq!(text.header("content-type"), Some("text/plain; charset=utf-8"));
        let shown = who.get(&format!("/reports/{report}")).expect(200).json;
        for question in questions(&shown) {
            let heading = format!("{}. {}\n", question["number"], question["title"].as_str().unwrap());
            assert!(text.text.contains(&heading), "{heading} in:\n{}", text.text);
        }
        assert!(!text.text.contains("Fuentes") && !text.text.contains("**"), "{}", text.text);
        let one = |key: &str| who.get(&format!("{path}?format=txt&key={key}")).expect(200).text;
        let number = |key: &str| question(&shown, key)["number"].clone();
        let highlights = one("highlights");
        assert!(highlights.starts_with(&format!("{}. ", number("highlights"))) && highlights.ends_with("Lo nuestro:\n\n- uno\n- dos (https://example.org)\n"), "{highlights}");
        assert!(text.text.contains(&highlights));
        assert!(text.text.contains("\nBORRADOR: el informe no está aprobado.\n") && !highlights.contains("BORRADOR"), "{}", text.text);
        let rating = one("overall_rating");
        assert!(rating.contains("[x] Mucho progreso\n") && rating.contains("[ ] ") && rating.ends_with("\n\nMucho.\n"), "{rating}");
        assert!(one("intl_partner_detail").contains(": OIT\n"));
        assert!(one(&format!("next_step_status:{}", items[1])).contains("Sin respuesta todavía. Opciones: "));
        assert_eq!(who.get(&path).expect(200).bytes[..2], *b"PK", "DOCX is the default");
        who.get(&format!("{path}?format=txt&key=unknown")).expect(404);
        who.get(&format!("{path}?format=docx&key=highlights")).expect(400);
        who.get(&format!("{path}?format=pdf")).expect(400);
    }
}

on_both! {
    fn files_of_reports_that_were_approved_before_the_upgrade_are_made_at_the_first_start(world) {
        use diesel::prelude::*;
        use articula::db::schema::report_files;
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        make_ready(&who, &report);
        let approved = who.post(&format!("/reports/{report}/approval"), json!({})).expect(200).json;
        assert_eq!(approved["frozen_on_upgrade"], false);
        world.upgrade_from_before("0053", "");
        let files = || world.state.db.read(|conn| Ok(report_files::table.count().get_result::<i64>(conn)?)).unwrap();
        assert_eq!(files(), 0);
        articula::testing::reports::render_waiting(&world.state.db, world.clock.now(), &|| true).unwrap();
        assert_eq!(files(), 12, "four formats of the report and two of the answers, in two languages");
        assert_eq!(who.get(&format!("/reports/{report}")).expect(200).json["frozen_on_upgrade"], true);
        let signed = documents(&who, &report);
        articula::testing::reports::render_waiting(&world.state.db, world.clock.now(), &|| true).unwrap();
        assert!(documents(&who, &report) == signed && files() == 12);
    }
}
