//! A commission of Peru with regions that report every quarter.

use std::cell::RefCell;
use std::collections::HashMap;

use articula::db::UserId;
use serde_json::{Value, json};

use crate::support::{Answer, Person, World};

/// A duty of some regions, with the people who report and review.
pub(super) struct Fixture<'w> {
    pub world: &'w World,
    pub commission: String,
    pub regions: Vec<String>,
    pub duty: String,
    pub secretariat: Person<'w>,
    people: RefCell<HashMap<usize, (UserId, String)>>,
}

/// The body of a quarterly duty of the regions of a commission.
pub(super) fn quarterly(commission: &str) -> Value {
    json!({
        "commission_ids": [commission], "title": "Informe trimestral", "every": "quarter", "from": "2023-Q1",
        "sector": "regional_government",
        "fields": [
            {"key": "inspections", "label": "Inspecciones", "kind": "count"},
            {"key": "found", "label": "Casos detectados", "kind": "count", "unit": "casos"},
            {"key": "coverage", "label": "Cobertura", "kind": "percent"},
            {"key": "remarks", "label": "Observaciones", "kind": "text"},
        ],
    })
}

/// Returns counts of a report.
pub(super) fn counts(inspections: i64, found: i64) -> Value {
    json!({"values": {"inspections": inspections, "found": found}})
}

impl<'w> Fixture<'w> {
    /// Makes so many regions, which are members of the commission since 2023.
    pub(super) fn new(world: &'w World, regions: usize) -> Self {
        let (admin, commission) = (world.admin(), world.commission("PE", "CPETI"));
        let region = |n: usize| {
            let body = json!({"name": format!("Región {n:02}"), "sector": "regional_government", "country_code": "PE"});
            let id = admin.post("/institutions", body).expect(201).id();
            let body = json!({"institution_id": id, "role": "member", "from": "2023-01-01"});
            admin.post(&format!("/commissions/{commission}/memberships"), body).expect(201);
            id
        };
        let regions: Vec<String> = (1..=regions).map(region).collect();
        let secretariat = world.secretariat(&commission);
        let duty = secretariat.post("/duties", quarterly(&commission)).expect(201).id();
        Self { world, commission, regions, duty, secretariat, people: RefCell::default() }
    }

    pub(super) fn path(&self, region: usize, period: &str) -> String {
        format!("/duties/{}/reports/{}/{period}", self.duty, self.regions[region])
    }

    /// Signs in the only representative of a region.
    pub(super) fn representative(&self, region: usize) -> Person<'w> {
        if let Some((id, email)) = self.people.borrow().get(&region) {
            return Person::signed_in(self.world, *id, email.clone());
        }
        let person = self.world.representative(&self.regions[region]);
        self.people.borrow_mut().insert(region, (person.id.unwrap(), person.email.clone()));
        person
    }

    /// Reports as the region's representative.
    #[track_caller]
    pub(super) fn report(&self, region: usize, period: &str, body: Value) -> Answer {
        self.representative(region).put(&self.path(region, period), body)
    }

    pub(super) fn matrix(&self, query: &str) -> Value {
        self.secretariat.get(&format!("/duties/{}/matrix{query}", self.duty)).expect(200).json
    }

    /// Returns the cell of a region in a matrix; null when the region is not asked.
    pub(super) fn cell(&self, matrix: &Value, region: usize, period: &str) -> Value {
        let rows = matrix["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["institution_id"] == self.regions[region].as_str());
        let cells = row.and_then(|row| row["cells"].as_array()).into_iter().flatten();
        cells.into_iter().find(|cell| cell["period"] == period).cloned().unwrap_or_default()
    }
}
