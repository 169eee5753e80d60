//! What is to be told now, to whom, and when to look again: a function of what is open, the policies, the calendars,
//! the ledger and the moment.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::rhythm::Rhythm;
use super::when::{PlanningTime, local};
use super::who::who;
use crate::clock::Instant;
use crate::dates::WorkingCalendar;
use crate::db::{AssignmentId, CommissionId, CommitmentId, DeliveryId, InstitutionId};
use crate::mail::{DeliveryStatus, Recipient};
use crate::notifications::{Contact, Contacts, Reason};

/// An open assignment with a term.
#[derive(Debug, Clone)]
pub struct OpenAssignment {
    pub assignment_id: AssignmentId,
    pub commitment_id: CommitmentId,
    pub code: String,
    pub text: String,
    pub restricted: bool,
    pub institution_id: InstitutionId,
    pub institution: String,
    /// The first is the one whose rhythm and calendar count.
    pub commissions: Vec<CommissionId>,
    pub country: String,
    pub due: NaiveDate,
}

/// What is known of a commission to remind for it.
#[derive(Debug, Clone)]
pub struct CommissionSettings {
    pub zone: Tz,
    pub rhythm: Rhythm,
    pub calendar: WorkingCalendar,
}

impl CommissionSettings {
    fn sends_on(&self, day: NaiveDate) -> bool {
        self.rhythm.send_on_non_working_days || self.calendar.is_working_day(day)
    }

    /// When a day begins here.
    fn start_of(&self, day: NaiveDate) -> Instant {
        local(day, 0, self.zone)
    }

    fn day_after(&self, day: NaiveDate) -> Instant {
        self.start_of(day.checked_add_days(Days::new(1)).unwrap_or(day))
    }
}

/// One row of the ledger.
pub type StepKey = (AssignmentId, NaiveDate, i32, String);

/// Everything that planning looks at.
#[derive(Debug, Default)]
pub struct PlanningData {
    /// In the order of their ids.
    pub open: Vec<OpenAssignment>,
    pub places: HashMap<CommissionId, CommissionSettings>,
    pub contacts: Contacts,
    pub ledger: HashSet<StepKey>,
}

/// One thing that a person is reminded of.
#[derive(Debug, Clone)]
pub struct Reminder {
    pub open: OpenAssignment,
    pub step: i32,
    pub reason: Reason,
    pub today: NaiveDate,
}

/// What one person hears in one mail.
#[derive(Debug, Clone)]
pub struct Digest {
    pub to: Contact,
    pub day: NaiveDate,
    /// Where it is that day.
    pub zone: Tz,
    /// The earliest sending hour among the commissions concerned.
    pub send_at: Instant,
    /// Soonest first.
    pub entries: Vec<Reminder>,
}

impl Digest {
    pub fn recipient(&self) -> Recipient {
        self.to.recipient()
    }

    pub fn commissions(&self) -> Vec<CommissionId> {
        self.entries.iter().flat_map(|entry| entry.open.commissions.clone()).collect()
    }

    /// One mail a person a day.
    pub fn once(&self) -> String {
        format!("{}|{}", self.to.key(), self.day)
    }
}

/// What an assignment comes to when it is looked at.
#[derive(Debug)]
pub struct AssignmentPlan {
    /// Who hears of which step, whether or not they have been told.
    pub told: Vec<(Contact, Reminder)>,
    pub zone: Tz,
    pub send_at: Instant,
    /// Before then nothing can become due by itself.
    pub again: Instant,
}

/// What looking at a scene comes to.
#[derive(Debug, Default)]
pub struct ReminderPlan {
    /// One a person.
    pub digests: Vec<Digest>,
    pub looks: Vec<(AssignmentId, Instant)>,
}

impl PlanningData {
    pub fn find(&self, id: AssignmentId) -> Option<&OpenAssignment> {
        self.open.binary_search_by_key(&id, |open| open.assignment_id).ok().and_then(|at| self.open.get(at))
    }

    fn place(&self, open: &OpenAssignment) -> Option<&CommissionSettings> {
        open.commissions.first().and_then(|id| self.places.get(id))
    }

    /// Looks at one assignment. On a day on which the commission sends nothing, and while there is nobody to tell, it
    /// is looked at again the day after.
    pub fn look(&self, open: &OpenAssignment, when: PlanningTime) -> Option<AssignmentPlan> {
        let place = self.place(open)?;
        let today = when.today(place.zone);
        let zone = place.zone;
        let send_at = local(today, place.rhythm.send_hour, zone);
        let next = place.rhythm.next_day(open.due, today);
        let Some(step) = place.rhythm.latest_step(open.due, today) else {
            return Some(AssignmentPlan { told: Vec::new(), zone, send_at, again: place.start_of(next) });
        };
        let told = match place.sends_on(today) {
            true => who(&self.contacts, open, place.rhythm.escalates(step), today),
            false => Vec::new(),
        };
        let again = match told.is_empty() {
            true => place.day_after(today),
            false => {
                let change = self.contacts.next_change(&open.commissions, open.institution_id, today);
                place.start_of(change.map_or(next, |change| change.min(next)))
            }
        };
        let entry = |(contact, reason)| (contact, Reminder { open: open.clone(), step, reason, today });
        Some(AssignmentPlan { told: told.into_iter().map(entry).collect(), zone, send_at, again })
    }

    /// What this person hears today of a step that was planned; None when it is no longer theirs to hear.
    pub fn still(&self, open: &OpenAssignment, step: i32, when: PlanningTime, key: &str) -> Option<Reminder> {
        let place = self.place(open)?;
        let today = when.today(place.zone);
        let told = who(&self.contacts, open, place.rhythm.escalates(step), today);
        let (_, reason) = told.into_iter().find(|(contact, _)| contact.key() == key)?;
        Some(Reminder { open: open.clone(), step, reason, today })
    }

    /// When the day after an entry's begins.
    pub fn day_after(&self, entry: &Reminder) -> Option<Instant> {
        Some(self.place(&entry.open)?.day_after(entry.today))
    }

    /// What has not been told, as one digest a person, and when to look at each assignment again.
    pub fn plan(&self, when: PlanningTime) -> ReminderPlan {
        let mut people: BTreeMap<String, Digest> = BTreeMap::new();
        let mut looks = Vec::with_capacity(self.open.len());
        for open in &self.open {
            let Some(look) = self.look(open, when) else { continue };
            looks.push((open.assignment_id, look.again));
            for (to, entry) in look.told {
                let key = to.key();
                if self.ledger.contains(&(open.assignment_id, open.due, entry.step, key.clone())) {
                    continue;
                }
                let (day, zone, send_at) = (entry.today, look.zone, look.send_at);
                let own = people.entry(key).or_insert_with(|| Digest { to, day, zone, send_at, entries: Vec::new() });
                if send_at < own.send_at {
                    (own.send_at, own.day, own.zone) = (send_at, day, zone);
                }
                own.entries.push(entry);
            }
        }
        let mut digests: Vec<Digest> = people.into_values().collect();
        digests.iter_mut().for_each(|digest| soonest_first(&mut digest.entries));
        ReminderPlan { digests, looks }
    }
}

/// A reminder that somebody had of late, or that still waits.
#[derive(Debug, Clone)]
pub struct ExistingEmail {
    pub id: DeliveryId,
    pub status: DeliveryStatus,
    pub day: NaiveDate,
    pub sent_at: Option<Instant>,
    pub next_attempt: Instant,
}

/// Where a digest goes.
#[derive(Debug)]
pub enum Placement<'a> {
    /// Into a mail of its own.
    New,
    /// Into the mail that still waits.
    Waiting(&'a ExistingEmail),
    /// Today's mail has gone, or is going: tomorrow.
    Tomorrow,
}

impl Digest {
    /// One mail a person a day, the day on which it is sent: what waits is added to.
    pub fn slot<'a>(&self, mails: &'a [ExistingEmail]) -> Placement<'a> {
        if let Some(mail) = mails.iter().rev().find(|mail| mail.status == DeliveryStatus::Queued) {
            return Placement::Waiting(mail);
        }
        let today = |mail: &ExistingEmail| {
            mail.day == self.day || mail.sent_at.is_some_and(|at| at.day_in(self.zone) == self.day)
        };
        let gone = mails.iter().any(|mail| mail.status == DeliveryStatus::Sending || today(mail));
        if gone { Placement::Tomorrow } else { Placement::New }
    }
}

/// The order of a mail's entries.
pub fn soonest_first(entries: &mut [Reminder]) {
    entries.sort_by(|a, b| (a.open.due, &a.open.code).cmp(&(b.open.due, &b.open.code)));
}
