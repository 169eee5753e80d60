//! Deliveries: visibility, purging, and limits on the mails that one person may cause.

use articula::clock::Instant;
use articula::db::schema::{daily_uses, deliveries, reminder_agenda, reminder_ledger};
use articula::mail::{Mailer, Refusal};
use articula::worker;
use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::chile;
use crate::on_both;
use crate::support::{Person, World};

/// Runs every job once; returns the number of mails sent.
fn run_jobs(world: &World) -> usize {
    let (mailer, kept) = Mailer::memory().unwrap();
    worker::run_jobs_once(&world.state, &mailer).unwrap();
    kept.lock().unwrap().sent.len()
}

fn rows(world: &World) -> (i64, i64) {
    let count = |conn: &mut articula::db::Db| {
        Ok((deliveries::table.count().get_result(conn)?, reminder_ledger::table.count().get_result(conn)?))
    };
    world.state.db.read(count).unwrap()
}

/// Puts every assignment at the front of the queue of planning.
fn check_everything(world: &World) {
    let long_ago = Instant::parse("1970-01-01T00:00:00Z").unwrap();
    let front = |tx: &mut articula::db::Tx<'_>| {
        Ok(diesel::update(reminder_agenda::table).set(reminder_agenda::look_at.eq(long_ago)).execute(tx.conn)?)
    };
    assert!(world.state.db.write(None, world.clock.now(), front).unwrap() > 0);
}

on_both! {
    fn a_step_whose_delivery_was_purged_is_not_sent_again(world) {
        let ceti = chile(world);
        let policy = json!({"lead_days": [365], "overdue_every_days": 365, "send_on_non_working_days": true});
        world.admin().put(&format!("/commissions/{ceti}/reminder-policy"), policy).expect(200);
        let minsal = world.row_institution("Minsal", Some("CL"), Some("gabinete@minsal.example"));
        world.row_task(("CL", ceti), minsal, "CETI-2023-001", "2024-08-31");
        world.at("2023-09-01T15:00:00Z");
        assert_eq!(run_jobs(world), 1);
        world.at("2024-10-04T15:00:00Z");
        assert_eq!((run_jobs(world), rows(world)), (0, (1, 1)), "400 days have not passed");
        world.at("2024-10-05T15:00:01Z");
        assert_eq!((run_jobs(world), rows(world)), (0, (0, 1)));
        check_everything(world);
        assert_eq!((run_jobs(world), rows(world)), (0, (0, 1)));
    }
}

on_both! {
    fn deliveries_in_a_final_state_are_purged_and_waiting_ones_are_kept(world) {
        world.queue_notices(501);
        let (mailer, kept) = Mailer::memory().unwrap();
        kept.lock().unwrap().refuses.insert("p1@example.org".into(), Refusal::Permanent("550 no".into()));
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        world.queue_notices(1);
        let much_later = world.clock.now().plus(TimeDelta::days(1_000));
        let waits = |tx: &mut articula::db::Tx<'_>| {
            let queued = deliveries::table.filter(deliveries::status.eq("queued"));
            Ok(diesel::update(queued).set(deliveries::next_attempt_at.eq(much_later)).execute(tx.conn)?)
        };
        assert_eq!(world.state.db.write(None, world.clock.now(), waits).unwrap(), 1);
        assert_eq!(rows(world).0, 502);
        world.clock.set(world.clock.now().plus(TimeDelta::days(401)));
        assert_eq!((run_jobs(world), rows(world).0), (0, 1));
    }
}

on_both! {
    fn a_delivery_shows_the_commissions_that_its_reader_keeps_and_no_others(world) {
        let (own, other) = (world.commission("CL", "CETI"), world.commission("PE", "CPETI"));
        let shared = world.row_institution("OIT", None, Some("oficina@oit.example"));
        world.row_task(("CL", own.parse().unwrap()), shared, "CETI-2023-001", "2023-09-29");
        world.row_task(("PE", other.parse().unwrap()), shared, "CPETI-2023-001", "2023-09-29");
        world.at("2023-09-22T18:00:00Z");
        run_jobs(world);
        let shown = |person: Person<'_>| {
            let answer = person.get("/reminders/deliveries?kind=reminder").expect(200);
            answer.items()[0]["commission_ids"].clone()
        };
        assert_eq!(shown(world.secretariat(&own)), json!([own]));
        assert_eq!(shown(world.coordinator("PE")), json!([other]));
        assert_eq!(shown(world.admin()).as_array().unwrap().len(), 2);
    }
}

on_both! {
    fn nobody_invites_more_than_a_hundred_people_in_a_day(world) {
        let own = world.commission("CL", "CETI");
        let (secretariat, colleague) = (world.secretariat(&own), world.secretariat(&own));
        let invite = |person: &Person<'_>, n: usize| {
            let grants = json!([{"role": "observer", "commission_id": own}]);
            person.post("/users", json!({"email": format!("p{n}@example.org"), "name": "P", "grants": grants}))
        };
        for n in 0..100 {
            invite(&secretariat, n).expect(201);
        }
        let refused = invite(&secretariat, 100).expect(429);
        assert_eq!((refused.code(), refused.header("retry-after")), ("daily_limit", Some("43200")));
        assert_eq!(rows(world).0, 100);
        invite(&colleague, 100).expect(201);
        world.at("2023-09-02T00:00:00Z");
        assert_eq!(invite(&secretariat, 101).status, 201);
    }
}

on_both! {
    fn nobody_causes_more_than_two_thousand_mails_about_sessions_in_a_day(world) {
        let ceti = world.commission("CL", "CETI");
        let institution = world.institution("Minsal");
        world.member(&ceti, &institution, "member");
        world.admin().patch(&format!("/institutions/{institution}"), json!({"email": "o@example.org"})).expect(200);
        let secretariat = world.secretariat(&ceti);
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión", "starts_at": "2023-09-20T14:00:00Z"});
        let path = format!("/meetings/{}", secretariat.post("/meetings", body).expect(201).id());
        let spent = |uses: i32| {
            let row = (
                daily_uses::user_id.eq(secretariat.id.unwrap()), daily_uses::kind.eq("convocations"),
                daily_uses::day.eq(world.clock.now().utc().date_naive()), daily_uses::uses.eq(uses),
            );
            let put = |tx: &mut articula::db::Tx<'_>| {
                diesel::delete(daily_uses::table).execute(tx.conn)?;
                Ok(diesel::insert_into(daily_uses::table).values(row).execute(tx.conn)?)
            };
            world.state.db.write(None, world.clock.now(), put).unwrap();
        };
        let convene = || secretariat.call("POST", &format!("{path}/convocation"), None);
        spent(2_000);
        assert_eq!(convene().expect(429).code(), "daily_limit");
        assert_eq!(secretariat.get(&path).expect(200).json["convened_at"], json!(null));
        assert_eq!(rows(world).0, 0);
        spent(1_999);
        convene().expect(200);
        assert_eq!(rows(world).0, 1);
        let changed = secretariat.patch(&path, json!({"place": "Otra sala"})).expect(429);
        assert_eq!(changed.code(), "daily_limit");
    }
}
