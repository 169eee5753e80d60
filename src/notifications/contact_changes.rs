//! Mails about changed contacts of an institution: to its other representatives, to the former address, and to the
//! coordinators of the country.

use std::collections::BTreeMap;

use super::actions::{Addressee, notify};
use super::events::{Event, RecordKind, RecordRef};
use super::model::RecordScope;
use super::store;
use crate::contact_changes::{ContactChange, RecordedChange, any, take};
use crate::db::dispatch::lock_name;
use crate::db::{CommissionId, Database, Tx};
use crate::directory::institutions_by_id;
use crate::error::Result;
use crate::i18n::{Lang, text};
use crate::mail::{Block, EmailBody, Recipient};

/// Writes the mails about all recorded changes. Any number of processes may call it at once.
pub(crate) fn mail_contact_changes(db: &Database, now: crate::clock::Instant) -> Result<()> {
    while db.read(any)? {
        db.write(None, now, |tx| {
            lock_name(tx.conn, "contact_changes")?;
            take(tx)?.iter().try_for_each(|recorded| mail(tx, recorded))
        })?;
    }
    Ok(())
}

fn mail(tx: &mut Tx<'_>, RecordedChange { change, by, .. }: &RecordedChange) -> Result<()> {
    let Some(institution) = institutions_by_id(tx.conn, &[change.institution])?.remove(&change.institution) else {
        return Ok(());
    };
    let commissions: Vec<CommissionId> = change.commission.into_iter().collect();
    let name = institution.fields.name;
    let Some(country) = store::country_of(tx.conn, &commissions, institution.fields.country_code)? else {
        return Ok(());
    };
    let record = RecordScope { country: &country, commissions: &commissions, restricted: false };
    let people = recipients(tx, change, &country, &name)?;
    let others = people.into_values().filter(|to| to.user_id.is_none() || to.user_id != *by);
    let addressees: Vec<Addressee> = others.map(Addressee::of_contact).collect();
    let about = RecordRef::new(RecordKind::Institution, change.institution);
    notify(tx, Event::ContactChanged, about, record, &addressees, |one| compose(one.contact.language, &name, change))
}

/// Returns the people to notify, by address; the new address itself is left out.
fn recipients(
    tx: &mut Tx<'_>,
    change: &ContactChange,
    country: &str,
    institution: &str,
) -> Result<BTreeMap<String, Recipient>> {
    let old = change.old_address.as_deref().map(|address| (address, institution));
    let people = store::contacts_of_institution(tx.conn, change.institution, country, old, change.commission)?;
    let mut people: BTreeMap<String, Recipient> = people.into_iter().map(|to| (to.key(), to)).collect();
    if let Some(new) = &change.new_address {
        people.remove(&crate::text::normalize_email(new));
    }
    Ok(people)
}

fn compose(lang: Lang, institution: &str, change: &ContactChange) -> EmailBody {
    let args = [("institution", institution.to_owned())];
    let kind = text(lang, &format!("contact-changed-{}", change.kind.as_str().replace('_', "-")), &[]);
    let facts = [
        ("contact-changed-label-what", Some(kind)),
        ("contact-changed-label-person", change.person.clone()),
        ("contact-changed-label-before", change.old_address.clone()),
        ("contact-changed-label-after", change.new_address.clone()),
    ];
    let facts = facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect();
    let path = format!("/institutions/{}", change.institution);
    let blocks = vec![
        Block::Text(text(lang, "contact-changed", &args)),
        Block::Facts(facts),
        Block::Text(text(lang, "contact-changed-hint", &[])),
        Block::Link(text(lang, "contact-changed-link", &[]), path),
    ];
    EmailBody::new(lang, text(lang, "contact-changed-subject", &args), blocks)
}
