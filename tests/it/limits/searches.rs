//! Checks that the cost of requests of any signed-in person depends on the records to show, not on all records.

use serde_json::json;

use crate::on_both;

on_both! {
    fn a_preview_covers_at_most_a_year(world) {
        let admin = world.admin();
        admin.get("/reminders/preview?on=2024-08-31").expect(200);
        for day in ["2200-01-01", "2024-09-02", "2022-08-30"] {
            assert_eq!(admin.get(&format!("/reminders/preview?on={day}")).expect(400).code(), "invalid_query", "{day}");
        }
    }
}

on_both! {
    fn a_preview_without_records_costs_nothing(world) {
        let commission = world.commission("PE", "CPETI");
        let institution = world.institution("MTPE");
        for n in 0..5 {
            let body = json!({
                "commission_ids": [commission], "text": format!("Compromiso {n}"), "due": "2023-09-10",
                "assignments": [{"institution_id": institution}],
            });
            world.admin().post("/commitments", body).expect(201);
        }
        let stranger = world.stranger();
        let statements = |path: &str| {
            let before = world.statements();
            stranger.get(path).expect(200);
            world.statements() - before
        };
        statements("/me");
        assert_eq!(statements("/reminders/preview?on=2023-09-10"), statements("/me"));
    }
}

on_both! {
    fn a_cycle_of_dependencies_is_found_with_as_many_statements_for_one_as_for_ten(world) {
        let (admin, commission) = (world.admin(), world.commission("PE", "CPETI"));
        let make = |text: String, on: &[String]| {
            let body = json!({"commission_ids": [commission], "text": text, "depends_on_ids": on});
            admin.post("/commitments", body).expect(201).id()
        };
        let mut chain = vec![make("Primero".into(), &[])];
        for n in 0..12 {
            chain.push(make(format!("Siguiente {n}"), &chain[n..]));
        }
        let free: Vec<String> = (0..10).map(|n| make(format!("Suelto {n}"), &[])).collect();
        let cost = |id: &str, on: &[String]| {
            let before = world.statements();
            admin.patch(&format!("/commitments/{id}"), json!({"depends_on_ids": on})).expect(200);
            world.statements() - before
        };
        let (one, ten) = (cost(&free[0], &chain[12..]), cost(&free[1], &chain[2..12]));
        assert!(ten <= one + 2, "{one} statements for one, {ten} for ten");
        // The first depends on the last, which depends on the first over all the others.
        let back = admin.patch(&format!("/commitments/{}", chain[0]), json!({"depends_on_ids": chain[12..]})).expect(422);
        assert_eq!(back.faults(), [("/depends_on_ids/0".to_owned(), "cycle".to_owned())]);
    }
}
