//! Delegates of institutions in a commission.

use serde_json::json;

use crate::on_both;

on_both! {
    fn a_delegate_is_a_user_or_a_person_by_name(world) {
        let id = world.commission("CL", "CETI");
        let (path, secretariat) = (format!("/commissions/{id}/delegates"), world.secretariat(&id));
        let institution = world.institution("Minsal");
        let body = json!({"institution_id": institution, "capacity": "principal", "name": "Ana Rojas", "email": "ana@example.org", "position": "Jefa", "from": "2023-01-01", "to": "2023-12-31"});
        let made = secretariat.post(&path, body.clone()).expect(201);
        for (field, sent) in body.as_object().unwrap() {
            assert_eq!(made.json[field], *sent, "{field}");
        }
        let one = format!("{path}/{}", made.id());
        assert_eq!(secretariat.get(&one).expect(200).json, made.json);
        let user = world.representative(&institution).id.unwrap();
        let changed = secretariat.patch(&one, json!({"user_id": user, "name": null, "email": null})).expect(200);
        assert_eq!((&changed.json["user_id"], &changed.json["name"]), (&json!(user), &json!(null)));
        secretariat.delete(&one).expect(204);
        secretariat.get(&one).expect(404);
    }
}

on_both! {
    fn every_wrong_field_of_a_delegate_is_reported(world) {
        let id = world.commission("CL", "CETI");
        let institution = world.institution("Minsal");
        let user = world.representative(&institution).id.unwrap();
        for (field, value, pointer, code) in [
            ("institution_id", json!(id), "/institution_id", "unknown_reference"),
            ("institution_id", json!(null), "/institution_id", "required"),
            ("capacity", json!("guest"), "/capacity", "not_a_choice"),
            ("user_id", json!(user), "/name", "not_together"),
            ("user_id", json!(7), "/user_id", "wrong_type"),
            ("name", json!(null), "/user_id", "one_of"),
            ("name", json!(" "), "/name", "blank"),
            ("email", json!("ana"), "/email", "invalid_email"),
            ("position", json!("x".repeat(301)), "/position", "too_long"),
            ("from", json!("2023-02-30"), "/from", "invalid_date"),
            ("to", json!("2022-12-31"), "/to", "contradictory"),
            ("colour", json!("red"), "/colour", "unknown_field"),
        ] {
            let mut body = json!({"institution_id": institution, "capacity": "principal", "name": "Ana", "from": "2023-01-01"});
            body[field] = value;
            let answer = world.admin().post(&format!("/commissions/{id}/delegates"), body).expect(422);
            assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{field}");
        }
        let nobody = json!({"institution_id": institution, "capacity": "principal", "user_id": id});
        let answer = world.admin().post(&format!("/commissions/{id}/delegates"), nobody).expect(422);
        assert_eq!(answer.faults(), [("/user_id".to_owned(), "unknown_reference".to_owned())]);
    }
}

on_both! {
    fn the_list_is_narrowed_by_institution_and_day(world) {
        let id = world.commission("CL", "CETI");
        let (path, admin) = (format!("/commissions/{id}/delegates"), world.admin());
        let (one, two) = (world.institution("A"), world.institution("B"));
        admin.post(&path, json!({"institution_id": one, "capacity": "principal", "name": "Ana", "to": "2023-08-31"})).expect(201);
        admin.post(&path, json!({"institution_id": one, "capacity": "alternate", "name": "Eva", "from": "2023-09-01"})).expect(201);
        admin.post(&path, json!({"institution_id": two, "capacity": "principal", "name": "Luz"})).expect(201);
        let names = |query: &str| -> Vec<String> {
            let answer = admin.get(&format!("{path}?{query}")).expect(200);
            answer.items().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names("on=2023-08-31"), ["Ana", "Luz"]);
        assert_eq!(names("on=2023-09-01"), ["Eva", "Luz"]);
        assert_eq!(names(&format!("institution_id={one}")), ["Ana", "Eva"]);
        let first = admin.get(&format!("{path}?limit=2")).expect(200);
        let cursor = first.json["next_cursor"].as_str().unwrap().to_owned();
        assert_eq!(names(&format!("limit=2&cursor={cursor}")), ["Luz"]);
    }
}

on_both! {
    fn the_address_of_a_delegate_is_shown_to_writers_of_the_record_and_to_the_institution(world) {
        let id = world.commission("CL", "CETI");
        let (path, admin) = (format!("/commissions/{id}/delegates"), world.admin());
        let (one, two) = (world.institution("A"), world.institution("B"));
        world.member(&id, &one, "member");
        world.member(&id, &two, "member");
        let (user, other) = (world.representative(&one), world.representative(&two));
        let by_name = json!({"institution_id": one, "capacity": "alternate", "name": "Eva", "email": "eva@example.org", "position": "Jefa"});
        let entered = [
            admin.post(&path, by_name).expect(201).json,
            admin.post(&path, json!({"institution_id": one, "capacity": "principal", "user_id": user.id})).expect(201).json,
        ];
        let name = admin.get(&format!("/users/{}", user.id.unwrap())).expect(200).json["name"].clone();
        for (person, sees) in [
            (world.admin(), true),
            (world.coordinator("CL"), true),
            (world.secretariat(&id), true),
            (world.representative(&one), true),
            (other, false),
            (world.observer(&id), false),
        ] {
            let mut known = entered.clone();
            if !sees {
                known[0]["email"] = json!(null);
                known[1]["user_id"] = json!(null);
                known[1]["name"] = name.clone();
            }
            let before = world.statements();
            assert_eq!(person.get(&path).items(), known);
            let statements = world.statements() - before;
            for delegate in &known {
                assert_eq!(person.get(&format!("{path}/{}", delegate["id"].as_str().unwrap())).expect(200).json, *delegate);
            }
            let before = world.statements();
            assert_eq!(person.get(&format!("{path}?limit=1")).items(), &known[..1]);
            assert_eq!(world.statements() - before, statements, "the same number of statements for one and for two");
        }
    }
}

on_both! {
    fn a_delegate_who_signs_in_represents_the_institution(world) {
        let id = world.commission("CL", "CETI");
        let (path, secretariat) = (format!("/commissions/{id}/delegates"), world.secretariat(&id));
        let (one, two) = (world.institution("A"), world.institution("B"));
        let (user, other) = (world.representative(&one), world.representative(&two));
        let refused = [("/user_id".to_owned(), "unknown_reference".to_owned())];
        for stranger in [other.id, world.admin().id, world.observer(&id).id] {
            let body = json!({"institution_id": one, "capacity": "principal", "user_id": stranger});
            assert_eq!(secretariat.post(&path, body).expect(422).faults(), refused);
        }
        let made = secretariat.post(&path, json!({"institution_id": one, "capacity": "principal", "user_id": user.id})).expect(201);
        let at = format!("{path}/{}", made.id());
        assert_eq!(secretariat.patch(&at, json!({"user_id": other.id})).expect(422).faults(), refused);
        assert_eq!(secretariat.patch(&at, json!({"institution_id": two})).expect(422).faults(), refused);
        world.admin().patch(&format!("/users/{}", user.id.unwrap()), json!({"grants": []})).expect(200);
        secretariat.patch(&at, json!({"to": "2023-08-31"})).expect(200);
    }
}

on_both! {
    fn an_institution_enters_and_ends_its_own_delegates_and_the_secretariat_is_told(world) {
        let id = world.commission("CL", "CETI");
        let (path, secretariat) = (format!("/commissions/{id}/delegates"), world.secretariat(&id));
        let (minsal, mineduc) = (world.institution("Minsal"), world.institution("Mineduc"));
        let seat = world.member(&id, &minsal, "member");
        let representative = world.representative(&minsal);
        world.notices();
        let body = |institution: &str| json!({"institution_id": institution, "capacity": "principal", "name": "Ana Rojas", "email": "ana@example.org"});
        let made = representative.post(&path, body(&minsal)).expect(201);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("contact_changed", secretariat.email.as_str())]);
        assert!(mails[0].text.contains("Persona: Ana Rojas") && mails[0].text.contains("Minsal"), "{}", mails[0].text);
        let one = format!("{path}/{}", made.id());
        let etag = representative.get(&one).expect(200).header("etag").unwrap().to_owned();
        let ended = representative.with("if-match", &etag).patch(&one, json!({"to": "2023-08-31"})).expect(200);
        assert_eq!(ended.json["to"], "2023-08-31");
        assert_eq!(world.notices().len(), 1);
        representative.patch(&one, json!({"institution_id": mineduc})).expect(403);
        let refused = representative.post(&path, body(&mineduc)).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("secretaría"), "{}", refused.text);
        representative.delete(&one).expect(403);
        secretariat.patch(&one, json!({"to": null})).expect(200);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        assert_eq!(told, [("contact_changed", representative.email.as_str())], "the secretariat did it itself");
        world.observer(&id).post(&path, body(&minsal)).expect(403);
        secretariat.patch(&format!("/commissions/{id}/memberships/{seat}"), json!({"to": "2023-01-01"})).expect(200);
        representative.post(&path, body(&minsal)).expect(404);
    }
}

on_both! {
    fn the_note_of_a_delegate_is_hidden_from_an_institution_that_has_left(world) {
        let ceti = world.commission("CL", "CETI");
        let [minsal, mineduc] = ["Minsal", "Mineduc"].map(|name| world.institution(name));
        let seat = world.member(&ceti, &minsal, "member");
        world.member(&ceti, &mineduc, "member");
        let (own, other, secretariat) = (world.representative(&minsal), world.representative(&mineduc), world.secretariat(&ceti));
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana Rojas", "note": "Llamar por la tarde"});
        let path = format!("/commissions/{ceti}/delegates");
        let one = format!("{path}/{}", secretariat.post(&path, delegate).expect(201).id());
        let sees = |person: &crate::support::Person<'_>| {
            let (shown, listed) = (person.get(&one).expect(200).json, person.get(&path).expect(200));
            let [shown, listed] = [&shown, &listed.items()[0]].map(|one| one.get("note").is_some());
            assert_eq!(shown, listed);
            shown
        };
        assert_eq!([sees(&own), sees(&other), sees(&secretariat)], [true, false, true]);
        world.admin().patch(&format!("/commissions/{ceti}/memberships/{seat}"), json!({"to": "2023-08-31"})).expect(200);
        own.get(&one).expect(404);
        // The person still knows the commission for another institution.
        let grant = json!({"role": "representative", "institution_id": mineduc});
        world.admin().post(&format!("/users/{}/grants", own.id.unwrap()), grant).expect(201);
        assert_eq!([sees(&own), sees(&secretariat)], [false, true]);
    }
}
