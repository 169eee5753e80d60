//! Who can be written to: enabled people, and addresses.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::schema::{countries, delegates, grants, institutions, memberships, users};
use crate::db::{CommissionId, Db, InstitutionId, UserId};
use crate::error::Result;
use crate::i18n::Lang;
use crate::identity::Role;
use crate::reminders::model::{Contact, Contacts, Open, Period};

/// What is known of people: those who are enabled by id, and all by address.
struct People {
    enabled: HashMap<UserId, Contact>,
    by_address: HashMap<String, Option<Contact>>,
    languages: HashMap<String, Lang>,
}

type DelegateRow =
    (CommissionId, InstitutionId, Option<UserId>, Option<String>, Option<String>, Option<NaiveDate>, Option<NaiveDate>);
type GrantRow = (UserId, Role, Option<String>, Option<CommissionId>, Option<InstitutionId>);
type KeeperRow = (CommissionId, String, Option<String>, Option<NaiveDate>, Option<NaiveDate>);

/// Everybody who could hear of these assignments: a constant number of queries.
pub fn load(conn: &mut Db, open: &[Open], commissions: &[CommissionId]) -> Result<Contacts> {
    let named: HashSet<InstitutionId> = open.iter().map(|one| one.institution_id).collect();
    let country_of: HashMap<CommissionId, String> =
        open.iter().flat_map(|one| one.commissions.iter().map(|id| (*id, one.country.clone()))).collect();
    let delegates: Vec<DelegateRow> = delegates::table
        .filter(delegates::commission_id.eq_any(commissions))
        .filter(delegates::institution_id.eq_any(&named))
        .order(delegates::id)
        .select((
            delegates::commission_id,
            delegates::institution_id,
            delegates::user_id,
            delegates::name,
            delegates::email,
            delegates::from_date,
            delegates::to_date,
        ))
        .load(conn)?;
    let granted: Vec<GrantRow> = grants::table
        .filter(grants::role.eq_any([Role::Coordinator, Role::Secretariat, Role::Representative]))
        .order(grants::id)
        .select((grants::user_id, grants::role, grants::country_code, grants::commission_id, grants::institution_id))
        .load(conn)?;
    let own: Vec<(InstitutionId, String, Option<String>)> = institutions::table
        .filter(institutions::id.eq_any(&named))
        .select((institutions::id, institutions::name, institutions::email))
        .load(conn)?;
    let keepers: Vec<KeeperRow> = memberships::table
        .inner_join(institutions::table)
        .filter(memberships::commission_id.eq_any(commissions))
        .filter(memberships::role.eq("secretariat"))
        .order(memberships::id)
        .select((
            memberships::commission_id,
            institutions::name,
            institutions::email,
            memberships::from_date,
            memberships::to_date,
        ))
        .load(conn)?;
    let people = people(conn)?;
    let mut contacts = Contacts::default();
    for (commission, institution, user, name, email, from, to) in delegates {
        let country = country_of.get(&commission);
        let contact = match user {
            Some(id) => people.enabled.get(&id).cloned(),
            None => email.and_then(|address| people.at(address, name, country)),
        };
        let list = contacts.delegates.entry((commission, institution)).or_default();
        list.extend(contact.map(|contact| Period { from, to, contact }));
    }
    for row in granted {
        grant(&mut contacts, &people, row);
    }
    for (id, name, email) in own {
        let country = open.iter().find(|one| one.institution_id == id).map(|one| &one.country);
        if let Some(contact) = email.and_then(|address| people.at(address, Some(name), country)) {
            contacts.institutions.insert(id, contact);
        }
    }
    for (commission, name, email, from, to) in keepers {
        let contact = email.and_then(|address| people.at(address, Some(name), country_of.get(&commission)));
        let list = contacts.keepers.entry(commission).or_default();
        list.extend(contact.map(|contact| Period { from, to, contact }));
    }
    Ok(contacts)
}

fn grant(contacts: &mut Contacts, people: &People, (user, role, country, commission, institution): GrantRow) {
    let Some(contact) = people.enabled.get(&user).cloned() else { return };
    match (role, country, commission, institution) {
        (Role::Coordinator, Some(country), ..) => contacts.coordinators.entry(country).or_default().push(contact),
        (Role::Secretariat, _, Some(id), _) => contacts.secretariats.entry(id).or_default().push(contact),
        (Role::Representative, _, _, Some(id)) => contacts.representatives.entry(id).or_default().push(contact),
        _ => {}
    }
}

impl People {
    /// An address on its own: the person's who has it, in the country's language otherwise. A disabled person's
    /// address is not written to.
    fn at(&self, address: String, name: Option<String>, country: Option<&String>) -> Option<Contact> {
        if let Some(known) = self.by_address.get(&address.trim().to_lowercase()) {
            return known.clone();
        }
        let language = country.and_then(|code| self.languages.get(code)).copied().unwrap_or(Lang::Es);
        crate::mail::is_address(&address).then_some(Contact { address, name, user_id: None, language })
    }
}

fn people(conn: &mut Db) -> Result<People> {
    type Row = (UserId, String, String, String, Lang, bool);
    let rows: Vec<Row> = users::table
        .select((users::id, users::email, users::email_folded, users::name, users::language, users::disabled))
        .load(conn)?;
    let locales: Vec<(String, String)> = countries::table.select((countries::code, countries::locale)).load(conn)?;
    let languages = locales.into_iter().map(|(code, locale)| (code, Lang::of_header(&locale))).collect();
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
