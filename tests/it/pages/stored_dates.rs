//! Stored dates in forms with rows: they need no confirmation, whatever happens to the rows around them.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Browser, FilledForm, Page, Person, World};

const CALENDAR: &str = "/countries/CL/calendar?year=2027";

/// A country with three days off, and the page of its calendar.
fn calendar(world: &World, who: &Person<'_>) -> FilledForm {
    let day = |date: &str, name: &str| json!({"date": date, "name": name, "kind": "holiday"});
    let days = [day("2027-05-01", "Trabajo"), day("2027-05-21", "Glorias Navales"), day("2027-09-18", "Independencia")];
    who.put("/countries/CL/calendar", json!(days)).expect(200);
    Browser::of(world, who).open(CALENDAR).form_to(CALENDAR)
}

/// The stored days.
fn days(who: &Person<'_>) -> Vec<Value> {
    let all = who.get("/countries/CL/calendar").expect(200).json;
    all.as_array().unwrap().iter().map(|day| day["date"].clone()).collect()
}

/// The meanings that a form has for the dates of its rows.
fn meanings(page: &Page) -> [String; 3] {
    let form = page.form_to(CALENDAR);
    [0, 1, 2].map(|row| form.value(&format!("understood/{row}/date")).to_owned())
}

/// The dates of the rows as the form shows them.
fn dates(page: &Page) -> [String; 3] {
    let form = page.form_to(CALENDAR);
    [0, 1, 2].map(|row| form.value(&format!("{row}/date")).to_owned())
}

on_both! {
    fn a_row_button_asks_for_no_date_again(world) {
        world.commission("CL", "CETI");
        let who = world.coordinator("CL");
        let browser = Browser::of(world, &who);
        let form = calendar(world, &who);
        let added = browser.submit(&form.clone().set("add", "")).expect(200);
        assert_eq!(dates(&added), ["01/05/2027", "21/05/2027", "18/09/2027"]);
        browser.submit(&added.form_to(CALENDAR)).expect(303);
        assert_eq!(days(&who), ["2027-05-01", "2027-05-21", "2027-09-18"]);
        let removed = browser.submit(&browser.open(CALENDAR).form_to(CALENDAR).set("remove", "/0")).expect(200);
        assert_eq!(dates(&removed), ["21/05/2027", "18/09/2027", ""]);
        browser.submit(&removed.form_to(CALENDAR)).expect(303);
        assert_eq!(days(&who), ["2027-05-21", "2027-09-18"]);
        let typed = browser.open(CALENDAR).form_to(CALENDAR).set("0/date", "22 de mayo de 2027").set("add", "");
        let typed = browser.submit(&typed).expect(200);
        assert_eq!(meanings(&typed), ["", "", ""], "words that were not shown with their meaning have none");
        let asked = browser.submit(&typed.form_to(CALENDAR)).expect(200);
        assert_eq!(asked.texts(".understood").len(), 1, "a day in figures needs no question");
        browser.submit(&asked.form_to(CALENDAR)).expect(303);
        assert_eq!(days(&who), ["2027-05-22", "2027-09-18"]);
    }
}

on_both! {
    fn an_emptied_row_moves_no_meaning_to_another_date(world) {
        world.commission("CL", "CETI");
        let who = world.coordinator("CL");
        let browser = Browser::of(world, &who);
        let emptied = calendar(world, &who).set("1/date", "").set("1/name", "");
        let faulty = browser.submit(&emptied.clone().set("2/name", "")).expect(422);
        assert_eq!(dates(&faulty), ["01/05/2027", "", "18/09/2027"]);
        assert_eq!(faulty.texts(".understood").len(), 0);
        let asked = browser.submit(&emptied.clone().set("2/date", "19 de septiembre de 2027")).expect(200);
        assert_eq!(meanings(&asked), ["", "", "2027-09-19"]);
        assert!(asked.texts("#row-2-date ~ .understood")[0].contains("19 de septiembre de 2027"));
        browser.submit(&asked.form_to(CALENDAR)).expect(303);
        assert_eq!(days(&who), ["2027-05-01", "2027-09-19"]);
        let emptied = calendar(world, &who).set("1/date", "").set("1/name", "");
        browser.submit(&emptied).expect(303);
        assert_eq!(days(&who), ["2027-05-01", "2027-09-18"]);
    }
}

on_both! {
    fn rows_beside_other_fields_keep_the_meaning_of_their_dates(world) {
        let admin = world.admin();
        let path = format!("/commissions/{}", world.commission("CL", "CETI"));
        let basis = |title: &str, issued: &str| json!({"title": title, "issued": issued});
        let bases = [basis("Ley", "2014-02-03"), basis("Decreto", "2015-06"), basis("Resolución", "2016-07-08")];
        let issued = || -> Vec<Value> {
            let stored = admin.get(&path).expect(200).json;
            stored["legal_basis"].as_array().unwrap().iter().map(|one| one["issued"].clone()).collect()
        };
        let browser = Browser::of(world, &admin);
        let edit = format!("{path}/edit");
        admin.patch(&path, json!({"legal_basis": bases})).expect(200);
        let removed = browser.submit(&browser.open(&edit).form().set("remove", "legal_basis/0")).expect(200);
        browser.submit(&removed.form()).expect(303);
        assert_eq!(issued(), ["2015-06", "2016-07-08"]);
        admin.patch(&path, json!({"legal_basis": bases})).expect(200);
        let emptied = ["title", "number", "issued", "url"]
            .iter()
            .fold(browser.open(&edit).form(), |form, name| form.set(&format!("legal_basis/1/{name}"), ""));
        browser.submit(&emptied).expect(303);
        assert_eq!(issued(), ["2014-02-03", "2016-07-08"]);
    }
}
