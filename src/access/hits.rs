//! Records that a search finds: each slice finds its own, the slice `search` puts them together.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::dates::PartialDate;

/// A visible record that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub id: Uuid,
    /// The record whose page shows it, when it has no page of its own.
    pub page: Option<Uuid>,
    pub code: Option<String>,
    pub title: String,
    /// The texts that are searched for the words, the most important first.
    pub texts: Vec<String>,
    pub date: Option<NaiveDate>,
    /// The same date with the precision of its source: none, one, or the first and the last of a period.
    pub dates: Vec<PartialDate>,
    pub country_code: String,
    pub restricted: bool,
}

/// The part of a list of hits to load, the newest record first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HitPaging {
    /// Only records before this one.
    pub after: Option<Uuid>,
    pub limit: i64,
    /// True when more records match than are counted.
    pub of_many: bool,
}

/// The number of hits up to which they are counted.
pub(crate) const MOST_COUNTED: usize = 1_000;

/// The number of rows that a count loads: one more than are counted, to know whether there are more.
pub(crate) const COUNTED_ROWS: i64 = 1_001;
