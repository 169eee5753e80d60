//! Which step of which term is due, and who hears of it: pure rules.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::dates::WorkingCalendar;
use crate::db::{AssignmentId, CommissionId, CommitmentId, InstitutionId, UserId};
use crate::i18n::Lang;
use crate::mail::Recipient;

/// For when reminders are planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// This moment: each commission's own day, from the sending hour on.
    Now(Instant),
    /// That day, after the sending hour, wherever the commission is; the moment is the last of that day.
    Day(NaiveDate, Instant),
}

impl When {
    /// The whole of a day, until it ends in the westernmost of these zones.
    pub fn whole_day(day: NaiveDate, zones: &[Tz]) -> Self {
        let end = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let ends = zones.iter().chain([&Tz::UTC]).map(|zone| local(end, 0, *zone).plus(-TimeDelta::seconds(1)));
        Self::Day(day, ends.max().unwrap_or_else(|| local(end, 0, Tz::UTC)))
    }

    pub fn moment(self) -> Instant {
        match self {
            Self::Now(now) | Self::Day(_, now) => now,
        }
    }

    pub fn today(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Now(now) => now.day_in(zone),
            Self::Day(day, _) => day,
        }
    }

    /// Whether the sending hour of `day` has come.
    fn has_come(self, send_at: Instant) -> bool {
        match self {
            Self::Now(now) => send_at <= now,
            Self::Day(..) => true,
        }
    }
}

/// The moment that a clock in `zone` shows this hour; where it is skipped, an hour later.
fn local(day: NaiveDate, hour: u32, zone: Tz) -> Instant {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).map(|time| day.and_time(time));
    let found = [hour, hour + 1, hour + 2]
        .into_iter()
        .find_map(|hour| at(hour).and_then(|time| zone.from_local_datetime(&time).earliest()));
    found.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc().into(), |at| at.to_utc().into())
}

/// How a commission reminds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    pub lead_days: Vec<i32>,
    pub overdue_every_days: i32,
    pub escalate_after_days: i32,
    pub send_hour: u32,
    pub send_on_non_working_days: bool,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            lead_days: vec![30, 7, 1, 0],
            overdue_every_days: 7,
            escalate_after_days: 14,
            send_hour: 8,
            send_on_non_working_days: false,
        }
    }
}

impl Rhythm {
    /// The latest step that has become due by `today`, in days after the term (before it: negative); none yet: None.
    pub fn latest_step(&self, due: NaiveDate, today: NaiveDate, calendar: &WorkingCalendar) -> Option<i32> {
        let has_come = |step: &i32| self.send_day(due, *step, calendar) <= today;
        let every = self.overdue_every_days.max(1);
        let overdue = i32::try_from((today - due).num_days()).unwrap_or(0).max(0);
        let late = (1..=overdue / every).rev().map(|n| n * every).find(has_come);
        late.or_else(|| self.lead_days.iter().map(|days| -days).filter(has_come).max())
    }

    fn send_day(&self, due: NaiveDate, step: i32, calendar: &WorkingCalendar) -> NaiveDate {
        let day = due + TimeDelta::days(step.into());
        if self.send_on_non_working_days { day } else { calendar.roll_forward(day) }
    }

    /// Whether the secretariat is told too.
    pub fn escalates(&self, step: i32) -> bool {
        step > 0 && step >= self.escalate_after_days
    }
}

/// An open assignment with a term.
#[derive(Debug, Clone)]
pub struct Open {
    pub assignment_id: AssignmentId,
    pub commitment_id: CommitmentId,
    pub code: String,
    pub text: String,
    pub institution_id: InstitutionId,
    pub institution: String,
    /// The first is the one whose rhythm and calendar count.
    pub commissions: Vec<CommissionId>,
    pub country: String,
    pub due: NaiveDate,
}

/// What is known of a commission to remind for it.
#[derive(Debug, Clone)]
pub struct Place {
    pub zone: Tz,
    pub rhythm: Rhythm,
    pub calendar: WorkingCalendar,
}

/// Why somebody hears of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A delegate of the institution in the commission today.
    Delegate,
    /// A representative of the institution.
    Representative,
    /// The institution's own address: nobody speaks for it.
    InstitutionAddress,
    /// The secretariat, because the institution has neither people nor an address.
    NobodyToTell,
    /// The secretariat, because it is long overdue.
    Escalation,
}

impl Reason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delegate => "delegate",
            Self::Representative => "representative",
            Self::InstitutionAddress => "institution_address",
            Self::NobodyToTell => "nobody_to_tell",
            Self::Escalation => "escalation",
        }
    }
}

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub address: String,
    pub name: Option<String>,
    pub user_id: Option<UserId>,
    pub language: Lang,
}

impl Contact {
    /// How addresses are compared.
    pub fn key(&self) -> String {
        self.address.trim().to_lowercase()
    }
}

/// Who can be written to, by what they are.
#[derive(Debug, Default)]
pub struct Contacts {
    /// Delegates of an institution in a commission, on a day.
    pub delegates: HashMap<(CommissionId, InstitutionId), Vec<Period>>,
    pub representatives: HashMap<InstitutionId, Vec<Contact>>,
    pub institutions: HashMap<InstitutionId, Contact>,
    pub secretariats: HashMap<CommissionId, Vec<Contact>>,
    pub coordinators: HashMap<String, Vec<Contact>>,
    /// Addresses of the institutions with the role of secretariat.
    pub keepers: HashMap<CommissionId, Vec<Period>>,
}

/// A contact for as long as it holds.
#[derive(Debug, Clone)]
pub struct Period {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub contact: Contact,
}

impl Period {
    fn on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

fn on_day<'a>(periods: Option<&'a Vec<Period>>, day: NaiveDate) -> impl Iterator<Item = Contact> + 'a {
    periods.into_iter().flatten().filter(move |period| period.on(day)).map(|period| period.contact.clone())
}

impl Contacts {
    /// Who hears of a step of an assignment today, and why; nobody twice.
    pub fn who(&self, open: &Open, rhythm: &Rhythm, step: i32, today: NaiveDate) -> Vec<(Contact, Reason)> {
        let mut told = self.of_institution(open, today);
        if told.is_empty() {
            told = self.secretariat(open, today).into_iter().map(|who| (who, Reason::NobodyToTell)).collect();
        } else if rhythm.escalates(step) {
            told.extend(self.secretariat(open, today).into_iter().map(|who| (who, Reason::Escalation)));
        }
        let mut seen = HashSet::new();
        told.retain(|(contact, _)| seen.insert(contact.key()));
        told
    }

    fn of_institution(&self, open: &Open, today: NaiveDate) -> Vec<(Contact, Reason)> {
        let delegates: Vec<_> = open
            .commissions
            .iter()
            .flat_map(|commission| on_day(self.delegates.get(&(*commission, open.institution_id)), today))
            .map(|contact| (contact, Reason::Delegate))
            .collect();
        if !delegates.is_empty() {
            return delegates;
        }
        match self.representatives.get(&open.institution_id) {
            Some(people) if !people.is_empty() => {
                people.iter().map(|contact| (contact.clone(), Reason::Representative)).collect()
            }
            _ => {
                let own = self.institutions.get(&open.institution_id);
                own.map(|contact| (contact.clone(), Reason::InstitutionAddress)).into_iter().collect()
            }
        }
    }

    /// The holders of that grant, else the coordinators, else the address of the institution with that role.
    fn secretariat(&self, open: &Open, today: NaiveDate) -> Vec<Contact> {
        let holders: Vec<_> =
            open.commissions.iter().filter_map(|id| self.secretariats.get(id)).flatten().cloned().collect();
        if !holders.is_empty() {
            return holders;
        }
        let coordinators = self.coordinators.get(&open.country).cloned().unwrap_or_default();
        if !coordinators.is_empty() {
            return coordinators;
        }
        open.commissions.iter().flat_map(|id| on_day(self.keepers.get(id), today)).collect()
    }
}

/// One row of the ledger.
pub type LedgerKey = (AssignmentId, NaiveDate, i32, String);

/// Everything that planning looks at.
#[derive(Debug, Default)]
pub struct Scene {
    pub open: Vec<Open>,
    pub places: HashMap<CommissionId, Place>,
    pub contacts: Contacts,
    pub ledger: HashSet<LedgerKey>,
}

/// One thing that a person is reminded of.
#[derive(Debug, Clone)]
pub struct Entry {
    pub open: Open,
    pub step: i32,
    pub reason: Reason,
    pub today: NaiveDate,
}

/// What one person hears in one mail.
#[derive(Debug, Clone)]
pub struct Digest {
    pub to: Contact,
    pub day: NaiveDate,
    /// Soonest first.
    pub entries: Vec<Entry>,
}

impl Digest {
    pub fn recipient(&self) -> Recipient {
        Recipient {
            address: self.to.address.clone(),
            name: self.to.name.clone(),
            user_id: self.to.user_id,
            language: self.to.language,
        }
    }

    pub fn commissions(&self) -> Vec<CommissionId> {
        self.entries.iter().flat_map(|entry| entry.open.commissions.clone()).collect()
    }

    /// One mail a person a day.
    pub fn once(&self) -> String {
        format!("{}|{}", self.to.key(), self.day)
    }
}

impl Scene {
    fn place(&self, open: &Open) -> Option<&Place> {
        open.commissions.first().and_then(|id| self.places.get(id))
    }

    /// Who hears of an assignment now, at which step, whether or not they have been told.
    pub fn steps(&self, open: &Open, when: When) -> Vec<(Contact, Reason, i32)> {
        let Some(place) = self.place(open) else { return Vec::new() };
        let today = when.today(place.zone);
        let Some(step) = place.rhythm.latest_step(open.due, today, &place.calendar) else { return Vec::new() };
        let told = self.contacts.who(open, &place.rhythm, step, today);
        told.into_iter().map(|(contact, reason)| (contact, reason, step)).collect()
    }

    /// What this person hears of an assignment now; None when it is no longer theirs to hear.
    pub fn entry(&self, open: &Open, when: When, key: &str) -> Option<Entry> {
        let today = when.today(self.place(open)?.zone);
        let (_, reason, step) = self.steps(open, when).into_iter().find(|(contact, ..)| contact.key() == key)?;
        Some(Entry { open: open.clone(), step, reason, today })
    }

    /// What is to be sent: a digest a person, from the earliest sending hour among the commissions concerned.
    pub fn digests(&self, when: When) -> Vec<Digest> {
        let mut people: BTreeMap<String, (Instant, Digest)> = BTreeMap::new();
        for open in &self.open {
            let Some(place) = self.place(open) else { continue };
            let today = when.today(place.zone);
            let send_at = local(today, place.rhythm.send_hour, place.zone);
            for (contact, reason, step) in self.steps(open, when) {
                let key = contact.key();
                if self.ledger.contains(&(open.assignment_id, open.due, step, key.clone())) {
                    continue;
                }
                let digest = Digest { to: contact, day: today, entries: Vec::new() };
                let (earliest, digest) = people.entry(key).or_insert((send_at, digest));
                if send_at < *earliest {
                    (*earliest, digest.day) = (send_at, today);
                }
                digest.entries.push(Entry { open: open.clone(), step, reason, today });
            }
        }
        let mut ready: Vec<Digest> =
            people.into_values().filter(|(send_at, _)| when.has_come(*send_at)).map(|(_, digest)| digest).collect();
        ready.iter_mut().for_each(|digest| soonest_first(&mut digest.entries));
        ready
    }
}

/// The order of a mail's entries.
pub fn soonest_first(entries: &mut [Entry]) {
    entries.sort_by(|a, b| (a.open.due, &a.open.code).cmp(&(b.open.due, &b.open.code)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    fn calendar() -> WorkingCalendar {
        WorkingCalendar::new([day("2023-09-18"), day("2023-09-19")])
    }

    #[test]
    fn of_several_steps_only_the_latest_is_due_and_weekends_move_it() {
        let rhythm = Rhythm::default();
        let due = day("2023-10-20");
        for (today, step) in [
            ("2023-09-15", None),
            ("2023-09-19", None),
            ("2023-09-20", Some(-30)),
            ("2023-10-12", Some(-30)),
            ("2023-10-13", Some(-7)),
            ("2023-10-19", Some(-1)),
            ("2023-10-20", Some(0)),
            ("2023-10-26", Some(0)),
            ("2023-10-27", Some(7)),
            ("2023-11-05", Some(14)),
        ] {
            assert_eq!(rhythm.latest_step(due, day(today), &calendar()), step, "{today}");
        }
        let saturday = day("2023-10-07");
        assert_eq!(rhythm.latest_step(saturday, day("2023-10-08"), &calendar()), Some(-1));
        assert_eq!(rhythm.latest_step(saturday, day("2023-10-09"), &calendar()), Some(0));
    }

    #[test]
    fn the_secretariat_hears_from_the_first_step_after_the_days_it_waits() {
        let rhythm = Rhythm { escalate_after_days: 10, ..Rhythm::default() };
        assert!(!rhythm.escalates(7) && rhythm.escalates(14) && rhythm.escalates(21));
        assert!(!Rhythm { escalate_after_days: 0, ..Rhythm::default() }.escalates(0));
    }

    #[test]
    fn a_skipped_hour_is_the_next_and_a_day_ends_in_the_west() {
        let zone = Tz::America__Santiago;
        assert_eq!(local(day("2023-09-03"), 0, zone).to_string(), "2023-09-03T04:00:00Z");
        let when = When::whole_day(day("2023-09-15"), &[zone, Tz::America__Lima]);
        assert_eq!(when.moment().to_string(), "2023-09-16T04:59:59Z");
    }
}
