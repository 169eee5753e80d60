//! Keyset pages: page 2,000 costs what page 1 costs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{Error, Result};

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The page's records, in the list's stable order.
    pub items: Vec<T>,
    /// Send it as `cursor` for the next page; null on the last.
    #[schema(examples("WyIwMTkwYTZmMC01YzFlLTdhM2ItOWQyZS0yZjFjM2I0YTVkNmUiXQ"))]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Cuts one record more than asked for into a page and the cursor of the next.
    pub fn cut<K: Serialize>(mut rows: Vec<T>, paging: &Paging<K>, key: impl Fn(&T) -> K) -> Self {
        let limit = paging.limit_usize();
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(|row| Cursor(key(row)).encode()) } else { None };
        Self { items: rows, next_cursor }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_cursor: self.next_cursor }
    }
}

/// The query of a list that is only paged.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

impl PageQuery {
    /// What part of the list is wanted; 400 when it is malformed.
    pub fn paging<K: DeserializeOwned>(&self) -> Result<Paging<K>> {
        Paging::read(self.limit, self.cursor.as_deref())
    }
}

/// Where the last page ended: the sort key of its last record.
#[derive(Debug, Clone, Deserialize)]
pub struct Cursor<K>(pub K);

impl<K: Serialize> Cursor<K> {
    fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&self.0).unwrap_or_default())
    }
}

/// What part of a list is wanted: `limit` records after the key `after`.
#[derive(Debug, Clone)]
pub struct Paging<K> {
    pub limit: i64,
    pub after: Option<K>,
}

impl<K: DeserializeOwned> Paging<K> {
    /// Reads `limit` (1 to 200, default 50) and `cursor`; 400 when either is malformed.
    pub fn read(limit: Option<i64>, cursor: Option<&str>) -> Result<Self> {
        let limit = limit.unwrap_or(50);
        if !(1..=200).contains(&limit) {
            return Err(Error::bad_value("limit", limit));
        }
        let after = cursor.map(decode).transpose()?;
        Ok(Self { limit, after })
    }
}

impl<K> Paging<K> {
    /// How many rows to load: one more than the page, to know whether there is a next.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }

    fn limit_usize(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(0)
    }
}

fn decode<K: DeserializeOwned>(cursor: &str) -> Result<K> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad_cursor(cursor))?;
    if bytes.windows(2).any(|pair| matches!(pair, [b'"', b'+' | b'-'])) {
        return Err(bad_cursor(cursor)); // a day before year 0 or after 9999, which no database holds
    }
    serde_json::from_slice(&bytes).map_err(|_| bad_cursor(cursor))
}

fn bad_cursor(cursor: &str) -> Error {
    Error::bad_value("cursor", cursor)
}
