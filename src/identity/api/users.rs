//! `/users`.

use actix_web::web::Path;
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::Deserialize;
use tokio::sync::Semaphore;
use utoipa::IntoParams;

use super::Caller;
use crate::db::{InstitutionId, Tx, UserId};
use crate::error::Result;
use crate::http::{Body, Page, Paging, Patch, Query, Sent, compute};
use crate::identity::model::{Role, User, UserInput};
use crate::identity::{passwords, store, users};
use crate::text::normalize_email;

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::identity) struct ListQuery {
    /// Only the person with this address.
    #[param(example = "ana.rojas@example.org")]
    email: Option<String>,
    /// Only people who belong to this institution; for callers who are not admins, only people who represent it.
    institution_id: Option<InstitutionId>,
    /// Only those with a grant of this role.
    #[param(example = "observer")]
    role: Option<Role>,
    /// Only people with a representative's grant for a single commission (`true`), or for all (`false`).
    #[param(example = false)]
    bounded: Option<bool>,
    /// Only the disabled, or only the others.
    #[param(example = false)]
    disabled: Option<bool>,
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
    pub(in crate::identity) fn filter(&self) -> store::Filter {
        store::Filter {
            email: self.email.as_deref().map(normalize_email),
            institution_id: self.institution_id,
            role: self.role,
            disabled: self.disabled,
            bounded: self.bounded,
        }
    }

    /// Returns the page of the list; 400 if it is malformed.
    pub(in crate::identity) fn paging(&self) -> Result<Paging<UserId>> {
        Ok(Paging::read(self.limit, self.cursor.as_deref())?.counting(self.count))
    }
}

/// The number of passwords that are hashed at one time: each takes tens of milliseconds and 19 MiB.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Hashes a password, outside the async threads.
pub(in crate::identity) async fn hash_password(password: Option<String>) -> Result<Option<String>> {
    match password {
        Some(password) => compute(&HASHING, move || passwords::hash(&password)).await.map(Some),
        None => Ok(None),
    }
}

/// List people
///
/// Permissions: admin all; a coordinator those of the country, a secretariat those of its commissions, each with the
/// grants there alone; others none.
#[utoipa::path(tag = "users", params(ListQuery), responses((status = 200, description = "One page", body = Page<User>)))]
#[get("/api/v1/users")]
pub(crate) async fn list(caller: Caller, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (filter, paging) = (query.0.filter(), query.0.paging()?);
    caller.list(move |conn, actor| store::list(conn, actor, &filter, &paging)).await
}

/// Add a person
///
/// Without a password, an invitation is sent by mail: at most 100 by one person in a day (429 `daily_limit`). Only
/// admins give a password; from others it is a 403 `password_by_invitation`. A person who already has an account gets
/// the grants and is notified by mail; name, language and institution then change nothing, and the answer is the same
/// as for a new person. Unless the caller is an admin, the answer shows only the grants that the caller may see, and
/// the person as the caller introduced them. An admin who sends a password or `disabled` for an account that exists
/// gets a 409 `duplicate`.
///
/// Permissions: admin; a coordinator within the country and a secretariat within its commissions, for representatives
/// and observers. A secretariat gives representatives only grants with a `commission_id` of its own (implied when it has
/// only one), for institutions that are members of it today and belong to its country or to none. A coordinator
/// gives grants without a `commission_id` only for institutions of the country; for shared and foreign institutions
/// only with a commission of the country.
#[utoipa::path(tag = "users", request_body = UserInput, responses((status = 201, description = "Added", body = User), (status = 429, description = "The invitations of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[post("/api/v1/users")]
pub(crate) async fn create(caller: Caller, body: Body<UserInput>) -> Result<HttpResponse> {
    let hash = hash_password(password_to_hash(&body.sent)).await?;
    let create = move |tx: &mut Tx<'_>, actor: &_, input| users::create(tx, actor, input, hash.as_deref());
    caller.create(body, |user| format!("/api/v1/users/{}", user.id), create).await
}

/// Returns the password of a body without faults; that of any other body is not hashed, because hashing takes long.
fn password_to_hash(sent: &Sent<UserInput>) -> Option<String> {
    sent.input.password.clone().filter(|_| sent.faults.is_empty())
}

/// Show a person
///
/// Permissions: as for the list.
#[utoipa::path(tag = "users", responses((status = 200, description = "The person", body = User)))]
#[get("/api/v1/users/{id}")]
pub(crate) async fn show(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller.show(move |conn, actor| store::find_visible(conn, actor, id)).await
}

/// Change a person
///
/// Disabling, and taking grants away, take effect from the person's next request. People are disabled, never deleted;
/// the last enabled admin stays (409). Grants that the caller may not see stay as they are.
///
/// Permissions: an admin changes everything; those who may give and take away the grants in question change only
/// these.
#[utoipa::path(tag = "users", request_body = UserInput, responses((status = 200, description = "Changed", body = User)))]
#[patch("/api/v1/users/{id}")]
pub(crate) async fn update(caller: Caller, id: Path<UserId>, patch: Patch) -> Result<HttpResponse> {
    let (id, draft) = (id.into_inner(), patch.clone());
    let wanted =
        caller.read_unshown(move |conn, actor| draft.onto(&store::find_visible(conn, actor, id)?.input())).await?;
    let hash = hash_password(password_to_hash(&wanted)).await?;
    let load = move |tx: &mut Tx<'_>, actor: &_| store::find_visible(tx.conn, actor, id);
    let save = move |tx: &mut Tx<'_>, actor: &_, input| users::update(tx, actor, id, input, hash.as_deref());
    caller.patch(patch, load, User::input, save).await
}

/// End the second factor of a person
///
/// For a person who has lost the telephone and the recovery codes. Signs the person out everywhere; the next sign-in asks
/// for the password alone. An admin's own second factor ends with a code (`DELETE /me/second-factor`).
///
/// Permissions: admin, for others.
#[utoipa::path(tag = "users", responses((status = 204, description = "Ended")))]
#[delete("/api/v1/users/{id}/second-factor")]
pub(crate) async fn end_second_factor(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &_| store::find_visible(tx.conn, actor, id);
    caller.act_only(load, move |tx, actor| users::end_second_factor(tx, actor, id)).await
}

/// Unlock a person's account
///
/// Forgets the failed sign-ins of the account, so that the person can sign in at once.
///
/// Permissions: admin.
#[utoipa::path(tag = "users", responses((status = 204, description = "Unlocked")))]
#[post("/api/v1/users/{id}/unlock")]
pub(crate) async fn unlock(caller: Caller, id: Path<UserId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut Tx<'_>, actor: &_| store::find_visible(tx.conn, actor, id);
    caller.act_only(load, move |tx, actor| users::unlock(tx, actor, id)).await
}
