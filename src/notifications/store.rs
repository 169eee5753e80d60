//! Who can be written to: enabled people, and addresses. Reads delegates, memberships, grants and users.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::model::{Contact, Contacts, Delegate, Period, Representative};
use crate::access::Visibility;
use crate::db::schema::{commissions, countries, delegates, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Role;
use crate::text::normalize_email;

type Dates = (Option<NaiveDate>, Option<NaiveDate>);
type DelegateRow = (CommissionId, InstitutionId, Option<UserId>, Option<String>, Option<String>, Dates);
type GrantRow = (UserId, Role, Option<String>, Option<CommissionId>, Option<InstitutionId>);
type InstitutionRow = (InstitutionId, String, Option<String>, Option<String>);
type SeatRow = (CommissionId, InstitutionId, String, String, Option<String>, Dates);

/// Everybody who can be told of something of these institutions in these commissions: a constant number of queries,
/// whatever their number, about them alone.
pub fn contacts(conn: &mut Db, bodies: &[CommissionId], named: &[InstitutionId]) -> Result<Contacts> {
    let places = places(conn, bodies)?;
    let delegates = delegates(conn, bodies, named)?;
    let granted = granted(conn, &places, bodies, named)?;
    let seats = seats(conn, bodies, named)?;
    let own: Vec<InstitutionRow> = institutions::table
        .filter(institutions::id.eq_any(named))
        .select((institutions::id, institutions::name, institutions::email, institutions::country_code))
        .load(conn)?;
    let ids = delegates.iter().filter_map(|row| row.2).chain(granted.iter().map(|row| row.0)).collect();
    let bare = delegates.iter().filter_map(|row| row.4.as_deref());
    let bare = bare.chain(own.iter().filter_map(|row| row.2.as_deref()));
    let addresses = bare.chain(seats.iter().filter_map(|row| row.4.as_deref())).map(normalize_email).collect();
    let people = people(conn, &ids, &addresses)?;
    let reaches = reaches(conn, delegates.iter().filter_map(|row| row.2).collect(), &seats)?;
    let lead = bodies.first().and_then(|id| places.get(id));

    let mut contacts = Contacts::default();
    for (commission, institution, user, name, email, (from, to)) in delegates {
        let delegate = match user {
            Some(id) => people.enabled.get(&id).map(|contact| Delegate {
                contact: contact.clone(),
                visibility: Some(reaches.get(&id).cloned().unwrap_or_default()),
            }),
            None => email
                .and_then(|address| people.at(address, name, places.get(&commission)))
                .map(|contact| Delegate { contact, visibility: None }),
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
            let list = contacts.keepers.entry(commission).or_default();
            list.extend(contact.map(|what| Period { from, to, what }));
        }
    }
    Ok(contacts)
}

/// The country of each commission.
fn places(conn: &mut Db, bodies: &[CommissionId]) -> Result<HashMap<CommissionId, String>> {
    let rows: Vec<(CommissionId, String)> = commissions::table
        .filter(commissions::id.eq_any(bodies))
        .select((commissions::id, commissions::country_code))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn delegates(conn: &mut Db, bodies: &[CommissionId], named: &[InstitutionId]) -> Result<Vec<DelegateRow>> {
    Ok(delegates::table
        .filter(delegates::commission_id.eq_any(bodies))
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

/// Who represents these institutions, keeps these commissions, or coordinates their countries.
fn granted(
    conn: &mut Db,
    places: &HashMap<CommissionId, String>,
    bodies: &[CommissionId],
    named: &[InstitutionId],
) -> Result<Vec<GrantRow>> {
    let countries: HashSet<Option<&String>> = places.values().map(Some).collect();
    let institutions = named.iter().map(|id| Some(*id));
    let kept = bodies.iter().map(|id| Some(*id));
    let represents = grants::role.eq(Role::Representative).and(grants::institution_id.eq_any(institutions));
    let keeps = grants::role.eq(Role::Secretariat).and(grants::commission_id.eq_any(kept));
    let coordinates = grants::role.eq(Role::Coordinator).and(grants::country_code.eq_any(countries));
    Ok(grants::table
        .filter(represents.or(keeps).or(coordinates).assume_not_null())
        .order(grants::id)
        .select((grants::user_id, grants::role, grants::country_code, grants::commission_id, grants::institution_id))
        .load(conn)?)
}

/// When these institutions sit in these commissions, and who keeps their secretariat.
fn seats(conn: &mut Db, bodies: &[CommissionId], named: &[InstitutionId]) -> Result<Vec<SeatRow>> {
    Ok(memberships::table
        .inner_join(institutions::table)
        .filter(memberships::commission_id.eq_any(bodies))
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

fn grant(contacts: &mut Contacts, people: &People, (user, role, country, commission, institution): GrantRow) {
    let Some(contact) = people.enabled.get(&user).cloned() else { return };
    match (role, country, commission, institution) {
        (Role::Coordinator, Some(country), ..) => contacts.coordinators.entry(country).or_default().push(contact),
        (Role::Secretariat, _, Some(id), _) => contacts.secretariats.entry(id).or_default().push(contact),
        (Role::Representative, _, commission, Some(id)) => {
            contacts.representatives.entry(id).or_default().push(Representative { contact, commission });
        }
        _ => {}
    }
}

/// What delegates who sign in may know by their grants.
fn reaches(conn: &mut Db, users: HashSet<UserId>, seats: &[SeatRow]) -> Result<HashMap<UserId, Visibility>> {
    let rows: Vec<GrantRow> = grants::table
        .filter(grants::user_id.eq_any(users))
        .select((grants::user_id, grants::role, grants::country_code, grants::commission_id, grants::institution_id))
        .load(conn)?;
    let mut reaches: HashMap<UserId, Visibility> = HashMap::new();
    for (user, role, country, commission, institution) in rows {
        let visibility = reaches.entry(user).or_default();
        match role {
            Role::Admin => visibility.all = true,
            Role::Coordinator => visibility.countries.extend(country),
            Role::Secretariat => visibility.kept.extend(commission),
            Role::Observer => visibility.followed.extend(commission),
            Role::Representative => {
                let own = |seat: &&SeatRow| Some(seat.1) == institution && commission.is_none_or(|only| seat.0 == only);
                visibility.followed.extend(seats.iter().filter(own).map(|seat| seat.0));
                match commission {
                    Some(only) => visibility.bounded.extend(institution.map(|id| (only, id))),
                    None => visibility.institutions.extend(institution),
                }
            }
        }
    }
    Ok(reaches)
}

/// What is known of people: those who are enabled by id, and all by address; and the languages of countries.
struct People {
    enabled: HashMap<UserId, Contact>,
    by_address: HashMap<String, Option<Contact>>,
    languages: HashMap<String, Lang>,
}

impl People {
    /// An address on its own: the person's who has it, in the country's language otherwise. A disabled person's
    /// address is not written to.
    fn at(&self, address: String, name: Option<String>, country: Option<&String>) -> Option<Contact> {
        if let Some(known) = self.by_address.get(&normalize_email(&address)) {
            return known.clone();
        }
        let language = country.and_then(|code| self.languages.get(code)).copied().unwrap_or(Lang::Es);
        crate::mail::address_fault(&address).is_none().then_some(Contact { address, name, user_id: None, language })
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
        let contact = Contact { address, name: Some(name), user_id: Some(id), language };
        people.by_address.insert(folded, (!disabled).then(|| contact.clone()));
        if !disabled {
            people.enabled.insert(id, contact);
        }
    }
    Ok(people)
}
