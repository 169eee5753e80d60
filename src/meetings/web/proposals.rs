//! `/meetings/{id}/agenda/proposals/new` and `…/{proposal_id}/decision`.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::html;

use super::super::convocation::convened_institutions;
use super::super::model::Meeting;
use super::super::proposals::{
    self, AgendaProposal, AgendaProposalInput, ProposalDecision, ProposalOutcome, ProposalStatus,
};
use super::super::scope;
use super::{below, is_mailed, name_of};
use crate::access::{require, require_writer};
use crate::clock::Instant;
use crate::db::{AgendaProposalId, Db, InstitutionId, MeetingId, Tx};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::{Permitted, Result};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, actions, notice, prose};

/// The form of a proposal for the agenda
///
/// Permissions: representatives of an institution that the session convenes.
#[get("/meetings/{id}/agenda/proposals/new")]
pub(super) async fn open_new(visitor: Visitor, id: Path<MeetingId>) -> Result<HttpResponse> {
    visitor.form(NewProposal(id.into_inner())).await
}

/// Propose an item for the agenda
///
/// Permissions: representatives of an institution that the session convenes.
#[post("/meetings/{id}/agenda/proposals/new")]
pub(super) async fn create(submission: Submission, id: Path<MeetingId>) -> Result<HttpResponse> {
    submission.handle(NewProposal(id.into_inner())).await
}

/// The form of the decision on a proposal
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[get("/meetings/{id}/agenda/proposals/{proposal_id}/decision")]
pub(super) async fn open(visitor: Visitor, ids: Path<(MeetingId, AgendaProposalId)>) -> Result<HttpResponse> {
    let (meeting, proposal) = ids.into_inner();
    visitor.form(Decision { meeting, proposal }).await
}

/// Decide on a proposal for the agenda
///
/// Permissions: secretariat of any of its commissions; coordinator; admin.
#[post("/meetings/{id}/agenda/proposals/{proposal_id}/decision")]
pub(super) async fn decide_on(
    submission: Submission,
    ids: Path<(MeetingId, AgendaProposalId)>,
) -> Result<HttpResponse> {
    let (meeting, proposal) = ids.into_inner();
    submission.handle(Decision { meeting, proposal }).await
}

#[derive(Debug, Clone)]
struct NewProposal(MeetingId);

struct NewRecord {
    meeting: Meeting,
    /// The institutions convened that the reader represents.
    own: Vec<InstitutionId>,
    names: InstitutionNames,
}

crate::restricted_by!(NewRecord: meeting);

impl FormPage for NewProposal {
    type Record = NewRecord;
    type Input = AgendaProposalInput;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<NewRecord> {
        let meeting = scope::visible(conn, actor, self.0)?;
        let convened = convened_institutions(conn, &meeting, now)?;
        let ids = &meeting.fields.commission_ids;
        let own: Vec<_> = convened.into_iter().filter(|one| actor.is_representative_of(*one, ids)).collect();
        require(!own.is_empty(), Permitted::Convened)?;
        Ok(NewRecord { names: institution_names(conn, own.iter().copied())?, own, meeting })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: NewRecord, input: AgendaProposalInput) -> Result<String> {
        proposals::propose(tx, actor, self.0, input)?;
        Ok(format!("/meetings/{}/agenda?done=agenda-proposed", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &NewRecord) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let own: Vec<Choice> = record.own.iter().map(|id| Choice::new(id, name_of(&record.names, *id))).collect();
        let back = format!("/meetings/{}/agenda", self.0);
        let body = html! {
            form method="post" action=(frame.path) {
                (form.begin(frame))
                @if own.len() > 1 {
                    @let choose = frame.t("meetings-choose");
                    (field("institution_id", "meetings-column-institution").required().select(Some(&choose), &own))
                }
                (field("title", "meetings-item-title").required().max(500).text())
                (field("reason", "meetings-proposal-reason").hint(frame.t("meetings-proposal-reason-hint"))
                    .required().max(2000).kept_area(4))
                p class="hint" { (frame.t("meetings-proposal-mails")) }
                (actions(&frame.t("meetings-proposal-send"), Some((&back, &frame.t("ui-leave")))))
            }
        };
        below(frame, &record.meeting, "meetings-propose", body)
    }
}

#[derive(Debug, Clone)]
struct Decision {
    meeting: MeetingId,
    proposal: AgendaProposalId,
}

struct DecisionRecord {
    meeting: Meeting,
    proposal: AgendaProposal,
    names: InstitutionNames,
    now: Instant,
}

crate::restricted_by!(DecisionRecord: meeting);

impl FormPage for Decision {
    type Record = DecisionRecord;
    type Input = ProposalDecision;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<DecisionRecord> {
        let meeting = scope::visible(conn, actor, self.meeting)?;
        let proposal = proposals::find_visible(conn, actor, &meeting, self.proposal)?;
        require_writer(actor, &meeting.country_code, &meeting.fields.commission_ids)?;
        Ok(DecisionRecord { names: institution_names(conn, [proposal.institution_id])?, meeting, proposal, now })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: DecisionRecord, input: ProposalDecision) -> Result<String> {
        let after = proposals::decide(tx, actor, (self.meeting, self.proposal), input)?;
        let done = if after.status == ProposalStatus::Accepted { "proposal-accepted" } else { "proposal-declined" };
        Ok(format!("/meetings/{}/agenda?done={done}", self.meeting))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &DecisionRecord) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let (proposal, back) = (&record.proposal, format!("/meetings/{}/agenda", self.meeting));
        let accepted =
            if is_mailed(&record.meeting, record.now) { "meetings-accept-mails" } else { "meetings-accept-hint" };
        let outcomes = [
            Choice::new(ProposalOutcome::Accepted, frame.t("meetings-accept")).hint(frame.t(accepted)),
            Choice::new(ProposalOutcome::Declined, frame.t("meetings-decline")).hint(frame.t("meetings-decline-hint")),
        ];
        let body = html! {
            section class="panel" {
                h2 { (proposal.title) }
                p class="small" { (name_of(&record.names, proposal.institution_id)) }
                (prose(&proposal.reason))
            }
            @if proposal.status != ProposalStatus::Pending {
                (notice(Tone::Neutral, html! { p { (frame.t("detail-proposal-decided")) } }))
            } @else {
                form method="post" action=(frame.path) {
                    (form.begin(frame))
                    (field("outcome", "meetings-decision").required().radios(&outcomes))
                    (field("reason", "meetings-decision-reason").max(2000).area(3))
                    (actions(&frame.t("meetings-decide"), Some((&back, &frame.t("ui-leave")))))
                }
            }
        };
        below(frame, &record.meeting, "meetings-decision-title", body)
    }
}
