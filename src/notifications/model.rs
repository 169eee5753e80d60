//! Rules on who is notified. They use no database.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use crate::access::Visibility;
use crate::db::{CommissionId, InstitutionId, UserId};
use crate::i18n::{Lang, text};
use crate::identity::Grant;
use crate::mail::Recipient;

crate::text_enum! {
    /// The reason for which somebody is notified.
    Reason {
        /// A delegate of the institution in the commission today.
        Delegate = "delegate",
        /// A representative of the institution.
        Representative = "representative",
        /// A person of the institution who observes the commission: a session convenes its people too.
        Observer = "observer",
        /// The institution's own address: it has neither delegates nor representatives.
        InstitutionAddress = "institution_address",
        /// The secretariat, because the institution has neither people nor an address.
        NobodyToTell = "nobody_to_tell",
        /// The secretariat, because the record is restricted and the institution has an address, but no people.
        RestrictedToPeople = "restricted_to_people",
        /// The secretariat, because the commitment is long overdue.
        Escalation = "escalation",
        /// The secretariat, because it is responsible for the record.
        Secretariat = "secretariat",
        /// The coordinator, because the part is overdue for very long.
        CoordinatorEscalation = "coordinator_escalation",
        /// A coordinator of the country, who is responsible for the record.
        Coordinator = "coordinator",
        /// The person who entered the record.
        Author = "author",
        /// The person was notified of the record before.
        Informed = "informed",
        /// The former address, the other representatives or the coordinator of an institution whose contacts changed.
        Contact = "contact",
    }
}

/// Returns the sentence that explains to a reader why the mail was sent; `institutions` are those that it is about.
pub(crate) fn why(lang: Lang, reason: Reason, institutions: &str) -> String {
    let key = format!("why-{}", reason.as_str().replace('_', "-"));
    text(lang, &key, &[("institutions", institutions.to_owned())])
}

impl Reason {
    /// Returns true if the secretariat is notified in place of an institution that cannot be notified.
    pub const fn is_instead(self) -> bool {
        matches!(self, Self::NobodyToTell | Self::RestrictedToPeople)
    }
}

/// The properties of a record that decide who may be notified of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordScope<'a> {
    pub country: &'a str,
    /// The time zone of the first, the lead commission, decides which day it is.
    pub commissions: &'a [CommissionId],
    pub restricted: bool,
}

/// A value that holds from a day to a day; both are included.
#[derive(Debug, Clone)]
pub(crate) struct Period<T> {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub what: T,
}

impl<T> Period<T> {
    fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Returns the first day and the day after the last.
    fn edges(&self) -> impl Iterator<Item = NaiveDate> {
        self.from.into_iter().chain(self.to.and_then(|to| to.checked_add_days(Days::new(1))))
    }
}

/// A delegate of an institution in a commission: a person or an address.
#[derive(Debug, Clone)]
pub(crate) struct Delegate {
    pub contact: Recipient,
    /// The grants of the person; `None` for an address without an account.
    pub grants: Option<Vec<Grant>>,
}

/// A person with a grant as representative of an institution.
#[derive(Debug, Clone)]
pub(crate) struct Representative {
    pub contact: Recipient,
    /// The only commission in which the person represents the institution; `None` for every commission.
    pub commission: Option<CommissionId>,
}

impl Representative {
    fn may_see(&self, record: RecordScope<'_>) -> bool {
        self.commission.is_none_or(|own| record.commissions.contains(&own))
    }
}

/// Everybody who can be notified, by role.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    pub delegates: HashMap<(CommissionId, InstitutionId), Vec<Period<Delegate>>>,
    /// The memberships of an institution in a commission. Without any, its delegates count all the same.
    pub seats: HashMap<(CommissionId, InstitutionId), Vec<Period<()>>>,
    pub representatives: HashMap<InstitutionId, Vec<Representative>>,
    /// People with a grant as observer of a commission, by their institution; only unrestricted records are sent to them.
    pub observers: HashMap<InstitutionId, Vec<(CommissionId, Recipient)>>,
    /// The addresses of institutions that have one.
    pub institutions: HashMap<InstitutionId, Recipient>,
    /// People with a grant as secretariat of a commission.
    pub secretariats: HashMap<CommissionId, Vec<Recipient>>,
    /// People with a grant as coordinator of a country.
    pub coordinators: HashMap<String, Vec<Recipient>>,
    /// The addresses of institutions that are members of a commission as its secretariat.
    pub secretariat_addresses: HashMap<CommissionId, Vec<Period<Recipient>>>,
    /// The names of institutions.
    pub names: HashMap<InstitutionId, String>,
}

impl Contacts {
    /// Returns the people of an institution today, else its address; when there is neither, the secretariat, with the
    /// reason.
    ///
    /// Anybody who may edit an institution chooses its address, so nothing restricted is sent there: the secretariat is
    /// notified instead.
    pub(crate) fn for_institution(
        &self,
        record: RecordScope<'_>,
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Vec<(Recipient, Reason)> {
        let delegates = self.delegates_on(record.commissions, institution, today);
        let delegates = delegates.filter(|one| self.may_see(one, record, institution, today));
        let delegates = distinct(delegates.map(|delegate| &delegate.contact));
        if !delegates.is_empty() {
            return with(delegates, Reason::Delegate);
        }
        let people = self.representatives.get(&institution).into_iter().flatten();
        let people = distinct(people.filter(|one| one.may_see(record)).map(|one| &one.contact));
        if !people.is_empty() {
            return with(people, Reason::Representative);
        }
        match self.institutions.get(&institution) {
            Some(own) if !record.restricted => vec![(own.clone(), Reason::InstitutionAddress)],
            Some(_) => with(self.secretariat(record, today), Reason::RestrictedToPeople),
            None => with(self.secretariat(record, today), Reason::NobodyToTell),
        }
    }

    /// Returns the same people for a session that convenes the institution: without delegates and representatives, its
    /// people who observe one of the commissions.
    pub(crate) fn for_convened(
        &self,
        record: RecordScope<'_>,
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Vec<(Recipient, Reason)> {
        let found = self.for_institution(record, institution, today);
        let has_people = found.iter().any(|(_, reason)| [Reason::Delegate, Reason::Representative].contains(reason));
        if has_people || record.restricted {
            return found;
        }
        let observers = self.observers.get(&institution).into_iter().flatten();
        let here = observers.filter(|(commission, _)| record.commissions.contains(commission));
        let observers = distinct(here.map(|(_, contact)| contact));
        if observers.is_empty() { found } else { with(observers, Reason::Observer) }
    }

    /// Returns true if a delegate of the institution may see the record today; an address without an account may.
    fn may_see(
        &self,
        delegate: &Delegate,
        record: RecordScope<'_>,
        institution: InstitutionId,
        today: NaiveDate,
    ) -> bool {
        let Some(grants) = &delegate.grants else { return true };
        let represented = grants.iter().filter_map(|grant| grant.institution_id);
        let pairs = represented.flat_map(|id| record.commissions.iter().map(move |commission| (*commission, id)));
        let seats = pairs
            .filter(|pair| self.seats.get(pair).is_some_and(|seats| seats.iter().any(|seat| seat.contains(today))));
        let visibility = Visibility::of_grants(grants, seats);
        visibility.knows_record(record.country, record.commissions, record.restricted, &[institution])
    }

    /// Returns the institution's delegates in these commissions, except in those that it has left.
    fn delegates_on(
        &self,
        commissions: &[CommissionId],
        institution: InstitutionId,
        today: NaiveDate,
    ) -> impl Iterator<Item = &Delegate> {
        let pairs = commissions.iter().map(move |commission| (*commission, institution));
        let is_member = move |pair: &(CommissionId, InstitutionId)| {
            self.seats.get(pair).is_none_or(|seats| seats.iter().any(|seat| seat.contains(today)))
        };
        let periods = pairs.filter(is_member).filter_map(|pair| self.delegates.get(&pair)).flatten();
        periods.filter(move |period| period.contains(today)).map(|period| &period.what)
    }

    /// Returns the next day after `today` on which the delegates of the institution change, as far as it is known.
    pub(crate) fn next_change(
        &self,
        commissions: &[CommissionId],
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Option<NaiveDate> {
        let pairs = commissions.iter().map(|commission| (*commission, institution));
        let edges = pairs.flat_map(|pair| {
            let delegates = self.delegates.get(&pair).into_iter().flatten().flat_map(Period::edges);
            let seats = self.seats.get(&pair).into_iter().flatten().flat_map(Period::edges);
            delegates.chain(seats)
        });
        edges.filter(|day| *day > today).min()
    }

    /// Removes a person from the secretariats and the coordinators.
    pub(crate) fn remove(&mut self, user: Option<UserId>) {
        let Some(user) = user else { return };
        for people in self.secretariats.values_mut().chain(self.coordinators.values_mut()) {
            people.retain(|contact| contact.user_id != Some(user));
        }
    }

    /// Returns where answers go: for each commission the person of its secretariat when there is exactly one, else the
    /// address of the secretariat's institution. Nothing restricted is answered to that address.
    pub(crate) fn answer_to(&self, record: RecordScope<'_>, today: NaiveDate) -> Vec<Recipient> {
        let of_commission = |id: &CommissionId| {
            let holders = distinct(self.secretariats.get(id).into_iter().flatten());
            if holders.len() == 1 {
                return holders;
            }
            let addresses = self.secretariat_addresses.get(id).into_iter().flatten();
            let open = addresses.filter(|period| !record.restricted && period.contains(today));
            distinct(open.map(|period| &period.what))
        };
        distinct(record.commissions.iter().flat_map(of_commission).collect::<Vec<_>>().iter())
    }

    /// Returns the coordinators of a country.
    pub(crate) fn coordinators_of(&self, country: &str) -> Vec<Recipient> {
        distinct(self.coordinators.get(country).into_iter().flatten())
    }

    /// Returns the holders of the grant as secretariat, else the coordinators, else the address of the secretariat's
    /// institution; nothing restricted is sent to that address.
    pub(crate) fn secretariat(&self, record: RecordScope<'_>, today: NaiveDate) -> Vec<Recipient> {
        let ids = record.commissions;
        let holders = distinct(ids.iter().filter_map(|id| self.secretariats.get(id)).flatten());
        if !holders.is_empty() {
            return holders;
        }
        let coordinators = distinct(self.coordinators.get(record.country).into_iter().flatten());
        if !coordinators.is_empty() || record.restricted {
            return coordinators;
        }
        let addresses = ids.iter().filter_map(|id| self.secretariat_addresses.get(id)).flatten();
        distinct(addresses.filter(|period| period.contains(today)).map(|period| &period.what))
    }
}

fn with(contacts: Vec<Recipient>, reason: Reason) -> Vec<(Recipient, Reason)> {
    contacts.into_iter().map(|contact| (contact, reason)).collect()
}

fn distinct<'a>(contacts: impl Iterator<Item = &'a Recipient>) -> Vec<Recipient> {
    let mut seen = HashSet::new();
    contacts.filter(|contact| seen.insert(contact.key())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(address: &str) -> Recipient {
        Recipient { address: address.into(), name: None, user_id: None, language: Lang::Es }
    }

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn the_people_of_an_institution_come_first_while_they_are_its_delegates() {
        let (commission, institution) =
            (CommissionId::from(uuid::Uuid::from_u128(1)), InstitutionId::from(uuid::Uuid::from_u128(2)));
        let mut contacts = Contacts::default();
        let of = |contacts: &Contacts, on: &str| -> Vec<(String, Reason)> {
            let record = RecordScope { country: "CL", commissions: &[commission], restricted: false };
            let notified = contacts.for_institution(record, institution, day(on));
            notified.into_iter().map(|(contact, reason)| (contact.address, reason)).collect()
        };
        assert_eq!(of(&contacts, "2023-09-01"), []);
        let address = Period { from: None, to: Some(day("2023-09-01")), what: contact("k@x.org") };
        contacts.secretariat_addresses.insert(commission, vec![address]);
        assert_eq!(of(&contacts, "2023-09-01"), [("k@x.org".to_owned(), Reason::NobodyToTell)]);
        assert_eq!(of(&contacts, "2023-09-02"), []);
        contacts.coordinators.insert("CL".into(), vec![contact("c@x.org")]);
        contacts.secretariats.insert(commission, vec![contact("s@x.org"), contact("S@x.org")]);
        assert_eq!(of(&contacts, "2023-09-01"), [("s@x.org".to_owned(), Reason::NobodyToTell)]);
        contacts.institutions.insert(institution, contact("i@x.org"));
        assert_eq!(of(&contacts, "2023-09-01"), [("i@x.org".to_owned(), Reason::InstitutionAddress)]);
        let elsewhere =
            Representative { contact: contact("b@x.org"), commission: Some(uuid::Uuid::from_u128(3).into()) };
        contacts.representatives.insert(institution, vec![elsewhere.clone()]);
        assert_eq!(of(&contacts, "2023-09-01"), [("i@x.org".to_owned(), Reason::InstitutionAddress)]);
        let here = Representative { contact: contact("r@x.org"), commission: Some(commission) };
        contacts.representatives.insert(institution, vec![elsewhere, here]);
        assert_eq!(of(&contacts, "2023-09-01"), [("r@x.org".to_owned(), Reason::Representative)]);
        let from = |day, address, grants| Period {
            from: Some(day),
            to: None,
            what: Delegate { contact: contact(address), grants },
        };
        let delegates =
            vec![from(day("2023-09-02"), "d@x.org", None), from(day("2023-09-02"), "blind@x.org", Some(Vec::new()))];
        contacts.delegates.insert((commission, institution), delegates);
        assert_eq!(of(&contacts, "2023-09-01"), [("r@x.org".to_owned(), Reason::Representative)]);
        assert_eq!(of(&contacts, "2023-09-02"), [("d@x.org".to_owned(), Reason::Delegate)]);
        let seat = Period { from: None, to: Some(day("2023-09-02")), what: () };
        contacts.seats.insert((commission, institution), vec![seat]);
        assert_eq!(of(&contacts, "2023-09-02"), [("d@x.org".to_owned(), Reason::Delegate)]);
        assert_eq!(of(&contacts, "2023-09-03"), [("r@x.org".to_owned(), Reason::Representative)]);
        assert_eq!(contacts.next_change(&[commission], institution, day("2023-09-01")), Some(day("2023-09-02")));
        assert_eq!(contacts.next_change(&[commission], institution, day("2023-09-02")), Some(day("2023-09-03")));
    }

    #[test]
    fn nothing_restricted_goes_to_an_address_without_a_person() {
        let (commission, institution) =
            (CommissionId::from(uuid::Uuid::from_u128(1)), InstitutionId::from(uuid::Uuid::from_u128(2)));
        let mut contacts = Contacts::default();
        contacts.institutions.insert(institution, contact("i@x.org"));
        contacts
            .secretariat_addresses
            .insert(commission, vec![Period { from: None, to: None, what: contact("k@x.org") }]);
        let of = |contacts: &Contacts, restricted| -> Vec<(String, Reason)> {
            let record = RecordScope { country: "CL", commissions: &[commission], restricted };
            let notified = contacts.for_institution(record, institution, day("2023-09-01"));
            notified.into_iter().map(|(contact, reason)| (contact.address, reason)).collect()
        };
        assert_eq!(of(&contacts, false), [("i@x.org".to_owned(), Reason::InstitutionAddress)]);
        assert_eq!(of(&contacts, true), []);
        contacts.secretariats.insert(commission, vec![contact("s@x.org")]);
        assert_eq!(of(&contacts, true), [("s@x.org".to_owned(), Reason::RestrictedToPeople)]);
    }
}
