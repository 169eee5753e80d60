//! The page of the overview: every number links to the records that it counts. The numbers of parts on time and late link
//! to all accepted parts, because the list has no filter for them.

use std::collections::HashMap;

use actix_web::{HttpResponse, get};
use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::links::Links;
use crate::access::{CommissionRef, Visibility, country_zone, visible_commissions};
use crate::db::{CommissionId, Db, InstitutionId};
use crate::directory::{country_names, institution_names};
use crate::error::Result;
use crate::http::Fields;
use crate::identity::{Actor, Visitor};
use crate::overview::actions::{self, Extent};
use crate::overview::api::checked_year;
use crate::overview::model::{DutyNumbers, InstitutionNumbers, MonthNumbers, Numbers, Overview};
use crate::rendering::Chart;
use crate::reports::AnswerState;
use crate::text::name_key;
use crate::ui::{
    self, Choice, Column, Field, FormView, Frame, View, day_in_words, empty, month_in_words, panel, short_day, table,
    table_with_total,
};

/// The country, the commission and the year of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageQuery {
    country_code: Option<String>,
    commission_id: Option<CommissionId>,
    year: Option<i32>,
}

/// The overview as it is shown.
struct Shown {
    /// The country that is shown; None for a reader who may know no commission.
    country: Option<String>,
    commission: Option<CommissionId>,
    year: Option<i32>,
    numbers: Option<Overview>,
    /// The time zone of the country.
    zone: Tz,
    /// Code and name of the countries of the reader's commissions.
    countries: Vec<(String, String)>,
    commissions: Vec<CommissionRef>,
    institutions: HashMap<InstitutionId, String>,
}

crate::restricted_by!(Shown: numbers);

/// The state of all commitments, by commission and institution
///
/// Permissions: anyone signed in; counts only what the reader may see.
#[get("/overview")]
pub(super) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let query: PageQuery = visitor.parameters().read()?;
    let (year, now) = (checked_year(query.year)?, visitor.state.now());
    let read = move |conn: &mut Db, actor: &Actor| {
        let mut commissions = visible_commissions(conn, &Visibility::of(actor))?;
        let mut countries = country_names(conn)?;
        countries.retain(|(code, _)| commissions.iter().any(|one| one.country_code == *code));
        let country = query.country_code.clone().or_else(|| countries.first().map(|(code, _)| code.clone()));
        commissions.retain(|one| Some(&one.country_code) == country.as_ref());
        let numbers = match &country {
            Some(country) => {
                let extent = Extent { country, commission: query.commission_id, year };
                Some(actions::overview(conn, actor, extent, now)?)
            }
            None => None,
        };
        let named = numbers.iter().flat_map(|numbers| &numbers.institutions).map(|one| one.institution_id);
        let institutions = institution_names(conn, named)?;
        let zone = country.as_ref().map(|code| country_zone(conn, code)).transpose()?.flatten().unwrap_or(Tz::UTC);
        Ok(Shown {
            country,
            commission: query.commission_id,
            year,
            numbers,
            zone,
            countries,
            commissions,
            institutions,
        })
    };
    visitor.on_snapshot().page(read, |frame, shown| view(frame, &shown)).await
}

fn view(frame: &Frame, shown: &Shown) -> View {
    let title = frame.t("overview-page");
    let (Some(country), Some(numbers)) = (&shown.country, &shown.numbers) else {
        return View::new(title, empty(&frame.t("overview-none"), None));
    };
    let links = Links { country, commission: shown.commission, year: shown.year, as_of: numbers.as_of };
    let body = html! {
        (ui::filters(frame, shown.commission.is_some() || shown.year.is_some(), choices(frame, shown, numbers.as_of)))
        div id="results" class="stack" {
            (commissions(frame, shown, numbers, &links))
            (institutions(frame, shown, numbers, &links))
            (duties(frame, numbers, &links))
            div class="grid-2" { (months(frame, numbers, &links)) (registry(frame, numbers, &links)) }
            div class="grid-2" { (meetings(frame, shown, numbers)) (report(frame, numbers)) }
        }
    };
    let day = day_in_words(frame, country, numbers.as_of);
    let lead = html! {
        (frame.t_with("overview-as-of", &[("day", day.into())])) " · "
        @match shown.year {
            Some(year) => { (frame.t_with("overview-of-year", &[("year", year.to_string().into())])) },
            None => { (frame.t("overview-of-all-years")) },
        }
    };
    View::new(title, body).lead(lead)
}

/// Draws the reports of the last 12 months, or of the year, on each duty; every number leads to its matrix.
fn duties(frame: &Frame, numbers: &Overview, links: &Links<'_>) -> Markup {
    let title = match links.year {
        Some(year) => frame.t_with("overview-duties-of-year", &[("year", year.to_string().into())]),
        None => frame.t("overview-duties"),
    };
    let keys = ["reported", "zero", "nothing", "missing", "waived", "late", "review"];
    let mut columns = vec![Column::new(frame.t("duties-column-title"))];
    columns.extend(keys.map(|key| Column::new(frame.t(&format!("duties-total-{key}"))).number()));
    let period = links.period_of_duties();
    let row = |one: &DutyNumbers| {
        let path = format!("/duties/{}{period}", one.duty_id);
        let heading = html! { a href=(path) { (one.title) } };
        std::iter::once(heading).chain(counted(one).map(|count| number(count, path.clone()))).collect()
    };
    let rows: Vec<Vec<Markup>> = numbers.duties.iter().map(row).collect();
    let sums = sums(frame, &numbers.duties.iter().map(counted).collect::<Vec<_>>());
    html! {
        @if !rows.is_empty() {
            (panel(&title, None, table_with_total(&title, &columns, &rows, sums.as_deref())))
        }
    }
}

/// Returns the numbers of reports on a duty, in the order of the columns.
fn counted(one: &DutyNumbers) -> [i64; 7] {
    let counts = &one.counts;
    [counts.reported, counts.zero, counts.nothing, counts.missing, counts.waived, counts.late, counts.awaiting_review]
        .map(i64::from)
}

/// Returns the row with the sums of the numbers of a table; None for a table of one row.
fn sums<const N: usize>(frame: &Frame, rows: &[[i64; N]]) -> Option<Vec<Markup>> {
    let sum = |n: usize| -> i64 { rows.iter().filter_map(|row| row.get(n)).sum() };
    let heading = html! { (frame.t("overview-total")) };
    (rows.len() > 1).then(|| std::iter::once(heading).chain((0..N).map(|n| html! { (sum(n)) })).collect())
}

/// Draws a number as a link to the records that it counts; zero is not a link.
fn number(count: i64, path: String) -> Markup {
    html! { @if count == 0 { "0" } @else { a href=(path) { (count) } } }
}

const OPEN: &str = "&status=planned,in_progress";
const OPEN_PART: &str = "&part_status=planned,in_progress";

/// The number of years before the current one that can be chosen.
const YEARS_BEFORE: i32 = 8;

/// Returns the years that can be chosen: the next one, the current one, some before, and the one that is shown.
fn years(shown: &Shown, as_of: NaiveDate) -> Vec<Choice> {
    let mut years: Vec<i32> = (as_of.year() - YEARS_BEFORE..=as_of.year() + 1).rev().chain(shown.year).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    years.into_iter().map(|year| Choice::new(year, year.to_string())).collect()
}

fn choices(frame: &Frame, shown: &Shown, as_of: NaiveDate) -> Markup {
    let mut fields = Fields::default();
    shown.country.iter().for_each(|code| fields.set("country_code", code));
    shown.commission.iter().for_each(|id| fields.set("commission_id", id));
    shown.year.iter().for_each(|year| fields.set("year", year));
    let form = FormView::opened(fields, String::new());
    let countries: Vec<Choice> = shown.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let commissions: Vec<Choice> = shown.commissions.iter().map(|one| Choice::new(one.id, one.label())).collect();
    // The script replaces the results alone, and another country has other commissions.
    let is_auto = countries.len() < 2;
    html! {
        form class="filters" method="get" action="/overview" data-auto=[is_auto.then_some("true")] {
            @if countries.len() > 1 {
                (Field::new(frame, &form, "country_code", frame.t("overview-country")).select(None, &countries))
            } @else if let Some(code) = &shown.country { input type="hidden" name="country_code" value=(code); }
            (Field::new(frame, &form, "commission_id", frame.t("overview-commission"))
                .select(Some(&frame.t("overview-all")), &commissions))
            (Field::new(frame, &form, "year", frame.t("overview-year"))
                .select(Some(&frame.t("overview-all-years")), &years(shown, as_of)))
            button type="submit" { (frame.t("overview-apply")) }
        }
    }
}

/// Returns the columns of a table of states, after the first one.
fn state_columns(frame: &Frame, first: &str) -> Vec<Column> {
    let mut columns = vec![Column::new(frame.t(first))];
    let states = ["open", "soon", "overdue", "review", "fulfilled"];
    columns.extend(states.map(|name| Column::new(frame.t(&format!("overview-column-{name}"))).number()));
    columns
}

fn commissions(frame: &Frame, shown: &Shown, numbers: &Overview, links: &Links<'_>) -> Markup {
    let label = |id: CommissionId| shown.commissions.iter().find(|one| one.id == id).map(CommissionRef::label);
    let row = |id: CommissionId, own: &Numbers| {
        let soon = format!("{OPEN}{}", links.soon());
        let of_year = |filters: &str| links.of_commission(id, &format!("{filters}{}", links.terms()));
        vec![
            html! { a href={ "/commissions/" (id) } { (label(id).unwrap_or_default()) } },
            number(own.open, of_year(OPEN)),
            number(own.due_30_days, links.of_commission(id, &soon)),
            number(own.overdue, of_year("&overdue=true")),
            number(own.awaiting_review, of_year("&awaiting_review=true")),
            number(own.fulfilled, of_year("&status=completed")),
        ]
    };
    let rows: Vec<Vec<Markup>> = numbers.commissions.iter().map(|one| row(one.commission_id, &one.numbers)).collect();
    let title = frame.t("overview-commissions");
    let content = match rows.is_empty() {
        true => empty(&frame.t("overview-nothing"), None),
        false => table(&title, &state_columns(frame, "overview-column-commission"), &rows),
    };
    panel(&title, None, content)
}

fn institutions(frame: &Frame, shown: &Shown, numbers: &Overview, links: &Links<'_>) -> Markup {
    let mut all: Vec<(&str, &InstitutionNumbers)> = numbers
        .institutions
        .iter()
        .map(|one| (shown.institutions.get(&one.institution_id).map(String::as_str).unwrap_or_default(), one))
        .collect();
    all.sort_by_cached_key(|(name, one)| (std::cmp::Reverse(one.numbers.overdue), name_key(name)));
    let rows: Vec<Vec<Markup>> =
        all.iter().map(|(name, one)| institution(frame, (name, one), shown.zone, links)).collect();
    let sums = sums(frame, &all.iter().map(|(_, one)| parts_of(one)).collect::<Vec<_>>());
    let has_unknown = all.iter().any(|(_, one)| is_punctuality_unknown(one, links));
    let mut columns = state_columns(frame, "overview-column-institution");
    columns.push(Column::new(frame.t("overview-column-on-time")).number());
    columns.push(Column::new(frame.t("overview-column-late")).number());
    columns.push(Column::new(frame.t("overview-column-last-report")));
    let title = frame.t("overview-institutions");
    let about = match shown.year {
        Some(year) => frame.t_with("overview-institutions-of-year", &[("year", year.to_string().into())]),
        None => frame.t("overview-institutions-about"),
    };
    let content = html! {
        @if rows.is_empty() { (empty(&frame.t("overview-no-institutions"), None)) }
        @else {
            p class="small" { (about) }
            (table_with_total(&title, &columns, &rows, sums.as_deref()))
            @if has_unknown { p class="small" { (frame.t("overview-punctuality-unknown")) } }
        }
    };
    panel(&title, None, content)
}

/// Returns the numbers of parts of an institution, in the order of the columns.
fn parts_of(one: &InstitutionNumbers) -> [i64; 7] {
    let own = &one.numbers;
    [own.open, own.due_30_days, own.overdue, own.awaiting_review, own.fulfilled, one.on_time, one.late]
}

/// Returns true if parts are fulfilled and nobody can know if they were on time: their completion has no date or no term.
fn is_punctuality_unknown(one: &InstitutionNumbers, links: &Links<'_>) -> bool {
    links.year.is_some() && one.numbers.fulfilled > 0 && one.on_time + one.late == 0
}

fn institution(frame: &Frame, (name, one): (&str, &InstitutionNumbers), zone: Tz, links: &Links<'_>) -> Vec<Markup> {
    let (id, own) = (one.institution_id, &one.numbers);
    let of_year = |filters: &str| links.of_institution(id, &format!("{filters}{}", links.terms()));
    let accepted = || of_year("&part_verification=accepted");
    let is_unknown = is_punctuality_unknown(one, links);
    let punctual = |count: i64| {
        if is_unknown {
            html! { "—" }
        } else {
            number(count, accepted())
        }
    };
    vec![
        html! { a href={ "/institutions/" (id) } { (name) } },
        number(own.open, of_year(OPEN_PART)),
        number(own.due_30_days, links.of_institution(id, &format!("{OPEN_PART}{}", links.soon()))),
        number(own.overdue, of_year("&overdue=true")),
        number(own.awaiting_review, of_year("&awaiting_review=true")),
        number(own.fulfilled, accepted()),
        punctual(one.on_time),
        punctual(one.late),
        html! {
            @match one.last_report_at {
                Some(at) => { (short_day(at.day_in(zone))) },
                None => { (frame.t("overview-no-report")) },
            }
        },
    ]
}

/// Draws a chart; its numbers are in the table beside it.
fn picture(chart: &Chart) -> Markup {
    html! { figure class="chart" { (PreEscaped(&chart.svg)) } }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn months(frame: &Frame, numbers: &Overview, links: &Links<'_>) -> Markup {
    let title = frame.t("overview-months");
    if numbers.due_by_month.iter().all(|one| one.open == 0 && one.overdue == 0) {
        return panel(&title, None, empty(&frame.t("overview-no-terms"), None));
    }
    let name = |one: &MonthNumbers| match format!("{}-01", one.month).parse() {
        Ok(first) => month_in_words(frame, links.country, first),
        Err(_) => one.month.clone(),
    };
    let rows = numbers.due_by_month.iter().map(|one| {
        vec![
            html! { (name(one)) },
            number(one.open, links.of_month(&one.month, OPEN)),
            number(one.overdue, links.of_month(&one.month, "&overdue=true")),
        ]
    });
    let rows: Vec<Vec<Markup>> = rows.collect();
    let [first, open, overdue] = ["overview-column-month", "overview-column-open", "overview-column-overdue"];
    let columns =
        [Column::new(frame.t(first)), Column::new(frame.t(open)).number(), Column::new(frame.t(overdue)).number()];
    let sums = sums(frame, &numbers.due_by_month.iter().map(|one| [one.open, one.overdue]).collect::<Vec<_>>());
    let series = [frame.t("overview-series-running"), frame.t("overview-column-overdue")];
    let bar = |one: &MonthNumbers| (name(one), vec![count(one.open - one.overdue), count(one.overdue)]);
    let bars: Vec<_> = numbers.due_by_month.iter().map(bar).collect();
    let chart = Chart::bars(title.clone(), &frame.t(first), &series, &bars);
    panel(
        &title,
        None,
        html! { (picture(&chart)) div class="figures-table" { (table_with_total(&title, &columns, &rows, sums.as_deref())) } },
    )
}

fn registry(frame: &Frame, numbers: &Overview, links: &Links<'_>) -> Markup {
    let own = &numbers.registry;
    let year = links.year.unwrap_or(links.as_of.year());
    let title = frame.t_with("overview-registry", &[("year", year.to_string().into())]);
    let theme = |key: &str| frame.word("theme", key);
    let rows: Vec<Vec<Markup>> = own
        .by_theme
        .iter()
        .map(|(key, n)| vec![html! { (theme(key)) }, number(*n, links.of_registry(&format!("&theme={key}")))])
        .collect();
    let [first, second] = ["overview-column-theme", "overview-column-activities"];
    let columns = [Column::new(frame.t(first)), Column::new(frame.t(second)).number()];
    let bars: Vec<_> = own.by_theme.iter().map(|(key, n)| (theme(key), vec![count(*n)])).collect();
    let chart = Chart::bars(title.clone(), &frame.t(first), &[frame.t(second)], &bars);
    let days = links.year.map(|year| format!("&from={year}-01-01&to={year}-12-31")).unwrap_or_default();
    let path = format!("/registry?country_code={}{days}", links.country);
    let content = html! {
        @if rows.is_empty() { (empty(&frame.t("overview-no-activities"), None)) }
        @else {
            (picture(&chart))
            div class="figures-table" { (table(&title, &columns, &rows)) }
            @if own.without_participants > 0 { p { (frame.t_n("overview-without-participants", own.without_participants)) } }
        }
        @if own.undated > 0 { p class="small" { (frame.t_n("overview-undated", own.undated)) } }
    };
    panel(&title, Some((&path, &frame.t("overview-open-registry"))), content)
}

fn meetings(frame: &Frame, shown: &Shown, numbers: &Overview) -> Markup {
    let label = |id: &CommissionId| shown.commissions.iter().find(|one| one.id == *id).map(CommissionRef::label);
    let content = html! {
        @if numbers.next_meetings.is_empty() { (empty(&frame.t("overview-no-meetings"), None)) }
        @else {
            ul class="stack" {
                @for meeting in &numbers.next_meetings {
                    @let labels: Vec<&str> = meeting.commission_ids.iter().filter_map(label).collect();
                    li {
                        a href={ "/meetings/" (meeting.id) } { (meeting.title) }
                        p class="small" { (labels.join(", ")) }
                    }
                }
            }
        }
    };
    panel(&frame.t("overview-meetings"), Some(("/calendar", &frame.t("overview-open-calendar"))), content)
}

/// Draws the report in preparation, for those who may know it.
fn report(frame: &Frame, numbers: &Overview) -> Markup {
    let Some(report) = &numbers.report else { return html! {} };
    let path = format!("/reports/{}", report.id);
    let state = |state: &AnswerState| frame.word("reports-state", state.as_str());
    let link = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX), path.clone());
    let rows: Vec<Vec<Markup>> =
        report.questions_by_state.iter().map(|(key, n)| vec![html! { (state(key)) }, link(*n)]).collect();
    let columns =
        [Column::new(frame.t("reports-column-state")), Column::new(frame.t("overview-column-questions")).number()];
    let title = frame.t("overview-report");
    let content = html! {
        div class="figures-table" { (table(&title, &columns, &rows)) }
        @if report.blocking_findings > 0 {
            p { (frame.t_n("overview-blocking", report.blocking_findings)) }
        }
    };
    panel(&title, Some((&path, &frame.t("overview-open-report"))), content)
}
