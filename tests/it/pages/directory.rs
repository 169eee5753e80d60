//! The pages of commissions and institutions.

use serde_json::json;

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, Page, Person, World};

/// Opens a page as a person; it keeps the rules of every page.
#[track_caller]
fn open(world: &World, person: &Person<'_>, path: &str) -> Page {
    let page = Browser::of(world, person).open(path);
    well_formed::check(&page);
    page
}

const TABS: [&str; 5] = ["", "/members", "/delegates", "/states", "/reminders"];

on_both! {
    fn those_who_may_see_a_commission_see_its_pages_and_others_a_page_not_found(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let stranger = world.secretariat(&world.commission("CL", "MITP"));
        for person in [world.secretariat(&ceti), world.representative(&minsal), world.observer(&ceti), world.coordinator("CL"), world.admin()] {
            open(world, &person, "/commissions").shows("CETI");
            for tab in TABS {
                open(world, &person, &format!("/commissions/{ceti}{tab}"));
            }
        }
        open(world, &stranger, "/commissions").hides("CETI").shows("MITP");
        for tab in TABS {
            Browser::of(world, &stranger).get(&format!("/commissions/{ceti}{tab}")).expect(404);
        }
        Browser::of(world, &stranger).get("/commissions/unknown").expect(404);
    }
}

on_both! {
    fn the_members_of_a_commission_are_those_of_a_day_in_words(world) {
        let (ceti, minsal, mintrab) = (world.commission("CL", "CETI"), world.institution("Minsal"), world.institution("Mintrab"));
        let secretariat = world.secretariat(&ceti);
        let path = format!("/commissions/{ceti}/memberships");
        secretariat.post(&path, json!({"institution_id": minsal, "role": "member", "from": "2023-01-01", "to": "2023-06-30"})).expect(201);
        secretariat.post(&path, json!({"institution_id": mintrab, "role": "guest", "from": "2023-03-01"})).expect(201);
        let page = format!("/commissions/{ceti}/members");
        open(world, &secretariat, &page).hides("Minsal").shows("Mintrab").shows("0 con voto");
        for on in ["2023-04-15", "15%20de%20abril%20de%202023", "15/04/2023"] {
            let shown = open(world, &secretariat, &format!("{page}?on={on}"));
            shown.shows("Minsal").shows("Mintrab").shows("2 instituciones el 15 de abril de 2023").shows("una con voto");
        }
        open(world, &secretariat, &format!("{page}?on=2022")).shows("No hay integrantes registrados");
        let unread = Browser::of(world, &secretariat).get(&format!("{page}?on=nunca")).expect(422);
        well_formed::check(&unread);
        assert!(unread.texts("title")[0].starts_with("Error: "));
        unread.shows("La fecha no se entiende");
    }
}

on_both! {
    fn addresses_of_delegates_are_shown_to_those_who_may_see_them(world) {
        let (ceti, minsal, other) = (world.commission("CL", "CETI"), world.institution("Minsal"), world.institution("Mintrab"));
        world.member(&ceti, &minsal, "member");
        world.member(&ceti, &other, "member");
        let secretariat = world.secretariat(&ceti);
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Ana Rojas", "email": "ana@minsal.example"});
        secretariat.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        for path in [format!("/commissions/{ceti}/delegates"), format!("/institutions/{minsal}")] {
            for person in [&secretariat, &world.representative(&minsal), &world.coordinator("CL")] {
                open(world, person, &path).shows("Ana Rojas").shows("ana@minsal.example");
            }
            for person in [&world.representative(&other), &world.observer(&ceti)] {
                open(world, person, &path).shows("Ana Rojas").hides("ana@minsal.example");
            }
        }
        let stranger = world.secretariat(&world.commission("CL", "MITP"));
        open(world, &stranger, &format!("/institutions/{minsal}")).hides("Ana Rojas").hides("CETI");
    }
}

on_both! {
    fn institutions_are_found_by_name_sector_territory_and_country(world) {
        let admin = world.admin();
        let country = world.country("PE");
        let body = |name: &str, territory: Option<&str>| {
            json!({"name": name, "sector": "regional_government", "country_code": country, "territory": territory})
        };
        admin.post("/institutions", body("Gobierno Regional de Áncash", Some("Áncash"))).expect(201);
        admin.post("/institutions", body("Gobierno Regional de Ica", Some("Ica"))).expect(201);
        for query in ["q=ancash", "q=REGIONAL+%C3%81NCASH", "territory=%C3%81ncash", "sector=regional_government&q=ancash&country_code=PE"] {
            open(world, &admin, &format!("/institutions?{query}")).shows("de Áncash").hides("de Ica").shows("Una institución");
        }
        // The filters are folded on a narrow screen while none is in force.
        let is_open = |path: &str| open(world, &admin, path).attributes("details.fold[open] form.filters", "action").len() == 1;
        assert!(!is_open("/institutions?limit=1") && is_open("/institutions?q=ica") && !is_open("/commissions"));
        open(world, &admin, "/institutions?sector=workers").shows("Ninguna institución cumple estos filtros");
        let first = open(world, &admin, "/institutions?limit=1");
        first.shows("de Áncash");
        open(world, &admin, &first.link("Página siguiente")).shows("de Ica").hides("Regional de Áncash");
        assert_eq!(admin.get("/institutions?territory=Ica").expect(200).items().len(), 1);
        Browser::of(world, &admin).get("/institutions?sector=unknown").expect(400);
    }
}

on_both! {
    fn an_institution_shows_its_open_duties_of_every_commission_the_overdue_ones_first(world) {
        let (ceti, mitp, minsal) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"), world.institution("Minsal"));
        let (own, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let commitment = |person: &Person<'_>, commission: &str, text: &str, due: &str| {
            let body = json!({"commission_ids": [commission], "text": text, "due": due, "assignments": [{"institution_id": minsal}]});
            person.post("/commitments", body).expect(201);
        };
        commitment(&own, &ceti, "Elaborar el protocolo", "2023-12-31");
        commitment(&world.secretariat(&mitp), &mitp, "Capacitar", "2023-08-20");
        let path = format!("/institutions/{minsal}");
        for person in [&representative, &world.coordinator("CL")] {
            let page = open(world, person, &path);
            assert_eq!(page.texts(".columns > div h2"), ["Vencidos 1", "Por cumplir 1"]);
            page.shows("Capacitar").shows("Elaborar el protocolo").shows("vencido hace 12 días");
        }
        assert_eq!(open(world, &representative, &path).texts("td .button").len(), 2);
        let page = open(world, &own, &path);
        page.shows("Elaborar el protocolo").hides("Capacitar");
        assert_eq!(page.texts("td .button").len(), 0);
        Browser::of(world, &own).get(&format!("/institutions/{ceti}")).expect(404);
    }
}

on_both! {
    fn a_secretariat_is_told_what_to_do_when_nobody_receives_the_notices_of_an_institution(world) {
        let (ceti, lonely) = (world.commission("CL", "CETI"), world.institution("Sola"));
        world.member(&ceti, &lonely, "member");
        let (secretariat, observer) = (world.secretariat(&ceti), world.observer(&ceti));
        let path = format!("/institutions/{lonely}");
        open(world, &secretariat, &path).shows("Nadie recibe sus avisos en CETI").shows("registrar un delegado con correo");
        open(world, &observer, &path).hides("Nadie recibe");
        let delegate = json!({"institution_id": lonely, "capacity": "principal", "name": "Ana", "email": "ana@example.org"});
        secretariat.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        open(world, &secretariat, &path).hides("Nadie recibe");
    }
}

on_both! {
    fn the_page_of_a_commission_says_its_quorum_its_states_and_when_it_reminds(world) {
        let coordinator = world.coordinator(&world.country("CL"));
        let body = json!({
            "country_code": "CL", "name": "Mesa de Trata", "acronym": "MITP", "kind": "roundtable", "operational_state": "active",
            "quorum": {"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 3}},
            "legal_basis": [{"title": "Decreto exento", "number": "173", "issued": "2021-08-05"}],
        });
        let id = coordinator.post("/commissions", body).expect(201).id();
        let state = json!({"state": "inactive", "since": "2022-03", "source": "Informe anual"});
        coordinator.post(&format!("/commissions/{id}/operational-states"), state).expect(201);
        let page = open(world, &coordinator, &format!("/commissions/{id}"));
        page.shows("Más de 1/2 de las instituciones con voto").shows("no menos de 3").shows("5 de agosto de 2021").shows("Inactiva");
        open(world, &coordinator, &format!("/commissions/{id}/states")).shows("marzo de 2022").shows("Informe anual");
        open(world, &coordinator, &format!("/commissions/{id}/reminders")).shows("30 días antes").shows("desde las 08:00, en días hábiles");
        open(world, &coordinator, "/commissions?q=trata&operational_state=inactive&kind=roundtable").shows("Mesa de Trata");
        open(world, &coordinator, "/commissions?operational_state=active").shows("Ninguna comisión cumple estos filtros");
    }
}
