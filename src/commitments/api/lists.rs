//! The list of commitments, with its filters and orders.

use std::str::FromStr;

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::Visibility;
use crate::commitments::model::{Commitment, Key, Sort, Verification};
use crate::commitments::store;
use crate::dates::query_day;
use crate::db::{AgreementId, CommissionId, InstitutionId, MeetingId, PlanItemId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging, Query};
use crate::identity::Caller;
use crate::themes::Theme;

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Only those of this status, or of any of several, separated by commas. Drafts are listed with `draft` alone.
    #[param(example = "planned,in_progress")]
    status: Option<String>,
    /// Only those that this commission follows up.
    commission_id: Option<CommissionId>,
    /// Only those with an assignment of this institution.
    institution_id: Option<InstitutionId>,
    /// Only those of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only those of this theme.
    #[param(example = "child_labour")]
    theme: Option<Theme>,
    /// Only those that come from this agreement.
    agreement_id: Option<AgreementId>,
    /// Only those that were made in this session.
    meeting_id: Option<MeetingId>,
    /// Only those whose term ends before this day.
    #[param(example = "2024-01-01")]
    #[serde(default, deserialize_with = "query_day")]
    due_before: Option<NaiveDate>,
    /// Only those whose term ends after this day.
    #[param(example = "2023-06-30")]
    #[serde(default, deserialize_with = "query_day")]
    due_after: Option<NaiveDate>,
    /// Only those that are overdue today, or (`false`) that are not; with `institution_id`, those whose part is.
    #[param(example = true)]
    overdue: Option<bool>,
    /// Only those with a part that awaits review, or (`false`) without; with `institution_id`, its part.
    #[param(example = true)]
    awaiting_review: Option<bool>,
    /// Only those with a part of this status, or of any of several, separated by commas; with `institution_id`, its part.
    #[param(example = "planned,in_progress")]
    part_status: Option<String>,
    /// Only those with a part in this state of review; with `institution_id`, its part.
    #[param(inline, example = "returned")]
    part_verification: Option<Verification>,
    /// Only those that contribute to this plan item.
    plan_item_id: Option<PlanItemId>,
    /// Words of the text or of the code; accents and case ignored.
    #[param(example = "protocolo")]
    q: Option<String>,
    /// The order: by term (`due`, the default), last change (`updated`) or code; with a minus, the reverse.
    #[param(inline, example = "-updated")]
    sort: Option<Sort>,
    /// The number of items on a page, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the previous page.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of commitments in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

/// Reads one value, or several separated by commas.
fn several<T: FromStr>(name: &str, sent: Option<&String>) -> Result<Vec<T>> {
    let each = sent.into_iter().flat_map(|several| several.split(','));
    each.map(|one| one.trim().parse().map_err(|_| Error::bad_value(name, one))).collect()
}

impl ListQuery {
    /// Returns the order and the part of the list to load; 400 for the cursor of another order.
    pub(in crate::commitments) fn paging(&self) -> Result<(Sort, Paging<Key>)> {
        let sort = self.sort.unwrap_or(Sort::Due);
        let paging = Paging::<Key>::read(self.limit, self.cursor.as_deref())?.counting(self.count);
        match &paging.after {
            Some(key) if !key.is_of(sort) => {
                Err(Error::bad_value("cursor", self.cursor.as_deref().unwrap_or_default()))
            }
            _ => Ok((sort, paging)),
        }
    }

    /// Returns the filters; 400 for an unknown status.
    pub(crate) fn filter(self) -> Result<store::Filter> {
        Ok(store::Filter {
            status: several("status", self.status.as_ref())?,
            commission_id: self.commission_id,
            institution_id: self.institution_id,
            country_code: self.country_code,
            theme: self.theme,
            agreement_id: self.agreement_id,
            meeting_id: self.meeting_id,
            plan_item_id: self.plan_item_id,
            due_before: self.due_before,
            due_after: self.due_after,
            overdue: self.overdue,
            awaiting_review: self.awaiting_review,
            part_status: several("part_status", self.part_status.as_ref())?,
            part_verification: self.part_verification,
            q: self.q,
        })
    }
}

/// List commitments
///
/// Soonest term first, unless `sort` says otherwise; those without a term come last. A cursor belongs to its order.
///
/// Permissions: anyone signed in; the list has the commitments that they may see.
#[utoipa::path(tag = "commitments", params(ListQuery), responses((status = 200, description = "One page", body = Page<Commitment>)))]
#[get("/api/v1/commitments")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let Query(query) = query;
    let (sort, paging) = query.paging()?;
    let (filter, now) = (query.filter()?, caller.state.now());
    caller
        .list(move |conn, actor| {
            let page = store::list(conn, &Visibility::of(actor), &filter, (sort, &paging), now)?;
            Ok(page.map(|commitment| super::for_reader(commitment, actor)))
        })
        .await
}
