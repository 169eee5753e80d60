//! The next number of a session of a commission.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::MeetingKind;
use crate::access::{Visibility, commission_refs};
use crate::db::{CommissionId, Db};
use crate::error::{Code, Result};
use crate::identity::Actor;

pub(super) use api::routes;

/// The number that the next meeting of a kind would have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct NextOrdinal {
    /// The kind of meeting.
    #[schema(examples("ordinary"))]
    pub kind: MeetingKind,
    /// The highest number of that kind, and one; 1 without any.
    #[schema(examples(4))]
    pub ordinal: i32,
}

crate::nothing_restricted!(NextOrdinal);

/// The kind of meeting that is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OrdinalQuery {
    /// The kind of meeting; ordinary by default.
    #[param(example = "ordinary")]
    kind: Option<MeetingKind>,
}

/// Returns the next number of a commission's meetings of a kind, of those that the actor may see and that are not
/// cancelled; 404 if the actor may not see the commission.
fn next_ordinal(conn: &mut Db, actor: &Actor, id: CommissionId, kind: MeetingKind) -> Result<NextOrdinal> {
    let visibility = Visibility::of(actor);
    let found = commission_refs(conn, &[id])?.remove(&id).ok_or(Code::NotFound)?;
    if !visibility.knows_commission(id, &found.country_code) {
        return Err(Code::NotFound.into());
    }
    let last = super::store::last_ordinal(conn, &visibility, id, kind)?.unwrap_or(0);
    Ok(NextOrdinal { kind, ordinal: last.saturating_add(1) })
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get};

    use super::*;
    use crate::http::Query;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show);
    }

    /// Show the next number of a commission's sessions
    ///
    /// One more than the highest number of its meetings of that kind; cancelled ones are left out.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(OrdinalQuery), responses((status = 200, description = "The number", body = NextOrdinal)))]
    #[get("/api/v1/commissions/{id}/next-ordinal")]
    pub(crate) async fn show(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<OrdinalQuery>,
    ) -> Result<HttpResponse> {
        let kind = query.0.kind.unwrap_or(MeetingKind::Ordinary);
        caller.calculate(move |conn, actor| next_ordinal(conn, actor, *id, kind)).await
    }
}
