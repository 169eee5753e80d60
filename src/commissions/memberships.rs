//! Periods in which institutions belong to commissions.

mod store;

use std::collections::HashMap;

use chrono::NaiveDate;
use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use utoipa::ToSchema;

use super::scope;
use crate::access::{CommissionRef, check_institutions};
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::db::dispatch::lock_row;
use crate::db::{CommissionId, Db, InstitutionId, MembershipId, Tx};
use crate::error::{Code, Faults, Result};
use crate::http::Input;
use crate::identity::Actor;
use crate::translations::{Translations, check_remarks};

pub(crate) use api::routes;
pub use store::voters_on;
pub(crate) use store::{
    all_of_country as memberships_of_country, all_on as memberships_on, of_institution as memberships_of_institution,
};

crate::text_enum! {
    /// The role of an institution in a commission.
    MemberRole {
        /// Leads the commission.
        Lead = "lead",
        /// Is the secretariat of the commission.
        Secretariat = "secretariat",
        Member = "member",
        /// Invited: may speak, and votes only if `has_vote` is set.
        Guest = "guest",
        /// Attends without taking part.
        Observer = "observer",
    }
}

impl MemberRole {
    /// Returns true if the role votes by default.
    pub fn votes(self) -> bool {
        self.is_listed()
    }

    /// Returns true if the role counts among the members of a commission.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Lead | Self::Secretariat | Self::Member)
    }

    /// Returns the place of the role in a list of institutions: the lead first, then the secretariat, then all others.
    fn rank(self) -> u8 {
        match self {
            Self::Lead => 0,
            Self::Secretariat => 1,
            Self::Member | Self::Guest | Self::Observer => OTHER_RANK,
        }
    }
}

/// The rank of an institution that neither leads a commission nor is its secretariat.
pub(crate) const OTHER_RANK: u8 = 2;

/// Returns the rank of each institution in a list: the best one of its roles.
pub(crate) fn ranks(members: &[Membership]) -> HashMap<InstitutionId, u8> {
    let mut ranks = HashMap::new();
    for member in members {
        let rank = member.fields.role.rank();
        ranks
            .entry(member.fields.institution_id)
            .and_modify(|known: &mut u8| *known = rank.min(*known))
            .or_insert(rank);
    }
    ranks
}

/// The content of a membership. The first and the last day are included; an open end is omitted.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = MembershipInput::without_default_vote -> Faults)]
pub(crate) struct MembershipInput {
    /// The institution.
    pub institution_id: InstitutionId,
    /// Its role in the commission.
    #[schema(examples("member"))]
    pub role: MemberRole,
    /// True if it votes and counts for the quorum. By default lead, secretariat and member do.
    #[deserr(default)]
    #[schema(examples(true))]
    pub has_vote: Option<bool>,
    /// The first day.
    #[deserr(default)]
    #[schema(examples("2021-08-05"))]
    pub from: Option<NaiveDate>,
    /// The last day.
    #[deserr(default)]
    #[schema(examples("2023-12-31"))]
    pub to: Option<NaiveDate>,
    /// The period in the words of the source.
    #[deserr(default)]
    #[schema(examples("desde agosto de 2021"), max_length = 300)]
    pub when_text: Option<String>,
    /// The legal or other basis of the membership.
    #[deserr(default)]
    #[schema(examples("Decreto exento 173 de 2021, artículo 2"), max_length = 1000)]
    pub basis: Option<String>,
    /// A remark for those who may change the record; nobody else reads it, and no document prints it.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("La fuente no da la fecha exacta."), max_length = 4000)]
    pub note: Option<String>,
    /// The texts of the record in other languages.
    #[deserr(default)]
    #[serde(skip_serializing_if = "Translations::is_empty")]
    #[schema(required = false)]
    pub translations: Translations,
}

impl MembershipInput {
    /// Removes a vote equal to the default of the role, so that it changes when the role changes.
    fn without_default_vote(mut self, _: ValuePointerRef<'_>) -> Result<Self, Faults> {
        self.has_vote = self.has_vote.filter(|vote| *vote != self.role.votes());
        Ok(self)
    }

    /// Returns true if it holds on a day.
    pub(crate) fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Returns true if it votes: as given, or by the default of its role.
    pub(crate) fn votes(&self) -> bool {
        self.has_vote.unwrap_or(self.role.votes())
    }
}

/// The free texts that can be translated.
const TRANSLATED: &[&str] = &["when_text", "basis"];

impl Input for MembershipInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.ordered("/to", self.from, self.to);
        faults.opt_text("/when_text", self.when_text.as_ref(), 300);
        faults.opt_text("/basis", self.basis.as_ref(), 1000);
        check_remarks(self.note.as_ref(), &self.translations, TRANSLATED, faults);
    }
}

/// One period of an institution in a commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Membership {
    /// The membership's id.
    pub id: MembershipId,
    /// The commission.
    pub commission_id: CommissionId,
    #[serde(flatten)]
    pub fields: MembershipInput,
    /// The time of creation.
    pub created_at: Instant,
    /// The time of the last change.
    pub updated_at: Instant,
}

impl Membership {
    /// Returns the content as sent, without a vote equal to the default of the role.
    pub(crate) fn input(&self) -> MembershipInput {
        let mut input = self.fields.clone();
        input.has_vote = input.has_vote.filter(|vote| *vote != input.role.votes());
        input
    }

    /// Sets `has_vote`, which is always present in responses.
    fn with_vote(mut self) -> Self {
        self.fields.has_vote = Some(self.fields.votes());
        self
    }
}

crate::nothing_restricted!(Membership);

/// Creates a membership; 409 `overlapping_membership` if the institution belongs to the commission already on one of
/// the days.
pub(crate) fn create_membership(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    input: MembershipInput,
) -> Result<Membership> {
    let target = scope::writable_by_secretariat(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let membership = Membership {
        id: new_id(tx.now),
        commission_id: commission,
        fields: input,
        created_at: tx.now,
        updated_at: tx.now,
    };
    check(tx, &membership)?;
    let membership = membership.with_vote();
    store::insert(tx.conn, &membership)?;
    audit::created(tx, "membership", membership.id, Some(&target.country_code), &membership)?;
    Ok(membership)
}

pub(crate) fn update_membership(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commission: CommissionId,
    id: MembershipId,
    input: MembershipInput,
) -> Result<Membership> {
    let target = scope::writable_by_secretariat(tx.conn, actor, commission)?;
    lock_row(tx.conn, "commissions", commission)?;
    let before = store::find(tx.conn, commission, id)?;
    let after = Membership { fields: input, updated_at: tx.now, ..before.clone() };
    check(tx, &after)?;
    let after = after.with_vote();
    store::update(tx.conn, &after)?;
    audit::updated(tx, "membership", id, Some(&target.country_code), &before, &after)?;
    Ok(after)
}

/// Returns a membership with its commission for those who may change it; 404 or 403 for others.
pub(super) fn membership_to_change(
    conn: &mut Db,
    actor: &Actor,
    (commission, id): (CommissionId, MembershipId),
) -> Result<(CommissionRef, Membership)> {
    let target = scope::writable_by_secretariat(conn, actor, commission)?;
    Ok((target, store::find(conn, commission, id)?))
}

/// Deletes a membership created by mistake; a membership that has ended gets a last day instead.
pub(super) fn delete_membership(tx: &mut Tx<'_>, actor: &Actor, membership: Membership) -> Result<()> {
    let target = scope::writable_by_secretariat(tx.conn, actor, membership.commission_id)?;
    store::delete(tx.conn, membership.id)?;
    audit::deleted(tx, "membership", membership.id, Some(&target.country_code), &membership)
}

fn check(tx: &mut Tx<'_>, membership: &Membership) -> Result<()> {
    let mut faults = tx.faults();
    let institution = ("/institution_id".to_owned(), membership.fields.institution_id);
    check_institutions(tx.conn, &[institution], &mut faults)?;
    faults.into_result()?;
    if store::overlaps(tx.conn, membership)? { Err(Code::OverlappingMembership.into()) } else { Ok(()) }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, delete, get, patch, post};

    use super::*;
    use crate::access::may_write;
    use crate::commissions::scope::PeriodFilter;
    use crate::http::{Body, Page, Patch, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(update).service(remove);
    }

    /// List a commission's memberships
    ///
    /// In the order of creation.
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", params(PeriodFilter), responses((status = 200, description = "One page", body = Page<Membership>)))]
    #[get("/api/v1/commissions/{id}/memberships")]
    pub(crate) async fn list(
        caller: Caller,
        id: Path<CommissionId>,
        query: Query<PeriodFilter>,
    ) -> Result<HttpResponse> {
        let filter = query.0;
        let paging = filter.paging()?;
        caller
            .list(move |conn, actor| {
                let commission = scope::visible(conn, actor, *id)?;
                let page = store::list(conn, *id, &filter, &paging)?;
                Ok(page.map(|one| for_reader(one, actor, &commission)))
            })
            .await
    }

    /// Create a membership
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin.
    #[utoipa::path(tag = "commissions", request_body = MembershipInput, responses((status = 201, description = "Created", body = Membership)))]
    #[post("/api/v1/commissions/{id}/memberships")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<CommissionId>,
        body: Body<MembershipInput>,
    ) -> Result<HttpResponse> {
        let location = |membership: &Membership| {
            format!("/api/v1/commissions/{}/memberships/{}", membership.commission_id, membership.id)
        };
        caller.create(body, location, move |tx, actor, input| create_membership(tx, actor, *id, input)).await
    }

    /// Show a membership
    ///
    /// Permissions: those who may see the commission.
    #[utoipa::path(tag = "commissions", responses((status = 200, description = "The membership", body = Membership)))]
    #[get("/api/v1/commissions/{id}/memberships/{membership_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
        let (id, membership) = path.into_inner();
        caller
            .show(move |conn, actor| {
                let commission = scope::visible(conn, actor, id)?;
                Ok(for_reader(store::find(conn, id, membership)?, actor, &commission))
            })
            .await
    }

    /// Change a membership
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin.
    #[utoipa::path(tag = "commissions", request_body = MembershipInput, responses((status = 200, description = "Changed", body = Membership)))]
    #[patch("/api/v1/commissions/{id}/memberships/{membership_id}")]
    pub(crate) async fn update(
        caller: Caller,
        path: Path<(CommissionId, MembershipId)>,
        patch: Patch,
    ) -> Result<HttpResponse> {
        let (id, membership) = path.into_inner();
        let save = move |tx: &mut Tx<'_>, actor: &Actor, input| update_membership(tx, actor, id, membership, input);
        caller.patch(patch, load(id, membership), Membership::input, save).await
    }

    /// Delete a membership
    ///
    /// Permissions: the commission's secretariat; coordinator of its country; admin.
    #[utoipa::path(tag = "commissions", responses((status = 204, description = "Deleted")))]
    #[delete("/api/v1/commissions/{id}/memberships/{membership_id}")]
    pub(crate) async fn remove(caller: Caller, path: Path<(CommissionId, MembershipId)>) -> Result<HttpResponse> {
        let (id, membership) = path.into_inner();
        caller.delete(load(id, membership), delete_membership).await
    }

    /// Returns a membership as the actor may read it: those who may change it read its note.
    fn for_reader(mut membership: Membership, actor: &Actor, commission: &CommissionRef) -> Membership {
        if !may_write(actor, &commission.country_code, &[commission.id]) {
            membership.fields.note = None;
        }
        membership
    }

    fn load(id: CommissionId, membership: MembershipId) -> impl Fn(&mut Tx<'_>, &Actor) -> Result<Membership> {
        scope::load_writable(scope::writable_by_secretariat, id, move |conn, id| store::find(conn, id, membership))
    }
}
