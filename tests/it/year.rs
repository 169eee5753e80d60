//! A year of three commissions: every act is mailed to exactly the right people, exactly once, nothing waits without a
//! reminder, and at the end nothing is pending.

mod parts;
mod report;
mod session;
mod waiting;

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Mail, Person, World};

const ACRONYMS: [&str; 3] = ["CETI", "CAMTRAFOR", "MITP"];

/// The events of which nobody hears in this year. `calendar/mails.rs` has them all.
const OF_OTHER_YEARS: [&str; 10] = [
    "agenda_proposal_decided",
    "agenda_proposed",
    "duty_asked",
    "duty_reported",
    "duty_returned",
    "duty_waived",
    "notice_withdrawn",
    "report_question_commented",
    "session_cancelled",
    "session_changed",
];

/// Three commissions with their secretariats, a coordinator, and 20 institutions with one representative each.
struct Year<'w> {
    world: &'w World,
    commissions: Vec<String>,
    secretariats: Vec<Person<'w>>,
    coordinator: Person<'w>,
    institutions: Vec<String>,
    representatives: Vec<Person<'w>>,
    /// The kinds of the mails so far.
    kinds: RefCell<BTreeSet<String>>,
}

/// The body of a report that the part is done.
fn completion(day: &str, quantity: Option<u32>) -> Value {
    json!({
        "reported_on": day, "status": "completed", "narrative": "Se hizo lo comprometido.", "quantity": quantity,
        "evidence": [{"title": "Informe", "url": "https://example.org/informe"}],
    })
}

impl<'w> Year<'w> {
    /// The first 12 institutions are members of all three commissions, the others of one each.
    fn new(world: &'w World) -> Self {
        world.at("2026-01-05T12:00:00Z");
        let commissions: Vec<String> = ACRONYMS.iter().map(|acronym| world.commission("CL", acronym)).collect();
        let institutions: Vec<String> = (1..=20).map(|n| world.institution(&format!("Institución {n:02}"))).collect();
        for (n, institution) in institutions.iter().enumerate() {
            let own = if n < 12 { &commissions[..] } else { &commissions[n % 3..=n % 3] };
            own.iter().for_each(|commission| drop(world.member(commission, institution, "member")));
        }
        Self {
            world,
            secretariats: commissions.iter().map(|commission| world.secretariat(commission)).collect(),
            coordinator: world.coordinator("CL"),
            representatives: institutions.iter().map(|institution| world.representative(institution)).collect(),
            commissions,
            institutions,
            kinds: RefCell::default(),
        }
    }

    /// Sends what waits and fails unless it is these mails: kind and recipients.
    #[track_caller]
    fn told(&self, expected: &[(&str, Vec<&Person<'w>>)]) -> Vec<Mail> {
        let mails = |(kind, people): &(&'_ str, Vec<&Person<'w>>)| {
            people.iter().map(|one| ((*kind).to_owned(), one.email.clone())).collect::<Vec<_>>()
        };
        let expected: Vec<(String, String)> = expected.iter().flat_map(mails).collect();
        self.told_at(&expected.iter().map(|(kind, to)| (kind.as_str(), to.as_str())).collect::<Vec<_>>())
    }

    /// Does the same for addresses.
    #[track_caller]
    fn told_at(&self, expected: &[(&str, &str)]) -> Vec<Mail> {
        let mails = self.world.notices();
        let mut sent: Vec<(&str, &str)> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
        let mut wanted = expected.to_vec();
        sent.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(sent, wanted);
        self.kinds.borrow_mut().extend(mails.iter().map(|mail| mail.kind.clone()));
        mails
    }

    /// Returns the reasons of what waits for a person, each with its number.
    fn pending(&self, person: &Person<'w>) -> Value {
        person.get("/me/pending").expect(200).json["counts"].clone()
    }

    fn everybody(&self) -> impl Iterator<Item = &Person<'w>> {
        self.secretariats.iter().chain([&self.coordinator]).chain(&self.representatives)
    }
}

/// Returns the address of an institution's part.
fn part(year: &Year<'_>, commitment: &str, institution: usize) -> String {
    let shown = year.secretariats[0].get(&format!("/commitments/{commitment}")).expect(200);
    let own = json!(year.institutions[institution]);
    let parts = shown.json["assignments"].as_array().unwrap();
    let part = parts.iter().find(|part| part["institution_id"] == own).unwrap();
    format!("/commitments/{commitment}/assignments/{}", part["id"].as_str().unwrap())
}

on_both! {
    fn a_year_of_three_commissions_leaves_nobody_waiting(world) {
        let year = Year::new(world);
        let (meeting, commitments) = session::session(&year);
        let ceti = &year.secretariats[0];
        let [first, _, _, fourth, fifth, ..] = &year.representatives[..] else { panic!("20 people") };

        world.at("2026-05-04T13:00:00Z");
        let own = parts::extension(&year, &commitments[0]);
        parts::review(&year, &commitments[0]);
        let late = parts::corrections(&year, [&commitments[0], &commitments[1]]);
        parts::activity(&year);
        let published = waiting::longer_than_the_policy(&year);
        world.at("2026-05-14T13:00:00Z");
        parts::contacts(&year);
        parts::matrix(&year);
        waiting::overdue_parts(&year);

        // Everything is reported and accepted: nothing waits any more.
        let twelfth = &year.representatives[11];
        let last = [(fourth, late), (fifth, part(&year, &commitments[1], 4)), (first, own), (twelfth, published)];
        for (person, part) in last {
            let quantity = (person.email == first.email).then_some(2);
            let update = person.post(&format!("{part}/updates"), completion("2026-07-27", quantity)).expect(201).id();
            year.told(&[("completion_review", vec![ceti])]);
            ceti.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
            year.told(&[("update_accepted", vec![person])]);
        }
        world.at("2026-08-10T16:00:00Z");
        for person in year.everybody() {
            assert_eq!(year.pending(person), json!({}), "{}", person.email);
        }
        assert!(world.mails().is_empty());

        // The annual report is shared, confirmed and approved; then nothing that was issued changes any more.
        let report = report::annual_report(&year);
        let before = report::issued(&year, &meeting, &report);
        report::rename_everything(&year);
        assert!(report::issued(&year, &meeting, &report) == before, "an issued document differs");

        // Every event of the table was caused.
        let events = ceti.get("/me/notifications").expect(200).json["events"].as_object().unwrap().clone();
        let heard = year.kinds.borrow();
        let unheard: Vec<&str> = events.keys().map(String::as_str).filter(|event| !heard.contains(*event)).collect();
        assert_eq!(unheard, OF_OTHER_YEARS);
    }
}
