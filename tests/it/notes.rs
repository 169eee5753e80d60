//! Notes, which only those who may change a record read, and translations.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, World};

/// A record of each kind, with its address.
struct Records {
    all: Vec<(&'static str, String)>,
    commission: String,
    institution: String,
}

fn make(world: &World) -> Records {
    let admin = world.admin();
    let commission = world.commission("CL", "CETI");
    let institution = world.institution("Ministerio de Salud");
    admin.patch(&format!("/institutions/{institution}"), json!({"country_code": "CL"})).expect(200);
    let made = |path: &str, body: Value| format!("{path}/{}", admin.post(path, body).expect(201).id());
    let membership = made(
        &format!("/commissions/{commission}/memberships"),
        json!({"institution_id": institution, "role": "member", "basis": "Decreto 1"}),
    );
    let delegate = made(
        &format!("/commissions/{commission}/delegates"),
        json!({"institution_id": institution, "capacity": "principal", "name": "Ana Rojas", "position": "Jefa"}),
    );
    let meeting = made(
        "/meetings",
        json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": "2023-08"}),
    );
    let agreement = made(
        "/agreements",
        json!({"commission_ids": [commission], "kind": "memorandum_of_understanding", "title": "Memorando", "parties": [{"name": "Región"}]}),
    );
    let commitment = made("/commitments", json!({"commission_ids": [commission], "text": "Elaborar el protocolo"}));
    let plan = made(
        "/plans",
        json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de Ruta", "commission_ids": [commission]}),
    );
    let item = made(&format!("{plan}/items"), json!({"kind": "priority", "title": "Información"}));
    let activity = made(
        "/activities",
        json!({"country_code": "CL", "kind": "seminar", "title": "Seminario", "commission_ids": [commission], "status": "validated", "starts": "2023-08-22"}),
    );
    let observation = made(
        "/observations",
        json!({"country_code": "CL", "kind": "lesson", "text": "Coordinar", "commission_ids": [commission]}),
    );
    let all = vec![
        ("coordinator, secretariat", membership),
        ("coordinator, secretariat, representative", delegate),
        ("coordinator, secretariat", meeting),
        ("coordinator, secretariat", agreement),
        ("coordinator, secretariat", commitment),
        ("coordinator", plan),
        ("coordinator", item),
        ("coordinator, secretariat", activity),
        ("coordinator", observation),
        ("coordinator", format!("/commissions/{commission}")),
        ("coordinator, secretariat", format!("/institutions/{institution}")),
        ("", "/countries/CL".to_owned()),
    ];
    Records { all, commission, institution }
}

fn readers<'w>(world: &'w World, records: &Records) -> Vec<(&'static str, Person<'w>)> {
    vec![
        ("coordinator", world.coordinator("CL")),
        ("secretariat", world.secretariat(&records.commission)),
        ("representative", world.representative(&records.institution)),
        ("observer", world.observer(&records.commission)),
    ]
}

on_both! {
    fn a_note_is_read_by_those_who_may_change_the_record(world) {
        let records = make(world);
        let admin = world.admin();
        for (editors, path) in &records.all {
            let changed = admin.patch(path, json!({"note": "La fuente no da la fecha."})).expect(200).json;
            assert_eq!(changed["note"], "La fuente no da la fecha.", "{path}");
            assert_eq!(admin.get(path).expect(200).json["note"], "La fuente no da la fecha.", "{path}");
            for (role, person) in readers(world, &records) {
                let seen = person.get(path);
                if seen.status == 404 {
                    continue;
                }
                let shown = seen.expect(200).json;
                assert_eq!(shown.get("note").is_some(), editors.contains(role), "{role} {path}");
                let (list, id) = path.rsplit_once('/').unwrap();
                let listed = person.get(&format!("{list}?limit=200")).expect(200);
                let own = listed.items().iter().find(|one| one["id"] == *id || one["code"] == *id).unwrap();
                assert_eq!(own.get("note").is_some(), editors.contains(role), "{role} {list}");
            }
        }
        let registry = world.coordinator("CL").get("/registry?country_code=CL&from=2023-01-01&to=2023-12-31").expect(200);
        assert_eq!(registry.json["activities"].as_array().unwrap().len(), 1);
        assert!(!registry.text.contains("La fuente no da la fecha."), "the registry has no notes");
        let commitment = &records.all.iter().find(|(_, path)| path.starts_with("/commitments")).unwrap().1;
        let history = world.representative(&records.institution).get(&format!("{commitment}/history"));
        assert!(!history.text.contains("La fuente"), "{}", history.text);
    }
}

on_both! {
    fn a_patch_replaces_the_translations_of_one_language(world) {
        let records = make(world);
        let admin = world.admin();
        let path = &records.all.iter().find(|(_, path)| path.starts_with("/activities")).unwrap().1;
        let body = json!({"translations": {"en": {"title": "Seminar", "participants/audience": "Staff"}}});
        let changed = admin.patch(path, body).expect(200).json;
        assert_eq!(changed["translations"], json!({"en": {"title": "Seminar", "participants/audience": "Staff"}}));
        let more = admin.patch(path, json!({"translations": {"es": {"title": "Seminario"}}})).expect(200).json;
        assert_eq!(more["translations"]["en"]["title"], "Seminar");
        let less = admin.patch(path, json!({"translations": {"en": {"title": "The seminar"}}})).expect(200).json;
        assert_eq!(less["translations"], json!({"en": {"title": "The seminar"}, "es": {"title": "Seminario"}}));
        let other = admin.patch(path, json!({"title": "Otro seminario"})).expect(200).json;
        assert_eq!(other["translations"], less["translations"], "a change of another field keeps them");
        let observer = world.observer(&records.commission);
        assert_eq!(observer.get(path).expect(200).json["translations"], less["translations"], "everybody reads them");
        let removed = admin.patch(path, json!({"translations": {"es": null}})).expect(200).json;
        assert_eq!(removed["translations"], json!({"en": {"title": "The seminar"}}));
        assert!(admin.patch(path, json!({"translations": null})).expect(200).json.get("translations").is_none());
        let refused = admin
            .patch(path, json!({"note": "x".repeat(4001), "translations": {"fr": {"title": "x"}, "en": {"titel": "x", "title": " "}}}))
            .expect(422);
        let places: Vec<_> = refused.json["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap().to_owned()).collect();
        assert_eq!(places, ["/note", "/translations/en/titel", "/translations/en/title", "/translations/fr"]);
        let refused = admin.patch(path, json!({"translations": {"en": ["x"], "es": {"title": 5}}})).expect(422).json;
        let places: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(places, ["/translations/en", "/translations/es/title"], "no value of another type is dropped");
    }
}

on_both! {
    fn each_kind_of_record_keeps_its_translations(world) {
        let records = make(world);
        let admin = world.admin();
        let texts = |path: &str| match path {
            _ if path.starts_with("/countries") => json!({"name": "Chile"}),
            _ if path.contains("/memberships/") => json!({"basis": "Decree 1"}),
            _ if path.contains("/delegates/") => json!({"position": "Head"}),
            _ if path.starts_with("/commitments") => json!({"text": "Draw up the protocol", "assignments/0/updates/1/narrative": "Done"}),
            _ if path.starts_with("/observations") => json!({"text": "Coordinate"}),
            _ if path.starts_with("/agreements") => json!({"title": "Memorandum", "parties/0/name": "Region"}),
            _ if path.starts_with("/commissions") => json!({"name": "Commission", "legal_basis/0/title": "Decree"}),
            _ if path.starts_with("/institutions") => json!({"name": "Ministry of Health"}),
            _ => json!({"title": "A title"}),
        };
        for (_, path) in &records.all {
            let wanted = json!({"en": texts(path)});
            admin.patch(path, json!({"translations": wanted, "note": "Nota"})).expect(200);
            assert_eq!(admin.get(path).expect(200).json["translations"], wanted, "{path}");
        }
        let export = admin.get("/export?country_code=CL").expect(200).json;
        assert_eq!(export["country"]["note"], "Nota");
        assert_eq!(export["plans"][0]["items"][0]["translations"], json!({"en": {"title": "A title"}}));
        let of_coordinator = world.coordinator("CL").get("/export?country_code=CL").expect(200).json;
        assert!(of_coordinator["country"].get("note").is_none(), "only admins read the note of a country");
        assert_eq!(of_coordinator["plans"][0]["note"], "Nota");
        let own = world.coordinator("CL").post("/imports?dry_run=true", of_coordinator).expect(200).json;
        assert_eq!(own["counts"]["country"]["unchanged"], 1, "the note that a coordinator does not know is kept: {own}");
        let again = admin.post("/imports?dry_run=true", export).expect(200).json;
        for (kind, counts) in again["counts"].as_object().unwrap() {
            assert_eq!((&counts["created"], &counts["updated"]), (&json!(0), &json!(0)), "{kind}");
        }
    }
}

on_both! {
    fn the_audit_log_hides_the_notes_that_only_admins_read(world) {
        let shared = world.institution("OIT");
        world.country("CL");
        world.admin().patch(&format!("/institutions/{shared}"), json!({"country_code": null})).expect(200);
        world.admin().patch(&format!("/institutions/{shared}"), json!({"note": "Nota reservada"})).expect(200);
        let path = format!("/audit-log?kind=institution&record_id={shared}");
        assert!(world.admin().get(&path).expect(200).text.contains("Nota reservada"));
        assert!(!world.coordinator("CL").get(&path).expect(200).text.contains("Nota reservada"));
    }
}
