//! The forms that add the part of an institution and change it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::choices::Choices;
use super::form_view::roles;
use super::parts::ShownTerm;
use crate::access::Visibility;
use crate::clock::Instant;
use crate::commitments::model::{AddedAssignments, Assignment, AssignmentChange, Commitment, NewAssignments};
use crate::commitments::{actions, policy, store};
use crate::db::{AssignmentId, CommitmentId, Db, Tx};
use crate::directory::institution_names;
use crate::error::{Faults, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Choice, Field, FormView, Frame, View, actions as form_actions, long};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(new).service(add).service(edit).service(change);
}

/// The form for a new part
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin.
#[get("/commitments/{id}/assignments/new")]
pub(super) async fn new(visitor: Visitor, id: Path<CommitmentId>) -> Result<HttpResponse> {
    visitor.form(NewPart { id: id.into_inner() }).await
}

/// Add the part of an institution, or of every member of a commission
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin.
#[post("/commitments/{id}/assignments/new")]
pub(super) async fn add(submission: Submission, id: Path<CommitmentId>) -> Result<HttpResponse> {
    submission.handle(NewPart { id: id.into_inner() }).await
}

/// The form that changes a part
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin.
#[get("/commitments/{id}/assignments/{aid}/edit")]
pub(super) async fn edit(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(EditPart::of(path)).await
}

/// Change role, target and term of a part
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin.
#[post("/commitments/{id}/assignments/{aid}/edit")]
pub(super) async fn change(submission: Submission, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    submission.handle(EditPart::of(path)).await
}

#[derive(Clone)]
struct NewPart {
    id: CommitmentId,
}

#[derive(Clone)]
struct EditPart {
    id: CommitmentId,
    part: AssignmentId,
}

impl EditPart {
    fn of(path: Path<(CommitmentId, AssignmentId)>) -> Self {
        let (id, part) = path.into_inner();
        Self { id, part }
    }
}

/// A commitment, and the records from which its form lets choose.
pub(super) struct Adding {
    commitment: Commitment,
    choices: Choices,
}

/// A part with the name of its institution.
pub(super) struct Changing {
    commitment: Commitment,
    part: Assignment,
    institution: String,
    now: Instant,
}

crate::restricted_by!(Adding: commitment);

crate::restricted_by!(Changing: commitment);

const SHAPE: Shape =
    Shape { lists: &[], numbers: &["target/quantity"], flags: &[], dates: &["due", "on"], rows: &[], ignored: &[] };

fn writable(conn: &mut Db, actor: &Actor, id: CommitmentId, now: Instant) -> Result<Commitment> {
    let commitment = store::find(conn, &Visibility::of(actor), id, now)?;
    policy::require_writer(actor, &commitment)?;
    Ok(commitment)
}

impl FormPage for NewPart {
    type Record = Adding;
    type Input = NewAssignments;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("on", DayOf::Only)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Adding> {
        Ok(Adding { commitment: writable(conn, actor, self.id, now)?, choices: Choices::load(conn, actor)? })
    }

    fn suggested(&self, _: &Adding) -> Fields {
        Fields::default().with("role", "responsible")
    }

    fn prepare(&self, conn: &mut Db, record: &Adding, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        record.choices.resolve(conn, fields, |name| name == "institution_id")
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Adding, input: NewAssignments) -> Result<String> {
        let done = match actions::add_assignments(tx, actor, self.id, input)? {
            AddedAssignments::One(_) => "commitments-part-added",
            AddedAssignments::Several(_) => "commitments-parts-added",
        };
        Ok(format!("/commitments/{}?done={done}", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Adding) -> View {
        let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
        let own = record.choices.commissions.iter();
        let commissions: Vec<Choice> = own.map(|one| Choice::new(one.id, one.label())).collect();
        let mails = if record.commitment.is_draft() { "commitments-part-draft" } else { "commitments-part-mails" };
        let body = html! {
            (long(frame, &record.commitment.fields.text))
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (record.choices.institution(frame, field("institution_id", "commitments-institution")))
                (field("members_of", "commitments-members-of").hint(frame.t("commitments-or-members"))
                    .select(Some(&frame.t("commitments-nobody")), &commissions))
                (terms(frame, form, &record.commitment.country_code))
                p class="small" { (frame.t(mails)) }
                (form_actions(
                    &frame.t("commitments-add-part"),
                    Some((&format!("/commitments/{}", self.id), &frame.t("ui-leave"))),
                ))
            }
        };
        below(frame, &record.commitment, View::new(frame.t("commitments-add-part"), body))
    }
}

impl FormPage for EditPart {
    type Record = Changing;
    type Input = AssignmentChange;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn days(&self) -> DayFields {
        &[("on", DayOf::Only)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Changing> {
        let commitment = store::find(conn, &Visibility::of(actor), self.id, now)?;
        let part = commitment.assignment(self.part)?.clone();
        policy::require_writer(actor, &commitment)?;
        let id = part.fields.institution_id;
        let institution = institution_names(conn, [id])?.remove(&id).unwrap_or_default();
        Ok(Changing { commitment, part, institution, now })
    }

    fn fields(&self, record: &Changing) -> Fields {
        Fields::of(&record.part.input())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Changing, input: AssignmentChange) -> Result<String> {
        let is_unexplained = input.correction_reason.as_ref().is_none_or(|reason| reason.trim().is_empty());
        if is_unexplained && record.part.due_to.is_some() && record.part.fields.due != input.due {
            tx.found.add("/correction_reason", "required");
            tx.faults().into_result()?;
        }
        actions::change_assignment(tx, actor, self.id, self.part, input)?;
        Ok(format!("/commitments/{}?done=commitments-part-changed", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Changing) -> View {
        let today = record.commitment.today(record.now);
        let present = ShownTerm::of_part(&record.commitment, &record.part, today).words(frame);
        let body = html! {
            (long(frame, &record.commitment.fields.text))
            p { (frame.t_with("commitments-present-term", &[("term", present.into())])) }
            form method="post" action=(frame.path) {
                (form.begin(frame))
                (terms(frame, form, &record.commitment.country_code))
                @if record.part.due_to.is_some() {
                    (Field::new(frame, form, "correction_reason", frame.t("commitments-correction-reason"))
                        .hint(frame.t("commitments-correction-mailed")).max(2000).area(2))
                }
                (form_actions(
                    &frame.t("commitments-save"),
                    Some((&format!("/commitments/{}", self.id), &frame.t("ui-leave"))),
                ))
            }
        };
        below(frame, &record.commitment, View::new(frame.t("commitments-part-edit-title"), body))
            .lead(html! { span class="code" { (record.commitment.code) } " · " (record.institution) })
    }
}

/// Draws role, own term and target of a part.
fn terms(frame: &Frame, form: &FormView, country: &str) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    html! {
        (field("role", "commitments-role").required().radios(&roles(frame)))
        (field("due", "commitments-own-due").hint(frame.t("commitments-own-due-hint")).date(country))
        div class="fields" {
            (field("target/quantity", "commitments-target-quantity").number())
            (field("target/unit", "commitments-target-unit").max(100).text())
        }
    }
}

/// Puts a page below the page of its commitment.
fn below(frame: &Frame, commitment: &Commitment, view: View) -> View {
    view.lead(html! { span class="code" { (commitment.code) } })
        .above("/commitments", frame.t("commitments-title"))
        .above(format!("/commitments/{}", commitment.id), commitment.code.clone())
}
