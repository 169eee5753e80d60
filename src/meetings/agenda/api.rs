//! `/meetings/{id}/agenda`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, put};

use super::model::{AgendaItemInput, MOST};
use super::{actions, store};
use crate::access::Visibility;
use crate::audit::PartOf;
use crate::db::{Db, MeetingId};
use crate::error::Result;
use crate::http::{Body, List};
use crate::identity::{Actor, Caller};
use crate::meetings::meeting;

/// Every route of agendas.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(replace);
}

/// Show the agenda
///
/// Permissions: whoever knows the session.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "The items, in order", body = Vec<AgendaItemInput>)))]
#[get("/api/v1/meetings/{id}/agenda")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .show(move |conn, actor| {
            let meeting = meeting(conn, &Visibility::of(actor), id)?;
            Ok(PartOf::new(&meeting, store::of_meeting(conn, id)?))
        })
        .await
}

/// Set the agenda
///
/// The whole list, at most 200 items, in order.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = Vec<AgendaItemInput>, responses((status = 200, description = "The items, in order", body = Vec<AgendaItemInput>), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
#[put("/api/v1/meetings/{id}/agenda")]
pub async fn replace(
    caller: Caller,
    id: Path<MeetingId>,
    body: Body<List<AgendaItemInput, MOST>>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut crate::db::Tx<'_>, actor: &Actor| load(tx.conn, actor, id);
    caller.put(body, load, move |tx, actor, List(items)| actions::put(tx, actor, id, items)).await
}

fn load(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<Vec<AgendaItemInput>> {
    meeting(conn, &Visibility::of(actor), id)?;
    store::of_meeting(conn, id)
}
