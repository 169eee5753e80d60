//! Commissions and sessions in the public view.

use serde_json::{Value, json};

use super::{Fixture, NEVER, open, publish, with_public_view};
use crate::on_both;
use crate::support::{Browser, World};

on_both! {
    fn without_the_setting_every_address_is_a_404_for_everybody(world) {
        let fixture = Fixture::new(world);
        let unknown = format!("/public/reports/{}", fixture.ceti);
        for path in fixture.pages().into_iter().chain([format!("{unknown}/document?format=pdf"), unknown]) {
            for browser in [Browser::new(world), Browser::of(world, &world.admin()), Browser::of(world, &world.stranger())] {
                browser.get(&path).expect(404);
            }
        }
        Browser::new(world).open("/robots.txt").hides("Allow");
    }
}

with_public_view! {
    fn what_is_not_public_is_a_404_for_everybody(world) {
        let fixture = Fixture::new(world);
        let none = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        let mut paths: Vec<String> = fixture.hidden.iter().map(|id| format!("/public/meetings/{id}")).collect();
        paths.push(format!("/public/commissions/{}", fixture.mitp));
        paths.extend(["commissions", "meetings", "reports"].map(|kind| format!("/public/{kind}/{none}")));
        paths.extend(["commissions", "meetings", "reports"].map(|kind| format!("/public/{kind}/7")));
        for path in paths {
            for browser in [Browser::new(world), Browser::of(world, &world.admin())] {
                let page = browser.get(&path).expect(404);
                assert_eq!(page.header("x-robots-tag"), Some("noindex"), "{path}");
                assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
            }
        }
        publish(world, &fixture.mitp);
        open(world, &format!("/public/commissions/{}", fixture.mitp));
        let admin = world.admin();
        admin.patch(&format!("/commissions/{}", fixture.ceti), json!({"public": false})).expect(200);
        Browser::new(world).get(&format!("/public/commissions/{}", fixture.ceti)).expect(404);
    }
}

with_public_view! {
    fn a_session_shows_the_agreements_of_its_approved_minutes(world) {
        let fixture = Fixture::new(world);
        open(world, "/public").shows("Comisión CETI");
        let commission = open(world, &format!("/public/commissions/{}", fixture.ceti));
        assert_eq!(commission.texts("tbody th"), ["Sesión ordinaria n.º 8", "Sesión ordinaria n.º 7"]);
        assert_eq!(commission.link("Sesión ordinaria n.º 7"), format!("/public/meetings/{}", fixture.session));
        let session = open(world, &format!("/public/meetings/{}", fixture.session));
        session.shows("22 de agosto de 2023").shows("Antes de junio de 2024.").shows("Adoptado por mayoría.");
        assert_eq!(session.texts("main h3"), ["Elaborar el protocolo", "Publicar la estadística"], "without numbers, whose gaps would hint at others");
        let unapproved = open(world, &format!("/public/meetings/{}", fixture.unapproved));
        unapproved.shows("Los acuerdos se publican cuando el acta está aprobada.");
    }
}

with_public_view! {
    fn persons_restricted_records_drafts_and_other_commissions_never_appear(world) {
        let fixture = Fixture::new(world);
        let reader = Browser::new(world);
        for path in fixture.pages() {
            for language in ["es", "en"] {
                let page = reader.with("accept-language", language).open(&path);
                let shown = NEVER.iter().filter(|words| page.text.contains(*words)).collect::<Vec<_>>();
                assert!(shown.is_empty(), "{path}: {shown:?}");
            }
        }
    }
}

/// Enters a commitment of an institution.
fn commitment(world: &World, commissions: &[&String], institution: &str, more: Value) {
    let mut body =
        json!({"commission_ids": commissions, "text": "Capacitar", "assignments": [{"institution_id": institution}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.admin().post("/commitments", body).expect(201);
}

with_public_view! {
    fn the_state_of_commitments_counts_by_institution(world) {
        let fixture = Fixture::new(world);
        let person = world.institution("Fundación Ana Soto");
        commitment(world, &[&fixture.ceti], &person, json!({"due": "2023-10"}));
        let (salud, trabajo, otra) = (world.institution("Salud"), world.institution("Trabajo"), world.institution("Otra"));
        commitment(world, &[&fixture.ceti], &salud, json!({"due": "2023-10"}));
        commitment(world, &[&fixture.ceti], &salud, json!({}));
        commitment(world, &[&fixture.ceti, &fixture.mitp], &salud, json!({"due": "2023-08-15"}));
        commitment(world, &[&fixture.ceti], &trabajo, json!({"due": "2023-08-31"}));
        commitment(world, &[&fixture.ceti], &otra, json!({"restricted": true}));
        commitment(world, &[&fixture.ceti], &otra, json!({"status": "draft"}));
        commitment(world, &[&fixture.mitp], &otra, json!({}));
        let path = format!("/public/commissions/{}", fixture.ceti);
        let rows = |page: &crate::support::Page| -> Vec<Vec<String>> {
            page.texts("section:first-of-type tbody tr").iter().map(|row| row.split_whitespace().map(str::to_owned).collect()).collect()
        };
        let page = open(world, &path);
        assert_eq!(rows(&page), [vec!["Salud", "2", "1", "0"], vec!["Trabajo", "0", "1", "0"]]);
        page.shows("Datos al 1 de septiembre de 2023.").hides("Otra").hides("Ana Soto");
        world.at("2023-11-02T12:00:00Z");
        assert_eq!(rows(&open(world, &path))[0], ["Salud", "1", "2", "0"]);
    }
}

with_public_view! {
    fn pages_are_kept_for_five_minutes_and_have_a_tag(world) {
        let fixture = Fixture::new(world);
        let (nobody, admin) = (Browser::new(world), Browser::of(world, &world.admin()));
        for path in fixture.pages() {
            let page = nobody.open(&path);
            assert_eq!(page.header("cache-control"), Some("public, max-age=300"));
            assert_eq!(page.header("vary"), Some("Accept-Language"));
            assert_eq!(page.header("x-robots-tag"), Some("all"));
            assert_eq!(page.header("set-cookie"), None);
            assert_eq!(page.attributes("html", "lang"), ["es"]);
            let tag = page.header("etag").unwrap();
            assert_eq!(admin.open(&path).text, page.text, "everybody reads the same page");
            let again = nobody.with("if-none-match", tag).get(&path).expect(304);
            assert!(again.bytes.is_empty());
            assert_eq!((again.header("etag"), again.header("cache-control")), (Some(tag), Some("public, max-age=300")));
            let english = nobody.with("accept-language", "en").with("if-none-match", tag).get(&path).expect(200);
            assert_eq!(english.attributes("html", "lang"), ["en"]);
        }
        nobody.with("if-none-match", "no tag").get("/public").expect(400);
        nobody.get(&format!("/public/commissions/{}?cursor=AAAA", fixture.ceti)).expect(400);
    }
}

with_public_view! {
    fn every_other_answer_is_kept_out_of_search_engines(world) {
        let browser = Browser::of(world, &world.admin());
        for path in ["/", "/sign-in", "/help", "/favicon.ico", "/robots.txt", "/api/openapi.json", "/no/such/page", "/public/no"] {
            assert_eq!(browser.get(path).header("x-robots-tag"), Some("noindex"), "{path}");
        }
        browser.open("/robots.txt").shows("Allow: /public").shows("Disallow: /");
        open(world, "/public").shows("Todavía no hay comisiones públicas.");
        browser.open("/settings").shows("Vista pública sin cuenta");
    }
}

with_public_view! {
    fn a_page_makes_as_many_statements_for_many_records_as_for_one(world) {
        let (few, many) = (world.commission("PE", "CIGTPE"), world.commission("CL", "CETI"));
        let admin = world.admin();
        let mut sessions = Vec::new();
        for (commission, number) in [(&few, 1), (&many, 30)] {
            publish(world, commission);
            let institution = world.institution(&format!("Institución {number}"));
            let mut last = String::new();
            for n in 0..number {
                let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión", "held": "2023-08-22", "status": "held"});
                last = admin.post("/meetings", body).expect(201).id();
                let own = world.institution(&format!("Institución {number} {n}"));
                commitment(world, &[commission], &own, json!({}));
            }
            for n in 0..number {
                let body = json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": format!("Acuerdo {n}"), "meeting_id": last});
                admin.post("/agreements", body).expect(201);
            }
            let sheet = json!([{"institution_id": institution, "status": "present"}]);
            admin.put(&format!("/meetings/{last}/attendance"), sheet).expect(200);
            admin.put(&format!("/meetings/{last}/minutes"), json!({"body": "Acta"})).expect(200);
            admin.post(&format!("/meetings/{last}/minutes/approval"), json!({})).expect(200);
            sessions.push(last);
        }
        let cost = |path: String| {
            let before = world.statements();
            open(world, &path);
            world.statements() - before
        };
        assert_eq!(cost(format!("/public/commissions/{few}")), cost(format!("/public/commissions/{many}")));
        assert_eq!(cost(format!("/public/meetings/{}", sessions[0])), cost(format!("/public/meetings/{}", sessions[1])));
        let first = open(world, &format!("/public/commissions/{many}"));
        let next = open(world, &first.link("Página siguiente"));
        let shown = |page: &crate::support::Page| page.attributes("tbody th a", "href").len();
        assert_eq!((shown(&first), shown(&next)), (20, 10));
    }
}

on_both! {
    fn the_coordinator_decides_what_is_public(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.country("PE");
        world.member(&ceti, &minsal, "member");
        let path = format!("/commissions/{ceti}");
        let coordinator = world.coordinator("CL");
        assert_eq!(coordinator.get(&path).expect(200).json["public"], false);
        for person in [world.secretariat(&ceti), world.representative(&minsal), world.observer(&ceti)] {
            person.patch(&path, json!({"public": true})).expect(403);
        }
        world.coordinator("PE").patch(&path, json!({"public": true})).expect(404);
        let faults = coordinator.patch(&path, json!({"public": "yes"})).expect(422).faults();
        assert_eq!(faults, [("/public".to_owned(), "wrong_type".to_owned())]);
        assert_eq!(coordinator.patch(&path, json!({"public": true})).expect(200).json["public"], true);
        let log = world.admin().get("/audit-log?kind=commission").expect(200);
        assert!(log.text.contains("\"public\":true"), "{}", log.text);
        let export = world.admin().get("/export?country_code=CL").expect(200);
        assert_eq!(export.json["commissions"][0]["public"], true);
        let browser = Browser::of(world, &coordinator);
        let form = browser.open(&format!("{path}/edit"));
        assert_eq!(form.form().value("public"), "true");
        let cleared = crate::support::FilledForm {
            fields: form.form().fields.into_iter().filter(|(name, _)| name != "public").collect(),
            ..form.form()
        };
        browser.submit(&cleared).expect(303);
        assert_eq!(coordinator.get(&path).expect(200).json["public"], false);
    }
}

with_public_view! {
    fn addresses_of_the_public_view_never_lead_to_the_sign_in_page(world) {
        let nobody = Browser::new(world);
        for path in ["/public/", "/public/commissions", "/public/commissions/", "/public/no/such/page"] {
            nobody.get(path).expect(404);
        }
        for method in ["OPTIONS", "DELETE", "PUT"] {
            let page = nobody.with("sec-fetch-site", "same-origin").call(method, "/public").expect(405);
            assert_eq!((page.header("allow"), page.header("location")), (Some("GET, HEAD"), None), "{method}");
        }
        nobody.call("HEAD", "/public/").expect(404);
    }
}

with_public_view! {
    fn a_reader_who_finds_no_place_is_told_when_to_come_again(world) {
        let places = world.state.public_pages.clone();
        let taken = places.try_acquire_many(2).unwrap();
        let page = Browser::new(world).get("/public").expect(503);
        assert_eq!(page.header("retry-after"), Some("5"));
        Browser::new(world).open("/sign-in");
        drop(taken);
        open(world, "/public");
    }
}
