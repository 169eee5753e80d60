//! `/audit-log`.

use std::net::IpAddr;

use actix_web::{HttpResponse, get};
use chrono::{Days, NaiveTime};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::AuditEntry;
use super::store;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::dates::parse_day;
use crate::db::{AuditId, UserId};
use crate::error::{Error, Result};
use crate::http::{Page, Paging, Query};
use crate::identity::Caller;

/// Mounts the routes of this slice.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list);
}

/// Filters of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only changes to records of this kind.
    #[param(example = "commitment")]
    kind: Option<String>,
    /// Only changes to this record.
    #[param(example = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e")]
    record_id: Option<String>,
    /// Only entries of this action: `updated`, `read`, `exported`, `signed_in`, …
    #[param(example = "updated")]
    action: Option<String>,
    /// Only entries of this person.
    user_id: Option<UserId>,
    /// Only actions from this address.
    #[param(example = "203.0.113.9")]
    client: Option<String>,
    /// Only changes to records of this country.
    #[param(example = "CL")]
    country_code: Option<String>,
    /// From this day (UTC) or moment.
    #[param(example = "2023-09-01")]
    from: Option<String>,
    /// To this day (UTC), which is included, or to this moment.
    #[param(example = "2023-09-30")]
    to: Option<String>,
    /// The number of items, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// With `true`, the answer has `total`: the number of records in the whole list.
    #[param(example = true)]
    count: Option<bool>,
}

impl ListQuery {
    /// Reads the filters and the place in the list.
    pub(super) fn read(self) -> Result<(store::Filter, Paging<AuditId>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count);
        let filter = store::Filter {
            kind: self.kind,
            record_id: self.record_id,
            action: self.action,
            user_id: self.user_id,
            client: self.client.as_deref().map(address).transpose()?,
            country_code: self.country_code,
            from: self.from.as_deref().map(|text| moment("from", text, 0)).transpose()?,
            before: self.to.as_deref().map(|text| moment("to", text, 1)).transpose()?,
        };
        Ok((filter, paging))
    }
}

/// Returns the start of a day, `ahead` days later; a moment is returned unchanged.
fn moment(name: &str, text: &str, ahead: u64) -> Result<Instant> {
    let day = parse_day(text).and_then(|day| day.checked_add_days(Days::new(ahead)));
    let start = day.map(|day| Instant::from(day.and_time(NaiveTime::MIN).and_utc()));
    start.or_else(|| Instant::parse(text)).ok_or_else(|| Error::bad_value(name, text))
}

/// Returns the address in the form of entries; 400 when it is not an address.
fn address(text: &str) -> Result<String> {
    let address: IpAddr = text.parse().map_err(|_| Error::bad_value("client", text))?;
    Ok(address.to_canonical().to_string())
}

/// List the entries of the audit log, the newest first
///
/// Changes, sign-ins, exports, fetched files, and reads of restricted records. A read is written within two seconds
/// after the answer.
///
/// Permissions: admin all; a coordinator those of the country, and of institutions without a country; others none.
#[utoipa::path(tag = "audit log", params(ListQuery), responses((status = 200, description = "One page", body = Page<AuditEntry>)))]
#[get("/api/v1/audit-log")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (filter, paging) = query.0.read()?;
    caller.list(move |conn, actor| store::list(conn, &Visibility::of(actor), &filter, &paging)).await
}
