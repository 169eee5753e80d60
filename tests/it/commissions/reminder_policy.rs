//! Reminder policies.

use articula::db::CommissionId;
use articula::testing::commissions::{ReminderPolicy, reminder_policies};
use serde_json::json;

use crate::on_both;

on_both! {
    fn a_commission_has_the_defaults_until_a_policy_is_set(world) {
        let id = world.commission("CL", "CETI");
        let (path, secretariat) = (format!("/commissions/{id}/reminder-policy"), world.secretariat(&id));
        let defaults = json!({"lead_days": [30, 7, 1, 0], "overdue_every_days": 7, "escalate_after_days": 14, "review_after_days": 7, "escalate_to_coordinator_after_days": 30, "meeting_reminder_days": [1], "send_hour": 8, "send_on_non_working_days": false});
        let shown = secretariat.get(&path).expect(200);
        assert_eq!(shown.json, defaults);
        let wanted = json!({"lead_days": [15, 0], "overdue_every_days": 3, "escalate_after_days": 0, "review_after_days": 3, "escalate_to_coordinator_after_days": 0, "meeting_reminder_days": [7, 1], "send_hour": 23, "send_on_non_working_days": true});
        let tag = shown.header("etag").unwrap();
        let set = secretariat.with("if-match", tag).put(&path, wanted.clone()).expect(200);
        assert_eq!(set.json, wanted);
        let again = secretariat.get(&path).expect(200);
        assert_eq!((&again.json, again.header("etag")), (&wanted, set.header("etag")));
        secretariat.with("if-match", tag).put(&path, json!({})).expect(412);
        assert_eq!(secretariat.put(&path, json!({"lead_days": []})).expect(200).json["lead_days"], json!([]));
        assert_eq!(secretariat.get(&path).expect(200).json["lead_days"], json!([]));
        assert_eq!(secretariat.put(&path, json!({})).expect(200).json, defaults);
    }
}

on_both! {
    fn every_wrong_field_of_a_policy_is_reported(world) {
        let id = world.commission("CL", "CETI");
        for (field, value, pointer, code) in [
            ("lead_days", json!([-1]), "/lead_days/0", "out_of_range"),
            ("lead_days", json!([7, 7]), "/lead_days/1", "duplicate"),
            ("lead_days", json!((0..21).collect::<Vec<_>>()), "/lead_days", "too_many"),
            ("lead_days", json!(7), "/lead_days", "wrong_type"),
            ("overdue_every_days", json!(0), "/overdue_every_days", "out_of_range"),
            ("escalate_after_days", json!(-1), "/escalate_after_days", "out_of_range"),
            ("review_after_days", json!(0), "/review_after_days", "out_of_range"),
            ("escalate_to_coordinator_after_days", json!(3651), "/escalate_to_coordinator_after_days", "out_of_range"),
            ("meeting_reminder_days", json!([61]), "/meeting_reminder_days/0", "out_of_range"),
            ("meeting_reminder_days", json!([1, 1]), "/meeting_reminder_days/1", "duplicate"),
            ("send_hour", json!(24), "/send_hour", "out_of_range"),
            ("send_on_non_working_days", json!("no"), "/send_on_non_working_days", "wrong_type"),
            ("colour", json!("red"), "/colour", "unknown_field"),
        ] {
            let answer = world.admin().put(&format!("/commissions/{id}/reminder-policy"), json!({field: value})).expect(422);
            assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{field}");
        }
    }
}

on_both! {
    fn many_policies_are_one_query(world) {
        let ids = ["A", "B", "C"].map(|acronym| world.commission("CL", acronym));
        world.admin().put(&format!("/commissions/{}/reminder-policy", ids[1]), json!({"send_hour": 10})).expect(200);
        let ids = ids.map(|id| id.parse::<CommissionId>().unwrap());
        world.state.db.read(|conn| {
            let before = world.statements();
            let policies = reminder_policies(conn, &ids)?;
            assert_eq!(world.statements() - before, 1);
            assert_eq!(policies[&ids[0]], ReminderPolicy::default());
            assert_eq!((policies.len(), policies[&ids[1]].send_hour), (3, 10));
            Ok(())
        }).unwrap();
    }
}
