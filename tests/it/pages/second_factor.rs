//! The pages of the second factor and of the tokens for programs, and the second step of a sign-in.

use articula::config::Config;
use serde_json::{Value, json};

use super::{checked, open, well_formed};
use crate::on_both;
use crate::support::{Browser, Kind, PASSWORD, Page, World, app_code};

const ANA: &str = "ana@example.org";

/// Sends the password on the sign-in page; returns the answer.
fn give_password(browser: &Browser<'_>, next: &str) -> Page {
    let form = browser.open(&format!("/sign-in?next={next}")).form_to("/sign-in");
    browser.submit(&form.set("email", ANA).set("password", PASSWORD))
}

/// Activates a second factor on its page; returns the secret and the recovery codes that the page shows.
fn activate(world: &World, browser: &Browser<'_>) -> (Value, Vec<String>) {
    let form = checked(browser.open("/me/second-factor")).form_to("/me/second-factor");
    let begun = checked(browser.submit(&form.set("password", PASSWORD)).expect(200));
    assert_eq!(begun.attributes("svg.qr", "role"), ["img"]);
    let codes = begun.texts("ul.codes li");
    let secret = json!(begun.texts(".prose > p > code")[0].replace(' ', ""));
    let form = begun.form_to("/me/second-factor").set("code", &app_code(world, &secret));
    browser.submit_and_follow(&form).shows("El segundo factor está activo").shows("Quedan 10 códigos");
    (secret, codes)
}

on_both! {
    fn a_person_activates_a_second_factor_and_signs_in_with_it(world) {
        world.somebody(ANA);
        let browser = Browser::new(world);
        assert_eq!(give_password(&browser, "").expect(303).location(), "/");
        let form = browser.open("/me/second-factor").form_to("/me/second-factor");
        checked(browser.submit(&form.set("password", "no es")).expect(422)).shows("Error:");
        let (secret, codes) = activate(world, &browser);
        assert_eq!(codes.len(), 10);
        browser.open("/me/second-factor").hides(secret.as_str().unwrap()).hides(&codes[0]);
        let other = Browser::new(world);
        let step = give_password(&other, "%2Fme").expect(200);
        well_formed::check(&step);
        step.shows("Falta un paso: el código del segundo factor");
        assert_eq!(other.get("/me").expect(303).location(), "/sign-in?next=%2Fme", "half a sign-in opens nothing");
        let wrong = other.submit(&step.form_to("/sign-in").set("code", "000000")).expect(422);
        well_formed::check(&wrong);
        wrong.shows("no es correcto o ya se usó");
        let form = wrong.form_to("/sign-in").set("code", &codes[0]);
        assert_eq!(other.submit(&form).expect(303).location(), "/me");
        other.open("/me").shows(ANA);
        other.open("/me/second-factor").shows("Quedan 9 códigos");
        world.at("2023-09-01T12:00:30Z");
        let third = Browser::new(world);
        let step = give_password(&third, "").form_to("/sign-in");
        assert_eq!(third.submit(&step.set("code", &app_code(world, &secret))).expect(303).location(), "/");
    }
}

on_both! {
    fn the_second_step_waits_ten_minutes_and_ends_with_a_new_password(world) {
        let id = world.somebody(ANA);
        let (_, codes) = {
            let browser = Browser::new(world);
            give_password(&browser, "").expect(303);
            activate(world, &browser)
        };
        let browser = Browser::new(world);
        let step = give_password(&browser, "").form_to("/sign-in");
        world.at("2023-09-01T12:10:01Z");
        let late = browser.submit(&step.set("code", &codes[0])).expect(303);
        assert!(late.location().starts_with("/sign-in"), "{}", late.location());
        let step = give_password(&browser, "").form_to("/sign-in");
        world.admin().patch(&format!("/users/{id}"), json!({"password": "otra frase larga"})).expect(200);
        let changed = browser.submit(&step.set("code", &codes[0])).expect(303);
        assert!(changed.location().starts_with("/sign-in"), "{}", changed.location());
        let forged = browser.post("/sign-in", &[("ticket", "no es"), ("code", &codes[0])]).expect(303);
        assert!(forged.location().starts_with("/sign-in"), "{}", forged.location());
    }
}

on_both! {
    fn links_of_mails_ask_for_the_code_too(world) {
        world.somebody(ANA);
        let browser = Browser::new(world);
        give_password(&browser, "").expect(303);
        let (_, codes) = activate(world, &browser);
        browser.post("/password", &[("email", ANA)]).expect(303);
        let token = world.token_of_mail("password_reset").unwrap();
        let form = browser.open(&format!("/password?token={token}")).form_to("/password");
        let step = browser.submit(&form.set("password", "otra frase larga y propia")).expect(200);
        well_formed::check(&step);
        assert_eq!(browser.get("/me").expect(303).location(), "/sign-in?next=%2Fme");
        browser.submit(&step.form_to("/sign-in").set("code", &codes[0])).expect(303);
        browser.open("/me").shows(ANA);
        let stranger = Browser::new(world);
        for _ in 0..6 {
            give_password(&stranger, "");
        }
        let token = world.token_of_mail("sign_in_link").unwrap();
        let page = stranger.open(&format!("/sign-in?token={token}"));
        let step = stranger.submit(&page.form_to("/sign-in")).expect(200);
        well_formed::check(&step);
        let wrong = stranger.submit(&step.form_to("/sign-in").set("code", "000000")).expect(422);
        stranger.submit(&wrong.form_to("/sign-in").set("code", &codes[1])).expect(303);
        stranger.open("/me").shows(ANA);
    }
}

on_both! {
    fn a_second_factor_is_ended_by_its_owner_or_by_an_admin(world) {
        let id = world.somebody(ANA);
        let browser = Browser::new(world);
        give_password(&browser, "").expect(303);
        let (_, codes) = activate(world, &browser);
        let form = browser.open("/me/second-factor").form_to("/me/second-factor").set("password", PASSWORD);
        checked(browser.submit(&form.clone().set("code", "000000")).expect(422)).shows("no es correcto o ya se usó");
        browser.submit_and_follow(&form.set("code", &codes[0])).shows("El segundo factor se desactivó");
        activate(world, &browser);
        let (admin, path) = (world.admin(), format!("/people/{id}"));
        let desk = Browser::of(world, &admin);
        let question = checked(desk.open(&desk.open(&path).link("Desactivar el segundo factor")));
        desk.submit_and_follow(&question.form()).shows("El segundo factor se desactivó").hides("Desactivar el segundo factor");
        browser.get("/me").expect(303);
        assert_eq!(give_password(&browser, "").expect(303).location(), "/");
        let own = desk.get(&format!("/people/{}/second-factor", admin.id.unwrap())).expect(403);
        own.shows("Mi cuenta");
    }
}

fn who_needs_one_is_led_to_its_page(kind: Kind) {
    let roles = vec!["secretariat".to_owned()];
    let world = &World::with(kind, |config| Config { second_factor_roles: roles, ..config });
    let commission = world.commission("CL", "CETI");
    let keeper = world.secretariat(&commission);
    world.give_password(&keeper);
    let browser = Browser::of(world, &keeper);
    for path in ["/", "/commissions", "/me", "/meetings/new"] {
        assert_eq!(browser.get(path).expect(303).location(), "/me/second-factor", "{path}");
    }
    checked(browser.open("/me/second-factor")).shows("Su rol exige un segundo factor");
    activate(world, &browser);
    browser.open("/commissions").shows("CETI");
    open(world, &world.observer(&commission), "/commissions").shows("CETI");
}

#[test]
fn who_needs_one_is_led_to_its_page_sqlite() {
    who_needs_one_is_led_to_its_page(Kind::Sqlite);
}

#[test]
fn who_needs_one_is_led_to_its_page_postgres() {
    if let Some(kind) = Kind::postgres() {
        who_needs_one_is_led_to_its_page(kind);
    }
}

on_both! {
    fn a_token_is_made_shown_once_and_ended_on_its_page(world) {
        let commission = world.commission("CL", "CETI");
        let keeper = world.secretariat(&commission);
        let browser = Browser::of(world, &keeper);
        let page = checked(browser.open("/me/tokens"));
        checked(browser.submit(&page.form_to("/me/tokens")).expect(422)).shows("Error:");
        let form = page.form_to("/me/tokens").set("name", "Exportación").set("scope", "read").set("days", "30");
        let made = checked(browser.submit(&form).expect(200));
        let secret = made.texts("code").into_iter().find(|code| code.starts_with("articula_")).unwrap();
        let program = world.nobody().with("authorization", &format!("Bearer {secret}"));
        program.get("/commissions").expect(200);
        let listed = checked(browser.open("/me/tokens"));
        listed.shows("Exportación").shows("01/10/2023").hides(&secret);
        let sessions = format!("/people/{}/sessions", keeper.id.unwrap());
        checked(Browser::of(world, &world.admin()).open(&sessions)).shows("Exportación").hides(&secret);
        let id = listed.attributes("button[name=end]", "value").remove(0);
        browser.post("/me/tokens", &[("end", &id)]).expect(303);
        browser.open("/me/tokens?done=token-ended").shows("El token ya no sirve").hides("Exportación");
        program.get("/commissions").expect(401);
        world.at("2023-09-01T12:20:00Z");
        let late = browser.submit(&form).expect(403);
        well_formed::check(&late);
        late.shows("en los últimos 15 minutos");
    }
}
