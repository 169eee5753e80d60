//! Reminders of periodic reports: which report has reached which step, and who is reminded of it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::schedule::{PlanningTime, latest_step};
use super::{CommissionSettings, Digest};
use crate::commissions::ReminderPolicy;
use crate::dates::PartialDate;
use crate::db::{CommissionId, DutyId, InstitutionId, unique};
use crate::duties::{Duty, DutyRecord, OwedTerm};
use crate::mail::Recipient;
use crate::notifications::{Contacts, Reason, RecordScope};

/// A report: duty, institution, first day of the period.
pub(in crate::reminders) type ReportPlace = (DutyId, InstitutionId, NaiveDate);

/// A step that is recorded for a recipient: the report, the day of the step, the recipient.
pub(in crate::reminders) type DutyStepKey = (ReportPlace, NaiveDate, String);

/// A report that has reached a step of its reminders.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct DutyStep {
    pub duty: Arc<Duty>,
    pub institution_id: InstitutionId,
    pub period: PartialDate,
    pub due: NaiveDate,
    pub step: i32,
    pub today: NaiveDate,
}

impl DutyStep {
    pub(in crate::reminders) fn place(&self) -> ReportPlace {
        (self.duty.id, self.institution_id, self.period.from())
    }

    /// Returns the day of the step.
    pub(in crate::reminders) fn step_on(&self) -> NaiveDate {
        self.due + TimeDelta::days(self.step.into())
    }

    /// Returns the address of the form of the report.
    pub(in crate::reminders) fn link(&self) -> String {
        format!("/duties/{}/reports/{}/{}", self.duty.id, self.institution_id, self.period)
    }

    fn scope(&self) -> RecordScope<'_> {
        let duty = &self.duty;
        let (commissions, restricted) = (&duty.fields.commission_ids, duty.fields.restricted);
        RecordScope { country: &duty.country_code, commissions, restricted }
    }
}

/// A reminder of a report for one person.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct DutyReminder {
    pub step: DutyStep,
    /// The name of the institution.
    pub institution: String,
    pub reason: Reason,
}

/// Returns the reports of duties that have reached a step on their present day: the latest step of the policy of the first
/// commission, unless its day came before a reminder made sense.
pub(in crate::reminders) fn reached_steps(
    duties: Vec<DutyRecord>,
    settings: &HashMap<CommissionId, CommissionSettings>,
    time: PlanningTime,
) -> Vec<DutyStep> {
    let mut reached = Vec::new();
    for record in duties {
        let lead = record.duty.fields.commission_ids.first();
        let Some(settings) = lead.and_then(|id| settings.get(id)) else { continue };
        let today = time.today(settings.zone);
        let owed = record.owed_terms(today);
        let duty = Arc::new(record.duty);
        reached.extend(owed.into_iter().filter_map(|term| {
            let step = step_of(&settings.policy, &term, today)?;
            let OwedTerm { institution, period, due_to, .. } = term;
            Some(DutyStep { duty: duty.clone(), institution_id: institution, period, due: due_to, step, today })
        }));
    }
    reached
}

fn step_of(policy: &ReminderPolicy, term: &OwedTerm, today: NaiveDate) -> Option<i32> {
    let step = latest_step(policy, term.due_to, today, None)?;
    (term.due_to + TimeDelta::days(step.into()) >= term.first_reminder).then_some(step)
}

/// The input of planning: the reports that have reached a step, and everybody who can be reminded of them.
#[derive(Debug, Default)]
pub(in crate::reminders) struct DutyPlanning {
    pub steps: Vec<DutyStep>,
    pub settings: HashMap<CommissionId, CommissionSettings>,
    pub contacts: Contacts,
}

impl DutyPlanning {
    /// Returns the reminders of today with their recipients, recorded or not: the people of the institution, else its
    /// address, else the secretariat.
    fn reminders(&self) -> impl Iterator<Item = (Recipient, DutyReminder)> {
        self.steps.iter().flat_map(|step| {
            let people = self.contacts.for_institution(step.scope(), step.institution_id, step.today);
            let institution = self.contacts.names.get(&step.institution_id).cloned().unwrap_or_default();
            people.into_iter().map(move |(to, reason)| {
                (to, DutyReminder { step: step.clone(), institution: institution.clone(), reason })
            })
        })
    }

    /// Returns the reminders of today by report and recipient.
    pub(in crate::reminders) fn by_recipient(&self) -> HashMap<(ReportPlace, String), DutyReminder> {
        self.reminders().map(|(to, reminder)| ((reminder.step.place(), to.key()), reminder)).collect()
    }

    /// Plans one digest for each person with the reminders that are not recorded yet.
    pub(in crate::reminders) fn digests(&self, recorded: &HashSet<DutyStepKey>) -> Vec<Digest> {
        let mut people: BTreeMap<String, Digest> = BTreeMap::new();
        for (to, reminder) in self.reminders() {
            let step = &reminder.step;
            let lead = step.duty.fields.commission_ids.first();
            let Some(settings) = lead.and_then(|id| self.settings.get(id)) else { continue };
            let key = to.key();
            if recorded.contains(&(step.place(), step.step_on(), key.clone())) {
                continue;
            }
            let new = Digest::without_reminders(&to, settings, step.today);
            let digest = people.entry(key).or_insert_with(|| new.clone());
            if new.send_at < digest.send_at {
                (digest.send_at, digest.day, digest.zone) = (new.send_at, new.day, new.zone);
            }
            digest.duties.push(reminder);
        }
        let mut digests: Vec<Digest> = people.into_values().collect();
        digests.iter_mut().for_each(|digest| soonest_first(&mut digest.duties));
        digests
    }

    /// Returns the secretariats that the reader of these reminders answers to.
    pub(in crate::reminders) fn answers(&self, reminders: &[DutyReminder]) -> Vec<Recipient> {
        let mut seen = HashSet::new();
        let duties = unique_duties(reminders);
        let all = duties.iter().flat_map(|step| self.contacts.answer_to(step.scope(), step.today));
        all.filter(|one| seen.insert(one.key())).take(super::MOST_ANSWERS).collect()
    }
}

/// Returns one step of each duty.
fn unique_duties(reminders: &[DutyReminder]) -> Vec<&DutyStep> {
    let mut seen = HashSet::new();
    reminders.iter().map(|one| &one.step).filter(|step| seen.insert(step.duty.id)).collect()
}

/// Returns the institutions that these steps are about.
pub(in crate::reminders) fn institutions_of(steps: &[DutyStep]) -> Vec<InstitutionId> {
    unique(steps.iter().map(|step| step.institution_id))
}

/// Sorts the reports of a mail by due date, title and institution.
pub(in crate::reminders) fn soonest_first(reminders: &mut [DutyReminder]) {
    reminders.sort_by(|a, b| {
        let key = |one: &DutyReminder| (one.step.due, one.step.duty.fields.title.clone(), one.institution.clone());
        key(a).cmp(&key(b)).then_with(|| a.step.place().cmp(&b.step.place()))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_reminded_of_on_the_days_of_the_policy_once_it_can_be_written() {
        let day = |text: &str| crate::dates::parse_day(text).unwrap();
        let policy = ReminderPolicy::default();
        let term = OwedTerm {
            institution: uuid::Uuid::from_u128(1).into(),
            period: PartialDate::parse("2023-Q2").unwrap(),
            due_to: day("2023-07-15"),
            first_reminder: day("2023-06-30"),
        };
        for (today, step) in [
            ("2023-06-15", None),
            ("2023-07-07", None),
            ("2023-07-08", Some(-7)),
            ("2023-07-14", Some(-1)),
            ("2023-07-15", Some(0)),
            ("2023-07-21", Some(0)),
            ("2023-07-22", Some(7)),
            ("2023-07-31", Some(14)),
        ] {
            assert_eq!(step_of(&policy, &term, day(today)), step, "{today}");
        }
        let late = OwedTerm { first_reminder: day("2023-07-20"), ..term };
        assert_eq!(step_of(&policy, &late, day("2023-07-21")), None, "the duty came after the step");
        assert_eq!(step_of(&policy, &late, day("2023-07-22")), Some(7));
    }
}
