//! The pages of people: invitations, access in words, accounts.

use serde_json::{Value, json};

use super::{checked, open};
use crate::on_both;
use crate::support::{Browser, PASSWORD, Person, World};

/// A commission of Chile with one member, and the people who manage its people.
struct Office<'w> {
    world: &'w World,
    ceti: String,
    minsal: String,
    secretariat: Person<'w>,
    admin: Person<'w>,
}

impl<'w> Office<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        Self { world, secretariat: world.secretariat(&ceti), admin: world.admin(), ceti, minsal }
    }

    /// Returns the only person with an address.
    fn person(&self, email: &str) -> Value {
        let answer = self.admin.get(&format!("/users?email={email}")).expect(200);
        assert_eq!(answer.items().len(), 1, "{email}");
        answer.items()[0].clone()
    }

    fn id(&self, email: &str) -> String {
        self.person(email)["id"].as_str().unwrap().to_owned()
    }
}

const ANA: &str = "ana@minsal.example";

on_both! {
    fn a_secretariat_invites_a_representative_by_name_and_reads_the_access_in_words(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretariat);
        let page = checked(browser.open("/people/new"));
        page.shows("Representación de una institución").shows("Observación").hides("Administración del sistema");
        let empty = checked(browser.submit(&page.form()).expect(422));
        empty.shows("Hay algo que corregir");
        let form = page.form().set("email", ANA).set("name", "Ana Rojas").set("grants/0/role", "representative");
        let unknown = checked(browser.submit(&form.clone().set("grants/0/institution_id", "Nadie")).expect(422));
        unknown.shows("No se conoce «Nadie»");
        assert_eq!(unknown.form().value("grants/0/institution_id"), "Nadie");
        let sent = browser.submit_and_follow(&form.set("grants/0/institution_id", "minsal"));
        checked(sent).shows("La invitación quedó registrada").shows("Ana Rojas").shows("Representación: Minsal, en Comisión CETI");
        let ana = office.person(ANA);
        assert_eq!((ana["institution_id"].as_str(), ana["grants"][0]["commission_id"].as_str()), (Some(&*office.minsal), Some(&*office.ceti)));
        assert!(world.token_of_mail("invitation").is_some());
        let list = open(world, &office.secretariat, "/people");
        list.shows("Ana Rojas").shows(ANA).shows("Representación: Minsal, en Comisión CETI");
        open(world, &office.admin, "/people?institution=minsal").shows("Ana Rojas").shows("Invitada, sin contraseña");
        open(world, &office.admin, "/people?institution=nadie").shows("Ninguna institución se llama «nadie»").hides("Ana Rojas");
        open(world, &office.admin, "/people?role=observer").shows("Ninguna persona cumple estos filtros");
    }
}

on_both! {
    fn those_who_manage_nobody_find_no_such_pages(world) {
        let office = Office::new(world);
        let person = office.secretariat.id.unwrap();
        for reader in [world.representative(&office.minsal), world.observer(&office.ceti), world.stranger()] {
            for path in ["/people".to_owned(), "/people/new".to_owned(), format!("/people/{person}")] {
                Browser::of(world, &reader).get(&path).expect(404);
            }
            open(world, &reader, "/commissions").hides("Personas");
        }
        let link = open(world, &office.secretariat, "/commissions").link("Personas");
        assert_eq!(link, "/people");
        // The admin is not within the scope of a secretariat.
        Browser::of(world, &office.secretariat).get(&format!("/people/{}", office.admin.id.unwrap())).expect(404);
    }
}

on_both! {
    fn access_is_added_and_taken_away_after_a_question(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretariat);
        office.secretariat.post("/users", json!({"email": ANA, "name": "Ana", "grants": [{"role": "observer", "commission_id": office.ceti}]})).expect(201);
        let path = format!("/people/{}", office.id(ANA));
        let page = browser.open(&path);
        let form = checked(browser.open(&page.link("Agregar acceso"))).form();
        let again = browser.submit(&form.clone().set("role", "observer")).expect(409);
        checked(again);
        let added = browser.submit_and_follow(&form.set("role", "representative").set("institution_id", "Minsal"));
        checked(added).shows("El acceso se agregó").shows("Observación: Comisión CETI").shows("Representación: Minsal, en Comisión CETI");
        let removal = checked(browser.open(&browser.open(&path).link("Quitar : Observación: Comisión CETI")));
        removal.shows("deja de tener este acceso");
        browser.submit_and_follow(&removal.form()).shows("El acceso se quitó").hides("Observación: Comisión CETI");
        let last = browser.open(&browser.open(&path).link("Quitar : Representación: Minsal, en Comisión CETI"));
        // Without its last grant, the person is unknown to the secretariat.
        assert_eq!(browser.submit(&last.form()).expect(303).location(), "/people?done=grant-removed");
        browser.get(&path).expect(404);
        assert_eq!(office.person(ANA)["grants"], json!([]));
    }
}

on_both! {
    fn an_admin_changes_the_profile_disables_and_enables_the_account(world) {
        let office = Office::new(world);
        let id = world.somebody(ANA);
        let (admin, path) = (Browser::of(world, &office.admin), format!("/people/{id}"));
        let ana = Browser::new(world);
        let sign_in = || ana.submit(&ana.open("/sign-in").form_to("/sign-in").set("email", ANA).set("password", PASSWORD));
        sign_in().expect(303);
        let form = checked(admin.open(&format!("{path}/edit"))).form();
        checked(admin.submit(&form.clone().set("email", "no es")).expect(422));
        let changed = form.set("name", "Ana María").set("institution_id", "Minsal");
        admin.submit_and_follow(&changed).shows("Los datos se guardaron").shows("Ana María").shows("Minsal");
        let sessions = checked(admin.open(&format!("{path}/sessions")));
        assert_eq!(sessions.texts("tbody tr").len(), 1);
        admin.submit_and_follow(&sessions.form()).shows("Las sesiones terminaron");
        ana.get("/me").expect(303);
        sign_in().expect(303);
        let question = checked(admin.open(&format!("{path}/disabling")));
        let other = admin.open(&format!("{path}/disabling"));
        admin.submit_and_follow(&question.form()).shows("Deshabilitada");
        ana.get("/me").expect(303);
        sign_in().expect(422);
        // The page of the question is old: the account has another state.
        checked(admin.submit(&other.form()).expect(409));
        let question = checked(admin.open(&format!("{path}/disabling")));
        admin.submit_and_follow(&question.form()).shows("La cuenta se habilitó");
        admin.submit_and_follow(&checked(admin.open(&format!("{path}/unlocking"))).form()).shows("se desbloqueó");
        sign_in().expect(303);
    }
}

on_both! {
    fn an_invitation_that_expired_is_sent_again(world) {
        let office = Office::new(world);
        let browser = Browser::of(world, &office.secretariat);
        office.secretariat.post("/users", json!({"email": ANA, "name": "Ana", "grants": [{"role": "observer", "commission_id": office.ceti}]})).expect(201);
        let first = world.token_of_mail("invitation").unwrap();
        let page = format!("/people/{}/invitation", office.id(ANA));
        browser.submit_and_follow(&checked(browser.open(&page)).form()).shows("Si la invitación había vencido");
        assert_eq!(world.token_of_mail("invitation"), None, "the first invitation still works");
        world.at("2023-09-10T12:00:00Z");
        let later = Browser::of(world, &office.world.secretariat(&office.ceti));
        later.submit(&later.open(&page).form()).expect(303);
        assert!(world.token_of_mail("invitation").is_some_and(|second| second != first));
    }
}
