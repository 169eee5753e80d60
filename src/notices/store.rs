//! Who can be written to: enabled people, and addresses. Reads commissions, delegates, memberships and users.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Contact, Contacts, Period};
use crate::db::schema::{commissions, countries, delegates, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Role;

type Days = (Option<NaiveDate>, Option<NaiveDate>);
type PersonRow = (UserId, String, String, Lang, bool);
type DelegateRow = (CommissionId, InstitutionId, (Option<String>, Option<String>), Days, Option<PersonRow>);
type KeeperRow = (CommissionId, String, Option<String>, Days);

/// What is known of an address that stands without a person.
struct Bare {
    commission: Option<CommissionId>,
    address: String,
    name: Option<String>,
}

/// Everybody who can be told of something of these institutions in these commissions: a constant number of queries,
/// whatever their number and however many people there are.
pub fn contacts(conn: &mut Db, bodies: &[CommissionId], named: &[InstitutionId]) -> Result<Contacts> {
    let places = places(conn, bodies)?;
    let mut contacts = Contacts::default();
    granted(conn, &places, bodies, named, &mut contacts)?;
    let delegates = delegate_rows(conn, bodies, named)?;
    let institutions: Vec<(InstitutionId, String, Option<String>)> = institutions::table
        .filter(institutions::id.eq_any(named))
        .select((institutions::id, institutions::name, institutions::email))
        .load(conn)?;
    let keepers = keeper_rows(conn, bodies)?;
    let unnamed = delegates.iter().filter_map(|row| row.2.1.as_ref());
    let addresses = unnamed.chain(institutions.iter().filter_map(|row| row.2.as_ref()));
    let addresses: Vec<String> =
        addresses.chain(keepers.iter().filter_map(|row| row.2.as_ref())).map(|address| folded(address)).collect();
    let people = People { owners: owners(conn, &addresses)?, places };
    for (commission, institution, (name, email), (from, to), person) in delegates {
        let contact = match person {
            Some(person) => enabled(person),
            None => email.and_then(|address| people.at(Bare { commission: Some(commission), address, name })),
        };
        let list = contacts.delegates.entry((commission, institution)).or_default();
        list.extend(contact.map(|contact| Period { from, to, contact }));
    }
    for (id, name, email) in institutions {
        contacts.names.insert(id, name.clone());
        let bare = email.map(|address| Bare { commission: bodies.first().copied(), address, name: Some(name) });
        if let Some(contact) = bare.and_then(|bare| people.at(bare)) {
            contacts.institutions.insert(id, contact);
        }
    }
    for (commission, name, email, (from, to)) in keepers {
        let bare = email.map(|address| Bare { commission: Some(commission), address, name: Some(name) });
        let contact = bare.and_then(|bare| people.at(bare));
        let list = contacts.keepers.entry(commission).or_default();
        list.extend(contact.map(|contact| Period { from, to, contact }));
    }
    Ok(contacts)
}

fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}

fn enabled((id, address, name, language, disabled): PersonRow) -> Option<Contact> {
    (!disabled).then_some(Contact { address, name: Some(name), user_id: Some(id), language })
}

/// Country and language of each commission.
fn places(conn: &mut Db, bodies: &[CommissionId]) -> Result<HashMap<CommissionId, (String, Lang)>> {
    let rows: Vec<(CommissionId, String, String)> = commissions::table
        .inner_join(countries::table)
        .filter(commissions::id.eq_any(bodies))
        .select((commissions::id, countries::code, countries::locale))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, country, locale)| (id, (country, Lang::of_header(&locale)))).collect())
}

fn granted(
    conn: &mut Db,
    places: &HashMap<CommissionId, (String, Lang)>,
    bodies: &[CommissionId],
    named: &[InstitutionId],
    contacts: &mut Contacts,
) -> Result<()> {
    type Row = (Role, Option<String>, Option<CommissionId>, Option<InstitutionId>, PersonRow);
    let mut codes: Vec<&str> = places.values().map(|(country, _)| country.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let speaks = grants::role.eq(Role::Representative).and(grants::institution_id.assume_not_null().eq_any(named));
    let keeps = grants::role.eq(Role::Secretariat).and(grants::commission_id.assume_not_null().eq_any(bodies));
    let steers = grants::role.eq(Role::Coordinator).and(grants::country_code.assume_not_null().eq_any(codes));
    let rows: Vec<Row> = grants::table
        .inner_join(users::table)
        .filter(users::disabled.eq(false))
        .filter(speaks.or(keeps).or(steers))
        .order(grants::id)
        .select((
            grants::role,
            grants::country_code,
            grants::commission_id,
            grants::institution_id,
            (users::id, users::email, users::name, users::language, users::disabled),
        ))
        .load(conn)?;
    for (role, country, commission, institution, person) in rows {
        let Some(contact) = enabled(person) else { continue };
        match (role, country, commission, institution) {
            (Role::Coordinator, Some(country), ..) => contacts.coordinators.entry(country).or_default().push(contact),
            (Role::Secretariat, _, Some(id), _) => contacts.secretariats.entry(id).or_default().push(contact),
            (Role::Representative, _, _, Some(id)) => contacts.representatives.entry(id).or_default().push(contact),
            _ => {}
        }
    }
    Ok(())
}

fn delegate_rows(conn: &mut Db, bodies: &[CommissionId], named: &[InstitutionId]) -> Result<Vec<DelegateRow>> {
    Ok(delegates::table
        .left_join(users::table)
        .filter(delegates::commission_id.eq_any(bodies))
        .filter(delegates::institution_id.eq_any(named))
        .order((delegates::capacity.desc(), delegates::id))
        .select((
            delegates::commission_id,
            delegates::institution_id,
            (delegates::name, delegates::email),
            (delegates::from_date, delegates::to_date),
            (users::id, users::email, users::name, users::language, users::disabled).nullable(),
        ))
        .load(conn)?)
}

fn keeper_rows(conn: &mut Db, bodies: &[CommissionId]) -> Result<Vec<KeeperRow>> {
    Ok(memberships::table
        .inner_join(institutions::table)
        .filter(memberships::commission_id.eq_any(bodies))
        .filter(memberships::role.eq("secretariat"))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            institutions::name,
            institutions::email,
            (memberships::from_date, memberships::to_date),
        ))
        .load(conn)?)
}

/// Whose these addresses are.
fn owners(conn: &mut Db, addresses: &[String]) -> Result<HashMap<String, PersonRow>> {
    if addresses.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, PersonRow)> = users::table
        .filter(users::email_folded.eq_any(addresses))
        .select((users::email_folded, (users::id, users::email, users::name, users::language, users::disabled)))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

struct People {
    owners: HashMap<String, PersonRow>,
    places: HashMap<CommissionId, (String, Lang)>,
}

impl People {
    /// An address on its own: the person's who has it, in the country's language otherwise. A disabled person's
    /// address is not written to.
    fn at(&self, bare: Bare) -> Option<Contact> {
        let Bare { commission, address, name } = bare;
        if let Some(person) = self.owners.get(&folded(&address)) {
            return enabled(person.clone());
        }
        let language = commission.and_then(|id| self.places.get(&id)).map_or(Lang::Es, |(_, language)| *language);
        crate::mail::address_fault(&address).is_none().then_some(Contact { address, name, user_id: None, language })
    }
}
