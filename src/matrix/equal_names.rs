//! Institutions and commissions with the same name, which a matrix cannot distinguish.

use std::collections::BTreeMap;
use std::fmt;

use super::words::fold;
use crate::access::{Visibility, visible_commissions};
use crate::clock::Instant;
use crate::commissions::all_of_country;
use crate::db::{Db, unique};
use crate::directory::all_institutions;
use crate::error::Result;

crate::text_enum! {
    /// The kind of records with a name.
    NamedKind { Institution = "institutions", Commission = "commissions" }
}

/// A name, acronym or alias of several records of one country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EqualName {
    pub kind: NamedKind,
    /// The country; empty for institutions without one.
    pub country: String,
    /// The name as the first of the records has it.
    pub name: String,
    /// The names of the records.
    pub records: Vec<String>,
}

impl fmt::Display for EqualName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, country, name, records } = self;
        let country = if country.is_empty() { String::new() } else { format!(" of {country}") };
        write!(f, "{} {kind}{country} are called \"{name}\": {}", records.len(), records.join("; "))
    }
}

/// A name as it is written first, and the records that have it: the id and the own name of each.
type Shared = (String, Vec<(String, String)>);

/// Names by their kind, their country and their folded form.
#[derive(Default)]
struct Names(BTreeMap<(NamedKind, String, String), Shared>);

impl Names {
    fn add<'n>(
        &mut self,
        kind: NamedKind,
        country: &str,
        (id, own): (String, &'n str),
        names: impl IntoIterator<Item = &'n String>,
    ) {
        for name in std::iter::once(own).chain(names.into_iter().map(String::as_str)) {
            let key = (kind, country.to_owned(), fold(name));
            let (_, records) = self.0.entry(key).or_insert_with(|| (name.to_owned(), Vec::new()));
            if records.iter().all(|(other, _)| *other != id) {
                records.push((id.clone(), own.to_owned()));
            }
        }
    }
}

/// Returns the names, acronyms and aliases that several records of a country share, whatever their case and accents.
pub fn equal_names(conn: &mut Db, now: Instant) -> Result<Vec<EqualName>> {
    let mut names = Names::default();
    for one in all_institutions(conn)? {
        let fields = &one.fields;
        let others = fields.acronym.iter().chain(&fields.official_name).chain(&fields.aliases);
        let country = fields.country_code.as_deref().unwrap_or_default();
        names.add(NamedKind::Institution, country, (one.id.to_string(), &fields.name), others);
    }
    let visible = visible_commissions(conn, &Visibility::everything())?;
    for country in unique(visible.into_iter().map(|one| one.country_code)) {
        for one in all_of_country(conn, &country, now)? {
            let fields = &one.fields;
            let others = fields.acronym.iter().chain(&fields.official_name).chain(&fields.aliases);
            names.add(NamedKind::Commission, &country, (one.id.to_string(), &fields.name), others);
        }
    }
    let shared = names.0.into_iter().filter(|(_, (_, records))| records.len() > 1);
    let shared = shared.map(|((kind, country, _), (name, records))| EqualName {
        kind,
        country,
        name,
        records: records.into_iter().map(|(_, own)| own).collect(),
    });
    Ok(shared.collect())
}
