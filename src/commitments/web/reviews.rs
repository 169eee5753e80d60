//! `/reviews`: the reports that await review and the requests for more time that await a decision.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use chrono::TimeDelta;
use maud::{Markup, html};
use serde::Deserialize;

use super::parts::ShownTerm;
use super::progress::{name_of, quantity_words};
use super::reviews_periodic::{self, Waiting, periodic};
use crate::access::{CommissionRef, Visibility, may_write_anywhere, visible_commissions};
use crate::clock::Instant;
use crate::commitments::model::{
    Assignment, Commitment, Extension, ExtensionStatus, ReviewOutcome, Update, Verification, falls_short,
};
use crate::commitments::store::{self, ProgressFilter, ProgressPage};
use crate::db::{AssignmentId, CommissionId, CommitmentId, Db, ExtensionId, InstitutionId, UpdateId, UserId, unique};
use crate::directory::{InstitutionNames, countries_of, institution_names};
use crate::error::{Permitted, Result};
use crate::http::{Page, PageParameters, Paging};
use crate::identity::{Actor, Visitor, require};
use crate::text::name_key;
use crate::ui::{
    self, Choice, Field, FormView, Frame, Tone, View, ago, country_field, date_in_words, empty, pager, panel,
    short_day, tag,
};

/// The queue of reviews and decisions
///
/// Permissions: secretariats, coordinators, admins; the queue has what waits in the commissions that they may write
/// for.
#[get("/reviews")]
pub(super) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (query, now) = (parameters.read::<QueueQuery>()?, visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| Queue::load(conn, actor, &query, now);
    visitor.page(read, move |frame, queue| view(frame, &queue, &parameters)).await
}

/// The filters of the queue, with the names of the lists of the API, and a cursor for each of the two lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QueueQuery {
    pub commission_id: Option<CommissionId>,
    pub institution_id: Option<InstitutionId>,
    pub country_code: Option<String>,
    limit: Option<i64>,
    cursor: Option<String>,
    extensions_cursor: Option<String>,
}

/// The time in which the own reviews are listed, so that a mistake is found again.
const LATELY: TimeDelta = TimeDelta::hours(24);

/// The largest number of own reviews that are listed.
const MOST_REVIEWED: i64 = 10;

/// The reports and requests that wait for a person who reviews.
struct Queue {
    reports: Page<Update>,
    requests: Page<Extension>,
    /// The periodic reports that wait.
    periodic: Vec<Waiting>,
    /// The reports that the person reviewed lately.
    reviewed: Vec<Update>,
    commitments: HashMap<CommitmentId, Commitment>,
    names: InstitutionNames,
    /// The countries, commissions and institutions of the filters.
    countries: Vec<(String, String)>,
    commissions: Vec<CommissionRef>,
    waiting: Vec<InstitutionId>,
    person: UserId,
    now: Instant,
}

crate::restricted_by!(Queue: commitments, periodic);

impl Queue {
    fn load(conn: &mut Db, actor: &Actor, query: &QueueQuery, now: Instant) -> Result<Self> {
        require(may_write_anywhere(actor), Permitted::AnyWriter)?;
        let writable = Visibility::writable_by(actor);
        let filter = ProgressFilter {
            commission_id: query.commission_id,
            institution_id: query.institution_id,
            country_code: query.country_code.clone(),
        };
        let paging = Paging::<UpdateId>::read(query.limit, query.cursor.as_deref())?.counting(Some(true));
        let reports: ProgressPage<Update> =
            store::list_updates(conn, &writable, (&filter, Some(Verification::Pending)), &paging)?;
        let paging = Paging::<ExtensionId>::read(query.limit, query.extensions_cursor.as_deref())?;
        let paging = paging.counting(Some(true));
        let requests: ProgressPage<Extension> =
            store::list_extensions(conn, &writable, (&filter, Some(ExtensionStatus::Pending)), &paging)?;
        let (reports, requests) = (reports.into_part(), requests.into_part());
        let reviewed = store::reviewed_since(conn, actor.id, now.plus(-LATELY), MOST_REVIEWED)?;

        let mut ids: Vec<_> = reports.items.iter().chain(&reviewed).map(|update| update.commitment_id).collect();
        ids.extend(requests.items.iter().map(|request| request.commitment_id));
        let ids = unique(ids);
        let commitments = store::commitments(conn, &writable, &ids, now)?;
        let mut waiting = store::waiting_institutions(conn, &writable)?;
        waiting.extend(query.institution_id);
        let periodic = reviews_periodic::waiting(conn, actor, query)?;
        waiting.extend(reviews_periodic::institutions(&periodic));
        let parts = commitments.iter().flat_map(|commitment| commitment.assignments.iter());
        let named = parts.map(|part| part.fields.institution_id).chain(waiting.iter().copied());
        let names = institution_names(conn, named.collect::<Vec<_>>())?;
        let commissions = visible_commissions(conn, &writable)?;
        let countries = countries_of(conn, &commissions)?;
        Ok(Self {
            reports,
            requests,
            periodic,
            reviewed,
            commitments: commitments.into_iter().map(|commitment| (commitment.id, commitment)).collect(),
            names,
            countries,
            commissions,
            waiting,
            person: actor.id,
            now,
        })
    }

    /// Returns the commitment of an item with its part.
    fn part(&self, commitment: CommitmentId, part: AssignmentId) -> Option<(&Commitment, &Assignment)> {
        let commitment = self.commitments.get(&commitment)?;
        Some((commitment, commitment.assignment(part).ok()?))
    }

    fn institution(&self, part: &Assignment) -> String {
        name_of(&self.names, part.fields.institution_id)
    }
}

fn view(frame: &Frame, queue: &Queue, parameters: &PageParameters) -> View {
    let is_empty = queue.reports.items.is_empty() && queue.requests.items.is_empty() && queue.periodic.is_empty();
    let is_filtered =
        ["commission_id", "institution_id", "country_code"].iter().any(|name| parameters.get(name).is_some());
    let body = html! {
        @if !is_empty || is_filtered {
            (ui::filters(frame, is_filtered, filters(frame, queue, parameters)))
        }
        div id="results" class="stack" {
            @if !is_empty {
                div class="list-head" { p class="total" data-announce="true" { (counts(frame, queue)) } }
            }
            @if is_empty {
                @let (sentence, path, link) = match is_filtered {
                    true => ("progress-nothing-found", "/reviews", "web-clear-filters"),
                    false => ("progress-nothing-waits", "/commitments", "progress-to-commitments"),
                };
                (empty(&frame.t(sentence), Some((path, &frame.t(link)))))
            }
            @if !queue.reports.items.is_empty() { (reports(frame, queue)) }
            @if !queue.requests.items.is_empty() { (requests(frame, queue, parameters)) }
            @if !queue.periodic.is_empty() { (periodic(frame, &queue.periodic, &queue.names, parameters)) }
            @if !queue.reviewed.is_empty() { (reviewed(frame, queue)) }
        }
    };
    View::new(frame.t("progress-queue-title"), html! { div class="stack" { (body) } })
}

/// Returns the number of reports and requests in one sentence.
fn counts(frame: &Frame, queue: &Queue) -> String {
    let (reports, requests) = (queue.reports.total.unwrap_or_default(), queue.requests.total.unwrap_or_default());
    let mut counts = vec![frame.t_n("progress-count-reports", reports), frame.t_n("progress-count-requests", requests)];
    if !queue.periodic.is_empty() {
        counts.push(frame.t_n("progress-count-periodic", queue.periodic.len()));
    }
    counts.join(" · ")
}

fn filters(frame: &Frame, queue: &Queue, parameters: &PageParameters) -> Markup {
    let form = FormView::of_filters(parameters);
    let commissions: Vec<Choice> = queue.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let mut named: Vec<(String, InstitutionId)> =
        queue.waiting.iter().map(|id| (name_of(&queue.names, *id), *id)).collect();
    named.sort_by_cached_key(|(name, id)| (name_key(name), *id));
    named.dedup();
    let institutions: Vec<Choice> = named.into_iter().map(|(name, id)| Choice::new(id, name)).collect();
    let all = frame.t("progress-filter-all");
    let field = |name: &'static str, label: &'static str| Field::new(frame, &form, name, frame.t(label));
    html! {
        form class="filters" method="get" action="/reviews" data-auto="true" {
            (country_field(frame, &form, &queue.countries))
            (field("commission_id", "progress-filter-commission").select(Some(&all), &commissions))
            (field("institution_id", "progress-filter-institution").select(Some(&all), &institutions))
            button type="submit" { (frame.t("progress-filter")) }
        }
    }
}

fn reports(frame: &Frame, queue: &Queue) -> Markup {
    let content = html! {
        ul class="items" {
            @for update in &queue.reports.items {
                @if let Some(part) = queue.part(update.commitment_id, update.assignment_id) {
                    li { (report(frame, queue, part, update)) }
                }
            }
        }
        (pager(frame, queue.reports.next_cursor.as_deref()))
    };
    panel(&frame.t("progress-reports-waiting"), None, content)
}

fn report(frame: &Frame, queue: &Queue, (commitment, part): (&Commitment, &Assignment), update: &Update) -> Markup {
    let is_own = update.is_of(queue.person);
    let target = part.fields.target.as_ref();
    let today = commitment.today(queue.now);
    let about = [
        quantity_words(frame, target, update.fields.quantity),
        Some(frame.t_n("progress-count-evidence", update.fields.evidence.len())),
        Some(frame.t_with("progress-done-on", &[("date", short_day(update.fields.reported_on).into())])),
        Some(ago(frame, update.received_at.day_in(commitment.zone), today)),
    ];
    let path = format!("/reviews/{}", update.id);
    let action = frame.t(if is_own { "progress-see" } else { "progress-review" });
    html! {
        div {
            p class="what" {
                (queue.institution(part)) " "
                @if falls_short(target, part.progress.quantity) {
                    (tag(Tone::Soon, &frame.t("progress-tag-below-target"))) " "
                }
                @if is_own { (tag(Tone::Neutral, &frame.t("progress-tag-own"))) }
            }
            (task(commitment))
            p class="small" { (about.into_iter().flatten().collect::<Vec<_>>().join(" · ")) }
        }
        (named_link(&path, &action, &format!("{}, {}", queue.institution(part), commitment.code)))
    }
}

fn requests(frame: &Frame, queue: &Queue, parameters: &PageParameters) -> Markup {
    let next = queue.requests.next_cursor.as_deref();
    let next = next.map(|cursor| format!("/reviews?{}", parameters.changed(&[], &[("extensions_cursor", cursor)])));
    let content = html! {
        ul class="items" {
            @for asked in &queue.requests.items {
                @if let Some(part) = queue.part(asked.commitment_id, asked.assignment_id) {
                    li { (request(frame, queue, part, asked)) }
                }
            }
        }
        @if let Some(next) = next {
            nav class="pager" aria-label=(frame.t("progress-requests-waiting")) {
                a href=(next) rel="next" { (frame.t("progress-more-requests")) }
            }
        }
    };
    panel(&frame.t("progress-requests-waiting"), None, content)
}

fn request(frame: &Frame, queue: &Queue, (commitment, part): (&Commitment, &Assignment), asked: &Extension) -> Markup {
    let today = commitment.today(queue.now);
    let term = ShownTerm::of_part(commitment, part, today).words(frame);
    let date = date_in_words(frame, &commitment.country_code, &asked.fields.requested_due);
    let reason: String = asked.fields.reason.chars().take(160).collect();
    let about = [
        frame.t_with("progress-present-term", &[("term", term.into())]),
        frame.quoted(&reason),
        ago(frame, asked.requested_at.day_in(commitment.zone), today),
    ];
    let name = queue.institution(part);
    let args = [("institution", name.as_str().into()), ("date", date.into())];
    let title = frame.t_with("progress-asks-until", &args);
    let (path, item) = (format!("/extensions/{}", asked.id), format!("{name}, {}", commitment.code));
    html! {
        div {
            p class="what" { (title) }
            (task(commitment))
            p class="small" { (about.join(" · ")) }
        }
        (named_link(&path, &frame.t("progress-decide"), &item))
    }
}

/// Draws the commitment of an item: the code as a link, and the first words of the task.
fn task(commitment: &Commitment) -> Markup {
    const MOST: usize = 140;
    let text = &commitment.fields.text;
    let cut: String = text.chars().take(MOST).collect();
    let is_cut = cut.len() < text.len();
    let words = if is_cut { cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole) } else { cut.as_str() };
    html! {
        p class="small" {
            a href={ "/commitments/" (commitment.id) } { (commitment.code) } " " (words)
            @if is_cut { "…" }
        }
    }
}

/// Draws a button whose name for screen readers includes the item that it opens.
fn named_link(path: &str, text: &str, item: &str) -> Markup {
    html! { a class="button" href=(path) { (text) span class="unseen" { ": " (item) } } }
}

/// Draws the own reviews of the last day, which can be withdrawn.
fn reviewed(frame: &Frame, queue: &Queue) -> Markup {
    let content = html! {
        ul class="items" {
            @for update in &queue.reviewed {
                @let found = queue.part(update.commitment_id, update.assignment_id);
                @if let (Some((commitment, part)), Some(review)) = (found, &update.review) {
                    @let (tone, key) = match review.outcome {
                        ReviewOutcome::Accepted => (Tone::Done, "progress-outcome-accepted"),
                        ReviewOutcome::Returned => (Tone::Soon, "progress-outcome-returned"),
                    };
                    li {
                        div {
                            p class="what" { (queue.institution(part)) " " (tag(tone, &frame.t(key))) }
                            (task(commitment))
                        }
                        @let item = format!("{}, {}", queue.institution(part), commitment.code);
                        (named_link(&format!("/reviews/{}", update.id), &frame.t("progress-see"), &item))
                    }
                }
            }
        }
    };
    panel(&frame.t("progress-reviewed-lately"), None, content)
}
