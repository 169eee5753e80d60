//! Somebody did not get the mail about a new commitment: an administrator finds why, mends it, and the next one arrives.

use serde_json::json;

use crate::run::{Run, in_days, in_three_ways, representative};
use crate::user::{MAIN, User};

in_three_ways!(walk);

fn walk(run: &Run) {
    let (commission, institution) = (run.commission("", "PE"), run.institution("", "PE"));
    run.member(&commission, &institution);
    let [person, admin] = run.people([representative(&institution), json!({"role": "admin"})]);
    let delegate = format!("{}-delegate@journeys.example", run.name);
    let body = json!({"institution_id": institution, "capacity": "principal", "name": "Ana Rojas", "email": delegate});
    run.demo.enter(&admin, &format!("/commissions/{commission}/delegates"), &body);
    let first = run.commitment(&commission, &institution, in_days(60));
    assert_eq!(notices(run, &delegate), 1, "the mail about {} goes to the delegate", first.code);
    assert_eq!(notices(run, &person), 0, "the person is not notified");

    let office = run.enters(&admin);
    explain(run, &office, &person);
    mend(run, &office, (&commission, &institution), &person);
    let second = run.commitment(&commission, &institution, in_days(90));
    run.demo.wait_for_mail(&person, &second.code);
    assert_eq!(notices(run, &person), 1);
    office.press_to("footer a[href='/deliveries']", "/deliveries");
    ask_about(&office, &person);
    office.sees(run.says("La institución tiene un compromiso nuevo", "new commitment"));
    office.sees(run.says("Enviado", "Sent"));
}

/// Returns the number of mails to an address about a new commitment.
fn notices(run: &Run, address: &str) -> usize {
    let all = run.record(&format!("/reminders/deliveries?kind=new_commitment&address={address}"));
    all["items"].as_array().unwrap().len()
}

/// Asks the page of the mails about an address.
fn ask_about(office: &User, address: &str) {
    office.show_filters();
    office.write("#address", address);
    office.send("main form.filters button");
    assert!(office.chrome.path().starts_with("/deliveries?address="), "{}", office.chrome.path());
}

/// Finds the reason: the institution has a delegate, who is notified instead.
fn explain(run: &Run, office: &User, person: &str) {
    office.press_to("footer a[href='/deliveries']", "/deliveries");
    ask_about(office, person);
    office.sees(&format!("Persona {} 0", run.name));
    office.sees(run.says(
        "los avisos le llegan si la institución no tiene delegados vigentes en la comisión",
        "notices come when the institution has no delegates in the commission today",
    ));
}

/// Registers the person as a delegate of the institution, to which the explanation leads.
fn mend(run: &Run, office: &User, (commission, institution): (&str, &str), person: &str) {
    let (of_institution, of_commission) =
        (format!("/institutions/{institution}"), format!("/commissions/{commission}"));
    office.press_to(&format!("main a[href='{of_institution}']"), &of_institution);
    office.sees("Ana Rojas");
    office.press_to(&format!("main a[href='{of_commission}']"), &of_commission);
    office.press("nav.tabs a[href$='/delegates']");
    let new = format!("/commissions/{commission}/delegates/new");
    office.press_to(&format!("main a[href='{new}']"), &new);
    office.write("#institution_id", &format!("Institución {} ", run.name));
    office.choose("[name=capacity][value=alternate]");
    office.write("#name", "Rosa Soto");
    office.write("#email", person);
    office.press_to(MAIN, &format!("/commissions/{commission}/delegates?done=delegate-entered"));
    office.is_confirmed(run.says("El delegado se registró.", "The delegate was entered."));
}
