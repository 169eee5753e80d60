//! A country has one report on a period, whichever way it is entered.

use serde_json::{Value, json};

use super::{body, roadmap};
use crate::access_matrix::make_ready;
use crate::on_both;

/// Returns the fields of another report on these months, which begins `n` days earlier: a country has one report on a period.
pub(crate) fn body_of_other(country: &str, plan: &str, n: usize) -> Value {
    let mut body = body(country, plan);
    if n > 0 {
        body["period_from"] = json!(format!("2023-04-{:02}", 31 - n));
    }
    body
}

on_both! {
    fn a_second_report_of_a_country_and_period_is_refused_with_the_address_of_the_first(world) {
        let (chile, _) = roadmap(world, "CL", 1, 0);
        let (peru, _) = roadmap(world, "PE", 1, 0);
        let (who, admin) = (world.coordinator("CL"), world.admin());
        let first = who.post("/reports", body("CL", &chile)).expect(201).id();
        let address = format!("/api/v1/reports/{first}");
        let refused = who.post("/reports", body("CL", &chile)).expect(409);
        assert_eq!((refused.code(), &refused.json["existing"]), ("report_exists", &json!(address)));
        assert_eq!(refused.json["detail"], "El país ya tiene un informe de este período: continúe en él o, si está aprobado, en una versión nueva.");
        let english = who.with("accept-language", "en").post("/reports", body("CL", &chile)).expect(409);
        assert_eq!(english.json["title"], "There is already a report for this period");
        admin.post("/reports", body("PE", &peru)).expect(201);

        let other = who.post("/reports", body_of_other("CL", &chile, 1)).expect(201).id();
        let moved = who.patch(&format!("/reports/{other}"), json!({"period_from": "2023-05-01"})).expect(409);
        assert_eq!((moved.code(), &moved.json["existing"]), ("report_exists", &json!(address)));
        who.patch(&format!("/reports/{first}"), json!({"first_report": true})).expect(200);
        assert_eq!(who.get("/reports").expect(200).items().len(), 2);
    }
}

on_both! {
    fn a_version_has_the_period_of_the_report_that_it_replaces_and_may_return_to_it(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let first = who.post("/reports", body("CL", &plan)).expect(201).id();
        make_ready(&who, &first);
        who.post(&format!("/reports/{first}/approval"), json!({})).expect(200);
        let second = who.post(&format!("/reports/{first}/versions"), json!({"reason": "Una cifra"})).expect(201).id();
        let refused = who.post("/reports", body("CL", &plan)).expect(409);
        assert_eq!(refused.json["existing"], format!("/api/v1/reports/{second}"), "the newest version goes on");
        for first_day in ["2023-06-01", "2023-05-01"] {
            who.patch(&format!("/reports/{second}"), json!({"period_from": first_day})).expect(200);
        }
    }
}

on_both! {
    fn a_period_is_free_again_when_the_report_was_corrected_to_another_period(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        let approve = |id: &str| {
            make_ready(&who, id);
            who.post(&format!("/reports/{id}/approval"), json!({})).expect(200);
        };
        let first = who.post("/reports", body("CL", &plan)).expect(201).id();
        approve(&first);
        let second = who.post(&format!("/reports/{first}/versions"), json!({"reason": "El período"})).expect(201).id();
        who.patch(&format!("/reports/{second}"), json!({"period_from": "2023-06-01"})).expect(200);
        who.post("/reports", body("CL", &plan)).expect(409);
        approve(&second);
        who.post("/reports", body("CL", &plan)).expect(201);
    }
}

on_both! {
    fn of_two_reports_on_a_period_that_are_entered_at_once_one_is_created(world) {
        let (plan, _) = roadmap(world, "CL", 1, 0);
        let who = world.coordinator("CL");
        who.get("/me").expect(200);
        let mut answers = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| who.post("/reports", body("CL", &plan)).status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        answers.sort_unstable();
        assert_eq!(answers, [201, 409, 409, 409]);
        assert_eq!(who.get("/reports").expect(200).items().len(), 1);
    }
}
