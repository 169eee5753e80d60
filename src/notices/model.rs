//! Who is written to, by what they are: pure rules.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::db::{CommissionId, InstitutionId, UserId};
use crate::i18n::{Lang, text};
use crate::mail::Recipient;

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
        /// The secretariat, because it is long overdue.
        Escalation = "escalation",
        /// The secretariat, because it keeps the record.
        Secretariat = "secretariat",
    }
}

/// The sentence that tells a reader why.
pub fn why(lang: Lang, reason: Reason) -> String {
    let key = match reason {
        Reason::Delegate => "why-delegate",
        Reason::Representative => "why-representative",
        Reason::InstitutionAddress => "why-institution-address",
        Reason::NobodyToTell => "why-nobody-to-tell",
        Reason::Escalation => "why-escalation",
        Reason::Secretariat => "why-secretariat",
    };
    text(lang, key, &[])
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
        self.address.trim().to_lowercase()
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

/// A contact for as long as it holds; both days included.
#[derive(Debug, Clone)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub contact: Contact,
}

impl Period {
    fn on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

fn on_day<'a>(periods: Option<&'a Vec<Period>>, day: NaiveDate) -> impl Iterator<Item = Contact> + 'a {
    periods.into_iter().flatten().filter(move |period| period.on(day)).map(|period| period.contact.clone())
}

/// Who can be written to, by what they are.
#[derive(Debug, Default)]
pub struct Contacts {
    /// Delegates of an institution in a commission, each for a period.
    pub delegates: HashMap<(CommissionId, InstitutionId), Vec<Period>>,
    pub representatives: HashMap<InstitutionId, Vec<Contact>>,
    /// Institutions that have an address.
    pub institutions: HashMap<InstitutionId, Contact>,
    pub secretariats: HashMap<CommissionId, Vec<Contact>>,
    /// Coordinators of a country.
    pub coordinators: HashMap<String, Vec<Contact>>,
    /// Addresses of the institutions with the role of secretariat, each for a period.
    pub keepers: HashMap<CommissionId, Vec<Period>>,
    /// What the institutions are called.
    pub names: HashMap<InstitutionId, String>,
}

impl Contacts {
    /// The people of an institution in these commissions today, else its address; nobody twice.
    pub fn of_institution(
        &self,
        commissions: &[CommissionId],
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Vec<(Contact, Reason)> {
        let delegates = commissions.iter().flat_map(|id| on_day(self.delegates.get(&(*id, institution)), today));
        let delegates = distinct(delegates);
        if !delegates.is_empty() {
            return with(delegates, Reason::Delegate);
        }
        let people = distinct(self.representatives.get(&institution).into_iter().flatten().cloned());
        if !people.is_empty() {
            return with(people, Reason::Representative);
        }
        with(self.institutions.get(&institution).cloned().into_iter().collect(), Reason::InstitutionAddress)
    }

    /// The same; when there is nobody, the secretariat, told why.
    pub fn for_institution(
        &self,
        (country, commissions): (&str, &[CommissionId]),
        institution: InstitutionId,
        today: NaiveDate,
    ) -> Vec<(Contact, Reason)> {
        let own = self.of_institution(commissions, institution, today);
        if own.is_empty() { with(self.secretariat(country, commissions, today), Reason::NobodyToTell) } else { own }
    }

    /// Leaves a person out of the secretariats and the coordinators.
    pub fn forget(&mut self, who: Option<UserId>) {
        let Some(who) = who else { return };
        for people in self.secretariats.values_mut().chain(self.coordinators.values_mut()) {
            people.retain(|contact| contact.user_id != Some(who));
        }
    }

    /// The holders of that grant, else the coordinators, else the address of the institution with that role.
    pub fn secretariat(&self, country: &str, commissions: &[CommissionId], today: NaiveDate) -> Vec<Contact> {
        let holders = distinct(commissions.iter().filter_map(|id| self.secretariats.get(id)).flatten().cloned());
        if !holders.is_empty() {
            return holders;
        }
        let coordinators = distinct(self.coordinators.get(country).into_iter().flatten().cloned());
        if !coordinators.is_empty() {
            return coordinators;
        }
        distinct(commissions.iter().flat_map(|id| on_day(self.keepers.get(id), today)))
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
            let told = contacts.for_institution(("CL", &[commission]), institution, day(on));
            told.into_iter().map(|(contact, reason)| (contact.address, reason)).collect()
        };
        assert_eq!(of(&contacts, "2023-09-01"), []);
        let keeper = Period { from: None, to: Some(day("2023-09-01")), contact: contact("k@x.org") };
        contacts.keepers.insert(commission, vec![keeper]);
        assert_eq!(of(&contacts, "2023-09-01"), [("k@x.org".to_owned(), Reason::NobodyToTell)]);
        assert_eq!(of(&contacts, "2023-09-02"), []);
        contacts.coordinators.insert("CL".into(), vec![contact("c@x.org")]);
        contacts.secretariats.insert(commission, vec![contact("s@x.org"), contact("S@x.org")]);
        assert_eq!(of(&contacts, "2023-09-01"), [("s@x.org".to_owned(), Reason::NobodyToTell)]);
        contacts.institutions.insert(institution, contact("i@x.org"));
        assert_eq!(of(&contacts, "2023-09-01"), [("i@x.org".to_owned(), Reason::InstitutionAddress)]);
        contacts.representatives.insert(institution, vec![contact("r@x.org")]);
        assert_eq!(of(&contacts, "2023-09-01"), [("r@x.org".to_owned(), Reason::Representative)]);
        let delegate = Period { from: Some(day("2023-09-02")), to: None, contact: contact("d@x.org") };
        contacts.delegates.insert((commission, institution), vec![delegate]);
        assert_eq!(of(&contacts, "2023-09-01"), [("r@x.org".to_owned(), Reason::Representative)]);
        assert_eq!(of(&contacts, "2023-09-02"), [("d@x.org".to_owned(), Reason::Delegate)]);
    }
}
