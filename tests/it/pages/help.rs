//! The help: the pages of the roles name what is on the real pages; the guides.

use std::collections::BTreeMap;

use articula::testing::help::{ROLES, Step};
use serde_json::{Value, json};

use super::{checked, open};
use crate::on_both;
use crate::reports::{body, roadmap};
use crate::support::{Browser, Page, Person, World};

/// The people of the roles, and the records that the addresses of the steps name.
struct Fixture<'w> {
    people: BTreeMap<&'static str, Person<'w>>,
    records: BTreeMap<&'static str, String>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let (cigtpe, mtpe) = (world.commission("PE", "CIGTPE"), world.institution("MTPE"));
        for institution in [mtpe.clone(), world.institution("Gobierno Regional de Ica")] {
            world.member(&cigtpe, &institution, "member");
        }
        let people = BTreeMap::from([
            ("secretariat", world.secretariat(&cigtpe)),
            ("institution", world.representative(&mtpe)),
            ("coordinator", world.coordinator("PE")),
            ("observer", world.observer(&cigtpe)),
            ("administrator", world.admin()),
        ]);
        let (plan, _) = roadmap(world, "PE", 1, 1);
        let report = people["coordinator"].post("/reports", body("PE", &plan)).expect(201).id();
        let mut records = BTreeMap::from([("report", report), ("country", "PE".to_owned()), ("institution", mtpe)]);
        commitments(&people, &cigtpe, &mut records);
        meetings(&people["secretariat"], &cigtpe, &mut records);
        let activity = json!({"country_code": "PE", "title": "Taller", "kind": "workshop", "starts": "2023-08",
            "commission_ids": [cigtpe], "organizer_ids": [records["institution"]], "status": "submitted"});
        people["institution"].post("/activities", activity).expect(201);
        Self { people, records }
    }

    /// Returns the address of the page of a step.
    fn page(&self, step: &Step) -> String {
        self.records.iter().fold(step.page.to_owned(), |page, (name, id)| page.replace(&format!("{{{name}}}"), id))
    }
}

type Records = BTreeMap<&'static str, String>;

/// Enters a commitment, one whose completion waits for review, and one with a request for an extension.
fn commitments(people: &BTreeMap<&str, Person<'_>>, commission: &str, records: &mut Records) {
    let (secretariat, institution) = (&people["secretariat"], &people["institution"]);
    let made: Vec<(String, String)> = (0..3)
        .map(|n| {
            let part = json!({"institution_id": records["institution"]});
            let body = json!({"commission_ids": [commission], "text": format!("Plan {n}"), "due": "2023-09-20", "assignments": [part]});
            let made = secretariat.post("/commitments", body).expect(201).json;
            let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
            (id(&made), id(&made["assignments"][0]))
        })
        .collect();
    let of = |n: usize, list: &str| format!("/commitments/{}/assignments/{}/{list}", made[n].0, made[n].1);
    let report = json!({"status": "completed", "narrative": "Se hizo.", "reported_on": "2023-08-30",
        "evidence": [{"title": "Norma", "url": "https://www.gob.pe/norma"}]});
    records.insert("update", institution.post(&of(1, "updates"), report).expect(201).id());
    let request = json!({"requested_due": "2023-12-20", "reason": "Falta el consultor."});
    institution.post(&of(2, "extensions"), request).expect(201);
    records.extend([("commitment", made[0].0.clone()), ("part", made[0].1.clone())]);
}

/// Enters a session to convene, one that is convened, and one that was held.
fn meetings(secretariat: &Person<'_>, commission: &str, records: &mut Records) {
    for (name, day) in [("meeting", "2023-09-20"), ("convened", "2023-09-15"), ("held", "2023-08-30")] {
        let body = json!({"commission_ids": [commission], "kind": "ordinary", "title": name, "starts_at": format!("{day}T15:00:00Z")});
        let made = secretariat.post("/meetings", body).expect(201).id();
        let agenda = json!([{"title": "Avance del plan", "kind": "information"}]);
        secretariat.put(&format!("/meetings/{made}/agenda"), agenda).expect(200);
        records.insert(name, made);
    }
    secretariat.post(&format!("/meetings/{}/convocation", records["convened"]), json!({})).expect(200);
}

/// Returns the words of a text that stand in quotation marks.
fn quoted(text: &str) -> Vec<String> {
    let parts = text.split(['«', '“']).skip(1);
    parts.map(|part| part.split(['»', '”']).next().unwrap().to_owned()).collect()
}

/// Checks one step of a page of the help against the page that it is about.
#[track_caller]
fn check(help: &Page, step: &Step, real: &Page) {
    let own = format!("#{}", step.name);
    let texts = [help.texts(&format!("{own} p:first-of-type")), help.texts(&format!("{own} figcaption"))].concat();
    let names: Vec<String> = texts.iter().flat_map(|text| quoted(text)).collect();
    assert!(names.len() > step.words.len(), "{}: {names:?}", step.name);
    for name in names {
        assert!(real.words().contains(&name), "{}: {} lacks {name:?}:\n{}", step.name, real.path, real.words());
    }
}

on_both! {
    fn every_page_and_field_that_the_help_names_exists(world) {
        let f = Fixture::new(world);
        for language in ["es", "en"] {
            for role in ROLES {
                let person = &f.people[role.name];
                person.patch("/me", json!({"language": language})).expect(200);
                let help = open(world, person, &format!("/help/{}", role.name));
                assert_eq!(help.texts("section.step").len(), role.steps.len());
                for step in role.steps {
                    let page = f.page(step);
                    assert!(!page.contains('{'), "{page}: the test lacks a record");
                    check(&help, step, &open(world, person, &page));
                }
            }
        }
    }
}

on_both! {
    fn the_help_of_a_role_links_to_the_pages_that_its_reader_may_open(world) {
        let f = Fixture::new(world);
        for role in ROLES {
            let address = format!("/help/{}", role.name);
            let links = |page: &Page| page.attributes(".step p a", "href");
            let own = open(world, &f.people[role.name], &address);
            assert_eq!(links(&own).len(), role.steps.len());
            for link in links(&own) {
                Browser::of(world, &f.people[role.name]).open(&link);
            }
            assert_eq!(links(&checked(Browser::new(world).open(&address))).len(), role.steps.len());
        }
        let other = open(world, &f.people["observer"], "/help/administrator");
        assert!(other.attributes(".step p a", "href").is_empty());
    }
}

on_both! {
    fn pictures_have_their_size_and_a_text_and_are_kept_by_browsers(world) {
        for language in ["es", "en"] {
            let browser = Browser::new(world).with("accept-language", language);
            let page = checked(browser.open("/help/observer"));
            for name in ["alt", "width", "height", "loading"] {
                assert_eq!(page.attributes(".step img", name).iter().filter(|value| !value.is_empty()).count(), 4, "{name}");
            }
            for path in page.attributes(".step img", "src") {
                assert!(path.contains(&format!("-{language}.")), "{path}");
                let picture = browser.open(&path);
                assert_eq!(picture.header("content-type"), Some("image/webp"));
                assert!(picture.header("cache-control").unwrap().contains("immutable"));
                assert!(picture.bytes.starts_with(b"RIFF"), "{path}");
            }
        }
        Browser::new(world).get("/assets/help-observer-search-es.00000000.webp").expect(404);
    }
}

on_both! {
    fn anybody_reads_the_guides_in_both_languages(world) {
        for (language, title) in [("es", "Poner en marcha y mantener Articula"), ("en", "Installing and running Articula")] {
            let browser = Browser::new(world).with("accept-language", language);
            let index = checked(browser.open("/help"));
            let guides: Vec<String> =
                index.attributes("main a", "href").into_iter().filter(|link| link.starts_with("/help/guides/")).collect();
            assert_eq!(guides.len(), 7);
            for guide in guides {
                let page = checked(browser.open(&guide));
                page.hides("](").hides("**");
                for link in page.attributes("main a", "href").iter().filter(|link| link.starts_with("/help")) {
                    browser.open(link.split('#').next().unwrap());
                }
            }
            assert_eq!(browser.open(&index.link(title)).texts("h1"), [title]);
        }
        for path in ["/help/nobody", "/help/guides/nothing", "/help/guides/sessions.es"] {
            Browser::of(world, &world.admin()).get(path).expect(404);
        }
    }
}
