//! Institutions that are typed into a form by their names.

use uuid::Uuid;

use super::store::{self, InstitutionName};
use crate::db::{Db, InstitutionId};
use crate::error::{Faults, Result};
use crate::http::Fields;
use crate::text::{fold, fold_words};

/// The maximum number of institutions that a form suggests.
const MOST: i64 = 800;
/// The maximum number of names that are suggested for one that no institution has.
const MOST_SIMILAR: usize = 3;

/// The institutions that a form suggests and reads.
pub(crate) struct TypedInstitutions {
    known: Vec<InstitutionName>,
}

impl TypedInstitutions {
    /// Loads the institutions of these countries, those that all countries share, and those that the record already
    /// names.
    pub(crate) fn load(conn: &mut Db, countries: &[String], more: &[InstitutionId]) -> Result<Self> {
        let mut known = store::to_choose(conn, countries, MOST)?;
        let missing: Vec<_> = more.iter().filter(|id| !known.iter().any(|one| one.id == **id)).copied().collect();
        let missing = store::by_ids(conn, &missing)?.into_values();
        known.extend(missing.map(|one| InstitutionName {
            id: one.id,
            name: one.fields.name,
            acronym: one.fields.acronym,
        }));
        Ok(Self { known })
    }

    /// Returns the names, for suggestions.
    pub(crate) fn names(&self) -> Vec<String> {
        self.known.iter().map(|one| one.name.clone()).collect()
    }

    /// Returns the name of an institution.
    pub(crate) fn name_of(&self, id: InstitutionId) -> Option<&str> {
        self.known.iter().find(|one| one.id == id).map(|one| one.name.as_str())
    }

    /// Returns the only institution with a name, else with an acronym; accents and case are ignored.
    fn named(&self, typed: &str) -> Option<InstitutionId> {
        let wanted = fold([typed.trim()]);
        let only = |is_named: &dyn Fn(&InstitutionName) -> bool| {
            let mut found = self.known.iter().filter(|one| is_named(one));
            found.next().filter(|_| found.next().is_none()).map(|one| one.id)
        };
        let by_name = |one: &InstitutionName| fold([one.name.as_str()]) == wanted;
        let by_acronym = |one: &InstitutionName| one.acronym.as_deref().is_some_and(|text| fold([text]) == wanted);
        only(&by_name).or_else(|| only(&by_acronym))
    }

    /// Shows the name of the institution of a field in place of its id. A name that others have too is not shown,
    /// because it could not be read.
    pub(crate) fn show(&self, fields: &mut Fields, field: &str) {
        let id = fields.get(field).and_then(|id| id.parse::<InstitutionId>().ok());
        let name = id.and_then(|id| self.name_of(id).filter(|name| self.named(name) == Some(id)));
        if let Some(name) = name.map(str::to_owned) {
            fields.set(field, name);
        }
    }

    /// Replaces the name that was typed into a field by the id. A name that no institution has is a fault.
    pub(crate) fn resolve(&self, fields: &mut Fields, field: &str, faults: &mut Faults) {
        let typed = fields.get(field).unwrap_or_default().trim().to_owned();
        if typed.is_empty() || Uuid::parse_str(&typed).is_ok() {
            return;
        }
        if let Some(id) = self.named(&typed) {
            fields.set(field, id);
            return;
        }
        faults.add_with(format!("/{field}"), "unknown_name", self.unknown(typed));
        faults.unread.insert(format!("/{field}"));
        // A placeholder id in place of a missing value, so that the field has only the fault above.
        fields.set(field, Uuid::nil());
    }

    /// Returns the parts of the sentence about a name that no institution has: the names that contain its words, such as
    /// "Gobierno Regional del Cusco" for "cusco". Many such names help nobody, so none of them is suggested then.
    fn unknown(&self, typed: String) -> Vec<(&'static str, String)> {
        let wanted = fold_words(&typed);
        let has_all = |one: &&InstitutionName| {
            let name = fold_words(&one.name);
            !wanted.is_empty() && wanted.split(' ').all(|word| name.split(' ').any(|own| own.starts_with(word)))
        };
        let similar: Vec<String> =
            self.known.iter().filter(has_all).take(MOST_SIMILAR + 1).map(|one| format!("«{}»", one.name)).collect();
        let reason = if (1..=MOST_SIMILAR).contains(&similar.len()) { "some" } else { "none" };
        vec![("reason", reason.to_owned()), ("suggestions", similar.join(", ")), ("name", typed)]
    }

    /// Does the same for a name of a row, and adds the id to a list; a name that no institution has is not added.
    pub(crate) fn resolve_into(&self, list: &str, fields: &mut Fields, field: &str, faults: &mut Faults) {
        self.resolve(fields, field, faults);
        let id = fields.get(field).and_then(|id| id.trim().parse::<Uuid>().ok());
        if let Some(id) = id.filter(|id| !id.is_nil()) {
            fields.push(list, id);
        }
    }

    /// Shows the institutions of a list as the rows `names`, one name each, in place of the list of their ids.
    pub(crate) fn show_rows(&self, list: &str, fields: &mut Fields, ids: &[InstitutionId]) {
        fields.remove(list);
        for (n, id) in ids.iter().enumerate() {
            let name = format!("names/{n}/name");
            fields.set(&name, id);
            self.show(fields, &name);
        }
    }

    /// Reads the names of these rows into the list of ids.
    pub(crate) fn resolve_rows(&self, list: &str, fields: &mut Fields, faults: &mut Faults) {
        for n in 0..fields.rows("names") {
            self.resolve_into(list, fields, &format!("names/{n}/name"), faults);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_only_institution_that_has_it() {
        let one = |n: u128, name: &str, acronym: &str| InstitutionName {
            id: Uuid::from_u128(n).into(),
            name: name.to_owned(),
            acronym: Some(acronym.to_owned()),
        };
        let known = vec![one(1, "Ministerio de Salud", "MINSAL"), one(2, "Mesa", "M"), one(3, "Mesa", "N")];
        let typed = TypedInstitutions { known };
        let read = |text: &str| {
            let (mut fields, mut faults) = (Fields::default().with("institution_id", text), Faults::default());
            typed.resolve(&mut fields, "institution_id", &mut faults);
            (fields.get("institution_id").map(str::to_owned), faults.list.len())
        };
        let first = Uuid::from_u128(1).to_string();
        assert_eq!(["minsal", "ministerio de SALUD ", &first].map(read), [1; 3].map(|_| (Some(first.clone()), 0)));
        let nobody = Uuid::nil().to_string();
        assert_eq!(["Mesa", "Salud"].map(read), [1; 2].map(|n| (Some(nobody.clone()), n)));
        assert_eq!(read(""), (Some(String::new()), 0));
        let suggested =
            |text: &str| typed.unknown(text.to_owned()).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(suggested("minist SALUD"), ["some", "«Ministerio de Salud»", "minist SALUD"]);
        assert_eq!(suggested("alud"), ["none", "", "alud"]);
        let mut fields = Fields::default().with("a", &first).with("b", Uuid::from_u128(2));
        typed.show(&mut fields, "a");
        typed.show(&mut fields, "b");
        assert_eq!(fields.get("a"), Some("Ministerio de Salud"));
        assert_eq!(fields.get("b"), Some(Uuid::from_u128(2).to_string().as_str()));
    }
}
