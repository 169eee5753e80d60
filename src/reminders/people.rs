//! Plans once a day for each person: what awaits a review or a decision, and the summary of the week. Also takes the
//! waiting notices into the mail of the day.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::actions::{lock_planning, mail_of_the_day};
use super::email::WaitingItem;
use super::model::{Digest, Person, PlanningTime, SUMMARY, WaitingStep, notice_day, waiting_step};
use super::store;
use crate::access::commission_refs;
use crate::clock::Instant;
use crate::commissions::reminder_policies;
use crate::db::{CommissionId, Db, RawId, Tx, UserId, unique};
use crate::error::Result;
use crate::identity::load_actor;
use crate::mail::{NewDelivery, Recipient, enqueue};
use crate::notifications::{Timing, WaitingNotice, attach_notices, waiting_notices};
use crate::pending::{PendingFilter, PendingItem, PendingReason, pending_of};

/// The plan of a day for a person.
#[derive(Debug, Default)]
pub(super) struct PersonPlan {
    /// The steps that are repeated today.
    pub waiting: Vec<WaitingStep>,
    /// The notices of the summary that is sent today; `None` when there is nothing to report, or it is another day.
    pub summary: Option<Vec<RawId>>,
}

/// Returns everything that waits for a person; nothing for people who no longer have an account.
pub(super) fn items_of(conn: &mut Db, user: UserId, now: Instant) -> Result<Vec<PendingItem>> {
    let Ok(actor) = load_actor(conn, user, now) else { return Ok(Vec::new()) };
    pending_of(conn, &actor, now, &PendingFilter::default())
}

/// Returns the kind under which an item is recorded when it awaits a review or a decision.
pub(super) const fn ledger_kind(reason: PendingReason) -> Option<&'static str> {
    match reason {
        PendingReason::ReviewPending => Some("update"),
        PendingReason::ExtensionPending => Some("extension"),
        PendingReason::ActivityToValidate => Some("activity"),
        _ => None,
    }
}

/// Plans and queues the day of a person, in one transaction.
pub(super) fn plan_person(tx: &mut Tx<'_>, time: PlanningTime, person: &Person) -> Result<()> {
    lock_planning(tx)?;
    let today = time.today(person.settings.zone);
    let planned = store::planned_day(tx.conn, person.id)?;
    if planned.is_some_and(|day| day >= today) {
        return Ok(());
    }
    let person = Person { planned, ..person.clone() };
    let plan = plan(tx.conn, time, &person)?;
    if !plan.waiting.is_empty() {
        queue_waiting(tx, &person, today, &plan.waiting)?;
    }
    if let Some(notices) = &plan.summary {
        queue_summary(tx, &person, today, notices)?;
    }
    store::set_planned_day(tx.conn, person.id, today)
}

/// Returns the plan of the day for a person.
pub(super) fn plan(conn: &mut Db, time: PlanningTime, person: &Person) -> Result<PersonPlan> {
    let today = time.today(person.settings.zone);
    let gets_summary = person.gets_summary(today);
    let repeats_steps = person.is_writer() && person.settings.sends_on(today);
    if !gets_summary && !repeats_steps {
        return Ok(PersonPlan::default());
    }
    let items = match person.is_writer() {
        true => items_of(conn, person.id, time.present())?,
        false => Vec::new(),
    };
    let mut plan = PersonPlan::default();
    if repeats_steps {
        plan.waiting = steps(conn, person, today, &items)?;
    }
    if gets_summary {
        let own = |notice: &WaitingNotice| {
            notice.to.user_id == Some(person.id) && person.summary_has(notice.created_at, today)
        };
        let notices: Vec<RawId> =
            waiting_notices(conn, Timing::Weekly)?.into_iter().filter(own).map(|notice| notice.id).collect();
        plan.summary = (!items.is_empty() || !notices.is_empty()).then_some(notices);
    }
    Ok(plan)
}

/// Returns the steps that are not recorded yet of what awaits a review or a decision by the person. A coordinator is
/// reminded in the place of a secretariat without people.
fn steps(conn: &mut Db, person: &Person, today: NaiveDate, items: &[PendingItem]) -> Result<Vec<WaitingStep>> {
    let waiting: Vec<(&'static str, &PendingItem)> =
        items.iter().filter_map(|item| Some((ledger_kind(item.reason)?, item))).collect();
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let commissions: Vec<CommissionId> = waiting.iter().flat_map(|(_, item)| item.commission_ids.clone()).collect();
    let with_people = store::with_secretariat(conn, &commissions)?;
    let policies = reminder_policies(conn, &commissions)?;
    let ids: Vec<_> = waiting.iter().map(|(_, item)| item.id).collect();
    let recorded = store::recorded_waiting(conn, &person.to.key(), &ids)?;
    let is_ours = |item: &PendingItem| {
        item.commission_ids.iter().any(|id| person.secretariat_of.contains(id))
            || (person.countries.contains(&item.country_code)
                && !item.commission_ids.iter().any(|id| with_people.contains(id)))
    };
    let step = |(kind, item): (&'static str, &PendingItem)| {
        let policy = item.commission_ids.first().and_then(|id| policies.get(id)).cloned().unwrap_or_default();
        let since = item.since.day_in(person.settings.zone);
        let step = waiting_step(since, today, policy.review_after_days)?;
        let new = !recorded.contains(&(kind.to_owned(), item.id, step));
        new.then(|| WaitingStep { kind, id: item.id, step, commissions: item.commission_ids.clone() })
    };
    Ok(waiting.into_iter().filter(|(_, item)| is_ours(item)).filter_map(step).collect())
}

fn queue_waiting(tx: &mut Tx<'_>, person: &Person, today: NaiveDate, steps: &[WaitingStep]) -> Result<()> {
    let digest = Digest::without_reminders(&person.to, &person.settings, today);
    let commissions = steps.iter().flat_map(|step| step.commissions.clone()).collect();
    match mail_of_the_day(tx, &digest, person.country.clone(), commissions)? {
        Some(mail) => store::record_waiting(tx, mail, &person.to.key(), steps),
        None => Ok(()),
    }
}

fn queue_summary(tx: &mut Tx<'_>, person: &Person, today: NaiveDate, notices: &[RawId]) -> Result<()> {
    let delivery = NewDelivery {
        country_code: person.country.clone(),
        commissions: person.secretariat_of.clone(),
        once: Some(person.week(today)),
        not_before: Some(person.settings.send_at(today)),
        ..NewDelivery::new(SUMMARY, person.to.clone(), today, "{}".to_owned())
    };
    let mail = enqueue(tx, delivery)?;
    attach_notices(tx.conn, notices, mail)
}

/// The notices of a person that go into the mail of today.
pub(super) struct DueNotices {
    pub digest: Digest,
    country: Option<String>,
    ids: Vec<RawId>,
}

/// Returns the waiting notices whose day has come, by person.
pub(super) fn due_notices(conn: &mut Db, time: PlanningTime) -> Result<Vec<DueNotices>> {
    let waiting = waiting_notices(conn, Timing::Daily)?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let countries = store::country_settings(conn, time.moment())?;
    let mut people: BTreeMap<String, DueNotices> = BTreeMap::new();
    for WaitingNotice { id, to, country, created_at } in waiting {
        let Some(settings) = country.as_ref().and_then(|code| countries.get(code)) else { continue };
        let today = time.today(settings.zone);
        if today < notice_day(settings, created_at) || !settings.sends_on(today) {
            continue;
        }
        let digest = || Digest::without_reminders(&to, settings, today);
        let own = people.entry(to.key()).or_insert_with(|| DueNotices { digest: digest(), country, ids: Vec::new() });
        own.ids.push(id);
    }
    Ok(people.into_values().collect())
}

/// Takes the waiting notices whose day has come into the mails of the day.
pub(super) fn take_notices(tx: &mut Tx<'_>, time: PlanningTime) -> Result<()> {
    lock_planning(tx)?;
    for DueNotices { digest, country, ids } in due_notices(tx.conn, time)? {
        if let Some(mail) = mail_of_the_day(tx, &digest, country, Vec::new())? {
            attach_notices(tx.conn, &ids, mail)?;
        }
    }
    Ok(())
}

/// Returns everything that waits for the readers of some mails, by person.
pub(super) fn items_of_all(
    conn: &mut Db,
    readers: &[&Recipient],
    now: Instant,
) -> Result<HashMap<UserId, Vec<WaitingItem>>> {
    let mut items: HashMap<UserId, Vec<PendingItem>> = HashMap::new();
    for user in readers.iter().filter_map(|reader| reader.user_id) {
        if let Entry::Vacant(entry) = items.entry(user) {
            entry.insert(items_of(conn, user, now)?);
        }
    }
    if items.values().all(Vec::is_empty) {
        return Ok(HashMap::new());
    }
    let first: Vec<CommissionId> =
        unique(items.values().flatten().filter_map(|item| item.commission_ids.first().copied()));
    let (commissions, countries) = (commission_refs(conn, &first)?, store::country_zones(conn)?);
    let with_day = |item: PendingItem| {
        let commission = item.commission_ids.first().and_then(|id| commissions.get(id)).map(|one| one.zone);
        let zone = commission.or_else(|| countries.get(&item.country_code).copied()).unwrap_or(Tz::UTC);
        WaitingItem { since: item.since.day_in(zone), item }
    };
    let with_days = |own: Vec<PendingItem>| own.into_iter().map(with_day).collect();
    Ok(items.into_iter().map(|(user, own)| (user, with_days(own))).collect())
}
