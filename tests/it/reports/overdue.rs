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
        let rating = text(question(&report, "overall_rating"));
        assert!(rating.contains("Compromisos: 2 (cumplidos: 0; vencidos al cierre: 1)."), "{rating}");
        let risks = text(question(&report, "anticipated_challenges"));
        assert!(risks.contains("Vence el 2023-12-30") && !risks.contains("Vence el 2023-12-31"), "{risks}");
        let next = text(question(&report, "next_period_priorities"));
        assert!(next.contains("Vence el 2023-12-31"), "overdue on the first day of the next period: {next}");
        world.at("2024-01-01T15:00:00Z");
        let who = world.coordinator("CL");
        assert_eq!(who.get(&format!("/commitments/{last_day}")).expect(200).json["overdue"], true);
    }
}
