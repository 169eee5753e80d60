//! One database with several time zones: each zone's day is its own day.

use articula::clock::Instant;
use articula::mail::Mailer;
use articula::worker;
use chrono::TimeDelta;
use serde_json::json;

use super::{remind, to};
use crate::on_both;
use crate::support::World;

/// Adds a commission in a time zone, with an institution of its own that has a part due on this day.
fn add(world: &World, (country, acronym, zone): (&str, &str, Option<&str>), due: &str) -> String {
    let admin = world.admin();
    let commission = world.commission(country, acronym);
    if let Some(zone) = zone {
        admin.patch(&format!("/commissions/{commission}"), json!({"time_zone": zone})).expect(200);
    }
    let policy = json!({"lead_days": [1, 0], "send_on_non_working_days": true});
    admin.put(&format!("/commissions/{commission}/reminder-policy"), policy).expect(200);
    let address = format!("{}@min.example", acronym.to_lowercase());
    let body = json!({"name": format!("Ministerio {acronym}"), "sector": "government", "country_code": country, "email": address});
    let institution = admin.post("/institutions", body).expect(201).id();
    let text = json!({"commission_ids": [commission], "text": "Entregar el informe", "due": due, "assignments": [{"institution_id": institution}]});
    admin.post("/commitments", text).expect(201);
    address
}

/// Makes the commission of this acronym send at this hour.
fn send_at(world: &World, acronym: &str, hour: u32) {
    let admin = world.admin();
    let listed = admin.get(&format!("/commissions?q={acronym}")).expect(200);
    let id = listed.items()[0]["id"].as_str().unwrap().to_owned();
    let policy = json!({"lead_days": [1, 0], "send_on_non_working_days": true, "send_hour": hour});
    admin.put(&format!("/commissions/{id}/reminder-policy"), policy).expect(200);
}

/// Reminds as of each day; returns for each the addresses that got a mail.
fn mails(world: &World, days: &[&str]) -> Vec<Vec<String>> {
    let (mailer, kept) = Mailer::memory().unwrap();
    let mut all = Vec::new();
    for day in days {
        remind(world, &mailer, day);
        all.push(to(&kept));
    }
    all
}

on_both! {
    fn chile_and_peru_both_hear_on_the_day_itself_that_a_term_ends(world) {
        let chile = add(world, ("CL", "CCL", None), "2027-05-12");
        let peru = add(world, ("PE", "CPE", None), "2027-05-12");
        let both = vec![chile, peru];
        let days = ["2027-05-11", "2027-05-12", "2027-05-13"];
        assert_eq!(mails(world, &days), [both.clone(), both, Vec::new()]);
    }
}

on_both! {
    fn zones_of_one_country_keep_their_days_at_both_changes_of_the_clock(world) {
        let easter = add(world, ("CL", "CISLA", Some("Pacific/Easter")), "2027-04-03");
        let santiago = add(world, ("CL", "CSTGO", None), "2027-04-03");
        let south = add(world, ("CL", "CSUR", Some("America/Punta_Arenas")), "2027-09-04");
        let coyhaique = add(world, ("CL", "CAYS", Some("America/Coyhaique")), "2027-09-04");
        let lima = add(world, ("PE", "CLIMA", None), "2027-09-04");
        let days = ["2027-04-02", "2027-04-03", "2027-04-04", "2027-09-03", "2027-09-04", "2027-09-05"];
        let autumn = vec![easter, santiago];
        let spring = vec![coyhaique, lima, south];
        let mut seen = mails(world, &days);
        // In September the parts of April are overdue and reminded of in their own rhythm.
        for day in &mut seen[3..] {
            day.retain(|address| !autumn.contains(address));
        }
        assert_eq!(seen, [autumn.clone(), autumn.clone(), Vec::new(), spring.clone(), spring.clone(), Vec::new()]);
    }
}

on_both! {
    fn a_late_hour_in_one_zone_delays_no_day_in_another(world) {
        let late = add(world, ("PE", "CTARDE", None), "2027-05-12");
        let early = add(world, ("CL", "CALBA", None), "2027-05-12");
        send_at(world, "CTARDE", 23);
        send_at(world, "CALBA", 0);
        let both = vec![early, late];
        assert_eq!(mails(world, &["2027-05-11", "2027-05-12", "2027-05-13"]), [both.clone(), both, Vec::new()]);
    }
}

/// Lets a worker run every hour from a moment on; returns the hours with reminders, and their addresses.
fn hourly(world: &World, from: &str, hours: i64) -> Vec<(String, Vec<String>)> {
    let (mailer, kept) = Mailer::memory().unwrap();
    let mut all = Vec::new();
    for hour in 0..hours {
        let now = Instant::parse(from).unwrap().plus(TimeDelta::hours(hour));
        world.clock.set(now);
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        all.push((now.utc().format("%d %H:%M").to_string(), to(&kept)));
    }
    all.retain(|(_, addresses)| !addresses.is_empty());
    all
}

on_both! {
    fn an_hour_that_the_clock_skips_or_repeats_sends_each_reminder_once_in_three_zones(world) {
        let zones = [("CL", "CSTGO", None), ("CL", "CISLA", Some("Pacific/Easter")), ("PE", "CLIMA", None)];
        let [santiago, easter, lima] = ["cstgo", "cisla", "clima"].map(|name| format!("{name}@min.example"));
        let at = |hour: &str, addresses: &[&String]| (hour.to_owned(), addresses.iter().map(ToString::to_string).collect::<Vec<_>>());
        // The clocks of Chile go back at midnight of 3 April 2027: 23:00 comes twice in Santiago.
        world.at("2027-03-29T12:00:00Z");
        zones.iter().for_each(|zone| drop(add(world, *zone, "2027-04-03")));
        zones.iter().for_each(|(_, acronym, _)| send_at(world, acronym, 23));
        let repeated = [
            at("03 02:00", &[&santiago]), at("03 04:00", &[&easter, &lima]),
            at("04 02:00", &[&santiago]), at("04 04:00", &[&lima]), at("04 05:00", &[&easter]),
        ];
        assert_eq!(hourly(world, "2027-04-02T06:00:00Z", 60), repeated);
    }
}

on_both! {
    fn a_reminder_at_a_skipped_midnight_is_sent_at_the_first_hour_of_the_day(world) {
        let [santiago, easter, lima] = ["cstgo", "cisla", "clima"].map(|name| format!("{name}@min.example"));
        let at = |hour: &str, addresses: &[&String]| (hour.to_owned(), addresses.iter().map(ToString::to_string).collect::<Vec<_>>());
        // On 5 September 2027 the day of Santiago begins at 1:00; on the island the clock changes two hours earlier.
        world.at("2027-08-30T12:00:00Z");
        for zone in [("CL", "CSTGO", None), ("CL", "CISLA", Some("Pacific/Easter")), ("PE", "CLIMA", None)] {
            add(world, zone, "2027-09-05");
            send_at(world, zone.1, 0);
        }
        let expected = [
            at("04 04:00", &[&santiago]), at("04 05:00", &[&lima]), at("04 06:00", &[&easter]),
            at("05 04:00", &[&santiago]), at("05 05:00", &[&easter, &lima]),
        ];
        assert_eq!(hourly(world, "2027-09-03T08:00:00Z", 70), expected);
    }
}
