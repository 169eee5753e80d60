//! `/users/{id}/grants` and `/users/{id}/invitation`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, post};

use super::caller::Caller;
use crate::db::{Db, GrantId, Tx, UserId};
use crate::error::{Code, Result};
use crate::http::{Body, Page};
use crate::identity::actor::Actor;
use crate::identity::model::{Grant, GrantInput};
use crate::identity::{actions, store};

/// List the grants of a person
///
/// All in one page, in the order of their ids.
///
/// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions; others none.
#[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person")), responses((status = 200, description = "The grants", body = Page<Grant>)))]
#[get("/api/v1/users/{id}/grants")]
pub async fn list(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.list(move |conn, actor| Ok(Page { items: visible(conn, actor, id)?, next_cursor: None })).await
}

fn visible(conn: &mut Db, actor: &Actor, id: UserId) -> Result<Vec<Grant>> {
    Ok(store::visible(conn, actor, id)?.grants)
}

fn find(conn: &mut Db, actor: &Actor, (id, grant): (UserId, GrantId)) -> Result<Grant> {
    visible(conn, actor, id)?.into_iter().find(|own| own.id == grant).ok_or_else(|| Code::NotFound.into())
}

/// Show a grant of a person
///
/// Permissions: as for the list.
#[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person"), ("grant_id" = GrantId, Path, description = "The grant")), responses((status = 200, description = "The grant", body = Grant)))]
#[get("/api/v1/users/{id}/grants/{grant_id}")]
pub async fn show(caller: Caller, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    caller.show(move |conn, actor| find(conn, actor, ids)).await
}

/// Add a grant to a person
///
/// The person is notified by mail. 409 `duplicate` when the person already has exactly this grant.
///
/// Permissions: as for adding a person.
#[utoipa::path(tag = "users", request_body = GrantInput, params(("id" = UserId, Path, description = "The person")), responses((status = 201, description = "Added", body = Grant), (status = 409, description = "The person has it already", body = crate::http::Problem)))]
#[post("/api/v1/users/{id}/grants")]
pub async fn create(caller: Caller, id: Path<UserId>, body: Body<GrantInput>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let create = move |tx: &mut Tx<'_>, actor: &Actor, input: GrantInput| {
        Ok(Given { person: id, grant: actions::add_grant(tx, actor, id, &input)? })
    };
    caller.create(body, Given::path, create).await
}

/// A new grant, with the person who gets it, for its path.
#[derive(serde::Serialize)]
struct Given {
    #[serde(skip)]
    person: UserId,
    #[serde(flatten)]
    grant: Grant,
}

impl Given {
    fn path(&self) -> String {
        format!("/api/v1/users/{}/grants/{}", self.person, self.grant.id)
    }
}

/// Take a grant away
///
/// Takes effect from the person's next request. 409 for the grant of the last enabled admin.
///
/// Permissions: whoever may give it; the secretariat of a commission may take away a grant that is bounded to the
/// commission, also after the institution has left.
#[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person"), ("grant_id" = GrantId, Path, description = "The grant")), responses((status = 204, description = "Taken away"), (status = 409, description = "Nobody would be an admin any more", body = crate::http::Problem)))]
#[delete("/api/v1/users/{id}/grants/{grant_id}")]
pub async fn remove(caller: Caller, ids: Path<(UserId, GrantId)>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| find(tx.conn, actor, ids);
    caller.delete(load, move |tx, actor, grant| actions::remove_grant(tx, actor, ids.0, grant.id)).await
}

/// Send an invitation again
///
/// A mail is sent when the person has never chosen a password and the last invitation has expired. The answer is the
/// same in every case: it does not show whether the person already has an account.
///
/// Permissions: admin; whoever may take away one of the person's grants.
#[utoipa::path(tag = "users", params(("id" = UserId, Path, description = "The person")), responses((status = 202, description = "A mail goes out when the last invitation has expired")))]
#[post("/api/v1/users/{id}/invitation")]
pub async fn invite(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &Actor| store::visible(tx.conn, actor, id);
    caller.act_only(load, move |tx, actor| actions::repeat_invitation(tx, actor, id)).await?;
    Ok(HttpResponse::Accepted().finish())
}
