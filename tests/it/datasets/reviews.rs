//! Nobody can accept by file a report that the same person imports.

use articula::testing::datasets::import_dataset;
use articula::testing::identity::Actor;
use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use super::{at_the_end_of_the_report, small, totals};
use crate::on_both;
use crate::support::{Answer, Person, World};

/// The dataset without the review of its completion.
fn unreviewed() -> Value {
    let mut document = small();
    document["commitments"][1]["assignments"][0]["updates"][1].as_object_mut().unwrap().remove("review");
    document
}

/// Imports the country without the commitments, so that a coordinator can import them.
fn without_commitments(world: &World) {
    let mut document = small();
    document["commitments"] = json!([]);
    document["activities"] = json!([]);
    world.admin().post("/imports", document).expect(200);
}

/// The path of the part that has reports, and its verification.
fn part(world: &World) -> (String, Value) {
    let found = world.admin().get("/commitments?q=primero").expect(200).items()[0].clone();
    let part = found["assignments"]
        .as_array()
        .unwrap()
        .iter()
        .find(|part| part["last_update_at"] != json!(null))
        .unwrap()
        .clone();
    (
        format!("/commitments/{}/assignments/{}", found["id"].as_str().unwrap(), part["id"].as_str().unwrap()),
        part["verification"].clone(),
    )
}

/// The completion that the dataset brings.
fn completion(world: &World) -> Value {
    world.admin().get(&format!("{}/updates", part(world).0)).expect(200).items()[1].clone()
}

fn accept(person: &Person<'_>, update: &Value) -> Answer {
    person.put(
        &format!("/updates/{}/review", update["id"].as_str().unwrap()),
        json!({"outcome": "accepted", "comment": "Bien."}),
    )
}

const REVIEW: &str = "/commitments/1/assignments/0/updates/1/review";

on_both! {
    fn a_review_in_a_coordinator_s_dataset_is_left_out_and_noted(world) {
        at_the_end_of_the_report(world);
        without_commitments(world);
        let coordinator = world.coordinator("CL");
        let tried = coordinator.post("/imports?dry_run=true", small()).expect(200);
        let done = coordinator.post("/imports", small()).expect(200);
        assert_eq!((&tried.json["notes"], &tried.json["counts"]), (&done.json["notes"], &done.json["counts"]));
        let note = &done.json["notes"][0];
        assert_eq!((&note["pointer"], &note["code"]), (&json!(REVIEW), &json!("review_left_out")), "{}", done.text);
        assert_eq!(done.json["notes"].as_array().unwrap().len(), 1);
        assert_eq!(part(world).1, "pending");
        let again = coordinator.post("/imports", small()).expect(200);
        assert_eq!((totals(&again.json)[..2].to_vec(), again.json["notes"].as_array().unwrap().len()), (vec![0, 0], 1), "{}", again.text);
        let update = completion(world);
        assert_eq!((&update["author"], &update["review"]), (&json!(null), &json!(null)));
        assert_eq!(update["imported_by"], json!({"id": coordinator.id, "name": update["imported_by"]["name"]}));
        assert_eq!(accept(&coordinator, &update).expect(403).code(), "own_update");
        accept(&world.coordinator("CL"), &update).expect(200);
        let after = coordinator.post("/imports", small()).expect(200);
        assert_eq!((totals(&after.json)[..2].to_vec(), &after.json["notes"]), (vec![0, 0], &json!([])), "the same review stands now");
    }
}

on_both! {
    fn admins_and_the_command_line_keep_the_reviews_of_a_dataset(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", unreviewed()).expect(200);
        assert_eq!(part(world).1, "pending");
        assert_eq!(accept(&admin, &completion(world)).expect(403).code(), "own_update");
        let done = admin.post("/imports", small()).expect(200);
        assert_eq!((&done.json["notes"], &done.json["counts"]["update"]["updated"]), (&json!([]), &json!(1)), "{}", done.text);
        assert_eq!((part(world).1, &completion(world)["review"]["reviewed_by"]), (json!("accepted"), &json!(null)));
        let other = World::new(crate::support::Kind::Sqlite);
        at_the_end_of_the_report(&other);
        let report = other.state.db.write(None, other.state.now(), |tx| import_dataset(tx, &Actor::program(), &small(), false)).unwrap();
        assert!(report.faults.is_empty() && report.skipped.is_empty());
        assert_eq!(part(&other).1, "accepted");
        assert_eq!(completion(&other)["imported_by"], json!({"id": null, "name": "articula import"}));
    }
}

on_both! {
    fn an_admin_accepts_no_own_report_through_a_dataset(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        let mut document = unreviewed();
        let updates = document["commitments"][1]["assignments"][0]["updates"].as_array_mut().unwrap();
        updates.truncate(1);
        admin.post("/imports", document).expect(200);
        let body = json!({"reported_on": "2024-05-01", "status": "completed", "narrative": "Hecho", "on_behalf": true, "evidence": [{"title": "Acta"}]});
        admin.post(&format!("{}/updates", part(world).0), body).expect(201);
        let mut out = admin.get("/export?country_code=CL").expect(200).json;
        let commitment = out["commitments"].as_array_mut().unwrap().iter_mut().find(|one| one["key"] == "c1").unwrap();
        commitment["assignments"][0]["updates"][1]["review"] = json!({"outcome": "accepted"});
        let codes = |person: &Person<'_>| person.post("/imports", out.clone()).faults().into_iter().map(|(_, code)| code).collect::<Vec<_>>();
        assert_eq!(codes(&admin), ["own_update"]);
        assert_eq!(part(world).1, "pending");
        world.admin().post("/imports", out.clone()).expect(200);
        assert_eq!(part(world).1, "accepted", "another admin may");
    }
}

on_both! {
    fn a_reopening_whose_acceptance_was_left_out_is_left_out_too(world) {
        at_the_end_of_the_report(world);
        without_commitments(world);
        let mut document = small();
        let commitment = &mut document["commitments"][1];
        commitment["assignments"][0]["updates"].as_array_mut().unwrap().push(
            json!({"key": "u3", "reported_on": "2023-06-25", "status": "in_progress", "narrative": "Otra vez"}));
        commitment["history"] = json!([
            {"act": "reported", "institution": "mtps", "update": "u1"},
            {"act": "reported", "institution": "mtps", "update": "u2"},
            {"act": "reviewed", "institution": "mtps", "update": "u2"},
            {"act": "reopened", "institution": "mtps", "at": "2023-06-24T12:00:00Z", "reason": "Era otra acta"},
            {"act": "reported", "institution": "mtps", "update": "u3"}
        ]);
        let coordinator = world.coordinator("CL");
        for _ in 0..2 {
            let done = coordinator.post("/imports", document.clone()).expect(200);
            let noted: Vec<_> = done.json["notes"].as_array().unwrap().iter().map(|note| note["code"].clone()).collect();
            assert_eq!(noted, [json!("review_left_out"), json!("reopening_left_out")], "{}", done.text);
        }
        assert_eq!(part(world).1, "none");
    }
}

on_both! {
    fn history_and_reports_name_who_imported_them_and_no_others(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", unreviewed()).expect(200);
        let (path, _) = part(world);
        let clerk = world.coordinator("CL");
        let body = json!({"reported_on": "2024-05-01", "status": "in_progress", "narrative": "Sigue", "on_behalf": true});
        let written = clerk.post(&format!("{path}/updates"), body).expect(201);
        assert_eq!((&written.json["imported_by"], &written.json["author"]["id"]), (&json!(null), &json!(clerk.id)));
        let (commitment, _) = path.split_once("/assignments").unwrap();
        let history = admin.get(&format!("{commitment}/history")).expect(200);
        let told: Vec<_> = history.items().iter().map(|event| (event["kind"].as_str().unwrap(), &event["imported_by"]["id"])).collect();
        let by = json!(admin.id);
        assert_eq!(told, [("created", &json!(null)), ("reported", &by), ("reported", &by), ("reported", &json!(null))]);
    }
}

/// Undoes and repeats the migration that stores who imported a report: older reports are distinguished by their author and
/// by the effects of imports.
fn upgrade_again(world: &World) {
    use articula::db::Db;
    macro_rules! sql {
        ($database:literal) => {
            [
                include_str!(concat!("../../../migrations/", $database, "/0025_imported_reports/down.sql")),
                include_str!(concat!("../../../migrations/", $database, "/0025_imported_reports/up.sql")),
            ]
        };
    }
    let again = |tx: &mut articula::db::Tx<'_>| {
        match tx.conn {
            Db::Pg(conn) => sql!("postgres").iter().try_for_each(|sql| conn.batch_execute(sql)),
            Db::Sqlite(conn) => sql!("sqlite").iter().try_for_each(|sql| conn.batch_execute(sql)),
        }?;
        Ok(())
    };
    world.state.db.write(None, world.state.now(), again).unwrap();
}

on_both! {
    fn an_upgrade_tells_who_imported_the_reports_that_stand(world) {
        at_the_end_of_the_report(world);
        let admin = world.admin();
        admin.post("/imports", unreviewed()).expect(200);
        let clerk = world.coordinator("CL");
        let (path, _) = part(world);
        let body = json!({"reported_on": "2024-05-01", "status": "in_progress", "narrative": "Sigue", "on_behalf": true});
        clerk.post(&format!("{path}/updates"), body).expect(201);
        let code = admin.get("/commitments?q=primero").expect(200).items()[0]["code"].as_str().unwrap().to_owned();
        let matrix = format!("Código;Responsable;Estado;Medio de verificación\n{code};Ministerio del Trabajo;Cumplido;Oficio 3\n");
        let sent = clerk.with("content-type", "text/csv");
        sent.call("POST", "/imports?country_code=CL", Some(matrix.into_bytes())).expect(200);
        let told = || {
            let all = admin.get(&format!("{path}/updates")).expect(200);
            all.items().iter().map(|one| one["imported_by"]["id"].clone()).collect::<Vec<_>>()
        };
        let before = told();
        assert_eq!(before, [json!(admin.id), json!(admin.id), json!(null), json!(clerk.id)]);
        upgrade_again(world);
        assert_eq!(told(), before);
    }
}
