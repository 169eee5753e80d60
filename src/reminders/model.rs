//! Planning: which step of which assignment is reached, and who is reminded of it. A function of the open assignments,
//! the policies, the calendars, the recorded steps and the time.

mod duties;
mod people;
mod schedule;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod zone_tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

pub(super) use self::duties::{
    DutyPlanning, DutyReminder, DutyStep, DutyStepKey, ReportPlace, institutions_of, reached_steps,
    soonest_first as soonest_reports_first,
};
pub(super) use self::people::{Person, SessionToRemind, WaitingStep, notice_day, waiting_step};
pub use self::schedule::PlanningTime;
use self::schedule::{QuietPeriod, escalates, escalates_to_coordinator, latest_step, local, next_step_day};
use crate::clock::Instant;
use crate::commissions::ReminderPolicy;
use crate::dates::WorkingCalendar;
use crate::db::{AssignmentId, CommissionId, CommitmentId, DeliveryId, InstitutionId};
use crate::mail::{DeliveryStatus, Recipient};
use crate::notifications::{Contacts, Reason, RecordScope};

/// The `X-Articula-Kind` of reminders.
pub(super) const KIND: &str = "reminder";

/// The `X-Articula-Kind` of weekly summaries.
pub(super) const SUMMARY: &str = "summary";

/// The maximum number of secretariats that one mail is answered to.
const MOST_ANSWERS: usize = 5;

/// An open assignment with a due date.
#[derive(Debug, Clone)]
pub(super) struct OpenAssignment {
    pub id: AssignmentId,
    pub commitment_id: CommitmentId,
    pub code: String,
    pub text: String,
    pub restricted: bool,
    pub institution_id: InstitutionId,
    pub institution: String,
    /// The first is the lead commission: its policy and calendar apply.
    pub commissions: Vec<CommissionId>,
    pub country: String,
    pub due: NaiveDate,
    /// The time of the mail that announced it.
    pub announced_at: Option<Instant>,
}

impl OpenAssignment {
    pub(super) fn scope(&self) -> RecordScope<'_> {
        RecordScope { country: &self.country, commissions: &self.commissions, restricted: self.restricted }
    }
}

/// The properties of a commission that planning needs.
#[derive(Debug, Clone)]
pub(super) struct CommissionSettings {
    pub zone: Tz,
    pub policy: ReminderPolicy,
    pub calendar: WorkingCalendar,
}

impl CommissionSettings {
    pub(super) fn sends_on(&self, day: NaiveDate) -> bool {
        self.policy.send_on_non_working_days || self.calendar.is_working_day(day)
    }

    /// Returns the moment at which a day begins in the commission's time zone.
    fn start_of(&self, day: NaiveDate) -> Instant {
        local(day, 0, self.zone)
    }

    /// Returns the moment of a day from which mail is sent.
    pub(super) fn send_at(&self, day: NaiveDate) -> Instant {
        local(day, self.policy.send_hour.unsigned_abs(), self.zone)
    }

    fn day_after(&self, day: NaiveDate) -> Instant {
        self.start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }
}

/// A step that is recorded for a recipient: assignment, due date, step, recipient.
pub(super) type StepKey = (AssignmentId, NaiveDate, i32, String);

/// The input of planning.
#[derive(Debug, Default)]
pub(super) struct PlanningData {
    /// In the order of their ids.
    pub assignments: Vec<OpenAssignment>,
    pub settings: HashMap<CommissionId, CommissionSettings>,
    pub contacts: Contacts,
    pub recorded: HashSet<StepKey>,
}

/// A reminder of one step of one assignment for one person.
#[derive(Debug, Clone)]
pub(super) struct Reminder {
    pub assignment: OpenAssignment,
    pub step: i32,
    pub reason: Reason,
    pub today: NaiveDate,
    /// The people of the institution, for a secretariat or a coordinator.
    pub contact: Vec<Recipient>,
    /// The institution's latest report, for a secretariat or a coordinator.
    pub report: Option<LatestReport>,
}

impl Reminder {
    /// Returns true when the reader answers for the record, not for the institution.
    pub(super) const fn is_for_writers(&self) -> bool {
        self.reason.is_instead() || matches!(self.reason, Reason::Escalation | Reason::CoordinatorEscalation)
    }
}

/// The latest report of an institution on its part.
#[derive(Debug, Clone)]
pub(super) struct LatestReport {
    pub reported_on: NaiveDate,
    pub narrative: String,
}

/// The reminders for one person in one mail.
#[derive(Debug, Clone)]
pub(super) struct Digest {
    pub to: Recipient,
    pub day: NaiveDate,
    /// The time zone of `day`.
    pub zone: Tz,
    /// The earliest sending hour among the commissions concerned.
    pub send_at: Instant,
    pub reminders: Vec<Reminder>,
    /// The periodic reports that are owed.
    pub duties: Vec<DutyReminder>,
}

/// The result of planning.
#[derive(Debug, Default)]
pub(super) struct ReminderPlan {
    /// One per person.
    pub digests: Vec<Digest>,
    pub next_checks: Vec<(AssignmentId, Instant)>,
}

impl PlanningData {
    pub(super) fn find(&self, id: AssignmentId) -> Option<&OpenAssignment> {
        self.assignments.binary_search_by_key(&id, |one| one.id).ok().and_then(|at| self.assignments.get(at))
    }

    fn settings_of(&self, assignment: &OpenAssignment) -> Option<&CommissionSettings> {
        assignment.commissions.first().and_then(|id| self.settings.get(id))
    }

    /// Returns everybody to be reminded of a step, each person once: the people of the institution and, from some days
    /// overdue, the secretariat, then the coordinator.
    fn recipients(
        &self,
        assignment: &OpenAssignment,
        policy: &ReminderPolicy,
        step: i32,
        today: NaiveDate,
    ) -> Vec<(Recipient, Reason)> {
        let record = assignment.scope();
        let mut recipients = self.contacts.for_institution(record, assignment.institution_id, today);
        if escalates(policy, step) {
            let secretariat = self.contacts.secretariat(record, today).into_iter();
            recipients.extend(secretariat.map(|contact| (contact, Reason::Escalation)));
        }
        if escalates_to_coordinator(policy, step) {
            let coordinators = self.contacts.coordinators_of(&assignment.country).into_iter();
            recipients.extend(coordinators.map(|contact| (contact, Reason::CoordinatorEscalation)));
        }
        let mut seen = HashSet::new();
        recipients.retain(|(contact, _)| seen.insert(contact.key()));
        recipients
    }

    /// Returns the step that an assignment has reached with everybody to be reminded of it today, whether the step is
    /// recorded for them or not, and the next check: the moment before which nothing can become due without a change.
    /// On a day on which the commission sends nothing, and while nobody can be reminded, the next check is the day
    /// after.
    fn check(
        &self,
        assignment: &OpenAssignment,
        settings: &CommissionSettings,
        today: NaiveDate,
    ) -> (Vec<(Recipient, Reminder)>, Instant) {
        let policy = &settings.policy;
        let hour = policy.send_hour.unsigned_abs();
        let quiet = assignment.announced_at.map(|at| QuietPeriod::after(at, settings.zone, hour));
        let wait_ends = quiet.map(|quiet| quiet.first_day_after()).filter(|day| *day > today);
        let next = next_step_day(policy, assignment.due, today);
        let next = wait_ends.map_or(next, |day| day.min(next));
        let Some(step) = latest_step(policy, assignment.due, today, quiet) else {
            return (Vec::new(), settings.start_of(next));
        };
        let recipients = match settings.sends_on(today) {
            true => self.recipients(assignment, policy, step, today),
            false => Vec::new(),
        };
        if recipients.is_empty() {
            return (Vec::new(), settings.day_after(today));
        }
        let change = self.contacts.next_change(&assignment.commissions, assignment.institution_id, today);
        let reminder = |(to, reason)| {
            let assignment = assignment.clone();
            (to, Reminder { assignment, step, reason, today, contact: Vec::new(), report: None })
        };
        let next_check = settings.start_of(change.map_or(next, |change| change.min(next)));
        (recipients.into_iter().map(reminder).collect(), next_check)
    }

    /// Returns the reminder of a recorded step as it is today, or `None` if it is no longer for this recipient.
    pub(super) fn reminder_for(
        &self,
        assignment: &OpenAssignment,
        step: i32,
        time: PlanningTime,
        recipient: &str,
    ) -> Option<Reminder> {
        let settings = self.settings_of(assignment)?;
        let today = time.today(settings.zone);
        let recipients = self.recipients(assignment, &settings.policy, step, today);
        let (_, reason) = recipients.into_iter().find(|(contact, _)| contact.key() == recipient)?;
        let assignment = assignment.clone();
        let mut reminder = Reminder { assignment, step, reason, today, contact: Vec::new(), report: None };
        if reminder.is_for_writers() {
            reminder.contact = self.people_of(&reminder.assignment, today);
        }
        Some(reminder)
    }

    /// Returns the people or the address of the institution; none when the secretariat is reminded in its place.
    fn people_of(&self, assignment: &OpenAssignment, today: NaiveDate) -> Vec<Recipient> {
        let contacts = self.contacts.for_institution(assignment.scope(), assignment.institution_id, today);
        contacts.into_iter().filter(|(_, reason)| !reason.is_instead()).map(|(contact, _)| contact).collect()
    }

    /// Returns the secretariats that the reader of these reminders answers to.
    pub(super) fn answers(&self, reminders: &[Reminder]) -> Vec<Recipient> {
        let mut seen = HashSet::new();
        let all = reminders.iter().flat_map(|one| self.contacts.answer_to(one.assignment.scope(), one.today));
        all.filter(|one| seen.insert(one.key())).take(MOST_ANSWERS).collect()
    }

    /// Returns the moment at which the day after a reminder's begins.
    pub(super) fn day_after(&self, reminder: &Reminder) -> Option<Instant> {
        Some(self.settings_of(&reminder.assignment)?.day_after(reminder.today))
    }

    /// Plans one digest per person with the steps that are not recorded yet, and the next check of each assignment.
    pub(super) fn plan(&self, time: PlanningTime) -> ReminderPlan {
        let mut people: BTreeMap<String, Digest> = BTreeMap::new();
        let mut next_checks = Vec::with_capacity(self.assignments.len());
        for assignment in &self.assignments {
            let Some(settings) = self.settings_of(assignment) else { continue };
            let (zone, day) = (settings.zone, time.today(settings.zone));
            let send_at = settings.send_at(day);
            let (reminders, next_check) = self.check(assignment, settings, day);
            next_checks.push((assignment.id, next_check));
            for (to, reminder) in reminders {
                let key = to.key();
                if self.recorded.contains(&(assignment.id, assignment.due, reminder.step, key.clone())) {
                    continue;
                }
                let digest = people.entry(key).or_insert_with(|| Digest::without_reminders(&to, settings, day));
                if send_at < digest.send_at {
                    (digest.send_at, digest.day, digest.zone) = (send_at, day, zone);
                }
                digest.reminders.push(reminder);
            }
        }
        let mut digests: Vec<Digest> = people.into_values().collect();
        digests.iter_mut().for_each(|digest| soonest_first(&mut digest.reminders));
        ReminderPlan { digests, next_checks }
    }
}

/// A mail with reminders that was sent to a person in the last two days, or still waits.
#[derive(Debug, Clone)]
pub(super) struct ExistingEmail {
    pub id: DeliveryId,
    pub status: DeliveryStatus,
    pub day: NaiveDate,
    pub sent_at: Option<Instant>,
    pub next_attempt: Instant,
}

/// The mail into which a digest goes.
#[derive(Debug)]
pub(super) enum Placement<'a> {
    /// A mail of its own.
    New,
    /// A mail that still waits.
    AddTo(&'a ExistingEmail),
    /// Tomorrow's: today's mail has been sent or is being sent.
    Tomorrow,
}

impl Digest {
    /// Makes a digest without reminders, for what else is in the mail of a day.
    pub(super) fn without_reminders(to: &Recipient, settings: &CommissionSettings, day: NaiveDate) -> Self {
        let (to, zone, send_at) = (to.clone(), settings.zone, settings.send_at(day));
        Self { to, day, zone, send_at, reminders: Vec::new(), duties: Vec::new() }
    }

    pub(super) fn commissions(&self) -> Vec<CommissionId> {
        let of_reports = self.duties.iter().flat_map(|one| one.step.duty.fields.commission_ids.clone());
        self.reminders.iter().flat_map(|one| one.assignment.commissions.clone()).chain(of_reports).collect()
    }

    /// Returns the country of all its reminders; `None` when they are of several.
    pub(super) fn country(&self) -> Option<String> {
        let of_reports = self.duties.iter().map(|one| &one.step.duty.country_code);
        let mut countries = self.reminders.iter().map(|one| &one.assignment.country).chain(of_reports);
        let first = countries.next()?;
        countries.all(|other| other == first).then(|| first.clone())
    }

    /// Returns the key that makes two mails for one person and day one.
    pub(super) fn once(&self) -> String {
        format!("{}|{}", self.to.key(), self.day)
    }

    /// Decides into which mail the digest goes: one mail per person per day, the day on which it is sent.
    pub(super) fn placement<'a>(&self, emails: &'a [ExistingEmail]) -> Placement<'a> {
        if let Some(email) = emails.iter().rev().find(|email| email.status == DeliveryStatus::Queued) {
            return Placement::AddTo(email);
        }
        let of_today = |email: &ExistingEmail| {
            email.day == self.day || email.sent_at.is_some_and(|at| at.day_in(self.zone) == self.day)
        };
        let done = emails.iter().any(|email| email.status == DeliveryStatus::Sending || of_today(email));
        if done { Placement::Tomorrow } else { Placement::New }
    }
}

/// Sorts the reminders of a mail by due date, then code.
pub(super) fn soonest_first(reminders: &mut [Reminder]) {
    reminders.sort_by(|a, b| (a.assignment.due, &a.assignment.code).cmp(&(b.assignment.due, &b.assignment.code)));
}
