//! Checks that the API and a report agree on which commitments are overdue.

use serde_json::json;

use super::{body, question, roadmap, text};
use crate::on_both;

on_both! {
    fn a_commitment_is_not_yet_overdue_on_its_last_day_in_the_api_nor_in_a_report(world) {
        world.at("2023-12-31T15:00:00Z");
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let (commission, institution) = (world.commission("CL", "CETI"), world.institution("Ministerio de Salud"));
        let due = |day: &str| {
            let body = json!({"commission_ids": [commission], "text": format!("Vence el {day}"), "due": day, "assignments": [{"institution_id": institution}]});
            who.post("/commitments", body).expect(201).id()
        };
        let (passed, last_day) = (due("2023-12-30"), due("2023-12-31"));
        let overdue = |id: &str| who.get(&format!("/commitments/{id}")).expect(200).json["overdue"].as_bool().unwrap();
        assert_eq!((overdue(&passed), overdue(&last_day)), (true, false));
        assert_eq!(who.get("/commitments?overdue=true").expect(200).items().len(), 1);
        let report = who.post("/reports", body("CL", &plan)).expect(201).json;
        let risks = question(&report, "anticipated_challenges");
        assert_eq!(text(risks), "", "an overdue commitment is a finding, not an answer");
        let findings = risks["answer"]["findings"].as_array().unwrap();
        let code = |id: &str| who.get(&format!("/commitments/{id}")).expect(200).json["code"].as_str().unwrap().to_owned();
        let overdue = findings.iter().map(|one| one["message"].as_str().unwrap()).find(|one| one.contains("Vencidos")).unwrap();
        assert!(overdue.contains(&code(&passed)) && !overdue.contains(&code(&last_day)), "{overdue}");
        world.at("2024-01-01T15:00:00Z");
        let who = world.coordinator("CL");
        assert_eq!(who.get(&format!("/commitments/{last_day}")).expect(200).json["overdue"], true);
    }
}
