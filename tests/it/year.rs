//! A year of three commissions: every act is mailed to exactly the right people, exactly once, nothing waits without a
//! reminder, and at the end nothing is pending.

use serde_json::{Value, json};

use crate::access_matrix::make_ready;
use crate::on_both;
use crate::reports::signing::documents;
use crate::support::{Mail, Person, World};

const ACRONYMS: [&str; 3] = ["CETI", "CAMTRAFOR", "MITP"];

/// Three commissions with their secretariats, a coordinator, and 20 institutions with one representative each.
struct Year<'w> {
    world: &'w World,
    commissions: Vec<String>,
    secretariats: Vec<Person<'w>>,
    coordinator: Person<'w>,
    institutions: Vec<String>,
    representatives: Vec<Person<'w>>,
}

/// The body of a report that the part is done.
fn completion(day: &str, quantity: Option<u32>) -> Value {
    json!({
        "reported_on": day, "status": "completed", "narrative": "Se hizo lo comprometido.", "quantity": quantity,
        "evidence": [{"title": "Informe", "url": "https://example.org/informe"}],
    })
}

impl<'w> Year<'w> {
    /// The first 12 institutions are members of all three commissions, the others of one each.
    fn new(world: &'w World) -> Self {
        world.at("2026-01-05T12:00:00Z");
        let commissions: Vec<String> = ACRONYMS.iter().map(|acronym| world.commission("CL", acronym)).collect();
        let institutions: Vec<String> = (1..=20).map(|n| world.institution(&format!("Institución {n:02}"))).collect();
        for (n, institution) in institutions.iter().enumerate() {
            let own = if n < 12 { &commissions[..] } else { &commissions[n % 3..=n % 3] };
            own.iter().for_each(|commission| drop(world.member(commission, institution, "member")));
        }
        Self {
            world,
            secretariats: commissions.iter().map(|commission| world.secretariat(commission)).collect(),
            coordinator: world.coordinator("CL"),
            representatives: institutions.iter().map(|institution| world.representative(institution)).collect(),
            commissions,
            institutions,
        }
    }

    /// Sends what waits and fails unless it is these mails: kind and recipients.
    #[track_caller]
    fn told(&self, expected: &[(&str, Vec<&Person<'w>>)]) -> Vec<Mail> {
        let mails = self.world.notices();
        let mut sent: Vec<(String, String)> = mails.iter().map(|mail| (mail.kind.clone(), mail.to.clone())).collect();
        let people = |(kind, people): &(&str, Vec<&Person<'w>>)| {
            let kind = (*kind).to_owned();
            people.iter().map(move |one| (kind.clone(), one.email.clone())).collect::<Vec<_>>()
        };
        let mut wanted: Vec<(String, String)> = expected.iter().flat_map(people).collect();
        sent.sort();
        wanted.sort();
        assert_eq!(sent, wanted);
        mails
    }

    /// Returns the reasons of what waits for a person, each with its number.
    fn pending(&self, person: &Person<'w>) -> Value {
        person.get("/me/pending").expect(200).json["counts"].clone()
    }

    fn everybody(&self) -> impl Iterator<Item = &Person<'w>> {
        self.secretariats.iter().chain([&self.coordinator]).chain(&self.representatives)
    }
}

/// The session of the year: created by one secretariat for all three, convened, held, minuted, approved.
fn session(year: &Year<'_>) -> (String, Vec<String>) {
    let [ceti, camtrafor, mitp] = &year.secretariats[..] else { panic!("three secretariats") };
    let everyone: Vec<&Person> = year.representatives.iter().collect();
    let body = json!({
        "commission_ids": year.commissions, "kind": "ordinary", "title": "I sesión conjunta", "ordinal": 1,
        "starts_at": "2026-03-26T13:00:00Z", "ends_at": "2026-03-26T15:00:00Z", "place": "Huérfanos 1273",
    });
    let meeting = ceti.post("/meetings", body).expect(201).id();
    let path = format!("/meetings/{meeting}");
    year.told(&[("joint_session", vec![camtrafor, mitp])]);
    let item = json!([{"title": "Plan de capacitación", "kind": "decision"}]);
    ceti.put(&format!("{path}/agenda"), item).expect(200);
    year.world.at("2026-03-10T12:00:00Z");
    camtrafor.call("POST", &format!("{path}/convocation"), None).expect(200);
    year.told(&[("convocation", everyone.clone())]);
    let reply = format!("{path}/replies/{}", year.institutions[3]);
    year.representatives[3].put(&reply, json!({"reply": "excused", "note": "Comisión de servicio"})).expect(200);
    year.told(&[("meeting_reply", vec![ceti, camtrafor, mitp])]);
    year.world.at("2026-03-25T15:00:00Z");
    year.told(&[("meeting_reminder", everyone.clone())]);
    year.told(&[]);

    year.world.at("2026-03-26T16:00:00Z");
    let attendance: Vec<Value> =
        year.institutions.iter().map(|id| json!({"institution_id": id, "status": "present"})).collect();
    let attended = mitp.put(&format!("{path}/attendance"), json!(attendance)).expect(200);
    assert_eq!(attended.items().len(), 20);
    ceti.patch(&path, json!({"status": "held"})).expect(200);
    year.told(&[]);
    let agreement = json!({
        "commission_ids": year.commissions, "kind": "meeting_agreement", "meeting_id": meeting, "number": "1",
        "title": "Capacitar en cada institución", "adopted": "2026-03-26",
    });
    let agreement = ceti.post("/agreements", agreement).expect(201).id();
    year.told(&[("joint_session", vec![camtrafor, mitp])]);
    let draft = |text: &str, due: &str, institutions: &[String], target: Value| {
        let parts: Vec<Value> = institutions.iter().map(|id| json!({"institution_id": id, "target": target})).collect();
        let body = json!({
            "commission_ids": [year.commissions[0]], "text": text, "due": due, "agreement_id": agreement,
            "meeting_id": meeting, "status": "draft", "assignments": parts,
        });
        ceti.post("/commitments", body).expect(201).id()
    };
    let target = json!({"quantity": 2, "unit": "capacitaciones"});
    let commitments = vec![
        draft("Capacitar a los equipos regionales", "2026-06-30", &year.institutions[..3], target),
        draft("Nombrar una contraparte", "2026-05-29", &year.institutions[3..5], Value::Null),
    ];
    year.told(&[]);
    year.representatives[0].get(&format!("/commitments/{}", commitments[0])).expect(404);

    year.world.at("2026-03-30T13:00:00Z");
    assert_eq!(year.pending(ceti)["minutes_to_circulate"], 1);
    ceti.put(&format!("{path}/minutes"), json!({"body": "Se trató el plan de capacitación."})).expect(200);
    ceti.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
    let mails = year.told(&[("minutes_circulated", everyone.clone())]);
    let (name, content) = &mails[0].attachments[0];
    assert!(name.starts_with("ACTA-CETI+CAMTRAFOR+MITP-2026") && content.starts_with("%PDF"), "{name}");
    assert_eq!(year.pending(&year.representatives[7])["minutes_open_for_comments"], 1);
    let comment = json!({"text": "Falta la intervención de la institución 08."});
    year.representatives[7].post(&format!("{path}/minutes/comments"), comment).expect(201);
    year.told(&[("minutes_commented", vec![ceti, camtrafor, mitp])]);
    year.world.at("2026-04-13T13:00:00Z");
    let approved = ceti.post(&format!("{path}/minutes/approval"), json!({})).expect(200);
    assert_eq!(approved.json["published"].as_array().map(Vec::len), Some(2));
    let owners: Vec<&Person> = year.representatives[..5].iter().collect();
    year.told(&[("minutes_approved", everyone), ("new_commitment", owners)]);
    (meeting, commitments)
}

/// Returns the address of an institution's part.
fn part(year: &Year<'_>, commitment: &str, institution: usize) -> String {
    let shown = year.secretariats[0].get(&format!("/commitments/{commitment}")).expect(200);
    let own = json!(year.institutions[institution]);
    let parts = shown.json["assignments"].as_array().unwrap();
    let part = parts.iter().find(|part| part["institution_id"] == own).unwrap();
    format!("/commitments/{commitment}/assignments/{}", part["id"].as_str().unwrap())
}

/// Sends the waiting mails and returns the reminders.
fn reminders(world: &World) -> Vec<Mail> {
    let mut mails = world.mails();
    mails.retain(|mail| mail.kind == "reminder");
    mails
}

/// The annual report of the year so far: drafted, a question given to a secretariat, confirmed, approved.
fn annual_report(year: &Year<'_>) -> String {
    let (coordinator, mitp) = (&year.coordinator, &year.secretariats[2]);
    let plan = json!({"country_code": "CL", "kind": "roadmap", "title": "Hoja de ruta"});
    let plan = coordinator.post("/plans", plan).expect(201).id();
    coordinator.post(&format!("/plans/{plan}/items"), json!({"kind": "priority", "title": "Prevenir"})).expect(201);
    let body = json!({
        "country_code": "CL", "template": "alliance87-annual", "period_from": "2026-01-01", "period_to": "2026-07-31",
        "roadmap_id": plan,
    });
    let report = coordinator.post("/reports", body).expect(201).id();
    year.told(&[]);
    let answer = format!("/reports/{report}/answers/difficulties");
    coordinator.put(&format!("{answer}/assignee"), json!({"commission_id": year.commissions[2]})).expect(200);
    year.told(&[("report_question_assigned", vec![mitp])]);
    assert_eq!(year.pending(mitp)["report_question_open"], 1);
    mitp.put(&answer, json!({"text": "Faltó presupuesto para capacitar en regiones."})).expect(200);
    assert!(year.pending(coordinator)["report_question_open"].as_u64() > Some(1));
    make_ready(coordinator, &report);
    coordinator.post(&format!("/reports/{report}/approval"), json!({})).expect(200);
    year.told(&[]);
    for person in [mitp, coordinator] {
        assert_eq!(year.pending(person), json!({}), "{}", person.email);
    }
    report
}

/// Returns the bytes of the acta and of the report, in every format and language.
fn issued(year: &Year<'_>, meeting: &str, report: &str) -> Vec<Vec<u8>> {
    let acta = |format: &str, lang: &str| {
        let path = format!("/meetings/{meeting}/minutes/document?format={format}&lang={lang}");
        year.coordinator.get(&path).expect(200).bytes
    };
    let actas = ["md", "docx", "pdf"].into_iter().flat_map(|format| ["es", "en"].map(|lang| acta(format, lang)));
    actas.chain(documents(&year.coordinator, report)).collect()
}

/// Renames every institution, and changes a quorum rule, a membership and a vote right.
fn rename_everything(year: &Year<'_>) {
    let (world, commission) = (year.world, &year.commissions[0]);
    world.at("2027-03-01T12:00:00Z");
    let admin = world.admin();
    for (n, institution) in year.institutions.iter().enumerate() {
        let name = json!({"name": format!("Otro nombre {n}")});
        admin.patch(&format!("/institutions/{institution}"), name).expect(200);
    }
    let quorum = json!({"quorum": {"fraction": "1/1", "strict": false}});
    admin.patch(&format!("/commissions/{commission}"), quorum).expect(200);
    let memberships = admin.get(&format!("/commissions/{commission}/memberships")).expect(200);
    let path =
        |n: usize| format!("/commissions/{commission}/memberships/{}", memberships.items()[n]["id"].as_str().unwrap());
    admin.patch(&path(0), json!({"has_vote": false})).expect(200);
    admin.patch(&path(1), json!({"to": "2026-12-31"})).expect(200);
}

on_both! {
    fn a_year_of_three_commissions_leaves_nobody_waiting(world) {
        let year = Year::new(world);
        let (meeting, commitments) = session(&year);
        let ceti = &year.secretariats[0];
        let [first, second, third, fourth, fifth, ..] = &year.representatives[..] else { panic!("20 people") };

        // More time is asked for, and another day is granted.
        world.at("2026-05-04T13:00:00Z");
        let own = part(&year, &commitments[0], 0);
        let request = json!({"requested_due": "2026-09-30", "reason": "Licitación en curso"});
        let extension = first.post(&format!("{own}/extensions"), request.clone()).expect(201).id();
        year.told(&[("extension_requested", vec![ceti])]);
        assert_eq!(first.post(&format!("{own}/extensions"), request).expect(409).code(), "extension_pending");
        assert_eq!(year.pending(ceti)["extension_pending"], 1);
        let decision = json!({"outcome": "granted", "due": "2026-08-31", "comment": "Hasta fines de agosto."});
        ceti.put(&format!("/extensions/{extension}/decision"), decision).expect(200);
        let mails = year.told(&[("extension_decided", vec![first])]);
        assert!(mails[0].text.contains("31 de agosto de 2026"), "{}", mails[0].text);
        assert_eq!(year.pending(ceti)["extension_pending"], Value::Null);

        // A completion below the target is returned, corrected and accepted; the review is withdrawn and given again.
        let other = part(&year, &commitments[0], 1);
        second.post(&format!("{other}/updates"), completion("2026-05-04", Some(1))).expect(201);
        year.told(&[("completion_review", vec![ceti])]);
        let update = ceti.get("/updates?verification=pending").expect(200).items()[0]["id"].as_str().unwrap().to_owned();
        let review = |outcome: Value, status: u16| ceti.put(&format!("/updates/{update}/review"), outcome).expect(status);
        assert_eq!(review(json!({"outcome": "accepted"}), 409).code(), "below_target");
        review(json!({"outcome": "accepted", "accept_below_target": true, "comment": "Una basta."}), 200);
        year.told(&[("update_accepted", vec![second])]);
        ceti.delete(&format!("/updates/{update}/review")).expect(204);
        year.told(&[("review_withdrawn", vec![second])]);
        review(json!({"outcome": "returned", "comment": "Falta una."}), 200);
        year.told(&[("update_returned", vec![second])]);
        assert_eq!(year.pending(second)["report_returned"], 1);
        let update = second.post(&format!("{other}/updates"), completion("2026-05-04", Some(2))).expect(201).id();
        year.told(&[("completion_review", vec![ceti])]);
        ceti.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        year.told(&[("update_accepted", vec![second])]);

        // A term is corrected; a part is cancelled and reopened; another will not be fulfilled.
        let late = part(&year, &commitments[1], 3);
        let correction = json!({"due": "2026-05-28", "correction_reason": "Error de tipeo"});
        ceti.patch(&late, correction).expect(200);
        year.told(&[("term_corrected", vec![fourth])]);
        let gone = part(&year, &commitments[0], 2);
        ceti.post(&format!("{gone}/cancellation"), json!({"reason": "Pasa a otra institución"})).expect(200);
        year.told(&[("assignment_cancelled", vec![third])]);
        ceti.post(&format!("{gone}/reopening"), json!({"reason": "Sigue a cargo"})).expect(200);
        year.told(&[("assignment_reopened", vec![third])]);
        let report = json!({"reported_on": "2026-05-04", "status": "not_achieved", "narrative": "Sin presupuesto."});
        third.post(&format!("{gone}/updates"), report).expect(201);
        year.told(&[("not_achieved", vec![ceti])]);

        // An activity is sent back, corrected and validated.
        let activity = json!({
            "country_code": "CL", "commission_ids": [year.commissions[0]], "kind": "training", "title": "Capacitación",
            "starts": "2026-04-20", "organizer_ids": [year.institutions[4]], "status": "submitted",
        });
        let activity = format!("/activities/{}", fifth.post("/activities", activity).expect(201).id());
        year.told(&[("activity_submitted", vec![ceti])]);
        ceti.post(&format!("{activity}/return"), json!({"reason": "Faltan participantes"})).expect(200);
        year.told(&[("activity_sent_back", vec![fifth])]);
        assert_eq!(year.pending(fifth)["activity_returned"], 1);
        fifth.patch(&activity, json!({"status": "submitted", "participants": {"total": 30}})).expect(200);
        year.told(&[("activity_submitted", vec![ceti])]);
        ceti.post("/activities/validation", json!({"ids": [activity.rsplit('/').next().unwrap()]})).expect(200);
        year.told(&[("activity_validated", vec![fifth])]);

        // What is late is reminded of, and reaches the coordinator in the end.
        let coordinator = &year.coordinator.email;
        let (mut reached, mut counted) = (false, 0);
        for day in 0..60 {
            let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 29).unwrap() + chrono::Days::new(day);
            world.at(&format!("{day}T16:00:00Z"));
            let reminders = reminders(world);
            reached |= reminders.iter().any(|mail| mail.to == *coordinator);
            assert!(reminders.iter().filter(|mail| mail.to == fourth.email).count() <= 1);
            for mail in reminders.iter().filter(|mail| mail.to == ceti.email && mail.text.contains("Plazo vencido (")) {
                let overdue = ceti.get("/commitments?overdue=true&count=true").expect(200).json["total"].clone();
                assert!(mail.text.contains(&format!("Plazo vencido ({overdue})")), "{overdue}: {}", mail.text);
                counted += 1;
            }
        }
        assert!(reached, "the coordinator hears after 30 days");
        assert!(counted > 3, "the secretariat hears every week from 14 days overdue: {counted}");
        assert_eq!(year.pending(&year.coordinator)["escalated"], 2);

        // Everything is reported and accepted: nothing waits any more.
        let last = [(fourth, late), (fifth, part(&year, &commitments[1], 4)), (first, own)];
        for (person, part) in last {
            let quantity = (person.email == first.email).then_some(2);
            let update = person.post(&format!("{part}/updates"), completion("2026-07-27", quantity)).expect(201).id();
            ceti.put(&format!("/updates/{update}/review"), json!({"outcome": "accepted"})).expect(200);
        }
        world.notices();
        world.at("2026-08-10T16:00:00Z");
        for person in year.everybody() {
            assert_eq!(year.pending(person), json!({}), "{}", person.email);
        }
        assert!(world.mails().is_empty());

        // The annual report is shared, confirmed and approved; then nothing that was issued changes any more.
        let report = annual_report(&year);
        let before = issued(&year, &meeting, &report);
        rename_everything(&year);
        assert!(issued(&year, &meeting, &report) == before, "an issued document differs");
    }
}
