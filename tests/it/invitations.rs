//! Rights to make people representatives or observers, and the data that those who invite see of people.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

/// Tries to make a person a representative of an institution; returns the status.
fn invite(inviter: &Person<'_>, institution: &str) -> u16 {
    let email = format!("p{}@example.org", institution.replace('-', ""));
    let grants = json!([{"role": "representative", "institution_id": institution}]);
    inviter.post("/users", json!({"email": email, "name": "P", "grants": grants})).status
}

/// Makes a record of the commission that names the institution.
fn name_in(admin: &Person<'_>, kind: &str, country: &str, commission: &str, institution: &str) {
    let (commissions, one) = (json!([commission]), json!([institution]));
    let commitment = |field: &str, value: Value| {
        let mut body = json!({"commission_ids": commissions, "text": "Capacitar", "restricted": true});
        body[field] = value;
        admin.post("/commitments", body).expect(201);
    };
    let activity = |field: &str| {
        let mut body =
            json!({"country_code": country, "kind": "workshop", "title": "Taller", "commission_ids": commissions});
        body[field] = one.clone();
        admin.post("/activities", body).expect(201);
    };
    match kind {
        "past seat" => {
            let body = json!({"institution_id": institution, "role": "guest", "to": "2020-12-31"});
            admin.post(&format!("/commissions/{commission}/memberships"), body).expect(201);
        }
        "delegate" => {
            let body = json!({"institution_id": institution, "capacity": "principal", "name": "Ana"});
            admin.post(&format!("/commissions/{commission}/delegates"), body).expect(201);
        }
        "attendance" => {
            let body =
                json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión", "held": "2023-08-01"});
            let id = admin.post("/meetings", body).expect(201).id();
            let present = json!([{"institution_id": institution, "status": "present"}]);
            admin.put(&format!("/meetings/{id}/attendance"), present).expect(200);
        }
        "party" => {
            let body = json!({"commission_ids": commissions, "kind": "cooperation_agreement", "title": "Convenio", "parties": [{"institution_id": institution}]});
            admin.post("/agreements", body).expect(201);
        }
        "responsible for an item" => {
            let body =
                json!({"country_code": country, "kind": "work_plan", "title": "Plan", "commission_ids": commissions});
            let plan = admin.post("/plans", body).expect(201).id();
            let body = json!({"kind": "action", "title": "Acción", "responsible_ids": one});
            admin.post(&format!("/plans/{plan}/items"), body).expect(201);
        }
        "assignment" => commitment("assignments", json!([{"institution_id": institution}])),
        "beneficiary" => commitment("beneficiary_ids", one),
        "follow-up" => commitment("follow_up_institution_id", json!(institution)),
        "organizer" => activity("organizer_ids"),
        "partner" => activity("partner_ids"),
        other => panic!("no {other}"),
    }
}

const NAMINGS: [&str; 10] = [
    "past seat",
    "delegate",
    "attendance",
    "party",
    "responsible for an item",
    "assignment",
    "beneficiary",
    "follow-up",
    "organizer",
    "partner",
];

on_both! {
    fn a_membership_that_the_inviter_entered_opens_no_record_of_others(world) {
        let (own, neighbour, abroad) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.commission("PE", "CPETI"));
        let (admin, secretariat, coordinator) = (world.admin(), world.secretariat(&own), world.coordinator("CL"));
        for kind in NAMINGS {
            for (country, elsewhere) in [("CL", &neighbour), ("PE", &abroad)] {
                let body = json!({"name": kind, "sector": "international_organization"});
                let institution = admin.post("/institutions", body).expect(201).id();
                let seat = json!({"institution_id": institution, "role": "member"});
                secretariat.post(&format!("/commissions/{own}/memberships"), seat).expect(201);
                name_in(&admin, kind, country, elsewhere, &institution);
                assert_eq!(invite(&coordinator, &institution), 403, "unbounded, {kind} in {country}");
                let before = admin.get("/commitments").items().len();
                let grants = json!([{"role": "representative", "institution_id": institution}]);
                let body = json!({"email": format!("{}@example.org", institution), "name": "P", "grants": grants});
                let id = secretariat.post("/users", body).expect(201).id();
                let guest = Person::signed_in(world, id.parse().unwrap(), "guest@example.org".into());
                for list in ["commitments", "meetings", "agreements", "activities", "plans"] {
                    assert_eq!(guest.get(&format!("/{list}")).items().len(), 0, "{kind} in {country}: {list}");
                }
                assert_eq!(guest.get("/commissions").items().len(), 1, "{kind} in {country}");
                assert_eq!(admin.get("/commitments").items().len(), before);
            }
        }
    }
}

on_both! {
    fn a_secretariat_changes_its_own_grants_of_a_person_and_leaves_the_others(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let institution = world.institution("OIT");
        let grants = json!([{"role": "observer", "commission_id": own}, {"role": "representative", "institution_id": institution}, {"role": "observer", "commission_id": abroad}]);
        let id = world.admin().post("/users", json!({"email": "eva@example.org", "name": "Eva", "grants": grants})).expect(201).id();
        let (path, secretariat) = (format!("/users/{id}"), world.secretariat(&own));
        for change in [json!({"disabled": true}), json!({"name": "Otra"}), json!({"email": "x@example.org"}), json!({"institution_id": institution}), json!({"password": "una que yo elijo"})] {
            secretariat.patch(&path, change).expect(403);
        }
        assert_eq!(secretariat.patch(&path, json!({"grants": []})).expect(200).json["grants"], json!([]));
        secretariat.get(&path).expect(404);
        assert_eq!(world.admin().get(&path).expect(200).json["grants"].as_array().unwrap().len(), 2, "what it may not see stays");
    }
}

on_both! {
    fn people_who_invite_never_set_a_password(world) {
        let own = world.commission("CL", "CETI");
        for inviter in [world.secretariat(&own), world.coordinator("CL")] {
            let mut body = json!({"email": inviter.email.replace('@', "+1@"), "name": "P", "password": "una que yo elijo", "grants": [{"role": "observer", "commission_id": own}]});
            assert_eq!(inviter.post("/users", body.clone()).expect(403).code(), "password_by_invitation");
            body["password"] = Value::Null;
            let made = inviter.post("/users", body).expect(201);
            let answer = inviter.patch(&format!("/users/{}", made.id()), json!({"password": "una que yo elijo"})).expect(403);
            assert_eq!(answer.code(), "password_by_invitation");
            world.admin().patch(&format!("/users/{}", made.id()), json!({"password": "una que yo elijo"})).expect(200);
        }
    }
}

on_both! {
    fn people_who_invite_see_only_the_grants_within_their_own_scope(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let grants = json!([{"role": "observer", "commission_id": own}, {"role": "secretariat", "commission_id": abroad}, {"role": "admin"}]);
        let body = json!({"email": "eva@example.org", "name": "Eva", "grants": grants});
        let path = format!("/users/{}", world.admin().post("/users", body).expect(201).id());
        for person in [world.secretariat(&own), world.coordinator("CL")] {
            let mut observing = json!([{"role": "observer", "country_code": null, "commission_id": own, "institution_id": null}]);
            let shown = person.get(&path).expect(200).json["grants"].clone();
            observing[0]["id"] = shown[0]["id"].clone();
            assert_eq!(shown, observing);
            let listed = person.get("/users?email=eva@example.org").expect(200);
            assert_eq!(listed.items()[0]["grants"], observing);
            assert_eq!(person.get("/users?email=eva@example.org&role=observer").items().len(), 1);
            assert_eq!(person.get("/users?email=eva@example.org&role=admin").items().len(), 0);
            person.patch(&path, json!({"name": "Otra"})).expect(403);
        }
        assert_eq!(world.admin().get(&path).expect(200).json["grants"].as_array().unwrap().len(), 3);
    }
}

on_both! {
    fn the_audit_log_of_a_country_does_not_show_grants_elsewhere(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let (admin, coordinator) = (world.admin(), world.coordinator("CL"));
        let changes = |id: &str| coordinator.get(&format!("/audit-log?record_id={id}")).expect(200).items().len();
        let here = json!([{"role": "observer", "commission_id": own}]);
        let both = json!([{"role": "observer", "commission_id": own}, {"role": "observer", "commission_id": abroad}]);
        let id = admin.post("/users", json!({"email": "eva@example.org", "name": "Eva", "grants": here})).expect(201).id();
        assert_eq!(changes(&id), 1);
        admin.patch(&format!("/users/{id}"), json!({"grants": both})).expect(200);
        admin.patch(&format!("/users/{id}"), json!({"grants": here})).expect(200);
        assert_eq!(changes(&id), 1);
        admin.patch(&format!("/users/{id}"), json!({"name": "Eva Díaz"})).expect(200);
        assert_eq!(changes(&id), 1);
    }
}

on_both! {
    fn only_admins_manage_a_person_without_grants(world) {
        let own = world.commission("CL", "CETI");
        let institution = world.institution("Minsal");
        world.member(&own, &institution, "member");
        let body = json!({"email": "eva@example.org", "name": "Eva", "institution_id": institution});
        let path = format!("/users/{}", world.admin().post("/users", body).expect(201).id());
        let secretariat = world.secretariat(&own);
        secretariat.get(&path).expect(404);
        secretariat.patch(&path, json!({"disabled": true})).expect(404);
        secretariat.patch(&path, json!({"grants": [{"role": "observer", "commission_id": own}]})).expect(404);
        world.admin().patch(&path, json!({"grants": [{"role": "observer", "commission_id": own}]})).expect(200);
        secretariat.patch(&path, json!({"disabled": true})).expect(403);
    }
}

on_both! {
    fn an_institution_leaves_a_country_only_where_no_record_of_others_names_it(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let institution = |name: &str| {
            let body = json!({"name": name, "sector": "government", "country_code": "CL"});
            world.admin().post("/institutions", body).expect(201).id()
        };
        let (named, known) = (institution("Ministerio"), institution("Unicef Chile"));
        let admin = world.admin();
        name_in(&admin, "assignment", "PE", &abroad, &named);
        name_in(&admin, "assignment", "CL", &own, &known);
        let coordinator = world.coordinator("CL");
        coordinator.patch(&format!("/institutions/{named}"), json!({"country_code": null})).expect(403);
        coordinator.patch(&format!("/institutions/{named}"), json!({"acronym": "M"})).expect(200);
        coordinator.patch(&format!("/institutions/{known}"), json!({"country_code": null})).expect(200);
        admin.patch(&format!("/institutions/{named}"), json!({"country_code": null})).expect(200);
    }
}

on_both! {
    fn an_institution_with_an_unbounded_representative_keeps_its_country(world) {
        world.commission("CL", "CETI");
        let body = json!({"name": "Unicef Chile", "sector": "government", "country_code": "CL"});
        let institution = world.admin().post("/institutions", body.clone()).expect(201).id();
        let coordinator = world.coordinator("CL");
        assert_eq!(invite(&coordinator, &institution), 201);
        let path = format!("/institutions/{institution}");
        coordinator.patch(&path, json!({"country_code": null})).expect(403);
        let dataset = json!({
            "articula": 1, "country": {"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es"},
            "institutions": [{"key": institution, "name": "Unicef Chile", "sector": "government", "country_code": null}],
        });
        coordinator.post("/imports", dataset);
        assert_eq!(world.admin().get(&path).expect(200).json["country_code"], "CL");
        let people = world.admin().get("/users?role=representative").expect(200);
        let person = format!("/users/{}", people.items()[0]["id"].as_str().unwrap());
        world.admin().patch(&person, json!({"disabled": true})).expect(200);
        coordinator.patch(&path, json!({"country_code": null})).expect(200);
    }
}

on_both! {
    fn inviting_costs_the_same_however_much_names_the_institution(world) {
        let own = world.commission("CL", "CETI");
        let (admin, secretariat) = (world.admin(), world.secretariat(&own));
        let cost = |times: usize| {
            let institution = world.institution("I");
            world.member(&own, &institution, "member");
            for _ in 0..times {
                name_in(&admin, "assignment", "CL", &own, &institution);
            }
            let before = world.statements();
            assert_eq!(invite(&secretariat, &institution), 201);
            world.statements() - before
        };
        assert_eq!(cost(1), cost(5));
    }
}

/// Returns everything that a secretariat learns about a person whom it invites: every answer, with the ids and the
/// address replaced by fixed ones.
fn learned(world: &World, inviter: &Person<'_>, commission: &str, email: &str) -> Vec<String> {
    let body = json!({"email": email, "name": "Como la presento", "language": "en", "grants": [{"role": "observer", "commission_id": commission}]});
    let before = inviter.get(&format!("/users?email={email}")).expect(200);
    let made = inviter.post("/users", body).expect(201);
    let (id, grant) = (made.id(), made.json["grants"][0]["id"].as_str().unwrap().to_owned());
    let one = format!("/users/{id}");
    let log = world.coordinator("CL").get(&format!("/audit-log?record_id={id}")).expect(200);
    let entry =
        |entry: &Value| json!([entry["action"], entry["kind"], entry["before"], entry["after"], entry["user_id"]]);
    let answers = [
        before.text,
        made.text,
        inviter.get(&one).expect(200).text,
        inviter.get(&format!("/users?email={email}")).expect(200).text,
        inviter.get(&format!("{one}/grants")).expect(200).text,
        inviter.patch(&one, json!({"name": "Otra"})).expect(403).json["code"].to_string(),
        inviter.patch(&one, json!({"disabled": true})).expect(403).json["code"].to_string(),
        inviter.call("POST", &format!("{one}/invitation"), None).expect(202).text,
        Value::Array(log.items().iter().map(entry).collect()).to_string(),
        inviter.get(&format!("/reminders/deliveries?address={email}")).expect(200).text,
        inviter
            .post(&format!("{one}/grants"), json!({"role": "observer", "commission_id": commission}))
            .expect(409)
            .json["code"]
            .to_string(),
    ];
    answers.map(|text| text.replace(&id, "ID").replace(&grant, "GRANT").replace(email, "EMAIL")).into()
}

on_both! {
    fn no_answer_shows_if_an_address_had_an_account(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let grants = json!([{"role": "observer", "commission_id": abroad}]);
        let known = json!({"email": "Ana@Example.org", "name": "Ana Rojas", "password": "una frase larga y propia", "grants": grants});
        let id = world.admin().post("/users", known).expect(201).id();
        let never = json!({"email": "eva@example.org", "name": "Eva Díaz", "grants": grants});
        world.admin().post("/users", never).expect(201);
        world.notices();
        world.at("2023-10-02T12:00:00Z");
        let secretariat = world.secretariat(&own);
        let new = learned(world, &secretariat, &own, "nueva@example.org");
        assert!(new[1].contains("Como la presento") && new[1].contains("2023-10-02T12:00:00Z"), "{}", new[1]);
        assert_eq!(learned(world, &secretariat, &own, "ana@example.org"), new);
        assert_eq!(learned(world, &secretariat, &own, "eva@example.org"), new);
        let real = world.admin().get(&format!("/users/{id}")).expect(200).json;
        assert_eq!((&real["name"], &real["email"], &real["language"]), (&json!("Ana Rojas"), &json!("Ana@Example.org"), &json!("es")));
        assert_eq!(real["grants"].as_array().unwrap().len(), 2);
        let mails = world.notices();
        let told: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        let expected = [("grant_added", "Ana@Example.org"), ("grant_added", "eva@example.org"), ("invitation", "eva@example.org"), ("invitation", "nueva@example.org")];
        assert_eq!(told, expected, "a person whose invitation has expired gets a new one");
        assert!(mails[0].text.contains("Observación: Comisión CETI") && mails[0].subject == "Nuevo acceso – Observación: Comisión CETI", "{}", mails[0].text);
        let ana = Person::signed_in(world, id.parse().unwrap(), "ana@example.org".into());
        ana.patch("/me", json!({"name": "Ana R."})).expect(200);
        assert_eq!(secretariat.get(&format!("/users/{id}")).expect(200).json["name"], "Ana R.");
    }
}

on_both! {
    fn the_id_of_an_account_does_not_show_when_it_was_made(world) {
        let admin = world.admin();
        world.at("2024-09-01T12:00:00Z");
        let ids = (0..8).map(|n| admin.post("/users", json!({"email": format!("p{n}@example.org"), "name": "P"})).expect(201).id());
        let days: std::collections::BTreeSet<_> = ids.map(|id| {
            let (seconds, _) = id.parse::<uuid::Uuid>().unwrap().get_timestamp().unwrap().to_unix();
            seconds / 86_400
        }).collect();
        assert!(days.len() > 3 && days.iter().all(|day| (19_601..=19_967).contains(day)), "{days:?}");
    }
}

on_both! {
    fn a_disabled_person_does_not_change_and_the_answer_does_not_show_it(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let body = json!({"email": "ana@example.org", "name": "Ana", "disabled": true, "grants": [{"role": "observer", "commission_id": abroad}]});
        let made = world.admin().post("/users", body).expect(201);
        let body = json!({"email": "ana@example.org", "name": "Como la presento", "grants": [{"role": "observer", "commission_id": own}]});
        let answer = world.secretariat(&own).post("/users", body).expect(201);
        assert_eq!((&answer.json["disabled"], &answer.json["name"]), (&json!(false), &json!("Como la presento")));
        assert_eq!(world.admin().get(&format!("/users/{}", made.id())).expect(200).json, made.json);
        assert!(world.notices().is_empty());
    }
}

on_both! {
    fn an_invitation_that_has_expired_is_sent_again(world) {
        let own = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&own);
        let body = json!({"email": "eva@example.org", "name": "Eva", "grants": [{"role": "observer", "commission_id": own}]});
        let path = format!("/users/{}/invitation", secretariat.post("/users", body).expect(201).id());
        let again = |who: &Person<'_>, status| {
            who.call("POST", &path, None).expect(status);
            world.notices().len()
        };
        assert_eq!(again(&secretariat, 202), 1, "the first one");
        assert_eq!(again(&secretariat, 202), 0, "it can still be used");
        world.at("2023-09-09T12:00:00Z");
        assert_eq!(again(&world.secretariat(&world.commission("CL", "MITP")), 404), 0);
        assert_eq!(again(&world.observer(&own), 404), 0);
        assert_eq!(again(&secretariat, 202), 1, "it has expired");
        assert_eq!(again(&secretariat, 202), 0);
    }
}

on_both! {
    fn a_secretariat_that_may_not_invite_is_told_to_ask_the_coordinator(world) {
        let own = world.commission("CL", "CETI");
        let outside = world.institution("Fuera");
        let secretariat = world.secretariat(&own);
        let grant = json!({"role": "representative", "institution_id": outside, "commission_id": own});
        let body = json!({"email": "fuera@example.org", "name": "Fuera", "grants": [grant]});
        let refused = secretariat.post("/users", body.clone()).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("pida este permiso a la coordinación del país"), "{}", refused.text);
        let refused = secretariat.with("accept-language", "en").post("/users", body.clone()).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("ask the coordinator of the country"), "{}", refused.text);
        world.observer(&own).post("/users", body.clone()).expect(403);
        world.coordinator("CL").post("/users", body).expect(201);
    }
}
