//! A commission leaves a joint session: it is in this slice because the commitments of the session, and those of its
//! agreements, change with it.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::actions;
use crate::agreements::withdraw_commission_from_agreements;
use crate::db::{CommissionId, MeetingId, Tx};
use crate::error::{Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::meetings::{Meeting, withdraw_commission};

pub(super) use api::routes;

/// The reason for which a commission leaves a joint session.
#[derive(Debug, Clone, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct CommissionWithdrawal {
    /// The reason; it is stored in the audit log and mailed to the other secretariats.
    #[schema(examples("La comisión sesiona por separado en octubre."), max_length = 10_000)]
    pub reason: String,
}

impl Input for CommissionWithdrawal {
    fn check(&self, faults: &mut Faults) {
        faults.text("/reason", &self.reason, 10_000);
    }
}

/// Takes the commission out of the session, and of those of its agreements and commitments that have another one.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: (MeetingId, CommissionId),
    reason: &str,
) -> Result<Meeting> {
    let (_, after) = withdraw_commission(tx, actor, ids, reason)?;
    let (meeting, commission) = ids;
    for commitment in store::joint_commitments(tx.conn, meeting, commission, tx.now)? {
        let mut input = commitment.fields.clone();
        input.commission_ids.retain(|one| *one != commission);
        if !input.commission_ids.is_empty() {
            actions::update(tx, actor, commitment.id, input, None)?;
        }
    }
    withdraw_commission_from_agreements(tx, meeting, commission)?;
    Ok(after)
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::access::Visibility;
    use crate::clock::Instant;
    use crate::commitments::model::Commitment;
    use crate::commitments::store::commitments as commitments_by_id;
    use crate::db::dispatch::lock_rows;
    use crate::db::schema::{agreements, commitment_commissions, commitments};
    use crate::db::{CommitmentId, Db};

    /// Returns the commitments of a session, and of its agreements, that belong to a commission.
    pub(super) fn joint_commitments(
        conn: &mut Db,
        meeting: MeetingId,
        commission: CommissionId,
        now: Instant,
    ) -> Result<Vec<Commitment>> {
        let decided = agreements::table.filter(agreements::meeting_id.eq(meeting)).select(agreements::id.nullable());
        let own = commitment_commissions::table
            .filter(commitment_commissions::commission_id.eq(commission))
            .select(commitment_commissions::commitment_id);
        let of_meeting = commitments::meeting_id.eq(meeting).or(commitments::agreement_id.eq_any(decided));
        let ids: Vec<CommitmentId> = commitments::table
            .filter(of_meeting.assume_not_null())
            .filter(commitments::id.eq_any(own))
            .order(commitments::id)
            .select(commitments::id)
            .load(conn)?;
        lock_rows(conn, "commitments", &ids)?;
        commitments_by_id(conn, &Visibility::everything(), &ids, now)
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, post};

    use super::*;
    use crate::http::Body;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(withdraw_from_session);
    }

    /// Withdraw a commission from a joint meeting
    ///
    /// The commission leaves the meeting, and those of its agreements and commitments that have another commission.
    /// The other secretariats are notified of the reason; the people convened only for this commission get a
    /// cancellation. 409 `minutes_approved` after approval, `last_commission` for the only commission.
    ///
    /// Permissions: secretariat of the commission; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("commission_id" = CommissionId, Path, description = "The commission that leaves it")), request_body = CommissionWithdrawal, responses((status = 200, description = "The meeting without the commission", body = Meeting), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[post("/api/v1/meetings/{id}/commissions/{commission_id}/withdrawal")]
    pub(crate) async fn withdraw_from_session(
        caller: Caller,
        path: Path<(MeetingId, CommissionId)>,
        body: Body<CommissionWithdrawal>,
    ) -> Result<HttpResponse> {
        let ids = path.into_inner();
        let Body { raw, sent } = body;
        let key = caller.repeatable(|| raw);
        caller.act_once(key, move |tx, actor| withdraw(tx, actor, ids, &sent.input.reason)).await
    }
}
