//! Read and write access to a commission and its sub-resources.

use serde_json::json;

use crate::on_both;

on_both! {
    fn only_coordinators_of_the_country_create_commissions(world) {
        let own = world.commission("CL", "CETI");
        world.country("PE");
        let institution = world.institution("Minsal");
        world.member(&own, &institution, "member");
        let body = json!({"country_code": "CL", "name": "Mesa", "kind": "roundtable"});
        for (person, status) in [
            (world.coordinator("PE"), 403),
            (world.secretariat(&own), 403),
            (world.representative(&institution), 403),
            (world.observer(&own), 403),
            (world.nobody(), 401),
            (world.coordinator("CL"), 201),
            (world.admin(), 201),
        ] {
            person.post("/commissions", body.clone()).expect(status);
        }
    }
}

on_both! {
    fn a_commission_is_visible_to_its_people_and_changed_by_coordinators(world) {
        let (own, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let (inside, outside) = (world.institution("Minsal"), world.institution("Mineduc"));
        world.member(&own, &inside, "observer");
        let path = format!("/commissions/{own}");
        world.country("PE");
        for (person, reads, changes) in [
            (world.admin(), 200, 200),
            (world.coordinator("CL"), 200, 200),
            (world.secretariat(&own), 200, 403),
            (world.representative(&inside), 200, 403),
            (world.observer(&own), 200, 403),
            (world.coordinator("PE"), 404, 404),
            (world.secretariat(&other), 404, 404),
            (world.representative(&outside), 404, 404),
            (world.observer(&other), 404, 404),
        ] {
            person.get(&path).expect(reads);
            person.patch(&path, json!({"function": "Otra."})).expect(changes);
            let deletes = if changes == 200 { 409 } else { changes };
            person.delete(&path).expect(deletes);
            for list in ["memberships", "delegates", "operational-states", "reminder-policy"] {
                person.get(&format!("{path}/{list}")).expect(reads);
            }
        }
        world.admin().get("/commissions/7").expect(404);
    }
}

on_both! {
    fn the_secretariat_writes_the_records_of_its_own_commission_alone(world) {
        let (own, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let inside = world.institution("Minsal");
        world.member(&own, &inside, "member");
        let path = format!("/commissions/{own}");
        for (person, status) in [
            (world.secretariat(&own), 201),
            (world.coordinator("CL"), 201),
            (world.admin(), 201),
            (world.representative(&inside), 403),
            (world.observer(&own), 403),
            (world.secretariat(&other), 404),
        ] {
            let new = world.institution("Nueva");
            let bodies = [
                ("memberships", json!({"institution_id": new, "role": "member"}), json!({"role": "guest"})),
                ("delegates", json!({"institution_id": new, "capacity": "principal", "name": "Ana"}), json!({"position": "Jefa"})),
            ];
            for (list, body, change) in bodies {
                let made = person.post(&format!("{path}/{list}"), body.clone()).expect(status);
                let id = match status {
                    201 => made.id(),
                    _ => world.admin().post(&format!("{path}/{list}"), body).expect(201).id(),
                };
                let (changed, removed) = if status == 201 { (200, 204) } else { (status, status) };
                let one = format!("{path}/{list}/{id}");
                person.patch(&one, change).expect(changed);
                person.delete(&one).expect(removed);
                world.admin().delete(&one).expect(if status == 201 { 404 } else { 204 });
            }
            let put = if status == 201 { 200 } else { status };
            person.put(&format!("{path}/reminder-policy"), json!({})).expect(put);
        }
    }
}

on_both! {
    fn a_record_of_another_commission_is_not_found_under_this_one(world) {
        let (own, other) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        let institution = world.institution("Minsal");
        let member = world.member(&other, &institution, "member");
        let coordinator = world.coordinator("CL");
        for list in ["memberships", "delegates", "operational-states"] {
            coordinator.get(&format!("/commissions/{own}/{list}/{member}")).expect(404);
            coordinator.patch(&format!("/commissions/{own}/{list}/{member}"), json!({})).expect(404);
            coordinator.delete(&format!("/commissions/{own}/{list}/{member}")).expect(404);
            coordinator.get(&format!("/commissions/{own}/{list}/x")).expect(404);
        }
    }
}

on_both! {
    fn only_coordinators_change_the_operational_state_by_either_call(world) {
        let own = world.commission("CL", "CETI");
        let (path, states) = (format!("/commissions/{own}"), format!("/commissions/{own}/operational-states"));
        let body = json!({"state": "active", "since": "2022"});
        let id = world.admin().post(&states, body.clone()).expect(201).id();
        for (person, made, changed, removed) in [
            (world.secretariat(&own), 403, 403, 403),
            (world.observer(&own), 403, 403, 403),
            (world.secretariat(&world.commission("CL", "MITP")), 404, 404, 404),
            (world.coordinator("CL"), 201, 200, 204),
        ] {
            person.post(&states, body.clone()).expect(made);
            person.patch(&path, json!({"operational_state": "inactive"})).expect(changed);
            person.patch(&format!("{states}/{id}"), json!({"source": "Acta"})).expect(changed);
            person.delete(&format!("{states}/{id}")).expect(removed);
        }
    }
}
