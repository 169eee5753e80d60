//! The base of forms: faults, dates in words, double clicks, two people at once, rows, forms of sessions that ended.

use std::thread;

use serde_json::{Value, json};

use super::well_formed;
use crate::on_both;
use crate::support::{Browser, FilledForm, Page, Person, World};

/// A commission with an institution, people of both, and one record of each kind.
struct Office<'w> {
    commission: String,
    institution: String,
    secretary: Person<'w>,
    representative: Person<'w>,
    meeting: String,
    agreement: String,
    commitment: String,
    part: String,
}

impl<'w> Office<'w> {
    fn new(world: &'w World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let body = json!({"name": "Ministerio de Trabajo", "sector": "government", "country_code": "PE"});
        let admin = world.admin();
        let institution = admin.post("/institutions", body).expect(201).id();
        world.member(&commission, &institution, "member");
        let meeting = json!({"commission_ids": [commission], "kind": "ordinary", "title": "Sesión de agosto", "held": "2023-08-01", "status": "held"});
        let meeting = admin.post("/meetings", meeting).expect(201).id();
        let agreement =
            json!({"commission_ids": [commission], "kind": "meeting_agreement", "title": "Acuerdo de agosto"});
        let agreement = admin.post("/agreements", agreement).expect(201).id();
        let commitment = json!({"commission_ids": [commission], "text": "Elaborar el protocolo", "assignments": [{"institution_id": institution}]});
        let made = admin.post("/commitments", commitment).expect(201);
        let (commitment, part) = (made.id(), made.json["assignments"][0]["id"].as_str().unwrap().to_owned());
        let (secretary, representative) = (world.secretariat(&commission), world.representative(&institution));
        Self { commission, institution, secretary, representative, meeting, agreement, commitment, part }
    }

    fn report(&self) -> String {
        format!("/commitments/{}/assignments/{}/report", self.commitment, self.part)
    }

    fn updates(&self) -> Vec<Value> {
        let path = format!("/commitments/{}/assignments/{}/updates", self.commitment, self.part);
        self.secretary.get(&path).expect(200).items().to_vec()
    }
}

/// Returns the number of records that a list has.
fn count(person: &Person<'_>, list: &str) -> usize {
    person.get(&format!("{list}?limit=200")).expect(200).items().len()
}

/// Returns the names of the fields of a form that take any text.
fn typed_in(page: &Page, action: &str) -> Vec<String> {
    let fields = ["input[type=text]", "input:not([type])", "textarea"];
    let own = fields.map(|field| format!("main form[action=\"{action}\"] {field}[name]")).join(", ");
    page.attributes(&own, "name")
}

/// Fails unless the page of a form says what is wrong with it.
#[track_caller]
fn is_refused(page: &Page) {
    assert!(page.texts("title")[0].starts_with("Error: "), "{}: {:?}", page.path, page.texts("title"));
    assert!(!page.texts(".errors[role=alert] a").is_empty(), "{}: no fault\n{}", page.path, page.words());
    well_formed::check(page);
}

on_both! {
    fn a_form_with_a_fault_keeps_everything_that_was_typed(world) {
        let office = Office::new(world);
        let (secretary, representative) = (Browser::of(world, &office.secretary), Browser::of(world, &office.representative));
        let part = format!("/commitments/{}/assignments/{}", office.commitment, office.part);
        for (browser, path) in [
            (&secretary, "/commitments/new".to_owned()),
            (&secretary, "/agreements/new".to_owned()),
            (&secretary, "/meetings/new".to_owned()),
            (&secretary, format!("/commitments/{}/edit", office.commitment)),
            (&secretary, format!("/agreements/{}/edit", office.agreement)),
            (&secretary, format!("/meetings/{}/edit", office.meeting)),
            (&secretary, format!("/meetings/{}/documents", office.meeting)),
            (&representative, format!("{part}/report")),
            (&representative, format!("{part}/extension")),
        ] {
            let page = browser.open(&path);
            let names = typed_in(&page, &path);
            let mut form = page.form();
            for (n, name) in names.iter().enumerate() {
                form = form.set(name, &format!("Marca <{n}> & «ñ»"));
            }
            let again = browser.submit(&form).expect(422);
            is_refused(&again);
            let shown = again.form();
            for (name, value) in &form.fields {
                if !["form_id", "etag"].contains(&name.as_str()) && !name.starts_with("understood/") {
                    assert!(shown.fields.contains(&(name.clone(), value.clone())), "{path}: {name} had {value:?}, has {:?}", shown.value(name));
                }
            }
        }
        assert_eq!(count(&office.secretary, "/commitments"), 1);
    }
}

on_both! {
    fn each_error_leads_to_its_field_in_the_language_of_the_reader(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let form = browser.open("/commitments/new").form().set("due", "cuando se pueda");
        let page = browser.submit(&form).expect(422);
        is_refused(&page);
        let fields = page.attributes(".errors a", "href");
        assert!(fields.contains(&"#text".to_owned()) && fields.contains(&"#due".to_owned()), "{fields:?}");
        for name in ["text", "due"] {
            let described = page.attributes(&format!("#{name}[aria-invalid=true]"), "aria-describedby");
            assert!(described[0].split(' ').any(|id| id == format!("{name}-fault")), "{described:?}");
        }
        browser.post("/me/language", &[("language", "en")]).expect(303);
        let english = browser.submit(&form).expect(422);
        is_refused(&english);
        assert_ne!(english.texts(".errors a"), page.texts(".errors a"));
    }
}

on_both! {
    fn a_date_in_words_is_shown_as_understood_before_it_is_saved(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let new = browser.open("/commitments/new").form().set("text", "Capacitar");
        for (typed, understood, saved) in [
            ("II trimestre 2024", "segundo trimestre de 2024", "2024-Q2"),
            ("30 de setiembre de 2024", "30 de setiembre de 2024", "2024-09-30"),
            ("setiembre de 2024", "setiembre de 2024", "2024-09"),
        ] {
            let before = count(&office.secretary, "/commitments");
            let page = browser.submit(&new.clone().set("form_id", "").set("due", typed)).expect(200);
            well_formed::check(&page);
            page.shows(&format!("Entendido como {understood}"));
            assert!(!page.texts("title")[0].starts_with("Error"), "{:?}", page.texts("title"));
            assert_eq!(page.form().value("due"), typed);
            assert_eq!(count(&office.secretary, "/commitments"), before, "{typed}: saved without having been shown");
            let id = record_of(&browser.submit(&page.form()));
            assert_eq!(office.secretary.get(&format!("/commitments/{id}")).expect(200).json["due"], saved);
        }
        for (typed, saved) in [
            ("2024-12-31", "2024-12-31"),
            ("2024-Q4", "2024-Q4"),
            ("2024", "2024"),
            ("31/12/2024", "2024-12-31"),
            ("31-12-2024", "2024-12-31"),
        ] {
            let sent = browser.submit(&new.clone().set("form_id", "").set("due", typed));
            assert_eq!(office.secretary.get(&format!("/commitments/{}", record_of(&sent))).expect(200).json["due"], saved);
        }
        let refused = browser.submit(&new.clone().set("form_id", "").set("due", "31/12/24")).expect(422);
        refused.shows("Escriba el año con sus cuatro cifras");
        assert_eq!(refused.form().value("due"), "31/12/24");
    }
}

on_both! {
    fn a_date_that_changed_after_it_was_shown_is_shown_again(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let new = browser.open("/commitments/new").form().set("text", "Capacitar").set("due", "II trimestre 2024");
        let shown = browser.submit(&new).expect(200).form();
        let again = browser.submit(&shown.set("due", "III trimestre 2024")).expect(200);
        again.shows("Entendido como tercer trimestre de 2024").hides("segundo trimestre");
        record_of(&browser.submit(&again.form()));
        assert_eq!(count(&office.secretary, "/commitments"), 2);
    }
}

/// Returns the id of the record to which a form leads.
#[track_caller]
fn record_of(sent: &Page) -> String {
    assert_eq!(sent.status, 303, "{}\n{}", sent.path, sent.words());
    sent.location().split(['/', '?']).find(|part| part.len() == 36).unwrap().to_owned()
}

on_both! {
    fn an_unchanged_date_of_a_record_asks_nothing(world) {
        let office = Office::new(world);
        let body = json!({"commission_ids": [office.commission], "text": "Con plazo", "due": "2024-06-30"});
        let id = office.secretary.post("/commitments", body).expect(201).id();
        let browser = Browser::of(world, &office.secretary);
        let form = browser.open(&format!("/commitments/{id}/edit")).form().set("text", "Con plazo y otro texto");
        browser.submit(&form).expect(303);
        let stored = office.secretary.get(&format!("/commitments/{id}")).expect(200).json;
        assert_eq!((&stored["text"], &stored["due"]), (&json!("Con plazo y otro texto"), &json!("2024-06-30")));
    }
}

/// Returns the forms that make a new record, filled in, and the list of each.
fn new_records(office: &Office<'_>, browser: &Browser<'_>) -> Vec<(FilledForm, &'static str)> {
    let new = |path: &str| browser.open(path).form();
    vec![
        (new("/commitments/new").set("text", "Capacitar"), "/commitments"),
        (new("/agreements/new").set("title", "Otro acuerdo").set("kind", "meeting_agreement"), "/agreements"),
        (new("/meetings/new").set("title", "Sesión de octubre").set("starts_at", "2023-10-02 10:00"), "/meetings"),
    ]
    .into_iter()
    .map(|(form, list)| (form.set("commission_ids", &office.commission), list))
    .collect()
}

on_both! {
    fn a_double_click_makes_one_record(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        for (form, list) in new_records(&office, &browser) {
            let before = count(&office.secretary, list);
            let first = browser.submit(&form).expect(303).location();
            assert_eq!(browser.submit(&form).expect(303).location(), first);
            assert_eq!(count(&office.secretary, list), before + 1, "{list}");
            browser.open(&first);
        }
        let report = browser.open(&office.report()).form().set("status", "in_progress").set("narrative", "Avanza");
        assert_eq!(browser.submit(&report).expect(303).location(), browser.submit(&report).expect(303).location());
        assert_eq!(office.updates().len(), 1);
        let edit = browser.open(&format!("/commitments/{}/edit", office.commitment)).form().set("text", "Otro texto");
        assert_eq!(browser.submit(&edit).expect(303).location(), browser.submit(&edit).expect(303).location());
    }
}

on_both! {
    fn two_clicks_at_the_same_moment_make_one_record(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let cookie = browser.cookie().unwrap();
        for (form, list) in new_records(&office, &browser) {
            let before = count(&office.secretary, list);
            let click = || Browser::new(world).with("cookie", &cookie).submit(&form).expect(303).location();
            let places: Vec<String> = thread::scope(|scope| {
                let clicks: Vec<_> = (0..4).map(|_| scope.spawn(click)).collect();
                clicks.into_iter().map(|click| click.join().unwrap()).collect()
            });
            assert!(places.iter().all(|place| *place == places[0]), "{places:?}");
            assert_eq!(count(&office.secretary, list), before + 1, "{list}");
        }
    }
}

on_both! {
    fn a_form_id_of_another_form_is_not_taken_for_this_one(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let form = browser.open("/commitments/new").form().set("text", "Capacitar");
        browser.submit(&form).expect(303);
        let other = browser.submit(&form.set("text", "Otro compromiso con la misma página"));
        assert_ne!(other.status, 303, "the second text was lost");
        other.shows("Otro compromiso con la misma página");
        browser.submit(&other.form()).expect(303);
        assert_eq!(count(&office.secretary, "/commitments"), 3);
    }
}

on_both! {
    fn of_two_people_who_change_a_record_neither_loses_a_text(world) {
        let office = Office::new(world);
        let colleague = world.coordinator("PE");
        let (ana, eva) = (Browser::of(world, &office.secretary), Browser::of(world, &colleague));
        for (path, call, field) in [
            (format!("/commitments/{}/edit", office.commitment), format!("/commitments/{}", office.commitment), "text"),
            (format!("/agreements/{}/edit", office.agreement), format!("/agreements/{}", office.agreement), "title"),
            (format!("/meetings/{}/edit", office.meeting), format!("/meetings/{}", office.meeting), "title"),
        ] {
            let stored = || office.secretary.get(&call).expect(200).json[field].as_str().unwrap().to_owned();
            let (of_ana, of_eva) = (ana.open(&path).form(), eva.open(&path).form());
            eva.submit(&of_eva.set(field, "El texto de Eva")).expect(303);
            let both = ana.submit(&of_ana.clone().set(field, "El texto de Ana")).expect(409);
            well_formed::check(&both);
            both.shows("Este registro cambió").shows("El texto de Eva");
            assert!(both.texts("title")[0].starts_with("Error: "), "{:?}", both.texts("title"));
            assert_eq!((both.form().value(field), stored().as_str()), ("El texto de Ana", "El texto de Eva"));
            ana.submit(&both.form()).expect(303);
            assert_eq!(stored(), "El texto de Ana");
            eva.submit(&of_ana.set(field, "Otra vez Eva")).expect(409);
        }
    }
}

on_both! {
    fn rows_are_added_and_removed_without_a_script(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("narrative", "Avanza").set("evidence/0/title", "Acta");
        let two = browser.submit(&form.set("add", "evidence")).expect(200);
        well_formed::check(&two);
        assert!(!two.texts("title")[0].starts_with("Error"));
        let two = two.form();
        assert!(two.fields.iter().any(|(name, _)| name == "evidence/1/title"), "{two:?}");
        assert_eq!((two.value("narrative"), two.value("evidence/0/title")), ("Avanza", "Acta"));
        let three = browser.submit(&two.set("evidence/1/title", "Lista").set("add", "evidence")).expect(200).form();
        let three = three.set("evidence/2/title", "Foto").set("status", "in_progress");
        let left = browser.submit(&three.set("remove", "evidence/0")).expect(200).form();
        assert_eq!((left.value("evidence/0/title"), left.value("evidence/1/title")), ("Lista", "Foto"));
        assert!(office.updates().is_empty(), "a button of a row has sent the form");
        browser.submit(&left).expect(303);
        let titles: Vec<Value> = office.updates()[0]["evidence"].as_array().unwrap().iter().map(|one| one["title"].clone()).collect();
        assert_eq!(titles, ["Lista", "Foto"]);
    }
}

on_both! {
    fn a_file_that_was_sent_is_kept_when_another_field_is_at_fault(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("status", "in_progress").set("evidence/0/title", "Nota");
        let refused = browser.submit(&form.file("evidence/0/file", "nota.txt", b"una nota")).expect(422);
        is_refused(&refused);
        refused.shows("nota.txt");
        let again = refused.form();
        assert_eq!(again.value("evidence/0/file_id").len(), 36);
        browser.submit(&again.set("narrative", "Avanza")).expect(303);
        let file = office.updates()[0]["evidence"][0]["file_id"].as_str().unwrap().to_owned();
        assert_eq!(browser.open(&format!("/files/{file}")).bytes, b"una nota");
    }
}

on_both! {
    fn a_program_as_a_file_is_a_fault_of_its_field_and_nothing_is_lost(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("status", "in_progress").set("narrative", "Un texto largo");
        let form = form.set("evidence/0/title", "Programa").file("evidence/0/file", "a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0");
        let refused = browser.submit(&form).expect(422);
        is_refused(&refused);
        assert_eq!(refused.form().value("narrative"), "Un texto largo");
        assert!(office.updates().is_empty());
    }
}

on_both! {
    fn a_refused_file_is_a_fault_of_the_row_in_which_it_was_sent(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("status", "in_progress").set("narrative", "Texto");
        let form = browser.submit(&form.set("add", "evidence")).expect(200).form();
        let form = form.set("evidence/1/title", "Nota").set("evidence/1/url", "sin protocolo");
        let form = browser.submit(&form.set("add", "evidence")).expect(200).form();
        let form = form.file("evidence/2/file", "a.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0");
        let refused = browser.submit(&form).expect(422);
        is_refused(&refused);
        // The first row is empty, and is not sent to the API.
        assert_eq!(refused.attributes(".errors a", "href"), ["#evidence-2-file", "#evidence-1-url"]);
        assert_eq!(refused.form().value("evidence/1/title"), "Nota");
    }
}

on_both! {
    fn what_was_saved_with_personal_data_is_warned_of_on_the_next_page(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("status", "in_progress");
        let form = form.set("narrative", "Se atendió a la persona de RUT 12.345.678-5.");
        let next = browser.submit(&form).expect(303).location();
        assert!(next.contains("warned=rut") && !next.contains("12.345"), "{next}");
        let page = browser.open(&next);
        well_formed::check(&page);
        page.shows("Conviene revisar el texto").shows("El texto parece contener el RUT de una persona");
        browser.open(&next.replace("rut", "otra-cosa")).hides("Conviene revisar");
    }
}

on_both! {
    fn a_form_of_a_session_that_ended_is_kept_for_its_person_alone(world) {
        let office = Office::new(world);
        let other = world.representative(&office.institution);
        let browser = Browser::of(world, &office.representative);
        let form = browser.open(&office.report()).form().set("status", "in_progress").set("narrative", "Un texto de media hora");
        world.at("2023-09-01T13:05:00Z");
        for form in [form.clone(), form.set("evidence/0/title", "Nota").file("evidence/0/file", "nota.txt", b"una nota")] {
            let to = browser.submit(&form).expect(303).location();
            assert!(to.starts_with("/sign-in?") && to.contains("kept=1"), "{to}");
            browser.open(&to).shows("La sesión había terminado");
        }
        assert!(office.updates().is_empty(), "something was done");
        Browser::of(world, &other).open(&office.report()).hides("media hora");
        let again = Browser::of(world, &office.representative);
        let page = again.open(&office.report());
        well_formed::check(&page);
        page.shows("no se ha enviado");
        assert_eq!((page.form().value("narrative"), page.form().value("evidence/0/title")), ("Un texto de media hora", "Nota"));
        again.open(&format!("{}?original=true", office.report())).hides("media hora");
        again.submit(&page.form()).expect(303);
        assert_eq!(office.updates()[0]["narrative"], "Un texto de media hora");
        again.open(&office.report()).hides("no se ha enviado");
    }
}

on_both! {
    fn a_kept_text_is_not_sent_over_what_somebody_changed_since(world) {
        let office = Office::new(world);
        let path = format!("/commitments/{}/edit", office.commitment);
        let browser = Browser::of(world, &office.secretary);
        let form = browser.open(&path).form().set("text", "El texto guardado");
        world.at("2023-09-01T13:05:00Z");
        browser.submit(&form).expect(303);
        let colleague = Browser::of(world, &world.coordinator("PE"));
        colleague.submit(&colleague.open(&path).form().set("text", "El texto nuevo")).expect(303);
        let again = Browser::of(world, &office.secretary);
        let page = again.open(&path);
        page.shows("no se ha enviado");
        assert_eq!(page.form().value("text"), "El texto guardado");
        let answer = again.submit(&page.form());
        let stored = office.secretary.get(&format!("/commitments/{}", office.commitment)).expect(200).json["text"].clone();
        assert!(answer.status == 409 && stored == "El texto nuevo", "{}: the colleague's text was overwritten unseen: {stored}", answer.status);
    }
}

/// Returns a record without the moments of its changes.
fn content(person: &Person<'_>, path: &str) -> Value {
    let mut json = person.get(path).expect(200).json;
    for name in ["updated_at", "sequence", "version"] {
        json.as_object_mut().and_then(|fields| fields.remove(name));
    }
    json
}

on_both! {
    fn a_form_that_nobody_touched_changes_nothing(world) {
        let office = Office::new(world);
        let (admin, commission, institution) = (world.admin(), &office.commission, &office.institution);
        let other = admin.post("/institutions", json!({"name": "Otra", "sector": "workers", "country_code": "PE"})).expect(201).id();
        let plan = admin.post("/plans", json!({"country_code": "PE", "kind": "work_plan", "title": "Plan", "commission_ids": [commission]})).expect(201).id();
        let item = admin.post(&format!("/plans/{plan}/items"), json!({"kind": "action", "title": "Acción"})).expect(201).id();
        let meeting = format!("/meetings/{}", office.meeting);
        let agenda = json!([{"title": "Primero", "kind": "information", "presenter": "Ana", "outcome": "Se informó"}, {"title": "Segundo", "kind": "decision", "commission_id": commission}]);
        let agenda = admin.put(&format!("{meeting}/agenda"), agenda).expect(200).json;
        let point = agenda["items"][0]["id"].as_str().or(agenda[0]["id"].as_str()).unwrap().to_owned();
        admin.put(&format!("{meeting}/attendance"), json!([{"institution_id": institution, "status": "present", "capacity": "principal", "person": "Ana Rojas", "arrived_at": "2023-08-01T15:10:30Z", "left_at": "2023-08-01T16:10:00Z"}, {"institution_id": other, "status": "excused"}])).expect(200);
        admin.put(&format!("{meeting}/minutes"), json!({"body": "# Acta\n\nCon *texto*,\n\n- y lista\n"})).expect(200);
        let document = admin.post(&format!("{meeting}/documents"), json!({"title": "Anexo", "kind": "annex", "url": "https://example.org/anexo", "dated": "2023-Q2"})).expect(201).id();
        let full = json!({"commission_ids": [commission], "text": "Con todo\n\ny dos párrafos", "meeting_id": office.meeting, "agreement_id": office.agreement, "agenda_item_id": point, "themes": ["child_labour"], "plan_item_ids": [item], "due": "2024-06-30", "due_text": "a mediados de año", "completion_rule": {"at_least": 1}, "follow_up_institution_id": other, "beneficiary_ids": [other], "depends_on_ids": [office.commitment], "attachments": [{"title": "Nota", "url": "https://example.org/nota"}, {"title": "Oficio", "url": "https://example.org/oficio"}], "assignments": [{"institution_id": institution, "target": {"quantity": 2.5, "unit": "talleres"}}, {"institution_id": other, "due": "2024-Q1"}]});
        let full = admin.post("/commitments", full).expect(201).id();
        let counted = json!({"commission_ids": [commission], "text": "Contado", "due_rule": {"count": 10, "unit": "business_days", "from": "2023-08-01"}, "completion_rule": "any", "restricted": true, "assignments": [{"institution_id": institution}]});
        let counted = admin.post("/commitments", counted).expect(201).id();
        let agreement = json!({"commission_ids": [commission], "kind": "cooperation_agreement", "title": "Convenio", "text": "Texto\nlargo", "number": "7", "meeting_id": office.meeting, "agenda_item_id": point, "adopted": "2023-08", "adoption": {"method": "majority", "for": 1, "against": 0, "abstained": 0}, "in_force_from": "2023-10-01", "scope": "national", "themes": ["child_labour"], "when_text": "a fin de año", "document_url": "https://example.org/d", "status": "in_force", "restricted": true, "parties": [{"institution_id": institution, "side": "Perú"}, {"name": "Otra parte"}], "attachments": [{"title": "Convenio", "url": "https://example.org/c"}]});
        let agreement = admin.post("/agreements", agreement).expect(201).id();
        let sitting = json!({"commission_ids": [commission], "kind": "extraordinary", "title": "Sesión", "starts_at": "2023-08-02T15:00:30Z", "ends_at": "2023-08-02T17:00:00Z", "started_at": "2023-08-02T15:10:00Z", "ended_at": "2023-08-02T16:50:00Z", "call": "second", "ordinal": 12, "modality": "hybrid", "place": "Lima", "url": "https://example.org/sala", "status": "held", "restricted": true});
        let sitting = admin.post("/meetings", sitting).expect(201).id();
        let browser = Browser::of(world, &office.secretary);
        let mut broken = Vec::new();
        for (path, call) in [
            (format!("/commitments/{full}/edit"), format!("/commitments/{full}")),
            (format!("/commitments/{counted}/edit"), format!("/commitments/{counted}")),
            (format!("/agreements/{agreement}/edit"), format!("/agreements/{agreement}")),
            (format!("/meetings/{sitting}/edit"), format!("/meetings/{sitting}")),
            (format!("{meeting}/edit"), meeting.clone()),
            (format!("{meeting}/agenda"), format!("{meeting}/agenda")),
            (format!("{meeting}/attendance"), format!("{meeting}/attendance")),
            (format!("{meeting}/minutes"), format!("{meeting}/minutes")),
            (format!("{meeting}/documents/{document}/edit"), format!("{meeting}/documents/{document}")),
            ("/me/notifications".to_owned(), "/me/notifications".to_owned()),
            ("/me".to_owned(), "/me".to_owned()),
        ] {
            let before = content(&office.secretary, &call);
            let mut sent = browser.submit(&browser.open(&path).form());
            if sent.status == 200 {
                broken.push(format!("{path}: asks about what it shows"));
                sent = browser.submit(&sent.form());
            }
            if sent.status != 303 {
                broken.push(format!("{path}: {} {:?}", sent.status, sent.texts(".errors, .fault")));
            }
            let after = content(&office.secretary, &call);
            if before != after {
                broken.push(format!("{path}:\n  before {before}\n  after  {after}"));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}

on_both! {
    fn fields_that_no_form_has_do_no_harm(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretary);
        let long = "x".repeat(20_000);
        let (edit, agenda) = (format!("/commitments/{}/edit", office.commitment), format!("/meetings/{}/agenda", office.meeting));
        for path in ["/commitments/new", "/agreements/new", "/meetings/new", &edit, &agenda, &office.report()] {
            for (name, value) in [
                ("", "x"), ("/", "x"), ("a//b", "x"), ("assignments/999999999999999999999/institution_id", "x"),
                ("assignments/499/institution_id", "x"), ("assignments", "x"), ("assignments/-", "x"), ("text/0/1/2", "x"),
                ("commission_ids/a", "x"), ("0", "x"), ("499/title", "x"), ("0/title", "nul \0"), ("text", "nul \0"),
                ("title", "nul \0"), ("due", "nul \0"), ("evidence/0", "x"), ("understood/due", "x"), ("form_id", "x"),
                ("etag", "x"), ("add", "/"), ("add", "nada"), ("remove", "evidence/99"), ("remove", "x"), ("up", "0"),
                ("down", "499"), (&long, "x"), ("title", &long), ("__proto__", "x"),
            ] {
                let form = browser.open(path).form().mark(name, value);
                let answer = browser.submit(&form);
                assert!(answer.status < 500, "{path} {:?}={:?}: {}", &name[..name.len().min(60)], &value[..value.len().min(60)], answer.words());
            }
        }
    }
}
