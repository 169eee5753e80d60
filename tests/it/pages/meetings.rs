//! Sessions without a script: a joint session from its creation to the quorum of each commission, forms with faults,
//! and what each role sees.

use serde_json::{Value, json};

use super::well_formed;
use crate::meetings::{create, meeting, with};
use crate::on_both;
use crate::support::{Browser, Page, World};

/// Two commissions whose quorum is more than half, and their secretariat.
struct Joint {
    ceti: String,
    mitp: String,
    institutions: Vec<String>,
}

/// Makes 21 institutions, all of them members of the first commission and 9 of the second.
fn joint(world: &World) -> Joint {
    let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
    for id in [&ceti, &mitp] {
        let rule = json!({"quorum": {"fraction": "1/2", "strict": true}});
        world.admin().patch(&format!("/commissions/{id}"), rule).expect(200);
    }
    let institutions: Vec<String> = (1..=21).map(|n| world.institution(&format!("Institución {n:02}"))).collect();
    for (n, id) in institutions.iter().enumerate() {
        world.member(&ceti, id, "member");
        if n < 9 {
            world.member(&mitp, id, "member");
        }
    }
    Joint { ceti, mitp, institutions }
}

fn checked(page: Page) -> Page {
    well_formed::check(&page);
    page
}

/// Returns the id of the session that an address names.
fn id_in(address: &str) -> String {
    let rest = address.strip_prefix("/meetings/").unwrap();
    rest.split(['/', '?']).next().unwrap().to_owned()
}

fn planned(commissions: &[&str]) -> Value {
    with(meeting(commissions), json!({"held": null, "starts_at": "2023-10-10T13:00:00Z", "title": "Sesión de octubre"}))
}

on_both! {
    fn a_joint_session_goes_from_its_creation_to_the_quorum_of_each_commission(world) {
        let own = joint(world);
        let browser = Browser::of(world, &world.secretariat(&own.ceti));
        let new = checked(browser.open(&browser.open("/meetings").link("Nueva sesión")));
        new.shows("hora de Santiago").shows("De otras secretarías");
        assert_eq!((new.form().value("kind"), new.form().value("ordinal")), ("ordinary", "1"));
        let form = new.form().mark("commission_ids", &own.mitp).set("title", "Sesión conjunta").set("place", "Santiago");
        let form = form.set("starts_at", "10/10/2023 10:00").set("ends_at", "2023-10-10T12:30").set("modality", "hybrid");
        let sent = browser.submit(&form).expect(303).location();
        assert_eq!(browser.submit(&form).expect(303).location(), sent, "sent twice");
        let path = format!("/meetings/{}", id_in(&sent));
        let made = world.admin().get(&path).expect(200).json;
        assert_eq!((&made["starts_at"], &made["ends_at"]), (&json!("2023-10-10T13:00:00Z"), &json!("2023-10-10T15:30:00Z")));
        assert_eq!(made["commission_ids"], json!([own.ceti, own.mitp]));
        let page = checked(browser.open(&sent));
        page.shows("La sesión quedó creada").shows("Siguiente paso").shows("falta el orden del día");

        let agenda = checked(browser.open(&page.link("Escribir orden del día")));
        let form = agenda.form().set("0/title", "Cuenta").set("0/kind", "information").set("add", "");
        let more = checked(browser.submit(&form).expect(200));
        let form = more.form().set("1/title", "Protocolo").set("1/kind", "decision").set("1/commission_id", &own.mitp);
        let moved = checked(browser.submit(&form.set("up", "1")).expect(200));
        assert_eq!((moved.form().value("0/title"), moved.form().value("1/title")), ("Protocolo", "Cuenta"));
        assert_eq!(world.admin().get(&format!("{path}/agenda")).expect(200).json, json!([]), "nothing is saved yet");
        browser.submit_and_follow(&moved.form()).shows("El orden del día quedó guardado");
        let items = world.admin().get(&format!("{path}/agenda")).expect(200).json;
        let titles: Vec<_> = items.as_array().unwrap().iter().map(|item| &item["title"]).collect();
        assert_eq!(titles, ["Protocolo", "Cuenta"]);

        let convene = checked(browser.open(&browser.open(&path).link("Convocar")));
        convene.shows("Convocar a 21 instituciones").shows("Instituciones a las que no se puede avisar");
        checked(browser.submit_and_follow(&convene.form())).shows("La convocatoria quedó enviada");
        assert!(world.admin().get(&path).expect(200).json["convened_at"].is_string());

        world.at("2023-10-10T13:05:00Z");
        let browser = Browser::of(world, &world.secretariat(&own.ceti));
        let list = checked(browser.open(&browser.open(&path).link("Registrar asistencia")));
        assert_eq!(list.texts("tbody tr").len(), 21);
        list.shows("0 de 21 presentes; se requieren 11").shows("Faltan 11 para el quórum");
        list.shows("0 de 9 presentes; se requieren 5");
        let marked = list.form().set("20/status", "excused");
        let all = checked(browser.submit(&marked.set("all", "present")).expect(200));
        all.shows("20 de 21 presentes").shows("9 de 9 presentes").shows("Falta guardar");
        assert_eq!(all.form().value("20/status"), "excused", "a mark stays");
        assert_eq!(world.admin().get(&format!("{path}/attendance")).expect(200).items().len(), 0, "nothing is saved yet");
        let mut form = all.form();
        for n in 0..21 {
            // The first nine are those of both commissions.
            form = form.set(&format!("{n}/status"), if (5..16).contains(&n) { "present" } else { "absent" });
        }
        form = form.set("20/status", "").set("5/person", "Ana Rojas").set("5/capacity", "principal");
        let saved = checked(browser.submit_and_follow(&form));
        saved.shows("La asistencia quedó guardada").shows("11 de 21 presentes; se requieren 11").shows("Hay quórum");
        saved.shows("4 de 9 presentes; se requieren 5").shows("Falta 1 para el quórum");
        let stored = world.admin().get(&format!("{path}/attendance")).expect(200);
        assert_eq!((stored.items().len(), &stored.items()[5]["person"]), (20, &json!("Ana Rojas")));
        assert_eq!(stored.items()[5]["institution_id"], json!(own.institutions[5]));
        let reached: Vec<_> = stored.json["quorum"].as_array().unwrap().iter().map(|one| &one["reached"]).collect();
        assert_eq!(reached, [true, false]);
        browser.open(&path).shows("escribir el acta");
        assert_eq!(world.admin().get(&path).expect(200).json["status"], "held", "it has begun and somebody is present");
    }
}

on_both! {
    fn hours_of_arrival_and_leaving_are_entered_and_a_mark_is_taken_back(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        for id in [&interior, &world.institution("Salud")] {
            world.member(&ceti, id, "member");
        }
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let page = checked(browser.open(&format!("{path}/attendance")));
        page.shows("Las marcas se guardan con «Guardar asistencia»");
        let form = page.form().set("0/status", "present").set("1/status", "present");
        let present = checked(browser.submit_and_follow(&form));
        let form = present.form().set("0/arrived_at", "a veces").set("0/left_at", "12:30 horas");
        let refused = checked(browser.submit(&form).expect(422));
        refused.shows("No se entiende la hora");
        assert_eq!(refused.attributes(".errors a", "href"), ["#row-0-arrived_at"]);
        let form = refused.form().set("0/arrived_at", "10:15");
        let saved = checked(browser.submit_and_follow(&form));
        assert_eq!((saved.form().value("0/arrived_at"), saved.form().value("0/left_at")), ("10:15", "12:30"));
        let stored = || world.admin().get(&format!("{path}/attendance")).expect(200);
        let entry = stored().items()[0].clone();
        assert_eq!((&entry["arrived_at"], &entry["left_at"]), (&json!("2023-10-10T13:15:00Z"), &json!("2023-10-10T15:30:00Z")));
        let early = checked(browser.submit(&saved.form().set("0/left_at", "9:00")).expect(422));
        assert_eq!(early.attributes(".errors a", "href"), ["#row-0-left_at"]);
        browser.submit_and_follow(&saved.form().set("1/status", ""));
        assert_eq!(stored().items().len(), 1, "the mark was taken back");
        let reader = Browser::of(world, &world.representative(&interior));
        checked(reader.open(&format!("{path}/attendance"))).shows("llegada 10:15, salida 12:30");
    }
}

on_both! {
    fn the_summary_says_the_next_step_of_the_minutes(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        world.member(&ceti, &interior, "member");
        let path = create(world, &meeting(&[&ceti]));
        let secretariat = world.secretariat(&ceti);
        let browser = Browser::of(world, &secretariat);
        let step = |text: &str, button: &str| {
            let page = checked(browser.open(&path));
            page.shows(text);
            page.link(button)
        };
        assert_eq!(step("registrar la asistencia", "Registrar asistencia"), format!("{path}/attendance"));
        let present = json!([{"institution_id": interior, "status": "present"}]);
        secretariat.put(&format!("{path}/attendance"), present).expect(200);
        assert_eq!(step("escribir el acta", "Escribir acta"), format!("{path}/minutes"));
        let write = |body: &str| secretariat.put(&format!("{path}/minutes"), json!({"body": body})).expect(200);
        write("## 1. Cuenta\n\n…");
        assert_eq!(step("le falta una parte por completar", "Completar acta"), format!("{path}/minutes"));
        write("## 1. Cuenta\n\nSe leyó.");
        browser.open("/meetings").shows("Acta por circular");
        browser.open("/").shows("Actas por circular");
        let circulation = step("el acta está escrita y espera su circulación", "Circular acta");
        checked(browser.open(&circulation)).hides("sin completar");
        secretariat.post(&format!("{path}/minutes/circulation"), json!({"comments_until": "2023-09-15"})).expect(200);
        step("recibe observaciones hasta el 15 de septiembre de 2023", "Ver acta");
        write("## 1. Cuenta\n\nSe leyó y se aprobó.");
        step("cambió después de circular", "Ver acta");
        write("## 1. Cuenta\n\nSe leyó.");
        world.at("2023-09-16T13:05:00Z");
        let browser = Browser::of(world, &secretariat);
        let page = checked(browser.open(&path));
        page.shows("ya circuló y espera su aprobación").shows("Acta por aprobar");
        let approval = checked(browser.open(&page.link("Aprobar acta")));
        browser.submit_and_follow(&approval.form());
        browser.open(&path).shows("queda el seguimiento").shows("Acta aprobada");
    }
}

on_both! {
    fn a_commission_is_withdrawn_from_a_joint_session(world) {
        let own = joint(world);
        let path = create(world, &planned(&[&own.ceti, &own.mitp]));
        let browser = Browser::of(world, &world.secretariat(&own.mitp));
        let edit = checked(browser.open(&format!("{path}/edit")));
        edit.hides("Retirar CETI").shows("Retirar MITP");
        let page = checked(browser.open(&edit.link("Retirar MITP de la sesión")));
        page.shows("deja de sesionar");
        checked(browser.submit(&page.form()).expect(422));
        checked(browser.submit_and_follow(&page.form().set("reason", "Sesiona aparte."))).shows("ya no sesiona");
        assert_eq!(world.admin().get(&path).expect(200).json["commission_ids"], json!([own.ceti]));
        let withdrawal = |commission: &str| format!("{path}/commissions/{commission}/withdrawal");
        let admin = Browser::of(world, &world.admin());
        admin.get(&withdrawal(&own.mitp)).expect(404);
        checked(admin.open(&withdrawal(&own.ceti))).shows("una sola comisión").hides("deja de sesionar");
        checked(admin.open(&format!("{path}/edit"))).hides("Retirar CETI");
    }
}

on_both! {
    fn the_attendance_proposes_the_delegates_of_each_institution(world) {
        let ceti = world.commission("CL", "CETI");
        let [interior, salud, trabajo] = ["Interior", "Salud", "Trabajo"].map(|name| world.institution(name));
        [&interior, &salud, &trabajo].into_iter().for_each(|id| drop(world.member(&ceti, id, "member")));
        let secretariat = world.secretariat(&ceti);
        for (institution, capacity, name, end) in [
            (&interior, "principal", "Ana Rojas", None),
            (&interior, "alternate", "Eva Soto", None),
            (&salud, "alternate", "Luis Díaz", None),
            (&trabajo, "principal", "Rosa Antigua", Some("2023-06-30")),
        ] {
            let body = json!({"institution_id": institution, "capacity": capacity, "name": name, "from": "2023-01-01", "to": end});
            secretariat.post(&format!("/commissions/{ceti}/delegates"), body).expect(201);
        }
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &secretariat);
        let page = checked(browser.open(&format!("{path}/attendance")));
        let names = page.attributes("#row-0 datalist option", "value");
        assert_eq!(names, ["Ana Rojas", "Eva Soto"], "both persons of one institution are offered");
        let form = page.form();
        let row = |n: usize| [form.value(&format!("{n}/person")), form.value(&format!("{n}/capacity"))];
        assert_eq!([row(0), row(1)], [["Ana Rojas", "principal"], ["Luis Díaz", "alternate"]], "the first one is filled in");
        assert_eq!(row(2), ["", ""], "nobody whose time has ended");
        browser.submit_and_follow(&form.set("0/status", "present").set("0/person", "Eva Soto").set("0/capacity", "alternate"));
        let stored = world.admin().get(&format!("{path}/attendance")).expect(200);
        assert_eq!((stored.items().len(), &stored.items()[0]["person"]), (1, &json!("Eva Soto")));
        let reader = Browser::of(world, &world.representative(&interior)).open(&format!("{path}/attendance"));
        reader.hides("Luis Díaz");
    }
}

on_both! {
    fn a_guest_is_added_by_name_and_an_unknown_name_comes_back(world) {
        let ceti = world.commission("CL", "CETI");
        world.member(&ceti, &world.institution("Interior"), "member");
        let guest = world.institution("Organización Internacional");
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let page = browser.open(&format!("{path}/attendance"));
        let added = checked(browser.submit(&page.form().set("add", "")).expect(200));
        assert_eq!((added.form().value("1/status"), added.form().value("1/capacity")), ("present", "guest"));
        let wrong = added.form().set("0/status", "present").set("1/institution", "Nadie").set("1/person", "Eva");
        let refused = checked(browser.submit(&wrong).expect(422));
        refused.shows("No se reconoce la institución");
        assert_eq!(refused.attributes(".errors a", "href"), ["#row-1-institution"]);
        assert_eq!((refused.form().value("1/institution"), refused.form().value("1/person")), ("Nadie", "Eva"));
        let right = refused.form().set("1/institution", "organizacion internacional");
        checked(browser.submit_and_follow(&right)).shows("Organización Internacional");
        let stored = world.admin().get(&format!("{path}/attendance")).expect(200);
        let entry = &stored.items()[1];
        assert_eq!((&entry["institution_id"], &entry["capacity"]), (&json!(guest), &json!("guest")));
        let rest = browser.open(&format!("{path}/attendance")).form().set("remove", "1");
        browser.submit_and_follow(&browser.submit(&rest).expect(200).form());
        assert_eq!(world.admin().get(&format!("{path}/attendance")).expect(200).items().len(), 1);
    }
}

on_both! {
    fn a_bad_date_comes_back_with_its_fault_and_everything_that_was_typed(world) {
        let ceti = world.commission("CL", "CETI");
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let form = browser.open("/meetings/new").form().set("title", "Tercera").set("starts_at", "31/02/2024 10:00");
        let refused = checked(browser.submit(&form.set("place", "Arica").set("kind", "working")).expect(422));
        assert!(refused.texts("title")[0].starts_with("Error: "));
        assert_eq!(refused.attributes(".errors a", "href"), ["#starts_at"], "one fault");
        let again = refused.form();
        for (name, value) in [("title", "Tercera"), ("starts_at", "31/02/2024 10:00"), ("place", "Arica"), ("kind", "working")] {
            assert_eq!(again.value(name), value);
        }
        assert_eq!(again.value("commission_ids"), ceti);
        let empty = checked(browser.submit(&again.clone().set("starts_at", "").set("title", "")).expect(422));
        assert_eq!(empty.attributes(".errors a", "href").len(), 2);
        let dated = again.set("starts_at", "").set("held", "II trimestre 2024");
        let understood = checked(browser.submit(&dated).expect(200));
        understood.shows("Entendido como segundo trimestre de 2024");
        let id = id_in(&browser.submit(&understood.form()).expect(303).location());
        assert_eq!(world.admin().get(&format!("/meetings/{id}")).expect(200).json["held"], "2024-Q2");
        let page = checked(browser.open(&format!("/meetings/{id}/convocation")));
        page.shows("Indique primero el día").hides("Convocar a");
    }
}

on_both! {
    fn a_changed_session_keeps_what_the_form_does_not_show(world) {
        let ceti = world.commission("CL", "CETI");
        let body = with(planned(&[&ceti]), json!({"time_zone": "America/Punta_Arenas", "ends_at": "2023-10-10T15:00:00Z"}));
        let path = create(world, &body);
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let page = checked(browser.open(&format!("{path}/edit")));
        assert_eq!((page.form().value("starts_at"), page.form().value("status")), ("2023-10-10 10:00", "scheduled"));
        let old = page.form().set("title", "Título viejo");
        let form = page.form().set("starts_at", "2023-10-11 09:15").set("status", "held").set("call", "second");
        browser.submit_and_follow(&form.set("ends_at", "").set("started_at", "2023-10-11 09:20")).shows("Los cambios quedaron guardados");
        let now = world.admin().get(&path).expect(200).json;
        assert_eq!((&now["starts_at"], &now["time_zone"]), (&json!("2023-10-11T12:15:00Z"), &json!("America/Punta_Arenas")));
        assert_eq!((&now["call"], &now["ends_at"]), (&json!("second"), &Value::Null));
        let conflict = checked(browser.submit(&old).expect(409));
        conflict.shows("Este registro cambió").shows("2023-10-11 09:15");
        assert_eq!(world.admin().get(&path).expect(200).json["title"], "Sesión de octubre");
    }
}

on_both! {
    fn a_representative_replies_and_proposes_an_item_that_the_secretariat_decides_on(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        world.member(&ceti, &interior, "member");
        let path = create(world, &planned(&[&ceti]));
        let secretariat = Browser::of(world, &world.secretariat(&ceti));
        let browser = Browser::of(world, &world.representative(&interior));
        checked(browser.open(&path)).hides("Responder");
        let convocation = secretariat.open(&format!("{path}/convocation"));
        secretariat.submit_and_follow(&convocation.form());
        let page = checked(browser.open(&path));
        page.shows("Sin respuesta").hides("Editar sesión").hides("Siguiente paso");
        let reply = checked(browser.open(&page.link("Responder")));
        checked(browser.submit(&reply.form()).expect(422));
        let form = reply.form().set("reply", "attends").set("person", "Ana Rojas");
        browser.submit_and_follow(&form).shows("Asistirá: Ana Rojas");
        let proposed = checked(browser.open(&browser.open(&format!("{path}/agenda")).link("Proponer un punto")));
        let form = proposed.form().set("title", "Protocolo").set("reason", "Es urgente.");
        browser.submit_and_follow(&form).shows("Protocolo").shows("Por decidir").hides("Decidir");
        let agenda = checked(secretariat.open(&format!("{path}/agenda")));
        let decision = checked(secretariat.open(&agenda.link("Decidir")));
        checked(secretariat.submit(&decision.form().set("outcome", "declined")).expect(422)).shows("motivo");
        secretariat.submit_and_follow(&decision.form().set("outcome", "accepted")).shows("El punto quedó al final");
        checked(browser.open(&format!("{path}/agenda"))).shows("1. Protocolo");
        checked(secretariat.open(&format!("{path}/attendance"))).shows("1 de 1 presentes");
        secretariat.open(&path).shows("1 de 1 instituciones");
    }
}

on_both! {
    fn a_session_whose_minutes_are_approved_offers_no_changes_of_agenda_and_attendance(world) {
        let ceti = world.commission("CL", "CETI");
        let admin = world.admin();
        let body = json!({"commission_ids": [ceti], "kind": "ordinary", "title": "III sesión", "held": "2023-08-22", "status": "held"});
        let path = create(world, &body);
        let browser = Browser::of(world, &world.secretariat(&ceti));
        checked(browser.open(&path)).shows("Registrar asistencia").shows("Editar orden del día");
        admin.put(&format!("{path}/minutes"), json!({"body": "Texto"})).expect(200);
        admin.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
        let page = checked(browser.open(&path));
        page.hides("Registrar asistencia").hides("Editar orden del día").shows("Editar sesión");
        checked(browser.open(&page.link("Ver asistencia")));
        checked(browser.open(&page.link("Ver orden del día")));
    }
}

on_both! {
    fn a_session_is_cancelled_with_a_reason_and_those_convened_get_a_mail(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        world.member(&ceti, &interior, "member");
        world.representative(&interior);
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &world.secretariat(&ceti));
        checked(browser.open(&format!("{path}/cancellation"))).shows("no se envía ningún correo");
        let page = browser.open(&format!("{path}/convocation"));
        browser.submit_and_follow(&page.form());
        world.notices();
        let page = checked(browser.open(&format!("{path}/cancellation")));
        page.shows("Interior");
        checked(browser.submit(&page.form()).expect(422));
        checked(browser.submit_and_follow(&page.form().set("reason", "Sin sala."))).shows("Anulada");
        let mails = world.notices();
        assert!(mails.len() == 1 && mails[0].text.contains("Sin sala."), "{mails:?}");
        checked(browser.open(&format!("{path}/convocation"))).shows("La sesión está anulada");
        checked(browser.open(&format!("{path}/cancellation"))).hides("Anular sesión");
    }
}

on_both! {
    fn documents_are_attached_changed_and_removed(world) {
        let ceti = world.commission("CL", "CETI");
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let page = checked(browser.open(&format!("{path}/documents")));
        let form = page.form().set("title", "Anexo").file("file", "anexo.txt", b"contenido");
        let refused = checked(browser.submit(&form).expect(422));
        refused.shows("Archivo recibido: anexo.txt");
        let kept = refused.form().set("kind", "annex");
        let listed = checked(browser.submit_and_follow(&kept));
        let file = listed.link("Anexo");
        assert_eq!(browser.open(&file).bytes, b"contenido");
        let edit = checked(browser.open(&listed.link("Editar")));
        let form = edit.form().set("title", "Anexo II").set("url", "https://example.org/a.pdf");
        browser.submit_and_follow(&form).shows("Anexo II").shows("https://example.org/a.pdf");
        let page = browser.open(&format!("{path}/documents"));
        let removal = checked(browser.open(&page.link("Quitar")));
        browser.submit_and_follow(&removal.form()).shows("Todavía no hay documentos");
        let entry = browser.open(&format!("{path}/calendar.ics"));
        assert!(entry.text.contains("SUMMARY:Sesión de octubre"), "{}", entry.text);
    }
}

on_both! {
    fn the_documents_of_a_session_are_linked_for_those_who_may_fetch_them(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        world.member(&ceti, &interior, "member");
        let path = create(world, &planned(&[&ceti]));
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let reader = Browser::of(world, &world.representative(&interior));
        let page = checked(browser.open(&path));
        for link in ["Lista de asistencia para firmar (PDF)", "Borrador de la convocatoria (PDF)"] {
            assert!(browser.open(&page.link(link)).bytes.starts_with(b"%PDF"), "{link}");
        }
        checked(reader.open(&path)).hides("para firmar").hides("la convocatoria (PDF)");
        reader.get(&format!("{path}/attendance/document")).expect(403);
        browser.submit_and_follow(&browser.open(&format!("{path}/convocation")).form());
        for one in [&browser, &reader] {
            let page = checked(one.open(&format!("{path}/documents")));
            assert!(one.open(&page.link("Convocatoria enviada (PDF)")).bytes.starts_with(b"%PDF"));
        }
    }
}

on_both! {
    fn each_role_sees_and_does_what_the_api_lets_it(world) {
        let ceti = world.commission("CL", "CETI");
        let interior = world.institution("Interior");
        world.member(&ceti, &interior, "member");
        let path = create(world, &planned(&[&ceti]));
        let restricted = create(world, &with(planned(&[&ceti]), json!({"restricted": true, "title": "Reservada"})));
        let observer = Browser::of(world, &world.observer(&ceti));
        let representative = Browser::of(world, &world.representative(&interior));
        for browser in [&observer, &representative] {
            for page in ["", "/agenda", "/attendance", "/documents"] {
                checked(browser.open(&format!("{path}{page}")));
                browser.get(&format!("{restricted}{page}")).expect(404);
            }
            for page in ["/edit", "/convocation", "/cancellation"] {
                browser.get(&format!("{path}{page}")).expect(403);
                browser.post(&format!("{path}{page}"), &[]).expect(403);
                browser.get(&format!("{restricted}{page}")).expect(404);
            }
            for page in ["/agenda", "/attendance"] {
                browser.post(&format!("{path}{page}"), &[("0/title", "X")]).expect(403);
            }
            browser.get("/meetings/new").expect(403);
            let list = checked(browser.open("/meetings"));
            list.hides("Reservada").hides("Nueva sesión").hides("Por convocar").shows("Programada");
        }
        observer.post(&format!("{path}/documents"), &[("title", "X")]).expect(403);
        observer.get(&format!("{path}/agenda/proposals/new")).expect(403);
        observer.get(&format!("{path}/replies/{interior}")).expect(403);
        checked(representative.open(&format!("{path}/documents"))).hides("acta firmada");
        let stranger = Browser::of(world, &world.stranger());
        for address in [path.as_str(), "/meetings/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e", "/meetings/no"] {
            checked(stranger.get(address).expect(404));
        }
        let browser = Browser::of(world, &world.secretariat(&ceti));
        checked(browser.open("/meetings")).shows("Por convocar").shows("Reservada");
        checked(browser.open("/meetings?year=2022")).shows("Ninguna sesión próxima");
        checked(browser.open(&format!("/meetings?commission_id={ceti}&status=scheduled&year=2023"))).shows("Sesión de octubre");
        browser.get("/meetings?year=x").expect(400);
        browser.get("/meetings?unknown=1").expect(400);
        world.at("2023-12-01T12:00:00Z");
        let browser = Browser::of(world, &world.secretariat(&ceti));
        checked(browser.open("/meetings")).shows("2 sesiones anteriores").shows("Acta por circular").hides("Sin acta");
    }
}

on_both! {
    fn a_session_entered_by_mistake_is_deleted_until_it_is_convened(world) {
        let ceti = world.commission("CL", "CETI");
        world.member(&ceti, &world.institution("Interior"), "member");
        let browser = Browser::of(world, &world.secretariat(&ceti));
        let (mistake, kept) = (create(world, &planned(&[&ceti])), create(world, &planned(&[&ceti])));
        let page = checked(browser.open(&browser.open(&format!("{mistake}/edit")).link("Eliminar la sesión")));
        checked(browser.submit_and_follow(&page.form())).shows("La sesión quedó eliminada");
        browser.get(&mistake).expect(404);
        let convene = browser.open(&format!("{kept}/convocation"));
        browser.submit_and_follow(&convene.form());
        browser.open(&format!("{kept}/edit")).hides("Eliminar la sesión").shows("La sesión está convocada");
        checked(browser.open(&format!("{kept}/removal"))).shows("no se puede eliminar");
        checked(browser.post(&format!("{kept}/removal"), &[]).expect(409));
    }
}
