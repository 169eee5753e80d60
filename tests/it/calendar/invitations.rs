//! Convening a session, changing it, calling it off: what arrives, and what a calendar program makes of it (RFC 5546).

use icalendar::Component;
use serde_json::{Value, json};

use super::{event, read, value, zone};
use crate::on_both;
use crate::support::{Mail, Person, World};

/// Chile's committee with four members: delegates speak for Minsal, a representative for Mineduc, Dipres has an
/// address, Senda nothing at all.
struct Scene<'w> {
    ceti: String,
    members: [String; 4],
    representative: Person<'w>,
    secretariat: Person<'w>,
    colleague: Person<'w>,
}

impl<'w> Scene<'w> {
    fn new(world: &'w World) -> Self {
        let ceti = world.commission("CL", "CETI");
        let members = ["Minsal", "Mineduc", "Dipres", "Senda"].map(|name| world.institution(name));
        for member in &members {
            world.member(&ceti, member, "member");
        }
        let admin = world.admin();
        for (n, capacity) in [(1, "principal"), (2, "alternate")] {
            let delegate = json!({"institution_id": members[0], "capacity": capacity, "name": format!("Delegada {n}"), "email": format!("delegada{n}@minsal.example")});
            admin.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        }
        let former = json!({"institution_id": members[0], "capacity": "principal", "name": "Antes", "email": "antes@minsal.example", "to": "2023-08-31"});
        admin.post(&format!("/commissions/{ceti}/delegates"), former).expect(201);
        admin.patch(&format!("/institutions/{}", members[2]), json!({"email": "oficina@dipres.example"})).expect(200);
        let representative = world.representative(&members[1]);
        let (secretariat, colleague) = (world.secretariat(&ceti), world.secretariat(&ceti));
        Self { representative, secretariat, colleague, ceti, members }
    }

    fn session(&self) -> Value {
        json!({"commission_ids": [self.ceti], "kind": "ordinary", "title": "Sesión ordinaria; número 4, con «ñ»", "place": "Santiago, piso 3", "starts_at": "2023-09-20T14:00:00Z", "ends_at": "2023-09-20T16:00:00Z"})
    }

    fn enter(&self, session: Value) -> String {
        format!("/meetings/{}", self.secretariat.post("/meetings", session).expect(201).id())
    }

    /// Everybody who is convened: delegates of today, the representative, the address, and the secretaries, who are
    /// told that nobody can be told at Senda.
    fn convened(&self) -> Vec<String> {
        let mut all = vec![
            "delegada1@minsal.example".to_owned(),
            "delegada2@minsal.example".into(),
            "oficina@dipres.example".into(),
        ];
        all.extend([&self.representative, &self.secretariat, &self.colleague].map(|person| person.email.clone()));
        all.sort();
        all
    }
}

fn addresses(mails: &[Mail]) -> Vec<&str> {
    mails.iter().map(|mail| mail.to.as_str()).collect()
}

/// Checks the requirements of RFC 5546, 3.2 on a `REQUEST` and a `CANCEL`, and that part and object state the same method.
#[track_caller]
fn is_itip(mail: &Mail, method: &str) -> icalendar::Event {
    let (media_type, content) = mail.invitation.as_ref().unwrap();
    assert!(
        media_type.starts_with("text/calendar") && media_type.contains(&format!("method={method}")),
        "{media_type}"
    );
    let calendars = mail.attachments.iter().filter(|(name, _)| name.ends_with(".ics"));
    assert_eq!(calendars.map(|(_, body)| body).collect::<Vec<_>>(), [content]);
    let calendar = read(content);
    assert_eq!((calendar.property_value("METHOD"), calendar.property_value("VERSION")), (Some(method), Some("2.0")));
    assert!(calendar.property_value("PRODID").is_some());
    let event = event(&calendar);
    for name in ["UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "ORGANIZER", "STATUS"] {
        value(&event, name);
    }
    let attendees: Vec<_> = event.get_attendees().iter().map(|one| one.cal_address.clone()).collect();
    assert_eq!(attendees, [format!("mailto:{}", mail.to)]);
    let organizer = mail.reply_to.first().unwrap_or(&mail.from);
    assert_eq!(value(&event, "ORGANIZER"), format!("mailto:{organizer}"));
    event
}

on_both! {
    fn a_convocation_reaches_the_people_of_every_member_and_tells_who_cannot_be_reached(world) {
        let scene = Scene::new(world);
        let path = scene.enter(scene.session());
        assert_eq!(scene.secretariat.get(&path).json["convened_at"], json!(null));
        assert!(world.notices().is_empty(), "entering a session mails nobody");
        let convened = scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        assert_eq!(convened.json["convened_at"], "2023-09-01T12:00:00Z");
        let mails = world.notices();
        assert_eq!(addresses(&mails), scene.convened());
        assert!(mails.iter().all(|mail| mail.kind == "convocation"));
        let told = mails.iter().find(|mail| mail.to == scene.secretariat.email).unwrap();
        assert!(told.text.contains("no hay delegados, representantes ni correo registrados de: Senda."), "{}", told.text);
        let event = is_itip(&mails[0], "REQUEST");
        assert_eq!((value(&event, "SEQUENCE"), value(&event, "STATUS")), ("0", "CONFIRMED"));
        assert_eq!((value(&event, "DTSTART"), value(&event, "DTEND")), ("20230920T110000", "20230920T130000"));
        assert_eq!(zone(&event, "DTSTART"), "America/Santiago");
        assert_eq!(event.get_summary(), Some("Sesión ordinaria; número 4, con «ñ»"));
        assert_eq!(value(&event, "LOCATION"), "Santiago, piso 3");
        let seen = scene.colleague.get("/reminders/deliveries?kind=convocation").expect(200);
        assert_eq!(seen.items().len(), 6);
        let audit = world.admin().get("/audit-log").expect(200);
        assert!(audit.items().iter().any(|line| line["action"] == "convened"));
    }
}

on_both! {
    fn a_change_is_sent_under_the_same_name_with_a_higher_number_and_says_what_changed(world) {
        let scene = Scene::new(world);
        let path = scene.enter(scene.session());
        scene.secretariat.patch(&path, json!({"place": "Sala 1"})).expect(200);
        assert!(world.notices().is_empty(), "nobody was convened yet");
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        let first = is_itip(&world.notices()[0], "REQUEST");
        scene.secretariat.patch(&path, json!({"ordinal": 4})).expect(200);
        assert!(world.notices().is_empty(), "the invitation does not tell the number");
        scene.secretariat.patch(&path, json!({"place": "Sala 2", "starts_at": "2023-09-20T15:00:00Z"})).expect(200);
        let mails = world.notices();
        assert_eq!(addresses(&mails), scene.convened());
        assert!(mails.iter().all(|mail| mail.kind == "session_changed" && mail.text.contains("Cambió: la fecha o la hora, el lugar.")));
        let second = is_itip(&mails[0], "REQUEST");
        assert_eq!(value(&first, "UID"), value(&second, "UID"));
        assert_eq!((value(&first, "SEQUENCE"), value(&second, "SEQUENCE")), ("1", "3"));
        assert_eq!(value(&second, "DTSTART"), "20230920T120000");
        let agenda = json!([{"title": "Plan 2024", "kind": "decision"}]);
        scene.secretariat.put(&format!("{path}/agenda"), agenda.clone()).expect(200);
        let mails = world.notices();
        assert_eq!(addresses(&mails), scene.convened());
        let third = is_itip(&mails[0], "REQUEST");
        assert!(mails[0].text.contains("Cambió: el orden del día.") && mails[0].text.contains("1. Plan 2024"), "{}", mails[0].text);
        assert_eq!((value(&third, "SEQUENCE"), value(&third, "DESCRIPTION")), ("4", "Plan 2024"));
        scene.secretariat.put(&format!("{path}/agenda"), agenda).expect(200);
        assert!(world.notices().is_empty(), "it is the same agenda");
        world.at("2023-09-20T16:00:01Z");
        scene.secretariat.patch(&path, json!({"place": "Sala 3"})).expect(200);
        scene.secretariat.put(&format!("{path}/agenda"), json!([])).expect(200);
        assert!(world.notices().is_empty(), "the session is over");
    }
}

on_both! {
    fn calling_a_session_off_withdraws_the_invitation_with_the_reason(world) {
        let scene = Scene::new(world);
        let quiet = scene.enter(scene.session());
        scene.secretariat.post(&format!("{quiet}/cancellation"), json!({"reason": "Duplicada"})).expect(200);
        assert!(world.notices().is_empty(), "nobody was convened");
        let path = scene.enter(scene.session());
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        assert_eq!(scene.secretariat.delete(&path).expect(409).code(), "in_use");
        let first = is_itip(&world.notices()[0], "REQUEST");
        let off = scene.secretariat.post(&format!("{path}/cancellation"), json!({"reason": "Falta de quórum"})).expect(200);
        assert_eq!(off.json["convened_at"], json!(null));
        let mails = world.notices();
        assert_eq!(addresses(&mails), scene.convened());
        assert!(mails.iter().all(|mail| mail.kind == "session_cancelled" && mail.text.contains("Motivo: Falta de quórum")));
        let last = is_itip(&mails[0], "CANCEL");
        assert_eq!((value(&last, "UID"), value(&last, "STATUS")), (value(&first, "UID"), "CANCELLED"));
        assert_eq!((value(&first, "SEQUENCE"), value(&last, "SEQUENCE")), ("0", "1"));
        assert_eq!(scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(409).code(), "meeting_cancelled");
        scene.secretariat.patch(&path, json!({"status": "scheduled"})).expect(200);
        assert!(world.notices().is_empty(), "only a convocation mails an invitation");
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        assert_eq!(value(&is_itip(&world.notices()[0], "REQUEST"), "SEQUENCE"), "2");
        scene.secretariat.patch(&path, json!({"status": "cancelled"})).expect(200);
        assert_eq!(value(&is_itip(&world.notices()[0], "CANCEL"), "SEQUENCE"), "3");
    }
}

on_both! {
    fn what_is_over_or_has_no_day_cannot_be_convened(world) {
        let scene = Scene::new(world);
        for (change, code) in [
            (json!({"starts_at": "2023-08-20T14:00:00Z", "ends_at": null}), "meeting_over"),
            (json!({"status": "held"}), "meeting_over"),
            (json!({"starts_at": null, "ends_at": null, "held": "2023-08-31"}), "meeting_over"),
            (json!({"starts_at": null, "ends_at": null, "held": "2023-10"}), "meeting_undated"),
        ] {
            let mut session = scene.session();
            session.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let path = scene.enter(session);
            let refused = scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(409);
            assert_eq!(refused.code(), code);
        }
        let day = scene.enter(json!({"commission_ids": [scene.ceti], "kind": "working", "title": "Taller", "held": "2023-10-04"}));
        scene.secretariat.call("POST", &format!("{day}/convocation"), None).expect(200);
        let event = is_itip(&world.notices()[0], "REQUEST");
        assert_eq!((value(&event, "DTSTART"), value(&event, "DTEND")), ("20231004", "20231005"));
        scene.representative.call("POST", &format!("{day}/convocation"), None).expect(403);
    }
}

on_both! {
    fn a_restricted_session_is_made_known_to_those_on_its_list_alone(world) {
        let scene = Scene::new(world);
        let mut session = scene.session();
        session["restricted"] = json!(true);
        let path = scene.enter(session);
        scene.secretariat.put(&format!("{path}/attendance"), json!([{"institution_id": scene.members[2], "status": "absent"}])).expect(200);
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        // The member on the list has an address of its own but no person, so the secretariats learn that it was not
        // reached.
        let mails = world.notices();
        assert!(!addresses(&mails).contains(&"oficina@dipres.example"));
        assert!(addresses(&mails).iter().all(|address| address.starts_with("secretariat")) && !mails.is_empty());
        scene.representative.get(&path).expect(404);
    }
}

/// Returns the attached documents of a mail: name and content.
fn documents(mail: &Mail) -> Vec<&(String, String)> {
    mail.attachments.iter().filter(|(name, _)| name.ends_with(".pdf")).collect()
}

on_both! {
    fn an_invitation_carries_the_convocation_as_it_was_sent(world) {
        let scene = Scene::new(world);
        let path = scene.enter(scene.session());
        scene.secretariat.put(&format!("{path}/agenda"), json!([{"title": "Seguimiento", "kind": "follow_up"}])).expect(200);
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        let mails = world.notices();
        let sent = scene.secretariat.get(&format!("{path}/convocation/document?format=pdf&lang=es&version=1")).expect(200);
        for mail in &mails {
            let [(name, content)] = documents(mail)[..] else { panic!("{:?}", documents(mail).len()) };
            assert!(name.starts_with("convocatoria-") && content.starts_with("%PDF"), "{name}");
            assert!(*content == String::from_utf8_lossy(&sent.bytes), "the file of the API");
        }
        assert_eq!(mails.len(), 6);
        scene.secretariat.patch(&path, json!({"place": "Sala 2"})).expect(200);
        assert!(world.notices().iter().all(|mail| documents(mail).is_empty()), "a change has no document");
    }
}

on_both! {
    fn an_invitation_to_a_restricted_session_has_a_link_alone(world) {
        let scene = Scene::new(world);
        let mut session = scene.session();
        session["restricted"] = json!(true);
        let path = scene.enter(session);
        scene.secretariat.put(&format!("{path}/attendance"), json!([{"institution_id": scene.members[1], "status": "absent"}])).expect(200);
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        let mails = world.notices();
        assert!(addresses(&mails).contains(&scene.representative.email.as_str()));
        assert!(mails.iter().all(|mail| documents(mail).is_empty()));
    }
}

on_both! {
    fn a_second_convocation_reaches_who_has_joined_meanwhile(world) {
        let scene = Scene::new(world);
        let path = scene.enter(scene.session());
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        world.notices();
        let joined = world.institution("Sernam");
        world.admin().patch(&format!("/institutions/{joined}"), json!({"email": "gabinete@sernam.example"})).expect(200);
        world.member(&scene.ceti, &joined, "guest");
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        let mails = world.notices();
        assert_eq!(mails.len(), 7);
        assert!(addresses(&mails).contains(&"gabinete@sernam.example"));
        assert_eq!(value(&is_itip(&mails[0], "REQUEST"), "SEQUENCE"), "0");
    }
}

on_both! {
    fn who_is_no_longer_convened_is_told_so_and_hears_nothing_else(world) {
        let scene = Scene::new(world);
        let other = world.commission("CL", "MESA");
        let guest = world.institution("Alcaldía");
        world.admin().patch(&format!("/institutions/{guest}"), json!({"email": "alcaldia@example.org"})).expect(200);
        world.member(&other, &guest, "member");
        let coordinator = world.coordinator("CL");
        let mut session = scene.session();
        session["commission_ids"] = json!([scene.ceti, other]);
        let path = format!("/meetings/{}", coordinator.post("/meetings", session).expect(201).id());
        coordinator.call("POST", &format!("{path}/convocation"), None).expect(200);
        assert!(addresses(&world.notices()).contains(&"alcaldia@example.org"));
        coordinator.patch(&path, json!({"commission_ids": [scene.ceti], "place": "Sala secreta"})).expect(200);
        let mails = world.notices();
        let left: Vec<_> = mails.iter().filter(|mail| mail.to == "alcaldia@example.org").collect();
        assert_eq!(left.len(), 1);
        let event = is_itip(left[0], "CANCEL");
        assert_eq!((value(&event, "SEQUENCE"), left[0].kind.as_str()), ("1", "session_cancelled"));
        assert!(!left[0].text.contains("secreta") && !left[0].invitation.as_ref().unwrap().1.contains("secreta"));
        assert!(mails.iter().filter(|mail| mail.kind == "session_changed").count() > 3);
    }
}

on_both! {
    fn an_import_changes_a_convened_session_and_mails_nobody(world) {
        let scene = Scene::new(world);
        let path = scene.enter(scene.session());
        scene.secretariat.call("POST", &format!("{path}/convocation"), None).expect(200);
        world.notices();
        let admin = world.admin();
        let mut dataset = admin.get("/export?country_code=CL").expect(200).json;
        assert!(dataset["meetings"][0].get("convened_at").is_none());
        dataset["meetings"][0]["place"] = json!("Otro lugar");
        dataset["commitments"] = json!([{"key": "c1", "commissions": dataset["meetings"][0]["commissions"], "text": "Capacitar", "assignments": [{"institution": scene.members[2]}]}]);
        admin.post("/imports?dry_run=false", dataset).expect(200);
        let after = scene.secretariat.get(&path).expect(200);
        assert_eq!((&after.json["place"], &after.json["convened_at"]), (&json!("Otro lugar"), &json!("2023-09-01T12:00:00Z")));
        assert!(world.notices().is_empty());
    }
}
