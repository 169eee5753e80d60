//! A country from nothing in one sitting: the country, a day of its calendar, two institutions, a commission with its
//! members, its people, and the first session, which the secretariat convenes.

use chrono::{Datelike, TimeDelta, Utc};
use serde_json::json;

use crate::run::{Run, Way, in_days, in_three_ways, link_in};
use crate::user::{MAIN, User};

in_three_ways!(walk);

/// A country that the demonstration lacks: name, code, time zone, language.
type Country = (&'static str, &'static str, chrono_tz::Tz, &'static str);

fn country_of(run: &Run) -> Country {
    match run.way {
        Way::SpanishWithScripts => ("Argentina", "AR", chrono_tz::America::Argentina::Buenos_Aires, "es-AR"),
        Way::EnglishWithoutScripts => ("Colombia", "CO", chrono_tz::America::Bogota, "es-CO"),
        Way::ByKeyboard => ("Ecuador", "EC", chrono_tz::America::Guayaquil, "es-EC"),
    }
}

fn walk(run: &Run) {
    let country = country_of(run);
    let [admin] = run.people([json!({"role": "admin"})]);
    let desk = run.enters(&admin);
    enter_country(run, &desk, country);
    let ministry = format!("Ministerio del Trabajo {}", country.0);
    let union = format!("Central de Trabajadores {}", country.0);
    for (name, sector) in [(&ministry, "government"), (&union, "workers")] {
        institution(run, &desk, name, (sector, country.1));
    }
    let commission = commission(run, &desk, country);
    for (name, role) in [(&ministry, "secretariat"), (&union, "member")] {
        member(run, &desk, &commission, (name, role));
    }
    let [officer, person] =
        ["secretariat", "representative"].map(|role| format!("{role}-{}@journeys.example", run.name));
    invite(run, &desk, (&officer, "secretariat"), &commission);
    invite(run, &desk, (&person, "representative"), &union);
    first_session(run, &officer, &commission, country);
    let mails = run.record(&format!("/reminders/deliveries?kind=convocation&address={person}"));
    assert_eq!(mails["items"].as_array().unwrap().len(), 1, "the representative is convened: {mails}");
}

fn enter_country(run: &Run, desk: &User, (name, code, zone, locale): Country) {
    desk.press_to("footer a[href='/countries']", "/countries");
    desk.press_to("main a[href='/countries/new']", "/countries/new");
    desk.write("#name", name);
    desk.write("#code", code);
    desk.write("#time_zone", zone.name());
    desk.write("#locale", locale);
    desk.press_to(MAIN, &format!("/countries/{code}/calendar?done=country-entered"));
    desk.is_confirmed(run.says("País registrado. Lo que sigue es su calendario.", "Its calendar comes next."));
    let day = format!("{}-12-31", in_days(0).year());
    desk.write("#row-0-date", &day);
    desk.write("#row-0-name", "Feriado bancario");
    desk.press_to(MAIN, &format!("/countries/{code}/calendar?"));
    desk.is_confirmed(run.says("Calendario guardado.", "Calendar saved."));
    assert_eq!(run.record(&format!("/countries/{code}"))["time_zone"], json!(zone.name()));
    assert_eq!(run.record(&format!("/countries/{code}/calendar"))[0]["date"], json!(day));
}

fn institution(run: &Run, desk: &User, name: &str, (sector, country): (&str, &str)) {
    desk.press_to("footer a[href='/institutions']", "/institutions");
    desk.press_to("main a[href='/institutions/new']", "/institutions/new");
    desk.write("#name", name);
    desk.select("#sector", sector);
    desk.select("#country_code", country);
    desk.press_to(MAIN, "/institutions/");
    desk.is_confirmed(run.says("La institución se registró.", "The institution was entered."));
}

/// Creates the commission; returns its id.
fn commission(run: &Run, desk: &User, (name, code, ..): Country) -> String {
    desk.press_to("nav.main a[href='/commissions']", "/commissions");
    desk.press_to("main a[href='/commissions/new']", "/commissions/new");
    desk.select("#country_code", code);
    desk.write("#name", &format!("Comisión Nacional {name}"));
    desk.write("#acronym", &format!("CN{code}"));
    desk.select("#kind", "advisory_commission");
    desk.write("#quorum-fraction", "1/2");
    desk.press_to(MAIN, "/commissions/");
    desk.is_confirmed(run.says("La comisión se creó.", "The commission was created."));
    desk.sees(run.says("Siguiente paso: faltan sus integrantes", "Next step: its members"));
    desk.chrome.path().split(['/', '?']).nth(2).unwrap().to_owned()
}

fn member(run: &Run, desk: &User, commission: &str, (name, role): (&str, &str)) {
    let list = format!("/commissions/{commission}/members");
    desk.press_to(&format!("main a[href='{list}/new']"), &format!("{list}/new"));
    desk.write("#institution_id", name);
    desk.choose(&format!("input[name=role][value={role}]"));
    desk.press_to(MAIN, &format!("{list}?done=member-entered"));
    desk.is_confirmed(run.says("El integrante se registró.", "The member was entered."));
    desk.sees(name);
}

/// Invites a person for a commission (a secretariat) or an institution (a representative).
fn invite(run: &Run, desk: &User, (email, role): (&str, &str), place: &str) {
    desk.press_to("nav.main a[href='/commissions']", "/commissions");
    desk.press_to("main a[href='/people']", "/people");
    desk.press_to("main a[href='/people/new']", "/people/new");
    desk.write("#email", email);
    desk.write("#name", &format!("Persona {email}"));
    desk.choose(&format!("input[name=language][value={}]", run.language()));
    desk.choose(&format!("input[name='grants/0/role'][value={role}]"));
    match role {
        "secretariat" => desk.select("#grants-0-commission_id", place),
        _ => desk.write("#grants-0-institution_id", place),
    }
    desk.press_to(MAIN, "/people/");
    desk.is_confirmed(run.says("La invitación", "The invitation was recorded."));
}

/// Accepts the invitation as the secretariat, and convenes the first session.
fn first_session(run: &Run, officer: &str, commission: &str, (name, _, zone, _): Country) {
    let mail = run.demo.wait_for_mail(officer, "/invitation?token=");
    let office = run.opens();
    office.go(&link_in(&mail, "/invitation?token="));
    office.write("#password", "una frase larga y propia");
    office.press(MAIN);
    assert_eq!(office.chrome.path(), "/");
    office.press_to("nav.main a[href='/meetings']", "/meetings");
    office.press_to("main a[href^='/meetings/new']", "/meetings/new");
    assert!(office.chrome.has(&format!("[name=commission_ids][value='{commission}']:checked")));
    let begins = (Utc::now() + TimeDelta::days(10)).with_timezone(&zone);
    office.write("#title", &format!("Sesión constitutiva {name}"));
    office.write("#starts_at", &begins.format("%d/%m/%Y 10:00").to_string());
    office.press_to(MAIN, "/meetings/");
    office.is_confirmed(run.says("La sesión quedó creada.", "The session was created."));
    let path = office.chrome.path().split('?').next().unwrap().to_owned();
    office.press_to(
        &format!("main .notice a[href='{path}/agenda'], main p a[href='{path}/agenda']"),
        &format!("{path}/agenda"),
    );
    office.write("#row-0-title", "Reglamento de la comisión");
    office.press_to(MAIN, &format!("{path}/agenda?done=agenda-saved"));
    office.press("nav.tabs li:first-child a");
    office.press_to(&format!("main a[href='{path}/convocation']"), &format!("{path}/convocation"));
    office.sees(&format!("Central de Trabajadores {name}"));
    office.press_to(MAIN, &format!("{path}?done=meeting-convened"));
    let session = run.record(&path);
    let starts = session["starts_at"].as_str().unwrap().parse::<chrono::DateTime<Utc>>().unwrap();
    assert_eq!(
        starts.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string(),
        begins.format("%d/%m/%Y 10:00").to_string()
    );
    assert!(session["convened_at"].is_string(), "{session}");
}
