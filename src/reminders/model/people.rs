//! The daily plan for a person or a session: pending reviews and decisions, the weekly summary,
//! waiting notices, and the reminder of a convened session.

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use super::CommissionSettings;
use super::schedule::local;
use crate::clock::Instant;
use crate::db::{CommissionId, MeetingId, UserId};
use crate::mail::Recipient;

/// A person who may get a summary of the week, and what awaits a review or a decision.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct Person {
    pub id: UserId,
    pub to: Recipient,
    pub created_at: Instant,
    /// The commissions of which the person is the secretariat.
    pub secretariat_of: Vec<CommissionId>,
    /// The countries that the person coordinates.
    pub countries: Vec<String>,
    /// The country of the person's mails.
    pub country: Option<String>,
    /// The time zone, the sending hour and the calendar of the person's first commission, or of the country.
    pub settings: CommissionSettings,
    /// The last day that was planned for the person.
    pub planned: Option<NaiveDate>,
}

impl Person {
    pub(in crate::reminders) fn is_writer(&self) -> bool {
        !self.secretariat_of.is_empty() || !self.countries.is_empty()
    }

    /// Returns true if the summary of the week is sent today: on Monday or the next working day, or on the first
    /// working day after it that is planned at all.
    pub(in crate::reminders) fn gets_summary(&self, today: NaiveDate) -> bool {
        let first = self.summary_day(today);
        let known_since = self.created_at.day_in(self.settings.zone);
        let unplanned = self.planned.map_or(known_since < first, |day| day < first);
        today >= first && self.settings.calendar.is_working_day(today) && (today == first || unplanned)
    }

    /// Returns the day of the summary of this week: Monday or the next working day.
    fn summary_day(&self, today: NaiveDate) -> NaiveDate {
        self.settings.calendar.roll_forward(monday(today))
    }

    /// Returns true if a notice of this moment is in the summary that is sent today. What is written after the day of
    /// the summary waits for the next one, also when the summary is late.
    pub(in crate::reminders) fn summary_has(&self, created_at: Instant, today: NaiveDate) -> bool {
        let first = self.summary_day(today);
        today == first || created_at.day_in(self.settings.zone) < first
    }

    /// Returns the key that makes two summaries of one week one.
    pub(in crate::reminders) fn week(&self, today: NaiveDate) -> String {
        format!("{}|{}", self.to.key(), monday(today))
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// Something that awaits a review or a decision, and the step at which the secretariat is reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::reminders) struct WaitingStep {
    pub kind: &'static str,
    pub id: Uuid,
    pub step: i32,
    pub commissions: Vec<CommissionId>,
}

/// Returns the step that an item waiting since a day has reached, or `None` before the first. The step contains the
/// day, so that a record that waits anew begins anew.
pub(in crate::reminders) fn waiting_step(since: NaiveDate, today: NaiveDate, every: i32) -> Option<i32> {
    let every = every.max(1);
    let waited = i32::try_from((today - since).num_days()).unwrap_or_default();
    let step = waited / every * every;
    (step > 0).then(|| since.num_days_from_ce().saturating_add(step))
}

/// Returns the day of the mail that a notice waits for: the first working day whose sending hour comes after it.
pub(in crate::reminders) fn notice_day(settings: &CommissionSettings, created_at: Instant) -> NaiveDate {
    let day = created_at.day_in(settings.zone);
    let hour = settings.policy.send_hour.unsigned_abs();
    let late = local(day, hour, settings.zone) < created_at;
    let first = if late { day.checked_add_days(Days::new(1)).unwrap_or(day) } else { day };
    settings.calendar.roll_forward(first)
}

/// A convened session that is to come.
#[derive(Debug, Clone)]
pub(in crate::reminders) struct SessionToRemind {
    pub id: MeetingId,
    pub title: String,
    pub lead: CommissionId,
    pub convened_at: Instant,
    pub first_day: NaiveDate,
    pub starts_at: Option<Instant>,
}

impl SessionToRemind {
    /// Returns the step that the session has reached, with its key in the ledger: the latest of the policy's days
    /// before it, unless it was convened on that day or later, or begins before the sending hour.
    pub(in crate::reminders) fn step(&self, settings: &CommissionSettings, today: NaiveDate) -> Option<i32> {
        let left = i32::try_from((self.first_day - today).num_days()).ok().filter(|left| *left >= 0)?;
        let days = settings.policy.meeting_reminder_days.iter().copied().filter(|days| left <= *days).min()?;
        let day = self.first_day.checked_sub_days(Days::new(u64::from(days.unsigned_abs())))?;
        let starts_later = self.starts_at.is_none_or(|start| settings.send_at(today) < start);
        let told_before = self.convened_at.day_in(settings.zone) < day;
        let sends = settings.sends_on(today) && starts_later && told_before;
        sends.then(|| self.first_day.num_days_from_ce().saturating_mul(100).saturating_add(days))
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;

    use super::*;
    use crate::commissions::ReminderPolicy;
    use crate::dates::WorkingCalendar;
    use crate::i18n::Lang;

    fn day(text: &str) -> NaiveDate {
        crate::dates::parse_day(text).unwrap()
    }

    fn moment(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn settings(off: &str) -> CommissionSettings {
        let calendar = WorkingCalendar::new(off.split_whitespace().map(day));
        CommissionSettings { zone: Tz::America__Santiago, policy: ReminderPolicy::default(), calendar }
    }

    fn person(planned: Option<&str>) -> Person {
        let to = Recipient { address: "s@x.org".into(), name: None, user_id: None, language: Lang::Es };
        Person {
            id: Uuid::from_u128(1).into(),
            to,
            created_at: moment("2023-08-01T12:00:00Z"),
            secretariat_of: Vec::new(),
            countries: Vec::new(),
            country: None,
            settings: settings("2023-09-18 2023-09-19"),
            planned: planned.map(day),
        }
    }

    #[test]
    fn the_summary_comes_on_the_first_working_day_of_the_week_or_as_soon_as_possible() {
        for (planned, today, due) in [
            (Some("2023-09-08"), "2023-09-11", true),
            (Some("2023-09-11"), "2023-09-12", false),
            (Some("2023-09-08"), "2023-09-13", true),
            (Some("2023-09-17"), "2023-09-18", false),
            (Some("2023-09-19"), "2023-09-20", true),
            (Some("2023-09-20"), "2023-09-21", false),
            (Some("2023-09-15"), "2023-09-23", false),
            (None, "2023-09-13", true),
        ] {
            assert_eq!(person(planned).gets_summary(day(today)), due, "{today}");
        }
    }

    #[test]
    fn what_waits_is_told_again_every_so_many_days_and_only_the_latest_step() {
        let since = day("2023-09-01");
        let step = |today| waiting_step(since, day(today), 7).map(|step| step - since.num_days_from_ce());
        assert_eq!(
            ["2023-09-07", "2023-09-08", "2023-09-14", "2023-09-29"].map(step),
            [None, Some(7), Some(7), Some(28)]
        );
    }

    #[test]
    fn a_notice_waits_for_the_next_sending_hour_of_a_working_day() {
        for (at, expected) in [
            ("2023-09-07T10:59:00Z", "2023-09-07"),
            ("2023-09-07T11:00:01Z", "2023-09-08"),
            ("2023-09-08T20:00:00Z", "2023-09-11"),
            ("2023-09-15T20:00:00Z", "2023-09-20"),
        ] {
            assert_eq!(notice_day(&settings("2023-09-18 2023-09-19"), moment(at)), day(expected), "{at}");
        }
    }

    #[test]
    fn a_session_is_reminded_of_once_on_the_day_before_unless_it_was_just_convened() {
        let session = |convened| SessionToRemind {
            id: Uuid::from_u128(1).into(),
            title: "Sesión".into(),
            lead: Uuid::from_u128(2).into(),
            convened_at: moment(convened),
            first_day: day("2023-09-28"),
            starts_at: Some(moment("2023-09-28T14:00:00Z")),
        };
        let early = session("2023-09-20T14:00:00Z");
        let reached = |session: &SessionToRemind, today| session.step(&settings(""), day(today)).is_some();
        assert_eq!(
            ["2023-09-26", "2023-09-27", "2023-09-28", "2023-09-29"].map(|today| reached(&early, today)),
            [false, true, true, false]
        );
        assert!(!reached(&session("2023-09-27T14:00:00Z"), "2023-09-27"));
    }
}
