//! `/calendar`: sessions, terms and periodic reports by month.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use chrono::{Datelike, Days, Months, NaiveDate};
use chrono_tz::Tz;
use maud::{Markup, html};
use serde::Deserialize;

use super::months::{self, Calendar, CalendarFilter, Entry, Month, Term};
use crate::access::CommissionRef;
use crate::commitments::Status;
use crate::db::{CommissionId, Db};
use crate::duties::{DueReports, duty_counts_in_words};
use crate::error::{Error, Result};
use crate::http::PageParameters;
use crate::identity::{Actor, Visitor};
use crate::meetings::{Meeting, MeetingStatus};
use crate::text::capitalized;
use crate::ui::{
    Choice, Field, FormView, Frame, Tone, View, beginning, button_link, country_field, date_in_words, due_in_words,
    empty, month_in_words, notice, tag,
};

/// The number of institutions that an entry names.
const MOST_NAMES: usize = 4;
/// The longest text of a commitment in an entry, in characters.
const MOST_TEXT: usize = 160;

/// Mounts the pages of this slice.
pub(crate) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show);
}

/// The query of the page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthQuery {
    /// The first month: `2026-11`.
    month: Option<String>,
    country_code: Option<String>,
    commission_id: Option<CommissionId>,
    mine: Option<bool>,
}

impl MonthQuery {
    fn filter(self) -> Result<CalendarFilter> {
        let first = |month: String| match format!("{month}-01").parse::<NaiveDate>() {
            Ok(day) if (1900..=2200).contains(&day.year()) => Ok(day),
            _ => Err(Error::bad_value("month", month)),
        };
        let month = self.month.map(first).transpose()?;
        let (country, commission) = (self.country_code, self.commission_id);
        Ok(CalendarFilter { month, country, commission, mine: self.mine == Some(true) })
    }
}

/// The calendar: sessions and terms by month (`?month=2026-11`)
///
/// Permissions: anyone signed in; the sessions and commitments that they may see.
#[get("/calendar")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let parameters = visitor.parameters().clone();
    let filter = parameters.read::<MonthQuery>()?.filter()?;
    let now = visitor.state.now();
    let read = move |conn: &mut Db, actor: &Actor| months::read(conn, actor, &filter, now);
    visitor.page(read, move |frame, shown| view(frame, &shown, &parameters)).await
}

fn view(frame: &Frame, shown: &Calendar, parameters: &PageParameters) -> View {
    let body = html! {
        (filters(frame, shown, parameters))
        div id="results" class="stack" {
            (moves(frame, shown, parameters))
            @if shown.is_cut { (cut(frame, shown, parameters)) }
            @for month in &shown.months { (month_of(frame, shown, month)) }
            (moves(frame, shown, parameters))
        }
    };
    View::new(frame.t("web-nav-calendar"), body).actions(button_link(
        "/me/calendar",
        &frame.t("calendar-subscribe"),
        false,
    ))
}

fn filters(frame: &Frame, shown: &Calendar, parameters: &PageParameters) -> Markup {
    let form = FormView::of_filters(parameters);
    let commissions: Vec<Choice> =
        shown.known.iter().map(|one| Choice::new(uuid::Uuid::from(one.id), one.label())).collect();
    html! {
        form class="filters" method="get" action="/calendar" data-auto="true" {
            @if let Some(month) = parameters.get("month") { input type="hidden" name="month" value=(month); }
            (country_field(frame, &form, &shown.countries))
            @if commissions.len() > 1 {
                (Field::new(frame, &form, "commission_id", frame.t("calendar-commission"))
                    .select(Some(&frame.t("calendar-all")), &commissions))
            }
            (Field::new(frame, &form, "mine", frame.t("calendar-mine")).check())
            button type="submit" { (frame.t("calendar-filter")) }
        }
    }
}

/// Draws the links to other months in the order of time: a year before, the month before, the present month, the month
/// after, a year after.
fn moves(frame: &Frame, shown: &Calendar, parameters: &PageParameters) -> Markup {
    let to = |month: NaiveDate| {
        format!("/calendar?{}", parameters.changed(&[], &[("month", &month.format("%Y-%m").to_string())]))
    };
    let (year_before, year_after) =
        (shown.first.checked_sub_months(Months::new(12)), shown.first.checked_add_months(Months::new(12)));
    let before = shown.first.checked_sub_months(Months::new(1));
    let after = shown.first.checked_add_months(Months::new(1));
    let name = |month: NaiveDate| month_in_words(frame, &shown.country, month);
    let present = shown.today.with_day(1).filter(|present| *present != shown.first);
    let link = |month: NaiveDate| html! { a href=(to(month)) { (name(month)) } };
    let to_present = html! {
        a href={ "/calendar?" (parameters.changed(&["month"], &[])) } { (frame.t("calendar-present")) }
    };
    let mut links: Vec<(NaiveDate, Markup)> =
        [year_before, year_after].into_iter().flatten().map(|month| (month, link(month))).collect();
    links.extend(before.map(|month| {
        (month, html! { a href=(to(month)) rel="prev" { span aria-hidden="true" { "←\u{a0}" } (name(month)) } })
    }));
    links.extend(after.map(|month| {
        (month, html! { a href=(to(month)) rel="next" { (name(month)) span aria-hidden="true" { "\u{a0}→" } } })
    }));
    links.extend(present.map(|month| (month, to_present)));
    links.sort_by_key(|(month, _)| *month);
    html! {
        nav class="pager actions" aria-label=(frame.t("calendar-months")) { @for (_, link) in &links { (link) } }
    }
}

/// Draws the notice that there are more terms than are shown, with a link to their list.
fn cut(frame: &Frame, shown: &Calendar, parameters: &PageParameters) -> Markup {
    let after = shown.first.pred_opt().unwrap_or(shown.first);
    let before = shown.first.checked_add_months(Months::new(2)).unwrap_or(shown.first);
    let filter = |name: &str| parameters.get(name).map(|value| format!("&{name}={value}")).unwrap_or_default();
    let (country, commission) = (filter("country_code"), filter("commission_id"));
    let path = format!("/commitments?due_after={after}&due_before={before}{country}{commission}");
    notice(Tone::Soon, html! { p { (frame.t("calendar-cut")) " " a href=(path) { (frame.t("calendar-cut-list")) } } })
}

fn month_of(frame: &Frame, shown: &Calendar, month: &Month) -> Markup {
    html! {
        section {
            h2 { (capitalized(&month_in_words(frame, &shown.country, month.first))) }
            @if month.entries.is_empty() { (empty(&frame.t("calendar-empty"), None)) } @else {
                ol class="calendar" { @for entry in &month.entries { (entry_of(frame, shown, entry)) } }
            }
        }
    }
}

fn entry_of(frame: &Frame, shown: &Calendar, entry: &Entry) -> Markup {
    html! {
        li {
            p class="day" {
                @match entry.day() {
                    Some(day) => { (day.day()) " " span { (weekday(frame, day)) } },
                    None => { span { (frame.t("calendar-no-day")) } },
                }
            }
            @match entry {
                Entry::Session(meeting) => (session(frame, shown, meeting)),
                Entry::Term(term) => (term_of(frame, shown, term)),
                Entry::Reports(due) => (reports(frame, shown, due)),
            }
        }
    }
}

/// Returns the short name of the day of the week: "mié".
fn weekday(frame: &Frame, day: NaiveDate) -> String {
    frame.t(&format!("weekday-{}", day.weekday().number_from_monday())).chars().take(3).collect()
}

fn session(frame: &Frame, shown: &Calendar, meeting: &Meeting) -> Markup {
    let fields = &meeting.fields;
    let zone = fields.time_zone.as_deref().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
    let labels: Vec<&str> =
        fields.commission_ids.iter().filter_map(|id| shown.commissions.get(id)).map(CommissionRef::label).collect();
    let when = beginning(frame, &meeting.country_code, (fields.starts_at, fields.held.as_ref()), zone);
    html! {
        div {
            p class="what" {
                (frame.t("calendar-session")) " " a href={ "/meetings/" (meeting.id) } { (fields.title) }
                @if fields.restricted { " " (tag(Tone::Neutral, &frame.t("calendar-restricted"))) }
                @if fields.status == MeetingStatus::Cancelled { " " (tag(Tone::Neutral, &frame.t("calendar-cancelled"))) }
                @if shown.to_convene.contains(&meeting.id) { " " (tag(Tone::Soon, &frame.t("calendar-not-convened"))) }
            }
            p class="small" {
                (labels.join(", ")) " · " (when)
                @if let Some(place) = &fields.place { " · " (place) }
            }
        }
    }
}

fn term_of(frame: &Frame, shown: &Calendar, term: &Term) -> Markup {
    let commission = shown.commissions.get(&term.commission);
    let today = commission.map_or(shown.today, |commission| commission.today(shown.now));
    let soon = today.checked_add_days(Days::new(30)).is_some_and(|last| term.due <= last);
    let text: String = term.title.chars().take(MOST_TEXT).collect();
    let more = if term.title.chars().count() > MOST_TEXT { "…" } else { "" };
    html! {
        div {
            p class="what" {
                (frame.t("calendar-term")) " " a href={ "/commitments/" (term.id) } class="code" { (term.code) }
                @if term.restricted { " " (tag(Tone::Neutral, &frame.t("calendar-restricted"))) }
                @if !term.is_open { " " (closed(frame, term)) }
                @else if term.due < today { " " (tag(Tone::Overdue, &due_in_words(frame, term.due, today))) }
                @else if soon { " " (tag(Tone::Soon, &due_in_words(frame, term.due, today))) }
            }
            p { (text) (more) }
            p class="small" { (names(shown, term)) }
        }
    }
}

/// Draws the periodic reports of a period, with the number of institutions in each state.
fn reports(frame: &Frame, shown: &Calendar, due: &DueReports) -> Markup {
    let (duty, today) = (&due.duty, due.today);
    let labels = duty.fields.commission_ids.iter().filter_map(|id| shown.commissions.get(id));
    let labels: Vec<&str> = labels.map(CommissionRef::label).collect();
    let soon = today.checked_add_days(Days::new(30)).is_some_and(|last| due.due_to <= last);
    html! {
        div {
            p class="what" {
                (frame.t("calendar-report")) " " a href=(due.path()) { (duty.fields.title) }
                @if duty.fields.restricted { " " (tag(Tone::Neutral, &frame.t("calendar-restricted"))) }
                @if due.is_open() && due.due_to < today { " " (tag(Tone::Overdue, &due_in_words(frame, due.due_to, today))) }
                @else if due.is_open() && soon { " " (tag(Tone::Soon, &due_in_words(frame, due.due_to, today))) }
                @else if !due.is_open() { " " (reported(frame, due)) }
            }
            p class="small" {
                (date_in_words(frame, &duty.country_code, &due.period))
                @if due.institution.is_none() { " · " (duty_counts_in_words(frame.lang, &due.counts)) }
                " · " (labels.join(", "))
            }
        }
    }
}

/// Draws the state of periodic reports of which none is left to be sent.
fn reported(frame: &Frame, due: &DueReports) -> Markup {
    match due.is_waived() {
        true => tag(Tone::Neutral, &frame.word("duties-state", "waived")),
        false => tag(Tone::Done, &frame.t("calendar-reported")),
    }
}

/// Draws the state of a term of which nothing is left to be done.
fn closed(frame: &Frame, term: &Term) -> Markup {
    match term.status {
        _ if term.is_to_verify => tag(Tone::Review, &capitalized(&frame.word("verification", "pending"))),
        Some(Status::Completed) => tag(Tone::Done, &frame.word("status", Status::Completed.as_str())),
        Some(status) => tag(Tone::Neutral, &frame.word("status", status.as_str())),
        None => tag(Tone::Neutral, &frame.t("calendar-closed")),
    }
}

/// Returns the institutions whose term it is: at most four names, and the number of the others.
fn names(shown: &Calendar, term: &Term) -> String {
    let names = term.institutions.iter().filter_map(|id| shown.institutions.get(id));
    let names: Vec<&str> = names.map(|(acronym, name)| acronym.as_deref().unwrap_or(name)).collect();
    let first = names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first,
        others => format!("{first} +{others}"),
    }
}
