//! The list of duties and its filters.

use diesel::prelude::*;
use serde::Deserialize;
use utoipa::IntoParams;

use super::rows::{Row, complete};
use super::visible::{asking, of_commissions, visible};
use crate::access::Visibility;
use crate::db::schema::duties;
use crate::db::search::Words;
use crate::db::{CommissionId, Db, DutyId, InstitutionId, PlanItemId};
use crate::duties::model::{Duty, Every};
use crate::error::Result;
use crate::http::{Page, Paging};
use crate::text::fold;

/// Filters of the list.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DutyFilter {
    /// Only those of this country.
    #[param(example = "PE")]
    pub country_code: Option<String>,
    /// Only those of this commission.
    pub commission_id: Option<CommissionId>,
    /// Only those that ask this institution, or on which it reported.
    pub institution_id: Option<InstitutionId>,
    /// Only those about this item of a plan.
    pub plan_item_id: Option<PlanItemId>,
    /// Only those with periods of this length.
    #[param(example = "quarter")]
    pub every: Option<Every>,
    /// Words of the name; accents and case are ignored.
    #[param(example = "informe trimestral")]
    pub q: Option<String>,
    /// The size of a page, 1 to 200.
    #[param(example = 50)]
    pub limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    pub cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    pub count: Option<bool>,
}

/// Returns one page of the visible duties, in the order of creation.
pub(crate) fn list(
    conn: &mut Db,
    visibility: &Visibility,
    filter: &DutyFilter,
    paging: &Paging<DutyId>,
) -> Result<Page<Duty>> {
    let mut query = duties::table.select(Row::as_select()).order(duties::id).into_boxed();
    if let Some(condition) = visible(visibility) {
        query = query.filter(condition);
    }
    if let Some(code) = &filter.country_code {
        query = query.filter(duties::country_code.eq(code));
    }
    if let Some(id) = filter.commission_id {
        query = query.filter(of_commissions(&[id]));
    }
    if let Some(id) = filter.institution_id {
        query = query.filter(asking(&[id]));
    }
    if let Some(id) = filter.plan_item_id {
        query = query.filter(duties::plan_item_id.eq(id));
    }
    if let Some(every) = filter.every {
        query = query.filter(duties::every.eq(every));
    }
    if let Some(q) = &filter.q {
        query = query.filter(Words::of(conn, &fold([q.as_str()])).in_duties());
    }
    let total = paging.count(conn, &query)?;
    if let Some(after) = paging.after {
        query = query.filter(duties::id.gt(after));
    }
    let page = Page::cut(query.limit(paging.fetch()).load(conn)?, paging, |row: &Row| row.id).counted(total);
    page.complete(|rows| complete(conn, rows))
}
