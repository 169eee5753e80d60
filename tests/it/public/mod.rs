//! The public view: pages that anybody reads, and everything that they never show.

mod names;
mod reports;
mod texts;
mod view;

use articula::config::Config;
use serde_json::{Value, json};

use crate::support::{Browser, Page, World};

/// Switches the public view on.
pub(super) fn switched_on(config: Config) -> Config {
    Config { public_view: true, ..config }
}

/// Runs the same test on both databases, with a public view.
macro_rules! with_public_view {
    (fn $name:ident($world:ident) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            use crate::support::{Kind, World};

            fn test($world: &World) $body

            #[test]
            fn sqlite() {
                test(&World::with(Kind::Sqlite, crate::public::switched_on));
            }

            #[test]
            fn postgres() {
                if let Some(kind) = Kind::postgres() {
                    test(&World::with(kind, crate::public::switched_on));
                }
            }
        }
    };
}
use with_public_view;

/// Marks a commission public.
pub(super) fn publish(world: &World, commission: &str) {
    world.admin().patch(&format!("/commissions/{commission}"), json!({"public": true})).expect(200);
}

/// Opens a page as a reader without a cookie.
#[track_caller]
pub(super) fn open(world: &World, path: &str) -> Page {
    let page = Browser::new(world).open(path);
    crate::pages::well_formed::check(&page);
    page
}

/// A public commission and one that is not, a session of both with approved minutes, and sessions that are not shown.
pub(super) struct Fixture {
    pub ceti: String,
    pub mitp: String,
    pub session: String,
    /// Sessions that no page shows: scheduled, cancelled, restricted, of the other commission alone.
    pub hidden: Vec<String>,
    /// A held session without approved minutes.
    pub unapproved: String,
}

/// Words of records that no public page may contain.
pub(super) const NEVER: [&str; 23] = [
    "Elena Poma",
    "Mamani, Pedro",
    "Víctimas atendidas",
    "Ana Soto",
    "Rosa Quispe",
    "Pedro Mamani",
    "ana.soto@minsal.example",
    "example.org",
    "Reservado",
    "Borrador",
    "MITP",
    "Comisión MITP",
    "Conjunta",
    "Cuerpo del acta",
    "Comentario",
    "Sala 4",
    "Punto del orden",
    "12.345.678-5",
    "Atender a ocho",
    "Resumen reservado",
    "Nota interna",
    "Solo de la otra",
    "Sin aprobar todavía",
];

fn agreement(commissions: &[&str], meeting: &str, title: &str, more: Value) -> Value {
    let mut body =
        json!({"commission_ids": commissions, "kind": "meeting_agreement", "title": title, "meeting_id": meeting});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

impl Fixture {
    pub(super) fn new(world: &World) -> Self {
        let (ceti, mitp) = (world.commission("CL", "CETI"), world.commission("CL", "MITP"));
        publish(world, &ceti);
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        world.member(&mitp, &minsal, "member");
        let trabajo = world.institution("Mintrab");
        world.member(&ceti, &trabajo, "member");
        let admin = world.admin();
        let delegate = json!({"institution_id": minsal, "capacity": "principal", "name": "Rosa Quispe", "email": "ana.soto@minsal.example"});
        admin.post(&format!("/commissions/{ceti}/delegates"), delegate).expect(201);
        let meeting = |commissions: &[&String], title: &str, more: Value| {
            let mut body = json!({"commission_ids": commissions, "kind": "ordinary", "title": title, "held": "2023-08-22", "status": "held"});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            admin.post("/meetings", body).expect(201).id()
        };
        let session = meeting(
            &[&ceti, &mitp],
            "Conjunta de la CETI con la MITP",
            json!({"ordinal": 7, "place": "Sala 4", "note": "Nota interna"}),
        );
        let path = format!("/meetings/{session}");
        let sheet = json!([{"institution_id": minsal, "status": "present", "capacity": "principal", "person": "Ana Soto"}, {"institution_id": trabajo, "status": "present", "person": "Elena Poma Ríos (Unidad de Género)"}]);
        admin.put(&format!("{path}/attendance"), sheet).expect(200);
        let agenda = json!([{"title": "Punto del orden", "kind": "information", "presenter": "Pedro Mamani"}]);
        admin.put(&format!("{path}/agenda"), agenda).expect(200);
        let votes = json!({"method": "majority", "for": 1, "against": 0, "abstained": 0});
        for (commissions, title, more) in [
            (
                vec![&ceti],
                "Elaborar el protocolo",
                json!({"number": "1", "text": "Antes de junio de 2024.", "adoption": votes, "note": "Nota interna"}),
            ),
            (vec![&ceti, &mitp], "Publicar la estadística", json!({})),
            (vec![&mitp], "Solo de la otra", json!({})),
            (vec![&ceti], "Reservado", json!({"restricted": true})),
            (vec![&ceti], "Todavía Borrador", json!({"status": "draft"})),
            (vec![&ceti], "Presenta el señor Mamani, Pedro", json!({})),
            (vec![&ceti], "Asiste Elena Poma", json!({})),
            (vec![&ceti], "Víctimas atendidas", json!({"text": "3"})),
            (vec![&ceti], "Designar a Ana Soto", json!({})),
            (vec![&ceti], "Designar a la delegada", json!({"text": "Será Rosa Quispe."})),
            (vec![&ceti], "Registrar el RUT 12.345.678-5", json!({})),
            (vec![&ceti], "Escribir a la delegada", json!({"text": "A ana.soto@minsal.example."})),
            (vec![&ceti], "Informar a la Comisión MITP", json!({})),
            (vec![&ceti], "Atender a ocho niños", json!({})),
        ] {
            let commissions: Vec<&str> = commissions.into_iter().map(String::as_str).collect();
            admin.post("/agreements", agreement(&commissions, &session, title, more)).expect(201);
        }
        admin.put(&format!("{path}/minutes"), json!({"body": "Cuerpo del acta de Pedro Mamani"})).expect(200);
        admin.post(&format!("{path}/minutes/circulation"), json!({})).expect(200);
        let comment = json!({"text": "Comentario", "institution_id": minsal, "on_behalf": true});
        admin.post(&format!("{path}/minutes/comments"), comment).expect(201);
        admin.post(&format!("{path}/minutes/approval"), json!({"publish_drafts": false})).expect(200);
        let unapproved = meeting(&[&ceti], "Sesión", json!({"ordinal": 8}));
        admin.post("/agreements", agreement(&[&ceti], &unapproved, "Sin aprobar todavía", json!({}))).expect(201);
        admin.put(&format!("/meetings/{unapproved}/minutes"), json!({"body": "Borrador"})).expect(200);
        let hidden = vec![
            meeting(&[&ceti], "Sesión", json!({"held": "2023-10-02", "status": "scheduled", "ordinal": 91})),
            meeting(&[&ceti], "Sesión", json!({"status": "cancelled", "ordinal": 92})),
            meeting(&[&ceti], "Reservado", json!({"restricted": true, "ordinal": 93})),
            meeting(&[&mitp], "Sesión", json!({"ordinal": 94})),
        ];
        Self { ceti, mitp, session, hidden, unapproved }
    }

    /// Returns the pages of the fixture.
    pub(super) fn pages(&self) -> [String; 4] {
        [
            "/public".to_owned(),
            format!("/public/commissions/{}", self.ceti),
            format!("/public/meetings/{}", self.session),
            format!("/public/meetings/{}", self.unapproved),
        ]
    }
}
