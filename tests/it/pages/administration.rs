//! The forms of commissions and institutions: members, delegates, states, reminders, succession.

use serde_json::{Value, json};

use super::{checked, open};
use crate::on_both;
use crate::support::{Browser, Person};

fn only(person: &Person<'_>, list: &str) -> Value {
    let answer = person.get(list).expect(200);
    assert_eq!(answer.items().len(), 1, "{list}");
    answer.items()[0].clone()
}

on_both! {
    fn a_coordinator_creates_and_changes_a_commission(world) {
        let coordinator = world.coordinator(&world.country("CL"));
        let browser = Browser::of(world, &coordinator);
        let page = checked(browser.open(&open(world, &coordinator, "/commissions").link("Crear comisión")));
        checked(browser.submit(&page.form()).expect(422)).shows("Nombre: ");
        let form = page.form().set("name", "Mesa de Trata").set("kind", "roundtable").set("acronym", "MITP")
            .set("aliases", "Mesa Intersectorial\n\nMesa de personas\n").mark("themes", "human_trafficking")
            .set("quorum/fraction", "1/2").mark("quorum/strict", "true")
            .set("legal_basis/0/title", "Decreto exento").set("legal_basis/0/issued", "5 de agosto de 2021");
        let understood = checked(browser.submit(&form).expect(200));
        understood.shows("Entendido como 5 de agosto de 2021");
        let created = browser.submit_and_follow(&understood.form());
        let created = checked(created);
        assert_eq!(created.link("Agregar integrante"), format!("{}/members/new", created.path.split('?').next().unwrap()));
        created.shows("La comisión se creó").shows("faltan sus integrantes y las personas de su secretaría.").shows("Más de 1/2").shows("5 de agosto de 2021").shows("Mesa Intersectorial · Mesa de personas");
        let made = only(&coordinator, "/commissions");
        let (id, path) = (made["id"].as_str().unwrap(), format!("/commissions/{}", made["id"].as_str().unwrap()));
        world.secretariat(id);
        checked(browser.open(&path)).shows("Siguiente paso: faltan sus integrantes.").hides("las personas de su secretaría").hides("Invitar a una persona");
        let state = json!({"state": "inactive", "since": "2022-03"});
        coordinator.post(&format!("{path}/operational-states"), state).expect(201);
        checked(browser.open(&path)).shows("Inactiva").hides("faltan sus integrantes");
        let form = checked(browser.open(&format!("{path}/edit"))).form();
        assert_eq!(form.value("aliases"), "Mesa Intersectorial\nMesa de personas");
        browser.submit_and_follow(&form.set("territory", "Puno")).shows("La comisión se guardó").shows("Puno").shows("Inactiva");
        let after = coordinator.get(&path).expect(200).json;
        for field in ["name", "kind", "acronym", "aliases", "themes", "quorum", "legal_basis", "time_zone"] {
            assert_eq!(after[field], made[field], "{field}");
        }
        let question = checked(browser.open(&format!("{path}/removal")));
        checked(browser.submit(&question.form()).expect(409));
        assert_eq!(after["id"], id);
    }
}

on_both! {
    fn the_members_of_a_commission_are_entered_by_name_with_their_days(world) {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        let secretariat = world.secretariat(&ceti);
        let (browser, list) = (Browser::of(world, &secretariat), format!("/commissions/{ceti}/members"));
        let page = checked(browser.open(&browser.open(&list).link("Agregar integrante")));
        checked(browser.submit(&page.form().set("institution_id", "Nadie")).expect(422)).shows("No se conoce «Nadie»").hides("Este dato es obligatorio");
        let form = page.form().set("institution_id", "minsal").set("role", "guest").set("has_vote", "true").set("from", "2023-01-15");
        browser.submit_and_follow(&form).shows("El integrante se registró").shows("Minsal").shows("desde el 15/01/2023").shows("una con voto");
        let made = only(&secretariat, &format!("/commissions/{ceti}/memberships"));
        assert_eq!((made["institution_id"].as_str(), made["has_vote"].as_bool()), (Some(&*minsal), Some(true)));
        let again = browser.open(&format!("{list}/new")).form();
        let overlap = browser.submit(&again.set("institution_id", "Minsal")).expect(409);
        checked(overlap);
        let edit = checked(browser.open(&browser.open(&list).link("Editar : Minsal")));
        assert_eq!((edit.form().value("institution_id"), edit.form().value("from")), ("Minsal", "15/01/2023"));
        // A form that nobody touched changes nothing.
        browser.submit(&edit.form()).expect(303);
        assert_eq!(only(&secretariat, &format!("/commissions/{ceti}/memberships"))["has_vote"], true);
        let edit = browser.open(&browser.open(&list).link("Editar : Minsal"));
        browser.submit_and_follow(&edit.form().set("to", "2023-08-01")).shows("se guardó").shows("No hay integrantes registrados");
        let question = checked(browser.open(&edit.link("Eliminar este período")));
        browser.submit_and_follow(&question.form()).shows("El período se eliminó");
        assert!(secretariat.get(&format!("/commissions/{ceti}/memberships")).expect(200).items().is_empty());
        open(world, &world.observer(&ceti), &list).hides("Agregar integrante");
    }
}

on_both! {
    fn an_institution_keeps_its_own_delegates_and_the_secretariat_those_of_all(world) {
        let (ceti, minsal, other) = (world.commission("CL", "CETI"), world.institution("Minsal"), world.institution("Mintrab"));
        world.member(&ceti, &minsal, "member");
        world.member(&ceti, &other, "member");
        let (secretariat, representative) = (world.secretariat(&ceti), world.representative(&minsal));
        let list = format!("/commissions/{ceti}/delegates");
        let own = Browser::of(world, &representative);
        let page = checked(own.open(&own.open(&list).link("Agregar delegado")));
        page.shows("Se avisa por correo a la secretaría");
        checked(own.submit(&page.form().set("institution_id", &other).set("name", "Eva")).expect(403));
        let refused = checked(own.submit(&page.form()).expect(422));
        assert_eq!(refused.texts(".errors li"), ["Persona: Este dato es obligatorio."]);
        let form = page.form().set("name", "Ana Rojas").set("email", "ana@minsal.example");
        own.submit_and_follow(&form).shows("El delegado se registró").shows("Ana Rojas").shows("ana@minsal.example");
        let all = Browser::of(world, &secretariat);
        let edit = checked(all.open(&all.open(&list).link("Editar : Ana Rojas")));
        assert_eq!(edit.form().value("institution_id"), "Minsal");
        all.submit_and_follow(&edit.form().set("position", "Jefa de gabinete")).shows("Jefa de gabinete");
        let of_other = json!({"institution_id": other, "capacity": "principal", "name": "Eva Soto", "email": "eva@mintrab.example"});
        let eva = secretariat.post(&format!("/commissions/{ceti}/delegates"), of_other).expect(201).id();
        own.get(&format!("{list}/{eva}/edit")).expect(403);
        own.get(&format!("{list}/{eva}/removal")).expect(403);
        let question = checked(all.open(&format!("{list}/{eva}/removal")));
        all.submit_and_follow(&question.form()).shows("El delegado se eliminó").hides("Eva Soto");
    }
}

on_both! {
    fn states_and_reminders_have_forms(world) {
        let ceti = world.commission("CL", "CETI");
        let (coordinator, secretariat) = (world.coordinator("CL"), world.secretariat(&ceti));
        let (browser, path) = (Browser::of(world, &coordinator), format!("/commissions/{ceti}"));
        let form = checked(browser.open(&format!("{path}/states/new"))).form().set("state", "active").set("since", "marzo de 2022");
        let understood = browser.submit(&form).expect(200);
        browser.submit_and_follow(&understood.form()).shows("El estado se registró").shows("marzo de 2022").shows("Activa");
        let edit = checked(browser.open(&browser.open(&format!("{path}/states")).link("Editar : marzo de 2022")));
        browser.submit_and_follow(&edit.form().set("source", "Informe anual")).shows("Informe anual");
        browser.submit_and_follow(&checked(browser.open(&edit.link("Eliminar estado"))).form()).shows("No hay estados con fecha");
        Browser::of(world, &secretariat).get(&format!("{path}/states/new")).expect(403);
        let office = Browser::of(world, &secretariat);
        let page = checked(office.open(&office.open(&format!("{path}/reminders")).link("Editar recordatorios")));
        let before = secretariat.get(&format!("{path}/reminder-policy")).expect(200).json;
        office.submit(&page.form()).expect(303);
        assert_eq!(secretariat.get(&format!("{path}/reminder-policy")).expect(200).json, before);
        let page = office.open(&format!("{path}/reminders/edit"));
        checked(office.submit(&page.form().set("overdue_every_days", "0")).expect(422));
        let form = page.form().set("lead_days", "15").set("overdue_every_days", "3").set("send_hour", "7");
        office.submit_and_follow(&form).shows("Los recordatorios se guardaron").shows("15 días antes").shows("cada 3 días").shows("07:00");
        let after = secretariat.get(&format!("{path}/reminder-policy")).expect(200).json;
        assert_eq!((&after["lead_days"], &after["meeting_reminder_days"]), (&json!([15]), &json!([1])));
    }
}

on_both! {
    fn an_institution_is_entered_changed_and_handed_over_to_its_successor(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let browser = Browser::of(world, &secretariat);
        let form = checked(browser.open(&open(world, &secretariat, "/institutions").link("Registrar institución"))).form();
        checked(browser.submit(&form).expect(422)).shows("Nombre: ");
        let enter = |name: &str, acronym: &str| {
            let filled = browser.open("/institutions/new").form().set("name", name).set("acronym", acronym).set("sector", "government").set("country_code", "CL");
            browser.submit(&filled).expect(303).location().split(['/', '?']).nth(2).unwrap().to_owned()
        };
        let (old, new) = (enter("Dirección del Trabajo", "DT"), enter("Agencia del Trabajo", "AT"));
        let form = checked(browser.open(&format!("/institutions/{old}/edit"))).form();
        let changed = browser.submit_and_follow(&form.set("aliases", "La Dirección\nDT Chile").set("succeeded_by_id", "at"));
        changed.shows("La institución se guardó").shows("La Dirección · DT Chile").shows("Agencia del Trabajo");
        world.member(&ceti, &old, "member");
        world.member(&ceti, &new, "member");
        let body = json!({"commission_ids": [ceti], "text": "Fiscalizar", "due": "2023-12-31", "assignments": [{"institution_id": old}]});
        let commitment = secretariat.post("/commitments", body).expect(201).id();
        let page = checked(browser.open(&browser.open(&format!("/institutions/{old}")).link("Traspasar compromisos")));
        page.shows("Un compromiso abierto se traspasa");
        assert_eq!(page.form().value("to_id"), "Agencia del Trabajo");
        checked(browser.submit(&page.form()).expect(422));
        checked(browser.submit(&page.form().set("to_id", "Dirección del Trabajo").set("reason", "Ley nueva")).expect(422));
        let done = browser.submit_and_follow(&page.form().set("reason", "Ley nueva"));
        checked(done).shows("Los compromisos abiertos se traspasaron").shows("Fiscalizar");
        let parts = secretariat.get(&format!("/commitments/{commitment}")).expect(200).json["assignments"].clone();
        let state = |id: &str| {
            let own = parts.as_array().unwrap().iter().find(|part| part["institution_id"] == id).unwrap().clone();
            own["status"].as_str().unwrap().to_owned()
        };
        assert_eq!((state(&old), state(&new)), ("cancelled".to_owned(), "planned".to_owned()));
        checked(browser.open(&format!("/institutions/{old}/handover"))).shows("No tiene compromisos abiertos");
        let question = checked(browser.open(&format!("/institutions/{old}/removal")));
        checked(browser.submit(&question.form()).expect(409));
    }
}
