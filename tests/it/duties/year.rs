//! A year of quarterly reports of 26 regions: zeros, nothing, late ones, missing ones, waivers, corrections. The matrix, the
//! list of reports and each period agree in every number.

use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::on_both;
use crate::support::Person;

const REGIONS: usize = 26;
const QUARTERS: [&str; 4] = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"];

/// A day within the term of the reports on a quarter, and a day after it.
const DAYS: [(&str, &str); 4] = [
    ("2023-04-10", "2023-05-02"),
    ("2023-07-15", "2023-07-16"),
    ("2023-10-01", "2023-11-20"),
    ("2024-01-15", "2024-02-01"),
];

/// The state of a region in a quarter, by a rule that gives every quarter some of each.
fn story(region: usize, quarter: usize) -> &'static str {
    match (region + quarter) % 13 {
        0 => "missing",
        1 => "waived",
        2 | 3 => "zero",
        4 => "nothing",
        5 | 6 => "late",
        7 => "corrected",
        _ => "reported",
    }
}

/// Carries out the story of a region in a quarter, at one of the two days of the quarter.
fn act(fixture: &Fixture<'_>, region: usize, quarter: usize, is_late: bool) {
    let period = QUARTERS[quarter];
    match (story(region, quarter), is_late) {
        ("zero", false) => drop(fixture.report(region, period, counts(0, 0)).expect(201)),
        ("nothing", false) => drop(fixture.report(region, period, json!({"nothing_to_report": true})).expect(201)),
        ("reported" | "corrected", false) => drop(fixture.report(region, period, counts(10, 1)).expect(201)),
        ("late", true) => drop(fixture.report(region, period, counts(3, 0)).expect(201)),
        ("corrected", true) => drop(fixture.report(region, period, counts(11, 1)).expect(200)),
        ("waived", false) => {
            let waiver = format!("{}/waiver", fixture.path(region, period));
            fixture.secretariat.post(&waiver, json!({"reason": "Estado de emergencia"})).expect(200);
        }
        _ => {}
    }
}

/// Lets the year pass.
pub(super) fn tell(fixture: &Fixture<'_>) {
    for (quarter, (on_time, late)) in DAYS.into_iter().enumerate() {
        for (day, is_late) in [(on_time, false), (late, true)] {
            fixture.world.at(&format!("{day}T17:00:00Z"));
            (0..REGIONS).for_each(|region| act(fixture, region, quarter, is_late));
        }
    }
}

/// Returns the number of regions with one of these stories in a quarter.
fn number(quarter: usize, stories: &[&str]) -> usize {
    (0..REGIONS).filter(|region| stories.contains(&story(*region, quarter))).count()
}

fn expected_counts(quarter: usize) -> Value {
    let of = |stories: &[&str]| number(quarter, stories);
    let answered = of(&["zero", "nothing", "late", "corrected", "reported"]);
    json!({
        "expected": 0, "reported": of(&["reported", "late", "corrected"]), "zero": of(&["zero"]), "nothing": of(&["nothing"]),
        "missing": of(&["missing"]), "waived": of(&["waived"]), "late": of(&["late"]), "awaiting_review": answered,
    })
}

on_both! {
    fn a_year_of_26_regions_agrees_in_every_number(world) {
        let fixture = Fixture::new(world, REGIONS);
        tell(&fixture);
        let matrix = fixture.matrix("?to=2023");
        for (quarter, period) in QUARTERS.into_iter().enumerate() {
            assert_eq!(matrix["periods"][quarter]["counts"], expected_counts(quarter), "{period}");
            for region in 0..REGIONS {
                let cell = fixture.cell(&matrix, region, period);
                let told = story(region, quarter);
                let state = if ["late", "corrected"].contains(&told) { "reported" } else { told };
                assert_eq!((&cell["state"], &cell["late"]), (&json!(state), &json!(told == "late")), "{region} {period} {told}");
            }
            let listed = fixture.secretariat.get(&format!("/duties/{}/reports?period={period}&limit=200", fixture.duty)).expect(200);
            let revisions = number(quarter, &["zero", "nothing", "late", "reported"]) + 2 * number(quarter, &["corrected"]);
            assert_eq!(listed.items().len(), revisions, "{period}");
        }
        let sum = |name: &str| (0..4).map(|quarter| expected_counts(quarter)[name].as_u64().unwrap()).sum::<u64>();
        for name in ["reported", "zero", "nothing", "missing", "waived", "late", "awaiting_review"] {
            assert_eq!(matrix["counts"][name], sum(name), "{name}");
        }
        let overview = fixture.secretariat.get("/overview?country_code=PE").expect(200).json;
        assert_eq!(overview["duties"][0]["counts"], matrix["counts"], "the overview");
        let waiting = |person: &Person<'_>, reason: &str| {
            let page = person.get(&format!("/me/pending?reason={reason}&limit=200")).expect(200);
            let listed = page.items().len() as u64;
            assert_eq!(page.json["counts"][reason].as_u64().unwrap_or_default(), listed, "{reason}");
            listed
        };
        assert_eq!(waiting(&fixture.secretariat, "duty_review"), sum("awaiting_review"));
        let mut missing = 0;
        for region in 0..REGIONS {
            let own = (0..4).filter(|quarter| story(region, *quarter) == "missing").count() as u64;
            let person = fixture.representative(region);
            assert_eq!((waiting(&person, "duty_missing"), waiting(&person, "duty_due")), (own, 0), "{region}");
            missing += own;
        }
        assert_eq!(missing, sum("missing"));
        let corrected = (0..REGIONS).find(|region| story(*region, 1) == "corrected").unwrap();
        let shown = fixture.secretariat.get(&fixture.path(corrected, QUARTERS[1])).expect(200).json;
        assert_eq!((&shown["values"]["inspections"], &shown["late"], &shown["revision"]), (&json!(11), &json!(false), &json!(2)));
    }
}
