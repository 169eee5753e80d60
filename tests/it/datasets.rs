//! Import and export of datasets, as a person sees them who keeps data in files.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::World;

mod drafts;
mod own_export;
mod requests;
mod reviews;
mod rights;
mod round_trip;
mod whole;

const CHILE: &str = include_str!("../../examples/chile-2023.json");
const PERU: &str = include_str!("../../examples/peru-2023.json");

fn chile() -> Value {
    serde_json::from_str(CHILE).unwrap()
}

fn peru() -> Value {
    serde_json::from_str(PERU).unwrap()
}

/// The sums of the counts of all kinds: created, updated, unchanged, rejected.
fn totals(report: &Value) -> [u64; 4] {
    let mut sums = [0; 4];
    for counts in report["counts"].as_object().unwrap().values() {
        for (sum, name) in sums.iter_mut().zip(["created", "updated", "unchanged", "rejected"]) {
            *sum += counts[name].as_u64().unwrap();
        }
    }
    sums
}

/// A country with one commission, one institution and one commitment that it completes.
fn small() -> Value {
    json!({
        "articula": 1,
        "country": {"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL",
            "calendar": [{"date": "2023-09-18", "name": "Independencia", "kind": "holiday"}]},
        "institutions": [
            {"key": "mtps", "name": "Ministerio del Trabajo", "sector": "government"},
            {"key": "subtrab", "name": "Subsecretaría del Trabajo", "sector": "government", "parent": "mtps",
                "succeeded_by": "nueva"},
            {"key": "nueva", "name": "La que sigue", "sector": "government"},
            {"key": "oit", "name": "OIT", "sector": "international_organization", "country_code": null}
        ],
        "commissions": [
            {"key": "sub", "name": "Subcomisión", "kind": "subcommission", "parent": "ceti"},
            {"key": "ceti", "name": "CETI", "kind": "advisory_commission", "acronym": "CETI", "themes": ["forced_labour", "child_labour"],
                "operational_states": [{"state": "active", "since": "2023", "source": "Informe"}],
                "memberships": [{"key": "ceti-mtps", "institution": "mtps", "role": "lead"},
                    {"key": "ceti-oit", "institution": "oit", "role": "member", "has_vote": false}]}
        ],
        "delegates": [{"key": "d1", "commission": "ceti", "institution": "mtps", "capacity": "principal", "name": "Ana Rojas"}],
        "plans": [{"key": "hr", "kind": "roadmap", "title": "Hoja de ruta", "commissions": ["ceti"], "items": [
            {"key": "p2", "kind": "action", "title": "Dos", "parent": "p1", "responsibles": ["mtps"]},
            {"key": "p1", "kind": "priority", "title": "Uno", "position": 1}
        ]}],
        "meetings": [{"key": "s1", "commissions": ["ceti"], "kind": "ordinary", "title": "Sesión 1", "held": "2023-05-04", "status": "held",
            "agenda": [{"title": "Bienvenida", "kind": "information", "commission": "ceti"}],
            "attendance": [{"institution": "mtps", "status": "present"}],
            "minutes": {"status": "approved", "body": "Se acordó."},
            "documents": [{"title": "Acta", "kind": "signed_minutes", "url": "https://example.org/acta", "dated": "2023-05"}]}],
        "agreements": [{"key": "a1", "commissions": ["ceti"], "kind": "meeting_agreement", "title": "Acuerdo", "meeting": "s1",
            "parties": [{"institution": "mtps", "side": "Estado"}, {"name": "Otra parte"}]}],
        "commitments": [
            {"key": "c2", "commissions": ["ceti"], "text": "Después", "depends_on": ["c1"]},
            {"key": "c1", "commissions": ["ceti"], "text": "Primero", "agreement": "a1", "meeting": "s1", "plan_items": ["p1"],
                "due": "2023-H1", "follow_up_institution": "nueva", "beneficiaries": ["oit"], "code": "CETI-2023-009",
                "assignments": [{"institution": "mtps", "target": {"quantity": 2.5, "unit": "talleres"}, "updates": [
                    {"key": "u1", "reported_on": "2023-06-01", "status": "in_progress", "narrative": "Va"},
                    {"key": "u2", "reported_on": "2023-06-20", "status": "completed", "narrative": "Hecho", "quantity": 3,
                        "evidence": [{"title": "Acta", "dated": "2023-06"}], "review": {"outcome": "accepted", "comment": "Bien."}}
                ]}, {"institution": "subtrab", "role": "co_responsible"}]}
        ],
        "activities": [{"key": "x1", "kind": "training", "title": "Taller", "commissions": ["ceti"], "organizers": ["mtps"], "partners": ["oit"],
            "starts": "2023-06", "plan_items": ["p1"], "commitments": ["c1"], "occurrences": null, "status": "validated",
            "evidence": [{"title": "Lista"}], "participants": {"total": 20}}],
        "observations": [{"key": "o1", "kind": "challenge", "text": "Falta tiempo", "plan_items": ["p1"], "commissions": ["ceti"], "noted": "2023"}]
    })
}

fn at_the_end_of_the_report(world: &World) {
    world.at("2024-06-01T12:00:00Z");
}

on_both! {
    fn two_imports_of_one_dataset_at_once_enter_everything_once(world) {
        let admin = world.admin();
        let mut both: Vec<[u64; 4]> = std::thread::scope(|scope| {
            let sent = [0, 1].map(|_| scope.spawn(|| totals(&admin.post("/imports", chile()).expect(200).json)));
            sent.map(|one| one.join().unwrap()).into()
        });
        both.sort_unstable();
        assert_eq!(both[0][..2], [0, 0], "the second found all of it: {both:?}");
        assert_eq!((both[1][1], both[1][3]), (0, 0), "{both:?}");
    }
}

on_both! {
    fn the_examples_are_imported_once_and_again_without_change(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        for (example, code) in [(chile(), "CL"), (peru(), "PE")] {
            let tried = admin.post("/imports?dry_run=true", example.clone()).expect(200);
            assert_eq!(tried.json["dry_run"], true);
            admin.get(&format!("/export?country_code={code}")).expect(404);
            let first = admin.post("/imports", example.clone()).expect(200);
            assert_eq!(tried.json["counts"], first.json["counts"], "a dry run tells what would happen");
            assert_eq!(totals(&first.json)[3], 0);
            let again = admin.post("/imports", example).expect(200);
            let [created, updated, unchanged, _] = totals(&again.json);
            assert_eq!((created, updated), (0, 0), "{}", again.text);
            assert!(unchanged > 90);
        }
        let oit = admin.get("/institutions?q=Organizacion%20Internacional%20del%20Trabajo").expect(200);
        assert_eq!(oit.items().len(), 1, "shared by both countries");
        let commitments = admin.get("/commitments?country_code=PE&limit=200").expect(200);
        assert_eq!(commitments.items().len(), peru()["commitments"].as_array().unwrap().len());
        assert_eq!(admin.get("/reminders/deliveries").expect(200).items().len(), 0, "import sends no mail");
    }
}

on_both! {
    fn what_is_exported_is_imported_into_an_empty_database_to_the_same_export(world) {
        at_the_end_of_the_report(world);
        let other = World::new(crate::support::Kind::Sqlite);
        at_the_end_of_the_report(&other);
        for (document, code) in [(chile(), "CL"), (peru(), "PE")] {
            world.admin().post("/imports", document).expect(200);
            let out = world.admin().get(&format!("/export?country_code={code}")).expect(200);
            other.admin().post("/imports", out.json.clone()).expect(200);
            let back = other.admin().get(&format!("/export?country_code={code}")).expect(200);
            assert!(out.text == back.text, "{}", first_difference(&out.text, &back.text));
            let again = world.admin().post("/imports", out.json).expect(200);
            assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        }
    }
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).position(|(a, b)| a != b).unwrap_or(one.len().min(other.len()));
    let around = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200)..(at + 200).min(text.len())]).into_owned()
    };
    format!("{}\n!=\n{}", around(one), around(other))
}

on_both! {
    fn every_field_of_every_kind_comes_back(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        let first = admin.post("/imports", small()).expect(200);
        assert_eq!(first.json["counts"]["update"]["created"], 2);
        let again = admin.post("/imports", small()).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        let out = admin.get("/export?country_code=CL").expect(200).json;
        let by_key = |section: &str, key: &str| {
            let records = out[section].as_array().unwrap();
            records.iter().find(|record| record["key"] == key).unwrap_or_else(|| panic!("{section} {key}")).clone()
        };
        assert_eq!(by_key("institutions", "subtrab")["succeeded_by"], "nueva");
        assert_eq!(by_key("institutions", "oit")["country_code"], Value::Null);
        assert!(by_key("institutions", "oit").as_object().unwrap().contains_key("country_code"));
        let ceti = by_key("commissions", "ceti");
        assert_eq!(ceti["memberships"][1], json!({"key": "ceti-oit", "institution": "oit", "role": "member", "has_vote": false}));
        assert_eq!(ceti["operational_states"][0]["since"], "2023");
        assert_eq!(by_key("plans", "hr")["items"][1]["parent"], "p1");
        let session = by_key("meetings", "s1");
        assert_eq!(session["minutes"], json!({"status": "approved", "body": "Se acordó.", "code": "ACTA-CETI-2023-1", "approved_at": "2024-06-01T12:00:00Z"}));
        assert_eq!(session["documents"], small()["meetings"][0]["documents"]);
        assert_eq!(session["attendance"], json!([{"institution": "mtps", "status": "present"}]));
        let commitment = by_key("commitments", "c1");
        assert_eq!(commitment["code"], "CETI-2023-009");
        assert_eq!(commitment["assignments"][0]["updates"], small()["commitments"][1]["assignments"][0]["updates"]);
        assert_eq!(by_key("commitments", "c2")["depends_on"], json!(["c1"]));
        assert_eq!(by_key("activities", "x1")["occurrences"], Value::Null);
        assert_eq!(by_key("delegates", "d1")["commission"], "ceti");
        let live = admin.get("/commitments?country_code=CL&q=primero").expect(200);
        assert_eq!(live.items()[0]["assignments"][0]["verification"], "accepted");
    }
}

on_both! {
    fn a_changed_record_is_updated_and_the_rest_left_alone(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", small()).expect(200);
        let mut changed = small();
        changed["activities"][0]["title"] = "Taller grande".into();
        changed["meetings"][0]["url"] = "https://example.org/sala".into();
        changed["commitments"][1]["due"] = "2023-12-31".into();
        changed["plans"][0]["items"][0]["position"] = 1.into();
        changed["plans"][0]["items"][1]["position"] = 2.into();
        changed["country"]["calendar"][0]["name"] = "Fiestas Patrias".into();
        let report = admin.post("/imports", changed.clone()).expect(200).json;
        for (kind, updated) in [("activity", 1), ("meeting", 1), ("commitment", 1), ("plan_item", 2), ("country", 1), ("institution", 0)] {
            assert_eq!(report["counts"][kind]["updated"], updated, "{kind} {report}");
        }
        assert_eq!(totals(&report)[0], 0);
        assert_eq!(totals(&admin.post("/imports", changed.clone()).expect(200).json)[..2], [0, 0]);
        for (field, value, place) in [("agenda", json!([{"title": "Otra cosa", "kind": "decision"}]), "/meetings/0/agenda"), ("place", json!("Otra sala"), "/meetings/0")] {
            let mut approved = changed.clone();
            approved["meetings"][0][field] = value;
            let refused = admin.post("/imports", approved).expect(422);
            assert_eq!(refused.faults(), [(place.to_owned(), "minutes_approved".to_owned())]);
        }
    }
}

on_both! {
    fn every_fault_of_a_file_is_told_at_its_place_and_nothing_is_written(world) {
        at_the_end_of_the_report(world);
        let mut bad = small();
        bad["colour"] = "red".into();
        bad["institutions"][0]["sector"] = "circus".into();
        bad["institutions"][1]["parent"] = "nobody".into();
        bad["commissions"][1]["memberships"][0]["institution"] = 7.into();
        bad["commissions"][1]["memberships"][1]["institution_id"] = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e".into();
        bad["plans"][0]["items"].as_array_mut().unwrap().push(json!({"key": "p2", "kind": "action", "title": "Otra"}));
        bad["meetings"][0]["minutes"]["status"] = "lost".into();
        bad["meetings"][0]["attendance"][0]["status"] = "late".into();
        bad["agreements"][0]["adopted"] = "2023-13".into();
        bad["commitments"][1]["assignments"][0]["updates"][1]["evidence"] = json!([]);
        bad["activities"][0]["partners"] = json!(["oit", "ilo"]);
        bad["activities"][0]["starts"] = "2023-02-30".into();
        bad["observations"][0].as_object_mut().unwrap().remove("key");
        let answer = world.admin().post("/imports", bad).expect(422);
        let faults = answer.faults();
        for (pointer, code) in [
            ("/colour", "unknown_field"),
            ("/institutions/0/sector", "not_a_choice"),
            ("/institutions/1/parent", "unknown_reference"),
            ("/commissions/1/memberships/0/institution", "wrong_type"),
            ("/commissions/1/memberships/1/institution_id", "unknown_field"),
            ("/plans/0/items/2/key", "duplicate"),
            ("/meetings/0/minutes/status", "not_a_choice"),
            ("/meetings/0/attendance/0/status", "not_a_choice"),
            ("/agreements/0/adopted", "invalid_partial_date"),
            ("/commitments/1/assignments/0/updates/1/evidence", "evidence_required"),
            ("/activities/0/partners/1", "unknown_reference"),
            ("/activities/0/starts", "invalid_partial_date"),
            ("/observations/0/key", "required"),
        ] {
            assert!(faults.contains(&(pointer.into(), code.into())), "{pointer} {code} is missing of {faults:?}");
        }
        assert_eq!(faults.len(), 13, "{faults:?}");
        let fault = answer.json["errors"].as_array().unwrap().iter().find(|f| f["pointer"] == "/institutions/1/parent").unwrap().clone();
        assert_eq!(fault["value"], "\"nobody\"");
        world.admin().get("/export?country_code=CL").expect(404);
        assert_eq!(world.admin().get("/institutions").items().len(), 0);
        for document in [json!([]), json!({}), json!({"articula": 2, "country": []}), json!({"articula": 1, "country": {"code": "CL"}})] {
            world.admin().post("/imports", document).expect(422);
        }
    }
}

on_both! {
    fn circles_and_broken_rules_are_faults_of_their_record(world) {
        at_the_end_of_the_report(world);
        let mut bad = small();
        bad["commissions"][1]["parent"] = "sub".into();
        let faults = world.admin().post("/imports", bad).expect(422).faults();
        assert!(faults.contains(&("/commissions/0/parent".into(), "cycle".into())), "{faults:?}");
        let mut bad = small();
        bad["commissions"][1]["memberships"][1]["institution"] = "mtps".into();
        bad["commitments"][1]["assignments"][0]["updates"][0]["reported_on"] = "2031-01-01".into();
        let faults = world.admin().post("/imports", bad).expect(422).faults();
        assert_eq!(faults, [
            ("/commissions/1/memberships/1".into(), "overlapping_membership".into()),
            ("/commitments/1/assignments/0/updates/0/reported_on".into(), "in_the_future".into()),
        ] as [(String, String); 2]);
        let admin = world.admin();
        admin.post("/imports", small()).expect(200);
        let mut bad = small();
        bad["commitments"][1]["assignments"][0]["updates"][0]["narrative"] = "Otra historia".into();
        let faults = admin.post("/imports", bad).expect(422).faults();
        assert_eq!(faults, [("/commitments/1/assignments/0/updates/0".into(), "fixed".into())] as [(String, String); 1]);
    }
}

on_both! {
    fn records_made_over_the_api_keep_their_key(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", small()).expect(200);
        let id = admin.post("/institutions", json!({"name": "Nueva", "sector": "workers", "country_code": "CL"})).expect(201).id();
        let abroad = admin.post("/institutions", json!({"name": "Fuera", "sector": "workers"})).expect(201).id();
        let out = admin.get("/export?country_code=CL").expect(200);
        let keys: Vec<_> = out.json["institutions"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
        assert!(keys.contains(&id.as_str()));
        assert!(!keys.contains(&abroad.as_str()), "nothing of the country names it");
        assert_eq!(out.text, admin.get("/export?country_code=CL").expect(200).text);
        let again = admin.post("/imports", out.json).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0]);
    }
}

on_both! {
    fn admins_and_the_coordinator_of_the_country_exchange_data(world) {
        at_the_end_of_the_report(world);
        world.admin().post("/imports", small()).expect(200);
        let coordinator = world.coordinator("CL");
        let mut changed = small();
        changed["activities"][0]["title"] = "Taller grande".into();
        changed["institutions"].as_array_mut().unwrap().push(
            json!({"key": "ar", "name": "Santa Cruz", "sector": "foreign_government", "country_code": "AR"}));
        assert_eq!(totals(&coordinator.post("/imports", changed).expect(200).json)[..2], [1, 1]);
        coordinator.get("/export?country_code=CL").expect(200);
        let mut renamed = small();
        renamed["country"]["name"] = "Otro".into();
        let faults = coordinator.post("/imports", renamed).expect(422).faults();
        assert_eq!(faults, [("/country".into(), "forbidden".into())] as [(String, String); 1]);
        let commission = world.admin().get("/commissions?q=CETI").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        world.admin().post("/countries", json!({"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"})).expect(201);
        for person in [world.coordinator("PE"), world.secretariat(&commission)] {
            person.post("/imports", small()).expect(403);
            person.get("/export?country_code=CL").expect(403);
        }
        world.nobody().post("/imports", small()).expect(401);
        world.admin().get("/export").expect(400);
        world.admin().post("/imports?dry_run=perhaps", small()).expect(400);
    }
}

on_both! {
    fn a_dataset_may_be_larger_than_other_bodies_but_not_endless(world) {
        let padded = |size: usize| {
            let mut document = small();
            document["country"]["name"] = "x".repeat(size).into();
            document
        };
        world.admin().post("/imports", padded(2 * 1024 * 1024)).expect(422);
        world.admin().post("/imports", padded(25 * 1024 * 1024)).expect(413);
    }
}

on_both! {
    fn reasons_that_an_import_writes_are_in_the_language_of_the_importer(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.patch("/me", json!({"language": "en"})).expect(200);
        let mut document = small();
        document["commitments"][0]["due"] = json!("2023-H1");
        document["commitments"][1]["history"] = json!([{"act": "cancelled", "institution": "subtrab"}]);
        admin.post("/imports", document.clone()).expect(200);
        document["commitments"][0]["due"] = json!("2023-H2");
        admin.post("/imports", document.clone()).expect(200);
        let commitments = admin.get("/commitments?country_code=CL").expect(200);
        let history = |one: &Value| admin.get(&format!("/commitments/{}/history", one["id"].as_str().unwrap())).expect(200).text;
        let history: String = commitments.items().iter().map(history).collect();
        assert!(history.contains("According to the imported dataset."), "{history}");
        assert!(history.contains("Corrected by the import of a dataset."), "{history}");
        let again = world.admin().post("/imports", document).expect(200);
        assert_eq!(totals(&again.json)[..2], [0, 0], "a person with a Spanish profile imports the same: {}", again.text);
    }
}
