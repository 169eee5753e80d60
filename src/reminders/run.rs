//! Planning, queueing and sending, for the worker and for the command line.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, TimeDelta};

use super::actions;
use super::digest::letter;
use super::model::{Digest, Entry, KIND, Slot, When, soonest_first};
use super::store;
use super::summary::{Line, Summary};
use crate::access::Visibility;
use crate::clock::stopwatch;
use crate::db::{AssignmentId, Database, Db, DeliveryId};
use crate::error::Result;
use crate::mail::{Composed, Leased, Mailer, Round, send_due};
use crate::text::normalize_email;

/// That day after the sending hour, wherever a commission is.
pub fn as_of(db: &Database, day: NaiveDate) -> Result<When> {
    db.read(|conn| whole_day(conn, day))
}

fn whole_day(conn: &mut Db, day: NaiveDate) -> Result<When> {
    Ok(When::whole_day(day, &store::zones(conn)?))
}

/// Plans what is due, batch by batch, each in a transaction of its own. Any number may plan at once.
pub fn queue_due(db: &Database, when: When) -> Result<()> {
    let mut mark = None;
    loop {
        mark = db.write(None, when.moment(), |tx| actions::plan_batch(tx, when, mark))?;
        if mark.is_none() {
            return Ok(());
        }
    }
}

/// What would go out on a day, as far as somebody keeps the record of it.
pub fn preview(conn: &mut Db, day: NaiveDate, visibility: &Visibility) -> Result<Vec<Digest>> {
    if !visibility.all && visibility.countries.is_empty() && visibility.kept.is_empty() {
        return Ok(Vec::new());
    }
    let when = whole_day(conn, day)?;
    would_send(conn, when, visibility)
}

/// The mails that wait, with what the agenda would add to them, and the new ones: one a person.
fn would_send(conn: &mut Db, when: When, visibility: &Visibility) -> Result<Vec<Digest>> {
    let mut people: BTreeMap<String, Digest> = BTreeMap::new();
    for digest in waiting(conn, when)? {
        merge(&mut people, digest);
    }
    let mut mark = None;
    loop {
        let due = store::due_within(conn, when.moment(), mark, actions::BATCH, visibility)?;
        let Some(end) = due.last().copied() else { break };
        let ids: Vec<AssignmentId> = due.into_iter().map(|(_, id)| id).collect();
        let digests = store::scene_with_ledger(conn, &ids, when.moment())?.plan(when).digests;
        let recipients: Vec<String> = digests.iter().map(|digest| digest.to.key()).collect();
        let mails = store::recent(conn, &recipients, when.moment())?;
        for digest in digests {
            let known = mails.get(&digest.to.key()).map_or(&[][..], Vec::as_slice);
            if !matches!(digest.slot(known), Slot::Tomorrow) {
                merge(&mut people, digest);
            }
        }
        mark = Some(end);
    }
    let mut digests: Vec<Digest> = people.into_values().collect();
    digests.iter_mut().for_each(|digest| soonest_first(&mut digest.entries));
    Ok(digests)
}

/// Of two steps of one assignment the later is said.
fn merge(people: &mut BTreeMap<String, Digest>, digest: Digest) {
    match people.get_mut(&digest.to.key()) {
        None => {
            people.insert(digest.to.key(), digest);
        }
        Some(own) => {
            let new =
                |entry: &Entry| digest.entries.iter().any(|one| one.open.assignment_id == entry.open.assignment_id);
            own.entries.retain(|entry| !new(entry));
            own.entries.extend(digest.entries);
        }
    }
}

fn waiting(conn: &mut Db, when: When) -> Result<Vec<Digest>> {
    let mails = store::waiting(conn, when.moment())?;
    let keys: Vec<_> = mails.iter().map(|mail| (mail.id, mail.to.key())).collect();
    let mut said = said(conn, &keys, when)?;
    let digest = |mail: store::Waiting| {
        let (entries, _) = said.remove(&mail.id)?;
        let first = entries.first()?;
        let (day, zone) = (first.today, chrono_tz::Tz::UTC);
        Some(Digest { to: mail.to, day, zone, send_at: mail.next_attempt, entries })
    };
    Ok(mails.into_iter().filter_map(digest).collect())
}

type Said = HashMap<DeliveryId, (Vec<Entry>, Vec<store::LedgerRow>)>;

/// What these mails say as things stand now, and which of their rows no longer hold.
fn said(conn: &mut Db, mails: &[(DeliveryId, String)], when: When) -> Result<Said> {
    let ids: Vec<DeliveryId> = mails.iter().map(|(id, _)| *id).collect();
    let mut rows: HashMap<DeliveryId, Vec<store::LedgerRow>> = HashMap::new();
    for row in store::of_deliveries(conn, &ids)? {
        rows.entry(row.delivery_id).or_default().push(row);
    }
    let assignments: Vec<AssignmentId> = rows.values().flatten().map(|row| row.assignment_id).collect();
    let scene = store::scene(conn, &assignments, when.moment())?;
    let sift = |(id, key): &(DeliveryId, String)| {
        let (mut entries, gone) = actions::sift(&scene, rows.remove(id).unwrap_or_default(), when, key);
        soonest_first(&mut entries);
        (*id, (entries, gone))
    };
    Ok(mails.iter().map(sift).collect())
}

/// The letters of queued digests as things stand now: what is no longer open, has another term, or is no longer this
/// person's to hear is left out, and struck from the ledger before the mail goes.
pub fn compose(db: &Database, public_url: &str, when: When, batch: &[Leased]) -> Result<HashMap<DeliveryId, Composed>> {
    let reminders: Vec<&Leased> = batch.iter().filter(|delivery| delivery.kind == KIND).collect();
    if reminders.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<_> = reminders.iter().map(|one| (one.id, normalize_email(&one.to.address))).collect();
    let mut said = db.snapshot(|conn| said(conn, &keys, when))?;
    let gone: Vec<store::LedgerRow> = said.values_mut().flat_map(|(_, gone)| std::mem::take(gone)).collect();
    if !gone.is_empty() {
        db.write(None, when.moment(), |tx| actions::strike(tx, &gone))?;
    }
    let composed = |delivery: &&Leased| {
        let entries = said.remove(&delivery.id).map(|(entries, _)| entries).unwrap_or_default();
        if entries.is_empty() {
            return (delivery.id, Composed::Nothing);
        }
        let to = &delivery.to;
        (delivery.id, Composed::Letter(letter(to.language, to.name.as_deref(), &entries, public_url)))
    };
    Ok(reminders.iter().map(composed).collect())
}

/// Plans, queues and sends what is due; a dry run only says what it would send.
pub fn run(db: &Database, mailer: &Mailer, public_url: &str, when: When, dry_run: bool) -> Result<Summary> {
    if dry_run {
        let line = |digest: Digest| {
            let name = digest.to.name.as_deref();
            let subject = letter(digest.to.language, name, &digest.entries, public_url).subject;
            Line { address: digest.to.address, subject, outcome: None }
        };
        let digests = db.snapshot(|conn| would_send(conn, when, &Visibility::everything()))?;
        return Ok(Summary { lines: digests.into_iter().map(line).collect() });
    }
    let mut summary = Summary::default();
    // Again, for what turned out to be somebody else's to hear.
    for _ in 0..2 {
        queue_due(db, when)?;
        send_reminders(db, mailer, public_url, when, &mut summary)?;
    }
    Ok(summary)
}

fn send_reminders(db: &Database, mailer: &Mailer, public_url: &str, when: When, summary: &mut Summary) -> Result<()> {
    let began = stopwatch();
    let now = || match when {
        When::Now(now) => now.plus(TimeDelta::from_std(began.elapsed()).unwrap_or_default()),
        When::Day(_, moment) => moment,
    };
    let round = Round { db, mailer, now: &now, kind: Some(KIND), go_on: &|| true, on_failure: &|_, _| Ok(()) };
    let compose = |batch: &[Leased]| {
        let mut composed = compose(db, public_url, when, batch)?;
        Ok(batch.iter().map(|delivery| composed.remove(&delivery.id).unwrap_or(Composed::Nothing)).collect())
    };
    send_due(&round, &compose, &mut |posting| {
        let (address, subject, outcome) = (posting.address, posting.subject, Some(posting.outcome));
        summary.lines.push(Line { address, subject, outcome });
    })
}
