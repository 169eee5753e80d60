//! What memberships and delegates have in common: they are an institution's, for a period.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::db::InstitutionId;
use crate::error::Result;
use crate::http::Paging;

/// Filters of their lists.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Only those of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those of this day.
    #[param(example = "2023-08-22")]
    #[serde(default, deserialize_with = "crate::dates::query_day")]
    on: Option<NaiveDate>,
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// What a list is narrowed by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub institution_id: Option<InstitutionId>,
    pub on: Option<NaiveDate>,
}

impl ListQuery {
    pub fn read<Id: DeserializeOwned>(self) -> Result<(Filter, Paging<Id>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?;
        Ok((Filter { institution_id: self.institution_id, on: self.on }, paging))
    }
}
