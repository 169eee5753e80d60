//! The page of the overview: every number leads to a list of that length.

use scraper::Selector;
use serde_json::json;

use super::{checked, open};
use crate::on_both;
use crate::overview::fixture;
use crate::support::{Browser, Page};

/// Returns the text and the address of each number in a table; no address for a zero.
fn numbers(page: &Page) -> Vec<(String, Option<String>)> {
    let (html, cells) = (page.html(), Selector::parse("tbody td.number").unwrap());
    let link = Selector::parse("a[href]").unwrap();
    let number = |cell: scraper::ElementRef<'_>| {
        let address = cell.select(&link).next().and_then(|link| link.attr("href")).map(str::to_owned);
        (cell.text().collect::<String>().trim().to_owned(), address)
    };
    html.select(&cells).map(number).collect()
}

on_both! {
    fn every_number_of_the_page_leads_to_a_list_of_that_length(world) {
        let f = fixture(world);
        for person in [world.coordinator("CL"), world.secretariat(&f.ceti), world.representative(&f.minsal)] {
            let page = open(world, &person, "/overview");
            page.shows("Datos al 1 de septiembre de 2023").shows("CETI").shows("Minsal");
            let found = numbers(&page);
            assert!(found.len() > 20, "{found:?}");
            for (number, address) in found {
                let Some(address) = address else {
                    assert_eq!(number, "0");
                    continue;
                };
                if address.starts_with("/commitments?") && !address.contains("part_verification") {
                    let listed = person.get(&format!("{address}&limit=200")).expect(200).items().len();
                    assert_eq!(listed.to_string(), number, "{}: {address}", person.email);
                }
                Browser::of(world, &person).get(&address).expect(200);
            }
        }
        let secretariat = world.secretariat(&f.ceti);
        let one = open(world, &secretariat, &format!("/overview?country_code=CL&commission_id={}", f.ceti));
        checked(one).shows("CETI").hides("Informe anual en preparación");
        Browser::of(world, &secretariat).get("/overview?commission_id=7").expect(400);
        open(world, &world.stranger(), "/overview").shows("No hay comisiones que se puedan ver.");
    }
}

on_both! {
    fn the_day_of_the_last_report_is_that_of_the_country(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let body = json!({"commission_ids": [ceti], "text": "Capacitar", "assignments": [{"institution_id": minsal}]});
        let made = world.secretariat(&ceti).post("/commitments", body).expect(201);
        let part = made.json["assignments"][0]["id"].as_str().unwrap();
        // In Santiago it is still the evening of the second of September.
        world.at("2023-09-03T01:00:00Z");
        let update = json!({"reported_on": "2023-09-02", "status": "in_progress", "narrative": "Va bien."});
        let path = format!("/commitments/{}/assignments/{part}/updates", made.id());
        world.representative(&minsal).post(&path, update).expect(201);
        open(world, &world.coordinator("CL"), "/overview").shows("02/09/2023").hides("03/09/2023");
    }
}

on_both! {
    fn activities_without_a_date_are_counted_below_the_table_and_numbers_that_add_up_have_a_sum(world) {
        let f = fixture(world);
        let who = world.coordinator("CL");
        let training = json!({"country_code": "CL", "kind": "training", "title": "Curso", "themes": ["child_labour"], "status": "validated"});
        who.post("/activities", training).expect(201);
        let page = open(world, &who, "/overview?year=2023");
        page.shows("Una actividad validada sin fecha no se cuenta en ningún año.");
        let sums = page.texts("tfoot th");
        assert!(!sums.is_empty() && sums.iter().all(|heading| heading == "Total"), "{sums:?}");
        open(world, &world.secretariat(&f.ceti), "/overview").hides("validada sin fecha");
    }
}

on_both! {
    fn those_who_see_several_countries_choose_one_in_the_queue_and_in_the_calendar(world) {
        let f = fixture(world);
        world.commission("PE", "CIGTPE");
        let queue = open(world, &world.admin(), "/reviews");
        assert_eq!(queue.attributes("select[name=country_code] option", "value"), ["", "CL", "PE"]);
        open(world, &world.admin(), "/reviews?country_code=PE").shows("Nada espera con estos filtros.");
        let of = |code: &str| open(world, &world.admin(), &format!("/calendar?month=2023-09&country_code={code}")).texts("ol.calendar li").len();
        assert!(of("CL") > 0);
        assert_eq!(of("PE"), 0);
        let own = open(world, &world.secretariat(&f.ceti), "/calendar");
        assert!(own.attributes("select[name=country_code]", "name").is_empty());
    }
}
