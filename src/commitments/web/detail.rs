//! One commitment: what was promised, the part of each institution with its next step, and the history.

use std::collections::HashMap;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::detail_facts::{facts_of, further_facts_of};
use super::parts::{ShownTerm, document, part_tag, role_word, target_words};
use super::timeline;
use crate::access::{CommissionRef, Visibility, known_commissions, may_coordinate};
use crate::agreements::{Agreement, agreements_by_id};
use crate::clock::Instant;
use crate::commitments::model::{Assignment, Commitment, HistoryEvent, Status, Update, Verification};
use crate::commitments::store::{self, ImportOfCommitment};
use crate::commitments::{actions, policy};
use crate::db::{AssignmentId, CommitmentId, Db, ExtensionId, UpdateId};
use crate::directory::{InstitutionNames, institution_names};
use crate::error::{Code, Result};
use crate::identity::{Actor, Visitor};
use crate::meetings::{Meeting, agenda_of_meetings, meetings_by_id};
use crate::plans::{PlanItem, plan_items_by_id};
use crate::ui::{Frame, Tone, View, button_link, empty, moment, notice, panel, prose, short_day, tag};

pub(super) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show);
}

/// The number of events that the page shows unless all are asked for.
const LATEST: usize = 10;

/// The number of events that the whole history shows.
const MOST_EVENTS: i64 = 5_000;

/// One commitment
///
/// Permissions: those who may see it, through one of its commissions or because it names their institution.
#[get("/commitments/{id}")]
pub(crate) async fn show(visitor: Visitor, id: Path<CommitmentId>) -> Result<HttpResponse> {
    let (id, now) = (id.into_inner(), visitor.state.now());
    let whole = visitor.parameters().get("history") == Some("all");
    visitor.page(move |conn, actor| Shown::load(conn, actor, (id, whole), now), |frame, shown| shown.view(frame)).await
}

/// The next step of the reader for a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NextStep {
    Review(UpdateId),
    Decide(ExtensionId),
    Report,
    Nothing,
}

/// The steps that the reader may take for a part.
struct Steps {
    next: NextStep,
    /// True when the reader represents the institution of the part.
    is_own: bool,
    may_report: bool,
    may_ask: bool,
    /// The reason for which the reader can ask for no more time.
    refusal: Option<Code>,
}

/// A commitment with all that its page names.
pub(super) struct Shown {
    pub commitment: Commitment,
    /// The commissions that the reader may know.
    pub commissions: Vec<CommissionRef>,
    pub institutions: InstitutionNames,
    pub meeting: Option<Meeting>,
    /// The title of the item of the session's agenda.
    pub item: Option<String>,
    pub agreement: Option<Agreement>,
    pub plan_items: Vec<PlanItem>,
    /// The commitments that must come first, and the reader may see.
    pub depends_on: Vec<Commitment>,
    updates: HashMap<AssignmentId, Vec<Update>>,
    events: Vec<HistoryEvent>,
    /// The imports to which events belong.
    imports: Vec<ImportOfCommitment>,
    has_older: bool,
    /// True for those who may read the audit log of the commitment.
    has_log: bool,
    steps: HashMap<AssignmentId, Steps>,
    pub may_write: bool,
    pub now: Instant,
}

crate::restricted_by!(Shown: commitment, depends_on, meeting, agreement);

impl Shown {
    fn load(conn: &mut Db, actor: &Actor, (id, whole): (CommitmentId, bool), now: Instant) -> Result<Self> {
        let visibility = Visibility::of(actor);
        let commitment = store::find(conn, &visibility, id, now)?;
        let fields = &commitment.fields;
        let most = if whole { MOST_EVENTS } else { 1 + LATEST as i64 };
        let mut events = store::latest_history(conn, id, most)?;
        let has_older = !whole && events.len() > LATEST;
        if has_older {
            events.truncate(LATEST);
        }
        let parts: Vec<AssignmentId> = commitment.assignments.iter().map(|part| part.id).collect();
        let updates = store::updates_of(conn, &parts)?;
        let agreement = match fields.agreement_id {
            Some(id) => agreements_by_id(conn, &visibility, &[id])?.remove(&id),
            None => None,
        };
        let meeting_id = fields.meeting_id.or_else(|| agreement.as_ref()?.fields.meeting_id);
        let meeting = match meeting_id {
            Some(id) => meetings_by_id(conn, &visibility, &[id])?.remove(&id),
            None => None,
        };
        let item = match (&meeting, fields.agenda_item_id) {
            (Some(meeting), Some(wanted)) => {
                let agenda = agenda_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default();
                agenda.into_iter().find(|one| one.id == Some(wanted)).map(|one| one.title)
            }
            _ => None,
        };
        let mut items = plan_items_by_id(conn, &fields.plan_item_ids)?;
        let plan_items = fields.plan_item_ids.iter().filter_map(|id| items.remove(id)).collect();
        let depends_on = match fields.depends_on_ids.as_slice() {
            [] => Vec::new(),
            ids => store::commitments(conn, &visibility, ids, now)?,
        };
        let named = commitment.assignments.iter().map(|part| part.fields.institution_id);
        let named = named.chain(fields.follow_up_institution_id).chain(fields.beneficiary_ids.iter().copied());
        let named: Vec<_> = named.chain(events.iter().filter_map(timeline::named_in)).collect();
        let steps = commitment.assignments.iter().map(|part| {
            let reports = updates.get(&part.id).map(Vec::as_slice).unwrap_or_default();
            (part.id, Steps::of(actor, &commitment, (part, reports), now))
        });
        let imports =
            store::imports_of(conn, &commitment, events.iter().map(|event| event.at), (&visibility, actor.id))?;
        Ok(Self {
            imports,
            commissions: known_commissions(conn, &visibility, &fields.commission_ids)?,
            institutions: institution_names(conn, named)?,
            may_write: policy::may_write(actor, &commitment),
            steps: steps.collect(),
            meeting,
            item,
            agreement,
            plan_items,
            depends_on,
            updates,
            events,
            has_older,
            has_log: may_coordinate(actor, &commitment.country_code),
            commitment,
            now,
        })
    }

    /// Returns the address of the commitment.
    pub(super) fn path(&self) -> String {
        format!("/commitments/{}", self.commitment.id)
    }

    fn view(self, frame: &Frame) -> View {
        let view = View::new(self.title(), self.body(frame)).above("/commitments", frame.t("commitments-title"));
        let view =
            if self.is_long() { view } else { view.lead(html! { span class="code" { (self.commitment.code) } }) };
        match self.actions(frame) {
            Some(actions) => view.actions(actions),
            None => view,
        }
    }

    fn is_long(&self) -> bool {
        self.commitment.fields.text.chars().count() > 200 || self.commitment.fields.text.contains('\n')
    }

    /// Returns the text of the commitment, or the code when the text is too long for a heading.
    fn title(&self) -> String {
        if self.is_long() { self.commitment.code.clone() } else { self.commitment.fields.text.clone() }
    }

    /// Draws the buttons beside the heading: the next step when there is only one, publication, and the form.
    fn actions(&self, frame: &Frame) -> Option<Markup> {
        let path = self.path();
        let step = self.only_step();
        (self.may_write || step.is_some()).then(|| {
            html! {
                @if let Some((path, key)) = &step { (button_link(path, &frame.t(key), true)) }
                @if self.may_write {
                    @if self.commitment.is_draft() {
                        (button_link(&format!("{path}/publication"), &frame.t("commitments-publish"), true))
                    }
                    (button_link(&frame.onward(&format!("{path}/edit")), &frame.t("commitments-edit"), false))
                }
            }
        })
    }

    /// Returns the next step of the reader, when only one part has one.
    fn only_step(&self) -> Option<(String, &'static str)> {
        let parts = self.commitment.assignments.iter();
        let mut steps = parts.filter_map(|part| self.step_of(part, self.steps.get(&part.id)?.next));
        let first = steps.next()?;
        steps.next().is_none().then_some(first)
    }

    /// Returns the address and the key of the text of a step.
    fn step_of(&self, part: &Assignment, step: NextStep) -> Option<(String, &'static str)> {
        match step {
            NextStep::Review(id) => Some((format!("/reviews/{id}"), "commitments-step-review")),
            NextStep::Decide(id) => Some((format!("/extensions/{id}"), "commitments-step-decide")),
            NextStep::Report => {
                Some((format!("{}/assignments/{}/report", self.path(), part.id), "commitments-step-report"))
            }
            NextStep::Nothing => None,
        }
    }

    fn body(&self, frame: &Frame) -> Markup {
        html! {
            @if self.commitment.is_draft() {
                (notice(Tone::Soon, html! { p { (frame.t("commitments-draft-notice")) } }))
            }
            div class="columns" {
                div {
                    @if self.is_long() { (prose(&self.commitment.fields.text)) }
                    (facts_of(frame, self))
                    (self.parts(frame))
                    (further_facts_of(frame, self))
                    @if self.may_write { (self.removal(frame)) }
                }
                aside { (self.history(frame)) }
            }
        }
    }

    fn removal(&self, frame: &Frame) -> Markup {
        let is_unused = self.updates.values().all(Vec::is_empty);
        html! {
            @if is_unused {
                p { a class="danger" href={ (self.path()) "/removal" } { (frame.t("commitments-remove")) } }
            }
        }
    }

    fn history(&self, frame: &Frame) -> Markup {
        html! {
            (panel(&frame.t("commitments-history"), None, html! {
                (timeline::draw(frame, (&self.commitment, &self.imports), &self.institutions, &self.events))
                @if self.has_older {
                    p { a href={ (self.path()) "?history=all" } { (frame.t("commitments-whole-history")) } }
                }
                @if self.has_log {
                    p { a href={ "/audit-log?record_id=" (self.commitment.id) } { (frame.t("audit-page")) } }
                }
            }))
        }
    }

    /// Draws the parts: those of the reader's institutions first, under a heading of their own.
    fn parts(&self, frame: &Frame) -> Markup {
        let add = format!("{}/assignments/new", self.path());
        let text = frame.t("commitments-add-part");
        let link = self.may_write.then_some((add.as_str(), text.as_str()));
        if self.commitment.assignments.is_empty() {
            let sentence = frame.t("commitments-no-parts-yet");
            return panel(&frame.t("commitments-institutions"), None, empty(&sentence, link));
        }
        let is_own = |part: &&Assignment| self.steps.get(&part.id).is_some_and(|steps| steps.is_own);
        let (own, others): (Vec<_>, Vec<_>) = self.commitment.assignments.iter().partition(is_own);
        let list =
            |parts: &[&Assignment]| html! { ul class="items" { @for part in parts { (self.part(frame, part)) } } };
        let title = if own.is_empty() { "commitments-institutions" } else { "commitments-other-parts" };
        html! {
            @if !own.is_empty() {
                (panel(&frame.t_n("commitments-own-parts", own.len()), None, list(&own)))
            }
            @if !others.is_empty() || link.is_some() { (panel(&frame.t(title), link, list(&others))) }
        }
    }

    fn part(&self, frame: &Frame, part: &Assignment) -> Markup {
        let name = self.institutions.get(&part.fields.institution_id).map(String::as_str).unwrap_or_default();
        let reports = self.updates.get(&part.id).map(Vec::as_slice).unwrap_or_default();
        let today = self.commitment.today(self.now);
        let steps = self.steps.get(&part.id);
        html! {
            li id={ "part-" (part.id) } {
                div {
                    p class="what" { (name) " " (part_tag(frame, part)) }
                    p class="small" { (self.summary(frame, part, reports.last())) }
                    @if part.progress.status != Status::Cancelled && part.due_to.is_some() {
                        p { (ShownTerm::of_part(&self.commitment, part, today).draw(frame)) }
                    }
                    @if part.pending_extension_id.is_some() {
                        p { (tag(Tone::Review, &frame.t("commitments-extension-asked"))) }
                    }
                    @for report in reports.iter().rev().take(1) { (self.report(frame, report, reports.len())) }
                    @if let Some(steps) = steps { (self.further_steps(frame, part, steps, reports.is_empty())) }
                }
                @if let Some(steps) = steps { (self.next_steps(frame, part, steps, name)) }
            }
        }
    }

    /// Returns the line under the name of an institution: role, target, last report.
    fn summary(&self, frame: &Frame, part: &Assignment, last: Option<&Update>) -> String {
        let progress = &part.progress;
        let mut words = vec![role_word(frame, part.fields.role)];
        words.extend(part.fields.target.as_ref().map(|target| match progress.quantity {
            Some(done) => {
                let of = target_words(frame, target);
                frame.t_with("commitments-quantity-of", &[("done", done.to_string().into()), ("target", of.into())])
            }
            None => frame.t_with("commitments-target-of", &[("target", target_words(frame, target).into())]),
        }));
        words.extend(progress.percent.map(|percent| format!("{percent} %")));
        words.push(match last {
            Some(last) => {
                let day = short_day(last.received_at.day_in(self.commitment.zone));
                frame.t_with("commitments-reported-on", &[("day", day.into())])
            }
            None => frame.t("commitments-no-report"),
        });
        words.join(" · ")
    }

    /// Draws the last report of a part, folded.
    fn report(&self, frame: &Frame, report: &Update, number: usize) -> Markup {
        let fields = &report.fields;
        let status = frame.word("status", fields.status.as_str());
        let at = moment(report.received_at, self.commitment.zone);
        let by = report.author.as_ref().map(|author| format!(" · {}", author.name)).unwrap_or_default();
        html! {
            details class="more" {
                summary { (frame.t_with("commitments-last-report", &[("status", status.into())])) }
                p class="small" { (at) (by) }
                (prose(&fields.narrative))
                @if !fields.evidence.is_empty() {
                    p { strong { (frame.t("commitments-evidence")) } }
                    ul {
                        @for one in &fields.evidence {
                            li {
                                (document(&one.title, one.file_id, one.url.as_deref()))
                                @if let Some(kind) = &one.kind { " (" (kind) ")" }
                            }
                        }
                    }
                }
                @if let Some(comment) = report.review.as_ref().and_then(|review| review.comment.as_ref()) {
                    p { strong { (frame.t("commitments-review-comment")) } " " (comment) }
                }
                @if number > 1 {
                    @let earlier = number - 1;
                    p { a href={ (self.path()) "?history=all" } { (frame.t_n("commitments-earlier-reports", earlier)) } }
                }
            }
        }
    }

    /// Draws the button for the next step of the reader; for an own part, the request for more time too.
    fn next_steps(&self, frame: &Frame, part: &Assignment, steps: &Steps, name: &str) -> Markup {
        let extension = format!("{}/assignments/{}/extension", self.path(), part.id);
        let ask = match part.pending_extension_id {
            Some(_) => Some("commitments-see-request"),
            None => steps.may_ask.then_some("commitments-ask"),
        };
        let mut links: Vec<(String, &str)> = self.step_of(part, steps.next).into_iter().collect();
        links.extend(ask.filter(|_| steps.is_own).map(|key| (extension, key)));
        html! {
            @if !links.is_empty() {
                div class="actions" {
                    @for (path, key) in &links {
                        a class="button" href=(path) { (frame.t(key)) span class="unseen" { ": " (name) } }
                    }
                }
            }
        }
    }

    /// Draws links to what else the reader may do with a part, folded.
    fn further_steps(&self, frame: &Frame, part: &Assignment, steps: &Steps, is_unreported: bool) -> Markup {
        let at = |page: &str| format!("{}/assignments/{}/{page}", self.path(), part.id);
        let mut links = Vec::new();
        if steps.may_report && steps.next != NextStep::Report {
            links.push((at("report"), "commitments-report"));
        }
        if steps.may_ask && !steps.is_own {
            links.push((at("extension"), "commitments-ask"));
        }
        if self.may_write {
            let is_closed = part.progress.status == Status::Cancelled || part.progress.is_accepted();
            links.push((at("edit"), "commitments-part-edit"));
            if part.progress.status != Status::Cancelled {
                links.push((at("cancellation"), "commitments-part-cancel"));
            }
            if is_closed {
                links.push((at("reopening"), "commitments-part-reopen"));
            }
            if is_unreported && !is_closed {
                links.push((at("removal"), "commitments-part-remove"));
            }
        }
        html! {
            @if steps.is_own && steps.refusal == Some(Code::TermExpired) {
                p class="small" { (frame.t("detail-term-expired")) }
            }
            @if !links.is_empty() {
                details class="more" {
                    summary { (frame.t("commitments-more-steps")) }
                    ul { @for (path, key) in &links { li { a href=(path) { (frame.t(key)) } } } }
                }
            }
        }
    }
}

impl Steps {
    fn of(actor: &Actor, commitment: &Commitment, (part, reports): (&Assignment, &[Update]), now: Instant) -> Self {
        let is_writer = policy::may_write(actor, commitment);
        let own = actor.is_representative_of(part.fields.institution_id, &commitment.fields.commission_ids);
        let is_live = !commitment.is_draft() && part.progress.require_live().is_ok();
        let may_report = is_live && (own || is_writer);
        let refusal = actions::refusal_of_extension(actor, commitment, part, now);
        let may_ask = (own || is_writer) && refusal.is_none();
        let waiting = part.progress.pending_update_id.filter(|_| part.progress.verification == Verification::Pending);
        let foreign = |id: &UpdateId| reports.iter().any(|report| report.id == *id && !report.is_of(actor.id));
        let next = match (waiting.filter(foreign), part.pending_extension_id) {
            (Some(update), _) if is_writer => NextStep::Review(update),
            (_, Some(extension)) if is_writer => NextStep::Decide(extension),
            _ if own && may_report => NextStep::Report,
            _ => NextStep::Nothing,
        };
        Self { next, is_own: own, may_report, may_ask, refusal }
    }
}
