//! A joint session of two commissions: created, convened, attended by 21 institutions, with an agreement and a
//! commitment; its minutes are circulated, commented and approved.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};

use crate::run::{Run, in_three_ways, link_in, representative, secretariat};
use crate::user::{MAIN, User};

in_three_ways!(walk);

/// The institutions of the session: 12 of each commission, 3 of them of both.
const INSTITUTIONS: usize = 21;

/// A session with the institutions of its commissions.
struct Session {
    id: String,
    own: String,
    other: String,
    institutions: Vec<String>,
}

impl Session {
    fn path(&self, page: &str) -> String {
        format!("/meetings/{}/{page}", self.id)
    }

    /// Opens a tab of the session.
    #[track_caller]
    fn open(&self, user: &User, page: &str) {
        let path = self.path(page);
        user.press_to(&format!("nav.tabs a[href='{path}']"), &path);
    }
}

fn walk(run: &Run) {
    let (own, other) = (run.commission("-a", "CL"), run.commission("-b", "CL"));
    let institutions: Vec<String> = (1..=INSTITUTIONS).map(|n| run.institution(&format!("{n:02}"), "CL")).collect();
    institutions.iter().take(12).for_each(|one| run.member(&own, one));
    institutions.iter().skip(9).for_each(|one| run.member(&other, one));
    let [officer, person] = run.people([secretariat(&own), representative(&institutions[20])]);

    let office = run.enters(&officer);
    let id = create(run, &office, &own, &other);
    let session = Session { id, own, other, institutions };
    agenda(run, &office, &session);
    convene(run, &office, &session, &person);
    hold(run, &office, &session);
    attendance(run, &office, &session);
    agreement(run, &office, &session);
    minutes(run, &office, &session);
    comment(run, &session, &person);
    approve(run, &office, &session);
}

fn local(days: i64, minutes: i64) -> String {
    let at = Utc::now() + TimeDelta::days(days) + TimeDelta::minutes(minutes);
    at.with_timezone(&chrono_tz::America::Santiago).format("%d/%m/%Y %H:%M").to_string()
}

/// Creates the session for tomorrow; returns its id.
fn create(run: &Run, office: &User, own: &str, other: &str) -> String {
    office.press_to("nav.main a[href='/meetings']", "/meetings");
    office.press_to("main a[href^='/meetings/new']", "/meetings/new");
    assert!(
        office.chrome.has(&format!("[name=commission_ids][value='{own}']:checked")),
        "its own commission is marked"
    );
    office.unfold("details:has([name=commission_ids])");
    office.choose(&format!("[name=commission_ids][value='{other}']"));
    office.select("#kind", "extraordinary");
    office.write("#title", &format!("Sesión conjunta {}", run.name));
    office.write("#starts_at", "mañana");
    office.press(MAIN);
    office.is_refused();
    assert!(office.chrome.has("#starts_at[aria-invalid=true]"));
    assert!(office.chrome.has(&format!("[name=commission_ids][value='{other}']:checked")));
    office.write("#starts_at", &local(1, 0));
    office.write("#ends_at", &local(1, 120));
    office.write("#place", "Santiago");
    office.press_to(MAIN, "/meetings/");
    office.is_confirmed(run.says("La sesión quedó creada.", "The session was created."));
    office.chrome.path().split(['/', '?']).nth(2).unwrap().to_owned()
}

fn agenda(run: &Run, office: &User, session: &Session) {
    session.open(office, "agenda");
    office.write("#row-0-title", "Cuenta del plan");
    office.press("main button[name=add]");
    office.write("#row-1-title", "Plan de fiscalización");
    office.press("main button[name=up][value='1']");
    assert_eq!(office.chrome.value("#row-0-title"), "Plan de fiscalización");
    office.press_to(MAIN, &session.path("agenda?done=agenda-saved"));
    office.is_confirmed(run.says("El orden del día quedó guardado.", "The agenda was saved."));
}

/// Convenes the institutions: the page says before who is mailed, and who cannot be reached.
fn convene(run: &Run, office: &User, session: &Session, person: &str) {
    office.press("nav.tabs li:first-child a");
    let path = session.path("convocation");
    office.press_to(&format!("main a[href='{path}']"), &path);
    office.sees(&format!("Institución {} 21", run.name));
    office.sees(&format!("Persona {} 1", run.name));
    office.sees(run.says("no se puede avisar", "cannot be notified"));
    office.press_to(MAIN, &format!("/meetings/{}?done=meeting-convened", session.id));
    let mail = run.demo.wait_for_mail(person, &format!("Sesión conjunta {}", run.name));
    assert!(mail.contains(&format!("/meetings/{}", session.id)), "{mail}");
}

/// Changes the session: it began some minutes ago.
fn hold(run: &Run, office: &User, session: &Session) {
    let path = session.path("edit");
    office.press_to(&format!("main a[href='{path}']"), &path);
    office.write("#starts_at", &local(0, -30));
    office.write("#ends_at", &local(0, 90));
    office.press_to(MAIN, &format!("/meetings/{}?done=meeting-changed", session.id));
    office.is_confirmed(run.says("Los cambios quedaron guardados.", "The changes were saved."));
}

fn attendance(run: &Run, office: &User, session: &Session) {
    session.open(office, "attendance");
    let rows = office.chrome.run("return document.querySelectorAll('.attendance tbody tr').length", Vec::new());
    assert_eq!(rows, json!(INSTITUTIONS));
    if run.has_scripts() {
        office.touch("button[data-mark-all=present]");
        office.sees("12 de 12 presentes");
    } else {
        office.press("button[name=all][value=present]");
        office.sees("12 of 12 present");
    }
    office.choose("[name='0/status'][value=absent]");
    office.choose("[name='1/status'][value=excused]");
    office.write("[name='2/person']", "Ana Rojas");
    office.press_to(MAIN, &session.path("attendance?done=attendance-saved"));
    office.is_confirmed(run.says("La asistencia quedó guardada.", "The attendance was saved."));
    office.sees(run.says("10 de 12 presentes", "10 of 12 present"));

    let sheet = run.record(&session.path("attendance"));
    let items = sheet["items"].as_array().unwrap();
    assert_eq!(items.len(), INSTITUTIONS, "{sheet}");
    let count = |status: &str| items.iter().filter(|one| one["status"] == json!(status)).count();
    assert_eq!((count("present"), count("absent"), count("excused")), (19, 1, 1), "{sheet}");
    assert!(items.iter().any(|one| one["person"] == json!("Ana Rojas")), "{sheet}");
}

/// Enters an agreement with a commitment of all members of one commission and of a single institution of the other.
fn agreement(run: &Run, office: &User, session: &Session) {
    session.open(office, "agreements");
    office.write("#number", "1");
    office.write("#title", "Aprobar el plan de fiscalización");
    office.write("#commitments-0-text", "Informar las fiscalizaciones del año.");
    office.write("#commitments-0-due", "2099-06-30");
    office.unfold("fieldset:has(#commitments-0-text) > details");
    office.choose(&format!("[name='commitments/0/members_of'][value='{}']", session.own));
    office.unfold("fieldset:has(#commitments-0-text) > details details");
    office.choose(&format!("[name='commitments/0/institution_ids'][value='{}']", session.institutions[20]));
    office.press_to(MAIN, &session.path("agreements?done=agreements-entered"));
    office.is_confirmed(run.says("Todo está guardado.", "Everything is saved."));
    office.sees("Aprobar el plan de fiscalización");

    let made = commitments(run, session);
    assert_eq!(made[0]["assignments"].as_array().unwrap().len(), 13, "{made}");
    assert_eq!(made[0]["status"], json!("draft"));
    assert_eq!(made[0]["commission_ids"], json!([session.own, session.other]));
}

fn commitments(run: &Run, session: &Session) -> Value {
    run.record(&format!("/commitments?meeting_id={}&status=draft,planned", session.id))["items"].clone()
}

/// Writes the minutes, looks at them, and circulates them.
fn minutes(run: &Run, office: &User, session: &Session) {
    session.open(office, "minutes");
    assert!(office.chrome.value("#body").contains("Plan de fiscalización"), "the template has the agenda");
    let text = "## Apertura\n\nSe abrió la sesión con *quórum*.\n\n## Cierre\n\nSe cerró la sesión.";
    office.write("#body", text);
    office.press("main button[name=preview]");
    assert!(office.chrome.has("#preview em"), "the preview shows the text as it will look");
    office.press_to(MAIN, &session.path("minutes?done=minutes-saved"));
    let path = session.path("minutes/circulation");
    office.press_to(&format!("main a[href='{path}']"), &path);
    office.unfold("main form .prose > details");
    office.sees(&format!("Persona {} 1", run.name));
    office.press_to(MAIN, &session.path("minutes?done=minutes-circulated"));
    office.is_confirmed(run.says("El acta está en circulación.", "The minutes are circulated."));
}

/// Comments as an institution, from the mail about the circulation.
fn comment(run: &Run, session: &Session, person: &str) {
    let path = session.path("minutes");
    let mail = run.demo.wait_for_mail(person, &path);
    let home = run.opens();
    home.go(&link_in(&mail, &path));
    home.sign_in(person);
    if home.chrome.path() == path {
        home.press(&format!("main a[href='{path}/comments']"));
    }
    home.write("#text", "La institución estuvo presente desde el comienzo.");
    home.press_to(MAIN, &format!("{path}/comments?done=minutes-commented"));
    home.is_confirmed(run.says("La observación está enviada.", "The comment is sent."));
    home.sees("La institución estuvo presente desde el comienzo.");
}

fn approve(run: &Run, office: &User, session: &Session) {
    let path = session.path("minutes/approval");
    office.press_to(&format!("main a[href='{path}']"), &path);
    office.sees("La institución estuvo presente desde el comienzo.");
    office.press_to(MAIN, &session.path("minutes?done=minutes-approved"));
    office.is_confirmed(run.says("El acta está aprobada.", "The minutes are approved."));

    let minutes = run.record(&session.path("minutes"));
    assert_eq!(minutes["status"], json!("approved"), "{minutes}");
    let made = commitments(run, session);
    assert_eq!(made[0]["status"], json!("planned"), "the approval publishes the drafts: {made}");
}
