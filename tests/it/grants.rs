//! The records that a representative's grant opens when it is bounded to one commission, and who gives and takes away
//! grants.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

/// Two commissions of Chile of which Minsal is a member.
struct Scene {
    ceti: String,
    mitp: String,
    minsal: String,
    other: String,
    seat: String,
}

impl Scene {
    fn new(world: &World) -> Self {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let institution = |name: &str| {
            let body = json!({"name": name, "sector": "government", "country_code": "CL"});
            world.admin().post("/institutions", body).expect(201).id()
        };
        let (minsal, other) = (institution("Minsal"), institution("Mineduc"));
        world.member(&mitp, &minsal, "member");
        let seat = format!("/commissions/{ceti}/memberships/{}", world.member(&ceti, &minsal, "member"));
        Self { ceti, mitp, minsal, other, seat }
    }
}

/// Makes a record of these commissions that names an institution, restricted or not; returns its path.
fn record(world: &World, kind: &str, commissions: &[&str], institution: &str, restricted: bool) -> String {
    let admin = world.admin();
    let one = json!([institution]);
    let (path, body) = match kind {
        "meeting" => (
            "/meetings",
            json!({"commission_ids": commissions, "kind": "ordinary", "title": "Sesión", "held": "2023-08-01", "restricted": restricted}),
        ),
        "agreement" => (
            "/agreements",
            json!({"commission_ids": commissions, "kind": "cooperation_agreement", "title": "Convenio", "restricted": restricted, "parties": [{"institution_id": institution}]}),
        ),
        "commitment" => (
            "/commitments",
            json!({"commission_ids": commissions, "text": "Capacitar", "due": "2023-12", "restricted": restricted, "assignments": [{"institution_id": institution}]}),
        ),
        "beneficiary" => (
            "/commitments",
            json!({"commission_ids": commissions, "text": "Capacitar", "restricted": restricted, "beneficiary_ids": one}),
        ),
        "follow-up" => (
            "/commitments",
            json!({"commission_ids": commissions, "text": "Capacitar", "restricted": restricted, "follow_up_institution_id": institution}),
        ),
        "activity" => (
            "/activities",
            json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "commission_ids": commissions, "restricted": restricted, "organizer_ids": one}),
        ),
        "partner" => (
            "/activities",
            json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "commission_ids": commissions, "restricted": restricted, "partner_ids": one}),
        ),
        "plan" => (
            "/plans",
            json!({"country_code": "CL", "kind": "work_plan", "title": "Plan", "commission_ids": commissions}),
        ),
        other => panic!("no {other}"),
    };
    let path = format!("{path}/{}", admin.post(path, body).expect(201).id());
    if kind == "meeting" {
        let present = json!([{"institution_id": institution, "status": "present"}]);
        admin.put(&format!("{path}/attendance"), present).expect(200);
    }
    if kind == "plan" {
        let item = json!({"kind": "action", "title": "Acción", "responsible_ids": one});
        admin.post(&format!("{path}/items"), item).expect(201);
    }
    path
}

const KINDS: [&str; 8] =
    ["meeting", "agreement", "commitment", "beneficiary", "follow-up", "activity", "partner", "plan"];

/// Returns true if the person may read a record; its list must agree.
#[track_caller]
fn sees(person: &Person<'_>, path: &str) -> bool {
    let (_, list, id) = {
        let mut parts = path.split('/');
        (parts.next(), parts.next().unwrap(), parts.next().unwrap())
    };
    let opened = person.get(path).status == 200;
    let listed = person.get(&format!("/{list}?limit=200")).expect(200).items().iter().any(|item| item["id"] == id);
    assert_eq!(opened, listed, "{path}");
    opened
}

on_both! {
    fn a_bounded_grant_opens_one_commission_and_what_names_the_institution_there(world) {
        let scene = Scene::new(world);
        let (ceti, mitp) = (scene.ceti.as_str(), scene.mitp.as_str());
        let person = world.representative_in(ceti, &scene.minsal);
        let all: Vec<_> = KINDS.into_iter().map(|kind| {
            let of = |commissions: &[&str], institution: &str, restricted| record(world, kind, commissions, institution, restricted);
            let names = [of(&[ceti], &scene.minsal, true), of(&[mitp, ceti], &scene.minsal, true), of(&[ceti], &scene.minsal, false)];
            (kind, names, of(&[ceti], &scene.other, false), of(&[ceti], &scene.other, true), of(&[mitp], &scene.minsal, false))
        }).collect();
        for (kind, names, open, restricted, elsewhere) in &all {
            assert!(names.iter().all(|path| sees(&person, path)), "{kind}");
            assert!(sees(&person, open), "{kind}: what a member reads");
            assert_eq!(sees(&person, restricted), *kind == "plan", "{kind}: restricted, of another");
            assert!(!sees(&person, elsewhere), "{kind}: of another commission");
        }
        person.get(&format!("/commissions/{ceti}")).expect(200);
        person.get(&format!("/commissions/{mitp}")).expect(404);
        world.admin().patch(&scene.seat, json!({"to": "2023-08-31"})).expect(200);
        for (kind, names, open, restricted, elsewhere) in &all {
            assert!(names.iter().all(|path| sees(&person, path)), "{kind}: after it has left");
            assert!(![open, restricted, elsewhere].iter().any(|path| sees(&person, path)), "{kind}: after it has left");
        }
        person.get(&format!("/commissions/{ceti}")).expect(404);
    }
}

on_both! {
    fn a_bounded_grant_writes_only_in_its_commission(world) {
        let scene = Scene::new(world);
        let (ceti, mitp) = (scene.ceti.as_str(), scene.mitp.as_str());
        let person = world.representative_in(ceti, &scene.minsal);
        let observer_too = json!([
            {"role": "representative", "institution_id": scene.minsal, "commission_id": ceti},
            {"role": "observer", "commission_id": mitp},
        ]);
        world.admin().patch(&format!("/users/{}", person.id.unwrap()), json!({"grants": observer_too})).expect(200);
        for (commissions, expected) in [(&[ceti][..], 201), (&[mitp, ceti], 201), (&[mitp], 403)] {
            let path = record(world, "commitment", commissions, &scene.minsal, false);
            let assignment = person.get(&path).expect(200).json["assignments"][0]["id"].as_str().unwrap().to_owned();
            let update = json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Avanza"});
            person.post(&format!("{path}/assignments/{assignment}/updates"), update).expect(expected);
            let extension = json!({"requested_due": "2024-06", "reason": "Falta presupuesto"});
            person.post(&format!("{path}/assignments/{assignment}/extensions"), extension).expect(expected);
        }
        for (commissions, expected) in [(json!([ceti]), 201), (json!([mitp]), 403), (json!([ceti, mitp]), 403), (json!([]), 403)] {
            let body = json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "commission_ids": commissions, "organizer_ids": [scene.minsal]});
            person.post("/activities", body).expect(expected);
        }
        let own = record(world, "activity", &[ceti], &scene.minsal, false);
        person.patch(&own, json!({"result": "Veinte personas"})).expect(200);
        person.patch(&own, json!({"commission_ids": []})).expect(403);
        person.patch(&own, json!({"commission_ids": [ceti, mitp]})).expect(403);
        let theirs = record(world, "activity", &[mitp], &scene.minsal, false);
        person.patch(&theirs, json!({"result": "Veinte personas"})).expect(403);
    }
}

on_both! {
    fn a_bounded_grant_reads_only_the_files_of_its_commission(world) {
        let scene = Scene::new(world);
        let person = world.representative_in(&scene.ceti, &scene.minsal);
        for (commission, expected) in [(&scene.ceti, 200), (&scene.mitp, 404)] {
            let session = record(world, "meeting", &[commission], &scene.minsal, true);
            let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"nota.txt\"\r\n\r\nuna nota\r\n--x--\r\n";
            let admin = world.admin();
            let file = admin.with("content-type", "multipart/form-data; boundary=x").call("POST", "/files", Some(body.into())).expect(201).id();
            admin.post(&format!("{session}/documents"), json!({"title": "Nota", "kind": "annex", "file_id": file})).expect(201);
            person.get(&format!("/files/{file}")).expect(expected);
        }
    }
}

on_both! {
    fn a_bounded_delegate_and_representative_get_mails_only_about_their_commission(world) {
        let scene = Scene::new(world);
        let person = world.representative_in(&scene.ceti, &scene.minsal);
        let delegate = json!({"institution_id": scene.minsal, "user_id": person.id, "capacity": "principal"});
        let at = |commission: &str| format!("/commissions/{commission}/delegates");
        let refused = world.admin().post(&at(&scene.mitp), delegate.clone()).expect(422);
        assert_eq!(refused.faults(), [("/user_id".into(), "unknown_reference".into())]);
        world.notices();
        for restricted in [true, false] {
            record(world, "commitment", &[&scene.mitp], &scene.minsal, restricted);
            assert!(world.notices().iter().all(|mail| mail.to != person.email), "of another commission");
            record(world, "commitment", &[&scene.ceti], &scene.minsal, restricted);
            assert_eq!(world.notices().iter().filter(|mail| mail.to == person.email).count(), 1);
        }
        world.admin().post(&at(&scene.ceti), delegate).expect(201);
        record(world, "commitment", &[&scene.ceti], &scene.minsal, true);
        assert_eq!(world.notices().iter().filter(|mail| mail.to == person.email).count(), 1);
    }
}

on_both! {
    fn a_secretariat_that_seats_a_foreign_institution_invites_nobody_for_it(world) {
        let (ceti, abroad) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let body = json!({"name": "Mimp", "sector": "government", "country_code": "PE"});
        let mimp = world.admin().post("/institutions", body).expect(201).id();
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let seat = json!({"institution_id": mimp, "role": "member"});
        secretariat.post(&format!("/commissions/{ceti}/memberships"), seat).expect(201);
        let invite = |who: &Person<'_>, email: &str, commission: Value| {
            let grant = json!({"role": "representative", "institution_id": mimp, "commission_id": commission});
            who.post("/users", json!({"email": email, "name": "Topo", "grants": [grant]}))
        };
        invite(&secretariat, "topo@example.org", json!(null)).expect(403);
        invite(&secretariat, "topo@example.org", json!(ceti)).expect(403);
        invite(&secretariat, "topo@example.org", json!(abroad)).expect(404);
        invite(&coordinator, "topo@example.org", json!(null)).expect(403);
        let id = invite(&coordinator, "invitado@example.org", json!(ceti)).expect(201).id();
        let guest = Person::signed_in(world, id.parse().unwrap(), "invitado@example.org".into());
        let secret = json!({"commission_ids": [abroad], "text": "Secreto", "restricted": true, "assignments": [{"institution_id": mimp}]});
        let made = world.admin().post("/commitments", secret).expect(201);
        let path = format!("/commitments/{}", made.id());
        guest.get(&path).expect(404);
        guest.get(&format!("/commissions/{abroad}")).expect(404);
        let update = json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Avanza"});
        let part = made.json["assignments"][0]["id"].as_str().unwrap();
        guest.post(&format!("{path}/assignments/{part}/updates"), update).expect(404);
        assert_eq!(guest.get("/commitments").items().len(), 0);
        guest.get(&format!("/commissions/{ceti}")).expect(200);
    }
}

on_both! {
    fn a_secretariat_gives_grants_of_its_own_commission(world) {
        let scene = Scene::new(world);
        let secretariat = world.secretariat(&scene.ceti);
        let invite = |who: &Person<'_>, email: &str, institution: &str, commission: Value| {
            let grant = json!({"role": "representative", "institution_id": institution, "commission_id": commission});
            who.post("/users", json!({"email": email, "name": "P", "grants": [grant]}))
        };
        let implied = invite(&secretariat, "a@example.org", &scene.minsal, json!(null)).expect(201);
        assert_eq!(implied.json["grants"][0]["commission_id"], json!(scene.ceti));
        invite(&secretariat, "b@example.org", &scene.minsal, json!(scene.mitp)).expect(404);
        invite(&secretariat, "b@example.org", &scene.other, json!(scene.ceti)).expect(403);
        let shared = world.institution("OIT");
        world.member(&scene.ceti, &shared, "member");
        invite(&secretariat, "b@example.org", &shared, json!(scene.ceti)).expect(201);
        world.admin().patch(&scene.seat, json!({"to": "2023-08-31"})).expect(200);
        invite(&secretariat, "c@example.org", &scene.minsal, json!(scene.ceti)).expect(403);
        let both = world.secretariat(&scene.ceti);
        let grants = json!([{"role": "secretariat", "commission_id": scene.ceti}, {"role": "secretariat", "commission_id": scene.mitp}]);
        world.admin().patch(&format!("/users/{}", both.id.unwrap()), json!({"grants": grants})).expect(200);
        let unclear = invite(&both, "d@example.org", &scene.minsal, json!(null)).expect(422);
        assert_eq!(unclear.faults(), [("/grants/0/commission_id".into(), "required".into())]);
        invite(&both, "d@example.org", &scene.minsal, json!(scene.mitp)).expect(201);
        let coordinator = world.coordinator("CL");
        invite(&coordinator, "e@example.org", &scene.minsal, json!(null)).expect(201);
        invite(&coordinator, "f@example.org", &shared, json!(null)).expect(403);
        invite(&coordinator, "f@example.org", &shared, json!(scene.mitp)).expect(201);
    }
}

on_both! {
    fn grants_are_added_and_taken_away_one_by_one_by_whoever_may_give_them(world) {
        let scene = Scene::new(world);
        let (admin, secretariat, neighbour) = (world.admin(), world.secretariat(&scene.ceti), world.secretariat(&scene.mitp));
        let bounded = |commission: &str| json!({"role": "representative", "institution_id": scene.minsal, "commission_id": commission});
        let unbounded = json!({"role": "representative", "institution_id": scene.minsal});
        let body = json!({"email": "eva@example.org", "name": "Eva", "grants": [bounded(&scene.mitp)]});
        let id = admin.post("/users", body).expect(201).id();
        let path = format!("/users/{id}/grants");
        world.notices();
        secretariat.get(&path).expect(404);
        secretariat.post(&path, bounded(&scene.ceti)).expect(404);
        let old = admin.post(&path, unbounded.clone()).expect(201);
        assert_eq!(secretariat.get(&path).expect(200).items(), [old.json.clone()]);
        let made = secretariat.post(&path, unbounded).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}/{}", made.id()).as_str()));
        assert_eq!(made.json["commission_id"], json!(scene.ceti), "implied");
        let mails = world.notices();
        assert_eq!(mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect::<Vec<_>>(), [("grant_added", "eva@example.org"); 2]);
        assert!(mails.iter().any(|mail| mail.text.contains("Representación: Minsal, en Comisión CETI")), "{}", mails[0].text);
        assert_eq!(secretariat.post(&path, bounded(&scene.ceti)).expect(409).code(), "duplicate");
        let sent_back = secretariat.get(&format!("/users/{id}")).expect(200).json["grants"].clone();
        secretariat.patch(&format!("/users/{id}"), json!({"grants": sent_back})).expect(200);
        let one = format!("{path}/{}", made.id());
        assert_eq!(secretariat.get(&one).expect(200).json, made.json);
        neighbour.get(&one).expect(404);
        neighbour.delete(&one).expect(404);
        secretariat.delete(&format!("{path}/{}", old.id())).expect(403);
        admin.patch(&scene.seat, json!({"to": "2023-08-31"})).expect(200);
        secretariat.delete(&one).expect(204);
        secretariat.get(&one).expect(404);
        let log = world.coordinator("CL").get(&format!("/audit-log?record_id={id}")).expect(200);
        let actions: Vec<_> = log.items().iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect();
        assert_eq!(actions, ["grant_removed", "grant_added", "grant_added", "grant_added"]);
        let last = format!("/users/{}/grants", admin.id.unwrap());
        let own = admin.get(&last).expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        for other in admin.get("/users?role=admin&limit=200").expect(200).items() {
            if other["id"] != json!(admin.id) {
                admin.patch(&format!("/users/{}", other["id"].as_str().unwrap()), json!({"disabled": true})).expect(200);
            }
        }
        admin.delete(&format!("{last}/{own}")).expect(409);
    }
}

on_both! {
    fn grants_that_open_every_commission_are_found_by_a_filter(world) {
        let scene = Scene::new(world);
        let (old, new) = (world.representative(&scene.minsal), world.representative_in(&scene.ceti, &scene.minsal));
        let found = |who: &Person<'_>, bounded: bool| -> Vec<Value> {
            let page = who.get(&format!("/users?role=representative&bounded={bounded}")).expect(200);
            page.items().iter().map(|user| user["id"].clone()).collect()
        };
        for who in [world.admin(), world.coordinator("CL"), world.secretariat(&scene.ceti)] {
            assert_eq!((found(&who, false), found(&who, true)), (vec![json!(old.id)], vec![json!(new.id)]));
        }
        assert_eq!(found(&world.secretariat(&scene.mitp), true), [] as [Value; 0]);
    }
}
