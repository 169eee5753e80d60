//! `/commitments/{id}/assignments/{aid}/report`: one page for a report of progress with its evidence.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use super::form_parts::after_default_button;
use super::progress::{Part, evidence};
use crate::clock::Instant;
use crate::commitments::model::{ReportedStatus, Update, UpdateInput, Verification};
use crate::commitments::{actions, policy};
use crate::dates::date_of_words;
use crate::db::{AssignmentId, CommitmentId, Db, Tx, UserId};
use crate::error::{Code, Faults, Permitted, Result};
use crate::http::{DayFields, DayOf, Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor, require};
use crate::ui::{Choice, Field, FormView, Frame, Tone, View, evidence_rows, notice, panel, prose};
use crate::uploads::keep_files;

/// The form for a report
///
/// Permissions: representative of the institution; secretariat of any of the commissions; coordinator; admin.
#[get("/commitments/{id}/assignments/{aid}/report")]
pub(super) async fn show(visitor: Visitor, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    visitor.form(ReportPage::of(path)).await
}

/// Report progress
///
/// Permissions: representative of the institution; secretariat of any of the commissions; coordinator; admin.
#[post("/commitments/{id}/assignments/{aid}/report")]
pub(super) async fn send(mut submission: Submission, path: Path<(CommitmentId, AssignmentId)>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(ReportPage::of(path)).await
}

#[derive(Clone)]
struct ReportPage {
    commitment: CommitmentId,
    part: AssignmentId,
}

/// A part for which a person may report.
struct Reporting {
    part: Part,
    person: UserId,
    /// True when the person may report for the institution as its secretariat.
    is_writer: bool,
    /// True when the person represents the institution.
    is_own: bool,
}

crate::restricted_by!(Reporting: part);

impl Reporting {
    fn last(&self) -> Option<&Update> {
        self.part.reports.last()
    }

    /// Returns the last report when it was returned: it is corrected.
    fn returned(&self) -> Option<&Update> {
        let progress = &self.part.assignment.progress;
        self.last().filter(|_| progress.verification == Verification::Returned && progress.status.is_open())
    }

    /// Returns the reason for which the part takes no reports.
    fn refusal(&self) -> Option<Code> {
        let published = self.part.commitment.require_published();
        published.and_then(|()| self.part.assignment.progress.require_live()).err()
    }

    /// Returns the fields of a report, without the files that another person has uploaded.
    fn fields_of(&self, update: &Update) -> Fields {
        let mut fields = Fields::of(&update.fields);
        fields.remove("on_behalf");
        let is_own = update.is_of(self.person);
        for (n, entry) in update.fields.evidence.iter().enumerate() {
            fields.remove(&format!("evidence/{n}/dated_from"));
            fields.remove(&format!("evidence/{n}/dated_to"));
            match entry.file_id {
                Some(_) if is_own => fields.set(&format!("evidence/{n}/file_name"), &entry.title),
                Some(_) => fields.remove(&format!("evidence/{n}/file_id")),
                None => {}
            }
        }
        fields
    }
}

impl ReportPage {
    fn of(path: Path<(CommitmentId, AssignmentId)>) -> Self {
        let (commitment, part) = path.into_inner();
        Self { commitment, part }
    }
}

impl FormPage for ReportPage {
    type Record = Reporting;
    type Input = UpdateInput;

    fn shape(&self) -> Shape {
        Shape {
            numbers: &["percent", "quantity"],
            flags: &["on_behalf"],
            dates: &["reported_on"],
            rows: &[("evidence", &["title", "url", "file_id"])],
            ignored: &["last_report", "evidence/*/file", "evidence/*/file_name", "evidence/*/new"],
            ..Shape::default()
        }
    }

    fn days(&self) -> DayFields {
        &[("reported_on", DayOf::Only)]
    }

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Reporting> {
        let part = Part::load(conn, actor, (self.commitment, self.part), now)?;
        let institution = part.assignment.fields.institution_id;
        require(policy::may_report(actor, &part.commitment, institution), Permitted::InstitutionOrWriters)?;
        let is_writer = policy::may_write(actor, &part.commitment);
        let is_own = policy::represents(actor, &part.commitment, institution);
        Ok(Reporting { part, person: actor.id, is_writer, is_own })
    }

    /// A returned report is corrected, so its fields are filled in. `last_report` shows that somebody else has
    /// reported meanwhile.
    fn fields(&self, record: &Reporting) -> Fields {
        let mut fields = record.returned().map(|update| record.fields_of(update)).unwrap_or_default();
        if record.is_writer && !record.is_own {
            fields.set("on_behalf", true);
        }
        if let Some(last) = record.last() {
            fields.set("last_report", last.id);
        }
        fields
    }

    /// Reads a percentage as people write it: `30%`.
    fn prepare(&self, _: &mut Db, _: &Reporting, fields: &mut Fields, _: &mut Faults) -> Result<()> {
        if let Some(number) = fields.get("percent").and_then(|typed| typed.trim().strip_suffix('%')) {
            let number = number.trim().to_owned();
            fields.set("percent", number);
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Reporting, input: UpdateInput) -> Result<String> {
        let done = if input.status == ReportedStatus::Completed { "reported-for-review" } else { "reported" };
        actions::report_update(tx, actor, self.commitment, self.part, input)?;
        Ok(format!("/commitments/{}?done={done}", self.commitment))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Reporting) -> View {
        let part = &record.part;
        let form = &with_defaults(form, record);
        let is_sent = form.has_faults() || form.is_to_confirm;
        let body = match record.refusal().filter(|_| !is_sent) {
            Some(code) => html! { (closed(frame, part, code)) (promise(frame, part)) },
            None => html! {
                form class="stack" method="post" action=(frame.path) enctype="multipart/form-data" {
                    (form.begin(frame))
                    @match returned(frame, record) {
                        Some(comment) => {
                            (after_default_button(&frame.t("progress-send"), &comment))
                            (promise(frame, part))
                        },
                        None => { (after_default_button(&frame.t("progress-send"), &promise(frame, part))) },
                    }
                    (questions(frame, form, record))
                }
            },
        };
        let title =
            frame.t(if record.returned().is_some() { "progress-correct-title" } else { "progress-report-title" });
        let body =
            html! { div class="columns" { div class="stack" { (body) } aside { (last_report(frame, record)) } } };
        View::new(title, body)
            .lead(part.lead())
            .above("/commitments", frame.t("web-nav-commitments"))
            .above(part.path(), part.commitment.code.as_str())
    }
}

/// Fills in today, shows the meaning of the date, and shows the report of somebody else as what is stored.
fn with_defaults(form: &FormView, record: &Reporting) -> FormView {
    let mut form = form.clone();
    if form.fields.get("reported_on").is_none() {
        form.fields.set("reported_on", record.part.today().to_string());
    }
    if let (Some(changed), Some(last)) = (&mut form.changed, record.last()) {
        *changed = record.fields_of(last);
        // These have a value before anybody fills them in.
        let has_default = |name: &str| name == "on_behalf" || name.ends_with("/kind");
        for (name, value) in form.fields.0.iter().filter(|(name, _)| has_default(name)) {
            if changed.get(name).is_none() {
                changed.push(name, value);
            }
        }
    }
    let is_shown = form.understood.iter().any(|(name, _)| name == "reported_on");
    if let (false, Ok(date)) = (is_shown, date_of_words(form.value("reported_on"))) {
        form.understood.push(("reported_on".to_owned(), date));
    }
    form
}

/// Draws the sentence about a part that takes no reports.
fn closed(frame: &Frame, part: &Part, code: Code) -> Markup {
    let sentence = frame.t(&format!("detail-{}", code.as_str().replace('_', "-")));
    notice(Tone::Neutral, html! { p { (sentence) } p { a href=(part.path()) { (frame.t("progress-back")) } } })
}

/// Draws the promise with its term and target.
fn promise(frame: &Frame, part: &Part) -> Markup {
    panel(&frame.t("progress-promised"), None, html! { (part.text(frame)) (part.terms(frame)) })
}

/// Draws the comment with which the last report was returned.
fn returned(frame: &Frame, record: &Reporting) -> Option<Markup> {
    let review = record.returned()?.review.as_ref()?;
    let content = html! {
        p { strong { (frame.t("progress-returned-with")) } }
        @if let Some(comment) = &review.comment { (prose(comment)) }
    };
    Some(notice(Tone::Soon, content))
}

fn last_report(frame: &Frame, record: &Reporting) -> Markup {
    let part = &record.part;
    let Some(last) = record.last() else {
        return panel(&frame.t("progress-last-report"), None, html! { p { (frame.t("progress-no-report")) } });
    };
    let is_pending = part.assignment.progress.pending_update_id == Some(last.id);
    let content = html! {
        @if is_pending { (notice(Tone::Review, html! { p { (frame.t("progress-replaces-pending")) } })) }
        (part.reported(frame, last))
        @if !last.fields.evidence.is_empty() {
            (evidence(frame, &part.commitment.country_code, &last.fields.evidence))
        }
    };
    panel(&frame.t("progress-last-report"), None, content)
}

/// Draws the questions and the button.
fn questions(frame: &Frame, form: &FormView, record: &Reporting) -> Markup {
    let part = &record.part;
    let country = part.commitment.country_code.as_str();
    let field = |name: &'static str, label: &'static str| Field::new(frame, form, name, frame.t(label));
    html! {
        (field("status", "progress-question-status").required().radios(&statuses(frame)))
        (field("narrative", "progress-question-done").hint(frame.t("progress-question-done-hint")).required()
            .max(10_000).kept_area(7))
        @match &part.assignment.fields.target {
            Some(target) => {
                @let label = frame.t_with("progress-field-quantity", &[("unit", target.unit.as_str().into())]);
                @let of = [("target", target.quantity.to_string().into())];
                @let hint = frame.t_with("progress-field-quantity-hint", &of);
                (Field::new(frame, form, "quantity", label).hint(hint).number())
            },
            None => {
                (field("percent", "progress-field-percent").hint(frame.t("progress-field-percent-hint")).number())
            },
        }
        (field("reported_on", "progress-field-day").hint(frame.t("progress-field-day-hint")).required().date(country))
        (evidence_rows(frame, form, &KINDS.map(|key| frame.t(key))))
        @if record.is_writer {
            @let institution = [("institution", part.institution.as_str().into())];
            (Field::new(frame, form, "on_behalf", frame.t_with("progress-field-on-behalf", &institution))
                .hint(frame.t("progress-field-on-behalf-hint")).check())
        }
        div class="form-actions" {
            button class="main" type="submit" { (frame.t("progress-send")) }
            a href=(part.path()) { (frame.t("progress-leave")) }
            p class="small" { (frame.t("progress-send-next")) }
        }
    }
}

fn statuses(frame: &Frame) -> Vec<Choice> {
    let choice = |status: ReportedStatus, hint: &str| {
        let choice = Choice::new(status, frame.word("status", status.as_str()));
        if hint.is_empty() { choice } else { choice.hint(frame.t(hint)) }
    };
    vec![
        choice(ReportedStatus::InProgress, ""),
        choice(ReportedStatus::Completed, "progress-completed-hint"),
        choice(ReportedStatus::NotAchieved, "progress-not-achieved-hint"),
        choice(ReportedStatus::Planned, "progress-planned-hint"),
    ]
}

/// The keys of the kinds of documents; the first is the default.
const KINDS: [&str; 7] = [
    "progress-kind-document",
    "progress-kind-minutes",
    "progress-kind-attendance",
    "progress-kind-report",
    "progress-kind-norm",
    "progress-kind-agreement",
    "progress-kind-photo",
];
