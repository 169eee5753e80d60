//! Planning over time zones, clock changes, days off and gaps: properties, against a reckoning day by day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use proptest::prelude::*;
use uuid::Uuid;

use super::when::local;
use super::*;
use crate::clock::Instant;
use crate::dates::WorkingCalendar;
use crate::db::{AssignmentId, CommissionId};
use crate::i18n::Lang;
use crate::notifications::{Contact, Delegate, Period, Representative};

fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

fn contact(address: &str) -> Contact {
    Contact { address: address.into(), name: None, user_id: None, language: Lang::Es }
}

/// What the test moves through time: one commission, some assignments of one institution, its ledger and agenda.
struct World {
    scene: PlanningData,
    agenda: BTreeMap<AssignmentId, Instant>,
    told: Vec<(NaiveDate, Instant, AssignmentId, i32, String)>,
}

fn world(zone: Tz, rhythm: Rhythm, off: &[NaiveDate], dues: &[NaiveDate]) -> World {
    let commission: CommissionId = id(1);
    let open = |(n, due): (usize, &NaiveDate)| OpenAssignment {
        assignment_id: id(100 + n as u128),
        commitment_id: id(200 + n as u128),
        code: format!("C-{n}"),
        text: String::new(),
        restricted: false,
        institution_id: id(2),
        institution: "Minsal".into(),
        commissions: vec![commission],
        country: "CL".into(),
        due: *due,
    };
    let mut scene = PlanningData { open: dues.iter().enumerate().map(open).collect(), ..PlanningData::default() };
    let calendar = WorkingCalendar::new(off.iter().copied());
    scene.places.insert(commission, CommissionSettings { zone, rhythm, calendar });
    scene.contacts.institutions.insert(id(2), contact("minsal@example.org"));
    scene.contacts.secretariats.insert(commission, vec![contact("ceti@example.org")]);
    let long_ago = Instant::parse("1970-01-01T00:00:00Z").unwrap();
    let agenda = scene.open.iter().map(|open| (open.assignment_id, long_ago)).collect();
    World { scene, agenda, told: Vec::new() }
}

impl World {
    /// What a worker does: looks at what is on the agenda, and writes down what it tells.
    fn run(&mut self, when: PlanningTime) {
        let due: BTreeSet<AssignmentId> =
            self.agenda.iter().filter(|(_, at)| **at <= when.moment()).map(|(id, _)| *id).collect();
        let all = std::mem::take(&mut self.scene.open);
        let (looked, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|open| due.contains(&open.assignment_id));
        self.scene.open = looked;
        let plan = self.scene.plan(when);
        for digest in plan.digests {
            for entry in digest.entries {
                let key = (entry.open.assignment_id, entry.open.due, entry.step, digest.to.key());
                self.told.push((entry.today, digest.send_at, key.0, key.2, key.3.clone()));
                assert!(self.scene.ledger.insert(key), "told twice");
            }
        }
        self.agenda.extend(plan.looks);
        self.scene.open.extend(rest);
    }

    fn steps(&self) -> BTreeSet<(AssignmentId, i32, String)> {
        self.told.iter().map(|(_, _, id, step, who)| (*id, *step, who.clone())).collect()
    }
}

/// What is told on `day` when the last run before was on `before`: reckoned without agenda or ledger.
fn expected(world: &World, day: NaiveDate, before: Option<NaiveDate>) -> BTreeSet<(AssignmentId, i32, String)> {
    let Some(place) = world.scene.places.values().next() else { return BTreeSet::new() };
    let works = |day| place.rhythm.send_on_non_working_days || place.calendar.is_working_day(day);
    let mut told = BTreeSet::new();
    if !works(day) {
        return told;
    }
    for open in &world.scene.open {
        let mut steps: Vec<i32> = place.rhythm.lead_days.iter().map(|days| -days).collect();
        steps.extend((1..400).map(|n| n * place.rhythm.overdue_every_days));
        let latest =
            |day: NaiveDate| steps.iter().filter(|step| open.due + TimeDelta::days((**step).into()) <= day).max();
        let Some(step) = latest(day) else { continue };
        if before.is_some_and(|before| latest(before) == Some(step)) {
            continue;
        }
        told.insert((open.assignment_id, *step, "minsal@example.org".to_owned()));
        if *step > 0 && *step >= place.rhythm.escalate_after_days {
            told.insert((open.assignment_id, *step, "ceti@example.org".to_owned()));
        }
    }
    told
}

const ZONES: [Tz; 6] = [
    Tz::America__Santiago,
    Tz::America__Lima,
    Tz::Pacific__Easter,
    Tz::America__Coyhaique,
    Tz::UTC,
    Tz::Pacific__Kiritimati,
];

fn rhythms() -> impl Strategy<Value = Rhythm> {
    (prop::collection::btree_set(0..60_i32, 0..5), 1..15_i32, 0..40_i32, 0..24_u32, any::<bool>()).prop_map(
        |(lead_days, overdue_every_days, escalate_after_days, send_hour, send_on_non_working_days)| Rhythm {
            lead_days: lead_days.into_iter().collect(),
            overdue_every_days,
            escalate_after_days,
            send_hour,
            send_on_non_working_days,
        },
    )
}

/// Around both changes of the clock in Chile, 2026-04-05 and 2026-09-06.
fn first_days() -> impl Strategy<Value = NaiveDate> {
    (prop_oneof![Just("2026-03-20"), Just("2026-08-20")], 0..14_u64)
        .prop_map(|(day, more)| crate::dates::parse_day(day).unwrap() + Days::new(more))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Day after day, with any days left out, each of them once or twice: on every day exactly the latest step that
    /// has become due since the last day that sent anything, and no step twice.
    #[test]
    fn whatever_days_are_left_out_only_the_latest_step_is_told_and_once(
        zone in prop::sample::select(&ZONES[..]),
        rhythm in rhythms(),
        first in first_days(),
        dues in prop::collection::vec(0..50_u64, 1..4),
        off in prop::collection::btree_set(0..60_u64, 0..6),
        runs in prop::collection::vec(0..3_u8, 40),
    ) {
        let dues: Vec<_> = dues.into_iter().map(|n| first + Days::new(n)).collect();
        let off: Vec<_> = off.into_iter().map(|n| first + Days::new(n)).collect();
        let mut world = world(zone, rhythm, &off, &dues);
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
            let place = world.scene.places.values().next().unwrap();
            if place.rhythm.send_on_non_working_days || place.calendar.is_working_day(day) {
                before = Some(day);
            }
        }
    }

    /// A worker that runs at any moments of the days tells what `remind --as-of` of those days tells, on the same days
    /// of the calendar, and nothing is to be sent before the hour.
    #[test]
    fn workers_tell_what_runs_by_day_tell(
        zone in prop::sample::select(&ZONES[..]),
        rhythm in rhythms(),
        first in first_days(),
        dues in prop::collection::vec(0..50_u64, 1..4),
        minutes in prop::collection::vec(prop::collection::vec(0..1440_i64, 0..4), 40),
    ) {
        let dues: Vec<_> = dues.into_iter().map(|n| first + Days::new(n)).collect();
        let mut live = world(zone, rhythm.clone(), &[], &dues);
        let mut by_day = world(zone, rhythm.clone(), &[], &dues);
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
            world.told.iter().map(|(day, _, id, step, who)| (*day, *id, *step, who.clone())).collect()
        };
        prop_assert_eq!(by(&live), by(&by_day));
        for (day, send_at, ..) in &live.told {
            let there = send_at.utc().with_timezone(&zone).naive_local();
            prop_assert_eq!(there.date(), *day);
            let hour = chrono::Timelike::hour(&there);
            prop_assert!(hour == rhythm.send_hour || hour == rhythm.send_hour + 1, "{} {}", there, rhythm.send_hour);
        }
    }
}

#[test]
fn midnight_that_does_not_exist_is_no_reason_to_be_silent() {
    let day = |text| crate::dates::parse_day(text).unwrap();
    let rhythm = Rhythm { send_hour: 0, send_on_non_working_days: true, ..Rhythm::default() };
    let mut world = world(Tz::America__Santiago, rhythm, &[], &[day("2026-09-06")]);
    world.run(PlanningTime::Now(Instant::parse("2026-09-06T03:59:59Z").unwrap()));
    assert_eq!(world.steps().into_iter().map(|told| told.1).collect::<Vec<_>>(), [-1]);
    world.run(PlanningTime::Now(Instant::parse("2026-09-06T04:00:00Z").unwrap()));
    assert_eq!(world.steps().into_iter().map(|told| told.1).collect::<Vec<_>>(), [-1, 0]);
    assert_eq!(world.told[1].1.to_string(), "2026-09-06T04:00:00Z");
}

#[test]
fn one_person_in_two_ways_gets_one_mail_from_the_earliest_hour() {
    let due = crate::dates::parse_day("2026-09-10").unwrap();
    let mut world = world(Tz::America__Lima, Rhythm::default(), &[], &[due, due]);
    let other: CommissionId = id(9);
    let early = CommissionSettings {
        zone: Tz::America__Lima,
        rhythm: Rhythm { send_hour: 6, ..Rhythm::default() },
        calendar: WorkingCalendar::default(),
    };
    world.scene.places.insert(other, early);
    world.scene.open[1].commissions = vec![other, id(1)];
    world.scene.open[1].institution_id = id(3);
    let person = Representative { contact: contact("MINSAL@example.org "), commission: None };
    world.scene.contacts.representatives.insert(id(3), vec![person]);
    let plan = world.scene.plan(PlanningTime::Now(Instant::parse("2026-09-10T05:00:00Z").unwrap()));
    assert_eq!(plan.digests.len(), 1);
    assert_eq!(plan.digests[0].entries.len(), 2);
    assert_eq!(plan.digests[0].send_at.to_string(), "2026-09-10T11:00:00Z");
}

#[test]
fn a_new_delegate_is_expected_on_the_day_on_which_the_mandate_begins() {
    let day = |text| crate::dates::parse_day(text).unwrap();
    let mut world = world(Tz::America__Lima, Rhythm::default(), &[], &[day("2026-09-30")]);
    let delegate = Delegate { contact: contact("nueva@example.org"), visibility: None };
    let mandate = Period { from: Some(day("2026-09-03")), to: None, what: delegate };
    world.scene.contacts.delegates.insert((id(1), id(2)), vec![mandate]);
    for date in ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"] {
        world.run(PlanningTime::whole_day(day(date), &[Tz::America__Lima]));
    }
    let told: Vec<_> = world.told.iter().map(|told| (told.0.to_string(), told.4.clone())).collect();
    let told: Vec<_> = told.iter().map(|(day, who)| (day.as_str(), who.as_str())).collect();
    assert_eq!(told, [("2026-09-01", "minsal@example.org"), ("2026-09-03", "nueva@example.org")]);
}
