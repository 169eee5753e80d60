//! Running an installation: deliveries, the audit log, countries and their calendars, settings.

use articula::mail::{Mailer, Refusal};
use articula::testing::reminders::{planning_day, run};
use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::support::{Browser, World};

/// Sends what is due on a day through a server that refuses this address.
fn send_refused(world: &World, address: &str, day: &str) {
    let (mailer, kept) = Mailer::memory().unwrap();
    kept.lock()
        .unwrap()
        .refuses
        .insert(address.into(), Refusal::Permanent("permanent error (550): no such mailbox".into()));
    let time = planning_day(&world.state.db, day.parse().unwrap()).unwrap();
    run(&world.state.db, &mailer, "https://articula.example", time, false).unwrap();
}

on_both! {
    fn the_audit_log_says_who_changed_a_term_and_when(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        let (secretariat, coordinator) = (world.secretariat(&ceti), world.coordinator("CL"));
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-10", "assignments": [{"institution_id": minsal}]});
        let made = secretariat.post("/commitments", body).expect(201).id();
        secretariat.patch(&format!("/commitments/{made}"), json!({"due": "2023-12", "correction_reason": "Errata"})).expect(200);
        let page = open(world, &coordinator, &format!("/audit-log?record_id={made}"));
        page.shows("octubre de 2023").shows("diciembre de 2023").shows("CETI-2023-001");
        let name = secretariat.get("/me").expect(200).json["name"].as_str().unwrap().to_owned();
        page.shows(&name).shows("Se cambió: compromiso");
        assert_eq!(page.texts("del"), ["octubre de 2023"]);
        let created = open(world, &coordinator, "/audit-log?kind=commitment&action=created");
        created.shows("Se registró: compromiso").hides("diciembre de 2023");
        assert_eq!(created.link("CETI-2023-001"), format!("/commitments/{made}"));
        let offered = |name: &str| created.attributes(&format!("select[name={name}] option"), "value");
        for action in ["created", "restored", "frozen", "validated", "token_reused", "account_locked", "unlocked"] {
            assert!(offered("action").iter().any(|value| value == action), "{action}");
        }
        for kind in ["commitment", "update", "agenda_item", "operational_state", "follow_up_matrix", "account"] {
            assert!(offered("kind").iter().any(|value| value == kind), "{kind}");
        }
        open(world, &coordinator, &format!("/audit-log?user_id={}", secretariat.id.unwrap())).shows("CETI-2023-001");
        open(world, &coordinator, "/audit-log?from=2023-10-01").shows("Ninguna entrada tiene estos filtros");
        open(world, &world.coordinator(&world.country("PE")), "/audit-log?kind=commitment").hides("CETI-2023-001");
        for person in [&secretariat, &world.observer(&ceti), &world.stranger()] {
            Browser::of(world, person).get("/audit-log").expect(404);
        }
    }
}

on_both! {
    fn an_entry_of_a_record_that_is_gone_has_no_link(world) {
        let (ceti, coordinator) = (world.commission("CL", "CETI"), world.coordinator("CL"));
        let session = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "Sesión borrada", "held": "2023-08-22"});
        let made = coordinator.post("/meetings", session).expect(201).id();
        coordinator.delete(&format!("/meetings/{made}")).expect(204);
        let page = open(world, &coordinator, "/audit-log?kind=meeting");
        page.shows("Se eliminó: sesión · Sesión borrada");
        assert!(!page.attributes("a[href]", "href").contains(&format!("/meetings/{made}")));
    }
}

on_both! {
    fn a_secretariat_finds_why_somebody_got_no_mail_and_tries_again(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-09-20", "assignments": [{"institution_id": minsal}]});
        secretariat.post("/commitments", body).expect(201);
        let address = representative.email.as_str();
        send_refused(world, address, "2023-09-13");
        let list = open(world, &secretariat, "/deliveries?status=failed");
        list.shows(address).shows("No llegó").shows("El servidor de correo no conoce esta dirección");
        let why = open(world, &secretariat, &format!("/deliveries?address={address}"));
        why.shows("La dirección no acepta correos desde el último que falló").shows("Representa a Minsal: los avisos le llegan si");
        assert_eq!(why.link("Ver su cuenta"), format!("/people/{}", representative.id.unwrap()));
        assert_eq!(why.link("Ver sus delegados"), format!("/institutions/{minsal}"));
        let off = json!({"events": {"new_commitment": "off", "update_returned": "daily"}});
        representative.put("/me/notifications", off).expect(200);
        let why = open(world, &secretariat, &format!("/deliveries?address={address}"));
        why.shows("Eligió no recibir: «La institución tiene un compromiso nuevo»").shows("Eligió recibir en el correo del día");
        let unknown = open(world, &secretariat, "/deliveries?address=nadie@example.org");
        unknown.shows("Ninguna cuenta que usted pueda ver").shows("Ningún correo tiene estos filtros");

        let delivery = list.attributes("td a, th a", "href").remove(0);
        open(world, &secretariat, &delivery).shows("permanent error (550): no such mailbox").shows("Intentos");
        let browser = Browser::of(world, &secretariat);
        let retry = format!("{delivery}/retry");
        let page = checked(browser.open(&retry));
        page.shows(address).shows("Si la causa sigue, tampoco llegará esta vez");
        checked(browser.submit_and_follow(&page.form())).shows("El mensaje está otra vez por enviar").shows("Por enviar");
        checked(browser.open(&retry)).shows("no hay nada que reintentar");
        browser.post(&retry, &[]).expect(409);
        for person in [&representative, &world.observer(&ceti), &world.stranger()] {
            for path in ["/deliveries", "/deliveries/preview", &delivery, &retry] {
                Browser::of(world, person).get(path).expect(404);
            }
        }
        Browser::of(world, &world.secretariat(&world.commission("CL", "MITP"))).get(&delivery).expect(404);
    }
}

on_both! {
    fn the_mails_of_a_day_are_shown_before_they_are_sent(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "due": "2023-09-20", "assignments": [{"institution_id": minsal}]});
        secretariat.post("/commitments", body).expect(201);
        let page = open(world, &secretariat, "/deliveries/preview?on=2023-09-13");
        page.shows(&representative.email).shows("CETI-2023-001").shows("7 días antes").shows("miércoles 13 de septiembre de 2023");
        open(world, &secretariat, "/deliveries/preview?on=2023-09-02").shows("Ese día no se envía ningún recordatorio");
        Browser::of(world, &secretariat).get("/deliveries/preview?on=2030-01-01").expect(400);
        // At night in Santiago it is the next day in Greenwich.
        world.at("2023-09-02T02:00:00Z");
        open(world, &secretariat, "/deliveries/preview").shows("viernes 1 de septiembre de 2023");
    }
}

on_both! {
    fn an_admin_enters_a_country_and_its_calendar(world) {
        let admin = world.admin();
        let browser = Browser::of(world, &admin);
        let page = checked(browser.open("/countries/new"));
        checked(browser.submit(&page.form()).expect(422)).shows("Error");
        let filled = page.form().set("name", "Perú").set("code", "PE").set("time_zone", "America/Lima").set("locale", "es-PE");
        let page = checked(browser.submit_and_follow(&filled));
        page.shows("País registrado").shows("2023 no tiene feriados");
        let load = checked(browser.open("/countries/PE/calendar/holidays"));
        assert_eq!(load.form().value("from_year"), "2023");
        let page = checked(browser.submit_and_follow(&load.form().set("to_year", "2024")));
        page.shows("Feriados agregados");
        let held = admin.get("/countries/PE/calendar").expect(200).json.as_array().unwrap().len();
        assert!(held > 20, "{held}");

        let page = checked(browser.open("/countries/PE/calendar?year=2025"));
        let action = "/countries/PE/calendar?year=2025";
        let form = page.form_to(action).set("0/date", "2 de enero de 2025").set("0/name", "Puente").set("0/kind", "non_working");
        let asked = checked(browser.submit(&form).expect(200));
        asked.shows("2 de enero de 2025");
        checked(browser.submit_and_follow(&asked.form_to(action))).shows("Calendario guardado");
        let days = admin.get("/countries/PE/calendar").expect(200).json;
        assert_eq!(days.as_array().unwrap().len(), held + 1, "the days of other years stay");
        assert_eq!(days.as_array().unwrap().last().unwrap()["name"], "Puente");
        let faulty = page.form_to(action).set("0/date", "2025-01-02").set("0/kind", "holiday");
        checked(browser.submit(&faulty).expect(409)).shows("Puente");

        let edit = checked(browser.open("/countries/PE/edit"));
        checked(browser.submit_and_follow(&edit.form().set("name", "República del Perú"))).shows("República del Perú");
        assert_eq!(admin.get("/countries/PE").expect(200).json["time_zone"], "America/Lima");
        checked(browser.submit(&edit.form().set("time_zone", "Lima")));
        let coordinator = world.coordinator("PE");
        open(world, &coordinator, "/countries").shows("República del Perú").hides("Registrar país");
        assert_eq!(open(world, &coordinator, action).form_to(action).value("0/name"), "Puente");
        Browser::of(world, &coordinator).get("/countries/PE/edit").expect(403);
        world.country("CL");
        open(world, &coordinator, "/countries").hides("America/Santiago");
        Browser::of(world, &coordinator).get("/countries/CL/calendar").expect(404);
        Browser::of(world, &admin).get("/countries/ZZ/calendar").expect(404);
    }
}

on_both! {
    fn the_texts_of_a_country_in_other_languages_survive_its_form(world) {
        let admin = world.admin();
        world.country("CL");
        admin.patch("/countries/CL", json!({"translations": {"en": {"name": "Chile (en)"}}})).expect(200);
        let browser = Browser::of(world, &admin);
        let edit = browser.open("/countries/CL/edit");
        browser.submit_and_follow(&edit.form().set("name", "Chile")).shows("País guardado");
        assert_eq!(admin.get("/countries/CL").expect(200).json["translations"]["en"]["name"], "Chile (en)");
    }
}

on_both! {
    fn the_settings_in_force_are_shown_to_admins_without_secrets(world) {
        let page = open(world, &world.admin(), "/settings");
        page.shows("ARTICULA_JWT_SECRET").shows("Definido; no se muestra").shows("1 hora").shows("400 días");
        assert!(!page.text.contains("only the tests know this secret"));
        world.country("CL");
        for person in [world.coordinator("CL"), world.stranger()] {
            Browser::of(world, &person).get("/settings").expect(404);
        }
    }
}
