//! Withdrawing the notices about a record that is deleted, cancelled or made a draft: a mail that waits is dropped,
//! and people who were mailed already get one mail that the notice is no longer valid.

use std::collections::{BTreeMap, HashSet};

use super::events::{Event, RecordRef};
use super::model::{Reason, RecordScope, why};
use super::{Addressee, waiting};
use crate::db::Tx;
use crate::error::Result;
use crate::i18n::{Lang, text};
use crate::identity::users_by_id;
use crate::mail::{Block, EmailBody, NewDelivery, Recipient, enqueue};

/// Drops the mails and notices about a record that wait; returns the keys of those who were notified already.
pub(crate) fn drop_waiting(tx: &mut Tx<'_>, about: RecordRef) -> Result<HashSet<String>> {
    crate::mail::drop_queued(tx.conn, (about.kind.as_str(), about.id), None, None)?;
    waiting::drop_waiting(tx.conn, about, None)?;
    Ok(notified(tx, about)?.into_keys().collect())
}

/// Drops the mails on one event of a record that wait.
pub(crate) fn drop_waiting_on(tx: &mut Tx<'_>, about: RecordRef, event: Event) -> Result<()> {
    crate::mail::drop_queued(tx.conn, (about.kind.as_str(), about.id), Some(event.as_str()), None)
}

/// Withdraws the notices about a record: drops those that wait, and mails the people who were notified already that
/// the notice is no longer valid. `title` names the record.
pub(crate) fn withdraw(tx: &mut Tx<'_>, about: RecordRef, record: RecordScope<'_>, title: &str) -> Result<()> {
    drop_waiting(tx, about)?;
    if tx.silent {
        return Ok(());
    }
    let notified = notified(tx, about)?;
    send_withdrawal(tx, about, record, title, notified.into_values())
}

/// Does the same for these people alone.
pub(crate) fn withdraw_from(
    tx: &mut Tx<'_>,
    about: RecordRef,
    record: RecordScope<'_>,
    title: &str,
    people: &[Addressee],
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let keys: HashSet<String> = people.iter().map(|one| one.contact.key()).collect();
    let wanted: Vec<String> = keys.iter().cloned().collect();
    crate::mail::drop_queued(tx.conn, (about.kind.as_str(), about.id), None, Some(&wanted))?;
    waiting::drop_waiting(tx.conn, about, Some(&wanted))?;
    if tx.silent {
        return Ok(());
    }
    let mut notified = notified(tx, about)?;
    notified.retain(|key, _| keys.contains(key));
    send_withdrawal(tx, about, record, title, notified.into_values())
}

/// Mails these people that the notice is no longer valid, without the person who acts.
fn send_withdrawal(
    tx: &mut Tx<'_>,
    about: RecordRef,
    record: RecordScope<'_>,
    title: &str,
    notified: impl Iterator<Item = Recipient>,
) -> Result<()> {
    let day = record.today(tx)?;
    let who = tx.who;
    for to in notified.filter(|to| who.is_none() || to.user_id != who) {
        let event = Event::NoticeWithdrawn;
        let mut delivery = NewDelivery::with_body(event.as_str(), to.clone(), day, &body(&to, title))?;
        delivery.country_code = Some(record.country.to_owned());
        delivery.record = Some((about.kind.as_str(), about.id));
        delivery.commissions = record.commissions.to_vec();
        enqueue(tx, delivery)?;
    }
    Ok(())
}

/// Returns the people to whom a mail about the record was sent, by address.
fn notified(tx: &mut Tx<'_>, about: RecordRef) -> Result<BTreeMap<String, Recipient>> {
    let mailed = crate::mail::sent_to(tx.conn, (about.kind.as_str(), about.id), Event::NoticeWithdrawn.as_str())?;
    let people = waiting::notified_people(tx.conn, about)?;
    let people = users_by_id(tx.conn, &people)?.into_iter().filter(|person| !person.disabled);
    let all = mailed.into_iter().chain(people.map(|person| person.recipient()));
    Ok(all.map(|to| (to.key(), to)).collect())
}

fn body(to: &Recipient, title: &str) -> EmailBody {
    let lang: Lang = to.language;
    let args = [("title", title.to_owned())];
    let blocks = vec![Block::Text(text(lang, "notice-withdrawn", &args))];
    let mut body = EmailBody::new(lang, text(lang, "notice-withdrawn-subject", &args), blocks);
    body.greeting = super::actions::greeting(to);
    body.footer = why(lang, Reason::Informed, "");
    body
}
