//! Keyset pages: page 2,000 costs no more than page 1.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::db::{Countable, Db};
use crate::error::{Error, Result};

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The records of the page, in the stable order of the list.
    pub items: Vec<T>,
    /// The value of `cursor` for the next page; null on the last page.
    #[schema(examples("WyIwMTkwYTZmMC01YzFlLTdhM2ItOWQyZS0yZjFjM2I0YTVkNmUiXQ"))]
    pub next_cursor: Option<String>,
    /// The number of records in the whole list, at most 10,000; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples(42), minimum = 0, maximum = 10000)]
    pub total: Option<i64>,
    /// False when the list has more records than `total`; only with `count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples(true))]
    pub total_is_exact: Option<bool>,
}

/// The largest number of records that a list counts.
const MOST_COUNTED: i64 = 10_000;

impl<T> Page<T> {
    /// Makes a page of the loaded rows, which are one more than the limit if there is a next page.
    pub fn cut<K: Serialize>(mut rows: Vec<T>, paging: &Paging<K>, key: impl Fn(&T) -> K) -> Self {
        let limit = usize::try_from(paging.limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(|row| Cursor(key(row)).encode()) } else { None };
        Self { items: rows, next_cursor, total: None, total_is_exact: None }
    }

    /// Makes the only page of a list.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None, total: None, total_is_exact: None }
    }

    /// Adds the number of records in the whole list; None when the query did not ask for it.
    pub fn counted(self, total: Option<Total>) -> Self {
        Self { total: total.map(|total| total.number), total_is_exact: total.map(|total| total.is_exact), ..self }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let Self { items, next_cursor, total, total_is_exact } = self;
        Page { items: items.into_iter().map(f).collect(), next_cursor, total, total_is_exact }
    }

    /// Makes the records of the page from its rows, all at once.
    pub fn complete<U>(self, f: impl FnOnce(Vec<T>) -> Result<Vec<U>>) -> Result<Page<U>> {
        let Self { items, next_cursor, total, total_is_exact } = self;
        Ok(Page { items: f(items)?, next_cursor, total, total_is_exact })
    }
}

impl<T: RestrictedContent> RestrictedContent for Page<T> {
    fn restricted(&self, found: &mut RestrictedRecords) {
        self.items.restricted(found);
    }
}

/// The query of a list without filters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// The number of records, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

impl PageQuery {
    /// Returns the part of the list to load; 400 when the query is malformed.
    pub fn paging<K: DeserializeOwned>(&self) -> Result<Paging<K>> {
        Ok(Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count))
    }
}

/// The end of a page: the sort key of its last record.
#[derive(Debug, Clone, Deserialize)]
pub struct Cursor<K>(pub K);

impl<K: Serialize> Cursor<K> {
    fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }
}

/// A part of a list: `limit` records after the key `after`.
#[derive(Debug, Clone)]
pub struct Paging<K> {
    pub limit: i64,
    pub after: Option<K>,
    /// The largest number to which the records of the whole list are counted; None when they are not counted.
    count_to: Option<i64>,
}

/// The number of records in a whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    number: i64,
    /// False when the list has more records.
    is_exact: bool,
}

impl Total {
    /// Makes the total of the records that were found, of which a list states at most `most`.
    fn of(found: i64, most: i64) -> Self {
        Self { number: found.min(most), is_exact: found <= most }
    }
}

impl<K: DeserializeOwned> Paging<K> {
    /// Reads `limit` (1 to 200, default 50) and `cursor`; 400 when either is malformed.
    pub fn read(limit: Option<i64>, cursor: Option<&str>) -> Result<Self> {
        let limit = limit.unwrap_or(50);
        if !(1..=200).contains(&limit) {
            return Err(Error::bad_value("limit", limit));
        }
        let after = cursor.map(decode).transpose()?;
        Ok(Self { limit, after, count_to: None })
    }
}

impl<K> Paging<K> {
    /// Makes the first part of a list, which is not counted.
    pub fn first(limit: i64) -> Self {
        Self { limit, after: None, count_to: None }
    }

    /// Returns the same part of the list, with the parameter `count` of the query.
    pub fn counting(self, count: Option<bool>) -> Self {
        if count == Some(true) { self.counting_to(MOST_COUNTED) } else { self }
    }

    /// Returns the same part of a list whose records are counted, up to this number.
    pub fn counting_to(self, most: i64) -> Self {
        Self { count_to: Some(most), ..self }
    }

    /// Counts the rows of a query without its page, when that is asked for: at most one more than the list states.
    pub fn count(&self, conn: &mut Db, query: &impl Countable) -> Result<Option<Total>> {
        let Some(most) = self.count_to else { return Ok(None) };
        Ok(Some(Total::of(query.count_rows(conn, most + 1)?, most)))
    }

    /// Returns the number of the records of a list that is in memory, when that is asked for.
    pub fn count_of<T>(&self, all: &[T]) -> Option<Total> {
        self.count_to.map(|most| Total::of(i64::try_from(all.len()).unwrap_or(i64::MAX), most))
    }

    /// Returns the number of rows to load: one more than the page, to detect a next page.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }
}

/// The maximum length of a cursor: the longest sort key is a name or a path of a few hundred characters.
const LONGEST_CURSOR: usize = 4096;

fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K> {
    let read = || {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let value: Value = serde_json::from_slice(&bytes).ok()?;
        can_be_stored(&value).then(|| serde_json::from_value(value).ok())?
    };
    let short = cursor.len() <= LONGEST_CURSOR;
    short.then(read).flatten().ok_or_else(|| Error::bad_value("cursor", cursor))
}

/// Returns true if both databases can compare with the value: it has no null character, and no day before year 0 or
/// after 9999.
fn can_be_stored(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.contains('\0') && year_of(text).is_none_or(|year| (0..=9999).contains(&year)),
        Value::Array(items) => items.iter().all(can_be_stored),
        Value::Object(fields) => fields.values().all(can_be_stored),
        _ => true,
    }
}

/// Returns the year of a text that is a day or a moment.
fn year_of(text: &str) -> Option<i32> {
    let day = text.parse::<NaiveDate>().ok();
    let moment = || text.parse::<NaiveDateTime>().ok().map(|moment| moment.date());
    let instant = || text.parse::<DateTime<Utc>>().ok().map(|instant| instant.date_naive());
    day.or_else(moment).or_else(instant).map(|day| day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(json: &str) -> String {
        URL_SAFE_NO_PAD.encode(json)
    }

    #[test]
    fn the_value_of_a_cursor_is_checked_and_not_its_spelling() {
        for json in [
            r#"["\u002d262143-01-01", 1]"#,
            r#"["-0001-01-01", 1]"#,
            r#"["+10000-01-01", 1]"#,
            r#"["\u002b262142-12-31", 1]"#,
            r#"["-0001-01-01T00:00:00Z", 1]"#,
            r#"["+10000-01-01T00:00:00", 1]"#,
            r#"["Z\u0000", 1]"#,
            r#"["\u0000", 1]"#,
        ] {
            assert!(decode::<(String, i32)>(&cursor(json)).is_err(), "{json}");
        }
    }

    #[test]
    fn a_cursor_of_a_record_is_read_whatever_its_name() {
        for json in [r#"["-5 grados", 1]"#, r#"["+56 2", 1]"#, r#"["2023-09-01", 1]"#, r#"["ñandú", 1]"#] {
            assert!(decode::<(String, i32)>(&cursor(json)).is_ok(), "{json}");
        }
    }

    #[test]
    fn a_count_states_at_most_ten_thousand_and_says_when_there_are_more() {
        let page = || Page::whole(vec![1, 2]);
        let uncounted = page().counted(None);
        assert_eq!((uncounted.total, uncounted.total_is_exact), (None, None));
        for (found, total, is_exact) in [(2, 2, true), (10_000, 10_000, true), (10_001, 10_000, false)] {
            let counted = page().counted(Some(Total::of(found, MOST_COUNTED)));
            assert_eq!((counted.total, counted.total_is_exact), (Some(total), Some(is_exact)));
        }
    }

    #[test]
    fn a_part_of_a_list_counts_up_to_its_own_number() {
        let paging = Paging::<i32>::first(50);
        assert_eq!(paging.count_of(&[1, 2]), None);
        let paging = paging.counting_to(3);
        assert_eq!(paging.count_of(&[1, 2, 3]), Some(Total { number: 3, is_exact: true }));
        assert_eq!(paging.count_of(&[1, 2, 3, 4]), Some(Total { number: 3, is_exact: false }));
    }

    #[test]
    fn a_cursor_has_a_longest_length() {
        let long = cursor(&format!(r#"["{}", 1]"#, "x".repeat(4000)));
        assert!(decode::<(String, i32)>(&long).is_err());
    }
}
