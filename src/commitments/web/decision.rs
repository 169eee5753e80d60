//! `/extensions/{id}`: a request for more time; granting, refusing, withdrawing it.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::extension::{Reader, pending_request, request, withdrawal_form};
use super::form_parts::{Withdrawable, WithdrawalPage, after_default_button, refused};
use super::parts::{ShownTerm, part_tag};
use super::progress::{Part, name_of};
use crate::clock::Instant;
use crate::commitments::model::{Assignment, DecisionInput, DecisionOutcome, Extension, ExtensionStatus, HistoryEvent};
use crate::commitments::{actions, policy, store};
use crate::db::{Db, ExtensionId, Tx};
use crate::directory::institution_names;
use crate::error::Result;
use crate::http::Shape;
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::ui::{Field, FormView, Frame, Tone, View, date_in_words, moment, notice, prose};

/// A request for more time with its decision
///
/// Permissions: the person who made the request; representative of the institution; secretariat of any of the
/// commissions; coordinator; admin.
#[get("/extensions/{id}")]
pub(super) async fn show(visitor: Visitor, id: Path<ExtensionId>) -> Result<HttpResponse> {
    visitor.form(DecisionPage { extension: id.into_inner(), is_sent: false }).await
}

/// Decide on a request for more time, or withdraw it (`withdraw`)
///
/// Permissions: secretariat of any of the commissions; coordinator of the country; admin. To withdraw: the person who
/// made the request too.
#[post("/extensions/{id}")]
pub(super) async fn send(submission: Submission, id: Path<ExtensionId>) -> Result<HttpResponse> {
    let page = DecisionPage { extension: id.into_inner(), is_sent: false };
    if submission.form.fields.get("withdraw").is_none() {
        return submission.handle(DecisionPage { is_sent: true, ..page }).await;
    }
    submission.handle(WithdrawalPage(page)).await
}

#[derive(Clone)]
struct DecisionPage {
    extension: ExtensionId,
    /// True for a decision, which only those who may write the commitment send.
    is_sent: bool,
}

/// A request for a person who may decide on it or withdraw it.
struct Deciding {
    part: Part,
    asked: Extension,
    events: Vec<HistoryEvent>,
    /// The other parts of the commitment, each with the name of its institution.
    others: Vec<(String, Assignment)>,
    may_decide: bool,
    reader: Reader,
}

crate::restricted_by!(Deciding: part);

/// The largest number of other parts that are listed.
const MOST_OTHERS: usize = 30;

impl FormPage for DecisionPage {
    type Record = Deciding;
    type Input = DecisionInput;

    fn shape(&self) -> Shape {
        Shape { dates: &["due"], ..Shape::default() }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Deciding> {
        let asked = store::extension(conn, self.extension)?;
        let part = Part::load(conn, actor, (asked.commitment_id, asked.assignment_id), now)?;
        if self.is_sent {
            policy::require_writer(actor, &part.commitment)?;
        }
        let institution = part.assignment.fields.institution_id;
        if policy::require_extension_requester(actor, &part.commitment, institution).is_err() {
            policy::require_extension_withdrawer(actor, &part.commitment, &asked)?;
        }
        let others: Vec<Assignment> =
            part.commitment.assignments.iter().filter(|other| other.id != part.assignment.id).cloned().collect();
        let names = institution_names(conn, others.iter().map(|other| other.fields.institution_id))?;
        let named = |other: Assignment| (name_of(&names, other.fields.institution_id), other);
        let others = others.into_iter().map(named).collect();
        let events = part.history(conn)?;
        let may_decide = policy::may_write(actor, &part.commitment);
        let reader = Reader::of(actor, &part.commitment, &asked);
        Ok(Deciding { part, asked, events, others, may_decide, reader })
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Deciding, input: DecisionInput) -> Result<String> {
        let done = match input.outcome {
            DecisionOutcome::Granted => "extension-granted",
            DecisionOutcome::Refused => "extension-refused",
        };
        actions::decide_extension(tx, actor, self.extension, input)?;
        Ok(format!("/reviews?done={done}"))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Deciding) -> View {
        let (part, asked) = (&record.part, &record.asked);
        let is_pending = asked.status == ExtensionStatus::Pending;
        let body = html! {
            @match (is_pending, record.may_decide) {
                (true, true) => { (decision_form(frame, form, record)) },
                (true, false) => {
                    (pending_request(frame, form, (part, asked), record.reader))
                },
                (false, _) => {
                    (refused(form))
                    (decided(frame, part, asked))
                    (side_by_side(frame, record))
                },
            }
            (part.draw_history(frame, &record.events))
        };
        let view =
            View::new(frame.t("progress-decision-title"), html! { div class="stack" { (body) } }).lead(part.lead());
        let view = if record.may_decide { view.above("/reviews", frame.t("progress-queue-title")) } else { view };
        view.above(part.path(), part.commitment.code.as_str())
    }
}

fn side_by_side(frame: &Frame, record: &Deciding) -> Markup {
    let (part, asked) = (&record.part, &record.asked);
    html! {
        div class="side-by-side" {
            section { h2 { (frame.t("progress-request")) } (request(frame, part, asked)) }
            section { h2 { (frame.t("progress-promised")) } (part.promised(frame)) }
            section { h2 { (frame.t("progress-other-parts")) } (others(frame, record)) }
        }
    }
}

/// Draws the other parts with their terms, so that the reader sees if only this part will miss its term.
fn others(frame: &Frame, record: &Deciding) -> Markup {
    let part = &record.part;
    let more = record.others.len().saturating_sub(MOST_OTHERS);
    html! {
        @if record.others.is_empty() { p { (frame.t("progress-no-other-parts")) } } @else {
            ul class="stack" {
                @for (name, other) in record.others.iter().take(MOST_OTHERS) {
                    @let term = ShownTerm::of_part(&part.commitment, other, part.today());
                    li { (name) " " (part_tag(frame, other)) p class="small" { (term.words(frame)) } }
                }
            }
            @if more > 0 {
                p { a href=(part.path()) { (frame.t_n("progress-more-parts", more)) } }
            }
        }
    }
}

fn decision_form(frame: &Frame, form: &FormView, record: &Deciding) -> Markup {
    let (part, asked) = (&record.part, &record.asked);
    let country = part.commitment.country_code.as_str();
    let asked_due = date_in_words(frame, country, &asked.fields.requested_due);
    html! {
        form class="stack" method="post" action=(frame.path) {
            (form.begin(frame))
            (after_default_button(&frame.t("progress-continue"), &side_by_side(frame, record)))
            (Field::new(frame, form, "due", frame.t("progress-field-other-term"))
                .hint(frame.t_with("progress-field-other-term-hint", &[("date", asked_due.into())])).date(country))
            (Field::new(frame, form, "comment", frame.t("progress-field-comment"))
                .hint(frame.t("progress-field-decision-hint")).max(2000).kept_area(4))
            div class="form-actions" id="outcome" tabindex="-1" {
                button class="main" type="submit" name="outcome" value="granted" { (frame.t("progress-grant")) }
                button type="submit" name="outcome" value="refused" { (frame.t("progress-refuse")) }
                a href="/reviews" { (frame.t("progress-back-to-queue")) }
                p class="small" { (frame.t("progress-decision-next")) }
            }
        }
        (withdrawal_form(frame, form, record.reader))
    }
}

/// Draws the end of a request: granted, refused or withdrawn.
fn decided(frame: &Frame, part: &Part, asked: &Extension) -> Markup {
    let (country, zone) = (part.commitment.country_code.as_str(), part.commitment.zone);
    let granted = asked.granted_due.as_ref().map(|due| date_in_words(frame, country, due));
    let by = match &asked.decision {
        Some(decision) => decision.decided_by.as_ref().map(|by| (by.name.clone(), decision.decided_at)),
        None => asked.withdrawn_by.as_ref().map(|by| by.name.clone()).zip(asked.withdrawn_at),
    };
    let (tone, sentence) = match (asked.status, granted) {
        (ExtensionStatus::Granted, Some(date)) => {
            (Tone::Done, frame.t_with("progress-event-extension-granted", &[("date", date.into())]))
        }
        (ExtensionStatus::Granted, None) => (Tone::Done, frame.t("progress-event-extension-granted-plain")),
        (ExtensionStatus::Refused, _) => (Tone::Soon, frame.t("progress-event-extension-refused")),
        (ExtensionStatus::Withdrawn | ExtensionStatus::Pending, _) => {
            (Tone::Neutral, frame.t("progress-event-extension-withdrawn"))
        }
    };
    notice(
        tone,
        html! {
            p { strong { (sentence) } }
            @if let Some((name, at)) = by { p class="small" { (moment(at, zone)) " · " (name) } }
            @if let Some(comment) = asked.decision.as_ref().and_then(|one| one.comment.as_ref()) { (prose(comment)) }
        },
    )
}

impl Withdrawable for DecisionPage {
    fn withdraw(&self, tx: &mut Tx<'_>, actor: &Actor, record: Deciding) -> Result<String> {
        actions::withdraw_extension(tx, actor, self.extension)?;
        Ok(format!("/commitments/{}?done=extension-withdrawn", record.asked.commitment_id))
    }
}
