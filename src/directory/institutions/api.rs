//! `/institutions`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::model::{Institution, InstitutionInput, Sector};
use super::{actions, store};
use crate::db::{Db, InstitutionId, Tx};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query};
use crate::identity::{Actor, Caller};

/// Mounts the routes of institutions.
pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(list).service(create).service(show).service(update).service(remove);
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// Only those of this country.
    #[param(example = "CL")]
    country_code: Option<String>,
    /// Only those of this sector.
    #[param(example = "government")]
    sector: Option<Sector>,
    /// Only those that serve this region, department or municipality.
    #[param(example = "Huánuco")]
    territory: Option<String>,
    /// Words of the name, acronym or aliases; accents and case ignored.
    #[param(example = "salud")]
    q: Option<String>,
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
    /// Returns the filters and the part of the list to load; 400 when it is malformed.
    pub(super) fn read(self) -> Result<(store::Filter, Paging<InstitutionId>)> {
        let paging = Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count);
        let Self { country_code, sector, territory, q, .. } = self;
        Ok((store::Filter { country_code, sector, territory, q }, paging))
    }
}

/// List institutions
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "directory", params(ListQuery), responses((status = 200, description = "One page", body = Page<Institution>)))]
#[get("/api/v1/institutions")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (filter, paging) = query.0.read()?;
    caller
        .list(move |conn, actor| {
            let mut page = store::list(conn, &filter, &paging)?;
            actions::hide_notes(conn, actor, &mut page.items)?;
            Ok(page)
        })
        .await
}

/// Enter an institution
///
/// `warnings` names other institutions of the country that have the same name, acronym or alias.
///
/// Permissions: admin; coordinator or secretariat of its country (of any, for international bodies).
#[utoipa::path(tag = "directory", request_body = InstitutionInput, responses((status = 201, description = "Entered", body = Institution)))]
#[post("/api/v1/institutions")]
pub(crate) async fn create(caller: Caller, body: Body<InstitutionInput>) -> Result<HttpResponse> {
    let create = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let institution = actions::create(tx, actor, input)?;
        with_warnings(tx.conn, institution)
    };
    caller.create(body, location, create).await
}

/// Show an institution
///
/// Permissions: anyone signed in.
#[utoipa::path(tag = "directory", responses((status = 200, description = "The institution", body = Institution)))]
#[get("/api/v1/institutions/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<InstitutionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .show(move |conn, actor| {
            let mut institution = find(conn, id)?;
            actions::hide_notes(conn, actor, std::slice::from_mut(&mut institution))?;
            Ok(institution)
        })
        .await
}

/// Change an institution
///
/// The audit log of both countries shows a move to another country.
///
/// Permissions: admin; coordinator or secretariat of its country. An institution without a country: admin. A move to
/// another country needs the rights for both countries, and the right to read every record that names the institution.
#[utoipa::path(tag = "directory", request_body = InstitutionInput, responses((status = 200, description = "Changed", body = Institution)))]
#[patch("/api/v1/institutions/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<InstitutionId>, patch: Patch) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, _: &Actor| find(tx.conn, id);
    let save = move |tx: &mut Tx<'_>, actor: &Actor, input| {
        let institution = actions::update(tx, actor, id, input)?;
        with_warnings(tx.conn, institution)
    };
    caller.patch(patch, load, Institution::input, save).await
}

/// Remove an institution that nothing depends on
///
/// Permissions: admin; coordinator or secretariat of its country. An institution without a country: admin.
#[utoipa::path(tag = "directory", responses((status = 204, description = "Removed")))]
#[delete("/api/v1/institutions/{id}")]
pub(crate) async fn remove(caller: Caller, id: Path<InstitutionId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.delete(move |tx, _| find(tx.conn, id), actions::delete).await
}

/// Returns an institution with the others that may be the same; 404 when there is none.
pub(crate) fn find(conn: &mut Db, id: InstitutionId) -> Result<Institution> {
    let institution = store::find(conn, id)?;
    with_warnings(conn, institution)
}

/// Adds the institutions that may be the same.
fn with_warnings(conn: &mut Db, institution: Institution) -> Result<Institution> {
    let alike = store::lookalikes(conn, &institution)?;
    Ok(institution.with_lookalikes(alike))
}

fn location(institution: &Institution) -> String {
    format!("/api/v1/institutions/{}", institution.id)
}
