//! Who is written to, by what they are: pure rules.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use crate::access::Visibility;
use crate::db::{CommissionId, InstitutionId, UserId};
use crate::i18n::{Lang, text};
use crate::mail::Recipient;
use crate::text::normalize_email;

crate::text_enum! {
    /// Why somebody is told.
    Reason {
        /// A delegate of the institution in the commission today.
        Delegate = "delegate",
        /// A representative of the institution.
        Representative = "representative",
        /// The institution's own address: nobody speaks for it.
        InstitutionAddress = "institution_address",
        /// The secretariat, because the institution has neither people nor an address.
        NobodyToTell = "nobody_to_tell",
        /// The secretariat, because the record is restricted and the institution has an address, but no people.
        RestrictedToPeople = "restricted_to_people",
        /// The secretariat, because it is long overdue.
        Escalation = "escalation",
        /// The secretariat, because it keeps the record.
        Secretariat = "secretariat",
    }
}

/// The sentence that tells a reader why; `institutions` are those that it is about.
pub fn why(lang: Lang, reason: Reason, institutions: &str) -> String {
    let key = match reason {
        Reason::Delegate => "why-delegate",
        Reason::Representative => "why-representative",
        Reason::InstitutionAddress => "why-institution-address",
        Reason::NobodyToTell => "why-nobody-to-tell",
        Reason::RestrictedToPeople => "why-restricted-to-people",
        Reason::Escalation => "why-escalation",
        Reason::Secretariat => "why-secretariat",
    };
    text(lang, key, &[("institutions", institutions.to_owned())])
}

impl Reason {
    /// Returns whether the secretariat is told in place of an institution that cannot be told.
    pub const fn instead(self) -> bool {
        matches!(self, Self::NobodyToTell | Self::RestrictedToPeople)
    }
}

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub address: String,
    pub name: Option<String>,
    pub user_id: Option<UserId>,
    pub language: Lang,
}

impl Contact {
    /// How addresses are compared.
    pub fn key(&self) -> String {
        normalize_email(&self.address)
    }

    pub fn recipient(&self) -> Recipient {
        Recipient {
            address: self.address.clone(),
            name: self.name.clone(),
            user_id: self.user_id,
            language: self.language,
        }
    }
}

/// What somebody is told of: a record of these commissions.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub country: &'a str,
    /// The first leads: its day is today.
    pub commissions: &'a [CommissionId],
    pub restricted: bool,
}

/// Something for as long as it holds; both days are included.
#[derive(Debug, Clone)]
pub struct Period<T> {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub what: T,
}

impl<T> Period<T> {
    fn on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The days on which it begins, and on which it no longer holds.
    fn edges(&self) -> impl Iterator<Item = NaiveDate> {
        self.from.into_iter().chain(self.to.and_then(|to| to.checked_add_days(Days::new(1))))
    }
}

/// A person or an address that speaks for an institution in a commission.
#[derive(Debug, Clone)]
pub struct Delegate {
    pub contact: Contact,
    /// What the person may know; None for an address without an account.
    pub visibility: Option<Visibility>,
}

impl Delegate {
    fn may_know(&self, about: About<'_>, institution: InstitutionId) -> bool {
        let named = [institution];
        self.visibility.as_ref().is_none_or(|visibility| {
            visibility.knows_record(about.country, about.commissions, about.restricted, &named)
        })
    }
}

/// A person who represents an institution.
#[derive(Debug, Clone)]
pub struct Representative {
    pub contact: Contact,
    /// The only commission in which the person represents the institution; None for every commission.
    pub commission: Option<CommissionId>,
}

impl Representative {
    fn may_know(&self, about: About<'_>) -> bool {
        self.commission.is_none_or(|own| about.commissions.contains(&own))
    }
}

/// Who can be written to, by what they are.
#[derive(Debug, Default)]
pub struct Contacts {
    pub delegates: HashMap<(CommissionId, InstitutionId), Vec<Period<Delegate>>>,
    /// When an institution sits in a commission; without any entry it never did, and its delegates count all the same.
    pub seats: HashMap<(CommissionId, InstitutionId), Vec<Period<()>>>,
    pub representatives: HashMap<InstitutionId, Vec<Representative>>,
    /// Institutions that have an address.
    pub institutions: HashMap<InstitutionId, Contact>,
    pub secretariats: HashMap<CommissionId, Vec<Contact>>,
    /// Coordinators of a country.
    pub coordinators: HashMap<String, Vec<Contact>>,
    /// Addresses of the institutions with the role of secretariat.
    pub keepers: HashMap<CommissionId, Vec<Period<Contact>>>,
    /// What the institutions are called.
    pub names: HashMap<InstitutionId, String>,
}

impl Contacts {
    /// Returns the people of an institution today, else its address; when there is neither, the secretariat, which is
    /// told why.
    ///
    /// Whoever edits an institution chooses its address, so nothing restricted goes there: the secretariat is told
    /// instead.
    pub fn for_institution(
        &self,
        about: About<'_>,
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Vec<(Contact, Reason)> {
        let delegates = self.delegates_on(about.commissions, institution, today);
        let delegates =
            distinct(delegates.filter(|one| one.may_know(about, institution)).map(|delegate| delegate.contact.clone()));
        if !delegates.is_empty() {
            return with(delegates, Reason::Delegate);
        }
        let people = self.representatives.get(&institution).into_iter().flatten();
        let people = distinct(people.filter(|one| one.may_know(about)).map(|one| one.contact.clone()));
        if !people.is_empty() {
            return with(people, Reason::Representative);
        }
        match self.institutions.get(&institution) {
            Some(own) if !about.restricted => vec![(own.clone(), Reason::InstitutionAddress)],
            Some(_) => with(self.secretariat(about, today), Reason::RestrictedToPeople),
            None => with(self.secretariat(about, today), Reason::NobodyToTell),
        }
    }

    /// The institution's delegates in these commissions, save those that it has left.
    fn delegates_on(
        &self,
        commissions: &[CommissionId],
        institution: InstitutionId,
        today: NaiveDate,
    ) -> impl Iterator<Item = &Delegate> {
        let pairs = commissions.iter().map(move |commission| (*commission, institution));
        let sits = move |pair: &(CommissionId, InstitutionId)| {
            self.seats.get(pair).is_none_or(|seats| seats.iter().any(|seat| seat.on(today)))
        };
        let periods = pairs.filter(sits).filter_map(|pair| self.delegates.get(&pair)).flatten();
        periods.filter(move |period| period.on(today)).map(|period| &period.what)
    }

    /// The next day after `today` on which others speak for the institution, as far as it is known.
    pub fn next_change(
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

    /// Leaves a person out of the secretariats and the coordinators.
    pub fn forget(&mut self, who: Option<UserId>) {
        let Some(who) = who else { return };
        for people in self.secretariats.values_mut().chain(self.coordinators.values_mut()) {
            people.retain(|contact| contact.user_id != Some(who));
        }
    }

    /// Returns the holders of that grant, else the coordinators, else the address of the institution with that role;
    /// nothing restricted goes to that address.
    pub fn secretariat(&self, about: About<'_>, today: NaiveDate) -> Vec<Contact> {
        let bodies = about.commissions;
        let holders = distinct(bodies.iter().filter_map(|id| self.secretariats.get(id)).flatten().cloned());
        if !holders.is_empty() {
            return holders;
        }
        let coordinators = distinct(self.coordinators.get(about.country).into_iter().flatten().cloned());
        if !coordinators.is_empty() {
            return coordinators;
        }
        if about.restricted {
            return Vec::new();
        }
        let keepers = bodies.iter().filter_map(|id| self.keepers.get(id)).flatten();
        distinct(keepers.filter(|keeper| keeper.on(today)).map(|keeper| keeper.what.clone()))
    }
}

fn with(contacts: Vec<Contact>, reason: Reason) -> Vec<(Contact, Reason)> {
    contacts.into_iter().map(|contact| (contact, reason)).collect()
}

fn distinct(contacts: impl Iterator<Item = Contact>) -> Vec<Contact> {
    let mut seen = HashSet::new();
    contacts.filter(|contact| seen.insert(contact.key())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(address: &str) -> Contact {
        Contact { address: address.into(), name: None, user_id: None, language: Lang::Es }
    }

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    #[test]
    fn people_speak_first_for_an_institution_and_only_while_they_are_its_delegates() {
        let (commission, institution) =
            (CommissionId::from(uuid::Uuid::from_u128(1)), InstitutionId::from(uuid::Uuid::from_u128(2)));
        let mut contacts = Contacts::default();
        let of = |contacts: &Contacts, on: &str| -> Vec<(String, Reason)> {
            let about = About { country: "CL", commissions: &[commission], restricted: false };
            let told = contacts.for_institution(about, institution, day(on));
            told.into_iter().map(|(contact, reason)| (contact.address, reason)).collect()
        };
        assert_eq!(of(&contacts, "2023-09-01"), []);
        let keeper = Period { from: None, to: Some(day("2023-09-01")), what: contact("k@x.org") };
        contacts.keepers.insert(commission, vec![keeper]);
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
        let from = |day, address, visibility| Period {
            from: Some(day),
            to: None,
            what: Delegate { contact: contact(address), visibility },
        };
        let delegates = vec![
            from(day("2023-09-02"), "d@x.org", None),
            from(day("2023-09-02"), "blind@x.org", Some(Visibility::default())),
        ];
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
        contacts.keepers.insert(commission, vec![Period { from: None, to: None, what: contact("k@x.org") }]);
        let of = |contacts: &Contacts, restricted| -> Vec<(String, Reason)> {
            let about = About { country: "CL", commissions: &[commission], restricted };
            let told = contacts.for_institution(about, institution, day("2023-09-01"));
            told.into_iter().map(|(contact, reason)| (contact.address, reason)).collect()
        };
        assert_eq!(of(&contacts, false), [("i@x.org".to_owned(), Reason::InstitutionAddress)]);
        assert_eq!(of(&contacts, true), []);
        contacts.secretariats.insert(commission, vec![contact("s@x.org")]);
        assert_eq!(of(&contacts, true), [("s@x.org".to_owned(), Reason::RestrictedToPeople)]);
    }
}
