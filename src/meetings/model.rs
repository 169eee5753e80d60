//! The meeting itself, in the API also called a session.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::db::{CommissionId, MeetingId};
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::i18n::{Lang, text};
use crate::ics::{self, Conference, Event, State, When};
use crate::translations::{Translations, check_remarks};

crate::text_enum! {
    /// The kind of meeting.
    MeetingKind {
        Ordinary = "ordinary",
        Extraordinary = "extraordinary",
        Inaugural = "inaugural",
        Working = "working",
        Event = "event",
    }
}

crate::text_enum! {
    /// The way in which people take part.
    Modality {
        InPerson = "in_person",
        Online = "online",
        Hybrid = "hybrid",
    }
}

crate::text_enum! {
    /// The state of a meeting: planned, held or cancelled.
    MeetingStatus {
        Scheduled = "scheduled",
        Held = "held",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// The call at which a meeting was held, as recorded.
    MeetingCall {
        First = "first",
        Second = "second",
    }
}

/// The content of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct MeetingInput {
    /// The commissions that meet: one, or several of one country in a joint meeting.
    #[schema(min_items = 1, max_items = 50)]
    pub commission_ids: Vec<CommissionId>,
    /// The kind of meeting.
    #[schema(examples("ordinary"))]
    pub kind: MeetingKind,
    /// The title.
    #[schema(examples("III sesión ordinaria de la CIGTPE"), max_length = 500)]
    pub title: String,
    /// The time of the beginning. This or `held` is required.
    #[deserr(default)]
    pub starts_at: Option<Instant>,
    /// The time of the end; not before the beginning.
    #[deserr(default)]
    #[schema(examples("2023-08-22T16:00:00Z"))]
    pub ends_at: Option<Instant>,
    /// The date, for meetings known only by day, month, quarter or year. With `starts_at`, it must include that day.
    #[deserr(default)]
    #[schema(examples("2023-03"))]
    pub held: Option<PartialDate>,
    /// The IANA time zone that determines its day; by default that of the first commission.
    #[deserr(default)]
    #[schema(examples("America/Lima"), max_length = 60)]
    pub time_zone: Option<String>,
    /// The time at which it began, as held.
    #[deserr(default)]
    #[schema(examples("2023-08-22T14:10:00Z"))]
    pub started_at: Option<Instant>,
    /// The time at which it ended, as held; not before it began.
    #[deserr(default)]
    #[schema(examples("2023-08-22T16:20:00Z"))]
    pub ended_at: Option<Instant>,
    /// The call at which it was held; only as recorded, never inferred from the attendance.
    #[deserr(default)]
    #[schema(examples("first"))]
    pub call: Option<MeetingCall>,
    /// Its number among the meetings of its kind.
    #[deserr(default)]
    #[schema(examples(3), minimum = 1, maximum = 100_000)]
    pub ordinal: Option<i32>,
    /// The way in which people take part.
    #[deserr(default)]
    #[schema(examples("hybrid"))]
    pub modality: Option<Modality>,
    /// The place.
    #[deserr(default)]
    #[schema(examples("Lima"), max_length = 500)]
    pub place: Option<String>,
    /// The address for joining online.
    #[deserr(default)]
    #[schema(examples("https://reuniones.example/cigtpe-3"), max_length = 2000)]
    pub url: Option<String>,
    /// The state of the meeting: planned, held or cancelled.
    #[deserr(default = MeetingStatus::Scheduled)]
    #[schema(examples("held"), required = false)]
    pub status: MeetingStatus,
    /// True if it is visible only to those who may write its record and to the institutions that attend.
    #[deserr(default)]
    #[schema(examples(false), required = false)]
    pub restricted: bool,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] =
    &["title", "place", "agenda/*/title", "agenda/*/presenter", "agenda/*/outcome", "documents/*/title"];

impl Input for MeetingInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        if self.commission_ids.is_empty() {
            faults.add("/commission_ids", "too_few");
        }
        faults.distinct("/commission_ids", &self.commission_ids, 50);
        faults.text("/title", &self.title, 500);
        if self.starts_at.is_none() && self.held.is_none() {
            faults.join(undated().list);
        }
        if self.ends_at.is_some() && self.starts_at.is_none() {
            faults.add_with("/ends_at", "needs", vec![("field", "starts_at".into())]);
        }
        faults.ordered("/ends_at", self.starts_at, self.ends_at);
        faults.ordered("/ended_at", self.started_at, self.ended_at);
        if self.time_zone.as_ref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
            faults.add("/time_zone", "invalid_time_zone");
        }
        if let Some(ordinal) = self.ordinal {
            faults.within("/ordinal", ordinal, 1, 100_000);
        }
        faults.opt_text("/place", self.place.as_ref(), 500);
        faults.url("/url", self.url.as_ref());
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// Returns the fault of a meeting without a beginning and without a date.
fn undated() -> Faults {
    let mut faults = Faults::default();
    faults.add_with("/starts_at", "any_of", vec![("fields", "starts_at, held".into())]);
    faults
}

impl MeetingInput {
    /// Returns the first and the last day on which the meeting can take place, in this time zone.
    ///
    /// `held` takes precedence; a beginning outside it is a fault.
    pub(crate) fn days(&self, zone: Tz) -> Result<(NaiveDate, NaiveDate), Faults> {
        match (&self.held, self.starts_at.map(|at| at.day_in(zone))) {
            (Some(held), Some(day)) if day < held.from() || day > held.to() => {
                let bounds = vec![("min", held.from().to_string()), ("max", held.to().to_string())];
                let mut faults = Faults::default();
                faults.add_comparison("/starts_at", "out_of_range", bounds);
                Err(faults)
            }
            (Some(held), _) => Ok((held.from(), held.to())),
            (None, Some(day)) => Ok((day, day)),
            (None, None) => Err(undated()),
        }
    }
}

/// Returns the moment at which a day begins; where clocks skip midnight, an hour later.
fn start_of_day(day: NaiveDate, zone: Tz) -> Instant {
    let midnight = day.and_time(NaiveTime::MIN);
    let read = |hour| zone.from_local_datetime(&(midnight + TimeDelta::hours(hour))).earliest();
    [0, 1].into_iter().find_map(read).map_or_else(|| midnight.and_utc().into(), |at| at.to_utc().into())
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MeetingFilter {
    /// Only those of this country.
    #[param(example = "PE")]
    pub country_code: Option<String>,
    /// Only those of this commission.
    pub commission_id: Option<CommissionId>,
    /// Only those in this state.
    #[param(example = "held")]
    pub status: Option<MeetingStatus>,
    /// Only those that can take place on or after this day.
    #[param(example = "2023-01-01")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    pub from: Option<NaiveDate>,
    /// Only those that can take place on or before this day.
    #[param(example = "2023-12-31")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    pub to: Option<NaiveDate>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// A meeting of one or several commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Meeting {
    /// The meeting's id.
    pub id: MeetingId,
    /// The country of its commissions.
    #[schema(examples("PE"))]
    pub country_code: String,
    #[serde(flatten)]
    pub fields: MeetingInput,
    /// The first day on which it can take place, in its time zone.
    #[schema(examples("2023-03-01"))]
    pub held_from: NaiveDate,
    /// The last day on which it can take place, in its time zone.
    #[schema(examples("2023-03-31"))]
    pub held_to: NaiveDate,
    /// The time of the last convocation by mail; null before the first convocation and after a cancellation.
    pub convened_at: Option<Instant>,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
    /// True if the meeting has its own time zone; otherwise `fields` has that of the first commission.
    #[serde(skip)]
    pub own_time_zone: bool,
    /// Increases with every change, so that calendars recognise the newer of two copies.
    #[serde(skip)]
    pub sequence: i32,
}

impl Meeting {
    /// Returns the content as sent: without the time zone if it is that of the commission.
    pub(crate) fn input(&self) -> MeetingInput {
        let mut input = self.fields.clone();
        if !self.own_time_zone {
            input.time_zone = None;
        }
        input
    }

    /// Returns the title in a language.
    pub(crate) fn title_in(&self, lang: Lang) -> &str {
        self.fields.translations.or_original("title", lang, &self.fields.title)
    }

    /// Returns the date of the session, as precise as it is known.
    pub(crate) fn held_on(&self) -> PartialDate {
        self.fields.held.clone().unwrap_or_else(|| PartialDate::day(self.held_from))
    }

    /// Returns true if the minutes have the same content for both; the content of approved minutes never changes.
    pub(crate) fn same_in_minutes(&self, other: &Self) -> bool {
        let (one, two) = (&self.fields, &other.fields);
        let cancelled = |fields: &MeetingInput| fields.status == MeetingStatus::Cancelled;
        one.title == two.title
            && one.commission_ids == two.commission_ids
            && (one.kind, one.ordinal, one.modality) == (two.kind, two.ordinal, two.modality)
            && (one.starts_at, one.ends_at, &one.held) == (two.starts_at, two.ends_at, &two.held)
            && (one.started_at, one.ended_at, one.call) == (two.started_at, two.ended_at, two.call)
            && (&one.time_zone, &one.place) == (&two.time_zone, &two.place)
            && cancelled(one) == cancelled(two)
    }

    /// Returns true if it surely took place before another one: on an earlier day, or at an earlier hour of the same day.
    pub(crate) fn is_before(&self, other: &Self) -> bool {
        let hours = self.fields.starts_at.zip(other.fields.starts_at);
        self.held_to < other.held_from || hours.is_some_and(|(own, other)| own < other)
    }

    /// Returns the time zone that determines its day.
    pub(crate) fn zone(&self) -> Tz {
        self.fields.time_zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC)
    }

    /// Returns true if it took place, or its time has passed.
    pub(crate) fn is_over(&self, now: Instant) -> bool {
        let ended = match self.fields.ends_at.or(self.fields.starts_at) {
            Some(end) => end < now,
            None => self.held_to < now.day_in(self.zone()),
        };
        ended || self.fields.status == MeetingStatus::Held
    }

    /// Checks that it has not begun, for replies and proposals: 409 `meeting_cancelled` or `session_started`.
    pub(super) fn require_before_start(&self, now: Instant) -> Result<()> {
        let has_begun = match self.fields.starts_at {
            Some(start) => start <= now,
            None => self.held_to < now.day_in(self.zone()),
        };
        match self.fields.status {
            MeetingStatus::Cancelled => Err(Code::MeetingCancelled.into()),
            MeetingStatus::Held => Err(Code::SessionStarted.into()),
            MeetingStatus::Scheduled if has_begun => Err(Code::SessionStarted.into()),
            MeetingStatus::Scheduled => Ok(()),
        }
    }

    /// Checks that it is convened, for replies: 409 `session_not_convened`.
    pub(super) fn require_convened(&self) -> Result<()> {
        if self.convened_at.is_some() { Ok(()) } else { Err(Code::SessionNotConvened.into()) }
    }

    /// Returns the moments between which somebody can be present: as held, else as planned; without an end, a day after
    /// the beginning; without hours, the whole days.
    pub(super) fn hours(&self) -> (Instant, Instant) {
        let (fields, zone) = (&self.fields, self.zone());
        let day_after = self.held_to.checked_add_days(Days::new(1)).unwrap_or(self.held_to);
        let Some(from) = fields.started_at.or(fields.starts_at) else {
            return (start_of_day(self.held_from, zone), start_of_day(day_after, zone));
        };
        let end = fields.ended_at.or(fields.ends_at.filter(|end| *end >= from));
        (from, end.unwrap_or_else(|| from.plus(TimeDelta::days(1))))
    }

    /// Returns its day; None when it is known only by a month, quarter or year.
    pub(crate) fn only_day(&self) -> Option<NaiveDate> {
        (self.held_from == self.held_to).then_some(self.held_to)
    }

    /// Checks that it has begun, for the circulation and the approval of its minutes: 409 `session_not_started`.
    pub(crate) fn require_begun(&self, now: Instant) -> Result<()> {
        let has_begun = match self.fields.starts_at {
            Some(start) => start <= now,
            None => self.held_from <= now.day_in(self.zone()),
        };
        if has_begun { Ok(()) } else { Err(Code::SessionNotStarted.into()) }
    }

    /// Checks that it can be convened: 409 `meeting_cancelled`, `meeting_over` or, if it is known only by month,
    /// quarter or year, `meeting_undated`.
    pub(crate) fn require_convenable(&self, now: Instant) -> Result<()> {
        if self.fields.status == MeetingStatus::Cancelled {
            Err(Code::MeetingCancelled.into())
        } else if self.is_over(now) {
            Err(Code::MeetingOver.into())
        } else if !self.has_day() {
            Err(Code::MeetingUndated.into())
        } else {
            Ok(())
        }
    }

    /// Returns true if its day is known, not only its month, quarter or year.
    fn has_day(&self) -> bool {
        self.fields.starts_at.is_some() || self.held_from == self.held_to
    }

    /// Returns the calendar event. It is tentative until the session is convened or held. If only the month, quarter or
    /// year is known, it is tentative too, and covers all those days.
    pub(crate) fn event(&self, lang: Lang) -> Event {
        let fields = &self.fields;
        let dated = self.has_day();
        let state = match fields.status {
            MeetingStatus::Cancelled => State::Cancelled,
            MeetingStatus::Scheduled if self.convened_at.is_none() => State::Tentative,
            _ if !dated => State::Tentative,
            _ => State::Confirmed,
        };
        let when = match fields.starts_at {
            Some(from) => When::Time { from, to: fields.ends_at, zone: self.zone() },
            None => When::Days { first: self.held_from, last: self.held_to },
        };
        Event {
            uid: ics::uid(self.id),
            sequence: self.sequence,
            stamp: self.updated_at,
            when,
            state,
            takes_time: dated && state != State::Cancelled,
            summary: fields.title.clone(),
            description: None,
            location: fields.place.clone(),
            conference: fields.url.clone().map(|url| {
                let line = text(lang, "session-join", &[("url", url.clone())]);
                Conference { url, line }
            }),
            url: Some(format!("/meetings/{}", self.id)),
            organizer: None,
            attendees: Vec::new(),
        }
    }
}

crate::restricted_record!(Meeting, "meeting", country_code);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::CommissionId;

    fn input(starts_at: Option<&str>, held: Option<&str>) -> MeetingInput {
        MeetingInput {
            commission_ids: vec![CommissionId::from(uuid::Uuid::nil())],
            kind: MeetingKind::Ordinary,
            title: "Sesión".into(),
            starts_at: starts_at.and_then(Instant::parse),
            ends_at: None,
            held: held.and_then(PartialDate::parse),
            time_zone: None,
            started_at: None,
            ended_at: None,
            call: None,
            ordinal: None,
            modality: None,
            place: None,
            url: None,
            status: MeetingStatus::Scheduled,
            restricted: false,
            note: None,
            translations: Translations::default(),
        }
    }

    fn days(starts_at: Option<&str>, held: Option<&str>) -> Option<(String, String)> {
        let (from, to) = input(starts_at, held).days(chrono_tz::America::Lima).ok()?;
        Some((from.to_string(), to.to_string()))
    }

    #[test]
    fn the_day_is_the_local_one_of_the_beginning() {
        assert_eq!(days(Some("2023-08-23T03:00:00Z"), None), Some(("2023-08-22".into(), "2023-08-22".into())));
    }

    #[test]
    fn a_month_gives_its_bounds() {
        assert_eq!(days(None, Some("2023-03")), Some(("2023-03-01".into(), "2023-03-31".into())));
    }

    #[test]
    fn a_beginning_must_lie_within_what_is_held() {
        assert_eq!(
            days(Some("2023-04-01T03:00:00Z"), Some("2023-03")),
            Some(("2023-03-01".into(), "2023-03-31".into()))
        );
        assert_eq!(days(Some("2023-04-01T15:00:00Z"), Some("2023-03")), None);
    }

    #[test]
    fn neither_beginning_nor_day_is_a_fault() {
        let mut faults = Faults::default();
        input(None, None).check(&mut faults);
        assert_eq!(faults.list.iter().map(|f| f.code).collect::<Vec<_>>(), ["any_of"]);
    }
}
