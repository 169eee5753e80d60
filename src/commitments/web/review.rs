//! `/reviews/{update_id}`: promised, reported and evidence side by side; accepting, returning, withdrawing a review.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use chrono::TimeDelta;
use maud::{Markup, html};

use super::form_parts::{Withdrawable, WithdrawalPage, after_default_button, refused};
use super::progress::{Part, evidence, quantity_words};
use crate::clock::Instant;
use crate::commitments::model::{
    HistoryEvent, ReportedStatus, Review, ReviewInput, ReviewOutcome, Update, falls_short,
};
use crate::commitments::{actions, policy, store};
use crate::db::{Db, Tx, UpdateId};
use crate::error::{Faults, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, Tone, View, moment, notice, prose};

/// A report with its review
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin.
#[get("/reviews/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<UpdateId>) -> Result<HttpResponse> {
    visitor.form(ReviewPage { update: id.into_inner() }).await
}

/// Review a reported completion, or withdraw a review (`withdraw`)
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin; never the person who wrote
/// or imported the report. To withdraw: the person who gave the review.
#[post("/reviews/{id}")]
pub(super) async fn send(submission: Submission, id: Path<UpdateId>) -> Result<HttpResponse> {
    let page = ReviewPage { update: id.into_inner() };
    if submission.form.fields.get("withdraw").is_none() {
        return submission.handle(page).await;
    }
    submission.handle(WithdrawalPage(page)).await
}

#[derive(Clone)]
struct ReviewPage {
    update: UpdateId,
}

/// A report for a person who may write its commitment.
struct Reviewing {
    part: Part,
    update: Update,
    events: Vec<HistoryEvent>,
    /// True when the person wrote or imported the report, and so may not review it.
    is_own: bool,
    may_withdraw: bool,
}

crate::restricted_by!(Reviewing: part);

impl Reviewing {
    /// Returns true if the report waits for its review.
    fn is_waiting(&self) -> bool {
        self.part.assignment.progress.pending_update_id == Some(self.update.id)
    }

    /// Returns true if the quantity is below the target, or is missing where there is a target.
    fn falls_short(&self) -> bool {
        falls_short(self.part.assignment.fields.target.as_ref(), self.part.assignment.progress.quantity)
    }
}

impl FormPage for ReviewPage {
    type Record = Reviewing;
    type Input = ReviewInput;

    fn shape(&self) -> Shape {
        Shape { flags: &["accept_below_target"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reviewing> {
        let update = store::find_update(conn, self.update)?;
        let part = Part::load(conn, actor, (update.commitment_id, update.assignment_id), now)?;
        policy::require_writer(actor, &part.commitment)?;
        let events = part.history(conn)?;
        let may_withdraw = actions::may_withdraw_review(conn, actor, (&part.commitment, &update), now)?;
        let is_own = update.is_of(actor.id);
        Ok(Reviewing { part, update, events, is_own, may_withdraw })
    }

    /// Asks for the statement and the reason that accepting below the target needs.
    fn prepare(&self, _: &mut Db, record: &Reviewing, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        let accepts = fields.get("outcome") == Some(ReviewOutcome::Accepted.as_str());
        if accepts && record.is_waiting() && record.falls_short() {
            if fields.get("accept_below_target") != Some("true") {
                faults.add_with("/accept_below_target", "required", vec![("reason", "below_target".to_owned())]);
            }
            if fields.get("comment").is_none_or(|comment| comment.trim().is_empty()) {
                faults.add("/comment", "comment_required");
            }
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Reviewing, input: ReviewInput) -> Result<String> {
        let done = match input.outcome {
            ReviewOutcome::Accepted => "review-accepted",
            ReviewOutcome::Returned => "review-returned",
        };
        actions::review_update(tx, actor, self.update, input)?;
        Ok(format!("/reviews?done={done}"))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reviewing) -> View {
        let part = &record.part;
        let is_open = record.is_waiting() && !record.is_own;
        let body = html! {
            @if is_open { (review_form(frame, form, record)) } @else {
                (refused(form))
                (standing(frame, record))
                (side_by_side(frame, record))
                @if let Some(review) = record.update.review.as_ref().filter(|_| record.may_withdraw) {
                    (withdrawal(frame, form, part, review))
                }
            }
            (part.draw_history(frame, &record.events))
        };
        View::new(frame.t("progress-review-title"), html! { div class="stack" { (body) } })
            .lead(part.lead())
            .above("/reviews", frame.t("progress-queue-title"))
            .above(part.path(), part.commitment.code.as_str())
    }
}

fn side_by_side(frame: &Frame, record: &Reviewing) -> Markup {
    let (part, update) = (&record.part, &record.update);
    html! {
        div class="side-by-side" {
            section { h2 { (frame.t("progress-promised")) } (part.promised(frame)) }
            section { h2 { (frame.t("progress-reported")) } (part.reported(frame, update)) }
            section {
                h2 { (frame.t("progress-evidence")) }
                (evidence(frame, &part.commitment.country_code, &update.fields.evidence))
            }
        }
    }
}

fn review_form(frame: &Frame, form: &FormView, record: &Reviewing) -> Markup {
    let part = &record.part;
    let target = part.assignment.fields.target.as_ref();
    let short =
        if record.falls_short() { quantity_words(frame, target, part.assignment.progress.quantity) } else { None };
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            (after_default_button(&frame.t("progress-continue"), &side_by_side(frame, record)))
            @if let Some(quantity) = short {
                (notice(Tone::Soon, html! {
                    p { (frame.t_with("progress-below-target", &[("quantity", quantity.into())])) }
                }))
                (Field::new(frame, form, "accept_below_target", frame.t("progress-field-below-target"))
                    .hint(frame.t("progress-field-below-target-hint")).check())
            }
            (Field::new(frame, form, "comment", frame.t("progress-field-comment"))
                .hint(frame.t("progress-field-comment-hint")).max(2000).kept_area(4))
            @if part.assignment.pending_extension_id.is_some() { p { (frame.t("progress-accept-withdraws")) } }
            div class="form-actions" id="outcome" tabindex="-1" {
                button class="main" type="submit" name="outcome" value="accepted" { (frame.t("progress-accept")) }
                button type="submit" name="outcome" value="returned" { (frame.t("progress-return")) }
                a href="/reviews" { (frame.t("progress-back-to-queue")) }
                p class="small" { (frame.t("progress-review-next")) }
            }
        }
    }
}

/// Draws the state of a report that this person cannot review.
fn standing(frame: &Frame, record: &Reviewing) -> Markup {
    let zone = record.part.commitment.zone;
    if record.is_waiting() {
        return notice(Tone::Review, html! { p { (frame.t("detail-own-update")) } });
    }
    let Some(review) = &record.update.review else {
        let key = match record.update.fields.status {
            ReportedStatus::Completed => "progress-replaced",
            _ => "progress-not-to-review",
        };
        let waiting = record.part.assignment.progress.pending_update_id;
        return notice(
            Tone::Neutral,
            html! {
                p { (frame.t(key)) }
                @if let Some(id) = waiting {
                    p { a href={ "/reviews/" (id) } { (frame.t("progress-open-waiting")) } }
                }
            },
        );
    };
    let (tone, key) = match review.outcome {
        ReviewOutcome::Accepted => (Tone::Done, "progress-accepted-by"),
        ReviewOutcome::Returned => (Tone::Soon, "progress-returned-by"),
    };
    let name = review.reviewed_by.as_ref().map_or_else(|| frame.t("progress-nobody"), |by| by.name.clone());
    let at = moment(review.reviewed_at, zone);
    notice(
        tone,
        html! {
            p { strong { (frame.t_with(key, &[("name", name.into()), ("at", at.into())])) } }
            @if review.accepted_below_target { p { (frame.t("progress-was-below-target")) } }
            @if let Some(comment) = &review.comment { (prose(comment)) }
        },
    )
}

/// Draws the button that withdraws a review, with the moment until which it works.
fn withdrawal(frame: &Frame, form: &FormView, part: &Part, review: &Review) -> Markup {
    let until = moment(review.reviewed_at.plus(TimeDelta::hours(24)), part.commitment.zone);
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            p { (frame.t_with("progress-withdraw-review-about", &[("at", until.into())])) }
            div class="form-actions" {
                button class="danger" type="submit" name="withdraw" value="true" {
                    (frame.t("progress-withdraw-review"))
                }
                a href="/reviews" { (frame.t("progress-back-to-queue")) }
            }
        }
    }
}

impl Withdrawable for ReviewPage {
    fn withdraw(&self, tx: &mut Tx<'_>, actor: &Actor, _: Reviewing) -> Result<String> {
        actions::withdraw_review(tx, actor, self.update)?;
        Ok(format!("/reviews/{}?done=review-withdrawn", self.update))
    }
}
