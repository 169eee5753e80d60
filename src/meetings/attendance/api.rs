//! `/meetings/{id}/attendance`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, put};

use super::actions;
use super::model::{AttendanceInput, AttendanceSheet, MOST};
use crate::access::Visibility;
use crate::audit::PartOf;
use crate::db::{Db, MeetingId};
use crate::error::Result;
use crate::http::{Body, List};
use crate::identity::{Actor, Caller};
use crate::meetings::meeting;

/// Every route of attendance.
pub fn routes(cfg: &mut crate::http::Routes<'_>) {
    cfg.service(show).service(replace);
}

/// Show who came, and the quorum
///
/// The quorum of each commission is reckoned with its voting members on the session's day (of a month, its last
/// day); guests are not counted.
///
/// Permissions: whoever knows the session.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), responses((status = 200, description = "The list and the quorum", body = AttendanceSheet)))]
#[get("/api/v1/meetings/{id}/attendance")]
pub async fn show(caller: Caller, id: Path<MeetingId>) -> Result<HttpResponse> {
    let id = id.into_inner();
    caller
        .show(move |conn, actor| {
            let meeting = meeting(conn, &Visibility::of(actor), id)?;
            Ok(PartOf::new(&meeting, actions::sheet(conn, &meeting)?))
        })
        .await
}

/// Note who came
///
/// The whole list, at most 1,000 entries. Several persons of one institution may come; it counts once.
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The session")), request_body = Vec<AttendanceInput>, responses((status = 200, description = "The list and the quorum", body = AttendanceSheet)))]
#[put("/api/v1/meetings/{id}/attendance")]
pub async fn replace(
    caller: Caller,
    id: Path<MeetingId>,
    body: Body<List<AttendanceInput, MOST>>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let load = move |tx: &mut crate::db::Tx<'_>, actor: &Actor| load(tx.conn, actor, id);
    caller.put(body, load, move |tx, actor, List(items)| actions::put(tx, actor, id, items)).await
}

fn load(conn: &mut Db, actor: &Actor, id: MeetingId) -> Result<AttendanceSheet> {
    let meeting = meeting(conn, &Visibility::of(actor), id)?;
    actions::sheet(conn, &meeting)
}
