//! A reminder leads to the form of a periodic report. The institution reports on the period, reports zero on an earlier one
//! after its due day, and corrects the first report; the secretariat waives the report of another institution.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};
use serde_json::{Value, json};

use crate::run::{Run, in_days, in_three_ways, link_in, representative, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

/// A monthly report on the last two months. The report on the last one is due in four days, that on the one before is late.
struct Duty {
    id: String,
    institutions: [String; 2],
    /// The month before the last one, and the last one.
    months: [String; 2],
    due: NaiveDate,
}

impl Duty {
    fn path(&self) -> String {
        format!("/duties/{}", self.id)
    }

    /// Returns the address of the report of an institution on a month.
    fn report(&self, institution: usize, month: usize) -> String {
        format!("{}/reports/{}/{}", self.path(), self.institutions[institution], self.months[month])
    }

    /// Opens the matrix, and fails unless it says this about the report of an institution on a month.
    #[track_caller]
    fn shows(&self, user: &User, (institution, month): (usize, usize), words: &str) {
        user.go(&self.path());
        let said = user.chrome.text(&format!("main a[href='{}']", self.report(institution, month)));
        assert_eq!(said, words);
    }
}

fn walk(run: &Run) {
    let commission = run.commission("", "PE");
    let institutions = ["a", "b"].map(|part| run.institution(part, "PE"));
    institutions.iter().for_each(|one| run.member(&commission, one));
    // The people are there before the duty: another test may send the reminders of the same day.
    let [officer, person] = run.people([secretariat(&commission), representative(&institutions[0])]);
    let duty = ask(run, &officer, &commission, institutions);

    let user = run.opens();
    report_by_the_link_of_the_mail(run, &user, &duty, &person);
    report_zero_late(run, &user, &duty);
    correct(run, &user, &duty);
    waive(run, &run.enters(&officer), &duty);
}

/// Enters the duty, and the policy that sends reminders on every day of the week.
fn ask(run: &Run, officer: &str, commission: &str, institutions: [String; 2]) -> Duty {
    let policy = json!({"lead_days": [7, 1, 0], "overdue_every_days": 7, "send_on_non_working_days": true});
    let (status, answer) = run.demo.api(officer, "PUT", &format!("/commissions/{commission}/reminder-policy"), &policy);
    assert_eq!(status, 200, "{answer}");
    let first_of_month = in_days(0).with_day(1).unwrap();
    let months = [2, 1].map(|ago| (first_of_month - Months::new(ago)).format("%Y-%m").to_string());
    let due = in_days(4);
    let due_days = (due - (first_of_month - TimeDelta::days(1))).num_days();
    let title = format!("Informe mensual {}", run.name);
    let visits = json!({"key": "visits", "label": "Visitas", "kind": "count", "unit": "visitas"});
    let body = json!({"commission_ids": [commission], "title": title, "every": "month", "from": months[0],
        "to": months[1], "institution_ids": institutions, "due_days": due_days, "fields": [visits]});
    let id = run.demo.enter(officer, "/duties", &body)["id"].as_str().unwrap().to_owned();
    Duty { id, institutions, months, due }
}

fn report_by_the_link_of_the_mail(run: &Run, user: &User, duty: &Duty, person: &str) {
    run.demo.remind(&duty.due.to_string());
    let path = duty.report(0, 1);
    let mail = run.demo.wait_for_mail(person, &path);
    assert!(mail.contains(run.says("vence hoy", "due today")), "{mail}");
    user.go(&link_in(&mail, &path));
    user.sign_in(person);
    assert_eq!(user.chrome.path(), path);
    user.write("#values-visits", "12");
    let narrative = run.says("Se visitaron doce talleres.", "Twelve workshops were visited.");
    user.write("#narrative", narrative);
    user.press_to(MAIN, &format!("{path}?done=duty-reported"));
    user.is_confirmed(run.says("El informe quedó recibido", "The report is received"));
    user.sees(narrative);
    duty.shows(user, (0, 1), run.says("Informó por revisar", "Reported to review"));
    let stored = run.record(&path);
    assert_eq!((&stored["state"], &stored["late"]), (&json!("reported"), &json!(false)), "{stored}");
}

fn report_zero_late(run: &Run, user: &User, duty: &Duty) {
    let path = duty.report(0, 0);
    duty.shows(user, (0, 0), run.says("No informó", "Did not report"));
    user.press_to(&format!("main a[href='{path}']"), &path);
    user.write("#values-visits", "0");
    user.press_to(MAIN, &format!("{path}?done=duty-reported"));
    user.is_confirmed(run.says("El informe quedó recibido", "The report is received"));
    let state = run.says("Informó cero fuera de plazo, por revisar", "Reported zero late, to review");
    let page = user.chrome.words();
    assert!(page.contains(state) && page.contains("0 visitas"), "{page}");
    for other in [run.says("No informó", "Did not report"), run.says("Sin novedades", "Nothing to report")] {
        assert!(!page.contains(other), "{page}");
    }
    duty.shows(user, (0, 0), state);
    let stored = run.record(&path);
    assert_eq!(
        (&stored["state"], &stored["late"], &stored["values"]["visits"]),
        (&json!("zero"), &json!(true), &json!(0))
    );
}

fn correct(run: &Run, user: &User, duty: &Duty) {
    let path = duty.report(0, 1);
    user.press_to(&format!("main a[href='{path}']"), &path);
    user.unfold("main .columns details.more");
    assert_eq!(user.chrome.value("#values-visits"), "12");
    user.write("#values-visits", "15");
    user.press_to("main details.more button.main", &format!("{path}?done=duty-reported"));
    user.sees("15 visitas");
    user.sees(run.says("Informe recibido", "Report received"));
    user.sees(run.says("Corrección recibida", "Correction received"));
    let stored = run.record(&path);
    let visits: Vec<&Value> =
        stored["revisions"].as_array().unwrap().iter().map(|one| &one["values"]["visits"]).collect();
    assert_eq!((visits, &stored["late"]), (vec![&json!(12), &json!(15)], &json!(false)), "{stored}");
}

fn waive(run: &Run, office: &User, duty: &Duty) {
    let path = duty.report(1, 0);
    duty.shows(office, (1, 0), run.says("No informó", "Did not report"));
    office.press_to(&format!("main a[href='{path}']"), &path);
    let waiver = "main details.more:has([name=reason])";
    office.unfold(waiver);
    let reason = run.says("La institución estuvo en emergencia.", "The institution was in an emergency.");
    office.write("#reason", reason);
    office.press_to(&format!("{waiver} button[name=waive]"), &format!("{path}?done=duty-waived"));
    office.is_confirmed(run.says("La dispensa quedó registrada.", "The waiver is recorded."));
    office.sees(reason);
    duty.shows(office, (1, 0), run.says("Dispensada", "Waived"));
    let matrix = run.record(&format!("{}/matrix", duty.path()));
    assert_eq!((&matrix["counts"]["waived"], &matrix["counts"]["missing"]), (&json!(1), &json!(0)), "{matrix}");
}
