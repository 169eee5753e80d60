//! `/audit-log`: who did what, when, and what changed.

use std::collections::BTreeMap;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::api::ListQuery;
use super::changes::{FieldChange, changes};
use super::model::AuditEntry;
use super::names::{self, Names};
use super::store;
use super::words::{Words, page_of, word_of};
use crate::access::{Visibility, may_coordinate_anywhere};
use crate::db::{Db, UserId};
use crate::directory::country_names;
use crate::error::{Code, Result};
use crate::http::{Page, PageParameters};
use crate::i18n::{codes, zone_time};
use crate::identity::{Actor, Visitor, users_by_id};
use crate::ui::{self, Choice, Field, FormView, Frame, View, empty, filters_in_force, long, moment, pager};

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(list);
}

/// The names of the filters, including those that only an address can set.
const FILTERS: &[&str] = &["kind", "action", "country_code", "from", "to", "record_id", "user_id", "client"];

/// One page of the log, with the names of the records in its entries.
struct Shown {
    page: Page<AuditEntry>,
    names: Names,
    zones: BTreeMap<String, Tz>,
    countries: Vec<(String, String)>,
    /// The person by whom the entries are filtered.
    person: Option<String>,
}

crate::restricted_by!(Shown: page);

/// The audit log
///
/// Permissions: admin; a coordinator for the country, and for institutions without a country. A 404 for others.
#[get("/audit-log")]
pub(crate) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let (filter, paging) = parameters.read::<ListQuery>()?.read()?;
    let read = move |conn: &mut Db, actor: &Actor| {
        if !may_coordinate_anywhere(actor) {
            return Err(Code::NotFound.into());
        }
        let visibility = Visibility::of(actor);
        let page = store::list(conn, &visibility, &filter, &paging)?;
        let person: Vec<UserId> = filter.user_id.into_iter().collect();
        let is_named = page.items.iter().any(|entry| entry.user_id == filter.user_id);
        let person = users_by_id(conn, &person)?.pop().filter(|_| is_named || actor.is_admin());
        Ok(Shown {
            names: names::load(conn, &visibility, &page.items)?,
            zones: store::zones(conn)?,
            countries: country_names(conn)?,
            person: person.map(|one| one.name),
            page,
        })
    };
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let is_filtered = parameters.has_filters();
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, parameters, shown)))
        (chosen(frame, parameters, shown))
        div id="results" {
            @if shown.page.items.is_empty() {
                (empty(&frame.t("audit-none"), Some(("/audit-log", &frame.t("web-clear-filters")))))
            } @else {
                ol class="timeline" { @for entry in &shown.page.items { (item(frame, shown, entry)) } }
            }
            (pager(frame, shown.page.next_cursor.as_deref()))
        }
    };
    View::new(frame.t("audit-page"), body).lead(html! { (frame.t("audit-lead")) })
}

/// Draws an entry: who did what, when, and what changed.
fn item(frame: &Frame, shown: &Shown, entry: &AuditEntry) -> Markup {
    let zone = entry.country_code.as_ref().and_then(|code| shown.zones.get(code)).copied();
    let zone = zone.or_else(|| shown.zones.values().next().copied()).unwrap_or(Tz::UTC);
    let words = Words { lang: frame.lang, names: &shown.names, zone };
    let kind = word_of(frame.lang, "kind", &entry.kind);
    let record = words.record(entry);
    let page = page_of(entry, &shown.names);
    let found = changes(entry.before.as_ref(), entry.after.as_ref());
    html! {
        li {
            p class="what" {
                (word_of(frame.lang, "action", &entry.action)) ": " (kind)
                @if let Some(record) = &record {
                    " · "
                    @if let Some(page) = &page { a href=(page) { (record) } } @else { (record) }
                }
            }
            p class="when" {
                (moment(entry.at, zone))
                @if shown.zones.len() > 1 { ", " (zone_time(frame.lang, zone)) }
                " · "
                @match (&entry.user_id, &entry.user_name) {
                    (Some(id), Some(name)) => { a href={ "/audit-log?user_id=" (id) } { (name) } },
                    _ => { (frame.t("audit-program")) },
                }
                @if let Some(client) = &entry.client { " · " (client) }
                @if entry.record_id != "*" {
                    " · "
                    a href={ "/audit-log?record_id=" (entry.record_id) } {
                        (frame.t("audit-of-record")) span class="unseen" { ": " (record.as_deref().unwrap_or(&kind)) }
                    }
                }
            }
            @if !found.is_empty() { div class="detail" { (detail(frame, words, entry, &found)) } }
        }
    }
}

/// Draws the changed fields. Those of a new or deleted record are in a closed `details` element.
fn detail(frame: &Frame, words: Words<'_>, entry: &AuditEntry, found: &[FieldChange<'_>]) -> Markup {
    let changes = html! {
        dl class="facts" {
            @for change in found {
                div {
                    dt { (word_of(frame.lang, "field", if change.field.is_empty() { "content" } else { change.field })) }
                    dd { (from_to(frame, words, change)) }
                }
            }
        }
    };
    let is_whole = entry.before.is_none() || entry.after.is_none();
    html! {
        @if is_whole && found.len() > 3 {
            details { summary { (frame.t("audit-whole-record")) } (changes) }
        } @else { (changes) }
    }
}

fn from_to(frame: &Frame, words: Words<'_>, change: &FieldChange<'_>) -> Markup {
    html! {
        @match words.sides(change.before, change.after) {
            (Some(before), Some(after)) => {
                span class="unseen" { (frame.t("audit-before")) " " } del { (before) }
                " → " span class="unseen" { (frame.t("audit-after")) " " } ins { (after) }
            },
            (None, Some(after)) => { (long(frame, &after)) },
            (Some(before), None) => { span class="unseen" { (frame.t("audit-removed")) " " } del { (before) } },
            (None, None) => { "—" },
        }
    }
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let any = frame.t("audit-any");
    let choices = |family: &str| {
        let codes = codes(&format!("audit-{family}-"));
        codes.iter().map(|code| Choice::new(code, word_of(frame.lang, family, code))).collect::<Vec<_>>()
    };
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    html! {
        form class="filters" method="get" action="/audit-log" data-auto="true" {
            (field("kind", "audit-kind").select(Some(&any), &choices("kind")))
            (field("action", "audit-action").select(Some(&any), &choices("action")))
            @if countries.len() > 1 { (field("country_code", "audit-country").select(Some(&any), &countries)) }
            (field("from", "audit-from").completed("date", "off"))
            (field("to", "audit-to").completed("date", "off"))
            @for name in ["record_id", "user_id", "client"] {
                @if let Some(value) = parameters.get(name) { input type="hidden" name=(name) value=(value); }
            }
            button type="submit" { (frame.t("audit-apply")) }
        }
    }
}

/// Draws the filters in force.
fn chosen(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let record = || {
        let entry = shown.page.items.first()?;
        Words { lang: frame.lang, names: &shown.names, zone: Tz::UTC }.record(entry)
    };
    let text = |name: &str, value: &str| match name {
        "kind" | "action" => word_of(frame.lang, name, value),
        "record_id" => record().unwrap_or_else(|| frame.t("audit-one-record")),
        "user_id" => shown.person.clone().unwrap_or_else(|| frame.t("audit-one-person")),
        "from" | "to" => format!("{} {value}", frame.t(&format!("audit-{name}"))),
        _ => value.to_owned(),
    };
    filters_in_force(frame, parameters, FILTERS, text)
}
