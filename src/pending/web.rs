//! `/`: what waits for the reader, by reason, each item with the one button that settles it.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};

use super::api::ListQuery;
use super::model::{PendingGroup, PendingItem, PendingKind, PendingReason};
use super::start::{self, COUNTED, Names, Numbers, OfReason, Reader, Start, year_bounds};
use crate::clock::Instant;
use crate::db::{Db, MeetingId};
use crate::error::Result;
use crate::identity::{Actor, Role, Visitor};
use crate::meetings::Meeting;
use crate::reports::AssignedQuestions;
use crate::ui::{
    Frame, Tone, View, beginning, button_link, due_in_words, elapsed, empty, pager, short_day, tag, weekday_in_words,
};

/// The longest heading of an item, and the longest text among its facts, in characters.
const MOST_HEADING: usize = 200;
const MOST_FACT: usize = 120;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(start_page);
}

/// The start page: what waits, by reason; with `reason`, all that waits for one
///
/// Permissions: anyone signed in, for themselves.
#[get("/")]
pub(crate) async fn start_page(visitor: Visitor) -> Result<HttpResponse> {
    let (filter, paging) = visitor.parameters().read::<ListQuery>()?.read()?;
    let now = visitor.state.now();
    match filter.reason {
        None => visitor.page(move |conn, actor| start::start(conn, actor, now, &filter), overview).await,
        Some(reason) => {
            let read =
                move |conn: &mut Db, actor: &Actor| start::of_reason(conn, actor, now, (&filter, reason), &paging);
            visitor.page(read, |frame, shown| list(frame, &shown)).await
        }
    }
}

fn overview(frame: &Frame, shown: Start) -> View {
    let body = html! {
        div class="columns" {
            div class="stack" {
                @if shown.groups.is_empty() { (nothing(frame, &shown)) }
                @for group in &shown.groups { (panel(frame, &shown, group)) }
            }
            aside class="stack" {
                (next_sessions(frame, &shown))
                @if let Some(numbers) = &shown.numbers { (figures(frame, numbers)) }
                @if !shown.assigned.is_empty() { (assigned(frame, &shown.assigned)) }
                @if shown.reader.may_open_reports() { p { a href="/reports" { (frame.t("reports-page")) } } }
            }
        }
    };
    View::new(frame.t("start-title"), body).lead(html! { (lead(frame, &shown.reader)) })
}

/// Draws the number of assigned questions that commissions have answered, by report.
fn assigned(frame: &Frame, reports: &[AssignedQuestions]) -> Markup {
    html! {
        section class="panel" {
            h2 { (frame.t("start-assigned")) }
            @for one in reports {
                p {
                    a href={ "/reports/" (one.report) } { (one.title) } br;
                    (frame.t_with("start-assigned-answered", &[("done", one.answered.into()), ("n", one.all.into())]))
                }
            }
        }
    }
}

/// Returns the roles of the reader with their commissions, institutions or countries, and the day.
fn lead(frame: &Frame, reader: &Reader) -> String {
    let role = |(role, places, others): &(Role, Vec<String>, usize)| {
        if places.is_empty() {
            return frame.word("web-role", role.as_str());
        }
        let places = places.join(", ");
        let places = if *others == 0 { places } else { format!("{places} +{others}") };
        frame.t_with(&format!("start-as-{role}"), &[("places", places.into())])
    };
    let day = weekday_in_words(frame, &reader.country, reader.today);
    reader.roles.iter().map(role).chain([day]).collect::<Vec<_>>().join(" · ")
}

/// Draws the page of a person for whom nothing waits. Parts that are due later are not pending; their list is linked.
fn nothing(frame: &Frame, shown: &Start) -> Markup {
    let Some(numbers) = &shown.numbers else {
        return empty(&frame.t("start-no-grants"), Some(("/help", &frame.t("start-no-grants-help"))));
    };
    html! {
        section class="panel" {
            h2 { (frame.t("start-nothing")) }
            p { (frame.t("start-nothing-next")) }
            p class="actions" {
                @if let Some(institution) = numbers.institution {
                    @let own = format!("/commitments?institution_id={institution}&part_status=planned,in_progress");
                    (button_link(&own, &frame.t("start-to-own-parts"), true))
                }
                (button_link("/commitments", &frame.t("start-to-commitments"), false))
                (button_link("/meetings", &frame.t("start-to-meetings"), false))
                (button_link("/calendar", &frame.t("start-to-calendar"), false))
            }
        }
    }
}

fn panel(frame: &Frame, shown: &Start, group: &PendingGroup) -> Markup {
    let title = frame.word("start-reason", group.reason.as_str());
    let see_all = if group.reason.kind() == PendingKind::Report { "start-see-all-answers" } else { "start-see-all" };
    html! {
        section class="panel" id=(group.reason) {
            div class="panel-head" {
                h2 { (title) " " span class="count" { (group.count) } }
                @if group.count > 1 {
                    a href={ "/?reason=" (group.reason) } {
                        (frame.t_n(see_all, group.count)) span class="unseen" { ": " (title) }
                    }
                }
            }
            (of_reports(frame, &shown.names, &group.items, shown.now))
        }
    }
}

fn list(frame: &Frame, shown: &OfReason) -> View {
    let count = shown.page.counts.get(&shown.reason).copied().unwrap_or(0);
    let body = html! {
        @if shown.page.items.is_empty() {
            (empty(&frame.t("start-nothing-of-reason"), Some(("/", &frame.t("web-to-start")))))
        } @else {
            section class="panel" aria-label=(frame.word("start-reason", shown.reason.as_str())) {
                (of_reports(frame, &shown.names, &shown.page.items, shown.now))
            }
        }
        (pager(frame, shown.page.next_cursor.as_deref()))
    };
    View::new(frame.word("start-reason", shown.reason.as_str()), body)
        .lead(html! { (frame.t_n("start-count", count)) })
        .above("/", frame.t("start-title"))
}

/// Draws items; the questions of a report below its title, which is written once.
fn of_reports(frame: &Frame, names: &Names, items: &[PendingItem], now: Instant) -> Markup {
    html! {
        @for of_one in items.chunk_by(|one, other| one.report == other.report) {
            @if let Some(report) = of_one.first().and_then(|item| item.report.as_ref()) { p class="of-report" { (report) } }
            ul class="items" { @for item in of_one { (row(frame, names, item, now)) } }
        }
    }
}

/// Draws an item: what it is, its facts on one line, and its button.
fn row(frame: &Frame, names: &Names, item: &PendingItem, now: Instant) -> Markup {
    let facts: Vec<Markup> = facts(frame, names, item, now);
    html! {
        li {
            div {
                p class="what" {
                    (heading(names, item))
                    @if item.restricted.is_some() { " " (tag(Tone::Neutral, &frame.t("start-restricted"))) }
                    @if let Some(term) = term_tag(frame, names, item, now) { " " (term) }
                }
                p class="small" { @for (n, fact) in facts.iter().enumerate() { @if n > 0 { " · " } (fact) } }
            }
            (verb(frame, item))
        }
    }
}

/// Returns true if the institution of an item is more useful to the reader than the text of the commitment.
const fn is_of_others(reason: PendingReason) -> bool {
    matches!(
        reason,
        PendingReason::ReviewPending
            | PendingReason::ExtensionPending
            | PendingReason::Escalated
            | PendingReason::DutyReview
    )
}

fn heading(names: &Names, item: &PendingItem) -> String {
    let institution = names.institution(item.institution_id).filter(|_| is_of_others(item.reason));
    let question = item.report.as_ref().and_then(|report| item.title.strip_suffix(&format!(" · {report}")));
    if let Some(question) = question {
        return question.to_owned();
    }
    institution.map_or_else(|| shortened(&item.title, MOST_HEADING), str::to_owned)
}

/// Returns a text, or its first words with an ellipsis.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() < most {
        return text.to_owned();
    }
    let first: String = text.chars().take(most).collect();
    let words = first.rsplit_once(' ').map_or(first.as_str(), |(words, _)| words);
    format!("{words}…")
}

fn facts(frame: &Frame, names: &Names, item: &PendingItem, now: Instant) -> Vec<Markup> {
    let mut facts = Vec::new();
    if let Some(code) = &item.code {
        facts.push(html! { span class="code" { (code) } });
    }
    let is_named = item.kind != PendingKind::Institution && (names.own.is_none() || item.institution_id != names.own);
    let institution = names.institution(item.institution_id).filter(|_| is_named);
    if is_of_others(item.reason) {
        facts.push(html! { (shortened(&item.title, MOST_FACT)) });
    } else if let Some(institution) = institution {
        facts.push(html! { (institution) });
    }
    let commissions = names.commissions_of(&item.commission_ids);
    if !commissions.is_empty() {
        facts.push(html! { (commissions.join(", ")) });
    }
    if let Some(meeting) = names.meetings.get(&MeetingId::from(item.id)) {
        facts.push(html! { (session_day(frame, meeting)) });
    } else if let Some(due) = item.due_to {
        facts.push(html! { (frame.t_with("start-term", &[("day", short_day(due).into())])) });
    }
    if item.reason == PendingReason::MinutesOpenForComments
        && let Some(until) = item.due_to
    {
        facts.push(html! { (frame.t_with("start-comments-until", &[("day", short_day(until).into())])) });
    }
    facts.extend(act(frame, names, item, now));
    facts
}

/// Returns the action that made an item wait, how long ago it was, and whose action it was.
fn act(frame: &Frame, names: &Names, item: &PendingItem, now: Instant) -> Option<Markup> {
    let session = names.meetings.get(&MeetingId::from(item.id));
    let is_undated = session.is_some_and(|meeting| meeting.fields.starts_at.is_none());
    if !has_act(item.reason) || (is_undated && item.reason == PendingReason::MinutesToCirculate) {
        return None;
    }
    let ago = elapsed(frame, item.since, now);
    let act = frame.t_with(&format!("start-act-{}", item.reason.as_str().replace('_', "-")), &[("ago", ago.into())]);
    let by = item.actor.as_ref().map(|actor| frame.t_with("start-by", &[("name", actor.name.as_str().into())]));
    Some(html! { (act) @if let Some(by) = by { " " (by) } })
}

const fn has_act(reason: PendingReason) -> bool {
    use PendingReason as R;
    !matches!(
        reason,
        R::Overdue
            | R::DueSoon
            | R::SessionToConvene
            | R::InstitutionOverdue
            | R::UnreachableInstitution
            | R::ReportQuestionOpen
            | R::ReportFinding
            | R::ReportReady
            | R::Escalated
            | R::DutyDue
            | R::DutyMissing
            | R::DutyReturned
    )
}

/// Returns the distance of the term from today, as a tag: in words, and in colour when it is near or past.
fn term_tag(frame: &Frame, names: &Names, item: &PendingItem, now: Instant) -> Option<Markup> {
    let due = item.due_to?;
    if let Some(days) = item.overdue_days {
        return Some(tag(Tone::Overdue, &frame.t_n("web-overdue-days", days)));
    }
    let today = names.commissions.get(item.commission_ids.first()?)?.today(now);
    let days = (due - today).num_days();
    let is_session = matches!(item.reason, PendingReason::SessionUpcoming | PendingReason::SessionToConvene);
    match item.reason {
        _ if is_session && days < 0 => None,
        _ if is_session => Some(tag(Tone::Soon, &frame.t_n("start-session-in", days))),
        PendingReason::DueSoon | PendingReason::DutyDue | PendingReason::MinutesOpenForComments if days >= 0 => {
            Some(tag(Tone::Soon, &due_in_words(frame, due, today)))
        }
        _ => None,
    }
}

/// Draws the button that opens the page on which an item is done.
fn verb(frame: &Frame, item: &PendingItem) -> Markup {
    let is_drafts = item.reason == PendingReason::MinutesToApprove && item.link.starts_with("/commitments");
    let is_matrix = item.reason == PendingReason::DutyMissing && item.institution_id.is_none();
    let verb = match (is_drafts, is_matrix) {
        (true, _) => frame.t("start-verb-drafts"),
        (_, true) => frame.t("start-verb-duty-matrix"),
        _ => frame.word("start-verb", item.reason.as_str()),
    };
    let about = item.code.as_deref().unwrap_or(&item.title);
    html! { a class="button" href=(item.link) { (verb) span class="unseen" { ": " (about) } } }
}

fn session_day(frame: &Frame, meeting: &Meeting) -> String {
    let zone = meeting.fields.time_zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(chrono_tz::Tz::UTC);
    beginning(frame, &meeting.country_code, (meeting.fields.starts_at, meeting.fields.held.as_ref()), zone)
}

fn next_sessions(frame: &Frame, shown: &Start) -> Markup {
    html! {
        section class="panel" {
            div class="panel-head" {
                h2 { (frame.t("start-sessions")) }
                a href="/calendar" { (frame.t("web-nav-calendar")) }
            }
            @if shown.sessions.is_empty() { p { (frame.t("start-no-sessions")) } }
            @else {
                ul class="items" {
                    @for meeting in &shown.sessions {
                        li {
                            div {
                                p class="what" { a href={ "/meetings/" (meeting.id) } { (meeting.fields.title) } }
                                p class="small" { (session_day(frame, meeting)) }
                                @if shown.to_convene.contains(&meeting.id) { p { (tag(Tone::Soon, &frame.t("start-not-convened"))) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn figures(frame: &Frame, numbers: &Numbers) -> Markup {
    let own = numbers.institution.map(|id| format!("&institution_id={id}")).unwrap_or_default();
    let (after, before) = year_bounds(numbers.year);
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let year = format!("due_after={}&due_before={}{own}", day(after), day(before));
    let counted = COUNTED.map(|status| status.to_string()).join(",");
    let (all, fulfilled) = match numbers.institution {
        Some(_) => (format!("part_status={counted}"), "part_verification=accepted"),
        None => (format!("status={counted}"), "status=completed"),
    };
    html! {
        section class="panel" {
            h2 { (frame.t_with("start-year", &[("year", numbers.year.to_string().into())])) }
            div class="figures" {
                @if numbers.all == 0 { p { (frame.t("start-no-terms")) } } @else {
                    p {
                        (figure(numbers.fulfilled, &format!("{fulfilled}&{year}")))
                        " " (frame.t("start-of")) " " (figure(numbers.all, &format!("{all}&{year}")))
                        br; (frame.t("start-fulfilled"))
                    }
                }
                p {
                    (figure(numbers.overdue, &format!("overdue=true{own}")))
                    br; (frame.t_n("start-overdue", numbers.overdue))
                }
            }
        }
    }
}

/// Draws a number of commitments, with a link to their list unless it is 0.
fn figure(number: i64, query: &str) -> Markup {
    html! {
        @if number == 0 { strong { (number) } } @else { a href={ "/commitments?" (query) } { (number) } }
    }
}
