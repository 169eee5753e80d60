//! Items that institutions propose for the agenda of a session: the secretariat accepts an item or declines it
//! with a reason.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::agenda::{AgendaItemInput, append};
use super::convocation::{CONVOCATIONS, about, convened_institutions};
use super::minutes::require_minutes_open;
use super::{Meeting, scope};
use crate::access::require;
use crate::audit;
use crate::clock::{Instant, new_id};
use crate::db::{AgendaItemId, AgendaProposalId, Db, InstitutionId, MeetingId, Tx};
use crate::directory::institution_names;
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{Input, Page, Paging};
use crate::i18n::text;
use crate::identity::Actor;
use crate::mail::{Block, EmailBody};
use crate::notifications::{
    Addressee, Event, RecordKind, RecordRef, addressees_in_secretariat, addressees_of_institutions, notify,
};

pub(super) use api::routes;

crate::text_enum! {
    /// The state of a proposal.
    ProposalStatus {
        Pending = "pending",
        /// It is an item of the agenda.
        Accepted = "accepted",
        Declined = "declined",
    }
}

crate::text_enum! {
    /// The decision on a proposal.
    ProposalOutcome {
        Accepted = "accepted",
        Declined = "declined",
    }
}

/// An item that an institution proposes.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct AgendaProposalInput {
    /// The subject.
    #[schema(examples("Protocolo de atención a víctimas"), max_length = 500)]
    pub title: String,
    /// The reason for dealing with it.
    #[schema(examples("El ministerio lo aprobó en julio y las regiones lo desconocen."), max_length = 2000)]
    pub reason: String,
    /// The institution that proposes it; needed by those who represent several of those convened.
    #[deserr(default)]
    pub institution_id: Option<InstitutionId>,
}

impl Input for AgendaProposalInput {
    const REFERS: bool = true;

    fn check(&self, faults: &mut Faults) {
        faults.text("/title", &self.title, 500);
        faults.text("/reason", &self.reason, 2000);
    }
}

/// The decision of the secretariat.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct ProposalDecision {
    /// Accepted adds an item to the agenda.
    #[schema(examples("declined"))]
    pub outcome: ProposalOutcome,
    /// The reason; required for declining.
    #[deserr(default)]
    #[schema(examples("Se tratará en la sesión de octubre."), max_length = 2000)]
    pub reason: Option<String>,
}

impl Input for ProposalDecision {
    fn check(&self, faults: &mut Faults) {
        faults.opt_text("/reason", self.reason.as_ref(), 2000);
        if self.outcome == ProposalOutcome::Declined && self.reason.is_none() {
            faults.add("/reason", "comment_required");
        }
    }
}

/// A proposed item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct AgendaProposal {
    /// The proposal's id.
    pub id: AgendaProposalId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The institution that proposes it.
    pub institution_id: InstitutionId,
    /// The subject.
    #[schema(examples("Protocolo de atención a víctimas"))]
    pub title: String,
    /// The reason for dealing with it.
    #[schema(examples("El ministerio lo aprobó en julio y las regiones lo desconocen."))]
    pub reason: String,
    /// The state.
    #[schema(examples("pending"))]
    pub status: ProposalStatus,
    /// The reason of the decision.
    #[schema(examples("Se tratará en la sesión de octubre."))]
    pub decision_reason: Option<String>,
    /// The item of the agenda that was added for it; null once it was removed from the agenda.
    pub agenda_item_id: Option<AgendaItemId>,
    /// The time of the proposal.
    pub proposed_at: Instant,
    /// The time of the decision.
    pub decided_at: Option<Instant>,
}

/// Proposes an item for the agenda of a session that has not begun, and notifies the secretariat.
pub(super) fn propose(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MeetingId,
    input: AgendaProposalInput,
) -> Result<AgendaProposal> {
    let meeting = scope::lock(tx, actor, id)?;
    let convened = convened_institutions(tx.conn, &meeting, tx.now)?;
    let own = convened.into_iter().filter(|one| actor.is_representative_of(*one, &meeting.fields.commission_ids));
    let own: Vec<InstitutionId> = own.collect();
    require(!own.is_empty(), Permitted::Convened)?;
    let mut faults = tx.faults();
    let institution_id = match (input.institution_id, own.as_slice()) {
        (Some(named), _) => own.iter().copied().find(|one| *one == named),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    if institution_id.is_none() {
        let fault = if input.institution_id.is_some() { "unknown_reference" } else { "several_institutions" };
        faults.add("/institution_id", fault);
    }
    faults.into_result()?;
    let institution_id = institution_id.ok_or(Code::Invalid)?;
    meeting.require_before_start(tx.now)?;
    let proposal = AgendaProposal {
        id: new_id(tx.now),
        meeting_id: id,
        institution_id,
        title: input.title,
        reason: input.reason,
        status: ProposalStatus::Pending,
        decision_reason: None,
        agenda_item_id: None,
        proposed_at: tx.now,
        decided_at: None,
    };
    store::insert(tx, &proposal)?;
    audit::created(tx, "agenda_proposal", proposal.id, Some(&meeting.country_code), &proposal)?;
    notify_secretariat(tx, &meeting, &proposal)?;
    Ok(proposal)
}

/// Accepts or declines a proposal; 409 `proposal_decided` the second time. An accepted one becomes the last item of the
/// agenda, and the people convened are notified of the new agenda.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (meeting_id, id): (MeetingId, AgendaProposalId),
    decision: ProposalDecision,
) -> Result<AgendaProposal> {
    let meeting = scope::lock_writable(tx, actor, meeting_id)?;
    let before = store::find(tx.conn, meeting_id, id)?;
    tx.faults().into_result()?;
    if before.status != ProposalStatus::Pending {
        return Err(Code::ProposalDecided.into());
    }
    let mut after = AgendaProposal {
        decision_reason: decision.reason,
        decided_at: Some(tx.now),
        status: ProposalStatus::Declined,
        ..before.clone()
    };
    if decision.outcome == ProposalOutcome::Accepted {
        require_minutes_open(tx.conn, meeting_id)?;
        let item = new_id(tx.now);
        let presenter = institution_name(tx.conn, after.institution_id)?;
        append(tx, &meeting, AgendaItemInput::proposed(item, after.title.clone(), presenter))?;
        after.agenda_item_id = Some(item);
        after.status = ProposalStatus::Accepted;
    }
    store::decide(tx, &after)?;
    audit::updated(tx, "agenda_proposal", id, Some(&meeting.country_code), &before, &after)?;
    notify_institution(tx, &meeting, &after)?;
    Ok(after)
}

/// Returns the name of an institution, as long as a presenter may be.
fn institution_name(conn: &mut Db, id: InstitutionId) -> Result<String> {
    let name = institution_names(conn, [id])?.remove(&id).unwrap_or_default();
    Ok(name.chars().take(300).collect())
}

fn notify_secretariat(tx: &mut Tx<'_>, meeting: &Meeting, proposal: &AgendaProposal) -> Result<()> {
    let addressees = addressees_in_secretariat(tx, about(meeting), &[proposal.institution_id])?;
    let name = institution_name(tx.conn, proposal.institution_id)?;
    let record = RecordRef::new(RecordKind::Meeting, meeting.id);
    CONVOCATIONS.spend(tx, addressees.len())?;
    notify(tx, Event::AgendaProposed, record, about(meeting), &addressees, |one: &Addressee| {
        let facts = [
            ("session-label-title", Some(meeting.fields.title.clone())),
            ("reply-label-institution", Some(name.clone())),
            ("proposal-label-title", Some(proposal.title.clone())),
            ("proposal-label-reason", Some(proposal.reason.clone())),
        ];
        let decision = format!("/meetings/{}/agenda/proposals/{}/decision", meeting.id, proposal.id);
        compose(one, ("proposal-subject", "proposal"), proposal, facts, ("proposal-link", decision))
    })
}

fn notify_institution(tx: &mut Tx<'_>, meeting: &Meeting, proposal: &AgendaProposal) -> Result<()> {
    let addressees = addressees_of_institutions(tx, about(meeting), &[proposal.institution_id])?;
    let record = RecordRef::new(RecordKind::Meeting, meeting.id);
    notify(tx, Event::AgendaProposalDecided, record, about(meeting), &addressees, |one: &Addressee| {
        let facts = [
            ("session-label-title", Some(meeting.fields.title.clone())),
            ("proposal-label-title", Some(proposal.title.clone())),
            ("proposal-label-reason", proposal.decision_reason.clone()),
        ];
        let session = format!("/meetings/{}", meeting.id);
        compose(one, ("proposal-decided-subject", "proposal-decided"), proposal, facts, ("session-link", session))
    })
}

fn compose<const N: usize>(
    one: &Addressee,
    (subject, first): (&str, &str),
    proposal: &AgendaProposal,
    facts: [(&str, Option<String>); N],
    (link, path): (&str, String),
) -> EmailBody {
    let lang = one.contact.language;
    let args = [("title", proposal.title.clone()), ("outcome", proposal.status.to_string())];
    let facts = facts.into_iter().filter_map(|(key, value)| Some((text(lang, key, &[]), value?))).collect();
    let link = Block::Link(text(lang, link, &[]), path);
    let blocks = vec![Block::Text(text(lang, first, &args)), Block::Facts(facts), link];
    EmailBody::new(lang, text(lang, subject, &args), blocks)
}

/// Returns one page of the proposals that the actor may see: all of them for those who may write the meeting, for
/// others those of the institutions that they represent.
pub(super) fn list_visible(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    paging: &Paging<AgendaProposalId>,
) -> Result<Page<AgendaProposal>> {
    let own = scope::seen_institutions(actor, meeting);
    store::list(conn, meeting.id, own.as_deref(), paging)
}

/// Returns one proposal; 404 if the actor may not see it.
pub(super) fn find_visible(
    conn: &mut Db,
    actor: &Actor,
    meeting: &Meeting,
    id: AgendaProposalId,
) -> Result<AgendaProposal> {
    let found = store::find(conn, meeting.id, id)?;
    let is_seen = scope::may_see_part(actor, meeting, found.institution_id);
    if is_seen { Ok(found) } else { Err(Code::NotFound.into()) }
}

mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::UserId;
    use crate::db::schema::agenda_proposals;
    use crate::meetings::store::of_institutions;

    #[derive(Queryable, Selectable, Insertable)]
    #[diesel(table_name = agenda_proposals)]
    struct Row {
        id: AgendaProposalId,
        meeting_id: MeetingId,
        institution_id: InstitutionId,
        title: String,
        reason: String,
        status: ProposalStatus,
        decision_reason: Option<String>,
        agenda_item_id: Option<AgendaItemId>,
        proposed_by: Option<UserId>,
        proposed_at: Instant,
        decided_by: Option<UserId>,
        decided_at: Option<Instant>,
    }

    impl Row {
        fn into_proposal(self) -> AgendaProposal {
            AgendaProposal {
                id: self.id,
                meeting_id: self.meeting_id,
                institution_id: self.institution_id,
                title: self.title,
                reason: self.reason,
                status: self.status,
                decision_reason: self.decision_reason,
                agenda_item_id: self.agenda_item_id,
                proposed_at: self.proposed_at,
                decided_at: self.decided_at,
            }
        }
    }

    /// Returns one page, in the order of creation; with `own`, only those of these institutions.
    pub(super) fn list(
        conn: &mut Db,
        meeting: MeetingId,
        own: Option<&[InstitutionId]>,
        paging: &Paging<AgendaProposalId>,
    ) -> Result<Page<AgendaProposal>> {
        let mut query = agenda_proposals::table
            .filter(agenda_proposals::meeting_id.eq(meeting))
            .select(Row::as_select())
            .order(agenda_proposals::id)
            .into_boxed();
        query = of_institutions(query, agenda_proposals::institution_id, own);
        let total = paging.count(conn, &query)?;
        if let Some(after) = paging.after {
            query = query.filter(agenda_proposals::id.gt(after));
        }
        let rows: Vec<Row> = query.limit(paging.fetch()).load(conn)?;
        Ok(Page::cut(rows, paging, |row| row.id).counted(total).map(Row::into_proposal))
    }

    /// Returns one proposal of this meeting.
    pub(super) fn find(conn: &mut Db, meeting: MeetingId, id: AgendaProposalId) -> Result<AgendaProposal> {
        let found = agenda_proposals::table.find(id).filter(agenda_proposals::meeting_id.eq(meeting));
        Ok(found.select(Row::as_select()).first(conn).map(Row::into_proposal)?)
    }

    pub(super) fn insert(tx: &mut Tx<'_>, proposal: &AgendaProposal) -> Result<()> {
        let row = Row {
            id: proposal.id,
            meeting_id: proposal.meeting_id,
            institution_id: proposal.institution_id,
            title: proposal.title.clone(),
            reason: proposal.reason.clone(),
            status: proposal.status,
            decision_reason: None,
            agenda_item_id: None,
            proposed_by: tx.who,
            proposed_at: proposal.proposed_at,
            decided_by: None,
            decided_at: None,
        };
        diesel::insert_into(agenda_proposals::table).values(row).execute(tx.conn)?;
        Ok(())
    }

    /// Records the decision.
    pub(super) fn decide(tx: &mut Tx<'_>, proposal: &AgendaProposal) -> Result<()> {
        diesel::update(agenda_proposals::table.find(proposal.id))
            .set((
                agenda_proposals::status.eq(proposal.status),
                agenda_proposals::decision_reason.eq(&proposal.decision_reason),
                agenda_proposals::agenda_item_id.eq(proposal.agenda_item_id),
                agenda_proposals::decided_by.eq(tx.who),
                agenda_proposals::decided_at.eq(proposal.decided_at),
            ))
            .execute(tx.conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, post, put};

    use super::*;
    use crate::audit::PartOf;
    use crate::http::{Body, PageQuery, Query};
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(list).service(create).service(show).service(decide_on);
    }

    /// List the items proposed for the agenda
    ///
    /// In the order of creation.
    ///
    /// Permissions: those who may see the meeting; representatives get those of their institutions alone.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), PageQuery), responses((status = 200, description = "One page", body = Page<AgendaProposal>)))]
    #[get("/api/v1/meetings/{id}/agenda/proposals")]
    pub(crate) async fn list(caller: Caller, id: Path<MeetingId>, query: Query<PageQuery>) -> Result<HttpResponse> {
        let paging = query.0.paging()?;
        let list = move |conn: &mut Db, actor: &Actor| {
            let meeting = scope::visible(conn, actor, *id)?;
            Ok(PartOf::new(&meeting, list_visible(conn, actor, &meeting, &paging)?))
        };
        caller.calculate(list).await
    }

    /// Propose an item for the agenda
    ///
    /// Possible until the session begins; the secretariat is notified. 409 `session_started`, `meeting_cancelled`.
    ///
    /// Permissions: representatives of an institution that the session convenes.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting")), request_body = AgendaProposalInput, responses((status = 201, description = "Proposed", body = AgendaProposal)))]
    #[post("/api/v1/meetings/{id}/agenda/proposals")]
    pub(crate) async fn create(
        caller: Caller,
        id: Path<MeetingId>,
        body: Body<AgendaProposalInput>,
    ) -> Result<HttpResponse> {
        let location = |made: &AgendaProposal| {
            let AgendaProposal { id, meeting_id, .. } = made;
            format!("/api/v1/meetings/{meeting_id}/agenda/proposals/{id}")
        };
        caller.create(body, location, move |tx, actor, input| propose(tx, actor, *id, input)).await
    }

    /// Show a proposed item
    ///
    /// Permissions: those who may write the meeting; representatives of the institution that proposed it.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("proposal_id" = AgendaProposalId, Path, description = "The proposal")), responses((status = 200, description = "The proposal", body = AgendaProposal)))]
    #[get("/api/v1/meetings/{id}/agenda/proposals/{proposal_id}")]
    pub(crate) async fn show(caller: Caller, path: Path<(MeetingId, AgendaProposalId)>) -> Result<HttpResponse> {
        let ids = path.into_inner();
        let show = move |conn: &mut Db, actor: &Actor| {
            let meeting = scope::visible(conn, actor, ids.0)?;
            Ok(PartOf::new(&meeting, find_visible(conn, actor, &meeting, ids.1)?))
        };
        caller.show(show).await
    }

    /// Decide on a proposed item
    ///
    /// Accepting it adds an item to the end of the agenda; declining it needs a reason. The institution is notified. A
    /// second decision: 409 `proposal_decided`.
    ///
    /// Permissions: secretariat of any of the meeting's commissions; coordinator; admin.
    #[utoipa::path(tag = "meetings", params(("id" = MeetingId, Path, description = "The meeting"), ("proposal_id" = AgendaProposalId, Path, description = "The proposal")), request_body = ProposalDecision, responses((status = 200, description = "Decided", body = AgendaProposal), (status = 429, description = "The mails of the day are used up; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[put("/api/v1/meetings/{id}/agenda/proposals/{proposal_id}/decision")]
    pub(crate) async fn decide_on(
        caller: Caller,
        path: Path<(MeetingId, AgendaProposalId)>,
        body: Body<ProposalDecision>,
    ) -> Result<HttpResponse> {
        let ids = path.into_inner();
        let load = move |tx: &mut Tx<'_>, actor: &Actor| {
            let meeting = scope::visible(tx.conn, actor, ids.0)?;
            find_visible(tx.conn, actor, &meeting, ids.1)
        };
        caller.put(body, load, move |tx, actor, input| decide(tx, actor, ids, input)).await
    }
}
