//! `PUT /countries/{code}/calendar`: setting it moves the counted terms of open commitments, in the same transaction.

use actix_web::web::Path;
use actix_web::{HttpResponse, put};

use crate::commitments::actions;
use crate::db::Tx;
use crate::directory::{self, CalendarDay, CountryCode};
use crate::error::Result;
use crate::http::Body;
use crate::identity::{Actor, Caller};

pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(set);
}

/// Set a country's calendar
///
/// Replaces the whole list; at most 3,000 days. Counted terms of open commitments are reckoned anew; the former ones
/// stay in their history.
///
/// Permissions: coordinator of the country; admin.
#[utoipa::path(tag = "directory", request_body = Vec<CalendarDay>, responses((status = 200, description = "The calendar as it now is", body = Vec<CalendarDay>)))]
#[put("/api/v1/countries/{code}/calendar")]
pub async fn set(caller: Caller, code: Path<CountryCode>, body: Body<Vec<CalendarDay>>) -> Result<HttpResponse> {
    let CountryCode(code) = code.into_inner();
    let own = code.clone();
    let load = move |tx: &mut Tx<'_>, _: &Actor| {
        directory::country(tx.conn, &own)?;
        directory::calendar(tx.conn, &own)
    };
    caller.put(body, load, move |tx, actor, days| actions::put_calendar(tx, actor, &code, days)).await
}
