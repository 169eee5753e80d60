//! The own account: invitation, forgotten password, sessions of browsers, texts that are kept, preferences, calendar.

use articula::config::{Brand, Color, Config};
use articula::db::schema::saved_drafts;
use articula::mail::Mailer;
use articula::worker;
use diesel::prelude::*;
use serde_json::json;

use super::{checked, well_formed};
use crate::on_both;
use crate::support::{Browser, Kind, PASSWORD, Page, World};

const ANA: &str = "ana@example.org";

const NEW: &str = "otra frase larga y propia";

/// Signs in on the page; returns the answer.
fn sign_in(browser: &Browser<'_>, email: &str, password: &str) -> Page {
    browser.submit(&browser.open("/sign-in").form_to("/sign-in").set("email", email).set("password", password))
}

/// Opens a browser and signs in a person who has a password.
fn signed_in<'w>(world: &'w World, email: &str) -> Browser<'w> {
    let browser = Browser::new(world);
    assert_eq!(sign_in(&browser, email, PASSWORD).expect(303).location(), "/");
    browser
}

/// Fails unless the browser is sent to the sign-in page.
#[track_caller]
fn is_signed_out(browser: &Browser<'_>) {
    assert_eq!(browser.get("/me").expect(303).location(), "/sign-in?next=%2Fme");
}

on_both! {
    fn an_invited_person_chooses_a_password_and_is_signed_in(world) {
        world.admin().post("/users", json!({"email": ANA, "name": "Ana Rojas", "language": "en"})).expect(201);
        let token = world.token_of_mail("invitation").unwrap();
        let browser = Browser::new(world);
        let address = format!("/invitation?token={token}");
        for _ in 0..2 {
            let page = browser.open(&address);
            well_formed::check(&page);
            page.shows("Ana Rojas").shows(ANA);
        }
        let form = browser.open(&address).form_to("/invitation");
        assert_eq!(form.value("token"), token);
        let refused = browser.submit(&form.clone().set("password", "corta")).expect(422);
        well_formed::check(&refused);
        assert!(refused.texts("title")[0].starts_with("Error: "));
        let again = refused.form_to("/invitation");
        assert_eq!((again.value("token"), again.value("password")), (token.as_str(), ""));
        assert_eq!(browser.submit(&again.set("password", NEW)).expect(303).location(), "/");
        browser.open("/me").shows("Ana Rojas").shows("My account");
        let other = Browser::new(world);
        let used = other.get(&address).expect(410);
        well_formed::check(&used);
        assert!(used.form_to("/password").fields.iter().any(|(name, _)| name == "email"));
        other.submit(&form.set("password", PASSWORD)).expect(422).shows("Este enlace ya no sirve");
        assert_eq!(sign_in(&other, ANA, NEW).expect(303).location(), "/");
    }
}

on_both! {
    fn a_forgotten_password_is_replaced_with_the_link_of_a_mail(world) {
        world.somebody(ANA);
        let (old, browser) = (signed_in(world, ANA), Browser::new(world));
        let ask = |email: &str| {
            let form = browser.open(&browser.open("/sign-in").link("Olvidé")).form_to("/password").set("email", email);
            browser.submit_and_follow(&form).texts("main")
        };
        assert_eq!(ask(ANA), ask("nadie@example.org"));
        browser.post("/password", &[("email", " ")]).expect(422).shows("Error:");
        let token = world.token_of_mail("password_reset").unwrap();
        let form = browser.open(&format!("/password?token={token}")).form_to("/password").set("password", NEW);
        assert_eq!(browser.submit(&form).expect(303).location(), "/");
        browser.open("/me");
        is_signed_out(&old);
        browser.submit(&form).expect(422).shows("Este enlace ya no sirve");
        browser.get("/password?token=desconocido").expect(410);
    }
}

on_both! {
    fn the_code_of_a_mail_can_be_typed(world) {
        world.somebody(ANA);
        let browser = Browser::new(world);
        browser.post("/password", &[("email", ANA)]).expect(303);
        let token = world.token_of_mail("password_reset").unwrap();
        let typed = |token: &str| browser.post("/password", &[("token", token), ("password", NEW)]);
        let refused = typed("no es").expect(422);
        refused.shows("El código no sirve");
        assert_eq!(refused.form_to("/password").value("token"), "no es");
        well_formed::check(&refused);
        assert_eq!(typed(&format!(" {token} ")).expect(303).location(), "/");
        well_formed::check(&Browser::new(world).open("/invitation"));
    }
}

on_both! {
    fn the_owner_of_a_throttled_account_signs_in_with_one_button(world) {
        world.somebody(ANA);
        let browser = Browser::new(world);
        for _ in 0..5 {
            sign_in(&browser, ANA, "otra cosa").expect(422);
        }
        let throttled = sign_in(&browser, ANA, PASSWORD).expect(429);
        assert!(throttled.header("retry-after").is_some());
        assert_eq!(throttled.form_to("/sign-in").value("email"), ANA);
        let token = world.token_of_mail("sign_in_link").unwrap();
        let address = format!("/sign-in?token={token}");
        browser.open(&address);
        let page = browser.open(&address);
        well_formed::check(&page);
        assert_eq!(browser.submit(&page.form_to("/sign-in")).expect(303).location(), "/");
        browser.open("/me");
        let other = Browser::new(world);
        other.submit(&page.form_to("/sign-in")).expect(422).shows("El enlace ya no sirve");
    }
}

on_both! {
    fn a_text_that_is_sent_after_the_session_has_ended_is_kept_for_its_author_alone(world) {
        world.somebody(ANA);
        world.somebody("eva@example.org");
        let browser = signed_in(world, ANA);
        let form = browser.open("/me").form_to("/me").set("name", "Ana de los largos textos");
        world.at("2023-09-01T13:01:00Z");
        let to = browser.submit(&form).expect(303).location();
        assert_eq!(to, "/sign-in?next=%2Fme&kept=1");
        let page = browser.open(&to);
        page.shows("La sesión había terminado");
        let eva = Browser::new(world);
        assert_eq!(sign_in(&eva, "eva@example.org", PASSWORD).expect(303).location(), "/");
        eva.open("/me").hides("largos textos");
        assert!(eva.open("/me").form_to("/me").value("name") == "Ana", "her own name");
        let back = page.form_to("/sign-in").set("email", ANA).set("password", PASSWORD);
        assert_eq!(browser.submit(&back).expect(303).location(), "/me");
        let kept = browser.open("/me");
        kept.shows("no se ha enviado");
        let form = kept.form_to("/me");
        assert_eq!(form.value("name"), "Ana de los largos textos");
        assert_eq!(browser.open("/me?original=true").form_to("/me").value("name"), "Ana");
        browser.submit_and_follow(&form).shows("Datos guardados");
        assert_eq!(browser.open("/me").form_to("/me").value("name"), "Ana de los largos textos");
        browser.open("/me").hides("no se ha enviado");
    }
}

on_both! {
    fn a_text_with_an_unknown_or_an_old_cookie_is_not_kept(world) {
        world.somebody(ANA);
        let browser = signed_in(world, ANA);
        let form = browser.open("/me").form_to("/me").set("name", "Demasiado tarde");
        world.at("2023-09-02T13:01:00Z");
        assert_eq!(browser.submit(&form).expect(303).location(), "/sign-in?next=%2Fme");
        let stranger = Browser::new(world).with("cookie", "articula=desconocido");
        assert_eq!(stranger.submit(&form).expect(303).location(), "/sign-in?next=%2Fme");
        assert_eq!(signed_in(world, ANA).open("/me").form_to("/me").value("name"), "Ana");
    }
}

on_both! {
    fn a_session_ends_after_an_hour_without_use_and_after_twelve_hours(world) {
        world.somebody(ANA);
        let (used, idle) = (signed_in(world, ANA), signed_in(world, ANA));
        world.at("2023-09-01T12:59:00Z");
        used.open("/me");
        world.at("2023-09-01T13:00:00Z");
        is_signed_out(&idle);
        for time in ["01T13:55", "01T14:50", "01T15:45", "01T16:40", "01T17:35", "01T18:30", "01T19:25", "01T20:20",
            "01T21:15", "01T22:10", "01T23:05", "01T23:59"] {
            world.at(&format!("2023-09-{time}:00Z"));
            used.open("/me");
        }
        world.at("2023-09-02T00:00:00Z");
        is_signed_out(&used);
    }
}

on_both! {
    fn ended_sessions_disabled_people_and_sign_out_take_effect_at_once(world) {
        let id = world.somebody(ANA);
        let first = signed_in(world, ANA);
        world.at("2023-09-01T12:01:00Z");
        let second = signed_in(world, ANA);
        let page = second.open("/me/sessions");
        well_formed::check(&page);
        page.shows("Terminar sesión");
        let ids = page.attributes("input[name=session]", "value");
        assert_eq!(ids.len(), 2, "{}", page.words());
        page.shows("Esta sesión").shows("Páginas");
        second.post("/me/sessions", &[("session", "no")]).expect(404);
        assert_eq!(second.post("/me/sessions", &[("session", &ids[1])]).expect(303).location(), "/me/sessions?done=session-ended");
        is_signed_out(&first);
        second.post("/me/sessions", &[("session", &ids[1])]).expect(404);
        assert_eq!(second.post("/me/sessions", &[("session", &ids[0])]).expect(303).location(), "/sign-in");
        assert_eq!(second.cookie(), None);
        let third = signed_in(world, ANA);
        let cookie = third.cookie().unwrap();
        assert_eq!(third.post("/sign-out", &[]).expect(303).location(), "/sign-in");
        is_signed_out(&Browser::new(world).with("cookie", &cookie));
        let fourth = signed_in(world, ANA);
        world.admin().patch(&format!("/users/{id}"), json!({"disabled": true})).expect(200);
        is_signed_out(&fourth);
        sign_in(&Browser::new(world), ANA, PASSWORD).expect(422);
    }
}

on_both! {
    fn the_list_of_sessions_has_none_that_ended_for_want_of_use(world) {
        world.somebody(ANA);
        let left = signed_in(world, ANA);
        world.at("2023-09-01T13:05:00Z");
        let ids = signed_in(world, ANA).open("/me/sessions").attributes("input[name=session]", "value");
        assert_eq!(ids.len(), 1);
        is_signed_out(&left);
    }
}

on_both! {
    fn a_new_password_ends_the_other_sessions_and_keeps_this_one(world) {
        world.somebody(ANA);
        let (other, own) = (signed_in(world, ANA), signed_in(world, ANA));
        let page = own.open("/me/password");
        well_formed::check(&page);
        // Without the script the button that shows a password is hidden.
        let buttons = page.attributes("input[type=password] + button[type=button][hidden]", "data-hide");
        assert_eq!(buttons, ["Ocultar la contraseña"; 2]);
        let form = page.form_to("/me/password").set("password", NEW);
        let wrong = own.submit(&form.clone().set("current_password", "otra")).expect(422);
        wrong.shows("La contraseña actual no es correcta");
        well_formed::check(&wrong);
        own.submit(&form.clone().set("current_password", PASSWORD).set("password", "corta")).expect(422);
        other.open("/me");
        own.submit_and_follow(&form.set("current_password", PASSWORD)).shows("Contraseña cambiada");
        is_signed_out(&other);
        own.open("/me");
        assert_eq!(sign_in(&Browser::new(world), ANA, NEW).expect(303).location(), "/");
    }
}

on_both! {
    fn a_foreign_next_page_leads_to_the_start_page(world) {
        world.somebody(ANA);
        for next in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
            let fields = [("email", ANA), ("password", PASSWORD), ("next", next)];
            assert_eq!(Browser::new(world).post("/sign-in", &fields).expect(303).location(), "/", "{next}");
        }
        let ana = signed_in(world, ANA);
        let fields = [("language", "en"), ("next", "https://evil.example/")];
        assert_eq!(ana.post("/me/language", &fields).expect(303).location(), "/");
    }
}

on_both! {
    fn another_site_can_neither_change_the_account_nor_keep_a_text(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        let evil = ana.with("sec-fetch-site", "cross-site");
        for path in ["/me", "/me/language", "/me/password", "/me/sessions", "/me/notifications", "/me/calendar", "/me/drafts"] {
            evil.post(path, &[("name", "Otra"), ("page", "/me"), ("language", "en"), ("action", "make")]).expect(403);
        }
        let page = ana.open("/me");
        assert_eq!(page.form_to("/me").value("name"), "Ana");
        assert_eq!(page.attributes("html", "lang"), ["es"]);
        assert_eq!(ana.get("/api/v1/me").status, 401);
    }
}

on_both! {
    fn the_language_of_the_head_changes_every_page_and_stays_on_the_page(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        let form = ana.open("/me/sessions").form_to("/me/language").set("language", "en");
        let page = ana.submit_and_follow(&form);
        page.shows("Open sessions");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
        ana.post("/me/language", &[("language", "fr")]).expect(400);
        assert_eq!(ana.get("/me/language").expect(303).location(), "/me");
    }
}

on_both! {
    fn a_text_is_kept_while_it_is_written_without_its_passwords(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        let saved = ana.post("/me/drafts", &[("page", "/me"), ("name", "Ana a medias"), ("password", "secreta")]);
        assert_eq!(saved.expect(204).text, "");
        assert_eq!(ana.open("/me").form_to("/me").value("name"), "Ana a medias");
        ana.post("/me/drafts", &[("name", "Sin página")]).expect(400);
        ana.post("/me/drafts", &[("page", "/me"), ("name", &"x".repeat(70_000))]).expect(413);
        ana.post("/me/drafts", &[("page", "/me"), ("name", &"x".repeat(200_000))]).expect(413);
        let log = world.admin().get("/audit-log?action=updated").expect(200);
        assert_eq!(log.items().len(), 0, "a draft is no change: {}", log.text);
        Browser::new(world).post("/me/drafts", &[("page", "/me")]).expect(303);
    }
}

on_both! {
    fn a_text_that_was_given_up_does_not_come_back(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        ana.post("/me/drafts", &[("page", "/me"), ("name", "Ana a medias")]).expect(204);
        let kept = checked(ana.open("/me"));
        kept.shows("no se ha enviado").shows("Descartar mis cambios");
        let stored = checked(ana.open("/me?original=true"));
        stored.shows("Aquí está lo registrado.").shows("Volver a ese texto").shows("Descartar mis cambios");
        assert_eq!(stored.form_to("/me").value("name"), "Ana");
        assert_eq!(ana.open("/me").form_to("/me").value("name"), "Ana a medias", "looking at the record loses nothing");
        let discarded = ana.submit(&kept.form_to("/me").set("discard", "true")).expect(303);
        assert_eq!(discarded.location(), "/me?done=changes-discarded");
        let page = checked(ana.open("/me"));
        page.hides("no se ha enviado");
        assert_eq!(page.form_to("/me").value("name"), "Ana");
        let strange = page.form_to("/me").set("page", "/me?\nset-cookie: a=b").set("discard", "true");
        assert_eq!(ana.submit(&strange).expect(303).location(), "/me?done=changes-discarded");
        // After the end of the session it is not kept either.
        world.at("2023-09-01T13:01:00Z");
        ana.submit(&page.form_to("/me").set("name", "Ana otra vez").set("discard", "true")).expect(303);
        let again = signed_in(world, ANA);
        again.open("/me").hides("no se ha enviado").hides("Ana otra vez");
    }
}

on_both! {
    fn a_text_of_40_kib_in_spanish_is_kept(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        // Each of these letters is sent as six bytes.
        let long = "áéíóúñÁÉÍÓ".repeat(2 * 1024);
        assert_eq!(long.len(), 40 * 1024);
        ana.post("/me/drafts", &[("page", "/me"), ("name", &long)]).expect(204);
        assert_eq!(ana.open("/me").form_to("/me").value("name"), long);
    }
}

on_both! {
    fn the_newest_20_texts_of_a_person_are_kept(world) {
        for email in [ANA, "eva@example.org"] {
            world.somebody(email);
        }
        let (ana, eva) = (signed_in(world, ANA), signed_in(world, "eva@example.org"));
        let page = |n: usize| format!("/me?from={n}");
        let kept = |browser: &Browser<'_>, n: usize| browser.open(&page(n)).form_to("/me").value("name") == "A medias";
        eva.post("/me/drafts", &[("page", &page(0)), ("name", "A medias")]).expect(204);
        for n in 0..22 {
            world.at(&format!("2023-09-01T12:{:02}:00Z", n + 1));
            ana.post("/me/drafts", &[("page", &page(n)), ("name", "A medias")]).expect(204);
        }
        let of_ana: Vec<bool> = (0..22).map(|n| kept(&ana, n)).collect();
        assert_eq!(of_ana, [vec![false; 2], vec![true; 20]].concat(), "the oldest are deleted");
        assert!(kept(&eva, 0), "each person has 20");
        // A text that is written again takes no other place.
        ana.post("/me/drafts", &[("page", &page(2)), ("name", "A medias")]).expect(204);
        assert!((2..22).all(|n| kept(&ana, n)));
    }
}

on_both! {
    fn a_text_is_shown_for_30_days_and_then_deleted(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        for (at, page) in [("2023-09-01T12:00:00Z", "/me?from=1"), ("2023-09-01T12:10:00Z", "/me?from=2")] {
            world.at(at);
            ana.post("/me/drafts", &[("page", page), ("name", "A medias")]).expect(204);
        }
        world.at("2023-10-01T12:00:01Z");
        let ana = signed_in(world, ANA);
        let names = ["/me?from=1", "/me?from=2"].map(|page| ana.open(page).form_to("/me").value("name").to_owned());
        assert_eq!(names, ["Ana", "A medias"], "the older one is too old, deleted or not");
        let (mailer, _) = Mailer::memory().unwrap();
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let left = |tx: &mut articula::db::Tx<'_>| Ok(saved_drafts::table.select(saved_drafts::page).load(tx.conn)?);
        let left: Vec<String> = world.state.db.write(None, world.clock.now(), left).unwrap();
        assert_eq!(left, ["/me?from=2"]);
    }
}

on_both! {
    fn preferences_are_one_form_with_the_names_of_the_api(world) {
        let person = world.stranger();
        let browser = Browser::of(world, &person);
        let page = browser.open("/me/notifications");
        well_formed::check(&page);
        let form = page.form_to("/me/notifications");
        let stored = person.get("/me/notifications").expect(200).json;
        let optional = stored["events"].as_object().unwrap().len() - 4;
        assert_eq!(form.fields.iter().filter(|(name, _)| name.starts_with("events/")).count(), optional);
        let form = form.set("events/completion_review", "daily").set("events/minutes_commented", "off");
        browser.submit_and_follow(&form).shows("Preferencias guardadas");
        let stored = person.get("/me/notifications").expect(200).json;
        assert_eq!((&stored["events"]["completion_review"], &stored["events"]["minutes_commented"]), (&json!("daily"), &json!("off")));
        assert_eq!(stored["events"]["new_commitment"], "immediate");
        assert_eq!(browser.open("/me/notifications").form_to("/me/notifications").value("events/completion_review"), "daily");
        let form = browser.open("/me/notifications").form_to("/me/notifications");
        browser.submit(&form.set("events/new_commitment", "nunca")).expect(422).shows("Error:");
    }
}

on_both! {
    fn the_secret_address_of_the_calendar_is_shown_once(world) {
        world.somebody(ANA);
        let ana = signed_in(world, ANA);
        well_formed::check(&ana.open("/me/calendar"));
        let made = ana.post("/me/calendar", &[("action", "make")]).expect(200);
        well_formed::check(&made);
        let address = made.attributes("#address-all", "value").remove(0);
        let path = address.strip_prefix(&world.state.config.public_url).unwrap().to_owned();
        let nobody = Browser::new(world);
        nobody.open(&path).shows("BEGIN:VCALENDAR");
        ana.open("/me/calendar").hides(&path);
        ana.post("/me/calendar", &[("action", "make")]).expect(200);
        nobody.get(&path).expect(404);
        ana.post("/me/calendar", &[("action", "revoke")]).expect(303);
        ana.open("/me/calendar").shows("Todavía no hay");
        ana.post("/me/calendar", &[("action", "otra")]).expect(400);
    }
}

on_both! {
    fn the_account_shows_institution_and_roles_in_words(world) {
        let institution = world.institution("Gobierno Regional de Ica");
        let page = Browser::of(world, &world.representative(&institution)).open("/me");
        well_formed::check(&page);
        page.shows("Representación: Gobierno Regional de Ica, en todas las comisiones");
        for path in ["/me/password", "/me/sessions", "/me/notifications", "/me/calendar"] {
            assert!(page.attributes("nav.tabs a", "href").contains(&path.to_owned()), "{path}");
        }
    }
}

/// A colour and a name of an installation.
fn branded(config: Config) -> Config {
    Config {
        brand: Brand { name: "Mesa del Trabajo".to_owned(), color: Color::parse("#9b1c1f"), ..Brand::default() },
        ..config
    }
}

#[test]
fn the_brand_is_on_pages_and_in_mails() {
    for kind in [Some(Kind::Sqlite), Kind::postgres()].into_iter().flatten() {
        let world = World::with(kind, branded);
        world.somebody(ANA);
        let browser = Browser::new(&world);
        let page = browser.open("/sign-in");
        assert_eq!(page.texts(".brand a"), ["Mesa del Trabajo"]);
        let path = page.attributes("link[rel=stylesheet]", "href").remove(1);
        assert_eq!(browser.open(&path).text, ":root { --brand: #9b1c1f }\n");
        browser.post("/password", &[("email", ANA)]).expect(303);
        let (mailer, kept) = Mailer::memory().unwrap();
        let mailer = mailer.branded(world.state.config.brand.clone());
        worker::run_jobs_once(&world.state, &mailer).unwrap();
        let mail = kept.lock().unwrap().sent[0].1.replace("=\r\n", "").replace("=3D", "=");
        assert!(mail.contains("background-color: #9b1c1f") && mail.contains("Mesa del Trabajo"), "{mail}");
        assert!(mail.contains("/password?token="), "{mail}");
        assert!(mail.contains("para Mesa del Trabajo") && !mail.contains("en Articula"), "{mail}");
        browser.open("/invitation").shows("Invitación a Mesa del Trabajo");
    }
}

on_both! {
    fn a_fault_of_the_preferences_leads_to_a_place_of_the_page(world) {
        world.somebody(ANA);
        let browser = signed_in(world, ANA);
        let refused = browser.post("/me/notifications", &[]).expect(422);
        well_formed::check(&refused);
        assert_eq!(refused.attributes(".errors a", "href"), ["#events"]);
        assert_eq!(refused.attributes("#events", "id"), ["events"]);
    }
}

on_both! {
    fn texts_of_pages_with_long_addresses_are_kept_apart(world) {
        world.somebody(ANA);
        let browser = signed_in(world, ANA);
        let pages = ["uno", "otro"].map(|end| format!("/me?from={}{end}", "a".repeat(900)));
        let forms = pages.each_ref().map(|page| browser.open(page).form_to("/me"));
        world.at("2023-09-01T13:05:00Z");
        for (form, name) in forms.into_iter().zip(["Primer nombre", "Segundo nombre"]) {
            browser.submit(&form.set("name", name)).expect(303);
        }
        let again = signed_in(world, ANA);
        let kept = pages.each_ref().map(|page| again.open(page).form_to("/me").value("name").to_owned());
        assert_eq!(kept, ["Primer nombre", "Segundo nombre"]);
        again.open("/me").hides("no se ha enviado");
    }
}
