//! One database with several time zones: each zone's day is its own day.

use articula::mail::Mailer;
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
        let admin = world.admin();
        for (acronym, hour) in [("CTARDE", 23), ("CALBA", 0)] {
            let listed = admin.get(&format!("/commissions?q={acronym}")).expect(200);
            let id = listed.items()[0]["id"].as_str().unwrap().to_owned();
            let policy = json!({"lead_days": [1, 0], "send_on_non_working_days": true, "send_hour": hour});
            admin.put(&format!("/commissions/{id}/reminder-policy"), policy).expect(200);
        }
        let both = vec![early, late];
        assert_eq!(mails(world, &["2027-05-11", "2027-05-12", "2027-05-13"]), [both.clone(), both, Vec::new()]);
    }
}
