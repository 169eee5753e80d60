//! The notifications about activities, to the secretariat or to the people who entered them.

use std::collections::BTreeMap;

use crate::activities::model::{Activity, ActivityStatus};
use crate::activities::policy;
use crate::db::{Tx, UserId};
use crate::directory::institutions_by_id;
use crate::error::Result;
use crate::i18n::{text, text_with};
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, RecordScope, addressees_in_secretariat, addressees_of_people, notify,
};

fn about(activity: &Activity) -> RecordScope<'_> {
    let fields = &activity.fields;
    RecordScope { country: &fields.country_code, commissions: &fields.commission_ids, restricted: fields.restricted }
}

fn record(activity: &Activity) -> RecordRef {
    RecordRef::new(RecordKind::Activity, activity.id)
}

fn path(activity: &Activity) -> String {
    format!("/activities/{}", activity.id)
}

/// Notifies of a new or changed activity: the secretariat of one that somebody else submitted, its author of one that is
/// validated.
pub(super) fn changed(tx: &mut Tx<'_>, actor: &Actor, before: Option<&Activity>, after: &Activity) -> Result<()> {
    if tx.silent || before.is_some_and(|before| before.fields.status == after.fields.status) {
        return Ok(());
    }
    match after.fields.status {
        ActivityStatus::Submitted if !policy::may_validate(actor, &after.fields) => submitted(tx, after),
        ActivityStatus::Validated => validated(tx, std::slice::from_ref(after)),
        ActivityStatus::Submitted | ActivityStatus::Draft => Ok(()),
    }
}

fn submitted(tx: &mut Tx<'_>, activity: &Activity) -> Result<()> {
    let organizers = &activity.fields.organizer_ids;
    let addressees = addressees_in_secretariat(tx, about(activity), organizers)?;
    let mut known = institutions_by_id(tx.conn, organizers)?;
    let names: Vec<String> = organizers.iter().filter_map(|id| known.remove(id)).map(|one| one.fields.name).collect();
    notify(tx, Event::ActivitySubmitted, record(activity), about(activity), &addressees, |one: &Addressee| {
        let lang = one.contact.language;
        let args = [("title", activity.fields.title.clone())];
        let facts = vec![
            (text(lang, "activity-label-title", &[]), activity.fields.title.clone()),
            (text(lang, "activity-label-institutions", &[]), names.join("; ")),
        ];
        let link = Block::Link(text(lang, "activity-link", &[]), path(activity));
        let blocks = vec![Block::Text(text(lang, "activity-submitted", &[])), Block::Facts(facts), link];
        EmailBody::new(lang, text(lang, "activity-submitted-subject", &args), blocks)
    })
}

/// Notifies the people who entered these activities that they are validated: one mail for each person.
pub(super) fn validated(tx: &mut Tx<'_>, activities: &[Activity]) -> Result<()> {
    let mut by_author: BTreeMap<UserId, Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        if let Some(author) = activity.author_id {
            by_author.entry(author).or_default().push(activity);
        }
    }
    let authors: Vec<UserId> = by_author.keys().copied().collect();
    for addressee in addressees_of_people(tx, &authors)? {
        let own = addressee.contact.user_id.and_then(|id| by_author.remove(&id)).unwrap_or_default();
        let Some(first) = own.first() else { continue };
        let to = std::slice::from_ref(&addressee);
        notify(tx, Event::ActivityValidated, record(first), about(first), to, |one: &Addressee| {
            let lang = one.contact.language;
            let args = [("count", own.len().into()), ("title", first.fields.title.as_str().into())];
            let mut blocks = vec![Block::Text(text_with(lang, "activity-validated", &args))];
            match own.as_slice() {
                [only] => blocks.push(Block::Link(text(lang, "activity-link", &[]), path(only))),
                many => blocks.extend(many.iter().map(|one| Block::Link(one.fields.title.clone(), path(one)))),
            }
            EmailBody::new(lang, text_with(lang, "activity-validated-subject", &args), blocks)
        })?;
    }
    Ok(())
}

/// Notifies the person who entered the activity that it was sent back, with the reason.
pub(super) fn sent_back(tx: &mut Tx<'_>, activity: &Activity, reason: &str) -> Result<()> {
    let addressees = addressees_of_people(tx, activity.author_id.as_slice())?;
    notify(tx, Event::ActivitySentBack, record(activity), about(activity), &addressees, |one: &Addressee| {
        let lang = one.contact.language;
        let args = [("title", activity.fields.title.clone())];
        let facts = vec![
            (text(lang, "activity-label-title", &[]), activity.fields.title.clone()),
            (text(lang, "activity-label-reason", &[]), reason.to_owned()),
        ];
        let link = Block::Link(text(lang, "activity-link", &[]), path(activity));
        let blocks = vec![Block::Text(text(lang, "activity-sent-back", &[])), Block::Facts(facts), link];
        EmailBody::new(lang, text(lang, "activity-sent-back-subject", &args), blocks)
    })
}
