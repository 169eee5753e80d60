//! A year of quarterly reports of 26 regions: zeros, nothing, late ones, missing ones, waivers, corrections. The matrix, the
//! list of reports, the overview, pending work, the mails of the day, their preview, the summary of the week and the annual
//! report agree in every number.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fixture::{Fixture, counts};
use crate::on_both;
use crate::reports::roadmap;
use crate::support::{Mail, Person};

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
fn case_of(region: usize, quarter: usize) -> &'static str {
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

/// Carries out the case_of of a region in a quarter, at one of the two days of the quarter.
fn act(fixture: &Fixture<'_>, region: usize, quarter: usize, is_late: bool) {
    let period = QUARTERS[quarter];
    match (case_of(region, quarter), is_late) {
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

/// The days on which the reminders are compared with the matrix: before the term of the second quarter, and after the late
/// reports of each. All are Mondays.
const COMPARED: [&str; 5] = ["2023-05-08", "2023-07-10", "2023-07-24", "2023-11-27", "2024-02-05"];

/// Lets the year pass, and compares the reminders on the way. Returns the mails of the last day.
fn pass_the_year(fixture: &Fixture<'_>) -> Vec<Mail> {
    let mut mails = Vec::new();
    let mut compared = COMPARED.into_iter().peekable();
    for (quarter, (on_time, late)) in DAYS.into_iter().enumerate() {
        for (day, is_late) in [(on_time, false), (late, true)] {
            while let Some(monday) = compared.next_if(|monday| *monday < day) {
                compare_reminders(fixture, monday);
            }
            fixture.world.at(&format!("{day}T17:00:00Z"));
            (0..REGIONS).for_each(|region| act(fixture, region, quarter, is_late));
        }
    }
    for monday in compared {
        mails = compare_reminders(fixture, monday);
    }
    mails
}

/// A recipient and the address of a form.
type Reminded = BTreeSet<(String, String)>;

/// Fails unless the preview of a day and its mails have exactly the reports that the matrix misses, or expects within a
/// week, each for the one person who represents the region. Returns the mails.
fn compare_reminders(fixture: &Fixture<'_>, day: &str) -> Vec<Mail> {
    fixture.world.at(&format!("{day}T18:00:00Z"));
    let people: Vec<String> = (0..REGIONS).map(|region| fixture.representative(region).email).collect();
    let matrix = fixture.matrix("");
    let mut owed = Reminded::new();
    let soon = |period: &str| (day, period) == ("2023-07-10", "2023-Q2");
    for (region, period) in (0..REGIONS).flat_map(|region| QUARTERS.map(|period| (region, period))) {
        let state = fixture.cell(&matrix, region, period)["state"].clone();
        if state == "missing" || (state == "expected" && soon(period)) {
            owed.insert((people[region].clone(), fixture.path(region, period)));
        }
    }
    let missing = matrix["counts"]["missing"].as_u64().unwrap();
    let expected = if day == "2023-07-10" { REGIONS as u64 } else { 0 };
    assert_eq!(owed.len() as u64, missing + expected, "{day}: {}", matrix["counts"]);
    assert!(missing > 0, "{day}");
    let preview = fixture.secretariat.get(&format!("/reminders/preview?on={day}")).expect(200);
    let listed = preview.items().iter().flat_map(|mail| {
        let duties = mail["duties"].as_array().unwrap().iter();
        duties.map(|duty| (mail["address"].as_str().unwrap().to_owned(), duty["link"].as_str().unwrap().to_owned()))
    });
    let listed: Vec<(String, String)> = listed.collect();
    assert_eq!((listed.len(), &listed.into_iter().collect::<Reminded>()), (owed.len(), &owed), "the preview of {day}");
    let mails = fixture.world.mails();
    let reminders: Vec<&Mail> = mails.iter().filter(|mail| mail.kind == "reminder").collect();
    let readers: BTreeSet<&String> = owed.iter().map(|(person, _)| person).collect();
    assert_eq!(reminders.len(), readers.len(), "one mail for each person on {day}");
    let form = |line: &str| {
        line.trim().strip_prefix(&fixture.world.url).filter(|path| path.contains("/reports/")).map(str::to_owned)
    };
    let sent = reminders.iter().flat_map(|mail| mail.text.lines().filter_map(form).map(|path| (mail.to.clone(), path)));
    let sent: Vec<(String, String)> = sent.collect();
    assert_eq!((sent.len(), &sent.into_iter().collect::<Reminded>()), (owed.len(), &owed), "the mails of {day}");
    mails
}

/// Returns the number of regions with one of these cases in a quarter.
fn number(quarter: usize, cases: &[&str]) -> usize {
    (0..REGIONS).filter(|region| cases.contains(&case_of(*region, quarter))).count()
}

fn expected_counts(quarter: usize) -> Value {
    let of = |cases: &[&str]| number(quarter, cases);
    let answered = of(&["zero", "nothing", "late", "corrected", "reported"]);
    json!({
        "expected": 0, "reported": of(&["reported", "late", "corrected"]), "zero": of(&["zero"]), "nothing": of(&["nothing"]),
        "missing": of(&["missing"]), "waived": of(&["waived"]), "late": of(&["late"]), "awaiting_review": answered,
    })
}

on_both! {
    fn a_year_of_26_regions_agrees_in_every_number(world) {
        world.at("2023-01-02T12:00:00Z");
        let fixture = Fixture::new(world, REGIONS);
        let mails = pass_the_year(&fixture);
        let matrix = fixture.matrix("?to=2023");
        for (quarter, period) in QUARTERS.into_iter().enumerate() {
            assert_eq!(matrix["periods"][quarter]["counts"], expected_counts(quarter), "{period}");
            for region in 0..REGIONS {
                let cell = fixture.cell(&matrix, region, period);
                let case = case_of(region, quarter);
                let state = if ["late", "corrected"].contains(&case) { "reported" } else { case };
                assert_eq!((&cell["state"], &cell["late"]), (&json!(state), &json!(case == "late")), "{region} {period} {case}");
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
        assert_eq!(waiting(&fixture.secretariat, "duty_missing"), 4, "one item for each quarter");
        for (quarter, item) in fixture.secretariat.get("/me/pending?reason=duty_missing").items().iter().enumerate() {
            let number = format!("faltan {} instituciones", number(quarter, &["missing"]));
            assert!(item["title"].as_str().unwrap().ends_with(&number), "{number}: {item}");
        }
        let mut missing = 0;
        for region in 0..REGIONS {
            let own = (0..4).filter(|quarter| case_of(region, *quarter) == "missing").count() as u64;
            let person = fixture.representative(region);
            assert_eq!((waiting(&person, "duty_missing"), waiting(&person, "duty_due")), (own, 0), "{region}");
            missing += own;
        }
        assert_eq!(missing, sum("missing"));
        let summary = mails.iter().find(|mail| mail.kind == "summary" && mail.to == fixture.secretariat.email).unwrap();
        let awaiting = format!("Informes periódicos por revisar ({})", sum("awaiting_review"));
        assert!(summary.text.contains(&awaiting), "{awaiting}: {}", summary.text);
        assert!(summary.text.contains("Informes periódicos atrasados (4)"), "{}", summary.text);
        let corrected = (0..REGIONS).find(|region| case_of(*region, 1) == "corrected").unwrap();
        let shown = fixture.secretariat.get(&fixture.path(corrected, QUARTERS[1])).expect(200).json;
        assert_eq!((&shown["values"]["inspections"], &shown["late"], &shown["revision"]), (&json!(11), &json!(false), &json!(2)));
        let (plan, _) = roadmap(world, "PE", 1, 0);
        let body = json!({"country_code": "PE", "template": "alliance87-annual", "period_from": "2023-01-01", "period_to": "2023-12-31", "roadmap_id": plan});
        let report = world.coordinator("PE").post("/reports", body).expect(201).json;
        let answer = |key: &str| {
            let questions = report["sections"].as_array().unwrap().iter().flat_map(|section| section["questions"].as_array().unwrap());
            questions.into_iter().find(|question| question["key"] == key).unwrap()["answer"].clone()
        };
        let received = sum("reported") + sum("zero") + sum("nothing");
        let due = received + sum("missing");
        let told = format!(
            "De «Informe trimestral» se recibieron {received} de {due} informes de {REGIONS} instituciones: {} con cero, {} sin nada que informar y {} después del plazo.",
            sum("zero"), sum("nothing"), sum("late")
        );
        assert_eq!(answer("evaluation_tools")["other_text"], told);
        let gaps = format!("No se recibieron {} de los {due} informes pedidos de «Informe trimestral».", sum("missing"));
        assert_eq!(answer("evidence_challenges")["text"], gaps);
    }
}
