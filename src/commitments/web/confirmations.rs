//! Pages that state what will happen and who gets a mail: publication, deletion, and the end or reopening of a part.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::mailed::Mailed;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, ReasonInput, Status};
use crate::commitments::{actions, policy, store};
use crate::db::{AssignmentId, CommitmentId, Db, InstitutionId, Tx};
use crate::directory::institution_names;
use crate::error::{Code, Error, Result};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, View, confirmation, prose};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(publication).service(publish).service(removal).service(remove);
    cfg.service(part_removal).service(remove_part);
    cfg.service(cancellation).service(cancel).service(reopening).service(reopen);
}

/// The action that a page asks to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConfirmedAction {
    Publish,
    Remove,
    RemovePart(AssignmentId),
    Cancel(AssignmentId),
    Reopen(AssignmentId),
}

/// A page that asks to confirm an action.
#[derive(Debug, Clone, Copy)]
struct Confirmation {
    id: CommitmentId,
    action: ConfirmedAction,
}

/// A page that asks to confirm an action, with its reason.
#[derive(Debug, Clone, Copy)]
struct WithReason(Confirmation);

impl Confirmation {
    fn of(id: CommitmentId, action: ConfirmedAction) -> Self {
        Self { id, action }
    }

    fn of_part(path: Path<(CommitmentId, AssignmentId)>, action: fn(AssignmentId) -> ConfirmedAction) -> Self {
        let (id, part) = path.into_inner();
        Self { id, action: action(part) }
    }
}

/// The page that publishes a draft
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/publication")]
pub(super) async fn publication(visitor: Visitor, id: Path<CommitmentId>) -> Result<HttpResponse> {
    visitor.form(Confirmation::of(id.into_inner(), ConfirmedAction::Publish)).await
}

/// Publish a draft
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/publication")]
pub(super) async fn publish(submission: Submission, id: Path<CommitmentId>) -> Result<HttpResponse> {
    submission.handle(Confirmation::of(id.into_inner(), ConfirmedAction::Publish)).await
}

/// The page that deletes a commitment
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/removal")]
pub(super) async fn removal(visitor: Visitor, id: Path<CommitmentId>) -> Result<HttpResponse> {
    visitor.form(Confirmation::of(id.into_inner(), ConfirmedAction::Remove)).await
}

/// Delete a commitment without reports
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<CommitmentId>) -> Result<HttpResponse> {
    submission.handle(Confirmation::of(id.into_inner(), ConfirmedAction::Remove)).await
}

/// The page that removes a part
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/assignments/{aid}/removal")]
pub(super) async fn part_removal(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(Confirmation::of_part(path, ConfirmedAction::RemovePart)).await
}

/// Remove a part that was added by mistake
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/assignments/{aid}/removal")]
pub(super) async fn remove_part(
    submission: Submission,
    path: Path<(CommitmentId, AssignmentId)>,
) -> Result<HttpResponse> {
    submission.handle(Confirmation::of_part(path, ConfirmedAction::RemovePart)).await
}

/// The page that cancels a part
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/assignments/{aid}/cancellation")]
pub(super) async fn cancellation(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(WithReason(Confirmation::of_part(path, ConfirmedAction::Cancel))).await
}

/// Cancel a part
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/assignments/{aid}/cancellation")]
pub(super) async fn cancel(submission: Submission, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    submission.handle(WithReason(Confirmation::of_part(path, ConfirmedAction::Cancel))).await
}

/// The page that reopens a part
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[get("/commitments/{id}/assignments/{aid}/reopening")]
pub(super) async fn reopening(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(WithReason(Confirmation::of_part(path, ConfirmedAction::Reopen))).await
}

/// Reopen an accepted or cancelled part
///
/// Permissions: secretariat of any of its commissions; coordinator of the country; admin.
#[post("/commitments/{id}/assignments/{aid}/reopening")]
pub(super) async fn reopen(submission: Submission, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    submission.handle(WithReason(Confirmation::of_part(path, ConfirmedAction::Reopen))).await
}

impl ConfirmedAction {
    /// Returns the part that the action concerns.
    const fn part(self) -> Option<AssignmentId> {
        match self {
            Self::Publish | Self::Remove => None,
            Self::RemovePart(id) | Self::Cancel(id) | Self::Reopen(id) => Some(id),
        }
    }

    /// Returns the last part of the keys of its texts.
    const fn key(self) -> &'static str {
        match self {
            Self::Publish => "publication",
            Self::Remove => "removal",
            Self::RemovePart(_) => "part-removal",
            Self::Cancel(_) => "cancellation",
            Self::Reopen(_) => "reopening",
        }
    }

    /// Refuses what the state of the commitment or of the part does not allow.
    fn require(self, commitment: &Commitment, part: Option<&Assignment>) -> Result<()> {
        match (self, part) {
            (Self::Publish, _) if !commitment.is_draft() => Err(Code::NotDraft.into()),
            (Self::Cancel(_), Some(part)) => part.progress.cancel().map(|_| ()).map_err(Error::from),
            (Self::Reopen(_), Some(part)) => part.progress.reopen().map(|_| ()).map_err(Error::from),
            _ => Ok(()),
        }
    }

    /// Returns the institutions that are mailed.
    fn mailed_institutions(self, commitment: &Commitment, part: Option<&Assignment>) -> Vec<InstitutionId> {
        let live = commitment.assignments.iter().filter(|one| one.progress.status != Status::Cancelled);
        match (self, part) {
            (Self::Publish, _) => live.map(|one| one.fields.institution_id).collect(),
            (Self::Cancel(_) | Self::Reopen(_), Some(part)) if !commitment.is_draft() => {
                vec![part.fields.institution_id]
            }
            _ => Vec::new(),
        }
    }
}

/// A commitment, and the people who are mailed.
pub(super) struct Confirming {
    commitment: Commitment,
    /// The name of the institution whose part it is.
    institution: Option<String>,
    mailed: Vec<Mailed>,
}

crate::restricted_by!(Confirming: commitment);

impl Confirmation {
    fn path(self) -> String {
        format!("/commitments/{}", self.id)
    }

    fn load(self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Confirming> {
        let commitment = store::find(conn, &Visibility::of(actor), self.id, now)?;
        let part = self.action.part().map(|id| commitment.assignment(id).cloned()).transpose()?;
        policy::require_writer(actor, &commitment)?;
        self.action.require(&commitment, part.as_ref())?;
        let to = self.action.mailed_institutions(&commitment, part.as_ref());
        let mailed = Mailed::load(conn, actor, &commitment, &to, now)?;
        let institution = part.as_ref().map(|part| part.fields.institution_id);
        let institution = match institution {
            Some(id) => institution_names(conn, [id])?.remove(&id),
            None => None,
        };
        Ok(Confirming { commitment, institution, mailed })
    }

    /// Draws the page: what will happen, who is mailed, and the form.
    fn view(self, frame: &Frame, form: &FormView, record: &Confirming, fields: &Markup) -> View {
        let key = self.action.key();
        let is_final = matches!(
            self.action,
            ConfirmedAction::Remove | ConfirmedAction::RemovePart(_) | ConfirmedAction::Cancel(_)
        );
        let content = html! {
            (prose(&record.commitment.fields.text))
            p { (frame.t(&format!("commitments-{key}-about"))) }
            @if !matches!(self.action, ConfirmedAction::Remove | ConfirmedAction::RemovePart(_)) { (Mailed::list(frame, &record.mailed)) }
            (fields)
        };
        let button = format!("commitments-{key}-submit");
        let body = confirmation(frame, form, content, (&button, is_final), (&self.path(), "ui-unchanged"));
        let institution = record.institution.as_ref().map(|name| format!(" · {name}")).unwrap_or_default();
        View::new(frame.t(&format!("commitments-{key}-title")), body)
            .lead(html! { span class="code" { (record.commitment.code) } (institution) })
            .above("/commitments", frame.t("commitments-title"))
            .above(self.path(), record.commitment.code.clone())
    }
}

impl FormPage for Confirmation {
    type Record = Confirming;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Confirming> {
        Self::load(*self, conn, actor, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Confirming, _: NoFields) -> Result<String> {
        match self.action {
            ConfirmedAction::Publish => {
                actions::publish(tx, actor, self.id)?;
                Ok(format!("{}?done=commitments-published", self.path()))
            }
            ConfirmedAction::RemovePart(part) => {
                actions::remove_assignment(tx, actor, self.id, part)?;
                Ok(format!("{}?done=commitments-part-removed", self.path()))
            }
            _ => {
                let locked = actions::lock(tx, actor, record.commitment.id)?;
                actions::delete(tx, actor, locked)?;
                Ok("/commitments?done=commitments-removed".to_owned())
            }
        }
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Confirming) -> View {
        Self::view(*self, frame, form, record, &html! {})
    }
}

impl FormPage for WithReason {
    type Record = Confirming;
    type Input = ReasonInput;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Confirming> {
        self.0.load(conn, actor, now)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Confirming, input: ReasonInput) -> Result<String> {
        let id = self.0.id;
        let done = match self.0.action {
            ConfirmedAction::Reopen(part) => {
                actions::reopen_assignment(tx, actor, id, part, input.reason)?;
                "commitments-part-reopened"
            }
            ConfirmedAction::Cancel(part) => {
                actions::cancel_assignment(tx, actor, id, part, input.reason)?;
                "commitments-part-cancelled"
            }
            _ => return Err(Error::internal("an action without a reason")),
        };
        Ok(format!("{}?done={done}", self.0.path()))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Confirming) -> View {
        let reason = Field::new(frame, form, "reason", frame.t("commitments-reason"));
        let reason = reason.hint(frame.t("commitments-reason-hint")).required().max(2000).area(3);
        self.0.view(frame, form, record, &reason)
    }
}
