//! How many must do their part, and how much of it.

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::error::{Faults, parse_choice};

/// When a commitment counts as completed: when all, any, or at least so many of its institutions have done their part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionRule {
    All,
    Any,
    AtLeast(i32),
}

impl CompletionRule {
    /// How many accepted completions it takes of so many live assignments; capped at their number.
    pub fn needed(self, live: usize) -> usize {
        match self {
            Self::All => live,
            Self::Any => live.min(1),
            Self::AtLeast(count) => live.min(usize::try_from(count).unwrap_or(1)),
        }
    }

    pub(super) fn check(self, faults: &mut Faults) {
        if let Self::AtLeast(count) = self {
            faults.within("/completion_rule/at_least", count, 1, 500);
        }
    }
}

crate::text_enum! {
    /// The rules that are one word.
    Word { All = "all", Any = "any" }
}

#[derive(Debug, Deserr, Serialize, Deserialize)]
#[deserr(error = Faults, deny_unknown_fields)]
struct AtLeast {
    at_least: i32,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Word(Word),
    AtLeast(AtLeast),
}

impl From<CompletionRule> for Written {
    fn from(rule: CompletionRule) -> Self {
        match rule {
            CompletionRule::All => Self::Word(Word::All),
            CompletionRule::Any => Self::Word(Word::Any),
            CompletionRule::AtLeast(at_least) => Self::AtLeast(AtLeast { at_least }),
        }
    }
}

impl From<Written> for CompletionRule {
    fn from(written: Written) -> Self {
        match written {
            Written::Word(Word::All) => Self::All,
            Written::Word(Word::Any) => Self::Any,
            Written::AtLeast(AtLeast { at_least }) => Self::AtLeast(at_least),
        }
    }
}

impl Serialize for CompletionRule {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Written::from(*self).serialize(to)
    }
}

impl<'de> Deserialize<'de> for CompletionRule {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Written::deserialize(from).map(Self::from)
    }
}

impl Deserr<Faults> for CompletionRule {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        match value {
            map @ Value::Map(_) => AtLeast::deserialize_from_value(map, at).map(|rule| Self::AtLeast(rule.at_least)),
            other => parse_choice::<V, Word>(other, at, &["all", "any", "{\"at_least\": n}"])
                .map(|word| Written::Word(word).into()),
        }
    }
}

impl utoipa::PartialSchema for CompletionRule {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
        let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["all", "any"]));
        let count = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(500))
            .description(Some("How many institutions."))
            .examples([3]);
        let at_least = ObjectBuilder::new().schema_type(Type::Object).property("at_least", count).required("at_least");
        OneOfBuilder::new()
            .item(words)
            .item(at_least)
            .description(Some("How many institutions must have done their part; `at_least` is capped at their number."))
            .examples(["all"])
            .into()
    }
}

impl ToSchema for CompletionRule {}

/// A measured amount; written without a fraction when it has none.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub f64);

impl Quantity {
    pub(super) fn check(self, pointer: &str, faults: &mut Faults) {
        faults.within(pointer, self.0, 0.0, 1e15);
    }
}

impl Serialize for Quantity {
    #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            to.serialize_i64(self.0 as i64)
        } else {
            to.serialize_f64(self.0)
        }
    }
}

impl Deserr<Faults> for Quantity {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
        f64::deserialize_from_value(value, at).map(Self)
    }
}

impl utoipa::PartialSchema for Quantity {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::Number)
            .minimum(Some(0))
            .examples([26])
            .into()
    }
}

impl ToSchema for Quantity {}
