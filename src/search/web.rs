//! `/search`: records of all kinds with the words that are searched for.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{self, MOST_TITLE};
use super::api::{MOST_TEXT, PAGE};
use super::model::{HitKind, Key, KindFound, SearchPage, SearchResult};
use super::snippet::marked;
use crate::access::Visibility;
use crate::db::Db;
use crate::error::Result;
use crate::http::{PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::text::fold;
use crate::ui::{Frame, Tone, View, empty, pager, short_date, short_day, tag};

/// The number of records of each kind, when no kind is asked for.
const MOST_OF_KIND: i64 = 5;
/// The smallest number of letters and digits that is searched for.
const LEAST_TEXT: usize = 2;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(search);
}

/// The query of the page: that of the API, where `q` may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageQuery {
    q: Option<String>,
    kind: Option<HitKind>,
    limit: Option<i64>,
    cursor: Option<String>,
}

/// A reason for which nothing was searched.
#[derive(Debug, Clone, Copy)]
enum Unsearched {
    Empty,
    Short,
    Long,
}

/// Search across all kinds of records
///
/// Permissions: anyone signed in; each record to those who may see it.
#[get("/search")]
pub(crate) async fn search(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let PageQuery { q, kind, limit, cursor } = parameters.read()?;
    let q = q.unwrap_or_default();
    if let Some(reason) = unsearched(&q) {
        return visitor.page(|_, _| Ok(()), move |frame, ()| view(frame, &q, nothing_searched(frame, reason))).await;
    }
    let (words, folded) = (q.clone(), fold([q.as_str()]));
    let Some(kind) = kind else {
        let read = move |conn: &mut Db, actor: &Actor| {
            actions::first_of_each(conn, &Visibility::of(actor), &words, MOST_OF_KIND)
        };
        return visitor
            .page(read, move |frame, found| view(frame, &q, all_kinds(frame, &found, &folded, &parameters)))
            .await;
    };
    let paging: Paging<Key> = Paging::read(limit.or(Some(PAGE)), cursor.as_deref())?;
    let read =
        move |conn: &mut Db, actor: &Actor| actions::search(conn, &Visibility::of(actor), &words, Some(kind), &paging);
    visitor.page(read, move |frame, found| view(frame, &q, one_kind(frame, (kind, &found), &folded, &parameters))).await
}

fn unsearched(q: &str) -> Option<Unsearched> {
    match q.chars().filter(|one| one.is_alphanumeric()).count() {
        _ if q.chars().count() > MOST_TEXT => Some(Unsearched::Long),
        0 => Some(Unsearched::Empty),
        letters if letters < LEAST_TEXT => Some(Unsearched::Short),
        _ => None,
    }
}

fn nothing_searched(frame: &Frame, reason: Unsearched) -> Markup {
    let key = match reason {
        Unsearched::Empty => "search-empty",
        Unsearched::Short => "search-short",
        Unsearched::Long => "search-long",
    };
    empty(&frame.t(key), None)
}

fn view(frame: &Frame, q: &str, results: Markup) -> View {
    let shown: String = q.chars().take(MOST_TEXT).collect();
    let body = html! {
        form class="filters" method="get" action="/search" role="search" {
            div class="field line" {
                label for="q" { (frame.t("search-words")) }
                p class="hint" id="q-hint" { (frame.t("search-hint")) }
                input type="search" id="q" name="q" value=(shown) maxlength=(MOST_TEXT) aria-describedby="q-hint";
            }
            button class="main" type="submit" { (frame.t("web-search")) }
        }
        (results)
    };
    let title = if q.trim().is_empty() {
        frame.t("search-title")
    } else {
        frame.t_with("search-title-of", &[("q", shown.trim().into())])
    };
    View::new(title, body)
}

/// Draws the first records of every kind, each with a link to all of its kind.
fn all_kinds(frame: &Frame, found: &[KindFound], folded: &str, parameters: &PageParameters) -> Markup {
    let sum: usize = found.iter().map(|one| one.number).sum();
    html! {
        p class="total" role="status" { (frame.t_n("search-found", sum)) }
        @if found.is_empty() { (nothing_found(frame)) }
        div class="stack" {
            @for one in found {
                section class="panel" id=(one.kind) {
                    div class="panel-head" {
                        h2 { (frame.word("search-kind", one.kind.as_str())) " " (count(one.number, one.is_exact)) }
                        @if one.number > one.items.len() {
                            a href={ "/search?" (parameters.changed(&["cursor"], &[("kind", one.kind.as_str())])) } {
                                (frame.t_with("search-see-all", &[("n", one.number.into())]))
                                span class="unseen" { ": " (frame.word("search-kind", one.kind.as_str())) }
                            }
                        }
                    }
                    (results(frame, &one.items, folded))
                }
            }
        }
    }
}

/// Draws one page of the records of a kind, and links to the other kinds.
fn one_kind(frame: &Frame, (kind, found): (HitKind, &SearchPage), folded: &str, parameters: &PageParameters) -> Markup {
    let address = |kind: &str| format!("/search?{}", parameters.changed(&["cursor"], &[("kind", kind)]));
    html! {
        nav class="tabs" aria-label=(frame.t("search-kinds")) {
            ul {
                li { a href={ "/search?" (parameters.changed(&["cursor", "kind"], &[])) } { (frame.t("search-all-kinds")) } }
                @for (one, number) in found.counts.iter().filter(|(one, number)| **number > 0 || **one == kind) {
                    @let is_exact = found.counts_exact.get(one).copied().unwrap_or(true);
                    li {
                        a href=(address(one.as_str())) aria-current=[(*one == kind).then_some("page")] {
                            (frame.word("search-kind", one.as_str())) "\u{a0}" (count(*number, is_exact))
                        }
                    }
                }
            }
        }
        @if found.items.is_empty() { (nothing_found(frame)) } @else {
            section class="panel" aria-label=(frame.word("search-kind", kind.as_str())) {
                (results(frame, &found.items, folded))
            }
        }
        (pager(frame, found.next_cursor.as_deref()))
    }
}

fn nothing_found(frame: &Frame) -> Markup {
    empty(&frame.t("search-nothing"), None)
}

/// Draws a number; with a plus when more were found than were counted.
fn count(number: usize, is_exact: bool) -> Markup {
    html! { span class="count" { (number) @if !is_exact { "+" } } }
}

fn results(frame: &Frame, items: &[SearchResult], folded: &str) -> Markup {
    html! { ul class="items" { @for item in items { li { (result(frame, item, folded)) } } } }
}

fn result(frame: &Frame, item: &SearchResult, folded: &str) -> Markup {
    let is_cut = item.title.chars().count() >= MOST_TITLE;
    let title = html! { (marks(&item.title, folded)) @if is_cut { "…" } };
    let date = date_of(frame, item);
    let facts: Vec<&str> = item.code.as_deref().into_iter().chain(date.as_deref()).collect();
    html! {
        div {
            p class="what" {
                a href=(item.link) { (title) }
                @if item.restricted { " " (tag(Tone::Neutral, &frame.t("search-restricted"))) }
            }
            @if !facts.is_empty() { p class="small" { (facts.join(" · ")) } }
            @if !item.title.contains(item.snippet.trim_matches(['…', ' '])) { p { (marks(&item.snippet, folded)) } }
        }
    }
}

/// Returns the date as its source states it: a day, a month in words, or a period.
fn date_of(frame: &Frame, item: &SearchResult) -> Option<String> {
    let mut words: Vec<String> = item.dates.iter().map(|date| short_date(frame, &item.country_code, date)).collect();
    words.dedup();
    if words.is_empty() { item.date.map(short_day) } else { Some(words.join(" – ")) }
}

fn marks(text: &str, folded: &str) -> Markup {
    html! {
        @for (is_found, piece) in marked(text, folded) { @if is_found { mark { (piece) } } @else { (piece) } }
    }
}
