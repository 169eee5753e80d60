//! The only module that reads the system clock. It also makes ids, because these contain the time.

use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, SecondsFormat, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use diesel::serialize::{self, Output, ToSql};
use diesel::{backend::Backend, sql_types::Timestamp};
use uuid::{ContextV7, NoContext, Uuid};

/// The years that dates and instants may have.
pub const YEARS: RangeInclusive<i32> = 1900..=2200;

/// A moment in UTC, to the microsecond, which is the precision of both databases. Written `2023-08-22T14:00:00Z`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
    utoipa::ToSchema,
)]
#[diesel(sql_type = Timestamp)]
#[schema(value_type = String, format = DateTime, examples("2023-08-22T14:00:00Z"))]
pub struct Instant(NaiveDateTime);

impl Instant {
    /// Reads RFC 3339 with any offset; years 1900 to 2200.
    pub fn parse(text: &str) -> Option<Self> {
        let at = DateTime::parse_from_rfc3339(text).ok()?;
        let utc = at.naive_utc().trunc_subsecs(6);
        YEARS.contains(&utc.year()).then_some(Self(utc))
    }

    pub fn utc(self) -> DateTime<Utc> {
        self.0.and_utc()
    }

    /// Returns the calendar day of this moment in `zone`.
    pub fn day_in(self, zone: Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    pub fn plus(self, span: TimeDelta) -> Self {
        Self(self.0 + span)
    }

    pub fn unix_seconds(self) -> i64 {
        self.utc().timestamp()
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.naive_utc().trunc_subsecs(6))
    }
}

impl From<NaiveDateTime> for Instant {
    fn from(utc: NaiveDateTime) -> Self {
        Self(utc)
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.utc().serialize(to)
    }
}

impl<'de> serde::Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an instant"))
    }
}

impl<DB: Backend> ToSql<Timestamp, DB> for Instant
where
    NaiveDateTime: ToSql<Timestamp, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

/// The system clock, or a clock that a test sets.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    Fixed(Arc<Mutex<Instant>>),
}

impl Clock {
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    #[expect(clippy::disallowed_methods, reason = "the only module that reads the system clock")]
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Utc::now().into(),
            Self::Fixed(time) => *time.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Sets a fixed clock. Does nothing to the system clock.
    pub fn set(&self, at: Instant) {
        if let Self::Fixed(time) = self {
            *time.lock().unwrap_or_else(PoisonError::into_inner) = at;
        }
    }
}

/// Starts to measure a duration, independently of the time of day.
pub fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

/// Returns a new id of any kind: a UUIDv7 of this moment. Ids increase within a process even inside one millisecond.
pub fn new_id<T: From<Uuid>>(now: Instant) -> T {
    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    let context = CONTEXT.lock().unwrap_or_else(PoisonError::into_inner);
    let (seconds, nanos) = (now.unix_seconds().unsigned_abs(), now.utc().timestamp_subsec_nanos());
    T::from(Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanos)))
}

/// Returns a new id that does not show when it was made: a UUIDv7 of a random moment between `from` and the later `to`.
pub fn undated_id<T: From<Uuid>>(from: Instant, to: Instant) -> Result<T, getrandom::Error> {
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random)?;
    let span = u64::try_from((to.utc() - from.utc()).num_milliseconds()).unwrap_or(0).saturating_add(1);
    let later = i64::try_from(u64::from_le_bytes(random) % span).unwrap_or(0);
    let moment = from.plus(TimeDelta::milliseconds(later));
    let (seconds, nanos) = (moment.unix_seconds().unsigned_abs(), moment.utc().timestamp_subsec_nanos());
    Ok(T::from(Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))))
}
