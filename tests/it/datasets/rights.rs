//! A dataset is imported with the rights of the caller.

use serde_json::{Value, json};

use super::{at_the_end_of_the_report, chile, small, totals};
use crate::on_both;
use crate::support::{Answer, Person, World};

/// A dataset of a country with these institutions and nothing else.
fn institutions(code: &str, list: Value) -> Value {
    let (name, zone, locale) = match code {
        "CL" => ("Chile", "America/Santiago", "es-CL"),
        _ => ("Perú", "America/Lima", "es-PE"),
    };
    json!({"articula": 1, "country": {"code": code, "name": name, "time_zone": zone, "locale": locale}, "institutions": list})
}

/// Pointer and code of every note.
fn notes(answer: &Answer) -> Vec<String> {
    let list = answer.json["notes"].as_array().unwrap();
    list.iter()
        .map(|note| format!("{} {}", note["pointer"].as_str().unwrap(), note["code"].as_str().unwrap()))
        .collect()
}

/// Sends a dataset as a dry run and then for good; both must report the same.
fn both_ways(person: &Person<'_>, document: &Value) -> Answer {
    let tried = person.post("/imports?dry_run=true", document.clone());
    let done = person.post("/imports", document.clone());
    assert_eq!(tried.status, done.status, "{} {}", tried.text, done.text);
    assert_eq!(tried.faults(), done.faults());
    for part in ["notes", "counts"] {
        assert_eq!(tried.json[part], done.json[part], "{part}");
    }
    done
}

fn institution(world: &World, id: &str) -> Value {
    world.admin().get(&format!("/institutions/{id}")).expect(200).json
}

/// A commitment of Peru, restricted, of this institution.
fn secret_of_peru(world: &World, institution: &str) -> String {
    let commission = world.commission("PE", "CPETI");
    let body = json!({"commission_ids": [commission], "text": "Secreto peruano", "restricted": true, "assignments": [{"institution_id": institution}]});
    world.admin().post("/commitments", body).expect(201).id()
}

/// Asks to make a representative of an institution.
fn invite(person: &Person<'_>, institution: &str) -> Answer {
    let grants = json!([{"role": "representative", "institution_id": institution}]);
    person.post("/users", json!({"email": "topo@example.org", "name": "Topo", "grants": grants}))
}

on_both! {
    fn a_dataset_takes_no_shared_institution_into_the_own_country(world) {
        world.country("CL");
        let shared = world.institution("OIT");
        secret_of_peru(world, &shared);
        let coordinator = world.coordinator("CL");
        let takes = json!([{"key": shared, "name": "OIT", "sector": "government", "country_code": "CL", "email": "topo@example.org"}]);
        let done = both_ways(&coordinator, &institutions("CL", takes));
        assert_eq!(notes(&done), ["/institutions/0/country_code not_yours_to_change", "/institutions/0/email not_yours_to_change"]);
        assert_eq!(done.json["counts"]["institution"]["unchanged"], 1);
        let stands = institution(world, &shared);
        assert_eq!((&stands["country_code"], &stands["email"]), (&json!(null), &json!(null)));
        invite(&coordinator, &shared).expect(403);
    }
}

on_both! {
    fn a_shared_key_gives_no_power_over_the_institution_of_another_country(world) {
        let ministry = |country: Option<&str>, name: &str| json!([{"key": "ministerio", "name": name, "sector": "government", "country_code": country}]);
        let admin = world.admin();
        admin.post("/imports", institutions("PE", ministry(Some("CL"), "Ministerio"))).expect(200);
        world.country("CL");
        let id = admin.get("/institutions?q=ministerio").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        let coordinator = world.coordinator("PE");
        let done = both_ways(&coordinator, &institutions("PE", ministry(None, "Nuestro")));
        assert_eq!(notes(&done), ["/institutions/0/country_code not_yours_to_change", "/institutions/0/name not_yours_to_change"]);
        let by_id = json!([{"key": id, "name": "Ministerio", "sector": "government", "country_code": "PE"}]);
        assert_eq!(notes(&both_ways(&coordinator, &institutions("PE", by_id))), ["/institutions/0/country_code not_yours_to_change"]);
        assert_eq!(institution(world, &id)["country_code"], "CL");
        assert_eq!(institution(world, &id)["name"], "Ministerio");
        invite(&coordinator, &id).expect(403);
    }
}

on_both! {
    fn what_a_coordinator_states_of_shared_institutions_is_noted_and_the_rest_is_taken(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", small()).expect(200);
        let coordinator = world.coordinator("CL");
        let mut changed = small();
        changed["institutions"][3]["acronym"] = "ILO".into();
        changed["institutions"][3]["parent"] = "mtps".into();
        changed["institutions"][0]["acronym"] = "MTPS".into();
        let done = both_ways(&coordinator, &changed);
        assert_eq!(notes(&done), ["/institutions/3/acronym not_yours_to_change", "/institutions/3/parent not_yours_to_change"]);
        assert_eq!(totals(&done.json)[..2], [0, 1], "{}", done.text);
        let detail = done.json["notes"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("solo un administrador puede cambiarla"), "{detail}");
        let english = coordinator.with("accept-language", "en").post("/imports", changed.clone()).expect(200);
        assert!(english.json["notes"][0]["detail"].as_str().unwrap().contains("only an administrator"), "{}", english.text);
        let oit = admin.get("/institutions?q=oit").expect(200).items()[0].clone();
        assert_eq!((&oit["acronym"], &oit["parent_id"]), (&json!(null), &json!(null)));
        let done = both_ways(&admin, &changed);
        assert_eq!((notes(&done), totals(&done.json)[1]), (Vec::new(), 1), "an admin changes it");
        assert_eq!(institution(world, oit["id"].as_str().unwrap())["acronym"], "ILO");
        let mut bare = small();
        bare["institutions"][3] = json!({"key": "oit", "name": "OIT", "sector": "international_organization", "country_code": null});
        assert_eq!(notes(&both_ways(&coordinator, &bare)), Vec::<String>::new(), "what a file leaves open is no other value");
    }
}

on_both! {
    fn a_coordinator_enters_by_dataset_what_does_not_exist_and_changes_it_no_more(world) {
        world.country("CL");
        let coordinator = world.coordinator("CL");
        let list = |acronym: &str| json!([
            {"key": "santa-cruz", "name": "Provincia de Santa Cruz", "sector": "foreign_government", "country_code": "AR", "acronym": acronym},
            {"key": "oit", "name": "OIT", "sector": "international_organization", "country_code": null, "acronym": acronym},
            {"key": "propia", "name": "Propia", "sector": "government", "acronym": acronym}
        ]);
        let done = both_ways(&coordinator, &institutions("CL", list("A")));
        assert_eq!(done.json["counts"]["institution"]["created"], 3, "{}", done.text);
        let done = both_ways(&coordinator, &institutions("CL", list("B")));
        assert_eq!(notes(&done), ["/institutions/0/acronym not_yours_to_change", "/institutions/1/acronym not_yours_to_change"]);
        assert_eq!((&done.json["counts"]["institution"]["updated"], &done.json["counts"]["institution"]["unchanged"]), (&json!(1), &json!(2)));
    }
}

on_both! {
    fn an_own_institution_leaves_the_country_by_file_as_by_patch(world) {
        world.country("CL");
        let body = json!({"name": "Propia", "sector": "government", "country_code": "CL"});
        let id = world.admin().post("/institutions", body).expect(201).id();
        secret_of_peru(world, &id);
        let coordinator = world.coordinator("CL");
        for country in [json!("PE"), json!(null)] {
            let list = json!([{"key": id, "name": "Propia", "sector": "government", "country_code": country}]);
            coordinator.patch(&format!("/institutions/{id}"), json!({"country_code": country})).expect(403);
            let refused = both_ways(&coordinator, &institutions("CL", list));
            assert_eq!(refused.faults(), [("/institutions/0".to_owned(), "forbidden".to_owned())], "{country}");
        }
        assert_eq!(institution(world, &id)["country_code"], "CL");
    }
}

on_both! {
    fn a_dataset_of_one_country_reaches_no_record_of_another(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", small()).expect(200);
        let secret = secret_of_peru(world, &world.institution("OIT Perú"));
        let peru = admin.get("/export?country_code=PE").expect(200);
        let commission = peru.json["commissions"][0]["key"].as_str().unwrap();
        let mut reaching = small();
        reaching["commitments"][0]["depends_on"] = json!([secret]);
        reaching["meetings"][0]["commissions"] = json!(["ceti", commission]);
        reaching["observations"][0]["commissions"] = json!([commission]);
        reaching["activities"][0]["commitments"] = json!([secret]);
        let expected = ["/meetings/0/commissions/1", "/commitments/0/depends_on/0", "/activities/0/commitments/0", "/observations/0/commissions/0"];
        for person in [world.coordinator("CL"), world.admin()] {
            let mut faults: Vec<String> = both_ways(&person, &reaching).faults().into_iter().map(|(at, code)| { assert_eq!(code, "unknown_reference"); at }).collect();
            faults.sort_by_key(|at| expected.iter().position(|place| place == at));
            assert_eq!(faults, expected);
        }
        let key_of_another = json!([{"key": secret, "commissions": ["ceti"], "text": "Otro texto"}]);
        let mut overwriting = small();
        overwriting["commitments"] = key_of_another;
        overwriting["activities"] = json!([]);
        both_ways(&world.coordinator("CL"), &overwriting);
        assert_eq!(admin.get("/export?country_code=PE").expect(200).json, peru.json);
    }
}

on_both! {
    fn both_countries_see_in_their_log_what_an_admin_s_dataset_moves(world) {
        world.country("PE");
        world.country("CL");
        let body = json!({"name": "Propia", "sector": "government", "country_code": "CL"});
        let id = world.admin().post("/institutions", body).expect(201).id();
        let list = json!([{"key": id, "name": "Propia", "sector": "government", "country_code": "PE"}]);
        let done = both_ways(&world.admin(), &institutions("PE", list));
        assert_eq!(done.json["counts"]["institution"]["updated"], 1, "{}", done.text);
        for country in ["CL", "PE"] {
            let log = world.coordinator(country).get(&format!("/audit-log?record_id={id}&action=updated")).expect(200);
            let moved = log.items().iter().map(|entry| (&entry["before"]["country_code"], &entry["after"]["country_code"]));
            assert_eq!(moved.collect::<Vec<_>>(), [(&json!("CL"), &json!("PE"))], "{country}");
        }
    }
}

on_both! {
    fn no_record_of_a_dataset_becomes_the_importer_s_own(world) {
        world.at("2024-06-01T12:00:00Z");
        world.admin().post("/countries", json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"})).expect(201);
        let mut document = chile();
        document["country"] = json!({"code": "CL", "name": "Chile", "time_zone": "America/Santiago", "locale": "es-CL"});
        let coordinator = world.coordinator("CL");
        let done = both_ways(&coordinator, &document);
        assert_eq!(totals(&done.json)[3], 0, "{}", done.text);
        let again = both_ways(&coordinator, &document);
        assert_eq!(totals(&again.json)[..2], [0, 0], "{}", again.text);
        let ids = coordinator.get("/commitments?country_code=CL&limit=200").expect(200);
        for one in ids.items() {
            for part in one["assignments"].as_array().unwrap() {
                let path = format!("/commitments/{}/assignments/{}", one["id"].as_str().unwrap(), part["id"].as_str().unwrap());
                for update in coordinator.get(&format!("{path}/updates?limit=200")).expect(200).items() {
                    assert_eq!((&update["author"], &update["imported_by"]["id"]), (&json!(null), &json!(coordinator.id)));
                }
                for extension in coordinator.get(&format!("{path}/extensions?limit=200")).expect(200).items() {
                    assert_eq!(extension["requested_by"], json!(null));
                }
            }
        }
    }
}

on_both! {
    fn a_nul_in_a_code_is_a_fault_on_both_databases(world) {
        world.country("CL");
        let institution = json!({"key": "i", "name": "Ministerio", "sector": "government"});
        let commission = json!({"key": "c", "name": "Comisión", "kind": "committee", "acronym": "CETI"});
        let mut document = institutions("CL", json!([institution]));
        document["commissions"] = json!([commission]);
        document["commitments"] = json!([{"key": "k", "code": "A\u{0}", "commissions": ["c"], "text": "Capacitar", "assignments": [{"institution": "i"}]}]);
        let refused = both_ways(&world.coordinator("CL"), &document);
        assert_eq!((refused.status, refused.faults()), (422, vec![("/commitments/0/code".to_owned(), "not_one_line".to_owned())]));
        document["country"]["code"] = json!("\u{0}");
        assert_eq!(both_ways(&world.admin(), &document).status, 422);
    }
}
