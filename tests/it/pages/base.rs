//! Signing in, the frame of pages, errors, headers.

use crate::on_both;
use crate::support::{Browser, PASSWORD};

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
        let policy = page.header("content-security-policy").unwrap();
        for part in ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "form-action 'self'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert_eq!(page.header("referrer-policy"), Some("same-origin"));
        assert_eq!(page.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let api = world.admin().get("/me");
        assert_eq!(api.header("referrer-policy"), Some("no-referrer"));
    }
}

on_both! {
    fn a_form_of_another_site_does_nothing_and_the_api_refuses_the_cookie(world) {
        let ana = world.admin();
        let browser = Browser::of(world, &ana);
        for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")] {
            let refused = browser.with(name, value).post("/sign-out", &[]).expect(403);
            refused.shows("El formulario no viene de Articula");
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
