//! What a country is, and the days of its calendar.

use chrono::NaiveDate;
use chrono_tz::Tz;
use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::Instant;
use crate::error::Faults;
use crate::http::{Input, is_country_code};

/// A country's code in a path; whatever is none leads nowhere.
#[derive(Debug, Clone, ToSchema)]
#[schema(value_type = String, examples("CL"))]
pub struct CountryCode(pub String);

impl<'de> serde::Deserialize<'de> for CountryCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        if is_country_code(&code) { Ok(Self(code)) } else { Err(serde::de::Error::custom("not a country code")) }
    }
}

/// What a country is made of. Its code is its key.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CountryInput {
    /// Two capital letters; any pair is taken. Never changes.
    #[schema(examples("CL"), min_length = 2, max_length = 2)]
    pub code: String,
    /// The name that people use.
    #[schema(examples("Chile"), max_length = 300)]
    pub name: String,
    /// The IANA time zone that decides which day it is there.
    #[schema(examples("America/Santiago"), max_length = 60)]
    pub time_zone: String,
    /// A BCP 47 language tag; texts fall back to Spanish.
    #[schema(examples("es-CL"), max_length = 35)]
    pub locale: String,
}

impl Input for CountryInput {
    fn check(&self, faults: &mut Faults) {
        if !is_country_code(&self.code) {
            faults.add("/code", "invalid_country_code");
        }
        faults.line("/name", &self.name, 300);
        if self.time_zone.parse::<Tz>().is_err() {
            faults.add("/time_zone", "invalid_time_zone");
        }
        if !is_language_tag(&self.locale) {
            faults.add("/locale", "invalid_locale");
        }
    }
}

/// Whether a text has the form of a language tag (BCP 47, RFC 5646 section 2.1); the registry is not asked.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let private = first.eq_ignore_ascii_case("x");
    let language = (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let mut rest = parts.peekable();
    tag.len() <= 35
        && (language || (private && rest.peek().is_some()))
        && rest.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Country {
    #[serde(flatten)]
    pub fields: CountryInput,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Country {
    pub fn input(&self) -> CountryInput {
        self.fields.clone()
    }
}

crate::text_enum! {
    /// Why a day does not count as a working day.
    DayKind {
        /// A public holiday.
        Holiday = "holiday",
        /// A day declared non-working (Peru's «día no laborable»).
        NonWorking = "non_working",
    }
}

/// A day on which a country, or a part of it, does not work.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CalendarDay {
    /// The day.
    #[schema(examples("2023-09-18"))]
    pub date: NaiveDate,
    /// What the day is called.
    #[schema(examples("Independencia Nacional"), max_length = 300)]
    pub name: String,
    /// Why it does not count as a working day.
    #[schema(examples("holiday"))]
    pub kind: DayKind,
    /// The only part of the country that it holds for; none: the whole country.
    #[deserr(default)]
    #[schema(examples("Arica y Parinacota"), max_length = 200)]
    pub territory: Option<String>,
}

impl Input for CalendarDay {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 300);
        faults.opt_text("/territory", self.territory.as_ref(), 200);
    }
}

/// A calendar is at most this many days: some decades of a country with territorial holidays.
pub const CALENDAR_LIMIT: usize = 3000;

/// Rules of the list as a whole: its length, and no entry twice.
pub fn check_calendar(days: &[CalendarDay], faults: &mut Faults) {
    faults.items("", days.len(), CALENDAR_LIMIT);
    let mut seen = std::collections::HashSet::new();
    for (n, day) in days.iter().enumerate() {
        if !seen.insert((day.date, &day.name, &day.territory)) {
            faults.add(format!("/{n}"), "duplicate");
        }
    }
}

crate::nothing_restricted!(Country, CalendarDay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_any_language_tag() {
        for tag in ["es", "es-CL", "qu-PE", "zh-Hant-TW", "es-419", "x-andino", "de-CH-1901"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "e", "es_CL", "es-", "-CL", "español", "x", "es-abcdefghi", "12"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
