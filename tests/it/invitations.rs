//! Who may make whom a representative or observer, and what those who invite know of people.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::Person;

/// Asks to make somebody a representative of an institution; the status.
fn invite(inviter: &Person<'_>, institution: &str) -> u16 {
    let email = format!("p{}@example.org", institution.replace('-', ""));
    let grants = json!([{"role": "representative", "institution_id": institution}]);
    inviter.post("/users", json!({"email": email, "name": "P", "grants": grants})).status
}

/// A record of the commission that names the institution.
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
    fn a_seat_of_ones_own_making_opens_no_record_of_others(world) {
        let (own, neighbour, abroad) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.commission("PE", "CPETI"));
        let (admin, secretariat, coordinator) = (world.admin(), world.secretariat(&own), world.coordinator("CL"));
        let observer = world.observer(&own);
        for kind in NAMINGS {
            for (country, elsewhere, of_coordinator) in [("CL", &neighbour, 201), ("PE", &abroad, 403)] {
                let body = json!({"name": kind, "sector": "international_organization"});
                let institution = admin.post("/institutions", body).expect(201).id();
                let seat = json!({"institution_id": institution, "role": "member"});
                secretariat.post(&format!("/commissions/{own}/memberships"), seat).expect(201);
                name_in(&admin, kind, country, elsewhere, &institution);
                assert_eq!(invite(&secretariat, &institution), 403, "{kind} in {country}");
                let grants = json!([{"role": "observer", "commission_id": own}, {"role": "representative", "institution_id": institution}]);
                secretariat.patch(&format!("/users/{}", observer.id.unwrap()), json!({"grants": grants})).expect(403);
                assert_eq!(invite(&coordinator, &institution), of_coordinator, "{kind} in {country}");
            }
        }
    }
}

on_both! {
    fn what_names_an_institution_within_the_commission_alone_is_no_hindrance(world) {
        let own = world.commission("CL", "CETI");
        let (admin, secretariat) = (world.admin(), world.secretariat(&own));
        let institution = world.institution("Minsal");
        assert_eq!(invite(&secretariat, &institution), 403, "it has no seat");
        world.member(&own, &institution, "member");
        for kind in NAMINGS.iter().filter(|kind| **kind != "past seat") {
            name_in(&admin, kind, "CL", &own, &institution);
        }
        assert_eq!(invite(&secretariat, &institution), 201);
    }
}

on_both! {
    fn a_representative_who_reads_more_is_not_a_secretariats_to_change(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let institution = world.institution("OIT");
        name_in(&world.admin(), "assignment", "PE", &abroad, &institution);
        let representative = world.representative(&institution);
        let (path, secretariat) = (format!("/users/{}", representative.id.unwrap()), world.secretariat(&own));
        secretariat.get(&path).expect(404);
        world.member(&own, &institution, "member");
        secretariat.get(&path).expect(200);
        for change in [json!({"disabled": true}), json!({"name": "Otra"}), json!({"email": "x@example.org"}), json!({"grants": []}), json!({"password": "una que yo elijo"})] {
            secretariat.patch(&path, change).expect(403);
        }
        assert_eq!(representative.get("/me").expect(200).json["email"], json!(representative.email));
    }
}

on_both! {
    fn who_invites_never_sets_a_password(world) {
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
    fn those_who_invite_see_what_people_are_within_their_own_bounds_alone(world) {
        let (own, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let grants = json!([{"role": "observer", "commission_id": own}, {"role": "secretariat", "commission_id": abroad}, {"role": "admin"}]);
        let body = json!({"email": "eva@example.org", "name": "Eva", "grants": grants});
        let path = format!("/users/{}", world.admin().post("/users", body).expect(201).id());
        let observing = json!([{"role": "observer", "country_code": null, "commission_id": own, "institution_id": null}]);
        for person in [world.secretariat(&own), world.coordinator("CL")] {
            assert_eq!(person.get(&path).expect(200).json["grants"], observing);
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
    fn the_log_of_a_country_tells_nothing_of_what_a_person_is_elsewhere(world) {
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
        assert_eq!(changes(&id), 2);
    }
}

on_both! {
    fn a_person_without_grants_is_the_admins_to_manage(world) {
        let own = world.commission("CL", "CETI");
        let institution = world.institution("Minsal");
        world.member(&own, &institution, "member");
        let body = json!({"email": "eva@example.org", "name": "Eva", "institution_id": institution});
        let path = format!("/users/{}", world.admin().post("/users", body).expect(201).id());
        let secretariat = world.secretariat(&own);
        secretariat.get(&path).expect(200);
        secretariat.patch(&path, json!({"disabled": true})).expect(403);
        secretariat.patch(&path, json!({"grants": [{"role": "observer", "commission_id": own}]})).expect(403);
        world.admin().patch(&path, json!({"grants": [{"role": "observer", "commission_id": own}]})).expect(200);
        secretariat.patch(&path, json!({"disabled": true})).expect(200);
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
