//! Sharing the work on a report: questions that the coordinator assigns to commissions.

use serde_json::{Value, json};

use super::{activity, body, name, question, questions, roadmap, text};
use crate::access_matrix::make_ready;
use crate::on_both;
use crate::support::Person;

on_both! {
    fn a_secretariat_answers_comments_and_confirms_the_questions_of_its_commission_alone(world) {
        let (plan, items) = roadmap(world, "CL", 1, 1);
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let who = world.coordinator("CL");
        let (secretariat, other) = (world.secretariat(&ceti), world.secretariat(&mitp));
        activity(&who, "CL", &items[0], json!({"title": "Feria de Temuco", "starts": "2023-06", "highlight": true}));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let path = format!("/reports/{report}");
        world.notices();
        secretariat.get(&path).expect(404);
        let assigned = who.put(&format!("{path}/answers/highlights/assignee"), json!({"commission_id": ceti})).expect(200).json;
        assert_eq!(assigned["assignee_commission_id"], json!(ceti));
        let mails = world.notices();
        let sent: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(sent, [("report_question_assigned", secretariat.email.as_str())]);
        assert!(mails[0].text.contains(&format!("/reports/{report}/questions/highlights")), "{}", mails[0].text);
        who.put(&format!("{path}/answers/highlights/assignee"), json!({"commission_id": ceti})).expect(200);
        assert!(world.notices().is_empty(), "nothing is new");

        let shown = secretariat.get(&path).expect(200).json;
        assert_eq!((&shown["title"], &shown["period_from"]), (&json!("Informe de progreso anual: Chile, mayo a diciembre de 2023"), &json!("2023-05-01")));
        let keys: Vec<_> = questions(&shown).iter().map(|one| one["key"].as_str().unwrap().to_owned()).collect();
        assert_eq!(keys, ["highlights"]);
        assert_eq!(secretariat.get("/reports").expect(200).items(), [shown]);
        secretariat.get(&format!("{path}/answers/difficulties")).expect(404);
        for hidden in ["document", "answers/document", "comparison", "snapshot", "answers/difficulties/comments"] {
            secretariat.get(&format!("{path}/{hidden}")).expect(404);
        }
        secretariat.patch(&path, json!({"first_report": true})).expect(403);
        secretariat.delete(&path).expect(403);
        secretariat.post(&format!("{path}/approval"), json!({})).expect(403);
        secretariat.post(&format!("{path}/drafting"), json!({})).expect(403);
        secretariat.put(&format!("{path}/answers/highlights/assignee"), json!({"commission_id": null})).expect(403);
        secretariat.put(&format!("{path}/answers/difficulties"), json!({"text": "x"})).expect(404);
        for stranger in [&other, &world.observer(&ceti), &world.coordinator(&world.country("PE"))] {
            stranger.get(&path).expect(404);
            stranger.get(&format!("{path}/answers/highlights")).expect(404);
        }

        let answers = format!("{path}/answers/highlights");
        let pending = || secretariat.get("/me/pending?reason=report_question_open").expect(200).json;
        let waiting = pending();
        assert_eq!((&waiting["items"][0]["link"], &waiting["items"][0]["commission_ids"]), (&json!(format!("/reports/{report}/questions/highlights")), &json!([ceti])));
        assert_eq!(secretariat.get(&format!("/me/pending?commission_id={ceti}")).expect(200).json["counts"]["report_question_open"], 1);
        let made = secretariat.post(&format!("{answers}/comments"), json!({"text": "Falta Arica."})).expect(201);
        assert_eq!((&made.json["by"]["name"], &made.json["text"]), (&name(&secretariat), &json!("Falta Arica.")));
        let notified = |reader: &Person<'_>| {
            let mails = world.notices();
            let sent: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
            assert_eq!(sent, [("report_question_commented", reader.email.as_str())]);
            mails[0].text.clone()
        };
        let mail = notified(&who);
        assert!(mail.contains("Comentario: Falta Arica.") && mail.contains(&format!("/reports/{report}/questions/highlights")), "{mail}");
        who.post(&format!("{answers}/comments"), json!({"text": "Agréguela."})).expect(201);
        assert!(notified(&secretariat).contains("Comentario: Agréguela."));
        let texts: Vec<Value> = who.get(&format!("{answers}/comments")).expect(200).items().iter().map(|one| one["text"].clone()).collect();
        assert_eq!(texts, ["Falta Arica.", "Agréguela."]);
        assert_eq!(secretariat.get(&format!("{answers}/comments/{}", made.id())).expect(200).json, made.json);
        secretariat.put(&answers, json!({"text": "Trabajo infantil, trabajo forzoso y trata."})).expect(200);
        let confirmed = question(&who.get(&path).expect(200).json, "highlights").clone();
        assert_eq!((&confirmed["answer"]["state"], &confirmed["answer"]["confirmed_by"]["name"]), (&json!("confirmed"), &name(&secretariat)));
        let answered = || -> Vec<String> {
            world.notices().into_iter().filter(|mail| mail.kind == "report_question_answered").map(|mail| mail.to).collect()
        };
        assert_eq!(answered(), [who.email.as_str()], "the coordinator, and not the secretariat itself");
        secretariat.put(&answers, json!({"text": "Trabajo infantil, trabajo forzoso y trata."})).expect(200);
        assert_eq!(answered(), [""; 0], "the same words are no news");
        secretariat.put(&answers, json!({"text": "Trabajo infantil, trabajo forzoso y trata, con cifras."})).expect(200);
        assert_eq!(answered(), [who.email.as_str()]);
        world.coordinator("CL").put(&answers, json!({"text": "Trabajo infantil, trabajo forzoso y trata, con dos cifras."})).expect(200);
        assert_eq!(answered(), [""; 0], "coordinators are not told of their own answers");
        assert_eq!(pending()["items"], json!([]));
        secretariat.delete(&answers).expect(204);
        assert!(text(&secretariat.get(&answers).expect(200).json).contains("Temuco"));
        secretariat.call("POST", &format!("{answers}/confirmation"), None).expect(200);
        let log = who.get(&format!("/audit-log?record_id={report}&action=assigned")).expect(200);
        assert_eq!(log.items()[0]["after"], json!({"key": "highlights", "assignee_commission_id": ceti}));

        who.put(&format!("{answers}/assignee"), json!({"commission_id": null})).expect(200);
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn a_comment_that_waits_is_not_sent_to_a_secretariat_that_may_no_longer_see_the_report(world) {
        let (plan, _) = roadmap(world, "CL", 1, 1);
        let ceti = world.commission("CL", "CETI");
        let (who, other, secretariat) = (world.coordinator("CL"), world.coordinator("CL"), world.secretariat(&ceti));
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let answers = format!("/reports/{report}/answers/highlights");
        let comment = |text: &str| who.post(&format!("{answers}/comments"), json!({"text": text})).expect(201);
        world.notices();
        comment("Sin asignar");
        assert_eq!(world.notices().iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [other.email.as_str()]);
        who.put(&format!("{answers}/assignee"), json!({"commission_id": ceti})).expect(200);
        for person in [&other, &secretariat] {
            let daily = json!({"events": {"report_question_commented": "daily"}});
            person.put("/me/notifications", daily).expect(200);
        }
        world.at("2023-09-04T15:00:00Z");
        world.mails();
        comment("Espera");
        assert!(world.mails().is_empty(), "the mail of the day has left");
        who.put(&format!("{answers}/assignee"), json!({"commission_id": null})).expect(200);
        world.at("2023-09-05T12:00:00Z");
        let mails = world.mails();
        let told: Vec<_> = mails.iter().filter(|mail| mail.text.contains("Espera")).map(|mail| mail.to.as_str()).collect();
        assert_eq!(told, [other.email.as_str()]);
    }
}

on_both! {
    fn a_question_is_assigned_to_a_commission_of_the_country_while_the_report_is_a_draft(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let ceti = world.commission("CL", "CETI");
        world.country("PE");
        let abroad = world.commission("PE", "CPETI");
        let who = world.coordinator("CL");
        let report = who.post("/reports", body("CL", &plan)).expect(201).id();
        let assign = |key: &str, commission: &str| who.put(&format!("/reports/{report}/answers/{key}/assignee"), json!({"commission_id": commission}));
        assert_eq!(assign("highlights", &abroad).expect(422).faults(), [("/commission_id".to_owned(), "other_country".to_owned())]);
        assert_eq!(assign("highlights", &plan).expect(422).faults(), [("/commission_id".to_owned(), "unknown_reference".to_owned())]);
        assign("unknown", &ceti).expect(404);
        assign("highlights", &ceti).expect(200);
        make_ready(&who, &report);
        who.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
        assert_eq!(assign("difficulties", &ceti).expect(409).code(), "report_approved");
        let secretariat = world.secretariat(&ceti);
        let shown = secretariat.get(&format!("/reports/{report}/answers/highlights")).expect(200).json;
        assert_eq!((&shown["answer"]["state"], &shown["assignee_commission_id"]), (&json!("approved"), &json!(ceti)));
        let late = secretariat.post(&format!("/reports/{report}/answers/highlights/comments"), json!({"text": "Tarde"})).expect(409);
        assert_eq!(late.code(), "report_approved");
        who.delete(&format!("/commissions/{ceti}")).expect(409);
    }
}

on_both! {
    fn a_secretariat_enters_observations_for_its_commission_alone(world) {
        world.country("CL");
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let secretariat = world.secretariat(&ceti);
        let observation = |commissions: Value| json!({"country_code": "CL", "kind": "challenge", "text": "Faltan datos", "commission_ids": commissions});
        let made = secretariat.post("/observations", observation(json!([ceti]))).expect(201).id();
        secretariat.get(&format!("/observations/{made}")).expect(200);
        secretariat.post("/observations", observation(json!([]))).expect(403);
        secretariat.post("/observations", observation(json!([mitp]))).expect(403);
        world.observer(&ceti).post("/observations", observation(json!([ceti]))).expect(403);
        secretariat.delete(&format!("/observations/{made}")).expect(403);
    }
}
