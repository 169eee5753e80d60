//! The fields of a web form, and the JSON value that they become.
//!
//! The name of a field is the JSON Pointer of its value in the API's body, without the first slash:
//! `assignments/0/institution_id`. A name that is repeated is a list. A form becomes a JSON value that is read by the same
//! `Input` as the body of the API, so there is one validation.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use crate::text::typed_number;

/// Names that belong to the form itself and not to the record.
const CONTROLS: &[&str] = &[
    "form_id",
    "etag",
    "add",
    "remove",
    "up",
    "down",
    "all",
    "understood",
    "next",
    "page",
    "back",
    "preview",
    "discard",
    "suggestion",
];

/// The prefix of the fields that state the meaning of a date in words as it was shown to the person.
const UNDERSTOOD: &str = "understood/";

/// Returns the name of the field that states the shown meaning of a date.
pub fn understood_name(name: &str) -> String {
    format!("{UNDERSTOOD}{name}")
}

/// The day that a date in words becomes in a field that takes a day and no month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOf {
    /// The first day that it can mean: a period begins.
    First,
    /// The last day that it can mean: a period ends.
    Last,
    /// None: only a day is understood.
    Only,
}

/// The dates of a form that take a day, by name; `*` is the index of a row.
pub type DayFields = &'static [(&'static str, DayOf)];

/// Returns the day that a field takes; None for a field that takes a month or a year too.
pub fn day_of(days: DayFields, name: &str) -> Option<DayOf> {
    days.iter().find(|(own, _)| matches(&[*own], name)).map(|(_, day)| *day)
}

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, String)>);

/// The kinds of the fields of a form; `*` is the index of a row. All other fields are texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Lists of texts: fields that are repeated, or check boxes of one name.
    pub lists: &'static [&'static str],
    /// Numbers.
    pub numbers: &'static [&'static str],
    /// Check boxes with the value `true`; without a mark, false.
    pub flags: &'static [&'static str],
    /// Dates in people's words.
    pub dates: &'static [&'static str],
    /// Repeated rows: the name of the group (empty when the body is a list), and the fields without which a row is
    /// left out. A row with a file or an address and without a title gets their name as its title.
    pub rows: &'static [(&'static str, &'static [&'static str])],
    /// Fields of the form that are not sent to the API's body.
    pub ignored: &'static [&'static str],
}

impl Shape {
    /// Returns true if a field is a date in people's words.
    pub fn is_date(&self, name: &str) -> bool {
        matches(self.dates, name)
    }
}

impl Fields {
    /// Reads `name=value&…`. Line breaks of browsers become `\n`.
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).map(|(name, value)| (name.into_owned(), unix_lines(&value))).collect())
    }

    /// Returns the fields that a record fills: its fields as the API shows them.
    pub fn of(record: &impl Serialize) -> Self {
        let mut fields = Self::default();
        if let Ok(value) = serde_json::to_value(record) {
            flatten(&value, "", &mut fields);
        }
        fields
    }

    /// Returns the first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns every value of a repeated field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Adds a value.
    pub fn push(&mut self, name: impl Into<String>, value: impl ToString) {
        self.0.push((name.into(), value.to_string()));
    }

    /// Sets the only value of a field.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.remove(name);
        self.push(name, value);
    }

    /// Returns the same fields with another one.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.set(name, value);
        self
    }

    /// Removes a field.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| own != name);
    }

    /// Keeps the fields whose name satisfies a condition.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    /// Returns the number of rows of a group: one more than the largest index.
    pub fn rows(&self, group: &str) -> usize {
        self.0.iter().filter_map(|(name, _)| row_of(name, group)).map(|(row, _)| row + 1).max().unwrap_or(0)
    }

    /// Returns the dates whose shown meaning is sent with them: the name of each field and the meaning.
    pub fn understood(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, meaning)| Some((name.strip_prefix(UNDERSTOOD)?, meaning.as_str())))
    }

    /// Removes a row of a group; the rows after it move up, with the shown meaning of their dates.
    pub fn remove_row(&mut self, group: &str, row: usize) {
        self.renumber(group, |own| match own.cmp(&row) {
            Ordering::Less => Some(own),
            Ordering::Equal => None,
            Ordering::Greater => Some(own - 1),
        });
    }

    /// Gives each row of a group another number, or removes it. The shown meaning of a date stays with its row.
    fn renumber(&mut self, group: &str, number: impl Fn(usize) -> Option<usize>) {
        let renamed = |name: &str| -> Option<String> {
            let Some((row, rest)) = row_of(name, group) else { return Some(name.to_owned()) };
            number(row).map(|row| row_name(group, row, rest))
        };
        let fields = std::mem::take(&mut self.0);
        let kept = fields.into_iter().filter_map(|(name, value)| {
            let name = match name.strip_prefix(UNDERSTOOD) {
                Some(date) => understood_name(&renamed(date)?),
                None => renamed(&name)?,
            };
            Some((name, value))
        });
        self.0 = kept.collect();
    }

    /// Adds an empty row to a group. The field `new` of the row makes the form show it.
    pub fn add_row(&mut self, group: &str) {
        let row = self.rows(group).max(1);
        self.push(row_name(group, row, "new"), "");
    }

    /// Exchanges two rows of a group.
    pub fn swap_rows(&mut self, group: &str, one: usize, two: usize) {
        self.renumber(group, |row| match row {
            row if row == one => Some(two),
            row if row == two => Some(one),
            row => Some(row),
        });
    }

    /// Returns the fields that belong to the record, without those of the form itself.
    pub fn of_record(&self) -> Self {
        let own = |name: &str| !CONTROLS.contains(&name.split('/').next().unwrap_or(name));
        Self(self.0.iter().filter(|(name, _)| own(name)).cloned().collect())
    }

    /// Removes the rows of every group that lack a field which a row needs, and numbers the others from 0. Returns, for
    /// a body that is a list, the number that each row had.
    pub fn normalize(&mut self, shape: &Shape) -> Vec<usize> {
        let mut kept_rows = Vec::new();
        for (group, needed) in shape.rows {
            let kept = self.filled_rows(group, needed);
            for row in (0..self.rows(group)).rev().filter(|row| !kept.contains(row)) {
                self.remove_row(group, row);
            }
            if group.is_empty() {
                kept_rows = kept;
            }
        }
        for (group, _) in shape.rows.iter().filter(|(_, needed)| needed.contains(&"file_id")) {
            self.name_documents(group);
        }
        kept_rows
    }

    /// Gives the rows of documents without a title the name of their file, or their address.
    fn name_documents(&mut self, group: &str) {
        for row in 0..self.rows(group) {
            let value =
                |part: &str| self.get(&row_name(group, row, part)).map(str::trim).filter(|text| !text.is_empty());
            let name = value("file_name").or_else(|| value("url")).map(str::to_owned);
            if let Some(name) = name.filter(|_| value("title").is_none()) {
                self.set(&row_name(group, row, "title"), name);
            }
        }
    }

    /// Returns the rows of a group that have a field which a row needs.
    pub fn filled_rows(&self, group: &str, needed: &[&str]) -> Vec<usize> {
        let has = |row: usize, part: &str| {
            self.get(&row_name(group, row, part)).is_some_and(|value| !value.trim().is_empty())
        };
        (0..self.rows(group)).filter(|row| needed.iter().any(|part| has(*row, part))).collect()
    }

    /// Returns the JSON value that the fields become. Empty fields are left out.
    pub fn to_json(&self, shape: &Shape) -> Value {
        let is_list = shape.rows.iter().any(|(group, _)| group.is_empty());
        let mut root = if is_list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
        // Rows grow in their order, also when a field of an earlier row was added later.
        let mut own = self.of_record().0;
        own.sort_by_key(|(name, _)| shape.rows.iter().find_map(|(group, _)| row_of(name, group)).map(|(row, _)| row));
        for (name, value) in &own {
            if value.trim().is_empty() || matches(shape.ignored, name) {
                continue;
            }
            if matches(shape.lists, name) {
                insert(&mut root, &format!("{name}/-"), Value::from(value.as_str()));
            } else {
                insert(&mut root, name, typed(shape, name, value));
            }
        }
        root
    }
}

/// Returns the value of a field as its kind of JSON. A number that cannot be read, or that may have separators of
/// thousands, stays a text, whose fault the API explains.
fn typed(shape: &Shape, name: &str, value: &str) -> Value {
    if matches(shape.flags, name) {
        return Value::Bool(value == "true");
    }
    if matches(shape.numbers, name) {
        let typed = typed_number(value);
        let number = typed.and_then(|plain| match plain.parse::<i64>() {
            Ok(whole) => Some(Number::from(whole)),
            Err(_) => plain.parse().ok().and_then(Number::from_f64),
        });
        if let Some(number) = number {
            return Value::Number(number);
        }
    }
    Value::from(value)
}

/// Returns true if a name is in a list of names where `*` is any part.
fn matches(patterns: &[&str], name: &str) -> bool {
    patterns.iter().any(|pattern| {
        let (mut wanted, mut parts) = (pattern.split('/'), name.split('/'));
        loop {
            match (wanted.next(), parts.next()) {
                (None, None) => return true,
                (Some("*"), Some(_)) => {}
                (Some(want), Some(part)) if want == part => {}
                _ => return false,
            }
        }
    })
}

/// The largest index of a row that is read.
const MOST_ROWS: usize = 2_000;

/// Returns the index of the row that a field belongs to, and its name within the row.
fn row_of<'a>(name: &'a str, group: &str) -> Option<(usize, &'a str)> {
    let rest = if group.is_empty() { name } else { name.strip_prefix(group)?.strip_prefix('/')? };
    let (row, part) = rest.split_once('/')?;
    let row: usize = row.parse().ok()?;
    (row < MOST_ROWS).then_some((row, part))
}

fn row_name(group: &str, row: usize, part: &str) -> String {
    if group.is_empty() { format!("{row}/{part}") } else { format!("{group}/{row}/{part}") }
}

/// Puts a value at the place that a name names; `-` adds to a list.
fn insert(root: &mut Value, name: &str, value: Value) {
    let mut at = root;
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        let empty = match parts.peek() {
            None => Value::Null,
            Some(next) if *next == "-" || next.parse::<usize>().is_ok() => Value::Array(Vec::new()),
            Some(_) => Value::Object(Map::new()),
        };
        at = match at {
            Value::Array(items) => {
                let index = if part == "-" { items.len() } else { part.parse().unwrap_or(MOST_ROWS).min(items.len()) };
                if index == items.len() {
                    items.push(empty);
                }
                match items.get_mut(index) {
                    Some(item) => item,
                    None => return,
                }
            }
            Value::Object(fields) => fields.entry(part).or_insert(empty),
            _ => return,
        };
    }
    *at = value;
}

fn flatten(value: &Value, at: &str, fields: &mut Fields) {
    let join = |part: &str| if at.is_empty() { part.to_owned() } else { format!("{at}/{part}") };
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(name, value)| flatten(value, &join(name), fields)),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                match item {
                    Value::Object(_) | Value::Array(_) => flatten(item, &join(&n.to_string()), fields),
                    scalar => flatten(scalar, at, fields),
                }
            }
        }
        Value::Bool(false) => {}
        Value::String(text) => fields.push(at, text),
        other => fields.push(at, other),
    }
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SHAPE: Shape = Shape {
        lists: &["commission_ids"],
        numbers: &["assignments/*/target/value"],
        flags: &["restricted"],
        dates: &[],
        rows: &[("assignments", &["institution_id"])],
        ignored: &["search"],
    };

    fn fields(text: &str) -> Fields {
        Fields::parse(text.as_bytes())
    }

    #[test]
    fn a_form_becomes_the_body_of_the_api() {
        let mut sent = fields(
            "form_id=x&text=Uno%0D%0Ados&commission_ids=a&commission_ids=b&restricted=true&search=zzz&due=\
             &assignments/0/institution_id=&assignments/0/role=lead&assignments/1/institution_id=i\
             &assignments/1/target/value=2",
        );
        sent.normalize(&SHAPE);
        let body = json!({"text": "Uno\ndos", "commission_ids": ["a", "b"], "restricted": true,
            "assignments": [{"institution_id": "i", "target": {"value": 2}}]});
        assert_eq!(sent.to_json(&SHAPE), body);
        assert_eq!(Fields::of(&body).to_json(&SHAPE), body);
    }

    #[test]
    fn a_list_without_values_is_left_out_and_a_bad_number_stays_as_typed() {
        let sent = fields("assignments/0/target/value=dos");
        assert_eq!(sent.to_json(&SHAPE), json!({"assignments": [{"target": {"value": "dos"}}]}));
    }

    #[test]
    fn a_field_that_is_added_later_stays_in_its_row() {
        let sent = fields("assignments/1/role=lead&assignments/0/institution_id=a&assignments/1/institution_id=b");
        let rows = json!({"assignments": [{"institution_id": "a"}, {"institution_id": "b", "role": "lead"}]});
        assert_eq!(sent.to_json(&SHAPE), rows);
    }

    #[test]
    fn rows_of_a_list_keep_the_numbers_that_they_had() {
        let shape = Shape { rows: &[("", &["status"])], ..Shape::default() };
        let mut sent =
            fields("0/institution_id=a&1/institution_id=b&1/status=present&2/institution_id=c&2/status=absent");
        assert_eq!(sent.normalize(&shape), [1, 2]);
        let rows = json!([{"institution_id": "b", "status": "present"}, {"institution_id": "c", "status": "absent"}]);
        assert_eq!(sent.to_json(&shape), rows);
    }

    #[test]
    fn rows_of_a_list_change_places_and_are_added() {
        let mut sent = fields("0/title=a&1/title=b&1/kind=k");
        sent.swap_rows("", 1, 0);
        assert_eq!(sent, fields("1/title=a&0/title=b&0/kind=k"));
        sent.add_row("");
        assert_eq!((sent.rows(""), sent.get("2/new")), (3, Some("")));
    }

    #[test]
    fn the_shown_meaning_of_a_date_stays_with_its_row() {
        let sent = "0/day=a&understood/0/day=A&1/day=b&understood/1/day=B&2/day=c&understood/2/day=C";
        let mut removed = fields(sent);
        removed.remove_row("", 1);
        assert_eq!(removed, fields("0/day=a&understood/0/day=A&1/day=c&understood/1/day=C"));
        let mut swapped = fields(sent);
        swapped.swap_rows("", 1, 2);
        let expected = "0/day=a&understood/0/day=A&2/day=b&understood/2/day=B&1/day=c&understood/1/day=C";
        assert_eq!(swapped, fields(expected));
        assert_eq!(swapped.understood().collect::<Vec<_>>(), [("0/day", "A"), ("2/day", "B"), ("1/day", "C")]);
    }

    #[test]
    fn documents_without_a_title_are_named_after_their_file_or_address() {
        let shape = Shape { rows: &[("evidence", &["title", "url", "file_id"])], ..Shape::default() };
        let mut sent = fields(
            "evidence/0/title=Acta&evidence/0/url=https://a.example&evidence/1/title=&evidence/1/url=https://b.example\
             &evidence/2/file_id=1&evidence/2/file_name=lista.pdf&evidence/3/kind=documento",
        );
        sent.normalize(&shape);
        let title = |row: usize| sent.get(&row_name("evidence", row, "title"));
        assert_eq!([0, 1, 2, 3].map(title), [Some("Acta"), Some("https://b.example"), Some("lista.pdf"), None]);
    }

    #[test]
    fn a_removed_row_leaves_no_gap() {
        let mut sent = fields("evidence/0/title=a&evidence/1/title=b&evidence/2/title=c&note=n");
        sent.remove_row("evidence", 1);
        assert_eq!(sent, fields("evidence/0/title=a&evidence/1/title=c&note=n"));
        assert_eq!(sent.rows("evidence"), 2);
    }
}
