//! The countries, commissions and institutions that a grant may name, for the forms of people (a read model over
//! commissions, memberships and institutions).

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::db::schema::{commissions, countries, institutions, memberships};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::error::Result;
use crate::identity::actor::Actor;
use crate::text::fold;

/// The maximum number of institutions that a form suggests.
const MOST_INSTITUTIONS: i64 = 2000;

/// The places that can be chosen in the form of a grant.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// Codes and names; only admins give grants of a country.
    pub countries: Vec<(String, String)>,
    pub commissions: Vec<(CommissionId, String)>,
    pub institutions: Vec<Place>,
}

/// An institution by its names.
#[derive(Debug)]
pub(crate) struct Place {
    pub id: InstitutionId,
    pub name: String,
    pub acronym: Option<String>,
}

impl Places {
    /// Returns the only institution with a name or acronym; accents and case are ignored.
    pub(crate) fn institution_named(&self, typed: &str) -> Option<InstitutionId> {
        let wanted = fold([typed.trim()]);
        let is_named = |text: &str| fold([text]) == wanted;
        let by_name: Vec<&Place> = self.institutions.iter().filter(|one| is_named(&one.name)).collect();
        let by_acronym = || self.institutions.iter().filter(|one| one.acronym.as_deref().is_some_and(is_named));
        match by_name.as_slice() {
            [only] => Some(only.id),
            [] => {
                let mut found = by_acronym();
                found.next().filter(|_| found.next().is_none()).map(|one| one.id)
            }
            _ => None,
        }
    }

    /// Returns the name of an institution.
    pub(crate) fn institution(&self, id: InstitutionId) -> Option<&str> {
        self.institutions.iter().find(|one| one.id == id).map(|one| one.name.as_str())
    }
}

/// Returns the places of an actor: all for an admin; for others, the commissions that they write for, and the
/// institutions of their countries, those without a country, and the members of the commissions.
pub(crate) fn places(conn: &mut Db, actor: &Actor) -> Result<Places> {
    let own: Vec<String> = actor.coordinated_countries().map(str::to_owned).collect();
    let kept: Vec<CommissionId> = actor.secretariat_commissions().collect();
    let mut query = commissions::table.order(commissions::name).into_boxed();
    if !actor.is_admin() {
        query = query.filter(commissions::country_code.eq_any(&own).or(commissions::id.eq_any(&kept)));
    }
    type Row = (CommissionId, String, String, Option<String>);
    let columns = (commissions::id, commissions::country_code, commissions::name, commissions::acronym);
    let found: Vec<Row> = query.select(columns).load(conn)?;
    let codes: BTreeSet<&String> = own.iter().chain(found.iter().map(|(_, code, ..)| code)).collect();
    let ids: Vec<CommissionId> = found.iter().map(|(id, ..)| *id).collect();
    Ok(Places {
        countries: if actor.is_admin() { country_names(conn)? } else { Vec::new() },
        institutions: institutions(
            conn,
            actor.is_admin(),
            &codes.iter().map(|code| Some(*code)).collect::<Vec<_>>(),
            &ids,
        )?,
        commissions: found.iter().map(|(id, _, name, acronym)| (*id, labelled(name, acronym.as_deref()))).collect(),
    })
}

fn labelled(name: &str, acronym: Option<&str>) -> String {
    acronym.map_or_else(|| name.to_owned(), |acronym| format!("{acronym}: {name}"))
}

fn country_names(conn: &mut Db) -> Result<Vec<(String, String)>> {
    Ok(countries::table.order(countries::name).select((countries::code, countries::name)).load(conn)?)
}

fn institutions(
    conn: &mut Db,
    all: bool,
    codes: &[Option<&String>],
    commissions: &[CommissionId],
) -> Result<Vec<Place>> {
    let mut query = institutions::table.order((institutions::name, institutions::id)).into_boxed();
    if !all {
        let members = memberships::table
            .filter(memberships::commission_id.eq_any(commissions))
            .select(memberships::institution_id);
        let native = institutions::country_code
            .is_null()
            .or(institutions::country_code.eq_any(codes.to_vec()).assume_not_null());
        query = query.filter(native.or(institutions::id.eq_any(members)));
    }
    let columns = (institutions::id, institutions::name, institutions::acronym);
    let rows: Vec<(InstitutionId, String, Option<String>)> =
        query.select(columns).limit(MOST_INSTITUTIONS).load(conn)?;
    Ok(rows.into_iter().map(|(id, name, acronym)| Place { id, name, acronym }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_institution_is_named_by_its_only_name_or_acronym() {
        let place = |n: u128, name: &str, acronym: Option<&str>| Place {
            id: uuid::Uuid::from_u128(n).into(),
            name: name.to_owned(),
            acronym: acronym.map(str::to_owned),
        };
        let institutions = vec![
            place(1, "Ministerio de Salud", Some("MINSAL")),
            place(2, "Mesa", None),
            place(3, "Mesa", None),
            place(4, "Gobierno Regional de Áncash", Some("GORE")),
            place(5, "Gobierno Regional de Ica", Some("GORE")),
        ];
        let places = Places { institutions, ..Places::default() };
        let found = |typed: &str| places.institution_named(typed).map(|id| uuid::Uuid::from(id).as_u128());
        assert_eq!(["minsal", " ministerio de SALUD ", "gobierno regional de ancash"].map(found), [1, 1, 4].map(Some));
        assert_eq!(["Mesa", "gore", "Salud", ""].map(found), [None; 4]);
    }
}
