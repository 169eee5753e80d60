//! Finds the people to notify of a change, and queues their mails.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::events::{Event, RecordRef};
use super::model::{Contacts, Reason, RecordScope, why};
use super::preferences::{Timing, of_event};
use super::{store, waiting};
use crate::access::{commission_refs, country_day};
use crate::clock::Instant;
use crate::db::{Db, InstitutionId, Tx, UserId};
use crate::error::Result;
use crate::i18n::text;
use crate::ics::Party;
use crate::identity::{User, users_by_id};
use crate::mail::{Block, EmailBody, NewDelivery, Recipient, enqueue};

/// A person to notify, and the institutions concerned.
#[derive(Debug, Clone)]
pub(crate) struct Addressee {
    pub contact: Recipient,
    /// The reason, unless the person is notified only in place of institutions that cannot be notified.
    reason: Option<Reason>,
    /// The institutions concerned, in the order in which they were named; none for a secretariat's own affairs.
    pub institutions: Vec<(InstitutionId, String)>,
    /// The institutions of this list that cannot be notified themselves, and the reason.
    unreached: Vec<(Reason, String)>,
}

impl Addressee {
    fn new(contact: Recipient) -> Self {
        Self { contact, reason: None, institutions: Vec::new(), unreached: Vec::new() }
    }

    /// Makes an addressee of the mail about changed contacts of an institution.
    pub(super) fn of_contact(contact: Recipient) -> Self {
        Self { reason: Some(Reason::Contact), ..Self::new(contact) }
    }

    fn add(&mut self, reason: Reason, id: InstitutionId, name: String) {
        match reason.is_instead() {
            true => self.unreached.push((reason, name.clone())),
            false => self.reason = self.reason.or(Some(reason)),
        }
        self.institutions.push((id, name));
    }

    /// Returns the reasons in the person's language.
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

    fn is_unreached(&self, id: InstitutionId) -> bool {
        let named = self.institutions.iter().find(|(own, _)| *own == id);
        named.is_some_and(|(_, name)| self.unreached.iter().any(|(_, other)| other == name))
    }

    /// Returns true when the person is notified only in place of institutions that cannot be notified.
    pub(crate) fn is_instead(&self) -> bool {
        self.reason.is_none() && !self.unreached.is_empty()
    }
}

impl RecordScope<'_> {
    /// Returns the present day in the time zone of the lead commission; without commissions, in that of the country.
    pub(super) fn today(&self, tx: &mut Tx<'_>) -> Result<chrono::NaiveDate> {
        self.day_at(tx.conn, tx.now)
    }

    fn day_at(&self, conn: &mut Db, now: Instant) -> Result<NaiveDate> {
        let lead = self.commissions.first().copied();
        if let Some(lead) = commission_refs(conn, lead.as_slice())?.into_values().next() {
            return Ok(lead.today(now));
        }
        country_day(conn, self.country, now)
    }
}

/// Returns the people to notify of a record that concerns these institutions, each person once. The person who acts is
/// left out, unless an institution cannot be notified.
pub(crate) fn addressees_of_institutions(
    tx: &mut Tx<'_>,
    record: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<Vec<Addressee>> {
    find_addressees(tx, record, named, Contacts::for_institution)
}

/// Does the same for those whom a session convenes: of an institution without delegates and representatives, its people
/// who observe one of the commissions too.
pub(crate) fn addressees_of_convened(
    tx: &mut Tx<'_>,
    record: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<Vec<Addressee>> {
    find_addressees(tx, record, named, Contacts::for_convened)
}

/// Finds the people of an institution who may be notified of a record on a day.
type FindPeople = fn(&Contacts, RecordScope<'_>, InstitutionId, NaiveDate) -> Vec<(Recipient, Reason)>;

fn find_addressees(
    tx: &mut Tx<'_>,
    record: RecordScope<'_>,
    named: &[InstitutionId],
    find: FindPeople,
) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let today = record.today(tx)?;
    addressees(tx.conn, (tx.who, today), record, named, find)
}

fn addressees(
    conn: &mut Db,
    (who, today): (Option<UserId>, NaiveDate),
    record: RecordScope<'_>,
    named: &[InstitutionId],
    find: FindPeople,
) -> Result<Vec<Addressee>> {
    let contacts = store::contacts(conn, record.commissions, named)?;
    let mut people: BTreeMap<String, Addressee> = BTreeMap::new();
    for id in named {
        for (contact, reason) in find(&contacts, record, *id, today) {
            let addressee = people.entry(contact.key()).or_insert_with(|| Addressee::new(contact));
            addressee.add(reason, *id, name(&contacts, *id));
        }
    }
    let acts = |person: &Addressee| who.is_some() && person.contact.user_id == who;
    people.retain(|_, person| !person.unreached.is_empty() || !acts(person));
    Ok(people.into_values().collect())
}

/// The people whom an action would notify, for the page that asks for a confirmation.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExpectedMails {
    /// The people of the institutions, or their addresses.
    pub people: Vec<Addressee>,
    /// The names of the institutions that nobody can be notified for.
    pub unreached: Vec<String>,
}

/// Returns the people whom an action of this person would notify of a record that concerns these institutions.
pub(crate) fn expected_mails(
    conn: &mut Db,
    (who, now): (UserId, Instant),
    record: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<ExpectedMails> {
    expect_mails(conn, (who, now), record, named, Contacts::for_institution)
}

/// Does the same for those whom a session convenes.
pub(crate) fn expected_convocation(
    conn: &mut Db,
    (who, now): (UserId, Instant),
    record: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<ExpectedMails> {
    expect_mails(conn, (who, now), record, named, Contacts::for_convened)
}

fn expect_mails(
    conn: &mut Db,
    (who, now): (UserId, Instant),
    record: RecordScope<'_>,
    named: &[InstitutionId],
    find: FindPeople,
) -> Result<ExpectedMails> {
    let today = record.day_at(conn, now)?;
    // The person who acts gets no mail, but the institution of that person is not unreached.
    let all = addressees(conn, (None, today), record, named, find)?;
    let is_reached = |id: &InstitutionId| {
        let reaches =
            |person: &Addressee| person.reason.is_some() && person.institutions.iter().any(|(own, _)| own == id);
        all.iter().any(|person| reaches(person) && !person.is_unreached(*id))
    };
    let names = store::contacts(conn, record.commissions, named)?;
    let unreached = named.iter().filter(|id| !is_reached(id)).map(|id| name(&names, *id)).collect();
    let people = all.into_iter().filter(|person| !person.is_instead() && person.contact.user_id != Some(who)).collect();
    Ok(ExpectedMails { people, unreached })
}

fn name(contacts: &Contacts, id: InstitutionId) -> String {
    contacts.names.get(&id).cloned().unwrap_or_default()
}

/// Returns the people of the secretariat without the person who acts, or the coordinators if nobody is left. `named`
/// are the institutions concerned.
pub(crate) fn addressees_in_secretariat(
    tx: &mut Tx<'_>,
    record: RecordScope<'_>,
    named: &[InstitutionId],
) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let today = record.today(tx)?;
    let mut contacts = store::contacts(tx.conn, record.commissions, named)?;
    contacts.remove(tx.who);
    let institutions: Vec<_> = named.iter().map(|id| (*id, name(&contacts, *id))).collect();
    let addressee = |contact| {
        let reason = Some(Reason::Secretariat);
        Addressee { reason, institutions: institutions.clone(), ..Addressee::new(contact) }
    };
    Ok(contacts.secretariat(record, today).into_iter().map(addressee).collect())
}

/// Returns the people of the secretariat of each of the commissions, each person once, without the person who acts.
pub(super) fn addressees_of_secretariats(tx: &mut Tx<'_>, record: RecordScope<'_>) -> Result<Vec<Addressee>> {
    let today = record.today(tx)?;
    let mut contacts = store::contacts(tx.conn, record.commissions, &[])?;
    contacts.remove(tx.who);
    let mut people: BTreeMap<String, Addressee> = BTreeMap::new();
    for commission in record.commissions.chunks(1) {
        for contact in contacts.secretariat(RecordScope { commissions: commission, ..record }, today) {
            let addressee = || Addressee { reason: Some(Reason::Secretariat), ..Addressee::new(contact.clone()) };
            people.entry(contact.key()).or_insert_with(addressee);
        }
    }
    Ok(people.into_values().collect())
}

/// Returns the people who prepare an annual report: the coordinators of the country and the secretariats of the
/// commissions that are named, each person once and without the person who acts.
pub(crate) fn addressees_of_report(tx: &mut Tx<'_>, record: RecordScope<'_>) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let mut people: BTreeMap<String, Addressee> = BTreeMap::new();
    for contact in store::coordinators(tx.conn, record.country)? {
        if tx.who.is_none() || contact.user_id != tx.who {
            let addressee = Addressee { reason: Some(Reason::Coordinator), ..Addressee::new(contact) };
            people.insert(addressee.contact.key(), addressee);
        }
    }
    for addressee in addressees_in_secretariat(tx, record, &[])? {
        people.entry(addressee.contact.key()).or_insert(addressee);
    }
    Ok(people.into_values().collect())
}

/// Returns these people without the person who acts and without disabled people, each as somebody who is notified of
/// an own record.
pub(crate) fn addressees_of_people(tx: &mut Tx<'_>, people: &[UserId]) -> Result<Vec<Addressee>> {
    if tx.silent {
        return Ok(Vec::new());
    }
    let others: Vec<UserId> = people.iter().copied().filter(|id| Some(*id) != tx.who).collect();
    let people = users_by_id(tx.conn, &others)?.into_iter().filter(|person| !person.disabled);
    let own = |person: User| Addressee { reason: Some(Reason::Author), ..Addressee::new(person.recipient()) };
    Ok(people.map(own).collect())
}

/// Queues a mail on an event for each of these people; `compose` writes it in the reader's language. Those who
/// chose so get it in the mail of the day or of the week, or not at all.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    event: Event,
    about: RecordRef,
    record: RecordScope<'_>,
    addressees: &[Addressee],
    compose: impl Fn(&Addressee) -> EmailBody,
) -> Result<()> {
    notify_from(tx, (event, about), record, addressees, None, compose)
}

/// Does the same; the mails leave no sooner than `not_before`.
pub(crate) fn notify_from(
    tx: &mut Tx<'_>,
    (event, about): (Event, RecordRef),
    record: RecordScope<'_>,
    addressees: &[Addressee],
    not_before: Option<Instant>,
    compose: impl Fn(&Addressee) -> EmailBody,
) -> Result<()> {
    if tx.silent || addressees.is_empty() {
        return Ok(());
    }
    let day = record.today(tx)?;
    let answers = store::contacts(tx.conn, record.commissions, &[])?.answer_to(record, day);
    let people: Vec<UserId> = addressees.iter().filter_map(|one| one.contact.user_id).collect();
    let timings = if event.is_optional() { of_event(tx.conn, &people, event)? } else { HashMap::new() };
    for addressee in addressees {
        let contact = &addressee.contact;
        let mut body = compose(addressee);
        body.footer = addressee.why();
        if addressee.is_instead() {
            // The mail addresses the institutions: its first words state that somebody else reads it.
            body.blocks.insert(0, Block::Text(text(contact.language, "why-instead", &[])));
        }
        body.greeting = greeting(contact);
        body.reply_to = parties(&answers, contact);
        match contact.user_id.and_then(|id| Some((id, *timings.get(&id)?))) {
            None | Some((_, Timing::Immediate)) => {
                let mut delivery = NewDelivery::with_body(event.as_str(), contact.clone(), day, &body)?;
                delivery.country_code = Some(record.country.to_owned());
                delivery.record = Some((about.kind.as_str(), about.id));
                delivery.commissions = record.commissions.to_vec();
                delivery.not_before = not_before;
                enqueue(tx, delivery)?;
            }
            Some((_, Timing::Off)) => {}
            Some((user, timing)) => {
                let notice = waiting::Timed { event, to: contact, user, timing, country: record.country };
                waiting::insert(tx, &notice, about, &body)?;
            }
        }
    }
    Ok(())
}

/// Returns the greeting of a mail to this reader.
pub(super) fn greeting(to: &Recipient) -> String {
    match &to.name {
        Some(name) if to.user_id.is_some() => text(to.language, "mail-greeting", &[("name", name.clone())]),
        _ => text(to.language, "mail-greeting-all", &[]),
    }
}

/// Returns the addresses that a reader answers to; nobody answers to their own.
pub(crate) fn parties(answers: &[Recipient], reader: &Recipient) -> Vec<Party> {
    let others = answers.iter().filter(|one| one.key() != reader.key());
    others.map(|one| Party { name: one.name.clone(), address: one.address.clone() }).collect()
}
