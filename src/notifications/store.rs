//! Loads the people and addresses that can be notified from delegates, memberships, grants and users.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Contacts, Delegate, Period, Representative};
use crate::db::schema::{commissions, countries, delegates, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, UserId, unique};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::{Grant, Role, users_by_id};
use crate::mail::Recipient;
use crate::text::normalize_email;

type Dates = (Option<NaiveDate>, Option<NaiveDate>);
type DelegateRow = (CommissionId, InstitutionId, Option<UserId>, Option<String>, Option<String>, Dates);
type GrantRow = (UserId, Role, Option<String>, Option<CommissionId>, Option<InstitutionId>, Option<InstitutionId>);
type InstitutionRow = (InstitutionId, String, Option<String>, Option<String>);
type SeatRow = (CommissionId, InstitutionId, String, String, Option<String>, Dates);

/// Loads everybody who can be notified for these institutions in these commissions, in a constant number of queries.
pub(crate) fn contacts(conn: &mut Db, commission_ids: &[CommissionId], named: &[InstitutionId]) -> Result<Contacts> {
    let places = places(conn, commission_ids)?;
    let delegates = delegates(conn, commission_ids, named)?;
    let granted = granted(conn, &places, commission_ids, named)?;
    let grants = grants_of(conn, &delegates)?;
    let represented = grants.values().flatten().filter_map(|grant| grant.institution_id);
    let seats = seats(conn, commission_ids, &named.iter().copied().chain(represented).collect())?;
    let own: Vec<InstitutionRow> = institutions::table
        .filter(institutions::id.eq_any(named))
        .select((institutions::id, institutions::name, institutions::email, institutions::country_code))
        .load(conn)?;
    let ids = delegates.iter().filter_map(|row| row.2).chain(granted.iter().map(|row| row.0)).collect();
    let bare = delegates.iter().filter_map(|row| row.4.as_deref());
    let bare = bare.chain(own.iter().filter_map(|row| row.2.as_deref()));
    let addresses = bare.chain(seats.iter().filter_map(|row| row.4.as_deref())).map(normalize_email).collect();
    let people = people(conn, &ids, &addresses)?;
    let lead = commission_ids.first().and_then(|id| places.get(id));

    let mut contacts = Contacts::default();
    for (commission, institution, user, name, email, (from, to)) in delegates {
        let delegate = match user {
            Some(id) => people.enabled.get(&id).map(|contact| Delegate {
                contact: contact.clone(),
                grants: Some(grants.get(&id).cloned().unwrap_or_default()),
            }),
            None => email
                .and_then(|address| people.at(address, name, places.get(&commission)))
                .map(|contact| Delegate { contact, grants: None }),
        };
        let list = contacts.delegates.entry((commission, institution)).or_default();
        list.extend(delegate.map(|what| Period { from, to, what }));
    }
    for row in granted {
        grant(&mut contacts, &people, row);
    }
    for (id, name, email, country) in own {
        contacts.names.insert(id, name.clone());
        if let Some(contact) = email.and_then(|address| people.at(address, Some(name), country.as_ref().or(lead))) {
            contacts.institutions.insert(id, contact);
        }
    }
    for (commission, institution, role, name, email, (from, to)) in seats {
        contacts.seats.entry((commission, institution)).or_default().push(Period { from, to, what: () });
        if role == "secretariat" {
            let contact = email.and_then(|at| people.at(at, Some(name), places.get(&commission)));
            let list = contacts.secretariat_addresses.entry(commission).or_default();
            list.extend(contact.map(|what| Period { from, to, what }));
        }
    }
    Ok(contacts)
}

/// Returns the country of each commission.
fn places(conn: &mut Db, commission_ids: &[CommissionId]) -> Result<HashMap<CommissionId, String>> {
    let rows: Vec<(CommissionId, String)> = commissions::table
        .filter(commissions::id.eq_any(commission_ids))
        .select((commissions::id, commissions::country_code))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn delegates(conn: &mut Db, commission_ids: &[CommissionId], named: &[InstitutionId]) -> Result<Vec<DelegateRow>> {
    Ok(delegates::table
        .filter(delegates::commission_id.eq_any(commission_ids))
        .filter(delegates::institution_id.eq_any(named))
        .order((delegates::capacity.desc(), delegates::id))
        .select((
            delegates::commission_id,
            delegates::institution_id,
            delegates::user_id,
            delegates::name,
            delegates::email,
            (delegates::from_date, delegates::to_date),
        ))
        .load(conn)?)
}

/// Returns the grants of representatives of these institutions, of secretariats of these commissions, of their
/// observers that belong to one of the institutions, and of coordinators of their countries.
fn granted(
    conn: &mut Db,
    places: &HashMap<CommissionId, String>,
    commission_ids: &[CommissionId],
    named: &[InstitutionId],
) -> Result<Vec<GrantRow>> {
    let countries: HashSet<Option<&String>> = places.values().map(Some).collect();
    let institutions = named.iter().map(|id| Some(*id));
    let of_secretariat = commission_ids.iter().map(|id| Some(*id));
    let represents = grants::role.eq(Role::Representative).and(grants::institution_id.eq_any(institutions));
    let is_secretariat = grants::role.eq(Role::Secretariat).and(grants::commission_id.eq_any(of_secretariat));
    let coordinates = grants::role.eq(Role::Coordinator).and(grants::country_code.eq_any(countries));
    let observed = commission_ids.iter().map(|id| Some(*id));
    let own = users::institution_id.eq_any(named.iter().map(|id| Some(*id)));
    let observes = grants::role.eq(Role::Observer).and(grants::commission_id.eq_any(observed)).and(own);
    Ok(grants::table
        .inner_join(users::table)
        .filter(represents.or(is_secretariat).or(coordinates).or(observes).assume_not_null())
        .order(grants::id)
        .select((
            grants::user_id,
            grants::role,
            grants::country_code,
            grants::commission_id,
            grants::institution_id,
            users::institution_id,
        ))
        .load(conn)?)
}

/// Returns the memberships of these institutions in these commissions, and those of the secretariats.
fn seats(conn: &mut Db, commission_ids: &[CommissionId], named: &HashSet<InstitutionId>) -> Result<Vec<SeatRow>> {
    Ok(memberships::table
        .inner_join(institutions::table)
        .filter(memberships::commission_id.eq_any(commission_ids))
        .filter(memberships::role.eq("secretariat").or(memberships::institution_id.eq_any(named)))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            memberships::institution_id,
            memberships::role,
            institutions::name,
            institutions::email,
            (memberships::from_date, memberships::to_date),
        ))
        .load(conn)?)
}

fn grant(contacts: &mut Contacts, people: &People, (user, role, country, commission, institution, own): GrantRow) {
    let Some(contact) = people.enabled.get(&user).cloned() else { return };
    match (role, country, commission, institution) {
        (Role::Observer, _, Some(id), _) => {
            if let Some(own) = own {
                contacts.observers.entry(own).or_default().push((id, contact));
            }
        }
        (Role::Coordinator, Some(country), ..) => contacts.coordinators.entry(country).or_default().push(contact),
        (Role::Secretariat, _, Some(id), _) => contacts.secretariats.entry(id).or_default().push(contact),
        (Role::Representative, _, commission, Some(id)) => {
            contacts.representatives.entry(id).or_default().push(Representative { contact, commission });
        }
        _ => {}
    }
}

/// Returns the representatives of an institution, the coordinators of a country, and a former address of the
/// institution with its name.
pub(crate) fn contacts_of_institution(
    conn: &mut Db,
    institution: InstitutionId,
    country: &str,
    former: Option<(&str, &str)>,
    commission: Option<CommissionId>,
) -> Result<Vec<Recipient>> {
    let represents = grants::role.eq(Role::Representative).and(grants::institution_id.eq(institution));
    let coordinates = grants::role.eq(Role::Coordinator).and(grants::country_code.eq(country));
    let mut granted = grants::table
        .filter(represents.or(coordinates).assume_not_null())
        .select(grants::user_id)
        .distinct()
        .into_boxed();
    if let Some(only) = commission {
        let of_it = grants::commission_id.is_null().or(grants::commission_id.eq(only).assume_not_null());
        granted = granted.filter(grants::role.eq(Role::Coordinator).or(of_it));
    }
    let ids: Vec<UserId> = granted.load(conn)?;
    let addresses = former.iter().map(|(address, _)| normalize_email(address)).collect();
    let people = people(conn, &ids.into_iter().collect(), &addresses)?;
    let place = country.to_owned();
    let former = former.and_then(|(address, name)| people.at(address.to_owned(), Some(name.to_owned()), Some(&place)));
    Ok(people.enabled.into_values().chain(former).collect())
}

/// Returns the enabled coordinators of a country.
pub(crate) fn coordinators(conn: &mut Db, country: &str) -> Result<Vec<Recipient>> {
    let ids: Vec<UserId> = grants::table
        .filter(grants::role.eq(Role::Coordinator))
        .filter(grants::country_code.eq(country))
        .select(grants::user_id)
        .distinct()
        .load(conn)?;
    let people = users_by_id(conn, &ids)?.into_iter().filter(|person| !person.disabled);
    Ok(people.map(|person| person.recipient()).collect())
}

/// Returns the country of the first of these commissions, else the other country.
pub(crate) fn country_of(
    conn: &mut Db,
    commission_ids: &[CommissionId],
    other: Option<String>,
) -> Result<Option<String>> {
    Ok(places(conn, commission_ids)?.into_values().next().or(other))
}

/// Returns the grants of delegates who have an account.
fn grants_of(conn: &mut Db, delegates: &[DelegateRow]) -> Result<HashMap<UserId, Vec<Grant>>> {
    let ids = unique(delegates.iter().filter_map(|row| row.2));
    Ok(users_by_id(conn, &ids)?.into_iter().map(|user| (user.id, user.grants)).collect())
}

/// Enabled people by id, all people by address (`None` if disabled), and the language of each country.
struct People {
    enabled: HashMap<UserId, Recipient>,
    by_address: HashMap<String, Option<Recipient>>,
    languages: HashMap<String, Lang>,
}

impl People {
    /// Returns the person with an address, else the address itself in the country's language. The address of a disabled
    /// person gives `None`.
    fn at(&self, address: String, name: Option<String>, country: Option<&String>) -> Option<Recipient> {
        if let Some(known) = self.by_address.get(&normalize_email(&address)) {
            return known.clone();
        }
        let language = country.and_then(|code| self.languages.get(code)).copied().unwrap_or(Lang::Es);
        crate::mail::address_fault(&address).is_none().then_some(Recipient { address, name, user_id: None, language })
    }
}

fn people(conn: &mut Db, ids: &HashSet<UserId>, addresses: &HashSet<String>) -> Result<People> {
    type Row = (UserId, String, String, String, Lang, bool);
    let rows: Vec<Row> = users::table
        .filter(users::id.eq_any(ids).or(users::email_folded.eq_any(addresses)))
        .select((users::id, users::email, users::email_folded, users::name, users::language, users::disabled))
        .load(conn)?;
    let locales: Vec<(String, String)> = countries::table.select((countries::code, countries::locale)).load(conn)?;
    let languages =
        locales.into_iter().map(|(code, locale)| (code, Lang::of_tag(&locale).unwrap_or(Lang::Es))).collect();
    let mut people = People { enabled: HashMap::new(), by_address: HashMap::new(), languages };
    for (id, address, folded, name, language, disabled) in rows {
        let contact = Recipient { address, name: Some(name), user_id: Some(id), language };
        people.by_address.insert(folded, (!disabled).then(|| contact.clone()));
        if !disabled {
            people.enabled.insert(id, contact);
        }
    }
    Ok(people)
}
