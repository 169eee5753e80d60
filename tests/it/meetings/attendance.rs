//! Attendance and the quorum.

use serde_json::{Value, json};

use super::{create, fault, meeting, with};
use crate::on_both;
use crate::support::World;

fn present(institution: &str, person: &str) -> Value {
    json!({"institution_id": institution, "status": "present", "person": person})
}

/// Creates a commission with a quorum rule: more than half; on the second call a third and at least two.
fn with_rule(world: &World) -> String {
    let id = world.commission("CL", "CETI");
    let quorum = json!({"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 2}});
    world.admin().patch(&format!("/commissions/{id}"), json!({"quorum": quorum})).expect(200);
    id
}

on_both! {
    fn a_quorum_counts_the_voting_institutions_that_came(world) {
        let ceti = with_rule(world);
        let mitp = world.commission("CL", "MITP");
        let members: Vec<_> = ["A", "B", "C", "D"].iter().map(|name| world.institution(name)).collect();
        for institution in &members {
            world.member(&ceti, institution, "member");
        }
        let guest = world.institution("Invitada");
        world.member(&ceti, &guest, "guest");
        let path = format!("{}/attendance", create(world, &meeting(&[&ceti, &mitp])));
        let secretariat = world.secretariat(&ceti);
        let empty = secretariat.get(&path).expect(200);
        assert_eq!(empty.json["items"], json!([]));
        assert_eq!(empty.json["quorum"][0], json!({"commission_id": ceti, "entitled": 4, "present": 0, "required": 3, "reached": false, "second_call_required": 2, "second_call_reached": false}));
        assert_eq!(empty.json["quorum"][1], json!({"commission_id": mitp, "entitled": 0, "present": 0, "required": null, "reached": null, "second_call_required": null, "second_call_reached": null}));
        let two = json!([
            present(&members[0], "Ana"), present(&members[0], "Luis"), present(&members[1], "Eva"), present(&guest, "Sol"),
            {"institution_id": members[2], "status": "present", "capacity": "guest"}, {"institution_id": members[3], "status": "excused"},
        ]);
        let answer = secretariat.put(&path, two).expect(200);
        assert_eq!((answer.items().len(), &answer.items()[1]["person"]), (6, &json!("Luis")));
        let quorum = &answer.json["quorum"][0];
        assert_eq!((&quorum["present"], &quorum["reached"], &quorum["second_call_reached"]), (&json!(2), &json!(false), &json!(true)));
        let three: Vec<_> = members.iter().take(3).map(|id| json!({"institution_id": id, "status": "present"})).collect();
        let answer = secretariat.put(&path, json!(three)).expect(200);
        assert_eq!(answer.json["quorum"][0]["reached"], true);
        assert_eq!(secretariat.get(&path).expect(200).json, answer.json);
    }
}

on_both! {
    fn the_members_are_those_of_the_last_day_that_the_meeting_can_mean(world) {
        let ceti = with_rule(world);
        let admin = world.admin();
        let institution = |name: &str, from: &str, to: Option<&str>| {
            let id = world.institution(name);
            admin.post(&format!("/commissions/{ceti}/memberships"), json!({"institution_id": id, "role": "member", "from": from, "to": to})).expect(201);
        };
        institution("Siempre", "2020-01-01", None);
        institution("Hasta mediados de marzo", "2020-01-01", Some("2023-03-15"));
        institution("Desde el 31 de marzo", "2023-03-31", None);
        institution("Desde abril", "2023-04-01", None);
        let entitled = |when: &str| {
            let path = create(world, &with(meeting(&[&ceti]), json!({"held": when})));
            admin.get(&format!("{path}/attendance")).expect(200).json["quorum"][0]["entitled"].clone()
        };
        assert_eq!((entitled("2023-03"), entitled("2023-03-15"), entitled("2023")), (json!(2), json!(2), json!(3)));
    }
}

on_both! {
    fn every_wrong_field_of_attendance_is_reported(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        let path = format!("{}/attendance", create(world, &meeting(&[&ceti])));
        let admin = world.admin();
        let bad = json!([
            {},
            {"institution_id": minsal, "status": "asleep"},
            {"institution_id": minsal, "status": "present", "capacity": "king", "arrived_at": "noon", "left_at": "2023-13-01T00:00:00Z", "person": " "},
            {"institution_id": "x", "status": "present"},
            {"institution_id": minsal, "status": "present", "arrived_at": "2023-08-22T15:00:00Z", "left_at": "2023-08-22T14:00:00Z", "person": "x".repeat(301)},
        ]);
        assert_eq!(admin.put(&path, bad).expect(422).faults(), [
            fault("/0/institution_id", "required"), fault("/0/status", "required"),
            fault("/1/status", "not_a_choice"),
            fault("/2/arrived_at", "invalid_instant"), fault("/2/capacity", "not_a_choice"), fault("/2/left_at", "invalid_instant"), fault("/2/person", "blank"),
            fault("/3/institution_id", "invalid_id"),
            fault("/4/left_at", "contradictory"), fault("/4/person", "too_long"),
        ]);
        let nobody = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let twice = json!([present(&minsal, "Ana"), present(&minsal, "Luis"), present(&minsal, "Ana"), present(nobody, "Eva")]);
        assert_eq!(admin.put(&path, twice).expect(422).faults(), [fault("/2", "duplicate"), fault("/3/institution_id", "unknown_reference")]);
        let many = json!(vec![present(&minsal, "Ana"); 5000]);
        assert_eq!(admin.put(&path, many).expect(422).faults(), [fault("", "too_many")]);
        assert_eq!(admin.get(&path).expect(200).json["items"], json!([]));
    }
}
