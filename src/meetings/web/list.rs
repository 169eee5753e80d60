//! `/meetings`: the next sessions, and those that are over.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::super::model::{Meeting, MeetingFilter, MeetingStatus};
use super::super::store;
use super::{commissions_of, minutes_state, when_in_words};
use crate::access::{CommissionRef, Visibility, may_write, may_write_anywhere, visible_commissions};
use crate::audit::{RestrictedContent, RestrictedRecords};
use crate::clock::Instant;
use crate::db::{CommissionId, Db, MeetingId, unique};
use crate::error::{Error, Result};
use crate::http::{Page, PageParameters, Paging};
use crate::identity::{Actor, Visitor};
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, Tone, View, button_link, chips, empty, pager, table, tag,
};

/// The list as it is shown.
struct Shown {
    /// None on the later pages of the list.
    next: Option<Vec<Listed>>,
    past: Page<Listed>,
    commissions: Vec<CommissionRef>,
    may_create: bool,
    filter: Chosen,
}

/// A meeting of the list.
struct Listed {
    meeting: Meeting,
    commissions: Vec<String>,
    may_write: bool,
    minutes: Option<String>,
    is_over: bool,
}

/// The filters of the page.
struct Chosen {
    commission: Option<CommissionId>,
    status: Option<MeetingStatus>,
    year: Option<String>,
    this_year: i32,
}

impl RestrictedContent for Shown {
    fn restricted(&self, found: &mut RestrictedRecords) {
        let all = self.next.iter().flatten().chain(&self.past.items);
        all.for_each(|one| one.meeting.restricted(found));
    }
}

/// The sessions
///
/// Permissions: everybody who is signed in; the list has the sessions that the reader may see.
#[get("/meetings")]
pub(super) async fn list(visitor: Visitor) -> Result<HttpResponse> {
    let (parameters, now) = (visitor.parameters().clone(), visitor.state.now());
    let filter = read_filter(&parameters)?;
    let paging: Paging<store::Key> = Paging::read(filter.limit, filter.cursor.as_deref())?.counting(Some(true));
    if paging.after.is_some_and(|(day, _)| !crate::dates::in_range(day)) {
        return Err(Error::bad_value("cursor", filter.cursor.unwrap_or_default()));
    }
    let year = parameters.get("year").map(str::to_owned);
    let read = move |conn: &mut Db, actor: &Actor| load(conn, actor, (filter, year), &paging, now);
    visitor.page(read, move |frame, shown| view(frame, &parameters, &shown)).await
}

/// Reads the filters of the API. The page has `year` too, which replaces `from` and `to`.
fn read_filter(parameters: &PageParameters) -> Result<MeetingFilter> {
    let Some(typed) = parameters.get("year") else { return parameters.read() };
    let year = typed.trim().parse::<i32>().ok().filter(|year| crate::clock::YEARS.contains(year));
    let year = year.ok_or_else(|| Error::bad_value("year", typed))?;
    let days = [("from", format!("{year}-01-01")), ("to", format!("{year}-12-31"))];
    let days = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    PageParameters::parse(&parameters.changed(&["year"], &days)).read()
}

fn load(
    conn: &mut Db,
    actor: &Actor,
    (filter, year): (MeetingFilter, Option<String>),
    paging: &Paging<store::Key>,
    now: Instant,
) -> Result<Shown> {
    let visibility = Visibility::of(actor);
    let commissions = visible_commissions(conn, &visibility)?;
    let today = now.day_in(commissions.first().map_or(Tz::UTC, |one| one.zone));
    let next = match paging.after {
        None => Some(store::upcoming(conn, &visibility, &filter, today)?),
        Some(_) => None,
    };
    let past = store::past(conn, &visibility, &filter, today, paging)?;
    let all = next.iter().flatten().chain(&past.items);
    let ids: Vec<MeetingId> = all.clone().map(|meeting| meeting.id).collect();
    let named = unique(all.flat_map(|meeting| meeting.fields.commission_ids.clone()));
    let labels = commissions_of(conn, &named)?.into_iter().map(|one| (one.id, one.label().to_owned())).collect();
    let minutes = store::minutes_states(conn, &ids)?;
    let listed = |meeting| listed(actor, meeting, &labels, &minutes, now);
    Ok(Shown {
        next: next.map(|next| next.into_iter().map(listed).collect()),
        past: past.map(listed),
        commissions,
        may_create: may_write_anywhere(actor),
        filter: Chosen { commission: filter.commission_id, status: filter.status, year, this_year: today.year() },
    })
}

fn listed(
    actor: &Actor,
    meeting: Meeting,
    labels: &HashMap<CommissionId, String>,
    minutes: &HashMap<MeetingId, String>,
    now: Instant,
) -> Listed {
    let ids = &meeting.fields.commission_ids;
    Listed {
        commissions: ids.iter().filter_map(|id| labels.get(id).cloned()).collect(),
        may_write: may_write(actor, &meeting.country_code, ids),
        minutes: minutes.get(&meeting.id).cloned(),
        is_over: meeting.is_over(now),
        meeting,
    }
}

fn view(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> View {
    let is_filtered =
        ["commission_id", "status", "year", "from", "to"].iter().any(|name| parameters.get(name).is_some());
    let body = html! {
        (ui::filters(frame, is_filtered, filters(frame, parameters, shown)))
        (chips(frame, &chosen(frame, parameters, shown), "/meetings"))
        @if let Some(next) = &shown.next {
            section class="stack" {
                h2 { (frame.t("meetings-next")) }
                @if next.is_empty() { (nothing(frame, shown, is_filtered)) }
                @else { (rows(frame, &frame.t("meetings-next"), next)) }
            }
        }
        section class="stack" {
            h2 { (frame.t("meetings-past")) }
            @if shown.past.items.is_empty() { (empty(&frame.t("meetings-past-none"), None)) } @else {
                div class="list-head" {
                    p class="total" { (frame.t_n("meetings-past-count", shown.past.total.unwrap_or_default())) }
                }
                (rows(frame, &frame.t("meetings-past"), &shown.past.items))
                (pager(frame, shown.past.next_cursor.as_deref()))
            }
        }
    };
    let view = View::new(frame.t("meetings-title"), body).lead(html! { (frame.t("meetings-lead")) });
    view.actions(html! {
        @if shown.may_create { (button_link("/meetings/new", &frame.t("meetings-new"), true)) }
        (button_link("/calendar", &frame.t("meetings-calendar"), false))
    })
}

fn nothing(frame: &Frame, shown: &Shown, is_filtered: bool) -> Markup {
    let action = frame.t("meetings-new");
    let key = match (is_filtered, shown.may_create) {
        (true, _) => "meetings-next-none-filtered",
        (false, true) => "meetings-next-none-writer",
        (false, false) => "meetings-next-none",
    };
    empty(&frame.t(key), (shown.may_create && !is_filtered).then_some(("/meetings/new", action.as_str())))
}

fn filters(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Markup {
    let form = FormView::of_filters(parameters);
    let field = |name: &'static str, key: &str| Field::new(frame, &form, name, frame.t(key));
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    let this_year = shown.filter.this_year;
    let years: Vec<Choice> =
        (this_year - 9..=this_year + 1).rev().map(|year| Choice::new(year, year.to_string())).collect();
    let states: Vec<Choice> = MeetingStatus::ALL
        .iter()
        .map(|status| Choice::new(status, frame.word("meetings-status", status.as_str())))
        .collect();
    html! {
        form class="filters" method="get" action="/meetings" {
            @if commissions.len() > 1 {
                (field("commission_id", "meetings-commission").select(Some(&frame.t("meetings-all")), &commissions))
            }
            (field("year", "meetings-year").select(Some(&frame.t("meetings-all-years")), &years))
            (field("status", "meetings-status").select(Some(&frame.t("meetings-all-states")), &states))
            button type="submit" { (frame.t("meetings-filter")) }
        }
    }
}

/// Returns the filters in force, each with the address without it.
fn chosen(frame: &Frame, parameters: &PageParameters, shown: &Shown) -> Vec<(String, String)> {
    let without = |name: &'static str| format!("/meetings?{}", parameters.changed(&[name, "cursor"], &[]));
    let mut chips = Vec::new();
    if let Some(id) = shown.filter.commission {
        let label =
            shown.commissions.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.label().to_owned());
        chips.push((label, without("commission_id")));
    }
    if let Some(year) = &shown.filter.year {
        chips.push((year.clone(), without("year")));
    }
    if let Some(status) = shown.filter.status {
        chips.push((frame.word("meetings-status", status.as_str()), without("status")));
    }
    for (name, key) in [("from", "meetings-from"), ("to", "meetings-to"), ("country_code", "meetings-country")] {
        if let Some(value) = parameters.get(name) {
            let value = crate::dates::parse_day(value).map_or_else(|| value.to_owned(), short);
            chips.push((frame.t_with(key, &[("value", value.into())]), without(name)));
        }
    }
    chips
}

fn short(day: NaiveDate) -> String {
    crate::ui::short_day(day)
}

fn rows(frame: &Frame, caption: &str, meetings: &[Listed]) -> Markup {
    let columns =
        ["meetings-column-session", "meetings-column-when", "meetings-column-commissions", "meetings-column-state"]
            .map(|key| Column::new(frame.t(key)));
    let rows: Vec<Vec<Markup>> = meetings.iter().map(|one| row(frame, one)).collect();
    table(caption, &columns, &rows)
}

fn row(frame: &Frame, one: &Listed) -> Vec<Markup> {
    let fields = &one.meeting.fields;
    vec![
        html! { a href={ "/meetings/" (one.meeting.id) } { (fields.title) } },
        html! { (when_in_words(frame, &one.meeting)) },
        html! { (one.commissions.join(", ")) },
        state(frame, one),
    ]
}

/// Draws the state of a session; for those who may write it, what it still needs.
fn state(frame: &Frame, one: &Listed) -> Markup {
    let fields = &one.meeting.fields;
    let (tone, key) = match (fields.status, one.is_over) {
        (MeetingStatus::Cancelled, _) => (Tone::Neutral, "meetings-cancelled"),
        (_, false) if one.meeting.convened_at.is_some() => (Tone::Open, "meetings-convened"),
        (_, false) if one.may_write => (Tone::Soon, "meetings-to-convene"),
        (_, false) => (Tone::Neutral, "meetings-planned"),
        (_, true) => {
            minutes_state(one.minutes.as_deref(), one.may_write).unwrap_or((Tone::Neutral, "meetings-status-held"))
        }
    };
    html! {
        (tag(tone, &frame.t(key)))
        @if fields.restricted { " " (tag(Tone::Neutral, &frame.t("meetings-restricted"))) }
    }
}
