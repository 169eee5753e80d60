//! Plans, previews, composes and sends reminders, for the worker, the API and the command line.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};

use super::actions;
use super::email::{Contents, WaitingItem, email};
use super::model::{
    Digest, KIND, Placement, PlanningData, PlanningTime, SUMMARY, soonest_first, soonest_reports_first,
};
use super::present_notices::{PresentNotices, present_notices};
use super::run_summary::{RunSummary, SummaryLine};
use super::store::{self, RecordedDutyStep, RecordedStep};
use super::summary::summary;
use super::{duties, people, sessions};
use crate::access::Visibility;
use crate::clock::stopwatch;
use crate::db::{AssignmentId, Database, Db, DeliveryId, RawId, grouped};
use crate::error::Result;
use crate::mail::{Composed, LeasedDelivery, Mailer, Recipient, SendRun, send_due};
use crate::notifications::{Event, remove_notices};

/// Returns a day after the sending hour, in every time zone in use.
pub fn planning_day(db: &Database, day: NaiveDate) -> Result<PlanningTime> {
    db.read(|conn| whole_day(conn, day))
}

fn whole_day(conn: &mut Db, day: NaiveDate) -> Result<PlanningTime> {
    Ok(PlanningTime::whole_day(day, &store::zones(conn)?))
}

/// Plans and queues everything that is due, each batch in a transaction of its own: waiting notices, what awaits a
/// review or a decision, summaries of the week, reminders of sessions, of periodic reports, and of due dates. Any number
/// of processes may call it at once.
pub fn queue_due(db: &Database, time: PlanningTime) -> Result<()> {
    if !db.read(|conn| people::due_notices(conn, time))?.is_empty() {
        db.write(None, time.moment(), |tx| people::take_notices(tx, time))?;
    }
    for person in db.read(|conn| store::due_people(conn, time))? {
        db.write(None, time.moment(), |tx| people::plan_person(tx, time, &person))?;
    }
    if !db.read(|conn| sessions::due_sessions(conn, time))?.is_empty() {
        db.write(None, time.moment(), |tx| sessions::plan_sessions(tx, time))?;
    }
    for due in db.read(|conn| duties::due_duties(conn, time, &Visibility::everything()))?.chunks(duties::BATCH) {
        db.write(None, time.moment(), |tx| duties::plan_duties(tx, time, due))?;
    }
    let mut position = None;
    loop {
        position = db.write(None, time.moment(), |tx| actions::plan_batch(tx, time, position))?;
        if position.is_none() {
            return Ok(());
        }
    }
}

/// Returns the digests that would be sent on a day, limited to records that somebody with this visibility may write.
pub(super) fn preview(conn: &mut Db, day: NaiveDate, visibility: &Visibility) -> Result<Vec<Digest>> {
    if !visibility.all && visibility.countries.is_empty() && visibility.full_commissions.is_empty() {
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
    let due = duties::due_duties(conn, time, visibility)?;
    let of_reports = duties::duty_digests(conn, &due, time)?;
    merge_new(conn, &mut people, of_reports, time)?;
    let mut position = None;
    loop {
        let due = store::due_checks(conn, time.moment(), position, actions::BATCH, visibility)?;
        let Some(end) = due.last().copied() else { break };
        let ids: Vec<AssignmentId> = due.into_iter().map(|(_, id)| id).collect();
        let digests = store::planning_data_with_steps(conn, &ids, time.moment())?.plan(time).digests;
        merge_new(conn, &mut people, digests, time)?;
        position = Some(end);
    }
    let mut digests: Vec<Digest> = people.into_values().collect();
    for digest in &mut digests {
        soonest_first(&mut digest.reminders);
        soonest_reports_first(&mut digest.duties);
    }
    Ok(digests)
}

/// Merges planned digests into those of the same people, except those for which it is too late today.
fn merge_new(
    conn: &mut Db,
    people: &mut BTreeMap<String, Digest>,
    digests: Vec<Digest>,
    time: PlanningTime,
) -> Result<()> {
    let recipients: Vec<String> = digests.iter().map(|digest| digest.to.key()).collect();
    let emails = store::recent_emails(conn, &recipients, time.moment())?;
    for digest in digests {
        let existing = emails.get(&digest.to.key()).map_or(&[][..], Vec::as_slice);
        if !matches!(digest.placement(existing), Placement::Tomorrow) {
            merge(people, digest);
        }
    }
    Ok(())
}

/// Merges a digest into those of the same person. Of two steps of one assignment or report the later stays.
fn merge(people: &mut BTreeMap<String, Digest>, digest: Digest) {
    match people.get_mut(&digest.to.key()) {
        None => {
            people.insert(digest.to.key(), digest);
        }
        Some(own) => {
            own.reminders.retain(|old| digest.reminders.iter().all(|new| new.assignment.id != old.assignment.id));
            own.reminders.extend(digest.reminders);
            own.duties.retain(|old| digest.duties.iter().all(|new| new.step.place() != old.step.place()));
            own.duties.extend(digest.duties);
        }
    }
}

fn waiting_digests(conn: &mut Db, time: PlanningTime) -> Result<Vec<Digest>> {
    let emails = store::waiting_emails(conn, time.moment())?;
    let keys: Vec<_> = emails.iter().map(|email| (email.id, email.to.key())).collect();
    let mut present = reminders_of(conn, &keys, time)?;
    let digest = |email: store::WaitingEmail| {
        let Contents { reminders, duties, .. } = present.remove(&email.id)?.contents;
        let today = reminders.first().map(|one| one.today).or_else(|| Some(duties.first()?.step.today));
        let (day, zone) = (today?, chrono_tz::Tz::UTC);
        Some(Digest { to: email.to, day, zone, send_at: email.next_attempt, reminders, duties })
    };
    Ok(emails.into_iter().filter_map(digest).collect())
}

/// The contents of a queued mail according to the present state.
#[derive(Default)]
struct Present {
    contents: Contents,
    /// Recorded steps that are no longer right.
    outdated: Vec<RecordedStep>,
    outdated_duties: Vec<RecordedDutyStep>,
}

/// Returns the reminders of each mail; a mail is given as its id and the key of its recipient.
fn reminders_of(
    conn: &mut Db,
    emails: &[(DeliveryId, String)],
    time: PlanningTime,
) -> Result<HashMap<DeliveryId, Present>> {
    let ids: Vec<DeliveryId> = emails.iter().map(|(id, _)| *id).collect();
    let mut steps = grouped(store::steps_of(conn, &ids)?.into_iter().map(|step| (step.delivery_id, step)));
    let assignments: Vec<AssignmentId> = steps.values().flatten().map(|step| step.assignment_id).collect();
    let data = store::planning_data(conn, &assignments, time.moment())?;
    let mut of_reports = duties::present_duties(conn, emails, time)?;
    let split = |(id, recipient): &(DeliveryId, String)| {
        let present = split(&data, steps.remove(id).unwrap_or_default(), time, recipient);
        (*id, present.with_duties(of_reports.remove(id).unwrap_or_default()))
    };
    Ok(emails.iter().map(split).collect())
}

impl Present {
    fn with_duties(mut self, duties: duties::PresentDuties) -> Self {
        self.contents.duties = duties.reminders;
        self.outdated_duties = duties.outdated;
        let known: HashSet<String> = self.contents.answers.iter().map(Recipient::key).collect();
        self.contents.answers.extend(duties.answers.into_iter().filter(|one| !known.contains(&one.key())));
        self
    }
}

fn split(data: &PlanningData, steps: Vec<RecordedStep>, time: PlanningTime, recipient: &str) -> Present {
    let mut present = Present::default();
    let reminders = &mut present.contents.reminders;
    for step in steps {
        let assignment = data.find(step.assignment_id).filter(|assignment| assignment.due == step.due);
        match assignment.and_then(|assignment| data.reminder_for(assignment, step.step, time, recipient)) {
            Some(reminder) => reminders.push(reminder),
            None => present.outdated.push(step),
        }
    }
    soonest_first(reminders);
    present.contents.answers = data.answers(reminders);
    present
}

/// Returns the whole contents of each mail, and the notices that are not sent.
fn contents(
    conn: &mut Db,
    mails: &[&LeasedDelivery],
    time: PlanningTime,
) -> Result<(HashMap<DeliveryId, Present>, Vec<RawId>)> {
    let keys: Vec<_> = mails.iter().map(|delivery| (delivery.id, delivery.to.key())).collect();
    let ids: Vec<DeliveryId> = mails.iter().map(|delivery| delivery.id).collect();
    let mut present = reminders_of(conn, &keys, time)?;
    let PresentNotices { bodies: mut notices, unseen } = present_notices(conn, &ids, time.present())?;
    let waiting = store::waiting_of(conn, &ids)?;
    let readers: Vec<&Recipient> = mails
        .iter()
        .filter(|mail| mail.kind == SUMMARY || waiting.contains_key(&mail.id))
        .map(|mail| &mail.to)
        .collect();
    let items = people::items_of_all(conn, &readers, time.present())?;
    for mail in mails {
        let contents = &mut present.entry(mail.id).or_default().contents;
        contents.notices = notices.remove(&mail.id).unwrap_or_default();
        let recorded = waiting.get(&mail.id);
        let own = mail.to.user_id.and_then(|user| items.get(&user)).into_iter().flatten();
        let is_recorded = |id| recorded.is_some_and(|records| records.contains(id));
        let shown = own.filter(|WaitingItem { item, .. }| {
            mail.kind == SUMMARY || (people::ledger_kind(item.reason).is_some() && is_recorded(&item.id))
        });
        contents.waiting = shown.cloned().collect();
    }
    add_reports(conn, &mut present)?;
    Ok((present, unseen))
}

/// Adds the latest report of each institution for those who write the record.
fn add_reports(conn: &mut Db, present: &mut HashMap<DeliveryId, Present>) -> Result<()> {
    let reminders = |present: &Present| {
        let for_writers = present.contents.reminders.iter().filter(|one| one.is_for_writers());
        for_writers.map(|one| one.assignment.id).collect::<Vec<_>>()
    };
    let ids: Vec<AssignmentId> = present.values().flat_map(reminders).collect();
    let reports = store::latest_reports(conn, &ids)?;
    for reminder in present.values_mut().flat_map(|present| &mut present.contents.reminders) {
        if reminder.is_for_writers() {
            reminder.report = reports.get(&reminder.assignment.id).cloned();
        }
    }
    Ok(())
}

/// Composes the queued mails of the day and summaries of the week from the present state. A reminder that is no longer
/// right (the part is closed, has another due date or another recipient; the report has arrived) is left out, and its step
/// is deleted before the mail is sent; so is a notice of a record that its reader may no longer see.
pub(crate) fn compose(
    db: &Database,
    public_url: &str,
    time: PlanningTime,
    batch: &[LeasedDelivery],
) -> Result<HashMap<DeliveryId, Composed>> {
    let mails: Vec<&LeasedDelivery> =
        batch.iter().filter(|mail| [KIND, SUMMARY].contains(&mail.kind.as_str())).collect();
    if mails.is_empty() {
        return Ok(HashMap::new());
    }
    let (mut present, unseen) = db.snapshot(|conn| contents(conn, &mails, time))?;
    let outdated: Vec<RecordedStep> =
        present.values_mut().flat_map(|present| std::mem::take(&mut present.outdated)).collect();
    let outdated_duties: Vec<RecordedDutyStep> =
        present.values_mut().flat_map(|present| std::mem::take(&mut present.outdated_duties)).collect();
    if !outdated.is_empty() || !outdated_duties.is_empty() || !unseen.is_empty() {
        db.write(None, time.moment(), |tx| {
            remove_notices(tx.conn, &unseen)?;
            duties::remove_outdated(tx, &outdated_duties)?;
            if outdated.is_empty() { Ok(()) } else { actions::remove_outdated(tx, &outdated) }
        })?;
    }
    let composed = |mail: &&LeasedDelivery| {
        let contents = present.remove(&mail.id).unwrap_or_default().contents;
        let composed = match mail.kind.as_str() {
            SUMMARY => summary(&mail.to, &contents.waiting, &contents.notices, public_url),
            _ if contents.is_empty() => None,
            _ => Some(email(&mail.to, &contents, public_url)),
        };
        (mail.id, composed.map_or(Composed::Nothing, |email| Composed::Email(Box::new(email))))
    };
    Ok(mails.iter().map(composed).collect())
}

/// Returns a line for each mail that a run would send besides the reminders of due dates.
fn other_lines(conn: &mut Db, time: PlanningTime, known: &[SummaryLine]) -> Result<Vec<SummaryLine>> {
    let mut lines: BTreeMap<(String, &'static str), SummaryLine> = BTreeMap::new();
    let mut add = |to: &Recipient, kind: &'static str| {
        if kind != KIND || known.iter().all(|line| line.address != to.address) {
            let line = SummaryLine { address: to.address.clone(), subject: kind.to_owned(), outcome: None };
            lines.insert((to.key(), kind), line);
        }
    };
    for notices in people::due_notices(conn, time)? {
        add(&notices.digest.to, KIND);
    }
    for person in store::due_people(conn, time)? {
        let plan = people::plan(conn, time, &person)?;
        if !plan.waiting.is_empty() {
            add(&person.to, KIND);
        }
        if plan.summary.is_some() {
            add(&person.to, SUMMARY);
        }
    }
    let mut lines: Vec<SummaryLine> = lines.into_values().collect();
    for session in sessions::due_sessions(conn, time)? {
        let subject = Event::MeetingReminder.to_string();
        lines.push(SummaryLine { address: session.title, subject, outcome: None });
    }
    Ok(lines)
}

/// Plans, queues and sends the reminders that are due; a dry run only returns the mails that it would send.
pub fn run(db: &Database, mailer: &Mailer, public_url: &str, time: PlanningTime, dry_run: bool) -> Result<RunSummary> {
    if dry_run {
        let line = |digest: Digest| {
            let Digest { reminders, duties, .. } = digest;
            let contents = Contents { reminders, duties, ..Contents::default() };
            let subject = email(&digest.to, &contents, public_url).subject;
            SummaryLine { address: digest.to.address, subject, outcome: None }
        };
        let lines = db.snapshot(|conn| {
            let digests = would_send(conn, time, &Visibility::everything())?;
            let mut lines: Vec<SummaryLine> = digests.into_iter().map(line).collect();
            lines.extend(other_lines(conn, time, &lines)?);
            Ok(lines)
        })?;
        return Ok(RunSummary { lines });
    }
    let mut summary = RunSummary::default();
    // The second pass plans for the new recipients of reminders that the first pass left out.
    for _ in 0..2 {
        queue_due(db, time)?;
        for kind in [KIND, SUMMARY, Event::MeetingReminder.as_str()] {
            send_kind(db, mailer, (public_url, kind), time, &mut summary)?;
        }
    }
    Ok(summary)
}

/// Sends the due mails of one kind.
fn send_kind(
    db: &Database,
    mailer: &Mailer,
    (public_url, kind): (&str, &str),
    time: PlanningTime,
    summary: &mut RunSummary,
) -> Result<()> {
    let began = stopwatch();
    let now = || match time {
        PlanningTime::Now(now) => now.plus(TimeDelta::from_std(began.elapsed()).unwrap_or_default()),
        PlanningTime::Day { end, .. } => end,
    };
    let compose = |batch: &[LeasedDelivery]| {
        let mut present = compose(db, public_url, time, batch)?;
        let composed = |delivery: &LeasedDelivery| {
            present.remove(&delivery.id).unwrap_or_else(|| crate::mail::compose(mailer, public_url, delivery))
        };
        Ok(batch.iter().map(composed).collect())
    };
    let run = SendRun {
        db,
        mailer,
        now: &now,
        kind: Some(kind),
        sent_at: matches!(time, PlanningTime::Day { .. }).then(|| time.present()),
        compose: &compose,
        should_continue: &|| true,
        on_failure: &|_, _| Ok(()),
    };
    send_due(&run, &mut |result| {
        let (address, subject, outcome) = (result.address, result.subject, Some(result.outcome));
        summary.lines.push(SummaryLine { address, subject, outcome });
    })
}
