//! A commission with two institutions, and bodies of commitments for it.

use serde_json::{Value, json};

use crate::support::{Answer, Person, World};

pub(super) struct Fixture<'w> {
    pub commission: String,
    pub mtpe: String,
    pub minsal: String,
    pub secretary: Person<'w>,
    pub speaker: Person<'w>,
}

impl<'w> Fixture<'w> {
    pub(super) fn new(world: &'w World) -> Self {
        let commission = world.commission("PE", "CIGTPE");
        let (mtpe, minsal) = (world.institution("MTPE"), world.institution("Minsal"));
        world.member(&commission, &mtpe, "member");
        world.member(&commission, &minsal, "member");
        let (secretary, speaker) = (world.secretariat(&commission), world.representative(&mtpe));
        Self { commission, mtpe, minsal, secretary, speaker }
    }

    /// Returns a body with one assignment for MTPE and these other fields.
    pub(super) fn body(&self, more: Value) -> Value {
        let mut body = json!({
            "commission_ids": [self.commission],
            "text": "Elaborar el protocolo",
            "assignments": [{"institution_id": self.mtpe}],
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    pub(super) fn commitment(&self, more: Value) -> Answer {
        self.secretary.post("/commitments", self.body(more)).expect(201)
    }

    pub(super) fn report(&self, who: &Person<'_>, path: &str, more: Value) -> Answer {
        let mut body = json!({"reported_on": "2023-08-30", "status": "in_progress", "narrative": "Avanza"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        who.post(&format!("{path}/updates"), body)
    }

    pub(super) fn complete(&self, who: &Person<'_>, path: &str) -> Answer {
        self.report(who, path, json!({"status": "completed", "evidence": [{"title": "Acta"}]}))
    }
}

/// Returns the path of the n-th assignment of a commitment.
pub(super) fn path(commitment: &Value, n: usize) -> String {
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    format!("/commitments/{}/assignments/{}", id(commitment), id(&commitment["assignments"][n]))
}
