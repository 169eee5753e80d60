//! The size of the heaviest pages: each has less than 30 KB with gzip, for people with slow connections.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::checked;
use crate::meetings::create;
use crate::on_both;
use crate::support::{Browser, Page, Person, World};

/// The maximum size of a page with gzip, in bytes.
const MOST_BYTES: usize = 30 * 1024;

/// The regional governments of Peru and its capital: the members of the commission beside its lead.
const REGIONS: [&str; 26] = [
    "Amazonas",
    "Áncash",
    "Apurímac",
    "Arequipa",
    "Ayacucho",
    "Cajamarca",
    "Callao",
    "Cusco",
    "Huancavelica",
    "Huánuco",
    "Ica",
    "Junín",
    "La Libertad",
    "Lambayeque",
    "Lima Metropolitana",
    "Lima Provincias",
    "Loreto",
    "Madre de Dios",
    "Moquegua",
    "Pasco",
    "Piura",
    "Puno",
    "San Martín",
    "Tacna",
    "Tumbes",
    "Ucayali",
];

/// Returns a page, well formed, and fails when it is too large.
#[track_caller]
fn small(page: Page) -> Page {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&page.bytes).unwrap();
    let size = encoder.finish().unwrap().len();
    assert!(size < MOST_BYTES, "{} has {size} bytes with gzip, at most {MOST_BYTES} are allowed", page.path);
    checked(page)
}

/// A commission of 27 institutions, and one of its sessions.
struct Fixture<'w> {
    commission: String,
    institutions: Vec<String>,
    session: String,
    secretariat: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let rule = json!({"quorum": {"fraction": "1/2", "strict": true}});
        world.admin().patch(&format!("/commissions/{commission}"), rule).expect(200);
        let mut institutions = vec![world.institution("Ministerio de Trabajo y Promoción del Empleo")];
        for region in REGIONS {
            let name = format!("Gobierno Regional de {region}");
            let body =
                json!({"name": name, "country_code": "PE", "sector": "regional_government", "territory": region});
            institutions.push(world.admin().post("/institutions", body).expect(201).id());
        }
        institutions.iter().for_each(|id| drop(world.member(&commission, id, "member")));
        let body = json!({"commission_ids": [commission], "kind": "ordinary", "held": "2023-08-22",
            "title": "III sesión ordinaria de la Comisión Intergubernamental"});
        let session = create(world, &body);
        let secretariat = world.secretariat(&commission);
        Self { commission, institutions, session, secretariat }
    }
}

on_both! {
    fn a_session_of_five_commitments_for_27_institutions_is_a_small_page(world) {
        let own = Fixture::new(world);
        let browser = Browser::of(world, &own.secretariat);
        let path = format!("{}/agreements", own.session);
        let mut form = small(browser.open(&path)).form().set("number", "6").set("title", "Fortalecer la gestión");
        for n in 0..5 {
            let text = format!("Verificar los diseños de la intervención {n} y remitir el informe a la secretaría técnica.");
            form = form.set(&format!("commitments/{n}/text"), &text).set(&format!("commitments/{n}/due"), "2023-Q4");
            for id in &own.institutions {
                form = form.mark(&format!("commitments/{n}/institution_ids"), id);
            }
        }
        // The form with its five rows, each with a box for every institution.
        let refused = small(browser.submit(&form.clone().set("commitments/0/due", "algún día")).expect(422));
        assert_eq!(refused.form().fields.iter().filter(|(name, _)| name == "commitments/4/institution_ids").count(), 27);
        small(browser.submit_and_follow(&form)).shows("5 compromisos son borradores.");
        let publication = browser.open(&format!("{}/publication", own.session));
        browser.submit_and_follow(&publication.form());
        small(browser.open(&path)).shows("Verificar los diseños de la intervención 4");
    }
}

on_both! {
    fn the_attendance_of_27_institutions_with_two_delegates_each_is_a_small_page(world) {
        let own = Fixture::new(world);
        for (n, id) in own.institutions.iter().enumerate() {
            for (capacity, name) in [("principal", "Ana María Rojas Quispe"), ("alternate", "Luis Alberto Huamán Soto")] {
                let body = json!({"institution_id": id, "capacity": capacity, "name": format!("{name} {n}")});
                own.secretariat.post(&format!("/commissions/{}/delegates", own.commission), body).expect(201);
            }
        }
        let browser = Browser::of(world, &own.secretariat);
        let page = small(browser.open(&format!("{}/attendance", own.session)));
        assert_eq!(page.texts("tbody tr").len(), 27);
        let mut form = page.form();
        for n in 0..27 {
            form = form.set(&format!("{n}/status"), "present");
        }
        let saved = small(browser.submit_and_follow(&form));
        saved.shows("La asistencia quedó guardada").shows("27 de 27 presentes");
    }
}

on_both! {
    fn a_commitment_of_26_parts_is_a_small_page(world) {
        let own = Fixture::new(world);
        let parts: Vec<Value> = own.institutions.iter().skip(1).map(|id| json!({"institution_id": id})).collect();
        let body = json!({"commission_ids": [own.commission], "due": "2023-10-31", "assignments": parts,
            "text": "Verificar los diseños de la intervención y remitir el informe a la secretaría técnica."});
        let made = own.secretariat.post("/commitments", body).expect(201).json;
        let path = format!("/commitments/{}", made["id"].as_str().unwrap());
        for part in made["assignments"].as_array().unwrap() {
            let body = json!({"reported_on": "2023-08-30", "status": "completed", "on_behalf": true,
                "narrative": "Los diseños están verificados por el equipo de la dirección regional.",
                "evidence": [{"title": "Informe de la dirección regional", "url": "https://www.gob.pe/informe"}]});
            own.secretariat.post(&format!("{path}/assignments/{}/updates", part["id"].as_str().unwrap()), body).expect(201);
        }
        let page = small(Browser::of(world, &own.secretariat).open(&path));
        assert_eq!(page.texts("ul.items > li").len(), 26);
        small(Browser::of(world, &world.representative(&own.institutions[3])).open(&path)).shows("La parte de mi institución");
    }
}
