//! The commission itself: creating, changing, deleting.

use serde_json::json;

use crate::on_both;

on_both! {
    fn a_coordinator_creates_a_commission_with_all_fields(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let parent = world.commission("PE", "CPETI");
        let body = json!({
            "country_code": "PE", "name": "Comité de Huánuco", "kind": "regional_committee", "acronym": "CDRPETI-Huánuco",
            "official_name": "Comité Directivo Regional de Huánuco", "aliases": ["CDRPETI Huánuco"], "parent_id": parent,
            "themes": ["forced_labour", "child_labour"], "territory": "Huánuco", "function": "Coordina.",
            "legal_basis": [{"title": "Ordenanza", "number": "12", "issued": "2021-Q2", "url": "https://example.org/12"}],
            "operational_state": "active", "declared_member_count": 21, "time_zone": "America/Lima",
            "quorum": {"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 3}}, "public": true
        });
        let made = coordinator.post("/commissions", body.clone()).expect(201);
        assert_eq!(made.header("location"), Some(format!("/api/v1/commissions/{}", made.id()).as_str()));
        for (field, sent) in body.as_object().unwrap() {
            match field.as_str() {
                "themes" => assert_eq!(made.json["themes"], json!(["child_labour", "forced_labour"])),
                "legal_basis" => {
                    let basis = &made.json["legal_basis"][0];
                    assert_eq!((&basis["issued_from"], &basis["issued_to"]), (&json!("2021-04-01"), &json!("2021-06-30")));
                    assert_eq!((&basis["number"], &basis["issued"]), (&json!("12"), &json!("2021-Q2")));
                }
                _ => assert_eq!(made.json[field], *sent, "{field}"),
            }
        }
        assert_eq!((&made.json["lead_institution_id"], &made.json["listed_member_count"]), (&json!(null), &json!(0)));
        let shown = coordinator.get(&format!("/commissions/{}", made.id())).expect(200);
        assert_eq!((&shown.json, shown.header("etag")), (&made.json, made.header("etag")));
    }
}

on_both! {
    fn omitted_fields_have_their_default(world) {
        let id = world.commission("CL", "CETI");
        let shown = world.coordinator("CL").get(&format!("/commissions/{id}")).expect(200).json;
        assert_eq!((&shown["operational_state"], &shown["time_zone"]), (&json!("unknown"), &json!("America/Santiago")));
        assert_eq!((&shown["aliases"], &shown["themes"], &shown["legal_basis"]), (&json!([]), &json!([]), &json!([])));
        world.admin().patch("/countries/CL", json!({"time_zone": "Pacific/Easter"})).expect(200);
        let later = world.coordinator("CL").get(&format!("/commissions/{id}")).expect(200).json;
        assert_eq!(later["time_zone"], "Pacific/Easter");
    }
}

on_both! {
    fn a_change_affects_only_the_given_fields_and_null_clears_one(world) {
        let id = world.commission("CL", "CETI");
        let path = format!("/commissions/{id}");
        let coordinator = world.coordinator("CL");
        let quorum = json!({"fraction": "1/2", "strict": true, "second_call": null});
        let basis = json!([{"title": "Decreto", "issued": "1996"}]);
        let changes = json!({"quorum": quorum, "legal_basis": basis, "aliases": ["Comité"], "function": "Asesora."});
        let first = coordinator.patch(&path, changes).expect(200);
        let second = coordinator.with("if-match", first.header("etag").unwrap()).patch(&path, json!({"function": null})).expect(200);
        assert_eq!((&second.json["function"], &second.json["quorum"]), (&json!(null), &quorum));
        assert_eq!((&second.json["legal_basis"], &second.json["aliases"]), (&first.json["legal_basis"], &json!(["Comité"])));
        let stale = coordinator.with("if-match", first.header("etag").unwrap()).patch(&path, json!({"name": "Otra"})).expect(412);
        assert_eq!(stale.code(), "precondition_failed");
        let audit: i64 = changes_of(world, &id);
        assert_eq!(audit, 3, "created once, changed twice");
    }
}

fn changes_of(world: &crate::support::World, id: &str) -> i64 {
    use articula::db::schema::audit_log;
    use diesel::prelude::*;
    let entries = |conn: &mut articula::db::Db| {
        Ok(audit_log::table.filter(audit_log::record_id.eq(id)).count().get_result(conn)?)
    };
    world.state.db.read(entries).unwrap()
}

on_both! {
    fn every_wrong_field_is_reported(world) {
        world.country("CL");
        let long = "x".repeat(501);
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        let good = json!({"country_code": "CL", "name": "Mesa", "kind": "roundtable"});
        for (field, value, pointer, code) in [
            ("country_code", json!("XX"), "/country_code", "unknown_reference"),
            ("country_code", json!(7), "/country_code", "wrong_type"),
            ("name", json!(" "), "/name", "blank"),
            ("name", json!(null), "/name", "required"),
            ("kind", json!("circus"), "/kind", "not_a_choice"),
            ("acronym", json!(long), "/acronym", "too_long"),
            ("official_name", json!(long), "/official_name", "too_long"),
            ("aliases", json!(many), "/aliases", "too_many"),
            ("aliases", json!(["A", "A"]), "/aliases/1", "duplicate"),
            ("aliases", json!([""]), "/aliases/0", "blank"),
            ("parent_id", json!("7"), "/parent_id", "invalid_id"),
            ("parent_id", json!("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e"), "/parent_id", "unknown_reference"),
            ("themes", json!(["tax"]), "/themes/0", "not_a_choice"),
            ("themes", json!(["child_labour", "child_labour"]), "/themes/1", "duplicate"),
            ("territory", json!(long), "/territory", "too_long"),
            ("function", json!("x".repeat(10_001)), "/function", "too_long"),
            ("legal_basis", json!([{"number": "1"}]), "/legal_basis/0/title", "required"),
            ("legal_basis", json!([{"title": ""}]), "/legal_basis/0/title", "blank"),
            ("legal_basis", json!([{"title": "D", "number": long}]), "/legal_basis/0/number", "too_long"),
            ("legal_basis", json!([{"title": "D", "issued": "2023-13"}]), "/legal_basis/0/issued", "invalid_partial_date"),
            ("legal_basis", json!([{"title": "D", "url": "ftp://x"}]), "/legal_basis/0/url", "invalid_url"),
            ("legal_basis", json!([{"title": "D", "issued_on": "2023-01-01"}]), "/legal_basis/0/issued_on", "unknown_field"),
            ("operational_state", json!("asleep"), "/operational_state", "not_a_choice"),
            ("declared_member_count", json!(-1), "/declared_member_count", "out_of_range"),
            ("declared_member_count", json!(1.5), "/declared_member_count", "wrong_type"),
            ("time_zone", json!("Mars/Olympus"), "/time_zone", "invalid_time_zone"),
            ("quorum", json!({"fraction": "3/2"}), "/quorum/fraction", "invalid_fraction"),
            ("quorum", json!({"strict": true}), "/quorum/fraction", "required"),
            ("quorum", json!({"fraction": "1/2", "strict": 1}), "/quorum/strict", "wrong_type"),
            ("quorum", json!({"fraction": "1/2", "second_call": {"fraction": "0/3"}}), "/quorum/second_call/fraction", "invalid_fraction"),
            ("quorum", json!({"fraction": "1/2", "second_call": {"fraction": "1/3", "minimum": -1}}), "/quorum/second_call/minimum", "out_of_range"),
            ("listed_member_count", json!(7), "/listed_member_count", "unknown_field"),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let faults = world.admin().post("/commissions", body).expect(422).faults();
            assert_eq!(faults, [(pointer.to_owned(), code.to_owned())], "{field}");
        }
    }
}

on_both! {
    fn a_part_has_one_parent_of_its_country_and_never_itself(world) {
        let (whole, part, smaller) = (world.commission("CL", "A"), world.commission("CL", "B"), world.commission("CL", "C"));
        let foreign = world.commission("PE", "D");
        let coordinator = world.coordinator("CL");
        coordinator.patch(&format!("/commissions/{part}"), json!({"parent_id": whole})).expect(200);
        coordinator.patch(&format!("/commissions/{smaller}"), json!({"parent_id": part})).expect(200);
        for (parent, code) in [(&smaller, "cycle"), (&whole, "cycle"), (&foreign, "unknown_reference")] {
            let answer = coordinator.patch(&format!("/commissions/{whole}"), json!({"parent_id": parent})).expect(422);
            assert_eq!(answer.faults(), [("/parent_id".to_owned(), code.to_owned())]);
        }
        let admin = world.admin();
        let answer = admin.patch(&format!("/commissions/{whole}"), json!({"parent_id": foreign})).expect(422);
        assert_eq!(answer.faults(), [("/parent_id".to_owned(), "other_country".to_owned())]);
        let moved = admin.patch(&format!("/commissions/{whole}"), json!({"country_code": "PE"})).expect(422);
        assert_eq!(moved.faults(), [("/country_code".to_owned(), "fixed".to_owned())]);
    }
}

on_both! {
    fn a_commission_with_dependent_records_is_not_deleted(world) {
        let (whole, part) = (world.commission("CL", "A"), world.commission("CL", "B"));
        let coordinator = world.coordinator("CL");
        coordinator.patch(&format!("/commissions/{part}"), json!({"parent_id": whole, "aliases": ["b"], "themes": ["child_labour"]})).expect(200);
        coordinator.put(&format!("/commissions/{part}/reminder-policy"), json!({"send_hour": 9})).expect(200);
        assert_eq!(coordinator.delete(&format!("/commissions/{whole}")).expect(409).code(), "in_use");
        let member = world.member(&part, &world.institution("Minsal"), "member");
        assert_eq!(coordinator.delete(&format!("/commissions/{part}")).expect(409).code(), "in_use");
        coordinator.delete(&format!("/commissions/{part}/memberships/{member}")).expect(204);
        coordinator.delete(&format!("/commissions/{part}")).expect(204);
        coordinator.get(&format!("/commissions/{part}")).expect(404);
        coordinator.delete(&format!("/commissions/{whole}")).expect(204);
    }
}

on_both! {
    fn two_changes_at_once_never_create_a_cycle(world) {
        for n in 0..5 {
            let (one, two) = (world.commission("CL", &format!("A{n}")), world.commission("CL", &format!("B{n}")));
            let below = |part: &str, whole: &str| {
                let coordinator = world.coordinator("CL");
                coordinator.patch(&format!("/commissions/{part}"), json!({"parent_id": whole})).status
            };
            let mut statuses = std::thread::scope(|scope| {
                let (first, second) = (scope.spawn(|| below(&one, &two)), scope.spawn(|| below(&two, &one)));
                [first.join().unwrap(), second.join().unwrap()]
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 422]);
        }
    }
}
