//! `/me/pending`.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::actions;
use super::model::{Key, PendingFilter, PendingPage, PendingReason};
use crate::db::CommissionId;
use crate::error::Result;
use crate::http::{Paging, Query};
use crate::identity::Caller;

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only what waits for this reason.
    #[param(example = "review_pending")]
    reason: Option<PendingReason>,
    /// Only records of this country.
    #[param(example = "PE")]
    country_code: Option<String>,
    /// Only records of this commission.
    commission_id: Option<CommissionId>,
    /// The number of items, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

impl ListQuery {
    /// Returns the filters and the part of the list to load; 400 when it is malformed.
    pub(super) fn read(self) -> Result<(PendingFilter, Paging<Key>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?;
        let filter =
            PendingFilter { reason: self.reason, country_code: self.country_code, commission_id: self.commission_id };
        Ok((filter, paging))
    }
}

/// List what waits for the caller
///
/// Each item has a reason and a link to the page where it is settled; it disappears with the action that settles it. The
/// soonest term comes first, items without a term last. Representatives find their own parts, members the sessions and
/// minutes of their commissions, secretariats and coordinators what they are to review, decide, convene, circulate and
/// answer. Secretariats also find the number of institutions that did not send a periodic report, by duty and period.
///
/// Permissions: anyone signed in, for themselves.
#[utoipa::path(tag = "pending work", params(ListQuery), responses((status = 200, description = "One page, and the numbers by reason", body = PendingPage)))]
#[get("/api/v1/me/pending")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (filter, paging) = query.0.read()?;
    let now = caller.state.now();
    caller.calculate(move |conn, actor| actions::page(conn, actor, now, &filter, &paging)).await
}
