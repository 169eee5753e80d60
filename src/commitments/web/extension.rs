//! `/commitments/{id}/assignments/{aid}/extension`: asking for more time, and withdrawing the request that waits.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::form_parts::{Withdrawable, WithdrawalPage, refused};
use super::progress::Part;
use crate::clock::Instant;
use crate::commitments::model::{Commitment, Extension, ExtensionInput};
use crate::commitments::{actions, policy, store};
use crate::db::{AssignmentId, CommitmentId, Db, ExtensionId, Tx};
use crate::error::{Code, Result};
use crate::http::Shape;
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, Tone, View, date_in_words, description, facts, moment, notice, panel, prose};

/// The form for a request for more time
///
/// Permissions: representative of the institution; secretariat of any of the commissions; coordinator; admin.
#[get("/commitments/{id}/assignments/{aid}/extension")]
pub(super) async fn show(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(RequestPage::of(path)).await
}

/// Request more time, or withdraw the request (`withdraw`)
///
/// Permissions: representative of the institution; secretariat of any of the commissions; coordinator; admin. To
/// withdraw: the person who made the request, and those who may write the commitment.
#[post("/commitments/{id}/assignments/{aid}/extension")]
pub(super) async fn send(submission: Submission, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    let page = RequestPage::of(path);
    if submission.form.fields.get("withdraw").is_none() {
        return submission.handle(page).await;
    }
    submission.handle(WithdrawalPage(page)).await
}

#[derive(Clone)]
struct RequestPage {
    commitment: CommitmentId,
    part: AssignmentId,
}

/// A part for which a person may request more time.
struct Requesting {
    part: Part,
    /// The request that waits, and its reader.
    pending: Option<(Extension, Reader)>,
    /// The reason for which no time can be requested.
    refusal: Option<Code>,
}

/// The reader of a request that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The person who made it, who may withdraw it.
    Applicant,
    /// A person who may decide on it, and may withdraw it on behalf of the institution.
    Decider,
    /// Another person of the institution.
    Colleague,
}

impl Reader {
    pub(super) fn of(actor: &Actor, commitment: &Commitment, asked: &Extension) -> Self {
        if asked.requested_by.as_ref().is_some_and(|person| person.id == actor.id) {
            Self::Applicant
        } else if policy::may_write(actor, commitment) {
            Self::Decider
        } else {
            Self::Colleague
        }
    }
}

crate::restricted_by!(Requesting: part);

impl RequestPage {
    fn of(path: Path<(CommitmentId, AssignmentId)>) -> Self {
        let (commitment, part) = path.into_inner();
        Self { commitment, part }
    }
}

impl FormPage for RequestPage {
    type Record = Requesting;
    type Input = ExtensionInput;

    fn shape(&self) -> Shape {
        Shape { dates: &["requested_due"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Requesting> {
        let part = Part::load(conn, actor, (self.commitment, self.part), now)?;
        let (commitment, own) = (&part.commitment, &part.assignment);
        policy::require_extension_requester(actor, commitment, own.fields.institution_id)?;
        let pending = own.pending_extension_id.map(|id| store::extension(conn, id)).transpose()?;
        let pending = pending.map(|asked| {
            let reader = Reader::of(actor, commitment, &asked);
            (asked, reader)
        });
        let refusal = actions::refusal_of_extension(actor, commitment, own, now);
        Ok(Requesting { part, pending, refusal })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Requesting, input: ExtensionInput) -> Result<String> {
        actions::request_extension(tx, actor, self.commitment, self.part, input)?;
        Ok(format!("/commitments/{}?done=extension-requested", self.commitment))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Requesting) -> View {
        let part = &record.part;
        let is_sent = form.has_faults() || form.is_to_confirm;
        let body = match (&record.pending, record.refusal) {
            (Some((asked, reader)), _) => pending_request(frame, form, (part, asked), *reader),
            (None, Some(code)) if !is_sent => html! {
                @let key = format!("detail-{}", code.as_str().replace('_', "-"));
                (notice(Tone::Neutral, html! { p { (frame.t(&key)) } }))
                p { a href=(part.path()) { (frame.t("progress-back")) } }
            },
            _ => request_form(frame, form, part),
        };
        View::new(
            frame.t("progress-extension-title"),
            html! { div class="columns" { div class="stack" { (body) } (aside(frame, part)) } },
        )
        .lead(part.lead())
        .above("/commitments", frame.t("web-nav-commitments"))
        .above(part.path(), part.commitment.code.as_str())
    }
}

fn aside(frame: &Frame, part: &Part) -> Markup {
    html! { aside { (panel(&frame.t("progress-promised"), None, part.promised(frame))) } }
}

fn request_form(frame: &Frame, form: &FormView, part: &Part) -> Markup {
    let country = part.commitment.country_code.as_str();
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            (Field::new(frame, form, "requested_due", frame.t("progress-field-requested")).required().date(country))
            (Field::new(frame, form, "reason", frame.t("progress-field-reason")).required().max(2000).kept_area(5))
            div class="form-actions" {
                button class="main" type="submit" { (frame.t("progress-extension-send")) }
                a href=(part.path()) { (frame.t("progress-leave")) }
                p class="small" { (frame.t("progress-extension-next")) }
            }
        }
    }
}

/// Draws the request that waits, with what its reader may do.
pub(super) fn pending_request(
    frame: &Frame,
    form: &FormView,
    (part, asked): (&Part, &Extension),
    reader: Reader,
) -> Markup {
    html! {
        (notice(Tone::Review, html! { p { (frame.t("progress-extension-waits")) } }))
        (request(frame, part, asked))
        @match reader {
            Reader::Applicant => {
                form class="stack" method="post" action=(frame.path) {
                    (form.begin(frame))
                    p { (frame.t("progress-extension-withdraw-about")) }
                    div class="form-actions" {
                        button class="danger" type="submit" name="withdraw" value="true" {
                            (frame.t("progress-extension-withdraw"))
                        }
                        a href=(part.path()) { (frame.t("progress-back")) }
                    }
                }
            },
            Reader::Decider => {
                (refused(form))
                div class="form-actions" {
                    a class="button main" href={ "/extensions/" (asked.id) } { (frame.t("commitments-step-decide")) }
                    a href=(part.path()) { (frame.t("progress-back")) }
                }
            },
            Reader::Colleague => {
                (refused(form))
                p { (frame.t("progress-extension-colleague")) }
                p { a href=(part.path()) { (frame.t("progress-back")) } }
            },
        }
    }
}

/// Draws the folded form that withdraws a request, for a person who may decide on it.
pub(super) fn withdrawal_form(frame: &Frame, form: &FormView, reader: Reader) -> Markup {
    let key = if reader == Reader::Applicant { "progress-extension-withdraw" } else { "progress-extension-close" };
    html! {
        details class="more" {
            summary { (frame.t(key)) }
            form class="stack" method="post" action=(frame.path) {
                input type="hidden" name="form_id" value=(form.form_id);
                p { (frame.t(&format!("{key}-about"))) }
                button class="danger" type="submit" name="withdraw" value="true" { (frame.t(key)) }
            }
        }
    }
}

/// Draws a request for more time: the requested term, the person who requested it, and the reason.
pub(super) fn request(frame: &Frame, part: &Part, asked: &Extension) -> Markup {
    let asked_due = date_in_words(frame, &part.commitment.country_code, &asked.fields.requested_due);
    let at = moment(asked.requested_at, part.commitment.zone);
    let name = asked.requested_by.as_ref().map_or_else(|| frame.t("progress-nobody"), |by| by.name.clone());
    html! {
        (facts(&[
            description(frame.t("progress-requested"), asked_due),
            (frame.t("progress-reason"), prose(&asked.fields.reason)),
            description(frame.t("progress-requested-by"), format!("{name} · {at}")),
        ]))
    }
}

impl Withdrawable for RequestPage {
    fn withdraw(&self, tx: &mut Tx<'_>, actor: &Actor, record: Requesting) -> Result<String> {
        let id: ExtensionId = record.part.assignment.pending_extension_id.ok_or(Code::ExtensionWithdrawn)?;
        actions::withdraw_extension(tx, actor, id)?;
        Ok(format!("/commitments/{}?done=extension-withdrawn", self.commitment))
    }
}
