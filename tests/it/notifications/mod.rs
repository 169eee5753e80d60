//! Notifications: preferences, withdrawn notices, changed contacts, and what is planned by day and week.

mod planned;
mod preferences;
mod waiting;
mod withdrawn;

use serde_json::json;

use crate::support::{Mail, Person, World};

/// A commission with an institution, its representative, and one person of the secretariat.
struct Fixture<'w> {
    ceti: String,
    minsal: String,
    representative: Person<'w>,
    secretariat: Person<'w>,
}

impl<'w> Fixture<'w> {
    fn new(world: &'w World) -> Self {
        let (ceti, minsal) = (world.commission("CL", "CETI"), world.institution("Minsal"));
        world.member(&ceti, &minsal, "member");
        let (representative, secretariat) = (world.representative(&minsal), world.secretariat(&ceti));
        world.notices();
        Self { ceti, minsal, representative, secretariat }
    }

    /// Creates a commitment of Minsal; returns its path and that of its only assignment.
    fn create_commitment(&self, due: &str) -> (String, String) {
        let body = json!({"commission_ids": [self.ceti], "text": "Capacitar", "due": due, "assignments": [{"institution_id": self.minsal}]});
        let made = self.secretariat.post("/commitments", body).expect(201);
        let path = format!("/commitments/{}", made.id());
        let assignment = format!("{path}/assignments/{}", made.json["assignments"][0]["id"].as_str().unwrap());
        (path, assignment)
    }

    /// Reports the completion of an assignment; returns the id of the update.
    fn report_completion(&self, assignment: &str) -> String {
        let body = json!({"reported_on": "2023-08-30", "status": "completed", "narrative": "Se capacitó.", "evidence": [{"title": "Lista", "url": "https://example.org/l"}]});
        self.representative.post(&format!("{assignment}/updates"), body).expect(201).id()
    }
}

/// Returns the kind and the recipient of each mail.
fn kinds_and_recipients(mails: &[Mail]) -> Vec<(&str, &str)> {
    mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect()
}
