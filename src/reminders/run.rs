//! Plans, previews, composes and sends reminders, for the worker, the API and the command line.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, TimeDelta};

use super::actions;
use super::email::email;
use super::model::{Digest, KIND, Placement, PlanningData, PlanningTime, Reminder, soonest_first};
use super::store::{self, RecordedStep};
use crate::access::Visibility;
use crate::clock::stopwatch;
use crate::db::{AssignmentId, Database, Db, DeliveryId};
use crate::error::Result;
use crate::mail::{Composed, DeliveryOutcome, LeasedDelivery, Mailer, SendRun, send_due};

/// Returns a day after the sending hour, in every time zone in use.
pub fn planning_day(db: &Database, day: NaiveDate) -> Result<PlanningTime> {
    db.read(|conn| whole_day(conn, day))
}

fn whole_day(conn: &mut Db, day: NaiveDate) -> Result<PlanningTime> {
    Ok(PlanningTime::whole_day(day, &store::zones(conn)?))
}

/// Plans and queues the reminders that are due, each batch in a transaction of its own. Any number of processes may
/// call it at once.
pub fn queue_due(db: &Database, time: PlanningTime) -> Result<()> {
    let mut position = None;
    loop {
        position = db.write(None, time.moment(), |tx| actions::plan_batch(tx, time, position))?;
        if position.is_none() {
            return Ok(());
        }
    }
}

/// Returns the digests that would be sent on a day, limited to records that somebody with this visibility keeps.
pub(super) fn preview(conn: &mut Db, day: NaiveDate, visibility: &Visibility) -> Result<Vec<Digest>> {
    if !visibility.all && visibility.countries.is_empty() && visibility.kept.is_empty() {
        return Ok(Vec::new());
    }
    let time = whole_day(conn, day)?;
    would_send(conn, time, visibility)
}

/// Returns the mails that wait, with the reminders that planning would add to them, and the new ones: one per person.
fn would_send(conn: &mut Db, time: PlanningTime, visibility: &Visibility) -> Result<Vec<Digest>> {
    let mut people: BTreeMap<String, Digest> = BTreeMap::new();
    for digest in waiting_digests(conn, time)? {
        merge(&mut people, digest);
    }
    let mut position = None;
    loop {
        let due = store::due_checks(conn, time.moment(), position, actions::BATCH, visibility)?;
        let Some(end) = due.last().copied() else { break };
        let ids: Vec<AssignmentId> = due.into_iter().map(|(_, id)| id).collect();
        let digests = store::planning_data_with_steps(conn, &ids, time.moment())?.plan(time).digests;
        let recipients: Vec<String> = digests.iter().map(|digest| digest.to.key()).collect();
        let emails = store::recent_emails(conn, &recipients, time.moment())?;
        for digest in digests {
            let existing = emails.get(&digest.to.key()).map_or(&[][..], Vec::as_slice);
            if !matches!(digest.placement(existing), Placement::Tomorrow) {
                merge(&mut people, digest);
            }
        }
        position = Some(end);
    }
    let mut digests: Vec<Digest> = people.into_values().collect();
    digests.iter_mut().for_each(|digest| soonest_first(&mut digest.reminders));
    Ok(digests)
}

/// Merges a digest into those of the same person. Of two steps of one assignment the later stays.
fn merge(people: &mut BTreeMap<String, Digest>, digest: Digest) {
    match people.get_mut(&digest.to.key()) {
        None => {
            people.insert(digest.to.key(), digest);
        }
        Some(own) => {
            own.reminders.retain(|old| digest.reminders.iter().all(|new| new.assignment.id != old.assignment.id));
            own.reminders.extend(digest.reminders);
        }
    }
}

fn waiting_digests(conn: &mut Db, time: PlanningTime) -> Result<Vec<Digest>> {
    let emails = store::waiting_emails(conn, time.moment())?;
    let keys: Vec<_> = emails.iter().map(|email| (email.id, email.to.key())).collect();
    let mut contents = contents(conn, &keys, time)?;
    let digest = |email: store::WaitingEmail| {
        let reminders = contents.remove(&email.id)?.reminders;
        let (day, zone) = (reminders.first()?.today, chrono_tz::Tz::UTC);
        Some(Digest { to: email.to, day, zone, send_at: email.next_attempt, reminders })
    };
    Ok(emails.into_iter().filter_map(digest).collect())
}

/// The contents of a queued mail according to the present state.
#[derive(Default)]
struct Contents {
    reminders: Vec<Reminder>,
    /// Recorded steps that are no longer right.
    outdated: Vec<RecordedStep>,
}

/// Returns the contents of each mail; a mail is given as its id and the key of its recipient.
fn contents(
    conn: &mut Db,
    emails: &[(DeliveryId, String)],
    time: PlanningTime,
) -> Result<HashMap<DeliveryId, Contents>> {
    let ids: Vec<DeliveryId> = emails.iter().map(|(id, _)| *id).collect();
    let mut steps: HashMap<DeliveryId, Vec<RecordedStep>> = HashMap::new();
    for step in store::steps_of(conn, &ids)? {
        steps.entry(step.delivery_id).or_default().push(step);
    }
    let assignments: Vec<AssignmentId> = steps.values().flatten().map(|step| step.assignment_id).collect();
    let data = store::planning_data(conn, &assignments, time.moment())?;
    let split = |(id, recipient): &(DeliveryId, String)| {
        (*id, split(&data, steps.remove(id).unwrap_or_default(), time, recipient))
    };
    Ok(emails.iter().map(split).collect())
}

fn split(data: &PlanningData, steps: Vec<RecordedStep>, time: PlanningTime, recipient: &str) -> Contents {
    let mut contents = Contents::default();
    for step in steps {
        let assignment = data.find(step.assignment_id).filter(|assignment| assignment.due == step.due);
        match assignment.and_then(|assignment| data.reminder_for(assignment, step.step, time, recipient)) {
            Some(reminder) => contents.reminders.push(reminder),
            None => contents.outdated.push(step),
        }
    }
    soonest_first(&mut contents.reminders);
    contents
}

/// Composes the queued mails with reminders from the present state. A reminder that is no longer right (the assignment
/// is closed, has another due date, or another recipient) is left out, and its step is deleted before the mail is sent.
pub(crate) fn compose(
    db: &Database,
    public_url: &str,
    time: PlanningTime,
    batch: &[LeasedDelivery],
) -> Result<HashMap<DeliveryId, Composed>> {
    let deliveries: Vec<&LeasedDelivery> = batch.iter().filter(|delivery| delivery.kind == KIND).collect();
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<_> = deliveries.iter().map(|delivery| (delivery.id, delivery.to.key())).collect();
    let mut contents = db.snapshot(|conn| contents(conn, &keys, time))?;
    let outdated: Vec<RecordedStep> =
        contents.values_mut().flat_map(|contents| std::mem::take(&mut contents.outdated)).collect();
    if !outdated.is_empty() {
        db.write(None, time.moment(), |tx| actions::remove_outdated(tx, &outdated))?;
    }
    let composed = |delivery: &&LeasedDelivery| {
        let reminders = contents.remove(&delivery.id).unwrap_or_default().reminders;
        let composed = match reminders.is_empty() {
            true => Composed::Nothing,
            false => Composed::Email(email(&delivery.to, &reminders, public_url)),
        };
        (delivery.id, composed)
    };
    Ok(deliveries.iter().map(composed).collect())
}

/// Plans, queues and sends the reminders that are due; a dry run only returns the mails that it would send.
pub fn run(db: &Database, mailer: &Mailer, public_url: &str, time: PlanningTime, dry_run: bool) -> Result<RunSummary> {
    if dry_run {
        let line = |digest: Digest| {
            let subject = email(&digest.to, &digest.reminders, public_url).subject;
            SummaryLine { address: digest.to.address, subject, outcome: None }
        };
        let digests = db.snapshot(|conn| would_send(conn, time, &Visibility::everything()))?;
        return Ok(RunSummary { lines: digests.into_iter().map(line).collect() });
    }
    let mut summary = RunSummary::default();
    // The second pass plans for the new recipients of reminders that the first pass left out.
    for _ in 0..2 {
        queue_due(db, time)?;
        send_reminders(db, mailer, public_url, time, &mut summary)?;
    }
    Ok(summary)
}

fn send_reminders(
    db: &Database,
    mailer: &Mailer,
    public_url: &str,
    time: PlanningTime,
    summary: &mut RunSummary,
) -> Result<()> {
    let began = stopwatch();
    let now = || match time {
        PlanningTime::Now(now) => now.plus(TimeDelta::from_std(began.elapsed()).unwrap_or_default()),
        PlanningTime::Day(_, moment) => moment,
    };
    let compose = |batch: &[LeasedDelivery]| {
        let mut composed = compose(db, public_url, time, batch)?;
        Ok(batch.iter().map(|delivery| composed.remove(&delivery.id).unwrap_or(Composed::Nothing)).collect())
    };
    let run = SendRun {
        db,
        mailer,
        now: &now,
        kind: Some(KIND),
        compose: &compose,
        should_continue: &|| true,
        on_failure: &|_, _| Ok(()),
    };
    send_due(&run, &mut |result| {
        let (address, subject, outcome) = (result.address, result.subject, Some(result.outcome));
        summary.lines.push(SummaryLine { address, subject, outcome });
    })
}

/// A mail and its outcome; without one, a mail that a dry run would have sent.
#[derive(Debug, Clone)]
pub struct SummaryLine {
    pub address: String,
    pub subject: String,
    pub outcome: Option<DeliveryOutcome>,
}

/// The mails of a run: one line per mail, and a total.
#[derive(Debug, Clone, Default)]
pub struct RunSummary {
    pub lines: Vec<SummaryLine>,
}

impl RunSummary {
    /// Counts the mails with an outcome, or those that a dry run would have sent.
    fn count(&self, outcome: Option<&str>) -> usize {
        self.lines.iter().filter(|line| line.outcome.as_ref().map(DeliveryOutcome::as_str) == outcome).count()
    }

    pub fn sent(&self) -> usize {
        self.count(Some("sent"))
    }

    pub fn failed(&self) -> usize {
        self.count(Some("failed"))
    }
}

impl std::fmt::Display for SummaryLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (address, subject) = (&self.address, &self.subject);
        match &self.outcome {
            None => write!(f, "would send\t{address}\t{subject}"),
            Some(DeliveryOutcome::Sent) => write!(f, "sent\t{address}\t{subject}"),
            Some(DeliveryOutcome::PutOff { why, next }) => {
                write!(f, "put off\t{address}\t{subject}\t{why}; next attempt {next}")
            }
            Some(DeliveryOutcome::Failed(why)) => write!(f, "refused\t{address}\t{subject}\t{why}"),
            Some(DeliveryOutcome::Dropped) => write!(f, "dropped\t{address}\tnothing is left to say"),
        }
    }
}

impl std::fmt::Display for RunSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        match self.count(None) {
            0 => write!(f, "{} sent, {} put off, {} refused", self.sent(), self.count(Some("put_off")), self.failed()),
            planned => write!(f, "{planned} to send"),
        }
    }
}
