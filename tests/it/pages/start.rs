//! The start page, the search, the calendar, and the statements that anybody may read.

use serde_json::{Value, json};

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, Page, Person, World};

/// A commission with one institution, its representative and its secretariat.
struct Fixture<'w> {
    world: &'w World,
    ceti: String,
    minsal: String,
    secretariat: Person<'w>,
    representative: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        Self { world, ceti, minsal, secretariat, representative }
    }

    /// Makes a commitment with one part of the institution; returns it, and the address of the part.
    fn commitment(&self, text: &str, due: &str) -> (Value, String) {
        let body = json!({"commission_ids": [self.ceti], "text": text, "due": due, "assignments": [{"institution_id": self.minsal}]});
        let made = self.secretariat.post("/commitments", body).expect(201).json;
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let part = format!("/commitments/{}/assignments/{}", id(&made), id(&made["assignments"][0]));
        (made, part)
    }

    fn session(&self, title: &str, starts_at: &str) -> String {
        let body = json!({"commission_ids": [self.ceti], "kind": "ordinary", "title": title, "starts_at": starts_at});
        self.secretariat.post("/meetings", body).expect(201).id()
    }

    fn open(&self, person: &Person<'_>, path: &str) -> Page {
        opened(self.world, person, path)
    }
}

/// Opens a page as a person; it keeps the rules of every page.
#[track_caller]
fn opened(world: &World, person: &Person<'_>, path: &str) -> Page {
    let page = Browser::of(world, person).open(path);
    well_formed::check(&page);
    page
}

/// Returns the headings of the groups of the start page.
fn groups(page: &Page) -> Vec<String> {
    page.texts(".columns > div > .panel h2")
}

on_both! {
    fn a_representative_sees_what_the_institution_owes_with_a_button_for_each(world) {
        let f = Fixture::new(world);
        let (made, part) = f.commitment("Elaborar el protocolo", "2023-08-20");
        f.commitment("Capacitar", "2023-09-15");
        let page = f.open(&f.representative, "/");
        assert_eq!(groups(&page), ["Compromisos vencidos 1", "Vencen en los próximos 30 días 1"]);
        page.shows("CETI").shows("vencido hace 12 días").shows("en 14 días").shows("Elaborar el protocolo");
        let code = made["code"].as_str().unwrap();
        assert_eq!(page.link(&format!("Informar : {code}")), format!("{part}/report"));
        let one = f.open(&f.representative, "/?reason=overdue");
        one.shows("Elaborar el protocolo").hides("Capacitar").shows("Un pendiente");
        Browser::of(world, &f.representative).get("/?reason=unknown").expect(400);
    }
}

on_both! {
    fn a_secretariat_sees_reports_requests_and_sessions_and_nothing_after_they_are_settled(world) {
        let f = Fixture::new(world);
        let (_, part) = f.commitment("Elaborar el protocolo", "2023-12-31");
        f.session("III sesión ordinaria", "2023-09-10T14:00:00Z");
        let asked = json!({"requested_due": "2024-03-31", "reason": "Falta presupuesto"});
        let asked = f.representative.post(&format!("{part}/extensions"), asked).expect(201).id();
        let report = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Listo", "evidence": [{"title": "Acta"}]});
        let update = f.representative.post(&format!("{part}/updates"), report).expect(201).id();
        let page = f.open(&f.secretariat, "/");
        assert_eq!(groups(&page), ["Informes por revisar 1", "Prórrogas por decidir 1", "Sesiones por convocar 1"]);
        page.shows("Secretaría técnica de CETI").shows("Por convocar").shows("Plazos de 2023");
        let buttons = page.attributes(".items a.button", "href");
        assert!(buttons.contains(&format!("/reviews/{update}")), "{buttons:?}");
        assert!(buttons.contains(&format!("/extensions/{asked}")), "{buttons:?}");
        f.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        let page = f.open(&f.secretariat, "/");
        assert_eq!(groups(&page), ["Sesiones por convocar 1"]);
    }
}

on_both! {
    fn a_group_shows_five_items_and_leads_to_all_of_them_page_by_page(world) {
        let f = Fixture::new(world);
        for n in 0..7 {
            f.commitment(&format!("Tarea {n}"), "2023-09-15");
        }
        let page = f.open(&f.representative, "/");
        assert_eq!(page.texts(".columns > div .items > li").len(), 5);
        let all = page.link("Ver los 7");
        assert_eq!(all, "/?reason=due_soon");
        assert_eq!(f.open(&f.representative, &all).texts(".items > li").len(), 7);
        let first = f.open(&f.representative, "/?reason=due_soon&limit=4");
        let next = first.link("Página siguiente");
        assert_eq!(f.open(&f.representative, &next).texts(".items > li").len(), 3);
    }
}

on_both! {
    fn those_for_whom_nothing_waits_are_told_what_they_can_do(world) {
        let f = Fixture::new(world);
        for person in [f.world.observer(&f.ceti), world.admin(), world.coordinator("CL")] {
            f.open(&person, "/").shows("No hay pendientes").shows("Ver compromisos");
        }
        f.open(&world.stranger(), "/").shows("Esta cuenta no tiene acceso todavía");
    }
}

on_both! {
    fn an_activity_that_waits_leads_to_its_page(world) {
        let f = Fixture::new(world);
        let body = json!({"country_code": "CL", "kind": "workshop", "title": "Taller", "starts": "2023-08", "commission_ids": [f.ceti], "organizer_ids": [f.minsal], "status": "submitted"});
        let activity = f.representative.post("/activities", body).expect(201).id();
        let page = f.open(&f.secretariat, "/");
        page.shows("Taller").shows("Validar");
        assert!(page.attributes("a", "href").contains(&format!("/activities/{activity}")));
    }
}

on_both! {
    fn the_search_ignores_accents_marks_the_words_and_hides_what_may_not_be_known(world) {
        let f = Fixture::new(world);
        let (made, _) = f.commitment("Proteger a la niñez trabajadora", "2023-12-31");
        let page = f.open(&f.representative, "/search?q=NINEZ");
        let id = made["id"].as_str().unwrap();
        assert!(page.attributes(".items a", "href").contains(&format!("/commitments/{id}")));
        assert_eq!(page.texts("mark"), ["niñez"]);
        page.shows("Un resultado").shows("Compromisos 1");
        let workshop = json!({"country_code": "CL", "kind": "workshop", "title": "Taller de inspectores", "commission_ids": [f.ceti]});
        let workshop = f.secretariat.post("/activities", workshop).expect(201).id();
        let found = f.open(&f.secretariat, "/search?q=inspectores").attributes(".items a", "href");
        assert!(found.contains(&format!("/activities/{workshop}")), "{found:?}");
        f.open(&f.secretariat, "/search?q=Mins").shows("Instituciones 1");
        f.open(&world.secretariat(&world.commission("CL", "MITP")), "/search?q=ninez").shows("Ningún registro tiene todas estas palabras");
        for (path, words) in [
            ("/search", "Se puede buscar"),
            ("/search?q=", "Se puede buscar"),
            ("/search?q=%20%C2%BF%3F", "Se puede buscar"),
            ("/search?q=a", "al menos dos letras"),
        ] {
            f.open(&f.representative, path).shows(words);
        }
        f.open(&f.representative, &format!("/search?q={}", "a".repeat(201))).shows("hasta 200 caracteres");
        Browser::of(world, &f.representative).get("/search?q=ab&kind=unknown").expect(400);
    }
}

on_both! {
    fn the_search_states_dates_as_precisely_as_they_are_known(world) {
        let f = Fixture::new(world);
        f.commitment("Protocolo de derivación", "2023-Q4");
        f.commitment("Protocolo de atención", "2023-12-15");
        let record = |path: &str, body: Value| f.secretariat.post(path, body).expect(201);
        let activity = json!({"country_code": "CL", "kind": "workshop", "title": "Taller del protocolo", "commission_ids": [f.ceti], "starts": "2023-03", "ends": "2023-04"});
        record("/activities", activity);
        record("/meetings", json!({"commission_ids": [f.ceti], "kind": "ordinary", "title": "Sesión del protocolo", "held": "2023-05", "status": "held"}));
        record("/agreements", json!({"commission_ids": [f.ceti], "kind": "meeting_agreement", "title": "Acuerdo del protocolo", "adopted": "2022"}));
        let facts = f.open(&f.secretariat, "/search?q=protocolo").texts(".items .small");
        for words in ["cuarto trimestre de 2023", "15/12/2023", "marzo de 2023 – abril de 2023", "mayo de 2023", "2022"] {
            assert!(facts.iter().any(|fact| fact.ends_with(words)), "{words} is not in {facts:?}");
        }
        assert!(!facts.iter().any(|fact| fact.contains("31/")), "{facts:?}");
    }
}

on_both! {
    fn a_kind_with_many_results_is_read_page_by_page(world) {
        let f = Fixture::new(world);
        for n in 0..7 {
            f.commitment(&format!("Protocolo {n}"), "2023-12-31");
        }
        let page = f.open(&f.secretariat, "/search?q=protocolo");
        assert_eq!(page.texts(".items > li").len(), 5);
        let all = f.open(&f.secretariat, &page.link("Ver los 7"));
        assert_eq!(all.texts(".items > li").len(), 7);
        let first = f.open(&f.secretariat, "/search?q=protocolo&kind=commitment&limit=4");
        assert_eq!(f.open(&f.secretariat, &first.link("Página siguiente")).texts(".items > li").len(), 3);
    }
}

on_both! {
    fn only_those_who_can_convene_a_session_read_that_it_is_to_be_convened(world) {
        let f = Fixture::new(world);
        let session = f.session("III sesión ordinaria", "2023-09-10T14:00:00Z");
        for path in ["/", "/calendar", "/meetings"] {
            for person in [&f.secretariat, &world.coordinator("CL"), &world.admin()] {
                f.open(person, path).shows("III sesión ordinaria").shows("Por convocar");
            }
            for person in [&f.representative, &world.observer(&f.ceti)] {
                f.open(person, path).shows("III sesión ordinaria").hides("Por convocar");
            }
        }
        f.secretariat.post(&format!("/meetings/{session}/convocation"), Value::Null).expect(200);
        for path in ["/", "/calendar", "/meetings"] {
            f.open(&f.secretariat, path).shows("III sesión ordinaria").hides("Por convocar");
        }
    }
}

on_both! {
    fn the_calendar_has_sessions_and_terms_by_month(world) {
        let f = Fixture::new(world);
        let (made, _) = f.commitment("Elaborar el protocolo", "2023-10-05");
        f.session("III sesión ordinaria", "2023-09-10T14:00:00Z");
        let code = made["code"].as_str().unwrap();
        for person in [&f.secretariat, &f.representative] {
            let page = f.open(person, "/calendar");
            assert_eq!(page.texts("h2"), ["Septiembre de 2023", "Octubre de 2023"]);
            page.shows("III sesión ordinaria").shows(code).shows("Minsal");
            let next = f.open(person, &page.link("octubre de 2023"));
            assert_eq!(next.texts("h2"), ["Octubre de 2023", "Noviembre de 2023"]);
            next.shows(code).hides("III sesión ordinaria");
        }
        f.open(&f.representative, "/calendar?mine=true").shows(code).shows("III sesión ordinaria");
        f.open(&f.secretariat, "/calendar?mine=true").hides(code).shows("III sesión ordinaria");
        f.open(&f.secretariat, &format!("/calendar?commission_id={}", f.ceti)).shows(code);
        let other = world.secretariat(&world.commission("CL", "MITP"));
        f.open(&other, "/calendar").hides(code).hides("III sesión").shows("No hay sesiones ni plazos");
        for month in ["2023-13", "x", "2023", "99999-01"] {
            Browser::of(world, &other).get(&format!("/calendar?month={month}")).expect(400);
        }
    }
}

on_both! {
    fn the_calendar_states_how_a_part_without_anything_to_do_ended(world) {
        let f = Fixture::new(world);
        let (made, part) = f.commitment("Elaborar el protocolo", "2023-10-05");
        let code = made["code"].as_str().unwrap();
        let day = |words: &str| {
            f.open(&f.secretariat, "/calendar").shows(code).shows(words);
        };
        let report = json!({"reported_on": "2023-09-01", "status": "completed", "narrative": "Listo", "evidence": [{"title": "Acta"}]});
        let update = f.representative.post(&format!("{part}/updates"), report).expect(201).id();
        day("Por verificar");
        f.secretariat.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        day("Cumplido");
    }
}

on_both! {
    fn the_filters_of_every_list_are_folded_until_one_is_in_force(world) {
        let f = Fixture::new(world);
        let coordinator = world.coordinator("CL");
        for path in ["/registry", "/overview", "/observations", "/activities", "/meetings"] {
            let page = f.open(&coordinator, path);
            assert_eq!(page.attributes("details.fold", "open"), [] as [&str; 0], "{path}");
            assert_eq!(page.texts("details.fold > summary"), ["Filtros"], "{path}");
        }
        for path in [format!("/overview?commission_id={}", f.ceti), "/observations?theme=child_labour".to_owned()] {
            assert_eq!(f.open(&coordinator, &path).attributes("details.fold", "open").len(), 1, "{path}");
        }
    }
}

on_both! {
    fn anybody_may_read_the_statements_in_both_languages(world) {
        let admin = world.admin();
        for (path, title) in [("/help", "Help"), ("/accessibility", "Accessibility"), ("/privacy", "Privacy")] {
            let page = Browser::new(world).with("accept-language", "en").open(path);
            well_formed::check(&page);
            assert_eq!(page.texts("h1"), [title]);
            opened(world, &admin, path);
        }
        Browser::new(world).with("accept-language", "es").open("/privacy").shows("60 minutos").shows("400 días");
    }
}
