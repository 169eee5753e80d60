//! A country's own export, imported into the same database: data that a dataset leaves out stays.

use serde_json::{Value, json};

use super::round_trip::{empty, export};
use super::totals;
use crate::on_both;
use crate::support::{Person, World};

/// A record with data that a dataset does not have: files, an account, two states of a day, documents of one title.
struct Scene<'w> {
    secretariat: Person<'w>,
    member: Person<'w>,
    file: String,
    paths: Vec<String>,
}

fn upload(person: &Person<'_>) -> String {
    let form =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lista.txt\"\r\n\r\nuna lista\r\n--x--\r\n";
    let sender = person.with("content-type", "multipart/form-data; boundary=x");
    sender.call("POST", "/files", Some(form.into())).expect(201).id()
}

impl<'w> Scene<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, mtps) = (world.commission("CL", "CETI"), world.institution("MTPS"));
        world.member(&ceti, &mtps, "lead");
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let member = world.representative(&mtps);
        let file = upload(&secretariat);
        let evidence = json!([{"title": "Lista", "file_id": file, "dated": "2023-08"}, {"title": "Acta", "url": "https://example.org/acta"}]);
        let activity = secretariat.post("/activities", json!({"country_code": "CL", "kind": "training", "title": "Taller", "commission_ids": [ceti], "evidence": evidence})).expect(201).id();
        let commitment = secretariat
            .post(
                "/commitments",
                json!({"commission_ids": [ceti], "text": "Capacitar", "assignments": [{"institution_id": mtps}]}),
            )
            .expect(201);
        let part = format!(
            "/commitments/{}/assignments/{}",
            commitment.id(),
            commitment.json["assignments"][0]["id"].as_str().unwrap()
        );
        secretariat.post(&format!("{part}/updates"), json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Hecho", "on_behalf": true, "evidence": evidence})).expect(201);
        let commission = format!("/commissions/{ceti}");
        secretariat
            .post(
                &format!("{commission}/delegates"),
                json!({"institution_id": mtps, "capacity": "principal", "user_id": member.id}),
            )
            .expect(201);
        for (state, source) in [("active", "Acta 1"), ("inactive", "Acta 2")] {
            coordinator
                .post(
                    &format!("{commission}/operational-states"),
                    json!({"state": state, "since": "2023", "source": source}),
                )
                .expect(201);
        }
        let policy = json!({"lead_days": [], "send_hour": 6, "send_on_non_working_days": true});
        secretariat.put(&format!("{commission}/reminder-policy"), policy).expect(200);
        let session = secretariat
            .post(
                "/meetings",
                json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Primera", "held": "2023-08"}),
            )
            .expect(201)
            .id();
        let papers = format!("/meetings/{session}/documents");
        for place in
            [json!({"file_id": file}), json!({"url": "https://example.org/1"}), json!({"url": "https://example.org/2"})]
        {
            let mut paper = json!({"title": "Anexo", "kind": "annex"});
            paper.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            secretariat.post(&papers, paper).expect(201);
        }
        let lists = ["delegates", "operational-states", "reminder-policy"].map(|list| format!("{commission}/{list}"));
        let paths =
            [vec![format!("/activities/{activity}"), format!("{part}/updates"), papers], lists.to_vec()].concat();
        Self { secretariat, member, file, paths }
    }

    fn shown(&self) -> Vec<Value> {
        self.paths.iter().map(|path| self.secretariat.get(path).expect(200).json).collect()
    }
}

on_both! {
    fn the_own_export_imported_again_changes_nothing(world) {
        let scene = Scene::new(world);
        let (before, (text, document)) = (scene.shown(), export(world));
        let policy = json!({"lead_days": [], "overdue_every_days": 7, "escalate_after_days": 14, "escalate_to_coordinator_after_days": 30, "review_after_days": 7, "meeting_reminder_days": [1], "send_hour": 6, "send_on_non_working_days": true});
        assert_eq!(document["commissions"][0]["reminder_policy"], policy);
        let again = world.admin().post("/imports", document.clone()).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        assert_eq!(scene.shown(), before);
        assert_eq!(export(world).0, text);
        scene.member.get(&format!("/files/{}", scene.file)).expect(200);
        for other in empty() {
            other.admin().post("/imports", document.clone()).expect(200);
            assert_eq!(export(&other).0, text);
            let again = other.admin().post("/imports", document.clone()).expect(200);
            assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        }
    }
}

on_both! {
    fn what_is_changed_in_the_own_export_changes_alone(world) {
        let scene = Scene::new(world);
        let (before, (_, mut document)) = (scene.shown(), export(world));
        document["activities"][0]["source"] = "Informe".into();
        document["delegates"][0]["position"] = "Jefa".into();
        document["commissions"][0]["operational_states"][1]["source"] = "Acta 3".into();
        let papers = document["meetings"][0]["documents"].as_array_mut().unwrap();
        let first = papers.iter_mut().find(|paper| paper["url"] == "https://example.org/1").unwrap();
        first["url"] = "https://example.org/3".into();
        papers.reverse();
        let told = world.admin().post("/imports", document).expect(200);
        assert_eq!(totals(&told.json)[..2], [0, 4], "{}", told.text);
        let mut wanted = before;
        wanted[0]["source"] = "Informe".into();
        wanted[2]["items"][1]["url"] = "https://example.org/3".into();
        wanted[3]["items"][0]["position"] = "Jefa".into();
        wanted[4]["items"][1]["source"] = "Acta 3".into();
        assert_eq!(scene.shown(), wanted);
    }
}

on_both! {
    fn a_delegate_who_is_another_person_is_no_longer_the_user(world) {
        let scene = Scene::new(world);
        let (_, mut document) = export(world);
        document["delegates"][0]["name"] = "Ana Rojas".into();
        world.admin().post("/imports", document).expect(200);
        let delegate = &scene.shown()[3]["items"][0];
        assert_eq!((&delegate["name"], &delegate["user_id"]), (&json!("Ana Rojas"), &Value::Null));
    }
}

on_both! {
    fn a_reminder_policy_of_a_file_is_taken_and_its_faults_are_told(world) {
        let scene = Scene::new(world);
        let (_, mut document) = export(world);
        document["commissions"][0]["reminder_policy"]["send_hour"] = 9.into();
        let told = world.admin().post("/imports", document.clone()).expect(200);
        assert_eq!(told.json["counts"]["commission"]["updated"], 1);
        assert_eq!(scene.shown()[5]["send_hour"], 9);
        document["commissions"][0]["reminder_policy"]["send_hour"] = 24.into();
        let faults = world.admin().post("/imports", document.clone()).expect(422).faults();
        assert!(faults.contains(&("/commissions/0/reminder_policy/send_hour".into(), "out_of_range".into())), "{faults:?}");
        document["commissions"][0]["reminder_policy"] = 7.into();
        let faults = world.admin().post("/imports", document).expect(422).faults();
        assert!(faults.contains(&("/commissions/0/reminder_policy".into(), "wrong_type".into())), "{faults:?}");
    }
}
