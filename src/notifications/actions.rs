//! Finding whom to tell, and telling them.

use std::collections::BTreeMap;

use super::model::{Contact, Contacts, Reason, RecordScope, why};
use super::store;
use crate::access::commission_refs;
use crate::db::{InstitutionId, Tx};
use crate::error::Result;
use crate::i18n::text;
use crate::mail::{EmailBody, NewDelivery, enqueue};

/// One person who is told, and of which institutions.
#[derive(Debug, Clone)]
pub struct Addressee {
    pub contact: Contact,
    /// Why this person hears of institutions that somebody speaks for, or of a secretariat's own affairs.
    reason: Option<Reason>,
    /// The institutions that it concerns, in the order in which they were named; none for a secretariat's own affairs.
    pub institutions: Vec<(InstitutionId, String)>,
    /// The institutions of this list about which nobody else can be told, and the reason.
    unreached: Vec<(Reason, String)>,
}

impl Addressee {
    fn new(contact: Contact) -> Self {
        Self { contact, reason: None, institutions: Vec::new(), unreached: Vec::new() }
    }

    fn add(&mut self, reason: Reason, id: InstitutionId, name: String) {
        match reason.instead() {
            true => self.unreached.push((reason, name.clone())),
            false => self.reason = self.reason.or(Some(reason)),
        }
        self.institutions.push((id, name));
    }

    /// Why this person is told, in the person's language.
    fn why(&self) -> String {
        let instead = [Reason::NobodyToTell, Reason::RestrictedToPeople].map(|reason| (reason, self.unreached(reason)));
        let instead = instead.into_iter().filter(|(_, names)| !names.is_empty());
        let reasons = self.reason.into_iter().map(|reason| (reason, String::new())).chain(instead);
        reasons.map(|(reason, names)| why(self.contact.language, reason, &names)).collect::<Vec<_>>().join(" ")
    }

    fn unreached(&self, reason: Reason) -> String {
        let names = self.unreached.iter().filter(|(why, _)| *why == reason).map(|(_, name)| name.as_str());
        names.collect::<Vec<_>>().join("; ")
    }

    /// Returns whether the person is told only in place of institutions that cannot be told.
    pub fn is_instead(&self) -> bool {
        self.reason.is_none() && !self.unreached.is_empty()
    }
}

impl RecordScope<'_> {
    fn today(&self, tx: &mut Tx<'_>) -> Result<chrono::NaiveDate> {
        let lead = self.commissions.first().copied();
        let known = commission_refs(tx.conn, lead.as_slice())?;
        Ok(known.into_values().next().map_or_else(|| tx.now.utc().date_naive(), |lead| lead.today(tx.now)))
    }
}

/// Who is told what concerns these institutions: one entry a person; not the person who acts, save to say that nobody
/// else can be told.
pub fn addressees_of_institutions(
    tx: &mut Tx<'_>,
    about: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let today = about.today(tx)?;
    let contacts = store::contacts(tx.conn, about.commissions, named)?;
    let mut people: BTreeMap<String, Addressee> = BTreeMap::new();
    for id in named {
        for (contact, reason) in contacts.for_institution(about, *id, today) {
            let told = people.entry(contact.key()).or_insert_with(|| Addressee::new(contact));
            told.add(reason, *id, name(&contacts, *id));
        }
    }
    let acts = |told: &Addressee| tx.who.is_some() && told.contact.user_id == tx.who;
    people.retain(|_, told| !told.unreached.is_empty() || !acts(told));
    Ok(people.into_values().collect())
}

fn name(contacts: &Contacts, id: InstitutionId) -> String {
    contacts.names.get(&id).cloned().unwrap_or_default()
}

/// The secretariat without the person who acts; where that leaves nobody, the coordinators. The institutions named are
/// those that it is told about.
pub fn addressees_in_secretariat(
    tx: &mut Tx<'_>,
    about: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let today = about.today(tx)?;
    let mut contacts = store::contacts(tx.conn, about.commissions, named)?;
    contacts.forget(tx.who);
    let institutions: Vec<_> = named.iter().map(|id| (*id, name(&contacts, *id))).collect();
    let keepers = contacts.secretariat(about, today).into_iter();
    let told = |contact| {
        let reason = Some(Reason::Secretariat);
        Addressee { reason, institutions: institutions.clone(), ..Addressee::new(contact) }
    };
    Ok(keepers.map(told).collect())
}

/// Puts a mail for each of these people into the outbox; `draft` writes it in the reader's language.
pub fn notify(
    tx: &mut Tx<'_>,
    kind: &'static str,
    about: RecordScope<'_>,
    told: &[Addressee],
    draft: impl Fn(&Addressee) -> EmailBody,
) -> Result<()> {
    if tx.silent || told.is_empty() {
        return Ok(());
    }
    let day = about.today(tx)?;
    for one in told {
        let mut draft = draft(one);
        draft.footer = one.why();
        draft.greeting = match &one.contact.name {
            Some(name) if one.contact.user_id.is_some() => {
                text(one.contact.language, "mail-greeting", &[("name", name.clone())])
            }
            _ => text(one.contact.language, "mail-greeting-all", &[]),
        };
        let mut delivery = NewDelivery::with_body(kind, one.contact.recipient(), day, &draft)?;
        delivery.country_code = Some(about.country.to_owned());
        delivery.commissions = about.commissions.to_vec();
        enqueue(tx, delivery)?;
    }
    Ok(())
}
