//! Makes the records that most tests need: countries, institutions, commissions, members.

use serde_json::json;

use super::world::World;

impl World {
    /// Returns the country of this code; an admin makes it if it does not exist.
    pub(crate) fn country(&self, code: &str) -> String {
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

    /// Makes a public body and returns its id.
    pub(crate) fn institution(&self, name: &str) -> String {
        self.the_admin().post("/institutions", json!({"name": name, "sector": "government"})).expect(201).id()
    }

    /// Makes a committee of a country (and the country, if it does not exist) and returns its id.
    pub(crate) fn commission(&self, country: &str, acronym: &str) -> String {
        self.country(country);
        let name = format!("Comisión {acronym}");
        let body = json!({"country_code": country, "name": name, "acronym": acronym, "kind": "committee"});
        self.the_admin().post("/commissions", body).expect(201).id()
    }

    /// Makes an institution a member of a commission, without beginning and end, and returns the id of the membership.
    pub(crate) fn member(&self, commission: &str, institution: &str, role: &str) -> String {
        let body = json!({"institution_id": institution, "role": role});
        self.the_admin().post(&format!("/commissions/{commission}/memberships"), body).expect(201).id()
    }
}
