//! Properties of planning over time zones, clock changes, days off and gaps, compared with a calculation day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::i18n::Lang;
use crate::notifications::{Delegate, Period, Representative};

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

fn contact(address: &str) -> Recipient {
    Recipient { address: address.into(), name: None, user_id: None, language: Lang::Es }
}

/// One commission and some assignments of one institution, with the recorded steps and the next checks.
struct World {
    data: PlanningData,
    next_checks: BTreeMap<AssignmentId, Instant>,
    sent: Vec<(NaiveDate, Instant, AssignmentId, i32, String)>,
}

fn world(zone: Tz, policy: ReminderPolicy, off: &[NaiveDate], dues: &[NaiveDate]) -> World {
    let commission: CommissionId = id(1);
    let open = |(n, due): (usize, &NaiveDate)| OpenAssignment {
        id: id(100 + n as u128),
        commitment_id: id(200 + n as u128),
        code: format!("C-{n}"),
        text: String::new(),
        restricted: false,
        institution_id: id(2),
        institution: "Minsal".into(),
        commissions: vec![commission],
        country: "CL".into(),
        due: *due,
        announced_at: None,
    };
    let mut data = PlanningData { assignments: dues.iter().enumerate().map(open).collect(), ..PlanningData::default() };
    let calendar = WorkingCalendar::new(off.iter().copied());
    data.settings.insert(commission, CommissionSettings { zone, policy, calendar });
    data.contacts.institutions.insert(id(2), contact("minsal@example.org"));
    data.contacts.secretariats.insert(commission, vec![contact("ceti@example.org")]);
    let long_ago = Instant::parse("1970-01-01T00:00:00Z").unwrap();
    let next_checks = data.assignments.iter().map(|open| (open.id, long_ago)).collect();
    World { data, next_checks, sent: Vec::new() }
}

impl World {
    /// Does the work of a worker: plans the assignments whose next check has come, and records the steps.
    fn run(&mut self, time: PlanningTime) {
        let due: BTreeSet<AssignmentId> =
            self.next_checks.iter().filter(|(_, at)| **at <= time.moment()).map(|(id, _)| *id).collect();
        let all = std::mem::take(&mut self.data.assignments);
        let (checked, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|open| due.contains(&open.id));
        self.data.assignments = checked;
        let plan = self.data.plan(time);
        for digest in plan.digests {
            for reminder in digest.reminders {
                let open = &reminder.assignment;
                let key = (open.id, open.due, reminder.step, digest.to.key());
                self.sent.push((reminder.today, digest.send_at, key.0, key.2, key.3.clone()));
                assert!(self.data.recorded.insert(key), "sent twice");
            }
        }
        self.next_checks.extend(plan.next_checks);
        self.data.assignments.extend(rest);
    }

    fn steps(&self) -> BTreeSet<(AssignmentId, i32, String)> {
        self.sent.iter().map(|(_, _, id, step, who)| (*id, *step, who.clone())).collect()
    }
}

/// Returns the steps that are sent on `day` when the last run before was on `before`, calculated without next checks
/// and recorded steps.
fn expected(world: &World, day: NaiveDate, before: Option<NaiveDate>) -> BTreeSet<(AssignmentId, i32, String)> {
    let Some(settings) = world.data.settings.values().next() else { return BTreeSet::new() };
    let policy = &settings.policy;
    let works = |day| policy.send_on_non_working_days || settings.calendar.is_working_day(day);
    let mut sent = BTreeSet::new();
    if !works(day) {
        return sent;
    }
    for open in &world.data.assignments {
        let mut steps: Vec<i32> = policy.lead_days.iter().map(|days| -days).collect();
        steps.extend((1..400).map(|n| n * policy.overdue_every_days));
        let latest =
            |day: NaiveDate| steps.iter().filter(|step| open.due + TimeDelta::days((**step).into()) <= day).max();
        let Some(step) = latest(day) else { continue };
        if before.is_some_and(|before| latest(before) == Some(step)) {
            continue;
        }
        sent.insert((open.id, *step, "minsal@example.org".to_owned()));
        if *step > 0 && *step >= policy.escalate_after_days {
            sent.insert((open.id, *step, "ceti@example.org".to_owned()));
        }
    }
    sent
}

const ZONES: [Tz; 6] = [
    Tz::America__Santiago,
    Tz::America__Lima,
    Tz::Pacific__Easter,
    Tz::America__Coyhaique,
    Tz::UTC,
    Tz::Pacific__Kiritimati,
];

fn policies() -> impl Strategy<Value = ReminderPolicy> {
    (prop::collection::btree_set(0..60_i32, 0..5), 1..15_i32, 0..40_i32, 0..24_i32, any::<bool>()).prop_map(
        |(lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days)| ReminderPolicy {
            lead_days: lead_days.into_iter().collect(),
            overdue_every_days,
            escalate_after_days,
            send_hour,
            send_on_non_working_days,
            ..ReminderPolicy::default()
        },
    )
}

/// Days before both changes of the clock in Chile, 2026-04-05 and 2026-09-06.
fn first_days() -> impl Strategy<Value = NaiveDate> {
    (prop_oneof![Just("2026-03-20"), Just("2026-08-20")], 0..14_u64)
        .prop_map(|(day, more)| crate::dates::parse_day(day).unwrap() + Days::new(more))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Runs on some days, each once or twice, and not on others: every run sends exactly the latest step that was
    /// reached since the last run that sent anything, and no step twice.
    #[test]
    fn whatever_days_are_left_out_only_the_latest_step_is_sent_and_once(
        zone in prop::sample::select(&ZONES[..]),
        policy in policies(),
        first in first_days(),
        dues in prop::collection::vec(0..50_u64, 1..4),
        off in prop::collection::btree_set(0..60_u64, 0..6),
        runs in prop::collection::vec(0..3_u8, 40),
    ) {
        let dues: Vec<_> = dues.into_iter().map(|n| first + Days::new(n)).collect();
        let off: Vec<_> = off.into_iter().map(|n| first + Days::new(n)).collect();
        let mut world = world(zone, policy, &off, &dues);
        let mut before = None;
        for (n, times) in runs.into_iter().enumerate() {
            let day = first + Days::new(n as u64);
            let known = world.steps();
            for _ in 0..times {
                world.run(PlanningTime::whole_day(day, &ZONES));
            }
            let new: BTreeSet<_> = world.steps().difference(&known).cloned().collect();
            if times == 0 {
                prop_assert!(new.is_empty());
                continue;
            }
            prop_assert_eq!(&new, &expected(&world, day, before), "{}", day);
            let settings = world.data.settings.values().next().unwrap();
            if settings.policy.send_on_non_working_days || settings.calendar.is_working_day(day) {
                before = Some(day);
            }
        }
    }

    /// A worker that runs at any moments of some days sends the same on the same calendar days as `remind --as-of` of
    /// those days, and nothing before the sending hour.
    #[test]
    fn workers_send_what_runs_by_day_send(
        zone in prop::sample::select(&ZONES[..]),
        policy in policies(),
        first in first_days(),
        dues in prop::collection::vec(0..50_u64, 1..4),
        minutes in prop::collection::vec(prop::collection::vec(0..1440_i64, 0..4), 40),
    ) {
        let dues: Vec<_> = dues.into_iter().map(|n| first + Days::new(n)).collect();
        let mut live = world(zone, policy.clone(), &[], &dues);
        let mut by_day = world(zone, policy.clone(), &[], &dues);
        let start = local(first, 0, zone);
        let mut days = BTreeSet::new();
        for (n, minutes) in minutes.into_iter().enumerate() {
            for minute in minutes.into_iter().collect::<BTreeSet<_>>() {
                let now = start.plus(TimeDelta::minutes(n as i64 * 1440 + minute));
                days.insert(now.day_in(zone));
                live.run(PlanningTime::Now(now));
            }
        }
        for day in days {
            by_day.run(PlanningTime::whole_day(day, &ZONES));
        }
        let by = |world: &World| -> BTreeSet<_> {
            world.sent.iter().map(|(day, _, id, step, who)| (*day, *id, *step, who.clone())).collect()
        };
        prop_assert_eq!(by(&live), by(&by_day));
        for (day, send_at, ..) in &live.sent {
            let there = send_at.utc().with_timezone(&zone).naive_local();
            prop_assert_eq!(there.date(), *day);
            let hour = i32::try_from(chrono::Timelike::hour(&there)).unwrap();
            prop_assert!(hour == policy.send_hour || hour == policy.send_hour + 1, "{} {}", there, policy.send_hour);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Planning a day twice gives what planning it once gives, and nothing is sent in the 48 hours after the
    /// announcement.
    #[test]
    fn planning_twice_equals_once_and_leaves_the_first_48_hours_alone(
        zone in prop::sample::select(&ZONES[..]),
        policy in policies(),
        first in first_days(),
        dues in prop::collection::vec(0..50_u64, 1..4),
        announced in 0..3000_i64,
        runs in prop::collection::vec(any::<bool>(), 40),
    ) {
        let dues: Vec<_> = dues.into_iter().map(|n| first + Days::new(n)).collect();
        let announced_at = local(first, 0, zone).plus(TimeDelta::minutes(announced));
        let mut once = world(zone, policy.clone(), &[], &dues);
        let mut twice = world(zone, policy.clone(), &[], &dues);
        for world in [&mut once, &mut twice] {
            world.data.assignments.iter_mut().for_each(|open| open.announced_at = Some(announced_at));
        }
        let begins = announced_at.day_in(zone);
        for (n, runs) in runs.into_iter().enumerate() {
            let day = first + Days::new(n as u64);
            if runs && day >= begins {
                once.run(PlanningTime::whole_day(day, &ZONES));
                twice.run(PlanningTime::whole_day(day, &ZONES));
                twice.run(PlanningTime::whole_day(day, &ZONES));
            }
        }
        prop_assert_eq!(once.steps(), twice.steps());
        for (day, send_at, assignment, step, _) in &once.sent {
            let open = once.data.assignments.iter().find(|open| open.id == *assignment).unwrap();
            prop_assert!(open.due + TimeDelta::days((*step).into()) <= *day);
            if *step >= 0 {
                prop_assert!(*send_at >= announced_at.plus(TimeDelta::hours(48)), "{} {}", day, step);
            }
        }
    }
}

#[test]
fn a_midnight_that_is_skipped_does_not_suppress_the_reminder() {
    let day = |text| crate::dates::parse_day(text).unwrap();
    let policy = ReminderPolicy { send_hour: 0, send_on_non_working_days: true, ..ReminderPolicy::default() };
    let mut world = world(Tz::America__Santiago, policy, &[], &[day("2026-09-06")]);
    world.run(PlanningTime::Now(Instant::parse("2026-09-06T03:59:59Z").unwrap()));
    assert_eq!(world.steps().into_iter().map(|step| step.1).collect::<Vec<_>>(), [-1]);
    world.run(PlanningTime::Now(Instant::parse("2026-09-06T04:00:00Z").unwrap()));
    assert_eq!(world.steps().into_iter().map(|step| step.1).collect::<Vec<_>>(), [-1, 0]);
    assert_eq!(world.sent[1].1.to_string(), "2026-09-06T04:00:00Z");
}

#[test]
fn one_person_in_two_ways_gets_one_mail_from_the_earliest_hour() {
    let due = crate::dates::parse_day("2026-09-10").unwrap();
    let mut world = world(Tz::America__Lima, ReminderPolicy::default(), &[], &[due, due]);
    let other: CommissionId = id(9);
    let early = CommissionSettings {
        zone: Tz::America__Lima,
        policy: ReminderPolicy { send_hour: 6, ..ReminderPolicy::default() },
        calendar: WorkingCalendar::default(),
    };
    world.data.settings.insert(other, early);
    world.data.assignments[1].commissions = vec![other, id(1)];
    world.data.assignments[1].institution_id = id(3);
    let person = Representative { contact: contact("MINSAL@example.org "), commission: None };
    world.data.contacts.representatives.insert(id(3), vec![person]);
    let plan = world.data.plan(PlanningTime::Now(Instant::parse("2026-09-10T05:00:00Z").unwrap()));
    assert_eq!(plan.digests.len(), 1);
    assert_eq!(plan.digests[0].reminders.len(), 2);
    assert_eq!(plan.digests[0].send_at.to_string(), "2026-09-10T11:00:00Z");
}

#[test]
fn a_new_delegate_is_reminded_from_the_day_on_which_the_mandate_begins() {
    let day = |text| crate::dates::parse_day(text).unwrap();
    let mut world = world(Tz::America__Lima, ReminderPolicy::default(), &[], &[day("2026-09-30")]);
    let delegate = Delegate { contact: contact("nueva@example.org"), grants: None };
    let mandate = Period { from: Some(day("2026-09-03")), to: None, what: delegate };
    world.data.contacts.delegates.insert((id(1), id(2)), vec![mandate]);
    for date in ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"] {
        world.run(PlanningTime::whole_day(day(date), &[Tz::America__Lima]));
    }
    let sent: Vec<_> = world.sent.iter().map(|sent| (sent.0.to_string(), sent.4.clone())).collect();
    let sent: Vec<_> = sent.iter().map(|(day, who)| (day.as_str(), who.as_str())).collect();
    assert_eq!(sent, [("2026-09-01", "minsal@example.org"), ("2026-09-03", "nueva@example.org")]);
}
