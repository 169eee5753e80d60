//! The mail to institutions that are asked for a report, and the due days of reports in calendars.

use icalendar::Component;
use serde_json::json;

use super::fixture::{Fixture, counts, quarterly};
use crate::on_both;
use crate::support::{Browser, Mail, World};

/// Returns the mails about new duties.
fn asked(world: &World) -> Vec<Mail> {
    let mut mails = world.mails();
    mails.retain(|mail| mail.kind == "duty_asked");
    mails
}

on_both! {
    fn institutions_are_told_once_that_a_report_is_asked_of_them(world) {
        world.at("2023-05-02T12:00:00Z");
        let fixture = Fixture::new(world, 3);
        let people = [0, 1, 2].map(|n| fixture.representative(n));
        asked(world);
        let named = |of: &[usize]| of.iter().map(|n| fixture.regions[*n].clone()).collect::<Vec<_>>();
        let body = json!({"commission_ids": [fixture.commission], "title": "Informe mensual", "every": "month", "from": "2023-01", "due_days": 10, "institution_ids": named(&[0, 1])});
        let duty = fixture.secretariat.post("/duties", body).expect(201).id();
        let mut mails = asked(world);
        mails.sort_by(|one, other| one.to.cmp(&other.to));
        let mut expected = [people[0].email.as_str(), people[1].email.as_str()];
        expected.sort_unstable();
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), expected);
        let mail = &mails[0];
        for part in ["Informe mensual", "enero de 2023", "Cada mes", "10 de febrero de 2023", &format!("/duties/{duty}")] {
            assert!(mail.text.contains(part), "{part} in {}", mail.text);
        }
        let path = format!("/duties/{duty}");
        fixture.secretariat.patch(&path, json!({"title": "Informe del mes"})).expect(200);
        fixture.secretariat.patch(&path, json!({"institution_ids": named(&[0, 1, 2])})).expect(200);
        let added = asked(world);
        assert_eq!(added.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [people[2].email.as_str()], "only the one that was added");
        let past = json!({"commission_ids": [fixture.commission], "title": "Pasado", "every": "month", "from": "2022-01", "to": "2022-12", "institution_ids": named(&[0])});
        fixture.secretariat.post("/duties", past).expect(201);
        assert!(asked(world).is_empty(), "a duty that has ended asks nobody any more");
    }
}

on_both! {
    fn calendars_have_the_days_on_which_reports_are_due(world) {
        world.at("2023-04-03T12:00:00Z");
        let fixture = Fixture::new(world, 3);
        let person = fixture.representative(0);
        fixture.report(1, "2023-Q1", counts(4, 0)).expect(201);
        let restricted = json!({"restricted": true, "title": "Informe reservado", "institution_ids": [fixture.regions[1]], "sector": null});
        let mut body = quarterly(&fixture.commission);
        body.as_object_mut().unwrap().extend(restricted.as_object().unwrap().clone());
        fixture.secretariat.post("/duties", body).expect(201);
        let page = |query: &str| Browser::of(world, &person).open(&format!("/calendar?month=2023-04{query}"));
        page("").shows("Informe periódico: Informe trimestral").shows("1 informó, 2 por informar").shows("en 12 días").hides("Informe reservado");
        let own = page("&mine=true");
        own.shows("Informe trimestral").hides("por informar");
        assert_eq!(own.link("Informe trimestral"), fixture.path(0, "2023-Q1"));
        Browser::of(world, &fixture.secretariat).open("/calendar?month=2023-04").shows("Informe reservado");
        let nothing = Browser::of(world, &world.secretariat(&world.commission("PE", "CIGTPE"))).open("/calendar?month=2023-04");
        nothing.hides("Informe trimestral");

        let token = person.call("POST", "/me/calendar-token", None).expect(201).json["token"].as_str().unwrap().to_owned();
        let feed = format!("/calendar/{token}.ics?mine=true");
        let before = world.nobody().get(&feed).expect(200);
        let read = |text: &str| {
            let calendar: icalendar::Calendar = text.parse().unwrap();
            calendar.events().map(|event| event.get_summary().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let quarters = ["primer", "segundo", "tercer", "cuarto"];
        let due = |n: usize| format!("Vence «Informe trimestral», {} trimestre de 2023", quarters[n]);
        assert_eq!(read(&before.text), [due(0), due(1), due(2), due(3)].to_vec());
        fixture.report(0, "2023-Q1", counts(0, 0)).expect(201);
        let after = world.nobody().get(&feed).expect(200);
        assert_ne!(before.header("etag"), after.header("etag"), "a report changes the calendar");
        assert!(read(&after.text).contains(&"Informado «Informe trimestral», primer trimestre de 2023".to_owned()));
    }
}

on_both! {
    fn the_page_of_a_duty_shows_the_values_with_their_sums(world) {
        world.at("2023-07-20T12:00:00Z");
        let fixture = Fixture::new(world, 4);
        fixture.report(0, "2023-Q1", counts(1200, 0)).expect(201);
        fixture.report(1, "2023-Q1", counts(34, 2)).expect(201);
        fixture.report(2, "2023-Q1", json!({"values": {"coverage": 12.5}})).expect(201);
        fixture.report(0, "2023-Q2", json!({"nothing_to_report": true})).expect(201);
        let clerk = Browser::of(world, &fixture.secretariat);
        let states = clerk.open(&format!("/duties/{}", fixture.duty));
        states.shows("3 informaron, 1 no informó").shows("Mostrar");
        let values = clerk.open(&format!("/duties/{}?show=inspections", fixture.duty));
        values.shows("1,234").shows("Suma de 2 instituciones").shows("sin dato").shows("Sin novedades").shows("No informó");
        let percentages = clerk.open(&format!("/duties/{}?show=coverage", fixture.duty));
        percentages.shows("12.5 %").shows("Sin suma: es un porcentaje");
        for key in ["remarks", "nadie"] {
            clerk.get(&format!("/duties/{}?show={key}", fixture.duty)).expect(400);
        }
        let institution = clerk.open(&format!("/institutions/{}", fixture.regions[0]));
        institution.shows("Informes periódicos").shows("Informe trimestral").shows("Recibidos");
        let rows = institution.texts("table tbody tr td.number");
        assert_eq!(rows, ["2", "0", "1"], "the report on the third quarter is still expected");
    }
}
