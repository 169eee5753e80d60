//! Quorum rules: the number of voting members that must be present at a meeting of a commission.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{Faults, Result, parse_text};

/// A share of the members, such as `1/2`: above zero and at most one, both numbers at most 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: i32,
    denominator: i32,
}

impl Fraction {
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| -> Option<i32> {
            let digits = (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (numerator, denominator) = text.split_once('/')?;
        let (numerator, denominator) = (number(numerator)?, number(denominator)?);
        let proper = 1 <= numerator && numerator <= denominator && denominator <= 1000;
        proper.then_some(Self { numerator, denominator })
    }

    fn floor(self, n: i32) -> i32 {
        self.share_of(n, 0)
    }

    fn ceil(self, n: i32) -> i32 {
        self.share_of(n, i64::from(self.denominator) - 1)
    }

    fn share_of(self, n: i32, round_up: i64) -> i32 {
        let share = (i64::from(n.max(0)) * i64::from(self.numerator) + round_up) / i64::from(self.denominator);
        i32::try_from(share).unwrap_or(i32::MAX)
    }
}

impl std::fmt::Display for Fraction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Fraction {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Deserr<Faults> for Fraction {
    fn deserialize_from_value<V: deserr::IntoValue>(
        value: deserr::Value<V>,
        at: deserr::ValuePointerRef<'_>,
    ) -> Result<Self, Faults> {
        parse_text(value, at, "invalid_fraction", Self::parse)
    }
}

/// The number of the voting members of the day that must be present.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct QuorumRule {
    /// The share of the voting members.
    #[schema(value_type = String, examples("1/2"), pattern = r"^\d{1,4}/\d{1,4}$")]
    pub fraction: Fraction,
    /// True if more than the share is required («more than half»), not only the share.
    #[deserr(default)]
    #[schema(examples(true), required = false)]
    pub strict: bool,
    /// The rule of the second call, if the first call failed.
    #[deserr(default)]
    pub second_call: Option<SecondCall>,
}

/// The quorum of the second call.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SecondCall {
    /// The share of the voting members.
    #[schema(value_type = String, examples("1/3"), pattern = r"^\d{1,4}/\d{1,4}$")]
    pub fraction: Fraction,
    /// The minimum number, if the share is less.
    #[deserr(default)]
    #[schema(examples(3), minimum = 0, maximum = 1000)]
    pub minimum: Option<i32>,
}

impl QuorumRule {
    /// Returns the number of members required on the first call, of `entitled` voting members: floor(n·f)+1 if strict,
    /// otherwise ceil(n·f).
    pub fn required(&self, entitled: i32) -> i32 {
        if self.strict { self.fraction.floor(entitled).saturating_add(1) } else { self.fraction.ceil(entitled) }
    }

    /// Returns the number of members required on the second call: ceil(n·f), at least the minimum; `None` if there is
    /// no second call. Only the first call is strict (Peru, Ley 27444 art. 99: more than half, then a third and at
    /// least three).
    pub fn second_call_required(&self, entitled: i32) -> Option<i32> {
        let second = self.second_call.as_ref()?;
        Some(second.fraction.ceil(entitled).max(second.minimum.unwrap_or(0)))
    }

    pub(super) fn check(&self, at: &str, faults: &mut Faults) {
        if let Some(minimum) = self.second_call.as_ref().and_then(|second| second.minimum) {
            faults.within(&format!("{at}/second_call/minimum"), minimum, 0, 1000);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(fraction: &str, strict: bool, second: Option<(&str, Option<i32>)>) -> QuorumRule {
        let second_call =
            second.map(|(fraction, minimum)| SecondCall { fraction: Fraction::parse(fraction).unwrap(), minimum });
        QuorumRule { fraction: Fraction::parse(fraction).unwrap(), strict, second_call }
    }

    #[test]
    fn more_than_half_is_one_more_than_the_half_rounded_down() {
        for (fraction, strict, entitled, required) in [
            ("1/2", true, 10, 6),
            ("1/2", true, 11, 6),
            ("1/2", false, 10, 5),
            ("1/2", false, 11, 6),
            ("2/3", false, 16, 11),
            ("1/3", false, 9, 3),
            ("1/1", false, 7, 7),
            ("1/2", true, 0, 1),
            ("1/2", false, 0, 0),
        ] {
            assert_eq!(rule(fraction, strict, None).required(entitled), required, "{fraction} {strict} of {entitled}");
        }
    }

    #[test]
    fn the_second_call_needs_a_third_and_never_fewer_than_three() {
        let peru = rule("1/2", true, Some(("1/3", Some(3))));
        for (entitled, required) in [(16, 6), (9, 3), (6, 3), (27, 9)] {
            assert_eq!(peru.second_call_required(entitled), Some(required), "of {entitled}");
        }
        assert_eq!(rule("1/2", true, None).second_call_required(9), None);
    }

    #[test]
    fn a_fraction_lies_above_zero_and_at_most_at_one() {
        for text in ["0/2", "3/2", "1/0", "1", "", "1/2/3", "-1/2", "+1/2", "1/ 2", "1/1001", "0.5", "½"] {
            assert_eq!(Fraction::parse(text), None, "{text}");
        }
        assert_eq!(Fraction::parse("2/4").unwrap().to_string(), "2/4");
    }
}
