//! Agreements: access, votes, parties.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::World;

fn agreement(commissions: &[&str]) -> Value {
    json!({"commission_ids": commissions, "kind": "meeting_agreement", "title": "Fortalecer la gestión regional"})
}

fn with(mut body: Value, changes: Value) -> Value {
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

fn create(world: &World, body: &Value) -> String {
    format!("/agreements/{}", world.admin().post("/agreements", body.clone()).expect(201).id())
}

fn meeting(world: &World, commission: &str, held: &str) -> String {
    let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": held});
    world.admin().post("/meetings", body).expect(201).id()
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

on_both! {
    fn a_secretariat_enters_changes_and_removes_an_agreement(world) {
        let cigtpe = world.commission("PE", "CIGTPE");
        let mtpe = world.institution("MTPE");
        let secretariat = world.secretariat(&cigtpe);
        let meeting = meeting(world, &cigtpe, "2023-03");
        let body = with(agreement(&[&cigtpe]), json!({
            "meeting_id": meeting, "number": "6", "text": "Se obligan.", "adopted": "2023-03", "when_text": "marzo de 2023", "status": "in_force",
            "in_force_from": "2023-01-01", "in_force_to": "2027-12-31", "adoption": {"method": "majority", "for": 5, "against": 1, "abstained": null},
            "parties": [{"institution_id": mtpe, "name": null, "side": "MTPE"}, {"institution_id": null, "name": "Regiones", "side": null}],
            "themes": ["forced_labour", "child_labour"], "scope": "national", "document_url": "https://lc.cx/YusnbE", "restricted": false,
        }));
        let made = secretariat.post("/agreements", body.clone()).expect(201);
        for (field, value) in body.as_object().unwrap().iter().filter(|(field, _)| *field != "themes") {
            assert_eq!(&made.json[field], value, "{field}");
        }
        assert_eq!(made.json["themes"], json!(["child_labour", "forced_labour"]));
        assert_eq!((&made.json["adopted_from"], &made.json["adopted_to"], &made.json["country_code"]), (&json!("2023-03-01"), &json!("2023-03-31"), &json!("PE")));
        let path = format!("/agreements/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        assert_eq!(secretariat.get(&path).expect(200).json["parties"], body["parties"]);
        let etag = secretariat.get(&path).header("etag").unwrap().to_owned();
        let changed = secretariat.with("if-match", &etag).patch(&path, json!({"status": "ended", "parties": null, "adopted": null, "adoption": null, "themes": []})).expect(200);
        assert_eq!((&changed.json["status"], &changed.json["parties"], &changed.json["adopted_to"], &changed.json["adoption"], &changed.json["themes"]), (&json!("ended"), &json!([]), &json!(null), &json!(null), &json!([])));
        assert_eq!(secretariat.with("if-match", &etag).patch(&path, json!({"title": "Otro"})).expect(412).code(), "precondition_failed");
        secretariat.delete(&path).expect(204);
        secretariat.get(&path).expect(404);
    }
}

on_both! {
    fn every_wrong_field_of_an_agreement_is_reported(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let (minsal, mitp) = (world.institution("Minsal"), world.commission("CL", "MITP"));
        let elsewhere = meeting(world, &mitp, "2023-03");
        let admin = world.admin();
        let nothing = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        assert_eq!(admin.post("/agreements", json!({})).expect(422).faults(), [fault("/commission_ids", "required"), fault("/kind", "required"), fault("/title", "required")]);
        for (change, pointer, code) in [
            (json!({"commission_ids": []}), "/commission_ids", "too_few"),
            (json!({"commission_ids": [ceti, ceti]}), "/commission_ids/1", "duplicate"),
            (json!({"commission_ids": [ceti, cpeti]}), "/commission_ids/1", "other_country"),
            (json!({"commission_ids": [nothing]}), "/commission_ids/0", "unknown_reference"),
            (json!({"kind": "wish"}), "/kind", "not_a_choice"),
            (json!({"title": ""}), "/title", "blank"),
            (json!({"title": "x".repeat(501)}), "/title", "too_long"),
            (json!({"meeting_id": "x"}), "/meeting_id", "invalid_id"),
            (json!({"meeting_id": nothing}), "/meeting_id", "unknown_reference"),
            (json!({"meeting_id": elsewhere}), "/meeting_id", "other_commission"),
            (json!({"number": 6}), "/number", "wrong_type"),
            (json!({"number": "6".repeat(61)}), "/number", "too_long"),
            (json!({"text": "x".repeat(10_001)}), "/text", "too_long"),
            (json!({"adopted": "2023-W1"}), "/adopted", "invalid_partial_date"),
            (json!({"when_text": " "}), "/when_text", "blank"),
            (json!({"status": "lost"}), "/status", "not_a_choice"),
            (json!({"in_force_from": "2023-06"}), "/in_force_from", "invalid_date"),
            (json!({"in_force_from": "2023-06-02", "in_force_to": "2023-06-01"}), "/in_force_to", "contradictory"),
            (json!({"adoption": {}}), "/adoption/method", "required"),
            (json!({"adoption": {"method": "lot"}}), "/adoption/method", "not_a_choice"),
            (json!({"adoption": {"method": "majority", "for": -1}}), "/adoption/for", "out_of_range"),
            (json!({"adoption": {"method": "majority", "against": 1.5}}), "/adoption/against", "wrong_type"),
            (json!({"adoption": {"method": "majority", "abstained": 2_000_000_000}}), "/adoption/abstained", "out_of_range"),
            (json!({"adoption": {"method": "majority", "blank": 1}}), "/adoption/blank", "unknown_field"),
            (json!({"parties": [{}]}), "/parties/0", "one_of"),
            (json!({"parties": [{"institution_id": minsal, "name": "Minsal"}]}), "/parties/0", "one_of"),
            (json!({"parties": [{"institution_id": minsal}, {"institution_id": minsal}]}), "/parties/1/institution_id", "duplicate"),
            (json!({"parties": [{"institution_id": nothing}]}), "/parties/0/institution_id", "unknown_reference"),
            (json!({"parties": [{"name": "Regiones", "side": ""}]}), "/parties/0/side", "blank"),
            (json!({"parties": [{"name": "x".repeat(301)}]}), "/parties/0/name", "too_long"),
            (json!({"parties": vec![json!({"name": "Región"}); 201]}), "/parties", "too_many"),
            (json!({"themes": ["crime"]}), "/themes/0", "not_a_choice"),
            (json!({"themes": ["child_labour", "child_labour"]}), "/themes/1", "duplicate"),
            (json!({"scope": "galactic"}), "/scope", "not_a_choice"),
            (json!({"document_url": "x"}), "/document_url", "invalid_url"),
            (json!({"restricted": 1}), "/restricted", "wrong_type"),
            (json!({"agenda_item_id": nothing}), "/agenda_item_id", "unknown_reference"),
            (json!({"attachments": [{"title": "Acta"}]}), "/attachments/0", "one_of"),
            (json!({"attachments": [{"title": "Acta", "url": "x"}]}), "/attachments/0/url", "invalid_url"),
            (json!({"attachments": [{"title": "Acta", "file_id": nothing}]}), "/attachments/0/file_id", "unknown_reference"),
            (json!({"country_code": "CL"}), "/country_code", "unknown_field"),
        ] {
            let answer = admin.post("/agreements", with(agreement(&[&ceti]), change.clone())).expect(422);
            assert_eq!(answer.faults(), [fault(pointer, code)], "{change}");
        }
    }
}

on_both! {
    fn there_are_no_more_votes_than_members_of_that_day(world) {
        let (ceti, empty) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let admin = world.admin();
        for (name, from) in [("A", "2020-01-01"), ("B", "2020-01-01"), ("C", "2023-03-31")] {
            let id = world.institution(name);
            admin.post(&format!("/commissions/{ceti}/memberships"), json!({"institution_id": id, "role": "member", "from": from})).expect(201);
        }
        world.member(&ceti, &world.institution("Invitada"), "guest");
        let votes = |count: i32| json!({"method": "majority", "for": count - 1, "abstained": 1});
        let meeting = meeting(world, &ceti, "2023-03-01");
        for (change, most) in [(json!({"adopted": "2023-03"}), 3), (json!({"adopted": "2023-03-30"}), 2), (json!({"meeting_id": meeting}), 2)] {
            let body = with(agreement(&[&ceti]), change);
            admin.post("/agreements", with(body.clone(), json!({"adoption": votes(most)}))).expect(201);
            let answer = admin.post("/agreements", with(body, json!({"adoption": votes(most + 1)}))).expect(422);
            assert_eq!(answer.faults(), [fault("/adoption", "contradictory")]);
        }
        let undated = with(agreement(&[&ceti]), json!({"adoption": votes(50)}));
        let path = create(world, &undated);
        assert_eq!(admin.patch(&path, json!({"adopted": "2023-03"})).expect(422).faults(), [fault("/adoption", "contradictory")]);
        create(world, &with(agreement(&[&empty]), json!({"adopted": "2023-03", "adoption": votes(50)})));
        create(world, &with(agreement(&[&ceti, &empty]), json!({"adopted": "2023-03", "adoption": votes(50)})));
    }
}

on_both! {
    fn each_sees_the_agreements_that_concern_them(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (minsal, party) = (world.institution("Minsal"), world.institution("Santa Cruz"));
        world.member(&ceti, &minsal, "member");
        let open = create(world, &agreement(&[&ceti]));
        let closed = create(world, &with(agreement(&[&ceti]), json!({"restricted": true})));
        let joint = create(world, &agreement(&[&mitp, &ceti]));
        let named = create(world, &with(agreement(&[&mitp]), json!({"restricted": true, "parties": [{"institution_id": party}]})));
        for (who, person, sees) in [
            ("admin", world.admin(), [true; 4]),
            ("coordinator", world.coordinator("CL"), [true; 4]),
            ("coordinator elsewhere", world.coordinator(&world.country("PE")), [false; 4]),
            ("secretariat", world.secretariat(&ceti), [true, true, true, false]),
            ("member", world.representative(&minsal), [true, false, true, false]),
            ("party", world.representative(&party), [false, false, false, true]),
            ("observer", world.observer(&ceti), [true, false, true, false]),
        ] {
            for (path, may) in [&open, &closed, &joint, &named].into_iter().zip(sees) {
                assert_eq!(person.get(path).status, if may { 200 } else { 404 }, "{who} {path}");
            }
            assert_eq!(person.get("/agreements").expect(200).items().len(), sees.iter().filter(|may| **may).count(), "{who}");
        }
        world.nobody().get(&open).expect(401);
        let member = world.representative(&minsal);
        member.post("/agreements", agreement(&[&ceti])).expect(403);
        member.patch(&open, json!({"title": "Otro"})).expect(403);
        member.delete(&open).expect(403);
        member.delete(&closed).expect(404);
        let secretariat = world.secretariat(&ceti);
        secretariat.patch(&joint, json!({"title": "De ambas"})).expect(200);
        secretariat.patch(&open, json!({"commission_ids": [mitp]})).expect(404);
        secretariat.patch(&open, json!({"commission_ids": [ceti, mitp]})).expect(200);
        world.secretariat(&mitp).post("/agreements", agreement(&[&ceti])).expect(404);
        world.coordinator("CL").patch(&open, json!({"commission_ids": [ceti, mitp]})).expect(200);
    }
}

on_both! {
    fn a_meeting_that_the_writer_may_not_see_is_unknown(world) {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let hidden = meeting(world, &mitp, "2023-03");
        let body = with(agreement(&[&ceti]), json!({"meeting_id": hidden}));
        assert_eq!(world.secretariat(&ceti).post("/agreements", body).expect(422).faults(), [fault("/meeting_id", "unknown_reference")]);
        let joint = create(world, &with(agreement(&[&ceti, &mitp]), json!({"meeting_id": hidden})));
        world.secretariat(&ceti).patch(&joint, json!({"title": "La sesión queda"})).expect(200);
    }
}

on_both! {
    fn a_list_is_narrowed_and_paged(world) {
        let (ceti, cpeti) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let meeting = meeting(world, &ceti, "2023-03");
        create(world, &with(agreement(&[&ceti]), json!({"title": "Uno", "meeting_id": meeting, "themes": ["child_labour"], "text": "Protocolo en Aysén"})));
        create(world, &with(agreement(&[&ceti]), json!({"title": "Dos", "kind": "letter_of_intent", "themes": ["forced_labour", "child_labour"]})));
        create(world, &with(agreement(&[&cpeti]), json!({"title": "Tres", "number": "6-A"})));
        let admin = world.admin();
        for (filter, titles) in [
            (String::new(), vec!["Uno", "Dos", "Tres"]),
            ("country_code=PE".into(), vec!["Tres"]),
            (format!("commission_id={ceti}"), vec!["Uno", "Dos"]),
            (format!("meeting_id={meeting}"), vec!["Uno"]),
            ("kind=letter_of_intent".into(), vec!["Dos"]),
            ("theme=child_labour".into(), vec!["Uno", "Dos"]),
            ("theme=forced_labour&country_code=PE".into(), vec![]),
            ("q=AYSEN%20proto".into(), vec!["Uno"]),
            ("q=6-a".into(), vec!["Tres"]),
        ] {
            let answer = admin.get(&format!("/agreements?{filter}")).expect(200);
            let found: Vec<_> = answer.items().iter().map(|item| item["title"].as_str().unwrap()).collect();
            assert_eq!(found, titles, "{filter}");
        }
        let page = admin.get("/agreements?limit=2").expect(200);
        let cursor = page.json["next_cursor"].as_str().unwrap();
        assert_eq!(admin.get(&format!("/agreements?limit=2&cursor={cursor}")).expect(200).items()[0]["title"], "Tres");
        for bad in ["limit=0", "cursor=x", "kind=wish", "theme=crime", "meeting_id=x", "colour=red"] {
            assert_eq!(admin.get(&format!("/agreements?{bad}")).expect(400).code(), "invalid_query", "{bad}");
        }
        for odd in ["q=", "q=%27%22", "q=%2A"] {
            admin.get(&format!("/agreements?{odd}")).expect(200);
        }
    }
}

on_both! {
    fn the_content_of_an_agreement_in_approved_minutes_is_unchangeable(world) {
        let ceti = world.commission("CL", "CETI");
        let meeting = meeting(world, &ceti, "2023-08-22");
        let admin = world.admin();
        let body = json!({"commission_ids": [ceti], "kind": "meeting_agreement", "title": "Protocolo", "number": "6", "text": "Elaborarlo", "meeting_id": meeting, "adoption": {"method": "consensus"}});
        let path = format!("/agreements/{}", admin.post("/agreements", body).expect(201).id());
        admin.patch(&path, json!({"title": "Protocolo binacional"})).expect(200);
        admin.put(&format!("/meetings/{meeting}/minutes"), json!({"body": "Se acordó."})).expect(200);
        admin.post(&format!("/meetings/{meeting}/minutes/approval"), json!({})).expect(200);
        for change in [json!({"title": "Otro"}), json!({"number": "7"}), json!({"text": null}), json!({"adoption": {"method": "unanimity"}}), json!({"meeting_id": null})] {
            let refused = admin.patch(&path, change.clone());
            assert_eq!((refused.status, refused.code()), (409, "minutes_approved"), "{change}");
        }
        assert_eq!(admin.delete(&path).expect(409).code(), "minutes_approved");
        admin.patch(&path, json!({"status": "ended", "document_url": "https://example.org/a", "themes": ["child_labour"]})).expect(200);
    }
}

on_both! {
    fn an_agreement_added_after_the_approval_of_the_minutes_stays_out_of_them(world) {
        let ceti = world.commission("CL", "CETI");
        let (signed, open) = (meeting(world, &ceti, "2023-08-22"), meeting(world, &ceti, "2023-08-29"));
        let admin = world.admin();
        admin.put(&format!("/meetings/{signed}/minutes"), json!({"body": "Se acordó."})).expect(200);
        admin.post(&format!("/meetings/{signed}/minutes/approval"), json!({})).expect(200);
        let document = format!("/meetings/{signed}/minutes/document?format=md");
        let acta = admin.get(&document).expect(200).text;
        let of = |meeting: &str| with(agreement(&[&ceti]), json!({"meeting_id": meeting}));
        let late = create(world, &of(&signed));
        assert_eq!(world.observer(&ceti).post("/agreements", of(&signed)).expect(403).code(), "forbidden");
        admin.patch(&late, json!({"title": "Otro título"})).expect(200);
        admin.patch(&late, json!({"meeting_id": open})).expect(200);
        admin.patch(&late, json!({"meeting_id": signed})).expect(200);
        let matrix = "Comisión;Sesión;Fecha de la sesión;Acuerdo;Compromiso;Responsable\nCETI;Sesión;22/08/2023;Otro acuerdo;Informar;Minsal\n";
        world.institution("Minsal");
        admin.with("content-type", "text/csv").call("POST", "/imports?country_code=CL", Some(matrix.into())).expect(200);
        assert_eq!(admin.get(&document).expect(200).text, acta);
        admin.delete(&late).expect(204);
    }
}

on_both! {
    fn a_number_that_another_agreement_of_the_session_has_is_told_and_not_refused(world) {
        let ceti = world.commission("CL", "CETI");
        let (session, other) = (meeting(world, &ceti, "2023-03"), meeting(world, &ceti, "2023-04"));
        let secretariat = world.secretariat(&ceti);
        let numbered = |meeting: &str, number: &str| with(agreement(&[&ceti]), json!({"meeting_id": meeting, "number": number}));
        let first = secretariat.post("/agreements", numbered(&session, "6 bis")).expect(201);
        assert!(first.json.get("warnings").is_none(), "{}", first.text);
        assert!(secretariat.post("/agreements", numbered(&other, "6 bis")).expect(201).json.get("warnings").is_none());
        let again = secretariat.post("/agreements", numbered(&session, "6 BIS")).expect(201);
        assert_eq!(again.json["warnings"], json!([{"code": "duplicate_number", "ids": [first.id()]}]));
        let path = format!("/agreements/{}", again.id());
        let etag = secretariat.get(&path).expect(200).header("etag").unwrap().to_owned();
        assert_eq!(again.header("etag"), Some(etag.as_str()), "the warning is no part of the agreement");
        let changed = secretariat.with("if-match", &etag).patch(&path, json!({"title": "Otro"})).expect(200);
        assert_eq!(changed.json["warnings"][0]["code"], "duplicate_number");
        let tag = changed.header("etag").unwrap().to_owned();
        let corrected = secretariat.with("if-match", &tag).patch(&path, json!({"number": "7"})).expect(200);
        assert!(corrected.json.get("warnings").is_none(), "{}", corrected.text);
    }
}

on_both! {
    fn agreements_are_filtered_by_status_and_counted(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        for status in ["draft", "in_force", "in_force", "ended"] {
            secretariat.post("/agreements", with(agreement(&[&ceti]), json!({"status": status}))).expect(201);
        }
        for (filter, found) in [("status=draft", 1), ("status=in_force", 2), ("status=ended", 1), ("q=gestion", 4)] {
            let page = secretariat.get(&format!("/agreements?{filter}&count=true&limit=1")).expect(200);
            assert_eq!((&page.json["total"], &page.json["total_is_exact"]), (&json!(found), &json!(true)), "{filter}");
        }
        secretariat.get("/agreements?status=lost").expect(400);
    }
}

on_both! {
    fn a_file_attached_to_an_agreement_is_fetched_by_those_who_know_the_agreement(world) {
        let ceti = world.commission("CL", "CETI");
        let session = meeting(world, &ceti, "2023-03");
        world.admin().put(&format!("/meetings/{session}/agenda"), json!([{"title": "Cuenta", "kind": "information"}])).expect(200);
        let (secretariat, observer) = (world.secretariat(&ceti), world.observer(&ceti));
        let (bytes, kind) = crate::access_matrix::upload();
        let file = secretariat.with("content-type", kind).call("POST", "/files", Some(bytes)).expect(201).id();
        observer.get(&format!("/files/{file}")).expect(404);
        let item = world.row_agenda_item(&session);
        let body = with(agreement(&[&ceti]), json!({"meeting_id": session, "agenda_item_id": item, "attachments": [{"title": "Convenio", "file_id": file}]}));
        let made = secretariat.post("/agreements", body).expect(201);
        assert_eq!((&made.json["agenda_item_id"], &made.json["attachments"][0]["file_id"]), (&json!(item), &json!(file)));
        observer.get(&format!("/files/{file}")).expect(200);
        secretariat.delete(&format!("/files/{file}")).expect(409);
        secretariat.patch(&format!("/agreements/{}", made.id()), json!({"restricted": true})).expect(200);
        observer.get(&format!("/files/{file}")).expect(404);
        secretariat.delete(&format!("/agreements/{}", made.id())).expect(204);
    }
}

on_both! {
    fn a_change_of_an_agreement_waits_for_its_session_without_holding_the_agreement(world) {
        let ceti = world.commission("CL", "CETI");
        let (admin, session) = (world.admin(), meeting(world, &ceti, "2023-08-22"));
        let path = create(world, &with(agreement(&[&ceti]), json!({"meeting_id": session})));
        let url = &world.state.config.database_url;
        if url.starts_with("sqlite:") {
            // Only one transaction writes at a time.
            admin.patch(&path, json!({"title": "Otro"})).expect(200);
            return;
        }
        let mut holder = PgConnection::establish(url).unwrap();
        holder.batch_execute(&format!("BEGIN; SELECT 1 FROM meetings WHERE id = '{session}' FOR UPDATE")).unwrap();
        let mut other = PgConnection::establish(url).unwrap();
        let id = path.trim_start_matches("/agreements/");
        let take = format!("BEGIN; SELECT 1 FROM agreements WHERE id = '{id}' FOR UPDATE NOWAIT; ROLLBACK");
        std::thread::scope(|scope| {
            let change = scope.spawn(|| admin.patch(&path, json!({"title": "Otro"})));
            std::thread::sleep(std::time::Duration::from_secs(1));
            let (waits, taken) = (!change.is_finished(), other.batch_execute(&take));
            holder.batch_execute("ROLLBACK").unwrap();
            change.join().unwrap().expect(200);
            assert!(waits, "the change does not wait for the session");
            taken.expect("the change holds the agreement while it waits for the session");
        });
    }
}
