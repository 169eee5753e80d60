//! `/countries` and their calendars.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{CalendarDay, Country, CountryCode, CountryInput};
use super::{actions, store};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::Caller;

/// Every route of countries.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
    // The calendar is set where the terms that follow it are kept: in commitments.
    cfg.service(show_calendar);
}

/// What part of the list is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// How many, 1 to 200.
    #[param(example = 50)]
    limit: Option<i64>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// List countries
///
/// In order of code.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "directory", params(ListQuery), responses((status = 200, description = "One page", body = Page<Country>)))]
#[get("/api/v1/countries")]
pub async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let paging = Paging::read(query.0.limit, query.0.cursor.as_deref())?;
    caller.list(move |conn, _| store::list(conn, &paging)).await
}

/// Enter a country
///
/// 409 `duplicate` when the code is taken.
///
/// Permissions: admin.
#[utoipa::path(tag = "directory", request_body = CountryInput, responses((status = 201, description = "Entered", body = Country)))]
#[post("/api/v1/countries")]
pub async fn create(caller: Caller, body: Body<CountryInput>) -> Result<HttpResponse> {
    caller.create(body, location, actions::create).await
}

/// Show a country
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "directory", responses((status = 200, description = "The country", body = Country)))]
#[get("/api/v1/countries/{code}")]
pub async fn show(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
    caller.show(move |conn, _| store::find(conn, &code.0)).await
}

/// Change a country
///
/// The code never changes.
///
/// Permissions: admin.
#[utoipa::path(tag = "directory", request_body = CountryInput, responses((status = 200, description = "Changed", body = Country)))]
#[patch("/api/v1/countries/{code}")]
pub async fn update(caller: Caller, code: Path<CountryCode>, patch: Patch) -> Result<HttpResponse> {
    let CountryCode(code) = code.into_inner();
    let own = code.clone();
    let load = move |tx: &mut crate::db::Tx<'_>, _: &_| store::find(tx.conn, &own);
    caller.patch(patch, load, Country::input, move |tx, actor, input| actions::update(tx, actor, &code, input)).await
}

/// Remove a country that nothing depends on
///
/// Its calendar goes with it.
///
/// Permissions: admin.
#[utoipa::path(tag = "directory", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/countries/{code}")]
pub async fn remove(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
    caller.delete(move |tx, _| store::find(tx.conn, &code.0), actions::delete).await
}

/// Show a country's calendar
///
/// The days on which it does not work, beside its weekends, in order of date.
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "directory", responses((status = 200, description = "The calendar", body = Vec<CalendarDay>)))]
#[get("/api/v1/countries/{code}/calendar")]
pub async fn show_calendar(caller: Caller, code: Path<CountryCode>) -> Result<HttpResponse> {
    let load = move |conn: &mut crate::db::Db, _: &_| {
        store::find(conn, &code.0)?;
        store::calendar(conn, &code.0)
    };
    caller.show(load).await
}

fn location(country: &Country) -> String {
    format!("/api/v1/countries/{}", country.fields.code)
}
