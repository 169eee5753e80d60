//! The faults of a body, each with its place; limits of texts, lists and numbers; readers of values.

use std::collections::HashSet;
use std::ops::ControlFlow;

use deserr::{DeserializeError, ErrorKind, IntoValue, MergeWithError, Value, ValueKind, ValuePointerRef};

use super::{Args, Code, Result};
use crate::clock::Instant;
use crate::dates::PartialDate;
use crate::text::is_deceptive;

/// One fault of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// JSON Pointer into the body.
    pub pointer: String,
    pub code: &'static str,
    pub args: Args,
    /// True for a fault that was found by comparing two fields. It is not reported while one of the fields may have a
    /// placeholder value.
    pub comparing: bool,
}

impl Fault {
    pub fn new(pointer: impl Into<String>, code: &'static str, args: Args) -> Self {
        Self { pointer: pointer.into(), code, args, comparing: false }
    }

    /// Returns true for a fault of a record that contradicts itself.
    pub fn is_contradiction(&self) -> bool {
        self.code == Code::Contradictory.as_str()
    }

    /// Returns true for a fault of single characters of a text, which an earlier version of the program accepted.
    pub fn is_of_characters(&self) -> bool {
        ["hidden_characters", "not_one_line"].contains(&self.code)
    }

    /// Returns a named value of its sentence.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(arg, _)| *arg == name).map(|(_, value)| value.as_str())
    }
}

/// All faults of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    pub list: Vec<Fault>,
    /// Places that could not be read and have placeholder values now: no more faults are reported for them.
    pub unread: HashSet<String>,
}

impl Faults {
    pub fn one(pointer: impl Into<String>, code: &'static str) -> Self {
        let mut faults = Self::default();
        faults.add(pointer, code);
        faults
    }

    pub fn add(&mut self, pointer: impl Into<String>, code: &'static str) {
        self.add_with(pointer, code, Vec::new());
    }

    pub fn add_with(&mut self, pointer: impl Into<String>, code: &'static str, args: Args) {
        self.push(Fault::new(pointer, code, args));
    }

    /// Adds a fault that was found by comparing two fields.
    pub fn add_comparison(&mut self, pointer: impl Into<String>, code: &'static str, args: Args) {
        self.push(Fault { comparing: true, ..Fault::new(pointer, code, args) });
    }

    fn push(&mut self, fault: Fault) {
        if !self.is_unread(&fault.pointer) {
            self.list.push(fault);
        }
    }

    /// Returns true when the place, or a place that contains it, could not be read.
    pub fn is_unread(&self, pointer: &str) -> bool {
        let mut ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
        !self.unread.is_empty() && ends.any(|end| self.unread.contains(pointer.split_at(end).0))
    }

    /// Adds the faults that are not listed yet.
    pub fn join(&mut self, more: Vec<Fault>) {
        for fault in more {
            if !self.list.contains(&fault) {
                self.push(fault);
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Removes the contradictions from the faults and returns them.
    pub fn take_contradictions(&mut self) -> Vec<Fault> {
        self.list.extract_if(.., |fault| fault.is_contradiction()).collect()
    }

    /// Returns `Err` with every fault, or `Ok`.
    pub fn into_result(self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(self.into()) }
    }

    /// Checks a required text: not blank, at most `max` characters, and without characters that make it look different
    /// from what it is; tabs and line breaks are allowed.
    pub fn text(&mut self, pointer: &str, text: &str, max: usize) {
        self.length(pointer, text, max);
        if text.chars().any(|c| is_deceptive(c) && !['\t', '\n', '\r'].contains(&c)) {
            self.add(pointer, "hidden_characters");
        }
    }

    /// Checks a password or a token: not empty, and at most `max` characters. Everything else that may be chosen may be
    /// sent.
    pub fn secret(&mut self, pointer: &str, secret: &str, max: usize) {
        if secret.is_empty() {
            self.add(pointer, "blank");
        }
        self.at_most(pointer, secret, max);
    }

    fn length(&mut self, pointer: &str, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.add(pointer, "blank");
        }
        self.at_most(pointer, text, max);
    }

    /// Checks an optional text: the same limits when it is present.
    pub fn opt_text(&mut self, pointer: &str, text: Option<&String>, max: usize) {
        if let Some(text) = text {
            self.text(pointer, text, max);
        }
    }

    /// Checks a required text of one line, such as a name: the same limits, and no line breaks or other control
    /// characters.
    pub fn line(&mut self, pointer: &str, text: &str, max: usize) {
        self.length(pointer, text, max);
        if text.chars().any(|c| c.is_control() || ['\u{2028}', '\u{2029}'].contains(&c)) {
            self.add(pointer, "not_one_line");
        } else if text.chars().any(is_deceptive) {
            self.add(pointer, "hidden_characters");
        }
    }

    /// Checks an optional text of one line: the same limits when it is present.
    pub fn opt_line(&mut self, pointer: &str, text: Option<&String>, max: usize) {
        if let Some(text) = text {
            self.line(pointer, text, max);
        }
    }

    fn at_most(&mut self, pointer: &str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.add_with(pointer, "too_long", vec![("max", max.to_string())]);
        }
    }

    /// Checks the length of a list: at most `max` entries.
    pub fn items(&mut self, pointer: &str, count: usize, max: usize) {
        if count > max {
            self.add_with(pointer, "too_many", vec![("max", max.to_string())]);
        }
    }

    /// Checks a list of ids: at most `max`, none twice.
    pub fn distinct<T: PartialEq>(&mut self, pointer: &str, ids: &[T], max: usize) {
        self.items(pointer, ids.len(), max);
        if ids.len() > max {
            return;
        }
        for (n, id) in ids.iter().enumerate() {
            if ids.iter().take(n).any(|other| other == id) {
                self.add(format!("{pointer}/{n}"), "duplicate");
            }
        }
    }

    /// Checks that a number is within limits.
    pub fn within<N: PartialOrd + ToString>(&mut self, pointer: &str, value: N, min: N, max: N) {
        if value < min || value > max {
            let args = vec![("min", min.to_string()), ("max", max.to_string())];
            self.add_comparison(pointer, "out_of_range", args);
        }
    }

    /// Checks a web address: `http` or `https`, at most 2,000 characters.
    pub fn url(&mut self, pointer: &str, url: Option<&String>) {
        let Some(url) = url else { return };
        self.at_most(pointer, url, 2000);
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
            self.add(pointer, "invalid_url");
        }
    }

    /// Checks that `from` is not after `to`; the fault has the place of the end.
    pub fn ordered<T: PartialOrd>(&mut self, pointer: &str, from: Option<T>, to: Option<T>) {
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.contradiction(pointer, "end_before_start", Vec::new());
        }
    }

    /// Adds a fault of a record that contradicts itself. The reason selects the sentence. A dataset import only notes
    /// it and accepts the record.
    pub fn contradiction(&mut self, pointer: impl Into<String>, reason: &'static str, mut args: Args) {
        args.push(("reason", reason.to_owned()));
        self.add_comparison(pointer, Code::Contradictory.as_str(), args);
    }
}

/// Returns the JSON Pointer (RFC 6901) of a place in a body.
fn json_pointer(at: ValuePointerRef<'_>) -> String {
    match at {
        ValuePointerRef::Origin => String::new(),
        ValuePointerRef::Key { key, prev } => {
            format!("{}/{}", json_pointer(*prev), escaped(key))
        }
        ValuePointerRef::Index { index, prev } => format!("{}/{index}", json_pointer(*prev)),
    }
}

/// Escapes the name of a field for a JSON Pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl MergeWithError<Faults> for Faults {
    fn merge(all: Option<Self>, more: Self, _: ValuePointerRef<'_>) -> ControlFlow<Self, Self> {
        let mut all = all.unwrap_or_default();
        all.list.extend(more.list);
        ControlFlow::Continue(all)
    }
}

impl DeserializeError for Faults {
    fn error<V: IntoValue>(
        all: Option<Self>,
        error: ErrorKind<'_, V>,
        at: ValuePointerRef<'_>,
    ) -> ControlFlow<Self, Self> {
        let mut all = all.unwrap_or_default();
        let here = json_pointer(at);
        match error {
            ErrorKind::MissingField { field } => all.add(format!("{here}/{field}"), "required"),
            ErrorKind::UnknownKey { key, .. } => {
                all.add(json_pointer(at.push_key(key)), "unknown_field");
            }
            ErrorKind::UnknownValue { accepted, .. } => {
                all.add_with(here, "not_a_choice", vec![("allowed", accepted.join(", "))]);
            }
            ErrorKind::IncorrectValueKind { accepted, .. } => {
                let mut kinds: Vec<_> = accepted.iter().map(|kind| kind_name(*kind)).collect();
                kinds.dedup();
                all.add_with(here, "wrong_type", vec![("expected", kinds.join("/"))]);
            }
            ErrorKind::BadSequenceLen { expected, .. } => {
                all.add_with(here, "wrong_length", vec![("expected", expected.to_string())]);
            }
            ErrorKind::Unexpected { .. } => all.add(here, "invalid_number"),
        }
        ControlFlow::Continue(all)
    }
}

fn kind_name(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Null => "null",
        ValueKind::Boolean => "boolean",
        ValueKind::Integer | ValueKind::NegativeInteger => "integer",
        ValueKind::Float => "number",
        ValueKind::String => "string",
        ValueKind::Sequence => "array",
        ValueKind::Map => "object",
    }
}

/// Reads a string with `parse`; the fault is `code` when `parse` returns None.
pub fn parse_text<V: IntoValue, T>(
    value: Value<V>,
    at: ValuePointerRef<'_>,
    code: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Faults> {
    match value {
        Value::String(text) => parse(&text).ok_or_else(|| Faults::one(json_pointer(at), code)),
        actual => Err(deserr::take_cf_content(Faults::error(
            None,
            ErrorKind::IncorrectValueKind { actual, accepted: &[ValueKind::String] },
            at,
        ))),
    }
}

/// Reads one of a fixed list of codes.
pub fn parse_choice<V: IntoValue, T: std::str::FromStr>(
    value: Value<V>,
    at: ValuePointerRef<'_>,
    allowed: &[&str],
) -> Result<T, Faults> {
    parse_text(value, at, "not_a_choice", |text| text.parse().ok()).map_err(|mut faults| {
        for fault in faults.list.iter_mut().filter(|f| f.code == "not_a_choice") {
            fault.args.push(("allowed", allowed.join(", ")));
        }
        faults
    })
}

macro_rules! read_from_text {
    ($($type:ty: $code:literal, $parse:expr;)+) => {$(
        impl deserr::Deserr<Faults> for $type {
            fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef<'_>) -> Result<Self, Faults> {
                parse_text(value, at, $code, $parse)
            }
        }
    )+};
}

read_from_text! {
    chrono::NaiveDate: "invalid_date", crate::dates::parse_day;
    PartialDate: "invalid_partial_date", PartialDate::parse;
    Instant: "invalid_instant", Instant::parse;
}
