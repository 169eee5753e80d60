//! Tests of the state machine: with examples, and with random commands against a simple model.

use proptest::prelude::*;

use super::*;
use crate::clock::new_id;

fn at(n: i64) -> Instant {
    Instant::parse("2023-06-01T12:00:00Z").unwrap().plus(chrono::TimeDelta::minutes(n))
}

fn report_of(status: ReportedStatus, n: i64) -> Report {
    Report {
        update: new_id(at(n)),
        reported_on: at(n).utc().date_naive(),
        status,
        percent: None,
        quantity: None,
        received_at: at(n),
    }
}

fn part(status: Status, verification: Verification) -> Progress {
    Progress { status, verification, ..Progress::unstarted() }
}

#[test]
fn what_is_open_is_overdue_from_the_day_after_its_last_day() {
    let day = |n| NaiveDate::from_ymd_opt(2023, 12, n).unwrap();
    let due_to = Some(day(30));
    for status in [Status::Planned, Status::InProgress] {
        assert_eq!([29, 30, 31].map(|n| status.overdue_on(due_to, day(n))), [false, false, true]);
        assert!(!status.overdue_on(None, day(31)));
    }
    for closed in [Status::Completed, Status::NotAchieved, Status::Cancelled] {
        assert!(!closed.overdue_on(due_to, day(31)));
    }
}

fn status_of(rule: CompletionRule, parts: &[Progress]) -> Status {
    derive(rule, parts.iter())
}

#[test]
fn an_unverified_completion_does_not_fulfil_the_commitment() {
    let report = report_of(ReportedStatus::Completed, 1);
    let pending = Progress::unstarted().report(report).unwrap();
    assert_eq!((pending.status, pending.verification), (Status::Completed, Verification::Pending));
    assert_eq!(status_of(CompletionRule::All, &[pending]), Status::InProgress);
    let accepted = pending.review(report.update, ReviewOutcome::Accepted).unwrap();
    assert_eq!(status_of(CompletionRule::All, &[accepted]), Status::Completed);
    assert_eq!(accepted.report(report), Err(Code::AlreadyAccepted));
    assert_eq!(accepted.review(report.update, ReviewOutcome::Accepted), Err(Code::NotPending));
}

#[test]
fn a_withdrawn_review_leaves_the_completion_as_it_was_before() {
    let report = Report { percent: Some(80), quantity: Some(Quantity(4.0)), ..report_of(ReportedStatus::Completed, 1) };
    let pending = Progress::unstarted().report(report).unwrap();
    for outcome in [ReviewOutcome::Accepted, ReviewOutcome::Returned] {
        let reviewed = pending.review(report.update, outcome).unwrap();
        assert_eq!(reviewed.withdraw_review(report.update, report.reported_on), pending);
    }
}

#[test]
fn what_is_returned_goes_on_and_what_is_accepted_can_be_reopened() {
    let report = report_of(ReportedStatus::Completed, 1);
    let pending = Progress::unstarted().report(report).unwrap();
    let returned = pending.review(report.update, ReviewOutcome::Returned).unwrap();
    assert_eq!((returned.status, returned.verification), (Status::InProgress, Verification::Returned));
    assert_eq!((returned.completed_on, returned.reopen()), (None, Err(Code::NotClosed)));
    let accepted = pending.review(report.update, ReviewOutcome::Accepted).unwrap();
    assert_eq!(accepted.reopen().unwrap().status, Status::InProgress);
    assert_eq!(Progress::unstarted().cancel().unwrap().reopen().unwrap().status, Status::Planned);
    assert_eq!(pending.cancel().unwrap().reopen().unwrap().status, Status::InProgress);
}

#[test]
fn a_new_report_takes_the_place_of_one_that_waits_and_numbers_last() {
    let first = Report { percent: Some(80), ..report_of(ReportedStatus::Completed, 1) };
    let second = Report { quantity: Some(Quantity(2.0)), ..report_of(ReportedStatus::InProgress, 2) };
    let progress = Progress::unstarted().report(first).unwrap().report(second).unwrap();
    assert_eq!((progress.verification, progress.pending_update_id), (Verification::None, None));
    assert_eq!((progress.percent, progress.quantity), (Some(80), Some(Quantity(2.0))));
    assert_eq!(progress.review(first.update, ReviewOutcome::Accepted), Err(Code::NotPending));
}

#[test]
fn the_rule_of_completion_decides() {
    use CompletionRule::{All, Any, AtLeast};
    let done = part(Status::Completed, Verification::Accepted);
    let lost = part(Status::NotAchieved, Verification::None);
    let out = part(Status::Cancelled, Verification::None);
    let new = Progress::unstarted();
    for (rule, parts, status) in [
        (All, &[][..], Status::Planned),
        (All, &[out, out], Status::Cancelled),
        (All, &[done, out], Status::Completed),
        (All, &[done, new], Status::InProgress),
        (All, &[new, new], Status::Planned),
        (All, &[done, lost], Status::NotAchieved),
        (Any, &[done, lost], Status::Completed),
        (Any, &[new, lost], Status::InProgress),
        (Any, &[lost, lost], Status::NotAchieved),
        (AtLeast(2), &[done, new, lost], Status::InProgress),
        (AtLeast(2), &[done, lost, lost], Status::NotAchieved),
        (AtLeast(9), &[done, done, out], Status::Completed),
    ] {
        assert_eq!(status_of(rule, parts), status, "{rule:?} {parts:?}");
    }
    assert_eq!(fulfilled([done, lost, out, new].iter()), Fulfilled { done: 1, of: 3 });
}

#[derive(Debug, Clone, Copy)]
enum Command {
    Report(ReportedStatus),
    Review(bool, ReviewOutcome),
    Cancel,
    Reopen,
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let command = prop_oneof![
        4 => prop::sample::select(ReportedStatus::ALL).prop_map(Command::Report),
        3 => (any::<bool>(), prop::sample::select(ReviewOutcome::ALL)).prop_map(|(last, found)| Command::Review(last, found)),
        1 => Just(Command::Cancel),
        1 => Just(Command::Reopen),
    ];
    prop::collection::vec(command, 0..40)
}

/// A simple model of an assignment: the facts that an observer would remember.
#[derive(Default)]
struct Memory {
    reports: Vec<(UpdateId, ReportedStatus)>,
    waiting: Option<UpdateId>,
    accepted: bool,
    cancelled: bool,
    /// The status that the secretariat last gave it, until the next report.
    given: Option<&'static str>,
}

impl Memory {
    fn apply(&mut self, command: Command, update: UpdateId) -> bool {
        match command {
            Command::Report(status) => {
                if self.cancelled || self.accepted {
                    return false;
                }
                self.reports.push((update, status));
                self.waiting = (status == ReportedStatus::Completed).then_some(update);
                self.given = None;
            }
            Command::Review(..) if self.waiting.is_none_or(|waiting| waiting != update) => return false,
            Command::Review(_, ReviewOutcome::Accepted) => (self.accepted, self.waiting) = (true, None),
            Command::Review(_, ReviewOutcome::Returned) => (self.given, self.waiting) = (Some("in_progress"), None),
            Command::Cancel => {
                if self.cancelled {
                    return false;
                }
                (self.cancelled, self.accepted, self.waiting, self.given) = (true, false, None, None);
            }
            Command::Reopen => {
                if !self.cancelled && !self.accepted {
                    return false;
                }
                (self.cancelled, self.accepted) = (false, false);
                self.given = Some(if self.reports.is_empty() { "planned" } else { "in_progress" });
            }
        }
        true
    }

    fn status(&self) -> &'static str {
        match self.reports.last() {
            _ if self.cancelled => "cancelled",
            _ if self.given.is_some() => self.given.unwrap(),
            Some((_, status)) => status.as_str(),
            None => "planned",
        }
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_assignment_stands_where_an_observer_would_say(commands in commands()) {
        let (mut progress, mut memory) = (Progress::unstarted(), Memory::default());
        for (n, command) in (1..).zip(commands) {
            let report = |status| report_of(status, n);
            let (update, next) = match command {
                Command::Report(status) => { let one = report(status); (one.update, progress.report(one)) }
                Command::Review(last, found) => {
                    let known = if last { memory.reports.last() } else { memory.reports.first() };
                    let update = known.map_or_else(|| new_id(at(n)), |(update, _)| *update);
                    (update, progress.review(update, found))
                }
                Command::Cancel => (new_id(at(n)), progress.cancel()),
                Command::Reopen => (new_id(at(n)), progress.reopen()),
            };
            prop_assert_eq!(memory.apply(command, update), next.is_ok(), "{:?}", command);
            progress = next.unwrap_or(progress);
            prop_assert_eq!(progress.status.as_str(), memory.status());
            prop_assert_eq!(progress.pending_update_id, memory.waiting);
            prop_assert_eq!(progress.is_accepted(), memory.accepted);
            prop_assert_eq!(progress.completed_on.is_some(), progress.status == Status::Completed);
        }
    }
}
