//! Signing in, the frame of pages, errors, headers.

use std::sync::Arc;
use std::time::Duration;

use articula::config::{Brand, Config, Contact, Logo};
use diesel::connection::SimpleConnection;

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, Kind, PASSWORD, Page, World};

/// The whole content security policy of pages.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

on_both! {
    fn a_page_sends_those_who_are_not_signed_in_to_the_sign_in_page_and_back(world) {
        let ana = "ana@example.org";
        world.somebody(ana);
        let browser = Browser::new(world);
        let to = browser.get("/commitments?overdue=true").expect(303).location();
        assert_eq!(to, "/sign-in?next=%2Fcommitments%3Foverdue%3Dtrue");
        assert_eq!(browser.get("/no/such/page").expect(303).location(), "/sign-in?next=%2Fno%2Fsuch%2Fpage");
        let form = browser.open(&to).form_to("/sign-in").set("email", ana);
        let refused = browser.submit(&form.clone().set("password", "otra")).expect(422);
        assert!(refused.texts("title")[0].starts_with("Error: "));
        assert_eq!(refused.form_to("/sign-in").value("email"), ana);
        assert_eq!(refused.form_to("/sign-in").value("password"), "");
        let unknown = browser.submit(&form.clone().set("email", "nadie@example.org").set("password", "otra")).expect(422);
        assert_eq!(refused.texts(".errors"), unknown.texts(".errors"));
        let signed_in = browser.submit(&form.set("password", PASSWORD));
        assert_eq!(signed_in.expect(303).location(), "/commitments?overdue=true");
        browser.get("/no/such/page").expect(404).shows("No encontrado");
    }
}

on_both! {
    fn pages_have_strict_headers_and_the_api_keeps_its_own(world) {
        let page = Browser::of(world, &world.admin()).get("/no/such/page").expect(404);
        assert_eq!(page.header("content-security-policy"), Some(POLICY));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert_eq!(page.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let api = world.admin().get("/me");
        assert_eq!(api.header("referrer-policy"), Some("no-referrer"));
        for sent in [page.header("strict-transport-security"), api.header("strict-transport-security")] {
            assert_eq!(sent, Some("max-age=31536000; includeSubDomains"));
        }
    }
}

on_both! {
    fn an_answer_of_the_api_is_saved_under_a_name_and_never_shown_as_a_page(world) {
        let named = Some("attachment; filename=\"api.json\"");
        assert_eq!(world.admin().get("/me").expect(200).header("content-disposition"), named);
        let refused = world.nobody().get("/me").expect(401);
        assert_eq!(refused.header("content-disposition"), named);
        let of_script = world.admin().with("sec-fetch-dest", "empty").get("/me").expect(200);
        assert_eq!(of_script.header("content-disposition"), None);
        assert_eq!(world.nobody().get("/api/openapi.json").expect(200).header("content-disposition"), None);
        let browser = Browser::new(world);
        assert_eq!(browser.open("/sign-in").header("content-disposition"), None);
        assert_eq!(browser.open("/robots.txt").header("content-type"), Some("text/plain; charset=utf-8"));
    }
}

on_both! {
    fn a_form_of_another_site_does_nothing_and_the_api_refuses_the_cookie(world) {
        let ana = world.admin();
        let browser = Browser::of(world, &ana);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let refused = browser.with(name, value).post("/sign-out", &[]).expect(403);
            refused.shows("El formulario no viene de este sitio");
        }
        browser.get("/no/such/page").expect(404);
        assert_eq!(browser.get("/api/v1/me").status, 401);
        assert_eq!(browser.post("/sign-out", &[]).expect(303).location(), "/sign-in");
        assert_eq!(browser.cookie(), None);
    }
}

on_both! {
    fn assets_are_kept_by_browsers_and_need_no_session(world) {
        let browser = Browser::new(world);
        let page = browser.open("/sign-in");
        for path in page.attributes("link[rel=stylesheet], script[src]", "href").into_iter().chain(page.attributes("script", "src")) {
            let asset = browser.open(&path);
            assert!(asset.bytes.len() > 100, "{path}");
        }
        browser.get("/assets/articula.0.css").expect(404);
        browser.open("/favicon.ico");
        browser.open("/robots.txt").shows("Disallow: /");
    }
}

/// The first bytes of a PNG file, and a rest that no browser reads here.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n of the installation";

fn with_logo(config: Config) -> Config {
    let logo = Logo { bytes: Arc::new(PICTURE.to_vec()), hash: "0a1b2c3d".to_owned(), width: 400, height: 120 };
    Config { brand: Brand { name: "Mesa".to_owned(), logo: Some(logo), ..Brand::default() }, ..config }
}

#[test]
fn the_logo_of_the_installation_is_on_every_page_and_is_kept_by_browsers() {
    let world = World::with(Kind::Sqlite, with_logo);
    let nobody = Browser::new(&world);
    for page in [nobody.open("/sign-in"), Browser::of(&world, &world.admin()).open("/")] {
        well_formed::check(&page);
        let of_logo = |name: &str| page.attributes(".brand img", name);
        assert_eq!(of_logo("src"), ["/assets/logo.0a1b2c3d.png"], "{}", page.path);
        // The size keeps the page from moving when the picture arrives; the name stands beside it.
        assert_eq!(of_logo("width").len() + of_logo("height").len(), 2, "{}", page.path);
        assert_eq!(page.texts(".brand a"), ["Mesa"]);
    }
    let logo = nobody.open("/assets/logo.0a1b2c3d.png");
    assert_eq!((logo.header("content-type"), logo.bytes.as_slice()), (Some("image/png"), PICTURE));
    assert_eq!(logo.header("cache-control"), Some("public, max-age=31536000, immutable"));
    nobody.get("/assets/logo.00000000.png").expect(404);
}

/// The navigation, the search and the way out are on the page.
#[track_caller]
fn has_frame(page: &Page, navigation: usize) {
    well_formed::check(page);
    assert_eq!(page.attributes("nav.main a", "href").len(), navigation, "{}", page.words());
    let is_known = navigation > 0;
    assert_eq!(page.attributes("form[role=search]", "action").len(), usize::from(is_known), "{}", page.words());
    assert_eq!(page.attributes("form[action='/sign-out']", "method").len(), usize::from(is_known));
    assert!(page.attributes("main a", "href").contains(&"/".to_owned()));
}

on_both! {
    fn the_page_of_an_error_has_the_navigation_of_those_who_are_signed_in(world) {
        let cigtpe = world.commission("PE", "CIGTPE");
        let unknown = "01890000-0000-7000-8000-000000000000";
        for person in [world.admin(), world.secretariat(&cigtpe), world.observer(&cigtpe)] {
            let browser = Browser::of(world, &person);
            // An address that is no page, no record, no id, no query.
            has_frame(&browser.get("/no/such/page").expect(404), 6);
            has_frame(&browser.get(&format!("/commitments/{unknown}")).expect(404), 6);
            has_frame(&browser.get("/commitments/no-id").expect(404), 6);
            has_frame(&browser.get("/commitments?limit=0").expect(400), 6);
            has_frame(&browser.post("/me/sessions", &[("session", unknown)]).expect(404), 6);
            has_frame(&browser.with("sec-fetch-site", "cross-site").post("/me", &[]).expect(403), 6);
        }
        has_frame(&Browser::of(world, &world.observer(&cigtpe)).get("/commitments/new").expect(403), 6);
        let coordinator = Browser::of(world, &world.coordinator("PE")).get("/no/such/page").expect(404);
        has_frame(&coordinator, 7);
        assert!(coordinator.attributes("nav.main a", "href").contains(&"/reports".to_owned()));
        has_frame(&Browser::new(world).with("sec-fetch-site", "cross-site").post("/sign-in", &[]).expect(403), 0);
    }
}

on_both! {
    fn the_page_of_a_failure_has_the_navigation_and_hides_its_cause(world) {
        let browser = Browser::of(world, &world.admin());
        let page = browser.open("/me");
        let statement = "ALTER TABLE saved_drafts RENAME TO lost";
        world.state.db.write(None, world.state.now(), |tx| Ok(tx.conn.batch_execute(statement)?)).unwrap();
        for failed in [browser.get("/me"), browser.submit(&page.form_to("/me").set("name", "Otro nombre"))] {
            let failed = failed.expect(500);
            has_frame(&failed, 6);
            failed.shows("Número de la solicitud").hides("saved_drafts");
        }
        assert_ne!(world.admin().get("/me").expect(200).json["name"], "Otro nombre", "a part of it was saved");
    }
}

#[test]
fn a_page_that_waited_too_long_for_the_database_keeps_the_navigation() {
    let world = World::with(Kind::Sqlite, |config| Config { write_wait: Duration::from_millis(300), ..config });
    let browser = Browser::of(&world, &world.admin());
    browser.open("/me");
    let let_go = world.hold_writers();
    let page = browser.post("/me/language", &[("language", "en")]).expect(503);
    let_go();
    has_frame(&page, 6);
    assert_eq!(page.header("retry-after"), Some("2"));
}

fn with_contact(config: Config) -> Config {
    let contact = Contact { name: "Oficina de Asesoría".to_owned(), address: Some("asesoria@example.org".to_owned()) };
    Config { brand: Brand { name: "Mesa".to_owned(), contact: Some(contact), ..Brand::default() }, ..config }
}

#[test]
fn the_contact_of_the_installation_is_on_the_pages_for_those_who_need_help() {
    let world = World::with(Kind::Sqlite, with_contact);
    let signed_in = Browser::of(&world, &world.admin());
    let nobody = Browser::new(&world);
    let pages = ["/help", "/accessibility", "/privacy"].map(|path| signed_in.open(path)).into_iter();
    let others = ["/help", "/sign-in", "/sign-in?token=x", "/password"].map(|path| nobody.open(path));
    for page in pages.chain(others).chain([signed_in.get("/no/such/page").expect(404)]) {
        well_formed::check(&page);
        page.shows("Oficina de Asesoría");
        assert!(page.attributes("main a", "href").contains(&"mailto:asesoria@example.org".to_owned()), "{}", page.path);
        assert!(page.texts("title")[0].ends_with("· Mesa"));
    }
    assert!(!signed_in.open("/me").words().contains("Oficina de Asesoría"));
}
