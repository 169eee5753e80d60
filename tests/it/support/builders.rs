//! What most tests need before they begin: countries, institutions, commissions, members.

use serde_json::json;

use super::world::World;

impl World {
    /// The country of this code, entered by an admin when it is not there yet.
    pub fn country(&self, code: &str) -> String {
        let admin = self.the_admin();
        if admin.get(&format!("/countries/{code}")).status == 404 {
            let (name, time_zone, locale) = match code {
                "CL" => ("Chile", "America/Santiago", "es-CL"),
                "PE" => ("Perú", "America/Lima", "es-PE"),
                _ => (code, "UTC", "es"),
            };
            let body = json!({"code": code, "name": name, "time_zone": time_zone, "locale": locale});
            admin.post("/countries", body).expect(201);
        }
        code.to_owned()
    }

    /// A new public body; its id.
    pub fn institution(&self, name: &str) -> String {
        self.the_admin().post("/institutions", json!({"name": name, "sector": "government"})).expect(201).id()
    }

    /// A new committee of a country (entered when it is not there yet); its id.
    pub fn commission(&self, country: &str, acronym: &str) -> String {
        self.country(country);
        let name = format!("Comisión {acronym}");
        let body = json!({"country_code": country, "name": name, "acronym": acronym, "kind": "committee"});
        self.the_admin().post("/commissions", body).expect(201).id()
    }

    /// Makes an institution part of a commission from the beginning, without end; the membership's id.
    pub fn member(&self, commission: &str, institution: &str, role: &str) -> String {
        let body = json!({"institution_id": institution, "role": role});
        self.the_admin().post(&format!("/commissions/{commission}/memberships"), body).expect(201).id()
    }
}
