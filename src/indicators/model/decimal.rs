//! Decimal numbers that stay exactly as they were entered.

use deserr::{DeserializeError, Deserr, ErrorKind, IntoValue, Value, ValueKind, ValuePointerRef, take_cf_content};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::error::Faults;

/// A number with up to six decimals and fifteen digits, between -10^12 and 10^12. Counted in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal(i64);

const ONE: i64 = 1_000_000;
const LARGEST: i64 = 1_000_000_000_000 * ONE;
const DECIMALS: usize = 6;
const DIGITS: usize = 15;

impl Decimal {
    /// Reads a number such as `-12.5`; None for every other text, and for a number that is too large or has too many digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if fraction.len() > DECIMALS || whole.len() + fraction.len() > DIGITS {
            return None;
        }
        let millionths: i64 = format!("0{whole}{fraction:0<DECIMALS$}").parse().ok()?;
        (millionths <= LARGEST).then_some(Self(sign * millionths))
    }

    pub(crate) fn of_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    pub(crate) fn millionths(self) -> i64 {
        self.0
    }

    /// Returns the sum of some numbers; None when it is too large to be kept.
    pub(crate) fn sum(numbers: impl IntoIterator<Item = Self>) -> Option<Self> {
        let sum = numbers.into_iter().try_fold(0_i64, |sum, one| sum.checked_add(one.0))?;
        (sum.abs() <= LARGEST).then_some(Self(sum))
    }

    /// Returns the nearest `f64`, for charts and spreadsheets, where the last digits do not matter.
    pub(crate) fn approximate(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }

    /// Returns the progress from `start` to `end` in whole per cent: 0 at the start, 100 at the end. None when both are the
    /// same number.
    pub(crate) fn percent_between(self, start: Self, end: Self) -> Option<i64> {
        let distance_from_start = |number: Self| i128::from(number.0) - i128::from(start.0);
        i64::try_from((distance_from_start(self) * 100).checked_div(distance_from_start(end))?).ok()
    }
}

/// Writes the number with as many decimals as it has.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) =
            (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs() % ONE.unsigned_abs());
        let fraction = format!("{fraction:06}");
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            fraction => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0 % ONE == 0 { to.serialize_i64(self.0 / ONE) } else { to.serialize_f64(self.approximate()) }
    }
}

impl Deserr<Faults> for Decimal {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        let text = match value {
            Value::Integer(number) => number.to_string(),
            Value::NegativeInteger(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            actual => {
                let accepted = &[ValueKind::Float];
                return Err(take_cf_content(Faults::error(
                    None,
                    ErrorKind::IncorrectValueKind { actual, accepted },
                    at,
                )));
            }
        };
        Self::parse(&text).ok_or_else(|| {
            let unexpected: ErrorKind<'_, V> = ErrorKind::Unexpected { msg: String::new() };
            take_cf_content(Faults::error(None, unexpected, at))
        })
    }
}

impl utoipa::PartialSchema for Decimal {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .minimum(Some(-1e12))
            .maximum(Some(1e12))
            .description(Some("A number with up to six decimals and fifteen digits."))
            .examples([serde_json::json!(63.7)])
            .into()
    }
}

impl ToSchema for Decimal {}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn a_number_is_written_as_it_was_read() {
        for text in ["0", "42", "-3.5", "63.7", "0.000001", "999999999.123456", "1000000000000"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        assert_eq!(decimal("012.30"), decimal("12.3"));
        assert_eq!(serde_json::to_string(&[decimal("42"), decimal("-63.7")]).unwrap(), "[42,-63.7]");
    }

    #[test]
    fn a_text_that_is_no_number_or_has_too_many_digits_is_refused() {
        let long = ["1.2345678", "1000000000001", "12345678901.12345"];
        for text in ["", "-", ".", "1.", "doce", "1e3", "--1", "NaN"].iter().chain(&long) {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_sum_of_decimals_is_exact() {
        assert_eq!(Decimal::sum([decimal("0.1"), decimal("0.2")]), Some(decimal("0.3")));
        assert_eq!(Decimal::sum([decimal("1000000000000"), decimal("1")]), None);
        assert_eq!(Decimal::sum([]), Some(decimal("0")));
    }

    #[test]
    fn the_progress_to_a_target_can_go_up_and_down() {
        assert_eq!(decimal("15").percent_between(decimal("10"), decimal("20")), Some(50));
        assert_eq!(decimal("8").percent_between(decimal("10"), decimal("6")), Some(50));
        assert_eq!(decimal("12").percent_between(decimal("10"), decimal("6")), Some(-50));
        assert_eq!(decimal("10").percent_between(decimal("10"), decimal("10")), None);
    }
}
