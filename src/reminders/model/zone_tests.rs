//! A year day by day over several time zones, with the mails that are sent: each zone's day is its own day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::i18n::Lang;

/// All time zones of Chile and Peru.
const ZONES: [Tz; 5] =
    [Tz::America__Santiago, Tz::America__Punta_Arenas, Tz::America__Coyhaique, Tz::Pacific__Easter, Tz::America__Lima];

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

fn day(text: &str) -> NaiveDate {
    crate::dates::parse_day(text).unwrap()
}

/// A day, an address, and a step of a due date.
type SentStep = (NaiveDate, String, NaiveDate, i32);

/// An installation whose reminders are sent as of one day after the other.
#[derive(Default)]
struct Installation {
    zones: Vec<Tz>,
    data: PlanningData,
    next_checks: BTreeMap<AssignmentId, Instant>,
    emails: HashMap<String, Vec<ExistingEmail>>,
    sent: BTreeSet<SentStep>,
}

impl Installation {
    /// Adds a commission in a zone, with an institution that has parts due on these days.
    fn with(mut self, zone: Tz, policy: &ReminderPolicy, dues: &[NaiveDate]) -> Self {
        let n = ZONES.iter().position(|known| *known == zone).unwrap() as u128;
        let (commission, institution): (CommissionId, InstitutionId) = (id(10 + n), id(20 + n));
        for (place, due) in dues.iter().enumerate() {
            let assignment = OpenAssignment {
                id: id(1000 * (n + 1) + place as u128),
                commitment_id: id(1),
                code: format!("{n}-{place}"),
                text: String::new(),
                restricted: false,
                institution_id: institution,
                institution: zone.name().into(),
                commissions: vec![commission],
                country: "CL".into(),
                due: *due,
                announced_at: None,
            };
            self.next_checks.insert(assignment.id, Instant::parse("1970-01-01T00:00:00Z").unwrap());
            self.data.assignments.push(assignment);
        }
        self.data.assignments.sort_by_key(|one| one.id);
        let settings = CommissionSettings { zone, policy: policy.clone(), calendar: WorkingCalendar::default() };
        self.data.settings.insert(commission, settings);
        let to = Recipient { address: zone.name().into(), name: None, user_id: None, language: Lang::Es };
        self.data.contacts.institutions.insert(institution, to);
        self.zones.push(zone);
        self
    }

    /// Does the work of `remind --as-of` for a day.
    fn remind(&mut self, day: NaiveDate) {
        let time = PlanningTime::whole_day(day, &self.zones);
        let all = std::mem::take(&mut self.data.assignments);
        let is_due = |one: &OpenAssignment| self.next_checks[&one.id] <= time.moment();
        let (due, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(is_due);
        self.data.assignments = due;
        let plan = self.data.plan(time);
        self.next_checks.extend(plan.next_checks);
        for digest in plan.digests {
            self.send(time, digest);
        }
        self.data.assignments.extend(rest);
        self.data.assignments.sort_by_key(|one| one.id);
    }

    fn send(&mut self, time: PlanningTime, digest: Digest) {
        let emails = self.emails.entry(digest.to.key()).or_default();
        if matches!(digest.placement(emails), Placement::Tomorrow) {
            let late = digest.reminders.iter();
            self.next_checks.extend(late.filter_map(|one| Some((one.assignment.id, self.data.day_after(one)?))));
            return;
        }
        assert!(digest.send_at <= time.moment(), "a mail before its hour");
        let sent_at = Some(time.present());
        let (id, status, next_attempt) = (id(1), DeliveryStatus::Sent, digest.send_at);
        emails.push(ExistingEmail { id, status, day: digest.day, sent_at, next_attempt });
        for one in &digest.reminders {
            let key = (one.assignment.id, one.assignment.due, one.step, digest.to.key());
            assert!(self.data.recorded.insert(key), "sent twice");
            self.sent.insert((digest.day, digest.to.address.clone(), one.assignment.due, one.step));
        }
    }

    fn replay(mut self, first: NaiveDate, days: u64) -> BTreeSet<SentStep> {
        for n in 0..days {
            self.remind(first + Days::new(n));
        }
        self.sent
    }
}

fn policies() -> impl Strategy<Value = ReminderPolicy> {
    (0..24_i32, any::<bool>(), 1..15_i32).prop_map(|(send_hour, send_on_non_working_days, overdue_every_days)| {
        ReminderPolicy { send_hour, send_on_non_working_days, overdue_every_days, ..ReminderPolicy::default() }
    })
}

/// Days within a year that has both changes of the clock in Chile, and on both sides of each change.
fn dues() -> impl Strategy<Value = Vec<NaiveDate>> {
    let any_day = (0..300_u64).prop_map(|n| day("2026-02-01") + Days::new(n));
    let edges = (prop_oneof![Just("2026-04-02"), Just("2026-09-03")], 0..7_u64)
        .prop_map(|(first, n)| day(first) + Days::new(n));
    (prop::collection::vec(any_day, 1..3), edges).prop_map(|(mut days, edge)| {
        days.push(edge);
        days
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn a_year_in_any_two_zones_gives_the_mails_of_each_alone(
        (one, two) in (policies(), policies()),
        (first_dues, second_dues) in (dues(), dues()),
    ) {
        let start = day("2026-01-01");
        for first in ZONES {
            let alone = Installation::default().with(first, &one, &first_dues).replay(start, 365);
            for second in ZONES.into_iter().filter(|zone| *zone != first) {
                let other = Installation::default().with(second, &two, &second_dues).replay(start, 365);
                let both = Installation::default().with(first, &one, &first_dues).with(second, &two, &second_dues);
                let expected: BTreeSet<_> = alone.union(&other).cloned().collect();
                prop_assert_eq!(both.replay(start, 365), expected, "{} {}", first, second);
            }
        }
    }

    #[test]
    fn the_present_of_a_day_is_that_day_in_every_zone(n in 0..366_u64) {
        let day = day("2026-01-01") + Days::new(n);
        let time = PlanningTime::whole_day(day, &ZONES);
        for zone in ZONES {
            prop_assert_eq!(time.present().day_in(zone), day, "{}", zone);
            prop_assert!(time.moment().plus(TimeDelta::seconds(1)) >= local(day + Days::new(1), 0, zone), "{}", zone);
        }
    }
}

#[test]
fn on_the_day_itself_everybody_hears_of_it_in_all_zones() {
    let policy = ReminderPolicy { send_on_non_working_days: true, ..ReminderPolicy::default() };
    for due in ["2027-05-12", "2026-04-04", "2026-04-05", "2026-09-05", "2026-09-06"].map(day) {
        let all = ZONES.iter().fold(Installation::default(), |all, zone| all.with(*zone, &policy, &[due]));
        let sent = all.replay(due - Days::new(1), 3);
        for zone in ZONES {
            let own: Vec<_> = sent.iter().filter(|one| one.1 == zone.name()).map(|one| (one.0, one.3)).collect();
            assert_eq!(own, [(due - Days::new(1), -1), (due, 0)], "{zone} {due}");
        }
    }
}
