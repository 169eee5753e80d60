//! A session that has begun is recorded as held when somebody enters what happened at it.

use serde_json::json;

use super::checked;
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn a_session_that_is_entered_after_its_day_is_held_and_a_coming_one_is_not(world) {
        let ceti = world.commission("CL", "CETI");
        let browser = Browser::of(world, &world.secretariat(&ceti));
        checked(browser.open("/meetings/new")).shows("Una sesión cuya fecha ya pasó queda como realizada.");
        for (typed, status) in [("30/08/2023 10:00", "held"), ("10/10/2023 10:00", "scheduled")] {
            let form = browser.open("/meetings/new").form().set("title", "Sesión").set("starts_at", typed);
            let next = browser.submit(&form).expect(303).location();
            assert_eq!(world.admin().get(next.split('?').next().unwrap()).expect(200).json["status"], status, "{typed}");
        }
    }
}

on_both! {
    fn attendance_that_is_entered_before_the_session_does_not_mark_it_as_held(world) {
        let ceti = world.commission("CL", "CETI");
        world.member(&ceti, &world.institution("Interior"), "member");
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-10-10T13:00:00Z"});
        let path = format!("/meetings/{}", world.admin().post("/meetings", body).expect(201).id());
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let form = browser.open(&format!("{path}/attendance")).form().set("0/status", "present");
        browser.submit_and_follow(&form).shows("La asistencia quedó guardada");
        assert_eq!(world.admin().get(&path).expect(200).json["status"], "scheduled");
    }
}
